"""What a PDF paints beside its letters, held against what the sheets of its page ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias
from xml.etree.ElementTree import Element

from briefings.core.values import dataclass
from briefings.verify.in_browser.painted import PICTURE, Frame, Paint, Strange, is_same, paints_in
from briefings.verify.in_browser.sketched import is_drawn
from briefings.verify.in_browser.trimmed import Box, Due
from briefings.verify.verdict import Fault

_STRANGE = "something is painted on it as nothing of ours is"
_OTHERWISE = "something else is painted on it than its page has"
_MISPLACED = "something is painted elsewhere on it than its page has it"
_PICTURE = "a picture is drawn otherwise than its page has it"
_CLOSE = 0.1
_NEAR = 2.0
"""Pixels, by which what stands alike may differ: as letters of two fonts on a line do."""
_EDGE = 4.0
"""Pixels, by which letters may reach over what is around them."""
_WIDEST = 0.8
"""Of the size of letters, between two marks in a row."""
FEWEST = 3
"""Of things that are alike: so many tell how they stand."""

_Measured: TypeAlias = list[tuple[float, Box, int]]
Group: TypeAlias = list[tuple[float, int]]
"""Where things that are alike stand, and on which page."""


@dataclass(frozen=True, slots=True)
class SetText:
    """A text, where it stands, in pixels from above, and the elements that it lies in.

    `left`, `right`: of what it draws. `start`, `end`: of the room of its letters, without spaces
    around them. `letters`: of which sizes and faces it is. `is_put`: wherever a picture has it.
    `said`: from where to where it stands in the text of its page, if it does.
    """

    page: int
    left: float
    right: float
    start: float
    end: float
    line: float
    size: float
    letters: frozenset[tuple[float, int]]
    within: tuple[Element, ...]
    is_put: bool
    said: tuple[int, int] | None = None


def middle(places: Iterable[float]) -> float:
    """The one that as many are below as above."""
    ordered = sorted(places)
    return ordered[(len(ordered) - 1) // 2]


def odd_in(
    groups: Mapping[Hashable, Group], near: float, fewest: int = FEWEST
) -> Iterator[tuple[float, int]]:
    """What stands otherwise than most of what it is like."""
    for group in groups.values():
        if len(group) >= fewest:
            due = middle(place for place, _ in group)
            yield from (each for each in group if abs(each[0] - due) > near)


def misadorned(
    drawn: Iterable[tuple[int, str]],
    boxes: Sequence[Box],
    texts: Sequence[SetText],
    margins: Sequence[str],
) -> Iterator[Fault]:
    """Where a PDF paints something else beside its letters than its page has, or elsewhere.

    Args:
        drawn: What each page draws beside its texts, with its number.
        boxes: Those of its page, in its order.
        texts: What it says, and where.
        margins: The grounds in the margins of each sheet.
    """
    pages = _pages_of(texts)
    due: dict[int, list[Due]] = defaultdict(list)
    paper, *inner = boxes
    for each in (each for box in inner for each in box.dues()):
        for page in _pages_for(each, pages):
            due[page].append(each)
    ground = Due(paper, "ground", paper.said["background"][1:], 0, ())
    in_margins = [Due(paper, "ground", colour, 0, ()) for colour in margins]
    frames: dict[tuple[Box, int], Frame] = {}
    sheet: list[Frame] = []
    for page, text in drawn:
        try:
            paints = list(paints_in(page, text))
        except Strange:
            yield Fault(_STRANGE, page)
            return
        asked = [ground, *sorted(due[page], key=lambda each: each.turn), *in_margins]
        if len(asked) != len(paints) or not all(map(_is_due, asked, paints)):
            yield Fault(_OTHERWISE, page)
            return
        for each, paint in zip(asked, paints, strict=True):
            if each.box is not paper:
                known = frames.setdefault((each.box, page), paint.box)
                if not is_same(known, paint.box):
                    yield Fault(_MISPLACED, page)
            if each.kind == PICTURE and not is_drawn(each.box.element, paint.box, paint.steps):
                yield Fault(_PICTURE, page)
        own = [paint.box for each, paint in zip(asked, paints, strict=True) if each.box is paper]
        sheet = sheet or own
        if not all(map(is_same, sheet, own)):
            yield Fault(_MISPLACED, page)
    yield from (Fault(_MISPLACED, page) for page in _Standing(frames, texts, inner).misplaced())


def _is_due(due: Due, paint: Paint) -> bool:
    return (
        (due.kind, due.colour, due.is_round) == (paint.kind, paint.colour, paint.is_round)
        and abs(due.width - paint.width) < _CLOSE
        and is_same(due.box.turned(paint.box), paint.turned, _CLOSE)
    )


def _pages_of(texts: Iterable[SetText]) -> Mapping[Element, list[int]]:
    """On which pages each element has words."""
    pages: dict[Element, set[int]] = defaultdict(set)
    for each in texts:
        for element in each.within:
            pages[element].add(each.page)
    return {element: sorted(own) for element, own in pages.items()}


def _pages_for(due: Due, pages: Mapping[Element, list[int]]) -> Sequence[int]:
    """The pages on which something is due: what has no words is where those around it are."""
    box: Box | None = due.box
    while box is not None and box.element not in pages:
        box = box.around
    own = pages[box.element] if box is not None else []
    if box is not due.box or due.kind == "top":
        return own[:1]
    return own[-1:] if due.kind == "bottom" else own


class _Standing:
    """Where boxes stand to each other, and to the texts in them."""

    def __init__(
        self,
        frames: Mapping[tuple[Box, int], Frame],
        texts: Sequence[SetText],
        boxes: Iterable[Box],
    ) -> None:
        self._frames = frames
        self._boxes = boxes
        self._texts: dict[tuple[Element, int], list[SetText]] = defaultdict(list)
        self._on: dict[int, list[SetText]] = defaultdict(list)
        for each in texts:
            if each.within and not each.is_put:
                self._on[each.page].append(each)
            for element in each.within:
                self._texts[element, each.page].append(each)

    def misplaced(self) -> Iterator[int]:
        """The pages of what stands elsewhere than it should."""
        yield from self._missized()
        yield from self._displaced()
        yield from self._mislabelled()
        yield from self._out_of_row()
        yield from self._apart_from_texts()

    def _missized(self) -> Iterator[int]:
        for (box, page), (_, _, width, height) in self._frames.items():
            sizes = (box.length("width"), width), (box.length("height"), height)
            if any(due and abs(due - own) > _CLOSE for due, own in sizes if not box.pseudo):
                yield page

    # What is placed by itself

    def _displaced(self) -> Iterator[int]:
        """What a sheet puts somewhere stands there, as far as it is known where it is put into."""
        scales: dict[Hashable, list[tuple[float, float, int]]] = defaultdict(list)
        levels: dict[Hashable, Group] = defaultdict(list)
        first: dict[tuple[Box | None, int], tuple[Box, float]] = {}
        for (box, page), frame in self._frames.items():
            if box.said.get("position") != "absolute":
                continue
            holder = self._room(box.holder, page)
            if holder is not None:
                due = self._put(box, holder, frame)
                if not all(abs(a - b) < _CLOSE for a, b in due):
                    yield page
                continue
            known, level = first.setdefault((box.holder, page), (box, frame[1]))
            levels[box.kind, known.kind].append((frame[1] - level, page))
            share = _share(box)
            if share is not None and box.holder is not None:
                edge = _edge(box, frame)
                scale = scales[box.holder.kind, page]
                scale.append((share, edge, page))
                scale += _other_end(box, frame, share, page)
        yield from (page for _, page in odd_in(levels, _CLOSE))
        yield from _off_scale(scales)

    def _mislabelled(self) -> Iterator[int]:
        """What names a place stands at it: in its middle, or from it to one of its sides."""
        pages = {page for _, page in self._frames}
        for box in self._boxes:
            if box.said.get("position") != "absolute" or not box.length("width") or box.pseudo:
                continue
            for page in pages:
                own = self._texts.get((box.element, page))
                room = self._room(box, page) if own else None
                if not own or room is None:
                    continue
                x, y, width, _ = room
                left, right = min(each.left for each in own), max(each.right for each in own)
                off = {
                    "center": (left + right) / 2 - x - width / 2,
                    "left": left - x,
                    "right": right - x - width,
                }
                if abs(off[box.alignment]) > _EDGE or not y < own[0].line < y + 2 * box.size:
                    yield page

    def _room(self, box: Box | None, page: int) -> Frame | None:
        """What a box has within its borders; of one that is not painted, by where it is put."""
        if box is None:
            return None
        frame = self._frames.get((box, page))
        if frame is not None:
            top, right, bottom, left = box.borders()
            x, y, width, height = frame
            return x + left, y + top, width - left - right, height - top - bottom
        around = self._room(box.holder, page) if box.said.get("position") == "absolute" else None
        if around is None:
            return None
        width, height = box.length("width", around[2]) or 0, box.length("height", around[3]) or 0
        put = dict(zip(("x", "y"), self._put(box, around, (0, 0, width, height)), strict=False))
        if "y" not in put:
            return None
        return put["x"][1], put["y"][1], width, height

    def _put(self, box: Box, around: Frame, frame: Frame) -> list[tuple[float, float]]:
        """Where a box stands, and where it is put: across and, if that is said, down."""
        x, y, width, height = around
        side, length = _side(box, width)
        margin = box.length("margin-inline-start") or 0
        across = x + length + margin
        if side == "right":
            across = x + width - length - margin - frame[2]
        down = box.length("top", height)
        return [(frame[0], across), *([] if down is None else [(frame[1], y + down)])]

    # What stands in lines

    def _out_of_row(self) -> Iterator[int]:
        """Marks beside each other stand close, in their order."""
        before: tuple[Box, int] | None = None
        for box, page in self._frames:
            is_beside = (
                before is not None
                and before[0].element is not box.element
                and before[1] == page
                and before[0].around is box.around
                and not box.is_placed
                and (box.element, page) not in self._texts
                and (before[0].element, page) not in self._texts
            )
            if is_beside and before is not None and box.element.tag == "span":
                (x, y, width, _), (left, top, wide, _) = (
                    self._frames[before],
                    self._frames[box, page],
                )
                gap = x - left - wide if box.is_leftward else left - x - width
                is_next = abs(y - top) < _CLOSE and -_CLOSE < gap < _WIDEST * box.size
                if not is_next and top < y + _CLOSE:
                    yield page
            before = box, page

    def _apart_from_texts(self) -> Iterator[int]:
        """What has words lies around these, as close as all that are like it, and no others."""
        ways: tuple[dict[Hashable, _Measured], ...] = (
            defaultdict(list),
            defaultdict(list),
            defaultdict(list),
        )
        for (box, page), (x, y, width, height) in self._frames.items():
            own = [] if box.pseudo else self._texts.get((box.element, page), [])
            flowing = [each for each in own if not each.is_put]
            if box.is_placed or not flowing:
                continue
            inside = {id(each) for each in own}
            for each in flowing:
                is_across = x - _EDGE < each.left and each.right < x + width + _EDGE
                if not is_across or not y < each.line < y + height + _CLOSE:
                    yield page
            for each in self._on[page]:
                is_in = x < (each.left + each.right) / 2 < x + width and y < each.line < y + height
                if is_in and id(each) not in inside:
                    yield page
            first = min(flowing, key=lambda each: round(each.line))
            last = max(flowing, key=lambda each: round(each.line))
            above, below = first.line - y, y + height - last.line
            for way, text, far in zip(
                ways, (first, last, first), (above, below, above - below), strict=True
            ):
                way[_chain(box, text)].append((far, box, page))
        alike = [{(box, page) for far, box, page in _alike(way)} for way in ways]
        for group in ways[0].values():
            yield from (
                page for _, box, page in group if not any((box, page) in each for each in alike)
            )


def _alike(way: Mapping[Hashable, _Measured]) -> Iterator[tuple[float, Box, int]]:
    """What is as far from its texts as most that are like it; a few may all differ."""
    for group in way.values():
        due = middle(far for far, *_ in group)
        yield from (each for each in group if len(group) < FEWEST or abs(each[0] - due) < _NEAR)


def _side(box: Box, whole: float | None) -> tuple[str, float]:
    """From which side a box is put, and how far."""
    start = "right" if box.is_leftward else "left"
    for name in ("left", "right", "inset-inline-start"):
        if (length := box.length(name, whole)) is not None:
            return (start if name == "inset-inline-start" else name), length
    return start, 0


def _share(box: Box) -> float | None:
    """Which part of what it is in lies before it; None where that is not said."""
    side, share = _side(box, 1)
    is_share = any(
        box.said.get(name, "").endswith("%") for name in ("left", "right", "inset-inline-start")
    )
    if not is_share:
        return None
    return 1 - share if side == "right" else share


def _edge(box: Box, frame: Frame) -> float:
    side, _ = _side(box, 1)
    margin = box.length("margin-inline-start") or 0
    return frame[0] + frame[2] + margin if side == "right" else frame[0] - margin


def _other_end(
    box: Box, frame: Frame, share: float, page: int
) -> Iterator[tuple[float, float, int]]:
    """Where a mark ends that is as wide as its sheet says, and not as its least width has it."""
    width = box.length("width", 1)
    if width is None or not box.said["width"].endswith("%") or frame[2] < _WIDEST * box.size:
        return
    if _side(box, 1)[0] == "right":
        yield share - width, frame[0], page
    else:
        yield share + width, frame[0] + frame[2], page


def _off_scale(scales: Mapping[Hashable, list[tuple[float, float, int]]]) -> Iterator[int]:
    """Marks on one scale stand as far from each other as it says."""
    for marks in scales.values():
        low, high = min(marks), max(marks)
        if high[0] == low[0]:
            continue
        unit = (high[1] - low[1]) / (high[0] - low[0])
        for share, edge, page in marks:
            if abs(low[1] + (share - low[0]) * unit - edge) > _CLOSE:
                yield page


def _chain(box: Box, text: SetText) -> Hashable:
    """What is alike in how a text lies in a box."""
    within = text.within[: text.within.index(box.element) + 3]
    names = tuple((each.tag, each.get("class")) for each in within)
    return names, round(text.size, 1)
