"""What a figure ends, told for the other end: “fell to 40” for “by 40”, “until May” for “from”."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise, product
from typing import NamedTuple, TypeAlias

from briefings.check.quantities.quantity import Day, Kind, Quantity
from briefings.check.wording.clauses import Reading
from briefings.check.wording.opposites import rise_of_a_rate
from briefings.check.words.senses import NEGATIVE
from briefings.core.values import replace

_MEASURED = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.POINTS})
_TWO = 2
_HALF = Fraction(1, 2)
_RISE = "rise"
_TO, _BY, _FROM = "change.to", "change.by", "change.from"
_AGAINST = "change.against"
_UNTIL = "until"
_WAYS = (_UNTIL, "from", "since")
_MARKS = " ,.;:،؛、。"
_NEAR = 200
"""Letters beside a figure: no word that stands right beside one is as long, with its blanks."""

_Time: TypeAlias = tuple[Day, bool]
"""A day, a month or a weekday, and whether its clause denies something."""

_Since: TypeAlias = tuple[Day, Kind, Fraction]

_Size: TypeAlias = tuple[Kind, Fraction, bool]
"""What a figure is, and whether it is of a forecast, “raised its forecast to 2 per cent”."""


class _Told(NamedTuple):
    """A figure beside a word for up or down: whether it is what something came to; its words."""

    reached: bool
    shown: str


def exchanged(quotes: Sequence[Reading], text: Reading) -> Iterator[tuple[str, str]]:
    """Figures of a text that its quotes tell the other way, each with the quotes' words.

    Of a statement, or of a translation into another language. A figure that a quote has both
    ways, or without saying which, is not compared.
    """
    yield from _reversed(quotes, text)
    yield from _days(quotes, text)
    yield from _spans(quotes, text)
    yield from _former(quotes, text)
    stated = dict(_told(text))
    if not stated or rise_of_a_rate(quotes, text) is not None:
        return
    quoted: dict[_Size, set[_Told]] = {}
    for quote in quotes:
        for size, told in _told(quote):
            quoted.setdefault(size, set()).add(told)
    for size, ours in stated.items():
        if size[1] == _HALF:
            continue  # what falls by half falls to half
        theirs = quoted.get(size, set())
        if {each.reached for each in theirs} == {not ours.reached}:
            yield ours.shown, min(each.shown for each in theirs)


def _days(quotes: Sequence[Reading], text: Reading) -> Iterator[tuple[str, str]]:
    """Times until which something is so, and from which it is so by the quotes; or the other way.

    What is closed until May is open from May.
    """
    for time, ways in _ends(text).items():
        heard = [each[time] for quote in quotes if time in (each := _ends(quote))]
        sides = [_is_until(each) for each in (ways, *heard)]
        turned = bool(heard) and None not in sides and all(sides[0] != each for each in sides[1:])
        if turned and not turn_at(quotes, text):
            yield next(iter(ways.values())), next(iter(heard[0].values()))
            return


def turn_at(quotes: Sequence[Reading], text: Reading) -> bool:
    """Whether a text tells from when on the opposite is so of what its quotes tell until then.

    What reopens on 1 March is shut until then; what is put off until then may be put off again.

    Args:
        quotes: What carries the text.
        text: What is told.
    """
    sides = [quote for quote in quotes if _is_other_side(text, quote)]
    stated = _ends(text) if sides else {}
    return any(
        "from" in {*ways, *heard} and {_is_until(ways), _is_until(heard)} == {True, False}
        for quote in sides
        for time, ways in stated.items()
        if (heard := _turns(quote).get(time)) is not None
    )


def _turns(reading: Reading) -> dict[_Time, dict[str, str]]:
    """The ends of what a text tells, and the days on which something is done: from then on."""
    days = [each for each in reading.quantities if each.day is not None and each.day.day]
    on = {(_time(each.day), _is_denied(reading, each)): each.shown for each in days if each.day}
    return {**{time: {"from": shown} for time, shown in on.items()}, **_ends(reading)}


def _is_until(ways: Collection[str]) -> bool | None:
    """Whether a time is the end of something, and not its beginning; None for both."""
    return (_UNTIL in ways) if len({each == _UNTIL for each in ways}) == 1 else None


def _is_other_side(text: Reading, quote: Reading) -> bool:
    """Whether a text has a word that is the opposite of one of the quote."""
    return any(side ^ 1 in quote.sides and side not in quote.sides for side in text.sides)


@lru_cache(maxsize=4096)
def _ends(reading: Reading) -> Mapping[_Time, dict[str, str]]:
    """By the time: whether something is `until` it or `from` it, and how the text writes that."""
    ends: dict[_Time, dict[str, str]] = {}
    if not reading.figures:
        return ends
    patterns = [(way, reading.words.at_end(way)) for way in _WAYS]
    for figure in reading.quantities:
        day = Day(year=int(figure.value)) if figure.may_be_year else figure.day
        if day is None:
            continue
        before = reading.text[max(0, figure.start - _NEAR) : figure.start].rstrip()
        for way, pattern in patterns:
            if pattern is not None and (match := pattern.search(before)) is not None:
                time = _time(day), _is_denied(reading, figure)
                ends.setdefault(time, {})[way] = f"{match.group().strip()} {figure.shown}"
    return ends


def _time(day: Day) -> Day:
    """A day or month without its year, for one text may leave it out."""
    if day.month is None:
        return day
    return replace(day, year=None, weekday=None)


def _is_denied(reading: Reading, figure: Quantity) -> bool:
    """Whether a denial stands in the clause of a figure: “not until May” is “from May”."""
    return any(
        clause.start <= figure.start < clause.end
        and any(mark.sense in NEGATIVE for mark in clause.marks)
        for clause in reading.clauses
    )


def _spans(quotes: Sequence[Reading], text: Reading) -> Iterator[tuple[str, str]]:
    """A year or month in which a text counts what its quotes count since then.

    “In 2021, 64 died” for “64 have died since 2021”; that something closed in 2021 is what
    “closed since 2021” says.
    """
    latest = text.words.pattern("latest")  # “last inspected in 2019”: not since 2019
    last = latest is not None and latest.search(text.text) is not None
    for key, (since, ours) in () if last else _counted_in(text).items():
        found = (_counted_in(quote) for quote in quotes)
        heard = [each[key] for each in found if key in each]
        if not since and heard and all(each for each, _ in heard):
            yield ours, heard[0][1]
            return


def _former(quotes: Sequence[Reading], text: Reading) -> Iterator[tuple[str, str]]:
    """The only figure of a text, told as what is so, which was so on an earlier day by the quotes.

    “5,500 people are there” for “9,000 people, up from 5,500 on Monday”.
    """
    told = [each for each in text.quantities if each.kind in _MEASURED and not each.may_be_year]
    if len(told) != 1 or any(each.day or each.may_be_year for each in text.quantities):
        return
    (ours,) = told
    formerly = text.words.pattern("formerly")
    if _beside(text, ours, _AGAINST) or (formerly is not None and formerly.search(text.text)):
        return
    heard = [
        (quote, each)
        for quote in quotes
        for each in quote.quantities
        if each.kind is ours.kind and each.value == ours.value
    ]
    if heard and all(_is_former(quote, each) for quote, each in heard):
        quote, theirs = heard[0]
        clause = next(each for each in quote.clauses if each.start <= theirs.start < each.end)
        yield ours.shown, quote.text[clause.start : clause.end].strip(_MARKS)


def _is_former(quote: Reading, figure: Quantity) -> bool:
    """Whether another figure is held against this one, which has a day of its own behind it."""
    if not _beside(quote, figure, _AGAINST):
        return False
    figures = quote.quantities
    before = any(
        each.kind is figure.kind and each.start < figure.start and not each.may_be_year
        for each in figures
    )
    behind = next((each for each in figures if each.start >= figure.end), None)
    return (
        before
        and behind is not None
        and (behind.day is not None or behind.may_be_year)
        and quote.sentence_at(behind.start) == quote.sentence_at(figure.start)
    )


@lru_cache(maxsize=4096)
def _counted_in(reading: Reading) -> dict[_Since, tuple[bool, str]]:
    """By a period and a figure that it is told of: whether `since` then, and the words for it."""
    found: dict[_Since, tuple[bool, str]] = {}
    if reading.figures < _TWO:
        return found
    since, within = (reading.words.at_end(each) for each in ("since", "within"))
    if since is None or within is None:
        return found
    figures = reading.quantities
    periods = [(each, period) for each in figures if (period := _period(each)) is not None]
    for figure, period in periods:
        before = reading.text[max(0, figure.start - _NEAR) : figure.start].rstrip()
        first = since.search(before)
        if (told := first or within.search(before)) is None:
            continue
        shown = f"{told.group().strip()} {figure.shown}"
        for other in figures:
            counted = other.kind in _MEASURED and _period(other) is None
            if counted and _is_told_of(reading, figure, other):
                found[period, other.kind, other.value] = first is not None, shown
    return found


def _is_told_of(reading: Reading, period: Quantity, figure: Quantity) -> bool:
    """Whether a period stands in the clause of a figure, or beside it alone: “Since 2021, 64 …”."""
    for clause in reading.clauses:
        if clause.start <= period.start < clause.end:
            if clause.start <= figure.start < clause.end:
                return True
            alone = all(period.start <= word.start < period.end for word in clause.words)
            return alone and clause.sentence == reading.sentence_at(figure.start)
    return False


def _period(figure: Quantity) -> Day | None:
    """The year or month that a figure is, or may be; None for a day, or any other figure."""
    if figure.may_be_year:
        return Day(year=int(figure.value))
    return figure.day if figure.day is not None and figure.day.day is None else None


def _reversed(quotes: Sequence[Reading], text: Reading) -> Iterator[tuple[str, str]]:
    """A change from one figure to another that the quotes tell from the second to the first."""
    if not (stated := _changes(text)):
        return
    quoted = {pair: shown for quote in quotes for pair, shown in _changes(quote).items()}
    votes = all(_weighed(each) for each in (text, *quotes))  # “174 against 151” is either way
    for (first, second), ours in stated.items():
        if (second, first) in quoted and (first, second) not in quoted and not votes:
            yield ours, quoted[second, first]


@lru_cache(maxsize=4096)
def _changes(reading: Reading) -> Mapping[tuple[Fraction, Fraction], str]:
    """The values of two figures next to each other, “from 4 to 11”, and how the text writes them.

    Where a scale may be of both, “from 4 to 11 million”, all that the two may be.
    """
    text = reading.text
    found: dict[tuple[Fraction, Fraction], str] = {}
    if reading.figures < _TWO:
        return found
    if not (reading.words.knows("change.from") or reading.words.knows("change.from_behind")):
        return found
    figures = [
        each for each in reading.quantities if each.kind in _MEASURED and not each.may_be_year
    ]
    for first, second in pairwise(figures):
        if _beside(reading, second, _AGAINST):  # “three, against seven”
            shown = text[first.start : second.end].strip(_MARKS)
            for one, other in product(_values(second), _values(first)):
                found[one, other] = shown
        elif _beside(reading, first, _FROM) and _beside(reading, second, _TO):
            shown = text[first.start : second.end].strip(_MARKS)
            for one, other in product(_values(first), _values(second)):
                found[one, other] = shown
    return found


def _weighed(reading: Reading) -> bool:
    """Whether a text holds one figure against another."""
    return any(_beside(reading, each, _AGAINST) for each in reading.quantities)


def _values(figure: Quantity) -> set[Fraction]:
    return {each.value for each in figure.readings if each.upper is None}


@lru_cache(maxsize=4096)
def _told(reading: Reading) -> tuple[tuple[_Size, _Told], ...]:
    """By its size: each figure in a clause with a word for up or down that says which it is."""
    ways = _ways(reading) if reading.figures else ()
    return tuple(_told_of(reading, ways)) if ways else ()


def _told_of(reading: Reading, ways: Sequence[tuple[int, int]]) -> Iterator[tuple[_Size, _Told]]:
    figures = [each for each in reading.quantities if each.kind in _MEASURED]
    for clause in reading.clauses:
        near = [way for way in ways if clause.start <= way[0] < clause.end]
        level = reading.words.pattern("change.level") if near else None
        foreseen = level is not None and bool(level.search(reading.text[clause.start : clause.end]))
        for figure in figures if near else ():
            if not clause.start <= figure.start < clause.end:
                continue
            reached = _reached(reading, figure, figures, near)
            if reached is not None:
                start = min(figure.start, *(way[0] for way in near))
                end = max(figure.end, *(way[1] for way in near))
                shown = reading.text[start:end].strip(_MARKS)
                yield (figure.kind, figure.value, foreseen), _Told(reached, shown)


def _ways(reading: Reading) -> list[tuple[int, int]]:
    """Where the words for up or down stand."""
    words = reading.words
    if not reading.sides or _RISE not in words.axes or not words.knows("change"):
        return []
    first = 2 * words.axes.index(_RISE)
    return [
        match.span()
        for side in (first, first + 1)
        if side in reading.sides
        for match in words.opposites(side)[0].finditer(reading.text)
    ]


def _reached(
    reading: Reading, figure: Quantity, figures: Sequence[Quantity], ways: Sequence[tuple[int, int]]
) -> bool | None:
    """Whether a figure is what something came to; None where its text does not say."""
    if _beside(reading, figure, _TO):
        return True
    if _beside(reading, figure, _BY):
        if not _beside(reading, figure, _FROM):
            return False  # “by 12 to 40”; but “de 40 à 50” of many languages is “from 40 to 50”
        behind = next((each for each in figures if each.start > figure.start), None)
        parted = behind is not None and reading.text[figure.end : behind.start].strip()
        to = reading.words.at_start(_TO)
        other = behind is not None and behind.kind is figure.kind and behind.unit == figure.unit
        return None if parted and other and to and to.search(parted) else False
    words = reading.words
    across = words.at_start("change.across")
    if across is not None and across.search(reading.text[figure.start : figure.end]) is not None:
        return None  # “fell below 40”
    verb_behind = words.verb_last or words.knows(f"{_TO}_behind")
    for start, end in ways:
        leads = start < figure.end
        if leads and verb_behind:
            continue  # “azalarak 40 oldu”: it fell, and came to 40
        between = (end, figure.start) if leads else (figure.end, start)
        if not reading.text[slice(*between)].strip():
            return False
    return None


def _beside(reading: Reading, figure: Quantity, section: str) -> bool:
    """Whether a word of a section stands right before a figure, or right behind it."""
    text, words = reading.text, reading.words
    start, end = figure.start, figure.end
    before, first = words.at_end(section), words.at_start(section)
    behind, last = words.at_start(f"{section}_behind"), words.at_end(f"{section}_behind")
    return any(
        pattern is not None and pattern.search(part) is not None
        for pattern, part in (
            (before, text[max(0, start - _NEAR) : start]),
            (first, text[start:end]),
            (behind, text[end : end + _NEAR]),
            (last, text[start:end]),
        )
    )
