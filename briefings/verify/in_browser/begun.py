"""Where lines of a PDF begin: what its page puts into one room begins at that room's side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from xml.etree.ElementTree import Element

from briefings.core.groups import grouped
from briefings.verify.in_browser.adorned import Group, SetText, middle, odd_in
from briefings.verify.in_browser.spaced import SetRow, boxes_of, is_on
from briefings.verify.in_browser.trimmed import Box
from briefings.verify.verdict import Fault

_SHIFTED = "a line begins elsewhere than its page has it"
_EDGE = 0.7
"""Pixels, by which lines may begin apart: some spaces are drawn a little wider."""
_WIDE = 4.0
"""The same of lines in several faces, or turned round: they may begin with a space."""
_DEEP = 4


def misbegun(
    boxes: Sequence[Box], texts: Sequence[SetText], rows: Sequence[SetRow]
) -> Iterator[Fault]:
    """The pages on which a line begins further in or out than what its page puts around it has it.

    All lines in a room begin at its side, less what is around each; rooms of one kind begin at one
    place, cells in one column too.
    """
    inner = grouped((box.around, box) for box in boxes)
    within = grouped(((element, text.page), text) for text in texts for element in text.within)
    rooms: dict[tuple[Box, int, str, float], Group] = defaultdict(list)
    for row in rows:
        side = row.block.alignment
        if side == "center":
            continue
        is_left = side == "left"
        text, box = min(row.texts, key=lambda each: each[0].start if is_left else -each[0].end)
        around = boxes_of(box, row.block)
        beside = (each for one in (*around, row.block) for each in inner.get(one, ()))
        if _is_led(text, row, within.get((row.block.element, row.page), ())) or any(
            each.display == "inline-block" and (each.element, row.page) not in within
            for each in beside
        ):
            continue
        room, inside = _room(row.block)
        start = text.start if is_left else -text.end
        start -= sum(each.inset(side) for each in (*around, *inside))
        is_turned = is_left and boxes[0].is_leftward
        is_mixed = len({face for _, face in text.letters}) > 1
        near = _WIDE if is_turned or is_mixed else _EDGE
        rooms[room, row.page, side, near].append((start, row.page))
    for near in (_EDGE, _WIDE):
        own: dict[Hashable, Group] = {}
        kinds: dict[Hashable, Group] = defaultdict(list)
        for (room, page, side, loose), group in rooms.items():
            if loose != near:
                continue
            own[room, page, side] = group
            if not room.is_as_wide_as_it_holds:
                kinds[kind_of(room), side].append((middle(start for start, _ in group), page))
        for _, page in (*odd_in(own, near, fewest=2), *odd_in(kinds, near)):
            yield Fault(_SHIFTED, page)


def _is_led(text: SetText, row: SetRow, texts: Sequence[SetText]) -> bool:
    """Whether a block in its line stands before it."""
    own = {id(each) for each, _ in row.texts}
    return any(
        id(each) not in own
        and is_on(each, text)
        and (each.start < text.start if row.block.alignment == "left" else each.end > text.end)
        for each in texts
    )


def _room(block: Box) -> tuple[Box, list[Box]]:
    """What a block fills from side to side, with all that lie between; where it can be told."""
    inside: list[Box] = []
    box = block
    while box.around is not None and box.is_filling:
        inside.append(box)
        box = box.around
    return box, inside


def kind_of(box: Box) -> Hashable:
    """What is alike: what it is, in what; which of several that stand beside each other."""
    kinds: list[Hashable] = []
    while box.around is not None and len(kinds) < _DEEP:
        beside: list[Element] = list(box.around.element) if box.is_beside else []
        kinds.append((box.kind, len(beside), beside.index(box.element) if beside else 0))
        box = box.around
    return tuple(kinds)
