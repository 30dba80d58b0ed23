"""The words that the rules know, a file a language; a rule is silent where it knows none.

A file is TOML. Its words are regular expressions without groups that catch, over folded text
(`check/quotes/fold.py`) in lower case, in which `~` stands for any ending; they stand whole,
between the edges of words, but in scripts that write no spaces. `README.md` beside the files says
what each key is for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeAlias

from briefings.check.words.beginnings import Outline, outline
from briefings.check.words.language_words import Order, Words
from briefings.core import files
from briefings.core.characters import JOINERS
from briefings.core.languages import primary
from briefings.core.patterns import Code, compiled, pattern_of
from briefings.core.pycache import kept

__all__ = ["Words", "languages", "words"]

_FOLDER = Path(__file__).parent
_COUNTRIES = "countries"
"""The folder of the names of countries, a file a language, as `tools/country_names.py` makes it."""
_JOINED = re.compile(f"[{JOINERS}][?*+]?")
_Table: TypeAlias = tuple[Mapping[str, object], Mapping[str, Outline], Mapping[str, Code], Order]


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
        texts = _texts(code)
    except files.Missing:
        return None
    table: _Table | None = kept(
        _FOLDER / f"{code}.toml", [*texts, *_code()], lambda: _table(code, texts)
    )
    data, outlines, codes, order = table or (_parsed(texts), {}, {}, ())

    def compile_(pattern: str) -> re.Pattern[str]:
        return pattern_of(pattern, codes.get(pattern))

    return Words(code, data, outlines, compile_, order)


def _texts(code: str) -> list[bytes]:
    """The file of a language, and the one with its names of countries, if it has one."""
    texts = [files.own(_FOLDER, f"{code}.toml")]
    with suppress(files.Missing):
        texts.append(files.own(_FOLDER / _COUNTRIES, f"{code}.toml"))
    return texts


def _table(code: str, texts: Sequence[bytes]) -> _Table:
    """What files say, what is worked out of their words, and its patterns as they are compiled."""
    data = _parsed(texts)
    codes: dict[str, Code] = {}

    def noted(pattern: str) -> re.Pattern[str]:
        if pattern not in codes and (made := compiled(pattern)) is not None:
            codes[pattern] = made
        return pattern_of(pattern, codes.get(pattern))

    words = Words(code, data, {}, noted)
    words.compile_all()
    return data, {word: outline(word) for _, word in words.roles()}, codes, words.order


def _parsed(texts: Sequence[bytes]) -> dict[str, object]:
    import tomllib  # noqa: PLC0415 # only where nothing is kept

    # As they are typed, words may be joined by what no folded text has: می‌کند, گران‌?تر.
    data, *countries = (tomllib.loads(_JOINED.sub("", each.decode())) for each in texts)
    for each in countries:
        data.setdefault("kinds", {}).update(each["kinds"])
    return data


@cache
def _code() -> tuple[bytes, ...]:
    """The modules that decide on what is made of a file."""
    names = [name for name in files.names(_FOLDER) if name.endswith(".py")]
    return tuple(files.own(_FOLDER, name) for name in names)
