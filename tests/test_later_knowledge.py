"""Later knowledge: whatever a desk learns tomorrow, today's edition stays as it is."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from breadth import examples
from desks import editions, harbour, reference
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.compose.edition import compose
from briefings.compose.selection import window
from briefings.core.edtf import Moment, Precision
from briefings.core.knowledge import facts_known, source_known
from briefings.core.model import (
    Anchor,
    CheckedBase,
    ContestId,
    Designation,
    Document,
    FactId,
    FactKind,
    GapId,
    JudgementId,
    LocalText,
    Outcome,
    Passage,
    Period,
    Retraction,
    SourceId,
    TopicId,
    Withdrawal,
)
from briefings.core.spec import EditionSpec

LATER, EARLY = JudgementId("later"), JudgementId("early")
LATER_POINT, LATER_GAP = ContestId("later"), GapId("later")
FIRST, SPAN = date(2024, 1, 20), 80
LATER_TEXT = "A word that nobody had said before was said by Wray at the Customs House."


def with_later(base: CheckedBase, day: date, after: int, kinds: list[FactKind]) -> CheckedBase:
    """`base` with a document of a day after `day`, and all that a desk may make of it."""
    first = day + timedelta(days=after)
    moment = Moment(first, first, Precision.DAY)
    model = next(iter(base.base.sources.values()))
    name = SourceId("later")
    published = replace(model.published, text=first.isoformat(), start=moment, end=moment)
    source = replace(
        model,
        id=name,
        file="later.txt",
        sha256=hashlib.sha256(LATER_TEXT.encode()).hexdigest(),
        title="Later words",
        publisher=LocalText((("en", "Later"),), model.span),
        origin="later",
        published=published,
        retrieved=None,
    )
    topics = tuple(base.base.topics)
    old = next(iter(base.base.facts.values()))
    anchor = Anchor(name, (Passage(0, 6, 1, 1),), Outcome.EXACT)
    facts = {
        FactId(f"later-{kind}"): replace(
            old,
            id=FactId(f"later-{kind}"),
            kind=kind,
            topics=topics,
            date=None,
            due=None,
            actors=tuple(base.base.actors)[:2],
            places=tuple(base.base.places),
            outcome_of=tuple(
                each.id for each in base.base.facts.values() if each.kind is FactKind.PLAN
            ),
            evidence=(replace(old.evidence[0], source=name, quote="A word"),),
        )
        for kind in kinds
    }
    rivals = (*facts, *list(base.base.facts)[:1])
    contest = next(iter(base.base.contests.values()))
    judgement = next(iter(base.base.judgements.values()))
    gap = next(iter(base.base.gaps.values()))
    title = next(title for actor in base.base.actors.values() for title in actor.titles)
    taken_back = replace(
        old,
        withdrawn=Withdrawal(
            on=first, why=old.statement, replaced_by=next(iter(facts), None), span=old.span
        ),
    )
    retracted = replace(model, retracted=Retraction(on=first, why=old.statement, span=model.span))
    changed = replace(
        base.base,
        sources={name: source, **base.base.sources, model.id: retracted},
        facts={**facts, **base.base.facts, old.id: taken_back},
        actors={
            key: replace(actor, titles=(later_title(title), *actor.titles), note=None)
            if actor.note is None
            else actor
            for key, actor in base.base.actors.items()
        },
        contests={
            **base.base.contests,
            contest.id: replace(contest, positions=(*contest.positions, *facts)),
            **({LATER_POINT: replace(contest, id=LATER_POINT, positions=rivals)} if facts else {}),
        },
        judgements={
            **base.base.judgements,
            LATER: replace(judgement, id=LATER, made=first),
            **({EARLY: replace(judgement, id=EARLY, made=FIRST, rests_on=rivals)} if facts else {}),
        },
        gaps={**base.base.gaps, LATER_GAP: replace(gap, id=LATER_GAP, made=first)},
    )
    return CheckedBase(
        changed,
        {**base.documents, name: Document(name, "later.txt", LATER_TEXT, ((0, len(LATER_TEXT)),))},
        {**base.anchors, **dict.fromkeys(facts, (anchor,))},
        {
            **base.likelihoods,
            LATER: base.likelihoods[judgement.id],
            EARLY: base.likelihoods[judgement.id],
        },
    )


def later_title(title: Designation) -> Designation:
    return replace(title, source=SourceId("later"), name="Later Name", title=None)


@settings(deadline=None, max_examples=examples(25))
@given(
    step=st.integers(0, SPAN),
    after=st.integers(1, 400),
    kinds=st.lists(st.sampled_from(FactKind), max_size=4, unique=True),
    topic=st.sampled_from(["basin-closure", "tarn-cannery"]),
    event=st.integers(0, 20),
)
def test_what_is_known_later_changes_no_earlier_edition(
    step: int, after: int, kinds: list[FactKind], topic: str, event: int
) -> None:
    """To its fingerprint: neither a source, fact, title, rival, judgement nor gap of later."""
    day = FIRST + timedelta(days=step)
    as_of = day - timedelta(days=event)
    spec = EditionSpec(topic, (TopicId(topic),), as_of, day, window(as_of, Period.WEEK), "en")
    plain = compose(harbour(), spec)
    later = compose(with_later(harbour(), day, after, kinds), spec)
    assert later == plain
    assert later.fingerprint == plain.fingerprint


@pytest.mark.parametrize("day", [date(2024, 3, 1), date(2025, 12, 8)])
def test_the_reference_desk_without_its_later_documents(day: date) -> None:
    """The edition is the same, to its fingerprint, as if the later ones had never been added."""
    base = reference()
    known = {fact for fact, since in facts_known(base.base).items() if since <= day}
    sources = {
        name: source
        for name, source in base.base.sources.items()
        if (since := source_known(source)) is not None and since <= day
    }
    facts = {name: fact for name, fact in base.base.facts.items() if name in known}
    assert len(facts) < len(base.base.facts)
    cut = replace(
        base,
        base=replace(
            base.base,
            sources=sources,
            facts=facts,
            actors={
                name: replace(
                    actor, titles=tuple(each for each in actor.titles if each.source in sources)
                )
                if all(each.source in sources for each in actor.titles)
                else replace(
                    actor,
                    titles=tuple(each for each in actor.titles if each.source in sources),
                    note=None,
                )
                for name, actor in base.base.actors.items()
            },
            judgements={
                name: each
                for name, each in base.base.judgements.items()
                if known.issuperset(each.rests_on)
            },
            contests={
                name: replace(
                    each,
                    positions=tuple(fact for fact in each.positions if fact in known),
                    note=each.note if known.issuperset(each.positions) else None,
                )
                for name, each in base.base.contests.items()
            },
            summaries={
                name: each
                for name, each in base.base.summaries.items()
                if known.issuperset(each.facts)
            },
            accounts={
                name: each
                for name, each in base.base.accounts.items()
                if known.issuperset(each.facts)
            },
            gaps={
                name: replace(
                    each, answered_by=each.answered_by if each.answered_by in known else None
                )
                for name, each in base.base.gaps.items()
            },
        ),
    )
    for edition in editions(day):
        again = compose(cut, edition.spec)
        assert again.id == edition.id
        assert again == edition
