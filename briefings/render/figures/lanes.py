"""Who did or said what when: a lane for each actor, a few of its dated facts in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from briefings.core.edition import Edition, Sentence, TimelineEntry
from briefings.core.edtf import Edtf
from briefings.core.groups import grouped
from briefings.core.model import Actor, ActorId, FactId, LocalText
from briefings.core.periods import moved
from briefings.core.values import dataclass
from briefings.render.figures import axis
from briefings.render.figures.captions import Caption, caption, free, has_day
from briefings.render.figures.captions import headlines as headlines_of
from briefings.render.figures.timeline import Extent, extent

MOST = 5
"""How many lanes are drawn; the facts of the others are counted."""

MOST_LINES = 7
"""How many lines all lanes have: marks whose words would run into each other stand on two."""

_EARLIER = 42.0  # per cent for what is long ago; what is new stands close, and needs the rest
_SMALLEST = 3  # marks; below that a picture says less than its words


@dataclass(frozen=True, slots=True)
class Stop:
    """Facts of one actor on one occasion; `number` counts from 1 over all lanes.

    `line` is that of its lane on which it stands, counted from 1.
    """

    number: int
    line: int
    sentences: tuple[Sentence, ...]
    event: Edtf
    extent: Extent
    label: Caption

    @property
    def has_day(self) -> bool:
        """Whether its date is short enough to stand in its label: a day, or about one."""
        return has_day(self.event)


@dataclass(frozen=True, slots=True)
class Lane:
    """The facts of one actor, a few dated ones of them drawn.

    `breaks` are the numbers, from 1, of the picture's changes of scale that no words cover.
    """

    actor: Actor
    sentences: tuple[Sentence, ...]
    stops: tuple[Stop, ...]
    breaks: tuple[int, ...]

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        return max(stop.line for stop in self.stops) if self.stops else 1


@dataclass(frozen=True, slots=True)
class Foremost:
    """Who acts or speaks in more facts than anybody else, and in which of the `total`."""

    actor: Actor
    sentences: tuple[Sentence, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Lanes:
    """The picture: those of whom most is told, by their first day; `others` have no lane.

    `foremost` is None where two share the first place.
    """

    lanes: tuple[Lane, ...]
    foremost: Foremost | None
    others: tuple[Sentence, ...]
    ticks: tuple[axis.Tick, ...]
    breaks: tuple[float, ...]
    period: tuple[float, float]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All facts of those who have a lane."""
        return tuple(sentence for lane in self.lanes for sentence in lane.sentences)

    @property
    def lines(self) -> int:
        """How many lines all lanes take."""
        return sum(lane.lines for lane in self.lanes)


