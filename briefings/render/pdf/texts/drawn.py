"""Texts as they are drawn: where each stands on its page, and where its glyphs are in the file.

Parts of a line are drawn from left to right: where they differ in height, pdfium takes them in the
order in which they are drawn. Cells beside each other would be one line for it, or several among
each other: so it is told where each begins.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field
from itertools import groupby, pairwise
from typing import Any

import pydyf
from weasyprint import draw as drawing
from weasyprint.draw import text
from weasyprint.formatting_structure import boxes

from briefings.core.characters import RIGHT_TO_LEFT
from briefings.core.values import dataclass
from briefings.render.pdf.patching import exchanged
from briefings.render.pdf.texts.blanks import DIGITS, Faces
from briefings.render.pdf.texts.line_texts import texts_of
from briefings.render.pdf.texts.turned import MIRRORED, RAISED, TOUCHING
from briefings.render.pdf.texts.turns import runs_of

_TO_THE_LEFT = re.compile(f"[{RIGHT_TO_LEFT}]")

_HYPHENS = frozenset("-\u2010")
_OF_SEVERAL = _HYPHENS.union(MIRRORED)
"""Signs whose glyph stands for another one too: brackets by direction, and hyphens."""

_ABOVE, _BELOW = 0.7, 0.2
"""How far letters go up and down from their line, in the type size."""

_FAR = 3
"""How far above a text, in units of its size, a space is that ends the line before it."""

_LEVEL, _SAME_LEVEL = 0.2, 0.1
"""How far apart in height, in the type size, texts may be that pdfium sorts by their places: in a
line, and whatever letters they begin and end with."""


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A text that has been drawn, from one place of a content stream to another.

    `line` counts that which it is written in. `signs` whose glyphs are others' too are by how many
    glyphs stand before them. `is_apart`: whether pdfium has been told that it begins a line, though
    something stands beside it. `is_parted`: whether a hyphen of the text's own ends its line, which
    `is_to_left` or not.
    `size` is that of its type; `left` and `right` are its ends, and `height` is how far below the
    page's top its letters stand.
    """

    start: int
    stop: int
    line: int
    signs: Mapping[int, str]
    is_apart: bool
    is_parted: bool
    is_to_left: bool
    size: float
    left: float
    right: float
    height: float


@dataclass(slots=True)
class DrawnTexts:
    """The texts of a file as they have been drawn, by the `id` of the stream that they lie in.

    `written` is what each line says, in the order in which it is written; `fonts` are all that
    have been drawn with. Where nothing is to the left, only texts with hyphens are noted.
    """

    is_to_left: bool
    faces: Faces
    fonts: Mapping[Any, Any]
    written: Sequence[str]
    drawn: dict[int, tuple[Any, list[DrawnText]]] = field(default_factory=dict)


