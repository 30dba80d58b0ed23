"""By which actors, places, sources and contested points a reader of the screen finds a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from briefings.core.edition import Edition, Sentence
from briefings.core.groups import grouped
from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Facets:
    """Ids, each kind in its order in the edition."""

    actors: tuple[str, ...]
    places: tuple[str, ...]
    sources: tuple[str, ...]
    contests: tuple[str, ...]


def facets(edition: Edition) -> Mapping[str, Facets]:
    """The facets of every sentence, by its id."""
    actors = _naming((view.actor.id, view.sentences) for view in edition.actors)
    places = _naming((view.place.id, view.sentences) for view in edition.places)
    return {
        sentence.id: Facets(
            actors=tuple(actors.get(sentence.id, ())),
            places=tuple(places.get(sentence.id, ())),
            sources=tuple(dict.fromkeys(voice.source.id for voice in sentence.attributions)),
            contests=tuple(contest.id for contest in sentence.contests),
        )
        for sentence in edition.sentences
    }


def _naming(named: Iterable[tuple[str, tuple[Sentence, ...]]]) -> dict[str, list[str]]:
    """By the id of each sentence the names of those that it names, in their order."""
    return grouped((sentence.id, name) for name, sentences in named for sentence in sentences)
