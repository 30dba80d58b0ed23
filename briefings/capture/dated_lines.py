"""The day of a document by its own lines: one in a line of its own, or a dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from briefings.capture.captured import About, Captured, FileKind
from briefings.capture.mend import LABEL, is_prose
from briefings.check.quantities.dates import as_date
from briefings.check.quantities.quantity import Day, Quantity
from briefings.check.quantities.reader import read
from briefings.core.values import dataclass

_HEAD = 8
"""Lines in which a document says of which day it is, but for those of a signature."""
_FOOT = 3
_WORDS = 2
"""Words before a day, such as “Published on”: with more it is a sentence's, or a headline's."""
_BEHIND = 25
_WORDS_BEHIND = 4
"""Characters and words behind it: a time of day, the name of an agency."""
_SOLAR_YEARS_BEHIND = 621
_WEEKDAY_COMES_AGAIN = 12
"""Years within which a day of the month falls on each weekday, leap days aside."""

_ITEM = re.compile(r"\s*(?:[-*+•●▪|>]|\d+[.)] )")
_PARTS = re.compile(r"[,،、;:：|·•–—―/()\[\]（）«»\n-]")
_DATELINE = re.compile(
    r"(?P<agency>\s*(?:\([^()]{1,40}\)|/[^/]{1,40}/))?\s*(?:[—–―:]|--?\s|(?<=/)\.)"
)
_FILES = frozenset({FileKind.PDF, FileKind.WORD})
"""Of these the day is that on which the file was made, which may be that of a form or a copy."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A day, and where it stands, in words for the analyst."""

    day: date
    where: str


def with_day(captured: Captured, today: date) -> Captured:
    """A document with the day that its lines say, if nothing better does; it remains a guess.

    Args:
        captured: What was made of the file.
        today: No day behind it is taken.
    """
    about = captured.about
    is_known = about.published is not None and captured.kind not in _FILES
    if is_known or captured.kind is FileKind.MAIL:
        return captured
    found = _day_of(captured.text.splitlines(), about.language, today)
    if found is None:
        return captured
    return replace(captured, about=_dated(about, found))


def _dated(about: About, found: _Found) -> About:
    return replace(
        about,
        published=found.day,
        published_basis=found.where,
        guessed=about.guessed | {"published"},
    )


def _day_of(lines: list[str], language: str, today: date) -> _Found | None:
    """The only day that its first lines say, or else the last ones; None if there are several."""
    head, foot = lines[:_HEAD], lines[_HEAD:][-_FOOT:]
    for part, is_foot in ((head, False), (foot, True)):
        found = [
            each
            for at, line in enumerate(part)
            if not (is_foot and is_prose(line))
            for each in _in_line(line, language, today, is_title=not (at or is_foot))
        ]
        if found:
            return found[0] if len({each.day for each in found}) == 1 else None
    return None


def _in_line(line: str, language: str, today: date, *, is_title: bool) -> Iterator[_Found]:
    """The day that a line says of the whole document, if it does."""
    if _ITEM.match(line):
        return
    is_told = is_prose(line)
    start = line[:LABEL]
    dated = [each for each in read(start, language) if each.day is not None and each.day.day]
    if not dated or (len(dated) > 1 and not is_told):
        return
    first = dated[0]
    behind = line[first.end :]
    ending = _DATELINE.match(behind)
    if is_told:
        is_said = ending is not None and bool(line[: first.start].strip() or ending["agency"])
    else:
        is_note = len(behind.strip()) <= _BEHIND and len(behind.split()) <= _WORDS_BEHIND
        is_said = is_note and not behind.lstrip().startswith(":")
    before = _PARTS.split(line[: first.start])[-1].split()
    if not is_said or len(before) > (_WORDS - 1 if is_title else _WORDS):
        return
    where = "the dateline" if is_told else "a line of its own in the text"
    is_of_place = bool(line[: first.start].strip()) and not is_title
    day = _whole(first, today, is_of_place=is_of_place)
    if day is None or day > today:
        return
    assert first.day is not None
    if first.day.year is None:
        where = f"{where}, which names no year: it is the last such day before the file was saved"
    yield _Found(day, where)


def _whole(figure: Quantity, today: date, *, is_of_place: bool) -> date | None:
    """The day that a figure names; without a year, the last such day that fits the weekday.

    None if it can be read in two ways, or names neither a year nor a place or weekday.
    """
    day = figure.day
    if day is None or figure.others:
        return None
    if day.year is not None:
        return as_date(day)
    if not is_of_place and day.weekday is None:
        return None
    return next(_such_days(day, today), None)


def _such_days(day: Day, today: date) -> Iterator[date]:
    last = today.year - (_SOLAR_YEARS_BEHIND if day.solar else 0)
    for year in range(last, last - _WEEKDAY_COMES_AGAIN, -1):
        whole = as_date(replace(day, year=year))
        fits = whole is not None and day.weekday in (None, whole.weekday())
        if whole is not None and fits and whole <= today:
            yield whole
