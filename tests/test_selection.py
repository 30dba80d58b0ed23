"""What an edition may know and shows: two clocks, and a closure that never tells one side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import desks
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.compose.edition import compose
from briefings.compose.selection import first_known, select, window
from briefings.core import edtf
from briefings.core.edition import Edition
from briefings.core.knowledge import facts_known, source_known
from briefings.core.model import (
    CheckedBase,
    ContestKind,
    FactId,
    JudgementId,
    Period,
    SourceId,
    TopicId,
)
from briefings.core.spec import EditionSpec, Window

BASIN, CANNERY = TopicId("basin-closure"), TopicId("tarn-cannery")
FIRST, LAST = date(2024, 1, 20), date(2024, 4, 10)


def spec(topic: TopicId, as_of: date, period: Period = Period.WEEK) -> EditionSpec:
    return EditionSpec(topic, (topic,), as_of, as_of, window(as_of, period), "en")


def shown_facts(edition: Edition) -> Iterator[FactId]:
    for part in (edition.developments, edition.commentary, edition.background, edition.outlook):
        for sentence in part:
            yield sentence.fact.id


@pytest.mark.parametrize(
    ("as_of", "period", "since"),
    [
        (date(2025, 12, 14), Period.DAY, date(2025, 12, 14)),
        (date(2025, 12, 14), Period.WEEK, date(2025, 12, 8)),
        (date(2025, 12, 14), Period.MONTH, date(2025, 11, 15)),
        (date(2025, 3, 31), Period.MONTH, date(2025, 3, 1)),
        (date(2024, 3, 30), Period.MONTH, date(2024, 3, 1)),
        (date(2025, 1, 1), Period.MONTH, date(2024, 12, 2)),
        (date(1, 1, 3), Period.WEEK, date(1, 1, 1)),
        (date(1, 1, 3), Period.MONTH, date(1, 1, 1)),
    ],
)
def test_a_window_ends_on_its_day_and_covers_the_period(
    as_of: date, period: Period, since: date
) -> None:
    """One day, seven days, or one calendar month, both ends included."""
    assert window(as_of, period) == Window(since, as_of)


@pytest.mark.parametrize(
    ("published", "retrieved", "known"),
    [
        ("2024-02-01/2024-02-10", None, date(2024, 2, 10)),
        ("2024-02-01/2024-02-10", date(2024, 2, 5), date(2024, 2, 5)),
        ("2024-02-01/2024-02-10", date(2024, 3, 1), date(2024, 2, 10)),
        ("2024-02", None, date(2024, 2, 29)),
        ("2024-02-01/..", date(2024, 3, 1), date(2024, 3, 1)),
        ("2024-02-01/..", None, None),
    ],
)
def test_a_source_is_known_from_the_later_bound_or_its_capture(
    harbour: CheckedBase, published: str, retrieved: date | None, known: date | None
) -> None:
    """An undated document counts from the last day that it may be of, not from the first."""
    source = replace(
        harbour.base.sources[SourceId("notice")],
        published=edtf.parse(published),
        retrieved=retrieved,
    )
    assert source_known(source) == known


def test_a_fact_is_known_from_the_latest_of_its_sources(harbour: CheckedBase) -> None:
    """Its statement states what all quotes carry together, so the last one decides."""
    facts = harbour.base.facts
    gazette, radio = facts[FactId("silting")], facts[FactId("nine-confirmed")]
    both = replace(gazette, evidence=(*gazette.evidence, *radio.evidence))
    assert facts_known(harbour.base)[gazette.id] == date(2024, 3, 4)
    joined = replace(harbour.base, facts={**facts, gazette.id: both})
    assert facts_known(joined)[gazette.id] == date(2024, 3, 6)


def test_a_judgement_has_its_time(harbour: CheckedBase) -> None:
    """What looked ahead to a day is not shown on any later one."""
    judgement = next(each for each in harbour.base.judgements.values() if each.topic == BASIN)
    last = judgement.made + timedelta(days=3)
    ended = {**harbour.base.judgements, judgement.id: replace(judgement, until=last)}
    checked = replace(harbour, base=replace(harbour.base, judgements=ended))
    for day, shown in ((last, True), (last + timedelta(days=1), False)):
        edition = compose(checked, spec(BASIN, day))
        assert (judgement.id in {view.judgement.id for view in edition.judgements}) is shown


def test_nothing_of_a_later_source_reaches_an_earlier_edition(harbour: CheckedBase) -> None:
    """Neither fact, title, quote, document nor answer: the later source's name is nowhere."""
    later = compose(harbour, spec(BASIN, date(2024, 3, 6)))
    earlier = compose(harbour, spec(BASIN, date(2024, 3, 5)))
    assert "radio-quai" in repr(later)
    assert "capitaine" in repr(later)
    for trace in ("radio-quai", "capitaine", "Radio Quai", "nine-confirmed"):
        assert trace not in repr(earlier)
    assert "number-confirmed" in {gap.id for gap in earlier.gaps}
    assert "number-confirmed" not in {gap.id for gap in later.gaps}


def test_a_judgement_waits_for_its_day_and_for_its_facts(harbour: CheckedBase) -> None:
    """It is shown neither before it was made nor before all its facts were known."""
    name = JudgementId("cannery-pays")
    early = replace(harbour.base.judgements[name], made=date(2024, 3, 5))
    base = replace(harbour.base, judgements={name: early})
    shown = {
        day: [each.id for each in select(base, spec(CANNERY, date(2024, 3, day))).judgements]
        for day in (4, 5, 6)
    }
    assert shown == {4: [], 5: [], 6: [name]}


