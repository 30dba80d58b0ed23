"""The week's whole set in one command: its folder, its lines, its index of weeks."""

from __future__ import annotations

import os
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from command import desk, run, stated
from little_desk import LittleDesk

from briefings.load import decode
from briefings.plan.request import Request
from briefings.run.weekly import Weekly, weekly

__all__ = ["desk"]

HEAD = """\
format: 1
title: {en: Two tongues, fa: دو زبان}
languages: [en, fa]
timezone: Asia/Kabul
topics:
  ferry: {title: {en: The ferry, fa: کشتی}, weekly: true}
  toll: {title: {en: The toll, fa: عوارض}, weekly: true}
  other: {title: {en: Else, fa: دیگر}}
"""
FACTS = """\
facts:
  - id: stopped
    kind: event
    topics: [ferry, other]
    statement: {en: The ferry stopped., fa: کشتی ایستاد.}
    date: 2025-01-01
    credibility: 2
    evidence: [{source: a, quote: The ferry stopped, translation: {fa: کشتی ایستاد}}]
  - id: raised
    kind: event
    topics: [toll]
    statement: {en: The toll was raised., fa: عوارض بالا رفت.}
    credibility: 3
    evidence: [{source: b, quote: The toll was raised, translation: {fa: عوارض بالا رفت}}]
"""


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A desk in two languages, two weekly topics, no edition of its own."""
    little = LittleDesk(tmp_path)
    little.document("a", "The ferry stopped on Wednesday.", published="2025-01-02")
    little.document("b", "The toll was raised by half.", published="2025-01-14")
    assert little.check(FACTS, HEAD).checked is not None
    return tmp_path


def sets(base: Path, today: date) -> Weekly:
    request = Request(base / "facts.yaml", base / "weekly", formats=("html",))
    return weekly(request, today=lambda _: today)


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_all_weekly_topics_in_all_languages_in_a_dated_folder(two: Path) -> None:
    """With an index and a manifest; no other topic; the week is the last that has ended."""
    done = sets(two, date(2025, 1, 20))
    assert done.built.diagnostics == ()
    assert done.folder == two / "weekly" / "2025-W03"
    assert names(two / "weekly") == {
        "index.html",
        *(f"2025-W03/{topic}.{code}.html" for topic in ("ferry", "toll") for code in ("en", "fa")),
        *(f"2025-W03/{name}" for name in ("index.html", "index.fa.html", "manifest.json")),
        *(f"2025-W03/{name}" for name in ("feed.xml", "feed.fa.xml")),
        *(f"2025-W03/sources/{name}{code}.html" for name in "ab" for code in ("", ".fa")),
    }
    persian = (done.folder / "toll.fa.html").read_text(encoding="utf-8")
    assert "عوارض بالا رفت." in persian
    assert 'lang="fa" dir="rtl"' in persian


@pytest.mark.parametrize(
    ("today", "name"),
    [
        (date(2025, 1, 19), "2025-W03"),
        (date(2025, 1, 20), "2025-W03"),
        (date(2025, 1, 25), "2025-W03"),
        (date(2025, 1, 26), "2025-W04"),
    ],
)
def test_no_set_is_dated_ahead(two: Path, today: date, name: str) -> None:
    """A job that runs on a Monday gets the week before, with its Sunday as the day."""
    done = sets(two, today)
    assert done.folder.name == name
    assert {edition.spec.as_of for edition in done.built.editions} <= {
        date(2025, 1, 19),
        date(2025, 1, 26),
    }
    assert all(edition.spec.as_of <= today for edition in done.built.editions)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Monday in January 2025, as the command line sees it."""
    monkeypatch.setattr("briefings.cli.build.today", lambda _: date(2025, 1, 20))


