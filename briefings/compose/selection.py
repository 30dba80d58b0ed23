"""Choose what an edition may know and shall show, out of everything that a desk knows."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from briefings.compose.filters import passes
from briefings.compose.sections import section_of
from briefings.core.groups import grouped
from briefings.core.knowledge import facts_known, source_known
from briefings.core.model import (
    Account,
    Contest,
    ContestKind,
    Fact,
    FactBase,
    FactId,
    Filters,
    Gap,
    Judgement,
    Part,
    Period,
    SourceId,
    Summary,
    TopicId,
    Withdrawal,
)
from briefings.core.spec import EditionSpec, Window
from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """What one edition shows, by id, and the day from which each thing was known.

    `sources` holds every known source, `facts` the shown facts. `contests` carry their known
    positions only, two or more, each of them in `facts`, in the order of the base. `elsewhere` are
    contests of other topics, and those that a rival is part of besides, which the edition names
    and does not lay out. `outcomes` maps a shown plan to the facts that report what became of it,
    in `facts` too. `summaries`, by their topics, and `accounts` tell nothing but `facts`; of what
    filters leave of several topics no summary speaks.
    """

    sources: Mapping[SourceId, date]
    facts: Mapping[FactId, date]
    judgements: tuple[Judgement, ...]
    contests: tuple[Contest, ...]
    elsewhere: tuple[Contest, ...]
    gaps: tuple[Gap, ...]
    outcomes: Mapping[FactId, tuple[FactId, ...]]
    withdrawn: tuple[tuple[FactId, Withdrawal], ...]
    summaries: Mapping[TopicId, Summary]
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What any edition of a day may know of a base, whatever it is about.

    `sources` and `facts` have the day from which each was known, `contests` known positions only;
    `outcomes` are of plans, as in a `Selection`. `of_topics` are the `facts` by topic, `withdrawn`
    those that were known and taken back.
    """

    sources: Mapping[SourceId, date]
    facts: Mapping[FactId, date]
    contests: tuple[Contest, ...]
    outcomes: Mapping[FactId, tuple[FactId, ...]]
    of_topics: Mapping[TopicId, tuple[FactId, ...]]
    withdrawn: tuple[tuple[FactId, Withdrawal], ...]


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


def first_known(base: FactBase, topics: Collection[TopicId]) -> date | None:
    """The earliest day on which anything was known about `topics`, None if that never was."""
    known = facts_known(base).items()
    days = (day for fact, day in known if not set(topics).isdisjoint(base.facts[fact].topics))
    return min(days, default=None)


def known_to(base: FactBase, spec: EditionSpec, since: Mapping[FactId, date]) -> Known:
    """What an edition may know.

    Args:
        base: The fact base.
        spec: The days of the edition, and what it is about.
        since: From which day each fact is known; one that is not in it never is.
    """
    sources = _known_sources(base, spec)
    facts = _known_facts(base, spec, sources, since)
    of_topics = grouped((topic, name) for name in facts for topic in base.facts[name].topics)
    return Known(
        sources,
        facts,
        _known_contests(base, facts),
        _known_outcomes(base, facts),
        {topic: tuple(names) for topic, names in of_topics.items()},
        _withdrawn(base, spec, since),
    )


