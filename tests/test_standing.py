"""After an edit of some facts, these and what hangs together with them are enough to check."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from breadth import examples
from command import run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prose_desk import desk_with
from test_clearances import EDITS, rewritten
from test_read_cache import in_three_files, in_two_files

from briefings.check.translations import KINDS, coverage
from briefings.core.limits import VALUES
from briefings.desk import standing
from briefings.desk.checked import Checked, check_loaded
from briefings.load.desk import Loaded
from briefings.output.store import Store
from briefings.run.check import CheckReport, check_desk, check_report

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
import large

LINE = r"    credibility: (\d)\n"
# Of a fact: each may be at odds with what names it, what it names, or what tells of its topic.
OF_FACTS = (
    *((LINE, rf"    credibility: \1\n    {line}\n") for line in (
        "withdrawn: {on: 2024-03-07, why: It is not so.}",
        "withdrawn: {on: 2024-03-07, why: It is not so., replaced_by: nine-confirmed}",
        "withdrawn: {on: 2024-03-07, why: It is not so., replaced_by: twelve-refused}",
        "marking: RED", "outcome_of: [closure-ordered]", "outcome_of: [nine-turned-away]",
        "date: 2024-03-09", "date: 2031-01-01", "note: A word more.", "headline: Trawlers refused",
        "accept: {lost-negation: It is so.}", "places: []", "actors: [wray]", "due: 2024-03-20",
    )),
    (LINE, "    credibility: 1\n"),
    (LINE, ""),
    (r"topics: \[basin-closure\]", "topics: [tarn-cannery]"),
    (r"topics: \[tarn-cannery\]", "topics: [basin-closure]"),
    (r"kind: event", "kind: plan"),
    (r"  - id: ([a-z-]+)\n", r"  - id: \1-too\n"),
    (r"  - id: ([a-z-]+)\n", r"  - id: silting\n"),
    (r"  - id: [a-z-]+\n(?:    .*\n|\n)+", ""),
    (r"(  - id: [a-z-]+)(\n(?:    .*\n|\n)+)", r"\1\2\1-again\2"),
    (r"(?<=  - id: )\w", r'"\\x66'),
    (r"quote: >-\n", 'quote: "'),
    (r"\bthe\b", "The"),
    (r"\n", "\n  - id: "),
    (r"\. ", ".\n"),
    (r"credibility: 3", "credibility: 4"),
    (r" [a-z]+ ", " "),
)  # fmt: skip


def made(folder: Path) -> Path:
    """A desk of many facts, few of which hang together."""
    large.make(60, folder)
    return folder / "facts.yaml"


DESKS: tuple[Callable[[Path], Path], ...] = (desk_with, in_two_files, in_three_files, made)


def everything(result: CheckReport) -> tuple[object, ...]:
    """All that a check prints."""
    return sorted(map(repr, result.diagnostics)), result.tally


@pytest.mark.parametrize("desk", DESKS)
@settings(
    max_examples=examples(8, 120),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_what_stands_is_as_fresh_after_any_edits(
    desk: Callable[[Path], Path], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Edits of facts, of all else, and of documents, one after the other."""
    folder = tmp_path_factory.mktemp("desk")
    base, cache = desk(folder), folder / "cache"
    assert everything(check_report(base, cache)) == everything(check_report(base))
    for _ in range(3):
        files = sorted([base, *base.parent.glob("facts/*.yaml")])
        path = data.draw(st.sampled_from(files))
        text = path.read_text(encoding="utf-8")
        before = text
        pattern, new = data.draw(st.sampled_from((*OF_FACTS, *OF_FACTS, *EDITS)))
        places = list(re.finditer(pattern, text, re.MULTILINE))
        if places:
            place = data.draw(st.sampled_from(places))
            text = text[: place.start()] + place.expand(new) + text[place.end() :]
        if desk is not made and data.draw(st.integers(0, 5)) == 0:
            text = rewritten(base.parent / "documents" / "gazette.txt", text)
        path.write_text(text, encoding="utf-8")
        assert everything(check_report(base, cache)) == everything(check_report(base))
        if data.draw(st.booleans()):  # from a desk in which all is well again
            path.write_text(before, encoding="utf-8")


def edited(path: Path, old: str, new: str) -> None:
    """A file with the first place of some words replaced."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def of_facts(base: Path) -> Path:
    """The first file of facts."""
    return min(base.parent.glob("facts/*.yaml"))


@pytest.fixture
def checked(tmp_path: Path) -> tuple[Path, Path]:
    """A made desk that was checked, and its cache."""
    base, cache = made(tmp_path / "desk"), tmp_path / "cache"
    assert not check_report(base, cache).diagnostics
    return base, cache


def test_of_the_rest_nothing_is_read(
    checked: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edited fact, the ones beside it, and what they name: not the documents of all others."""
    base, cache = checked
    read: list[int] = []

    def noted(loaded: Loaded) -> Checked:
        assert loaded.base is not None
        read.append(len(loaded.base.facts))
        assert len(loaded.documents) <= 4
        return check_loaded(loaded)

    monkeypatch.setattr(standing, "check_loaded", noted)
    edited(of_facts(base), "id: fact-30\n    kind: event", "id: fact-30\n    kind: statement")
    assert standing.tally_by_now(base, Store(cache)) is not None
    assert len(read) == 2
    assert max(read) <= 3


