"""What an edition said, kept: written and read back, checked, and held against another one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.core.canonical import ChecksumMismatch, NotASnapshot, with_checksum
from briefings.core.carried import Carried, from_json, to_json
from briefings.core.difference import ChangeKind, Subject, diff
from briefings.core.edtf import parse
from briefings.core.model import (
    AccountId,
    Confidence,
    Credibility,
    FactId,
    FactKind,
    JudgementId,
    Likelihood,
    Marking,
    Part,
    Reliability,
    SourceId,
    SummaryId,
)
from briefings.core.snapshot import (
    AcceptedState,
    AccountState,
    ClaimState,
    FactState,
    Graded,
    JudgementState,
    Quoted,
    Snapshot,
    SummaryState,
    WithdrawnState,
)

F, G, H = FactId("f"), FactId("g"), FactId("h")
GAZETTE = SourceId("gazette")
FACT = FactState(
    id=F,
    section=Part.DEVELOPMENTS,
    kind=FactKind.CLAIM,
    statement="It rained <b>on</b> Tarn & سال.",
    date=parse("2024-03-02~"),
    due=None,
    credibility=Credibility.POSSIBLY_TRUE,
    grades=(Graded(GAZETTE, Reliability.B),),
    quotes=(Quoted(GAZETTE, "it rained"),),
    contests=(),
    outcomes=(),
    overdue=False,
)
JUDGEMENT = JudgementState(
    JudgementId("j"), "It is likely.", Likelihood.LIKELY, Confidence.LOW, "One source.", (F,)
)
WITHDRAWN = WithdrawnState(FactId("gone"), date(2024, 3, 5), "It was wrong.", None)
SAID = Snapshot(
    format=1,
    brief="rain",
    title="Rain",
    language="en",
    marking=Marking.CLEAR,
    as_of=date(2024, 3, 10),
    known_by=date(2024, 3, 10),
    since=date(2024, 3, 4),
    until=date(2024, 3, 10),
    edition="000000000000",
    fingerprint="0" * 64,
    facts=(FACT,),
    judgements=(JUDGEMENT,),
    withdrawn=(WITHDRAWN,),
    accepted=(AcceptedState("facts", "f", None, "lost-hedge", "It was confirmed."),),
    summary=SummaryState(SummaryId("week"), "Rain on Tarn", (ClaimState("It rained.", (F,)),)),
    accounts=(
        AccountState(
            AccountId("wet"), (ClaimState("It rained;", (F,)), ClaimState(" no one knows why.", ()))
        ),
    ),
)


words = st.text(max_size=8)
ids = st.sampled_from(["a", "b", "c", "d", "e"])
few_ids = st.lists(ids, max_size=2, unique=True).map(tuple)
days = st.dates()
edtf_dates = st.sampled_from(["2024-03-02~", "2024", "2024-03/..", "20XX"]).map(parse)
facts = st.builds(
    FactState,
    id=ids,
    section=st.sampled_from(Part),
    kind=st.sampled_from(FactKind),
    statement=words,
    date=st.none() | edtf_dates,
    due=st.none() | edtf_dates,
    credibility=st.sampled_from(Credibility),
    grades=st.lists(st.builds(Graded, ids, st.sampled_from(Reliability)), max_size=2).map(tuple),
    quotes=st.lists(st.builds(Quoted, ids, words), max_size=2).map(tuple),
    contests=few_ids,
    outcomes=few_ids,
    overdue=st.booleans(),
)
judgements = st.builds(
    JudgementState,
    ids,
    words,
    st.sampled_from(Likelihood),
    st.sampled_from(Confidence),
    words,
    few_ids,
)
withdrawals = st.builds(WithdrawnState, ids, days, words, st.none() | ids)
editions = st.builds(
    replace,
    st.just(SAID),
    title=words,
    marking=st.sampled_from(Marking),
    as_of=days,
    facts=st.lists(facts, max_size=4, unique_by=lambda one: one.id).map(tuple),
    judgements=st.lists(judgements, max_size=2, unique_by=lambda one: one.id).map(tuple),
    withdrawn=st.lists(withdrawals, max_size=3, unique_by=lambda one: one.id).map(tuple),
)


@given(editions)
def test_a_snapshot_reads_back_as_it_was(said: Snapshot) -> None:
    """Whatever its words are, and with the same text when it is written again."""
    text = to_json(Carried(said, None))
    assert from_json(text) == Carried(said, None)
    assert to_json(from_json(text)) == text


@given(editions)
def test_an_edition_differs_in_nothing_from_itself(said: Snapshot) -> None:
    """Chains of withdrawals and odd ids included."""
    assert diff(said, said) == ()
    assert diff(said, from_json(to_json(Carried(said, None))).snapshot) == ()


@given(editions, editions)
def test_every_fact_that_comes_or_goes_is_told(before: Snapshot, after: Snapshot) -> None:
    """None is new and gone at once; what replaces another is told with that one."""
    of_facts = [each for each in diff(before, after) if each.subject is Subject.FACT]
    earlier, later = ({each.id for each in each.facts} for each in (before, after))
    gone = (ChangeKind.WITHDRAWN, ChangeKind.NO_LONGER_SHOWN)
    assert {each.id for each in of_facts if each.kind in gone} == earlier - later
    new = {each.id for each in of_facts if each.kind is ChangeKind.NEW}
    instead = {each.replaced_by for each in of_facts if each.replaced_by}
    withdrawn = {each.id for each in after.withdrawn} & earlier
    assert new <= later - earlier
    assert (later - earlier) - new <= instead or withdrawn
    kinds = [(each.subject, list(ChangeKind).index(each.kind)) for each in of_facts]
    assert kinds == sorted(kinds, key=lambda one: one[1])


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every scalar in a value of JSON."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from leaves(inner, (*path, key))
    else:
        yield path


TEXT = to_json(Carried(SAID, None))
WHOLE = json.loads(TEXT)
UNCHECKED = {key: value for key, value in WHOLE.items() if key != "seal"}
FACT_OBJECT = UNCHECKED["facts"][0]


@pytest.mark.parametrize("path", list(leaves(WHOLE)), ids=lambda path: ".".join(map(str, path)))
def test_a_change_of_any_value_is_noticed(path: tuple[Any, ...]) -> None:
    """Not one is outside the checksum."""
    changed = json.loads(TEXT)
    at = changed
    for key in path[:-1]:
        at = at[key]
    old = at[path[-1]]
    at[path[-1]] = not old if isinstance(old, bool) else "x" if old is None else f"{old}x"
    with pytest.raises(NotASnapshot):
        from_json(json.dumps(changed))


@pytest.mark.parametrize("name", [each.name for each in fields(Snapshot)])
def test_a_value_that_is_taken_out_or_said_twice_is_noticed(name: str) -> None:
    """JSON would let the second of two values win."""
    changed = dict(WHOLE)
    del changed[name]
    with pytest.raises(NotASnapshot):
        from_json(json.dumps(changed))
    twice = TEXT.replace(f'\n "{name}":', f'\n "{name}": null,\n "{name}":')
    with pytest.raises(ChecksumMismatch):
        from_json(twice)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"format": 1}',
        "[" * 100_000,
        '{"format": 1, "seal": ' + "[" * 500 + "]" * 500 + "}",
        '{"format": ' + "9" * 5_000 + "}",
        with_checksum({"format": 1}),
        with_checksum({"format": 1, "facts": [[[]]]}),
        *(
            with_checksum({**UNCHECKED, name: value})
            for name, value in [
                ("as_of", "2024-02-30"),
                ("as_of", "20240301"),
                ("as_of", 20240301),
                ("marking", "TLP:PINK"),
                ("marking", 0),
                ("title", 3),
                ("language", "../en"),
                ("format", True),
                ("facts", [{**FACT_OBJECT, "kind": "rumour"}]),
                ("facts", [{**FACT_OBJECT, "date": "last week"}]),
                ("facts", [{**FACT_OBJECT, "overdue": 0}]),
                ("facts", [{**FACT_OBJECT, "extra": 0}]),
                ("facts", {}),
            ]
        ),
    ],
    ids=range(23),
)
def test_what_is_no_snapshot_is_said_to_be_none(text: str) -> None:
    """Whatever it is, and with a fitting checksum too."""
    with pytest.raises(NotASnapshot):
        from_json(text)


CHANGES: list[tuple[ChangeKind, dict[str, Any], tuple[str, ...]]] = [
    (ChangeKind.REVISED, {"statement": "It poured."}, ("statement",)),
    (ChangeKind.REVISED, {"date": parse("2024-03-03"), "kind": FactKind.EVENT}, ("kind", "date")),
    (ChangeKind.REVISED, {"quotes": (Quoted(SourceId("wire"), "it poured"),)}, ("quotes",)),
    (ChangeKind.REGRADED, {"credibility": Credibility.PROBABLY_TRUE}, ("credibility",)),
    (ChangeKind.REGRADED, {"grades": (Graded(GAZETTE, Reliability.C),)}, ("grades",)),
    (ChangeKind.NEWLY_CONTESTED, {"contests": ("how-much",)}, ()),
    (ChangeKind.OUTCOME_KNOWN, {"outcomes": ("it-stopped",)}, ()),
    (ChangeKind.EXPIRED, {"overdue": True}, ()),
]


@pytest.mark.parametrize(("kind", "new", "what"), CHANGES)
def test_each_way_in_which_a_fact_may_change(
    kind: ChangeKind, new: dict[str, Any], what: tuple[str, ...]
) -> None:
    """One change, which names the fields that differ."""
    (change,) = diff(SAID, replace(SAID, facts=(replace(FACT, **new),)))
    assert (change.kind, change.id) == (kind, "f")
    assert tuple(each.field for each in change.differences) == what


def test_a_section_alone_is_no_change() -> None:
    """The development of one week is the background of the next."""
    assert diff(SAID, replace(SAID, facts=(replace(FACT, section=Part.BACKGROUND),))) == ()


def test_the_order_of_a_list_is_no_change() -> None:
    """A judgement's facts are told in another order when one of them is no news any more."""
    one, other = (F, G), (G, F)
    quotes = (Quoted(GAZETTE, "it rained"), Quoted(SourceId("radio"), "it poured"))
    before = replace(
        SAID, facts=(replace(FACT, quotes=quotes),), judgements=(replace(JUDGEMENT, rests_on=one),)
    )
    after = replace(
        SAID,
        facts=(replace(FACT, quotes=quotes[::-1]),),
        judgements=(replace(JUDGEMENT, rests_on=other),),
    )
    assert diff(before, after) == ()


