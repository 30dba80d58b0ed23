"""The fonts of a PDF that we wrote: which letters its glyphs stand for, and how wide they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import pikepdf

from briefings.core.values import dataclass
from briefings.render.pdf.reader import UnreadablePdf, is_plain, unpacked

DIGITS = 4
"""How many hexadecimal digits stand for a glyph."""

_DIRECTIONS = frozenset("\u200e\u200f")
"""What parts words for other readers and is no letter of any text of ours."""

_DESCRIBED = ("/FontFile", "/FontFile2", "/FontFile3", "/CIDSet")
_OTHER_WAY = "a font names its letters in a way that we do not use"


@dataclass(frozen=True, slots=True)
class Font:
    """By the digits of a glyph, in lower case: its letters, and its width in thousandths of an em.

    A glyph that is part of another's letter stands for no letters.
    """

    letters: Mapping[bytes, str]
    widths: Mapping[bytes, float]


def read_font(font: Any) -> Font:
    """The `font` of a page's resources.

    Raises:
        UnreadablePdf: It is not as WeasyPrint embeds them (ISO 32000-1, 9.7 and 9.10.3).
    """
    letters = font.get("/ToUnicode")
    if not isinstance(letters, pikepdf.Stream):
        raise UnreadablePdf(f"the font in object {font.objgen[0]} does not say its letters")
    return Font(_letters(letters), _widths(_descendant(font).get("/W", ())))


def wordless_parts(font: Any) -> Iterator[Any]:
    """What belongs to a font and holds no words: its outlines, and the names of its glyphs."""
    below = _descendant(font)
    yield from (font.get("/ToUnicode"), below.get("/CIDToGIDMap"))
    yield from (below.FontDescriptor.get(part) for part in _DESCRIBED)


def _descendant(font: Any) -> Any:
    if font.get("/Subtype") != "/Type0" or len(font.get("/DescendantFonts", ())) != 1:
        raise UnreadablePdf(f"object {font.objgen[0]} is no font of ours")
    return font.DescendantFonts[0]


def _letters(stream: pikepdf.Stream) -> dict[bytes, str]:
    if not is_plain(unpacked(stream)):
        raise UnreadablePdf(_OTHER_WAY)
    letters_of: dict[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(stream):
        match str(instruction.operator):
            case "endbfchar":
                codes = [bytes(code) for code in instruction.operands]
                for glyph, letters in zip(codes[::2], codes[1::2], strict=True):
                    text = letters.decode("utf-16-be")
                    letters_of[glyph.hex().encode()] = "" if text in _DIRECTIONS else text
            case "beginbfrange" | "usecmap":
                raise UnreadablePdf(_OTHER_WAY)
    return letters_of


def _widths(given: Iterable[Any]) -> dict[bytes, float]:
    widths: dict[bytes, float] = {}
    for first, row in pairwise(given):
        if isinstance(row, pikepdf.Array):
            for glyph, width in enumerate(row, start=int(first)):
                widths[f"{glyph:0{DIGITS}x}".encode()] = float(width)
    return widths
