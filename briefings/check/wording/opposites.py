"""Words that a statement turns: rose for fell, acquitted for convicted, impassable for passable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from briefings.check.quantities.quantity import COUNTED
from briefings.check.quantities.reader import read
from briefings.check.wording import swapped_ends
from briefings.check.wording.clauses import Clause, Reading
from briefings.check.wording.content_words import Word, token_of
from briefings.check.wording.refusals import is_refused
from briefings.check.words import Words
from briefings.check.words.senses import NEGATIVE, Mark, Sense

_RISE = "rise"
_BAN = "ban"
_PLAIN_AXES = frozenset(
    {
        "guilt",
        "verdict",
        "review",
        "ban",
        "order",
        "deadline",
        "north",
        "east",
        "validity",
        "exclusion",
    }
)  # whose words are hardly ever of anything else
_UNDONE = ("non-", "nicht-", "no-")  # “non-regular” is “irregular”
_FEWEST = 4  # letters of a word that a prefix turns
_SHORT = 4
_ASIDE = 2
_BOTH = 2
_NEAR = 4  # letters between a denial and what it denies: “refused to lift”


class _Pair(NamedTuple):
    """A word that a statement has, and the one that it must not stand for."""

    ours: re.Pattern[str]
    theirs: re.Pattern[str]
    converse: bool


def opposites(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Words of a statement whose opposite stands in the quote instead, each with that."""
    sides = sorted(
        each for each in statement.sides if any(each ^ 1 in quote.sides for quote in quotes)
    )
    risen = rise_of_a_rate(quotes, statement) if sides else None
    for side in sides:
        ours, theirs = statement.words.opposites(side)
        if risen is not None and (ours.search(risen) or theirs.search(risen)):
            continue
        word = ours.search(statement.text)
        if word is None or theirs.search(statement.text) is not None:
            continue
        if swapped_ends.tells_order(word.group(), quotes, statement):
            continue  # “left after it closed” is “closed before it left”
        pair = _Pair(ours, theirs, converse=statement.words.converse(side // 2))
        yield from _turned(quotes, statement, pair)


def rise_of_a_rate(quotes: Sequence[Reading], statement: Reading) -> str | None:
    """The word for up of one side where the other tells the rate of that rise instead.

    “Inflation slowed to 8 per cent” is “prices rose by 8 per cent”.
    """
    words = statement.words
    rates = words.pattern("rates")
    if rates is None or _RISE not in words.axes:
        return None
    rising = words.opposites(2 * words.axes.index(_RISE))[0]
    told = rates.search(statement.text) is not None
    named = any(rates.search(quote.text) is not None for quote in quotes)
    if told == named:
        return None
    plain = quotes if told else [statement]
    matches = (rising.search(each.text) for each in plain)
    return next((match.group() for match in matches if match), None)


def unmade(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Words of a statement that are those of a quote turned by a prefix: “impassable”.

    Where both stand in clauses that tell the same for the rest, and neither is denied.
    """
    for reading in (statement, *quotes) if statement.words.unmaking else ():
        stated = reading is statement
        fresh = _prefixed(reading)
        if fresh:
            fresh = fresh.difference(*(each.stems for each in (quotes if stated else [statement])))
        for index, clause in enumerate(reading.clauses) if fresh else ():
            for word in clause.words:
                if word.stem not in fresh or (bare := _bare(word.stem, reading)) is None:
                    continue
                cut = len(word.stem) == reading.words.stem_length
                others = quotes if stated else [statement]
                other = _made(others, clause.stems - {word.stem}, bare, cut=cut)
                if other is not None and not _denies(reading, index, word.stem):
                    turned = _written(reading, word), other
                    yield turned if stated else turned[::-1]


@lru_cache(maxsize=4096)
def _prefixed(reading: Reading) -> frozenset[str]:
    """The stems of a text that begin as one does that a prefix turns."""
    prefixes = reading.words.unmaking
    return frozenset([stem for stem in reading.stems if stem.startswith(prefixes)])


def _bare(stem: str, reading: Reading) -> str | None:
    """What a prefix turns in a word; None if it has none, or the text has both."""
    if not stem.startswith(reading.words.unmaking):
        return None  # as most
    if stem.startswith(reading.words.whole):  # “imprisonment” is no prison undone
        return None
    prefixes = (each for each in reading.words.unmaking if stem.startswith(each))
    bare = stem.removeprefix(next(prefixes, ""))
    return None if bare == stem or len(bare) < _FEWEST or bare in reading.stems else bare


def _made(others: Sequence[Reading], stems: frozenset[str], bare: str, *, cut: bool) -> str | None:
    """The word without the prefix in a clause that shares enough with `stems`, and denies nothing.

    Of a stem that was `cut` at some length only the beginning is left.
    """
    for other in others:
        for index, clause in enumerate(other.clauses):
            shared = len(stems & clause.stems)
            if shared < _BOTH and 2 * shared < len(stems):
                continue
            for word in clause.words:
                same = word.stem.startswith(bare) if cut else word.stem == bare
                undone = other.text.endswith(_UNDONE, 0, word.start)
                if same and not undone and not _denies(other, index, word.stem):
                    return _written(other, word)
    return None


def _denies(reading: Reading, index: int, stem: str) -> bool:
    """Whether a clause may deny in any word but one."""
    wide = reading.words.denies
    return wide is not None and bool(wide.search(reading.rest(index, frozenset({stem}))))


def _written(reading: Reading, word: Word) -> str:
    match = token_of(reading.text).match(reading.text, word.start)
    return match.group() if match is not None else word.stem


def across(quote: Reading, translation: Reading) -> Iterator[tuple[str, str]]:
    """Words of a translation that go the other way than its quote, each with the quote's.

    Up or down, passed or turned down, guilty or not: where both texts have words of one side alone.
    Those of up and down, and of passed, have to have figures, since prices that fall are more often
    meant than trees.
    """
    quoted = _ways(quote)
    ways = _ways(translation) if quoted else {}
    counted = bool(ways) and all(_has_figures(each) for each in (quote, translation))
    for axis, (side, word) in quoted.items():
        if axis in ways and ways[axis][0] != side and (counted or axis in _PLAIN_AXES):
            yield ways[axis][1], word


def _has_figures(reading: Reading) -> bool:
    return any(each.sure for each in reading.quantities)


def falls(reading: Reading) -> bool:
    """Whether a text says that something falls, and of nothing that it rises."""
    way = _ways(reading).get(_RISE)
    return way is not None and way[0] == 1


def _ways(reading: Reading) -> dict[str, tuple[int, str]]:
    """Which way a text goes on each axis, if it goes one way alone, and the word that says so.

    A text that denies anything, but by that word, goes no way.
    """
    ways: dict[str, tuple[int, str]] = {}
    if min(reading.sides, default=2 * len(reading.words.axes)) >= 2 * len(reading.words.axes):
        return ways  # as most
    for index, axis in enumerate(reading.words.axes):
        sides = [
            (side, match)
            for side in (2 * index, 2 * index + 1)
            if side in reading.sides
            and (match := reading.words.opposites(side)[0].search(reading.text))
        ]
        if len(sides) != 1:
            continue
        (side, word), denials = sides[0], reading.marks(NEGATIVE)
        if all(word.start() < mark.end and mark.start < word.end() for _, mark in denials):
            ways[axis] = side % 2, word.group()
    return ways


def _turned(
    quotes: Sequence[Reading], statement: Reading, pair: _Pair
) -> Iterator[tuple[str, str]]:
    for index, clause in enumerate(statement.clauses):
        match = pair.ours.search(statement.part(index))
        if match is None:
            continue
        own = clause.stems - {
            word.stem
            for word in clause.words
            if match.start() <= word.start - clause.start < match.end()
        }
        alone = own
        nearest = _nearest(quotes, own, pair)
        # “…, 20 per cent more”; “… by 13 votes, with two abstentions”
        if nearest is None and (len(clause.words) <= _SHORT or _stands_aside(quotes, pair)):
            beside = _around(statement, clause)
            own |= beside
            nearest = _nearest(quotes, own, pair, around=frozenset() if beside else alone)
        if nearest is None:
            continue
        quote, at = nearest
        turned = pair.theirs.search(quote.part(at))
        words = statement.words
        if turned is None:
            continue
        denied = _denied(quote.clauses[at], turned, words) or _refused(quote, at, turned)
        if _denied(clause, match, words) != denied:
            continue  # “not overturned” is “upheld”
        if _is_lifted(quotes, pair, words):
            continue  # “overturned the ban” is “allowed”
        if pair.converse and turned.start() <= _first(quote, at):
            continue  # who did it stands in another clause
        if pair.converse and _swapped(clause, quote.clauses[at], verb_last=words.verb_last):
            continue  # “A lost to B” is “B beat A”
        if _says(pair.ours, quotes, own, quote.clauses[at]):
            continue
        if _told_by_another(statement, index, pair.theirs, quote.clauses[at]):
            continue  # “the budget was cut while the number grew”
        if own != alone and _says_of(pair.ours, quotes, alone, quote.clauses[at]):
            continue  # “denied it. He admitted, however, that there were mistakes”
        if not _counts(pair.ours, quote, _values(statement, index) - _values(quote, at)):
            yield match.group(), turned.group()


def _stands_aside(quotes: Sequence[Reading], pair: _Pair) -> bool:
    """Whether a quote has what turns a word in a clause of few words alone, and not before them."""
    found = [
        (quote.part(index)[: turned.start()], clause)
        for quote in quotes
        for index, clause in enumerate(quote.clauses)
        if (turned := pair.theirs.search(quote.part(index))) is not None
    ]
    return bool(found) and all(
        before.strip() and len(clause.words) <= _ASIDE for before, clause in found
    )


def _around(reading: Reading, clause: Clause) -> frozenset[str]:
    """The words of the other clauses of a sentence."""
    return frozenset[str]().union(
        *(
            other.stems
            for other in reading.clauses
            if other.sentence == clause.sentence and other is not clause
        )
    )


def _first(reading: Reading, index: int) -> int:
    """Where the first word without a sense of a clause stands in it, or its end."""
    clause = reading.clauses[index]
    plain = (
        word.start
        for word in clause.words
        if not any(mark.start <= word.start < mark.end for mark in clause.marks)
    )
    return min(plain, default=clause.end) - clause.start


def _swapped(clause: Clause, other: Clause, *, verb_last: bool) -> bool:
    """Whether who stands first in a clause stands second in another; figures may stand anywhere."""
    both = frozenset(stem for stem in clause.stems & other.stems if not stem[0].isdigit())
    order = [word.stem for word in clause.words if word.stem in both]
    theirs = [word.stem for word in other.words if word.stem in both]
    if len(both) < _BOTH:
        return False
    return order != theirs if verb_last else order[0] != theirs[0] or order[-1] != theirs[-1]


def _denied(clause: Clause, word: re.Match[str], words: Words) -> bool:
    """Whether a clause has a “not” that is no part of the word itself, or a denial beside it.

    Where the verb stands last, the word may be the beginning of its denial: 認めなかった. Where an
    ending says “if”, an ending may deny the very word as well: “açılmayacak”.
    """
    first, last = clause.start + word.start(), clause.start + word.end()
    improbable = words.pattern("improbable")
    if improbable is not None and any(
        improbable.fullmatch(mark.word) and 0 <= first - mark.end <= _NEAR for mark in clause.marks
    ):
        return True  # “is unlikely to accept it”
    return any(
        (words.verb_last and mark.sense in NEGATIVE and mark.start <= first and mark.end > last)
        or _holds_denied(mark, first, last, words)
        or _ends_denied(mark, first, last, words)
        or (words.condition_last and mark.sense is Sense.NOT and mark.start <= first < mark.end)
        or (
            not first <= mark.start < last
            and (
                mark.sense is Sense.NOT
                or (mark.sense in NEGATIVE and 0 <= first - mark.end <= _NEAR)
            )
        )
        for mark in clause.marks
    )


def _refused(quote: Reading, index: int, word: re.Match[str]) -> bool:
    """Whether a word tells what was demanded and refused: “refused a request to *ban* it”."""
    clause, last = quote.clauses[index], quote.words.verb_last
    start, end = clause.start + word.start(), clause.start + word.end()
    refuses = quote.words.pattern("refuses")
    if refuses is None or refuses.search(word.group()) is not None:
        return False  # it is the refusal itself
    return any(
        mark.sense is Sense.DEMAND
        and (mark.start >= end if last else mark.end <= start)
        and is_refused(quote, index, mark)
        for mark in clause.marks
    )


def _is_lifted(quotes: Sequence[Reading], pair: _Pair, words: Words) -> bool:
    """Whether a quote says of a ban, which is the opposite of a word, that it was lifted."""
    if _BAN not in words.axes:
        return False
    lifted = words.opposites(2 * words.axes.index(_BAN) + 1)[0]
    found = (lifted.search(quote.text) for quote in quotes)
    return any(match is not None and pair.theirs.search(match.group()) for match in found)


def _holds_denied(mark: Mark, start: int, end: int, words: Words) -> bool:
    """Whether a denial holds a word behind its “not”: “not allowed to”, but no “was rejected”."""
    if mark.sense not in NEGATIVE or not (mark.start < start and end <= mark.end):
        return False
    pattern = words.pattern("not")
    return pattern is not None and pattern.search(mark.word, 0, start - mark.start) is not None


def _ends_denied(mark: Mark, start: int, end: int, words: Words) -> bool:
    """Whether the verb behind a word is denied by an ending: “kabul edilmedi”."""
    inside = words.condition_last and not words.spaceless and start < mark.start
    return inside and mark.sense is Sense.NOT and mark.end <= end


def _says(
    word: re.Pattern[str], quotes: Sequence[Reading], stems: frozenset[str], nearest: Clause
) -> bool:
    """Whether the quotes have a word in a clause that shares as much with `stems` as `nearest`.

    Or a figure that `nearest` has not: “women 41 per cent, men 59”.
    """
    enough = len(stems & nearest.stems)
    figures = frozenset(stem for stem in stems - nearest.stems if stem[0].isdigit())
    return any(
        word.search(quote.part(index)) is not None
        for quote in quotes
        for index, clause in enumerate(quote.clauses)
        if len(stems & clause.stems) >= enough or not figures.isdisjoint(_with_next(quote, index))
    )


def _told_by_another(
    statement: Reading, index: int, word: re.Pattern[str], nearest: Clause
) -> bool:
    """Whether another clause of a text has a word of `nearest`, and more of what that tells."""
    own = len(statement.clauses[index].stems & nearest.stems)
    return any(
        len(clause.stems & nearest.stems) > own and word.search(statement.part(at)) is not None
        for at, clause in enumerate(statement.clauses)
        if at != index
    )


def _says_of(
    word: re.Pattern[str], quotes: Sequence[Reading], stems: frozenset[str], nearest: Clause
) -> bool:
    """Whether a sentence with a word has more of what a clause tells than `nearest`.

    Or as much, where that has nothing of it.
    """
    enough = len(stems & nearest.stems)
    return any(
        word.search(quote.part(index)) is not None
        and len(stems & (clause.stems | _around(quote, clause))) >= (enough + 1 if enough else 0)
        for quote in quotes
        for index, clause in enumerate(quote.clauses)
    )


def _counts(word: re.Pattern[str], quote: Reading, values: frozenset[Fraction]) -> bool:
    """Whether a quote has the word with one of these figures: “upheld four and quashed two”."""
    return bool(values) and any(
        word.search(quote.part(index)) is not None and not values.isdisjoint(_values(quote, index))
        for index in range(len(quote.clauses))
    )


def _values(reading: Reading, index: int) -> frozenset[Fraction]:
    """The figures of a clause, in digits or words."""
    figures = read(reading.part(index), reading.words.code)
    return frozenset(each.value for each in figures if each.kind in COUNTED)


def _with_next(reading: Reading, index: int) -> frozenset[str]:
    """The words of a clause; of one with a single word those of the next, “men – 59 per cent”."""
    clause = reading.clauses[index]
    goes_on = len(clause.words) == 1 and index + 1 < len(reading.clauses)
    return clause.stems | reading.clauses[index + 1].stems if goes_on else clause.stems


def _nearest(
    quotes: Sequence[Reading],
    stems: frozenset[str],
    pair: _Pair,
    *,
    around: frozenset[str] | None = None,
) -> tuple[Reading, int] | None:
    """The clause of the quotes that shares most with these stems, if it shares enough.

    Of clauses only such count as hold either word of the pair: “exports fell – to 2.4 million”.
    With `around`, words that it should share some of, the rest of its sentence counts as well.
    """
    best: tuple[int, Reading, int] | None = None
    for quote in quotes:
        for index, clause in enumerate(quote.clauses):
            there = clause.stems
            if around is not None:
                if around and len(there) > _SHORT and there.isdisjoint(around):
                    continue  # it tells of something else
                there |= _around(quote, clause)
            shared = len(stems & there)
            if not shared or (best is not None and shared <= best[0]):
                continue
            part = quote.part(index)
            if pair.ours.search(part) is not None or pair.theirs.search(part) is not None:
                best = (shared, quote, index)
    # A figure may be told in another form: “a quarter” for “25 per cent”.
    count = sum(not stem[0].isdigit() for stem in stems)
    if best is None or (best[0] < 2 and 2 * best[0] < count):
        return None
    return best[1], best[2]


def sided(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Words of a statement of which its quotes have but the opposite: girls for boys.

    Of such pairs as are seldom told of two things in one breath, so that nothing else needs to be
    shared. Where neither text denies it.

    Args:
        quotes: What carries the statement.
        statement: What is told.
    """
    for side in sorted(statement.sided):
        if not any(side ^ 1 in quote.sided for quote in quotes):
            continue
        ours, theirs = (statement.words.sided[each] for each in (side, side ^ 1))
        match = ours.search(statement.text)
        if match is None or theirs.search(statement.text) is not None:
            continue
        found = [theirs.search(quote.text) for quote in quotes]
        heard = next((each for each in found if each is not None), None)
        plain = heard is not None and not any(ours.search(each.text) for each in quotes)
        if plain and heard is not None and statement.senses.isdisjoint(NEGATIVE):
            yield match.group(), heard.group()


def told_instead(quote: Reading, statement: Reading) -> bool:
    """Whether one text says in another word what the other denies: “none survived”, “all died”."""
    return any(
        ours.search(one.text)
        and theirs.search(other.text)
        and not ours.search(other.text)
        and not theirs.search(one.text)
        for ours, theirs in statement.words.instead
        for one, other in ((quote, statement), (statement, quote))
    )
