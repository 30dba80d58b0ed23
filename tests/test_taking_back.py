"""`withdraw`: a fact or a source taken back by a command, which changes no other line."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import run
from harbour_desk import change, desk, issued_on, reported

__all__ = ["desk"]

SAID = ("--why", "It was misread.", "--on", "2024-03-11")


def lines(desk: Path) -> list[str]:
    return (desk / "facts.yaml").read_text(encoding="utf-8").splitlines()


def withdraw(desk: Path, *arguments: str) -> tuple[int, str]:
    done = run("withdraw", *arguments, "--base", str(desk))
    return done.exit_code, done.stderr


def test_a_fact_is_taken_back(desk: Path) -> None:
    """Its entry says when and why, and what holds in its place; a correction can be written."""
    issued_on(desk)
    before = lines(desk)
    said = (*SAID, "--replaced-by", "nine-confirmed")
    status, told = withdraw(desk, "twelve-refused", *said)
    assert status == 0
    assert "withdrawn twelve-refused, as of 2024-03-11" in told
    assert "nine-confirmed: replaces it, and so is shown in editions from 2024-03-11 on" in told
    new = [line for line in lines(desk) if line not in before]
    assert new == [
        "    withdrawn: {on: 2024-03-11, why: It was misread., replaced_by: nine-confirmed}"
    ]
    assert [line for line in lines(desk) if line not in new] == before
    assert len(reported(desk, "rests-on-withdrawn")) == told.count("rests-on-withdrawn") > 0


def test_a_dry_run_shows_the_lines_that_would_be_written(desk: Path) -> None:
    """Nothing is written; what the check refuses ends as without it."""
    before = lines(desk)
    shown = run("withdraw", "twelve-refused", *SAID, "--dry-run", "--base", str(desk))
    assert shown.exit_code == 0
    assert shown.stderr.endswith("nothing was written\n")
    assert lines(desk) == before
    assert withdraw(desk, "twelve-refused", *SAID)[0] == 0
    gained = [line for line in shown.stdout.splitlines() if line.startswith("+ ")]
    assert gained == [f"+{line}" for line in lines(desk) if line not in before]
    refused = (*SAID, "--replaced-by", "nobody", "--dry-run")
    assert withdraw(desk, "nine-confirmed", *refused)[0] == 1


def test_a_source_falls_with_all_that_rests_on_it(desk: Path) -> None:
    """What another source carries too is named; the check finds nothing that rests on it still."""
    also = "      - {source: gazette, quote: nine boats that held exemptions}\n"
    change(desk, "  - id: cannery-jobs\n", f"{also}  - id: cannery-jobs\n")
    before = lines(desk)
    status, told = withdraw(desk, "radio-quai", *SAID)
    assert status == 0
    new = [line.strip() for line in lines(desk) if line not in before]
    withdrawn = "withdrawn: {on: 2024-03-11, why: It was misread.}"
    assert new == [withdrawn.replace("withdrawn", "retracted"), withdrawn, withdrawn]
    assert "withdrawn nine-confirmed, as of" in told
    assert "withdrawn cannery-jobs, as of" in told
    assert "radio-quai: retracted, as of 2024-03-11" in told
    assert "`gazette` carries part of these" in told
    assert reported(desk, "rests-on-retracted") == []


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("twelve-refusd", *SAID), 2, "did you mean `twelve-refused`?"),
        (("twelve-refused", "--on", "2024-03-11"), 2, "--why"),
        (("twelve-refused", *SAID, "--replaced-by", "twelve-refused"), 1, "replaced by itself"),
        (("twelve-refused", *SAID, "--replaced-by", "none"), 1, "there is no fact `none`"),
        (("gazette", *SAID, "--replaced-by", "nine-confirmed"), 2, "`gazette` is a source"),
    ],
)
def test_what_is_not_taken_back(
    desk: Path, arguments: tuple[str, ...], status: int, message: str
) -> None:
    """With its reason, and nothing is written."""
    before = lines(desk)
    done, told = withdraw(desk, *arguments)
    assert done == status
    assert message in run("withdraw", *arguments, "--base", str(desk)).stdout + told
    assert lines(desk) == before


def test_what_was_known_no_sooner_replaces_it_without_a_word(desk: Path) -> None:
    """No edition loses it: its source is of the day of the withdrawal."""
    said = ("--why", "Misread.", "--on", "2024-03-06", "--replaced-by", "nine-confirmed")
    status, told = withdraw(desk, "twelve-refused", *said)
    assert status == 0
    assert "replaces it" not in told


def test_nothing_is_taken_back_twice(desk: Path) -> None:
    """The day that stands there is the one that editions go by."""
    assert withdraw(desk, "twelve-refused", *SAID)[0] == 0
    before = lines(desk)
    status, told = withdraw(desk, "twelve-refused", *SAID)
    assert status == 2
    assert lines(desk) == before
    assert "nothing was written" in told
