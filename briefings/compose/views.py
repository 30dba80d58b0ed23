"""Gather what an edition's sentences name: actors, places, sources and how good they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from briefings.core.edition import (
    ActorView,
    Citation,
    PlaceView,
    Sentence,
    SourceSummary,
    SourceView,
    TimelineEntry,
)
from briefings.core.groups import grouped
from briefings.core.marking import actors_of
from briefings.core.model import (
    Actor,
    ActorId,
    Credibility,
    FactBase,
    FactId,
    Reliability,
    SourceId,
)


def _as_known(actor: Actor, known: Mapping[SourceId, date]) -> Actor:
    """`actor` with the titles that known sources give, by the day they were known.

    A note speaks of all its titles, so it waits for the last of them.
    """
    titles = [title for title in actor.titles if title.source in known]
    return replace(
        actor,
        note=actor.note if len(titles) == len(actor.titles) else None,
        titles=tuple(
            sorted(
                titles,
                key=lambda title: (
                    known[title.source],
                    title.source,
                    title.name or "",
                    title.title or "",
                ),
            )
        ),
    )


def actors_as_known(
    base: FactBase, known: Mapping[SourceId, date], facts: Iterable[FactId]
) -> dict[ActorId, Actor]:
    """Everyone whom a told fact names or who says it, and their bodies, as known by then.

    Args:
        base: The base.
        known: From which day each source was known; of the others nothing is taken.
        facts: The facts that are told.
    """
    named = {actor for fact in facts for actor in actors_of(base.facts[fact])}
    bodies = {base.actors[actor].of for actor in named} - {None}
    return {
        actor: _as_known(base.actors[actor], known)
        for actor in (*named, *bodies)
        if actor is not None
    }


def actors(
    base: FactBase, shown: Mapping[ActorId, Actor], sentences: Sequence[Sentence]
) -> tuple[ActorView, ...]:
    """Everyone whom a sentence names or who speaks in it, by first mention.

    Args:
        base: The base.
        shown: Each actor as it is known on the edition's day, of `actors_as_known`.
        sentences: Those of the edition, in their order.
    """
    named = grouped((actor, sentence) for sentence in sentences for actor in _actors_of(sentence))
    return tuple(_actor_view(base, shown, shown[actor], naming) for actor, naming in named.items())


def _actors_of(sentence: Sentence) -> Iterable[ActorId]:
    speakers = (
        actor.id for voice in sentence.attributions for actor in (voice.actor, voice.via) if actor
    )
    return dict.fromkeys((*sentence.fact.actors, *speakers))


def _actor_view(
    base: FactBase, shown: Mapping[ActorId, Actor], actor: Actor, sentences: Iterable[Sentence]
) -> ActorView:
    return ActorView(
        actor=actor,
        of=shown[actor.of] if actor.of else None,
        titles=tuple((title, base.sources[title.source]) for title in actor.titles),
        sentences=tuple(sentences),
    )


def places(base: FactBase, sentences: Sequence[Sentence]) -> tuple[PlaceView, ...]:
    """The places with coordinates that sentences name, by first mention."""
    named = grouped(
        (place, sentence) for sentence in sentences for place in dict.fromkeys(sentence.fact.places)
    )
    return tuple(
        PlaceView(base.places[place], tuple(naming))
        for place, naming in named.items()
        if base.places[place].at is not None
    )


def timeline(sentences: Sequence[Sentence]) -> tuple[TimelineEntry, ...]:
    """The dated facts in order of event time, whatever their section."""
    entries = [
        TimelineEntry(sentence, sentence.fact.date, sentence.known)
        for sentence in sentences
        if sentence.fact.date is not None
    ]
    return tuple(sorted(entries, key=_event_time))


def _event_time(entry: TimelineEntry) -> tuple[date, date]:
    earliest, latest = entry.event.earliest, entry.event.latest
    return earliest or latest or entry.known, latest or earliest or entry.known


def sources(
    known: Mapping[SourceId, date], as_of: date, citations: Sequence[Citation]
) -> tuple[SourceView, ...]:
    """The cited sources in the order of their first citation.

    Args:
        known: From which day each source was known.
        as_of: The edition's day, from which their age is counted, in days.
        citations: In the order of their numbers.
    """
    cited = grouped((citation.source.id, citation) for citation in citations)
    return tuple(
        SourceView(
            source=quotes[0].source,
            known=known[source],
            age=(as_of - known[source]).days,
            citations=tuple(quote.number for quote in quotes),
        )
        for source, quotes in cited.items()
    )


def sourcing(sentences: Sequence[Sentence], cited: Sequence[SourceView]) -> SourceSummary | None:
    """How good the sourcing of an edition is as a whole (ICD 206); None if nothing is cited.

    Args:
        sentences: All that the edition tells.
        cited: All sources that it cites.
    """
    if not cited:
        return None
    by_age = sorted(cited, key=lambda view: (view.known, view.source.id))
    origins = {view.source.origin for view in cited if view.source.origin is not None}
    return SourceSummary(
        sources=len(cited),
        origins=len(origins),
        unknown_origin=sum(view.source.origin is None for view in cited),
        languages=tuple(sorted({view.source.language for view in cited})),
        facts=len(sentences),
        anonymous=sum(
            any(voice.anonymous for voice in sentence.attributions) for sentence in sentences
        ),
        single_origin=sum(_has_single_origin(sentence) for sentence in sentences),
        grades=_count(Reliability, [view.source.reliability for view in cited]),
        credibilities=_count(Credibility, [sentence.fact.credibility for sentence in sentences]),
        oldest=by_age[0],
        newest=by_age[-1],
    )


def _has_single_origin(sentence: Sentence) -> bool:
    """Whether no two known, different origins carry it; unknown ones corroborate nothing."""
    origins = {voice.source.origin for voice in sentence.attributions}
    return len(origins - {None}) < 2


def _count(scale: Iterable[str], grades: Iterable[str]) -> dict[str, int]:
    counts = Counter(grades)
    return {str(grade): counts[grade] for grade in scale if grade in counts}
