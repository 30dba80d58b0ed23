"""Texts of a line of a PDF: each stands behind the one before it, as far as its page has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefings.core.groups import grouped
from briefings.core.values import dataclass
from briefings.verify.in_browser.adorned import SetText
from briefings.verify.in_browser.trimmed import Box
from briefings.verify.verdict import Fault

_APART = "a text stands elsewhere in its line than its page has it"
_RAISED = 0.6
"""Of the size of letters: what is less above a line or below it stands on it."""
_SPACE = (0.19, 0.255)
"""How wide a space of our fonts is, of the size of letters."""
_LOOSE, _LOOSE_OF_LARGE = 0.5, 0.03
"""Pixels, and of the size of large letters, by which a gap may be another: letters are set closer
to some, and some further apart."""


@dataclass(frozen=True, slots=True)
class SetRow:
    """A line of a block: its texts, each with the box that it lies in."""

    block: Box
    page: int
    texts: list[tuple[SetText, Box]]


def rows_in(boxes: Sequence[Box], texts: Sequence[SetText]) -> list[SetRow]:
    """All lines of blocks; what a sheet puts behind a text is of its element."""
    known = {box.element: box for box in boxes if box.pseudo is None}
    rows: list[SetRow] = []
    held: dict[tuple[Box, int], list[SetRow]] = defaultdict(list)
    box: Box | None = None
    for text in texts:
        if text.is_put:
            continue
        box = known.get(text.within[0]) if text.within else box
        block = box
        while block is not None and block.is_in_line:
            block = block.around
        if box is None or block is None:
            continue
        own = held[block, text.page]
        row = next((each for each in own if is_on(text, each.texts[0][0])), None)
        if row is None:
            row = SetRow(block, text.page, [])
            own.append(row)
            rows.append(row)
        row.texts.append((text, box))
    return rows


def is_on(text: SetText, other: SetText) -> bool:
    """Whether two texts stand on one line."""
    return abs(text.line - other.line) < _RAISED * max(text.size, other.size)


def misspaced(boxes: Sequence[Box], rows: Sequence[SetRow], page: str) -> Iterator[Fault]:
    """The pages on which a text is further from the one before it than a space, or closer.

    A space stands between them if their page has one there, and only then. Beside it there is what
    the sheets of its page put around the elements of both, and what has no words between them.

    Args:
        boxes: Those of its page, in its order.
        rows: The lines of its blocks.
        page: What its page says.
    """
    turns = {box: turn for turn, box in enumerate(boxes)}
    inner = grouped((each.around, each) for each in boxes)
    worded = {element for row in rows for text, _ in row.texts for element in text.within}
    for row in rows:
        beside = sorted(row.texts, key=lambda each: each[0].start)
        for (text, box), (other, after) in pairwise(beside):
            left, right = boxes_of(box, row.block), boxes_of(after, row.block)
            gap = other.start - text.end
            gap -= sum(each.inset("right") for each in left if each not in right)
            gap -= sum(each.inset("left") for each in right if each not in left)
            first, last = sorted((turns[box], turns[after]))
            wordless = [each for each in boxes[first + 1 : last] if each.element not in worded]
            wordless += [each for each in inner.get(boxes[last], ()) if each.element not in worded]
            sizes = text.size, other.size, row.block.size
            spaces = (0, 1, 2) if wordless else _spaces(text, other, page)
            # A space that ends a line to the left pushes aside what stands before it.
            if row.block.is_leftward and text is beside[0][0] and _is_before_space(text, page):
                spaces = (*spaces, max(spaces) + 1)
            if not any(_is_due(gap, each, sizes, wordless) for each in spaces):
                yield Fault(_APART, row.page)


def _spaces(text: SetText, other: SetText, page: str) -> tuple[int, ...]:
    """How many spaces its page has between two texts; none or one where something else is there."""
    if text.said is None or other.said is None:
        return 0, 1
    (_, end), (start, _) = sorted((text.said, other.said))
    between = page[end:start]
    return (0, 1) if between.strip() else (int(between != ""),)


def _is_before_space(text: SetText, page: str) -> bool:
    """Whether its page has a space behind a text, or may have one."""
    return text.said is None or page.startswith(" ", text.said[1])


def _is_due(gap: float, spaces: int, sizes: Sequence[float], wordless: Sequence[Box]) -> bool:
    """Whether a gap is as wide as so many spaces, beside what has no words in it."""
    widths = [each.length("width") or 0 for each in wordless if each.display == "inline-block"]
    loose = max(_LOOSE, _LOOSE_OF_LARGE * max(sizes))
    least, most = spaces * _SPACE[0] * min(sizes), spaces * _SPACE[1] * max(sizes)
    return any(least - loose < gap - width < most + loose for width in {0, sum(widths), *widths})


def boxes_of(box: Box, block: Box) -> list[Box]:
    """The boxes that a text lies in, up to its block."""
    found: list[Box] = []
    place: Box | None = box
    while place is not None and place is not block:
        found.append(place)
        place = place.around
    return found