def test_one_edit_after_another_stands(checked: tuple[Path, Path]) -> None:
    """What the last one came to is kept for the next, and so is what was added and taken out."""
    base, cache = checked
    path = of_facts(base)
    for old, new in (
        ("credibility: 3", "credibility: 4"),
        ("    kind: event", "    note: A word.\n    kind: event"),
        ("  - id: fact-40\n", "  - id: fact-4040\n"),
        ("    note: A word.\n", ""),
    ):
        edited(path, old, new)
        assert standing.tally_by_now(base, Store(cache)) == check_report(base).tally
    # Nothing was edited.
    assert standing.tally_by_now(base, Store(cache)) == check_report(base).tally


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("facts.yaml", "title: {en: A made desk"),
        ("facts.yaml", "name: {en: "),
        ("facts.yaml", "title: {en: Topic 1,"),
        ("facts.yaml", "reliability: A"),
        ("documents/3.txt", " "),
        ("facts/0000000.yaml", "question: {en: Which"),
        ("facts/0000000.yaml", "facts:\n"),
    ],
)
def test_of_anything_else_nothing_is_said(checked: tuple[Path, Path], old: str, new: str) -> None:
    """Heads, names, sources, documents, what is contested: of these all is checked."""
    base, cache = checked
    edited(base.parent / old, new, f"{new} ")
    assert standing.tally_by_now(base, Store(cache)) is None


def test_files_that_come_and_go_are_seen(checked: tuple[Path, Path]) -> None:
    """One more that the base includes, or one less."""
    base, cache = checked
    more = base.parent / "facts" / "more.yaml"
    more.write_text("gaps: []\n", encoding="utf-8")
    assert standing.tally_by_now(base, Store(cache)) is None
    more.unlink()
    assert standing.tally_by_now(base, Store(cache)) is not None
    of_facts(base).unlink()
    assert standing.tally_by_now(base, Store(cache)) is None


def test_nothing_stands_on_a_check_that_reported_something(tmp_path: Path) -> None:
    """Not even a warning."""
    base, cache = desk_with(tmp_path), tmp_path / "cache"
    edited(base, "    date: 2024-03-04", "    date: 2024-03-09")
    assert check_report(base, cache).diagnostics
    assert standing.tally_by_now(base, Store(cache)) is None


def test_a_base_that_grows_too_large_is_read_whole(
    checked: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which tells where there is too much."""
    base, cache = checked
    edited(of_facts(base), "credibility: 3", "credibility: 4")
    monkeypatch.setattr(standing, "VALUES", replace(VALUES, default=100))
    assert standing.tally_by_now(base, Store(cache)) is None


def test_a_damaged_cache_costs_only_time(checked: tuple[Path, Path]) -> None:
    """Whatever of it is damaged or gone."""
    base, cache = checked
    edited(of_facts(base), "credibility: 3", "credibility: 4")
    whole = everything(check_report(base))
    for entry in sorted(cache.rglob("*")):
        if entry.is_file():
            content = entry.read_bytes()
            entry.write_bytes(content[:-1])
            assert everything(check_report(base, cache)) == whole
            edited(of_facts(base), "credibility: 4", "credibility: 3")
            check_report(base, cache)
            edited(of_facts(base), "credibility: 3", "credibility: 4")


def test_the_last_lines_are_those_of_a_whole_check(
    checked: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the command, which takes both ways."""
    base, cache = checked
    monkeypatch.chdir(base.parent)
    edited(of_facts(base), "    kind: event", "    headline: A headline\n    kind: event")
    assert standing.tally_by_now(base, Store(cache)) is not None
    known, whole = (run("check", "--cache", where) for where in (str(cache), "off"))
    assert (known.exit_code, known.stdout) == (whole.exit_code, whole.stdout)
    assert known.stderr == whole.stderr
    assert "31 of 31 headlines" in whole.stderr


def test_kinds_of_texts_are_told_in_one_order(tmp_path: Path) -> None:
    """Those that are counted and those that are told."""
    base = check_desk(desk_with(tmp_path)).checked
    assert base is not None
    counted = [each.kind for each in coverage(base.base)["en"]]
    assert counted == [kind for kind in KINDS if kind in counted]


def test_groups_are_parted_as_they_stand(tmp_path: Path) -> None:
    """A group is one entry of its list, however many facts it holds."""
    base, cache = made(tmp_path / "desk"), tmp_path / "cache"
    path = of_facts(base)
    facts = [
        fact.replace("    kind: event\n    topics: [topic-0]\n", "", 1).replace("\n", "\n    ")
        for fact in re.findall(r"  - id: fact-(?:0|5)\n(?:    .*\n)+", path.read_text("utf-8"))
    ]
    group = "  - kind: event\n    topics: [topic-0]\n    facts:\n" + "".join(
        f"    {fact.rstrip()}\n" for fact in facts
    )
    text = re.sub(r"  - id: fact-(?:0|5)\n(?:    .*\n)+", "", path.read_text("utf-8"))
    path.write_text(text.replace("facts:\n", f"facts:\n{group}", 1), encoding="utf-8")
    assert not check_report(base, cache).diagnostics
    for old, new in (("credibility: 3", "credibility: 4"), ("id: fact-30", "id: fact-31-too")):
        edited(path, old, new)
        assert standing.tally_by_now(base, Store(cache)) == check_report(base).tally


def test_what_only_looks_like_an_entry_is_none(tmp_path: Path) -> None:
    """A line of a quoted text: nothing is known of where entries begin then."""
    base, cache = made(tmp_path / "desk"), tmp_path / "cache"
    edited(
        of_facts(base), "    kind: event", "    note: 'One line\n  - id: another'\n    kind: event"
    )
    assert not check_report(base, cache).diagnostics
    edited(of_facts(base), "credibility: 3", "credibility: 4")
    assert standing.tally_by_now(base, Store(cache)) is None
