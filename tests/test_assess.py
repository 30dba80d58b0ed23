"""`judge` and `ask`: what the desk says itself, put into the base by a command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from command import begin_desk, run

from briefings.edit.canonical import formatted

LIKELY = "It is likely that the ward will reopen before October."
WHY = ("--confidence", "low", "--because", "One newspaper says so.", "--made", "2025-03-05")
RESTS = ("--rests-on", "reopening-expected")


@pytest.fixture
def new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The base of a new desk, where one stands."""
    begin_desk(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "facts.yaml"


def test_a_judgement_is_added(new: Path) -> None:
    """Behind the last one, in shape, accepted by the check; all else stays as it was."""
    before = new.read_text(encoding="utf-8")
    done = run("judge", LIKELY, *WHY, *RESTS, "--until", "2025-09-30")
    assert done.exit_code == 0, done.stderr
    added = done.stdout.rstrip("\n")
    after = new.read_text(encoding="utf-8")
    assert after.replace(f"\n{added}\n", "", 1) == before
    assert formatted(after) == after
    judgement = yaml.safe_load(after)["judgements"][-1]
    assert judgement["id"] == "likely-ward-reopen-before-october"
    assert (judgement["topic"], judgement["rests_on"]) == ("night-ward", ["reopening-expected"])
    assert run("check", "--strict").exit_code == 0


@pytest.mark.parametrize("there", [True, False])
def test_a_question_is_added(new: Path, *, there: bool) -> None:
    """Behind the last one, or in the place of their section where the base has none yet."""
    text = new.read_text(encoding="utf-8")
    if not there:
        text = re.sub(r"(?ms)^gaps:\n.*?\n\n(?=\S)", "", text)
        assert "gaps:" not in text
        new.write_text(text, encoding="utf-8")
    done = run("ask", "Who pays for the drive?", "--why", "It is far.", "--made", "2025-03-05")
    assert done.exit_code == 0, done.stderr
    after = new.read_text(encoding="utf-8")
    gaps = yaml.safe_load(after)["gaps"]
    assert len(gaps) == 1 + there
    assert (gaps[-1]["question"], gaps[-1]["topic"]) == ("Who pays for the drive?", "night-ward")
    assert formatted(after) == after
    assert run("check", "--strict").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("judge", "The ward will reopen.", *WHY, *RESTS), 1, "no term of likelihood"),
        (("judge", LIKELY, *WHY, "--rests-on", "reopening"), 1, "there is no fact `reopening`"),
        (("judge", LIKELY, *WHY), 2, "--rests-on"),
        (("ask", "Who?", "--topic", "x"), 1, "there is no topic `x`"),
        (("ask", "Who?", "--made", "2025-03-05", "--dry-run"), 0, "nothing was written"),
    ],
)
def test_what_is_not_written(new: Path, arguments: tuple[str, ...], status: int, told: str) -> None:
    """What the check refuses, with its reason; and what was only to be shown."""
    before = new.read_text(encoding="utf-8")
    done = run(*arguments)
    assert done.exit_code == status
    assert told in done.stderr
    assert new.read_text(encoding="utf-8") == before


def test_a_topic_has_to_be_told_where_there_are_several(new: Path) -> None:
    """A judgement is of the topic of its facts; a question of none that could be known."""
    assert run("name", "topic", "The ferry").exit_code == 0
    refused = run("ask", "Who?", "--made", "2025-03-05")
    assert refused.exit_code == 2
    assert "name one with --topic: `night-ward`, `ferry`" in refused.stderr
    assert run("judge", LIKELY, *WHY, *RESTS).exit_code == 0
    base = yaml.safe_load(new.read_text(encoding="utf-8"))
    assert base["judgements"][-1]["topic"] == "night-ward"
