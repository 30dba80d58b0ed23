"""When something could be known: the clock beside event time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from briefings.core.model import Fact, Source, SourceId


def source_known(source: Source) -> date | None:
    """The day from which `source` counts as known, None if no day is certain.

    That is the later bound of its publication, or the day of its capture if that is earlier: a
    document in hand is known, however vague its own date.
    """
    days = [day for day in (source.published.latest, source.retrieved) if day is not None]
    return min(days, default=None)


def fact_known(fact: Fact, sources: Mapping[SourceId, Source]) -> date | None:
    """The day from which `fact` counts as known: that of the latest of its sources.

    Not the earliest, although one quote may have been public before: the statement says what
    all its quotes together carry, so nothing of a later day can reach an earlier edition.
    """
    days = [
        source_known(sources[evidence.source]) if evidence.source in sources else None
        for evidence in fact.evidence
    ]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None
