"""Who did or said what when: a lane for each actor, its dated facts as marks on one axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from briefings.core.edition import Edition, Sentence, TimelineEntry
from briefings.core.edtf import Edtf
from briefings.core.model import Actor, ActorId, LocalText
from briefings.render.figures import axis
from briefings.render.figures.timeline import Extent, extent

MOST = 5
"""So many lanes are drawn; the facts of the others are counted."""

_LETTER = 1.0  # per cent of the width that a letter of a label takes, at the least room for it
_SMALLEST = 3  # marks; below that a picture says less than its words


@dataclass(frozen=True, slots=True)
class Stop:
    """The facts of one actor on one occasion; `number` counts from 1 over all lanes.

    `label` names what happened where its words have room: behind the mark, or `before` it.
    """

    number: int
    sentences: tuple[Sentence, ...]
    event: Edtf
    extent: Extent
    label: Sentence | None
    before: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """The dated facts of one actor, and those that no source dates."""

    actor: Actor
    stops: tuple[Stop, ...]
    undated: tuple[Sentence, ...]


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
    entries = {entry.sentence.fact.id: entry for entry in edition.timeline}
    by_actor: dict[ActorId, list[Sentence]] = {}
    actors: dict[ActorId, Actor] = {}
    known = _known_actors(edition)
    others: list[Sentence] = []
    for sentence in edition.sentences:
        actor = _actor(sentence, known)
        if actor is None:
            others.append(sentence)
            continue
        actors[actor.id] = actor
        by_actor.setdefault(actor.id, []).append(sentence)
    dated = {
        name: [entries[each.fact.id] for each in told if each.fact.id in entries]
        for name, told in by_actor.items()
    }
    chosen = sorted((name for name in dated if dated[name]), key=lambda name: -len(by_actor[name]))
    chosen = chosen[:MOST]
    days = [day for name in chosen for entry in dated[name] for day in _days(entry.event)]
    if len(chosen) < 2 or len({entry.event.text for n in chosen for entry in dated[n]}) < _SMALLEST:
        return None
    window = edition.spec.window
    zones = axis.zones(min(*days, window.since), max(*days, window.until), window.since, window.until)
    drawn: list[Lane] = []
    count = 0
    for name in sorted(chosen, key=lambda name: _first(dated[name])):
        stops = _stops(dated[name], zones, edition.spec.language, count)
        count += len(stops)
        undated = tuple(each for each in by_actor[name] if each.fact.id not in entries)
        drawn.append(Lane(actors[name], stops, undated))
    rest = (each for name, told in by_actor.items() if name not in chosen for each in told)
    return Lanes(
        lanes=tuple(drawn),
        others=tuple(sorted((*others, *rest), key=lambda each: int(each.id[1:]))),
        ticks=axis.ticks(zones, window.until),
        breaks=tuple(round(zone.right + axis.BREAK / 2, 2) for zone in zones[:-1]),
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


def _actor(sentence: Sentence, known: dict[ActorId, Actor]) -> Actor | None:
    """Who speaks, else the first whom the fact names; for whom a person or body acts, if known."""
    speakers = [said.actor for said in sentence.attributions if said.actor is not None]
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
    """The facts of one lane by date, each with its label where that has room beside its neighbours."""
    groups: dict[str, list[TimelineEntry]] = {}
    for entry in sorted(entries, key=lambda entry: _first([entry])):
        groups.setdefault(entry.event.text, []).append(entry)
    extents = [extent(group[0].event, zones) for group in groups.values()]
    stops: list[Stop] = []
    free = 0.0
    for turn, (group, place) in enumerate(zip(groups.values(), extents, strict=True)):
        label = next((each.sentence for each in group if each.sentence.fact.headline), None)
        end = place.left + place.width
        following = min((each.left for each in extents[turn + 1 :]), default=100.0)
        length = _length(label, language)
        behind = label is not None and end + length <= following
        before = label is not None and not behind and place.left - length >= free
        free = max(free, end + (length if behind else 0))
        stops.append(
            Stop(
                number=count + turn + 1,
                sentences=tuple(entry.sentence for entry in group),
                event=group[0].event,
                extent=place,
                label=label if behind or before else None,
                before=before,
            )
        )
    return tuple(stops)


def _length(label: Sentence | None, language: str) -> float:
    headline: LocalText | None = label.fact.headline if label is not None else None
    return _LETTER * (len(headline.best(language)[1]) + 6) if headline is not None else 0.0
