"""Two figures or names, each told of what the quotes tell of the other: “Kerr was paid” for Okoye.

What a text tells of a figure or a name is its clause, with those beside it that hold no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from briefings.check.quantities.quantity import COUNTED, Unit
from briefings.check.wording.clauses import Reading
from briefings.check.wording.content_words import known_stem, token_of

_NAME = "name"
_TWO = 2


class _Anchor(NamedTuple):
    """A figure of some kind and unit, or a name, and how the text writes it."""

    sort: str
    key: str
    unit: Unit | None
    shown: str


def exchanged(
    quotes: Sequence[Reading], text: Reading, names: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """The words of a text that it tells of one of two, and what the quotes tell them of.

    Both have to be told of what is the other's alone, and of nothing that is their own.

    Args:
        quotes: What carries the text.
        text: What is told.
        names: The words with a capital that both have, in lower case.
    """
    if text.words.spaceless or len(names) + text.figures < _TWO:
        return
    ours = _told(text, names)
    if len(ours) < _TWO:
        return
    theirs: dict[_Anchor, frozenset[str]] = {}
    apart: list[dict[_Anchor, set[int]]] = []
    for quote in quotes:
        places = _places(quote, names)
        apart.append(places)
        for anchor, stems in _around(quote, places).items():
            theirs[anchor] = theirs.get(anchor, frozenset()) | stems
    both = {(each.sort, each.key): each for each in theirs}
    known = [each for each in ours if (each.sort, each.key) in both]
    for one, other in combinations(known, _TWO):
        first, second = (both[each.sort, each.key] for each in (one, other))
        if any(_are_listed(each, one, other) for each in (text, *quotes)):
            continue  # “between Iran and Iraq”
        units = {each.unit for each in (first, second)} - {None}
        if (
            one.sort != other.sort
            or len(units) == _TWO
            or any(
                not places.get(first, set()).isdisjoint(places.get(second, set()))
                for places in apart
            )
        ):
            continue
        left, right = theirs[first] - theirs[second], theirs[second] - theirs[first]
        if _is_crossed(ours[one], ours[other], left, right):
            crossed = ours[one] & right or ours[other] & left
            shown = (one, second) if ours[one] & right else (other, first)
            yield f"{shown[0].shown} … {min(crossed)}", f"{shown[1].shown} … {min(crossed)}"
            return


def _is_crossed(
    one: frozenset[str], other: frozenset[str], left: frozenset[str], right: frozenset[str]
) -> bool:
    """Whether either is told of what is the other's, and one of them of nothing that is its own."""
    moved = len(one & right), len(other & left)
    kept = len(one & left), len(other & right)
    return (
        min(moved) > 0
        and min(kept) == 0
        and all(
            there > here or (there == here and there > 1)
            for there, here in zip(moved, kept, strict=True)
        )
    )


def _are_listed(reading: Reading, one: _Anchor, other: _Anchor) -> bool:
    """Whether but an “and” stands between two names, or that and an article."""
    joins = reading.words.pattern("joins")
    if joins is None or one.sort != _NAME or other.sort != _NAME:
        return False
    words = [match.group() for match in token_of(reading.text).finditer(reading.text)]
    at = [index for index, word in enumerate(words) if word in (one.key, other.key)]
    return any(
        words[first] != words[last]
        and 0 < last - first - 1 <= _TWO
        and any(joins.fullmatch(word) for word in words[first + 1 : last])
        for first, last in pairwise(at)
    )


def _told(reading: Reading, names: frozenset[str]) -> dict[_Anchor, frozenset[str]]:
    """What a text tells of each figure and name that stands in it once; nothing of others."""
    places = _places(reading, names)
    around = _around(reading, places)
    return {anchor: around[anchor] for anchor, at in places.items() if len(at) == 1}


def _places(reading: Reading, names: frozenset[str]) -> dict[_Anchor, set[int]]:
    """The clauses in which figures and names of a text stand."""
    places: dict[_Anchor, set[int]] = {}
    figures = [
        (figure.start, _Anchor(figure.kind, str(figure.value), figure.unit, figure.shown))
        for figure in reading.quantities
        if figure.kind in COUNTED and figure.sure and not figure.may_be_year
    ]
    for index, clause in enumerate(reading.clauses):
        for start, anchor in figures:
            if clause.start <= start < clause.end:
                places.setdefault(anchor, set()).add(index)
        for match in token_of(reading.text).finditer(reading.text, clause.start, clause.end):
            if match.group() in names:
                anchor = _Anchor(_NAME, match.group(), None, match.group())
                places.setdefault(anchor, set()).add(index)
    return places


def _around(reading: Reading, places: dict[_Anchor, set[int]]) -> dict[_Anchor, frozenset[str]]:
    """By figure or name: other words of its clauses, and of those beside them that hold none."""
    held: dict[str, set[int]] = {}
    for anchor, at in places.items():
        held.setdefault(anchor.sort, set()).update(at)
    names = (each.key for each in places if each.sort == _NAME)
    named = frozenset([known_stem(name, reading.words) for name in names])
    return {
        anchor: frozenset(
            stem
            for index in at
            for near in _free(reading, index, held[anchor.sort])
            for stem in reading.clauses[near].stems
            if not stem[0].isdigit()
        )
        - named
        for anchor, at in places.items()
    }


def _free(reading: Reading, index: int, held: set[int]) -> Iterator[int]:
    """A clause, and those on either side of it in its sentence up to one that holds another."""
    yield index
    for step in (-1, 1):
        at = index + step
        while (
            0 <= at < len(reading.clauses)
            and at not in held
            and reading.clauses[at].sentence == reading.clauses[index].sentence
        ):
            yield at
            at += step
