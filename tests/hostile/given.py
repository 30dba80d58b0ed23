"""More hostile files of others: of many parts, of parts within themselves, in odd encodings."""

from __future__ import annotations

import codecs
import json
import re
import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from hostile.files import packed

_WORDS = b"".join(
    b"<p>The ship left quay %d of the port on 4 March 2024, the master of the harbour said.</p>" % n
    for n in range(9)
)
_SENTENCE = b"The ship left the port on 4 March 2024, the master said.\n"
_HEAD = b"From: a@example.org\nDate: Mon, 4 Mar 2024 10:00:00 +0000\nMIME-Version: 1.0\n"
_WORD = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KINDS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = b"http://schemas.openxmlformats.org/package/2006/"


def files() -> Iterator[tuple[str, bytes]]:
    """For `capture`."""
    yield from _pages()
    yield from _texts()
    yield from _mails()
    yield from _archives()
    yield from _saved_pages()
    run, note = (
        b"<w:r><w:t>The ship left.</w:t></w:r>",
        b'<w:r><w:footnoteReference w:id="2"/></w:r>',
    )
    paragraph = b"<w:p>%b</w:p>"
    yield "note told again.docx", _document(paragraph % (run + note * 40_000), paragraph % run * 20)
    relations = b'<Relationship Id="r" Type="x" Target="y"/>' * 110_000
    yield "relations.docx", _document(paragraph % run, more=relations)
    declared = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    yield "entity.docx", _document(paragraph % run.replace(b"The", b"&a;The"), declared=declared)
    deep = b"<w:sdt><w:sdtContent>" * 5_000, b"</w:sdtContent></w:sdt>" * 5_000
    yield "boxes in boxes.docx", _document(deep[0] + paragraph % run + deep[1])
    yield "runs by the ten thousand.docx", _document(paragraph % (run * 60_000))
    yield "note within itself.docx", _document(paragraph % (run + note), note=paragraph % note)
    yield (
        "runs in runs.docx",
        _document(b"<w:p>" + b"<w:r>" * 3_000 + b"</w:r>" * 3_000 + b"</w:p>"),
    )
    yield "UTF-16.docx", _document((paragraph % run).decode().encode("utf-16"))
    opened, closed = b"<w:tbl><w:tr><w:tc>" * 300, b"</w:tc></w:tr></w:tbl>" * 300
    yield "tables in tables.docx", _document(opened + paragraph % run + closed)
    pages = (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1"
    )
    pages += b"/Kids[3 0 R]>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]MORE>>\n"
    pages += b"endobj\n"
    end = b"trailer\n<</Root 1 0 R>>\n%%EOF\n"
    yield "content that is its page.pdf", pages.replace(b"MORE", b"/Contents 3 0 R") + end
    wide = pages.replace(b"0 0 9 9", b"0 0 9e99 -9e99")
    yield "sheet without end.pdf", wide.replace(b"MORE", b"") + end
    form = b"4 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 4 0 R>>>>"
    form += b"/Length 5>>stream\n/A Do\nendstream\nendobj\n"
    ring = b"/Contents 4 0 R/Resources<</XObject<</A 4 0 R>>>>"
    script = b"/Catalog/OpenAction<</S/JavaScript/JS(x)>>/AA<</WC<</S/Launch/F(/bin/sh)>>>>"
    yield "script.pdf", pages.replace(b"/Catalog", script).replace(b"MORE", b"") + end
    before = b"trailer\n<</Root 1 0 R/Size 4/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    at = len(pages)
    yield "tables in a ring.pdf", pages + b"xref\n0 1\n0000000000 65535 f \n" + before % (at, at)
    yield "form within itself.pdf", pages.replace(b"MORE", ring) + form + end


