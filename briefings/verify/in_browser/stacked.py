"""Lines of a PDF below each other: as far as the sheets of its page put them, box by box."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from briefings.core.values import dataclass
from briefings.verify.in_browser.adorned import SetText
from briefings.verify.in_browser.painted import SIDES
from briefings.verify.in_browser.spaced import is_on
from briefings.verify.in_browser.styled import Look, Styles, Typeface, first_of
from briefings.verify.in_browser.trimmed import PIXEL, Box, pixels
from briefings.verify.verdict import Fault

_SHIFTED = "a line stands higher or lower than its page has it"
_CLOSE = 0.1
"""Pixels, by which it may."""
_TOP = "top"
_MIDDLE = "middle"
_CLOSER = range(3)
"""How often spaces may be drawn together, so that a last page of a few lines is saved."""


def misstacked(
    boxes: Sequence[Box], texts: Sequence[SetText], styles: Styles, faces: Sequence[Typeface]
) -> Iterator[Fault]:
    """The pages on which a line stands further above or below than its page has it.

    How far lines are apart follows from how high each is by its letters and sheets, and from what
    these put between boxes. Where that does not tell, as beside a picture, it is told anew from the
    next line on.
    """
    stack = _Stack(boxes, texts, styles, faces)
    pages = sorted({text.page for text in texts})
    shifted: list[list[int]] = []
    for times in _CLOSER:
        shifted.append([page for page in pages if stack.is_shifted(page, times)])
        if not shifted[-1]:
            return
    yield from (Fault(_SHIFTED, page) for page in min(shifted, key=len))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a block: where it stands, how far it reaches above and below.

    `is_known`: whether that can be told: of what is in our fonts, and stands on the line.
    """

    base: float
    above: float
    below: float
    is_known: bool


@dataclass(frozen=True, slots=True)
class _Held:
    """A text, its turn among all, and the box that it lies in."""

    turn: int
    text: SetText
    box: Box


