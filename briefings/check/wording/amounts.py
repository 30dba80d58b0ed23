"""Words for how many that a statement turns: all for some, none for a few, most for half."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise, product
from typing import NamedTuple

from briefings.check.quantities.quantity import COUNTED, Bound, Kind, Quantity
from briefings.check.wording.clauses import Clause, Reading
from briefings.check.wording.content_words import known_stem, token_of
from briefings.check.wording.opposites import told_instead
from briefings.check.words.senses import NEGATIVE

_NONE = 0
_SOME = 3
_MOST = 4
_ALL = 6
_HALF = Fraction(1, 2)
_NEARLY_ALL = Fraction(9, 10)
_REST = {
    Bound.MORE: Bound.FEWER,
    Bound.FEWER: Bound.MORE,
    Bound.AT_LEAST: Bound.AT_MOST,
    Bound.AT_MOST: Bound.AT_LEAST,
}
_UP_TO = frozenset({Bound.AT_MOST, Bound.FEWER, Bound.JUST_UNDER})
_HEAD = 3
_BESIDE = 12  # letters between an “except” and the number of the exceptions
_NEXT_TO = 24  # letters between “all” and the number of them
_PART_OF = 2  # fewer words stand between a part and its whole: “half of all”
_SUPERLATIVES = frozenset({"most"})  # “most in need”

_Amount = tuple[int, str, frozenset[str]]


class _Ranked(NamedTuple):
    """A word for how many, half-open in its text; its clause by number."""

    clause: int
    rank: int
    word: str
    start: int
    end: int


def amounts(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Words for how many that claim more than the quotes do of the same, or none or some of all."""
    if not (stated := _amounts(statement)):
        return
    heard = [amount for quote in quotes for amount in (*_amounts(quote), *_of_them(quote))]
    if any(rank >= _MOST for rank, _, _ in stated):
        heard += [amount for quote in quotes for amount in _shares(quote)]
    for rank, word, head in stated:
        same = [amount for amount in heard if not head.isdisjoint(amount[2])]
        if not same:
            continue
        most, their_word = max(amount[:2] for amount in same)
        least = min(other for other, _, _ in same)
        ends = (rank, least) in ((_NONE, _ALL), (_ALL, _NONE))
        if ends and (
            _otherwise(quotes, statement, quoted=rank == _NONE)
            or _lacks_otherwise([*quotes, statement])
        ):
            continue  # “all were refused” is “none was granted”, “none is without help”
        more = (
            rank >= _MOST
            and rank > most
            and not any(_tells_a_rest(each, statement, word) for each in quotes)
        )
        others = {told for told, _, _ in stated if told != rank}
        none = rank == _NONE and least > _NONE and not {each[0] for each in same} <= others
        # “One in three has no water” is “a third has none”: of the same words alone.
        some = most == _NONE and _NONE < rank < _ALL and all(head == of for _, _, of in same)
        if more or none or some or (least == _ALL and _NONE < rank <= _MOST):
            yield word, their_word
            return
    yield from _whole(quotes, statement)
    yield from _made_all(quotes, statement)


