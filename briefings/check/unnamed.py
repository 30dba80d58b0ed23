"""Somebody in office who stands for one whom a source does not name.

“The minister said” for “an official who asked not to be named said”.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefings.check.clauses import Reading
from briefings.check.voice import SPOKEN


def told_by_office(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Who speaks in a statement, where in each quote somebody does who is not named.

    Args:
        quotes: What carries the statement.
        statement: What is told.

    """
    unnamed = statement.words.pattern("unnamed")
    officials = statement.words.pattern("officials")
    if unnamed is None or officials is None or SPOKEN.isdisjoint(statement.senses):
        return
    hidden = [unnamed.search(quote.text) for quote in quotes]
    if not hidden or not all(hidden) or unnamed.search(statement.text) is not None:
        return
    named = {word for quote in quotes for word in officials.findall(quote.text)}
    for office in officials.finditer(statement.text):
        if office.group() not in named and hidden[0] is not None:
            yield office.group(), hidden[0].group()
            return
