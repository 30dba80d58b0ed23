"""Where it all comes from: the facts of an edition by the origin of their sources, mark by mark."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.core.edition import Edition, Sentence
from briefings.core.model import Source
from briefings.core.values import dataclass

MOST = 8
"""How many origins have a row; those with fewer facts are counted."""

MOST_MARKS = 120
"""How many marks are drawn at most: where there are more facts, a mark stands for several."""

LEAST = 3  # facts; below that a picture says less than its words


@dataclass(frozen=True, slots=True)
class OriginMark:
    """Facts that one mark stands for, never none; `unnamed`: they rest on an unnamed source."""

    sentences: tuple[Sentence, ...]
    unnamed: bool


@dataclass(frozen=True, slots=True)
class OriginRow:
    """The sources of one origin, or one whose origin is unknown, and the facts that rest on it."""

    sources: tuple[Source, ...]
    sentences: tuple[Sentence, ...]
    marks: tuple[OriginMark, ...]


@dataclass(frozen=True, slots=True)
class Origins:
    """The picture: the origins of most facts first, `each` mark for so many facts.

    `others` are facts of origins without a row, `total` counts all facts; a fact that rests on two
    origins stands with both.
    """

    rows: tuple[OriginRow, ...]
    others: tuple[Sentence, ...]
    each: int
    total: int


def origins(edition: Edition) -> Origins | None:
    """The edition's facts by origin; None where there are too few to make a picture."""
    sentences = edition.sentences
    if len(sentences) < LEAST:
        return None
    sources: dict[str, dict[str, Source]] = {}
    resting: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        told_by = [attribution.source for attribution in sentence.attributions]
        for source in told_by:
            sources.setdefault(_origin(source), {})[source.id] = source
        for name in dict.fromkeys(map(_origin, told_by)):
            resting.setdefault(name, []).append(sentence)
    each = -(-len(sentences) // MOST_MARKS)
    names = sorted(resting, key=lambda name: -len(resting[name]))
    rows = tuple(
        OriginRow(tuple(sources[name].values()), tuple(resting[name]), _marks(resting[name], each))
        for name in names[:MOST]
    )
    drawn = {sentence.id for row in rows for sentence in row.sentences}
    return Origins(
        rows=rows,
        others=tuple(sentence for sentence in sentences if sentence.id not in drawn),
        each=each,
        total=len(sentences),
    )


def _origin(source: Source) -> str:
    """What makes two sources one; each whose origin is unknown stands alone."""
    return source.origin or f"/{source.id}"


def _marks(sentences: Sequence[Sentence], each: int) -> tuple[OriginMark, ...]:
    """Facts of named voices first, then those of unnamed ones."""
    marks: list[OriginMark] = []
    for unnamed in (False, True):
        chosen = [sentence for sentence in sentences if _is_unnamed(sentence) is unnamed]
        marks += (
            OriginMark(tuple(chosen[start : start + each]), unnamed)
            for start in range(0, len(chosen), each)
        )
    return tuple(marks)


def _is_unnamed(sentence: Sentence) -> bool:
    return any(attribution.anonymous for attribution in sentence.attributions)
