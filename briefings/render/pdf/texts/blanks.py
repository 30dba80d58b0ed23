"""Glyphs of a font that show nothing and take no room: they can stand for what has no glyph.

A glyph has one name in its font. One that is drawn for other letters elsewhere, as parts of
syllables are, has another name in the same font put into the file once more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import field
from hashlib import md5
from itertools import pairwise
from struct import iter_unpack, unpack_from
from typing import Any

import pydyf
from weasyprint.text.ffi import ffi, harfbuzz, pango

from briefings.core.values import dataclass
from briefings.render.pdf.charsets import glyphs_of
from briefings.render.pdf.substitutions import stood_for, substituted
from briefings.render.pdf.texts.actual_text import parts

DIGITS = 4
"""How many hexadecimal digits stand for a glyph."""

_FORMAT_OF_PLACES, _NUMBER_OF_WIDTHS = 50, 34
"""Where `head` and `hhea` say how `loca` and `hmtx` are written."""

_EMPTY = pango.PANGO_GLYPH_EMPTY

_MOST_NAMES = 9
"""How many names a glyph may have."""

_LETTERS_OF_HASH = 6

NO_LETTER = "\u2060"
"""What a blank stands for that only takes room: a word joiner, which is no part of any text."""


@dataclass(slots=True)
class Face:
    """A font of the file: its glyphs that show nothing, and what they have come to stand for."""

    font: Any
    blanks: list[int]
    standing_for: dict[str, int] = field(default_factory=dict)
    silent: set[int] = field(default_factory=lambda: {_EMPTY})  # these, and Pango's own for nothing
    with_blanks: dict[str, str] = field(default_factory=dict)  # a ligature's glyph, in digits
    hollow: frozenset[int] = frozenset()  # all that show nothing and take no room
    broad: int | None = None  # a glyph that shows nothing and is as wide as the type is high
    spaced: tuple[int, ...] = ()  # those that show nothing and take room
    named: dict[int, int] | None = None
    widths: list[int] = field(default_factory=list)  # that of the last glyph is that of all behind
    made: dict[int, list[str]] | None = None
    again: list[Face] = field(default_factory=list)  # the same font, whose glyphs have other names
    first: Face | None = None  # that which this one is again

    def namings(self) -> Iterator[Face]:
        """The font, and the same one again and again, for glyphs that are to have other names."""
        yield self
        for number in range(_MOST_NAMES - 1):
            if number == len(self.again):
                self.again.append(_again(self, number))
            yield self.again[number]

    def letter(self, glyph: int, letters: Iterable[str]) -> str | None:
        """The one of `letters` that by the font itself the glyph is for; None if there is none."""
        if self.named is None:
            self.named = glyphs_of(_table(self.font, b"cmap"))
        named = self.named
        return next((each for each in letters if named.get(ord(each)) == glyph), None)

    def of_several(self, glyph: int, letters: Iterable[str]) -> str | None:
        """What a glyph stands for by the font's own substitutions, if that is among `letters`."""
        if self.made is None:
            named = {
                number: chr(code) for code, number in glyphs_of(_table(self.font, b"cmap")).items()
            }
            self.made = stood_for(_table(self.font, b"GSUB"), named, parts)
        held = Counter(parts(letters))
        may_be = self.made.get(glyph, ())
        return next((own for own in may_be if Counter(parts(own)) <= held), None)

    def width(self, glyph: int) -> int:
        """How much room a glyph takes in its line, in the font's own unit."""
        if not self.widths:
            self.widths = _widths(self.font)
        return self.widths[min(glyph, len(self.widths) - 1)]

    def is_shown(self, each: Any) -> bool:
        """Whether a glyph of Pango's is drawn, and is no blank."""
        return each.glyph not in self.silent

    def space(self) -> int | None:
        """The glyph of a space, made ready to be shown; None if it has none."""
        if self.named is None:
            self.named = glyphs_of(_table(self.font, b"cmap"))
        glyph = self.named.get(ord(" "))
        if glyph is not None:
            self.font.to_unicode.setdefault(glyph, " ")
            width = round(self.width(glyph) * 1000 / self.font.upem)
            self.font.widths.setdefault(glyph, width)
        return glyph

    def blank(self, character: str) -> int | None:
        """The glyph that stands for a character without showing it; None if none is left."""
        if character not in self.standing_for:
            if not self.blanks:
                return None
            glyph = self.standing_for[character] = self.blanks.pop()
            self.silent.add(glyph)
            self.font.to_unicode[glyph], self.font.widths[glyph] = character, 0
        return self.standing_for[character]

    def room(self) -> tuple[int, float] | None:
        """A broad glyph that shows nothing and stands for no letter, and its width; or None.

        The width is in thousandths of the type size.
        """
        if self.broad is None or self.font.to_unicode.get(self.broad, NO_LETTER) != NO_LETTER:
            return None
        self.font.to_unicode[self.broad] = NO_LETTER
        self.silent.add(self.broad)
        width = round(self.width(self.broad) * 1000 / self.font.upem)
        self.font.widths[self.broad] = width
        return self.broad, width

    def gap(self) -> tuple[int, float] | None:
        """A glyph that shows nothing, takes room and stands for no space, and its width; or None.

        The width is in thousandths of the type size.
        """
        for glyph in self.spaced:
            is_free = self.font.to_unicode.get(glyph, NO_LETTER) == NO_LETTER
            if is_free and not self.letter(glyph, " \xa0"):
                self.font.to_unicode[glyph] = NO_LETTER
                self.silent.add(glyph)
                width = round(self.width(glyph) * 1000 / self.font.upem)
                self.font.widths[glyph] = width
                return glyph, width
        return None

    def blanks_before(self, digits: str) -> int:
        """How many blanks a glyph has beside it at its left, as the ligature that it is."""
        parted = self.with_blanks.get(digits, digits)
        return [parted[place : place + DIGITS] for place in range(0, len(parted), DIGITS)].index(
            digits
        )

    def part(self, glyph: int, letters: str) -> None:
        """Let a ligature's glyph stand for one of its letters, and blanks for the others."""
        digits = f"{glyph:0{DIGITS}x}"
        if digits in self.with_blanks or glyph in self.font.to_unicode:
            return
        # Readers take the same letter twice in the same place for one that is drawn twice.
        own = next((end for end, pair in enumerate(pairwise(letters), 1) if pair[0] == pair[1]), 0)
        glyphs = [glyph if place == own else self.blank(each) for place, each in enumerate(letters)]
        if None not in glyphs:
            self.font.to_unicode[glyph] = letters[own]
            self.with_blanks[digits] = "".join(f"{each:0{DIGITS}x}" for each in reversed(glyphs))


