"""A word beside a noun that makes it another thing, dropped: “minister” for “deputy minister”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from briefings.check.wording.clauses import Reading
from briefings.check.wording.content_words import known_stem, token_of
from briefings.check.words.language_words import Qualifier
from briefings.check.words.senses import Other

_Beside: TypeAlias = tuple[re.Match[str], re.Match[str]]
_JOINTS = {" ", "-"}  # what may stand between the two


def dropped(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """The first noun of a statement that the quotes never have without such a word, and theirs.

    A statement keeps the word by any that may say so: “president until 2019”.

    Args:
        quotes: What carries the statement.
        statement: What is told.
    """
    telling = [quote for quote in quotes if Other.QUALIFIER in quote.tells]
    for at, kind in enumerate(statement.words.qualifiers if telling else ()):  # as few
        found = [(quote, *each) for quote in telling for each in _qualified(quote)[at]]
        if found and not kind.words.carrying.search(statement.text):
            for quote, match, noun in found:
                stem = known_stem(noun.group(), statement.words)
                if stem not in statement.stems or any(_bare(each, stem) for each in quotes):
                    continue
                if (bare := _bare(statement, stem)) is not None:
                    first, last = sorted((match.span(), noun.span()))
                    yield bare, quote.text[first[0] : last[1]]
                    return


@lru_cache(maxsize=4096)
def _qualified(reading: Reading) -> tuple[tuple[_Beside, ...], ...]:
    """By kind: its words in a text, each with the noun right beside it."""
    kinds = reading.words.qualifiers
    return tuple([tuple(_beside(reading, kind)) for kind in kinds])


def _beside(reading: Reading, kind: Qualifier) -> Iterator[_Beside]:
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
    found = _qualified(reading) if Other.QUALIFIER in reading.tells else ()
    qualified = {noun.start() for of_kind in found for _, noun in of_kind}
    for clause in reading.clauses:
        for word in clause.words:
            if word.stem == stem and word.start not in qualified:
                match = token_of(reading.text).match(reading.text, word.start)
                return match.group() if match is not None else stem
    return None
