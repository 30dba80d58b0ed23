"""The day of a captured document, by a line of its own or its dateline."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.capture.captured import About, Captured, FileKind
from briefings.capture.dated_lines import with_day

TODAY = date(2026, 1, 20)
PROSE = "The ferry stayed in the harbour, its owners said, since nobody had paid for the fuel. " * 2


def captured(*lines: str, language: str = "en", published: date | None = None) -> Captured:
    text = "".join(f"{line}\n" for line in lines)
    about = About(language=language, published=published)
    return Captured(kind=FileKind.TEXT, text=text, about=about)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "3 December 2025"),
        ("en", "By Ilse Marant, Brackwater Courier, 3 December 2025"),
        ("en", "As of 3 December 2025"),
        ("en", "Published Dec 3, 2025 at 10:30 GMT"),
        ("en", f"KABUL, 3 December 2025 — {PROSE}"),
        ("en", f"TOAMASINA, Madagascar, Dec. 3, 2025 (CPA) - {PROSE}"),
        ("en", f"Dec. 3, 2025 (CPA) - {PROSE}"),
        ("en", f"Dushanbe, December 3, 2025 /Khovar/. {PROSE}"),
        ("en", f"KABUL, Dec. 3 (Xinhua) -- {PROSE}"),
        ("en", f"KABUL, Wednesday, Dec. 3 -- {PROSE}"),
        ("fr", "Antananarivo, le 3 décembre 2025"),
        ("fr", "03/12/2025"),
        ("de", "Stand: 3. Dezember 2025, 14:00 Uhr"),
        ("ru", "Киев, 3 декабря 2025 г."),
        ("ar", "كابول، 3 ديسمبر/كانون الأول 2025"),
        ("fa", "کابل، ۱۲ آذر"),
        ("fa", "چهارشنبه ۱۲ آذر ۱۴۰۴ – ۱۰:۳۰"),
        ("ps", "کابل، د ۱۴۰۴ د لیندۍ ۱۲"),
        ("zh", "喀布尔2025年12月3日电"),
    ],
)
def test_a_line_says_the_day_of_the_document(language: str, line: str) -> None:
    """It is taken, as a guess, with where it stands."""
    about = with_day(captured("A headline", line, PROSE, language=language), TODAY).about
    assert about.published == date(2025, 12, 3)
    assert about.guessed == {"published"}
    assert about.published_basis
    assert ("no year" in about.published_basis) == ("2025" not in line and "۱۴۰۴" not in line)


@pytest.mark.parametrize(
    "lines",
    [
        ("What happened in Vell on 3 December 2025",),
        ("A headline", "On 3 December 2025, the ferry sank; nobody was hurt, said its owners."),
        ("A headline", f"After the storm of 3 December 2025 – the worst in years – {PROSE}"),
        ("A headline", "3 December 2025: it sank", "4 December 2025: it was raised"),
        ("A headline", "3 December 2025: it sank"),
        ("A headline", "| 3 December 2025 | 97 |"),
        ("A headline", "12/03/2025"),
        ("A headline", "3 December"),
        ("The ferry of Vell, 3 December",),
        ("A headline", "3 December 2026"),
    ],
    ids=str,
)
def test_other_days_are_none_of_the_document(lines: tuple[str, ...]) -> None:
    """A day in a sentence or a headline, of a chronology, in two readings, or still to come."""
    assert with_day(captured(*lines, PROSE), TODAY).about.published is None


def test_the_weekday_tells_the_year() -> None:
    """3 December was a Tuesday in 2024."""
    about = with_day(captured("A headline", f"KABUL, Tuesday, Dec. 3 -- {PROSE}"), TODAY).about
    assert about.published == date(2024, 12, 3)


def test_a_signature_tells_the_day() -> None:
    """It stands in the last lines of a document whose first say none; its prose does not."""
    lines = [PROSE] * 9
    about = with_day(captured(*lines, "Geneva, 3 December 2025", "The board"), TODAY).about
    assert about.published == date(2025, 12, 3)
    assert with_day(captured(*lines, f"KABUL, 3 December 2025 — {PROSE}"), TODAY) == captured(
        *lines, f"KABUL, 3 December 2025 — {PROSE}"
    )


def test_what_a_page_says_of_itself_comes_first() -> None:
    """A Word document says only when its file was made, perhaps as a form: its lines go before."""
    page = captured("A headline", "3 December 2025", PROSE, published=date(2025, 12, 5))
    assert with_day(page, TODAY) == page
    word = Captured(kind=FileKind.WORD, text=page.text, about=page.about)
    assert with_day(word, TODAY).about.published == date(2025, 12, 3)
