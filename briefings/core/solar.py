"""Days of the Solar Hijri calendar, in which Iran and Afghanistan count, by arithmetic."""

from __future__ import annotations

from datetime import date

from briefings.core.values import dataclass

_EPOCH = date(622, 3, 21).toordinal()
_LONG_MONTHS = 6  # of 31 days; the others have 30, the last of a common year 29

FIRST = date(1799, 3, 21)
LAST = date(2255, 3, 20)
"""The years 1178 to 1633, in which eight leap years in 33 agree with the observed equinox."""


@dataclass(frozen=True, slots=True, order=True)
class SolarDay:
    """A day by year, month (from 1) and day of the month."""

    year: int
    month: int
    day: int


def solar(value: date) -> SolarDay | None:
    """The Solar Hijri day that begins with `value`; None where the arithmetic is no proof."""
    if not FIRST <= value <= LAST:
        return None
    ordinal = value.toordinal()
    year = value.year - 621
    if ordinal < _new_year(year):
        year -= 1
    passed = ordinal - _new_year(year)
    if passed < _LONG_MONTHS * 31:
        return SolarDay(year, passed // 31 + 1, passed % 31 + 1)
    passed -= _LONG_MONTHS * 31
    return SolarDay(year, _LONG_MONTHS + passed // 30 + 1, passed % 30 + 1)


def gregorian(value: SolarDay) -> date:
    """The day of the Gregorian calendar that a day of the solar Hijri calendar is.

    Leap years follow the 33-year cycle, as `solar` counts them.

    Raises:
        ValueError: The month has no such day.
    """
    months = value.month - 1
    begins = _new_year(value.year) + 30 * months + min(months, _LONG_MONTHS)
    day = date.fromordinal(begins + value.day - 1)
    if solar(day) != value:
        raise ValueError(f"there is no day {value.year}-{value.month}-{value.day}")
    return day


def _new_year(year: int) -> int:
    """The ordinal of the first day of a year."""
    return _EPOCH + 365 * (year - 1) + (8 * year + 21) // 33
