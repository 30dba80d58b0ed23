"""Where the texts of a PDF stand, held against the order, the blocks and pictures of its page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from briefings.core.groups import grouped
from briefings.core.values import dataclass
from briefings.verify.in_browser.styled import Shown
from briefings.verify.verdict import Fault

_HIGHEST = 4
"""How far over a text, in times its size, the place may lie that is named after it."""
_NEAREST = 0.3
_RAISED = 0.7
_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_PLACED = re.compile(
    r"(?:[#.](?=[\w-]+\{(?:left|right))|#)([\w-]+)\{"
    r"(left|right|width):([\d.]+)%(?:;top:([\d.]+)%)?[;}]"
)
"""What a page puts somewhere in a picture: by id or class, how far from a side, from above."""

Place = tuple[str, float, float]


def places_in(style: str) -> dict[str, Place]:
    """Where a style sheet puts what, by id or class."""
    found = _PLACED.finditer(style)
    return {each[1]: (each[2], float(each[3]), float(each[4] or 0)) for each in found}


@dataclass(eq=False, slots=True)
class Element:
    """An element of a page, what it lies in, and where it is put in a picture, if it is.

    Of one `kind` are those that are put in the same way.
    """

    tag: str
    around: Element | None
    kind: str = ""
    place: Place | None = None

    @property
    def is_put(self) -> bool:
        """Whether it stands wherever a picture has it."""
        return self.place is not None or (self.around is not None and self.around.is_put)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a text stands: its page, its line, its size, the edges of what it draws.

    `start`, `end`: those of its letters, with the room that they take.

    `is_title`: above where words begin. `is_ruled`: on a line. `is_one`: on no two lines. `shown`:
    how it looks.
    """

    page: int
    line: float
    size: float
    left: float
    right: float
    top: float
    start: float
    end: float
    is_title: bool
    is_ruled: bool
    is_one: bool
    shown: tuple[Shown, ...] = ()

    def is_under(self, page: int, top: float) -> bool:
        """Whether a place is at it, or close over it."""
        over = self.top + _HIGHEST * self.size
        return page == self.page and self.line - self.size < top < over


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text, where it stands, and in which element of its page, where that is known."""

    shown: str
    spot: Spot
    element: Element | None


def misplaced(texts: Sequence[PlacedText]) -> Iterator[Fault]:
    """What stands elsewhere than it is read, or in the room of another block.

    Args:
        texts: All of a PDF that stand anywhere, in their order.
    """
    yield from _out_of_order([each for each in texts if not _is_put(each)])
    blocks: dict[Element, dict[int, _Block]] = {}
    for each in texts:
        element = each.element
        while element is not None:
            pages = blocks.setdefault(element, {})
            known = pages.get(each.spot.page)
            pages[each.spot.page] = _Block.of(each) if known is None else known.joined(each)
            element = element.around
    yield from _overlapping(blocks)


def _is_put(text: PlacedText) -> bool:
    return text.element is not None and text.element.is_put


def _out_of_order(texts: Sequence[PlacedText]) -> Iterator[Fault]:
    """Words stand further on in the line, below, or beside what was read, in another column.

    On pages with letters to the left, what is next in a line may be on either side.
    """
    is_mixed = any(_TO_LEFT.search(each.shown) for each in texts)
    before: PlacedText | None = None
    for text in texts:
        if text.spot.is_ruled:
            message = f"a line is drawn through a text, or close to it: “{text.shown}”"
            yield Fault(message, text.spot.page)
        if not text.spot.is_one:
            yield Fault(f"a text stands on two lines at once: “{text.shown}”", text.spot.page)
        if before is not None and not _follows(text.spot, before.spot, is_mixed=is_mixed):
            message = f"it stands elsewhere than it is read, behind “{before.shown}”"
            yield Fault(f"{message}: “{text.shown}”", text.spot.page)
        before = text


def _follows(spot: Spot, before: Spot, *, is_mixed: bool) -> bool:
    if spot.page != before.page:
        return spot.page > before.page
    near = _NEAREST * spot.size
    is_ahead = spot.left > before.right - near
    is_beside = is_ahead or spot.right < before.left + near
    if abs(spot.line - before.line) < _RAISED * max(spot.size, before.size):
        # As small words under a headline.
        is_under = spot.line < before.line - _RAISED * spot.size
        return is_ahead or (is_beside and is_mixed) or is_under
    return spot.line < before.line or (is_beside and (not spot.is_title or before.is_title))


@dataclass(frozen=True, slots=True)
class _Block:
    """What an element takes of a page: its first line and its last, its sides, its largest size."""

    shown: str
    first: float
    last: float
    left: float
    right: float
    size: float

    @classmethod
    def of(cls, text: PlacedText) -> _Block:
        """That of one text."""
        spot = text.spot
        return cls(text.shown, spot.line, spot.line, spot.left, spot.right, spot.size)

    def joined(self, text: PlacedText) -> _Block:
        """With one text more."""
        spot = text.spot
        return _Block(
            self.shown,
            max(self.first, spot.line),
            min(self.last, spot.line),
            min(self.left, spot.left),
            max(self.right, spot.right),
            max(self.size, spot.size),
        )

    def has_room(self, after: _Block) -> bool:
        """Whether the next one begins on its last line, or below, or is beside it."""
        near = _NEAREST * min(self.size, after.size)
        is_beside = after.left > self.right - near or after.right < self.left + near
        return is_beside or after.first < self.last + _RAISED * max(self.size, after.size)


def _overlapping(blocks: Mapping[Element, Mapping[int, _Block]]) -> Iterator[Fault]:
    inner = grouped((element.around, element) for element in blocks)
    for elements in inner.values():
        flowing = [each for each in elements if each.place is None]
        for one, other in pairwise(flowing):
            for page in blocks[one].keys() & blocks[other].keys():
                before, after = blocks[one][page], blocks[other][page]
                if not before.has_room(after):
                    message = f"“{after.shown}” stands where “{before.shown}” goes on"
                    yield Fault(message, page)
        yield from _crossed([each for each in elements if each.place is not None], blocks)


def _crossed(
    labels: Sequence[Element], blocks: Mapping[Element, Mapping[int, _Block]]
) -> Iterator[Fault]:
    """Labels of a picture that stand in each other's place."""
    for one, other in combinations(labels, 2):
        if one.kind != other.kind or one.place is None or other.place is None:
            continue
        for page in blocks[one].keys() & blocks[other].keys():
            first, second = blocks[one][page], blocks[other][page]
            if _is_reversed(one.place, other.place, first, second):
                message = f"“{first.shown}” and “{second.shown}” stand in each other's place"
                yield Fault(message, page)


def _is_reversed(one: Place, other: Place, first: _Block, second: _Block) -> bool:
    (side, across, down), (other_side, other_across, other_down) = one, other
    if side != other_side:
        return False
    turn = 1 if side == "left" else -1
    due = (across - other_across) * turn
    stands = (first.left - second.left, first.right - second.right)
    if due and all(each * due < 0 for each in stands):
        return True
    return (down - other_down) * (first.first - second.first) > 0
