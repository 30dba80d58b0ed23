"""A locator map: the places of an edition on a cut-out of the world, with room for their names."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product
from types import MappingProxyType
from typing import Literal, TypeAlias

from briefings.core.edition import PlaceView, Sentence
from briefings.core.values import dataclass
from briefings.render.figures.atlas import Atlas, Country
from briefings.render.figures.cutout import WIDTH, Frame, Point, cutout, frame_around, outline
from briefings.render.html.advances import BOLD, length

__all__ = ["PAPER", "SCREEN", "WIDTH", "Dot", "Label", "Locator", "Type", "locator", "rules"]

_KM = 111.32  # kilometres in a degree of latitude
_PUSHES = 5_000_000
"""How many pairs of discs are held apart at most: of so many places no map has room for all."""


@dataclass(frozen=True, slots=True)
class Type:
    """What the diameter of a disc, a letter and a line take up, in units of the drawing."""

    disc: float
    letter: float
    line: float


SCREEN = Type(disc=34, letter=12, line=28)
"""On a drawing at least 34 rem wide, in letters of 0.8 rem."""

PAPER = Type(disc=48, letter=16, line=36)
"""On a drawing 100 mm wide, in letters of 8.5 pt."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the map, in per cent of width and height; `align` says what of it is at `x`."""

    text: str
    x: float
    y: float
    align: Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Dot:
    """A place: `number` from 1; where it is and where its disc stands, in units; its label.

    Without a `label` there was no room for the name beside the disc.
    """

    number: int
    view: PlaceView
    name: str
    point: Point
    disc: Point
    label: Label | None

    @property
    def moved(self) -> bool:
        """Whether the disc had to move aside, so that a line must lead back to the place."""
        return math.dist(self.point, self.disc) > 1.5


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale bar: kilometres, their `length` in per cent of the width, in which lower corner."""

    km: int
    length: float
    side: Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Locator:
    """The picture in units, `WIDTH` wide: paths for SVG, and what stands over them in HTML.

    The countries of `told` are no places on it: they are `shaded`, as far as they are seen.
    """

    height: float
    land: str
    shaded: str
    borders: str
    dots: tuple[Dot, ...]
    told: tuple[PlaceView, ...]
    countries: tuple[Label, ...]
    scale: Scale | None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All facts about what it shows."""
        return tuple(sentence for view in self.views for sentence in view.sentences)

    @property
    def views(self) -> tuple[PlaceView, ...]:
        """All that it shows: places with a dot, then countries."""
        return (*(dot.view for dot in self.dots), *self.told)

    @property
    def foremost(self) -> PlaceView | None:
        """What more facts are about than about anything else on it; None where two are equal."""
        first, second = sorted(self.views, key=lambda view: -len(view.sentences))[:2]
        return first if len(first.sentences) > len(second.sentences) else None


class _Taken:
    """Boxes that are taken, each found by the squares of the drawing that it lies on."""

    def __init__(self, boxes: Iterable[_Box] = ()) -> None:
        self._on: defaultdict[tuple[int, int], list[_Box]] = defaultdict(list)
        for box in boxes:
            self.take(box)

    def take(self, box: _Box) -> None:
        """Let nothing else stand there."""
        for square in self._squares(box):
            self._on[square].append(box)

    def is_free(self, box: _Box) -> bool:
        """Whether nothing that is taken lies where this box would."""
        left, top, right, bottom = box
        return not any(
            left < other[2] and right > other[0] and top < other[3] and bottom > other[1]
            for square in self._squares(box)
            for other in self._on.get(square, ())
        )

    @staticmethod
    def _squares(box: _Box) -> Iterator[tuple[int, int]]:
        left, top, right, bottom = (math.floor(edge / _SQUARE) for edge in box)
        return product(range(left, right + 1), range(top, bottom + 1))


_SQUARE = 64  # units
_LETTER = 0.5  # of the size of letters, which that of most takes up
_HALO = 6.0  # units around a name in which nothing else is read
_ALIGN: Mapping[int, Literal["left", "center", "right"]] = MappingProxyType(
    {-1: "right", 0: "center", 1: "left"}
)
_Box: TypeAlias = tuple[float, float, float, float]
# Above or below its disc, by shares of the name's width to either side.
_ALONG = tuple((side * share, y) for share in (0.3, 0.6) for side in (1, -1) for y in (-1, 1))