def _made_all(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """“In all schools”, found by the quotes “in schools”: of some, where they had an article."""
    bare, past = statement.words.at_end("bare"), statement.words.pattern("past")
    if bare is None or past is None or past.search(statement.text) is None:
        return  # “the law applies to companies” is told of all
    for each in _ranked(statement):
        behind = (
            word.stem for word in statement.clauses[each.clause].words if word.start >= each.end
        )
        thing = next(behind, None) if each.rank == _ALL else None
        named = [
            bare.search(quote.text[: word.start].rstrip())
            for quote in quotes
            for clause in quote.clauses
            for word in clause.words
            if word.stem == thing
        ]
        if named and all(named) and named[0] is not None:
            yield each.word, f"{named[0].group()} …"
            return


def made_definite(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """“The witnesses” of whom the quotes tell but some: “some of the witnesses”.

    Args:
        quotes: What carries the statement.
        statement: What is told.
    """
    words = statement.words
    partitive, definite = words.pattern("partitive"), words.pattern("definite")
    if partitive is None or definite is None:
        return
    parts = [(match, quote) for quote in quotes for match in partitive.finditer(quote.text)]
    if not parts or partitive.search(statement.text) is not None or _ranked(statement):
        return
    told = {_behind(statement, match.end()): match.group() for match in _alone(definite, statement)}
    heard = {_behind(quote, match.end()) for quote in quotes for match in _alone(definite, quote)}
    for match, quote in parts:
        thing = _behind(quote, match.end())
        if thing and thing in told and thing not in heard:
            yield f"{told[thing]} …", f"{match.group()} …"
            return


def _alone(definite: re.Pattern[str], reading: Reading) -> Iterator[re.Match[str]]:
    """The articles of a text that are none of “some of the”."""
    partitive = reading.words.pattern("partitive")
    parts = [each.span() for each in partitive.finditer(reading.text)] if partitive else []
    for match in definite.finditer(reading.text):
        if not any(start <= match.start() < end for start, end in parts):
            yield match


def _behind(reading: Reading, end: int) -> str:
    """The stem of the word that stands next behind a place, if it is one of content."""
    token = token_of(reading.text).search(reading.text, end)
    return known_stem(token.group(), reading.words) if token is not None else ""


def _lacks_otherwise(readings: Sequence[Reading]) -> bool:
    """Whether some of these texts say what something is without, and some do not."""
    without = readings[-1].words.pattern("lacking")
    found = {without.search(each.text) is not None for each in readings} if without else set()
    return len(found) > 1


def _whole(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """“All 5,600” of which a quote tells of only 900, each as its text writes it."""
    told = dict(_all_of(statement))
    for quote in quotes if told else ():
        figures = _numbers(quote)
        wholes = told.keys() - {value for value, _ in _all_of(quote)}  # “each serves 2,000”
        wholes &= {figure.value for figure in figures}
        for part in figures if wholes else ():
            if part.only and part.value < max(wholes) and part.value not in wholes:
                yield told[max(wholes)], part.shown
                return


def _all_of(reading: Reading) -> Iterator[tuple[Fraction, str]]:
    """The numbers next to a word for all, each with that word."""
    words = [each for each in _ranked(reading) if each.rank == _ALL]
    for each, figure in product(words, _numbers(reading) if words else ()):
        if max(each.start - figure.end, figure.start - each.end) < _NEXT_TO:
            yield figure.value, each.word


def _otherwise(quotes: Sequence[Reading], statement: Reading, *, quoted: bool) -> bool:
    """Whether the side that says “all” has a word that may deny, and that the other has not."""
    sides = (quotes, [statement]) if quoted else ([statement], quotes)
    others = frozenset(word for other in sides[1] for word in other.text.split()).union(
        *(other.stems for other in sides[1])
    )
    wide = statement.words.denies
    return (
        wide is not None and any(wide.search(each.without(others)) for each in sides[0])
    ) or any(told_instead(quote, statement) for quote in quotes)


def tells_none(reading: Reading) -> bool:
    """Whether a text has a word for none of something."""
    return any(_NONE in ranks for _, ranks in reading.ranks)


def rest(quotes: Sequence[Reading], statement: Reading) -> bool:
    """Whether a statement tells of the only few what the quotes deny of all but them, or turned."""
    return any(
        leaves(*pair) and _has_only(pair[1])
        for quote in quotes
        for pair in ((quote, statement), (statement, quote))
    )


class Excepted(NamedTuple):
    """A figure that a statement tells of, and a quote takes out of all: “all but two”.

    `turned` says that the statement tells of it what the quote tells of the others.
    """

    ours: str
    theirs: str
    turned: bool


def excepted(quotes: Sequence[Reading], statement: Reading) -> Excepted | None:
    """The few of whom a statement tells, where a quote tells of all but them; None for none.

    “Two did not reopen” is what “all but two reopened” says, and “two reopened” the opposite.
    """
    exceptions = statement.words.pattern("exceptions") if statement.figures else None
    if exceptions is None:
        return None
    for quote in quotes:
        for figure, shown in _exceptions(quote) if quote.words is statement.words else ():
            told = [each for each in _numbers(statement) if each.value == figure.value]
            if told and exceptions.search(statement.text) is None:
                turned = not _says_other(quote, statement) and not leaves(quote, statement)
                return Excepted(told[0].shown, shown, turned)
    return None


def _says_other(quote: Reading, statement: Reading) -> bool:
    """Whether a statement denies, in any word that its quote has not, but for an “only”."""
    rest = statement.without(quote.stems.union(quote.text.split()))
    alone, wide = statement.words.pattern("alone"), statement.words.denies
    return wide is not None and bool(wide.search(alone.sub("·", rest) if alone else rest))


def tells_the_rest(quote: Reading, statement: Reading, share: Quantity) -> bool:
    """Whether a text denies of the rest what another tells of a share: “more than half have not”.

    Args:
        quote: What carries the statement.
        statement: What is told.
        share: A figure of the statement.
    """
    rests = [
        (1 - part, _REST.get(each.bound, each.bound))
        for each in share.readings
        if (part := _part(each)) is not None
        if part != _HALF or each.bound in _REST  # what half have is no rest of what half have
    ]
    denied = _is_denied(statement, share)
    return bool(rests) and any(
        (_part(each), each.bound) in rests and _is_denied(quote, figure) is not denied
        for figure in quote.quantities
        for each in figure.readings
    )


def tells_others(quote: Reading, statement: Reading) -> bool:
    """Whether a text denies of some what another tells of all but them: “more than half have not”.

    Args:
        quote: What carries the statement.
        statement: What is told.
    """
    return quote.words is statement.words and any(
        tells_the_rest(quote, statement, each) for each in statement.quantities
    )


def _part(figure: Quantity) -> Fraction | None:
    """What part of a whole a figure is; None if it is none."""
    value = figure.value / 100 if figure.kind is Kind.PERCENT else figure.value
    return value if figure.kind in COUNTED and 0 < value < 1 else None


def _is_denied(reading: Reading, figure: Quantity) -> bool:
    """Whether the clause that has a figure denies something, and not of the figure itself."""
    return any(
        mark.sense in NEGATIVE and not 0 <= figure.start - mark.end <= 1  # “hardly a quarter”
        for clause in reading.clauses
        if clause.start <= figure.start < clause.end
        for mark in clause.marks
    )


def _tells_a_rest(quote: Reading, statement: Reading, word: str) -> bool:
    """Whether a share of a text is the rest of one of a quote.

    Or a word for how many is of one that is at most half for all that: “not … more than half”.
    """
    if quote.words is not statement.words:
        return False
    return any(
        tells_the_rest(quote, statement, each)
        or (each.bound in _UP_TO and word in each.shown and (_part(each) or 1) <= _HALF)
        for each in statement.quantities
    )


@lru_cache(maxsize=4096)
def _exceptions(reading: Reading) -> tuple[tuple[Quantity, str], ...]:
    """The figures that a text takes out of all, and how it writes each with the word for it."""
    return tuple(_excepted_in(reading))


def _excepted_in(reading: Reading) -> Iterator[tuple[Quantity, str]]:
    pattern = reading.words.pattern("exceptions") if reading.figures else None
    for match in pattern.finditer(reading.text) if pattern is not None else ():
        for figure in _numbers(reading):
            behind = 0 <= figure.start - match.end() <= _BESIDE
            before = reading.words.verb_last and 0 <= match.start() - figure.end <= _BESIDE
            if behind or before:
                start, end = min(match.start(), figure.start), max(match.end(), figure.end)
                yield figure, reading.text[start:end]


def _numbers(reading: Reading) -> list[Quantity]:
    return [each for each in reading.quantities if each.kind is Kind.NUMBER]


def _has_only(reading: Reading) -> bool:
    """Whether a text tells something of a few alone: “only two”, “open only to ambulances”."""
    alone = reading.words.pattern("alone")
    if alone is not None and alone.search(reading.text) is not None:
        return True
    return any(each.only for each in reading.quantities)


def leaves(excepting: Reading, only: Reading) -> bool:
    """Whether all but a few in one text are the others than the only few in another.

    Then either of the two denies what the other says: “all but two lack”, “only two have”.
    """
    exceptions, wide = excepting.words.pattern("exceptions"), excepting.words.denies
    if exceptions is None or wide is None or exceptions.search(excepting.text) is None:
        return False
    others = only.stems.union(only.text.split())
    denied = bool(wide.search(exceptions.sub("·", excepting.without(others))))
    return denied is not any(True for _ in only.marks(NEGATIVE))


@lru_cache(maxsize=4096)
def _amounts(reading: Reading) -> tuple[_Amount, ...]:
    """Each word for how many: its rank, itself, and the words it counts.

    Behind “most had” those that the one before counts: “hardly any shops had reopened; most had”.
    """
    amounts: list[_Amount] = []
    if not (ranked := _ranked(reading)):
        return ()
    pattern = reading.words.pattern("exceptions")
    exceptions = pattern.search(reading.text) if pattern else None
    denied = reading.words.at_end("not")  # “not all”
    # Pairs of letters are about twice as many as words.
    most = 2 * _HEAD if reading.words.spaceless else _HEAD
    before: _Ranked | None = None
    for each in ranked:
        clause, last = reading.clauses[each.clause], 0
        if before is not None and before.clause == each.clause:
            last = before.end
        before = each
        part_of = (
            each.rank == _ALL and last and len(reading.text[last : each.start].split()) < _PART_OF
        )
        head = _head(clause, each.end, most)
        if not head and amounts and not last:
            head = amounts[-1][2]
        if not head and each.rank == _ALL:  # “المحطات الست كلها”
            behind = [word.stem for word in clause.words if word.start < each.start]
            head = frozenset(behind[-most:])
        if not part_of and head and not _is_base(reading, each):
            all_but = each.rank == _ALL and (
                exceptions is not None
                or (denied and denied.search(reading.text[clause.start : each.start]))
            )
            amounts.append((each.rank - bool(all_but), each.word, head))
    return tuple(amounts)


def _is_base(reading: Reading, amount: _Ranked) -> bool:
    """Whether a word for all stands behind a figure that is a part: “22 per cent of all”."""
    counted = reading.words.pattern("counted") if amount.rank == _ALL else None
    return counted is not None and any(
        each.end < amount.start
        and counted.fullmatch(reading.text[each.end : amount.end].strip()) is not None
        for each in reading.quantities
    )


def _of_them(reading: Reading) -> Iterator[_Amount]:
    """Each “none of them” with what a word for how many before it counts."""
    if len(heads := _amounts(reading)) > 1:
        for (_, _, those), (rank, word, _) in pairwise(heads):
            if any(of_them(reading, each.end) for each in _ranked(reading) if each.word == word):
                yield rank, word, those


def of_them(reading: Reading, end: int) -> bool:
    """Whether the word that ends at `end` counts those who were named before: “none of them”.

    Args:
        reading: A text.
        end: The index behind a word for how many, or for none.
    """
    them = reading.words.at_start("them")
    return them is not None and them.search(reading.text[end : end + _NEXT_TO]) is not None


@lru_cache(maxsize=4096)
def _ranked(reading: Reading) -> tuple[_Ranked, ...]:
    """The words for how many; of two that overlap the one that begins first is meant."""
    ranked: list[_Ranked] = []
    patterns = dict(reading.words.amounts)
    for index, clause in enumerate(reading.clauses) if reading.ranks else ():
        last = clause.start
        for at, ranks in reading.ranks:
            if not last <= at < clause.end:
                continue
            ends = (
                (match.end(), -rank)
                for rank in ranks
                if (match := patterns[rank].match(reading.text, at, clause.end)) is not None
            )
            end, rank = max(ends, default=(at, 0))
            if end > at:
                ranked.append(_Ranked(index, -rank, reading.text[at:end], at, end))
                last = end
    return tuple(ranked)


def amount_ranks(reading: Reading, first: int, last: int) -> frozenset[int]:
    """The ranks of the words for how many in some clauses of a text.

    Args:
        reading: The text.
        first: The number of the first of these clauses.
        last: That of the first behind them.
    """
    return frozenset(each.rank for each in _ranked(reading) if first <= each.clause < last)


def told_again(quote: Reading, statement: Reading) -> frozenset[str]:
    """What a quote tells of few and then of more, by “most had” alone, as a statement does."""
    ranked = _amounts(quote) if len(quote.clauses) > 1 else ()
    stated = {rank for rank, _, _ in _amounts(statement)} if ranked else ()
    return frozenset[str]().union(
        *(
            head
            for (first, _, head), (rank, _, same) in pairwise(ranked)
            if head == same and first < rank and rank in stated
        )
    )


def across(quote: Reading, translation: Reading) -> Iterator[tuple[str, str]]:
    """A word for how many of a translation against that of its quote, where each has one rank.

    “All” for “some” or “most”, “none” for “some” or more, and the other way round; where either
    denies anything, or has a figure, it may be told in other words.
    """
    sides: list[tuple[int, str]] = []
    for reading in (quote, translation):
        ranked = {rank: word for rank, word, _ in _amounts(reading)}
        if len(ranked) != 1 or ranked.get(_MOST) in _SUPERLATIVES:
            return
        sides += ranked.items()
    (theirs, their_word), (ours, our_word) = sides
    figures = (*quote.quantities, *translation.quantities)
    if any(each.kind in COUNTED and each.sure for each in figures):
        return
    low, high = sorted((ours, theirs))
    if (high == _ALL and low < _ALL - 1) or (low == _NONE and high > 1):
        yield our_word, their_word


def _shares(reading: Reading) -> Iterator[_Amount]:
    """Each share that is a figure, “three bridges of four”, “only two”: its rank, and of what."""
    most = 2 * _HEAD if reading.words.spaceless else _HEAD
    figures = reading.quantities
    for figure, *beside in zip(figures, (None, *figures), (*figures[1:], None), strict=False):
        share = _share(figure, next((each for each in beside if each and each.whole), None))
        if share is None and not (figure.only and figure.kind in COUNTED):
            continue  # “only two of the accused” are not all of them either
        rank = _SOME - 1
        if share is not None and share >= _HALF:
            rank = _MOST if share > _HALF else _SOME
            if share >= _NEARLY_ALL:
                rank = _ALL - 1
        for clause in reading.clauses:
            if clause.start <= figure.start < clause.end:
                yield rank, figure.shown, _head(clause, figure.end, most)


def _share(figure: Quantity, whole: Quantity | None) -> Fraction | None:
    """Which share of a whole a figure is: by itself, “a quarter”, or of a whole beside it."""
    shares = [
        each.value / 100 if each.kind is Kind.PERCENT else each.value
        for each in figure.readings
        if each.kind in COUNTED
    ]
    if whole is not None and figure.kind is whole.kind is Kind.NUMBER and whole.value:
        shares.append(figure.value / whole.value)
    return next((value for value in shares if 0 < value < 1), None)


def _head(clause: Clause, after: int, most: int) -> frozenset[str]:
    return frozenset([word.stem for word in clause.words if word.start >= after][:most])
