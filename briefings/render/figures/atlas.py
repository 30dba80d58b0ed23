"""Coasts and borders of the world, read from Natural Earth's TopoJSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from babel.core import get_global

Line: TypeAlias = tuple[tuple[float, float], ...]
"""Longitude and latitude in degrees, point by point."""


@dataclass(frozen=True, slots=True)
class Country:
    """One entry of the map: its ISO 3166-1 alpha-2 code, where it has one, and its outlines."""

    code: str | None
    name: str
    rings: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Atlas:
    """The world: the outlines of all land, the lines between countries, the countries."""

    land: tuple[Line, ...]
    borders: tuple[Line, ...]
    countries: tuple[Country, ...]


@lru_cache(maxsize=2)
def atlas(topojson: str) -> Atlas:
    """Decode a quantized topology with the objects `land` and `countries`."""
    data: dict[str, Any] = json.loads(topojson)  # Any: our own data file, of a known shape
    arcs = [_arc(arc, data["transform"]) for arc in data["arcs"]]
    shapes = data["objects"]["countries"]["geometries"]
    owners = Counter(
        arc if arc >= 0 else ~arc
        for shape in shapes
        for arc in {one if one >= 0 else ~one for ring in _rings(shape) for one in ring}
    )
    return Atlas(
        land=tuple(
            _joined(ring, arcs)
            for shape in data["objects"]["land"]["geometries"]
            for ring in _rings(shape)
        ),
        borders=tuple(arcs[index] for index, count in sorted(owners.items()) if count > 1),
        countries=tuple(
            Country(
                _alpha2(shape.get("id")),
                shape["properties"]["name"],
                tuple(_joined(ring, arcs) for ring in _rings(shape)),
            )
            for shape in shapes
        ),
    )


def _arc(deltas: Sequence[Sequence[int]], transform: dict[str, Sequence[float]]) -> Line:
    (across, up), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step in deltas:
        x, y = x + step[0], y + step[1]
        points.append((x * across + west, y * up + south))
    return tuple(points)


def _rings(shape: dict[str, Any]) -> Iterable[Sequence[int]]:
    if shape["type"] == "Polygon":
        yield from shape["arcs"]
    elif shape["type"] == "MultiPolygon":
        for polygon in shape["arcs"]:
            yield from polygon


def _joined(ring: Sequence[int], arcs: Sequence[Line]) -> Line:
    points: list[tuple[float, float]] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return tuple(points)


def _alpha2(number: str | None) -> str | None:
    """`AF` for `004`; CLDR keeps the numeric codes as aliases."""
    if number is None:
        return None
    found = get_global("territory_aliases").get(number)
    return str(found[0]) if found else None
