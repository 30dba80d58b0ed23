"""Weeks and months of the calendar as periods."""

from __future__ import annotations

import calendar
import re
from datetime import date

from briefings.core.spec import Window

_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


def week(text: str) -> Window:
    """The days of a week of ISO 8601, Monday to Sunday.

    Args:
        text: Such as `2025-W50`.

    Raises:
        ValueError: The year has no such week, or it is written otherwise.
    """
    match = _WEEK.fullmatch(text)
    if not match:
        raise ValueError("write weeks as YYYY-Www, such as 2025-W50")
    year, number = int(match[1]), int(match[2])
    try:
        monday = date.fromisocalendar(year, number, 1)
    except (ValueError, OverflowError):
        raise ValueError(f"{year} has no week {number}") from None
    return Window(monday, moved(monday, 6))


def month(text: str) -> Window:
    """The days of a calendar month.

    Args:
        text: Such as `2025-12`.

    Raises:
        ValueError: There is no such month, or it is written otherwise.
    """
    match = _MONTH.fullmatch(text)
    if not match:
        raise ValueError("write months as YYYY-MM, such as 2025-12")
    year, number = int(match[1]), int(match[2])
    if year == 0 or not 1 <= number <= 12:
        raise ValueError("there is no such month")
    last = calendar.monthrange(year, number)[1]
    return Window(date(year, number, 1), date(year, number, last))


def moved(day: date, days: int) -> date:
    """A day moved by so many, but not out of the calendar, which begins and ends somewhere."""
    ordinal = day.toordinal() + days
    return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal()))


def week_name(day: date) -> str:
    """The ISO week that `day` lies in: `2025-W50`."""
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}"


def last_full_week(today: date) -> str:
    """The latest ISO week that has ended by the end of `today`."""
    return week_name(moved(today, -(today.isoweekday() % 7)))
