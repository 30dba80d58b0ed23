"""The solar calendar: its arithmetic against another's, and what it says of vague dates."""

from __future__ import annotations

import re
from datetime import date, timedelta

import jdatetime
import pytest
from breadth import cases
from hypothesis import given
from hypothesis import strategies as st

from briefings.core.edtf import Precision
from briefings.core.solar import FIRST, LAST, SolarDay, gregorian, solar
from briefings.render.l10n.calendars import ByHand, beside, covered
from briefings.render.l10n.conventions import conventions

DAYS = st.dates(FIRST, LAST)
LANGUAGES = ("fa", "fa-AF", "ps")
NUMBERED = tuple(f"m{number}" for number in range(1, 13))


def _parts(value: date) -> tuple[int, int, int]:
    parts = solar(value)
    assert parts is not None
    return parts.year, parts.month, parts.day


PLAIN = ByHand(conventions(("fa",)), NUMBERED, _parts)


def test_every_day_of_two_centuries_is_as_another_program_has_it() -> None:
    """The oracle finds leap years in another way; one day of three shows each of these."""
    day = date(1900, 1, 1)
    while day < date(2100, 1, 1):
        ours, known = solar(day), jdatetime.date.fromgregorian(date=day)
        assert ours == SolarDay(known.year, known.month, known.day), day
        day += timedelta(cases([3], 1)[-1])


@given(DAYS)
def test_there_and_back(day: date) -> None:
    """Each day has one name, and each name one day."""
    parts = solar(day)
    assert parts is not None
    assert gregorian(parts) == day


@given(DAYS)
def test_the_next_day_has_the_next_name(day: date) -> None:
    """A day later is a later name: months and years follow without a hole."""
    if day < LAST:
        one, other = solar(day), solar(day + timedelta(1))
        assert one is not None
        assert other is not None
        assert other > one
        assert other.day == one.day + 1 or (other.day == 1 and other.month in (one.month + 1, 1))


def test_days_that_there_are_not() -> None:
    """Nothing is said of years in which the arithmetic is no proof, nor of days no month has."""
    assert solar(FIRST - timedelta(1)) is None
    assert solar(LAST + timedelta(1)) is None
    assert not covered(FIRST - timedelta(1), FIRST)
    for missing in (SolarDay(1404, 12, 30), SolarDay(1404, 7, 31), SolarDay(1634, 1, 1)):
        with pytest.raises(ValueError, match="there is no day"):
            gregorian(missing)
    assert gregorian(SolarDay(1403, 12, 30)) == date(2025, 3, 20)  # a leap year


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_have_names_of_their_own(language: str) -> None:
    """Twelve solar ones, twelve common ones, seven days, and none twice."""
    own = conventions((language,))
    assert len(set(own.months)) == len(set(own.solar_months)) == 12
    assert len(set(own.weekdays)) == 7
    assert set(own.months).isdisjoint(own.solar_months)


def test_a_language_without_solar_months_has_no_solar_calendar() -> None:
    """English, German or Arabic pages show the common one alone."""
    assert beside(conventions(("en",))) is None
    assert beside(conventions(("ar",))) is None


@given(DAYS, st.integers(0, 2000))
def test_a_span_of_days_is_told_to_the_day(first: date, days: int) -> None:
    """Read back, its ends are the first and the last day."""
    last = min(first + timedelta(days), LAST)
    assert _read(PLAIN.cover(first, last, Precision.DAY)) == (first, last)


@given(DAYS, st.integers(0, 900), st.sampled_from([Precision.MONTH, Precision.YEAR]))
def test_a_vague_date_is_covered_and_no_month_is_too_much(
    first: date, days: int, precision: Precision
) -> None:
    """The months or years that are named hold every day of it, and each end holds one."""
    last = min(first + timedelta(days), LAST)
    begins, ends = _read(PLAIN.cover(first, last, precision))
    assert begins <= first
    assert last <= ends
    assert _end(begins, precision) >= first
    assert _begin(ends, precision) <= last


def _read(text: str) -> tuple[date, date]:
    """The first and the last day that a cover names: what is left out at one end is the other's."""
    digits = text.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
    ends = re.split(r" تا | – |–", digits)
    day, month, year = _named(ends[-1])
    first_day, first_month, first_year = _named(ends[0])
    if day is not None and first_day is None and first_month is None:
        first_day, first_year = first_year, None  # a number alone is a day before a day
    year_of_first = first_year if first_year is not None else year
    month_of_first = first_month if first_month is not None else month
    assert year is not None
    assert year_of_first is not None
    begins = gregorian(SolarDay(year_of_first, month_of_first or 1, first_day or 1))
    if day is not None:
        return begins, gregorian(SolarDay(year, month or 12, day))
    return begins, _last_of(year, month or 12)


def _named(text: str) -> tuple[int | None, int | None, int | None]:
    match = re.fullmatch(r"(?:(?:(\d+) )?m(\d+))? ?(\d+)?", text)
    assert match is not None, text
    day, month, year = (None if part is None else int(part) for part in match.groups())
    return day, month, year


def _last_of(year: int, month: int) -> date:
    after = SolarDay(year + month // 12, month % 12 + 1, 1)
    if after.year > 1633:
        return LAST
    return gregorian(after) - timedelta(1)


def _end(day: date, precision: Precision) -> date:
    year, month, _ = _parts(day)
    return _last_of(year, month if precision is Precision.MONTH else 12)


def _begin(day: date, precision: Precision) -> date:
    year, month, _ = _parts(day)
    return gregorian(SolarDay(year, month if precision is Precision.MONTH else 1, 1))
