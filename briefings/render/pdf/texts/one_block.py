"""Lines of one block are one for poppler too, which reads for search engines.

It makes blocks of lines whose letters are of one size, and of words that are near to each other.
So a reference in smaller type that fills the last line of a sentence would be a block apart, read
after what stands beside the sentence, and so would each entry of a legend. A mark of direction, as
a glyph that shows nothing, is a word for it: one of another size keeps a line with the others, and
some in a row keep words together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from weasyprint.formatting_structure import boxes

from briefings.render.pdf.texts.line_texts import texts_of

_BACK = 0.2
"""How far left of the end of its line a mark of another size stands, in units of that."""

_BEYOND = 0.2
"""How far left of all else one stands that is to begin its line."""

_STEP, _MOST_STEPS = 0.28, 20
"""How near words of a line have to be to be of one block, in the size of type; and how often."""

_IN_ROW = 2
"""So many blocks in a line are a row of a table for it: a figure, and its words."""

_WALL = 1.0
"""The size of marks between columns, in pixels: no block of words is as small."""

_FROM_COLUMN, _FROM_ABOVE = (4.0, 2.0), 0.2
"""How far those of a line stand from the column behind it, in pixels; and from the ones above."""

_EQUAL = 0.04
"""By which part sizes of lines may differ that poppler puts into one block."""


def lines_together(held: Sequence[Any]) -> Iterator[list[Any]]:
    """The lines of each block of a page; those of a paragraph, of whatever blocks, are together."""
    told = set[int]()
    for box in held:
        if isinstance(box, boxes.BlockContainerBox) and id(box) not in told:
            blocks = [box]
            if box.element_tag == "p":
                blocks += [each for each in box.children if isinstance(each, boxes.BlockBox)]
                told.update(map(id, blocks))
            yield [line for each in blocks for line in each.children if _is_line(line)]


def _is_line(box: Any) -> bool:
    return isinstance(box, boxes.LineBox)


def marks_of_sizes(lines: Sequence[Any], reading: str) -> Iterator[tuple[Any, float, float]]:
    """Texts at the ends of lines, the size of a mark to come there, and how far left of its end.

    Each line has one at its right end of each size that it lacks and others have. Poppler begins a
    block with what stands at the left: in a line to the left that is to be the largest there is.
    Words of a letter each are one word for it, but where a mark touches one of them. `reading` is
    the direction in which it reads the page.
    """
    texts = [(line, [each for each in texts_of(line) if each.text.strip()]) for line in lines]
    sizes = sorted({_size(each) for _, line in texts for each in line})
    for line, own in texts:
        right = max(own, key=lambda box: box.position_x + box.width, default=None)
        if right is None:
            continue
        words = "".join(each.text for each in texts_of(line)).split()
        if len(words) > 1 == max(map(len, words)):
            yield right, _size(right), _BACK * _size(right)
        for size in sizes:
            if not any(_is_equal(size, _size(each)) for each in own):
                yield right, size, _BACK * size
        yield from _bridges(line, own)
        left, level = min(own, key=lambda box: box.position_x), max(own, key=_size)
        is_to_left = line.style["direction"] == "rtl"
        if is_to_left and not _is_equal(_size(left), sizes[-1]):
            # On the line that it is to begin, where a reference is raised.
            back = float(level.position_x + level.width - left.position_x)
            yield level, sizes[-1], back + _BEYOND
        for each in own:
            is_raised = _height(each) < _height(level) and not _is_equal(_size(each), sizes[-1])
            is_first = line is lines[0] and reading == "rtl"
            if is_raised and (each is left if is_to_left else is_first):
                # What is raised may be taken before its line, or the block: these go on behind it.
                yield each, sizes[-1], float(each.width) + _BEYOND / 2


def _bridges(line: Any, own: Sequence[Any]) -> Iterator[tuple[Any, float, float]]:
    """Marks between texts of a line with nothing written between them, as a sign of a legend is.

    Also between a term that stands as a block and what is told of it.
    """
    texts = (box for box in line.descendants() if isinstance(box, boxes.TextBox))
    placed = sorted((box for box in texts if box.text.strip()), key=lambda box: box.position_x)
    step = _STEP * max(map(_size, own))
    for before, behind in pairwise(placed):
        gap = behind.position_x - before.position_x - before.width
        if gap > step and (before in own or behind in own):
            for number in range(1, min(int(gap / step), _MOST_STEPS) + 1):
                yield before, _size(before), -number * step


def marks_between(line: Any) -> Iterator[tuple[Any, float, float]]:
    """The same of marks between columns that stand in a line, as key figures do.

    Poppler takes a block for as wide as those below it, up to its neighbours: each of two ragged
    columns for as wide as the room between them, so that it reads a line of the one, then one of
    the other. So they have two, of which each is a neighbour of its own, and a little to the right
    of the ones above: or it would be taken for as wide as these.
    """
    columns = [box for box in line.children if isinstance(box, boxes.InlineBlockBox)]
    if len(columns) <= _IN_ROW:
        return
    for column, behind in pairwise(sorted(columns, key=lambda box: box.position_x)):
        lines = filter(_is_line, column.descendants())
        texts = ([each for each in texts_of(inner) if each.text.strip()] for inner in lines)
        for number, own in enumerate(filter(None, texts)):
            right = max(own, key=lambda box: box.position_x + box.width)
            from_behind = right.position_x + right.width - behind.content_box_x()
            for room in _FROM_COLUMN:
                yield right, _WALL, float(from_behind + room - number * _FROM_ABOVE)


def _size(box: Any) -> float:
    return float(box.style["font_size"])


def _height(box: Any) -> float:
    return float(box.position_y + box.baseline)


def _is_equal(size: float, other: float) -> bool:
    """Whether poppler puts lines of both into one block."""
    return abs(size / other - 1) <= _EQUAL
