"""The corpus of hostile and broken input: what each comes to, and that nothing is touched by it.

`tests/hostile/outcomes.tsv` has a line for each. Each outcome was read before it was kept: the
code and the place of what is wrong, or that it is harmless.
"""

from __future__ import annotations

import atexit
import csv
import os
import re
import socket
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from breadth import cases
from command import run
from conftest import answered_here, forked
from hostile import given as more
from hostile.arguments import arguments
from hostile.bases import BASES, Case, sound
from hostile.entries import ENTRIES
from hostile.exports import exports
from hostile.files import briefs, editions, leading, records, saved, strange
from hostile.left import LEFT
from hostile.looks import looks
from hostile.odd import ODD
from hostile.rarer import RARER

from briefings.capture.identify import language_of
from briefings.run import capture
from briefings.workers.pool import Limits

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
CASES = (*BASES, *ENTRIES, *ODD, *RARER, *LEFT)

# Canaries: a file beside the desk, places of the machine, a socket that listens, and the network.
# What Python does is heard by its audit hook, in forked workers too, which write into one pipe with
# us; what libraries of C do, by the socket, and by the words of the file where they must not be.
_is_watched = False
_HEARD, _TELLS = os.pipe()
os.set_blocking(_HEARD, False)
_LISTENING = socket.create_server(("127.0.0.1", 0))
_LISTENING.setblocking(False)
atexit.register(_LISTENING.close)
_WORDS = "Canaries-sing-at-dusk"
_FORBIDDEN = ("/etc/passwd", "/dev/zero", "/proc/self/environ", "outside.txt", "outside.yaml")


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    if not _is_watched:
        return
    if event == "open" and str(arguments[0]).endswith(_FORBIDDEN):
        os.write(_TELLS, f"{event} {arguments[0]}\n".encode())
    if event in ("socket.connect", "socket.getaddrinfo", "os.system", "subprocess.Popen"):
        os.write(_TELLS, f"{event} {arguments[:2]!r}\n".encode())


sys.addaudithook(_listen)


def heard() -> str:
    """What was touched since the last time."""
    touched = ""
    with suppress(BlockingIOError):
        touched += os.read(_HEARD, 2**16).decode()
    with suppress(BlockingIOError):
        _LISTENING.accept()[0].close()
        touched += "the socket was asked\n"
    return touched


