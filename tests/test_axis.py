"""The axis of the timeline: any days can be drawn on it, and some of them are named."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefings.core.edtf import Precision
from briefings.render.figures import axis


@given(st.lists(st.dates(), min_size=4, max_size=4).map(sorted))
@example([date(2024, 11, 1), date(2025, 1, 14), date(2025, 1, 20), date.max])
@example([date.min, date.min, date(1, 1, 3), date(1, 1, 5)])
@example([date.min, date.min, date.max, date.max])
def test_any_days_can_be_drawn(days: list[date]) -> None:
    """The first and the last that there are included: `9999-12` is how some write “no end”."""
    first, since, until, last = days
    stretches = axis.zones(first, last, since, until)
    ticks = axis.ticks(stretches, until)
    assert ticks
    assert all(first <= tick.day <= last for tick in ticks)
    assert all(each.at < other.at for each, other in pairwise(ticks))
    assert all(0 <= axis.at(day, stretches) <= 100 for day in days)


@pytest.mark.parametrize(
    ("last", "named"),
    [
        (date(2025, 1, 4), [date(2025, 1, day) for day in (1, 2, 3, 4)]),
        (date(2025, 1, 28), [date(2025, 1, day) for day in (7, 14, 21, 28)]),
        (date(2025, 5, 1), [date(2025, month, 1) for month in (1, 2, 3, 4, 5)]),
    ],
)
def test_days_are_named_at_even_steps(last: date, named: list[date]) -> None:
    """Back from the last day where there are few, at firsts of months where there are many."""
    first = date(2025, 1, 1)
    ticks = axis.ticks(axis.zones(first, last, first, last), last)
    assert [tick.day for tick in ticks] == named


def test_what_is_long_ago_is_named_by_months() -> None:
    """A day of weeks apart would say nothing; where two months have no room there is one."""
    first, since, until = date(2025, 10, 1), date(2025, 12, 8), date(2025, 12, 14)
    for earlier, months in ((42.0, [10, 11]), (26.0, [10])):
        stretches = axis.zones(first, date(2025, 12, 21), since, until, before=2, earlier=earlier)
        ticks = axis.ticks(stretches, until)
        named = [tick.day for tick in ticks if tick.precision is Precision.MONTH]
        assert named == [date(2025, month, 1) for month in months]
        assert all(tick.day > stretches[0].last for tick in ticks if tick.day not in named)
