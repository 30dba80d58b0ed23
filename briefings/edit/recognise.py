"""What a statement names and dates: proposals for the fields of a fact."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import MAXYEAR, date

from briefings.check.quantities.dates import as_date
from briefings.check.quantities.quantity import Day
from briefings.check.quantities.reader import read
from briefings.check.quotes.cuts import occurrences
from briefings.check.quotes.fold import fold
from briefings.core.groups import grouped
from briefings.core.model import Actor, ActorId, FactBase, Place, PlaceId, Source
from briefings.core.periods import moved

_WORD = re.compile(r"[a-z0-9]+")
_SMALL = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been but by for from had has have he her his in into is it its of on"
        " or said says she that the their there they this to was were which who will with would",
    )
)
_SOON = 31
"""Days within which a day that comes again is as likely meant as the one a year ago."""

_WEEK = 7
_MOST_WORDS = 5
_LONGEST = 48
_SHORTEST_LAST = 3
"""In letters, of the last word where others follow it: `de` or `to` leads to what is cut off."""


def named(
    base: FactBase, forms: Mapping[str, str]
) -> tuple[tuple[ActorId, ...], tuple[PlaceId, ...]]:
    """The actors and the places that a statement names, each in the order in which it does.

    Of two names at one place the longer is meant, as the check reads it.
    """
    actors: dict[ActorId, None] = {}
    places: dict[PlaceId, None] = {}
    entries: list[Actor | Place] = [*base.actors.values(), *base.places.values()]
    for language, text in forms.items():
        names = grouped((name, entry) for entry in entries for name in _names(entry, language))
        folded = fold(text)
        mentions = sorted(
            (start, -len(name), name) for name in names for start in occurrences(name, folded)
        )
        last = 0
        for start, length, name in mentions:
            if start < last:
                continue
            last = start - length
            for entry in names[name]:
                if isinstance(entry, Actor):
                    actors[entry.id] = None
                else:
                    places[entry.id] = None
    return tuple(actors), tuple(places)


def event_date(forms: Mapping[str, str], source: Source, *, is_ahead: bool = False) -> str | None:
    """The one day that a statement names, as EDTF; None if it names none or several.

    Args:
        forms: The statement, by language.
        source: Whose day tells the year of a day that is named without one: the last such day up
            to it. One that comes again within a month may be either, and is left to the analyst,
            as it is where the source may be of several days that tell it otherwise. A bare
            weekday is the last one up to the day of the source, where that is known.
        is_ahead: Whether the statement tells of what is to come: it is the next such day, then.
    """
    days: set[date] = set()
    for language, text in forms.items():
        named = [figure.day for figure in read(text, language) if figure.day is not None]
        years = {day.year for day in named if day.year is not None and not day.solar}
        for day in named:
            if day == Day(weekday=day.weekday):
                days.update(_on_weekday(day.weekday, source, is_ahead=is_ahead))
                continue
            if day.solar or day.month is None or day.day is None:
                continue
            year = day.year or (next(iter(years)) if len(years) == 1 else None)
            year = year or _year(day.month, day.day, source, is_ahead=is_ahead)
            whole = as_date(replace(day, year=year))
            if whole is not None:
                days.add(whole)
    return days.pop().isoformat() if len(days) == 1 else None


def proposed_id(words: str, source: str, taken: Collection[str]) -> str:
    """An id for a fact: its first words that say something, else the source's id and a number.

    Args:
        words: The statement, in any script.
        source: The id of its source.
        taken: The ids that there are; it is none of these.
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    telling = [word for word in _WORD.findall(plain.replace("'", "")) if word not in _SMALL]
    chosen = telling[:_MOST_WORDS]
    is_cut = chosen != telling
    while is_cut and chosen[1:] and chosen[-1].isalpha() and len(chosen[-1]) < _SHORTEST_LAST:
        chosen.pop()
    stem = "-".join(chosen)[:_LONGEST].strip("-")
    letters = sum(map(str.isalpha, words))
    if len(stem) < 3 or 2 * sum(map(str.isalpha, plain)) < letters:
        return _free(f"{source}-1", source, taken)
    return _free(stem, stem, taken)


def _free(first: str, stem: str, taken: Collection[str]) -> str:
    if first not in taken:
        return first
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _names(entry: Actor | Place, language: str) -> Iterable[str]:
    """Its names in a language, each also as it begins a sentence."""
    own = entry.name.get(language)
    names = {fold(name).text.strip() for name in (*entry.aliases, *((own,) if own else ()))} - {""}
    return names | {name[0].upper() + name[1:] for name in names}


def _on_weekday(weekday: int | None, source: Source, *, is_ahead: bool) -> Iterator[date]:
    """The day of a weekday within the week that ends with a source, or follows it."""
    published = source.published.earliest
    if weekday is None or published is None or not source.published.is_day:
        return
    past = (published.weekday() - weekday) % _WEEK
    yield moved(published, _WEEK - past if is_ahead else -past)


def _year(month: int, day: int, source: Source, *, is_ahead: bool) -> int | None:
    """The year of a day that is named without one; None where the source's day is too vague."""
    first, last = source.published.earliest, source.published.latest or source.retrieved
    if first is None or last is None:
        return None
    years = {_year_on(known, month, day, is_ahead=is_ahead) for known in (first, last)}
    return years.pop() if len(years) == 1 else None


def _year_on(known: date, month: int, day: int, *, is_ahead: bool) -> int | None:
    if (month, day) == (known.month, known.day):
        return known.year
    next_year = known.year + ((month, day) < (known.month, known.day))
    if is_ahead:
        return next_year
    days_until = (date(min(next_year, MAXYEAR), month, min(day, 28)) - known).days
    return next_year - 1 if days_until > _SOON else None
