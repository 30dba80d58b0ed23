"""How a language writes dates, numbers, lists and names of languages; the only place that knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

import babel
from babel.core import get_global
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from briefings.core.edtf import Edtf, Precision, parse
from briefings.core.languages import chain, primary
from briefings.core.model import Derivation, decimal
from briefings.core.spec import Window
from briefings.core.values import dataclass
from briefings.render.l10n.calendars import Width, beside, common
from briefings.render.l10n.catalogues import NAMES_OF_LANGUAGES, Own, Wording, catalogue
from briefings.render.l10n.cldr import also_called, cldr, known, written
from briefings.render.l10n.conventions import Conventions, conventions, digits
from briefings.render.l10n.dates import Dates

# The scripts whose letters run so by Unicode 16 (bidirectional classes R and AL), by ISO 15924.
_RIGHT_TO_LEFT = frozenset(
    (
        *("Adlm", "Arab", "Aran", "Armi", "Avst", "Chrs", "Cprt", "Elym", "Gara", "Hatr", "Hebr"),
        *("Hung", "Khar", "Lydi", "Mand", "Mani", "Mend", "Merc", "Mero", "Narb", "Nbat", "Nkoo"),
        *("Orkh", "Ougr", "Palm", "Phli", "Phlp", "Phnx", "Prti", "Rohg", "Samr", "Sarb", "Sogd"),
        *("Sogo", "Syrc", "Syre", "Syrj", "Syrn", "Thaa", "Todr", "Yezi"),
    )
)
_NBSP = "\u00a0"
_SIGNS = {"-": "−", "*": "×", "/": "÷"}


_PARTED = "Grades:"
"""A message of ours that rows of words follow."""


@dataclass(frozen=True, slots=True)
class Locale:
    """One language of a page, with the words of its catalogue; those of a desk go before ours.

    `fallen` marks what dates say in English, because the language lacks the words.
    """

    language: str
    own: Own = ()
    fallen: Callable[[str], str] = str

    def gettext(self, message: str) -> str:
        """What the program says in this language for its English `message`."""
        return self._words.gettext(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """What the program says for a message that counts; both forms are English.

        Args:
            singular: In English.
            plural: In English.
            count: Which form it takes.
        """
        return self._words.ngettext(singular, plural, count)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return direction(self.language)

    def direction_of(self, language: str) -> str:
        """`ltr` or `rtl`, of another language."""
        return direction(language)

    def speaks(self, language: str) -> bool:
        """Whether a reader of this language reads that one as the same: Dari and Persian."""
        return primary(language) == primary(self.language)

    @property
    def digits(self) -> str:
        """The digits that it writes numbers in, from nought to nine."""
        return "".join(digits(self._babel.default_numbering_system).values())

    @property
    def comma(self) -> str:
        """What parts the items of a row: `, `."""
        return f"{self._signs.comma} "

    @property
    def semicolon(self) -> str:
        """What parts clauses: `; `."""
        return f"{self._signs.semicolon} "

    @property
    def _signs(self) -> Conventions:
        """What stands between words of ours: signs of English, where these fall back to it."""
        falls = primary(self.language) != "en" and self._words.having(_PARTED) is None
        return Conventions() if falls else self._own

    @property
    def open_quote(self) -> str:
        """The first of the quotation marks."""
        return self._own.quotes[0]

    @property
    def close_quote(self) -> str:
        """The second of the quotation marks."""
        return self._own.quotes[1]

    def quoted(self, text: str) -> str:
        """`text` in quotation marks; markup stays markup."""
        return self.open_quote + text + self.close_quote

    def language_name(self, language: str) -> str:
        """What this language calls another; else what English does, else its code with a word.

        A catalogue names it first: by a message that is its code, in `NAMES_OF_LANGUAGES`.
        """
        codes = (*chain(language), *also_called(language))
        own = (self._named(code) for code in codes)
        english = (cldr("en").languages.get(code.replace("-", "_")) for code in codes)
        if name := next(filter(None, own), None):
            return name
        if name := next(filter(None, english), None):
            return self.fallen(name)
        words = self.gettext("language %(code)s")
        falls = primary(self.language) != "en" and self._words.having("language %(code)s") is None
        return (self.fallen(words) if falls else words) % {"code": language}

    def autonym(self, language: str) -> str:
        """What a language calls itself."""
        return replace(self, language=language).language_name(language)

    def territory(self, code: str) -> str | None:
        """What this language calls the country with an ISO 3166-1 alpha-2 code."""
        return self._own.names.get(code) or _territories(self._babel).get(code)

    def number(self, value: float) -> str:
        """A number with this language's digits and separators."""
        return _number(value, self._babel)

    def derivation(self, derivation: Derivation) -> str:
        """Arithmetic with its result: `640 − 410 = 230`, left to right in every script."""
        terms = (
            _SIGNS.get(term, term) if isinstance(term, str) else self._whole(decimal(term)[0])
            for term in derivation.terms
        )
        shown = " ".join(terms).replace("( ", "(").replace(" )", ")")
        value, whole = decimal(derivation.result)
        result = self._whole(value)
        if derivation.per_cent:
            result += f"{_NBSP}{self._own.percent or '%'}"
        return f"{shown} {'=' if derivation.exact and whole else '≈'} {result}"

    def _whole(self, value: Decimal) -> str:
        """A number with all its decimals."""
        return _number(value, self._babel, quantized=False)

    def band(self, low: int, high: int) -> str:
        """A band of likelihood: `80–95 %`."""
        begin, between = self._own.span
        sign = self._own.percent or "%"
        return f"{begin}{self.number(low)}{between}{self.number(high)}{_NBSP}{sign}"

    @property
    def band_direction(self) -> str:
        """The direction of a band: from right to left, numbers and a dash would be turned round."""
        return "ltr" if not any(map(str.isalpha, self.band(1, 2))) else self.direction

    def languages(self, codes: Iterable[str]) -> str:
        """The names of languages as one list."""
        return self.list(self.language_name(code) for code in codes)

    def coordinates(self, at: tuple[float, float]) -> str:
        """Latitude and longitude in degrees: `34.53° N, 69.17° E`.

        Where lines run to the left each is apart: the sign of degrees stands otherwise beside a
        number that letters precede (UAX 9, W2).
        """
        words = self._words
        letters = (
            (words.pgettext("latitude", "N"), words.pgettext("latitude", "S")),
            (words.pgettext("longitude", "E"), words.pgettext("longitude", "W")),
        )
        falls = primary(self.language) != "en" and words.having("N", "latitude") is None
        both = [
            f"{self.number(round(abs(value), 2))}°{_NBSP}{names[value < 0]}"
            for value, names in zip(at, letters, strict=True)
        ]
        if falls:
            return self.fallen(", ".join(both))
        if self.direction == "rtl":
            return escape(self.comma).join(map(Markup('<bdi dir="rtl">{}</bdi>').format, both))
        return self.comma.join(both)

    def list(self, items: Iterable[str]) -> str:
        """`a, b and c`; empty for nothing; markup if any item is."""
        whole = list(items)
        "".join(whole)  # which fails for what is no text, as a value would be written out
        if any(isinstance(each, Markup) for each in whole):
            return Markup(self._listed([escape(each) for each in whole]))  # noqa: S704 # escaped
        return self._listed(whole)

    def day(self, value: date, width: Width = "long") -> str:
        """`7 December 2025`, or `7 Dec 2025`."""
        return self._said(self._dates.day(value, width))

    def near(self, value: Edtf | date, other: date) -> str:
        """A day without its year where that is the year of `other`: `7 Dec`, `about 7 Dec`."""
        return self._said(self._dates.near(value, other))

    def weekday(self, value: date) -> str:
        """`Sunday`."""
        return self._said(self._dates.common.weekday(value))

    def tick(self, value: date, precision: Precision) -> str:
        """The label of an axis at that day: `7 Dec`, `Dec 2025` or `2025`."""
        return self._said(self._dates.tick(value, precision))

    def window(self, window: Window, width: Width = "long") -> str:
        """A period with both its days: `8–14 December 2025`."""
        return self._said(self._dates.window(window, width))

    def when(self, value: Edtf, width: Width = "long") -> str:
        """An EDTF date in words, its vagueness included; `""` never."""
        return self._said(self._dates.when(value, width))

    def dated(self, text: str) -> str:
        """An EDTF text in words; as it stands where it is none, in a file that others wrote."""
        try:
            value = parse(text)
        except ValueError:
            return text
        return self.when(value, "short")

    def solar(self, value: Edtf | date) -> str:
        """The date in the solar calendar alone, for a second line; `""` where there is none."""
        return self._dates.solar(value)

    def bounds(self, value: Edtf, width: Width = "long") -> str:
        """A date that lies somewhere in an interval: `between 8 and 14 December 2025`."""
        return self._said(self._dates.bounds(value, width))

    def _named(self, language: str) -> str | None:
        words = self._words.having(language, NAMES_OF_LANGUAGES)
        if words is not None:
            return words.forms[NAMES_OF_LANGUAGES, language][0]
        locale, code = known(self.language), language.replace("-", "_")
        name = self._own.names.get(language)
        return name or (None if locale is None else locale.languages.get(code))

    @property
    def _words(self) -> Wording:
        return catalogue(self.language, self.own)

    @property
    def _dates(self) -> Dates:
        return _dates(self.language, self.own, self.fallen)

    def _said(self, date: str) -> str:
        """A date, marked as a whole where the language has not even the names of months."""
        return date if _has_dates(self.language) else self.fallen(date)

    @property
    def _own(self) -> Conventions:
        return _conventions(self.language)

    @property
    def _babel(self) -> babel.Locale:
        return cldr(self.language)

    def _listed(self, items: Sequence[str]) -> str:
        if self._own.conjunction and len(items) > 1:
            return f"{self.comma.join(items[:-1])}{self._own.conjunction}{items[-1]}"
        if known(self.language) is None:  # it would have an English “and”, not marked as such
            return self.comma.join(items)
        return str(format_list(items, locale=self._babel))