def locator(
    places: Sequence[PlaceView],
    world: Atlas,
    name_of: Callable[[PlaceView], str],
    country_name: Callable[[Country], str],
    size: Type,
    *,
    told: Sequence[tuple[PlaceView, Country]] = (),
) -> Locator | None:
    """Draw the map of places; None if there are none.

    Args:
        places: Those that have coordinates, numbered in this order.
        world: The outlines that the map is cut out of.
        name_of: What the page calls a place.
        country_name: What it calls a country.
        size: What discs and letters take up on the medium.
        told: The countries that are told of as such.
    """
    points = [view.place.at for view in places if view.place.at is not None]
    if not points:
        return None
    frame = frame_around(points)
    seen = cutout(world, frame)
    dots = _discs(places, points, frame, name_of, size)
    taken = _Taken(_around(dot.disc, size.disc, size.disc) for dot in dots)
    scale, corner = _in_corner(_scale(frame), taken, frame, size)
    if corner is not None:
        taken.take(corner)
    labels: dict[int, Label] = {}
    # Whose name has the fewest places is the first to choose.
    for dot in sorted(dots, key=lambda dot: len(list(_beside(dot, taken, frame, size)))):
        label, box = next(_beside(dot, taken, frame, size), (None, None))
        if label is not None and box is not None:
            labels[dot.number] = label
            taken.take(box)
    return Locator(
        height=frame.height,
        land=seen.land,
        shaded="".join(
            outline(rings)
            for country, rings in seen.countries
            if any(country is other for _, other in told)
        ),
        borders=seen.borders,
        dots=tuple(replace(dot, label=labels.get(dot.number)) for dot in dots),
        told=tuple(view for view, _ in told),
        countries=tuple(
            _countries(
                seen.countries, frame, taken, {dot.name for dot in dots}, country_name, size=size
            )
        ),
        scale=scale,
    )


def rules(picture: Locator) -> str:
    """The style rules that put each disc and label over the drawing."""
    lines = []
    for dot in picture.dots:
        x, y = _per_cent(dot.disc, picture.height)
        lines.append(f"#map-dot-{dot.number}{{left:{x}%;top:{y}%}}")
        if dot.label:
            lines.append(f"#map-name-{dot.number}{{left:{dot.label.x}%;top:{dot.label.y}%}}")
    for number, label in enumerate(picture.countries, start=1):
        lines.append(f"#map-country-{number}{{left:{label.x}%;top:{label.y}%}}")
    if picture.scale:
        side = "" if picture.scale.side == "left" else ";left:auto;right:1em"
        lines.append(f"#map-scale{{width:{picture.scale.length}%{side}}}")
    return "\n".join(lines)


