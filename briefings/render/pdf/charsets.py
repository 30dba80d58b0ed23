"""What a font says of itself: its characters, by which glyphs, and how it draws (ISO 14496-22)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from struct import error, iter_unpack, unpack_from

from briefings.render.pdf.compact_fonts import drawing

_UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))
"""Platform and encoding of the tables that hold Unicode, the widest first."""

_LAST = 0x10FFFF
_SFNT = frozenset({b"\0\1\0\0", b"OTTO", b"true", b"ttcf"})
_PICTURES = frozenset({b"CBDT", b"sbix"})
_OUTLINES = frozenset({b"glyf", b"CFF ", b"CFF2"})
_FORMAT_OF_PLACES = 50
"""Where `head` says how `loca` is written."""
_SIZE_OF_EM, _COUNT_OF_WIDTHS = 18, 34
"""Where `head` says how many units a size has, and `hhea` how many glyphs have a width."""
_PLAIN = frozenset({"Ll", "Lu", "Nd"})
_LEAST = 12


def characters(font: bytes) -> frozenset[int]:
    """The code points of a font, of a collection those of its first; empty for what is no font."""
    try:
        # A font that is made to mislead may name the same characters any number of times.
        held = islice(_held(font, _places(font)[b"cmap"]), _LAST + 1)
        return frozenset(code for code, _ in held)
    except (error, KeyError):
        return frozenset()


def undrawn(font: bytes) -> frozenset[int]:
    """The code points for which it has no outline though it has a glyph: spaces, and others."""
    try:
        places = _places(font)
        outline = _outlines(font, places)
        held = islice(_held(font, places[b"cmap"]), _LAST + 1)
        return frozenset(code for code, glyph in held if not outline(glyph))
    except (error, KeyError, IndexError):
        return frozenset()


def is_cut(font: bytes) -> bool:
    """Whether a font ends before one of its tables does, as where a download broke off."""
    if font[:4] not in _SFNT:
        return False
    try:
        return any(place + length > len(font) for _, place, length in _tables(font))
    except error:
        return True


def unreadable(font: bytes) -> str | None:
    """The first digit, small or capital letter that nobody could read in it.

    It draws nothing for it, or gives it less than a twelfth of the size of its print in either
    direction, so that it vanishes or its neighbours lie upon it.
    """
    try:
        places = _places(font)
        outline = _outlines(font, places)
        (em,) = unpack_from(">H", font, places[b"head"] + _SIZE_OF_EM)
        (measured,) = unpack_from(">H", font, places[b"hhea"] + _COUNT_OF_WIDTHS)
        for code, glyph in islice(_held(font, places[b"cmap"]), _LAST + 1):
            if unicodedata.category(chr(code)) not in _PLAIN:
                continue
            place = places[b"hmtx"] + 4 * min(glyph, measured - 1)
            (width,) = unpack_from(">H", font, place)
            if width * _LEAST < em or not outline(glyph) or _is_flat(font, places, glyph, em):
                return chr(code)
    except (error, KeyError, IndexError, ValueError):
        return None  # what is no font is told by whoever reads it
    return None


def _is_flat(font: bytes, places: Mapping[bytes, int], glyph: int, em: int) -> bool:
    """Whether an outline of TrueType has no height."""
    if b"glyf" not in places:
        return False
    (is_long,) = unpack_from(">h", font, places[b"head"] + _FORMAT_OF_PLACES)
    form, size, unit = (">I", 4, 1) if is_long else (">H", 2, 2)
    (start,) = unpack_from(form, font, places[b"loca"] + size * glyph)
    bottom, _, top = unpack_from(">hhh", font, places[b"glyf"] + unit * start + 4)
    return bool((top - bottom) * _LEAST < em)


def _outlines(font: bytes, places: Mapping[bytes, int]) -> Callable[[int], bool]:
    """What tells whether a glyph draws anything."""
    compact = places.get(b"CFF ", places.get(b"CFF2"))
    if compact is not None:
        return drawing(font, compact)
    (is_long,) = unpack_from(">h", font, places[b"head"] + _FORMAT_OF_PLACES)
    return partial(_has_outline, font, places[b"loca"], places[b"glyf"], is_long=is_long)


def _has_outline(font: bytes, ends: int, outlines: int, glyph: int, *, is_long: int) -> bool:
    """Whether a glyph has contours, or is put together of others."""
    form, size, unit = (">II", 4, 1) if is_long else (">HH", 2, 2)
    try:
        start, end = unpack_from(form, font, ends + size * glyph)
        return bool(start < end and unpack_from(">h", font, outlines + unit * start)[0])
    except error:  # it is beyond the end of the font
        return False


def is_of_pictures(font: bytes) -> bool:
    """Whether its letters are bitmaps, of which a PDF shows none."""
    try:
        places = _places(font)
    except error:
        return False
    return not _PICTURES.isdisjoint(places) or (b"cmap" in places and _OUTLINES.isdisjoint(places))


def _places(font: bytes) -> dict[bytes, int]:
    """Where each table begins."""
    return {tag: place for tag, place, _ in _tables(font)}


def _tables(font: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Each table, of a collection those of its first font: its tag, where it begins, its length."""
    start = unpack_from(">I", font, 12)[0] if font[:4] == b"ttcf" else 0
    (count,) = unpack_from(">H", font, start + 4)
    for record in range(count):
        tag, _, place, length = unpack_from(">4sIII", font, start + 12 + 16 * record)
        yield tag, place, length


def glyphs_of(table: bytes) -> dict[int, int]:
    """The glyph of each code point, by the table of a font that has been read already."""
    return dict(_held(table, 0))


def _held(font: bytes, cmap: int) -> Iterator[tuple[int, int]]:
    (count,) = unpack_from(">H", font, cmap + 2)
    tables = {
        (platform, encoding): cmap + place
        for platform, encoding, place in iter_unpack(">HHI", font[cmap + 4 : cmap + 4 + 8 * count])
    }
    table = next((tables[each] for each in _UNICODE if each in tables), len(font))
    (form,) = unpack_from(">H", font, table)
    if form == 12:
        (groups,) = unpack_from(">I", font, table + 12)
        for first, last, glyph in iter_unpack(">III", font[table + 16 : table + 16 + 12 * groups]):
            for code in range(first, min(last, _LAST) + 1):
                yield code, glyph + code - first
    elif form == 4:
        yield from _segments(font, table)


def _segments(font: bytes, table: int) -> Iterator[tuple[int, int]]:
    """Format 4: segments, each with a shift or a list of glyphs; glyph 0 means that it has none."""
    (size,) = unpack_from(">H", font, table + 6)
    ends, starts = table + 14, table + 16 + size
    shifts, lists = starts + size, starts + 2 * size
    for place in range(0, size, 2):
        (end,), (start,) = (
            unpack_from(">H", font, ends + place),
            unpack_from(">H", font, starts + place),
        )
        (shift,), (at,) = (
            unpack_from(">H", font, shifts + place),
            unpack_from(">H", font, lists + place),
        )
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = (
                code
                if at == 0
                else unpack_from(">H", font, lists + place + at + 2 * (code - start))[0]
            )
            if shifted := (glyph + shift if at == 0 or glyph else 0) & 0xFFFF:
                yield code, shifted
