"""The grounds and borders that the sheets of a page ask for, in the order of painting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from math import cos, pi, sin, tan
from xml.etree.ElementTree import Element

from briefings.core.values import dataclass
from briefings.render.html.declared import Pseudo
from briefings.verify.in_browser.painted import IDENTITY, PICTURE, SIDES, Frame, Matrix
from briefings.verify.in_browser.styled import Styles

PIXEL = 0.75
"""In points."""
_LENGTH = re.compile(r"(-?[\d.]+)(pt|em|mm|%)?")
_POINTS = {"pt": 1.0, "mm": 72 / 25.4, None: 1.0}
_DRAWN = frozenset({"solid", "dashed", "dotted"})
_TURN = re.compile(r"(rotate|skewX)\((-?\d+)deg\)")
_NO_BORDER = (("width", "0"), ("style", "none"), ("color", ""))
_OF_SIDES = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}
"""Which of so many values is that of which side."""
_SHARED = frozenset(
    f"{name}{part}" for name in ("margin", "padding") for part in ("", "-inline", "-left", "-right")
)
_DRAWN_FROM = (2, 3, 1, 0)
"""In which order WeasyPrint draws sides."""
_UNSHOWN = frozenset({"head", "script", "style", "title"})
_DISPLAYS = {
    **dict.fromkeys(("td", "th"), "table-cell"),
    **dict.fromkeys(
        ("a", "abbr", "b", "bdi", "cite", "code", "em", "i", "mark", "q", "span", "strong", "time"),
        "inline",
    ),
    "table": "table",
}
"""Where a sheet says nothing else; of all others `block`."""

Turn = tuple[tuple[int, ...], ...]


@dataclass(eq=False, slots=True)
class Box:
    """The box of an element, or of what is put before or behind its text.

    Attributes:
        element: What it is of.
        pseudo: Which of both, if any.
        around: The box that it lies in.
        said: What is declared of it.
        size: That of its letters, in pixels.
        is_leftward: Whether its lines run to the left.
        turn: By what it is put into the order of painting.
        in_context: By what those are that are painted with it.
        in_whole: By what those are that are placed in it, or around it.
        table: The turn of the table that it is a cell of.
    """

    element: Element
    pseudo: Pseudo
    around: Box | None
    said: Mapping[str, str]
    size: float
    is_leftward: bool = False
    turn: Turn = ()
    in_context: Turn = ()
    in_whole: Turn = ()
    table: int = 0

    @property
    def kind(self) -> str:
        """What is alike."""
        return f"{self.element.tag} {self.element.get('class', '')} {self.pseudo or ''}"

    @property
    def holder(self) -> Box | None:
        """The box in which it is placed."""
        box = self.around
        while box is not None and "position" not in box.said:
            box = box.around
        return box

    @property
    def display(self) -> str:
        """How it takes its place."""
        usual = "inline" if self.pseudo else _DISPLAYS.get(self.element.tag, "block")
        return self.said.get("display", usual)

    @property
    def is_in_line(self) -> bool:
        """Whether its words go on in a line of what is around it."""
        return self.display == "inline" and self.said.get("position") != "absolute"

    @property
    def alignment(self) -> str:
        """Where in it its lines stand: at its left, at its right, or in the middle."""
        box: Box | None = self
        while box is not None and "text-align" not in box.said:
            box = box.around
        way = "start" if box is None else box.said["text-align"]
        if way in ("start", "end"):
            return "right" if self.is_leftward != (way == "end") else "left"
        return way

    @property
    def is_beside(self) -> bool:
        """Whether others of its kind stand beside it."""
        return self.display in ("inline-block", "table-cell")

    @property
    def is_filling(self) -> bool:
        """Whether it is as wide as what it lies in, less what is around it in lengths."""
        around = self.around
        return (
            self.display in ("block", "list-item")
            and not self.said.keys() & {"float", "width"}
            and self.said.get("position") != "absolute"
            and not (around is not None and around.display in ("grid", "flex"))
            and not any("%" in value for name, value in self.said.items() if name in _SHARED)
        )

    @property
    def is_as_wide_as_it_holds(self) -> bool:
        """Whether where it begins hangs on what stands before it, or around it, in a line."""
        if self.display == "inline-block" and "width" not in self.said:
            return True
        return self.around is not None and self.around.is_as_wide_as_it_holds

    @property
    def is_in_row(self) -> bool:
        """Whether it stands in a line, or within what does."""
        return self.display == "inline-block" or (self.around is not None and self.around.is_in_row)

    @property
    def is_placed(self) -> bool:
        """Whether it stands apart from what goes on in lines and blocks."""
        return self.said.get("position") == "absolute" or (
            self.around is not None and self.around.is_placed
        )

    def length(self, name: str, whole: float | None = None) -> float | None:
        """A length that is declared of it, in pixels; None where none is, or that of no `whole`."""
        return pixels(self.said.get(name, ""), self.size, whole)

    def borders(self) -> list[float]:
        """How wide they are, as `SIDES`, in pixels."""
        borders = _borders(self.said, is_leftward=self.is_leftward)
        return [pixels(width, self.size) or 0 for width, *_ in borders]

    def inset(self, side: str) -> float:
        """How far what it holds is from where it begins, on a side of it, in pixels."""
        return self.margin(side) + self.padding(side) + self.borders()[SIDES.index(side)]

    def margin(self, side: str) -> float:
        """How far it keeps from what is beside it, in pixels."""
        margins = _sides(self.said, "margin", is_leftward=self.is_leftward)
        return pixels(margins[side], self.size) or 0

    def padding(self, side: str) -> float:
        """How far what it holds is from its border, in pixels."""
        paddings = _sides(self.said, "padding", is_leftward=self.is_leftward)
        return pixels(paddings[side], self.size) or 0

    def turned(self, box: Frame) -> Matrix:
        """How it is turned about its middle, if it stands there."""
        found = _TURN.fullmatch(self.said.get("transform", ""))
        if found is None:
            return IDENTITY
        angle = float(found[2]) * pi / 180
        x, y, width, height = box
        across, down = x + width / 2, y + height / 2
        a, b, c, d = 1.0, 0.0, tan(angle), 1.0
        if found[1] == "rotate":
            a, b, c, d = cos(angle), sin(angle), -sin(angle), cos(angle)
        return a, b, c, d, across - a * across - c * down, down - b * across - d * down

    def dues(self) -> Iterator[Due]:
        """What is to be painted of it, in this order."""
        if self.element.tag == "svg":
            yield Due(self, PICTURE, "", 0, (*self.in_context, (1, self.turn[-1][-1])))
        ground = self.said.get("background", "none")
        if ground.startswith("#"):
            yield Due(self, "ground", ground[1:], 0, self.turn)
        borders = _borders(self.said, is_leftward=self.is_leftward)
        widths = self.borders()
        (*context, (phase, *own)) = self.turn
        # All grounds of the cells of a table are painted before all of their borders.
        turn = (*context, (phase, own[0], 1, own[-1])) if len(own) > 1 else self.turn
        if len({each[1:] for each in borders}) == 1 and len({*widths}) == 1:
            if widths[0]:
                yield Due(self, borders[0][1], borders[0][2][1:], widths[0], turn)
            return
        for side in _DRAWN_FROM:
            if widths[side]:
                yield Due(self, SIDES[side], borders[side][2][1:], widths[side], turn)


@dataclass(frozen=True, slots=True)
class Due:
    """A ground, a border or a picture that is to be painted, of a box: as `painted.Paint`."""

    box: Box
    kind: str
    colour: str
    width: float
    turn: Turn

    @property
    def is_round(self) -> bool:
        """Whether it has no corners."""
        return self.box.said.get("border-radius") == "50%"


def boxes_in(root: Element, styles: Styles) -> Iterator[Box]:
    """All of a page, each before those in it; first that of the whole page."""
    waiting: list[tuple[Element, Box | None]] = [(root, None)]
    turn = 0
    while waiting:
        element, around = waiting.pop()
        held = styles.boxes[element]
        if held.get(None, {}).get("display") == "none" or element.tag in _UNSHOWN:
            continue
        turn += 1
        size = styles.own[element].size / PIXEL
        box = _entered(Box(element, None, around, held.get(None, {}), size), turn)
        yield box
        for pseudo in ("before", "after"):
            if "content" in held.get(pseudo, ()):
                turn += 1
                yield _entered(Box(element, pseudo, box, held[pseudo], size), turn)
        if element.tag != "svg":
            waiting += [(child, box) for child in reversed(element)]


def _entered(box: Box, turn: int) -> Box:
    """A box in the order of painting (CSS 2, appendix E), with the way its lines run.

    First come the boxes of blocks, then what stands in lines, in its turn, then what is placed by
    itself.
    """
    around, said = box.around, box.said
    way = said.get("direction", "" if box.pseudo else box.element.get("dir", ""))
    is_leftward = way == "rtl" if way else around is not None and around.is_leftward
    context, whole = (around.in_context, around.in_whole) if around is not None else ((), ())
    display = box.display
    table = around.table if around is not None else 0
    is_whole = said.keys() & {"transform", "z-index"} or said.get("overflow") == "hidden"
    own: tuple[int, ...] = (0, turn)
    if is_whole or "position" in said:
        # What is put behind all else comes before the blocks of what it is put into.
        context = (*whole, (-1 if said.get("z-index", "").startswith("-") else 2, turn))
        whole, own = context if is_whole else whole, (-2, turn)
    elif display.startswith("inline"):
        context = (*context, (1, turn))
    elif display == "table-cell":
        own = (0, table, 0, turn)
    elif display == "table":
        table = turn
    return replace(
        box,
        is_leftward=is_leftward,
        turn=(*context, own),
        in_context=context,
        in_whole=whole,
        table=table,
    )


def pixels(length: str, size: float, whole: float | None = None) -> float | None:
    """A length of a sheet: of letters of a size, or of a whole; None of what is none."""
    found = _LENGTH.fullmatch(length)
    if found is None:
        return None
    if found[2] == "%":
        return None if whole is None else float(found[1]) / 100 * whole
    return float(found[1]) * (size if found[2] == "em" else _POINTS[found[2]] / PIXEL)


def _sides(said: Mapping[str, str], name: str, *, is_leftward: bool) -> Mapping[str, str]:
    """What is said of each side, if not 0."""
    start, end = ("right", "left") if is_leftward else ("left", "right")
    axes = {"": SIDES, "-inline": (start, end), "-block": ("top", "bottom")}
    held = dict.fromkeys(SIDES, "0")
    for each, value in said.items():
        if not each.startswith(name):
            continue
        part = each.removeprefix(name).replace("inline-start", start).replace("inline-end", end)
        sides = axes.get(part, (part[1:],))
        values = value.split()
        turns = _OF_SIDES[len(values)]
        held |= {
            side: values[turns[at] if len(sides) > 2 else -at] for at, side in enumerate(sides)
        }
    return held


def _borders(said: Mapping[str, str], *, is_leftward: bool) -> list[tuple[str, str, str]]:
    """Width, style and colour of each side."""
    held = {(side, part): value for side in SIDES for part, value in _NO_BORDER}
    start, end = ("right", "left") if is_leftward else ("left", "right")
    for name, value in said.items():
        if not name.startswith("border") or name == "border-radius":
            continue
        named = name.replace("inline-start", start).replace("inline-end", end).split("-")[1:]
        sides = [each for each in named if each in SIDES] or SIDES
        values = value.split()
        if named and named[-1] in ("width", "style", "color"):
            turns = _OF_SIDES[len(values)]
            held |= {(side, named[-1]): values[turns[SIDES.index(side)]] for side in sides}
        else:
            parts = (*_NO_BORDER, *_parts(values))
            held |= {(side, part): own for side in sides for part, own in parts}
    borders: list[tuple[str, str, str]] = []
    for side in SIDES:
        style = held[side, "style"]
        width = held[side, "width"] if style in _DRAWN else "0"
        borders.append((width, style, held[side, "color"]))
    return borders


def _parts(values: Iterable[str]) -> Iterator[tuple[str, str]]:
    for value in values:
        yield "color" if value[0] == "#" else "style" if value.isalpha() else "width", value
