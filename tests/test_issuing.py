"""Issuing is all or nothing, whatever the disk does and whoever else is at it."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from breadth import cases
from harbour_desk import built_on, desk
from refusals import codes, refusal

from briefings.core.diagnostics import Refused
from briefings.core.model import TopicId
from briefings.output import atomic as place_module
from briefings.output import lock
from briefings.output import publish as publishing
from briefings.output.atomic import Taken, atomic_write, settle, staged
from briefings.plan.request import BriefRequest, Request
from briefings.run import issue as module
from briefings.run.build import prepare
from briefings.run.issue import IssuedNow, issue

__all__ = ["desk"]


def test_a_file_is_placed_whole_or_not_at_all(tmp_path: Path) -> None:
    """And not over another one, unless that is asked for."""
    file, other = tmp_path / "a", tmp_path / "b"
    atomic_write(file, b"one")
    atomic_write(file, b"two")
    assert file.read_bytes() == b"two"
    with staged({other: b"three", file: b"three"}), pytest.raises(Taken):
        settle((other, file))
    assert file.read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


# Every call by which issuing changes the disk, or makes sure of it.
CALLS = ("chmod", "fchmod", "fsync", "mkdir", "open", "rename", "rmdir", "unlink", "write")


class Full:
    """A disk on which the call number `turn`, and with `lasting` each later one, fails."""

    def __init__(self, turn: int, *, lasting: bool = False) -> None:
        self.turn = turn
        self.lasting = lasting
        self.count = 0

    def wrapped(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.count += 1
            if self.count == self.turn or (self.lasting and self.count > self.turn):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*args, **kwargs)

        return call


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


@pytest.fixture
def prepared(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], IssuedNow]:
    """Issues two topics without making them anew, onto an output that holds an earlier build."""
    request = Request(
        desk / "facts.yaml",
        desk.parent / "out",
        BriefRequest((TopicId("basin-closure"), TopicId("tarn-cannery")), as_of=date(2024, 3, 10)),
        formats=("html",),
    )
    done = prepare(request, today=lambda _: date(2024, 4, 1))
    monkeypatch.setattr(module, "prepare", lambda *_, **__: done)
    return lambda: issue(request, today=lambda _: date(2024, 4, 1))


# test_publish.py has two renames.
@pytest.mark.parametrize(
    ("swap", "has_earlier"), cases([("exchange", True), ("none", False)], ("two renames", True))
)
def test_a_full_disk_at_any_step_issues_all_or_nothing(
    desk: Path,
    prepared: Callable[[], IssuedNow],
    swap: str,
    has_earlier: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each call fails once: then a diagnostic and all as it was, or none and all of it new."""
    if swap == "two renames":
        monkeypatch.setattr(publishing, "_exchange", lambda *_: False)
    out = desk.parent / "out"
    names = {f"{topic}.en.2024-03-10.json" for topic in ("basin-closure", "tarn-cannery")}
    failures = 0
    if has_earlier:
        built_on(desk, 4)
    before = everything(desk.parent)
    for turn in range(1, 300):
        full = Full(turn)
        with monkeypatch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, full.wrapped(getattr(os, name)))
            patch.setattr(publishing, "_exchange", full.wrapped(publishing._exchange))
            refused = None
            try:
                prepared()
            except Refused as error:
                refused = error
        now = everything(desk.parent)
        if refused is None:
            left = {path.name for path in (desk / "issued").glob("*.json")}
            assert left == names, turn
            assert (out / "tarn-cannery.en.html").exists()
            shutil.rmtree(desk / "issued")
        else:
            failures += 1
            (mistake,) = refused.diagnostics
            assert mistake.code in ("output-unwritable", "output-not-ours"), turn
            ours = {name: each for name, each in now.items() if "briefings-" not in name}
            if "desk/issued" not in before:
                ours.pop("desk/issued", None)
            assert ours == before, turn
        prepared()
        assert not [name for name in everything(desk.parent) if "briefings-" in name], turn
        shutil.rmtree(desk / "issued")
        shutil.rmtree(out)
        if full.count < turn:
            break
        if has_earlier:
            restore(out, before)
    else:
        pytest.fail("issuing takes more steps than were tried")
    assert failures > 30


