"""The words of figures in each language: numbers, scales, months, units, bounds.

They stand in text files of one form, `sense value: phrase | phrase`: `cldr/` is made by
`tools/number_words.py` from Unicode's data, `words/` is written by hand and goes before it;
`days/` has what a language without words of its own lacks to read a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeAlias

from briefings.check.quantities.tokens import Senses, keys
from briefings.core import files
from briefings.core.groups import grouped
from briefings.core.patterns import Code, compiled, pattern_of
from briefings.core.pycache import kept
from briefings.core.values import dataclass

FOLDER = Path(__file__).parent

_LINE = re.compile(r"(?P<sense>[a-z-]+)(?: (?P<value>[^:]+))?: (?P<phrases>.+)")
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Letters that are written without spaces, as the inside of a character class."""
# Whatever is not near: a class of all that is far takes milliseconds to compile.
_FAR = re.compile("[^\u0000-\u0dff\u1800-\u303f]")
_RANGES = tuple(zip(UNSPACED[::3], UNSPACED[2::3], strict=True))
# What is a figure, or begins one, where no digit stands.
_ALONE = frozenset(
    (
        *("number", "scale", "fraction", "vague", "multiple", "relative", "moment", "weekday"),
        *("month", "month-short", "solar-month", "ordinal", "ordinal-mark", "half-past"),
        *("percent-before", "plus-half", "plus-before", "majority", "span", "span-perhaps"),
        *("era", "decade", "relative-week", "relative-week-end", "relative-month"),
        *("relative-year", "repeated"),
        "year-from",
        "that-day",
    )
)
_MOST_KNOWN = 50_000
_Phrases: TypeAlias = Mapping[str, tuple[tuple[tuple[str, ...], Senses], ...]]
_Pattern: TypeAlias = tuple[str, Code | None]
_Table: TypeAlias = tuple[
    _Phrases,
    _Pattern | None,
    _Pattern | None,
    str,
    frozenset[str],
    str,
    tuple[str, ...],
    frozenset[str],
    frozenset[str],
    Mapping[str, str],
]
_EVERY = "every"  # the file of what all languages share: currency signs, codes of units


@dataclass(slots=True)
class Seen:
    """Words of which something was seen once and for all, but not more than a language has."""

    known: set[str] = field(default_factory=set)

    def unseen(self, words: Iterable[str]) -> set[str]:
        """The words that have not been seen yet."""
        return set(words) - self.known

    def learn(self, word: str) -> None:
        """Remember a word."""
        if len(self.known) >= _MOST_KNOWN:
            self.known.clear()
        self.known.add(word)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language.

    `phrases[first]` holds, longest first, the further words of each phrase that begins with
    `first`, and its senses. `runs` finds the phrases within letters that are written without
    spaces, `parts` the number words within compounds (`einundzwanzig`); None where the language
    has neither. `prefixes` are letters that may be written together with what follows.
    `telling` has a word of each phrase that is a figure by itself. `decimal` is the mark before the
    decimals; `dual` are the endings of two of a kind. `senses` are all that it has words for.
    `spoken` says that words of bounds, vague figures and money were written for it by hand.
    `months` are the names of months, and which each is, of a language that is not: they may be
    inflected. `mere` are words that were seen to be none of these, nor made of any, as they come
    up, and `bare` those that were seen to hold no figure.
    """

    phrases: _Phrases
    runs: re.Pattern[str] | None
    parts: re.Pattern[str] | None
    prefixes: str
    telling: frozenset[str]
    decimal: str
    dual: tuple[str, ...]
    senses: frozenset[str]
    options: frozenset[str]
    spoken: bool
    months: Mapping[str, str]
    mere: Seen = field(default_factory=Seen, compare=False)
    bare: Seen = field(default_factory=Seen, compare=False)


@lru_cache(maxsize=64)
def lexicon(language: str) -> Lexicon:
    """The words of `language`, a primary language code; those of every language if it has none."""
    texts = tuple(_text(*file) for file in _files(language))
    beside = FOLDER / "words" / f"{language}.txt"
    table: _Table = kept(beside, [*texts, *_code()], lambda: _table(language)) or _table(language)
    phrases, runs, parts, prefixes, telling, decimal, dual, senses, options, months = table
    return Lexicon(
        phrases=phrases,
        runs=pattern_of(*runs) if runs is not None else None,
        parts=pattern_of(*parts) if parts is not None else None,
        prefixes=prefixes,
        telling=telling,
        decimal=decimal,
        dual=dual,
        senses=senses,
        options=options,
        spoken=language in written(),
        months={} if language in written() else months,
    )


def _table(language: str) -> _Table:
    """The words of a language as plain values, in the order of a `Lexicon`."""
    table: dict[tuple[str, ...], dict[str, str]] = {}
    formats: dict[str, str] = {}
    for file in _files(language):
        for sense, value, phrases in _lines(_text(*file)):
            if sense == "format":
                formats.setdefault(value, phrases)
                continue
            for phrase in phrases.split(" | "):
                if words := keys(phrase):
                    table.setdefault(words, {}).setdefault(sense, value)
    return (
        _by_first(table),
        _runs(table),
        _parts(table) if "glued" in formats.get("options", "") else None,
        formats.get("prefixes", ""),
        _telling(table),
        formats.get("decimal", "."),
        tuple(formats["dual"].split(" | ")) if "dual" in formats else (),
        frozenset(sense for senses in table.values() for sense in senses),
        frozenset(formats.get("options", "").split()),
        _months(table),
    )


def _months(table: Mapping[tuple[str, ...], Senses]) -> dict[str, str]:
    """The names of months that are one word, and which month each is."""
    return {
        words[0]: senses["month"]
        for words, senses in table.items()
        if len(words) == 1 and "month" in senses
    }


@cache
def _code() -> tuple[bytes, ...]:
    """The modules that decide on what is made of a language's files."""
    own = ("lexicon.py", "tokens.py")
    modules = (
        *(f"check/quantities/{name}" for name in own),
        "check/quotes/fold.py",
        "core/characters.py",
    )
    return tuple(files.own(FOLDER.parents[1], name) for name in modules)


