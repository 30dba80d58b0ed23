"""Whether glyphs of the Compact Font Format draw anything (Adobe Technical Notes 5176 and 5177).

Its second version is that of fonts that vary (ISO 14496-22).
"""

from __future__ import annotations

from collections.abc import Callable
from struct import unpack_from

_FIRST = 1
_GLYPHS = 17
"""The operator of a font that says where its glyphs are."""

_SHORT, _LONG, _REAL, _ESCAPE = 28, 29, 30, 12
_SHOWS_NOTHING = frozenset({1, 3, 4, 11, 15, 16, 18, 21, 22, 23})
"""Operators of a glyph that are hints, move the pen, choose among variants, or end a part."""

_END = 14
_OF_TWO = 4
"""With so many numbers before it, the end puts two other glyphs together."""


def drawing(font: bytes, table: int) -> Callable[[int], bool]:
    """What tells whether a glyph of the font draws anything, by its number.

    Raises:
        struct.error, IndexError, KeyError: The table is not whole.
    """
    head = table + font[table + 2]
    if font[table] == _FIRST:
        form = ">H"
        _, tops = _listed(font, head, form)
        top = font[slice(*_listed(font, tops, form)[0](0))]
    else:
        form = ">I"
        (length,) = unpack_from(">H", font, table + 3)
        top = font[head : head + length]
    at, _ = _listed(font, table + _values(top)[_GLYPHS], form)
    return lambda glyph: _draws(font[slice(*at(glyph))])


def _listed(font: bytes, start: int, form: str) -> tuple[Callable[[int], tuple[int, int]], int]:
    """Where each entry of a list begins and ends, and where the list does."""
    count = int(unpack_from(form, font, start)[0])
    ends = start + (2 if form == ">H" else 4)
    if not count:
        return lambda _: (0, 0), ends
    size = font[ends]
    data = ends + size * (count + 1)

    def end(number: int) -> int:
        place = ends + 1 + size * number
        return data + int.from_bytes(font[place : place + size], "big")

    return lambda number: (end(number), end(number + 1)) if number < count else (0, 0), end(count)


def _values(top: bytes) -> dict[int, int]:
    """The last number before each operator of a font's own settings."""
    values: dict[int, int] = {}
    place = last = 0
    while place < len(top):
        byte = top[place]
        if byte == _REAL:
            place += 1
            while top[place] & 0xF != 0xF and top[place] >> 4 != 0xF:
                place += 1
            place += 1
        elif byte < _SHORT:
            values[byte] = last
            place += 2 if byte == _ESCAPE else 1
        else:
            last, place = _number(top, place)
    return values


def _number(text: bytes, place: int) -> tuple[int, int]:
    """A number and where it ends."""
    byte = text[place]
    if byte == _SHORT:
        return int(unpack_from(">h", text, place + 1)[0]), place + 3
    if byte in (_LONG, 255):
        return int(unpack_from(">i", text, place + 1)[0]), place + 5
    if byte < 247:
        return byte - 139, place + 1
    sign, base = (1, 247) if byte < 251 else (-1, 251)
    return sign * ((byte - base) * 256 + text[place + 1] + 108), place + 2


def _draws(glyph: bytes) -> bool:
    """Whether it is more than hints and moves of the pen; what is drawn elsewhere counts."""
    place = numbers = 0
    while place < len(glyph):
        byte = glyph[place]
        if byte >= 32 or byte == _SHORT:
            _, place = _number(glyph, place)
            numbers += 1
        elif byte in _SHOWS_NOTHING:
            place, numbers = place + 1, 0
        else:
            return byte != _END or numbers >= _OF_TWO
    return False