@contextmanager
def noted(document: Any, faces: Faces) -> Iterator[DrawnTexts]:
    """While it lasts, parts of lines are drawn from left to right, and what is drawn is noted."""
    all_lines = list(_lines(document.pages))
    told = [list(texts_of(line)) for line in all_lines]
    to_left = [line.style["direction"] == "rtl" for line in all_lines]
    is_to_left = any(_TO_THE_LEFT.search(box.text) for texts in told for box in texts)
    signs = _OF_SEVERAL if is_to_left else _HYPHENS
    lines = {id(box): number for number, texts in enumerate(told) for box in texts}
    cells = _cells(document.pages) if any(to_left) else {}
    last: dict[int, tuple[int | None, Any]] = {}
    ends = {id(texts[-1]) for texts in told if texts and texts[-1].text.endswith("-")}
    written = ["".join(_with_spaces_of_gaps(texts)) for texts in told] if is_to_left else []
    noting = DrawnTexts(is_to_left, faces, document.fonts, written)
    draw, draw_inline = text.draw_first_line, drawing.draw_inline_level

    def draw_and_note(stream: Any, box: Any, *rest: Any) -> Any:
        if is_to_left and "\xa0" in box.text:
            _name_spaces(stream, box, faces)
        cell = cells.get(id(box))
        before, shown = last.get(id(stream), (cell, box))
        is_apart = cell != before and _is_beside(shown, box)
        if is_apart and box.text.strip():
            _end_line(stream, box, faces)
        start = len(stream.stream)
        drawn = draw(stream, box, *rest)
        of_several = not signs.isdisjoint(box.text)
        if (is_to_left or of_several) and id(box) in lines and len(stream.stream) > start:
            _, texts = noting.drawn.setdefault(id(stream), (stream, []))
            own = _signs(stream, box, faces, signs) if of_several else {}
            number, places = lines[id(box)], range(start, len(stream.stream))
            is_parted = id(box) in ends and box.style["direction"] != "rtl"
            texts.append(
                _drawn(
                    box,
                    places,
                    number,
                    own,
                    is_apart=is_apart,
                    is_parted=is_parted,
                    is_to_left=to_left[number],
                )
            )
            last[id(stream)] = cell, box
        return drawn

    def draw_from_left(stream: Any, page: Any, box: Any, *rest: Any, **options: Any) -> None:
        if not isinstance(box, boxes.LineBox | boxes.InlineBox):
            draw_inline(stream, page, box, *rest, **options)
            return
        written = box.children
        box.children = _from_left(written)
        try:
            draw_inline(stream, page, box, *rest, **options)
        finally:
            box.children = written  # as its tags are to have them

    with exchanged("draw_first_line", draw_and_note, text):
        if not is_to_left:
            yield noting
            return
        with exchanged("draw_inline_level", draw_from_left, drawing):
            yield noting


def are_apart(before: DrawnText, after: DrawnText) -> bool:
    """Whether pdfium takes what lies between two texts for a space."""
    return after.left - before.right > TOUCHING * before.size


def is_on_line_of(before: DrawnText, after: DrawnText) -> bool:
    """Whether a text stands on the line of the one before, or a little raised there."""
    return abs(after.height - before.height) <= RAISED * before.size


def lines_for_pdfium(texts: Iterable[DrawnText]) -> Iterator[list[DrawnText]]:
    """What pdfium takes for a line each, in the order in which it takes them."""
    group: list[DrawnText] = []
    for each in texts:
        if group and (each.is_apart or not _goes_on(group[-1], each)):
            yield _in_order(group)
            group = []
        group.append(each)
    if group:
        yield _in_order(group)


def _goes_on(before: DrawnText, after: DrawnText) -> bool:
    """Whether one of two stands within the height of the other."""
    down = after.height - before.height
    return (
        -_ABOVE * before.size < down < _BELOW * before.size
        or -_BELOW * after.size < down < _ABOVE * after.size
    )


def _in_order(group: Sequence[DrawnText]) -> list[DrawnText]:
    """Texts of a group: those of one line by their places, the lines as they are drawn."""
    ordered: list[list[DrawnText]] = []
    for each in group:
        if ordered and abs(each.height - ordered[-1][-1].height) <= _LEVEL * each.size:
            ordered[-1].append(each)
        else:
            ordered.append([each])
    return [each for level in ordered for each in sorted(level, key=lambda one: one.left)]


def _drawn(
    box: Any,
    places: range,
    line: int,
    signs: Mapping[int, str],
    *,
    is_apart: bool,
    is_parted: bool,
    is_to_left: bool,
) -> DrawnText:
    left = float(box.position_x)
    return DrawnText(
        places.start,
        places.stop,
        line,
        signs,
        is_apart=is_apart,
        is_parted=is_parted,
        is_to_left=is_to_left,
        size=float(box.style["font_size"]),
        left=left,
        right=left + float(box.width),
        height=float(box.position_y + box.baseline),
    )


def _left(box: Any) -> float:
    return float(getattr(box, "box", box).position_x)  # of a stacking context


