"""How restricted each entry of a base is, once what it rests on is counted in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

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

_Id = TypeVar("_Id", bound=str)


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
    own, topics = base.marking, _topic_markings(base)
    sources, actors, places = (
        _above(own, base.sources),
        _above(own, base.actors),
        _above(own, base.places),
    )
    # Few entries are marked higher than the base: where none is, what facts name is not looked at.
    return {
        name: max(
            own,
            fact.marking,
            min((topics[name] for name in fact.topics if name in topics), default=own),
            *(sources.get(each.source, own) for each in fact.evidence if sources),
            *(actors.get(each, own) for each in (actors_of(fact) if actors else ())),
            *(places.get(each, own) for each in fact.places if places),
        )
        for name, fact in base.facts.items()
    }


def _topic_markings(base: FactBase) -> dict[TopicId, Marking]:
    return {name: max(base.marking, topic.marking) for name, topic in base.topics.items()}


def actors_of(fact: Fact) -> frozenset[ActorId]:
    """Everyone whom a fact names, or who says or relays it."""
    speakers = (voice for voice in fact.voices if not isinstance(voice, Voice))
    return frozenset((*fact.actors, *speakers))


def _above(own: Marking, entries: Mapping[_Id, Source | Actor | Place]) -> dict[_Id, Marking]:
    """The entries that are marked higher than the base itself."""
    return {name: each.marking for name, each in entries.items() if each.marking > own}


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
