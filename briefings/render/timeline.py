"""Where the facts of an edition stand on its timeline: event time, knowledge time, due time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from briefings.core.edition import Edition, Sentence, TimelineEntry
from briefings.core.edtf import Edtf, Precision
from briefings.core.model import Kind

_TOLD_WITHOUT_HEADLINE = (Kind.EVENT, Kind.STATEMENT, Kind.PLAN)
_BREAK = 2.5  # per cent of the width that a break in the scale takes
_MARGIN = 6.0  # per cent kept free at both ends, so that no mark is cut off
_APART = 12.0  # per cent between two labels of the axis
_EARLIER, _LATER = 26.0, 15.0  # per cent for the time before and after the days that matter most


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of the axis in per cent of its width; `day` where it is one certain day.

    `open_start` and `open_end`: the date does not say where it begins or ends.
    """

    left: float
    width: float
    day: bool
    vague: bool
    open_start: bool
    open_end: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One headline fact: `number` from 1, `known` and `due` where they stand on the axis.

    `lag` spans from the end of the event to the day it could be known, None if it was at once.
    """

    number: int
    sentence: Sentence
    event: Edtf
    bar: Extent
    known_on: date
    known: float
    lag: tuple[float, float] | None
    due: Extent | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A day that the axis names."""

    at: float
    day: date
    precision: Precision


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture: headline facts in rows, the other dated ones as ids with their place.

    `breaks` are where the scale changes, `period` the first and the last of the edition's days.
    """

    rows: tuple[Row, ...]
    others: tuple[tuple[float, str], ...]
    ticks: tuple[Tick, ...]
    breaks: tuple[float, ...]
    period: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Zone:
    """Days drawn to one scale, from `left` to `right` per cent."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        days = (self.last - self.first).days + 1
        inside = ((day - self.first).days + 0.5) / days
        return round(self.left + (self.right - self.left) * inside, 2)


def timeline(edition: Edition) -> Timeline | None:
    """The edition's dated facts on one axis; None where nothing is dated."""
    if not edition.timeline:
        return None
    chosen, others = _rows(edition.timeline)
    window = edition.spec.window
    days = [window.since, window.until, *_days(chosen), *_ends(entry.event for entry in others)]
    zones = _zones(min(days), max(days), window.since, window.until)
    return Timeline(
        rows=tuple(_row(number, entry, zones) for number, entry in enumerate(chosen, start=1)),
        others=tuple(sorted(_other(entry, zones) for entry in others)),
        ticks=_ticks(zones, window.until),
        breaks=tuple(round(zone.right + _BREAK / 2, 2) for zone in zones[:-1]),
        period=(_at(window.since, zones), _at(window.until, zones)),
    )


def rules(picture: Timeline, side: str) -> str:
    """The style rules that put each mark at its place; `side` is where the axis begins."""
    made = [
        f".tl-period{{{side}:{picture.period[0]}%;width:{_width(*picture.period)}%}}",
        *(f"#tl-tick-{n}{{{side}:{tick.at}%}}" for n, tick in enumerate(picture.ticks, 1)),
        *(f".tl-break-{n}{{{side}:{at}%}}" for n, at in enumerate(picture.breaks, 1)),
        *(f"#tl-other-{n}{{{side}:{at}%}}" for n, (at, _) in enumerate(picture.others, 1)),
    ]
    for row in picture.rows:
        made.append(_placed(f"#tl-event-{row.number}", row.bar, side))
        made.append(f"#tl-known-{row.number}{{{side}:{row.known}%}}")
        if row.lag:
            made.append(f"#tl-lag-{row.number}{{{side}:{row.lag[0]}%;width:{_width(*row.lag)}%}}")
        if row.due:
            made.append(_placed(f"#tl-due-{row.number}", row.due, side))
    return "\n".join(made)


def _placed(selector: str, extent: Extent, side: str) -> str:
    width = "" if extent.day else f";width:{extent.width}%"
    return f"{selector}{{{side}:{extent.left}%{width}}}"


def _width(first: float, last: float) -> float:
    return round(last - first, 2)


def _rows(
    entries: Sequence[TimelineEntry],
) -> tuple[tuple[TimelineEntry, ...], tuple[TimelineEntry, ...]]:
    """Those that get a row of their own, and the rest, which become ticks."""
    chosen = [entry for entry in entries if entry.sentence.fact.headline is not None]
    if not chosen:
        chosen = [e for e in entries if e.sentence.fact.kind in _TOLD_WITHOUT_HEADLINE]
    return tuple(chosen), tuple(entry for entry in entries if entry not in chosen)


def _days(entries: Iterable[TimelineEntry]) -> Iterable[date]:
    for entry in entries:
        yield entry.known
        yield from _ends([entry.event])
        if entry.sentence.fact.due is not None:
            yield from _ends([entry.sentence.fact.due])


