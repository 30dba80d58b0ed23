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

__all__ = ["languages", "phrases", "vocabulary"]

_OUTSIDE_MESSAGES = "briefings verify file sha"
_SHORTEST_PHRASE = 6
"""Shorter runs of letters stand in other words; beside.js looks for none that are."""
_OF_WORDS = frozenset("LMN")
"""The classes of Unicode of what words are made of: marks belong to their letters."""

_PLACEHOLDER = re.compile(r"%\([a-z_]+\)s|\{[a-z_]*\}")


def languages() -> tuple[str, ...]:
    """The codes of the languages that our own words exist in, English first."""
    listed = sorted(files.listed(catalogues.FOLDER)[0])
    return ("en", *(PurePath(name).stem for name in listed if name.endswith(".po")))


def phrases() -> frozenset[str]:
    """What stands of our messages between what is put into them, if it is words in a row.

    As pages are compared: in small letters, without spaces.
    """
    parts = (part for code in languages() for part in _messages(code))
    return frozenset(_compared(part) for part in parts if _is_phrase(part))


def vocabulary() -> frozenset[str]:
    """Our words that may stand alone, in small letters; names of lands, months and terms too."""
    parts = {part for code in languages() for part in _messages(code) if not _is_phrase(part)}
    names = {name for code in languages() for name in _names(code)}
    texts = (*parts, *names, _OUTSIDE_MESSAGES)
    return frozenset(word for text in texts for word in _words(text.lower()))


def _is_phrase(text: str) -> bool:
    """Whether it is words in a row, and so long that it stands nowhere by chance."""
    return len(list(_words(text))) > 1 and len(_compared(text)) >= _SHORTEST_PHRASE


def _compared(text: str) -> str:
    plain = letters(text.lower())
    of_words = [index for index, char in enumerate(plain) if category(char)[0] in _OF_WORDS]
    return plain[of_words[0] : of_words[-1] + 1] if of_words else ""


def _messages(code: str) -> Iterator[str]:
    """The parts of each message in a language and in English, as placeholders part them."""
    if code != "en":
        for message in catalogues.read(
            files.read(catalogues.FOLDER, f"{code}.po").decode()
        ).messages:
            for text in (*message.english, *message.forms):
                yield from _PLACEHOLDER.split(text)


def _names(code: str) -> Iterator[str]:
    for each in chain(code):
        yield from (term for terms in TERMS.get(each, {}).values() for term in terms)
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
