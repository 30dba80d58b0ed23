"""The words of one language as its file lists them, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import NamedTuple, TypeAlias, cast

from briefings.check.words.beginnings import DIGIT, LONGEST, Beginnings, Listed, Outline
from briefings.check.words.many_words import BEFORE, LETTERS, UNFOLDED, ManyWords
from briefings.check.words.senses import (
    GROUPS,
    Above,
    Mark,
    Member,
    Naming,
    Other,
    Place,
    Rank,
    Role,
    Sense,
    Sided,
    Token,
    Tried,
    by_role,
    longest_mark,
    with_others,
)
from briefings.check.words.whole_words import Whole

_START = re.compile(rf"{BEFORE}[{LETTERS}]+")
_MOST_KNOWN = 50_000
# Lists whose words are looked for in every text, or are no patterns.
_ORDERS = ("before", "after", "cause")
_NOT_BY_NAME = frozenset(
    {
        *("clauses", "clitics", "compounds", "forms", "names", "prefixes", "stop", "suffixes"),
        "unmaking",
        "whole",
        *map(str, Sense),
    }
) - {str(Sense.NOT)}


class Equivalents(NamedTuple):
    """The pattern of words of a kind, and any that may say the same."""

    told: re.Pattern[str]
    carrying: ManyWords


class Qualifier(NamedTuple):
    """Words beside a noun that make it another thing, on its one side or the other."""

    words: Equivalents
    is_behind: bool


_BEHIND = "qualifiers_behind"
_Pair: TypeAlias = tuple[list[str], list[str]]
Order: TypeAlias = tuple[tuple[str, ...], ...]
"""The words of each role, the longest first."""


class Words:
    """The words of one language. Patterns are compiled when a rule first asks for them.

    Args:
        code: The language.
        data: What its file says.
        outlines: What is worked out of words, as far as it was before.
        compile_: What compiles patterns.
        order: The words of each role in their order, if that was worked out before.
    """

    def __init__(
        self,
        code: str,
        data: Mapping[str, object],
        outlines: Mapping[str, Outline],
        compile_: Callable[[str], re.Pattern[str]],
        order: Order = (),
    ) -> None:
        self.code = code
        self._data = data
        self._outlines = outlines
        self._order = order
        self._patterns: dict[tuple[str, str, str], re.Pattern[str] | None] = {}
        self._kept: dict[str, ManyWords | None] = {}
        self._tried: dict[str, Tried | None] = {}
        self._together: dict[tuple[int, tuple[Listed, ...]], tuple[Tried | None, Tried]] = {}
        self._sides: dict[int, re.Pattern[str]] = {}
        self._above: dict[int, Equivalents] = {}
        self._known: dict[str, bool] = {}
        self.stems: dict[str, str] = {}
        self.runs: dict[str, tuple[Token, ...]] = {}
        self.spaceless = bool(data.get("spaceless"))
        self.verb_last = bool(data.get("verb_last"))
        self.condition_last = bool(data.get("condition_last"))
        self.doer = cast("str", data.get("doer", "sides"))
        self._whole = Whole(
            self._texts("clitics"),
            spaceless=self.spaceless,
            vowel_signs=bool(data.get("vowel_signs")),
            compile_=compile_,
        )
        self.stop = frozenset(self._split("stop"))
        self.suffixes = tuple(sorted(self._split("suffixes"), key=len, reverse=True))
        self.unmaking = tuple(self._split("unmaking"))
        self.whole = tuple(self._split("whole"))
        self.prefixes = tuple(sorted(self._split("prefixes"), key=len, reverse=True))
        self.endings = cast("int", data.get("endings", 1))
        self.stem_length = cast("int", data.get("stem_length", 5))
        self.compounds = tuple(self._split("compounds"))
        self.forms = dict(cast("tuple[str, str]", pair.split(":")) for pair in self._split("forms"))

    def knows(self, section: str) -> bool:
        """Whether there are words for a section, such as `not` or `wide.not`."""
        if (known := self._known.get(section)) is None:
            known = self._known[section] = bool(self._texts(section))
        return known

    def places(self, text: str) -> Iterator[Place]:
        """Where a word may stand, with those that may stand there."""
        anywhere = self.anywhere(text)
        if self.spaceless:
            # Any letter may begin a word, and the letters behind it may be no part of it.
            starts = ((at, self.tried(text[at : at + LONGEST])) for at in range(len(text)))
        else:
            starts = ((match.start(), self.tried(match.group())) for match in _START.finditer(text))
        for start, tried in starts:
            if anywhere:
                yield start, self.with_anywhere(tried, anywhere)
            elif tried is not None and text.startswith(tried.openings, start):
                yield start, tried

    def with_anywhere(self, tried: Tried | None, anywhere: tuple[Listed, ...]) -> Tried:
        """`tried` and words that may begin with any letter, which are put together once."""
        # By identity, for they are large; each is held here as long as its number counts.
        key = id(tried), anywhere
        if key not in self._together:
            if len(self._together) >= _MOST_KNOWN:
                self._together.clear()
            self._together[key] = tried, with_others(tried, anywhere)
        return self._together[key][1]

    def tried(self, letters: str) -> Tried | None:
        """The words that may stand where a run of letters or digits is exactly `letters`.

        In a language without spaces, where `letters` are the next few. None if there are none but
        those that may begin with any letter.
        """
        if letters[0].isdigit():
            letters = DIGIT  # no word tells one digit from another
        if letters not in self._tried:
            if len(self._tried) >= _MOST_KNOWN:
                self._tried.clear()
            entries = self._listed.at(letters)
            openings = self._listed.openings_at(letters, entries)
            self._tried[letters] = by_role(entries, openings) if openings else None
        return self._tried[letters]

    def anywhere(self, text: str) -> tuple[Listed, ...]:
        """The words that may begin with any letter, and may stand in `text`."""
        return self._listed.anywhere(text)

    def marks(self, text: str, places: Iterable[Place], most: int) -> tuple[Mark, ...]:
        """The words of `text` that have a sense, in order, but for the idle ones.

        Args:
            text: In the form in which words are looked for.
            places: Where words may begin, with those to try there.
            most: No more than so many.
        """
        marks: list[Mark] = []
        last = 0
        for start, tried in places:
            if start < last or not tried.senses:
                continue
            mark = longest_mark(text, start, tried.senses)
            if mark is None:
                continue
            last = mark.end
            if mark.sense is not Sense.IDLE:
                marks.append(mark)
                if len(marks) == most:
                    break
        return tuple(marks)

    def begun(self, text: str, places: Iterable[Place]) -> Iterator[int]:
        """Where a word stands that begins a clause."""
        last = 0
        for start, tried in places:
            if start >= last:
                for entry in tried.clauses:
                    begun = text.startswith(entry.openings, start)
                    if begun and (end := entry.end(text, start)) is not None:
                        yield start
                        last = end
                        break

    def sides(self, text: str, places: Iterable[Place]) -> frozenset[int]:
        """The sides of pairs of opposites of which `text` may hold a word."""
        sides: set[int] = set()
        for start, tried in places:
            if tried.sides:
                sides |= tried.sides
            for side, listed in tried.turned:
                if side in sides:
                    continue
                for each in listed:
                    if text.startswith(each.openings, start) and each.end(text, start) is not None:
                        sides.add(side)
                        break
        return frozenset(sides)

    def named(self, text: str, places: Iterable[Place]) -> tuple[Naming, ...]:
        """The words of `text` that name one of a kind; of those at a place the longest."""
        found: list[Naming] = []
        last = 0
        for start, tried in places:
            if start < last or not tried.members:
                continue
            members: list[Member] = []
            for member, listed in tried.members:
                for each in listed:
                    if not text.startswith(each.openings, start):
                        continue
                    if (end := each.end(text, start)) is not None and end >= last:
                        if end > last:
                            members.clear()
                        last = end
                        members.append(member)
            if members:
                found.append(Naming(start, last, frozenset(members)))
        return tuple(found)

    def keeps(self, sense: Sense) -> ManyWords | None:
        """Words with which a sentence may keep a sense that other words gave it; None for none.

        They are many, since a false alarm is worse here than a miss.
        """
        own = f"wide.{sense.value}"
        return self._loose(own if self.knows(own) else f"wide.{GROUPS.get(sense, '')}")

    @property
    def denies(self) -> ManyWords | None:
        """Words that may deny, in the widest sense; None for none."""
        return self._loose("wide.not")

    @property
    def denies_abroad(self) -> ManyWords | None:
        """Words of `denies` that may stand for a denial in another language; None for none."""
        if "abroad" not in self._kept:
            seldom = set(self._texts("wide.seldom"))
            listed = [word for word in self._texts("wide.not") if word not in seldom]
            self._kept["abroad"] = self._many(listed) if listed else None
        return self._kept["abroad"]

    def stronger(self, number: int) -> Equivalents:
        """The words that no text may say by itself of which a reading has this number."""
        if number not in self._above:
            self._above[number] = self._equivalents(self._stronger[number])
        return self._above[number]

    @cached_property
    def qualifiers(self) -> tuple[Qualifier, ...]:
        """Words beside a noun that make it another thing, and those with which a text keeps one."""
        return tuple(
            Qualifier(self._equivalents(pair), is_behind=section == _BEHIND)
            for section in ("qualifiers", _BEHIND)
            for pair in self._pairs(section)
        )

    @cached_property
    def _stronger(self) -> list[_Pair]:
        return [(self._texts("records"), self._texts("wide.records")), *self._pairs("stronger")]

    def _pairs(self, section: str) -> list[_Pair]:
        return list(cast("Mapping[str, _Pair]", self._data.get(section, {})).values())

    def _equivalents(self, pair: _Pair) -> Equivalents:
        told, others = pair
        return Equivalents(self._whole.any_of(told), self._many([*told, *others]))

    def _loose(self, section: str) -> ManyWords | None:
        if section not in self._kept:
            listed = self._texts(section)
            self._kept[section] = self._many(listed) if listed else None
        return self._kept[section]

    def _many(self, listed: list[str]) -> ManyWords:
        return ManyWords(listed, self._whole.any_of, spaceless=self.spaceless)

    def pattern(self, section: str) -> re.Pattern[str] | None:
        """Any word of a section, whole; None if it has none."""
        return self._made(section, "", "")

    def at_end(self, section: str) -> re.Pattern[str] | None:
        """Any word of a section where a text ends with it."""
        return self._made(section, "", r"[\s\"'(«„“]*$")

    def at_start(self, section: str) -> re.Pattern[str] | None:
        """Any word of a section where a text begins with it."""
        return self._made(section, r"^[\s\"')»”]*", "")

    def with_names(self, lowered: str, text: str) -> str:
        """`lowered` with the names that look like words, such as “May”, as `text` writes them."""
        if not any(name in text for name in self._names):
            return lowered
        parts, last = list[str](), 0
        for match in self._named.finditer(text):
            parts += lowered[last : match.start()], match.group()
            last = match.end()
        return "".join((*parts, lowered[last:]))

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(self._texts("names"))

    @cached_property
    def _named(self) -> re.Pattern[str]:
        return self._whole.compile(rf"\b(?:{'|'.join(self._names)})\b")

    def opposites(self, side: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """The words of a side of a pair, and those that turn what they say."""
        return self._side(side), self._side(side ^ 1)

    def _side(self, side: int) -> re.Pattern[str]:
        if side not in self._sides:
            self._sides[side] = self._whole.any_of(self.pairs[side // 2][side % 2])
        return self._sides[side]

    def converse(self, index: int) -> bool:
        """Whether the sides of pair `index` say the same of the two in turn: A won, B lost."""
        return index >= len(self.axes) + len(self._data_list("opposites"))

    @cached_property
    def instead(self) -> tuple[tuple[ManyWords, ManyWords], ...]:
        """Pairs of words of which one says what the other says denied: survived, died."""
        pairs = cast("list[list[list[str]]]", self._data_list("instead"))
        return tuple((self._many(first), self._many(second)) for first, second in pairs)

    @cached_property
    def sided(self) -> tuple[re.Pattern[str], ...]:
        """The words of each side of pairs of which a text seldom tells both: boys, girls.

        Pair 0 has the sides 0 and 1.
        """
        return tuple(map(self._whole.any_of, chain(*self._sided)))

    @property
    def _sided(self) -> list[list[list[str]]]:
        return cast("list[list[list[str]]]", self._data_list("sided"))

    @cached_property
    def axes(self) -> tuple[str, ...]:
        """The names of the first of the pairs, which are compared across languages."""
        return tuple(self._named_pairs)

    @property
    def _named_pairs(self) -> Mapping[str, object]:
        return cast("Mapping[str, object]", self._data.get("axes", {}))

    @property
    def pairs(self) -> list[list[list[str]]]:
        """The pairs of opposites, then those that say the same of the two in turn."""
        opposites = (*self._named_pairs.values(), *self._data_list("opposites"))
        return cast("list[list[list[str]]]", [*opposites, *self._data_list("converses")])

    def _data_list(self, section: str) -> list[object]:
        return cast("list[object]", self._data.get(section, []))

    @property
    def _ranks(self) -> Mapping[str, list[str]]:
        return cast("Mapping[str, list[str]]", self._data.get("amounts", {}))

    @cached_property
    def amounts(self) -> tuple[tuple[int, re.Pattern[str]], ...]:
        """Words for how many of something, by rank from none, 0, to all."""
        return tuple(
            (int(rank), self._whole.any_of(listed)) for rank, listed in sorted(self._ranks.items())
        )

    @property
    def _kinds(self) -> Iterator[tuple[Member, list[str]]]:
        kinds = cast("Mapping[str, Mapping[str, list[str]]]", self._data.get("kinds", {}))
        for kind, members in kinds.items():
            for name, listed in members.items():
                yield Member(kind, name), listed

    @cached_property
    def _listed(self) -> Beginnings:
        """All words that are looked for in every text."""
        return Beginnings(
            self.roles(), self._whole.end_of, spaceless=self.spaceless, outlines=self._outlines
        )

    def roles(self) -> Iterator[tuple[Role, str]]:
        """Each word that is looked for in every text, those of one role the longest first."""
        for (role, _), ordered in zip(self._by_role(), self.order, strict=True):
            for word in ordered:
                yield role, word

    def _by_role(self) -> list[tuple[Role, list[str]]]:
        sides = enumerate(side for pair in self.pairs for side in pair)
        qualifiers = [*self._pairs("qualifiers"), *self._pairs(_BEHIND)]
        return [
            *((sense, self._texts(sense.value)) for sense in Sense),
            (Other.CLAUSE, self._texts("clauses")),
            (Other.ACT, self._texts("acts")),
            (Other.FUTURE, self._texts("future")),
            (Other.ORDER, [word for name in _ORDERS for word in self._texts(f"ends.{name}")]),
            (Other.WHENCE, self._texts("ends.from")),
            (Other.QUALIFIER, [word for told, _ in qualifiers for word in told]),
            (Other.BAN, self._texts("bans")),
            (Other.PART, self._texts("partitive")),
            (Other.EVERYWHERE, self._texts("everywhere")),
            (Other.CLOSE, self._texts("close")),
            *((Sided(number), side) for number, side in enumerate(chain(*self._sided))),
            *((Rank(int(rank)), listed) for rank, listed in self._ranks.items()),
            *((Above(number), told) for number, (told, _) in enumerate(self._stronger)),
            *self._kinds,
            *sides,
        ]

    @property
    def order(self) -> Order:
        """The words of each role, the longest first."""
        return self._order or tuple(
            tuple(self._whole.ordered(listed)) for _, listed in self._by_role()
        )

    def compile_all(self) -> None:
        """Compile every pattern that a rule may ask for."""
        for _, word in self.roles():
            self._whole.end_of(word)
        for section in self._sections():
            for made in (self.pattern, self.at_start, self.at_end):
                made(section)
        for section in _keys(self._data.get("wide")):
            self._loose(f"wide.{section}")
        for side in range(2 * len(self.pairs)):
            self._side(side)
        _ = self.denies_abroad, self.amounts, self._named
        _ = self.qualifiers, [self.stronger(number) for number in range(len(self._stronger))]

    def _sections(self) -> Iterator[str]:
        """The sections that a rule may ask for by name."""
        for table in ("edge", "change", "ends", "titles"):
            yield from (f"{table}.{each}" for each in _keys(self._data.get(table)))
        for key, value in self._data.items():
            named = isinstance(value, list) and all(isinstance(each, str) for each in value)
            if named and key not in _NOT_BY_NAME:
                yield key

    def _made(self, section: str, before: str, after: str) -> re.Pattern[str] | None:
        key = (section, before, after)
        if key not in self._patterns:
            words = self._texts(section)
            self._patterns[key] = (
                self._whole.compile(before + self._whole.pattern(words) + after) if words else None
            )
        return self._patterns[key]

    def _texts(self, section: str) -> list[str]:
        value: object = self._data
        for key in section.split("."):
            value = value.get(key, []) if isinstance(value, Mapping) else []
        return [value] if isinstance(value, str) else list(cast("list[str]", value))

    def _split(self, section: str) -> list[str]:
        lines = self._texts(section)
        return [word for line in lines for word in line.translate(UNFOLDED).split()]


def _keys(section: object) -> Iterable[str]:
    return section if isinstance(section, Mapping) else ()
