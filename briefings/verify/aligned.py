"""Lines and blocks of a PDF: those that are alike on its page stand alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element

from briefings.core.values import dataclass
from briefings.verify.adorned import Group, SetText, odd_in
from briefings.verify.trimmed import Box
from briefings.verify.verdict import Fault

__all__ = ["misaligned"]

_SHIFTED = "a line stands elsewhere than those that are like it"
_RAISED = 0.6
"""Of the size of letters: what is less above a line or below it stands on it."""
_DEEP = 4
_NEAR = 1.5
"""Pixels, by which lines may stand further apart, as where letters of two fonts are on one."""
_EDGE = 4.0
"""Pixels, by which first letters of lines may stand apart: some are drawn further in."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a block on a page: where each stands, and where it starts."""

    box: Box
    page: int
    bases: Sequence[float]
    starts: Sequence[float]


def misaligned(boxes: Sequence[Box], texts: Sequence[SetText]) -> Iterator[Fault]:
    """The pages on which a line stands further in, out, above or below than its like."""
    leading: dict[Hashable, Group] = defaultdict(list)
    starts: dict[Hashable, Group] = defaultdict(list)
    for number, each in enumerate(_blocks(boxes, texts)):
        kind = _kind(each.box)
        leading[kind] += [(low - high, each.page) for high, low in pairwise(each.bases)]
        starts[number] = [(start, each.page) for start in each.starts]
    for groups, near in ((leading, _NEAR), (starts, _EDGE)):
        for _, page in odd_in(groups, near):
            yield Fault(_SHIFTED, page)


def _blocks(boxes: Sequence[Box], texts: Sequence[SetText]) -> Iterator[_Lines]:
    """All blocks that have lines of their own."""
    known = {box.element: box for box in boxes if box.pseudo is None}
    held: dict[tuple[Box, int, int], list[list[SetText]]] = defaultdict(list)
    before: tuple[Box, int] | None = None
    run = 0
    for text in texts:
        box = known.get(text.within[0]) if text.within and not text.is_put else None
        while box is not None and box.is_in_line:
            box = box.around
        if box is None:
            continue
        # What stands between its lines parts them.
        run += (box, text.page) != before
        before = box, text.page
        lines = held[box, text.page, run]
        line = next((each for each in lines if _is_on(text, each[0])), None)
        if line is None:
            lines.append([text])
        else:
            line.append(text)
    for (box, page, _), lines in held.items():
        bases = [max(line, key=lambda each: each.size).line for line in lines]
        lefts = [min(each.left for each in line) for line in lines]
        rights = [max(each.right for each in line) for line in lines]
        yield _Lines(box, page, bases, rights if box.is_from_right else lefts)


def _is_on(text: SetText, other: SetText) -> bool:
    return abs(text.line - other.line) < _RAISED * max(text.size, other.size)


def _kind(box: Box) -> Hashable:
    """What is alike: what it is, in what; which of several that stand beside each other."""
    kinds: list[Hashable] = []
    while box.around is not None and len(kinds) < _DEEP:
        beside: list[Element] = list(box.around.element) if box.is_beside else []
        kinds.append((box.kind, len(beside), beside.index(box.element) if beside else 0))
        box = box.around
    return tuple(kinds)
