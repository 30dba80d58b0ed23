"""A PDF of ours with some of its streams changed and all else put right again, its name too.

So would someone change it who knows how we write: what finds that has to look at what it says.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping

from briefings.core.digest_names import IN_PDF, UNNAMED, named
from briefings.render.pdf.reader import read_pdf
from briefings.verify.numbered import numbered

Change = Callable[[bytes], bytes]

_HEAD = re.compile(rb"(\d+) 0 obj\n")
_LENGTH = re.compile(rb"/Length (\d+)(?!\d)")
_WIDTHS = re.compile(rb"/W \[(\d) (\d) (\d)\]")
_NAME = re.compile(rb"urn:sha256:[0-9a-f]{64}")


def objects(content: bytes) -> Iterator[tuple[int, bytes, bytes | None]]:
    """Number, text and unpacked stream of each object, as they follow each other."""
    place = content.index(b"\n", content.index(b"\n") + 1) + 1
    while (head := _HEAD.match(content, place)) is not None:
        end = content.index(b"\nendobj\n", head.end() - 1)
        body = content.find(b"\nstream\n", head.end(), end)
        if body < 0:
            yield int(head[1]), content[head.end() : end], None
            place = end + len(b"\nendobj\n")
            continue
        text = content[head.end() : body]
        length = _LENGTH.search(text)
        assert length is not None
        start = body + len(b"\nstream\n")
        data = content[start : start + int(length[1])]
        yield int(head[1]), text, zlib.decompress(data) if b"/FlateDecode" in text else data
        place = start + int(length[1]) + len(b"\nendstream\nendobj\n")


def rewritten(content: bytes, changes: Mapping[int, Change]) -> bytes:
    """The file with the streams of some objects changed, by number."""
    unnamed = _NAME.sub(UNNAMED.encode(), content)
    whole = content[: content.index(b"\n", content.index(b"\n") + 1) + 1]
    starts: dict[int, int] = {}
    *others, table = objects(unnamed)
    for number, text, data in others:
        starts[number] = len(whole)
        changed = changes[number](data) if data is not None and number in changes else data
        whole += _object(number, text, changed)
    number, text, rows = table
    assert rows is not None
    starts[number] = len(whole)
    whole += _object(number, text, _rows(text, rows, starts))
    whole += b"startxref\n%d\n%%%%EOF\n" % starts[number]
    return named(numbered(whole), IN_PDF)


def _object(number: int, text: bytes, data: bytes | None) -> bytes:
    if data is None:
        return b"%d 0 obj\n%b\nendobj\n" % (number, text)
    packed = zlib.compress(data, 9) if b"/FlateDecode" in text else data
    text = _LENGTH.sub(b"/Length %d" % len(packed), text)
    return b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, text, packed)


def _rows(text: bytes, rows: bytes, starts: Mapping[int, int]) -> bytes:
    widths = _WIDTHS.search(text)
    assert widths is not None
    first, second, third = (int(width) for width in widths.groups())
    size = first + second + third
    out = b""
    for number in range(len(rows) // size):
        row = rows[number * size : (number + 1) * size]
        if number in starts and row[0] == 1:
            row = row[:first] + starts[number].to_bytes(second, "big") + row[first + second :]
        out += row
    return out


def contents(pdf: bytes) -> list[int]:
    """The number of the stream that each page draws."""
    opened = read_pdf(pdf)
    with opened.document:
        return [page.obj.Contents.objgen[0] for page in opened.document.pages]
