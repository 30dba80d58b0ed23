"""Days that a text names, by the quotes and by what is on record of a fact."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from briefings.check.figure_texts import Stated
from briefings.check.quantities.compare import Carriers
from briefings.check.quantities.dates import as_date
from briefings.check.quantities.quantity import Kind, Quantity
from briefings.check.quantities.reader import read
from briefings.check.quantities.record import NamedDay, Origin, nearest, supported_by
from briefings.check.wording.clauses import Reading, reading_of
from briefings.check.words.senses import Sense
from briefings.core.edtf import Edtf
from briefings.core.model import Document, Evidence, Fact, FactBase, FactId, FactKind, SourceId
from briefings.core.periods import moved

_FEW_DAYS = 7
_TO_COME = frozenset({Sense.PLAN, Sense.EXPECTED, Sense.DEMAND})
_DATELINE = 200  # so many characters of a document may hold the day on which it was written


class Days:
    """The days of a base's sources: when they were published, and what their datelines name."""

    def __init__(self, base: FactBase, documents: Mapping[SourceId, Document]) -> None:
        self._base = base
        self._documents = documents
        self._origins: dict[SourceId, Origin | None] = {}

    def carried_by(
        self, text: Stated, figure: Quantity, carriers: Carriers
    ) -> tuple[FactId, str] | None:
        """What carries a day that a text states.

        Args:
            text: The text, with its quotes.
            figure: The day, as `text` states it.
            carriers: The figures of these quotes.

        Returns:
            A fact, and what carries the day by its quotes or its record, as `supported_by` names
            it; None if nothing does.
        """
        evidence = text.evidence
        own = [each for fact in text.facts for each in self._own(fact) if each is not None]
        settled = frozenset[int]().union(*map(_weekdays, own))
        is_plan = any(fact.kind is FactKind.PLAN for fact in text.facts)
        named = [
            _told(
                NamedDay(each.quantity, self._origin(evidence[each.evidence].source)),
                evidence[each.evidence],
                settled,
                is_plan=is_plan,
            )
            for each in carriers.days()
        ]
        silent = {each.source for each in evidence} - {
            evidence[each.evidence].source for each in carriers.days()
        }
        named += [
            NamedDay(Quantity(Kind.RELATIVE), origin)
            for source in sorted(silent)
            if not text.is_translation and (origin := self._origin(source)) is not None
        ]
        years = carriers.years()
        for reading in figure.readings:
            if reading.day is None:
                continue
            # Where a quote names that very day, no other needs to be looked at.
            same = [each for each in named if each.quantity.day == reading.day]
            for fact, event in ((each, day) for each in text.facts for day in self._own(each)):
                by = supported_by(reading.day, same or named, years, event)
                if by == "quote" or (by and (not text.is_translation or by == "calendar")):
                    return fact.id, by
        return None

    def whole(self, text: Stated, carriers: Carriers) -> frozenset[date]:
        """The whole days that the quotes of a text name, and those of its facts.

        Args:
            text: The text, with its quotes.
            carriers: The figures of these quotes.
        """
        days = {fact.date.earliest for fact in text.facts if fact.date and fact.date.is_day}
        for each in carriers.days():
            origin = self._origin(text.evidence[each.evidence].source)
            days |= set(_whole(each.quantity, origin))
        return frozenset(day for day in days if day is not None)

    def are_read(self, text: Stated) -> bool:
        """Whether all documents behind a text are there, whose heads may name its days."""
        return all(each.source in self._documents for each in text.evidence)

    def _own(self, fact: Fact) -> tuple[Edtf | None, ...]:
        """A fact's date, and the day on which it, or the plan whose outcome it is, is due."""
        plans = (self._base.facts.get(each) for each in fact.outcome_of)
        due = (each.due for each in (fact, *plans) if each is not None)
        return (fact.date, *(each for each in due if each is not None))

    def _origin(self, name: SourceId) -> Origin | None:
        if name not in self._origins:
            source = self._base.sources.get(name)
            self._origins[name] = (
                Origin(source.published, _datelines(self._documents.get(name), source.language))
                if source is not None
                else None
            )
        return self._origins[name]


def _whole(named: Quantity, origin: Origin | None) -> Iterator[date | None]:
    """The days that a word of a quote may name: of a weekday the last one."""
    day = named.day
    if day is not None and day.day is not None:
        yield as_date(day) or (nearest(day, origin) if not day.solar else None)
        return
    for base in origin.days if origin is not None else ():
        if named.kind is Kind.RELATIVE:
            yield moved(base, int(named.value))
        elif day is not None and day.weekday is not None:
            yield moved(base, -((base.weekday() - day.weekday) % _FEW_DAYS))


def _weekdays(when: Edtf) -> frozenset[int]:
    """The weekdays of a day, or of a few days; none of a longer time."""
    first, last = when.earliest, when.latest
    if first is None or last is None or (last - first).days >= _FEW_DAYS:
        return frozenset()
    return frozenset((first + timedelta(n)).weekday() for n in range((last - first).days + 1))


def _told(
    named: NamedDay, evidence: Evidence, settled: Collection[int], *, is_plan: bool
) -> NamedDay:
    """A named day; a weekday with whether its quote tells of what was, or of what is to come.

    But not where a fact's own day is such a weekday: then it is that one.
    """
    day = named.quantity.day
    if day is None or day.day is not None:
        return named
    reading = reading_of(evidence.quote, evidence.language)
    at = reading.text.find(named.quantity.shown.lower()) if reading is not None else -1
    if day.weekday is None:
        return replace(named, past=reading is not None and at >= 0 and _was(reading, at))
    if day.weekday in settled:
        return named
    if reading is None or at < 0:
        return replace(named, past=True, ahead=is_plan)
    clause = next(each for each in reading.clauses if at < each.end)
    future, after = reading.words.pattern("future"), reading.words.at_end("ends.after")
    will = future is not None and future.search(reading.text, clause.start, clause.end) is not None
    # “will stay shut after Friday's fire”
    behind = after is not None and after.search(reading.text[clause.start : at]) is not None
    ahead = is_plan or will or any(mark.sense in _TO_COME for mark in clause.marks)
    return replace(named, past=behind or not will, ahead=ahead)


def _was(reading: Reading, at: int) -> bool:
    """Whether a month that is named at a place has been: “last June”, “was cut in February”."""
    latest = reading.words.at_end("latest")
    if latest is not None and latest.search(reading.text[:at].rstrip()) is not None:
        return True
    past, future = reading.words.pattern("past"), reading.words.pattern("future")
    own = next(each for each in reading.clauses if at < each.end)
    sentence = [each for each in reading.clauses if each.sentence == own.sentence]
    start, end = sentence[0].start, own.end
    to_come = future is not None and future.search(reading.text, start, end) is not None
    ahead = any(mark.sense in _TO_COME for each in sentence for mark in each.marks)
    if past is None or ahead or to_come:
        return False
    return past.search(reading.text, start, end) is not None


def _datelines(document: Document | None, language: str) -> tuple[date, ...]:
    """The whole days that the head of a document names."""
    if document is None:
        return ()
    days = (
        as_date(reading.day)
        for figure in read(document.text[:_DATELINE], language)
        for reading in figure.readings[:1]
        if reading.day is not None
    )
    return tuple(dict.fromkeys(day for day in days if day is not None))
