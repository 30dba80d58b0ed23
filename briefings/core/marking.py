"""How restricted each entry of a base is, once what it rests on is counted in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING

from briefings.core.model import (
    Account,
    AccountId,
    Actor,
    ActorId,
    ContestId,
    Fact,
    FactBase,
    FactId,
    GapId,
    JudgementId,
    Marking,
    Place,
    PlaceId,
    Source,
    SourceId,
    Summary,
    SummaryId,
    TopicId,
    Voice,
)
from briefings.core.values import dataclass

# For types alone: the check, which tells no edition, does without its thirty classes.
if TYPE_CHECKING:
    from briefings.core.edition import Edition


@dataclass(frozen=True, slots=True)
class Markings:
    """The marking of each entry, by kind and id; none is below that of the base.

    A fact is as restricted as its sources, whom and what it names, and the most open of its
    topics; a judgement as what it rests on, a contested point as its positions, a summary or an
    account as what it tells.
    """

    sources: Mapping[SourceId, Marking]
    actors: Mapping[ActorId, Marking]
    places: Mapping[PlaceId, Marking]
    topics: Mapping[TopicId, Marking]
    facts: Mapping[FactId, Marking]
    judgements: Mapping[JudgementId, Marking]
    contests: Mapping[ContestId, Marking]
    gaps: Mapping[GapId, Marking]
    summaries: Mapping[SummaryId, Marking]
    accounts: Mapping[AccountId, Marking]

    @property
    def highest(self) -> Marking:
        """The marking of the most restricted entry."""
        kinds: list[Mapping[str, Marking]] = [getattr(self, kind.name) for kind in fields(self)]
        return max((each for kind in kinds for each in kind.values()), default=Marking.CLEAR)


def markings(base: FactBase) -> Markings:
    """The markings of all entries of `base`."""
    own = base.marking
    topics = _topic_markings(base)
    facts = fact_markings(base)
    return Markings(
        sources={name: max(own, source.marking) for name, source in base.sources.items()},
        actors={name: max(own, actor.marking) for name, actor in base.actors.items()},
        places={name: max(own, place.marking) for name, place in base.places.items()},
        topics=topics,
        facts=facts,
        judgements={
            name: max(
                own, view.marking, topics[view.topic], *(facts[fact] for fact in view.rests_on)
            )
            for name, view in base.judgements.items()
        },
        contests={
            name: max(
                own, point.marking, topics[point.topic], *(facts[it] for it in point.positions)
            )
            for name, point in base.contests.items()
        },
        gaps={name: max(own, gap.marking, topics[gap.topic]) for name, gap in base.gaps.items()},
        summaries={
            name: max(own, topics[each.topic], _of_prose(each, facts))
            for name, each in base.summaries.items()
        },
        accounts={
            name: max(own, min(topics[it] for it in each.topics), _of_prose(each, facts))
            for name, each in base.accounts.items()
        },
    )


def fact_markings(base: FactBase) -> dict[FactId, Marking]:
    """The markings of all facts; what a fact names and could not be read restricts none."""
    topics = _topic_markings(base)
    return {
        name: max(base.marking, _of_fact(base, fact, topics)) for name, fact in base.facts.items()
    }


def _topic_markings(base: FactBase) -> dict[TopicId, Marking]:
    return {name: max(base.marking, topic.marking) for name, topic in base.topics.items()}


def actors_of(fact: Fact) -> frozenset[ActorId]:
    """Everyone whom a fact names, or who says or relays it."""
    voices = (voice for each in fact.evidence for voice in (each.by, each.via))
    speakers = (voice for voice in voices if voice is not None and not isinstance(voice, Voice))
    return frozenset((*fact.actors, *speakers))


def _of_fact(base: FactBase, fact: Fact, topics: Mapping[TopicId, Marking]) -> Marking:
    entries: tuple[Source | Actor | Place | None, ...] = (
        *(base.sources.get(each.source) for each in fact.evidence),
        *(base.actors.get(name) for name in actors_of(fact)),
        *(base.places.get(name) for name in fact.places),
    )
    return max(
        fact.marking,
        min((topics[name] for name in fact.topics if name in topics), default=Marking.CLEAR),
        *(entry.marking for entry in entries if entry is not None),
    )


def _of_prose(entry: Summary | Account, facts: Mapping[FactId, Marking]) -> Marking:
    own = entry.marking if entry.marking is not None else Marking.CLEAR
    return max(own, *(facts[fact] for fact in entry.facts))


def of_source_page(desk: Marking, source: Source, editions: Iterable[Edition]) -> Marking:
    """The marking of the page of a source, which says too what each edition takes from it.

    Args:
        desk: The desk's own, below which it never is.
        source: The source.
        editions: All that the desk publishes; those that do not cite the source do not count.

    """
    citing = (
        edition.marking
        for edition in editions
        if any(view.source.id == source.id for view in edition.sources)
    )
    return max(desk, source.marking, *citing)
