"""Where links, places and bookmarks of a PDF lie: to their words as those that are like them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from briefings.core.values import dataclass
from briefings.verify.in_browser.adorned import FEWEST, Group, middle, odd_in
from briefings.verify.verdict import Fault

_LINK = "a link lies elsewhere than those that are like it"
_PLACE = "what leads to a place leads beside it"
_UNLISTED = "its links are listed in another order than they stand in"
_NEAR = 2.0
"""Points, by which what is alike may lie otherwise: a space, or letters of another font."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a link lies: its page, the turn of its words, how far each side is from theirs.

    Of one `kind` are those that lie alike.
    """

    page: int
    turn: tuple[int, int]
    kind: Hashable
    sides: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Corner:
    """Where something leads: how far from the left, and how far from its words, and above them."""

    page: int
    kind: Hashable
    left: float
    inwards: float
    above: float


def misled(grounds: Iterable[Ground], corners: Iterable[Corner]) -> Iterator[Fault]:
    """What lies elsewhere than it should, or is listed in another order."""
    sides: dict[Hashable, Group] = defaultdict(list)
    last = 0, (0, 0)
    for each in grounds:
        if (each.page, each.turn) < last:
            yield Fault(_UNLISTED, each.page)
        last = each.page, each.turn
        for side, far in enumerate(each.sides):
            sides[each.kind, side].append((far, each.page))
    yield from (Fault(_LINK, page) for _, page in odd_in(sides, _NEAR))
    yield from (Fault(_PLACE, page) for page in _beside(list(corners)))


def _beside(corners: list[Corner]) -> Iterator[int]:
    """The pages of corners that are behind their words, or otherwise than most that are like them.

    Words that run to the left begin at the other side: so one of both ways to be alike is enough.
    """
    alike: dict[Hashable, list[Corner]] = defaultdict(list)
    above: dict[Hashable, Group] = defaultdict(list)
    for each in corners:
        alike[each.kind].append(each)
        above[each.kind].append((each.above, each.page))
        if each.inwards > _NEAR:
            yield each.page
    yield from (page for _, page in odd_in(above, _NEAR))
    for group in alike.values():
        left, inwards = (
            middle(own) for own in zip(*((e.left, e.inwards) for e in group), strict=True)
        )
        for each in group if len(group) >= FEWEST else ():
            if abs(each.left - left) > _NEAR and abs(each.inwards - inwards) > _NEAR:
                yield each.page