@dataclass(slots=True)
class Faces:
    """The fonts of one file, by the names that its pages call them."""

    known: dict[str, Face] = field(default_factory=dict)
    taken: dict[int, tuple[str, float]] = field(default_factory=dict)
    """The name of the last font and its size, by the `id` of the stream."""

    def of(self, stream: Any, pango_font: Any) -> Face:
        """The font of a text that is to be drawn into `stream`."""
        font, _ = stream.add_font(pango_font)
        if font.hash not in self.known:
            empty = _empty(font)
            own = substituted(_table(font, b"GSUB"))
            blanks = [glyph for glyph, width in empty if not width and glyph not in own]
            broad = [glyph for glyph, width in empty if width >= font.upem]
            spaced = tuple(glyph for glyph, width in empty if width)
            self.known[font.hash] = Face(
                font,
                blanks,
                hollow=frozenset(glyph for glyph, width in empty if not width),
                broad=broad[0] if broad else None,
                spaced=spaced,
            )
        return self.known[font.hash]

    def in_use(self, stream: Any) -> Face | None:
        """The font that `stream` shows its glyphs in; None if it has never been asked for."""
        name, _ = self.taken.get(id(stream), ("", 0.0))
        return self.known.get(name)

    def exchange(self, stream: Any, face: Face) -> None:
        """Go on in the same font by another name, which WeasyPrint need not know of."""
        name, (_, size) = face.font.hash, self.taken[id(stream)]
        self.known[name] = face
        if face.first is not None:
            stream._fonts[name] = face.font  # noqa: SLF001 # nothing public
        self.taken[id(stream)] = name, size
        pydyf.Stream.set_font_size(stream, name, size)


def cell_of(glyph: int) -> str:
    """A glyph as a row has it."""
    return f"<{glyph:0{DIGITS}x}>"


def _again(face: Face, number: int) -> Face:
    """A font once more, called otherwise; its glyphs stand for nothing yet."""
    font = copy(face.font)
    digits = md5(f"{font.hash}{number}".encode(), usedforsecurity=False).digest()
    font.hash = "".join(chr(ord("A") + each % 26) for each in digits[:_LETTERS_OF_HASH])
    font.name = b"/" + font.hash.encode() + face.font.name[1 + _LETTERS_OF_HASH :]
    font.to_unicode = {}
    blanks = [*face.blanks, *face.standing_for.values()]
    return Face(
        font,
        blanks,
        silent=face.silent,
        hollow=face.hollow,
        spaced=face.spaced,
        named=face.named,
        widths=face.widths,
        made=face.made,
        first=face,
    )


def _empty(font: Any) -> list[tuple[int, int]]:
    """Glyphs without outline and their widths, of a font with TrueType outlines."""
    places = _table(font, b"loca")
    if not places:
        return []
    (is_long,) = unpack_from(">h", _table(font, b"head"), _FORMAT_OF_PLACES)
    outlines = [place for (place,) in iter_unpack(">I" if is_long else ">H", places)]
    widths = _widths(font)
    return [
        (glyph, widths[glyph])
        for glyph in range(1, min(len(outlines) - 1, len(widths)))
        if outlines[glyph] == outlines[glyph + 1]
    ]


def _widths(font: Any) -> list[int]:
    (measured,) = unpack_from(">H", _table(font, b"hhea"), _NUMBER_OF_WIDTHS)
    return [width for width, _ in iter_unpack(">Hh", _table(font, b"hmtx")[: 4 * measured])]


def _table(font: Any, name: bytes) -> bytes:
    """A table of a font file (ISO 14496-22); empty if it has none of that name."""
    blob = harfbuzz.hb_face_reference_table(
        font.hb_face, harfbuzz.hb_tag_from_string(name, len(name))
    )
    length = ffi.new("unsigned int *")
    content = harfbuzz.hb_blob_get_data(blob, length)
    table = bytes(ffi.buffer(content, length[0])) if length[0] else b""
    harfbuzz.hb_blob_destroy(blob)
    return table
