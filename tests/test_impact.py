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


def ids(rested_on: Impact, kind: str) -> list[str]:
    return [each.id for each in rested_on.resting if each.kind == kind]


def test_everything_that_rests_on_a_source(desk: Path) -> None:
    """In the order of the base; an issued brief by what it said, not by what the base says now."""
    (impacted,) = impact(desk / "facts.yaml", "radio-quai").impacts
    assert ids(impacted, "fact") == ["nine-confirmed", "cannery-jobs"]
    assert ids(impacted, "judgement") == ["cannery-pays"]
    assert ids(impacted, "gap") == ["number-confirmed"]
    assert ids(impacted, "topic") == ["basin-closure", "tarn-cannery"]
    assert ids(impacted, "actor") == ["calder"]
    assert ids(impacted, "issued brief") == []
    (impacted,) = impact(desk / "facts.yaml", "gazette").impacts
    assert ids(impacted, "contested point") == ["how-many-refused"]
    assert ids(impacted, "issued brief") == ["basin-closure.en.2024-03-05"]


def test_everything_that_rests_on_a_fact(desk: Path) -> None:
    """What reports its outcome rests on it as well."""
    (impacted,) = impact(desk / "facts.yaml", "closure-ordered").impacts
    assert ids(impacted, "fact") == ["nine-turned-away"]
    (impacted,) = impact(desk / "facts.yaml", "nine-turned-away").impacts
    assert ids(impacted, "judgement") == ["stays-shut"]
    assert ids(impacted, "issued brief") == ["basin-closure.en.2024-03-05"]


def test_places_are_those_of_the_files(desk: Path) -> None:
    """As one works: file, line and column, in the base and in the records."""
    reached = impact(desk / "facts.yaml", "silting")
    printed = as_text(reached, Path("desk"))
    lines = (desk / "facts.yaml").read_text(encoding="utf-8").splitlines()
    number = next(at for at, line in enumerate(lines, 1) if "id: stays-shut" in line)
    assert f"    desk/facts.yaml:{number}:9: stays-shut: It is likely" in printed
    path, line, column = next(
        each["place"].split(":")
        for each in json.loads(json.dumps(as_object(reached, desk)))["impacts"][0]["resting"]
        if each["kind"] == "issued brief"
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
    printed = capsys.readouterr()
    assert "source gazette: " in printed.out
    assert "issued-unreadable" in printed.err
    refused = codes(lambda: impact(folder / "facts.yaml", "gazete"))
    assert refused == (2, ["issued-unreadable", "unknown-name"])


def test_an_unknown_name_is_answered_with_the_nearest(desk: Path) -> None:
    """Of sources and facts."""
    refused = refusal(lambda: impact(desk / "facts.yaml", "gazete"))
    assert (refused.status, refused.diagnostics[0].code) == (2, "unknown-name")
    assert "`gazette`" in refused.diagnostics[0].hints[0].message


def test_a_base_of_others_can_not_act_on_a_terminal(tmp_path: Path) -> None:
    """One with mistakes is looked into as far as it can be read, and an escape is one of them."""
    folder = Path(shutil.copytree(DESK, tmp_path / "desk"))
    facts = folder / "facts.yaml"
    text = facts.read_text(encoding="utf-8")
    title = "title: The closure of the inner basin"
    assert title in text
    facts.write_text(text.replace(title, 'title: "The \\e[31mclosure\\n"'), encoding="utf-8")
    printed = as_text(impact(facts, "gazette"), Path())
    assert "basin-closure: The <U+001B>[31mclosure" in printed
    assert "\x1b" not in printed