def _discs(
    places: Sequence[PlaceView],
    points: Sequence[tuple[float, float]],
    frame: Frame,
    name_of: Callable[[PlaceView], str],
    size: Type,
) -> list[Dot]:
    """A disc for each place, pushed apart where two would cover each other."""
    true = [
        (frame.x(frame.lon + (lon - frame.lon + 180) % 360 - 180), frame.y(lat))
        for lat, lon in points
    ]
    at = list(true)
    for _ in range(min(40, _PUSHES // math.comb(max(len(at), 2), 2))):
        before = list(at)
        for i, j in combinations(range(len(at)), 2):
            at[i], at[j] = _apart(at[i], at[j], size.disc + 2)
        if at == before:
            break
    return [
        Dot(number, view, name_of(view), _rounded(point), _rounded(disc), None)
        for number, (view, point, disc) in enumerate(zip(places, true, at, strict=True), start=1)
    ]


def _apart(a: Point, b: Point, least: float) -> tuple[Point, Point]:
    distance = math.dist(a, b)
    if distance >= least:
        return a, b
    push = (least - distance) / 2
    x, y = ((b[0] - a[0]) / distance, (b[1] - a[1]) / distance) if distance else (1, 0)
    return (a[0] - x * push, a[1] - y * push), (b[0] + x * push, b[1] + y * push)


def _beside(dot: Dot, taken: _Taken, frame: Frame, size: Type) -> Iterator[tuple[Label, _Box]]:
    """The places with room for a name beside its disc, the right one first; then along it."""
    width = length(dot.name, sans=True) * BOLD / _LETTER * size.letter + _HALO
    across, up = size.disc / 2 + 4 + width / 2, size.disc / 2 + size.line / 2
    steps = (
        (1, 0),
        (-1, 0),
        (0, -1),
        (0, 1),
        (0.9, -0.8),
        (0.9, 0.8),
        (-0.9, -0.8),
        (-0.9, 0.8),
        *_ALONG,
    )
    for x, y in steps:
        middle = (dot.disc[0] + x * across, dot.disc[1] + y * up)
        box = _around(middle, width, size.line)
        if _fits(box, taken, frame):
            at = (middle[0] - _sign(x) * width / 2, middle[1])
            yield Label(dot.name, *_per_cent(at, frame.height), _ALIGN[_sign(x)]), box


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _around(middle: Point, width: float, height: float) -> _Box:
    x, y = middle
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _fits(box: _Box, taken: _Taken, frame: Frame) -> bool:
    left, top, right, bottom = box
    inside = left >= 4 and top >= 4 and right <= WIDTH - 4 and bottom <= frame.height - 4
    return inside and taken.is_free(box)


def _countries(
    countries: Iterable[tuple[Country, Sequence[Sequence[Point]]]],
    frame: Frame,
    taken: _Taken,
    shown: Container[str],
    name_of: Callable[[Country], str],
    *,
    size: Type,
) -> Iterable[Label]:
    """The names of countries that have room for theirs inside their visible part, which take it.

    Not of those that are `shown` already, as places.
    """
    for country, rings in countries:
        name = name_of(country)
        if name in shown:
            continue
        width = len(name) * size.letter * 1.25
        for middle in _rooms(rings, width, frame):
            box = _around(middle, width, size.line)
            if _fits(box, taken, frame):
                taken.take(box)
                yield Label(name, *_per_cent(middle, frame.height), "center")
                break


def _rooms(rings: Sequence[Sequence[Point]], width: float, frame: Frame) -> list[Point]:
    """Middles of the stretches inside `rings` that `width` fits into, the widest first."""
    rows = 24
    heights = [frame.height * row / rows for row in range(1, rows)]
    rooms = []
    for row, (y, crossings) in enumerate(zip(heights, _crossings(rings, heights), strict=True), 1):
        for enters, leaves in zip(crossings[::2], crossings[1::2], strict=False):
            left, right = max(enters, 0), min(leaves, WIDTH)
            if right - left > width * 1.1:
                rooms.append((-round(right - left), row, ((left + right) / 2, y)))
                rooms.append((-round((right - left) / 2), row, ((2 * left + right) / 3, y)))
                rooms.append((-round((right - left) / 2), row, ((left + 2 * right) / 3, y)))
    return [middle for _, _, middle in sorted(rooms)]


def _crossings(rings: Iterable[Sequence[Point]], heights: Sequence[float]) -> list[list[float]]:
    """Where the `rings` cross each of the rising `heights`, from left to right."""
    crossings: list[list[float]] = [[] for _ in heights]
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
            first, last = bisect_left(heights, min(y1, y2)), bisect_left(heights, max(y1, y2))
            for row in range(first, last):
                crossings[row].append(x1 + (heights[row] - y1) * (x2 - x1) / (y2 - y1))
    return [sorted(each) for each in crossings]


def _in_corner(
    scale: tuple[int, float] | None, taken: _Taken, frame: Frame, size: Type
) -> tuple[Scale | None, _Box | None]:
    """The scale bar in the lower corner that no disc covers, the left one first."""
    if scale is None:
        return None, None
    km, length = scale
    width, top = length / 100 * WIDTH + size.line, frame.height - 2 * size.line
    left: _Box = (0, top, width, frame.height)
    right: _Box = (WIDTH - width, top, WIDTH, frame.height)
    if taken.is_free(left) or not taken.is_free(right):
        return Scale(km, length, "left"), left
    return Scale(km, length, "right"), right


def _scale(frame: Frame) -> tuple[int, float] | None:
    """A round length for the scale bar; None where no one scale holds over the map."""
    if frame.half_height > 25:
        return None
    width = 2 * frame.half_width * _KM
    exponent = math.floor(math.log10(width / 3))
    length = max(step * 10**exponent for step in (1, 2, 5) if step * 10**exponent <= width / 3)
    return int(length), round(100 * length / width, 2)


def _rounded(point: Point) -> Point:
    return round(point[0], 1), round(point[1], 1)


def _per_cent(point: Point, height: float) -> Point:
    return round(100 * point[0] / WIDTH, 2), round(100 * point[1] / height, 2)
