"""Each character of a text leaves a glyph that stands for it alone: so it can be taken out again.

A PDF holds the glyphs of a line from left to right, and readers turn those of a text to the left
round one by one. So a ligature that stands for two letters comes out turned round (لا), and of a
joint within a Persian word, which shows nothing, WeasyPrint leaves no glyph at all. Fonts have
glyphs that show nothing and take no room: these stand for what else none would stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby, pairwise
from typing import Any

from fontTools.ttLib import TTFont
from weasyprint.draw import text
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import ffi, pango

__all__ = ["letters_kept"]

_JOINERS = ("\u200c", "\u200d")
"""Zero-width non-joiner and joiner."""

_DIGITS = 4
"""How many hexadecimal digits stand for a glyph."""

_ROW = re.compile("<([0-9a-f]+)>")


@dataclass(slots=True)
class _Face:
    """A font of the file: its glyphs that show nothing, and what they have come to stand for."""

    font: Any
    blanks: list[int]
    standing_for: dict[str, int] = field(default_factory=dict)
    with_blanks: dict[str, str] = field(default_factory=dict)  # a ligature's glyph, in digits

    def blank(self, character: str) -> int | None:
        """The glyph that stands for a character without showing it; None if none is left."""
        if character not in self.standing_for:
            if not self.blanks:
                return None
            glyph = self.standing_for[character] = self.blanks.pop()
            self.font.to_unicode[glyph], self.font.widths[glyph] = character, 0
        return self.standing_for[character]

    def part(self, glyph: int, letters: str) -> None:
        """Let a ligature's glyph stand for one of its letters, and blanks for the others."""
        digits = f"{glyph:04x}"
        if digits in self.with_blanks or glyph in self.font.to_unicode:
            return
        # Readers take the same letter twice in the same place for one that is drawn twice.
        own = next((end for end, pair in enumerate(pairwise(letters), 1) if pair[0] == pair[1]), 0)
        glyphs = [glyph if place == own else self.blank(each) for place, each in enumerate(letters)]
        if None not in glyphs:
            self.font.to_unicode[glyph] = letters[own]
            self.with_blanks[digits] = "".join(f"{each:04x}" for each in reversed(glyphs))


@contextmanager
def letters_kept() -> Iterator[None]:
    """While it lasts, WeasyPrint draws its texts so; nothing looks or lies otherwise."""
    draw, show, take = text.draw_first_line, Stream.show_text, Stream.set_font_size
    faces: dict[str, _Face] = {}
    taken: dict[int, str] = {}

    def draw_all(stream: Any, box: Any, *rest: Any) -> Any:
        if not box.text.isascii():
            _prepare(stream, box, faces)
        return draw(stream, box, *rest)

    def take_known(self: Any, name: str, size: float) -> None:
        taken[id(self)] = name
        take(self, name, size)

    def show_all(self: Any, row: str) -> None:
        face = faces.get(taken.get(id(self), ""))
        show(self, row if face is None else _with_blanks(row, face.with_blanks))

    text.draw_first_line, Stream.show_text, Stream.set_font_size = draw_all, show_all, take_known
    try:
        yield
    finally:
        text.draw_first_line, Stream.show_text, Stream.set_font_size = draw, show, take


def _prepare(stream: Any, box: Any, faces: dict[str, _Face]) -> None:
    """Say what the glyphs of a text stand for, before they are drawn."""
    # It is set when the text is drawn, and would have the line laid out anew then.
    pango.pango_layout_set_single_paragraph_mode(box.pango_layout.layout, True)
    line, _ = box.pango_layout.get_first_line()
    encoded = box.pango_layout.text.encode()
    run = line.runs[0]
    while run != ffi.NULL:
        item, glyphs, clusters = run.data.item, run.data.glyphs, run.data.glyphs.log_clusters
        if item.analysis.level % 2:
            within = encoded[item.offset : item.offset + item.length]
            font, _ = stream.add_font(item.analysis.font)
            if font.hash not in faces:
                faces[font.hash] = _Face(font, _blanks(font))
            numbers = range(glyphs.num_glyphs)
            end = item.length
            for start, group in groupby(numbers, key=clusters.__getitem__):
                places = [glyphs.glyphs[number] for number in group]
                _stand_for(within[start:end].decode(), places, faces[font.hash])
                end = start
        run = run.next


def _stand_for(letters: str, glyphs: list[Any], face: _Face) -> None:
    """One cluster of a text to the left, its glyphs from left to right."""
    if len(glyphs) == len(letters):
        for letter, glyph in zip(reversed(letters), glyphs, strict=True):
            if glyph.glyph == pango.PANGO_GLYPH_EMPTY:
                blank = face.blank(letter) if letter in _JOINERS else None
                if blank is not None:
                    glyph.glyph = blank
            elif not glyph.glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                face.font.to_unicode.setdefault(glyph.glyph, letter)
    elif len(glyphs) == 1 < len(letters) and not glyphs[0].glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
        face.part(glyphs[0].glyph, letters)


def _with_blanks(row: str, ligatures: dict[str, str]) -> str:
    """A row of glyphs with blanks beside each ligature."""

    def parted(match: re.Match[str]) -> str:
        digits = match[1]
        glyphs = (digits[place : place + _DIGITS] for place in range(0, len(digits), _DIGITS))
        return f"<{''.join(ligatures.get(glyph, glyph) for glyph in glyphs)}>"

    return _ROW.sub(parted, row) if ligatures else row


def _blanks(font: Any) -> list[int]:
    """Glyphs without outline and width, those for joiners last."""
    with TTFont(BytesIO(font.file_content), fontNumber=font.index, lazy=True) as face:
        if "glyf" not in face:
            return []
        lengths = face["loca"]
        names = face.getBestCmap()
        joiners = {face.getGlyphID(names.get(ord(each), ".notdef")) for each in _JOINERS}
        blanks = [
            glyph
            for glyph, name in enumerate(face.getGlyphOrder())
            if glyph and lengths[glyph] == lengths[glyph + 1] and face["hmtx"][name][0] == 0
        ]
    return sorted(blanks, key=lambda glyph: (glyph in joiners, glyph))
