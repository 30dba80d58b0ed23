"""When something could be known: the clock beside event time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from briefings.core.edtf import Edtf
from briefings.core.model import Fact, FactBase, FactId, FactKind, Source, SourceId


def source_known(source: Source) -> date | None:
    """The day from which `source` counts as known, None if no day is certain.

    That is the later bound of its publication, or the day of its capture if that is earlier: a
    document in hand is known, however vague its own date.
    """
    days = [day for day in (source.published.latest, source.retrieved) if day is not None]
    return min(days, default=None)


def facts_known(base: FactBase) -> dict[FactId, date]:
    """The day from which each fact counts as known; a fact without such a day is left out.

    It is that of the latest of its sources. Not the earliest, although one quote may have been
    public before: the statement says what all its quotes together carry, so nothing of a later
    day can reach an earlier edition. A fact that replaces another is known, in its new wording,
    from the day on which the other was withdrawn.
    """
    replacing: dict[FactId, date] = {}
    for fact in base.facts.values():
        if fact.withdrawn is not None and fact.withdrawn.replaced_by is not None:
            new, day = fact.withdrawn.replaced_by, fact.withdrawn.on
            replacing[new] = max(day, replacing.get(new, day))
    days = {name: source_known(source) for name, source in base.sources.items()}
    known = {}
    for fact in base.facts.values():
        since = _evidence_known(fact, days)
        if since is not None:
            known[fact.id] = max(since, replacing.get(fact.id, since))
    return known


def day_to_come(fact: Fact, known: date) -> Edtf | None:
    """When a plan is to happen: its `due`, else a `date` of later than it was `known`."""
    event = fact.date
    if fact.due is not None or fact.kind is not FactKind.PLAN or event is None:
        return fact.due
    return event if event.earliest is not None and event.earliest > known else None


def _evidence_known(fact: Fact, days: Mapping[SourceId, date | None]) -> date | None:
    latest: date | None = None
    for evidence in fact.evidence:
        day = days.get(evidence.source)
        if day is None:
            return None
        latest = day if latest is None else max(latest, day)
    return latest
