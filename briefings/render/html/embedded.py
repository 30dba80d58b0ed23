"""The data that a brief carries of itself: put into a page, and read back from page or PDF."""

from __future__ import annotations

import re
import zlib

from markupsafe import Markup

NAME = "edition.json"
"""What the data are called as an attachment of a PDF."""

LARGEST = 16 * 2**20
"""The most bytes of data that are read back."""

_OPENING = '<script type="application/json" id="edition">'
_CLOSING = "</script>"
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


class NoData(Exception):
    """There is nothing that we embedded; the message says why, in one lower-case clause."""


def block(data: str) -> Markup:
    """The JSON `data` as a block of a page: nothing in it ends the block or is markup.

    A policy that forbids scripts lets it stand, since browsers do not run blocks of data.
    """
    return Markup(_OPENING + data.translate(_ESCAPES) + _CLOSING)  # noqa: S704 # escaped above


def from_html(page: str) -> str:
    """The data of a page of ours, exactly as `block` wrote them."""
    parts = page.split(_OPENING)
    if len(parts) != 2:
        raise NoData("it holds no block of data" if len(parts) < 2 else "it holds two of them")
    data, closing, _ = parts[1].partition(_CLOSING)
    if not closing or "<" in data:
        raise NoData("its block of data has no end")
    if len(data) > LARGEST:
        raise NoData(f"its data are larger than {LARGEST // 2**20} MiB")
    return data


# The form in which pydyf writes a PDF, and no other: this reads what we wrote, and is no reader
# of PDFs. A table of references leads to the objects, so that nothing inside a stream counts.
_END = re.compile(rb"\nstartxref\n(\d{1,10})\n%%EOF\n?\Z")
_OBJECT = re.compile(rb"\d{1,10} 0 obj\n(<<[^\n]{0,2000}?>>)\nstream\n")
_WIDTHS = re.compile(rb"/W \[1 ([1-8]) ([1-8])\]")
_LENGTH = re.compile(rb"/Length (\d{1,10})(?!\d)")


def from_pdf(content: bytes) -> str:
    """The data of a PDF of ours: its one embedded file."""
    end = _END.search(content[-64:])
    if not content.startswith(b"%PDF-1.") or end is None:
        raise NoData("it is no PDF as we write them")
    found = []
    for offset in _offsets(content, int(end[1])):
        head = _OBJECT.match(content, offset)
        if head is not None and b"/Type /EmbeddedFile" in head[1]:
            found.append(head)
    if len(found) != 1:
        raise NoData(f"it holds {len(found) or 'no'} embedded file{'s' * (len(found) > 1)}")
    if b"/Subtype /application#2fjson" not in found[0][1]:
        raise NoData("its embedded file is no JSON")
    try:
        return _inflated(content, found[0]).decode()
    except UnicodeDecodeError:
        raise NoData("its data are not UTF-8") from None


def _offsets(content: bytes, table: int) -> list[int]:
    """Where the objects begin, by the stream of cross-references at `table`."""
    head = _OBJECT.match(content, table)
    widths = _WIDTHS.search(head[1]) if head is not None else None
    if head is None or widths is None or b"/Type /XRef" not in head[1]:
        raise NoData("it has no table of references as we write them")
    wide, rest = int(widths[1]), int(widths[2])
    entries = _inflated(content, head)
    size = 1 + wide + rest
    if len(entries) % size:
        raise NoData("its table of references is broken")
    rows = (entries[start : start + size] for start in range(0, len(entries), size))
    return [int.from_bytes(row[1 : 1 + wide], "big") for row in rows if row[0] == 1]


def _inflated(content: bytes, head: re.Match[bytes]) -> bytes:
    """The whole stream behind `head`, uncompressed."""
    length = _LENGTH.search(head[1])
    if length is None or b"/Filter /FlateDecode" not in head[1]:
        raise NoData("a stream in it is none of ours")
    start, stop = head.end(), head.end() + int(length[1])
    if not content.startswith(b"\nendstream", stop):
        raise NoData("a stream in it is cut off")
    stream = zlib.decompressobj()
    try:
        data = stream.decompress(content[start:stop], LARGEST + 1)
    except zlib.error:
        raise NoData("a stream in it is damaged") from None
    if len(data) > LARGEST:
        raise NoData(f"its data are larger than {LARGEST // 2**20} MiB")
    if not stream.eof or stream.unused_data:
        raise NoData("a stream in it is damaged")
    return data
