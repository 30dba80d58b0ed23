"""What of figures is read in which language, as the lexica have it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from briefings.check.quantities.lexicon import lexicon

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
    root = files(__package__)
    names = {path.name for folder in ("cldr", "words") for path in (root / folder).iterdir()}
    return tuple(
        sorted(name[:-4] for name in names if name.endswith(".txt") and name != "every.txt")
    )


def known(language: str) -> frozenset[str]:
    """What of figures is read in a language beside digits and signs."""
    senses = lexicon(language).senses
    found = {part for part, needed in _PARTS.items() if needed <= senses}
    if language in _HAN | {"ko"}:
        found.add("months and weekdays")  # 2月6日
    return frozenset(found | ({"numbers in words"} if has_number_words(language) else set()))


def table() -> str:
    """Which languages have what, as a table in Markdown; those that have the same share a row."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for language in languages():
        has = known(language)
        rows.setdefault(tuple("✓" if part in has else "–" for part in _PARTS), []).append(language)
    lines = ["| languages | " + " | ".join(_PARTS) + " |", "|---" * (len(_PARTS) + 1) + "|"]
    for marks, codes in sorted(rows.items(), key=lambda row: (row[0].count("–"), row[1])):
        lines.append(f"| {' '.join(codes)} | {' | '.join(marks)} |")
    return "\n".join(lines) + "\n"
