"""Finished files wait on the disk once they are many, and nobody sees them there."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import pytest

from briefings.output import spool
from briefings.output.spool import Spool


def fetched(held: bytes | Callable[[], bytes]) -> bytes:
    return held if isinstance(held, bytes) else held()


def test_what_waits_comes_back(tmp_path: Path) -> None:
    """Beyond what there is room for in memory; whatever else comes in between, in any order."""
    contents = [bytes([number]) * number * 100 for number in range(9)]
    waiting = Spool(tmp_path / "not" / "there" / "yet", most=1000)
    held = [waiting.keep(content) for content in contents]
    assert [isinstance(each, bytes) for each in held] == [True] * 5 + [False] * 4
    assert list(tmp_path.iterdir()) == []
    assert [fetched(each) for each in reversed(held)] == contents[::-1]
    del waiting
    gc.collect()
    assert [fetched(each) for each in held] == contents


def test_a_disk_that_takes_nothing_is_not_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then all waits in memory."""
    asked: list[Path] = []

    def full(*, dir: Path) -> None:  # noqa: A002 # as theirs
        asked.append(dir)
        raise OSError

    monkeypatch.setattr(spool, "TemporaryFile", full)
    waiting = Spool(tmp_path / "build", most=1)
    assert [waiting.keep(content) for content in (b"one", b"two")] == [b"one", b"two"]
    assert asked == [tmp_path]