def _ends(events: Iterable[Edtf]) -> Iterable[date]:
    for event in events:
        yield from (day for day in (event.earliest, event.latest) if day is not None)


def _moved(day: date, by: timedelta) -> date:
    """`day` moved, but not out of the calendar."""
    ordinal = day.toordinal() + by.days
    return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal()))


def _zones(first: date, last: date, since: date, until: date) -> tuple[_Zone, ...]:
    """Up to three stretches, each to its own scale: what is long ago, the news, what is far off.

    The news is the edition's period with the time around it; a stretch of its own for what lies
    before or after is made only where one scale for all would crush the news.
    """
    length = until - since + timedelta(days=1)
    start, end = max(first, _moved(until, -6 * length)), min(last, _moved(until, 2 * length))
    if start - first <= 2 * (end - start):
        start = first
    if last - end <= (end - start):
        end = last
    left, right = _MARGIN, 100 - _MARGIN
    zones: list[_Zone] = []
    if start > first:
        zones.append(_Zone(first, start - timedelta(days=1), left, _EARLIER))
        left = _EARLIER + _BREAK
    if end < last:
        zones.append(_Zone(start, end, left, right - _LATER - _BREAK))
        zones.append(_Zone(end + timedelta(days=1), last, right - _LATER, right))
    else:
        zones.append(_Zone(start, end, left, right))
    return tuple(zones)


def _at(day: date, zones: Sequence[_Zone]) -> float:
    return next((zone.at(day) for zone in zones if day <= zone.last), zones[-1].right)


def _row(number: int, entry: TimelineEntry, zones: Sequence[_Zone]) -> Row:
    due = entry.sentence.fact.due
    bar, known = _extent(entry.event, zones), _at(entry.known, zones)
    end = round(bar.left + bar.width, 2)
    return Row(
        number=number,
        sentence=entry.sentence,
        event=entry.event,
        bar=bar,
        known_on=entry.known,
        known=known,
        lag=(end, known) if end < known else None,
        due=_extent(due, zones) if due is not None else None,
    )


def _extent(event: Edtf, zones: Sequence[_Zone]) -> Extent:
    left = _at(event.earliest, zones) if event.earliest else 0.0
    right = _at(event.latest, zones) if event.latest else 100.0
    ends = [moment for moment in (event.start, event.end) if moment is not None]
    return Extent(
        left=left,
        width=_width(left, right),
        day=event.earliest == event.latest,
        vague=any(moment.approximate or moment.uncertain for moment in ends),
        open_start=event.earliest is None,
        open_end=event.latest is None,
    )


def _other(entry: TimelineEntry, zones: Sequence[_Zone]) -> tuple[float, str]:
    middle = _extent(entry.event, zones)
    return round(middle.left + middle.width / 2, 2), entry.sentence.id


def _ticks(zones: Sequence[_Zone], until: date) -> tuple[Tick, ...]:
    """Days that the axis names, those of the news first; none so close that labels would touch."""
    news = next((zone for zone in zones if until <= zone.last), zones[-1])
    kept: list[Tick] = []
    for zone in (news, *(other for other in zones if other is not news)):
        for tick in _ticks_of(zone):
            if all(abs(tick.at - other.at) >= _APART for other in kept):
                kept.append(tick)
    return tuple(sorted(kept, key=_place))


def _place(tick: Tick) -> float:
    return tick.at


def _ticks_of(zone: _Zone) -> Iterable[Tick]:
    """Days of a zone, evenly spaced in the calendar."""
    room = max(1, int((zone.right - zone.left) / 15))
    days = (zone.last - zone.first).days + 1
    if days <= 75:
        step = next(step for step in (1, 2, 7, 14, 28, 56, 84) if days / step <= room)
        return _day_ticks(zone, step)
    months = next(
        step for step in (1, 2, 3, 6, *(12 * 2**n for n in range(16))) if days / 30.4 / step <= room
    )
    return _month_ticks(zone, months)


def _day_ticks(zone: _Zone, step: int) -> Iterable[Tick]:
    day = zone.last
    while day >= zone.first:
        yield Tick(zone.at(day), day, Precision.DAY)
        day -= timedelta(days=step)


def _month_ticks(zone: _Zone, step: int) -> Iterable[Tick]:
    """Firsts of months; where none falls into the zone, its first day with its month."""
    precision = Precision.MONTH if step < 12 else Precision.YEAR
    found = False
    month = zone.first.year * 12 + zone.first.month - 1
    while (day := date(month // 12, month % 12 + 1, 1)) <= zone.last:
        if month % step == 0 and day >= zone.first:
            found = True
            yield Tick(zone.at(day), day, precision)
        month += 1
    if not found:
        yield Tick(zone.at(zone.first), zone.first, Precision.MONTH)