class _Stack:
    """Goes down a page as whoever set it did, and holds each line against where it comes to."""

    def __init__(
        self,
        boxes: Sequence[Box],
        texts: Sequence[SetText],
        styles: Styles,
        faces: Sequence[Typeface],
    ) -> None:
        self._root = boxes[0]
        self._looks, self._faces = styles.own, faces
        self._inner: dict[Box, list[Box]] = defaultdict(list)
        for box in boxes:
            if box.around is not None and box.pseudo is None and not box.is_placed:
                self._inner[box.around].append(box)
        self._held: dict[tuple[Box, int], list[_Held]] = defaultdict(list)
        self._turns: dict[Box, dict[int, int]] = defaultdict(dict)
        self._put(texts, {box.element: box for box in boxes if box.pseudo is None})
        self._items: dict[tuple[Box, int], list[Box | _Line]] = {}
        self._page = self._times = self._run = 0
        self._margins: list[float] = []
        self._above = pixels(styles.above, 0)
        self._is_top = False
        self._gone = 0.0
        self._off: float | None = None
        self._is_shifted = False

    def _put(self, texts: Sequence[SetText], known: Mapping[object, Box]) -> None:
        """Each text into its block; and on which pages each box has words, and from which on."""
        box: Box | None = None
        for turn, text in enumerate(texts):
            if text.is_put:
                continue
            box = known.get(text.within[0]) if text.within else box
            block = box
            while block is not None and _is_in_line(block):
                block = block.around
            if box is None or block is None or box.is_placed:
                continue
            self._held[block, text.page].append(_Held(turn, text, box))
            around: Box | None = block
            while around is not None:
                self._turns[around].setdefault(text.page, turn)
                around = around.around

    def is_shifted(self, page: int, times: int) -> bool:
        """Whether a line stands elsewhere on a page whose spaces are drawn together so often."""
        self._page, self._times, self._is_shifted = page, times, False
        self._margins, self._off = [], self._above
        # A margin that a page breaks in is gone, but for where it is asked to break.
        self._is_top, self._gone = page > 1, 0.0
        self._lay(self._root, 0)
        return self._is_shifted

    def _forget(self) -> None:
        """From here on it is not known where things stand."""
        self._off = None
        self._run += 1

    def _spent(self) -> float:
        """The margins that have met: the widest stands for all, less what draws them together."""
        far = max(self._margins, default=0.0), min(self._margins, default=0.0)
        self._margins = []
        margin = max(far[0], 0) + min(far[1], 0)
        if not self._is_top:
            return margin
        self._is_top, self._gone = False, margin
        return 0

    # Boxes, from where they begin to where they end, but for margins that others may meet

    def _lay(self, box: Box, y: float, *, is_apart: bool = False) -> float:
        """One that goes on from another page has no upper edge, and none below if it goes on.

        Args:
            box: It.
            y: Where it begins.
            is_apart: Whether its margins meet no others.
        """
        pages = self._turns[box]
        times = 0 if box.is_in_row else self._times
        closer = self._looks[box.element].closer ** times
        if not pages or self._page == min(pages):
            self._margins.append(box.margin("top") * closer)
            y = self._edge(box, "top", closer, y)
        y += self._spent() if is_apart else 0
        height = box.length("height")
        if height is None:
            y = self._lay_inner(box, y)
        else:
            y += self._spent() + height - sum(box.borders()[::2])
        y += self._spent() if is_apart else 0
        if not pages or self._page == max(pages):
            y = self._edge(box, "bottom", closer, y)
            self._margins.append(box.margin("bottom") * closer)
        return y + (self._spent() if is_apart else 0)

    def _edge(self, box: Box, side: str, closer: float, y: float) -> float:
        edge = box.padding(side) * closer + box.borders()[SIDES.index(side)]
        return y + self._spent() + edge if edge else y

    def _lay_inner(self, box: Box, y: float) -> float:
        if box.display in ("grid", "flex") or box.element.tag == "tr":
            return self._lay_beside([each for each in self._inner[box] if self._is_here(each)], y)
        row: list[Box] = []
        # How many lines marks without words take is not known.
        has_beside = not self._held[box, self._page] and any(
            each.display == "inline-block" and not self._turns[each] for each in self._inner[box]
        )
        for item in (*self._items_in(box), None):
            beside = item if isinstance(item, Box) and item.display == "inline-block" else None
            if row and (beside is None or not self._is_behind(beside, row[-1])):
                y = self._lay_beside(row, y, self._looks[box.element].line / PIXEL)
                row = []
            if beside is not None:
                row.append(beside)
            elif isinstance(item, _Line):
                y = self._meet(item, y)
            elif item is not None:
                # Whatever follows a picture in its room may stand beside it or below.
                has_beside |= "float" in item.said or item.element.tag == "svg"
                if has_beside:
                    self._forget()
                y = self._lay(item, y)
        if has_beside:
            self._forget()
        return y

    def _lay_beside(self, row: Sequence[Box], y: float, least: float = 0) -> float:
        """Boxes that begin at one height: the next thing begins below the highest of them."""
        y += self._spent()
        ends = [y + least]
        run = self._run
        for each in row:
            if run != self._run or each.said.get("vertical-align", _TOP) != _TOP:
                self._forget()
            ends.append(self._lay(each, y, is_apart=True))
        if run != self._run:
            self._forget()
        return max(ends)

    def _meet(self, line: _Line, y: float) -> float:
        due = y + self._spent() + line.above
        if not line.is_known:
            self._forget()
            return due + line.below
        off = line.base - due
        if self._off is not None:
            ways = (off - self._off, off - self._off - self._gone)
            self._is_shifted |= min(map(abs, ways)) > _CLOSE
        self._off, self._gone = off, 0
        return due + line.below

    # What there is

    def _is_here(self, box: Box) -> bool:
        """Whether it has words on the page, or none at all."""
        return not self._turns[box] or self._page in self._turns[box]

    def _items_in(self, box: Box) -> list[Box | _Line]:
        """The lines and boxes of a box on the page, in their order."""
        known = self._items.get((box, self._page))
        if known is not None:
            return known
        lines: list[list[_Held]] = []
        for each in self._held[box, self._page]:
            line = next((own for own in lines if is_on(each.text, own[0].text)), None)
            if line is None:
                lines.append([each])
            else:
                line.append(each)
        items: list[tuple[float, Box | _Line]] = [
            (line[0].turn, self._line(box, line)) for line in lines
        ]
        last = -1.0
        for inner in self._inner[box]:
            if not _is_in_line(inner) and self._is_here(inner):
                is_worded = bool(self._turns[inner])
                last = self._turns[inner][self._page] if is_worded else last
                if is_worded or inner.display != "inline-block":
                    items.append((last, inner))
        own = [each for _, each in sorted(items, key=lambda item: item[0])]
        self._items[box, self._page] = own
        return own

    def _is_behind(self, box: Box, before: Box) -> bool:
        """Whether a box stands beside another, and not below it."""
        one, other = (list(self._texts_in(each)) for each in (box, before))
        if box.around is not None and box.around.is_leftward:
            return max(each.end for each in one) < min(each.start for each in other) + 1
        return min(each.start for each in one) > max(each.end for each in other) - 1

    def _texts_in(self, box: Box) -> Iterator[SetText]:
        yield from (each.text for each in self._held[box, self._page])
        for inner in self._inner[box]:
            yield from self._texts_in(inner)

    def _line(self, block: Box, held: Sequence[_Held]) -> _Line:
        """A line: as high as all that it holds ask for, and at least as its block does."""
        base = max((each.text for each in held), key=lambda text: text.size).line
        reaches = [self._reach(self._looks[block.element], None)]
        is_in_middle = False
        for each in held:
            up = base - each.text.line
            own: list[tuple[Box, SetText | None]] = [(each.box, each.text)]
            box: Box | None = each.box
            while box is not None and box is not block:
                own.append((box, None))
                box = box.around
            is_in_middle |= any(_is_in_middle(within) for within, _ in own if within is not block)
            for within, text in own:
                above, below = self._reach(self._looks[within.element], text)
                reaches.append((above + up, below - up))
                # What is raised lies in what is not.
                up = 0 if text is None and "vertical-align" in within.said else up
        is_ours = all(face >= 0 for each in held for _, face in each.text.letters)
        above, below = (max(ways) for ways in zip(*reaches, strict=True))
        return _Line(base, above, below, is_ours and not is_in_middle)

    def _reach(self, look: Look, text: SetText | None) -> tuple[float, float]:
        """How far from where letters stand a line reaches above and below; without any, its least.

        What its height leaves beside them is above and below in equal parts.
        """
        size, line = look.size / PIXEL, look.line / PIXEL
        faces = [self._faces[face] for _, face in text.letters if face >= 0] if text else []
        own = faces or first_of(look, self._faces)[:1]
        rise = size * max((each.rise for each in own), default=0)
        fall = size * max((each.fall for each in own), default=0)
        above = (line + rise - fall) / 2
        return above, line - above


def _is_in_middle(box: Box) -> bool:
    """Whether it stands in the middle of small letters, which only their font knows."""
    return box.said.get("vertical-align") == _MIDDLE


def _is_in_line(box: Box) -> bool:
    """Whether its words stand on a line of what is around it."""
    if box.display == "inline-block":
        return box.said.get("vertical-align") not in (_TOP, _MIDDLE)
    return box.is_in_line
