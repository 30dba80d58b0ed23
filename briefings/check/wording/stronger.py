"""What says more than any quote: a conviction, a record; all the country for some parts of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefings.check.wording.clauses import Clause, Reading
from briefings.check.wording.content_words import stems
from briefings.check.wording.voice import UNREAL
from briefings.check.words.senses import NEGATIVE

_TELLS = 0.5  # of its words a statement shares so many with a quote whose parts it makes the whole
_NOT_SO = NEGATIVE | UNREAL
_MARKS = " ,.;:،؛、。"


def added(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Words of a statement that say more than any quote, “convicted” of those who were charged.

    Each with the clause of the quotes that shares most words with it. A quote says so by any word
    that may: “no higher since 1991”. What is denied, or not yet so, says no more.

    Args:
        quotes: What carries the statement.
        statement: What is told.
    """
    for number in sorted(statement.above):
        stronger = statement.words.stronger(number)
        if stronger.told.search(statement.text) is None:
            continue  # as most: it only begins like one
        if any(stronger.carrying.search(quote.text) for quote in quotes):
            continue
        for match in stronger.told.finditer(statement.text):
            clause = next(each for each in statement.clauses if match.start() < each.end)
            # “Cancelled a record 214 flights” may read as a denial, and none of the record.
            nearest = None if number and _is_not_so(clause, match) else _nearest(clause, quotes)
            if nearest is not None:
                yield match.group(), nearest
                break


def _is_not_so(clause: Clause, word: re.Match[str]) -> bool:
    """Whether a clause denies a word, or tells it as not yet so, by another one."""
    return any(
        mark.sense in _NOT_SO and not word.start() <= mark.start < word.end()
        for mark in clause.marks
    )


def _nearest(clause: Clause, quotes: Sequence[Reading]) -> str | None:
    """The clause of some quotes that shares most words with one."""
    shared = [
        (len(clause.stems & other.stems), quote.part(index))
        for quote in quotes
        for index, other in enumerate(quote.clauses)
    ]
    return max(shared, key=lambda each: each[0])[1].strip(_MARKS) if shared else None


def everywhere(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """“Across the country” of a statement whose quotes tell of some of its parts alone.

    Args:
        quotes: What carries the statement.
        statement: What is told.
    """
    words = statement.words
    whole, parts = words.pattern("everywhere"), words.pattern("divisions")
    match = whole.search(statement.text) if whole is not None else None
    if match is None or parts is None or parts.search(statement.text) is not None:
        return
    wide = words.pattern("wide.everywhere")
    if wide is None or any(wide.search(quote.text) is not None for quote in quotes):
        return
    own = statement.stems - stems(match.group(), words)
    for quote in quotes:
        part = parts.search(quote.text)
        if part is not None and own and len(own & quote.stems) >= _TELLS * len(own):
            yield match.group(), part.group()
            return
