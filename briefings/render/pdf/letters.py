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
from itertools import groupby
from typing import Any

from weasyprint.draw import text
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import ffi, pango

from briefings.render.pdf.blanks import Face, Faces

__all__ = ["letters_kept"]

_JOINERS = re.compile("\u200c|\u200d".encode())
"""Zero-width non-joiner and joiner, in UTF-8."""

_DIGITS = 4
"""How many hexadecimal digits stand for a glyph."""

_ROW = re.compile("<([0-9a-f]+)>")
_TO_THE_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@contextmanager
def letters_kept(faces: Faces) -> Iterator[None]:
    """While it lasts, WeasyPrint draws its texts so; nothing looks or lies otherwise."""
    draw, show, take = text.draw_first_line, Stream.show_text, Stream.set_font_size

    def draw_all(stream: Any, box: Any, *rest: Any) -> Any:
        if _TO_THE_LEFT.search(box.text):
            _prepare(stream, box, faces)
        return draw(stream, box, *rest)

    def take_known(self: Any, name: str, size: float) -> None:
        faces.taken[id(self)] = name
        take(self, name, size)

    def show_all(self: Any, row: str) -> None:
        face = faces.in_use(self)
        show(self, row if face is None else _with_blanks(row, face.with_blanks))

    text.draw_first_line, Stream.show_text, Stream.set_font_size = draw_all, show_all, take_known
    try:
        yield
    finally:
        text.draw_first_line, Stream.show_text, Stream.set_font_size = draw, show, take


def _prepare(stream: Any, box: Any, faces: Faces) -> None:
    """Say what the glyphs of a text stand for, before they are drawn."""
    # It is set when the text is drawn, and would have the line laid out anew then.
    pango.pango_layout_set_single_paragraph_mode(box.pango_layout.layout, True)
    line, _ = box.pango_layout.get_first_line()
    encoded = box.pango_layout.text.encode()
    run = line.runs[0]
    while run != ffi.NULL:
        item, glyphs, clusters = run.data.item, run.data.glyphs, run.data.glyphs.log_clusters
        letters = encoded[item.offset : item.offset + item.length]
        # As a rule each letter has its glyph, and WeasyPrint says itself what that stands for.
        if item.analysis.level % 2 and (
            glyphs.num_glyphs != len(letters.decode()) or _JOINERS.search(letters)
        ):
            face = faces.of(stream, item.analysis.font)
            numbers = range(glyphs.num_glyphs)
            end = item.length
            for start, group in groupby(numbers, key=clusters.__getitem__):
                places = [glyphs.glyphs[number] for number in group]
                _stand_for(letters[start:end].decode(), places, face)
                end = start
        run = run.next


def _stand_for(letters: str, glyphs: list[Any], face: Face) -> None:
    """One cluster of a text to the left, its glyphs from left to right."""
    if len(glyphs) == len(letters):
        for letter, glyph in zip(reversed(letters), glyphs, strict=True):
            if glyph.glyph == pango.PANGO_GLYPH_EMPTY:
                blank = face.blank(letter) if letter in "\u200c\u200d" else None
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

    return _ROW.sub(parted, row) if any(map(row.__contains__, ligatures)) else row
