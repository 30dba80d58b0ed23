"""What lies at one end told at the other: from and to, before and after; and a cause that none is.

“Sailed from Vesper to Brill” for “from Brill to Vesper”, “left before it closed” for “closed before
it left”, and “left because it closed” for “closed, and later it left”. A language whose words for
these stand behind what they govern has none of them here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from briefings.check.quantities.reader import read
from briefings.check.quantities.units import TIMES
from briefings.check.wording.clauses import Clause, Reading
from briefings.check.wording.content_words import Word
from briefings.check.words.senses import NEGATIVE, Other

_NEAR = 3  # words behind “from” or “to” that may name the place
_ORDERS = "ends.before", "ends.after"
_MARKS = " ,.;:،؛、。"


class _Ends(NamedTuple):
    """Two ends of one course, and how the text writes them."""

    first: str
    last: str
    shown: str


class _Sides(NamedTuple):
    """What stands on the two sides of a word for order or cause, without what is on both.

    `governed` depends on the word, `main` is the rest of its sentence.
    """

    main: frozenset[str]
    governed: frozenset[str]
    shown: str


def exchanged(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """What a statement tells the other way round, each with the words of the quote.

    Args:
        quotes: What carries the statement.
        statement: What is told.
    """
    yield from _courses(quotes, statement)
    yield from _orders(quotes, statement)
    yield from causes(quotes, statement)


def tells_order(word: str, quotes: Sequence[Reading], statement: Reading) -> bool:
    """Whether a word is “before” or “after” of things whose order a quote tells as well.

    Args:
        word: As the statement has it.
        quotes: What carries the statement.
        statement: What is told.
    """
    patterns = (statement.words.pattern(section) for section in _ORDERS)
    if not any(pattern is not None and pattern.fullmatch(word) for pattern in patterns):
        return False
    heard = [each for quote in quotes for each in _sequences(quote)]
    return any(_is_of_both(ours, theirs) for ours in _sequences(statement) for theirs in heard)


def causes(quotes: Sequence[Reading], text: Reading) -> Iterator[tuple[str, str]]:
    """Words that make one thing the cause of another, of two that no quote joins so.

    The two stand in clauses of their own, of one quote or of two, and no quote has a word that may
    tell of a cause. Each with what joins them there.

    Args:
        quotes: What carries the text.
        text: What is told.
    """
    stated = list(_sides(text, "ends.cause")) if Other.ORDER in text.tells else []
    if not stated or any(_tells_of_a_cause(quote) for quote in quotes):
        return
    clauses = [(quote, clause) for quote in quotes for clause in quote.clauses]
    for sides in stated:
        effects = _those_with(clauses, sides.main, sides.governed)
        reasons = _those_with(clauses, sides.governed, sides.main)
        if effects and reasons:
            yield sides.shown, _between(effects[0], reasons[0])


def _courses(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    for ours in _ends(statement):
        heard = [each for quote in quotes for each in _ends(quote)]
        turned = [each for each in heard if (each.last, each.first) == ours[:2]]
        if turned and all(each[:2] != ours[:2] for each in heard):
            yield ours.shown, turned[0].shown


@lru_cache(maxsize=4096)
def _ends(reading: Reading) -> tuple[_Ends, ...]:
    """Whence and whither something goes, where both are told next to each other in a clause."""
    return tuple(_ends_of(reading)) if Other.WHENCE in reading.tells else ()


def _ends_of(reading: Reading) -> Iterator[_Ends]:
    whence, whither = (reading.words.pattern(f"ends.{each}") for each in ("from", "to"))
    if whence is None or whither is None:
        return
    for clause in reading.clauses:
        part = reading.text[clause.start : clause.end]
        found = sorted(
            (match.start(), match.end(), way)
            for way, pattern in enumerate((whence, whither))
            for match in pattern.finditer(part)
        )
        for index, (one, other) in enumerate(pairwise(found)):
            if one[2] == other[2]:
                continue
            end = found[index + 2][0] if index + 2 < len(found) else len(part)
            names = [_behind(clause, one[1], other[0]), _behind(clause, other[1], end)]
            if one[2] == 1:
                names.reverse()
            first, last = (
                next((name for name in mine if name not in others), "")
                for mine, others in (names, names[::-1])
            )
            if first and last and not (first[0].isdigit() or last[0].isdigit()):
                yield _Ends(first, last, part[one[0] : end].strip(_MARKS))


def _behind(clause: Clause, start: int, end: int) -> list[str]:
    """The stems of the words next behind a place in a clause."""
    at = [word.stem for word in clause.words if start <= word.start - clause.start < end]
    return at[:_NEAR]


def _orders(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    stated = _sequences(statement)
    denies = not statement.senses.isdisjoint(NEGATIVE)
    heard = [
        each
        for quote in (quotes if stated else ())
        if denies is not quote.senses.isdisjoint(NEGATIVE)  # “not before May” is “May before …”
        for each in _sequences(quote)
    ]
    for ours in stated:
        of_both = [each for each in heard if _is_of_both(ours, each)]
        turned = [each for each in of_both if _is_turned(ours, each)]
        if turned and len(turned) == len(of_both):
            yield ours.shown, turned[0].shown


@lru_cache(maxsize=4096)
def _sequences(reading: Reading) -> tuple[_Sides, ...]:
    """What comes first and what then, as `main` and `governed`, whichever way it is told."""
    if Other.ORDER not in reading.tells:
        return ()
    before, after = _ORDERS
    turned = (_Sides(each.governed, each.main, each.shown) for each in _sides(reading, after))
    return (*_sides(reading, before), *turned)


def _is_of_both(ours: _Sides, theirs: _Sides) -> bool:
    """Whether a text tells of both things whose order another one tells."""
    told = ours.main | ours.governed
    return bool(told & theirs.main and told & theirs.governed)


def _is_turned(ours: _Sides, theirs: _Sides) -> bool:
    """Whether most of what two sides share stands on the other side."""
    one, other = ours.main & theirs.governed, ours.governed & theirs.main
    same = len(ours.main & theirs.main) + len(ours.governed & theirs.governed)
    return bool(one and other) and len(one) + len(other) > same


def _sides(reading: Reading, section: str) -> Iterator[_Sides]:
    """Both sides of the one word of a section that a sentence has."""
    pattern = reading.words.pattern(section)
    if pattern is None or pattern.search(reading.text) is None:
        return
    for _, group in groupby(reading.clauses, attrgetter("sentence")):
        clauses = tuple(group)
        start, end = clauses[0].start, clauses[-1].end
        found = list(pattern.finditer(reading.text, start, end))
        if len(found) == 1:
            yield from _sides_of(reading, clauses, found[0])


def _sides_of(reading: Reading, clauses: Sequence[Clause], word: re.Match[str]) -> Iterator[_Sides]:
    words = [each for clause in clauses for each in clause.words]
    before = [each for each in words if each.start < word.start()]
    behind = [each for each in words if each.start >= word.end()]
    first = behind[0].start if behind else word.start()  # “до того, как …” has a comma
    end = next(each.end for each in clauses if first < each.end)
    if not before or _is_measure(reading, clauses[0].start, word.start()):
        # “Before the ship left, the quay closed”; “Nine days before …”
        if not any(each.start >= end for each in behind[1:]):  # no comma tells where it ends
            end = behind[1].start if before and len(behind) > 1 else end
        before = [each for each in behind if each.start >= end]
    behind = [each for each in behind if each.start < end]
    main, governed = _stems(before), _stems(behind)
    if main - governed and governed - main:
        shown = reading.text[word.start() : end].strip(_MARKS)
        yield _Sides(main - governed, governed - main, shown)


def _is_measure(reading: Reading, start: int, end: int) -> bool:
    """Whether a part of a text says but by how long: “nine days”."""
    part = reading.text[start:end].strip(_MARKS)
    if not part or len(part.split()) > _NEAR:
        return False
    return any(
        figure.unit is not None and figure.unit.dimension in TIMES and figure.end == len(part)
        for figure in read(part, reading.words.code)
    )


def _stems(words: Sequence[Word]) -> frozenset[str]:
    return frozenset(word.stem for word in words)


def _tells_of_a_cause(quote: Reading) -> bool:
    wide, joining = (quote.words.pattern(each) for each in ("ends.causing", "ends.cause_joining"))
    if wide is None or wide.search(quote.text) is not None:
        return True
    return joining is not None and any(
        joining.match(quote.text[clause.start : clause.end].lstrip(_MARKS))
        for clause in quote.clauses
    )


def _those_with(
    clauses: Sequence[tuple[Reading, Clause]], stems: frozenset[str], others: frozenset[str]
) -> list[tuple[Reading, Clause]]:
    """The clauses that have words of one side and none of the other."""
    return [
        (quote, clause)
        for quote, clause in clauses
        if clause.stems & stems and clause.stems.isdisjoint(others)
    ]


def _between(one: tuple[Reading, Clause], other: tuple[Reading, Clause]) -> str:
    """What two clauses say, as their quotes join them."""
    if one[0] is not other[0]:
        return " … ".join(
            quote.text[each.start : each.end].strip(_MARKS) for quote, each in (one, other)
        )
    first, last = sorted((one[1], other[1]), key=attrgetter("start"))
    return one[0].text[first.start : last.end].strip(_MARKS)
