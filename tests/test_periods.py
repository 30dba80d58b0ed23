"""Weeks, months and other periods: which days they are, and which make no sense."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from command import desk, manifest, run
from hypothesis import given
from hypothesis import strategies as st

from briefings.core.model import EditionDefault, FactBase, Period
from briefings.core.periods import last_full_week, month, week, week_name
from briefings.core.spec import Window
from briefings.plan.period import Clocks, clocks
from briefings.plan.request import BriefRequest, CalendarPeriod
from briefings.run.check import check_desk

__all__ = ["desk"]

HARBOUR = check_desk(Path(__file__).parent / "desk_harbour" / "facts.yaml").checked
TODAY = date(2024, 3, 20)


@pytest.fixture
def base() -> FactBase:
    """The little desk, whose own edition is that of 2024-03-10."""
    assert HARBOUR is not None
    return HARBOUR.base


def asked(base: FactBase, days: BriefRequest) -> Clocks:
    return clocks(base, days, lambda _: TODAY)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2025-W50", date(2025, 12, 8), date(2025, 12, 14)),
        ("2025-W01", date(2024, 12, 30), date(2025, 1, 5)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
    ],
)
def test_weeks_are_those_of_iso_8601(text: str, since: date, until: date) -> None:
    """Monday to Sunday; the year is that of the week's Thursday."""
    assert week(text) == Window(since, until)
    assert {week_name(since), week_name(until)} == {text}


@pytest.mark.parametrize(
    "text",
    [
        "2025-W54",
        "2025-W53",
        "2025-W00",
        "2025-50",
        "2025W50",
        "0000-W01",
        "",
        "W50",
        "２０２５-W50",
    ],
)
def test_no_other_week_is_read(text: str) -> None:
    """A year of 52 weeks has no 53rd."""
    with pytest.raises(ValueError, match=r"week|write"):
        week(text)


def test_weeks_at_the_ends_of_the_calendar() -> None:
    """The last one has no Sunday, and the first day of all is in the first one."""
    assert week("9999-W52").until == date.max
    assert last_full_week(date.min) == week_name(date.min)


def test_months() -> None:
    """From the first day to the last, leap years included."""
    assert month("2024-02") == Window(date(2024, 2, 1), date(2024, 2, 29))
    for text in ("2024-13", "2024-00", "0000-01", "2024-2", "2024"):
        with pytest.raises(ValueError, match="month"):
            month(text)


@given(st.dates(min_value=date(2, 1, 1), max_value=date(9998, 12, 31)))
def test_the_last_full_week_has_ended(today: date) -> None:
    """On a Sunday it is the week that ends then; it is never more than six days old."""
    window = week(last_full_week(today))
    assert window.until <= today
    assert today - window.until < timedelta(days=7)
    assert window.since.isoweekday() == 1


DEFAULT = Clocks(date(2024, 3, 10), date(2024, 3, 10), Window(date(2024, 3, 4), date(2024, 3, 10)))
W10 = CalendarPeriod("--week", Window(date(2024, 3, 4), date(2024, 3, 10)))
MARCH = CalendarPeriod("--month", Window(date(2024, 3, 1), date(2024, 3, 31)))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (BriefRequest(), DEFAULT),
        (BriefRequest(calendar=W10), DEFAULT),
        (BriefRequest(calendar=W10, as_of=date(2024, 3, 8)), (8, 8, 4, 8)),
        (BriefRequest(calendar=W10, known_by=date(2024, 3, 20)), (10, 20, 4, 10)),
        (BriefRequest(calendar=MARCH), (31, 31, 1, 31)),
        (BriefRequest(since=date(2024, 3, 2)), (10, 10, 2, 10)),
        (BriefRequest(since=date(2024, 3, 2), until=date(2024, 3, 6)), (6, 6, 2, 6)),
        (BriefRequest(since=date(2024, 3, 2), until=date(2024, 3, 2)), (2, 2, 2, 2)),
        (BriefRequest(until=date(2024, 3, 9)), (9, 9, 3, 9)),
        (BriefRequest(as_of=date(2024, 3, 8), known_by=date(2024, 3, 14)), (8, 14, 2, 8)),
        (BriefRequest(as_of=date(2024, 3, 14), known_by=date(2024, 3, 12)), (14, 12, 8, 14)),
    ],
)
def test_the_clocks_of_a_request(
    base: FactBase, days: BriefRequest, expected: Clocks | tuple[int, int, int, int]
) -> None:
    """The edition's day and that of knowledge, and the first and last day of the period."""
    if isinstance(expected, tuple):
        as_of, known_by, since, until = (date(2024, 3, day) for day in expected)
        expected = Clocks(as_of, known_by, Window(since, until))
    assert asked(base, days) == expected