def _pages() -> Iterator[tuple[str, bytes]]:
    def page(body: bytes, head: bytes = b"") -> bytes:
        return b"<html lang=en><head><title>Port</title>%b</head><body>%b" % (head, body)

    article = b"<article><h1>Port</h1>%b</article>" % (_WORDS)
    data = b'<script type="application/ld+json">%b</script>'
    yield (
        "headings by the thousand.html",
        page((b"<h2>Head of it</h2><p>The ship left.</p>") * 4_000),
    )
    yield "elements without number.html", page(b"<b>a</b>" * 30_000)
    yield "signs without number.html", page(b"<script>" + b"<" * 600_000 + b"</script>" + article)
    yield "tables in tables.html", page(b"<table><tr><td>" * 200 + article)
    yield "lines of a typed text.html", page(b"<pre>" + b"x\n" * 30_000 + b"</pre>" + article)
    yield "data deep within itself.html", page(article, data % (b'{"headline":' * 50_000))
    yield (
        "data of other kinds.html",
        page(article, data % b'{"headline":[1],"articleBody":{"a":1}}'),
    )
    yield "data of lists.html", page(article, data % b'{"headline":"x","url":[],"author":[[[{}]]]}')
    halves = data % b'{"headline":"\\ud800 x","articleBody":"\\udfff y"}'
    yield "data of half letters.html", page(article, halves)
    yield "letters of no number.html", page(article + b"<p>&#0;&#xD800;&#x110000;&#x202e;&#27;[2J")
    yield (
        "drawing of words.html",
        page(b"<svg><foreignObject>" + article + b"</foreignObject></svg>"),
    )
    yield "frames.html", b"<html><frameset><frame src=a><frame src=b></frameset></html>"
    yield (
        "base of data.html",
        page(article, b'<base href="data:text/html,x"><link rel=canonical href=//x>'),
    )
    yield "page in a comment.html", b"<!--" + page(article)
    yield "body in a body.html", page(article) * 50
    yield "title turned about.html", page(article).replace(b"Port", "Po\u202ert\U000e0041".encode())


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "marks upon each other.txt", b"The ship left" + "\u0301".encode() * 100_000
    yield "UTF-32.txt", _SENTENCE.decode().encode("utf-32-le")
    yield "lines of nothing.txt", b"\n" * 200_000 + _SENTENCE
    yield "lines by the ten thousand.txt", b"Ship.\n" * 90_000
    yield "fences without end.md", b"# Port\n" + b"```\n" * 30_001 + _SENTENCE
    parted = b"".join(b"ship %d of the har-\n" % number for number in range(20_000))
    yield "words parted at each line end.md", b"# Port\n\n" + parted
    yield "sizes.txt", codecs.BOM_UTF16_BE + _SENTENCE


def _mails() -> Iterator[tuple[str, bytes]]:
    yield "mail of heads.eml", _HEAD + b"X-A: b\n" * 50_000 + b"\n" + _SENTENCE
    part = b"--b\nContent-Type: multipart/mixed; boundary=b\n\n"
    yield "mail of one boundary.eml", _HEAD + part[4:-1] + b"\n" + part * 300 + _SENTENCE
    mixed = _HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n" + _SENTENCE
    heads = b"Content-Disposition: attachment; filename=/etc/passwd\n"
    yield "mail of many parts.eml", mixed + b"\n--b\n%b\nx" % heads * 50_000
    yield "mail of many parts without heads.eml", mixed + b"\n--b\n\nx" * 200_000
    yield "mail of few parts.eml", mixed + b"\n--b\n%b\nx" % heads * 50
    values = b"Content-Type: text/plain" + b"; a=" * 200_000
    yield "mail of values.eml", _HEAD + values + b"\n\n" + _SENTENCE
    yield (
        "mail of a folded head.eml",
        _HEAD + b"Subject: x\n" + b" y\n" * 99_999 + b"\n" + _SENTENCE,
    )
    within = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
    opened = b"".join(within % (n, n) for n in range(400))
    yield "mail of parts in parts.eml", _HEAD + opened + b"\n" + _SENTENCE * 9
    broken = b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
    yield "mail of no base64.eml", _HEAD + broken + b"=====!!!!" * 100
    related = (
        b"Content-Type: multipart/related; boundary=b\nSnapshot-Content-Location: javascript:x\n"
    )
    saved = b"\n--b\nContent-Type: text/html\n\n<h1>Port</h1>" + _WORDS + b"\n--b--\n"
    yield "archive of no address.mhtml", _HEAD + related + saved
    yield (
        "mail of a million addresses.eml",
        b"To: " + b"a@b.example," * 90_000 + b"\n" + _HEAD + b"\n" + _SENTENCE,
    )


