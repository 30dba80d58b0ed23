"""A record that no quote tells of: “a record 214 flights” for “214 flights”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefings.check.clauses import Reading

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
