"""Who did or said what when: a lane for each actor, its dated facts as marks on one axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from briefings.core.edition import Edition, Sentence, TimelineEntry
from briefings.core.edtf import Edtf
from briefings.core.model import Actor, ActorId
from briefings.render.figures import axis
from briefings.render.figures.timeline import Extent, extent
from briefings.render.html.fill import runs

MOST = 5
"""So many lanes are drawn; the facts of the others are counted."""

MOST_LETTERS = 16
"""Numbers that take more letters are counted."""

_COUNT = 8  # letters of the count
_LETTER = 1.05  # per cent of the width that a letter of a label takes, at the least room for it
_END = 105.0  # the last label may reach into the gap before the next column
_EARLIER = 42.0  # per cent for what is long ago; what is new stands close, and needs the rest
_SMALLEST = 3  # marks; below that a picture says less than its words


@dataclass(frozen=True, slots=True)
class Stop:
    """The facts of one actor on one occasion; `number` counts from 1 over all lanes.

    Behind the mark, or `before` it, stand the headline of `label`, if there is room for it, and the
    numbers of `shown`: those of its facts, and of earlier marks that have no room of their own;
    they reach from one per cent of the width to the other of `words`.
    """

    number: int
    sentences: tuple[Sentence, ...]
    event: Edtf
    extent: Extent
    label: Sentence | None
    shown: tuple[Sentence, ...]
    before: bool
    words: tuple[float, float]

    @property
    def is_counted(self) -> bool:
        """Whether the numbers are too many to stand there."""
        return _words(self.shown) == _COUNT


@dataclass(frozen=True, slots=True)
class Lane:
    """The dated facts of one actor, and those that no source dates.

    `breaks` are the numbers, from 1, of the picture's changes of scale that no words cover.
    """

    actor: Actor
    stops: tuple[Stop, ...]
    undated: tuple[Sentence, ...]
    breaks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The picture: those of whom most is told, by their first day; `others` have no lane."""

    lanes: tuple[Lane, ...]
    others: tuple[Sentence, ...]
    ticks: tuple[axis.Tick, ...]
    breaks: tuple[float, ...]
    period: tuple[float, float]


def lanes(edition: Edition) -> Lanes | None:
    """The edition's facts by who acts or speaks; None where there are too few to make a picture."""
    by_actor, others = _by_actor(edition)
    entries = {entry.sentence.fact.id: entry for entry in edition.timeline}
    dated = {
        actor: [entries[each.fact.id] for each in sentences if each.fact.id in entries]
        for actor, sentences in by_actor.items()
    }
    drawn = sorted(filter(dated.__getitem__, dated), key=lambda actor: -len(by_actor[actor]))
    drawn = sorted(drawn[:MOST], key=lambda actor: _first(dated[actor]))
    events = [entry.event for actor in drawn for entry in dated[actor]]
    if len(drawn) < 2 or len({event.text for event in events}) < _SMALLEST:
        return None
    window = edition.spec.window
    days = [window.since, *(day for event in events for day in _days(event))]
    ahead = axis.moved(window.until, window.until - window.since + timedelta(days=1))
    zones = axis.zones(
        *(min(days), max(*days, ahead), window.since, window.until), before=2, earlier=_EARLIER
    )
    undrawn = (sentences for actor, sentences in by_actor.items() if actor not in drawn)
    rest = [*others, *(each for sentences in undrawn for each in sentences)]
    breaks = tuple(round(zone.right + axis.BREAK / 2, 2) for zone in zones[:-1])
    rows: list[Lane] = []
    for actor in drawn:
        count = sum(len(lane.stops) for lane in rows)
        stops = _stops(dated[actor], zones, edition.spec.language, count)
        undated = tuple(each for each in by_actor[actor] if each.fact.id not in entries)
        free = (
            number
            for number, at in enumerate(breaks, 1)
            if not any(stop.words[0] < at < stop.words[1] for stop in stops)
        )
        rows.append(Lane(actor, stops, undated, tuple(free)))
    return Lanes(
        lanes=tuple(rows),
        others=tuple(sorted(rest, key=lambda each: int(each.id[1:]))),
        ticks=axis.ticks(zones, window.until),
        breaks=breaks,
        period=(axis.at(window.since, zones, 0), axis.at(window.until, zones, 1)),
    )


