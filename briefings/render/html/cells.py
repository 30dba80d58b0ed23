"""The cells of a grid that a style puts elements into, and whether two of these meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from briefings.render.html.declared import Declared

_Lines: TypeAlias = tuple[float, float] | str
"""From which line to which, or the name of an area."""

_EDGES = ("row-start", "column-start", "row-end", "column-end")
_NUMBER = re.compile(r"[-+]?\d{1,9}")
_LAST = float("inf")


class Cell(NamedTuple):
    """Where an element is put, by a declaration of that number, and within which at-rules."""

    rows: _Lines
    columns: _Lines
    within: tuple[str, ...]
    number: int


def cell_of(declared: Iterable[tuple[int, Declared, str]]) -> Cell | None:
    """The cell that declarations name, a later one before those above; None if they leave it open.

    Args:
        declared: Each with its number, and its value without variables.
    """
    edges: dict[str, str] = {}
    last: tuple[int, tuple[str, ...]] = (0, ())
    for number, each, value in declared:
        found = dict(_edges(each.name, value))
        if found:
            edges |= found
            last = number, each.within
    rows, columns = (_lines(edges, axis) for axis in ("row", "column"))
    return None if rows is None or columns is None else Cell(rows, columns, last[1], last[0])


def meet(one: Cell, other: Cell) -> bool:
    """Whether two cells of one grid lie upon each other, at the same time."""
    is_at_once = one.within == other.within or not one.within or not other.within
    return is_at_once and _cross(one.rows, other.rows) and _cross(one.columns, other.columns)


def _edges(name: str, value: str) -> Iterator[tuple[str, str]]:
    if not name.startswith("grid-"):
        return
    parts = [part.strip() for part in value.split("/")]
    what = name.removeprefix("grid-")
    if what in _EDGES:
        yield what, parts[0]
    elif what == "area":
        is_name = len(parts) == 1 and not _NUMBER.match(parts[0])
        yield from zip(_EDGES, parts * 4 if is_name else [*parts, *["auto"] * 4], strict=False)
    elif what in ("row", "column"):
        yield f"{what}-start", parts[0]
        yield f"{what}-end", parts[1] if len(parts) > 1 else "auto"


def _lines(edges: dict[str, str], axis: str) -> _Lines | None:
    first, last = (edges.get(f"{axis}-{edge}", "auto") for edge in ("start", "end"))
    if first == "auto" or first.startswith("span"):
        return None
    if not _NUMBER.fullmatch(first):
        return first
    start = _line(first)
    spanned = re.fullmatch(r"span\s+(\d{1,9})", last)
    if spanned is not None:
        return start, start + int(spanned[1])
    end = _line(last) if _NUMBER.fullmatch(last) else start + 1
    return min(start, end), max(start, end)


def _line(number: str) -> float:
    # How many lines there are is not known: those that are counted from the end are the last.
    return int(number) if int(number) > 0 else _LAST


def _cross(one: _Lines, other: _Lines) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return one == other or (one[0] < other[1] and other[0] < one[1])
