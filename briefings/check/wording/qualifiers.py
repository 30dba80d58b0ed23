"""A word beside a noun that makes it another thing, dropped: “minister” for “deputy minister”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefings.check.wording.clauses import Reading
from briefings.check.wording.content_words import known_stem, token_of
from briefings.check.words.language_words import Qualifier
from briefings.check.words.senses import Other

_JOINTS = {" ", "-"}  # what may stand between the two


def dropped(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """The first noun of a statement that the quotes never have without such a word, and theirs.

    A statement keeps the word by any that may say so: “president until 2019”.

    Args:
        quotes: What carries the statement.
        statement: What is told.
    """
    if not any(Other.QUALIFIER in quote.tells for quote in quotes):
        return  # as most
    for kind in statement.words.qualifiers:
        kept = kind.words.carrying.search(statement.text)
        for quote in quotes if not kept else ():
            for match, noun in _qualified(quote, kind):
                stem = known_stem(noun.group(), statement.words)
                if stem not in statement.stems or any(_bare(each, stem) for each in quotes):
                    continue
                if (bare := _bare(statement, stem)) is not None:
                    first, last = sorted((match.span(), noun.span()))
                    yield bare, quote.text[first[0] : last[1]]
                    return


def _qualified(reading: Reading, kind: Qualifier) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The words of a kind in a text, each with the noun right beside it."""
    text = reading.text
    token = token_of(text)
    for match in kind.words.told.finditer(text):
        joint = match.start() - 1 if kind.is_behind else match.end()
        if text[max(0, joint) : joint + 1] not in _JOINTS:
            continue
        if kind.is_behind:
            start = text.rfind(" ", 0, joint) + 1
            noun = next((each for each in token.finditer(text, start) if each.end() == joint), None)
        else:
            noun = token.match(text, joint + 1)
        if noun is not None:
            yield match, noun


def _bare(reading: Reading, stem: str) -> str | None:
    """The first word with a stem that no such word stands beside; None if there is none."""
    if stem not in reading.stems:
        return None
    qualified = {
        noun.start() for kind in reading.words.qualifiers for _, noun in _qualified(reading, kind)
    }
    for clause in reading.clauses:
        for word in clause.words:
            if word.stem == stem and word.start not in qualified:
                match = token_of(reading.text).match(reading.text, word.start)
                return match.group() if match is not None else stem
    return None