def select(
    base: FactBase,
    spec: EditionSpec,
    since: Mapping[FactId, date] | None = None,
    held: Known | None = None,
) -> Selection:
    """Choose what an edition shows: what it asks for, as known by its day, and the closure.

    The closure adds the facts that shown judgements rest on, the known outcomes of shown plans,
    and every known rival of each of these on a point of the edition's own topics; no filter keeps
    it out. It ends there: what is contested on a point of another topic, or a rival that is
    contested on another point as well, is shown as contested, or one topic would drag in the next.
    Several topics take turns, each in the base's order: the first of each, then the second; but
    for contested points, which stand in the base's order, those of detail last, as a brief numbers
    them, and tells which are new.

    Args:
        base: All that the edition may hold.
        spec: What it asks for.
        since: The day since which each fact was known. It has to come with a base that was cut
            under a ceiling: a fact keeps its day where the one that it replaces is cut away.
        held: What `known_to` says of these, where others have asked before.
    """
    since = facts_known(base) if since is None else since
    held = known_to(base, spec, since) if held is None else held
    known, open_points, outcomes = held.facts, held.contests, held.outcomes
    about = {fact for topic in spec.topics for fact in held.of_topics.get(topic, ())}
    asked = {fact for fact in about if _asked_for(base.facts[fact], base, spec, known[fact])}
    judgements = _judgements(base, spec, known)
    wanted = asked.union(*(judgement.rests_on for judgement in judgements))
    wanted |= {fact for plan in wanted for fact in outcomes.get(plan, ())}
    contests = tuple(
        contest
        for contest in open_points
        if not wanted.isdisjoint(contest.positions)
        and (contest.topic in spec.topics or wanted.issuperset(contest.positions))
    )
    laid_out = {contest.id for contest in contests}
    shown = wanted.union(*(contest.positions for contest in contests))
    shown |= {fact for plan in shown for fact in outcomes.get(plan, ())}
    accounts = (
        account
        for account in base.accounts.values()
        if not set(spec.topics).isdisjoint(account.topics) and shown.issuperset(account.facts)
    )
    return Selection(
        sources=held.sources,
        facts={fact: known[fact] for fact in sorted(shown)},
        judgements=_in_turn(judgements, spec.topics, lambda each: (each.topic,)),
        contests=tuple(sorted(contests, key=lambda each: each.kind is ContestKind.DETAIL)),
        elsewhere=tuple(
            replace(contest, positions=tuple(sorted(contest.positions)))
            for contest in open_points
            if contest.id not in laid_out and not shown.isdisjoint(contest.positions)
        ),
        gaps=_in_turn(_gaps(base, spec, known, asked), spec.topics, lambda each: (each.topic,)),
        outcomes={plan: facts for plan, facts in outcomes.items() if plan in shown},
        withdrawn=tuple(
            (fact, end)
            for fact, end in held.withdrawn
            if not set(spec.topics).isdisjoint(base.facts[fact].topics)
        ),
        summaries={
            topic: summary
            for topic in spec.topics
            if (summary := _summary(base, topic, spec, shown)) is not None
            and (len(spec.topics) == 1 or spec.filters == Filters())
        },
        accounts=_in_turn(accounts, spec.topics, lambda each: each.topics),
    )


_Entry = TypeVar("_Entry")


def _in_turn(
    entries: Iterable[_Entry],
    topics: Sequence[TopicId],
    topics_of: Callable[[_Entry], Collection[TopicId]],
) -> tuple[_Entry, ...]:
    """The first entry of each topic, then the second; what is of none goes with the first topic."""
    taken: Counter[int] = Counter()
    turns: list[tuple[int, int]] = []
    whole = tuple(entries)
    for entry in whole:
        own = topics_of(entry)
        place = next((at for at, topic in enumerate(topics) if topic in own), 0)
        turns.append((taken[place], place))
        taken[place] += 1
    order = sorted(range(len(whole)), key=turns.__getitem__)
    return tuple(whole[at] for at in order)


def _known_sources(base: FactBase, spec: EditionSpec) -> dict[SourceId, date]:
    """The sources that the edition may use, with the day from which each was known."""
    return {
        source.id: day
        for source in base.sources.values()
        if (day := source_known(source)) is not None
        and day <= spec.known_by
        and not (source.retracted is not None and source.retracted.on <= spec.known_by)
    }


def may_know(base: FactBase, spec: EditionSpec, since: Mapping[FactId, date]) -> dict[FactId, date]:
    """The facts that hold on the edition's day, each with the day since which it is known.

    Args:
        base: The fact base.
        spec: The edition; facts known after its `known_by` are left out.
        since: From which day each fact is known; one that is not in it never is.
    """
    return {
        name: since[name]
        for name, fact in base.facts.items()
        if name in since
        and since[name] <= spec.known_by
        and not _is_withdrawn(fact, spec)
        and not _is_later(fact, base, spec)
    }


def _known_facts(
    base: FactBase,
    spec: EditionSpec,
    sources: Mapping[SourceId, date],
    since: Mapping[FactId, date],
) -> dict[FactId, date]:
    """The facts that the edition may tell, with the day from which each was known."""
    return {
        name: day
        for name, day in may_know(base, spec, since).items()
        if all(evidence.source in sources for evidence in base.facts[name].evidence)
    }


def _is_withdrawn(fact: Fact, spec: EditionSpec) -> bool:
    return fact.withdrawn is not None and fact.withdrawn.on <= spec.known_by


