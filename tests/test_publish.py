"""Publishing: the output folder holds the old build or the new one, whatever happens."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from breadth import cases
from harbour_desk import content

from briefings.core.artifacts import Artifact
from briefings.core.diagnostics import Diagnostic, Severity
from briefings.output import lock
from briefings.output import publish as module
from briefings.output.allowed import refusal
from briefings.output.manifest import manifest
from briefings.output.publish import publish

# Every call by which publishing changes the disk, or makes sure of it.
CALLS = ("chmod", "fchmod", "fsync", "mkdir", "open", "rename", "rmdir", "unlink", "write")


def files(word: str) -> list[Artifact]:
    """A small build that can be told from another by `word`, with a file of its own."""
    artifacts = [
        Artifact("index.html", "text/html", f"index of {word}".encode()),
        Artifact("sources/a.html", "text/html", f"source in {word}".encode()),
        Artifact(f"{word}.pdf", "application/pdf", word.encode() * 9),
    ]
    return [*artifacts, manifest([], {}, artifacts)]


def expected(word: str) -> dict[str, bytes]:
    return {file.path: file.content for file in files(word)}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk's folder."""
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "facts.yaml").write_text("format: 1\n", encoding="utf-8")
    return folder


@pytest.fixture(params=["exchange", "two renames"])
def swap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to put a folder in another's place: Linux has one, all have the other."""
    if request.param == "two renames":
        monkeypatch.setattr(module, "_exchange", lambda *_: False)
    return str(request.param)


def beside(out: Path) -> set[str]:
    """What stands beside `out` that was not there before."""
    return {path.name for path in out.parent.iterdir()} - {out.name, "facts.yaml"}


def test_all_is_on_the_disk_before_it_gets_its_name(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file and folder; and none is waited for before all are written."""
    done: list[tuple[str, int]] = []
    write, rename = os.write, Path.rename

    def written(file: int, content: bytes) -> int:
        done.append(("write", os.fstat(file).st_ino))
        return write(file, content)

    def renamed(path: Path, target: Path) -> Path:
        done.append(("rename", path.stat().st_ino))
        return rename(path, target)

    monkeypatch.setattr(os, "write", written)
    monkeypatch.setattr(os, "fsync", lambda file: done.append(("fsync", os.fstat(file).st_ino)))
    monkeypatch.setattr(Path, "rename", renamed)
    out = desk.parent / "out"
    assert publish(files("new"), out, desk) is None
    steps = [step for step, _ in done]
    swap = steps.index("rename")
    assert steps[: len(expected("new"))] == ["write"] * len(expected("new"))
    assert "write" not in steps[len(expected("new")) :]
    forced = {inode for step, inode in done[:swap] if step == "fsync"}
    assert forced == {path.stat().st_ino for path in (out, *out.rglob("*"))}


@pytest.mark.usefixtures("swap")
def test_a_build_takes_the_place_of_an_earlier_one(desk: Path) -> None:
    """The new folder holds exactly the new files; nothing is left beside it."""
    out = desk / "build"
    for word in ("old", "new", "new"):
        assert publish(files(word), out, desk) is None
        assert content(out) == expected(word)
        assert not beside(out)


def test_modes_do_not_depend_on_the_umask(desk: Path) -> None:
    """A page that is to be read by others can be, even from a careful account."""
    before = os.umask(0o077)
    try:
        assert publish(files("new"), desk / "build", desk) is None
    finally:
        os.umask(before)
    for path in (desk / "build", *(desk / "build").rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o755 if path.is_dir() else 0o644), path


def test_folders_on_the_way_are_made(desk: Path) -> None:
    """`--out editions/2025/14` needs no mkdir first."""
    assert publish(files("new"), desk / "editions/2025/14", desk) is None
    assert content(desk / "editions/2025/14") == expected("new")


def is_refused(out: Path, desk: Path, code: str, word: str) -> Diagnostic:
    """Both the early question and publishing itself refuse, for the same reason."""
    early, late = refusal(out, desk), publish(files("new"), out, desk)
    assert early is not None
    assert late is not None
    assert early.code == late.code == code
    assert word in late.message
    assert late.hints
    return late


def test_a_foreign_file_is_never_destroyed(desk: Path) -> None:
    """Neither in a folder that is no build, nor beside an earlier build's files."""
    out = desk / "build"
    (out / "sources").mkdir(parents=True)
    (out / "thesis.txt").write_text("ten years", encoding="utf-8")
    is_refused(out, desk, "output-not-ours", "thesis.txt")
    (out / "thesis.txt").unlink()
    (out / "sources").rmdir()
    assert publish(files("old"), out, desk) is None
    (out / "sources/notes.txt").write_text("mine", encoding="utf-8")
    is_refused(out, desk, "output-not-ours", "sources/notes.txt")
    assert content(out) == {**expected("old"), "sources/notes.txt": b"mine"}
    (out / "sources/notes.txt").unlink()
    (out / "sources/link").symlink_to(desk)
    is_refused(out, desk, "output-not-ours", "sources/link")


@pytest.mark.parametrize("folder", ["notes", "sources/notes", "sources/notes/older"])
def test_a_foreign_empty_folder_is_never_destroyed(desk: Path, folder: str) -> None:
    """It is kept for something, wherever it is; one of our own that was emptied is ours."""
    out = desk / "build"
    (out / folder).mkdir(parents=True)
    is_refused(out, desk, "output-not-ours", f"{folder.partition('/')[0]}/")
    shutil.rmtree(out)
    assert publish(files("old"), out, desk) is None
    (out / folder).mkdir(parents=True)
    is_refused(out, desk, "output-not-ours", "notes/")
    assert (out / folder).is_dir()
    assert content(out) == expected("old")
    shutil.rmtree(out / "sources")
    if not (out / "notes").exists():
        (out / "sources").mkdir()
        assert publish(files("new"), out, desk) is None
        assert content(out) == expected("new")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "other"}', '{"format": "briefings-manifest-1"}', "[" * 9999],
)
def test_another_manifest_is_no_permission(desk: Path, text: str) -> None:
    """A `manifest.json` that is not ours names nothing that may go."""
    out = desk / "build"
    out.mkdir()
    (out / "manifest.json").write_text(text, encoding="utf-8")
    is_refused(out, desk, "output-not-ours", "manifest.json")