def _archives() -> Iterator[tuple[str, bytes]]:
    sound = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
    book = {"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<container/>"}
    laughs = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 50) for n in range(1, 9))
    for name, more in {
        "of a book": {},
        "bomb": {"a.xhtml": bytes(100_000_000)},
        "that climbs": {"../../../../evil": b"x"},
        "of entities": {"a.xhtml": b'<!DOCTYPE x [<!ENTITY a0 "aa">%b]>&a8;' % laughs},
        "that is locked": {"META-INF/encryption.xml": b"<encryption/>"},
        "of many files": {f"{number}": b"" for number in range(11_000)},
    }.items():
        yield f"archive {name}.epub", packed({**book, **more})
    yield "archive of a book, called a document.docx", packed(book)
    word = b"word/document.xml"
    for name, one in {
        "of another time": _central(word, version=255),
        "of a name in no letters": _central(b"word/\xff\xfe.xml", flags=0x800),
        "of a field cut off": _central(word, extra=b"\1\0\x50\0\0"),
        "of a size that stands elsewhere": _central(word, extra=b"\1\0\0\0", size=0xFFFFFFFF),
        "packed in no way": _central(word, method=99),
        "packed another way": _central(word, method=14, size=100),
        "of one file told often": _central(word, count=9_000, size=30),
        "of ends in its comment": _central(word, comment=b"PK\5\6" * 16_000),
        "of nothing": b"PK\5\6" + bytes(18),
        "in parts": b"PK\7\x08PK\3\4" + bytes(50),
        "behind a program": b"#!/bin/sh\n" + packed(sound),
        "of odd names": packed({**sound, "word/\u202ex.xml": b"x", "word/\x1b[2J.xml": b"x"}),
        "that is locked": re.sub(
            rb"(PK\x03\x04..|PK\x01\x02....)\0", b"\\g<1>\x01", packed(sound), flags=re.DOTALL
        ),
    }.items():
        yield f"archive {name}.docx", one


def _central(
    name: bytes,
    *,
    count: int = 1,
    version: int = 20,
    flags: int = 0,
    method: int = 0,
    size: int = 0,
    extra: bytes = b"",
    comment: bytes = b"",
) -> bytes:
    """An archive that lists one file so often, and says that of it."""
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, flags, method, 0, 33, 0, 0, 0, len(name), 0)
    local += name
    told = struct.pack(
        *("<4s6H3L5H2L", b"PK\1\2", 20, version, flags, method, 0, 33, 0, size, size),
        *(len(name), len(extra), 0, 0, 0, 0, 0),
    )
    listed = (told + name + extra) * count
    end = (0, 0, count, count, len(listed), len(local), len(comment))
    return local + listed + struct.pack("<4s4H2LH", b"PK\5\6", *end) + comment


def _saved_pages() -> Iterator[tuple[str, bytes]]:
    """Pages that a browser has saved as one file, with all that they show."""
    article = b"<html lang=en><title>Port</title><article><h1>Port</h1>%b</article>" % _WORDS
    part = b"--b\nContent-Type: text/html%b\nContent-Transfer-Encoding: %b\nContent-Location: %b"
    where = b"https://example.org/a"

    def saved(
        page: bytes = article,
        *,
        coding: bytes = b"binary",
        place: bytes = where,
        kind: bytes = b"",
        more: bytes = b"",
        boundary: bytes = b"b",
    ) -> bytes:
        head = _HEAD + b"Snapshot-Content-Location: %b\n" % place
        head += b"Content-Type: multipart/related; boundary=%b\n\n" % boundary
        return head + part % (kind, coding, place) + b"\n\n" + page + b"\n" + more + b"--b--\n"

    for place in ("javascript:alert(1)", "file:///etc/passwd", "https://[::1/", "https://\u202ex/"):
        shown = re.sub(r"[^a-z0-9]+", " ", place).strip()
        yield f"page from {shown}.mhtml", saved(place=place.encode())
    yield "page from a long way.mhtml", saved(place=where + b"/" * 20_000)
    yield (
        "page of itself.mhtml",
        saved(article.replace(b"<h1>", b"<iframe src=cid:a></iframe><h1>")),
    )
    yield "page in broken base64.mhtml", saved(b"=A==" * 100_000, coding=b"base64")
    yield (
        "page in uuencode.mhtml",
        saved(b"begin 644 ../../x\n\xff\xff\n" * 999, coding=b"uuencode"),
    )
    yield "page in a coding without end.mhtml", saved(coding=b"x" * 49_000)
    yield (
        "page of soft line ends.mhtml",
        saved(article + b"=\n" * 300_000, coding=b"quoted-printable"),
    )
    for charset in (b"utf-7", b"zlib", b"idna", b"punycode", b'"u\0tf"'):
        shown = charset.replace(b"\0", b"").decode().strip('"')
        yield f"page of letters of {shown}.mhtml", saved(kind=b"; charset=" + charset)
    yield (
        "page in parts of parts.mhtml",
        saved(
            more=b"".join(
                b"--b\nContent-Type: multipart/related; boundary=b%d\n\n--b%d\n" % (n, n)
                for n in range(400)
            )
        ),
    )
    yield "page of boundaries.mhtml", saved(more=b"--b\n" * 200_000)
    yield "page of no boundary.mhtml", saved(boundary=b'""')
    yield "page of a boundary like a pattern.mhtml", saved(boundary=b'"(.*)*b"')
    yield "page of NUL.mhtml", saved(bytes(1_000) + article)