def _from_left(written: Sequence[Any]) -> Sequence[Any]:
    """The parts of a line from left to right, but cells as they are written.

    Pdfium puts those of one height in order by their places, and has the rest as they are drawn.
    """
    parts: list[Any] = []
    for is_cell, group in groupby(written, _is_cell):
        together = list(group)
        parts += together if is_cell else sorted(together, key=_left)
    return parts


def _is_cell(box: Any) -> bool:
    """Whether it stands in a line as a block."""
    return isinstance(getattr(box, "box", box), boxes.InlineBlockBox)


def _cells(pages: Iterable[Any]) -> dict[int, int]:
    """The innermost cell, of a table or of a line, that each text stands in, by their `id`."""
    cells: dict[int, int] = {}
    for page in pages:
        for box in page._page_box.descendants(placeholders=True):  # noqa: SLF001 # nothing public
            if isinstance(box, boxes.TableCellBox | boxes.InlineBlockBox):
                within = (each for each in box.descendants() if isinstance(each, boxes.TextBox))
                cells.update((id(each), id(box)) for each in within)
    return cells


def _is_beside(before: Any, box: Any) -> bool:
    """Whether a text that stands in another cell than the one before is on a line with that.

    Where both are to the left and of one height, pdfium reads them by their places.
    """
    down = abs(float(box.position_y + box.baseline - before.position_y - before.baseline))
    size = float(max(before.style["font_size"], box.style["font_size"]))
    turns = before.style["direction"] != box.style["direction"]
    is_in_order = not turns and box.position_x < before.position_x
    return (_SAME_LEVEL * size if is_in_order else 0) <= down < size


def _end_line(stream: Any, box: Any, faces: Faces) -> None:
    """End what pdfium takes for a line, by spaces that are drawn far above the next text.

    It passes over a space alone, and no other reader takes spaces for a word.
    """
    face = runs_of(stream, box, faces)[0].face
    glyph = face.space()
    if glyph is not None:
        size = float(box.style["font_size"])
        height = box.position_y + box.baseline - _FAR * size
        stream.set_text_matrix(1, 0, 0, -1, box.position_x, height)
        # Past WeasyPrint, which takes no font a second time: the text has to take its own.
        pydyf.Stream.set_font_size(stream, face.font.hash, size)
        pydyf.Stream.show_text(stream, f"<{glyph:0{DIGITS}x}{glyph:0{DIGITS}x}>")


def _lines(pages: Iterable[Any]) -> Iterator[Any]:
    for page in pages:
        for box in page._page_box.descendants(placeholders=True):  # noqa: SLF001 # nothing public
            if isinstance(box, boxes.LineBox):
                yield box


def _with_spaces_of_gaps(texts: Sequence[Any]) -> Iterator[str]:
    """What the texts of a line say, with a space where two beside each other stand apart."""
    placed = sorted((box for box in texts if box.text), key=_left)
    apart = {
        frozenset((id(left), id(right)))
        for left, right in pairwise(placed)
        if right.position_x - left.position_x - left.width > TOUCHING * left.style["font_size"]
    }
    for before, box in pairwise([None, *(box for box in texts if box.text)]):
        yield " " if apart and frozenset((id(before), id(box))) in apart else ""
        yield box.text


def _signs(stream: Any, box: Any, faces: Faces, signs: Container[str]) -> dict[int, str]:
    """The `signs` of a text by how many glyphs stand before them, blanks apart."""
    return {
        run.start + number: letter
        for run in runs_of(stream, box, faces)
        for number, cluster in enumerate(run.clusters)
        if (letter := _letter_at(run.letters, cluster)) in signs
    }


def _name_spaces(stream: Any, box: Any, faces: Faces) -> None:
    """Let the glyph of a space say a space, though a text begins with one that does not break."""
    for run in runs_of(stream, box, faces):
        for glyph in run.glyphs:
            if run.face.letter(glyph, " "):
                run.face.font.to_unicode.setdefault(glyph, " ")


def _letter_at(letters: bytes, place: int) -> str:
    return letters[place : place + 4].decode(errors="ignore")[:1]
