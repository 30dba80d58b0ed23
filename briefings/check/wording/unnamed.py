"""Somebody who stands for one whom a source does not name.

“The minister said” for “an official who asked not to be named said”, or “a source close to the
minister”.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefings.check.wording.clauses import Reading
from briefings.check.wording.content_words import token_of
from briefings.check.wording.voice import SPOKEN


def told_by_office(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Who speaks in a statement, where in each quote somebody does who is not named.

    Args:
        quotes: What carries the statement.
        statement: What is told.
    """
    unnamed = statement.words.pattern("unnamed")
    officials = statement.words.pattern("officials")
    if unnamed is None or officials is None:
        return
    hidden = [unnamed.search(quote.text) for quote in quotes]
    if not hidden or not all(hidden) or unnamed.search(statement.text) is not None:
        return
    named = {word for quote in quotes for word in officials.findall(quote.text)}
    for office in officials.finditer(statement.text):
        if office.group() not in named and hidden[0] is not None:
            yield office.group(), hidden[0].group()
            return


def told_by_those_meant(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Those who speak in a statement, where in each quote somebody close to them does.

    Args:
        quotes: What carries the statement.
        statement: What is told.
    """
    close = statement.words.pattern("close")
    found = [close.search(quote.text) for quote in quotes] if close is not None else []
    if not found or not all(found):
        return
    if _tells_who_is_not_named(statement):
        return
    for quote, match in zip(quotes, found, strict=True):
        behind = (
            word
            for clause in quote.clauses
            for word in clause.words
            if match is not None and word.start >= match.end()
        )
        meant = next(behind, None)
        if match is not None and meant is not None and meant.stem in statement.stems:
            told = next(
                word
                for clause in statement.clauses
                for word in clause.words
                if word.stem == meant.stem
            )
            token = token_of(statement.text).match(statement.text, told.start)
            yield token.group() if token is not None else told.stem, match.group()
            return


def across(quote: Reading, translation: Reading) -> Iterator[tuple[str, str]]:
    """That somebody close to others speaks, in one of two texts alone, each with who does.

    Args:
        quote: A text.
        translation: The same in another language.
    """
    for one, other in ((quote, translation), (translation, quote)):
        close = one.words.pattern("close")
        match = close.search(one.text) if close is not None else None
        if match is None or not other.words.knows("close") or _tells_who_is_not_named(other):
            continue
        said = next((mark.word for _, mark in other.marks(SPOKEN)), None)
        if said is not None:
            yield (said, match.group()) if one is quote else (match.group(), said)
            return


def _tells_who_is_not_named(reading: Reading) -> bool:
    patterns = (reading.words.pattern(section) for section in ("unnamed", "close"))
    return any(each is not None and each.search(reading.text) is not None for each in patterns)
