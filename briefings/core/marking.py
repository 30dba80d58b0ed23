"""How restricted each entry of a base is, once what it rests on is counted in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from briefings.core.edition import Edition
from briefings.core.model import (
    ActorId,
    ContestId,
    Fact,
    FactBase,
    FactId,
    GapId,
    JudgementId,
    Marking,
    PlaceId,
    Source,
    SourceId,
    TopicId,
    Voice,
)


@dataclass(frozen=True, slots=True)
class Markings:
    """The marking of each entry, by kind and id; none is below that of the base.

    A fact is as restricted as its sources, whom and what it names, and the most open of its
    topics; a judgement as what it rests on, a contested point as its positions.
    """

    sources: Mapping[SourceId, Marking]
    actors: Mapping[ActorId, Marking]
    places: Mapping[PlaceId, Marking]
    topics: Mapping[TopicId, Marking]
    facts: Mapping[FactId, Marking]
    judgements: Mapping[JudgementId, Marking]
    contests: Mapping[ContestId, Marking]
    gaps: Mapping[GapId, Marking]

    @property
    def highest(self) -> Marking:
        """The marking of the most restricted entry."""
        found: list[Marking] = []
        for kind in fields(self):
            found += getattr(self, kind.name).values()
        return max(found, default=Marking.CLEAR)


def markings(base: FactBase) -> Markings:
    """The markings of all entries of `base`."""
    own = base.marking
    topics = {name: max(own, one.marking) for name, one in base.topics.items()}
    facts = {name: max(own, _of_fact(base, one, topics)) for name, one in base.facts.items()}
    return Markings(
        sources={name: max(own, one.marking) for name, one in base.sources.items()},
        actors={name: max(own, one.marking) for name, one in base.actors.items()},
        places={name: max(own, one.marking) for name, one in base.places.items()},
        topics=topics,
        facts=facts,
        judgements={
            name: max(own, one.marking, topics[one.topic], *(facts[fact] for fact in one.rests_on))
            for name, one in base.judgements.items()
        },
        contests={
            name: max(own, one.marking, topics[one.topic], *(facts[fact] for fact in one.positions))
            for name, one in base.contests.items()
        },
        gaps={name: max(own, one.marking, topics[one.topic]) for name, one in base.gaps.items()},
    )


def actors_of(fact: Fact) -> frozenset[ActorId]:
    """Everyone whom a fact names, or who says or relays it."""
    said = (voice for each in fact.evidence for voice in (each.by, each.via))
    return frozenset(
        (*fact.actors, *(one for one in said if one is not None and not isinstance(one, Voice)))
    )


def _of_fact(base: FactBase, fact: Fact, topics: Mapping[TopicId, Marking]) -> Marking:
    return max(
        fact.marking,
        min(topics[topic] for topic in fact.topics),
        *(base.sources[each.source].marking for each in fact.evidence),
        *(base.actors[name].marking for name in actors_of(fact)),
        *(base.places[name].marking for name in fact.places),
    )


def of_source_page(desk: Marking, source: Source, editions: Iterable[Edition]) -> Marking:
    """The marking of the page of a source, which says too what each of `editions` takes from it.

    It is never below that of the `desk`.
    """
    citing = (
        edition.marking
        for edition in editions
        if any(view.source.id == source.id for view in edition.sources)
    )
    return max(desk, source.marking, *citing)
