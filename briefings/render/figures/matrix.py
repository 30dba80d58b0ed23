"""Who says what: the answers to each disputed point by the voices that give them, as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from briefings.core.edition import Attribution, ContestView, Edition, Sentence
from briefings.core.values import dataclass
from briefings.render.html.leads import Side, sides

MOST = 6
"""How many voices have a column; what others say stands in one for all of them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, the sentences of each column's voice that give it, and those of the others."""

    side: Side
    cells: tuple[tuple[Sentence, ...], ...]
    others: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A disputed point: a column for each of `voices`, one more if `has_others`, a row an answer.

    A voice is told by the first attribution that names it; the answers are in the order of their
    first account.
    """

    view: ContestView
    voices: tuple[Attribution, ...]
    answers: tuple[Answer, ...]
    has_others: bool

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All accounts of the point."""
        return self.view.positions

    @property
    def tells(self) -> bool:
        """Whether an answer has two voices or origins, or one of several voices gives two answers.

        A voice for each answer would be a diagonal, and say what the list of answers says.
        """
        rows = [[*map(bool, (*answer.cells, answer.others))] for answer in self.answers]
        is_shared = any(sum(line) > 1 for line in (*rows, *zip(*rows, strict=True)))
        is_backed = any(len(_origins(answer)) > 1 for answer in self.answers)
        return len(self.voices) > 1 and (is_shared or is_backed)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The picture: a small table for each point that it tells, with the voices that speak on it."""

    points: tuple[Point, ...]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All answers to all points."""
        return tuple(answer for point in self.points for answer in point.answers)

    @property
    def backed(self) -> tuple[Answer, ...]:
        """Those that two or more sources give which are known to be independent."""
        return tuple(answer for answer in self.answers if len(_origins(answer)) > 1)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All accounts of all points."""
        return tuple(sentence for point in self.points for sentence in point.sentences)


def matrix(edition: Edition) -> Matrix | None:
    """The edition's disputed points of which the voices tell more than a list; None without any."""
    views = (*edition.front.disputes, *edition.front.details)
    points = tuple(point for point in map(_point, views) if point.tells)
    return Matrix(points) if points else None


def _point(view: ContestView) -> Point:
    first: dict[object, Attribution] = {}
    answers = Counter[object]()
    for sentence in view.positions:
        for attribution in sentence.attributions:
            first.setdefault(_voice(attribution), attribution)
        answers.update(_voices(sentence))
    columns = sorted(first, key=lambda voice: -answers[voice])
    if len(columns) > MOST + 1:
        columns = columns[:MOST]
    kept = [voice for voice in first if voice in columns]
    return Point(
        view,
        voices=tuple(first[voice] for voice in kept),
        answers=tuple(_answers(view, kept)),
        has_others=len(first) > len(kept),
    )


def _answers(view: ContestView, columns: Iterable[object]) -> Iterable[Answer]:
    for side in sides(view):
        cells = tuple(
            tuple(each for each in side.sentences if voice in _voices(each)) for voice in columns
        )
        drawn = {each.id for cell in cells for each in cell}
        yield Answer(side, cells, tuple(each for each in side.sentences if each.id not in drawn))


def _origins(answer: Answer) -> set[str]:
    told_by = (each for sentence in answer.side.sentences for each in sentence.attributions)
    return {each.source.origin for each in told_by if each.source.origin is not None}


def _voices(sentence: Sentence) -> set[object]:
    return {_voice(attribution) for attribution in sentence.attributions}


def _voice(attribution: Attribution) -> object:
    """Whom one hears: an actor wherever it speaks, else the source, by itself or for someone."""
    return (
        attribution.actor.id
        if attribution.actor is not None
        else (attribution.source.id, attribution.anonymous)
    )