def test_the_period_of_a_kept_brief_goes_before_that_of_the_base(base: FactBase) -> None:
    """And today before nothing, where the base leaves its day open."""
    plan = asked(base, BriefRequest(period=Period.DAY))
    assert plan.window == Window(date(2024, 3, 10), date(2024, 3, 10))
    undated = asked(replace(base, edition=EditionDefault(None, Period.MONTH)), BriefRequest())
    assert undated == Clocks(TODAY, TODAY, Window(date(2024, 2, 21), TODAY))


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--week", "2024-W60"], ["2024-W60", "no week 60"]),
        (["--week", "next"], ["'next'", "2025-W50"]),
        (["--month", "2024-13"], ["2024-13", "no such month"]),
        (["--as-of", "2024-02-30"], ["2024-02-30"]),
        (["--known-by", "soon"], ["'soon'"]),
        (["--since", "1 March"], ["'1 March'"]),
        (["--week", "2024-W10", "--month", "2024-03"], ["--week 2024-W10", "--month 2024-03"]),
        (["--week", "2024-W10", "--since", "2024-03-01"], ["--week 2024-W10", "--since"]),
        (["--month", "2024-03", "--until", "2024-03-01"], ["--month 2024-03", "--until"]),
        (["--since", "2024-03-09", "--until", "2024-03-04"], ["ends on 2024-03-04", "before"]),
        (["--week", "2024-W10", "--as-of", "2024-03-20"], ["2024-03-20", "--known-by 2024-03-20"]),
        (["--week", "2024-W10", "--as-of", "2024-03-01"], ["2024-03-01", "before the period"]),
        (["--since", "2024-03-12"], ["2024-03-10", "before the period"]),
        (["--as-of", "2024-03-10", "--known-by", "2024-03-01"], ["2024-03-01", "2024-03-04"]),
        (
            ["--as-of", "2024-02-01", "--known-by", "2024-02-02"],
            ["nothing at all was known by 2024-02-02", "2024-02-10"],
        ),
    ],
)
def test_days_that_make_no_sense_are_one_diagnostic(
    desk: Path, flags: list[str], words: list[str]
) -> None:
    """Exit code 2, and nothing is written."""
    done = run("build", "--format", "html", *flags)
    assert done.exit_code == 2
    assert done.stderr.count("error[") <= 1
    assert done.stderr.lower().count("error") == 1
    for word in words:
        assert word in done.stderr
    assert not (desk / "build").exists()


@pytest.mark.usefixtures("desk")
def test_developments_are_what_became_known_in_the_period() -> None:
    """The rest is background, each with its event date."""
    done = run("build", "--format", "html", "--topic", "basin-closure", "--month", "2024-02")
    assert done.exit_code == 0
    assert done.stdout.startswith("build/basin-closure.en.html: 3 facts, as of 2024-02-29")
    (brief,) = manifest()
    assert (brief["since"], brief["until"]) == ("2024-02-01", "2024-02-29")
    flags = ["--topic", "basin-closure", "--since", "2024-03-05", "--until", "2024-03-10"]
    assert run("build", "--format", "html", *flags).exit_code == 0
    text = Path("build/basin-closure.en.html").read_text(encoding="utf-8")
    new = text[text.index('id="news"') : text.index('id="disagree"')]
    old = text[text.index('id="background"') : text.index('id="timeline"')]
    assert "confirmed to a radio station" in new
    assert "Nine trawlers" not in new
    assert "Nine trawlers" in old
    assert "2 Mar 2024" in old
