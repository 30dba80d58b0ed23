"""Lines and blocks of a PDF: those that are alike on its page stand alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise

from briefings.core.values import dataclass
from briefings.verify.in_browser.adorned import Group, SetText, odd_in
from briefings.verify.in_browser.begun import kind_of
from briefings.verify.in_browser.spaced import is_on
from briefings.verify.in_browser.trimmed import Box
from briefings.verify.verdict import Fault

_SHIFTED = "a line stands elsewhere than those that are like it"
_SAME = 0.15
"""Pixels, by which lines of the same sizes in one face may stand further apart."""
_NEAR = 1.5
"""The same where letters of two fonts are on one line."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: where it stands, of which letters it is."""

    base: float
    letters: frozenset[tuple[float, int]]


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of a block on a page, and what it is alike in."""

    kind: Hashable
    page: int
    lines: Sequence[_Line]


def misaligned(boxes: Sequence[Box], texts: Sequence[SetText]) -> Iterator[Fault]:
    """The pages on which a line stands further above or below than its like."""
    near: dict[Hashable, Group] = defaultdict(list)
    same: dict[Hashable, Group] = defaultdict(list)
    for each in _blocks(boxes, texts):
        for before, line in pairwise(each.lines):
            far = line.base - before.base, each.page
            near[each.kind].append(far)
            if len({face for _, face in before.letters | line.letters}) == 1:
                same[each.kind, before.letters, line.letters].append(far)
    for _, page in (*odd_in(near, _NEAR), *odd_in(same, _SAME, fewest=2)):
        yield Fault(_SHIFTED, page)


def _blocks(boxes: Sequence[Box], texts: Sequence[SetText]) -> Iterator[_Block]:
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
        line = next((each for each in lines if is_on(text, each[0])), None)
        if line is None:
            lines.append([text])
        else:
            line.append(text)
    for (box, page, _), lines in held.items():
        yield _Block(
            kind_of(box),
            page,
            [
                _Line(
                    max(line, key=lambda each: each.size).line,
                    frozenset(letters for each in line for letters in each.letters),
                )
                for line in lines
            ],
        )