@contextmanager
def untouched() -> Iterator[None]:
    """Nothing in the block opens a canary, asks the network or runs a program."""
    global _is_watched  # noqa: PLW0603 # an audit hook can't be taken off again
    heard()
    _is_watched = True
    try:
        yield
    finally:
        _is_watched = False
    assert heard() == ""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound desk, where one stands, and beside it the file that nobody may read."""
    desk = tmp_path / "desk"
    desk.mkdir()
    sound(desk)
    (tmp_path / "outside.txt").write_text(f"{_WORDS}\n", encoding="utf-8")
    monkeypatch.chdir(desk)
    return desk


def touch(canary: object) -> None:
    """Open a file, or ask the socket for nothing, as no reader of ours may."""
    if isinstance(canary, Path):
        canary.read_bytes()
        return
    with socket.socket() as asking:
        asking.connect(_LISTENING.getsockname())


@pytest.mark.parametrize("is_file", [True, False], ids=["file", "address"])
def test_canaries_are_heard_from_a_worker(folder: Path, *, is_file: bool) -> None:
    """Else none of these tests could fail."""
    canary = folder.parent / "outside.txt" if is_file else None
    message = "outside.txt" if is_file else "socket was asked"
    with pytest.raises(AssertionError, match=message), untouched():
        list(forked({"task": canary}, touch, Limits(processor=9, wall=99, memory=2**31)))


def printed_by(*arguments: str) -> tuple[int, str, str]:
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


def codes(wrong: str) -> list[str]:
    """What is wrong, wherever that is."""
    return sorted(each.rpartition(" ")[2] for each in wrong.split(", "))


def outcome_of(case: Case) -> tuple[int, str]:
    """The exit code of the check, and the places and codes of what is wrong."""
    status, _, wrong = KNOWN[case.kind, case.name].partition(" ")
    return int(status), wrong


def one_of_each_outcome() -> list[Case]:
    """The first case of each kind that comes to something else than those before."""
    firsts: dict[tuple[object, ...], Case] = {}
    for case in CASES:
        status, wrong = outcome_of(case)
        firsts.setdefault((case.kind, status, *codes(wrong)), case)
    return list(firsts.values())


FIRSTS = one_of_each_outcome()
CHECKED = [case for case in CASES if case in FIRSTS or case in CASES[::3]]
HARMLESS = [case for case in CASES if outcome_of(case)[0] == 0]
BUILT = [case for case in CASES if case in FIRSTS or case in HARMLESS[::3]]
"""And of those that are harmless some more, of which pages are made."""


@pytest.fixture
def harmed(case: Case, tmp_path: Path) -> Path:
    """The base of a desk that is harmed so."""
    folder = tmp_path / "desk"
    folder.mkdir()
    sound(folder)
    case.harm(folder)
    return folder / "facts.yaml"


def of_each(those: Sequence[Case]) -> pytest.MarkDecorator:
    """A test of `those` cases, or in full breadth of all."""
    more = [case for case in CASES if case not in those]
    return pytest.mark.parametrize(
        "case", cases(those, *more), ids=lambda case: f"{case.kind}: {case.name}"
    )


@of_each(CHECKED)
def test_a_hostile_desk(case: Case, harmed: Path) -> None:
    """What `check` says of it was read before it was kept."""
    with untouched():
        status, wrong, _ = printed_by("check", "--base", str(harmed), "--strict")
    assert (status, wrong) == outcome_of(case)


@of_each(BUILT)
def test_a_build_of_a_hostile_desk(case: Case, harmed: Path, tmp_path: Path) -> None:
    """It says the same; what is refused leaves nothing behind."""
    out = tmp_path / "out"
    build = ("build", "--base", str(harmed), "--format", "html", "--strict", "--out", str(out))
    with untouched():
        status, wrong, _ = printed_by(*build)
    assert (status, wrong) == outcome_of(case)
    assert out.exists() is (status == 0)


@of_each(FIRSTS)
def test_other_commands_of_a_hostile_desk(case: Case, harmed: Path) -> None:
    """`check` for a platform and `list` print nothing unruly; `add` says what `check` does."""
    with untouched():
        printed_by("check", "--base", str(harmed), "--strict", "--github")
        printed_by("list", "facts", "--json", "--base", str(harmed))
    add_to(harmed, outcome_of(case))


def bases(folder: Path) -> dict[Path, bytes]:
    """Each file of a base: a fact may go into an included one."""
    return {path: path.read_bytes() for path in folder.rglob("*.yaml") if path.is_file()}


def add_to(base: Path, before: tuple[int, str]) -> None:
    """`add` writes a fact or nothing; of a desk that it wrote into the check says what it did."""
    content = bases(base.parent)
    fact = ("--quote", "The ship left the port", "--statement", "The ship left the port.")
    with untouched():
        status, _, _ = printed_by("add", "--base", str(base), *fact, "--credibility", "2", "--yes")
        if status:
            assert bases(base.parent) == content
            return
        assert bases(base.parent) != content
        after, wrong, _ = printed_by("check", "--base", str(base), "--strict")
    assert (after, codes(wrong)) == (before[0], codes(before[1]))


ARGUMENTS = {name: (words, harm) for name, words, harm in arguments()}
FIRST_ARGUMENTS = {KNOWN["argument", name]: name for name in reversed(ARGUMENTS)}.values()


@pytest.mark.parametrize(
    "name",
    cases(
        [name for name in ARGUMENTS if name in FIRST_ARGUMENTS],
        *(name for name in ARGUMENTS if name not in FIRST_ARGUMENTS),
    ),
)
def test_hostile_words_for_a_command(folder: Path, name: str) -> None:
    """They are refused, and nothing is written; or what is written is fit for the base."""
    words, harm = ARGUMENTS[name]
    harm(folder)
    before = sorted(folder.rglob("*")), bases(folder)
    with untouched():
        status, wrong, printed = printed_by(*words)
    assert f"{status} {wrong}".strip() == KNOWN["argument", name]
    assert _WORDS not in printed
    if status:
        assert (sorted(folder.rglob("*")), bases(folder)) == before
    else:
        assert "error[" not in run("check").stdout


LOOKS = dict(looks())
TRIED = ("style: imports of the web", "template: part that is hidden", "words: format")


@pytest.mark.parametrize("name", cases(TRIED, *(each for each in LOOKS if each not in TRIED)))
def test_a_hostile_look(folder: Path, tmp_path: Path, name: str) -> None:
    """It is refused with its place, or harms nobody; fonts are for paper."""
    LOOKS[name](folder)
    form = "pdf" if name.startswith("font: ") else "html"
    out = tmp_path / "out"
    with untouched():
        status, wrong, _ = printed_by("build", "--format", form, "--out", str(out))
    assert f"{status} {wrong}".strip() == KNOWN["look", name]
    assert out.exists() is (status == 0)


FILES = [name for (kind, name) in KNOWN if kind == "brief"]


@pytest.fixture(scope="module")
def given(harbour_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every hostile brief."""
    folder = tmp_path_factory.mktemp("given")
    page, pdf = (
        (harbour_site / f"basin-closure.en.{form}").read_bytes() for form in ("html", "pdf")
    )
    for name, content in (*briefs(page, pdf), *more.pages(page, pdf)):
        (folder / name).write_bytes(content)
    return folder


