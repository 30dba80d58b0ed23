"""Words and numbers of the other direction are kept apart from the space or sign behind them.

Poppler, which reads for search engines, puts a page's lines in order by the kinds of their letters,
and takes what is neutral behind words of the other direction for theirs: it would read the space
of "۸ دسامبر" before the number. A mark of direction (UAX #9, 2.6), as a glyph that shows nothing,
ends such words. It is drawn alone: pdfium passes over a text without width, so that whoever
searches a page in a browser meets none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from weasyprint.draw import text
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import ffi, pango

from briefings.render.pdf.blanks import DIGITS, Face, Faces

__all__ = ["turns_marked"]

_OTHER = {
    "rtl": re.compile(r"\d|[^\W\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]"),
    "ltr": re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]"),
}
"""Letters and digits that run against a direction."""

_MARKS = {"rtl": "\u200f", "ltr": "\u200e"}
_GLYPHS = re.compile("<[0-9a-f]+>")


@dataclass(frozen=True, slots=True)
class _Turn:
    """A mark before a glyph of a line, counted from 0 at the left, without blanks."""

    place: int
    glyph: str


@contextmanager
def turns_marked(pages: Sequence[Any], faces: Faces) -> Iterator[None]:
    """While it lasts, WeasyPrint draws the texts of `pages` so; nothing looks otherwise."""
    draw, show = text.draw_first_line, Stream.show_text
    page_direction = pages[0]._page_box.style["direction"]  # noqa: SLF001 # nothing public
    ends = _ends(pages, page_direction)
    turns: list[_Turn] = []
    shown = 0

    def draw_marked(stream: Any, box: Any, *rest: Any) -> Any:
        nonlocal shown
        turns[:], shown = (
            _turns(stream, box, page_direction, is_end=id(box) in ends, faces=faces),
            0,
        )
        try:
            drawn = draw(stream, box, *rest)
            for turn in turns:  # behind the last glyph
                show(stream, turn.glyph)
        finally:
            turns.clear()
        return drawn

    def show_marked(stream: Any, row: str) -> None:
        nonlocal shown
        face = faces.in_use(stream)
        if not turns or face is None:
            show(stream, row)
            return
        parted, shown = _with_turns(row, face, turns, shown)
        for part in parted:
            show(stream, part)

    text.draw_first_line, Stream.show_text = draw_marked, show_marked
    try:
        yield
    finally:
        text.draw_first_line, Stream.show_text = draw, show


def _ends(pages: Sequence[Any], direction: str) -> set[int]:
    """The texts in which words of the other direction end that begin with them, by `id`."""
    ends: set[int] = set()
    for page in pages:
        for line in page._page_box.descendants():  # noqa: SLF001 # as above
            if isinstance(line, boxes.LineBox):
                ends.update(map(id, _turned_texts(line, direction)))
    return ends


def _turned_texts(box: Any, direction: str) -> Iterator[Any]:
    """The first text of each part of a line that has the other direction; on paper the last."""
    if isinstance(box, boxes.TextBox):
        if box.style["direction"] != direction:
            yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        texts = (text for child in box.children for text in _turned_texts(child, direction))
        yield from texts if box.style["direction"] == direction else islice(texts, 1)


def _turns(stream: Any, box: Any, direction: str, *, is_end: bool, faces: Faces) -> list[_Turn]:
    """Where marks come in a text, from left to right."""
    own = box.style["direction"]
    if own == direction:
        if not _OTHER[direction].search(box.text):
            return []
    elif not is_end:
        return []
    pango.pango_layout_set_single_paragraph_mode(box.pango_layout.layout, True)
    line, _ = box.pango_layout.get_first_line()
    turns: list[_Turn] = []
    place, before = 0, direction
    run = line.runs[0]
    while run != ffi.NULL:
        analysis, glyphs = run.data.item.analysis, run.data.glyphs
        face = faces.of(stream, analysis.font)
        after = "rtl" if analysis.level % 2 else "ltr"
        is_own = own == direction or (direction == "rtl" and not place)
        if before == "rtl" and after == "ltr" and is_own:
            turns += _turn(face, direction, place)
        blanks = {pango.PANGO_GLYPH_EMPTY, *face.standing_for.values()}
        numbers = range(glyphs.num_glyphs)
        place += sum(glyphs.glyphs[number].glyph not in blanks for number in numbers)
        before, run = after, run.next
    if before == "rtl" and direction == "ltr":
        turns += _turn(face, direction, place)
    return turns


def _turn(face: Face, direction: str, place: int) -> list[_Turn]:
    blank = face.blank(_MARKS[direction])
    return [] if blank is None else [_Turn(place, f"<{blank:0{DIGITS}x}>")]


def _with_turns(row: str, face: Face, turns: list[_Turn], shown: int) -> tuple[list[str], int]:
    """A row of glyphs parted where marks come, and how many glyphs have been shown after it.

    Marks that have found their place are taken out of `turns`.
    """
    blanks = {f"{glyph:0{DIGITS}x}" for glyph in face.standing_for.values()}
    parts = [""]
    start = 0
    for cell in _GLYPHS.finditer(row):
        for place in range(cell.start() + 1, cell.end() - 1, DIGITS):
            if row[place : place + DIGITS] in blanks:
                continue
            if turns and turns[0].place == shown:
                parts[-1] += f"{row[start:place]}>"
                parts += [turns.pop(0).glyph, "<"]
                start = place
            shown += 1
    parts[-1] += row[start:]
    plain = (part.replace("<>", "") for part in parts)
    return [part for part in plain if part], shown
