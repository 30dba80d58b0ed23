"""Hostile files that come from others: given to `verify`, `diff`, `capture`, and as records."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from rewritten_pdf import objects, rewritten

from briefings.core.canonical import CHECKSUM, with_checksum
from briefings.core.digest_names import IN_PAGE, UNNAMED, named


def briefs(page: bytes, pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """What is no brief, or none any more; `page` and `pdf` are sound ones."""
    yield "nothing.html", b""
    yield "nothing.pdf", b""
    yield "text.pdf", b"%PDF-1.7\nhello\n%%EOF\n"
    yield "head.pdf", pdf[:2000]
    yield "half.pdf", pdf[: len(pdf) // 2]
    yield "tail.pdf", pdf[len(pdf) // 2 :]
    yield "without-end.pdf", pdf[:-6]
    yield "twice.pdf", pdf + pdf
    yield "page-behind.pdf", pdf + page
    yield "pdf-behind.html", page + pdf
    yield "zeros.pdf", b"%PDF-1.7\n" + bytes(100_000)
    yield "objects.pdf", b"%PDF-1.7\n%\xe2\xe3\n" + b"1 0 obj\nnull\nendobj\n" * 50_000
    table = b"xref\n0 9999999\n" + b"0000000000 65535 f \n" * 1000
    yield "table.pdf", b"%PDF-1.7\n%\xe2\xe3\n" + table + b"startxref\n14\n%%EOF\n"
    yield "loop.pdf", _loop(pdf)
    yield "locked.pdf", pdf.replace(b"/Root ", b"/Encrypt 2 0 R/Root ", 1)
    yield "bomb.pdf", _bomb(pdf)
    yield (
        "bytes.pdf",
        bytes(value ^ 1 if place % 997 == 0 else value for place, value in enumerate(pdf)),
    )
    for number, place in enumerate(_bytes(pdf)):
        yield f"byte-{number}.pdf", pdf[:place] + bytes([pdf[place] ^ 0x20]) + pdf[place + 1 :]
    yield "head.html", page[:2000]
    yield "half.html", page[: len(page) // 2]
    yield "no-utf-8.html", page.replace(b"<title>", b"<title>\xff", 1)
    yield "nul.html", page.replace(b"<title>", b"<title>\0", 1)
    yield "utf-16.html", page.decode().encode("utf-16")
    data = b'<script type="application/json" id="edition">'
    yield "two-data.html", page.replace(data, data + b"{}</script>" + data, 1)
    yield "no-data.html", page.replace(data, b"<script>", 1)
    yield "open-data.html", page[: page.index(data) + 300]
    begin = page.index(data) + len(data)
    end = page.index(b"</script>", begin)
    for name, json_ in {
        "empty": b"",
        "null": b"null",
        "list": b"[]",
        "number": b"1e999999",
        "digits": b"9" * 50_000,
        "deep": b"[" * 100_000,
        "deep-map": b'{"a":' * 100_000,
        "surrogate": b'{"format": "\\ud800"}',
        "nan": b'{"format": NaN}',
        "key-twice": page[begin:end].replace(b"{", b'{"as_of": "2024-01-01",', 1),
        "no-seal": page[begin:end].replace(b'"seal"', b'"sael"', 1),
    }.items():
        yield f"data-{name}.html", page[:begin] + json_ + page[end:]
    yield "megabytes.html", page[:begin] + b'"' + b"x" * 20_000_000 + b'"' + page[end:]
    for name, old, new in (
        ("script", b"</body>", b"<script>alert(1)</script></body>"),
        ("handler", b"<body ", b'<body onload="alert(1)" '),
        ("frame", b"</body>", b'<iframe src="https://example.org/"></iframe></body>'),
        ("base", b"<title>", b'<base href="https://example.org/"><title>'),
        ("refresh", b"<title>", b'<meta http-equiv="refresh" content="0;url=//x"><title>'),
        ("style", b"</style>", b".fact{display:none}</style>"),
        ("second-style", b"</body>", b"<style>*{visibility:hidden}</style></body>"),
        ("hidden", b"<body ", b"<body hidden "),
        ("form", b"</body>", b'<form action="https://example.org/"></form></body>'),
        ("comment", b"</body>", b"<!-- x --></body>"),
        ("word", b"closed", b"opened"),
        ("policy", b"default-src 'none'", b"default-src *"),
        ("picture", b"</body>", b'<img src="https://example.org/x.png" alt=""></body>'),
        ("template", b"</body>", b"<template><b>x</b></template></body>"),
    ):
        assert old in page, name
        yield f"put-{name}.html", page.replace(old, new, 1)
    yield from disguised(page, pdf)


def disguised(page: bytes, pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """Sound briefs changed by someone who puts the file's own name right again."""
    for name, old, new in (
        ("noscript", b"</body>", b"<noscript>Nobody was refused.</noscript></body>"),
        ("closed", b"<main ", b"<details><summary>Brief</summary></details><main "),
        ("shadow", b"</body>", b'<p><template shadowrootmode="open">x</template>y</p></body>'),
        ("hidden-part", b"<main ", b"<main hidden "),
        ("inert", b"<main ", b'<main style="font-size:0" '),
        ("turned", b"<h1>", b"<h1>\xe2\x80\xae"),
        ("overridden", b"<h1>", b'<h1><bdo dir="rtl">x</bdo>'),
        ("look-alike", b"twelve", "tw\u0435lve".encode()),
        ("zero-width", b"twelve", b"twel\xe2\x80\x8bve"),
        ("tags", b"twelve", "twelve\U000e0041".encode()),
        ("picture-of-data", b"</body>", b'<img src="data:image/png;base64,AAAA" alt=""></body>'),
        ("drawing", b"</body>", b"<svg><text>Nobody was refused.</text></svg></body>"),
        ("struck", b"twelve", b"<del>twelve</del> two"),
        ("edited", b"<main ", b"<main contenteditable "),
        ("comment-of-data", b"<main ", b'<!-- "seal": "0" --><main '),
        ("language", b'<html lang="en"', b'<html lang="fa"'),
        ("fragment", b'href="#q1"', b'href="#q2"'),
        ("second-body", b"</body>", b"</body><body hidden>"),
    ):
        place = page.rindex(old)
        changed = page[:place] + new + page[place + len(old) :]
        yield f"disguised-{name}.html", _named(changed)
    style = page[page.index(b"<style>") + 7 : page.index(b"</style>")]
    for name, rule in (
        ("content", b'h1{content:"Nobody was refused"}'),
        ("behind", b'h1::after{content:" not"}'),
        ("opened", b"details>*{display:none}"),
    ):
        before, after = (b64encode(sha256(text).digest()) for text in (style, style + rule))
        changed = page.replace(style, style + rule, 1).replace(before, after)
        yield f"disguised-style-{name}.html", _named(changed)
    contents = [
        number for number, _, data in objects(pdf) if data is not None and data.startswith(_PAGE)
    ]
    first = contents[0]
    for name, change in (
        ("optional", lambda data: b"/OC /MC0 BDC\n" + data + b"\nEMC"),
        ("clipped", lambda data: data.replace(b"q\n", b"q\n0 0 1 1 re W n\n", 1)),
        ("invisible", lambda data: data.replace(b"BT\n", b"BT\n3 Tr\n", 1)),
        ("white", lambda data: re.sub(rb"(?m)^[\d. ]+ rg\nBT", b"1 1 1 rg\nBT", data, count=1)),
        ("tiny", lambda data: re.sub(rb" [\d.]+ Tf\n", b" 0.1 Tf\n", data, count=1)),
        ("covered", lambda data: data + b"\nq 1 1 1 rg 0 0 900 900 re f Q"),
        ("lying", lambda data: data.replace(b"/Span\n<<", b"/Span\n<</ActualText <feff0078>", 1)),
        ("without-tags", lambda data: data.replace(b"/Span\n<<", b"/Artifact\n<<", 1)),
        ("of-another-page", lambda _: dict(_streams(pdf))[contents[1]]),
    ):
        yield f"disguised-{name}.pdf", rewritten(pdf, {first: change})
    attached = next(number for number, data in _streams(pdf) if data.startswith(b"{\n"))
    for name, change in (
        ("other-data", lambda data: data.replace(b"twelve", b"twenty")),
        ("no-data", lambda _: b"{}"),
        ("data-twice", lambda data: data + data),
    ):
        yield f"disguised-{name}.pdf", rewritten(pdf, {attached: change})
    yield "update-of-a-page.pdf", pdf + _update(pdf, b"/Annots [999 0 R]")
    yield "update-of-nothing.pdf", pdf + _update(pdf, b"")


