"""How dates, lists and numbers are written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.core.edition import Window
from briefings.core.edtf import parse
from briefings.render.locales import Locale

EN = Locale("en")


@pytest.mark.parametrize(
    ("written", "long", "short"),
    [
        ("2025-12-07", "7 December 2025", "7 Dec 2025"),
        ("2025-12", "December 2025", "Dec 2025"),
        ("2025-12-XX", "December 2025", "Dec 2025"),
        ("2025", "2025", "2025"),
        ("202X", "2020 to 2029", "2020 to 2029"),
        ("2025-11~", "about November 2025", "about Nov 2025"),
        ("2025?", "2025 (uncertain)", "2025 (uncertain)"),
        ("2025-12-07%", "about 7 December 2025 (uncertain)", "about 7 Dec 2025 (uncertain)"),
        ("2025-12-08/2025-12-14", "8–14 December 2025", "8–14 Dec 2025"),
        ("2025-12-08/2025-12-08", "8 December 2025", "8 Dec 2025"),
        ("2024-01/2024-02", "January 2024 – February 2024", "Jan 2024 – Feb 2024"),
        ("2025-12-14/..", "from 14 December 2025 on", "from 14 Dec 2025 on"),
        ("2025-12-14/", "from 14 December 2025, end unknown", "from 14 Dec 2025, end unknown"),
        ("../2025-12-14", "until 14 December 2025", "until 14 Dec 2025"),
        (
            "/2025-12-14",
            "until 14 December 2025, start unknown",
            "until 14 Dec 2025, start unknown",
        ),
    ],
)
def test_dates_are_said_as_vaguely_as_they_are_known(written: str, long: str, short: str) -> None:
    """No part of a date is written that the base does not state."""
    assert _plain(EN.when(parse(written))) == long
    assert _plain(EN.when(parse(written), "short")) == short


def test_bounds_say_that_one_day_lies_between() -> None:
    """An interval of publication is not a duration."""
    bounds = "between 8 December and 14 December 2025"
    assert EN.bounds(parse("2025-12-08/2025-12-14")) == bounds
    assert EN.bounds(parse("2025-12-08")) == "8 December 2025"


@given(st.dates(), st.integers(0, 4000))
def test_a_period_ends_with_its_last_day(first: date, days: int) -> None:
    """Whatever the two have in common is left out at the first, never at the last."""
    try:
        last = first + timedelta(days=days)
    except OverflowError:
        return
    assert EN.window(Window(first, last)).endswith(EN.day(last).split(" ", 1)[1])


def test_words_go_through_gettext() -> None:
    """A catalogue can translate what is said around a date."""
    translated = Locale("en", {"about {day}": "{day}, roughly"}.__getitem__)
    assert translated.when(parse("2025~")) == "2025, roughly"


def test_names_and_numbers() -> None:
    """Languages, directions, lists, bands and coordinates, as English has them."""
    assert EN.language_name("fa") == "Persian"
    assert EN.language_name("fa-AF") == "Dari"
    assert EN.language_name("xx") == "xx"
    assert (EN.direction, EN.direction_of("fa"), EN.direction_of("ps")) == ("ltr", "rtl", "rtl")
    assert EN.direction_of("xx") == "ltr"
    assert EN.list(["a", "b", "c"]) == "a, b and c"
    assert EN.list([]) == ""
    assert EN.languages(["en", "fa"]) == "English and Persian"
    assert EN.band(80, 95) == "80–95\u00a0%"
    assert EN.number(1234) == "1,234"
    assert EN.coordinates((-17.5, 179.6)) == "17.5°\u00a0S, 179.6°\u00a0E"
    assert EN.near(date(2025, 12, 7), date(2025, 1, 1)) == "7 Dec"
    assert EN.near(date(2024, 12, 7), date(2025, 1, 1)) == "7 Dec 2024"
    assert EN.territory("IR") == "Iran"


def _plain(text: str) -> str:
    return text.replace("\u2009", " ").replace("\u202f", " ")