def lanes(edition: Edition) -> Lanes | None:
    """The edition's facts by who acts or speaks.

    None where there are too few to make a picture, or no lane has two marks: a list says as much.
    """
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
    ahead = moved(window.until, (window.until - window.since).days + 1)
    zones = axis.zones(
        min(days), max(*days, ahead), window.since, window.until, before=2, earlier=_EARLIER
    )
    breaks = tuple(round(zone.right + axis.BREAK / 2, 2) for zone in zones[:-1])
    headlines = headlines_of(edition)
    most_told = sorted(drawn, key=lambda actor: -len({each.event.text for each in dated[actor]}))
    on_two = most_told[: MOST_LINES - len(drawn)]
    rows: list[Lane] = []
    for actor in drawn:
        count = sum(len(lane.stops) for lane in rows)
        lines = 2 if actor in on_two else 1
        stops = _stops(dated[actor], zones, edition, headlines=headlines, count=count, lines=lines)
        if stops:
            rows.append(_lane(actor, by_actor[actor], stops, breaks))
    if len(rows) < 2 or all(len(lane.stops) < 2 for lane in rows):
        return None
    told_of = {lane.actor for lane in rows}
    undrawn = (sentences for actor, sentences in by_actor.items() if actor not in told_of)
    rest = [*others, *(each for sentences in undrawn for each in sentences)]
    return Lanes(
        lanes=tuple(rows),
        foremost=_foremost(by_actor, len(edition.sentences)),
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
        if stop.label.before:
            lines.append(f"#ln-label-{stop.number}{{{other}:{round(100 - stop.extent.left, 2)}%}}")
        else:
            end = round(stop.extent.left + stop.extent.width, 2)
            lines.append(f"#ln-label-{stop.number}{{{side}:{end}%}}")
    return "\n".join(lines)


def _foremost(by_actor: Mapping[Actor, Sequence[Sentence]], total: int) -> Foremost | None:
    first, second = sorted(by_actor, key=lambda actor: -len(by_actor[actor]))[:2]
    if len(by_actor[first]) == len(by_actor[second]):
        return None
    return Foremost(first, tuple(by_actor[first]), total)


def _lane(
    actor: Actor, sentences: Iterable[Sentence], stops: tuple[Stop, ...], breaks: Sequence[float]
) -> Lane:
    reaches = [stop.label.reach for stop in stops]
    free = (
        number
        for number, at in enumerate(breaks, 1)
        if not any(left < at < right for left, right in reaches)
    )
    return Lane(actor, tuple(sentences), stops, tuple(free))


def _known_actors(edition: Edition) -> dict[ActorId, Actor]:
    known: dict[ActorId, Actor] = {}
    for view in edition.actors:
        known[view.actor.id] = view.actor
        if view.of is not None:
            known[view.of.id] = view.of
    return known


def _by_actor(edition: Edition) -> tuple[dict[Actor, list[Sentence]], list[Sentence]]:
    """The sentences of each actor, and those of nobody whom the edition names.

    Whom a comment is about has neither acted nor spoken by it.
    """
    known = _known_actors(edition)
    comments = {sentence.id for sentence in edition.commentary}
    by_actor: dict[Actor, list[Sentence]] = {}
    others: list[Sentence] = []
    for sentence in edition.sentences:
        actor = _actor(sentence, known, is_comment=sentence.id in comments)
        (others if actor is None else by_actor.setdefault(actor, [])).append(sentence)
    return by_actor, others


def _actor(sentence: Sentence, known: dict[ActorId, Actor], *, is_comment: bool) -> Actor | None:
    """Who speaks, else the first whom the fact names; for whom a person or body acts, if known."""
    speakers = [each.actor for each in sentence.attributions if each.actor is not None]
    named = [known[name] for name in sentence.fact.actors if name in known and not is_comment]
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
    entries: Sequence[TimelineEntry],
    zones: Sequence[axis.Zone],
    edition: Edition,
    *,
    headlines: Mapping[FactId, LocalText],
    count: int,
    lines: int,
) -> tuple[Stop, ...]:
    """The marks of one lane, line by line and by date: those for whose words there is room."""
    occasions = _occasions(entries)
    places = [extent(occasion[0].event, zones) for occasion in occasions]
    rows: list[dict[int, Caption]] = []
    turns = _turns(occasions, headlines, edition.spec.window.since)
    while turns and len(rows) < lines:
        placed: dict[int, Caption] = {}
        for turn in turns:
            sides = free(places[turn], [label.reach for label in placed.values()])
            sentences = [entry.sentence for entry in occasions[turn]]
            event, language = occasions[turn][0].event, edition.spec.language
            label = caption(sentences, event, sides, headlines, language) if sides else None
            if label is not None:
                placed[turn] = label
        rows.append(placed)
        left = (turn for turn in turns if turn not in placed)
        # What is of another time than the words above says more.
        above = {(places[turn].left, places[turn].width) for turn in placed}
        turns = sorted(left, key=lambda turn: (places[turn].left, places[turn].width) in above)
    rows = sorted(filter(None, rows), key=min)
    ordered = ((line, turn) for line, placed in enumerate(rows, 1) for turn in sorted(placed))
    return tuple(
        Stop(
            number,
            line,
            tuple(entry.sentence for entry in occasions[turn]),
            occasions[turn][0].event,
            places[turn],
            rows[line - 1][turn],
        )
        for number, (line, turn) in enumerate(ordered, count + 1)
    )


def _occasions(entries: Iterable[TimelineEntry]) -> list[list[TimelineEntry]]:
    """What is of one date, by their first days."""
    groups = grouped(
        (entry.event.text, entry) for entry in sorted(entries, key=lambda entry: _first([entry]))
    )
    return list(groups.values())


def _turns(
    occasions: Sequence[Sequence[TimelineEntry]], headlines: Mapping[FactId, LocalText], since: date
) -> list[int]:
    """In which turn each is put into words: of the period, with a headline, of most facts."""

    def rank(turn: int) -> tuple[bool, bool, int, int]:
        facts = [entry.sentence.fact for entry in occasions[turn]]
        is_earlier = (occasions[turn][0].event.latest or since) < since
        has_headline = any(fact.headline is not None or fact.id in headlines for fact in facts)
        return is_earlier, not has_headline, -len(facts), turn

    return sorted(range(len(occasions)), key=rank)
