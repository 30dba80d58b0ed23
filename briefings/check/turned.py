"""Words of direction and of amount that a statement turns: rose for fell, all for some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefings.check.clauses import Clause, Reading

_NONE = 0
_MOST = 4
_HEAD = 3


def opposites(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Words of a statement whose opposite stands in the quote instead, each with that."""
    for one, other in statement.words.opposites(statement.text):
        for ours, theirs in ((one, other), (other, one)):
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
                if turned is not None and ours.search(quote.text) is None:
                    yield match.group(), turned.group()


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
    """Words for how many that claim more than the quotes do of the same, or none of it."""
    if statement.words.any_amount.search(statement.text) is None:
        return
    heard = [found for quote in quotes for found in _amounts(quote)]
    for rank, word, head in _amounts(statement):
        same = [(other, said) for other, said, of in heard if not head.isdisjoint(of)]
        if not same:
            continue
        most, said = max(same)
        if (rank >= _MOST and rank > most) or (rank == _NONE and min(same)[0] > _NONE):
            yield word, said


def _amounts(reading: Reading) -> list[tuple[int, str, frozenset[str]]]:
    """Each word for how many: its rank, itself, and the words it counts."""
    found: list[tuple[int, str, frozenset[str]]] = []
    if reading.words.any_amount.search(reading.text) is None:
        return found
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
                    found.append((rank, word, head))
    return found


def _head(clause: Clause, after: int) -> frozenset[str]:
    return frozenset([word.stem for word in clause.words if word.start >= after][:_HEAD])
