"""Times between days and hours that quotes name, “ten days later”, and the quarters of years."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import combinations

from briefings.check.quantities.lexicon import lexicon
from briefings.check.quantities.quantity import Bound, Day, Kind, Quantity
from briefings.check.quantities.units import TIMES, measure
from briefings.core.languages import primary

_COUNTED = frozenset({Bound.NONE, Bound.EXACTLY, Bound.ABOUT})
_MINUTE, _HOUR, _DAY = (measure(name).factor for name in ("minute", "hour", "day"))
_YEAR = measure("year").factor
_WORD = re.compile(r"[\s-]+([^\W\d_]+)")
_MONTHS, _HALF = 12, 2


def lies_between(stated: Quantity, named: Iterable[Quantity], days: Collection[date]) -> bool:
    """Whether a time of a text is that between two days, months, years or hours.

    Where no quote names a time of that unit, which it should have said then.

    Args:
        stated: The time, as a text states it.
        named: The figures of its quotes.
        days: The whole days that these name, and that on which its fact happened.
    """
    unit = stated.unit
    if stated.kind is not Kind.NUMBER or unit is None or unit.dimension not in TIMES:
        return False
    read = [reading for each in named for reading in each.readings]
    if any(each.unit == unit for each in read) or stated.bound not in _COUNTED or stated.upper:
        return False
    return stated.value * unit.factor in _between(stated, read, days)


def part_of_a_year(figure: Quantity, text: str, language: str) -> range | None:
    """The months of “the third quarter” or “the first half”; None of what is no such part.

    Args:
        figure: Perhaps its ordinal.
        text: Where that stands.
        language: The language of the text.
    """
    if all(each.kind is not Kind.ORDINAL for each in figure.readings):
        return None
    behind = _WORD.match(text, figure.end)
    phrases = lexicon(primary(language)).phrases.get(behind[1].lower(), ()) if behind else ()
    length = next((int(each["year-part"]) for _, each in phrases if "year-part" in each), 0)
    last = int(figure.value) * length
    return range(last - length + 1, last + 1) if 0 < last <= _MONTHS else None


def _between(stated: Quantity, read: list[Quantity], days: Collection[date]) -> Iterator[Fraction]:
    """How much time lies between any two of them, in the least unit of its dimension."""
    unit = stated.unit
    if unit is not None and unit.dimension == "time":
        if unit.factor < _DAY:
            hours = {each.value for each in read if each.kind is Kind.TIME}
            yield from (abs(one - other) * _MINUTE for one, other in combinations(hours, 2))
        else:
            apart = {abs((one - other).days) for one, other in combinations(set(days), 2)}
            yield from (each * _DAY for each in apart)
            yield from ((each + 1) * _DAY for each in apart)  # “from 9 to 12 September”
    elif unit is not None and unit.factor == _YEAR:
        years = {each.day.year for each in read if each.day is not None} - {None}
        years |= {int(each.value) for each in read if each.may_be_year}
        years |= {each.year for each in days}
        yield from (
            abs(one - other) * _YEAR for one, other in combinations(years, 2) if one and other
        )
        if stated.value.denominator == _HALF:  # “two and a half years”
            yield from (each * _YEAR / _MONTHS for each in _in_months(read))
    else:
        yield from _in_months(read)


def _in_months(read: list[Quantity]) -> Iterator[Fraction]:
    months = {each.day for each in read if each.day is not None and each.day.month is not None}
    for one, other in combinations(months, 2):
        # “from July to September” are three months, the first and the last counted
        yield from (Fraction(_months(one, other) + each) for each in (0, 1))


def _months(one: Day, other: Day) -> int:
    first, last = one.month or 0, other.month or 0
    if one.year is None or other.year is None:
        return abs(last - first)
    return abs((other.year - one.year) * _MONTHS + last - first)
