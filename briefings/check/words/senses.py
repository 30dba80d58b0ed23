"""What words of a language do to a sentence, and what they are looked for as."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
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


class Other(StrEnum):
    """What words are looked for beside those that have a sense."""

    CLAUSE = "begins a clause"
    ACT = "says what one does to another"
    FUTURE = "tells what is to come"
    ORDER = "tells what comes first, or is the cause"
    WHENCE = "tells from where"
    QUALIFIER = "makes the noun beside it another thing"
    BAN = "tells of a ban"
    PART = "tells of some of those who are known"
    EVERYWHERE = "tells of all of a country"
    CLOSE = "says that somebody stands close to another"


class Held(StrEnum):
    """What a text holds beside words that have a sense, or tell something else."""

    WORDS = "any words"
    FIGURES = "figures"
    SIDES = "sides of pairs of opposites"
    RANKS = "words for how many"
    ABOVE = "what no text may say by itself"
    MEMBERS = "names of one of a kind"
    SIDED = "one of two that are seldom told together"


_BITS: Mapping[str, int] = {
    each: 1 << at for at, each in enumerate((*Held, *Sense, *Other))
}  # a bit for each, which is quicker to ask for than a set


def bits(*held: Held | Sense | Other) -> int:
    """What is held, as one number with a bit for each."""
    return sum({_BITS[each] for each in held})


class Rank(NamedTuple):
    """What a word says how many of something there are, from none, 0, to all."""

    number: int


class Above(NamedTuple):
    """What a word says that no text may say by itself, by its number among these."""

    number: int


class Sided(NamedTuple):
    """What a word says of two that are seldom told together, by the number of that side."""

    number: int


COUNTRY = "country"
"""The kind of names that a folder of their own has: `countries/`."""


class Member(NamedTuple):
    """What a word names: one of a kind of which another is another thing, a nurse of people."""

    kind: str
    name: str


class Naming(NamedTuple):
    """A word that names one of a kind, half-open in the text it stands in."""

    start: int
    end: int
    members: frozenset[Member]


Role = Sense | Other | Rank | Above | Sided | Member | int
"""What a word is looked for as; the number is that of a side of a pair of opposites.

Pair 0 has the sides 0 and 1, pair 1 the sides 2 and 3.
"""


class Tried(NamedTuple):
    """Words that may stand at a place, by what they are looked for as.

    With one of the `openings` begins whatever stands there: where none of them does, there is none.
    `senses` have those of each sense, `members` those that name each of a kind. `turned` are of
    each side of a pair of opposites; of those that may begin with any letter only their sides are
    there. `ranks` are of words for how many, `above` of those that no text may say by itself,
    `sided` of those that are seldom told together; `tells` is what else one of them may tell.
    """

    senses: tuple[tuple[Sense, list[Listed]], ...]
    clauses: tuple[Listed, ...]
    turned: tuple[tuple[int, list[Listed]], ...]
    sides: frozenset[int]
    ranks: frozenset[int]
    above: frozenset[int]
    sided: frozenset[int]
    tells: frozenset[Other]
    members: tuple[tuple[Member, list[Listed]], ...]
    entries: tuple[Listed, ...]
    openings: tuple[str, ...]


Place = tuple[int, Tried]
"""An index of a text, and the words that may stand there."""

Token = tuple[int, str, str | None, int, Tried | None]
"""A word or number of a run of letters, as far as its letters tell what it may be."""


def by_role(
    entries: Iterable[Listed], openings: tuple[str, ...], anywhere: tuple[Listed, ...] = ()
) -> Tried:
    """Words by what they do to a sentence.

    Args:
        entries: Those that may stand at a place.
        openings: With one of these begins whatever stands there.
        anywhere: Those that may begin with any letter, and so stand at any place.
    """
    entries = tuple(entries)
    senses: dict[Sense, list[Listed]] = {}
    members: dict[Member, list[Listed]] = {}
    turned: dict[int, list[Listed]] = {}
    ranks, above, sided, tells = set[int](), set[int](), set[int](), set[Other]()
    every = both(entries, anywhere) if anywhere else entries
    for each in every:
        role = each.role
        if isinstance(role, Sense):
            senses.setdefault(role, []).append(each)
        elif isinstance(role, Member):
            members.setdefault(role, []).append(each)
        elif isinstance(role, Rank):
            ranks.add(role.number)
        elif isinstance(role, Above):
            above.add(role.number)
        elif isinstance(role, Sided):
            sided.add(role.number)
        elif isinstance(role, Other):
            tells.add(role)
    for each in entries:
        if isinstance(each.role, int):
            turned.setdefault(each.role, []).append(each)
    return Tried(
        tuple(senses.items()),
        tuple([each for each in every if each.role is Other.CLAUSE]) if tells else (),
        tuple(turned.items()),
        frozenset(each.role for each in anywhere if isinstance(each.role, int)),
        frozenset(ranks),
        frozenset(above),
        frozenset(sided),
        frozenset(tells),
        tuple(members.items()),
        entries,
        openings,
    )


def with_others(tried: Tried | None, anywhere: tuple[Listed, ...]) -> Tried:
    """Words that may stand at a place, with those that may begin with any letter."""
    if tried is not None and not anywhere:
        return tried
    return by_role(tried.entries if tried is not None else (), ("",), anywhere)


def longest_mark(
    text: str, start: int, entries: Iterable[tuple[Sense, Iterable[Listed]]]
) -> Mark | None:
    """The longest word of any sense at `start`; of two as long the sense that comes first.

    Args:
        text: In the form in which words are looked for.
        start: An index of it.
        entries: Words that may stand there, by their sense.
    """
    longest: Mark | None = None
    for sense, listed in entries:
        for each in listed:
            if text.startswith(each.openings, start) and (end := each.end(text, start)) is not None:
                if longest is None or end > longest.end:
                    longest = Mark(sense, start, end, text[start:end])
                break  # of one sense the first word that stands there
    return longest
