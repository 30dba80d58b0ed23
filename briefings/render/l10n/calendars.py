"""How days, months, years and spans of them are written, in one calendar of one language."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Literal, Protocol, TypeAlias

import babel
from babel.dates import format_date, format_skeleton

from briefings.core.edtf import Precision
from briefings.core.solar import FIRST, LAST, solar
from briefings.core.values import dataclass
from briefings.render.l10n.cldr import written
from briefings.render.l10n.conventions import Conventions, digits

Width: TypeAlias = Literal["long", "short"]

_PERSIAN = digits("arabext")
_MONTHS = {"long": "yMMMM", "short": "yMMM"}
# Not where a language writes the whole name in any case: five letters mean the first one alone.
_SHORT_MONTH = re.compile("(?<!M)MMM(?!M)")


class Calendar(Protocol):
    """Words for dates, without brackets or qualifiers."""

    def day(self, value: date, width: Width) -> str:
        """`7 December 2025`."""

    def without_year(self, value: date, width: Width) -> str:
        """`7 December`."""

    def weekday(self, value: date) -> str:
        """`Sunday`."""

    def month(self, value: date, width: Width) -> str:
        """`December 2025`."""

    def year(self, value: date) -> str:
        """`2025`."""

    def span(self, first: date, last: date, width: Width) -> str:
        """`8–14 December 2025`: whatever the two have in common is left out at the first.

        Args:
            first: The first day.
            last: The last, which may be the same.
            width: Whether months are written in full.
        """


@dataclass(frozen=True, slots=True)
class ByBabel:
    """The common calendar as Babel has it."""

    locale: babel.Locale

    def day(self, value: date, width: Width) -> str:
        form = "long" if width == "long" else "medium"
        return _by_form(value, form, self.locale)

    def without_year(self, value: date, width: Width) -> str:
        return self._by("MMMMd" if width == "long" else "MMMd", value)

    def weekday(self, value: date) -> str:
        return _by_form(value, "EEEE", self.locale)

    def month(self, value: date, width: Width) -> str:
        return self._by(_MONTHS[width], value)

    def year(self, value: date) -> str:
        return self._by("y", value)

    def span(self, first: date, last: date, width: Width) -> str:
        if first == last:
            return self.day(first, width)
        pairs = ("y", first.year, last.year), ("M", first.month, last.month), ("d", 0, 1)
        field = next(name for name, begins, ends in pairs if begins != ends)
        forms = self.locale.interval_formats["yMMMd"][field]
        if width == "long":
            forms = [_SHORT_MONTH.sub("MMMM", form) for form in forms]
        return "".join(
            _by_form(day, form, self.locale) for day, form in zip((first, last), forms, strict=True)
        )

    def _by(self, skeleton: str, value: date) -> str:
        return _by_skeleton(value, skeleton, self.locale)


# A page writes few days, each many times.
@lru_cache(maxsize=1024)
def _by_form(value: date, form: str, locale: babel.Locale) -> str:
    return written(format_date(value, form, locale=locale), locale)


@lru_cache(maxsize=1024)
def _by_skeleton(value: date, skeleton: str, locale: babel.Locale) -> str:
    return written(format_skeleton(skeleton, value, locale=locale), locale)


@dataclass(frozen=True, slots=True)
class ByHand:
    """A calendar by our own conventions: day, month and year in this order, in Persian digits.

    `parts` turns a day into its year, month and day of the month. Names of months have one length.
    """

    conventions: Conventions
    months: tuple[str, ...]
    parts: Callable[[date], tuple[int, int, int]]

    def day(self, value: date, width: Width) -> str:
        return f"{self.without_year(value, width)} {self.year(value)}"

    def without_year(self, value: date, width: Width) -> str:  # noqa: ARG002 # as of Calendar
        _, month, day = self.parts(value)
        return f"{_digits(day)} {self.months[month - 1]}"

    def weekday(self, value: date) -> str:
        return self.conventions.weekdays[value.weekday()]

    def month(self, value: date, width: Width) -> str:  # noqa: ARG002 # as of Calendar
        return f"{self._month(value)} {self.year(value)}"

    def year(self, value: date) -> str:
        return _digits(self.parts(value)[0])

    def span(self, first: date, last: date, width: Width) -> str:
        if first == last:
            return self.day(first, width)
        (year, month, day), (last_year, last_month, _) = self.parts(first), self.parts(last)
        if year != last_year:
            begin = self.day(first, width)
        elif month != last_month:
            begin = self.without_year(first, width)
        else:
            begin = _digits(day)
        return self._joined(begin, self.day(last, width))

    def cover(self, first: date, last: date, precision: Precision) -> str:
        """The days, months or years of this calendar that hold every day from `first` to `last`.

        They may hold more: a month of the common calendar lies in two of the solar one.

        Args:
            first: The first day of all.
            last: The last.
            precision: How exactly they are known in the common calendar.
        """
        if precision is Precision.DAY:
            return self.span(first, last, "long")
        (year, month, _), (last_year, last_month, _) = self.parts(first), self.parts(last)
        if precision is not Precision.MONTH:
            return self.year(first) if year == last_year else self._dashed(first, last, self.year)
        if year != last_year:
            return f"{self.month(first, 'long')} – {self.month(last, 'long')}"
        if month != last_month:
            return f"{self._dashed(first, last, self._month)} {self.year(last)}"
        return self.month(last, "long")

    def _month(self, value: date) -> str:
        return self.months[self.parts(value)[1] - 1]

    def _joined(self, begin: str, end: str) -> str:
        before, between = self.conventions.span
        return f"{before}{begin}{between}{end}"

    @staticmethod
    def _dashed(first: date, last: date, form: Callable[[date], str]) -> str:
        return f"{form(first)}–{form(last)}"


def common(conventions: Conventions, locale: babel.Locale) -> Calendar:
    """The calendar that dates are recorded in."""
    if not conventions.months:
        return ByBabel(locale)
    return ByHand(conventions, conventions.months, _common_parts)


def beside(conventions: Conventions) -> ByHand | None:
    """The solar calendar, where the language has names for its months."""
    if not conventions.solar_months:
        return None
    return ByHand(conventions, conventions.solar_months, _solar_parts)


def covered(first: date, last: date) -> bool:
    """Whether the solar calendar can tell these days."""
    return first >= FIRST and last <= LAST


def _common_parts(value: date) -> tuple[int, int, int]:
    return value.year, value.month, value.day


def _solar_parts(value: date) -> tuple[int, int, int]:
    day = solar(value)
    assert day is not None
    return day.year, day.month, day.day


def _digits(number: int) -> str:
    return str(number).translate(_PERSIAN)
