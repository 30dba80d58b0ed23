"""The last touch to a PDF's objects: PDF/A-3a, as WeasyPrint makes it, is PDF/UA-1 as well."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import pydyf
import weasyprint
from weasyprint.text.ffi import pango
from weasyprint.text.line_break import pyphen

from briefings.core.digest_names import IN_PDF, UNNAMED
from briefings.render.pdf.tagged import Running, object_of
from briefings.render.pdf.texts.drawn import DrawnTexts
from briefings.render.pdf.texts.pdfium_marks import mark

# ISO 14289-1, 5, and the description that ISO 19005-3, 6.6.2.3 asks of a schema it does not know.
SCHEMA = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that this file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
# XMP's own name for one file among all that say the same, which ISO 19005-3, 6.6.2.3 knows.
_INSTANCE = b"""\
<rdf:Description rdf:about="" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
%s%s</xmpMM:InstanceID>
</rdf:Description>
""" % (IN_PDF, UNNAMED.encode())
_END = b"</rdf:RDF>"
_HUNDRED = 100


def finisher(running: Running, texts: DrawnTexts) -> Callable[[Any, Any], None]:
    """What WeasyPrint is to call before it writes; `running` comes from `tagged.put_right`."""
    return partial(_finish, running, texts)


@cache
def producer() -> str:
    """What set a PDF: the libraries by which lines may break elsewhere, with their versions."""
    rest, micro = divmod(pango.pango_version(), _HUNDRED)
    major, minor = divmod(rest, _HUNDRED)
    setter = f"WeasyPrint {weasyprint.__version__}, Pango {major}.{minor}.{micro}"
    return f"{setter}, Pyphen {pyphen.__version__}"


def _finish(running: Running, texts: DrawnTexts, _document: Any, pdf: Any) -> None:
    theirs = str(pdf.info["Producer"].string)
    pdf.info["Producer"] = pydyf.String(producer())
    _claim(object_of(pdf.catalog["Metadata"], pdf), theirs)
    _mark_running(running, pdf)
    mark(texts)
    if "AF" in pdf.catalog:
        # Version 70 mentions each attachment twice.
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _claim(metadata: Any, theirs: str) -> None:
    """Say PDF/UA-1 in the metadata, and who set it where they say `theirs`.

    They are left legible for whoever has no PDF reader.

    The place for the file's name of itself is left open.
    """
    (packet,) = metadata.stream
    named = f'Producer="{theirs}"'.encode()
    assert packet.count(_END) == packet.count(named) == 1
    packet = packet.replace(named, f'Producer="{producer()}"'.encode())
    metadata.stream = [packet.replace(_END, SCHEMA + _INSTANCE + _END)]
    metadata.compress = False


def _mark_running(running: Running, pdf: Any) -> None:
    """What pages repeat in their margins is no part of the text (ISO 14289-1, 7.8)."""
    pages = pdf.pages["Kids"][::3]
    for number, marked in running.items():
        content = object_of(pdf.objects[pages[number]]["Contents"], pdf).stream
        left = dict(marked)
        for place, item in enumerate(content):
            if isinstance(item, pydyf.Dictionary) and item.get("MCID") in left:
                part = left.pop(item["MCID"])
                content[place - 1] = "/Artifact"
                content[place] = pydyf.Dictionary({"Type": "/Pagination", "Subtype": f"/{part}"})
        assert not left, "what lies in a margin is drawn into the page itself"
