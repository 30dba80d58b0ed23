"""Cut a base down to what an edition under a ceiling may hold: nothing else can reach it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from briefings.core.marking import Markings
from briefings.core.model import Actor, CheckedBase, Fact, FactBase, FactId, Marking, SourceId
from briefings.core.spec import EditionSpec

_Id = TypeVar("_Id", bound=str)
_Entry = TypeVar("_Entry")


def below(
    checked: CheckedBase, spec: EditionSpec, known: Collection[FactId], marked: Markings
) -> CheckedBase:
    """Cut a base down to what an edition may hold, and to what does not mislead without the rest.

    Of the facts that the edition may know one goes too whose rival, or whose outcome if it is a
    plan, is above the ceiling: it would look uncontested, or open; so does a gap that such a fact
    has closed. Neither shows that there is anything more.

    Args:
        checked: The whole base.
        spec: The edition's topics and its ceiling. A topic above the ceiling leaves nothing.
        known: The facts that the edition may know.
        marked: How restricted each entry of the whole base is.

    Returns:
        The base itself where nothing in it is above the ceiling.
    """
    if marked.highest <= spec.ceiling:
        return checked
    if any(marked.topics[topic] > spec.ceiling for topic in spec.topics):
        base = replace(checked.base, facts={}, judgements={}, contests={}, gaps={})
        base = replace(base, summaries={}, accounts={})
        return replace(checked, base=base, anchors={}, likelihoods={}, documents={})
    base = _cut(checked.base, marked, spec.ceiling, known)
    return replace(
        checked,
        base=base,
        documents=_only(checked.documents, base.sources),
        anchors=_only(checked.anchors, base.facts),
        likelihoods=_only(checked.likelihoods, base.judgements),
    )


def _cut(base: FactBase, marked: Markings, ceiling: Marking, known: Collection[FactId]) -> FactBase:
    hidden = {name for name, marking in marked.facts.items() if marking > ceiling}
    gone = _with_company(base, hidden, set(known), ceiling)
    sources = _under(base.sources, marked.sources, ceiling)
    actors = _under(base.actors, marked.actors, ceiling)
    topics = _under(base.topics, marked.topics, ceiling)
    facts = {name: fact for name, fact in base.facts.items() if name not in gone}
    return replace(
        base,
        sources=sources,
        actors={name: _actor(actor, actors, sources) for name, actor in actors.items()},
        places=_under(base.places, marked.places, ceiling),
        topics=topics,
        facts={name: _fact(fact, facts, topics) for name, fact in facts.items()},
        judgements={
            name: judgement
            for name, judgement in _under(base.judgements, marked.judgements, ceiling).items()
            if gone.isdisjoint(judgement.rests_on)
        },
        contests={
            name: contest.among(facts)
            for name, contest in base.contests.items()
            if max(contest.marking, marked.topics[contest.topic]) <= ceiling
        },
        gaps={
            name: replace(gap, answered_by=gap.answered_by if gap.answered_by in facts else None)
            for name, gap in _under(base.gaps, marked.gaps, ceiling).items()
            if gap.answered_by not in gone.intersection(known)
        },
        summaries={
            name: summary
            for name, summary in _under(base.summaries, marked.summaries, ceiling).items()
            if gone.isdisjoint(summary.facts)
        },
        accounts={
            name: replace(account, topics=tuple(it for it in account.topics if it in topics))
            for name, account in _under(base.accounts, marked.accounts, ceiling).items()
            if gone.isdisjoint(account.facts)
        },
        briefs={},
    )


def _with_company(
    base: FactBase, hidden: set[FactId], known: set[FactId], ceiling: Marking
) -> set[FactId]:
    """The hidden facts, and all known ones that would mislead without one that goes."""
    rivals: defaultdict[FactId, set[FactId]] = defaultdict(set)
    leaving = list(hidden)
    for contest in base.contests.values():
        positions = known.intersection(contest.positions)
        if len(positions) < 2:
            continue
        if max(contest.marking, base.topics[contest.topic].marking) > ceiling:
            leaving += positions
            continue
        first, *others = positions
        for position in others:
            rivals[first].add(position)
            rivals[position].add(first)
    gone: set[FactId] = set()
    while leaving:
        fact = leaving.pop()
        if fact in gone:
            continue
        gone.add(fact)
        if fact in known:
            leaving += rivals[fact]
            leaving += known.intersection(base.facts[fact].outcome_of)
    return gone


def _actor(actor: Actor, actors: Collection[str], sources: Collection[SourceId]) -> Actor:
    """The actor with the titles of open sources; its note speaks of all of them."""
    titles = tuple(title for title in actor.titles if title.source in sources)
    return replace(
        actor,
        of=actor.of if actor.of in actors else None,
        titles=titles,
        note=actor.note if len(titles) == len(actor.titles) else None,
    )


def _fact(fact: Fact, facts: Collection[FactId], topics: Collection[str]) -> Fact:
    end = fact.withdrawn
    if end is not None and end.replaced_by not in facts:
        end = replace(end, replaced_by=None)
    return replace(
        fact,
        topics=tuple(topic for topic in fact.topics if topic in topics),
        outcome_of=tuple(plan for plan in fact.outcome_of if plan in facts),
        withdrawn=end,
    )


def _under(
    entries: Mapping[_Id, _Entry], marked: Mapping[_Id, Marking], ceiling: Marking
) -> dict[_Id, _Entry]:
    return {name: entry for name, entry in entries.items() if marked[name] <= ceiling}


def _only(entries: Mapping[_Id, _Entry], names: Collection[_Id]) -> dict[_Id, _Entry]:
    return {name: entry for name, entry in entries.items() if name in names}