def rules(picture: Lanes, side: str) -> str:
    """The style rules that put each mark at its place; `side` is where the axis begins."""
    left, right = picture.period
    other = "right" if side == "left" else "left"
    lines = [
        f".ln-period{{{side}:{left}%;width:{round(right - left, 2)}%}}",
        *(f".ln-tick-{n}{{{side}:{tick.at}%}}" for n, tick in enumerate(picture.ticks, 1)),
        *(f".ln-break-{n}{{{side}:{at}%}}" for n, at in enumerate(picture.breaks, 1)),
    ]
    for stop in (stop for lane in picture.lanes for stop in lane.stops):
        width = "" if stop.extent.day else f";width:{stop.extent.width}%"
        lines.append(f"#ln-{stop.number}{{{side}:{stop.extent.left}%{width}}}")
        if stop.before:
            lines.append(f"#ln-label-{stop.number}{{{other}:{round(100 - stop.extent.left, 2)}%}}")
        else:
            end = round(stop.extent.left + stop.extent.width, 2)
            lines.append(f"#ln-label-{stop.number}{{{side}:{end}%}}")
    return "\n".join(lines)


def _known_actors(edition: Edition) -> dict[ActorId, Actor]:
    known: dict[ActorId, Actor] = {}
    for view in edition.actors:
        known[view.actor.id] = view.actor
        if view.of is not None:
            known[view.of.id] = view.of
    return known


def _by_actor(edition: Edition) -> tuple[dict[Actor, list[Sentence]], list[Sentence]]:
    """The sentences of each actor, and those of nobody whom the edition names."""
    known = _known_actors(edition)
    by_actor: dict[Actor, list[Sentence]] = {}
    others: list[Sentence] = []
    for sentence in edition.sentences:
        actor = _actor(sentence, known)
        (others if actor is None else by_actor.setdefault(actor, [])).append(sentence)
    return by_actor, others


def _actor(sentence: Sentence, known: dict[ActorId, Actor]) -> Actor | None:
    """Who speaks, else the first whom the fact names; for whom a person or body acts, if known."""
    speakers = [each.actor for each in sentence.attributions if each.actor is not None]
    named = [known[name] for name in sentence.fact.actors if name in known]
    actor = next(iter((*speakers, *named)), None)
    passed: set[ActorId] = set()
    while actor is not None and actor.of in known and actor.id not in passed:
        passed.add(actor.id)
        actor = known[actor.of]
    return actor


def _first(entries: Iterable[TimelineEntry]) -> date:
    return min(day for entry in entries for day in _days(entry.event))


def _days(event: Edtf) -> Iterable[date]:
    return (day for day in (event.earliest, event.latest) if day is not None)


def _stops(
    entries: Sequence[TimelineEntry], zones: Sequence[axis.Zone], language: str, count: int
) -> tuple[Stop, ...]:
    """The facts of one lane by date, with words where they have room beside the neighbours.

    Where not even the numbers of its facts have room, those stand with the next mark's.
    """
    groups: dict[str, list[TimelineEntry]] = {}
    for entry in sorted(entries, key=lambda entry: _first([entry])):
        groups.setdefault(entry.event.text, []).append(entry)
    extents = [extent(group[0].event, zones) for group in groups.values()]
    stops: list[Stop] = []
    waiting: list[Sentence] = []
    free = 0.0
    for turn, (group, place) in enumerate(zip(groups.values(), extents, strict=True)):
        sentences = tuple(entry.sentence for entry in group)
        waiting.extend(sentences)
        end = place.left + place.width
        following = min((each.left - 2 for each in extents[turn + 1 :]), default=_END)
        is_last = turn == len(extents) - 1
        label, length = _labelled(sentences, language, _words(waiting))
        behind = end + length <= following
        before = not behind and place.left - length >= free
        if not behind and not before:
            label, length = None, _LETTER * _words(waiting)
            behind = end + length <= following
            before = not behind and (place.left - length >= free or is_last)
        shown = tuple(waiting) if behind or before else ()
        if shown:
            waiting.clear()
        free = max(free, end + (length if behind else 0))
        number = count + turn + 1
        words = (place.left - length, place.left) if before else (end, end + length)
        stops.append(Stop(number, sentences, group[0].event, place, label, shown, before, words))
    return tuple(stops)


def _labelled(
    sentences: Iterable[Sentence], language: str, letters: int
) -> tuple[Sentence | None, float]:
    """The sentence whose headline names what happened, and how much room the whole label takes."""
    named = next((each for each in sentences if each.fact.headline is not None), None)
    headline = named.fact.headline if named is not None else None
    if headline is not None:
        letters += len(headline.best(language)[1]) + 9
    return named, _LETTER * letters


def _words(sentences: Sequence[Sentence]) -> int:
    """How many letters their numbers take, ranges and all; or, of many, their count."""
    pairs = runs(int(sentence.id[1:]) for sentence in sentences)
    letters = len(", ".join(f"{a}–{b}" if b > a else str(a) for a, b in pairs))
    return 3 + letters if letters <= MOST_LETTERS else _COUNT
