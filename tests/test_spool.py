"""Finished files wait on the disk once they are many, and nobody sees them there."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import pytest

from briefings.output import spool
from briefings.output.spool import Spool
from briefings.output.store import RunStore


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


def test_memory_stays_flat_however_much_waits(tmp_path: Path) -> None:
    """Of a thousand files of a build as of a hundred."""
    content = bytes(2**20)
    for count in (20, 40):
        waiting = Spool(tmp_path / "build")
        held = [waiting.keep(content) for _ in range(count)]
        assert sum(len(each) for each in held if isinstance(each, bytes)) == 16 * 2**20
        assert all(fetched(each) == content for each in held)


def test_what_a_run_keeps_waits_there_too(tmp_path: Path) -> None:
    """A build with --keep-going and no cache keeps all it makes until it knows what fails."""
    store = RunStore(Spool(tmp_path / "build", most=4))
    for key in ("one", "two", "three"):
        store.put(key, key.encode())
    assert [store.get(key) for key in ("three", "one", "two", "four")] == [
        b"three",
        b"one",
        b"two",
        None,
    ]
    assert RunStore().get("one") is None