def _is_later(fact: Fact, base: FactBase, spec: EditionSpec) -> bool:
    """Whether the fact lies after the edition's day, though it was known by `known_by`.

    A fact without a date lies where the first of its sources may have been published.
    """
    if spec.known_by <= spec.as_of:
        return False
    event = (fact.date.earliest or fact.date.latest) if fact.date else None
    if event is None:
        published = [base.sources[evidence.source].published for evidence in fact.evidence]
        days = [each.earliest or each.latest for each in published]
        event = min((day for day in days if day is not None), default=None)
    return event is not None and event > spec.as_of


def _asked_for(fact: Fact, base: FactBase, spec: EditionSpec, known: date) -> bool:
    """Whether a brief on its topic is about `fact`, by filters and the parts that are wanted."""
    return (
        passes(fact, base, spec.filters) and section_of(fact.kind, known, spec.window) in spec.parts
    )


def _withdrawn(
    base: FactBase, spec: EditionSpec, since: Mapping[FactId, date]
) -> tuple[tuple[FactId, Withdrawal], ...]:
    """The facts that were known, and were taken back, by the brief's day.

    What replaces one is named only if the edition could show it.
    """
    known = {name for name in base.facts if name in since and since[name] <= spec.known_by}
    return tuple(
        (
            fact.id,
            fact.withdrawn
            if fact.withdrawn.replaced_by in known
            else replace(fact.withdrawn, replaced_by=None),
        )
        for _, fact in sorted(base.facts.items())
        if fact.withdrawn is not None and fact.id in known and _is_withdrawn(fact, spec)
    )


def _judgements(
    base: FactBase, spec: EditionSpec, known: Mapping[FactId, date]
) -> tuple[Judgement, ...]:
    """The topics' judgements that were made by then on facts known by then, in the base's order.

    One that looked ahead to a day that has passed has had its time.
    Where facts are filtered, a judgement stays if one of those that it rests on does; whether a
    section tells that one plays no part.
    """
    if Part.JUDGEMENTS not in spec.parts:
        return ()
    return tuple(
        judgement
        for judgement in base.judgements.values()
        if judgement.topic in spec.topics
        and judgement.made <= spec.known_by
        and (judgement.until is None or spec.as_of <= judgement.until)
        and all(fact in known for fact in judgement.rests_on)
        and any(passes(base.facts[fact], base, spec.filters) for fact in judgement.rests_on)
    )


def _summary(
    base: FactBase, topic: TopicId, spec: EditionSpec, shown: Collection[FactId]
) -> Summary | None:
    """The latest summary of a topic by the edition's day, if the edition shows its facts.

    An older one does not stand in for it: it was superseded.
    """
    summaries = [
        summary
        for summary in base.summaries.values()
        if summary.topic == topic and summary.made <= min(spec.as_of, spec.known_by)
    ]
    latest = max(summaries, key=lambda summary: (summary.made, summary.id), default=None)
    return latest if latest is not None and set(latest.facts) <= set(shown) else None


def _known_contests(base: FactBase, known: Mapping[FactId, date]) -> tuple[Contest, ...]:
    """Each contest with its known positions; with fewer than two there was no contest yet."""
    cut = (contest.among(known) for contest in base.contests.values())
    return tuple(contest for contest in cut if len(contest.positions) > 1)


def _known_outcomes(
    base: FactBase, known: Mapping[FactId, date]
) -> dict[FactId, tuple[FactId, ...]]:
    """Each plan whose outcome is known, with the facts that report it."""
    outcomes = grouped(
        (plan, fact) for fact in sorted(known) for plan in base.facts[fact].outcome_of
    )
    return {plan: tuple(facts) for plan, facts in outcomes.items()}


def _gaps(
    base: FactBase, spec: EditionSpec, known: Mapping[FactId, date], asked: Collection[FactId]
) -> tuple[Gap, ...]:
    """The topics' open questions on that day, in the base's order, which is the desk's.

    Filters leave out those of topics of which no fact passes. Answers still to come are cut off.
    """
    if Part.GAPS not in spec.parts:
        return ()
    topics = set(spec.topics)
    if spec.filters != Filters():
        topics &= {topic for fact in asked for topic in base.facts[fact].topics}
    return tuple(
        replace(gap, answered_by=None)
        for gap in base.gaps.values()
        if gap.topic in topics
        and gap.made <= spec.known_by
        and (gap.answered_by is None or gap.answered_by not in known)
    )
