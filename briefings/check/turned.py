"""Words of direction and of amount that a statement turns: rose for fell, all for some."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefings.check.clauses import Clause, Reading
from briefings.check.words import Sense

_NONE = 0
_SOME = 3
_MOST = 4
_ALL = 6
_HEAD = 3


def opposites(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Words of a statement whose opposite stands in the quote instead, each with that."""
    heard = frozenset[int]().union(*(quote.sides for quote in quotes))
    for side in sorted(each for each in statement.sides if each ^ 1 in heard):
        ours, theirs = statement.words.opposites(side)
        if ours.search(statement.text) is None or theirs.search(statement.text) is not None:
            continue
        for index, clause in enumerate(statement.clauses):
            match = ours.search(statement.part(index))
            if match is None:
                continue
            own = clause.stems - {
                word.stem
                for word in clause.words
                if match.start() <= word.start - clause.start < match.end()
            }
            nearest = _nearest(quotes, own)
            if nearest is None:
                continue
            quote, at = nearest
            turned = theirs.search(quote.part(at))
            if turned is None or _denied(clause, match) != _denied(quote.clauses[at], turned):
                continue  # “not overturned” is “upheld”
            if not _says(ours, quotes, own, quote.clauses[at]):
                yield match.group(), turned.group()


def _denied(clause: Clause, word: re.Match[str]) -> bool:
    """Whether a clause has a “not” that is no part of the word itself."""
    first, last = clause.start + word.start(), clause.start + word.end()
    return any(mark.sense is Sense.NOT and not first <= mark.start < last for mark in clause.marks)


def _says(
    word: re.Pattern[str], quotes: Sequence[Reading], stems: frozenset[str], nearest: Clause
) -> bool:
    """Whether the quotes have a word in a clause that shares as much with `stems` as `nearest`."""
    enough = len(stems & nearest.stems)
    return any(
        len(stems & clause.stems) >= enough and word.search(quote.part(index)) is not None
        for quote in quotes
        for index, clause in enumerate(quote.clauses)
    )


def _nearest(quotes: Sequence[Reading], stems: frozenset[str]) -> tuple[Reading, int] | None:
    """The clause of the quotes that shares most with these stems, if it shares enough."""
    best: tuple[int, Reading, int] | None = None
    for quote in quotes:
        for index, clause in enumerate(quote.clauses):
            shared = len(stems & clause.stems)
            if shared and (best is None or shared > best[0]):
                best = (shared, quote, index)
    if best is None or (best[0] < 2 and 2 * best[0] < len(stems)):
        return None
    return best[1], best[2]


def amounts(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Words for how many that claim more than the quotes do of the same, or none or some of all."""
    if not (stated := _amounts(statement)):
        return
    heard = [amount for quote in quotes for amount in _amounts(quote)]
    for rank, word, head in stated:
        same = [(other, their_word) for other, their_word, of in heard if not head.isdisjoint(of)]
        if not same:
            continue
        most, their_word = max(same)
        least = min(same)[0]
        more = rank >= _MOST and rank > most
        none = rank == _NONE and least > _NONE
        if more or none or (least == _ALL and _NONE < rank <= _SOME):
            yield word, their_word


def _amounts(reading: Reading) -> list[tuple[int, str, frozenset[str]]]:
    """Each word for how many: its rank, itself, and the words it counts."""
    ranked: list[tuple[int, str, frozenset[str]]] = []
    if not reading.counts:
        return ranked
    pattern = reading.words.pattern("exceptions")
    exceptions = pattern.search(reading.text) if pattern else None
    denied = reading.words.at_end("not")  # “not all”
    for index, clause in enumerate(reading.clauses):
        part = reading.part(index)
        matches = [
            (match.start(), -match.end(), rank, match.group())
            for rank, pattern in reading.words.amounts
            for match in pattern.finditer(part)
        ]
        last = 0
        for start, end, rank, word in sorted(matches):
            if start >= last:  # of two that overlap the one that begins first is meant
                last = -end
                if head := _head(clause, clause.start + last):
                    all_but = rank == _ALL and (
                        exceptions is not None or (denied and denied.search(part[:start]))
                    )
                    ranked.append((rank - bool(all_but), word, head))
    return ranked


def _head(clause: Clause, after: int) -> frozenset[str]:
    return frozenset([word.stem for word in clause.words if word.start >= after][:_HEAD])
