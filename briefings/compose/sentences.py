"""Give each told fact its sentence: quotes, speakers, contested points, what became of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from briefings.compose.citations import Quote, numbers_of
from briefings.compose.sections import Sections
from briefings.compose.selection import Selection
from briefings.core.edition import Attribution, Sentence
from briefings.core.groups import grouped
from briefings.core.knowledge import day_to_come
from briefings.core.model import (
    Actor,
    ActorId,
    ActorKind,
    CheckedBase,
    Contest,
    Evidence,
    Fact,
    FactId,
    Voice,
)


def sentences(
    checked: CheckedBase,
    selection: Selection,
    sections: Sections,
    *,
    numbers: Mapping[Quote, int],
    actors: Mapping[ActorId, Actor],
    until: date,
) -> dict[FactId, Sentence]:
    """The sentence of each told fact, in reading order.

    Args:
        checked: The base that the edition may show.
        selection: What it shows, and since when each of it was known.
        sections: The order of its facts.
        numbers: The number of each quote.
        actors: Everyone whom a told fact names, as known by then.
        until: A plan that was due before this day is past.
    """
    facts = checked.base.facts
    turns = {name: turn for turn, name in enumerate(sections.facts, start=1)}
    contests = _by_position(sections.contests)
    accounts = grouped((fact, each.id) for each in selection.accounts for fact in each.facts)
    elsewhere = _by_position(selection.elsewhere)
    in_order: dict[FactId, Sentence] = {}
    for name, turn in turns.items():
        fact = facts[name]
        outcomes = sorted(
            turns.keys() & set(selection.outcomes.get(name, ())), key=turns.__getitem__
        )
        known = selection.facts[name]
        day = day_to_come(fact, known)
        due = day.latest if day is not None else None
        in_order[name] = Sentence(
            id=f"s{turn}",
            fact=fact,
            known=known,
            citations=numbers_of(checked.anchors[name], numbers),
            attributions=_attributions(checked, actors, fact),
            contests=tuple(contests.get(name, ())),
            elsewhere=tuple(elsewhere.get(name, ())),
            outcomes=tuple(facts[outcome] for outcome in outcomes),
            overdue=due is not None and due < until and not outcomes,
            derived=checked.derivations.get(name, ()),
            accounts=tuple(accounts.get(name, ())),
            figure=checked.figures.get(name),
        )
    return in_order


def _by_position(contests: Iterable[Contest]) -> dict[FactId, list[Contest]]:
    """The contested points that each fact is part of, in their order."""
    return grouped(
        (fact, contest) for contest in contests for fact in dict.fromkeys(contest.positions)
    )


def _attributions(
    checked: CheckedBase, actors: Mapping[ActorId, Actor], fact: Fact
) -> tuple[Attribution, ...]:
    """Who carries the fact, in the order of its evidence, each once."""
    voices: dict[object, Evidence] = {}
    for evidence in fact.evidence:
        voices.setdefault((evidence.by, evidence.via, evidence.source), evidence)
    return tuple(_attribution(checked, actors, evidence) for evidence in voices.values())


def _attribution(
    checked: CheckedBase, actors: Mapping[ActorId, Actor], evidence: Evidence
) -> Attribution:
    speaker = None if isinstance(evidence.by, Voice) else actors[evidence.by]
    unnamed = speaker.kind is ActorKind.ANONYMOUS if speaker else evidence.by is Voice.ANONYMOUS
    return Attribution(
        actor=speaker,
        anonymous=unnamed,
        via=actors[evidence.via] if evidence.via else None,
        source=checked.base.sources[evidence.source],
    )
