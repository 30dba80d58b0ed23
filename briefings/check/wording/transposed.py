"""Two parts of a sentence in each other's place, all else as the quote has it.

“The rebels sold the general 40 lorries” for “The general sold the rebels 40 lorries”: whatever the
verb is, if it is none of what two do to each other. Only where the order of words tells who does
something to whom.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, product
from operator import attrgetter
from typing import NamedTuple

from briefings.check.wording.clauses import Reading
from briefings.check.wording.content_words import Word, known_stem, token_of
from briefings.core.excerpts import begin_alike

_LONGEST = 4  # content words of a part: “the foreign minister of Ardania”
_MARKS = " ,.;:"


class _Sentence(NamedTuple):
    """The content words of a sentence, and the stem of each."""

    words: list[Word]
    stems: list[str]


def exchanged(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Sentences of a statement that are one of a quote, but for two parts that changed places.

    Each with that of the quote. What stands in a list may stand there in any order, and figures
    are told of another thing by other rules.

    Args:
        quotes: What carries the statement.
        statement: What is told.
    """
    words = statement.words
    if words.doer != "sides" or words.spaceless:
        return
    free = words.pattern("ends.free")
    if free is None:
        return
    for ours, quote in product(_sentences(statement), quotes):
        for theirs in _sentences(quote):
            if _is_turned(ours, theirs, quote, statement) and not _adds(statement, quote, free):
                yield _shown(statement, ours.words), _shown(quote, theirs.words)
                return


@lru_cache(maxsize=4096)
def _sentences(reading: Reading) -> tuple[_Sentence, ...]:
    return tuple(
        _Sentence(
            words := [word for clause in clauses for word in clause.words],
            [each.stem for each in words],
        )
        for _, clauses in groupby(reading.clauses, attrgetter("sentence"))
    )


def _adds(statement: Reading, quote: Reading, free: re.Pattern[str]) -> bool:
    """Whether a statement has little words that the quote has not, articles aside: “was … by”."""
    ours, theirs = (
        {token.group() for token in token_of(each.text).finditer(each.text)}
        for each in (statement, quote)
    )
    added = (each for each in ours - theirs if not known_stem(each, statement.words))
    return any(free.fullmatch(each) is None for each in added)


def _is_turned(ours: _Sentence, theirs: _Sentence, quote: Reading, told: Reading) -> bool:
    stated, heard = ours.stems, theirs.stems
    start = begin_alike(stated, heard)
    try:  # where each of the two has gone
        back = stated.index(heard[start], start + 1)
        then = heard.index(stated[start], start + 1)
    except (IndexError, ValueError):
        return False
    for length in range(1, _LONGEST + 1):
        other = length - (then - back)
        first, moved = heard[start : start + length], stated[start : start + other]
        if (
            1 <= other <= _LONGEST
            and start + length <= then
            and stated[back : back + length] == first
            and heard[then : then + other] == moved
            and _is_within(stated[back + length :], heard[then + other :])
            and not any(each[0].isdigit() for each in (*first, *moved))
        ):
            middle = _written(quote, theirs.words[start + length : then])
            return (
                middle == _written(told, ours.words[start + other : back])
                and (
                    not all(each[0].isdigit() for each in middle)
                    if middle
                    else _is_led_alike(
                        _led(quote, theirs.words, then), _led(told, ours.words, back), quote
                    )
                )
                and not _is_moved_whole(
                    _led(quote, theirs.words, start),
                    _led(told, ours.words, back),
                    _led(quote, theirs.words, then),
                )
                and not _is_joined(quote, *theirs.words[then - 1 : then + 1])
                and not _is_mutual(quote, " ".join(middle) or _led(quote, theirs.words, then))
            )
    return False


def _is_within(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether one has the other's words in their order, and perhaps more between them."""
    rest = iter(whole)
    return all(word in rest for word in part)


def _led(reading: Reading, words: Sequence[Word], index: int) -> str:
    """What stands before a content word and is none: “on the”."""
    before = _written(reading, words[index - 1 : index]) if index else []
    start = words[index - 1].start + len(before[0]) if before else 0
    return reading.text[start : words[index].start].strip(_MARKS)


def _is_led_alike(there: str, here: str, quote: Reading) -> bool:
    """Whether only little words stand between two, the same in both, and no mere articles."""
    free = quote.words.pattern("ends.free")
    little = free.sub("", there).strip() if free is not None else ""
    return there == here and bool(little)


def _is_moved_whole(here: str, there: str, others: str) -> bool:
    """Whether a part has kept what leads it, which the other is not led by: “on Monday”."""
    return here == there != others


def _written(reading: Reading, words: Sequence[Word]) -> list[str]:
    """Words as they are written: “is grounded in” is not “is the ground of”."""
    token = token_of(reading.text)
    found = (token.match(reading.text, each.start) for each in words)
    return [match.group() for match in found if match is not None]


def _is_joined(quote: Reading, before: Word, word: Word) -> bool:
    """Whether a word is joined to what stands before it, as in a list."""
    joins = quote.words.pattern("joins")
    between = quote.text[before.start : word.start]
    return "," in between or (joins is not None and joins.search(between) is not None)


def _is_mutual(quote: Reading, middle: str) -> bool:
    """Whether what stands between the two is what they do to each other: “met”."""
    mutual = quote.words.pattern("ends.mutual")
    return mutual is None or mutual.search(middle) is not None


def _shown(reading: Reading, words: Sequence[Word]) -> str:
    end = next((each.end for each in reading.clauses if words[-1].start < each.end), None)
    return reading.text[words[0].start : end].strip(_MARKS)