def restore(out: Path, before: dict[str, bytes]) -> None:
    for name, content in sorted(before.items()):
        if name == "out" or (name.startswith("out/") and "." not in name):
            (out.parent / name).mkdir()
        elif name.startswith("out/"):
            (out.parent / name).write_bytes(content)


def test_records_are_on_the_disk_before_the_output_is_touched(
    desk: Path, prepared: Callable[[], IssuedNow], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk without room loses nothing, and a rename that fails is undone."""
    built_on(desk, 4)
    before = everything(desk.parent)
    published: list[bool] = []
    with monkeypatch.context() as patch:
        patch.setattr(place_module, "write", Full(1).wrapped(place_module.write))
        patch.setattr(module, "put", lambda *_: published.append(True))
        assert refusal(prepared).status == 2
    assert (published, everything(desk.parent)) == ([], before)
    for turn in (1, 2):
        with monkeypatch.context() as patch:
            full = Full(turn)
            real = Path.rename

            def rename(path: Path, to: Path, full: Full = full, real: Any = real) -> Any:
                counted = full.wrapped(real) if to.suffix == ".json" else real
                return counted(path, to)

            patch.setattr(Path, "rename", rename)
            refused = refusal(prepared)
        assert refused.status == 2
        assert "issued' can't be written: no space left" in refused.diagnostics[-1].message
        assert everything(desk.parent) == before


@pytest.mark.parametrize("swap", ["exchange", "two renames"])
def test_what_can_not_be_undone_is_told(
    desk: Path, prepared: Callable[[], IssuedNow], swap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the earlier build is, and which record stands."""
    if swap == "two renames":
        monkeypatch.setattr(publishing, "_exchange", lambda *_: False)
    built_on(desk, 4)
    before = everything(desk.parent / "out")
    with monkeypatch.context() as patch:
        real = Path.rename
        records = 0
        full = Full(2, lasting=True)

        def rename(path: Path, to: Path) -> Any:
            nonlocal records
            records += to.suffix == ".json"
            if records > 1:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return real(path, to)

        patch.setattr(Path, "rename", rename)
        if swap == "exchange":
            patch.setattr(publishing, "_exchange", full.wrapped(publishing._exchange))
        patch.setattr(place_module, "_taken_back", lambda _: False)
        refused = refusal(prepared)
    mistake = refused.diagnostics[-1]
    assert refused.status == 2
    (standing,) = (desk / "issued").glob("*.json")
    assert f"and {str(standing)!r} can't be removed again" in mistake.message
    assert f"and {str(desk.parent / 'out')!r} can't be put back as it was" in mistake.message
    kind = "new" if swap == "exchange" else "old"
    held = desk.parent / f".out.briefings-{kind}"
    if swap == "exchange":
        assert any(str(held) in hint.message for hint in mistake.hints)
        assert everything(held) == before


def test_another_issue_is_waited_for(
    desk: Path, prepared: Callable[[], IssuedNow], monkeypatch: pytest.MonkeyPatch
) -> None:
    """But not for ever; and a record that it wrote meanwhile is not overwritten."""
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    with (desk / "facts.yaml").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        refused = refusal(prepared)
    assert refused.status == 2
    assert "another issue" in refused.diagnostics[-1].message
    (desk / "issued").mkdir()
    meanwhile = desk / "issued" / "tarn-cannery.en.2024-03-10.json"
    meanwhile.write_bytes(b"{}")
    assert codes(prepared) == (2, ["issued-twice"])
    assert [path.name for path in (desk / "issued").iterdir()] == [meanwhile.name]
    assert not (desk.parent / "out").exists()


def test_a_loop_of_links_is_no_output(desk: Path) -> None:
    """Said before the work, as by a build."""
    out = desk.parent / "loop"
    out.symlink_to("loop")
    request = Request(desk / "facts.yaml", out, formats=("html",))
    wrong = codes(lambda: issue(request, today=lambda _: date(2024, 4, 1)))
    assert wrong == (2, ["output-unwritable"])
    assert not (desk / "issued").exists()


def test_an_empty_folder_of_others_is_not_issued_over(
    desk: Path, prepared: Callable[[], IssuedNow]
) -> None:
    """Nothing is recorded either."""
    notes = desk.parent / "out" / "notes"
    notes.mkdir(parents=True)
    refused = refusal(prepared)
    assert [each.code for each in refused.diagnostics] == ["output-not-ours"]
    assert notes.is_dir()
    assert not (desk / "issued").exists()
