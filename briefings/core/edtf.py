"""Dates that are partial, approximate or open: EDTF (ISO 8601-2:2019) levels 0 and 1, in part.

Read are: `2025-12-07`, `2025-12`, `2025`, `2025-12-XX`, `2025-XX`, `202X`, `20XX`, the
qualifiers `~` (approximate), `?` (uncertain) and `%` (both) after a whole date, and intervals
`a/b`, `a/..` (open end), `../b` (open start), `a/` and `/b` (unknown end or start). Not read:
times of day, seasons, years beyond 1–9999 and sets (level 2).
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from enum import StrEnum
from functools import lru_cache

from briefings.core.values import dataclass

DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
"""The form of a calendar day, as a regular expression of Python and of ECMA 262 alike."""

_MOMENT = r"(?:[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?:[0-9]{2}|XX)(?:-(?:[0-9]{2}|XX))?)?[~?%]?"
PATTERN = rf"(?:{_MOMENT}|{_MOMENT}/(?:{_MOMENT}|\.\.)?|(?:\.\.)?/{_MOMENT})"
"""The form of all that `parse` reads, likewise; it tells no 30 February from a day."""

_DATE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)"
    r"(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?"
    r"(?P<qualifier>[~?%]?)"
)


class Precision(StrEnum):
    """The finest part of a date that is stated."""

    CENTURY = "century"
    DECADE = "decade"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Moment:
    """One EDTF date: the first and the last day that it may stand for."""

    first: date
    last: date
    precision: Precision
    approximate: bool = False
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date or an interval. `start` and `end` are the same `Moment` unless it is an interval.

    In an interval `None` stands for an end that is open or unknown.
    """

    text: str
    start: Moment | None
    end: Moment | None
    interval: bool

    @property
    def earliest(self) -> date | None:
        """The first day that it may cover; None if it is open or unknown to the past."""
        return self.start.first if self.start else None

    @property
    def latest(self) -> date | None:
        """The last day that it may cover; None if it is open or unknown to the future."""
        return self.end.last if self.end else None

    @property
    def is_day(self) -> bool:
        """Whether it names one single, certain day."""
        return (
            not self.interval
            and self.start is not None
            and self.start.precision is Precision.DAY
            and not (self.start.approximate or self.start.uncertain)
        )


@lru_cache(maxsize=4096)  # a base has its days many times, and few of them
def parse(text: str) -> Edtf:
    """Read a date as EDTF writes it: ISO 8601-2:2019, of levels 0 and 1 what `Edtf` can hold.

    Args:
        text: Such as `2024-03`, `2024-03-05~`, `202X`, or an interval with one slash, of which one
            end may be open.

    Raises:
        ValueError: It is no such date; the message says in one lower-case clause why.
    """
    if "/" not in text:
        moment = _moment(text)
        return Edtf(text, moment, moment, interval=False)
    parts = text.split("/")
    if len(parts) != 2:
        raise ValueError("an interval has one slash")
    start, end = (None if part in ("", "..") else _moment(part) for part in parts)
    if start is None and end is None:
        raise ValueError("an interval needs at least one end")
    if start and end and end.last < start.first:
        raise ValueError("the interval ends before it begins")
    return Edtf(text, start, end, interval=True)


def parse_day(text: str) -> date:
    """Read a plain calendar day of ISO 8601, `YYYY-MM-DD`, and nothing vaguer.

    Raises:
        ValueError: It is none; the message says in one lower-case clause why.
    """
    if not re.fullmatch(DAY, text):
        raise ValueError("a day is written as YYYY-MM-DD")
    return _day(int(text[:4]), int(text[5:7]), int(text[8:]))


def _moment(text: str) -> Moment:
    match = _DATE.fullmatch(text) if text.isascii() else None
    if match is None:
        raise ValueError("it is not of the form YYYY-MM-DD, YYYY-MM or YYYY")
    year, month, day, qualifier = match.group("year", "month", "day", "qualifier")
    flags = {"approximate": qualifier in ("~", "%"), "uncertain": qualifier in ("?", "%")}
    if month == "XX" and day not in (None, "XX"):
        raise ValueError("a day needs its month")
    if "X" in year and month is not None:
        raise ValueError("a month needs its whole year")
    if "X" in year:
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        precision = Precision.CENTURY if year.endswith("XX") else Precision.DECADE
        return Moment(_day(max(low, 1), 1, 1), _day(high, 12, 31), precision, **flags)
    number = int(year)
    if month in (None, "XX"):
        return Moment(_day(number, 1, 1), _day(number, 12, 31), Precision.YEAR, **flags)
    if 21 <= int(month) <= 24 and day is None:
        raise ValueError("it names a season, which falls in other months elsewhere")
    first = _day(number, int(month), 1)
    if day in (None, "XX"):
        last = calendar.monthrange(number, int(month))[1]
        return Moment(first, first.replace(day=last), Precision.MONTH, **flags)
    only = _day(number, int(month), int(day))
    return Moment(only, only, Precision.DAY, **flags)


def _day(year: int, month: int, day: int) -> date:
    if not 1 <= year <= 9999:
        raise ValueError("the year is out of range")
    if not 1 <= month <= 12:
        raise ValueError("the month is out of range")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError("the day is out of range for its month")
    return date(year, month, day)
