"""An edition as a whole: its sections, its order, its summary and its fingerprint."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import desks
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.compose.edition import compose
from briefings.compose.fingerprint import Fingerprints
from briefings.compose.selection import window
from briefings.core import edtf
from briefings.core.edition import Edition
from briefings.core.model import (
    CheckedBase,
    Fact,
    FactId,
    JudgementId,
    Likelihood,
    LocalText,
    Marking,
    Period,
    SourceId,
    TopicId,
)
from briefings.core.span import Span
from briefings.core.spec import EditionSpec
from briefings.run.check import check_desk

DESK = Path(__file__).parent / "desk_harbour"
BASIN = TopicId("basin-closure")


def edition(
    checked: CheckedBase, topic: str = "basin-closure", as_of: date = date(2024, 3, 10)
) -> Edition:
    spec = EditionSpec(topic, (TopicId(topic),), as_of, as_of, window(as_of, Period.WEEK), "en")
    return compose(checked, spec)


def with_fact(checked: CheckedBase, name: str, **changes: Any) -> CheckedBase:
    facts: dict[FactId, Fact] = dict(checked.base.facts)
    facts[FactId(name)] = replace(facts[FactId(name)], **changes)
    return replace(checked, base=replace(checked.base, facts=facts))


def test_each_fact_has_its_section(harbour: CheckedBase) -> None:
    """News apart from background, comment apart from news, the future apart from all."""
    shown = edition(harbour)
    assert [each.fact.id for each in shown.developments] == [
        "nine-turned-away",
        "twelve-refused",
        "silting",
        "nine-confirmed",
    ]
    assert [each.fact.id for each in shown.commentary] == ["gift", "gazette-view"]
    assert [each.fact.id for each in shown.background] == ["berths"]
    assert [each.fact.id for each in shown.outlook] == ["closure-ordered", "hearing", "blockade"]


def test_what_was_known_before_the_period_is_background(harbour: CheckedBase) -> None:
    """The same fact is news in one week and background in the next."""
    later = edition(harbour, as_of=date(2024, 3, 12))
    assert [each.fact.id for each in later.developments] == ["nine-confirmed"]
    assert {"silting", "gazette-view", "gift"} <= {each.fact.id for each in later.background}
    assert later.commentary == ()


def test_sentences_are_named_in_reading_order(harbour: CheckedBase) -> None:
    """`s1`, `s2`, … over the four lists, each sentence once."""
    shown = edition(harbour)
    sentences = (*shown.developments, *shown.commentary, *shown.background, *shown.outlook)
    assert [each.id for each in sentences] == [f"s{turn}" for turn in range(1, len(sentences) + 1)]
    assert shown.sentence(FactId("silting")) is shown.developments[2]
    assert shown.sentence(FactId("cannery-jobs")) is None


def test_the_order_is_event_time_then_place_in_the_source(harbour: CheckedBase) -> None:
    """A fact without a date takes its turn on the day when it became known."""
    undated = edition(with_fact(harbour, "nine-turned-away", date=None))
    assert [each.fact.id for each in undated.developments] == [
        "twelve-refused",
        "nine-turned-away",
        "silting",
        "nine-confirmed",
    ]
    open_start = edition(with_fact(harbour, "silting", date=edtf.parse("../2024-03-01")))
    assert open_start.developments[0].fact.id == "silting"


def test_rivals_stand_side_by_side_and_know_their_contest(harbour: CheckedBase) -> None:
    """A contest refers to the very sentences that are told elsewhere."""
    shown = edition(harbour)
    (view,) = shown.contests
    assert view.positions == shown.developments[:2]
    assert all(each.contests == (view.contest,) for each in view.positions)


def test_attributions_say_who_speaks(harbour: CheckedBase) -> None:
    """An actor, the outlet itself, or a voice without a name."""
    shown = edition(harbour, "tarn-cannery")
    offer = shown.sentence(FactId("dredging-offer"))
    assert offer is not None
    assert [(each.anonymous, each.source.id) for each in offer.attributions] == [(True, "gazette")]
    view = edition(harbour).sentence(FactId("gazette-view"))
    assert view is not None
    assert [(each.actor, each.anonymous) for each in view.attributions] == [(None, False)]


def test_the_summary_counts_what_is_shown(harbour: CheckedBase) -> None:
    """ICD 206: how many sources, of how many origins, how graded, how old, how anonymous."""
    shown = edition(harbour, "tarn-cannery")
    assert shown.sourcing is not None
    assert shown.sourcing.sources == 2
    assert shown.sourcing.origins == 2
    assert shown.sourcing.unknown_origin == 0
    assert shown.sourcing.languages == ("en", "fr")
    assert shown.sourcing.facts == 5
    assert shown.sourcing.anonymous == 1
    assert shown.sourcing.single_origin == 5
    assert shown.sourcing.grades == {"B": 1, "C": 1}
    assert list(shown.sourcing.credibilities) == ["3", "4", "6"]
    assert (shown.sourcing.oldest.source.id, shown.sourcing.oldest.age) == ("gazette", 6)
    assert (shown.sourcing.newest.source.id, shown.sourcing.newest.age) == ("radio-quai", 4)


def test_actors_places_and_timeline_come_from_the_sentences(harbour: CheckedBase) -> None:
    """Speakers count as named; every known source's title is kept as it stands there."""
    shown = edition(harbour)
    actors = {view.actor.id: view for view in shown.actors}
    assert {"calder", "union", "wray", "authority", "cannery"} == set(actors)
    assert [title.name for title, _ in actors[shown.actors[0].actor.id].titles] == [
        "Ines Calder",
        "Inés Calder",
        None,
    ]
    assert [view.place.id for view in shown.places] == ["port-merrow", "tarn"]
    assert [entry.event.text for entry in shown.timeline] == [
        "2023",
        "2024-03-02",
        "2024-03-02",
        "2024-03-04~",
        "2024-03-04~",
        "2024-03-04",
        "2024-03-04~",
        "2024-03-06",
    ]


