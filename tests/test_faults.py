"""The programs that break, fuzz and alter on a large scale, run for a few seconds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from runpy import run_path

import jinja2
import pytest
from breadth import cases

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def tried_here(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """What a program prints that found no fault; in this process, which is warm already."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    monkeypatch.setattr(jinja2.Environment, "compile", jinja2.Environment.compile)

    def tried(program: str, *arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", [program, *arguments])
        status = run_path(str(BENCHMARKS / program))["main"]()
        printed = capsys.readouterr().out
        assert status == 0, printed
        return printed

    return tried


def tried(program: str, *arguments: str) -> str:
    """What a program prints that found no fault, in a process of its own."""
    command = [sys.executable, str(BENCHMARKS / program), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("command", "every"), cases([("issue", 400)], ("build", 20), ("issue", 20), ("weekly", 20))
)
def test_broken_commands_leave_one_whole_edition(command: str, every: int) -> None:
    """Killed, without room, at once: see the program for what has to hold afterwards."""
    few = ("--instants", "1", "--crowds", "1", "--crowd", "2")
    done = tried("kills.py", "--command", command, "--every", str(every), *few)
    assert "trials, 0 faults" in done


def test_no_input_bends_the_program(tried_here: Callable[..., str]) -> None:
    """Bases, quotes and briefs as nobody would write them: diagnostics with codes only."""
    assert tried_here("fuzz.py", "--seconds", "0.3").startswith("bases")


def test_what_was_altered_is_found(tried_here: Callable[..., str]) -> None:
    """Pages in several languages; of PDFs test_verify_paper.py has one of each kind."""
    done = tried_here("altered.py", "--count=3", "--only=html", "--sheets=1")
    assert "3 true files, 0 of them refused" in done
    assert "3 changes, 0 of them not found" in done


def test_no_base_that_a_fuzzer_finds_bends_the_program() -> None:
    """Inputs made by what of the program they reach, on one of the targets; see the program."""
    pytest.importorskip("atheris", reason="its wheels are for Linux")
    assert " 0 faults" in tried("guided.py", "--only=yaml", "--runs=20")


def test_a_hundred_trials_are_a_hundred(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many commands share them."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    shares = run_path(str(BENCHMARKS / "kills.py"))["shares"]
    assert [shares(100, 3), shares(300, 3), shares(2, 3)] == [[34, 33, 33], [100] * 3, [1, 1, 0]]
