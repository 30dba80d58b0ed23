"""One axis for days, drawn to up to three scales, so that what is long ago leaves room for news."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from briefings.core.edtf import Precision
from briefings.core.periods import moved
from briefings.core.values import dataclass

BREAK = 2.5
"""Per cent of the width that a change of the scale takes."""

_MARGIN = 6.0  # per cent kept free at both ends, so that no mark is cut off
_APART = 16.0  # per cent between two labels of an axis that has the width of a page
_BESIDE = 2.0  # per cent more that a stretch is to have for each
_EARLIER, _LATER = 26.0, 15.0  # per cent for the time before and after the days that matter most


@dataclass(frozen=True, slots=True)
class Tick:
    """A day that the axis names."""

    at: float
    day: date
    precision: Precision


@dataclass(frozen=True, slots=True)
class Zone:
    """Days drawn to one scale, from `left` to `right` per cent."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date, share: float = 0.5) -> float:
        """Where that `share` of the day is over."""
        days = (self.last - self.first).days + 1
        inside = ((day - self.first).days + share) / days
        return round(self.left + (self.right - self.left) * inside, 2)


def zones(
    first: date, last: date, since: date, until: date, *, before: int = 6, earlier: float = _EARLIER
) -> tuple[Zone, ...]:
    """Up to three stretches, each to its own scale: what is long ago, the news, what is far off.

    The news is the edition's period with the time around it; a stretch of its own for what lies
    before or after is made only where one scale for all would crush the news.

    Args:
        first: The first day that is drawn, no later than `since`.
        last: The last one, no earlier than `until`.
        since: The first day of the edition's period.
        until: The last one.
        before: So many times its length, up to its end, the news reach back.
        earlier: Where a stretch of what is long ago ends, in per cent of the width.

    Returns:
        The stretches in order of time; together they hold every day from `first` to `last`.
    """
    length = (until - since).days + 1
    start, end = max(first, moved(until, -before * length)), min(last, moved(until, 2 * length))
    if start - first <= 2 * (end - start):
        start = first
    if last - end <= (end - start):
        end = last
    left, right = _MARGIN, 100 - _MARGIN
    stretches: list[Zone] = []
    if start > first:
        stretches.append(Zone(first, start - timedelta(days=1), left, earlier))
        left = earlier + BREAK
    if end < last:
        stretches.append(Zone(start, end, left, right - _LATER - BREAK))
        stretches.append(Zone(end + timedelta(days=1), last, right - _LATER, right))
    else:
        stretches.append(Zone(start, end, left, right))
    return tuple(stretches)


def at(day: date, stretches: Sequence[Zone], share: float = 0.5) -> float:
    """Where a day stands, in per cent of the width from where the axis begins.

    Args:
        day: The day.
        stretches: Those of the axis, of `zones`.
        share: How much of the day is over there: its middle, if nothing else is said.
    """
    places = (zone.at(day, share) for zone in stretches if day <= zone.last)
    return next(places, stretches[-1].right)


def ticks(stretches: Sequence[Zone], until: date, *, apart: float = _APART) -> tuple[Tick, ...]:
    """Days that the axis names, those of the news first; none so close that labels would touch.

    Args:
        stretches: Those of the axis, of `zones`.
        until: The last day of the edition's period.
        apart: Per cent of the width between two labels.
    """
    news = next((zone for zone in stretches if until <= zone.last), stretches[-1])
    kept: list[Tick] = []
    for zone in (news, *(other for other in stretches if other is not news)):
        named = _ticks_of(zone, apart, is_news=zone is news)
        fitting = [tick for tick in named if _has_room(tick, kept, apart)]
        kept += fitting or [tick for tick in [_first(zone)] if _has_room(tick, kept, apart)]
    return tuple(sorted(kept, key=_place))


def _has_room(tick: Tick, kept: Iterable[Tick], apart: float) -> bool:
    return all(abs(tick.at - other.at) >= apart for other in kept)


def _first(zone: Zone) -> Tick:
    """The first day of a zone, with its month."""
    return Tick(zone.at(zone.first), zone.first, Precision.MONTH)


def _place(tick: Tick) -> float:
    return tick.at


def _ticks_of(zone: Zone, apart: float, *, is_news: bool) -> Iterable[Tick]:
    """Days of a zone, evenly spaced in the calendar; of what is long ago no day of weeks apart."""
    room = max(1, (zone.right - zone.left) / (apart + _BESIDE))
    days = (zone.last - zone.first).days + 1
    if days <= 75:
        step = next(step for step in (1, 2, 7, 14, 28, 56, 84) if days / step <= room)
        if is_news or step < 28:
            return _day_ticks(zone, step)
        return _apart(_month_ticks(zone, 1), apart)
    months = next(
        step for step in (1, 2, 3, 6, *(12 * 2**n for n in range(16))) if days / 30.4 / step <= room
    )
    return _month_ticks(zone, months)


def _apart(named: Iterable[Tick], apart: float) -> list[Tick]:
    """Those whose labels do not touch one before them."""
    kept: list[Tick] = []
    for tick in named:
        if _has_room(tick, kept, apart):
            kept.append(tick)
    return kept


def _day_ticks(zone: Zone, step: int) -> Iterable[Tick]:
    for ordinal in range(zone.last.toordinal(), zone.first.toordinal() - 1, -step):
        day = date.fromordinal(ordinal)
        yield Tick(zone.at(day), day, Precision.DAY)


def _month_ticks(zone: Zone, step: int) -> Iterable[Tick]:
    """Firsts of months; where none falls into the zone, its first day."""
    precision = Precision.MONTH if step < 12 else Precision.YEAR
    months = range(_month(zone.first), _month(zone.last) + 1)
    firsts = [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
    inside = [day for day in firsts if day >= zone.first]
    if not inside:
        yield _first(zone)
    for day in inside:
        yield Tick(zone.at(day), day, precision)


def _month(day: date) -> int:
    """Months since the beginning of a year 0."""
    return day.year * 12 + day.month - 1
