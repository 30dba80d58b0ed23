"""EDTF levels 0 and 1: what is read, what it bounds, what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.core import edtf

READ = [
    ("2025-12-07", date(2025, 12, 7), date(2025, 12, 7)),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    ("2025-12-XX", date(2025, 12, 1), date(2025, 12, 31)),
    ("2025-XX", date(2025, 1, 1), date(2025, 12, 31)),
    ("2025-XX-XX", date(2025, 1, 1), date(2025, 12, 31)),
    ("202X", date(2020, 1, 1), date(2029, 12, 31)),
    ("20XX", date(2000, 1, 1), date(2099, 12, 31)),
    ("2025-11~", date(2025, 11, 1), date(2025, 11, 30)),
    ("2024-01/2024-02", date(2024, 1, 1), date(2024, 2, 29)),
    ("2025-12-14/..", date(2025, 12, 14), None),
    ("../2025-12-14", None, date(2025, 12, 14)),
    ("2025/", date(2025, 1, 1), None),
]


@pytest.mark.parametrize(("text", "earliest", "latest"), READ)
def test_bounds(text: str, earliest: date | None, latest: date | None) -> None:
    """Every form bounds its days."""
    read = edtf.parse(text)
    assert (read.earliest, read.latest, read.text) == (earliest, latest, text)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [("2025~", True, False), ("2025?", False, True), ("2025-01-01%", True, True)],
)
def test_qualifiers(text: str, approximate: bool, uncertain: bool) -> None:
    """`~`, `?` and `%` qualify a whole date, which then is no certain day."""
    read = edtf.parse(text)
    assert read.start is not None
    assert (read.start.approximate, read.start.uncertain) == (approximate, uncertain)
    assert not read.is_day


REFUSED = [
    *(
        "",
        "soon",
        "2025-13",
        "2025-02-30",
        "2025-00-01",
        "0000",
        "25-01-01",
        "2025-1-1",
        "2025/12/07",
    ),
    *("2025-XX-07", "20XX-01", "2025-12-07T10:00", "../..", "/", "2025-02/2025-01", "2025--01"),
    *("٢٠٢٥", " 2025", "2025-12-07 ", "2025-12-07~~", "-2025", "12025"),
]


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text: str) -> None:
    """What is no date is a ValueError with a reason, never a guess."""
    with pytest.raises(ValueError, match=r"\w"):
        edtf.parse(text)


@given(st.dates())
def test_days(day: date) -> None:
    """A plain day bounds itself."""
    read = edtf.parse(day.isoformat())
    assert (read.earliest, read.latest, read.is_day) == (day, day, True)
    assert edtf.parse_day(day.isoformat()) == day


@given(st.text(alphabet="0123456789-X~?%/.", max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text raises anything but ValueError, and what is read is in order."""
    try:
        read = edtf.parse(text)
    except ValueError:
        return
    assert read.earliest is None or read.latest is None or read.earliest <= read.latest