def _document(body: bytes, note: bytes = b"", more: bytes = b"", declared: bytes = b"") -> bytes:
    """A Word document of this body, with one note, more relations, and what it declares."""
    relation = (
        b'<Relationships xmlns="%brelationships"><Relationship Id="r" Type="%b/%b" Target="%b"/>'
    )
    relation += b"%b</Relationships>"
    of_word = b'<w:%b xmlns:w="%b">%b</w:%b>'
    notes = of_word % (
        b"footnotes",
        _WORD,
        b'<w:footnote w:id="2">%b</w:footnote>' % note,
        b"footnotes",
    )
    main = of_word % (b"document", _WORD, b"<w:body>%b</w:body>" % body, b"document")
    return packed(
        {
            "[Content_Types].xml": b'<Types xmlns="%bcontent-types"><Default Extension="xml"'
            b' ContentType="application/xml"/></Types>' % _PARTS,
            "_rels/.rels": relation
            % (_PARTS, _KINDS, b"officeDocument", b"word/document.xml", b""),
            "word/_rels/document.xml.rels": relation
            % (_PARTS, _KINDS, b"footnotes", b"footnotes.xml", more),
            "word/document.xml": declared + main,
            "word/footnotes.xml": notes,
        }
    )


def marks() -> Iterator[tuple[str, bytes]]:
    """For `import`."""

    def mark(**selector: object) -> bytes:
        target = {"selector": [{"type": "TextQuoteSelector", "exact": "The ship", **selector}]}
        return json.dumps(
            [{"id": "1", "uri": "https://example.org/report", "target": [target]}]
        ).encode()

    yield "lists in lists.json", mark(exact=json.loads("[" * 400 + "]" * 400))
    yield "places beyond all.json", mark(start=10**30, end=-(10**30))
    yield "exponent without end.json", mark().replace(b'"1"', b"1e999999")
    yield "keys twice.json", mark().replace(b'"exact"', b'"exact": "x", "exact"')
    yield "passage of nothing.json", mark(exact="")
    yield "passage of marks.json", mark(exact="\u0301" * 5_000)
    yield "columns by the thousand.csv", b"Text" + b",Note" * 20_000 + b"\nThe ship left the port\n"
    yield "heads alone.csv", b"Text,Note\n"
    yield "UTF-7.csv", b"+AFQ-ext,Note\n+AFQ-he ship left the port,x\n"


def others(record: bytes) -> Iterator[tuple[str, bytes]]:
    """What is no record of an issued brief; `record` is a sound one."""
    yield "UTF-16", record.decode().encode("utf-16")
    yield "mark of order", codecs.BOM_UTF8 + record
    yield "twice", record + record
    yield "keys by the hundred thousand", json.dumps({f"k{n}": n for n in range(100_000)}).encode()
    yield "not a number", record.replace(b'"format"', b'"x": NaN, "format"', 1)


def pages(page: bytes, pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """What is no brief any more; `page` and `pdf` are sound ones."""
    yield "lines-of-windows.html", page.replace(b"\n", b"\r\n")
    yield "twice.html", page + page
    yield "in-a-comment.html", b"<!--" + page + b"-->"
    yield "in-a-frame.html", b'<iframe srcdoc="' + page.replace(b'"', b"&quot;") + b'"></iframe>'
    yield "capitals.html", page.replace(b"<p ", b"<P ").replace(b"</p>", b"</P>")
    yield "behind-junk.pdf", b"junk\n" * 99 + pdf
    yield "before-junk.pdf", pdf + b"junk\n" * 99
    yield "other-head.pdf", pdf.replace(b"%PDF-1.7", b"%PDF-9.9", 1)
    for name, user in (("encrypted", ""), ("encrypted-by-a-word", "word")):
        yield f"{name}.pdf", _anew(pdf, encryption=pikepdf.Encryption(owner="x", user=user))
    yield "made-to-be-sent.pdf", _anew(pdf, linearize=True)


def _anew(pdf: bytes, **how: Any) -> bytes:
    """As another program writes it."""
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(written, **how)
    return written.getvalue()