def _telling(table: Mapping[tuple[str, ...], Senses]) -> frozenset[str]:
    """The longest word of each phrase that is a figure without a digit beside it.

    Or its unit: the year of “diesem Jahr”.
    """
    return frozenset(
        next(
            (word for word in words if len(words) > 1 and "unit" in table.get((word,), ())),
            max(words, key=len),
        )
        for words, senses in table.items()
        if not _ALONE.isdisjoint(senses)
    )


@cache
def written() -> frozenset[str]:
    """The languages whose words of bounds, vague figures and money were written by hand."""
    names = files.names(FOLDER / "words")
    return frozenset(name[:-4] for name in names if name.endswith(".txt")) - {_EVERY}


def _files(language: str) -> tuple[tuple[str, str], ...]:
    return ("words", language), ("words", _EVERY), ("days", language), ("cldr", language)


def _text(folder: str, name: str) -> bytes:
    """A file of words; nothing where there is none."""
    try:
        return files.own(FOLDER / folder, f"{name}.txt")
    except files.Missing:
        return b""


def _lines(text: bytes) -> Iterator[tuple[str, str, str]]:
    for line in text.decode().splitlines():
        if match := _LINE.fullmatch(line):
            yield match["sense"], match["value"] or "", match["phrases"]


def _by_first(table: Mapping[tuple[str, ...], Senses]) -> _Phrases:
    tails = grouped((words[0], (words[1:], senses)) for words, senses in table.items())
    return {
        first: tuple(sorted(each, key=lambda pair: -len(pair[0]))) for first, each in tails.items()
    }


def _runs(table: Mapping[tuple[str, ...], Senses]) -> _Pattern | None:
    """A pattern of all phrases in letters that are written without spaces."""
    return _pattern(words[0] for words in table if len(words) == 1 and unspaced(words[0]))


def _parts(table: Mapping[tuple[str, ...], Senses]) -> _Pattern | None:
    """A pattern of the number words that compounds are made of."""
    return _pattern(
        words[0]
        for words, senses in table.items()
        if len(words) == 1 and not senses.keys().isdisjoint({"number", "scale", "and", "plus-half"})
    )


def _pattern(words: Iterator[str]) -> _Pattern | None:
    either = "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
    return (either, compiled(either)) if either else None


def unspaced(word: str) -> bool:
    """Whether a word is in letters that are written without spaces."""
    first = word[0]
    return first >= UNSPACED[0] and any(low <= first <= high for low, high in _RANGES)


def has_unspaced(text: str) -> bool:
    """Whether any letter of a text is one of those."""
    return (
        not text.isascii() and _FAR.search(text) is not None and any(map(unspaced, text))
    )  # most texts have none from afar
