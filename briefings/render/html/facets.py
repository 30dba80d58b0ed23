"""By which actors, places, sources and contested points a reader of the screen finds a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from briefings.core.edition import Edition, Sentence
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
    actors = [(view.actor.id, view.sentences) for view in edition.actors]
    places = [(view.place.id, view.sentences) for view in edition.places]
    return {
        sentence.id: Facets(
            actors=_naming(sentence, actors),
            places=_naming(sentence, places),
            sources=tuple(dict.fromkeys(voice.source.id for voice in sentence.attributions)),
            contests=tuple(contest.id for contest in sentence.contests),
        )
        for sentence in edition.sentences
    }


def _naming(
    sentence: Sentence, named: Iterable[tuple[str, tuple[Sentence, ...]]]
) -> tuple[str, ...]:
    return tuple(name for name, sentences in named if sentence in sentences)
