"""Coasts and borders of the world, read from Natural Earth's TopoJSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeAlias

import babel
from babel.core import get_global

from briefings.core import files
from briefings.core.pycache import kept
from briefings.core.values import dataclass

_BESIDE = Path(__file__).with_name("atlas.json")
"""Beside this module the last topology is kept as it was decoded."""

_PlainLine: TypeAlias = tuple[tuple[float, ...], tuple[float, ...], float, float, float, float]
_Table: TypeAlias = tuple[
    tuple[_PlainLine, ...],
    tuple[_PlainLine, ...],
    tuple[tuple[str | None, str, tuple[_PlainLine, ...]], ...],
]


@dataclass(frozen=True, slots=True)
class Line:
    """A line or outline in degrees, point by point, and how far it reaches; never empty.

    Longitudes go on beyond ±180 instead of jumping, so one line may lie east or west of itself.
    """

    lons: tuple[float, ...]
    lats: tuple[float, ...]
    west: float
    east: float
    south: float
    north: float


@dataclass(frozen=True, slots=True)
class Country:
    """One entry of the map: its ISO 3166-1 alpha-2 code, where it has one, and its outlines."""

    code: str | None
    name: str
    rings: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """The world: the outlines of all land, the lines between countries, the countries.

    Two are the same only if they are one: that lets what is drawn of it be kept.
    """

    land: tuple[Line, ...]
    borders: tuple[Line, ...]
    countries: tuple[Country, ...]


@lru_cache(maxsize=2)
def atlas(topojson: str) -> Atlas:
    """Decode a quantized topology with the objects `land` and `countries`."""
    inputs = (topojson.encode(), *_code())
    table: _Table = kept(_BESIDE, inputs, lambda: _table(topojson)) or _table(topojson)
    land, borders, countries = table
    return Atlas(
        tuple([Line(*line) for line in land]),
        tuple([Line(*line) for line in borders]),
        tuple(
            [
                Country(code, name, tuple([Line(*line) for line in rings]))
                for code, name, rings in countries
            ]
        ),
    )


def _code() -> tuple[bytes, ...]:
    """What decides on what is made of a topology: this module, and what Babel says of countries."""
    return files.own(_BESIDE.parent, Path(__file__).name), babel.__version__.encode()


def _table(topojson: str) -> _Table:
    """An atlas as plain values."""
    data: dict[str, Any] = json.loads(topojson)  # Any: our own data file, of a known shape
    arcs = [_arc(arc, data["transform"]) for arc in data["arcs"]]
    shapes = data["objects"]["countries"]["geometries"]
    owners = Counter(
        arc if arc >= 0 else ~arc
        for shape in shapes
        for arc in {index if index >= 0 else ~index for ring in _rings(shape) for index in ring}
    )
    land = (
        _outline(_joined(ring, arcs))
        for shape in data["objects"]["land"]["geometries"]
        for ring in _rings(shape)
    )
    borders = (_unwrapped(arcs[index]) for index, count in sorted(owners.items()) if count > 1)
    countries = (
        (
            _alpha2(shape.get("id")),
            shape["properties"]["name"],
            tuple(_plain(_outline(_joined(ring, arcs))) for ring in _rings(shape)),
        )
        for shape in shapes
    )
    return tuple(map(_plain, land)), tuple(map(_plain, borders)), tuple(countries)


def _plain(line: Line) -> _PlainLine:
    return line.lons, line.lats, line.west, line.east, line.south, line.north


def _outline(line: Line) -> Line:
    """A closed line; one that goes around a pole is closed there."""
    plain = _unwrapped(line)
    if abs(plain.lons[-1] - plain.lons[0]) <= 180:
        return plain
    pole = -90.0 if sum(plain.lats) < 0 else 90.0
    around = (plain.lons[-1], plain.lons[0])
    return _reaching((*plain.lons, *around), (*plain.lats, pole, pole))


def _unwrapped(line: Line) -> Line:
    if line.east - line.west < 180:  # as nearly all: it never jumps
        return line
    lons = [line.lons[0]]
    for lon in line.lons[1:]:
        lons.append(lons[-1] + (lon - lons[-1] + 180) % 360 - 180)
    return _reaching(tuple(lons), line.lats)


def _reaching(lons: tuple[float, ...], lats: tuple[float, ...]) -> Line:
    return Line(lons, lats, min(lons), max(lons), min(lats), max(lats))


def _arc(deltas: Sequence[Sequence[int]], transform: dict[str, Sequence[float]]) -> Line:
    (across, up), (west, south) = transform["scale"], transform["translate"]
    easts, norths = (accumulate(steps) for steps in zip(*deltas, strict=True))
    lons = tuple([x * across + west for x in easts])
    return _reaching(lons, tuple([y * up + south for y in norths]))


def _rings(shape: dict[str, Any]) -> Iterable[Sequence[int]]:
    if shape["type"] == "Polygon":
        yield from shape["arcs"]
    elif shape["type"] == "MultiPolygon":
        for polygon in shape["arcs"]:
            yield from polygon


def _joined(ring: Sequence[int], arcs: Sequence[Line]) -> Line:
    """Arcs one after the other, each from the point where the one before it ends."""
    lons: list[float] = []
    lats: list[float] = []
    parts = [arcs[index] if index >= 0 else arcs[~index] for index in ring]
    for index, part in zip(ring, parts, strict=True):
        step = 1 if index >= 0 else -1
        lons += part.lons[::step][bool(lons) :]
        lats += part.lats[::step][bool(lats) :]
    return Line(
        tuple(lons),
        tuple(lats),
        west=min(part.west for part in parts),
        east=max(part.east for part in parts),
        south=min(part.south for part in parts),
        north=max(part.north for part in parts),
    )


def _alpha2(number: str | None) -> str | None:
    """`AF` for `004`; CLDR keeps the numeric codes as aliases."""
    if number is None:
        return None
    codes = get_global("territory_aliases").get(number)
    return str(codes[0]) if codes else None
