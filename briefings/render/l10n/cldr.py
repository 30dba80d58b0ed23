"""The locale data of CLDR as Babel has them, each language's own whatever else a process writes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import babel
from babel.core import get_global
from babel.localedata import LocaleDataDict

from briefings.core.characters import ARABIC_LETTER_MARK, DIRECTION_MARKS
from briefings.core.languages import primary
from briefings.core.overriding import override
from briefings.render.l10n.conventions import digits

# Day before month and British words wherever the base says no more than "en".
_BABEL_NAMES = {"en": "en_GB"}

_PLAIN = dict.fromkeys(map(ord, f"{DIRECTION_MARKS}{ARABIC_LETTER_MARK}")) | {0x202F: "\u00a0"}

RELEASE = babel.__version__
"""Which release of Babel, and so of CLDR, it is."""


class _Data(LocaleDataDict):
    """Locale data that looking things up does not change.

    Languages share what they inherit, and Babel puts what an alias stands for in one language
    into the shared part, so that the next language reads it (python-babel/babel#1234).
    """

    # Babel has no public way to its data.
    @override
    def __getitem__(self, key: str | int | None) -> Any:
        value = LocaleDataDict({key: self._data[key]}, self.base)[key]
        return _unshared(value) if isinstance(value, LocaleDataDict) else value


class _Locale(babel.Locale):
    """A locale of Babel's over data that stay as they were read."""

    @property
    @override
    def _data(self) -> LocaleDataDict:
        return _unshared(super()._data)


def _unshared(data: LocaleDataDict) -> _Data:
    return _Data(data._data, data.base)  # noqa: SLF001 # Babel has no public way


@lru_cache(maxsize=64)
def cldr(language: str) -> babel.Locale:
    """The data for a BCP 47 code; where there are none at all English, as our own words are."""
    return known(language) or _Locale.parse(_BABEL_NAMES["en"])


def written(said: str, locale: babel.Locale) -> str:
    """A number or date of Babel's, which has the digits of English, in those of its language.

    It has no marks of direction, which would part its digits in a line of the other one: without
    them `09/02/2023` is one number to a line of either direction. Nor has it narrow spaces, which
    some readers of a PDF take for none, so that `2024 р.` would be one word.
    """
    return said.translate(_PLAIN).translate(digits(locale.default_numbering_system))


@lru_cache(maxsize=64)
def known(language: str) -> babel.Locale | None:
    """The data for a code, by its primary language or another name for that (`prs`) if need be.

    None where Babel knows no such language.
    """
    name, short = _BABEL_NAMES.get(language, language.replace("-", "_")), primary(language)
    for each in (name, short, *also_called(language)):
        try:
            return _Locale.parse(each.replace("-", "_"))
        except (babel.UnknownLocaleError, ValueError):
            continue
    return None


def also_called(language: str) -> tuple[str, ...]:
    """The BCP 47 code that has taken the place of one, if any: `fa-AF` for `prs`."""
    code = get_global("language_aliases").get(primary(language))
    return () if code is None else (code.replace("_", "-"),)
