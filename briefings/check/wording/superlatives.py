"""A record that no quote tells of, “a record 214 flights”; all the country for some parts of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefings.check.wording.clauses import Reading
from briefings.check.wording.content_words import stems

_TELLS = 0.5  # of its words a statement shares so many with a quote whose parts it makes the whole
_MARKS = " ,.;:،؛、。"


def added(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Words of a statement that make something the most of all, of which no quote says so.

    Each with the clause of the quotes that shares most words with it. A quote says so by any word
    that may: “no higher since 1991”.

    Args:
        quotes: What carries the statement.
        statement: What is told.
    """
    records, wide = statement.words.pattern("records"), statement.words.most_of_all
    if records is None or wide is None or (match := records.search(statement.text)) is None:
        return
    if any(wide.search(each.text) or records.search(each.text) for each in quotes):
        return
    told = next((each.stems for each in statement.clauses if match.start() < each.end), frozenset())
    shared = [
        (len(told & clause.stems), quote.part(index))
        for quote in quotes
        for index, clause in enumerate(quote.clauses)
    ]
    if shared:
        yield match.group(), max(shared, key=lambda each: each[0])[1].strip(_MARKS)


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
