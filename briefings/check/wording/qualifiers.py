"""A word before a noun that makes it another thing, dropped: “minister” for “deputy minister”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefings.check.wording.clauses import Reading
from briefings.check.wording.content_words import known_stem, token_of
from briefings.check.words.language_words import Equivalents
from briefings.check.words.senses import Other

_JOINT = " -"  # what may stand between the two


def dropped(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Nouns of a statement that the quotes never have without such a word, each with the quote's.

    A statement keeps the word by any that may say so: “president until 2019”. Once for each kind
    of them.

    Args:
        quotes: What carries the statement.
        statement: What is told.

    """
    words = statement.words
    if not any(Other.QUALIFIER in quote.tells for quote in quotes):
        return  # as most
    every = [each.told for each in words.qualifiers]
    for kind in words.qualifiers:
        kept = kind.carrying.search(statement.text)
        for quote in quotes if not kept else ():
            for match, noun in _qualified(quote, kind):
                stem = known_stem(noun.group(), words)
                if stem not in statement.stems or any(_bare(each, stem, every) for each in quotes):
                    continue
                if (bare := _bare(statement, stem, every)) is not None:
                    yield bare, quote.text[match.start() : noun.end()]
                    return


def _qualified(quote: Reading, kind: Equivalents) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The words of a kind in a quote, each with the noun right behind it."""
    token = token_of(quote.text)
    for match in kind.told.finditer(quote.text):
        noun = token.match(quote.text, match.end() + 1)
        if noun is not None and quote.text[match.end()] in _JOINT:
            yield match, noun


def _bare(reading: Reading, stem: str, qualifiers: Sequence[re.Pattern[str]]) -> str | None:
    """The first word with a stem that no such word stands before; None if there is none."""
    if stem not in reading.stems:
        return None
    before = {match.end() for each in qualifiers for match in each.finditer(reading.text)}
    for clause in reading.clauses:
        for word in clause.words:
            if word.stem == stem and word.start - 1 not in before:
                match = token_of(reading.text).match(reading.text, word.start)
                return match.group() if match is not None else stem
    return None
