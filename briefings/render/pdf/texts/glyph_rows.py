"""The rows of glyphs of a text in a content stream: what they say, and how they are shown.

A glyph takes room; those beside it that take none go with it, as the marks above a letter do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from itertools import accumulate
from struct import unpack
from typing import Any, TypeAlias
from unicodedata import bidirectional

import pydyf

from briefings.core.values import dataclass
from briefings.render.pdf.texts.actual_text import NOTHING
from briefings.render.pdf.texts.blanks import DIGITS, Faces

_PASSED_OVER = f"{NOTHING}\u200e\u200f"
"""What is said beside marks that are drawn apart from their letters, and of directions."""

_WEAK_SIGNS = frozenset({"CS", "ES", "ET"})

_GLYPHS = re.compile(rb"<([0-9a-f]+)>")
_CELL = re.compile(rb"<([0-9a-f]*)>|([^<>\[\] ]+)")

_Row: TypeAlias = tuple[list[str], list[str], int]
"""What the glyphs of a row say and stand for, and how many are shown, blanks apart."""


@dataclass(slots=True)
class ReadGlyphs:
    """The glyphs of a text, from left to right.

    `says` is what fonts say of each, `letters` what it stands for, and `places` where its row is.
    What is `fixed` is said beside its row already; before what is `parted`, something is drawn that
    says nothing.
    """

    says: list[str]
    letters: list[str]
    places: list[int]
    fixed: list[int]
    parted: list[int]


@dataclass(frozen=True, slots=True)
class Rows:
    """Reads the rows of a file; its `fonts` are by their names there, and so are `faces`.

    Many rows are written more than once: what they come to is `known`.
    """

    fonts: Mapping[str, Any]
    faces: Faces
    known: dict[tuple[str, bytes], _Row] = field(default_factory=dict)

    def glyphs(self, stream: Sequence[Any], places: range, signs: Mapping[int, str]) -> ReadGlyphs:
        """What pdfium reads of a text in a content stream.

        Args:
            stream: The operators of a page.
            places: Those of the text.
            signs: Those whose glyph stands for another one too, by how many are shown before it.
        """
        read = ReadGlyphs([], [], [], [], [])
        said: list[str | None] = []
        font, shown = "", 0
        for place, item in enumerate(stream[places.start : places.stop], places.start):
            operator = item[-3:] if isinstance(item, bytes) else b""
            if operator == b" TJ":
                beside = said[-1] if said else None
                if beside and not beside.strip(_PASSED_OVER):
                    if beside == NOTHING:
                        read.parted.append(len(read.says))
                    continue
                row = None if signs else self.known.get((font, item))
                says, letters, count = row or self._read(font, item, signs, shown)
                shown += count
                if beside is not None:
                    said[-1] = ""  # all that it says stands with its first row
                    says = letters = [beside] if beside else []
                    read.fixed += range(len(read.says), len(read.says) + len(says))
                read.says += says
                read.letters += letters
                read.places += [place] * len(says)
            elif operator == b" Tf":
                font = _font(item)
            elif operator == b"BDC":
                said.append(_actual(stream[place - 1]))
            elif operator == b"EMC":
                said.pop()
        return read

    def cells(self, stream: Sequence[Any], place: int) -> list[bytes]:
        """The glyphs of a row as they are shown there, each with the room behind it."""
        before = (stream[each] for each in range(place, -1, -1))
        font = next(
            _font(item) for item in before if isinstance(item, bytes) and item[-3:] == b" Tf"
        )
        own = self.fonts[font]
        shown = _numbers(stream[place])
        behind = iter(_behind(*_said(own, shown)))
        cells: list[bytes] = []
        shows = b""
        for glyphs, room in _CELL.findall(stream[place][1 : -len(b"] TJ")]):
            if room and cells and not shows:
                cells[-1] = _and_room(cells[-1], room)
            else:
                shows = _and_room(shows, room)
            for start in range(0, len(glyphs), DIGITS):
                glyph = glyphs[start : start + DIGITS]
                shows += b"<" + glyph + b">"
                if next(behind):
                    cells[-1] += shows
                    shows = b""
                elif own.widths.get(int(glyph, 16)):
                    cells.append(shows)
                    shows = b""
        if shows and cells:
            cells[-1] += shows
        return cells

    def _read(self, name: str, row: bytes, signs: Mapping[int, str], shown: int) -> _Row:
        read = self._read_anew(name, row, signs, shown)
        if not signs:
            self.known[name, row] = read
        return read

    def _read_anew(self, name: str, row: bytes, signs: Mapping[int, str], shown: int) -> _Row:
        font = self.fonts[name]
        numbers = _numbers(row)
        says, broad = _said(font, numbers)
        face = self.faces.known.get(name)
        blanks = face.silent if face is not None else frozenset[int]()
        if all(broad) and blanks.isdisjoint(numbers):
            letters = says
            if signs:
                letters = [signs.get(each, letter) for each, letter in enumerate(says, shown)]
            return says, _with_spaces(letters), len(says)
        shows = [number not in blanks for number in numbers]
        letters = [
            signs.get(place, letter) if is_shown else letter
            for place, is_shown, letter in zip(
                accumulate(shows, initial=shown), shows, says, strict=False
            )
        ]
        behind = _behind(says, broad)
        joined = _joined(letters, broad, behind)
        return _joined(says, broad, behind), _with_spaces(joined), sum(shows)


def _and_room(shows: bytes, room: bytes) -> bytes:
    """What is shown with the room behind it: two numbers in a row stay two."""
    return shows + room if shows.endswith(b">") or not room else shows + b" " + room


def _numbers(row: bytes) -> tuple[int, ...]:
    """The numbers of the glyphs of a row."""
    digits = b"".join(_GLYPHS.findall(row)).decode()
    return unpack(f">{len(digits) // DIGITS}H", bytes.fromhex(digits))


def _said(font: Any, numbers: Sequence[int]) -> tuple[list[str], list[int | None]]:
    """What glyphs say by themselves, and the room that they take."""
    return [font.to_unicode.get(each, "") for each in numbers], [*map(font.widths.get, numbers)]


def _behind(says: Sequence[str], broad: Sequence[int | None]) -> list[bool]:
    """Which glyphs without room go with the one before them, not with the next.

    Marks of a letter that a sign stands left of, as a full stop: pdfium reads both as one part.
    """
    behind: list[bool] = []
    is_sign = False
    for letter, width in zip(says, broad, strict=True):
        behind.append(is_sign and not width and bidirectional(letter[:1]) == "NSM")
        is_sign = behind[-1] or (bool(width) and bidirectional(letter[-1:]) in _WEAK_SIGNS)
    return behind


def _joined(
    letters: Sequence[str], broad: Sequence[int | None], behind: Sequence[bool]
) -> list[str]:
    """What glyphs that take room say, with those before each that take none, or those `behind`."""
    joined, before = list[str](), ""
    for letter, width, is_behind in zip(letters, broad, behind, strict=True):
        if is_behind:
            joined[-1] += letter
        elif width:
            joined.append(before + letter)
            before = ""
        else:
            before += letter
    if joined:
        joined[-1] += before
    return joined


def _font(item: bytes) -> str:
    """The name of the font that an operator takes."""
    return item[1:].split()[0].decode()


def _with_spaces(letters: list[str]) -> list[str]:
    """A space that does not break is one for pdfium where it is a gap."""
    if "\xa0" not in "".join(letters):
        return letters
    return [each.replace("\xa0", " ") for each in letters]


def _actual(properties: Any) -> str | None:
    """The text of a marked content, if one is said beside it."""
    said = properties.get("ActualText") if isinstance(properties, pydyf.Dictionary) else None
    if said is None:
        return None
    return bytes.fromhex(said[1:-1].decode()).decode("utf-16")