def test_a_fifo_for_a_manifest_does_not_hang(desk: Path) -> None:
    """Opening it would wait for a writer for ever."""
    out = desk / "build"
    out.mkdir()
    os.mkfifo(out / "manifest.json")
    is_refused(out, desk, "output-not-ours", "manifest.json")


@pytest.mark.parametrize("out", ["", ".", "..", "/", "../desk"])
def test_the_desk_itself_is_no_output(
    desk: Path, out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor any folder that holds it."""
    monkeypatch.chdir(desk)
    is_refused(Path(out), desk, "output-not-ours", "desk")
    assert (desk / "facts.yaml").exists()


@pytest.mark.parametrize("out", ["seeds", "issued", "issued/../seeds/x", "templates/a/b", "far/x"])
def test_no_folder_that_the_desk_keeps_is_an_output(desk: Path, out: str, tmp_path: Path) -> None:
    """Nor one in it: every later `check` would read a manifest for a record."""
    (desk / "issued").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (desk / "seeds").symlink_to(tmp_path / "elsewhere")
    (desk / "far").symlink_to(tmp_path / "elsewhere")
    is_refused(desk / out, desk, "output-not-ours", "which the desk keeps")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_link_or_a_file_is_no_output(desk: Path) -> None:
    """A link could lead anywhere; what is behind it stays."""
    (desk / "real").mkdir()
    (desk / "link").symlink_to("real")
    (desk / "dangling").symlink_to("nowhere")
    (desk / "loop").symlink_to("loop")
    for name in ("link", "dangling", "facts.yaml", "facts.yaml/build", "loop/build"):
        is_refused(desk / name, desk, "output-unwritable", name)
    assert (desk / "link").is_symlink()
    assert not list((desk / "real").iterdir())


def test_a_read_only_folder_is_left_alone(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Someone froze an issued build; swapping it away would get around that."""
    out = desk / "build"
    assert publish(files("old"), out, desk) is None
    monkeypatch.setattr(os, "access", lambda *_: False)
    is_refused(out, desk, "output-unwritable", "permission denied")
    assert content(out) == expected("old")


def test_the_reason_is_the_one_that_the_system_gives(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mount that is read-only is no want of permission."""

    class Library:
        def __init__(self, *_: object, **__: object) -> None:
            self.access = lambda *_: -1

    out = desk / "build"
    assert publish(files("old"), out, desk) is None
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(ctypes, "CDLL", Library)
    monkeypatch.setattr(ctypes, "get_errno", lambda: errno.EROFS)
    is_refused(out, desk, "output-unwritable", "read-only file system")


def test_what_follows_happens_with_it_or_not_at_all(desk: Path, swap: str) -> None:
    """Where it fails, the earlier build is back, or none is there."""
    del swap
    out = desk / "build"
    failed = Diagnostic("output-unwritable", Severity.ERROR, "no", None)
    assert publish(files("new"), out, desk, lambda: failed) == failed
    assert not out.exists()
    assert publish(files("old"), out, desk, lambda: None) is None
    assert publish(files("new"), out, desk, lambda: failed) == failed
    assert content(out) == expected("old")

    def interrupted() -> None:
        assert content(out) == expected("new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(files("new"), out, desk, interrupted)
    assert content(out) == expected("old")
    assert not beside(out)


def test_two_builds_do_not_collide(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second waits for the first, and gives up with a message when that takes too long."""
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    held = os.open(desk, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        published = publish(files("new"), desk / "build", desk)
    finally:
        os.close(held)
    assert published is not None
    assert published.code == "output-unwritable"
    assert "another build" in published.message
    assert publish(files("new"), desk / "build", desk) is None


def test_a_path_that_leaves_the_folder_is_our_mistake(desk: Path) -> None:
    """No id can spell one; if one ever does, nothing is written."""
    with pytest.raises(ValueError, match="no path"):
        publish([Artifact("../a", "text/plain", b"")], desk / "build", desk)
    assert not beside(desk / "build")


def failing_at(turn: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Let the call number `turn` fail for want of room; yields how many calls there were."""
    count = 0

    def wrapped(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal count
            count += 1
            if count == turn:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*args, **kwargs)

        return call

    with monkeypatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, wrapped(getattr(os, name)))
        patch.setattr(module, "_exchange", wrapped(module._exchange))
        yield count
    yield count


def test_a_full_disk_at_any_step_leaves_old_or_new(
    desk: Path, swap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call fails once: then a diagnostic and the old build, or none and the new one."""
    out = desk / "build"
    failures = 0
    for turn in range(1, 200):
        assert publish(files("old"), out, desk) is None
        steps = failing_at(turn, monkeypatch)
        next(steps)
        published = publish(files("new"), out, desk)
        calls = next(steps)
        failures += published is not None
        assert content(out) == expected("new" if published is None else "old"), (swap, turn)
        assert publish(files("new"), out, desk) is None
        assert content(out) == expected("new")
        assert not beside(out), (swap, turn)
        if calls < turn:
            break
    else:
        pytest.fail("publishing takes more steps than were tried")
    assert failures > 20


KILLED = """
    import os, sys
    sys.path.insert(0, sys.argv[1])
    from pathlib import Path
    from briefings.output import publish as module
    from test_publish import CALLS, beside, content, expected, files
    from briefings.output.publish import publish

    desk, way, when = Path(sys.argv[2]), sys.argv[3], sys.argv[4]
    out = desk / "build"
    if way == "two renames":
        module._exchange = lambda *_: False

    def kill_at(turn):
        count = 0
        def wrapped(real):
            def call(*args, **kwargs):
                nonlocal count
                count += 1
                if count == turn and when == "before":
                    os.kill(os.getpid(), 9)
                try:
                    return real(*args, **kwargs)
                finally:
                    if count == turn:
                        os.kill(os.getpid(), 9)
            return call
        for name in CALLS:
            setattr(os, name, wrapped(getattr(os, name)))
        module._exchange = wrapped(module._exchange)

    for turn in range(1, 200):
        assert publish(files("old"), out, desk) is None
        child = os.fork()
        if child == 0:
            kill_at(turn)
            publish(files("new"), out, desk)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        if out.exists() or way == "exchange":
            assert content(out) in (expected("old"), expected("new")), turn
        else:
            assert content(desk / ".build.briefings-old") == expected("old"), turn
        assert publish(files("new"), out, desk) is None, turn
        assert content(out) == expected("new") and not beside(out), turn
        if status == 0:
            print(turn - 1)
            break
"""


@pytest.mark.parametrize(
    ("way", "when"),
    cases(
        [("exchange", "before"), ("two renames", "after")],
        *(("exchange", "after"), ("two renames", "before")),
    ),
)
def test_a_kill_at_any_step_leaves_old_or_new(desk: Path, way: str, when: str) -> None:
    """SIGKILL before and after each call; the next build clears away what was left."""
    script = [
        sys.executable,
        "-c",
        dedent(KILLED),
        str(Path(__file__).parent),
        str(desk),
        way,
        when,
    ]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 30


def test_folders_that_a_failed_build_made_go_again(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that were there stay, empty or not, and so does one that holds anything by then."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def full_beside_another(_artifacts: object, stage: Path, _out: Path) -> None:
        (stage.parent / "mine.txt").write_text("x", encoding="utf-8")
        full()

    own = desk / "own"
    own.mkdir()
    for write in (full, full_beside_another):
        monkeypatch.setattr(module, "_write", write)
        reported = publish(files("new"), own / "a" / "b" / "build", desk)
        assert reported is not None
        assert "no space left" in reported.message
        there = {path.relative_to(own).as_posix() for path in own.rglob("*")}
        assert there == (set() if write is full else {"a", "a/b", "a/b/mine.txt"})
        assert own.is_dir()


def test_who_waits_for_a_folder_that_goes_makes_it_again(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build fails that made the folder for which another one waits."""
    parent = desk / "a" / "b"
    outcome: list[Diagnostic | None] = []
    real, real_open = module._write, lock._open
    opened = threading.Event()

    def open_told(path: Path) -> Any:
        held = real_open(path)
        if threading.current_thread() is other:
            opened.set()
        return held

    other = threading.Thread(
        target=lambda: outcome.append(publish(files("other"), parent / "other", desk))
    )

    def fail(artifacts: list[Artifact], stage: Path, out: Path) -> None:
        if threading.current_thread() is other:
            return real(artifacts, stage, out)
        other.start()
        assert opened.wait(20)
        time.sleep(0.1)  # it waits for the lock by now, on the folder that goes
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(module, "_write", fail)
    monkeypatch.setattr(lock, "_open", open_told)
    assert publish(files("new"), parent / "build", desk) is not None
    other.join(20)
    assert outcome == [None]
    assert content(parent / "other") == expected("other")
    assert not (parent / "build").exists()
