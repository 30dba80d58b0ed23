"""Who does something to whom, turned round: “A beat B” for “B beat A”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from briefings.check.clauses import Reading

_BESIDE = 2  # words on either side of an act that tell who is meant


class _Act(NamedTuple):
    """A word for what one does to another, as its clause has it, and the words beside it."""

    word: str
    shown: str
    before: frozenset[str]
    behind: frozenset[str]


def actors(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Acts of a statement whose doer is in a quote the one it is done to, each with the quote's.

    Only in languages whose order of words tells one from the other, and of acts that are not
    mutual.
    """
    stated = _acts(statement)
    quoted = [act for quote in quotes for act in _acts(quote)] if stated else []
    for ours in stated:
        same = [theirs for theirs in quoted if theirs.word == ours.word]
        turned = [theirs for theirs in same if _turned(ours, theirs)]
        if turned and len(turned) == len(same):
            yield ours.shown, turned[0].shown


def _turned(ours: _Act, theirs: _Act) -> bool:
    return (
        not ours.before.isdisjoint(theirs.behind)
        and not ours.behind.isdisjoint(theirs.before)
        and ours.before.isdisjoint(theirs.before)
        and ours.behind.isdisjoint(theirs.behind)
    )


@lru_cache(maxsize=4096)
def _acts(reading: Reading) -> tuple[_Act, ...]:
    return tuple(_acts_of(reading)) if reading.acts else ()


def _acts_of(reading: Reading) -> Iterator[_Act]:
    pattern = reading.words.pattern("acts")
    if pattern is None:
        return
    for index, clause in enumerate(reading.clauses):
        if not any(clause.start <= at < clause.end for at in reading.acts):
            continue
        for match in pattern.finditer(reading.part(index)):
            start, end = clause.start + match.start(), clause.start + match.end()
            names = [word for word in clause.words if not word.stem[0].isdigit()]
            before = [word for word in names if word.start < start][-_BESIDE:]
            behind = [word for word in names if word.start >= end][:_BESIDE]
            if before and behind:
                last = reading.text[behind[-1].start : clause.end].split(maxsplit=1)[0]
                yield _Act(
                    match.group(),
                    (reading.text[before[0].start : behind[-1].start] + last).strip(".,;:"),
                    frozenset(word.stem for word in before),
                    frozenset(word.stem for word in behind),
                )
