"""Our fonts as the page for browsers knows them: how each glyph is drawn, what it may stand for."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import islice
from struct import iter_unpack, unpack_from
from typing import TypeAlias

from briefings.core import files
from briefings.verify.outlines import TrueType
from briefings.workers.scripts import is_font
from briefings.workers.templates import fonts

_DIGITS = 16
"""How many digits of a glyph's digest: who wants another glyph of the same would try 2^64."""

_UNITS = 18
_COUNT_OF_WIDTHS = 34
_WEIGHT, _CHOSEN = 4, 62
_BOLD = 600
_RISE, _FALL = 4, 6

Face: TypeAlias = Mapping[str, object]


def known_faces() -> str:
    """All of them, packed: for a page that has nothing else to read."""
    faces = [_face(files.own(fonts(), name)) for name in files.names(fonts()) if is_font(name)]
    return base64.b64encode(zlib.compress(json.dumps(faces).encode(), 9)).decode()


def _face(content: bytes) -> Face:
    """What a font is called, its measure, how each glyph is drawn, and which letters it may be."""
    font = TrueType.read(content)
    letters = font.letters()
    glyphs = range(len(font.places) - 1)
    (weight,) = unpack_from(">H", font.tables[b"OS/2"], _WEIGHT)
    units = unpack_from(">H", font.tables[b"head"], _UNITS)[0]
    reach = (unpack_from(">h", font.tables[b"hhea"], place)[0] for place in (_RISE, _FALL))
    (chosen,) = unpack_from(">H", font.tables[b"OS/2"], _CHOSEN)
    return {
        "families": sorted(font.families()),
        "isBold": weight >= _BOLD,
        "isItalic": bool(chosen & 1),
        "units": units,
        "reach": [round(1000 * each / units) for each in reach],
        "drawn": "".join(map(_digest, _drawn(font))),
        "letters": ["".join(sorted(letters.get(glyph, ()))) for glyph in glyphs],
    }


def _drawn(font: TrueType) -> Iterator[object]:
    """How wide each glyph is, the frame that it says it takes, and its outline."""
    (count,) = unpack_from(">H", font.tables[b"hhea"], _COUNT_OF_WIDTHS)
    widths = [
        width for width, _ in islice(iter_unpack(">Hh", font.tables[b"hmtx"][: 4 * count]), count)
    ]
    glyf = font.tables[b"glyf"]
    for glyph, place in enumerate(font.places[:-1]):
        outline = font.outline(glyph)
        frame = glyf[place + 2 : place + 10] if outline else b""
        yield widths[min(glyph, count - 1)], frame, outline


def _digest(drawn: object) -> str:
    text = json.dumps(drawn, separators=(",", ":"), default=bytes.hex)
    return sha256(text.encode()).hexdigest()[:_DIGITS]
