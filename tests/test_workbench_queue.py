"""What waits in the queue of `briefings desk`, and what is decided there."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from opened_bench import TARROW, WARD, bench, fact, get, new, post

from briefings.authoring import queue
from briefings.workbench.messages import Unacceptable
from briefings.workbench.state import Workbench

__all__ = ["bench", "new"]


def waits(bench: Workbench) -> list[str]:
    return [each["quote"] for each in get(bench, "document?source=courier")["candidates"]]


def decide(bench: Workbench, quote: str, decision: str, note: str = "") -> int:
    body = {"source": "courier", "quote": quote, "state": decision, "note": note}
    return post(bench, "candidates", body)[0]


def test_what_is_dismissed_never_comes_back(bench: Workbench, new: Path) -> None:
    """Not for another window either, nor after the program has ended; what is kept stays."""
    assert decide(bench, "Brackwater clinic to close its night ward", "dismissed") == 200
    assert decide(bench, WARD, "kept", "How many in 2023?") == 200
    assert (new / queue.NAME).read_text() == (
        '{"format": 1, "candidates": [\n'
        '{"source": "courier", "quote": "Brackwater clinic to close its night ward", "state":'
        ' "dismissed"},\n'
        '{"source": "courier", "quote": "The ward took in 1,140 patients last year", "note":'
        ' "How many in 2023?", "state": "kept"}\n]}\n'
    )
    other = Workbench(new / "facts.yaml", lambda _: date(2025, 3, 5))
    other.refresh()
    assert "Brackwater clinic to close its night ward" not in waits(other)
    (kept,) = [
        each
        for each in get(other, "document?source=courier")["candidates"]
        if each["state"] == "kept"
    ]
    assert kept["note"] == "How many in 2023?"
    assert post(other, "facts", fact(other, WARD, WARD))[0] == 201
    assert WARD[:-1] not in waits(other)
    assert decide(bench, "By Ilse Marant, Brackwater Courier, 4 March 2025", "dismissed") == 200
    assert len(json.loads((new / queue.NAME).read_bytes())["candidates"]) == 3


def test_highlights_wait_with_their_notes(bench: Workbench, new: Path) -> None:
    """From whatever program wrote them down; one whose words stand nowhere says so."""
    rows = [
        {"source": "courier", "quote": "the district has not filled their posts", "origin": "Z"},
        {"source": "courier", "quote": "words that nobody wrote", "note": "look"},
    ]
    (new / queue.NAME).write_text(json.dumps({"format": 1, "candidates": rows}))
    bench.refresh()
    waiting = get(bench, "document?source=courier")["candidates"]
    assert [each["start"] is None for each in waiting if each["origin"] or each["note"]] == [
        False,
        True,
    ]
    assert waiting[-1]["note"] == "look"


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"format": 2, "candidates": []}',
        '{"format": 1, "candidates": [1]}',
        '{"format": 1, "candidates": 1}',
        '{"format": 1, "candidates": [{"source": "courier", "quote": 1}]}',
        '{"format": 1, "candidates": [{"source": "a", "quote": "b", "state": "c"}]}',
        "[" * 100_000,
    ],
    ids=lambda content: content[:60],
)
def test_a_damaged_queue_is_told_and_left_alone(bench: Workbench, new: Path, content: str) -> None:
    """It may be half a merge of two people's decisions."""
    (new / queue.NAME).write_text(content)
    bench.refresh()
    assert get(bench, "desk")["diagnostics"][-1]["file"] == queue.NAME
    assert decide(bench, WARD[:-1], "kept") == 422
    assert (new / queue.NAME).read_text() == content
    (new / queue.NAME).unlink()
    bench.refresh()
    assert get(bench, "desk")["diagnostics"] == []


def test_decisions_of_two_windows_at_once_are_both_kept(
    bench: Workbench, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another process writes down meanwhile is not written over."""
    assert decide(bench, WARD[:-1], "kept") == 200
    read = queue.kept
    other = {"source": "courier", "quote": "Monday", "state": "kept"}

    def late(root: Path) -> queue.Kept:
        was = read(root)
        (new / queue.NAME).write_text(json.dumps({"format": 1, "candidates": [other]}))
        return was

    monkeypatch.setattr(queue, "kept", late)
    assert decide(bench, TARROW[:-1], "kept") == 422
    monkeypatch.undo()
    assert json.loads((new / queue.NAME).read_bytes())["candidates"] == [other]
    assert decide(bench, "x" * 5000, "kept") == 422
    with pytest.raises(Unacceptable):
        decide(bench, WARD[:-1], "burnt")
