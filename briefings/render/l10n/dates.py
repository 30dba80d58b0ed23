"""Dates in words, as vaguely as they are known, in one calendar or in two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from briefings.core.edtf import Edtf, Moment, Precision
from briefings.core.spec import Window
from briefings.core.values import dataclass
from briefings.render.l10n.calendars import ByHand, Calendar, Width, covered


@dataclass(frozen=True, slots=True)
class Dates:
    """How a language says dates: `common` is the calendar that they are recorded in.

    Where readers count in another, `beside`, its days, months or years that hold them follow in
    brackets wherever `width` is long. `gettext` translates the words around a date.
    """

    common: Calendar
    beside: ByHand | None
    gettext: Callable[[str], str]

    def day(self, value: date, width: Width = "long") -> str:
        """`7 December 2025`, or `7 Dec 2025`."""
        text = self.common.day(value, width)
        return self._and_solar(text, value, value, Precision.DAY, width)

    def near(self, value: Edtf | date, other: date) -> str:
        """A day without its year where that is the year of `other`: `7 Dec`, `about 7 Dec`.

        Any other date is written as `when` writes it.
        """
        if isinstance(value, date):
            if value.year != other.year:
                return self.day(value, "short")
            return self.common.without_year(value, "short")
        moment = value.start or value.end
        if (value.interval and value.start and value.end) or moment is None:
            return self.when(value, "short")
        if moment.precision is not Precision.DAY or moment.first.year != other.year:
            return self.when(value, "short")
        day = self.common.without_year(moment.first, "short")
        return self._ended(value, self._qualified(moment, day))

    def tick(self, value: date, precision: Precision) -> str:
        """The label of an axis at that day: `7 Dec`, `Dec 2025` or `2025`."""
        match precision:
            case Precision.DAY:
                return self.common.without_year(value, "short")
            case Precision.MONTH:
                return self.common.month(value, "short")
            case _:
                return self.common.year(value)

    def window(self, window: Window, width: Width = "long") -> str:
        """A period with both its days: `8–14 December 2025`."""
        return self._days(window.since, window.until, width)

    def when(self, value: Edtf, width: Width = "long") -> str:
        """An EDTF date in words, its vagueness included; `""` never."""
        if value.interval and value.start and value.end:
            return self._interval(value.start, value.end, width)
        known = value.start or value.end
        assert known is not None
        return self._ended(value, self._moment(known, width))

    def solar(self, value: Edtf | date) -> str:
        """The date in the solar calendar alone, for a second line; `""` where there is none."""
        if isinstance(value, date):
            return self._solar_cover(value, value, Precision.DAY)
        start, end = value.start, value.end
        if value.interval and start and end:
            if _alike(start, end):
                return self._solar_cover(start.first, end.last, start.precision)
            both = (self._solar_moment(start), self._solar_moment(end))
            return self._from_to(*both) if all(both) else ""
        known = start or end
        assert known is not None
        text = self._solar_moment(known)
        return self._ended(value, text) if text else ""

    def bounds(self, value: Edtf, width: Width = "long") -> str:
        """A date that lies somewhere in an interval: `between 8 and 14 December 2025`."""
        start, end = value.start, value.end
        if not (value.interval and start and end):
            return self.when(value, width)
        return self._between(start, end, width)

    def _between(self, start: Moment, end: Moment, width: Width) -> str:
        form = self.gettext("between {start} and {end}")
        if not _alike(start, end):
            return form.format(start=self._moment(start, width), end=self._moment(end, width))
        begin = self._plain(start, width)
        if start.precision is Precision.DAY and start.first.year == end.last.year:
            begin = self.common.without_year(start.first, width)
        text = form.format(start=begin, end=self._plain(end, width))
        return self._and_solar(text, start.first, end.last, start.precision, width)

    def _interval(self, start: Moment, end: Moment, width: Width) -> str:
        if _alike(start, end) and start.precision is Precision.DAY:
            return self._days(start.first, end.last, width)
        # Where an end is no certain day, nobody can tell one event within from one as long.
        return self._between(start, end, width)

    def _from_to(self, start: str, end: str) -> str:
        return self.gettext("{start} – {end}").format(start=start, end=end)

    def _days(self, first: date, last: date, width: Width) -> str:
        text = self.common.span(first, last, width)
        return self._and_solar(text, first, last, Precision.DAY, width)

    def _moment(self, moment: Moment, width: Width) -> str:
        text = self._plain(moment, width)
        text = self._and_solar(text, moment.first, moment.last, moment.precision, width)
        return self._qualified(moment, text)

    def _solar_moment(self, moment: Moment) -> str:
        text = self._solar_cover(moment.first, moment.last, moment.precision)
        return self._qualified(moment, text) if text else ""

    def _qualified(self, moment: Moment, text: str) -> str:
        if moment.approximate:
            text = self.gettext("about {day}").format(day=text)
        if moment.uncertain:
            text = self.gettext("{day} (uncertain)").format(day=text)
        return text

    def _ended(self, value: Edtf, day: str) -> str:
        """A date by the end of it that is known, if it is not known by both."""
        if not value.interval:
            return day
        if value.start:
            if value.text.endswith(".."):
                return self.gettext("from {day} on").format(day=day)
            return self.gettext("from {day}, end unknown").format(day=day)
        if value.text.startswith(".."):
            return self.gettext("until {day}").format(day=day)
        return self.gettext("until {day}, start unknown").format(day=day)

    def _plain(self, moment: Moment, width: Width) -> str:
        match moment.precision:
            case Precision.DAY:
                return self.common.day(moment.first, width)
            case Precision.MONTH:
                return self.common.month(moment.first, width)
            case Precision.YEAR:
                return self.common.year(moment.first)
            case Precision.DECADE | Precision.CENTURY:
                first, last = self.common.year(moment.first), self.common.year(moment.last)
                return self.gettext("{first} to {last}").format(first=first, last=last)

    def _and_solar(
        self, text: str, first: date, last: date, precision: Precision, width: Width
    ) -> str:
        beside = self._solar_cover(first, last, precision) if width == "long" else ""
        return f"{text} ({beside})" if beside else text

    def _solar_cover(self, first: date, last: date, precision: Precision) -> str:
        if self.beside is None or not covered(first, last):
            return ""
        return self.beside.cover(first, last, precision)


def _alike(start: Moment | None, end: Moment | None) -> bool:
    """Whether both are certain, and equally fine."""
    assert start is not None
    assert end is not None
    vague = any(each.approximate or each.uncertain for each in (start, end))
    return not vague and start.precision is end.precision
