"""The programs of `benchmarks/` start, and what can do little does it; test_faults.py has more."""

from __future__ import annotations

import sys
from pathlib import Path
from runpy import run_path

import pytest
from built_desks import HARBOUR

from briefings.workers import pdfs

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
# Of those that a fuzzer calls, each in a process that it has instrumented.
PROGRAMS = sorted(path for path in BENCHMARKS.glob("*.py") if path.name != "targets.py")
SMALLEST = {"floor.py": ((str(HARBOUR.parent),), "")}
"""What little a program can be given, and what it prints then."""


@pytest.fixture(autouse=True)
def _beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs find one another, and what they exchange in ours is put back."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    monkeypatch.setattr(pdfs, "put", pdfs.put)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_each_starts(
    program: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With all that it takes of ours and of the tests; what has flags tells them."""
    words, printed = SMALLEST.get(program.name, (("--help",), "--help"))
    monkeypatch.setattr(sys, "argv", [str(program), *words])
    if "import argparse" in program.read_text(encoding="utf-8"):
        with pytest.raises(SystemExit) as ended:
            run_path(str(program), run_name="__main__")
        assert ended.value.code == 0
    elif program.name in SMALLEST:
        run_path(str(program), run_name="__main__")
    else:
        run_path(str(program))
        return
    assert printed in capsys.readouterr().out


def test_the_page_that_setting_is_measured_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the one that a build hands to be set."""
    import setting

    monkeypatch.setattr(setting, "ROOT", HARBOUR.parent)
    assert "cannery" in setting.brief_page("tarn-cannery", "en")
