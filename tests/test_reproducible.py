"""Equal inputs make equal bytes, wherever, whenever and by whomever they are built."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from breadth import cases
from command import DESK, run
from harbour_desk import content

from briefings.cli import terminal
from briefings.core.model import TopicId
from briefings.output import publish
from briefings.plan.request import BriefRequest, Request
from briefings.run.build import build
from briefings.workers import pool

pytestmark = pytest.mark.usefixtures("workers")

COMMAND = ("build", "--format", "html", "--topic", "basin-closure", "--topic", "tarn-cannery")
"""The desk says of which day its edition is."""

Patch = pytest.MonkeyPatch
Circumstance = Callable[[Patch, Path], None]


def reversed_copy(root: Path) -> Path:
    """The desk, its files written in the other order, in a folder of another length and depth."""
    desk = root / "another place" / "für Später" / "d"
    for path in sorted(DESK.rglob("*"), reverse=True):
        if path.is_file():
            copy = desk / path.relative_to(DESK)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
            os.utime(copy, (1, 1))
    return desk


def variables(**named: str) -> Circumstance:
    """Variables of the environment that are set otherwise."""

    def change(patch: Patch, _: Path) -> None:
        for name, value in named.items():
            patch.setenv(name, value)
        time.tzset()

    return change


def another_folder(patch: Patch, root: Path) -> None:
    patch.chdir(reversed_copy(root))


def listed_backwards(patch: Patch, _: Path) -> None:
    """A file system that lists its folders the other way round."""
    real = os.scandir

    @contextmanager
    def scandir(path: Any = ".") -> Iterator[Iterator[os.DirEntry[str]]]:
        with real(path) as entries:
            yield iter(sorted(entries, key=lambda entry: entry.name, reverse=True))

    patch.setattr(os, "scandir", scandir)


def another_day(patch: Patch, _: Path) -> None:
    patch.setattr(terminal, "today", lambda _: date(1999, 12, 31))
    patch.setattr(time, "time", lambda: 0.0)


def another_host(patch: Patch, _: Path) -> None:
    """Another machine, by its name, its kernel and whom it runs as."""
    uname = os.uname()
    other = type(uname)((uname.sysname, "elsewhere", "9.9.9", "#1", uname.machine))
    patch.setattr(os, "uname", lambda: other)
    patch.setattr(socket, "gethostname", lambda: "elsewhere")
    patch.setattr(os, "getuid", lambda: 4711)
    patch.setattr(os, "getlogin", lambda: "nobody")


def one_processor(patch: Patch, _: Path) -> None:
    patch.setattr(os, "cpu_count", lambda: 1)
    patch.setattr(pool, "_affordable", lambda _: 1)


def no_exchange(patch: Patch, _: Path) -> None:
    """A system that can't let two folders change places."""
    patch.setattr(publish, "_exchange", lambda *_: False)


