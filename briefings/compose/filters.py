"""Which facts a custom brief is about."""

from __future__ import annotations

from collections.abc import Collection

from briefings.core.model import Credibility, Fact, FactBase, Filters, Reliability


def passes(fact: Fact, base: FactBase, filters: Filters) -> bool:
    """Whether every filter lets `fact` through; their order plays no part.

    Values of one filter are alternatives. Grades are compared on their scales, A–E and 1–5; F and
    6 mean that nothing can be judged, are no place on the scale, and pass no minimum. A fact is as
    reliable as the best of its sources.

    Args:
        fact: What may be shown.
        base: For the grades of its sources.
        filters: What was asked for.
    """
    sources = {evidence.source for evidence in fact.evidence}
    actors = {*fact.actors, *fact.voices}
    names = {fact.id, *sources, *actors, *fact.places}
    return (
        _meets(filters.actors, actors)
        and _meets(filters.places, fact.places)
        and _meets(filters.sources, sources)
        and _meets(filters.kinds, (fact.kind,))
        and names.isdisjoint(filters.exclude)
        and _reliable(fact, base, filters.min_reliability)
        and _credible(fact.credibility, filters.min_credibility)
    )


def _meets(wanted: Collection[str], values: Collection[str]) -> bool:
    return not wanted or not set(wanted).isdisjoint(values)


def _reliable(fact: Fact, base: FactBase, least: Reliability | None) -> bool:
    grades = [base.sources[evidence.source].reliability for evidence in fact.evidence]
    return least is None or any(grade is not Reliability.F and grade <= least for grade in grades)


def _credible(grade: Credibility, least: Credibility | None) -> bool:
    return least is None or (grade is not Credibility.CANNOT_BE_JUDGED and grade <= least)