_PAGE = b"1 0 0 -1 0 "
"""How the content of a page begins: its origin is at the top."""


def _named(page: bytes) -> bytes:
    unnamed = re.sub(rb"urn:sha256:[0-9a-f]{64}", UNNAMED.encode(), page, count=1)
    return named(unnamed, IN_PAGE)


def _streams(pdf: bytes) -> Iterator[tuple[int, bytes]]:
    yield from ((number, data) for number, _, data in objects(pdf) if data is not None)


def _update(pdf: bytes, more: bytes) -> bytes:
    """A newer state of an object behind the file, as programs that edit write it."""
    place = pdf[pdf.rindex(b"startxref\n") + 10 :].split(b"\n", 1)[0]
    table = b"xref\n1 1\n%010d 00000 n \n" % len(pdf)
    trailer = b"trailer\n<</Size 9999/Root 1 0 R/Prev " + place + b">>\n"
    body = b"1 0 obj\n<</Type/Page" + more + b">>\nendobj\n"
    return body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (len(pdf) + len(body))


def _bytes(pdf: bytes) -> list[int]:
    """The middle of each of the first eight streams and of two more, the beginning of the last two.

    Those hold the objects and where they are: what a byte amid them breaks hangs on all the others.
    """
    streams = list(re.finditer(rb"\nstream\n(.*?)\nendstream", pdf, re.DOTALL))
    middles = [sum(stream.span(1)) // 2 for stream in (*streams[:8], *streams[-4:-2])]
    return [*middles, *(stream.start(1) for stream in streams[-2:])]


def _loop(pdf: bytes) -> bytes:
    """An older table that is the same one."""
    place = pdf.rindex(b"startxref\n") + len(b"startxref\n")
    table = pdf[place : pdf.index(b"\n", place)]
    return pdf.replace(b"/Root ", b"/Prev " + table + b"/Root ", 1)


def _bomb(pdf: bytes) -> bytes:
    """A stream that unpacks to 300 MB in place of the first one."""
    packed = zlib.compress(bytes(300_000_000), 9)
    start = pdf.index(b"\nstream\n") + len(b"\nstream\n")
    end = pdf.index(b"\nendstream", start)
    return pdf[:start] + packed + pdf[end:]


def saved() -> Iterator[tuple[str, bytes]]:
    """What is no article."""
    yield "empty.html", b""
    yield "empty.txt", b"  \n\n"
    yield "no-article.html", b"<html><body><nav><a href=x>x</a></nav></body></html>"
    yield "deep.html", b"<div>" * 30_000
    yield "picture.html", b"\x89PNG\r\n\x1a\n" + bytes(200)
    yield "program.txt", b"\x7fELF" + bytes(200)
    yield "nul.txt", b"a\0b" * 100
    yield "broken.pdf", b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\n"
    yield "broken.docx", b"PK\x03\x04" + bytes(100)
    yield "other.docx", packed({"readme.txt": b"hello"})
    yield (
        "bomb.docx",
        packed({"[Content_Types].xml": b"x", "word/document.xml": bytes(200_000_000)}),
    )
    yield (
        "entities.docx",
        packed(
            {
                "[Content_Types].xml": b"<Types/>",
                "word/document.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">'
                + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a;" * 50) for n in range(9))
                + b"]><w:document>&a8;</w:document>",
            }
        ),
    )
    head = b"From: a@example.org\nTo: b@example.org\nSubject: x\nMessage-ID: <1@example.org>\n"
    head += b"Date: Mon, 4 Mar 2024 10:00:00 +0000\nMIME-Version: 1.0\n"
    yield "mail-without-text.eml", head + b"Content-Type: image/png\n\nx\n"
    yield "packed.gz", gzip.compress(b"hello " * 1000)
    yield "table.xlsx", packed({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"})
    yield "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def strange() -> Iterator[tuple[str, bytes]]:
    """What reads as something, and means harm by what it says of itself."""
    words = b"<p>The ship left the port on 4 March 2024, the master of the harbour said.</p>" * 8
    orders = "\x1b]0;x\x07\u202e::error::x ##[error]y".encode()

    def page(head: bytes = b"", title: bytes = b"Port") -> bytes:
        article = b"<body><article><h1>%b</h1>%b</article></body></html>" % (title, words)
        return b"<html lang=en><head><title>%b</title>%b</head>%b" % (title, head, article)

    for name in ("rot13", "unicode_escape", "undefined"):
        yield f"page in {name}.html", page(b"<meta charset=%b>" % name.encode())
    yield "page of orders.html", page(title=orders)
    yield (
        "page of tomorrow.html",
        page(
            b'<meta property="article:published_time" content="99999-99-99T99:99">'
            b'<link rel=canonical href="javascript:alert(1)"><meta name=author content="%b">'
            % orders
        ),
    )
    yield "page of attributes.html", page(b"<meta " + b"a=b " * 200_000 + b">")
    yield "page in UTF-7.html", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-" + words
    yield "page in half of UTF-16.html", b"\xff\xfe" + page().decode().encode("utf-16-le") + b"<"
    yield "line of megabytes.txt", b"The ship left the port " * 100_000
    yield "mark of order alone.txt", b"\xef\xbb\xbf"
    head = b"From: a@example.org\nTo: b@example.org\nMessage-ID: <1@example.org>\n"
    head += b"Date: Mon, 4 Mar 2024 10:00:00 +0000\nMIME-Version: 1.0\n"
    text = b"Content-Type: text/html\n\n" + words
    yield "mail of orders.eml", head + b"Subject: =?utf-8?q?=1b[2J=0a=3a=3aerror=3a=3ax?=\n" + text
    yield "mail of long lines.eml", head + b"Subject: " + b"x" * 3_000_000 + b"\n" + text
    yield "mail in no letters.eml", head + text.replace(b"html", b"html; charset=../../x", 1)
    yield (
        "mail in mails.eml",
        b"".join(
            head + b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n)
            for n in range(300)
        )
        + text,
    )
    yield "mail of no day.eml", head.replace(b"4 Mar 2024", b"99 Mar 0000") + text
    yield "climbing.docx", packed({"../../../evil": b"x", "word/document.xml": b"<w:document/>"})
    yield (
        "pages upon pages.pdf",
        (
            b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages"
            b"/Count 9999999/Kids[2 0 R 2 0 R]>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
        ),
    )


def leading(address: str, path: str) -> Iterator[tuple[str, bytes]]:
    """Saved files with words of their own that ask for an address, and for a file, as well."""
    words = b"<p>The ship left the port on 4 March 2024, the master of the harbour said.</p>" * 8
    for name, where in {"address": address, "file": f"file://{path}"}.items():
        place = where.encode()
        yield (
            f"page of an outside {name}.html",
            b'<!DOCTYPE html SYSTEM "%b" [<!ENTITY x SYSTEM "%b">]>'
            % (place, place)
            + b'<html lang=en><head><title>Port</title><base href="%b"><meta http-equiv=refresh'
            b' content="0;url=%b"><link rel=stylesheet href="%b"><script src="%b"></script></head>'
            % (place, place, place, place)
            + b'<body><article><h1>Port</h1>%b<p>&x; <img src="%b"></p><iframe src="%b"></iframe>'
            b'<object data="%b"></object></article></body></html>' % (words, place, place, place),
        )
        yield (
            f"page in XML of an outside {name}.html",
            b'<?xml version="1.0"?><?xml-stylesheet href="%b"?><!DOCTYPE html [<!ENTITY %% d SYSTEM'
            b' "%b">%%d;<!ENTITY x SYSTEM "%b">]>'
            % (place, place, place)
            + b'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:i="http://www.w3.org/2001/XInclude"'
            b' lang="en"><head><title>Port</title></head><body><article><h1>Port</h1>%b<p>&x;</p>'
            b'<i:include href="%b" parse="text"/></article></body></html>' % (words, place),
        )
        yield f"letter of an outside {name}.docx", packed(_letter(place))
        yield (
            f"mail of an outside {name}.eml",
            b"From: a@example.org\nTo: b@example.org\nSubject: Port\nMessage-ID: <1@example.org>\n"
            b"Date: Mon, 4 Mar 2024 10:00:00 +0000\nMIME-Version: 1.0\n"
            b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n"
            + words
            + b'\n--b\nContent-Type: message/external-body; access-type=URL; URL="%b"\n\n'
            b"Content-Type: text/plain\n\n--b--\n" % place,
        )


def _letter(place: bytes) -> dict[str, bytes]:
    """A document of Word whose parts and entities lie elsewhere."""
    word = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kinds = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = b"http://schemas.openxmlformats.org/package/2006/"
    outside = b"".join(
        b'<Relationship Id="%b" Type="%b/%b" Target="%b" TargetMode="External"/>'
        % (kind, kinds, kind, place)
        for kind in (b"attachedTemplate", b"image", b"styles", b"footnotes")
    )
    text = b"<w:p><w:r><w:t>The ship left the port on 4 March 2024, they said.</w:t></w:r></w:p>"
    return {
        "[Content_Types].xml": b'<Types xmlns="%bcontent-types"><Default Extension="xml"'
        b' ContentType="application/xml"/></Types>' % parts,
        "_rels/.rels": b'<Relationships xmlns="%brelationships"><Relationship Id="d"'
        b' Type="%b/officeDocument" Target="word/document.xml"/></Relationships>' % (parts, kinds),
        "word/document.xml": b'<!DOCTYPE w:document [<!ENTITY x SYSTEM "%b">]>'
        % place
        + b'<w:document xmlns:w="%b"><w:body>%b<w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>'
        b"</w:document>" % (word, text),
        "word/_rels/document.xml.rels": b'<Relationships xmlns="%brelationships">%b'
        b"</Relationships>" % (parts, outside),
    }


def packed(names: dict[str, bytes]) -> bytes:
    """An archive of these files."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return file.getvalue()


def editions(record: bytes) -> Iterator[tuple[str, bytes]]:
    """Records whose checksum is right, of editions that nobody made; `record` is a sound one."""
    sound = json.loads(record)
    del sound[CHECKSUM]

    def told(**changed: object) -> bytes:
        return with_checksum({**sound, "edition": {**sound["edition"], **changed}}).encode()

    facts = sound["edition"]["facts"]

    def told_first(**changed: object) -> bytes:
        return told(facts=[{**facts[0], **changed}, *facts[1:]])

    yield "facts in a map", told(facts={"a": facts[0]})
    yield "facts that are numbers", told(facts=[1, 2.5, None])
    yield "fact within facts", told(facts=[facts])
    yield "fact of nothing", told(facts=[{}])
    yield "fact with more", told_first(more="x")
    yield "fact whose id is a list", told_first(id=["a"])
    yield "fact twice", told(facts=[facts[0], *facts])
    yield "fact of no day", told_first(date="2024-02-30")
    yield "fact of all time", told_first(date="-999999999/999999999")
    yield "fact of no grade", told_first(credibility="9")
    yield "fact of a number as grade", told_first(credibility=2)
    yield "fact of no section", told_first(section="__class__")
    yield "fact of orders", told_first(statement="\x1b]0;x\x07\u202e\n::error::x")
    yield "fact of markup", told_first(statement="<script>alert(1)</script>")
    yield "fact of many words", told_first(statement="The ship left. " * 2_000)
    yield (
        "facts by the hundred",
        told(facts=[{**facts[0], "id": f"f{number}"} for number in range(300)]),
    )
    yield "fact that is its own outcome", told_first(outcomes=[facts[0]["id"]] * 1_000)
    yield "quotes by the ten thousand", told_first(quotes=facts[0]["quotes"] * 10_000)
    yield "day that is a number", told(as_of=20240310)
    yield "day of no calendar", told(as_of="2024-13-40")
    yield "day before all", told(as_of="0001-01-01")
    yield "period backwards", told(since="2024-03-10", until="2024-03-04")
    yield "language that is a path", told(language="../../x")
    yield "language of a thousand letters", told(language="x" * 1_000)
    yield "marking that is none", told(marking="TLP:PURPLE")
    yield "brief that is a path", told(brief="../../etc/passwd")
    yield "brief of orders", told(brief="\x1b[2J::error::x")
    yield "id of another", told(edition="0" * 12)
    yield "fingerprint of letters", told(fingerprint="z" * 64)
    yield "edition of another version", told(format=99)
    yield "edition of a list", with_checksum({**sound, "edition": []}).encode()
    yield "edition deep within itself", with_checksum({**sound, "edition": _nested(90)}).encode()
    yield "files that lead out", with_checksum({**sound, "files": {"../../x": "0" * 64}}).encode()
    yield (
        "files by the ten thousand",
        with_checksum(
            {**sound, "files": {f"{number}.pdf": "0" * 64 for number in range(10_000)}}
        ).encode(),
    )
    yield (
        "withdrawn by itself",
        told(
            withdrawn=[{"id": "f", "on": "2024-03-05", "why": "It was wrong.", "replaced_by": "f"}]
        ),
    )
    yield "number without end", with_checksum(sound).replace("null", "1e999", 1).encode()


def _nested(depth: int) -> object:
    return [_nested(depth - 1)] if depth else {}


def records(record: bytes) -> Iterator[tuple[str, bytes]]:
    """What is no record of an issued brief; `record` is a sound one."""
    yield "empty", b""
    yield "no JSON", b"{"
    yield "a list", b"[]"
    yield "deep", b"[" * 200_000
    yield "no UTF-8", record + b"\xff"
    yield "NUL", record.replace(b'"brief"', b'"br\\u0000ief"', 1)
    yield "changed", record.replace(b'"edition": "', b'"edition": "0', 1)
    yield "checksum", record.replace(b'"seal": "', b'"seal": "0', 1)
    yield "surrogate", record.replace(b'"title": "', b'"title": "\\ud800', 1)
    yield "control", record.replace(b'"title": "', b'"title": "\\u009b31m', 1)
    yield "command", record.replace(b'"title": "', b'"title": "\\n::error::', 1)
    yield "digits", record.replace(b'"format"', b'"x": ' + b"9" * 5000 + b', "format"', 1)
    yield "key twice", record.replace(b"{", b'{"format": 1, ', 1)
    yield "other format", json.dumps({"format": "other", "seal": "x"}).encode()
    yield "half", record[: len(record) // 2]
