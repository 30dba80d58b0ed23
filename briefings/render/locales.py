"""How a language writes dates, numbers, lists and names of languages; the only place that knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import babel
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from briefings.core.edition import Window
from briefings.core.edtf import Edtf, Moment, Precision

Width = Literal["long", "short"]

# Day before month and British words wherever the base says no more than "en".
_BABEL_NAMES = {"en": "en_GB", "fa-AF": "fa_AF"}
_MONTHS = {"long": "yMMMM", "short": "yMMM"}
_NBSP = "\u00a0"


def _same(message: str) -> str:
    return message


@dataclass(frozen=True, slots=True)
class Locale:
    """One language of a brief. `gettext` translates the words that dates need."""

    language: str
    gettext: Callable[[str], str] = _same

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return direction(self.language)

    def direction_of(self, language: str) -> str:
        """`ltr` or `rtl`, of another language."""
        return direction(language)

    def language_name(self, language: str) -> str:
        """What this language calls another, or its code where it has no name for it."""
        known = _babel(self.language)
        primary = language.split("-", maxsplit=1)[0]
        names = known.languages
        return names.get(language.replace("-", "_")) or names.get(primary) or language

    def territory(self, code: str) -> str | None:
        """What this language calls the country with an ISO 3166-1 alpha-2 code."""
        return _babel(self.language).territories.get(code)

    def number(self, value: float) -> str:
        """A number with this language's digits and separators."""
        return str(format_decimal(value, locale=_babel(self.language)))

    def band(self, low: int, high: int) -> str:
        """A band of likelihood: `80–95 %`."""
        return f"{self.number(low)}–{self.number(high)}{_NBSP}%"

    def languages(self, codes: Iterable[str]) -> str:
        """The names of languages as one list."""
        return self.list(self.language_name(code) for code in codes)

    def coordinates(self, at: tuple[float, float]) -> str:
        """Latitude and longitude in degrees: `34.53° N, 69.17° E`."""
        parts = zip(at, ("NS", "EW"), strict=True)
        return ", ".join(
            f"{self.number(round(abs(value), 2))}°{_NBSP}{letters[value < 0]}"
            for value, letters in parts
        )

    def list(self, items: Iterable[str]) -> str:
        """`a, b and c`; empty for nothing."""
        return str(format_list(list(items), locale=_babel(self.language)))

    def day(self, value: date, width: Width = "long") -> str:
        """`7 December 2025`, or `7 Dec 2025`."""
        form = "long" if width == "long" else "medium"
        return str(format_date(value, form, locale=_babel(self.language)))

    def near(self, value: date, other: date) -> str:
        """A day without its year where that is the year of `other`: `7 Dec`."""
        if value.year != other.year:
            return self.day(value, "short")
        return str(format_skeleton("MMMd", value, locale=_babel(self.language)))

    def weekday(self, value: date) -> str:
        """`Sunday`."""
        return str(format_date(value, "EEEE", locale=_babel(self.language)))

    def tick(self, value: date, precision: Precision) -> str:
        """The label of an axis at that day: `7 Dec`, `Dec 2025` or `2025`."""
        skeleton = {Precision.DAY: "MMMd", Precision.MONTH: "yMMM"}.get(precision, "y")
        return str(format_skeleton(skeleton, value, locale=_babel(self.language)))

    def window(self, window: Window, width: Width = "long") -> str:
        """A period with both its days: `8–14 December 2025`."""
        return self._span(window.since, window.until, width)

    def when(self, value: Edtf, width: Width = "long") -> str:
        """An EDTF date in words, its vagueness included; `""` never."""
        if not value.interval:
            assert value.start is not None
            return self._moment(value.start, width)
        if value.start and value.end:
            return self._interval(value.start, value.end, width)
        if value.start:
            known = self._moment(value.start, width)
            form = "from {day} on" if value.text.endswith("..") else "from {day}, end unknown"
            return self.gettext(form).format(day=known)
        assert value.end is not None
        known = self._moment(value.end, width)
        form = "until {day}" if value.text.startswith("..") else "until {day}, start unknown"
        return self.gettext(form).format(day=known)

    def bounds(self, value: Edtf, width: Width = "long") -> str:
        """A date that lies somewhere in an interval: `between 8 and 14 December 2025`."""
        if not (value.interval and value.start and value.end):
            return self.when(value, width)
        start, end = (self._moment(moment, width) for moment in (value.start, value.end))
        if _plain_days(value.start, value.end) and value.start.first.year == value.end.last.year:
            skeleton = "MMMMd" if width == "long" else "MMMd"
            start = str(format_skeleton(skeleton, value.start.first, locale=_babel(self.language)))
        return self.gettext("between {start} and {end}").format(start=start, end=end)

    def _interval(self, start: Moment, end: Moment, width: Width) -> str:
        if _plain_days(start, end):
            return self._span(start.first, end.last, width)
        return f"{self._moment(start, width)} – {self._moment(end, width)}"

    def _span(self, first: date, last: date, width: Width) -> str:
        if first == last:
            return self.day(first, width)
        known = _babel(self.language)
        pairs = ("y", first.year, last.year), ("M", first.month, last.month), ("d", 0, 1)
        field = next(name for name, one, other in pairs if one != other)
        forms = known.interval_formats["yMMMd"][field]
        if width == "long":
            forms = [form.replace("MMM", "MMMM") for form in forms]
        return "".join(
            str(format_date(day, form, locale=known))
            for day, form in zip((first, last), forms, strict=True)
        )

    def _moment(self, moment: Moment, width: Width) -> str:
        text = self._plain(moment, width)
        if moment.approximate:
            text = self.gettext("about {day}").format(day=text)
        if moment.uncertain:
            text = self.gettext("{day} (uncertain)").format(day=text)
        return text

    def _plain(self, moment: Moment, width: Width) -> str:
        known = _babel(self.language)
        match moment.precision:
            case Precision.DAY:
                return self.day(moment.first, width)
            case Precision.MONTH:
                return str(format_skeleton(_MONTHS[width], moment.first, locale=known))
            case Precision.YEAR:
                return str(format_skeleton("y", moment.first, locale=known))
            case Precision.DECADE | Precision.CENTURY:
                return self.gettext("{first} to {last}").format(
                    first=format_skeleton("y", moment.first, locale=known),
                    last=format_skeleton("y", moment.last, locale=known),
                )


def _plain_days(*moments: Moment) -> bool:
    """Whether each is one certain day."""
    return not any(
        moment.approximate or moment.uncertain or moment.precision is not Precision.DAY
        for moment in moments
    )


@lru_cache(maxsize=64)
def direction(language: str) -> str:
    """`rtl` for a language whose script runs so, else `ltr`."""
    try:
        return str(_babel(language).text_direction)
    except (babel.UnknownLocaleError, ValueError):
        return "ltr"


@lru_cache(maxsize=64)
def _babel(language: str) -> babel.Locale:
    """Babel's data for a BCP 47 code, by its primary language where it has none so fine."""
    name = _BABEL_NAMES.get(language, language.replace("-", "_"))
    try:
        return babel.Locale.parse(name)
    except (babel.UnknownLocaleError, ValueError):
        return babel.Locale.parse(language.split("-", maxsplit=1)[0])
