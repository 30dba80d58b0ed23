"""Who says what: the answers to the disputed points by the voices that give them, as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from briefings.core.edition import Attribution, ContestView, Edition, Sentence
from briefings.core.values import dataclass
from briefings.render.html.leads import Side, sides

MOST = 6
"""So many voices have a column; what others say stands in one for all of them."""

MOST_ROWS = 10
"""A table goes on with the next point up to so many rows, so that its head is seen with each."""

_LEAST = 2  # voices


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, the sentences of each column's voice that give it, and those of the others."""

    side: Side
    cells: tuple[tuple[Sentence, ...], ...]
    others: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A disputed point with its answers, in the order of their first account."""

    view: ContestView
    answers: tuple[Answer, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All accounts of the point."""
        return self.view.positions


@dataclass(frozen=True, slots=True)
class Table:
    """A column for each of `voices`, one more if `has_others`, a row for each answer to `points`.

    A voice is told by the first attribution that names it.
    """

    voices: tuple[Attribution, ...]
    points: tuple[Point, ...]
    has_others: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """The picture: tables that a page holds, each with the voices that speak on its points."""

    tables: tuple[Table, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """Those of all tables."""
        return tuple(point for table in self.tables for point in table.points)


def matrix(edition: Edition) -> Matrix | None:
    """The edition's disputed points by voice; None where one voice alone speaks on all of them."""
    views = (*edition.front.disputes, *edition.front.details)
    heard = (_voices(sentence) for view in views for sentence in view.positions)
    if len(frozenset[object]().union(*heard)) < _LEAST:
        return None
    return Matrix(tuple(_table(together) for together in _parted(views)))


def _parted(views: Iterable[ContestView]) -> Iterable[tuple[ContestView, ...]]:
    """The points of each table, in their order."""
    together: list[ContestView] = []
    rows = 0
    for view in views:
        needed = 1 + len(sides(view))
        if together and rows + needed > MOST_ROWS:
            yield tuple(together)
            together, rows = [], 0
        together.append(view)
        rows += needed
    yield tuple(together)


def _table(views: Sequence[ContestView]) -> Table:
    first: dict[object, Attribution] = {}
    answers = Counter[object]()
    for view in views:
        for sentence in view.positions:
            for attribution in sentence.attributions:
                first.setdefault(_voice(attribution), attribution)
            answers.update(_voices(sentence))
    columns = sorted(first, key=lambda voice: -answers[voice])
    if len(columns) > MOST + 1:
        columns = columns[:MOST]
    kept = [voice for voice in first if voice in columns]
    return Table(
        voices=tuple(first[voice] for voice in kept),
        points=tuple(Point(view, tuple(_answers(view, kept))) for view in views),
        has_others=len(first) > len(kept),
    )


def _answers(view: ContestView, columns: Iterable[object]) -> Iterable[Answer]:
    for side in sides(view):
        cells = tuple(
            tuple(each for each in side.sentences if voice in _voices(each)) for voice in columns
        )
        drawn = {each.id for cell in cells for each in cell}
        yield Answer(side, cells, tuple(each for each in side.sentences if each.id not in drawn))


def _voices(sentence: Sentence) -> set[object]:
    return {_voice(attribution) for attribution in sentence.attributions}


def _voice(attribution: Attribution) -> object:
    """Whom one hears: an actor wherever it speaks, else the source, by itself or for someone."""
    return (
        attribution.actor.id
        if attribution.actor is not None
        else (attribution.source.id, attribution.anonymous)
    )
