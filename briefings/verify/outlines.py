"""The glyphs of a TrueType font: how each is drawn, and which letters each may come of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate, islice, product
from struct import error, iter_unpack, unpack_from
from typing import TypeAlias

from briefings.core.values import dataclass
from briefings.render.pdf.charsets import glyphs_of
from briefings.render.pdf.substitutions import substitutions

Outline: TypeAlias = tuple[object, ...]
"""How a glyph is drawn, without the hints for small screens: equal if it looks the same."""

_DEEPEST = 4
_MOST_STEPS = 400_000
_ROUNDS = 6
_FORMAT_OF_PLACES = 50
_WINDOWS = 3
_FAMILIES = (1, 16)
_OF_COMPONENT = 0x02CF
"""Flags of a component that move or scale it, or its glyph; others hint, or say what follows."""


class DamagedFont(Exception):
    """A font that is no TrueType font, or a damaged one."""


@dataclass(frozen=True, slots=True)
class TrueType:
    """A font (ISO 14496-22): its tables, and where each glyph stands among the outlines."""

    tables: Mapping[bytes, bytes]
    places: tuple[int, ...]

    @classmethod
    def read(cls, font: bytes) -> TrueType:
        """The font of a file.

        Raises:
            DamagedFont: It is none.
        """
        try:
            (count,) = unpack_from(">H", font, 4)
            records = iter_unpack(">4sIII", font[12 : 12 + 16 * count])
            tables = {tag: font[place : place + size] for tag, _, place, size in records}
            (is_long,) = unpack_from(">h", tables[b"head"], _FORMAT_OF_PLACES)
            form, unit = (">I", 1) if is_long else (">H", 2)
            places = tuple(unit * place for (place,) in iter_unpack(form, tables.get(b"loca", b"")))
            return cls({b"glyf": b"", b"cmap": b"", b"name": b"", **tables}, places)
        except (error, KeyError):
            raise DamagedFont from None

    @property
    def is_fixed(self) -> bool:
        """Whether its outlines are those that a file gets: not worked out for a weight, nor CFF."""
        return bool(self.places) and b"fvar" not in self.tables

    def families(self) -> frozenset[str]:
        """What its family is called, with its weight and without.

        Raises:
            DamagedFont: The table of names is damaged.
        """
        table = self.tables[b"name"]
        try:
            count, start = unpack_from(">HH", table, 2)
            records = iter_unpack(">6H", table[6 : 6 + 12 * count])
            return frozenset(
                table[start + place : start + place + size].decode("utf-16-be", "replace")
                for platform, _, _, name, size, place in records
                if platform == _WINDOWS and name in _FAMILIES
            )
        except error:
            raise DamagedFont from None

    def outline(self, glyph: int, depth: int = 0) -> Outline:
        """How a glyph is drawn; empty for one that shows nothing.

        Raises:
            DamagedFont: It is damaged.
        """
        if glyph + 1 >= len(self.places):
            return ()
        data = self.tables[b"glyf"][self.places[glyph] : self.places[glyph + 1]]
        try:
            if not data:
                return ()
            (contours,) = unpack_from(">h", data)
            if contours >= 0:
                return _points(data, contours)
            if depth > _DEEPEST:
                raise DamagedFont
            return tuple(
                (flags & _OF_COMPONENT, placed, self.outline(part, depth + 1))
                for flags, part, placed in _components(data)
            )
        except (error, IndexError):
            raise DamagedFont from None

    def letters(self) -> Mapping[int, frozenset[str]]:
        """The letters of each glyph that is known to come of some, joined or in any other form.

        Raises:
            DamagedFont: A table is damaged.
        """
        characters: dict[int, set[str]] = {}
        try:
            for code, glyph in glyphs_of(self.tables[b"cmap"]).items():
                characters.setdefault(glyph, set()).add(chr(code))
            steps = tuple(islice(_steps(self.tables.get(b"GSUB", b"")), _MOST_STEPS))
        except error:
            raise DamagedFont from None
        for _ in range(_ROUNDS):
            size = sum(map(len, characters.values()))
            for before, after in steps:
                if before in characters:
                    characters.setdefault(after, set()).update(characters[before])
            if sum(map(len, characters.values())) == size:
                break
        return {glyph: frozenset(letters) for glyph, letters in characters.items()}


def _points(data: bytes, contours: int) -> Outline:
    """The points of a glyph of its own."""
    place = 10 + 2 * contours
    ends = unpack_from(f">{contours}H", data, 10)
    (hints,) = unpack_from(">H", data, place)
    place += 2 + hints
    count = ends[-1] + 1 if ends else 0
    flags: list[int] = []
    while len(flags) < count:
        flag, place = data[place], place + 1
        flags.append(flag)
        if flag & 8:
            flags += [flag] * data[place]
            place += 1
    across, place = _steps_between(data, place, flags[:count], 2, 16)
    upward, _ = _steps_between(data, place, flags[:count], 4, 32)
    return (ends, across, upward, tuple(flag & 1 for flag in flags[:count]))


def _steps_between(
    data: bytes, place: int, flags: list[int], short: int, same: int
) -> tuple[tuple[int, ...], int]:
    """The places of points along an axis, and where the next data are."""
    moves: list[int] = []
    for flag in flags:
        if flag & short:
            moves.append(data[place] if flag & same else -data[place])
            place += 1
        elif flag & same:
            moves.append(0)
        else:
            moves.append(unpack_from(">h", data, place)[0])
            place += 2
    return tuple(accumulate(moves)), place


def _components(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The flags of each part of a glyph, the part, and how it is moved and scaled."""
    place, more = 10, 0x20
    while more:
        flags, glyph = unpack_from(">HH", data, place)
        scale = 2 if flags & 0x8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0
        end = place + 4 + (4 if flags & 1 else 2) + scale
        yield flags, glyph, data[place + 4 : end]
        place, more = end, flags & 0x20


def _steps(table: bytes) -> Iterator[tuple[int, int]]:
    """Each glyph, and one that may stand for it alone or with others (`GSUB`)."""
    for before, after in substitutions(table):
        yield from product(before, after)