def test_each_hostile_brief_has_its_outcome(given: Path) -> None:
    """None is left out of the table, and the table names none that is not there."""
    assert sorted(path.name for path in given.iterdir()) == sorted(FILES)
    assert {(case.kind, case.name) for case in CASES} == {
        key for key in KNOWN if key[0] in {case.kind for case in CASES}
    }
    assert {name for kind, name in KNOWN if kind == "look"} == LOOKS.keys()
    assert {name for kind, name in KNOWN if kind == "argument"} == ARGUMENTS.keys()
    assert len(KNOWN) >= 250


def test_the_page_counts_what_each_command_is_given(checkout: Path) -> None:
    """All of it in `make proofs`; in `make test` at least one of each outcome."""
    count = Counter(kind for kind, _ in KNOWN)
    of_briefs = count["brief"] + count["edition"]
    given = {
        "`check`": len(CASES) + count["record"] + count["edition"],
        "`build`": len(CASES) + count["look"],
        "`add`": len(CASES),
        "`diff`": of_briefs,
        "`verify`": of_briefs,
        "`capture`": count["saved"],
        "`import`": count["import"],
        "these and most others": count["argument"],
    }
    page = (checkout / "docs" / "threats.md").read_text(encoding="utf-8")
    assert f"| {len(KNOWN)} hostile " in page
    for command, number in given.items():
        assert f"| {command} | {number} |" in page, (command, number)


FIRST_BRIEFS = {KNOWN["brief", name]: name for name in reversed(FILES)}.values()
SOME = [name for name in FILES if name in FIRST_BRIEFS or name in FILES[::3]]
"""One at least for each thing that is wrong with a brief."""


@pytest.mark.parametrize("name", cases(SOME, *(name for name in FILES if name not in SOME)))
def test_a_hostile_brief(given: Path, harbour_site: Path, name: str) -> None:
    """It does not verify; what is wrong with it is said; `diff` says so or takes its data."""
    path = str(given / name)
    with untouched():
        status, _, printed = printed_by("verify", path)
        first = next(line for line in printed.splitlines() if "FAILS" in line)
        verdict = re.sub(r"at byte \d+", "at byte N", first.partition(path + ": ")[2])
        outcome = f"{status} {verdict}"
        assert outcome == KNOWN["brief", name]
        whole = str(harbour_site / "basin-closure.en.html")
        assert printed_by("diff", whole, path)[0] in (0, 1, 2)


@pytest.fixture
def captured_by_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers are loaded here and forked, so that no file's worker loads them again."""
    for reader in ("mails", "pdf_files", "plain_texts", "webpages", "word_files"):
        import_module(f"briefings.capture.{reader}")
    import_module("trafilatura")
    language_of("The ship left the port.")
    monkeypatch.setattr(capture, "answers", forked)