def test_a_contest_begins_when_its_second_position_is_known(harbour: CheckedBase) -> None:
    """With one position known there was no contest; with two it is shown with both."""
    facts = dict(harbour.base.facts)
    radio = facts[FactId("nine-confirmed")].evidence
    facts[FactId("twelve-refused")] = replace(facts[FactId("twelve-refused")], evidence=radio)
    base = replace(harbour.base, facts=facts)
    before = select(base, spec(BASIN, date(2024, 3, 5)))
    after = select(base, spec(BASIN, date(2024, 3, 6)))
    assert before.contests == ()
    assert "nine-turned-away" in before.facts
    assert [len(contest.positions) for contest in after.contests] == [2]


def test_a_point_of_another_topic_is_referred_to_and_not_told(harbour: CheckedBase) -> None:
    """A judgement of one topic rests on a fact of another, which is contested there."""
    edition = compose(harbour, spec(CANNERY, date(2024, 3, 10)))
    assert "twelve-refused" in set(shown_facts(edition))
    assert "nine-turned-away" not in set(shown_facts(edition))
    assert edition.contests == ()
    sentence = edition.sentence(FactId("twelve-refused"))
    assert sentence is not None
    assert [contest.id for contest in sentence.elsewhere] == ["how-many-refused"]


def test_a_plan_is_overdue_only_past_its_day_and_without_outcome(harbour: CheckedBase) -> None:
    """On its day it is still to come; a known outcome is shown with it."""

    def overdue(day: date) -> set[str]:
        outlook = compose(harbour, spec(BASIN, day)).outlook
        return {sentence.fact.id for sentence in outlook if sentence.overdue}

    assert overdue(date(2024, 3, 2)) == {"closure-ordered"}
    assert overdue(date(2024, 3, 8)) == set()
    assert overdue(date(2024, 3, 9)) == {"hearing"}
    assert overdue(date(2024, 3, 21)) == {"hearing", "blockade"}
    outlook = compose(harbour, spec(BASIN, date(2024, 3, 10))).outlook
    outcomes = {each.fact.id: [fact.id for fact in each.outcomes] for each in outlook}
    assert outcomes == {"closure-ordered": ["nine-turned-away"], "hearing": [], "blockade": []}


def test_before_anything_was_known_an_edition_is_empty(harbour: CheckedBase) -> None:
    """That is legal here; a build says so and names the first day."""
    edition = compose(harbour, spec(BASIN, date(2024, 2, 9)))
    assert not list(shown_facts(edition))
    assert edition.sourcing is None
    assert edition.newest_known is None
    assert edition.citations == ()
    assert first_known(harbour.base, [BASIN]) == date(2024, 2, 10)
    assert first_known(harbour.base, [CANNERY]) == date(2024, 3, 4)


@given(
    topic=st.sampled_from([BASIN, CANNERY]),
    day=st.integers(0, (LAST - FIRST).days),
    period=st.sampled_from(Period),
)
def test_laws_of_every_edition(topic: TopicId, day: int, period: Period) -> None:
    """On each day: nothing unknown is shown, nobody is told alone, nothing leads nowhere."""
    as_of = FIRST + timedelta(days=day)
    edition = compose(desks.harbour(), spec(topic, as_of, period))
    shown = list(shown_facts(edition))
    assert len(shown) == len(set(shown))
    known = {
        name: since for name, since in facts_known(desks.harbour().base).items() if since <= as_of
    }
    assert set(shown) <= known.keys()
    for contest in desks.harbour().base.contests.values():
        rivals = [fact for fact in contest.positions if fact in known]
        is_named = all(
            contest.id in {each.id for each in (*sentence.contests, *sentence.elsewhere)}
            for sentence in edition.sentences
            if sentence.fact.id in rivals
        )
        assert len(rivals) < 2 or is_named
        if contest.topic == topic and set(rivals) & set(shown):
            assert len(rivals) < 2 or set(rivals) <= set(shown)
    for view in edition.judgements:
        assert {sentence.fact.id for sentence in view.rests_on} == set(view.judgement.rests_on)
        assert set(view.judgement.rests_on) <= set(shown)
    assert [citation.number for citation in edition.citations] == list(
        range(1, len(edition.citations) + 1)
    )
    assert all(citation.cited_by for citation in edition.citations)
    assert {citation.source.id for citation in edition.citations} == {
        view.source.id for view in edition.sources
    }
    assert all(view.age >= 0 for view in edition.sources)


@pytest.mark.parametrize("turned", [False, True])
def test_several_topics_take_turns(turned: bool) -> None:
    """What there is room for is of each of them, in the order asked for; of each, in the desk's."""
    topics = tuple(map(TopicId, desks.WEEKLY))
    topics = topics[::-1] if turned else topics
    as_of = date(2025, 12, 14)
    days = window(as_of, Period.WEEK)
    shown = compose(desks.reference(), EditionSpec("all", topics, as_of, as_of, days, "en"))
    alone = [
        compose(desks.reference(), EditionSpec(topic, (topic,), as_of, as_of, days, "en"))
        for topic in topics
    ]
    told = [view.judgement for view in shown.judgements]
    assert [each.topic for each in told[: len(topics)]] == list(topics)
    assert [gap.topic for gap in shown.gaps[: len(topics)]] == list(topics)
    for topic, brief in zip(topics, alone, strict=True):
        own = [view.judgement.id for view in brief.judgements]
        assert [each.id for each in told if each.topic == topic] == own
    first = [view.account.topics for view in shown.accounts[: len(topics)]]
    assert all(topic in of for topic, of in zip(topics, first, strict=True))
    kinds = [view.contest.kind for view in shown.contests]
    assert kinds == sorted(kinds, key=list(ContestKind).index)
    assert set(kinds) == set(ContestKind)