CIRCUMSTANCES: dict[str, Circumstance] = {
    "folder": another_folder,
    "time zone": variables(TZ="Pacific/Kiritimati"),
    "locale": variables(LC_ALL="fa_IR.UTF-8", LANG="fa_IR.UTF-8", LANGUAGE="fa"),
    "plain locale": variables(LC_ALL="C"),
    "user": variables(HOME="/nowhere", USER="nobody", LOGNAME="nobody", HOSTNAME="elsewhere"),
    "terminal": variables(COLUMNS="20", TERM="dumb", NO_COLOR="1", FORCE_COLOR="1"),
    "time of the build": variables(SOURCE_DATE_EPOCH="86400"),
    "order of files": listed_backwards,
    "clock": another_day,
    "host": another_host,
    "processors": one_processor,
    "file system": no_exchange,
}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What is built where nothing is out of the ordinary."""
    folder = Path(shutil.copytree(DESK, tmp_path_factory.mktemp("here") / "desk"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(*COMMAND).exit_code == 0
    return content(folder / "build")


TOGETHER: tuple[tuple[str, ...], ...] = (
    ("folder", "time zone", "locale", "user", "terminal", "order of files", "clock"),
    ("plain locale", "time of the build", "host", "processors", "file system"),
)


@pytest.mark.parametrize("names", cases(TOGETHER, *((name,) for name in CIRCUMSTANCES)))
def test_no_circumstance_shows(
    names: tuple[str, ...], here: dict[str, bytes], tmp_path: Path, monkeypatch: Patch
) -> None:
    """Many at once; in full breadth each by itself too, so that one that does has a name."""
    monkeypatch.chdir(shutil.copytree(DESK, tmp_path / "desk"))
    with monkeypatch.context() as patch:
        for name in names:
            CIRCUMSTANCES[name](patch, tmp_path)
        done = run(*COMMAND)
        files = content(Path("build"))
    time.tzset()
    assert done.exit_code == 0, done.stderr
    assert files == here


@pytest.mark.parametrize("mask", cases([0o077], 0o000))
def test_no_umask_shows(
    mask: int, here: dict[str, bytes], tmp_path: Path, monkeypatch: Patch
) -> None:
    """Neither in the bytes nor in who may read them."""
    monkeypatch.chdir(shutil.copytree(DESK, tmp_path / "desk"))
    before = os.umask(mask)
    try:
        assert run(*COMMAND).exit_code == 0
    finally:
        os.umask(before)
    assert content(Path("build")) == here
    assert {path.stat().st_mode & 0o777 for path in Path("build").rglob("*")} == {0o644, 0o755}


ELSEWHERE = ("sh", "-c", 'hostname elsewhere && exec "$@"', "sh")
"""Gives a name to the host that this process alone is on."""

NOBODY = 65534
PROGRAM = """\
import os, socket, sys, time
assert socket.gethostname() == os.uname().nodename == "elsewhere"
assert os.getuid() in ({user}, 0)
time.time, time.time_ns = (lambda: 0.0), (lambda: 0)
sys.path[:0] = [{checkout!r}]
from briefings.cli import main
main()
"""


def test_no_real_host_shows(here: dict[str, bytes], checkout: Path) -> None:
    """One of another name, as another user where we may be one, and at the beginning of time."""
    may_be_anyone = os.getuid() == 0
    apart = ["unshare", "--uts", *([] if may_be_anyone else ["--map-root-user"])]
    if shutil.which("unshare") is None or subprocess.run([*apart, "true"], check=False).returncode:
        pytest.skip("this machine gives no process a host name of its own")
    become = ["setpriv", f"--reuid={NOBODY}", "--clear-groups"] if may_be_anyone else []
    program = PROGRAM.format(user=NOBODY, checkout=str(checkout))
    command = [*apart, *ELSEWHERE, *become, sys.executable, "-c", program, *COMMAND]
    env = {"PATH": os.environ["PATH"], "BRIEFINGS_CACHE": "off"}
    # Not below pytest's own folder, which is closed to others.
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(shutil.copytree(DESK, Path(folder) / "desk"))
        for path in (Path(folder), desk):
            path.chmod(0o777)
        done = subprocess.run(
            command, cwd=desk, env=env, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        assert content(desk / "build") == here


def test_all_of_it_at_once_in_a_process_of_its_own(tmp_path: Path) -> None:
    """Paper too, set by two workers there and by one here; and another hash seed."""
    out = tmp_path / "out"
    request = Request(DESK / "facts.yaml", out, BriefRequest((TopicId("tarn-cannery"),)))
    build(request, today=lambda _: date(2024, 3, 10), workers=1)
    desk = reversed_copy(tmp_path)
    program = (
        f"import os, sys; os.umask(0o077); sys.path[:0] = [{str(Path(__file__).parents[1])!r}]"
    )
    asked = ("build", "--topic", "tarn-cannery")
    elsewhere = {
        "PATH": "/usr/bin:/bin",
        "PYTHONHASHSEED": "4711",
        "TZ": "America/Lima",
        "LC_ALL": "fa_IR.UTF-8",
        "HOME": str(tmp_path),
        "BRIEFINGS_CACHE": "off",
    }
    subprocess.run(
        [sys.executable, "-c", f"{program}; from briefings.cli import main; main()", *asked],
        cwd=desk,
        env=elsewhere,
        check=True,
        capture_output=True,
    )
    assert content(desk / "build") == content(out)
    assert any(name.endswith(".pdf") for name in content(out))
