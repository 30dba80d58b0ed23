"""What of figures is read in which language, as the lexica have it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from briefings.check.quantities.lexicon import FOLDER, lexicon, written
from briefings.core import files

_HAN = frozenset({"zh", "ja"})  # their number words are read without a lexicon

# What a reader of the documentation asks for, and the senses that answer it.
_PARTS: Mapping[str, frozenset[str]] = {
    "numbers in words": frozenset({"number"}),
    "units and currencies": frozenset({"unit", "currency"}),
    "months and weekdays": frozenset({"month", "weekday"}),
    "bounds and vague figures": frozenset({"bound", "vague"}),
}


def has_number_words(language: str) -> bool:
    """Whether numbers that are spelled out are read in a primary language code."""
    return language in _HAN or "number" in lexicon(language).senses


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The primary codes of all languages that have a lexicon, in order."""
    names = (*files.names(FOLDER / "cldr"), *files.names(FOLDER / "days"))
    imported = {name[:-4] for name in names if name.endswith(".txt")}
    return tuple(sorted(imported | written()))


def known(language: str) -> frozenset[str]:
    """What of figures is read in a language beside digits and signs."""
    senses = lexicon(language).senses
    parts = {part for part, needed in _PARTS.items() if needed <= senses}
    if language in _HAN | {"ko"}:
        parts.add("months and weekdays")  # 2月6日
    return frozenset(parts | ({"numbers in words"} if has_number_words(language) else set()))


def table() -> dict[str, tuple[str, ...]]:
    """By what is read of figures beside digits and signs: the languages in which it is."""
    has = {language: known(language) for language in languages()}
    return {part: tuple(code for code, parts in has.items() if part in parts) for part in _PARTS}
