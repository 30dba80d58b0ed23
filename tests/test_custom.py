"""Briefs by flags: what is in them, and how they are named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest
from command import build, desk, manifest, page
from desks import WEEKLY, reference
from hypothesis import given
from hypothesis import strategies as st

from briefings.cli.build import COMMANDS
from briefings.compose.edition import compose
from briefings.compose.filters import passes
from briefings.core import filenames
from briefings.core.edition import Edition
from briefings.core.model import (
    ActorId,
    CheckedBase,
    Credibility,
    FactKind,
    Filters,
    Part,
    PlaceId,
    Reliability,
    SourceId,
    TopicId,
)
from briefings.core.spec import EditionSpec
from briefings.plan.request import BriefRequest
from briefings.plan.resolve import resolve
from briefings.run.check import check_desk

__all__ = ["desk"]

ROOT = Path(__file__).parents[1]
HARBOUR = check_desk(Path(__file__).parent / "desk_harbour" / "facts.yaml").checked
BASIN = TopicId("basin-closure")
T = TypeVar("T")


def checked(base: CheckedBase | None) -> CheckedBase:
    assert base is not None
    return base


def today(_: str) -> date:
    return date(2024, 3, 20)


def shown_facts(edition: Edition) -> set[str]:
    parts = (edition.developments, edition.commentary, edition.background, edition.outlook)
    return {sentence.fact.id for part in parts for sentence in part}


def specs(base: CheckedBase, asked: BriefRequest) -> list[EditionSpec]:
    """The briefs of a request, which has to make sense."""
    return [plan.spec for plan in resolve(base.base, asked, (), today)]


@pytest.mark.parametrize(
    ("flags", "facts"),
    [
        (["--actor", "union"], {"twelve-refused", "nine-turned-away"}),
        (["--kind", "analysis"], {"gazette-view"}),
        (["--kind", "figure", "--kind", "analysis"], {"gazette-view", "berths"}),
        (["--source", "radio-quai"], {"nine-confirmed"}),
        (["--place", "tarn"], {"gift", "blockade"}),
        (["--place", "tarn", "--kind", "plan"], {"blockade"}),
        (["--min-reliability", "a"], {"berths", "closure-ordered", "hearing", "nine-turned-away"}),
        (["--kind", "statement", "--exclude", "radio-quai"], {"silting"}),
        (["--kind", "statement", "--exclude", "silting"], {"nine-confirmed"}),
    ],
)
@pytest.mark.usefixtures("desk")
def test_filters_of_one_kind_are_alternatives_and_kinds_combine(
    flags: list[str], facts: set[str]
) -> None:
    """The rival of a contested fact and the outcome of a plan come along whatever the filter."""
    done = build("--topic", "basin-closure", "--no-section", "judgements", *flags)
    assert (done.exit_code, done.stderr) == (0, "")
    (brief,) = manifest()
    passed = brief["facts"]
    assert isinstance(passed, list)
    closure = {"nine-turned-away", "twelve-refused"}
    assert set(passed) - closure == facts - closure
    assert facts <= set(passed)
    assert re.fullmatch(r"basin-closure-custom-[0-9a-f]{6}", str(brief["brief"]))


@pytest.mark.parametrize(
    ("filters", "facts"),
    [
        (Filters(min_credibility=Credibility.PROBABLY_TRUE), 25),
        (Filters(kinds=(FactKind.PLAN,), min_credibility=Credibility.POSSIBLY_TRUE), 4),
        (Filters(sources=(SourceId("htn-1312"),)), 10),
    ],
)
def test_filters_on_the_reference_desk(filters: Filters, facts: int) -> None:
    """Every fact that is told passes, or is a rival, an outcome or the ground of a judgement."""
    base = reference()
    topics = (TopicId("tehran-meeting"),)
    (spec,) = specs(base, BriefRequest(topics, filters=filters, languages=("en",)))
    edition = compose(base, spec)
    entailed = {fact for view in edition.judgements for fact in view.judgement.rests_on} | {
        fact for view in edition.contests for fact in view.contest.positions
    }
    direct = {
        fact.id
        for fact in base.base.facts.values()
        if fact.id in shown_facts(edition) and passes(fact, base.base, spec.filters)
    }
    outcomes = {outcome.id for sentence in edition.outlook for outcome in sentence.outcomes}
    assert shown_facts(edition) <= direct | entailed | outcomes
    assert len(direct) >= facts


def test_a_filter_leaves_out_questions_on_topics_of_which_nothing_is_told() -> None:
    """A brief of several topics about one person does not ask what the others leave open."""
    base = reference()
    topics = tuple(base.base.topics[TopicId(name)].id for name in WEEKLY)

    def asked(filters: Filters) -> set[TopicId]:
        request = BriefRequest(topics, merge=True, filters=filters, languages=("en",))
        (spec,) = specs(base, request)
        return {gap.topic for gap in compose(base, spec).gaps}

    assert asked(Filters()) == set(topics)
    assert asked(Filters(actors=(ActorId("atmar"),))) == {"opposition-outreach"}


FILTERS = st.builds(
    Filters,
    actors=st.lists(st.sampled_from([ActorId("calder"), ActorId("union")]), max_size=2).map(tuple),
    places=st.lists(st.sampled_from([PlaceId("tarn"), PlaceId("port-merrow")]), max_size=2).map(
        tuple
    ),
    sources=st.lists(st.sampled_from([SourceId("gazette"), SourceId("notice")]), max_size=2).map(
        tuple
    ),
    kinds=st.lists(st.sampled_from(FactKind), max_size=3).map(tuple),
    exclude=st.lists(st.sampled_from(["gift", "calder", "tarn", "radio-quai"]), max_size=2).map(
        tuple
    ),
    min_reliability=st.none() | st.sampled_from(Reliability),
    min_credibility=st.none() | st.sampled_from(Credibility),
)


NARROW: Mapping[str, Any] = {
    "actors": (ActorId("calder"),),
    "places": (PlaceId("tarn"),),
    "sources": (SourceId("gazette"),),
    "kinds": (FactKind.PLAN,),
    "exclude": ("calder",),
    "min_reliability": Reliability.A,
    "min_credibility": Credibility.CONFIRMED,
}


@pytest.mark.parametrize("name", [each.name for each in fields(Filters)])
def test_each_filter_has_its_flag_and_leaves_facts_out(name: str) -> None:
    """Whatever it asks for; a brief without it has them."""
    (command,) = [each for each in COMMANDS if each.name == "build"]
    assert name in {each.name for each in command.params}
    base = checked(HARBOUR).base
    filters = Filters(**{name: NARROW[name]})
    assert not all(passes(fact, base, filters) for fact in base.facts.values())


@given(FILTERS, FILTERS)
def test_filters_commute(one: Filters, other: Filters) -> None:
    """Applied one after the other, in either order, the same facts are left."""
    base = checked(HARBOUR).base

    def left(first: Filters, then: Filters) -> list[str]:
        kept = [fact for fact in base.facts.values() if passes(fact, base, first)]
        return [fact.id for fact in kept if passes(fact, base, then)]

    assert left(one, other) == left(other, one)


@given(FILTERS, st.randoms())
def test_the_order_of_flags_changes_nothing(filters: Filters, random: Random) -> None:
    """Neither of names nor of topics nor of sections: the same edition, to its fingerprint."""
    base = checked(HARBOUR)
    filters = replace(filters, min_reliability=None, min_credibility=None)
    asked = BriefRequest(
        (TopicId("tarn-cannery"), BASIN),
        merge=True,
        filters=filters,
        sections=(Part.MAP, Part.OUTLOOK, Part.DEVELOPMENTS, Part.BACKGROUND),
    )

    def twice(values: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(random.sample(values * 2, 2 * len(values)))

    again = replace(
        asked,
        topics=twice(asked.topics),
        sections=twice(asked.sections),
        filters=replace(
            filters,
            actors=twice(filters.actors),
            places=twice(filters.places),
            kinds=twice(filters.kinds),
            exclude=twice(filters.exclude),
        ),
    )
    straight, shuffled = specs(base, asked), specs(base, again)
    assert shuffled == straight
    assert [compose(base, each).id for each in shuffled] == [
        compose(base, each).id for each in straight
    ]


def test_what_is_asked_for_goes_before_what_is_kept() -> None:
    """Field by field, and filter by filter; sections go together."""
    kept = BriefRequest(
        (BASIN,),
        merge=True,
        filters=Filters(actors=(ActorId("calder"),), kinds=(FactKind.CLAIM,)),
        no_sections=(Part.MAP,),
        title="Kept",
    )
    assert kept.override(BriefRequest()) == kept
    assert BriefRequest().override(kept) == kept
    asked = BriefRequest(
        merge=False, filters=Filters(kinds=(FactKind.PLAN,)), sections=(Part.MAP,), template="x"
    )
    assert kept.override(asked) == BriefRequest(
        (BASIN,),
        merge=False,
        filters=Filters(actors=(ActorId("calder"),), kinds=(FactKind.PLAN,)),
        sections=(Part.MAP,),
        title="Kept",
        template="x",
    )


@pytest.mark.usefixtures("desk")
def test_topics_stay_apart_or_merge() -> None:
    """Two briefs of their own, or one with both titles that tells nothing twice."""
    both = ["--topic", "tarn-cannery", "--topic", "basin-closure"]
    assert build(*both).exit_code == 0
    assert [brief["brief"] for brief in manifest()] == ["basin-closure", "tarn-cannery"]
    assert build(*both, "--merge").exit_code == 0
    (brief,) = manifest()
    assert brief["brief"] == "basin-closure_tarn-cannery"
    facts = brief["facts"]
    assert isinstance(facts, list)
    assert len(facts) == len(set(facts)) == 12
    text = page("basin-closure_tarn-cannery.en.html")
    assert "The closure of the inner basin · The cannery on Tarn Island" in text
    straight = Path("build/manifest.json").read_bytes()
    assert build("--merge", *both[2:], *both[:2]).exit_code == 0
    assert Path("build/manifest.json").read_bytes() == straight


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--actor", "caldr"], ["no actor `caldr`", "did you mean `calder`?"]),
        (["--place", "tarm"], ["no place `tarm`", "`tarn`"]),
        (["--source", "gazete"], ["no source `gazete`", "`gazette`"]),
        (["--kind", "statment"], ["no kind `statment`", "`statement`"]),
        (["--exclude", "gifft"], ["`gifft`", "`gift`"]),
        (["--lang", "fa"], ["no language of the base `fa`", "`en`"]),
        (["--section", "timelin"], ["no section `timelin`", "`timeline`"]),
        (["--no-section", "quotes"], ["no section `quotes`", "known:"]),
        (["--min-reliability", "G"], ["no reliability `G`"]),
        (["--min-credibility", "7"], ["no credibility `7`"]),
        (["--marking", "purple"], ["no marking `TLP:PURPLE`"]),
        (["basin-brief"], ["no brief `basin-brief`", "the topic `basin-closure`?"]),
        (["weekly"], ["no brief `weekly`", "the base keeps none; ask for a topic by --topic"]),
        (["--template", "mine.html.j2"], ["no template `mine.html.j2`", "lies in the desk's"]),
        (["--template", "brief.html"], ["did you mean `brief.html.j2`?"]),
        (["--template", "other.html.j2"], ["other.html.j2"]),
        (["--template", "../facts.yaml"], ["../facts.yaml"]),
        (["--title", " "], ["title is empty"]),
        (["--title", "Calder\u202eredlaC"], ["RIGHT-TO-LEFT OVERRIDE"]),
        (["--name", "{topc}"], ["{topc}", "`topic`"]),
        (["--name", "../{topic}"], ["names no file"]),
        (["--name", "a/{topic}"], ["names no file"]),
        (["--name", ".{topic}"], ["names no file"]),
        (["--name", "{topic}..x"], ["names no file"]),
        (["--name", "{topic}\x00"], ["names no file"]),
        (["--name", "{topic"], ["names no file"]),
        (["--name", ""], ["names no file"]),
        (["--name", "index"], ["`index` is the name of another page", "desk-index"]),
        (["--name", "Index.{lang}"], ["is the name of another page"]),
        (["--name", "con"], ["`con` is the name of a device of Windows"]),
        (["--name", "x" * 200], ["longer than"]),
        (["--topic", "tarn-cannery", "--topic", "basin-closure", "--name", "x"], ["both", "`x`"]),
    ],
)
def test_what_is_not_there_or_not_safe_is_refused(
    desk: Path, flags: list[str], words: list[str]
) -> None:
    """With the nearest name that there is; nothing is written."""
    before = sorted(desk.parent.rglob("*"))
    done = build(*flags)
    assert done.exit_code == 2
    for word in words:
        assert word in done.stderr
    assert sorted(desk.parent.rglob("*")) == before


@pytest.mark.usefixtures("desk")
def test_an_empty_result_is_said_plainly() -> None:
    """How much was known, and that none of it passes; exit code 1, nothing is written."""
    done = build("--topic", "basin-closure", "--kind", "figure", "--source", "radio-quai")
    assert done.exit_code == 1
    assert "of the 10 facts that are known about `basin-closure`" in done.stderr
    assert "nothing-to-build" in done.stderr
    assert not Path("build").exists()


@pytest.mark.usefixtures("desk")
def test_what_a_brief_leaves_out_it_says() -> None:
    """Its limits stand in its head; no section claims that there is nothing."""
    flags = ["--topic", "basin-closure", "--actor", "calder", "--min-credibility", "3"]
    parts = ["--no-section", "gaps", "--no-section", "judgements", "--no-section", "map"]
    assert (
        build(*flags, *parts, "--marking", "green", "--title", "Calder & the port").exit_code == 0
    )
    text = page("basin-closure-custom-*.en.html")
    head = text[text.index("Limited") : text.index("Fingerprint")]
    for word in ("about Inés Calder", "credibility at least", "TLP:GREEN", "What we judge", "Map"):
        assert word in head
    assert "What we don’t know" in head
    assert "We have no open question" not in text
    assert "We have no key judgement" not in text
    assert '<section aria-labelledby="map"' not in text
    assert "<h1>Calder &amp; the port</h1>" in re.sub(r"</?bdi[^>]*>", "", text)
    assert "Limited" not in (page("index.html"))
    assert build("--topic", "basin-closure").exit_code == 0
    assert "Limited" not in page("basin-closure.en.html")


@pytest.mark.parametrize("part", Part)
def test_every_part_can_be_left_out_and_asked_for(part: Part) -> None:
    """Contests, sources and quotes stay: a sentence without them would stand on nothing."""
    base = checked(HARBOUR)
    (without,) = specs(base, BriefRequest((BASIN,), no_sections=(part,)))
    assert part not in without.parts
    assert compose(base, without).citations
    (alone,) = specs(base, BriefRequest((BASIN,), sections=(part,)))
    assert alone.parts == (part,)


def test_judgements_can_stand_alone_with_their_facts() -> None:
    """A filter asks whether a fact passes, not whether some section would tell it."""
    base = checked(HARBOUR)
    filters = Filters(actors=(ActorId("calder"),))
    (spec,) = specs(base, BriefRequest((BASIN,), filters=filters, sections=(Part.JUDGEMENTS,)))
    edition = compose(base, spec)
    assert [view.judgement.id for view in edition.judgements] == ["stays-shut"]
    assert {"nine-turned-away", "silting", "twelve-refused"} == shown_facts(edition)


def test_a_base_above_the_marking_is_refused(desk: Path) -> None:
    """Exit code 2: no brief of it could be of that marking."""
    facts = desk / "facts.yaml"
    text = facts.read_text(encoding="utf-8")
    facts.write_text(text.replace("languages: [en]", "languages: [en]\nmarking: AMBER"))
    done = build("--marking", "GREEN")
    assert done.exit_code == 2
    assert "error[marking-too-low]" in done.stderr
    assert "TLP:GREEN" in done.stderr
    assert build("--marking", "tlp:amber").exit_code == 0


def test_nothing_above_the_ceiling_is_told(desk: Path) -> None:
    """Neither the marked fact nor one that it contests, which alone would look agreed."""
    facts = desk / "facts.yaml"
    text = facts.read_text(encoding="utf-8")
    facts.write_text(
        text.replace("  - id: twelve-refused", "  - id: twelve-refused\n    marking: RED")
    )
    assert build("--topic", "basin-closure", "--marking", "AMBER").exit_code == 0
    (brief,) = manifest()
    passed = brief["facts"]
    assert isinstance(passed, list)
    assert not {"twelve-refused", "nine-turned-away"} & set(passed)
    assert brief["marking"] == "TLP:CLEAR"
    assert "exemptions" not in page("basin-closure-custom-*.en.html")


@pytest.mark.usefixtures("desk")
def test_another_template_is_found_like_the_others() -> None:
    """By its name in the folder of templates, the desk's own before the shipped one."""
    Path("templates").mkdir()
    Path("templates/short.html.j2").write_text(
        '{% extends "base.html.j2" %}{% block kind %}brief{% endblock %}'
        "{% block marking_label %}{{ edition.marking.label }}{% endblock %}"
        "{% block body %}<main id=main>{{ edition.title.best(locale.language)[1] }}</main>"
        "{% endblock %}"
    )
    done = build("--topic", "basin-closure", "--template", "short.html.j2")
    assert (done.exit_code, done.stderr) == (0, "")
    text = page("basin-closure.en.html")
    assert "The closure of the inner basin" in text
    assert "Fingerprint" not in text


@pytest.mark.usefixtures("desk")
def test_names_of_files() -> None:
    """Each placeholder has its value, and links follow the name."""
    pattern = "{week}_{topic}_{as_of}_{lang}_{brief}_{edition}"
    done = build("--topic", "basin-closure", "--name", pattern)
    assert done.exit_code == 0
    (brief,) = manifest()
    stem = f"2024-W10_basin-closure_2024-03-10_en_basin-closure_{brief['edition']}"
    assert done.stdout.startswith(f"build/{stem}.html: 10 facts")
    assert f'href="{stem}.html"' in page("index.html")
    assert f'href="../{stem}.html' in page("sources/gazette.html")


@given(st.text(max_size=30) | st.from_regex(r"\A[./\\{}a-z~-]{1,20}\Z"))
def test_no_pattern_leaves_the_output_folder(pattern: str) -> None:
    """Whatever is asked for, a name is one safe component or refused."""
    values = dict.fromkeys(filenames.PLACEHOLDERS, "a-b")
    try:
        filenames.check(pattern)
        name = filenames.fill(pattern, values)
    except filenames.BadPattern:
        return
    assert re.fullmatch(r"[A-Za-z0-9._-]+", name)
    assert ".." not in name
    assert Path(name).name == name