def test_facts_and_judgements_come_and_go() -> None:
    """With the words of the edition that has them."""
    empty = replace(SAID, facts=(), judgements=())
    assert [(each.kind, each.subject, each.text) for each in diff(empty, SAID)] == [
        (ChangeKind.NEW, Subject.JUDGEMENT, JUDGEMENT.statement),
        (ChangeKind.NEW, Subject.FACT, FACT.statement),
    ]
    assert [each.kind for each in diff(SAID, empty)] == [ChangeKind.NO_LONGER_SHOWN] * 2
    likelier = replace(JUDGEMENT, likelihood=Likelihood.VERY_LIKELY, statement="It is very likely.")
    (change,) = diff(SAID, replace(SAID, judgements=(likelier,)))
    assert change.kind is ChangeKind.REVISED
    assert [each.field for each in change.differences] == ["statement", "likelihood"]


def test_a_withdrawal_says_why_and_what_holds_now() -> None:
    """Also where the replacement was itself replaced in between; none of these is new."""
    second, third = replace(FACT, id=G), replace(FACT, id=H)
    ends = (
        WithdrawnState(F, date(2024, 3, 11), "Misread.", G),
        WithdrawnState(G, date(2024, 3, 12), "Misread again.", H),
    )
    (change,) = diff(SAID, replace(SAID, facts=(third,), withdrawn=ends))
    assert (change.kind, change.id) == (ChangeKind.WITHDRAWN, "f")
    assert (change.why, change.on, change.replaced_by) == ("Misread.", date(2024, 3, 11), H)
    (change,) = diff(SAID, replace(SAID, facts=(second,), withdrawn=ends[:1]))
    assert change.replaced_by == "g"
