"""Where the facts of an edition stand on its timeline: event time, knowledge time, due time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from briefings.core.edition import Edition, Sentence, TimelineEntry
from briefings.core.edtf import Edtf
from briefings.core.model import FactKind
from briefings.core.values import dataclass
from briefings.render.figures import axis

_TOLD_WITHOUT_HEADLINE = (FactKind.EVENT, FactKind.STATEMENT, FactKind.PLAN)
_APART = 24.0  # per cent between two labels of its axis, which is as narrow as a column
LEAST = 3  # with fewer dated facts it would tell no more than these do
_TOGETHER = 4  # rows that no sheet parts
_ROWS = 14  # more than these make the picture longer than half a page; then some become ticks


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
    """The facts of one date that could be known from one day: `named` with a headline, and `more`.

    `number` counts from 1; `known` and `due` are where they stand on the axis. `lag` spans from
    the end of the event to the day it could be known, None if it was at once. `named` is never
    empty: where none of them has a headline, it holds the first.
    """

    number: int
    named: tuple[Sentence, ...]
    more: tuple[Sentence, ...]
    event: Edtf
    bar: Extent
    known_on: date
    known: float
    lag: tuple[float, float] | None
    due_on: Edtf | None
    due: Extent | None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All facts of the row, in the order of the brief."""
        return tuple(sorted((*self.named, *self.more), key=_turn))


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture: what happened in rows by event time, and `others` as ticks at their `places`.

    There are others only where all would make too many rows. `reported` are the facts that could
    first be known in the edition's days. `breaks` are where the scale changes, `period` the
    beginning and the end of these days.
    """

    rows: tuple[Row, ...]
    others: tuple[Sentence, ...]
    reported: tuple[Sentence, ...]
    places: tuple[float, ...]
    ticks: tuple[axis.Tick, ...]
    breaks: tuple[float, ...]
    period: tuple[float, float]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All facts of the rows, and the others."""
        return (*(sentence for row in self.rows for sentence in row.sentences), *self.others)

    @property
    def parts(self) -> tuple[tuple[Row, ...], ...]:
        """The rows in parts about as long as each other, none of which two sheets share."""
        count = -(-len(self.rows) // _TOGETHER)
        ends = [len(self.rows) * turn // count for turn in range(count + 1)]
        return tuple(self.rows[first:last] for first, last in pairwise(ends))


def tells(entries: Sequence[TimelineEntry]) -> bool:
    """Whether these facts are enough for a picture, and not all of one time."""
    return len(entries) >= LEAST and len(_groups(entries)) > 1


def timeline(edition: Edition) -> Timeline | None:
    """The edition's dated facts on one axis; None where nothing is dated."""
    if not edition.timeline:
        return None
    chosen, others = _chosen(_groups(edition.timeline))
    window = edition.spec.window
    days = [
        window.since,
        window.until,
        *_days(entry for group in chosen for entry in group),
        *_ends(entry.event for entry in others),
    ]
    zones = axis.zones(min(days), max(days), window.since, window.until)
    return Timeline(
        rows=tuple(_row(number, group, zones) for number, group in enumerate(chosen, start=1)),
        others=tuple(sorted((entry.sentence for entry in others), key=_turn)),
        reported=tuple(
            entry.sentence
            for entry in edition.timeline
            if window.since <= entry.known <= window.until
        ),
        places=tuple(sorted({_middle(entry.event, zones) for entry in others})),
        ticks=axis.ticks(zones, window.until, apart=_APART),
        breaks=tuple(round(zone.right + axis.BREAK / 2, 2) for zone in zones[:-1]),
        period=(axis.at(window.since, zones, 0), axis.at(window.until, zones, 1)),
    )


def extent(event: Edtf, zones: Sequence[axis.Zone]) -> Extent:
    """The stretch of the axis that an event takes."""
    left = axis.at(event.earliest, zones) if event.earliest else 0.0
    right = axis.at(event.latest, zones) if event.latest else 100.0
    ends = [moment for moment in (event.start, event.end) if moment is not None]
    return Extent(
        left=left,
        width=_width(left, right),
        day=event.earliest == event.latest,
        vague=any(moment.approximate or moment.uncertain for moment in ends),
        open_start=event.earliest is None,
        open_end=event.latest is None,
    )


def rules(picture: Timeline, side: str) -> str:
    """The style rules that put each mark at its place; `side` is where the axis begins."""
    lines = [
        f".tl-period{{{side}:{picture.period[0]}%;width:{_width(*picture.period)}%}}",
        *(f".tl-tick-{n}{{{side}:{tick.at}%}}" for n, tick in enumerate(picture.ticks, 1)),
        *(f".tl-break-{n}{{{side}:{at}%}}" for n, at in enumerate(picture.breaks, 1)),
        *(f"#tl-other-{n}{{{side}:{at}%}}" for n, at in enumerate(picture.places, 1)),
    ]
    for row in picture.rows:
        lines.append(_placed(f"#tl-event-{row.number}", row.bar, side))
        lines.append(f"#tl-known-{row.number}{{{side}:{row.known}%}}")
        if row.lag:
            lines.append(f"#tl-lag-{row.number}{{{side}:{row.lag[0]}%;width:{_width(*row.lag)}%}}")
        if row.due:
            lines.append(_placed(f"#tl-due-{row.number}", row.due, side))
    return "\n".join(lines)


def _placed(selector: str, extent: Extent, side: str) -> str:
    width = "" if extent.day else f";width:{extent.width}%"
    return f"{selector}{{{side}:{extent.left}%{width}}}"


def _width(first: float, last: float) -> float:
    return round(last - first, 2)


def _turn(sentence: Sentence) -> int:
    return int(sentence.id[1:])


def _groups(entries: Iterable[TimelineEntry]) -> list[list[TimelineEntry]]:
    """The facts that would look the same on the picture, together."""
    groups: dict[tuple[str, date, str], list[TimelineEntry]] = {}
    for entry in entries:
        due = entry.sentence.fact.due
        alike = entry.event.text, entry.known, due.text if due is not None else ""
        groups.setdefault(alike, []).append(entry)
    return list(groups.values())


def _chosen(
    groups: Sequence[list[TimelineEntry]],
) -> tuple[list[list[TimelineEntry]], list[TimelineEntry]]:
    """The groups that get a row of their own, and the facts of the rest, which become ticks."""
    for is_told in (_has_headline, _is_told_without_headline):
        chosen = [group for group in groups if any(map(is_told, group))]
        if chosen and len(groups) > _ROWS:
            rest = (group for group in groups if not any(map(is_told, group)))
            return chosen, [entry for group in rest for entry in group]
    return list(groups), []


def _has_headline(entry: TimelineEntry) -> bool:
    return entry.sentence.fact.headline is not None


def _is_told_without_headline(entry: TimelineEntry) -> bool:
    return entry.sentence.fact.kind in _TOLD_WITHOUT_HEADLINE


def _days(entries: Iterable[TimelineEntry]) -> Iterable[date]:
    for entry in entries:
        yield entry.known
        yield from _ends([entry.event])
        if entry.sentence.fact.due is not None:
            yield from _ends([entry.sentence.fact.due])


def _ends(events: Iterable[Edtf]) -> Iterable[date]:
    for event in events:
        yield from (day for day in (event.earliest, event.latest) if day is not None)


def _row(number: int, group: Sequence[TimelineEntry], zones: Sequence[axis.Zone]) -> Row:
    first = group[0]
    named = [entry.sentence for entry in group if _has_headline(entry)]
    more = [entry.sentence for entry in group if not _has_headline(entry)]
    if not named:
        named, more = more[:1], more[1:]
    due = first.sentence.fact.due
    bar, known = extent(first.event, zones), axis.at(first.known, zones)
    end = round(bar.left + bar.width, 2)
    return Row(
        number=number,
        named=tuple(named),
        more=tuple(more),
        event=first.event,
        bar=bar,
        known_on=first.known,
        known=known,
        lag=(end, known) if end < known else None,
        due_on=due,
        due=extent(due, zones) if due is not None else None,
    )


def _middle(event: Edtf, zones: Sequence[axis.Zone]) -> float:
    place = extent(event, zones)
    return round(place.left + place.width / 2, 2)