@pytest.mark.usefixtures("captured_by_forks")
def test_hostile_saved_files(folder: Path) -> None:
    """`capture` says what is wrong with each, and writes nothing."""
    before = sorted(path.name for path in folder.rglob("*"))
    for name, content in saved():
        file = folder.parent / name
        file.write_bytes(content)
        with untouched():
            status, wrong, _ = printed_by("capture", str(file))
        assert f"{status} {wrong}".strip() == KNOWN["saved", name], name
        assert sorted(path.name for path in folder.rglob("*")) == before, name


def test_saved_files_that_mean_harm(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be written is fit for a terminal and for a base, or `capture` says why not."""
    monkeypatch.setattr(capture, "answers", answered_here)
    for name, content in (*strange(), *more.files()):
        file = folder.parent / name
        file.write_bytes(content)
        with untouched():
            status, wrong, _ = printed_by("capture", "--dry-run", str(file))
        assert f"{status} {wrong}".strip() == KNOWN["saved", name], name


def test_hostile_exports(folder: Path) -> None:
    """`import` takes what is a passage of the desk, and says what is wrong with the rest."""
    for name, content in (*exports(), *more.marks()):
        file = folder.parent / name
        file.write_bytes(content)
        with untouched():
            status, wrong, _ = printed_by("import", "--dry-run", str(file))
        assert f"{status} {wrong}".strip() == KNOWN["import", name], name


def test_saved_files_that_lead_elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their own words are captured, or the file is refused; nothing is fetched or read with it."""
    monkeypatch.setattr(capture, "answers", answered_here)
    address = f"http://127.0.0.1:{_LISTENING.getsockname()[1]}/x"
    for name, content in leading(address, str(folder.parent / "outside.txt")):
        file = folder.parent / name
        file.write_bytes(content)
        with untouched():
            status, wrong, printed = printed_by("capture", str(file), "--id", f"s{len(name)}")
        assert f"{status} {wrong}".strip() == KNOWN["saved", name], name
        written = (path.read_bytes() for path in folder.rglob("*") if path.is_file())
        assert not any(_WORDS.encode() in each for each in (printed.encode(), *written)), name


def test_hostile_editions(folder: Path) -> None:
    """`diff` takes such an edition or says why not, from either side; so do the other commands.

    What it takes has no words that give orders to a terminal, and what it prints ends.
    """
    assert run("issue", "--format", "html").exit_code == 0
    (issued,) = Path("issued").iterdir()
    content = issued.read_bytes()
    beside = folder.parent / "other.json"
    for name, other in editions(content):
        beside.write_bytes(other)
        with untouched():
            status, wrong, _ = printed_by("diff", str(issued), str(beside))
            assert printed_by("diff", str(beside), str(issued))[0] == status, name
            printed_by("diff", str(issued), str(beside), "--json")
            printed_by("verify", str(beside))
            issued.write_bytes(other)
            checked, found, _ = printed_by("check")
            printed_by("list", "issued", "--json")
            issued.write_bytes(content)
        outcome = f"{f'{status} {wrong}'.strip()}; {f'{checked} {found}'.strip()}"
        assert outcome == KNOWN["edition", name], name


def test_hostile_records(folder: Path) -> None:
    """`check` names each record that is none; what it says is fit for a terminal."""
    assert run("issue", "--format", "html").exit_code == 0
    (issued,) = Path("issued").iterdir()
    content = issued.read_bytes()
    for name, other in (*records(content), *more.others(content)):
        issued.write_bytes(other)
        with untouched():
            status, wrong, _ = printed_by("check")
            printed_by("list", "issued", "--json")
            printed_by("impact", "f", "--json")
        assert f"{status} {wrong}".strip() == KNOWN["record", name], name
    others: dict[str, Callable[[], object]] = {
        "pipe": lambda: os.mkfifo(issued),
        "link": lambda: issued.symlink_to(folder.parent / "outside.txt"),
        "folder": issued.mkdir,
    }
    for kind, make in others.items():
        issued.unlink(missing_ok=True)
        make()
        with untouched():
            status, wrong, printed = printed_by("check")
        assert _WORDS not in printed
        assert f"{status} {wrong}".strip() == KNOWN["record", kind], kind
    issued.rmdir()
