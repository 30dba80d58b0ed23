"""The corpus of hostile and broken input: what each comes to, and that nothing is touched by it.

`tests/hostile/outcomes.tsv` has a line for each. Each outcome was read before it was kept: the
code and the place of what is wrong, or that it is harmless.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from breadth import cases
from command import run
from conftest import forked
from hostile.bases import BASES, Case, sound
from hostile.entries import ENTRIES
from hostile.files import briefs, records, saved

from briefings.run import capture

OUTCOMES = Path(__file__).parent / "hostile" / "outcomes.tsv"
WRONG = re.compile(r"(?m)^(?:(\S+?): )?(?:error|warning)\[([a-z-]+)\]: ")
UNRULY = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""What no terminal and no log may be sent."""


def outcomes() -> dict[tuple[str, str], str]:
    with OUTCOMES.open(encoding="utf-8", newline="") as file:
        return {(kind, name): outcome for kind, name, outcome in csv.reader(file, "excel-tab")}


KNOWN = outcomes()
CASES = (*BASES, *ENTRIES)

# Canaries: a file beside the desk, places of the machine, and the network.
_watched: list[tuple[str, str]] | None = None
_FORBIDDEN = ("/etc/passwd", "/dev/zero", "/proc/self/environ", "outside.txt", "outside.yaml")


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    if _watched is None:
        return
    if event == "open" and str(arguments[0]).endswith(_FORBIDDEN):
        _watched.append((event, str(arguments[0])))
    if event in ("socket.connect", "socket.getaddrinfo", "os.system", "subprocess.Popen"):
        _watched.append((event, repr(arguments[:2])))


sys.addaudithook(_listen)


@contextmanager
def untouched() -> Iterator[None]:
    """Nothing in the block opens a canary, asks the network or runs a program."""
    global _watched  # noqa: PLW0603 # an audit hook can't be taken off again
    _watched = []
    try:
        yield
        assert _watched == []
    finally:
        _watched = None


def told(*arguments: str) -> tuple[int, str, str]:
    """Exit code, the places and codes of what is wrong, and all that was printed."""
    done = run(*arguments)
    printed = done.stdout + done.stderr
    assert not UNRULY.search(printed), printed
    assert len(printed) < 100_000
    wrong = dict.fromkeys(
        f"{(place or '').rpartition('/')[2]} {code}".strip()
        for place, code in WRONG.findall(printed)
    )
    return done.exit_code, ", ".join(list(wrong)[:4]), printed


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.name}")
def test_a_hostile_desk(case: Case, tmp_path: Path) -> None:
    """`check`, `build` and `add` say the same of it; what is refused leaves nothing behind."""
    folder = tmp_path / "desk"
    folder.mkdir()
    sound(folder)
    case.harm(folder)
    base = ("--base", str(folder / "facts.yaml"))
    with untouched():
        told("check", *base, "--strict", "--github")
        status, wrong, _ = told("check", *base, "--strict")
        outcome = f"{status} {wrong}".strip()
        assert outcome == KNOWN[case.kind, case.name]
        out = tmp_path / "out"
        build = ("build", *base, "--format", "html", "--strict", "--out", str(out))
        built, wrong_in_build, _ = told(*build)
    assert built == status
    assert wrong_in_build == wrong
    assert out.exists() is (status == 0)
    told("list", "facts", "--json", *base)
    add_to(folder / "facts.yaml", (status, wrong))


def add_to(base: Path, before: tuple[int, str]) -> None:
    """`add` writes a fact or nothing; of a desk that it wrote into the check says what it did."""
    content = base.read_bytes()
    fact = ("--quote", "The ship left the port", "--statement", "The ship left the port.")
    with untouched():
        status, _, _ = told("add", "--base", str(base), *fact, "--credibility", "2", "--yes")
        if status:
            assert base.read_bytes() == content
            return
        assert base.read_bytes() != content
        after, wrong, _ = told("check", "--base", str(base), "--strict")
    assert (after, codes(wrong)) == (before[0], codes(before[1]))


def codes(wrong: str) -> list[str]:
    """What is wrong, wherever that is."""
    return sorted(each.rpartition(" ")[2] for each in wrong.split(", "))


FILES = [name for (kind, name) in KNOWN if kind == "brief"]


@pytest.fixture(scope="module")
def given(harbour_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every hostile brief."""
    folder = tmp_path_factory.mktemp("given")
    page, pdf = (
        (harbour_site / f"basin-closure.en.{form}").read_bytes() for form in ("html", "pdf")
    )
    for name, content in briefs(page, pdf):
        (folder / name).write_bytes(content)
    return folder


def test_each_hostile_brief_has_its_outcome(given: Path) -> None:
    """None is left out of the table, and the table names none that is not there."""
    assert sorted(path.name for path in given.iterdir()) == sorted(FILES)
    assert {(case.kind, case.name) for case in CASES} == {
        key for key in KNOWN if key[0] in {case.kind for case in CASES}
    }
    assert len(KNOWN) >= 250


BYTES = [name for name in FILES if name.startswith("byte-")][3:]
"""PDFs of which another byte is another one than in those before."""


@pytest.mark.parametrize("name", cases([each for each in FILES if each not in BYTES], *BYTES))
def test_a_hostile_brief(given: Path, harbour_site: Path, name: str) -> None:
    """It does not verify; what is wrong with it is said; `diff` says so or takes its data."""
    path = str(given / name)
    with untouched():
        status, _, printed = told("verify", path)
        first = next(line for line in printed.splitlines() if "FAILS" in line)
        said = re.sub(r"at byte \d+", "at byte N", first.partition(path + ": ")[2])
        outcome = f"{status} {said}"
        assert outcome == KNOWN["brief", name]
        whole = str(harbour_site / "basin-closure.en.html")
        assert told("diff", whole, path)[0] in (0, 1, 2)


def test_hostile_saved_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`capture` says what is wrong with each, and writes nothing."""
    # Loaded here and forked, so that no file's worker loads them again.
    for reader in ("mails", "pdf_files", "plain_texts", "webpages", "word_files"):
        import_module(f"briefings.capture.{reader}")
    monkeypatch.setattr(capture, "answers", forked)
    desk = tmp_path / "desk"
    desk.mkdir()
    sound(desk)
    monkeypatch.chdir(desk)
    before = sorted(path.name for path in desk.rglob("*"))
    for name, content in saved():
        file = tmp_path / name
        file.write_bytes(content)
        status, wrong, _ = told("capture", str(file))
        assert f"{status} {wrong}".strip() == KNOWN["saved", name], name
        assert sorted(path.name for path in desk.rglob("*")) == before, name


def test_hostile_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`check` names each record that is none; what it says is fit for a terminal."""
    desk = tmp_path / "desk"
    desk.mkdir()
    sound(desk)
    monkeypatch.chdir(desk)
    assert run("issue", "--format", "html").exit_code == 0
    (issued,) = Path("issued").iterdir()
    content = issued.read_bytes()
    for name, other in records(content):
        issued.write_bytes(other)
        status, wrong, _ = told("check")
        assert f"{status} {wrong}".strip() == KNOWN["record", name], name
        told("list", "issued", "--json")
        told("impact", "f", "--json")
    others: dict[str, Callable[[], object]] = {
        "pipe": lambda: os.mkfifo(issued),
        "link": lambda: issued.symlink_to(tmp_path / "outside.txt"),
        "folder": issued.mkdir,
    }
    for kind, make in others.items():
        issued.unlink(missing_ok=True)
        make()
        status, wrong, _ = told("check")
        assert f"{status} {wrong}".strip() == KNOWN["record", kind], kind
    issued.rmdir()
