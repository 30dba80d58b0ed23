"""The words that are ours on a brief, in each language that they exist in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePath
from unicodedata import category

from babel.localedata import LocaleDataDict

from briefings.core import files
from briefings.core.languages import chain
from briefings.core.likelihood import TERMS
from briefings.render.l10n import catalogues
from briefings.render.l10n.cldr import cldr
from briefings.render.l10n.conventions import conventions
from briefings.verify.words import letters

__all__ = ["languages", "vocabulary"]

_OUTSIDE_MESSAGES = "briefings SHA"
_OF_WORDS = frozenset("LMN")
"""The classes of Unicode of what words are made of: marks belong to their letters."""

_PLACEHOLDER = re.compile(r"%\([a-z_]+\)s")


def languages() -> tuple[str, ...]:
    """The codes of the languages that our own words exist in, English first."""
    listed = sorted(files.listed(catalogues.FOLDER)[0])
    return ("en", *(PurePath(name).stem for name in listed if name.endswith(".po")))


def vocabulary() -> frozenset[str]:
    """Every word of theirs as pages are compared, in small letters; of names of lands too."""
    return frozenset(
        word for code in languages() for text in _texts(code) for word in _words(text.lower())
    )


def _texts(code: str) -> Iterator[str]:
    yield _OUTSIDE_MESSAGES
    for each in chain(code):
        yield from (term for terms in TERMS.get(each, {}).values() for term in terms)
    if code != "en":
        for message in catalogues.read(
            files.read(catalogues.FOLDER, f"{code}.po").decode()
        ).messages:
            for text in (*message.english, *message.forms):
                yield _PLACEHOLDER.sub(" ", text)
    own = conventions(chain(code))
    yield from (*own.months, *own.solar_months, *own.weekdays, *own.names.values(), *own.span)
    yield from (own.conjunction, own.percent)
    locale = cldr(code)
    for names in (
        locale.territories,
        locale.languages,
        locale.months,
        locale.days,
        locale.list_patterns,
    ):
        yield from _leaves(names)


def _words(text: str) -> Iterator[str]:
    for part in text.split():
        for is_word, chars in groupby(letters(part), lambda char: category(char)[0] in _OF_WORDS):
            if is_word:
                yield "".join(chars)


def _leaves(names: object) -> Iterator[str]:
    """The texts of a table of tables."""
    if isinstance(names, str):
        yield names
    elif isinstance(names, dict | LocaleDataDict):
        for each in names.values():
            yield from _leaves(each)