def test_the_marking_is_the_highest_of_what_is_shown(harbour: CheckedBase) -> None:
    """A fact, a source or the base can raise it; what is not shown can not."""
    assert edition(harbour).marking is Marking.CLEAR
    assert edition(with_fact(harbour, "silting", marking=Marking.RED)).marking is Marking.RED
    assert edition(with_fact(harbour, "cannery-jobs", marking=Marking.RED)).marking is (
        Marking.CLEAR
    )
    sources = dict(harbour.base.sources)
    sources[SourceId("notice")] = replace(sources[SourceId("notice")], marking=Marking.AMBER)
    assert edition(replace(harbour, base=replace(harbour.base, sources=sources))).marking is (
        Marking.AMBER
    )
    green = replace(harbour.base, marking=Marking.GREEN)
    assert edition(replace(harbour, base=green)).marking is Marking.GREEN


ORDERED = ("judgements", "contests", "gaps", "summaries", "accounts")
"""Where the desk says by the order what matters most."""


def shuffled(checked: CheckedBase, seed: int) -> CheckedBase:
    """The same base with every map and list in another order, but where the order is the desk's."""
    mix = random.Random(seed)

    def mixed(values: Mapping[Any, Any]) -> dict[Any, Any]:
        items = list(values.items())
        mix.shuffle(items)
        return dict(items)

    base = checked.base
    maps: dict[str, Any] = {
        field.name: value if field.name in ORDERED else mixed(value)
        for field in fields(base)
        if isinstance(value := getattr(base, field.name), Mapping)
    }
    contests = {
        name: replace(each, positions=tuple(mix.sample(each.positions, len(each.positions))))
        for name, each in maps["contests"].items()
    }
    judgements = {
        name: replace(each, rests_on=tuple(mix.sample(each.rests_on, len(each.rests_on))))
        for name, each in maps["judgements"].items()
    }
    return CheckedBase(
        replace(base, **{**maps, "contests": contests, "judgements": judgements}),
        mixed(checked.documents),
        mixed(checked.anchors),
        mixed(checked.likelihoods),
    )


@given(
    seed=st.integers(0, 2**32),
    topic=st.sampled_from(["basin-closure", "tarn-cannery"]),
    day=st.sampled_from([date(2024, 2, 20), date(2024, 3, 5), date(2024, 3, 10)]),
)
def test_the_order_of_the_base_plays_no_part(seed: int, topic: str, day: date) -> None:
    """A shuffled base composes the same edition: the same words, numbers and fingerprint."""
    one, other = (
        edition(desks.harbour(), topic, day),
        edition(shuffled(desks.harbour(), seed), topic, day),
    )
    assert one.fingerprint == other.fingerprint
    assert one == other
    assert list(one.documents) == list(other.documents)


