"""The words that the rules know, a file a language; a rule is silent where it knows none.

A file is TOML. Its words are regular expressions without groups that catch, over folded text
(`check/fold.py`) in lower case, in which `~` stands for any ending; they stand whole, between the
edges of words, but in scripts that write no spaces. `README.md` beside the files says what each
key is for.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple, cast

from briefings.core import files
from briefings.core.languages import primary

_FOLDER = Path(__file__).parent
# What belongs to words beside what `\w` matches: the vowel signs of Indic scripts.
LETTERS = r"\w\u0900-\u0963\u0971-\u09e3\u0a00-\u0d7f"
_UNFOLDED = str.maketrans({"ي": "ی", "ك": "ک", "’": "'"})
_NOWHERE = re.compile("(?!)")
_TOKEN = re.compile(rf"[{LETTERS}]+")
_PLAIN_BEGINNING = re.compile(r"(?:[^\W\d_](?![?*+{]))*")
_TELLING = 4  # so many first letters tell which senses a word may have
# A part of a word with whatever stands around it.
_INSIDE = re.compile(r"\\w\*([^\W\d_]+)(?:~|\\w\*)")


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
    IDLE = "idle"


NEGATIVE = frozenset({Sense.NOT, Sense.DENIAL, Sense.FALSE})
"""What turns a sentence into its opposite."""

_GROUPS: Mapping[Sense, str] = {
    **dict.fromkeys(
        (Sense.REPORTED, Sense.EXPECTED, Sense.SEEMING, Sense.BELIEVED, Sense.UNCLEAR), "hedge"
    ),
    **dict.fromkeys((Sense.ATTEMPT, Sense.PLAN, Sense.DEMAND), "unreal"),
    **dict.fromkeys((Sense.CLAIMED, Sense.SAID, Sense.SOURCE), "said"),
}


class Mark(NamedTuple):
    """A word of some sense, half-open in the text it stands in."""

    sense: Sense
    start: int
    end: int
    word: str


class Loose:
    """Many words of which any will do, where only that matters: quicker to have than a pattern.

    Most are plain words or beginnings of words; only the rest is a pattern.
    """

    def __init__(
        self, words: Iterable[str], whole: Callable[[Iterable[str]], str], *, spaceless: bool
    ) -> None:
        exact, beginnings, inside, rest = set[str](), set[str](), set[str](), list[str]()
        for word in words:
            for each in word.split("|") if "(" not in word and "[" not in word else [word]:
                plain = each.translate(_UNFOLDED)
                if plain.isalpha():
                    (inside if spaceless else exact).add(plain)
                elif plain[:-1].isalpha() and plain.endswith("~"):
                    beginnings.add(plain[:-1])
                elif (match := _INSIDE.fullmatch(plain)) is not None:
                    inside.add(match[1])
                else:
                    rest.append(each)
        self._exact, self._beginnings = frozenset(exact), tuple(sorted(beginnings))
        self._inside = tuple(sorted(inside))
        self._pattern = re.compile(whole(rest)) if rest else _NOWHERE

    def search(self, text: str) -> bool:
        """Whether `text` holds any of them, whole."""
        tokens = _TOKEN.findall(text)
        return (
            not self._exact.isdisjoint(tokens)
            or any(token.startswith(self._beginnings) for token in tokens)
            or any(part in text for part in self._inside)
            or self._pattern.search(text) is not None
        )


class Words:
    """The words of one language. Patterns are compiled when a rule first asks for them."""

    def __init__(self, code: str, data: Mapping[str, object]) -> None:
        self.code = code
        self._data = data
        self._patterns: dict[tuple[str, str, str], re.Pattern[str] | None] = {}
        self._letters = LETTERS if data.get("vowel_signs") else r"\w"
        self._first: dict[str, tuple[tuple[Sense, re.Pattern[str]], ...]] = {}
        self._kept: dict[str, Loose | None] = {}
        self._opposites: dict[int, tuple[re.Pattern[str], re.Pattern[str]]] = {}
        self.stems: dict[str, str] = {}
        self.spaceless = bool(data.get("spaceless"))
        self.verb_last = bool(data.get("verb_last"))
        self.condition_last = bool(data.get("condition_last"))
        clitics = "|".join(self._texts("clitics"))
        hyphen = rf"-(?!(?:{clitics})(?![{LETTERS}]))" if clitics else "-"
        self._edge = rf"(?![{LETTERS}]|{hyphen})"
        self.stop = frozenset(self._split("stop"))
        self.suffixes = tuple(sorted(self._split("suffixes"), key=len, reverse=True))
        self.prefixes = tuple(sorted(self._split("prefixes"), key=len, reverse=True))
        self.stem_length = cast("int", data.get("stem_length", 5))
        self.forms = dict(cast("tuple[str, str]", pair.split(":")) for pair in self._split("forms"))

    def knows(self, section: str) -> bool:
        """Whether there are words for a section, such as `not` or `wide.not`."""
        return bool(self._texts(section))

    def marks(self, text: str, most: int) -> tuple[Mark, ...]:
        """The words of `text` that have a sense, in order, but for the idle ones."""
        found: list[Mark] = []
        last = 0
        for match in self._any_sense.finditer(text):
            if match.start() < last:
                continue
            mark = self._mark(text, match.start())
            last = mark.end
            if mark.sense is not Sense.IDLE:
                found.append(mark)
                if len(found) == most:
                    break
        return tuple(found)

    def keeps(self, sense: Sense) -> Loose | None:
        """Words with which a sentence may keep a sense that other words gave it; None for none.

        They are many, since a false alarm is worse here than a miss.
        """
        own = f"wide.{sense.value}"
        return self._loose(own if self.knows(own) else f"wide.{_GROUPS.get(sense, '')}")

    @property
    def denies(self) -> Loose | None:
        """Words that may deny, in the widest sense; None for none."""
        return self._loose("wide.not")

    @property
    def denies_abroad(self) -> Loose | None:
        """Those of them that may stand for a denial in another language."""
        if "abroad" not in self._kept:
            seldom = set(self._texts("wide.seldom"))
            listed = [word for word in self._texts("wide.not") if word not in seldom]
            loose = Loose(listed, self._whole, spaceless=self.spaceless) if listed else None
            self._kept["abroad"] = loose
        return self._kept["abroad"]

    def _loose(self, section: str) -> Loose | None:
        if section not in self._kept:
            listed = self._texts(section)
            loose = Loose(listed, self._whole, spaceless=self.spaceless) if listed else None
            self._kept[section] = loose
        return self._kept[section]

    def pattern(self, section: str) -> re.Pattern[str] | None:
        """Any word of a section, whole; None if it has none."""
        return self._made(section, "", "")

    def at_end(self, section: str) -> re.Pattern[str] | None:
        """Any word of a section where a text ends with it."""
        return self._made(section, "", r"[\s\"'(«„“]*$")

    def at_start(self, section: str) -> re.Pattern[str] | None:
        """Any word of a section where a text begins with it."""
        return self._made(section, r"^[\s\"')»”]*", "")

    @cached_property
    def clause(self) -> re.Pattern[str]:
        """What ends a clause; `stop` is there where it ends a sentence too."""
        marks = (
            r"(?P<stop>[.!?؟…]+(?=[\s\"')»”]|$)|[。！？；;؛۔\n])"
            r"|[،、，：()\[\]«»—–]|[,:](?!\d)|(?<!\d)[,:]|(?<=\s)-(?=\s)"
        )
        begins = self._texts("clauses")
        return re.compile(f"{marks}|{self._any(begins)}" if begins else marks)

    @cached_property
    def names(self) -> re.Pattern[str] | None:
        """Words that are names where they are written with a capital, such as “May”."""
        names = self._texts("names")
        return re.compile(rf"\b(?:{'|'.join(names)})\b") if names else None

    def opposites(self, text: str) -> Iterator[tuple[re.Pattern[str], re.Pattern[str]]]:
        """Pairs of words of which one turns what the other says, if `text` may hold one."""
        letters = {
            text[at : at + _TELLING]
            for match in self._any_opposite.finditer(text)
            for at in (match.start(), *(match.start() + gap for gap in _gaps(match.group())))
        }
        for index, beginnings in enumerate(self._opposite_beginnings if letters else ()):
            if any(each.startswith(tuple(beginnings)) for each in letters):
                yield self._opposite(index)

    @cached_property
    def _pairs(self) -> list[list[list[str]]]:
        return cast("list[list[list[str]]]", self._data.get("opposites", []))

    @cached_property
    def _any_opposite(self) -> re.Pattern[str]:
        words = [word for pair in self._pairs for side in pair for word in side]
        return re.compile(self._any(words)) if words else _NOWHERE

    @cached_property
    def _opposite_beginnings(self) -> tuple[frozenset[str], ...]:
        """The first few letters of the words of each pair."""
        return tuple(
            frozenset(_plain_beginning(word.translate(_UNFOLDED)) for side in pair for word in side)
            for pair in self._pairs
        )

    def _opposite(self, index: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
        if index not in self._opposites:
            one, other = self._pairs[index]
            self._opposites[index] = re.compile(self._whole(one)), re.compile(self._whole(other))
        return self._opposites[index]

    @cached_property
    def any_amount(self) -> re.Pattern[str]:
        """Any word for how many."""
        ranks = cast("Mapping[str, list[str]]", self._data.get("amounts", {}))
        words = [word for listed in ranks.values() for word in listed]
        return re.compile(self._any(words)) if words else _NOWHERE

    @cached_property
    def amounts(self) -> tuple[tuple[int, re.Pattern[str]], ...]:
        """Words for how many of something, by rank from none, 0, to all."""
        ranks = cast("Mapping[str, list[str]]", self._data.get("amounts", {}))
        return tuple(
            (int(rank), re.compile(self._whole(listed))) for rank, listed in sorted(ranks.items())
        )

    @cached_property
    def _any_sense(self) -> re.Pattern[str]:
        words = [word for sense in Sense for word in self._texts(sense.value)]
        return re.compile(self._any(words)) if words else _NOWHERE

    def _mark(self, text: str, start: int) -> Mark:
        """The longest word of any sense at `start`; of two as long the sense that comes first."""
        matches = [
            (match, sense)
            for sense, pattern in self._beginning(text[start : start + _TELLING])
            if (match := pattern.match(text, start))
        ]
        match, sense = max(matches, key=lambda each: each[0].end())
        return Mark(sense, start, match.end(), match.group())

    def _beginning(self, letters: str) -> tuple[tuple[Sense, re.Pattern[str]], ...]:
        """The senses of which some word may begin so, with their patterns."""
        if letters not in self._first:
            self._first[letters] = tuple(
                (sense, pattern)
                for sense in Sense
                if any(letters.startswith(each) for each in self._beginnings[sense])
                and (pattern := self.pattern(sense.value)) is not None
            )
        return self._first[letters]

    @cached_property
    def _beginnings(self) -> Mapping[Sense, frozenset[str]]:
        """By sense the first few letters of its words, as far as they are letters."""
        return {
            sense: frozenset(
                _plain_beginning(word.translate(_UNFOLDED)) for word in self._texts(sense.value)
            )
            for sense in Sense
        }

    def _made(self, section: str, before: str, after: str) -> re.Pattern[str] | None:
        key = (section, before, after)
        if key not in self._patterns:
            words = self._texts(section)
            self._patterns[key] = re.compile(before + self._whole(words) + after) if words else None
        return self._patterns[key]

    def _whole(self, words: Iterable[str]) -> str:
        """Any of these, the longest first, between the edges of words."""
        return self._edged("|".join(self._ordered(words)))

    def _any(self, words: Iterable[str]) -> str:
        """The same where it does not matter which it is: by first letter, which is quicker."""
        groups: dict[str, list[str]] = {}
        for each in self._ordered(words):
            first = each[0] if each[0].isalpha() and each[1:2] not in "?*+{" else ""
            groups.setdefault(first if "|" not in each else "", []).append(each)
        return self._edged(
            "|".join(
                f"{first}(?:{'|'.join(each[len(first) :] for each in listed)})"
                for first, listed in sorted(groups.items(), reverse=True)
            )
        )

    def _ordered(self, words: Iterable[str]) -> list[str]:
        """Words as patterns, the longest first."""
        letters = rf"[{self._letters}]*" if self._letters != r"\w" else r"\w*"
        ordered = sorted(set(words), key=lambda each: (-len(each), each))
        return [each.replace("~", letters).translate(_UNFOLDED) for each in ordered]

    def _edged(self, pattern: str) -> str:
        """A pattern between the edges of words, in a language that has them."""
        if self.spaceless:
            return f"(?:{pattern})"
        return rf"(?<![{LETTERS}-])(?:{pattern}){self._edge}"

    def _texts(self, section: str) -> list[str]:
        value: object = self._data
        for key in section.split("."):
            value = value.get(key, []) if isinstance(value, Mapping) else []
        return [value] if isinstance(value, str) else list(cast("list[str]", value))

    def _split(self, section: str) -> list[str]:
        lines = self._texts(section)
        return [word for line in lines for word in line.translate(_UNFOLDED).split()]


def _gaps(text: str) -> Iterator[int]:
    """Where further words begin in a few."""
    return (at + 1 for at, char in enumerate(text) if char in " -")


def _plain_beginning(word: str) -> str:
    """The first few letters that whatever a word stands for begins with; `""` for no certain."""
    match = _PLAIN_BEGINNING.match(word)
    return match.group()[:_TELLING] if match and "|" not in word else ""


def words(language: str) -> Words | None:
    """The words of a language, those of `fa` for `fa-AF`; None where no file has any."""
    return _read(primary(language))


def languages() -> tuple[str, ...]:
    """The languages that have a file, in order."""
    names = files.names(_FOLDER)
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def _read(code: str) -> Words | None:
    try:
        text = files.read(_FOLDER, f"{code}.toml").decode()
    except files.Missing:
        return None
    return Words(code, tomllib.loads(text))
