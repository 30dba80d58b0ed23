"""A locator map: the places of an edition on a cut-out of the world, with room for their names."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import Literal, TypeAlias

from briefings.core.edition import PlaceView
from briefings.render.atlas import Atlas, Country, Line

Point: TypeAlias = tuple[float, float]

WIDTH = 1000.0
_SMALLEST = 3.5  # degrees from the middle to the edge: closer, the outlines get coarse
_KM = 111.32  # kilometres in a degree of latitude


@dataclass(frozen=True, slots=True)
class Type:
    """What the diameter of a disc, a letter and a line take up, in units of the drawing."""

    disc: float
    letter: float
    line: float


SCREEN = Type(disc=34, letter=11, line=28)
"""On a drawing at least 34 rem wide, in letters of 0.8 rem."""

PAPER = Type(disc=36, letter=13, line=34)
"""On a drawing 84 mm wide, in letters of 6.4 pt."""


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
class Locator:
    """The picture in units, `WIDTH` wide: paths for SVG, and what stands over them in HTML."""

    height: float
    land: str
    borders: str
    dots: tuple[Dot, ...]
    countries: tuple[Label, ...]
    scale: tuple[int, float] | None  # kilometres, and their length in per cent of the width


@dataclass(frozen=True, slots=True)
class _Frame:
    """An equirectangular cut-out, true to scale at its middle latitude."""

    lon: float
    lat: float
    half_width: float
    half_height: float

    @property
    def unit(self) -> float:
        return WIDTH / (2 * self.half_width)

    @property
    def height(self) -> float:
        return round(2 * self.half_height * self.unit, 1)

    def x(self, lon: float) -> float:
        """Units from the left edge; `lon` may go beyond ±180, it is not wrapped."""
        return ((lon - self.lon) * _squeeze(self.lat) + self.half_width) * self.unit

    def y(self, lat: float) -> float:
        return (self.lat + self.half_height - lat) * self.unit


_ALIGN: Mapping[int, Literal["left", "center", "right"]] = MappingProxyType(
    {-1: "right", 0: "center", 1: "left"}
)
_Box: TypeAlias = tuple[float, float, float, float]


def locator(
    places: Sequence[PlaceView],
    world: Atlas,
    name_of: Callable[[PlaceView], str],
    country_name: Callable[[Country], str],
    size: Type,
) -> Locator | None:
    """The map of these places; None if there are none."""
    points = [view.place.at for view in places if view.place.at is not None]
    if not points:
        return None
    frame = _frame(points)
    dots = _discs(places, points, frame, name_of, size)
    scale = _scale(frame)
    taken = [_around(dot.disc, size.disc, size.disc) for dot in dots]
    if scale:
        right, top = scale[1] / 100 * WIDTH + size.line, frame.height - 2 * size.line
        taken.append((0, top, right, frame.height))
    labelled = []
    for dot in dots:
        label, box = _beside(dot, taken, frame, size)
        taken += [box] if box else []
        labelled.append(replace(dot, label=label))
    return Locator(
        height=frame.height,
        land=_areas(world.land, frame),
        borders=_lines(world.borders, frame),
        dots=tuple(labelled),
        countries=tuple(
            _countries(
                world.countries,
                frame,
                taken,
                {dot.name for dot in dots},
                country_name,
                size=size,
            )
        ),
        scale=scale,
    )


def rules(picture: Locator) -> str:
    """The style rules that put each disc and label over the drawing."""
    made = []
    for dot in picture.dots:
        x, y = _per_cent(dot.disc, picture.height)
        made.append(f"#map-dot-{dot.number}{{left:{x}%;top:{y}%}}")
        if dot.label:
            made.append(f"#map-name-{dot.number}{{left:{dot.label.x}%;top:{dot.label.y}%}}")
    for number, label in enumerate(picture.countries, start=1):
        made.append(f"#map-country-{number}{{left:{label.x}%;top:{label.y}%}}")
    if picture.scale:
        made.append(f"#map-scale{{width:{picture.scale[1]}%}}")
    return "\n".join(made)


def _squeeze(lat: float) -> float:
    """How much shorter a degree of longitude is there; never quite nothing."""
    return max(math.cos(math.radians(lat)), 0.1)


def _frame(points: Sequence[tuple[float, float]]) -> _Frame:
    lats = [lat for lat, _ in points]
    lat = (min(lats) + max(lats)) / 2
    west, span = _arc_of([lon for _, lon in points])
    lon = west + span / 2
    wide = max(span / 2 * _squeeze(lat) * 1.3, _SMALLEST)
    high = max((max(lats) - min(lats)) / 2 * 1.45, _SMALLEST / 2)
    ratio = min(max(high / wide, 0.46), 0.6)
    wide = min(max(wide, high / ratio), 180 * _squeeze(lat))
    return _Frame(lon, lat, wide, wide * ratio)


def _arc_of(lons: Sequence[float]) -> tuple[float, float]:
    """The western end and the length of the shortest arc that holds all; it may cross ±180."""
    # Rounded before the second turn: a hair west of 0 would come out at 360 itself.
    ordered = sorted({round(lon % 360, 6) % 360 for lon in lons})
    gaps = [
        ((ordered[(index + 1) % len(ordered)] - lon) % 360 or 360, index)
        for index, lon in enumerate(ordered)
    ]
    widest, index = max(gaps)
    west = ordered[(index + 1) % len(ordered)]
    return (west + 180) % 360 - 180, 360 - widest


def _discs(
    places: Sequence[PlaceView],
    points: Sequence[tuple[float, float]],
    frame: _Frame,
    name_of: Callable[[PlaceView], str],
    size: Type,
) -> list[Dot]:
    """A disc for each place, pushed apart where two would cover each other."""
    true = [
        (frame.x(frame.lon + (lon - frame.lon + 180) % 360 - 180), frame.y(lat))
        for lat, lon in points
    ]
    at = list(true)
    for _ in range(40):
        for one in range(len(at)):
            for other in range(one + 1, len(at)):
                at[one], at[other] = _apart(at[one], at[other], size.disc + 2)
    return [
        Dot(number, view, name_of(view), _rounded(point), _rounded(disc), None)
        for number, (view, point, disc) in enumerate(zip(places, true, at, strict=True), start=1)
    ]


def _apart(one: Point, other: Point, least: float) -> tuple[Point, Point]:
    distance = math.dist(one, other)
    if distance >= least:
        return one, other
    push = (least - distance) / 2
    x, y = ((other[0] - one[0]) / distance, (other[1] - one[1]) / distance) if distance else (1, 0)
    return (one[0] - x * push, one[1] - y * push), (other[0] + x * push, other[1] + y * push)


def _beside(
    dot: Dot, taken: Sequence[_Box], frame: _Frame, size: Type
) -> tuple[Label | None, _Box | None]:
    """Room for a name at one of the sides of its disc, the right one first."""
    width = len(dot.name) * size.letter
    across, up = size.disc / 2 + 4 + width / 2, size.disc / 2 + size.line / 2
    steps = ((1, 0), (-1, 0), (0, -1), (0, 1), (0.9, -0.8), (0.9, 0.8), (-0.9, -0.8), (-0.9, 0.8))
    for x, y in steps:
        middle = (dot.disc[0] + x * across, dot.disc[1] + y * up)
        box = _around(middle, width, size.line)
        if _fits(box, taken, frame):
            at = (middle[0] - _sign(x) * width / 2, middle[1])
            return Label(dot.name, *_per_cent(at, frame.height), _ALIGN[_sign(x)]), box
    return None, None


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _around(middle: Point, width: float, height: float) -> _Box:
    x, y = middle
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _fits(box: _Box, taken: Iterable[_Box], frame: _Frame) -> bool:
    left, top, right, bottom = box
    inside = left >= 4 and top >= 4 and right <= WIDTH - 4 and bottom <= frame.height - 4
    return inside and not any(
        left < other[2] and right > other[0] and top < other[3] and bottom > other[1]
        for other in taken
    )


def _countries(
    countries: Iterable[Country],
    frame: _Frame,
    taken: Sequence[_Box],
    shown: Container[str],
    name_of: Callable[[Country], str],
    *,
    size: Type,
) -> Iterable[Label]:
    """The names of countries that have room for theirs inside their visible part.

    Not of those that are `shown` already, as places.
    """
    boxes = list(taken)
    for country in countries:
        clipped = [ring for ring in _clipped(country.rings, frame) if len(ring) > 2]
        name = name_of(country)
        if name in shown:
            continue
        width = len(name) * size.letter * 1.25
        for middle in _rooms(clipped, width, frame):
            box = _around(middle, width, size.line)
            if _fits(box, boxes, frame):
                boxes.append(box)
                yield Label(name, *_per_cent(middle, frame.height), "center")
                break


def _rooms(rings: Sequence[Sequence[Point]], width: float, frame: _Frame) -> list[Point]:
    """Middles of the stretches inside `rings` that `width` fits into, the widest first."""
    rows = 24
    found = []
    for row in range(1, rows):
        y = frame.height * row / rows
        crossings = sorted(x for ring in rings for x in _crossings(ring, y))
        for enters, leaves in zip(crossings[::2], crossings[1::2], strict=False):
            left, right = max(enters, 0), min(leaves, WIDTH)
            if right - left > width * 1.1:
                found.append((-round(right - left), row, ((left + right) / 2, y)))
                found.append((-round((right - left) / 2), row, ((2 * left + right) / 3, y)))
                found.append((-round((right - left) / 2), row, ((left + 2 * right) / 3, y)))
    return [middle for _, _, middle in sorted(found)]


def _crossings(ring: Sequence[Point], y: float) -> Iterable[float]:
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > y) != (y2 > y):
            yield x1 + (y - y1) * (x2 - x1) / (y2 - y1)


def _scale(frame: _Frame) -> tuple[int, float] | None:
    """A round length for the scale bar; None where no one scale holds over the map."""
    if frame.half_height > 25:
        return None
    width = 2 * frame.half_width * _KM
    exponent = math.floor(math.log10(width / 4))
    length = max(step * 10**exponent for step in (1, 2, 5) if step * 10**exponent <= width / 4)
    return int(length), round(100 * length / width, 2)


def _areas(rings: Iterable[Line], frame: _Frame) -> str:
    return "".join(_path(ring, "Z") for ring in _clipped(rings, frame) if len(ring) > 2)


def _clipped(rings: Iterable[Line], frame: _Frame) -> Iterable[list[Point]]:
    """The outlines cut to the frame with a little around it, so that no cut edge is seen."""
    low, high = (-0.05 * WIDTH, -0.05 * WIDTH), (1.05 * WIDTH, frame.height + 0.05 * WIDTH)
    for ring in _projected(rings, frame, low, high, closed=True):
        points = ring
        for axis in (0, 1):
            points = _cut(points, axis, low[axis], 1)
            points = _cut(points, axis, high[axis], -1)
        yield points


def _projected(
    lines: Iterable[Line], frame: _Frame, low: Point, high: Point, *, closed: bool
) -> Iterable[list[Point]]:
    """Each line as often as it is seen: once, or again beyond the antimeridian."""
    around = 360 * _squeeze(frame.lat) * frame.unit
    for line in lines:
        lons = _unwrapped(line)
        lats = [lat for _, lat in line]
        if closed and abs(lons[-1] - lons[0]) > 180:  # around a pole: close it there
            pole = -90.0 if sum(lats) < 0 else 90.0
            lons += [lons[-1], lons[0]]
            lats += [pole, pole]
        top, bottom = frame.y(max(lats)), frame.y(min(lats))
        if bottom < low[1] or top > high[1]:
            continue
        for turn in (-2, -1, 0, 1, 2):
            left, right = frame.x(min(lons)) + turn * around, frame.x(max(lons)) + turn * around
            if right >= low[0] and left <= high[0]:
                yield [
                    (frame.x(lon) + turn * around, frame.y(lat))
                    for lon, lat in zip(lons, lats, strict=True)
                ]


def _unwrapped(line: Line) -> list[float]:
    """Longitudes that go on beyond ±180 instead of jumping."""
    lons = [line[0][0]]
    for lon, _ in line[1:]:
        lons.append(lons[-1] + (lon - lons[-1] + 180) % 360 - 180)
    return lons


def _cut(points: Sequence[Point], axis: int, edge: float, sign: int) -> list[Point]:
    """Sutherland and Hodgman: what of a polygon lies on one side of an edge."""
    kept: list[Point] = []
    for one, other in zip(points, (*points[1:], *points[:1]), strict=True):
        inside, follows = (sign * (point[axis] - edge) >= 0 for point in (one, other))
        if inside:
            kept.append(one)
        if inside != follows:
            share = (edge - one[axis]) / (other[axis] - one[axis])
            kept.append(
                (one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1]))
            )
    return kept


def _lines(lines: Iterable[Line], frame: _Frame) -> str:
    """Open lines, without the stretches that lie outside."""
    low, high = (-20.0, -20.0), (WIDTH + 20, frame.height + 20)
    parts = []
    for points in _projected(lines, frame, low, high, closed=False):
        run: list[Point] = []
        for one, other in pairwise(points):
            if _touches(one, other, low, high):
                run = run or [one]
                run.append(other)
            elif run:
                parts.append(_path(run, ""))
                run = []
        if run:
            parts.append(_path(run, ""))
    return "".join(parts)


def _touches(one: Point, other: Point, low: Point, high: Point) -> bool:
    return all(
        max(one[axis], other[axis]) >= low[axis] and min(one[axis], other[axis]) <= high[axis]
        for axis in (0, 1)
    )


def _path(points: Sequence[Point], end: str) -> str:
    """An SVG path to half a unit; points that fall together are drawn once."""
    drawn: list[str] = []
    for x, y in points:
        step = f"{round(x * 2) / 2:g},{round(y * 2) / 2:g}"
        if not drawn or drawn[-1] != step:
            drawn.append(step)
    return f"M{'L'.join(drawn)}{end}" if len(drawn) > 1 else ""


def _rounded(point: Point) -> Point:
    return round(point[0], 1), round(point[1], 1)


def _per_cent(point: Point, height: float) -> Point:
    return round(100 * point[0] / WIDTH, 2), round(100 * point[1] / height, 2)