@pytest.mark.parametrize("names", [("b", "a"), ("a", "b")])
def test_judgements_stand_in_the_order_of_the_base(
    harbour: CheckedBase, names: tuple[str, str]
) -> None:
    """The desk says which leads, whatever their ids, days and bands."""
    (only,) = edition(harbour).judgements
    older = only.judgement.made - timedelta(days=1)
    forms = {"a": replace(only.judgement, made=older), "b": only.judgement}
    bands = {"a": Likelihood.ALMOST_CERTAIN, "b": Likelihood.UNLIKELY}
    ids = [JudgementId(name) for name in names]
    judgements = {name: replace(forms[name], id=name) for name in ids}
    likelihoods = {name: bands[name] for name in ids}
    base = replace(harbour.base, judgements=judgements)
    views = edition(replace(harbour, base=base, likelihoods=likelihoods)).judgements
    assert [view.judgement.id for view in views] == ids


def test_the_fingerprint_is_of_content_not_of_places(harbour: CheckedBase, tmp_path: Path) -> None:
    """Lines that move change nothing; a word, a grade, a document or the day does."""
    moved = tmp_path / "desk"
    shutil.copytree(DESK, moved)
    facts = moved / "facts.yaml"
    facts.write_text("# moved\n\n\n" + facts.read_text(encoding="utf-8"), encoding="utf-8")
    again = check_desk(facts).checked
    assert again is not None
    first = edition(harbour)
    assert edition(again).fingerprint == first.fingerprint
    assert first.id == first.fingerprint[:12]
    sources = dict(harbour.base.sources)
    sources[SourceId("notice")] = replace(sources[SourceId("notice")], sha256="0" * 64)
    others = [
        edition(with_fact(harbour, "silting", kind="event")),
        edition(with_fact(harbour, "silting", credibility="1")),
        edition(replace(harbour, base=replace(harbour.base, sources=sources))),
        edition(harbour, as_of=date(2024, 3, 9)),
        edition(harbour, "tarn-cannery"),
    ]
    assert len({first.fingerprint, *(other.fingerprint for other in others)}) == 6


def test_later_knowledge_does_not_change_an_earlier_fingerprint(harbour: CheckedBase) -> None:
    """What a later source adds, a title or an answer, leaves the issued edition as it was."""
    day = date(2024, 3, 5)
    calder, *_ = (each for each in harbour.base.actors.values() if each.id == "calder")
    fewer = replace(calder, titles=calder.titles[:2], aliases=())
    gaps = {name: replace(gap, answered_by=None) for name, gap in harbour.base.gaps.items()}
    actors = {**harbour.base.actors, calder.id: fewer}
    facts = {name: each for name, each in harbour.base.facts.items() if name != "nine-confirmed"}
    then = replace(harbour, base=replace(harbour.base, actors=actors, gaps=gaps, facts=facts))
    assert edition(then, as_of=day).fingerprint == edition(harbour, as_of=day).fingerprint


def test_a_fingerprint_of_an_unknown_type_is_our_mistake() -> None:
    """Whatever is not spelled out would make the digest depend on how it prints."""
    with pytest.raises(TypeError, match="set"):
        Fingerprints().of({"shown": {1, 2}})


def test_a_fingerprint_is_of_canonical_json_however_long() -> None:
    """Keys in order, no white space, each part where it stands: long, short and empty ones."""
    shared = LocalText((("en", "é" * 5000), ("de", "kurz")), Span("facts.yaml", 0, 0))
    text = {"en": "é" * 5000, "de": "kurz"}
    shown: dict[str, Any] = {
        "z": ("a", "b" * 5000, (), shared, shared, None, 1, {}),
        "y": {"n": {"m": "d" * 300}},
    }
    as_json: dict[str, Any] = {"z": ["a", "b" * 5000, [], text, text, None, 1, {}], "y": shown["y"]}
    canonical = json.dumps(as_json, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert Fingerprints().of(shown) == sha256(canonical.encode()).hexdigest()
