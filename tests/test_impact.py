"""What rests on a source or a fact."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from refusals import codes, refusal

from briefings import cli
from briefings.plan.request import BriefRequest, Request
from briefings.run.impact import Impact, as_object, as_text, impact
from briefings.run.issue import issue

DESK = Path(__file__).parent / "desk_harbour"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With one brief issued."""
    folder = Path(shutil.copytree(DESK, tmp_path_factory.mktemp("impact") / "desk"))
    brief = BriefRequest(as_of=date(2024, 3, 5))
    request = Request(folder / "facts.yaml", folder.parent / "out", brief, formats=("html",))
    issue(request, today=lambda _: date(2024, 4, 1))
    return folder


def ids(found: Impact, kind: str) -> list[str]:
    return [one.id for one in found.resting if one.kind == kind]


def test_everything_that_rests_on_a_source(desk: Path) -> None:
    """In the order of the base; an issued brief by what it said, not by what the base says now."""
    (found,) = impact(desk / "facts.yaml", "radio-quai").impacts
    assert ids(found, "fact") == ["nine-confirmed", "cannery-jobs"]
    assert ids(found, "judgement") == ["cannery-pays"]
    assert ids(found, "gap") == ["number-confirmed"]
    assert ids(found, "topic") == ["basin-closure", "tarn-cannery"]
    assert ids(found, "actor") == ["calder"]
    assert ids(found, "issued brief") == []
    (found,) = impact(desk / "facts.yaml", "gazette").impacts
    assert ids(found, "contested point") == ["how-many-refused"]
    assert ids(found, "issued brief") == ["basin-closure.en.2024-03-05"]


def test_everything_that_rests_on_a_fact(desk: Path) -> None:
    """What reports its outcome rests on it as well."""
    (found,) = impact(desk / "facts.yaml", "closure-ordered").impacts
    assert ids(found, "fact") == ["nine-turned-away"]
    (found,) = impact(desk / "facts.yaml", "nine-turned-away").impacts
    assert ids(found, "judgement") == ["stays-shut"]
    assert ids(found, "issued brief") == ["basin-closure.en.2024-03-05"]


def test_places_are_those_of_the_files(desk: Path) -> None:
    """As one works: file, line and column, in the base and in the records."""
    found = impact(desk / "facts.yaml", "silting")
    told = as_text(found, Path("desk"))
    lines = (desk / "facts.yaml").read_text(encoding="utf-8").splitlines()
    number = next(at for at, line in enumerate(lines, 1) if "id: stays-shut" in line)
    assert f"    desk/facts.yaml:{number}:9: stays-shut: It is likely" in told
    path, line, column = next(
        one["place"].split(":")
        for one in json.loads(json.dumps(as_object(found, desk)))["impacts"][0]["resting"]
        if one["kind"] == "issued brief"
    )
    record = Path(path).read_text(encoding="utf-8").splitlines()
    assert record[int(line) - 1][int(column) - 1 :].startswith('"id": "silting"')


def test_a_base_with_mistakes_is_asked_too(desk: Path, tmp_path: Path) -> None:
    """The question comes up when something has just fallen."""
    folder = Path(shutil.copytree(desk, tmp_path / "desk"))
    facts = folder / "facts.yaml"
    text = facts.read_text(encoding="utf-8")
    facts.write_text(text.replace("quote: twelve boats", "quote: no boats"), encoding="utf-8")
    assert impact(facts, "gazette").diagnostics == ()


def test_a_record_at_fault_is_told_by_the_exit_code(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The list may then lack an issued brief; what it has is printed all the same."""
    folder = Path(shutil.copytree(desk, tmp_path / "desk"))
    arguments = ["impact", "gazette", "--base", str(folder)]
    assert cli._status(arguments) == 0
    (record,) = (folder / "issued").iterdir()
    record.write_text(record.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    capsys.readouterr()
    assert cli._status(arguments) == 1
    told = capsys.readouterr()
    assert "source gazette: " in told.out
    assert "issued-unreadable" in told.err
    refused = codes(lambda: impact(folder / "facts.yaml", "gazete"))
    assert refused == (2, ["issued-unreadable", "unknown-name"])


def test_an_unknown_name_is_answered_with_the_nearest(desk: Path) -> None:
    """Of sources and facts."""
    found = refusal(lambda: impact(desk / "facts.yaml", "gazete"))
    assert (found.status, found.diagnostics[0].code) == (2, "unknown-name")
    assert "`gazette`" in found.diagnostics[0].hints[0].message


def test_a_base_of_others_can_not_act_on_a_terminal(tmp_path: Path) -> None:
    """One with mistakes is looked into as far as it can be read, and an escape is one of them."""
    folder = Path(shutil.copytree(DESK, tmp_path / "desk"))
    facts = folder / "facts.yaml"
    text = facts.read_text(encoding="utf-8")
    title = "title: The closure of the inner basin"
    assert title in text
    facts.write_text(text.replace(title, 'title: "The \\e[31mclosure\\n"'), encoding="utf-8")
    told = as_text(impact(facts, "gazette"), Path())
    assert "basin-closure: The <U+001B>[31mclosure" in told
    assert "\x1b" not in told
