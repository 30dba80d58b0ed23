"""A base checked by two processes at once is checked as by one."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from prose_desk import desk_with

from briefings.check import gate
from briefings.check.gate import Said
from briefings.core.model import TopicId
from briefings.desk.checked import Checked, check_anew, in_another_process
from briefings.load.desk import load
from briefings.plan.request import BriefRequest, Request
from briefings.run import build
from briefings.workers.pool import Pool

WRONG = (("Nine", "Ten"), ("nine", "eight"), ("not ", ""), ("refused", "let in"))
"""What facts, summaries and accounts say otherwise than their quotes, all over the base."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A base with mistakes in either part of it."""
    monkeypatch.setattr(gate, "_FEW", 0)
    base = desk_with(tmp_path)
    text = base.read_text(encoding="utf-8")
    begin = text.index("facts:")
    for old, new in WRONG:
        head, facts = text[:begin], text[begin:]
        lines = facts.split("\n")
        said = [
            line if line.lstrip(" -").startswith(("quote:", "- quote:")) else line.replace(old, new)
            for line in lines
        ]
        text = head + "\n".join(said)
    base.write_text(text, encoding="utf-8")
    return base


def everything(checked: Checked) -> tuple[object, ...]:
    """All that a check says, in its order."""
    return (
        checked.diagnostics,
        checked.quotes,
        checked.checked,
        checked.accepted,
        checked.unchecked,
        checked.supports,
        checked.taken,
    )


@pytest.mark.parametrize("here", [0.0, 0.3, 0.5, 1.0])
def test_two_processes_find_what_one_finds(
    here: float, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the same order, wherever the base is parted, and they keep the same for the next check."""
    monkeypatch.setattr(gate, "_HERE", here)
    loaded = load(desk)
    alone = check_anew(loaded, desk, tmp_path / "one")
    parted = check_anew(loaded, desk, tmp_path / "two", meanwhile=in_another_process)
    assert {"error", "warning"} & {each.severity.value for each in alone.diagnostics}
    assert len({each.span for each in alone.diagnostics}) > 2
    assert everything(parted) == everything(alone)
    again = check_anew(loaded, desk, tmp_path / "two", meanwhile=in_another_process)
    assert everything(again) == everything(alone)


def test_what_another_process_leaves_undone_is_done_here() -> None:
    """It died, or took more than it may: nothing of it is missing."""
    here = os.getpid()

    def telling() -> Said:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return Said([], [])

    with in_another_process(telling) as told:
        assert told() == Said([], [])


def test_a_process_that_nobody_waits_for_ends(tmp_path: Path) -> None:
    """Where the check fails meanwhile, none is left behind."""
    note = tmp_path / "number"
    note.touch()

    def telling() -> Said:
        note.write_text(str(os.getpid()), encoding="utf-8")
        signal.pause()
        return Said([], [])

    with in_another_process(telling):
        while not note.stat().st_size:
            time.sleep(0.01)
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text(encoding="utf-8")), 0)


@pytest.mark.parametrize(("languages", "is_parted"), [(("en", "fr") * 5, True), (("en",), False)])
def test_a_base_is_parted_where_many_briefs_wait_for_it(
    languages: tuple[str, ...], is_parted: bool, desk: Path, tmp_path: Path
) -> None:
    """Not for one brief, whose check would take more processor time so."""
    brief = BriefRequest(topics=(TopicId("boats"),), languages=languages)
    request = Request(desk, tmp_path / "out", brief)
    meanwhile = build._meanwhile(load(desk), request, Pool(2, start="fork"))
    assert (meanwhile is in_another_process) is is_parted
    assert build._meanwhile(load(desk), request, Pool(1, start="fork")) is None
    assert build._meanwhile(load(desk), request, Pool(2, start="spawn")) is None
