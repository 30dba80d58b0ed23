"""The number in the last lines of a PDF of ours, which its objects give it before it has a name.

Only of what was read as strictly as it is written: objects, and nothing between them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from hashlib import md5
from itertools import pairwise

from briefings.core.digest_names import IN_PDF, UNNAMED

NOT_ITS_NUMBER = "it was changed after it was made: its number is not that of its objects"

_END = b"\nendobj\n"
_NAME = re.compile(rb"(?<=%b)urn:sha256:[0-9a-f]{64}" % IN_PDF)
_FIRST = re.compile(rb"/Type /ObjStm/N \d+/First (\d{1,10})")
_NUMBER = re.compile(rb"(?<=/ID \[\()[0-9a-f]{32}\) \([0-9a-f]{32}(?=\)\]/Filter)")


def numbered(content: bytes) -> bytes:
    """The PDF with the number that is its own: the MD5 of all its objects but its table."""
    start = content.rindex(_END, 0, content.rindex(_END)) + len(_END)
    unnamed = _NAME.sub(UNNAMED.encode(), content[:start])
    whole = b"".join(text for _, text in sorted(_objects(unnamed)))
    number = md5(whole, usedforsecurity=False).hexdigest().encode()
    return content[:start] + _NUMBER.sub(rb"%b) (%b" % (number, number), content[start:], count=1)


def is_numbered(content: bytes) -> bool:
    """Whether it has the number that is its own."""
    try:
        return numbered(content) == content and _NUMBER.search(content) is not None
    except (ValueError, zlib.error):
        return False


def _objects(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each object by its number, as it is written; those too that lie in a pack."""
    for each in content.split(_END)[:-1]:
        head, _, text = each.partition(b" 0 obj\n")
        yield int(head.rpartition(b"\n")[2]), text
        said, _, held = text.partition(b"\nstream\n")
        if (first := _FIRST.search(said)) is not None:
            yield from _packed(zlib.decompress(held.removesuffix(b"\nendstream")), int(first[1]))


def _packed(pack: bytes, first: int) -> Iterator[tuple[int, bytes]]:
    listed = [int(each) for each in pack[:first].split()]
    starts = [*listed[1::2], len(pack) + 1 - first]
    for number, (start, stop) in zip(listed[::2], pairwise(starts), strict=True):
        yield number, pack[first + start : first + stop - 1]
