"""Two parts of a sentence in each other's place, all else as the quote has it.

“The rebels sold the general 40 lorries” for “The general sold the rebels 40 lorries”: whatever the
verb is, if it is none of what two do to each other. Only where the order of words tells who does
something to whom.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, product
from operator import attrgetter
from typing import NamedTuple

from briefings.check.clauses import Reading
from briefings.check.content_words import Word, token_of

_LONGEST = 4  # content words of a part: “the foreign minister of Ardania”
_MARKS = " ,.;:"


class _Form(NamedTuple):
    """A content word by its stem, where it stands, and as it is written there.

    What is done has to be written alike: “is grounded in” is not “is the ground of”.
    """

    stem: str
    start: int
    form: str


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
    for ours, quote in product(_sentences(statement), quotes):
        if _voices(quote) != _voices(statement):
            continue  # “was sued by the port”
        for theirs in _sentences(quote):
            if _is_turned(_forms(statement, ours), _forms(quote, theirs), quote):
                yield _shown(statement, ours), _shown(quote, theirs)
                return


def _sentences(reading: Reading) -> Iterator[list[Word]]:
    for _, clauses in groupby(reading.clauses, attrgetter("sentence")):
        yield [word for clause in clauses for word in clause.words]


def _voices(reading: Reading) -> int:
    """How many words a text has before who does it: “by”."""
    by = reading.words.pattern("ends.by")
    return len(by.findall(reading.text)) if by is not None else 0


def _is_turned(ours: Sequence[_Form], theirs: Sequence[_Form], quote: Reading) -> bool:
    told, heard = [each.stem for each in ours], [each.stem for each in theirs]
    start = _shared(told, heard)
    for one, other in product(range(1, _LONGEST + 1), repeat=2):
        first, moved = heard[start : start + one], told[start : start + other]
        middle = _shared(
            [each.form for each in ours[start + other :]],
            [each.form for each in theirs[start + one :]],
        )
        for between in range(1, middle + 1):
            back, then = start + other + between, start + one + between
            if (
                told[back : back + one] == first
                and heard[then : then + other] == moved
                and _shared(told[back + one :], heard[then + other :]) == len(told) - back - one
                and not any(each[0].isdigit() for each in (*first, *moved))
                and not _is_joined(quote, theirs[then - 1], theirs[then])
            ):
                return not _is_mutual(quote, theirs[start + one : then])
    return False


def _forms(reading: Reading, words: Sequence[Word]) -> list[_Form]:
    token = token_of(reading.text)
    matches = ((each, token.match(reading.text, each.start)) for each in words)
    return [_Form(each.stem, each.start, match.group() if match else "") for each, match in matches]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many are the same at the beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    least = min(len(one), len(other))
    return next((number for number, (ours, theirs) in pairs if ours != theirs), least)


def _is_joined(quote: Reading, before: _Form, word: _Form) -> bool:
    """Whether a word is joined to what stands before it, as in a list."""
    joins = quote.words.pattern("joins")
    between = quote.text[before.start : word.start]
    return "," in between or (joins is not None and joins.search(between) is not None)


def _is_mutual(quote: Reading, middle: Sequence[_Form]) -> bool:
    """Whether what stands between the two is what they do to each other: “met”."""
    mutual = quote.words.pattern("ends.mutual")
    last = middle[-1]
    part = quote.text[middle[0].start : last.start + len(last.form)]
    return mutual is None or mutual.search(part) is not None


def _shown(reading: Reading, words: Sequence[Word]) -> str:
    end = next((each.end for each in reading.clauses if words[-1].start < each.end), None)
    return reading.text[words[0].start : end].strip(_MARKS)
