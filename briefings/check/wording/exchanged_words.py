"""Two words of a sentence in each other's place, all others where they were, in any language.

“B demanded of A to leave” for “A demanded of B to leave”. Where words may stand in any order they
take what tells their part in the sentence along: a case, or a little word beside them. So they are
exchanged if that stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from briefings.check.wording.clauses import Reading
from briefings.check.wording.content_words import known_stem, token_of
from briefings.check.wording.denied import alike

_MOST = 8  # letters of what changes places in a script without spaces
_PLACES = 2
_OTHER_STEMS = 4  # of a sentence with two words exchanged: either may have another stem there
_SHORTEST = 3  # letters that two forms of a word share
_ENDS = " \t\n.,;:!?。．、，！？।۔؟؛"
_CUT = re.compile(r"[,;،؛、，；:：]")
_DIGIT = re.compile(r"\d")


class _Token(NamedTuple):
    """A word as it is written, and its stem, or the word where it has none."""

    written: str
    key: str
    is_content: bool


def exchanged(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """The two words that changed places, each pair as the statement and as the quote has it.

    Args:
        quotes: What carries the statement.
        statement: What is told.
    """
    mutual = statement.words.pattern("ends.mutual")
    if mutual is None or (statement.words.doer == "sides" and not statement.words.spaceless):
        return
    most = 2 * _OTHER_STEMS if statement.words.spaceless else _OTHER_STEMS
    for quote in quotes:
        if len(quote.stems ^ statement.stems) > most:
            continue  # as most
        find = _in_letters if statement.words.spaceless else _in_words
        pair = find(quote, statement)
        if pair is not None and mutual.search(quote.text) is None:
            yield pair
            return


def _in_words(quote: Reading, statement: Reading) -> tuple[str, str] | None:
    written = _written(quote), _written(statement)
    if len(written[0]) != len(written[1]):
        return None  # as most
    pairs = enumerate(zip(*written, strict=True))
    places = [at for at, (one, other) in pairs if one != other]
    if len(places) != _PLACES:
        return None
    theirs, ours = _tokens(quote), _tokens(statement)
    if not all(theirs[at].is_content for at in places):
        return None
    amounts = [pattern for _, pattern in quote.words.amounts]
    if any(each.search(theirs[at].written) for at in places for each in amounts):
        return None  # “none of the ships” is “no ship”
    first, last = places
    moved = (theirs[first], ours[last]), (theirs[last], ours[first])
    if not all(_is_same(*pair) for pair in moved) or _is_listed(quote, theirs, first, last):
        return None
    inflected = any(one.written != other.written for one, other in moved)
    if not (inflected or _is_held(theirs, first, last, quote)):
        return None
    shown = [f"{side[first].written} … {side[last].written}" for side in (ours, theirs)]
    return shown[0], shown[1]


@lru_cache(maxsize=4096)
def _written(reading: Reading) -> tuple[str, ...]:
    return tuple(token_of(reading.text).findall(reading.text))


def _tokens(reading: Reading) -> tuple[_Token, ...]:
    words, tokens = reading.words, list[_Token]()
    for match in token_of(reading.text).finditer(reading.text):
        word = match.group()
        stem = "" if word[0].isdigit() else known_stem(word, words)
        hangs = reading.text[match.start() - 1 : match.start()] == "'"  # “Brill'den”
        tokens.append(_Token(word, stem or word, bool(stem) and not hangs))
    return tuple(tokens)


def _is_same(one: _Token, other: _Token) -> bool:
    """Whether two words may be forms of one."""
    short, long = sorted((one.key, other.key), key=len)
    return alike(short, long) or (len(short) >= _SHORTEST and long.startswith(short))


def _is_held(tokens: Sequence[_Token], first: int, last: int, quote: Reading) -> bool:
    """Whether what tells the part of a word in the sentence did not go along with it."""
    if quote.words.doer == "order":
        return bool(first) or last - first > 1  # the verb and who does it, in either order
    # “от Грузии”, “भारत से”: a little word before or behind one of them, which stayed.
    steps = (-1, 1) if quote.words.verb_last else (-1,)
    beside = [place + step for place in (first, last) for step in steps]
    return any(0 <= at < len(tokens) and not tokens[at].is_content for at in beside)


def _is_listed(quote: Reading, tokens: Sequence[_Token], first: int, last: int) -> bool:
    """Whether the two are parts of a list, whose order tells nothing."""
    joins = quote.words.pattern("joins")
    around = tokens[first : last + 2]
    if joins is not None and any(joins.fullmatch(each.written) is not None for each in around):
        return True
    start = quote.text.find(tokens[first].written)
    end = quote.text.find(tokens[last].written, start)
    # “Brill, Vesper'a …”: what hangs on the second is not on the first
    return _CUT.search(quote.text[start:end]) is not None and (
        last + 1 >= len(tokens) or tokens[last + 1].is_content
    )


def _in_letters(quote: Reading, statement: Reading) -> tuple[str, str] | None:
    """The same in a script without spaces: all but the two parts stands letter by letter."""
    theirs, ours = quote.text.strip(_ENDS), statement.text.strip(_ENDS)
    if len(theirs) != len(ours) or theirs == ours:
        return None
    pairs = list(zip(theirs, ours, strict=True))
    start = next(at for at, (one, other) in enumerate(pairs) if one != other)
    end = len(theirs) - next(at for at, (one, other) in enumerate(pairs[::-1]) if one != other)
    theirs, ours = theirs[start:end], ours[start:end]
    for one, other in product(range(1, _MOST), repeat=2):
        first, last = theirs[:one], theirs[-other:]
        middle = theirs[one:-other]
        if one + other < len(theirs) and ours == last + middle + first:
            return _told_apart(quote, first, middle, last)
    return None


def _told_apart(quote: Reading, first: str, middle: str, last: str) -> tuple[str, str] | None:
    joins = quote.words.pattern("joins")
    listed = _CUT.search(middle) or (joins is not None and joins.fullmatch(middle) is not None)
    if listed or any(_DIGIT.search(each) for each in (first, last)):
        return None
    return f"{last} … {first}", f"{first} … {last}"
