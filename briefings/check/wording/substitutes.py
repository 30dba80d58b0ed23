"""One of a kind that stands for another: doctors for nurses, a school for a hospital."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from briefings.check.wording.clauses import Clause, Reading, is_of_a_lack
from briefings.check.words.senses import COUNTRY, NEGATIVE, Member, Naming

_SIDE = "side"  # the kind of those who are armed, and of those who are not
_ENOUGH = 2  # words that two clauses share if they tell of the same
_NONE: frozenset[Member] = frozenset()


def exchanged(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """What a statement names instead of another of its kind, each with what the quotes name.

    Only where the one is in no quote, the other not in the statement, and both stand in clauses
    that tell the same for the rest. Each kind once.
    """
    if not statement.named:
        return
    stated, quoted = _members(statement), _NONE.union(*map(_members, quotes))
    if stated <= quoted or quoted <= stated:
        return  # as most
    missing = quoted - stated
    seen: set[str] = set()
    for named in statement.named:
        for members in _apart(named.members):
            if not quoted.isdisjoint(members):
                continue
            kinds = {member.kind for member in members} - seen
            gone = frozenset([each for each in missing if each.kind in kinds])
            if gone and (other := _instead(quotes, statement, named, gone)) is not None:
                seen |= kinds
                yield statement.text[named.start : named.end], other
                break


@lru_cache(maxsize=4096)
def _apart(members: frozenset[Member]) -> tuple[frozenset[Member], ...]:
    """What a word names, what is asked by itself apart: policemen are no soldiers, nor villagers.

    Countries are named beside others so often that `other_names` asks for more.
    """
    others = frozenset(each for each in members if each.kind not in {COUNTRY, _SIDE})
    sides = frozenset(each for each in members if each.kind == _SIDE)
    return tuple(filter(None, (others, sides)))


def across(quote: Reading, translation: Reading) -> Iterator[tuple[str, str]]:
    """What a translation names where its quote names only others of the kind, each with these.

    Of a kind whose words of both texts have a name in the other's language too.
    """
    quoted = _members(quote)
    stated = _members(translation) if quoted else quoted
    for kind in sorted({each.kind for each in quoted} & {each.kind for each in stated}):
        ours = {each for each in stated if each.kind == kind}
        theirs = {each for each in quoted if each.kind == kind}
        known = all(
            reading.words.knows(f"kinds.{kind}.{each.name}")
            for reading in (quote, translation)
            for each in ours | theirs
        )
        if known and ours.isdisjoint(theirs):
            yield _shown(translation, ours), _shown(quote, theirs)


@lru_cache(maxsize=4096)
def _members(reading: Reading) -> frozenset[Member]:
    return _NONE.union(*[each.members for each in reading.named])


def _shown(reading: Reading, members: set[Member]) -> str:
    """The first word of a text that names one of these."""
    named = (each for each in reading.named if not members.isdisjoint(each.members))
    first = next(named)
    return reading.text[first.start : first.end]


def _instead(
    quotes: Sequence[Reading], statement: Reading, named: Naming, gone: frozenset[Member]
) -> str | None:
    """What a clause that tells the same names of what is gone."""
    ours = next((each for each in statement.clauses if each.start <= named.start < each.end), None)
    if ours is None:
        return None
    own = _beside(ours, named)
    for quote in quotes:
        for other in quote.named:
            if gone.isdisjoint(other.members):
                continue
            theirs = next(each for each in quote.clauses if each.start <= other.start < each.end)
            if _tells(own, _beside(theirs, other)) and (
                _denies(ours, statement) is _denies(theirs, quote)  # “did not free” is “holds”
            ):
                return quote.text[other.start : other.end]
    return None


def _denies(clause: Clause, reading: Reading) -> bool:
    return any(
        mark.sense in NEGATIVE and not is_of_a_lack(mark, reading.words) for mark in clause.marks
    )


def _beside(clause: Clause, named: Naming) -> frozenset[str]:
    """The words of a clause but for those that name one of a kind."""
    return frozenset(
        [word.stem for word in clause.words if not named.start <= word.start < named.end]
    )


def _tells(own: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two clauses share enough of their words; figures may be told in another form."""
    shared = len(own & other)
    count = sum(not stem[0].isdigit() for stem in own)
    return shared >= _ENOUGH or (shared > 0 and 2 * shared >= count)