@lru_cache(maxsize=1024, typed=True)
def _number(value: float | Decimal, locale: babel.Locale, *, quantized: bool = True) -> str:
    shown = format_decimal(
        value, locale=locale, decimal_quantization=quantized, numbering_system="default"
    )
    return written(shown, locale)


@lru_cache(maxsize=64)
def _territories(locale: babel.Locale) -> Mapping[str, str]:
    return dict(locale.territories.items())


@lru_cache(maxsize=64)
def direction(language: str) -> str:
    """`rtl` for a language whose script runs so, else `ltr`.

    It is the script that its BCP 47 code names, else the likely one (UTS 35, Likely Subtags) of the
    language in its region, or anywhere.
    """
    likely = get_global("likely_subtags")
    codes = (each for code in (language, *also_called(language)) for each in chain(code))
    wholes = (code if _script(code) else likely.get(code.replace("-", "_"), "") for code in codes)
    script = next(filter(None, map(_script, wholes)), None)
    return "rtl" if script in _RIGHT_TO_LEFT else "ltr"


def says_own(language: str, others: Iterable[str], own: Own) -> bool:
    """Whether a page says anything in a desk's own words.

    Args:
        language: What the page is written in.
        others: The languages that it calls by their own names.
        own: The desk's words, by language.
    """
    has_own = dict(own)
    return any(code in has_own for code in chain(language)) or any(
        Locale(code, own).autonym(code) != Locale(code).autonym(code) for code in others
    )


def _script(language: str) -> str | None:
    """The script that a code names, if it names one."""
    parts = language.replace("_", "-").split("-")[1:]
    return next((part for part in parts if len(part) == 4), None)


@lru_cache(maxsize=64)
def _conventions(language: str) -> Conventions:
    return conventions(chain(language))


@lru_cache(maxsize=64)
def _dates(language: str, own_words: Own, fallen: Callable[[str], str]) -> Dates:
    own, words = _conventions(language), catalogue(language, own_words)

    def worded(message: str) -> str:
        falls = words.having(message) is None and primary(language) != "en"
        return fallen(message) if falls and _has_dates(language) else words.gettext(message)

    return Dates(common(own, cldr(language)), beside(own), worded)


def _has_dates(language: str) -> bool:
    return known(language) is not None or bool(_conventions(language).months)
