"""What words of a language do to a sentence, and what they are looked for as."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum, StrEnum
from typing import NamedTuple

from briefings.check.words.beginnings import Listed, both


class Sense(StrEnum):
    """What a word does to the sentence it stands in."""

    NOT = "not"
    DENIAL = "denial"
    FALSE = "false"
    REPORTED = "reported"
    POSSIBLE = "possible"
    EXPECTED = "expected"
    SEEMING = "seeming"
    BELIEVED = "believed"
    UNCLEAR = "unclear"
    CONDITION = "condition"
    ATTEMPT = "attempt"
    PLAN = "plan"
    DEMAND = "demand"
    CLAIMED = "claimed"
    SAID = "said"
    SOURCE = "source"
    LIMITED = "limited"
    IDLE = "idle"


NEGATIVE = frozenset({Sense.NOT, Sense.DENIAL, Sense.FALSE})
"""What turns a sentence into its opposite."""

GROUPS: Mapping[Sense, str] = {
    **dict.fromkeys(
        (Sense.REPORTED, Sense.EXPECTED, Sense.SEEMING, Sense.BELIEVED, Sense.UNCLEAR), "hedge"
    ),
    **dict.fromkeys((Sense.ATTEMPT, Sense.PLAN, Sense.DEMAND), "unreal"),
    **dict.fromkeys((Sense.CLAIMED, Sense.SAID, Sense.SOURCE), "said"),
}
"""Senses that share a list of words with which a sentence may keep them."""


class Mark(NamedTuple):
    """A word of some sense, half-open in the text it stands in."""

    sense: Sense
    start: int
    end: int
    word: str


class Other(Enum):
    """What words are looked for beside those that have a sense."""

    CLAUSE = "begins a clause"
    ACT = "says what one does to another"
    FUTURE = "tells what is to come"
    ORDER = "tells what comes first, or is the cause"
    WHENCE = "tells from where"


class Rank(NamedTuple):
    """What a word says how many of something there are, from none, 0, to all."""

    number: int


class Member(NamedTuple):
    """What a word names: one of a kind of which another is another thing, a nurse of people."""

    kind: str
    name: str


class Naming(NamedTuple):
    """A word that names one of a kind, half-open in the text it stands in."""

    start: int
    end: int
    members: frozenset[Member]


Role = Sense | Other | Rank | Member | int
"""What a word is looked for as; the number is that of a side of a pair of opposites.

Pair 0 has the sides 0 and 1, pair 1 the sides 2 and 3.
"""


class Tried(NamedTuple):
    """Words that may stand at a place, by what they are looked for as.

    `turned` are of pairs of opposites; of those that may begin with any letter only their sides are
    there. `ranks` are of words for how many; `tells` is what else one of them may tell. `members`
    name one of a kind.
    """

    senses: tuple[Listed, ...]
    clauses: tuple[Listed, ...]
    turned: tuple[Listed, ...]
    sides: frozenset[int]
    ranks: frozenset[int]
    tells: frozenset[Other]
    members: tuple[Listed, ...]
    entries: tuple[Listed, ...]


Place = tuple[int, Tried]
"""An index of a text, and the words that may stand there."""


def by_role(entries: Iterable[Listed], anywhere: tuple[Listed, ...] = ()) -> Tried:
    """Words by their role."""
    entries = tuple(entries)
    every = both(entries, anywhere) if anywhere else entries
    return Tried(
        tuple(each for each in every if isinstance(each.role, Sense)),
        tuple(each for each in every if each.role is Other.CLAUSE),
        tuple(each for each in entries if isinstance(each.role, int)),
        frozenset(each.role for each in anywhere if isinstance(each.role, int)),
        frozenset(each.role.number for each in every if isinstance(each.role, Rank)),
        frozenset(each.role for each in every if isinstance(each.role, Other)),
        tuple(each for each in every if isinstance(each.role, Member)),
        entries,
    )


def with_others(tried: Tried | None, anywhere: tuple[Listed, ...]) -> Tried:
    """Words that may stand at a place, with those that may begin with any letter."""
    if tried is not None and not anywhere:
        return tried
    return by_role(tried.entries if tried is not None else (), anywhere)


def longest_mark(text: str, start: int, entries: Iterable[Listed]) -> Mark | None:
    """The longest word of any sense at `start`; of two as long the sense that comes first.

    Args:
        text: In the form in which words are looked for.
        start: An index of it.
        entries: Words that may stand there, those of one sense together.

    """
    longest: Mark | None = None
    seen: Sense | None = None
    for entry in entries:
        sense = entry.role
        if sense is seen or not isinstance(sense, Sense):
            continue  # of one sense the first word that stands there
        if text.startswith(entry.letters, start) and (end := entry.end(text, start)) is not None:
            seen = sense
            if longest is None or end > longest.end:
                longest = Mark(sense, start, end, text[start:end])
    return longest
