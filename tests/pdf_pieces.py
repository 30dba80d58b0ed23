"""PDFs put together by hand, in the form of ours, so that one thing at a time can be wrong."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

FIRST = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
EMBEDDED = b"/Type /EmbeddedFile/Subtype /application#2fjson"
CATALOG = {
    1: b"<</Type /Catalog/Pages 2 0 R>>",
    2: b"<</Type /Pages/Kids [7 0 R]/Count 1>>",
    7: b"<</Type /Page/Parent 2 0 R/MediaBox [0 0 9 9]/Resources <<>>/Contents []>>",
}
PACK = 90
TABLE = 99
"""The numbers of the two objects that hold others, or lead to them."""


def stream(about: bytes, data: bytes) -> bytes:
    """The text of a stream, packed."""
    packed = zlib.compress(data, 9)
    head = b"<<%b/Filter /FlateDecode/Length %d>>" % (about, len(packed))
    return head + b"\nstream\n" + packed + b"\nendstream"


def pack(objects: Mapping[int, bytes], gap: bytes = b"\n") -> bytes:
    """A stream of further objects, with `gap` behind each."""
    numbers, texts = b"", b""
    for number, text in objects.items():
        numbers += b"%d %d " % (number, len(texts))
        texts += text + gap
    about = b"/Type /ObjStm/N %d/First %d" % (len(objects), len(numbers))
    return stream(about, numbers + texts)


def file(
    objects: Mapping[int, bytes] | Sequence[tuple[int, bytes]],
    packed: Mapping[int, bytes] = CATALOG,
    *,
    gap: bytes = b"\n",
    rows: Mapping[int, tuple[int, int, int]] | None = None,
    table: bytes = b"",
    size: int = TABLE + 1,
) -> bytes:
    """A whole PDF: `objects` by themselves, then those that are `packed`, then the table of all.

    `rows` stand in the table in place of what is so; `table` is text that its dictionary begins
    with, and `size` the number of its rows, of which most are free.
    """
    content = FIRST
    offsets: dict[int, tuple[int, int, int]] = {}
    alone = list(objects.items() if isinstance(objects, Mapping) else objects)
    if packed:
        alone.append((PACK, pack(packed, gap)))
        offsets |= {number: (2, PACK, index) for index, number in enumerate(packed)}
    for number, text in alone:
        offsets[number] = (1, len(content), 0)
        content += b"%d 0 obj\n%b\nendobj\n" % (number, text)
    offsets[TABLE] = (1, len(content), 0)
    offsets |= rows or {}
    lines = (offsets.get(number, (0, 0, 0)) for number in range(TABLE + 1))
    data = b"".join(kind.to_bytes() + at.to_bytes(4, "big") + n.to_bytes() for kind, at, n in lines)
    data += bytes(6 * size - len(data))
    about = b"%b/Type /XRef/Index [0 %d]/W [1 4 1]/Size %d/Root 1 0 R" % (table, size, size)
    end = len(content)
    content += b"%d 0 obj\n%b\nendobj\n" % (TABLE, stream(about, data))
    return content + b"startxref\n%d\n%%%%EOF\n" % end
