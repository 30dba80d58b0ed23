"""A cut-out of the world around some places, and the lines of an atlas drawn inside it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from briefings.core.values import dataclass
from briefings.render.figures.atlas import Atlas, Country, Line

Point: TypeAlias = tuple[float, float]

WIDTH = 1000.0
"""The width of every drawing, in its units."""

_SMALLEST = 3.5  # degrees from the middle to the edge: closer, the outlines get coarse


@dataclass(frozen=True, slots=True)
class Frame:
    """An equirectangular cut-out, true to scale at its middle latitude."""

    lon: float
    lat: float
    half_width: float
    half_height: float

    @property
    def unit(self) -> float:
        """How many units of the drawing a degree of latitude takes."""
        return WIDTH / (2 * self.half_width)

    @property
    def height(self) -> float:
        """The height of the drawing in units; it is `WIDTH` wide."""
        return round(2 * self.half_height * self.unit, 1)

    def x(self, lon: float) -> float:
        """Units from the left edge; `lon` may go beyond ±180, it is not wrapped."""
        return ((lon - self.lon) * _squeeze(self.lat) + self.half_width) * self.unit

    def y(self, lat: float) -> float:
        """Units from the upper edge; `lat` may lie beyond it."""
        return (self.lat + self.half_height - lat) * self.unit


def frame_around(points: Sequence[tuple[float, float]]) -> Frame:
    """The cut-out around places, given by latitude and longitude, that leaves room beside them."""
    lats = [lat for lat, _ in points]
    lat = (min(lats) + max(lats)) / 2
    west, span = _arc_of([lon for _, lon in points])
    lon = west + span / 2
    wide = max(span / 2 * _squeeze(lat) * 1.3, _SMALLEST)
    high = max((max(lats) - min(lats)) / 2 * 1.45, _SMALLEST / 2)
    ratio = min(max(high / wide, 0.46), 0.6)
    wide = min(max(wide, high / ratio), 180 * _squeeze(lat))
    return Frame(lon, lat, wide, wide * ratio)


@dataclass(frozen=True, slots=True)
class Cutout:
    """What is seen of the world in a frame: SVG paths, and the outlines of each country seen."""

    land: str
    borders: str
    countries: tuple[tuple[Country, tuple[tuple[Point, ...], ...]], ...]


@lru_cache(maxsize=16)
def cutout(world: Atlas, frame: Frame) -> Cutout:
    """The cut-out is the same in each language and medium: it is drawn once."""
    seen = ((country, _clipped(country.rings, frame)) for country in world.countries)
    return Cutout(
        land=outline(_clipped(world.land, frame)),
        borders=_lines(world.borders, frame),
        countries=tuple((country, rings) for country, rings in seen if rings),
    )


def outline(rings: Iterable[Sequence[Point]]) -> str:
    """The outlines of a country of a cut-out as an SVG path."""
    return "".join(_path(ring, "Z") for ring in rings)


def _lines(drawn: Iterable[Line], frame: Frame) -> str:
    """Open lines as an SVG path, without the stretches that lie outside."""
    low, high = (-20.0, -20.0), (WIDTH + 20, frame.height + 20)
    parts = []
    for points in _projected(drawn, frame, low, high):
        stretch: list[Point] = []
        for start, end in pairwise(points):
            if _touches(start, end, low, high):
                stretch = stretch or [start]
                stretch.append(end)
            elif stretch:
                parts.append(_path(stretch, ""))
                stretch = []
        if stretch:
            parts.append(_path(stretch, ""))
    return "".join(parts)


def _clipped(rings: Iterable[Line], frame: Frame) -> tuple[tuple[Point, ...], ...]:
    """What is left of outlines cut to the frame with a little around it: no cut edge is seen."""
    kept: list[tuple[Point, ...]] = []
    low, high = (-0.05 * WIDTH, -0.05 * WIDTH), (1.05 * WIDTH, frame.height + 0.05 * WIDTH)
    for ring in _projected(rings, frame, low, high):
        points = ring
        for axis in (0, 1):
            for edge, sign in ((low[axis], 1), (high[axis], -1)):
                # A ring that lies on the inner side altogether stays as it is.
                places = [point[axis] for point in points] or [edge]
                if (min(places) < edge) if sign > 0 else (max(places) > edge):
                    points = _cut(points, axis, edge, sign)
        if len(points) > 2:
            kept.append(tuple(points))
    return tuple(kept)


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


def _squeeze(lat: float) -> float:
    """How much shorter a degree of longitude is there; never quite nothing."""
    return max(math.cos(math.radians(lat)), 0.1)


def _projected(
    lines: Iterable[Line], frame: Frame, low: Point, high: Point
) -> Iterator[list[Point]]:
    """Each line as often as it is seen: once, or again beyond the antimeridian."""
    # As `Frame.x` and `Frame.y` have it, many times over.
    squeeze, unit = _squeeze(frame.lat), frame.unit
    middle, half_width, highest = frame.lon, frame.half_width, frame.lat + frame.half_height
    around = 360 * squeeze * unit
    turns = [turn * around for turn in (-2, -1, 0, 1, 2)]
    for line in lines:
        top, bottom = (highest - line.north) * unit, (highest - line.south) * unit
        if bottom < low[1] or top > high[1]:
            continue
        west = ((line.west - middle) * squeeze + half_width) * unit
        east = ((line.east - middle) * squeeze + half_width) * unit
        for turn in turns:
            if east + turn >= low[0] and west + turn <= high[0]:
                xs = [((lon - middle) * squeeze + half_width) * unit + turn for lon in line.lons]
                ys = [(highest - lat) * unit for lat in line.lats]
                yield list(zip(xs, ys, strict=True))


def _cut(points: Sequence[Point], axis: int, edge: float, sign: int) -> list[Point]:
    """Sutherland and Hodgman: what of a polygon lies on one side of an edge."""
    kept: list[Point] = []
    for start, end in zip(points, (*points[1:], *points[:1]), strict=True):
        inside, follows = sign * (start[axis] - edge) >= 0, sign * (end[axis] - edge) >= 0
        if inside:
            kept.append(start)
        if inside != follows:
            share = (edge - start[axis]) / (end[axis] - start[axis])
            kept.append(
                (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
            )
    return kept


def _touches(start: Point, end: Point, low: Point, high: Point) -> bool:
    return all(
        max(start[axis], end[axis]) >= low[axis] and min(start[axis], end[axis]) <= high[axis]
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
