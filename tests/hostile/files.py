"""Hostile files that come from others: given to `verify`, `diff`, `capture`, and as records."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile


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
    for number in range(12):
        place = len(pdf) * (number + 1) // 13
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
    yield "other.docx", _zip({"readme.txt": b"hello"})
    yield "bomb.docx", _zip({"[Content_Types].xml": b"x", "word/document.xml": bytes(200_000_000)})
    yield (
        "entities.docx",
        _zip(
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
    yield "table.xlsx", _zip({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"})
    yield "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def _zip(names: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return file.getvalue()


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