@pytest.mark.usefixtures("clock")
def test_one_line_a_brief_says_what_is_new(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quiet week says so, and how old the newest information is: there and in the brief."""
    monkeypatch.chdir(two)
    done = run("weekly", "--format", "html")
    assert (done.exit_code, done.stderr) == (0, "")
    quiet = "nothing new; the newest information is of 2025-01-02, 17 days before"
    assert done.stdout.splitlines() == [
        f"weekly/2025-W03/ferry.en.html: {quiet}",
        f"weekly/2025-W03/ferry.fa.html: {quiet}",
        "weekly/2025-W03/toll.en.html: 1 new fact",
        "weekly/2025-W03/toll.fa.html: 1 new fact",
        "all of it: weekly/2025-W03/index.html",
    ]
    text = Path("weekly/2025-W03/ferry.en.html").read_text(encoding="utf-8")
    assert "Nothing became known in this period; the newest information is from 2 January" in text
    assert "That is 17 days before this edition." in text


@pytest.mark.usefixtures("clock")
def test_a_set_below_a_ceiling_on_another_sheet(two: Path, blank_pdfs: dict[str, str]) -> None:
    """Nothing marked higher is in it; its briefs are named as `build` names them."""
    facts = (two / "facts.yaml").read_text(encoding="utf-8")
    amber = facts.replace("    credibility: 3\n", "    credibility: 3\n    marking: AMBER\n")
    (two / "facts.yaml").write_text(amber, encoding="utf-8")
    flags = ("--marking", "green", "--paper", "letter", "--out", str(two / "out"))
    done = run("weekly", "--base", str(two), *flags)
    assert done.exit_code == 0, done.stderr
    assert "nothing-matches" in done.stderr
    papers = sorted((two / "out" / "2025-W03").glob("*.pdf"))
    assert [re.sub(r"-custom-[0-9a-f]{6}", "-custom", path.name) for path in papers] == [
        "ferry-custom.en.pdf",
        "ferry-custom.fa.pdf",
    ]
    assert set(blank_pdfs) == {path.name for path in papers}
    assert all("@page{size:letter;" in page for page in blank_pdfs.values())


def test_a_week_asked_for(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the week of the base's own edition, which is the default; both are listed."""
    assert run("weekly", "--format", "html").exit_code == 0
    done = run("weekly", "--format", "html", "--week", "2024-W09", "--out", "weekly")
    assert done.exit_code == 0
    assert "as_of" not in done.stdout
    weeks = desk / "weekly"
    assert sorted(path.name for path in weeks.iterdir()) == ["2024-W09", "2024-W10", "index.html"]
    listed = (weeks / "index.html").read_text(encoding="utf-8")
    assert listed.index('href="2024-W10/index.html"') < listed.index('href="2024-W09/index.html"')
    days = {
        path.parent.name: stated(path.read_text(encoding="utf-8")).briefs[0]["as_of"]
        for path in weeks.glob("*/manifest.json")
    }
    assert days == {"2024-W09": "2024-03-03", "2024-W10": "2024-03-10"}
    before = {path: path.read_bytes() for path in weeks.rglob("*") if path.is_file()}
    assert run("weekly", "--format", "html").exit_code == 0
    assert {path: path.read_bytes() for path in weeks.rglob("*") if path.is_file()} == before
    # The first week stands in the same bytes in a folder of its own, however it is asked for.
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert run("weekly", "--format", "html", "--week", "2024-W10", "--out", "o").exit_code == 0
    for path, content in before.items():
        if "2024-W10" in path.parts:
            assert (desk / "o" / path.relative_to(weeks)).read_bytes() == content


def test_the_week_of_an_edition_in_its_midst_ends_on_its_day(desk: Path) -> None:
    """The base says that its edition is of the Wednesday, so nothing later is looked at."""
    facts = desk / "facts.yaml"
    facts.write_text(
        facts.read_text(encoding="utf-8").replace("as_of: 2024-03-10", "as_of: 2024-03-06")
    )
    assert run("weekly", "--format", "html").exit_code == 0
    read = stated((desk / "weekly/2024-W10/manifest.json").read_text(encoding="utf-8"))
    (brief,) = read.briefs
    assert (brief["since"], brief["as_of"]) == ("2024-03-04", "2024-03-06")


@pytest.mark.parametrize(
    ("name", "content"),
    [("index.html", "<p>my own page</p>"), ("manifest.json", "{}"), ("2024-W10/notes.txt", "mine")],
)
def test_nothing_of_others_is_replaced(desk: Path, name: str, content: str) -> None:
    """Exit code 2, said before the work; nothing is written."""
    path = desk / "weekly" / name
    path.parent.mkdir(parents=True)
    path.write_text(content)
    done = run("weekly", "--format", "html")
    assert done.exit_code == 2
    assert "output-not-ours" in done.stderr
    assert names(desk / "weekly") == {name}
    assert path.read_text() == content


@pytest.mark.parametrize("out", [".", "seeds", "issued", "templates/x"])
def test_the_weeks_stand_in_no_folder_of_the_desk(desk: Path, out: str) -> None:
    """The same is refused by each command that writes an output."""
    before = names(desk)
    for command in ("weekly", "build", "issue", "correction"):
        form = () if command == "correction" else ("--format", "html")
        done = run(command, *form, "--out", out)
        assert done.exit_code == 2, command
        assert "output-not-ours" in done.stderr, command
    assert names(desk) == before


@pytest.mark.usefixtures("desk")
def test_a_week_that_stands_is_no_build() -> None:
    """Though the same words asked for both, in one folder."""
    cache = ("--cache", "cache", "--format", "html", "--out", "out")
    assert run("weekly", *cache).exit_code == 0
    done = run("build", *cache)
    assert done.exit_code == 2
    assert "output-not-ours" in done.stderr


def test_an_empty_folder_of_others_stays(desk: Path) -> None:
    """In a week's own folder it is in the way; beside that it is nobody's business."""
    beside = desk / "weekly" / "2024-W11" / "notes"
    beside.mkdir(parents=True)
    assert run("weekly", "--format", "html").exit_code == 0
    inside = desk / "weekly" / "2024-W10" / "sources" / "notes"
    inside.mkdir()
    done = run("weekly", "--format", "html")
    assert done.exit_code == 2
    assert "holds 'sources/notes/'" in done.stderr
    assert beside.is_dir()
    assert inside.is_dir()


@pytest.mark.parametrize("name", ["2024-W99", "2023-W53", "0000-W01"])
def test_a_folder_that_is_no_week_is_not_listed(desk: Path, name: str) -> None:
    """Whatever it holds, a copy of a week of ours included."""
    assert run("weekly", "--format", "html").exit_code == 0
    shutil.copytree(desk / "weekly" / "2024-W10", desk / "weekly" / name)
    os.mkfifo(desk / "weekly" / "2024-W01")
    (desk / "weekly" / "2024-W02").mkdir()
    os.mkfifo(desk / "weekly" / "2024-W02" / "manifest.json")
    assert run("weekly", "--format", "html").exit_code == 0
    listed = (desk / "weekly" / "index.html").read_text(encoding="utf-8")
    assert re.findall('href="([^"/]+)/index.html"', listed) == ["2024-W10"]


def test_a_set_whose_weeks_can_not_be_listed_stands(desk: Path) -> None:
    """The exit code is that of a mistake; what was written is not denied."""
    (desk / "templates").mkdir()
    (desk / "templates" / "weeks.html.j2").write_text("{{ nowhere }}", encoding="utf-8")
    done = run("weekly", "--format", "html")
    assert done.exit_code == 1
    assert "templates/weeks.html.j2:1:1: error[template-hole]" in done.stderr
    assert "the set stands in weekly/2024-W10; the list of weeks is as it was" in done.stderr
    assert "nothing was written" not in done.stderr
    assert "all of it: weekly/2024-W10/index.html" in done.stdout
    assert (desk / "weekly" / "2024-W10" / "index.html").exists()
    assert not (desk / "weekly" / "index.html").exists()


def test_mistakes_are_reported_as_by_build(desk: Path) -> None:
    """With the exit codes of a build."""
    assert run("weekly", "--week", "2024-W99").exit_code == 2
    done = run("weekly", "--format", "html", "--week", "2023-W10")
    assert done.exit_code == 1
    assert "nothing-to-build" in done.stderr
    facts = desk / "facts.yaml"
    facts.write_text("format: 1\n")
    assert run("weekly").exit_code == 1
    assert not (desk / "weekly").exists()


def test_a_desk_is_read_once(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For the week that it asks for, and for the set."""
    decoded = []
    read = decode.decode

    def counted(*trees: Any) -> Any:
        decoded.append(trees)
        return read(*trees)

    monkeypatch.setattr(decode, "decode", counted)
    sets(two, date(2025, 1, 20))
    assert len(decoded) == 1
