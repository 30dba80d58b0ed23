"""Choose what an edition may know and shall show, out of everything that a desk knows."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from briefings.core.edition import EditionSpec, Window
from briefings.core.knowledge import fact_known, source_known
from briefings.core.model import (
    Contest,
    Fact,
    FactBase,
    FactId,
    Gap,
    Judgement,
    Period,
    SourceId,
    TopicId,
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What one edition shows, by id, and the day from which each thing was known.

    `sources` holds every known source, `facts` the shown facts. `contests` carry their known
    positions only, two or more, each of them in `facts`. `elsewhere` are contests that a rival
    is part of besides, which the edition names and does not lay out. `outcomes` maps a shown
    plan to the facts that report what became of it, in `facts` too.
    """

    sources: Mapping[SourceId, date]
    facts: Mapping[FactId, date]
    judgements: tuple[Judgement, ...]
    contests: tuple[Contest, ...]
    elsewhere: tuple[Contest, ...]
    gaps: tuple[Gap, ...]
    outcomes: Mapping[FactId, tuple[FactId, ...]]


def window(as_of: date, period: Period) -> Window:
    """The period that ends on `as_of`: one day, seven days, or one calendar month."""
    before = {
        Period.DAY: as_of.toordinal() - 1,
        Period.WEEK: as_of.toordinal() - 7,
        Period.MONTH: _month_before(as_of),
    }[period]
    return Window(date.fromordinal(max(before, 0) + 1), as_of)


def _month_before(day: date) -> int:
    """The ordinal of the same day a month earlier, or of that month's last day."""
    last = day.replace(day=1).toordinal() - 1
    if last == 0:
        return 0
    month = date.fromordinal(last)
    length = calendar.monthrange(month.year, month.month)[1]
    return month.replace(day=min(day.day, length)).toordinal()


def first_known(base: FactBase, topic: TopicId) -> date | None:
    """The earliest day on which anything was known about `topic`, None if that never was."""
    days = (fact_known(fact, base.sources) for fact in _of_topic(base.facts.values(), topic))
    return min((day for day in days if day is not None), default=None)


def select(base: FactBase, spec: EditionSpec) -> Selection:
    """What the edition shows: the topic's facts as known by `spec.as_of`, and their closure.

    The closure adds the facts that shown judgements rest on, the known outcomes of shown plans,
    and every known rival of each of these. It ends there: a rival that is contested on another
    point as well is shown as contested, or one topic would drag in the next.
    """
    known = _known_by(spec.as_of, base)
    judgements = _judgements(base, spec, known)
    open_points = _known_contests(base, known)
    outcomes = _known_outcomes(base, known)
    wanted = {fact.id for fact in _of_topic(base.facts.values(), spec.topic)}
    wanted |= {fact for judgement in judgements for fact in judgement.rests_on}
    wanted &= known.keys()
    wanted |= {fact for plan in wanted for fact in outcomes.get(plan, ())}
    contests = tuple(one for one in open_points if wanted.intersection(one.positions))
    shown = wanted.union(*(contest.positions for contest in contests))
    shown |= {fact for plan in shown for fact in outcomes.get(plan, ())}
    return Selection(
        sources={
            source.id: day
            for source in base.sources.values()
            if (day := source_known(source)) is not None and day <= spec.as_of
        },
        facts={fact: known[fact] for fact in sorted(shown)},
        judgements=judgements,
        contests=contests,
        elsewhere=tuple(
            one for one in open_points if one not in contests and shown.intersection(one.positions)
        ),
        gaps=_gaps(base, spec, known),
        outcomes={plan: facts for plan, facts in outcomes.items() if plan in shown},
    )


def _known_by(as_of: date, base: FactBase) -> dict[FactId, date]:
    """The facts that could be known by the end of `as_of`, with the day since when."""
    return {
        fact.id: day
        for fact in base.facts.values()
        if (day := fact_known(fact, base.sources)) is not None and day <= as_of
    }


def _of_topic(facts: Iterable[Fact], topic: TopicId) -> list[Fact]:
    return [fact for fact in facts if topic in fact.topics]


def _judgements(
    base: FactBase, spec: EditionSpec, known: Mapping[FactId, date]
) -> tuple[Judgement, ...]:
    """The topic's judgements that were made by then on facts known by then; newest first."""
    chosen = [
        judgement
        for judgement in base.judgements.values()
        if judgement.topic == spec.topic
        and judgement.made <= spec.as_of
        and all(fact in known for fact in judgement.rests_on)
    ]
    return tuple(sorted(chosen, key=lambda one: (spec.as_of - one.made, one.id)))


def _known_contests(base: FactBase, known: Mapping[FactId, date]) -> tuple[Contest, ...]:
    """Each contest with its known positions; with fewer than two there was no contest yet."""
    cut = (
        replace(contest, positions=tuple(fact for fact in contest.positions if fact in known))
        for _, contest in sorted(base.contests.items())
    )
    return tuple(contest for contest in cut if len(contest.positions) > 1)


def _known_outcomes(
    base: FactBase, known: Mapping[FactId, date]
) -> dict[FactId, tuple[FactId, ...]]:
    """Each plan whose outcome is known, with the facts that report it."""
    outcomes: dict[FactId, tuple[FactId, ...]] = {}
    for fact in sorted(known):
        for plan in base.facts[fact].outcome_of:
            outcomes[plan] = (*outcomes.get(plan, ()), fact)
    return outcomes


def _gaps(base: FactBase, spec: EditionSpec, known: Mapping[FactId, date]) -> tuple[Gap, ...]:
    """The topic's open questions on that day, oldest first; answers still to come are cut off."""
    chosen = [
        replace(gap, answered_by=None)
        for gap in base.gaps.values()
        if gap.topic == spec.topic
        and gap.made <= spec.as_of
        and (gap.answered_by is None or gap.answered_by not in known)
    ]
    return tuple(sorted(chosen, key=lambda gap: (gap.made, gap.id)))
