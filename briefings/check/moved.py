"""Figures that a statement tells of another thing: 30 killed and 12 hurt for 12 and 30."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import NamedTuple, TypeAlias

from briefings.check.clauses import Clause, Reading
from briefings.check.quantities.quantity import Kind, Quantity
from briefings.check.quantities.reader import read

_COUNTED = frozenset({Kind.NUMBER, Kind.PERCENT})
_BEHIND = 2  # words behind a figure that say of what it is: “30 people killed”

_Size: TypeAlias = tuple[Kind, Fraction, Fraction | None]


class _Counted(NamedTuple):
    """The words that stand with a figure, those behind it, and how the text writes it.

    `of` are the first of those behind it.
    """

    stems: frozenset[str]
    behind: frozenset[str]
    of: frozenset[str]
    shown: str


def moved(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Figures of a statement that the quotes have of another thing, each with what they say.

    A figure counts where it is the only one between two commas, or words such as “and”.
    """
    if not _has_digits(statement):
        return
    stated = _counted([statement])
    quoted = _counted([each for each in quotes if _has_digits(each)]) if stated else {}
    both = [size for size in stated if size in quoted]
    for one, other in combinations(both, 2):
        first, second = quoted[one].stems, quoted[other].stems
        if _is_of(stated[one].stems, second - first, first - second) and _is_of(
            stated[other].stems, first - second, second - first
        ):
            yield stated[one].shown, quoted[other].shown
    for size in both:
        others = {other: each for other, each in quoted.items() if other not in stated}
        if (theirs := _thing_of(stated[size], quoted[size], others)) is not None:
            yield stated[size].shown, theirs.shown


def _is_of(stems: frozenset[str], these: frozenset[str], those: frozenset[str]) -> bool:
    return not stems.isdisjoint(these) and stems.isdisjoint(those)


def _thing_of(ours: _Counted, same: _Counted, others: Mapping[_Size, _Counted]) -> _Counted | None:
    """What the quotes count with another figure, and the statement with this one.

    Only where both the quotes and the statement say what they count in more than a word: of
    “12 people died in May and 30 in June”, 30 are people too.
    """
    if min(len(ours.of), len(same.of)) < _BEHIND or not ours.stems.isdisjoint(same.behind):
        return None
    return next((each for each in others.values() if ours.of <= each.of), None)


def _has_digits(reading: Reading) -> bool:
    return any(stem[0].isdigit() for stem in reading.stems)


def _counted(readings: Sequence[Reading]) -> dict[_Size, _Counted]:
    """By its size: each figure that stands alone in its part of a clause."""
    counted: dict[_Size, _Counted] = {}
    for reading in readings:
        figures = [
            figure
            for figure in read(reading.text, reading.words.code)
            if figure.kind in _COUNTED and figure.sure
        ]
        for clause in reading.clauses:
            inside = [each for each in figures if clause.start <= each.start < clause.end]
            for figure, start, end in _parts(reading, clause, inside) if inside else ():
                size = figure.kind, figure.value, figure.upper
                new = _of_part(reading, clause, figure, start, end)
                counted[size] = _together(counted[size], new) if size in counted else new
    return counted


def _of_part(reading: Reading, clause: Clause, figure: Quantity, start: int, end: int) -> _Counted:
    before = [word.stem for word in clause.words if start <= word.start < figure.start]
    behind = [word.stem for word in clause.words if figure.end <= word.start < end]
    return _Counted(
        frozenset(before + behind),
        frozenset(behind),
        frozenset(behind[:_BEHIND]),
        reading.text[figure.start : end].strip(" ,.;:،、，。"),
    )


def _together(one: _Counted, other: _Counted) -> _Counted:
    return _Counted(
        one.stems | other.stems, one.behind | other.behind, one.of | other.of, one.shown
    )


def _parts(
    reading: Reading, clause: Clause, figures: Sequence[Quantity]
) -> Iterator[tuple[Quantity, int, int]]:
    """Each figure of a clause with the range of its part, which begins at a word like “and”.

    Where the verb stands last, at the figure itself. Figures that nothing parts are left out.
    """
    joins = reading.words.pattern("joins")
    cuts: list[int | None] = [clause.start]
    for figure, following in pairwise(figures):
        joined = joins.finditer(reading.text, figure.end, following.end) if joins else ()
        cut = following.start if reading.words.verb_last else None
        for join in joined:
            cut = join.start()
        cuts.append(cut)
    cuts.append(clause.end)
    for figure, (start, end) in zip(figures, pairwise(cuts), strict=True):
        if start is not None and end is not None:
            yield figure, start, end
