"""The verdict on a fact while it is being written: that of the whole check, for a moment's work."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from breadth import examples
from command import begin_desk
from hypothesis import given, settings
from hypothesis import strategies as st
from little_desk import LittleDesk

from briefings.authoring.candidate import Alike, FactVerdict, Neighbourhood, neighbourhood, verdict
from briefings.authoring.draft import commit, open_desk
from briefings.authoring.proposal import DocumentRange, Wanted, propose
from briefings.core.diagnostics import Refused
from briefings.core.model import SourceId
from briefings.edit.document_sentences import sentences
from briefings.run.add import sentence

HARBOUR = Path(__file__).parent / "desk_harbour" / "facts.yaml"
SAID = (
    "The Port Authority counted 64 berths in the inner basin at the end of 2023.",
    "The Port Authority counted 65 berths in the inner basin.",
    "Nobody has ever been to the harbour on 3 May.",
    "The harbour\u200b holds a character that does not show.",
    "Sixty-four berths were not counted by the union, which may close them in 2024.",
    ": {not: yaml",
)


@cache
def harbour() -> Neighbourhood:
    return neighbourhood(open_desk(HARBOUR))


@settings(max_examples=examples(20))
@given(
    at=st.integers(0, 30),
    statement=st.sampled_from(SAID),
    by=st.sampled_from(["", "outlet", "anonymous", "nobody", "union"]),
    kind=st.sampled_from(["", "plan", "nonsense"]),
    name=st.sampled_from(["", "berths", "a-new-one", "not an id"]),
    date=st.sampled_from(["", "2024-02-30", "2023-12"]),
)
def test_the_verdict_is_that_of_the_whole_check(  # noqa: PLR0917 # Hypothesis names them
    at: int, statement: str, by: str, kind: str, name: str, date: str
) -> None:
    """What the check would add to its report if the fact was in the base, no more and no less."""
    around = harbour()
    places = [
        DocumentRange(source, start, end)
        for source, document in around.desk.loaded.documents.items()
        for start, end in sentences(document)
    ]
    passage = places[at % len(places)]
    passage = sentence(around.desk, passage.source, _number(around, passage))
    topic = next(iter(around.desk.base.topics))
    wanted = Wanted(
        statement={"en": statement}, by=by, kind=kind, id=name, date=date, topics=(topic,)
    )
    proposal = propose(around.desk, passage, wanted)
    result = verdict(around, passage, wanted)
    assert result.entry == proposal.fields
    assert result.lines == proposal.lines
    added = sorted((each.code, each.message) for each in proposal.draft.added)
    if name == "berths":  # the check reads no further than that the id is taken
        assert set(added) <= set(_words(result))
    else:
        assert _words(result) == added


def _number(around: Neighbourhood, passage: DocumentRange) -> int:
    ranges = sentences(around.desk.loaded.documents[passage.source])
    return ranges.index((passage.start, passage.end)) + 1


def _words(result: FactVerdict) -> list[tuple[str, str]]:
    return sorted((each.code, each.message) for each in result.diagnostics)


def test_what_a_file_says_once_holds_for_a_fact_that_is_being_written(tmp_path: Path) -> None:
    """The defaults of the file that it would be written into."""
    little = LittleDesk(tmp_path).document("a", "The mill made 40 tons. The mill is closed.")
    little.check(
        "defaults: {credibility: 7}\nfacts:\n  - id: f\n    kind: event\n    topics: [t]\n"
        "    statement: The mill made 40 tons.\n    credibility: 2\n"
        "    evidence: [{source: a, quote: The mill made 40 tons}]\n"
    )
    desk = open_desk(tmp_path / "facts.yaml")
    passage = sentence(desk, SourceId("a"), 2)
    wanted = Wanted(statement={"en": "The mill is closed."})
    proposal = propose(desk, passage, wanted)
    result = verdict(neighbourhood(desk), passage, wanted)
    assert _words(result) == sorted((each.code, each.message) for each in proposal.draft.added)
    assert "bad-value" in {each.code for each in result.diagnostics}


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """The base of a new desk."""
    begin_desk(tmp_path)
    return tmp_path / "facts.yaml"


def alike(base: Path, number: int, statement: str) -> list[tuple[str, str]]:
    around = neighbourhood(open_desk(base))
    passage = sentence(around.desk, SourceId("courier"), number)
    result = verdict(around, passage, Wanted(statement={"en": statement}))
    return [(each.fact, each.why) for each in result.alike]


def test_facts_that_are_like_it_are_named(new: Path) -> None:
    """Those that cite the same words first, then those that say nearly the same, or otherwise."""
    closes = "The clinic of Brackwater will close its night ward on 1 April, Hanne Okoro said."
    assert alike(new, 3, closes) == [("night-ward-closes", "passage")]
    assert alike(new, 5, closes) == [("night-ward-closes", "words")]
    later = closes.replace("1 April", "9 May")
    assert alike(new, 5, later) == [("night-ward-closes", "rival")]
    assert alike(new, 5, "The ward took in 1,140 patients last year.") == []


def test_a_side_of_a_contested_point_is_a_rival(tmp_path: Path) -> None:
    """Though it says nearly the same: the desk knows that another document says otherwise."""
    text = "The mill made plenty of flour. The mill made hardly any flour. The mill made flour."
    little = LittleDesk(tmp_path).document("a", text)
    fact = (
        "  - id: {0}\n    kind: event\n    topics: [t]\n    statement: The mill made {1} flour.\n"
        "    evidence: [{{source: a, quote: The mill made {1} flour}}]\n"
    )
    little.check(
        "facts:\n"
        + fact.format("much", "plenty of")
        + fact.format("little", "hardly any")
        + "contested:\n  - {id: how-much, topic: t, question: How much?,"
        " positions: {much: plenty, little: hardly any}}\n"
    )
    around = neighbourhood(open_desk(tmp_path / "facts.yaml"))
    passage = sentence(around.desk, SourceId("a"), 3)
    result = verdict(around, passage, Wanted(statement={"en": "The mill made plenty flour."}))
    assert [each.why for each in result.alike] == ["rival", "rival"]
    assert isinstance(result.alike[0], Alike)


def test_a_desk_that_a_fact_was_written_into_need_not_be_read_again(new: Path) -> None:
    """It is the same as one that is read from the file."""
    desk = open_desk(new)
    passage = sentence(desk, SourceId("courier"), 5)
    wanted = Wanted(statement={"en": "The ward took in 1,140 patients last year."})
    proposal = propose(desk, passage, wanted)
    warm, cold = commit(proposal.draft), open_desk(new)
    assert warm.base == cold.base
    assert warm.loaded.reads == cold.loaded.reads
    before = neighbourhood(desk)
    after = neighbourhood(warm, before)
    assert after.trees == neighbourhood(cold).trees
    assert neighbourhood(desk, before).trees["facts.yaml"] is before.trees["facts.yaml"]


def test_without_a_topic_to_go_by_it_is_asked_for(tmp_path: Path) -> None:
    """As `add` asks."""
    head = "format: 1\ntitle: Desk\nlanguages: [en]\ntopics: {s: {title: S}, t: {title: T}}\n"
    little = LittleDesk(tmp_path).document("a", "The mill is closed. The mill made flour.")
    little.check("", head)
    desk = open_desk(tmp_path / "facts.yaml")
    passage = sentence(desk, SourceId("a"), 1)
    with pytest.raises(Refused, match="no fact rests on `a` yet"):
        verdict(neighbourhood(desk), passage, Wanted(statement={"en": "The mill is closed."}))
