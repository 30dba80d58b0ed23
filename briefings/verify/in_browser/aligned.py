"""Lines and blocks of a PDF: those that are alike on its page stand alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element

from briefings.core.values import dataclass
from briefings.verify.in_browser.adorned import FEWEST, Group, SetText, middle, odd_in
from briefings.verify.in_browser.spaced import is_on
from briefings.verify.in_browser.trimmed import Box
from briefings.verify.verdict import Fault

_SHIFTED = "a line stands elsewhere than those that are like it"
_DEEP = 4
_SAME = 0.15
"""Pixels, by which lines of the same sizes in one face may stand further apart."""
_NEAR = 1.5
"""The same where letters of two fonts are on one line."""
_EDGE = 0.7
"""Pixels, by which lines in one face may begin apart: some spaces are drawn a little wider."""
_WIDE = 4.0
"""The same of lines in several faces, which may begin with the space between two of them."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: where it stands, where it begins if that is known, of which letters it is."""

    base: float
    start: float | None
    letters: frozenset[tuple[float, int]]


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of a block on a page, what it is alike in, whether it begins at its left side.

    What goes on in a line begins wherever that does.
    """

    kind: Hashable
    page: int
    is_from_left: bool
    lines: Sequence[_Line]


def misaligned(boxes: Sequence[Box], texts: Sequence[SetText]) -> Iterator[Fault]:
    """The pages on which a line stands further in, out, above or below than its like."""
    near: dict[Hashable, Group] = defaultdict(list)
    same: dict[Hashable, Group] = defaultdict(list)
    wide: dict[Hashable, Group] = defaultdict(list)
    starts: dict[Hashable, Group] = defaultdict(list)
    blocks = list(_blocks(boxes, texts))
    for number, each in enumerate(blocks):
        for before, line in pairwise(each.lines):
            far = line.base - before.base, each.page
            near[each.kind].append(far)
            if _is_in_one_face(before.letters | line.letters):
                same[each.kind, before.letters, line.letters].append(far)
        for line in each.lines:
            if line.start is not None:
                for group in (wide, starts)[: 1 + _is_in_one_face(line.letters)]:
                    group[number].append((line.start, each.page))
    odd = [*odd_in(near, _NEAR), *odd_in(same, _SAME, fewest=2)]
    odd += [*odd_in(wide, _WIDE), *odd_in(starts, _EDGE, fewest=2)]
    for page in (*(page for _, page in odd), *_apart(blocks)):
        yield Fault(_SHIFTED, page)


def _is_in_one_face(letters: frozenset[tuple[float, int]]) -> bool:
    return len({face for _, face in letters}) == 1


def _apart(blocks: Sequence[_Block]) -> Iterator[int]:
    """The pages of blocks that begin where neither their like do, nor any other of their page."""
    alike: dict[Hashable, list[float]] = defaultdict(list)
    beside: dict[int, list[float]] = defaultdict(list)
    begun: list[tuple[_Block, float]] = []
    for each in blocks:
        start = each.lines[0].start
        if start is not None and each.is_from_left:
            alike[each.kind].append(start)
            beside[each.page].append(start)
            begun.append((each, start))
    for each, start in begun:
        own = alike[each.kind]
        is_odd = len(own) >= FEWEST and abs(start - middle(own)) > _EDGE
        if is_odd and sum(abs(start - other) < _EDGE for other in beside[each.page]) == 1:
            yield each.page


def _blocks(boxes: Sequence[Box], texts: Sequence[SetText]) -> Iterator[_Block]:
    """All blocks that have lines of their own."""
    known = {box.element: box for box in boxes if box.pseudo is None}
    held: dict[tuple[Box, int, int], list[list[SetText]]] = defaultdict(list)
    before: tuple[Box, int] | None = None
    run = 0
    last: SetText | None = None
    led: set[int] = set()
    for text in texts:
        box = known.get(text.within[0]) if text.within and not text.is_put else None
        while box is not None and box.is_in_line:
            box = box.around
        said, last = last, text
        if box is None:
            continue
        # What a sheet puts before a line is of no element, or in a box within its block.
        if said is not None and _leads(said, text, box):
            led.add(id(text))
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
            _kind(box),
            page,
            box.alignment == "left" and not _goes_on(box),
            [
                _Line(
                    max(line, key=lambda each: each.size).line,
                    None if id(line[0]) in led else _start(box, line),
                    frozenset(letters for each in line for letters in each.letters),
                )
                for line in lines
            ],
        )


def _leads(said: SetText, text: SetText, box: Box) -> bool:
    """Whether something stands before a text in its line, of no element or within its block."""
    is_before = said.page == text.page and is_on(text, said)
    return is_before and (not said.within or box.element in said.within)


def _goes_on(box: Box | None) -> bool:
    """Whether a box stands in a line, behind what is said there."""
    return box is not None and (box.display.startswith("inline") or _goes_on(box.around))


def _start(box: Box, line: Sequence[SetText]) -> float:
    left, right = min(each.start for each in line), max(each.end for each in line)
    return {"left": left, "right": right, "center": (left + right) / 2}[box.alignment]


def _kind(box: Box) -> Hashable:
    """What is alike: what it is, in what; which of several that stand beside each other."""
    kinds: list[Hashable] = []
    while box.around is not None and len(kinds) < _DEEP:
        beside: list[Element] = list(box.around.element) if box.is_beside else []
        kinds.append((box.kind, len(beside), beside.index(box.element) if beside else 0))
        box = box.around
    return tuple(kinds)
