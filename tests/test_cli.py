"""The command line as its user meets it: what is printed where, and with which exit code."""

from __future__ import annotations

import ast
import importlib
import json
import os
import pty
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TextIO

import click
import pytest
from command import desk, run
from test_verify_page import verifier

from briefings import __version__, cli
from briefings.cli import commands, options
from briefings.cli.terminal import progress
from briefings.core.codes import CODES
from briefings.run import verify as use_of_verify

__all__ = ["desk", "verifier"]

ROOT = Path(__file__).parents[1]
DESK = Path(__file__).parent / "desk_harbour"
ESCAPE = "\x1b"


def shell(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, its output piped."""
    return subprocess.run(
        [sys.executable, "-m", "briefings", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def change(old: str, new: str) -> None:
    facts = Path("facts.yaml")
    text = facts.read_text(encoding="utf-8")
    assert old in text
    facts.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.usefixtures("desk")
def test_check_of_a_sound_desk() -> None:
    """Nothing to report on stdout; one line of numbers on stderr; exit code 0."""
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "19 quotes checked: 18 exact, 1 folded; 0 errors, 0 warnings\n"


SLIPS = [
    ("chekc", "did you mean check?"),
    (
        "build --format html --limit pages=1",
        "--limit goes before the command: briefings --limit … build …",
    ),
    (
        "build --format html --limit=pages=1",
        "--limit goes before the command: briefings --limit … build …",
    ),
    ("build --limits pages=1", "No such option"),
    ("--strict build", "--strict goes behind the command: briefings build --strict …"),
    ("--base . check", "--base goes behind the command: briefings check --base …"),
    ("--verbose check", "No such option"),
    ("check facts.yaml", "name a base with --base FILE"),
    ("check .", "name a base with --base FILE"),
    ("build facts.yaml", "--base facts.yaml"),
    ("build --as-of", "Try 'briefings build --help'"),
    ("build --topic", "Try 'briefings build --help'"),
    ("build --topic basin-closure,tarn-cannery", "repeat it for each"),
    ("build --title= --format html", "then it is the topic's"),
    ("worker somewhere", "such as tcp://host:8786"),
    ("list fcts", "there is no 'fcts': did you mean facts?"),
    ("add --quote x --statement y --kind evnt", "there is no 'evnt': did you mean event?"),
    ("name actor Vell --kind human", "no 'human': take one of person, body"),
    ("add --quote x --statement y --credibility 9", "no '9': take one of 1, 2"),
    ("add --quote x --statement y --date 5.3.2024", "YYYY-MM-DD"),
    ("add --quote x --statement y --due tomorrow", "YYYY-MM-DD"),
    ("capture facts.yaml --published 5/3/2024", "YYYY-MM-DD"),
    ("capture facts.yaml --retrieved tomorrow", "YYYY-MM-DD"),
    ("capture facts.yaml --language English", "such as en, fa or pt-BR"),
    ("diff 2024-3-5 2024-03-12", "YYYY-MM-DD"),
    ("coverage --html facts.yaml/page.html", "give another file"),
]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(("typed", "words"), SLIPS)
def test_a_slip_of_the_fingers_ends_with_the_next_step(typed: str, words: str) -> None:
    """Whatever was typed wrong: exit code 2, nothing on standard output, what to type instead."""
    done = run(*typed.split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


@pytest.mark.usefixtures("desk")
def test_languages_are_asked_for_by_comma_as_formats_are() -> None:
    """In `build` as in `init`; each once."""
    base = Path("facts.yaml")
    text = base.read_text(encoding="utf-8")
    base.write_text(text.replace("languages: [en]", "languages: [en, fa]"), encoding="utf-8")
    assert run("build", "--lang", "en,fa, en", "--format", "md,txt").exit_code == 0
    names = {path.name for path in Path("build").glob("basin-closure.*")}
    assert names == {f"basin-closure.{end}" for end in ("en.md", "en.txt", "fa.md", "fa.txt")}


@pytest.mark.usefixtures("desk")
def test_a_folder_that_one_may_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says so, and what to look at."""

    def refuse(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", refuse)
    done = run("check", "--base", "locked/facts.yaml")
    assert done.exit_code == 2
    assert "'locked/facts.yaml' can't be read: permission denied" in done.stderr
    assert "See who may read its folder" in done.stderr


@pytest.mark.parametrize("command", ["build", "weekly", "issue"])
def test_the_help_of_what_builds_parts_its_options(command: str) -> None:
    """Each stands once, those of a subject together, and no subject names one that is not there."""
    shown = run(command, "--help").stdout.partition("What it is about:")[2]
    asked = commands.get_command(click.Context(commands), command)
    assert isinstance(asked, options.Building)
    flags = [each.opts[0] for each in asked.params if isinstance(each, click.Option)]
    listed = re.findall(r"(?m)^  (?:-\w, )?(--[\w-]+)", shown)
    assert sorted(listed) == sorted([*flags, "--help"])
    assert shown.index("Of which days:") < shown.index(
        "--as-of" if command == "issue" else "--week"
    )
    assert shown.index("How it looks:") < shown.index("--lang") < shown.index("Options:")
    names = {name for subject in options._SECTIONS.values() for name in subject}
    build = commands.get_command(click.Context(commands), "build")
    assert build is not None
    assert names <= {each.name for each in build.params}


@pytest.mark.usefixtures("desk")
def test_check_reports_every_mistake_in_order_of_place() -> None:
    """All at once on stdout, as file:line:col: severity[code]: message; exit code 1."""
    change(
        "source: gazette, quote: The basin is silting up",
        "source: gazette, quote: The bay is silting up",
    )
    change("kind: group", "kind: grupe")
    result = run("check")
    assert result.exit_code == 1
    heads = re.findall(r"(?m)^facts\.yaml:(\d+):\d+: error\[([a-z-]+)\]: ", result.stdout)
    assert heads[0][1] == "bad-value"
    assert "quote-not-found" in {code for _, code in heads}
    assert [int(line) for line, _ in heads] == sorted(int(line) for line, _ in heads)
    assert "errors, 0 warnings" in result.stderr


def test_check_names_files_as_seen_from_where_one_stands(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that an editor opens them and a pull request shows them; a folder stands for its base."""
    change("quote: twelve boats", "quote: eleven boats")
    monkeypatch.chdir(desk.parent)
    for base in ("desk", "desk/facts.yaml"):
        result = run("check", "--base", base)
        assert result.stdout.startswith("desk/facts.yaml:")
    assert "file=desk/facts.yaml,line=" in run("check", "--base", "desk", "--github").stdout


@pytest.mark.usefixtures("desk")
def test_check_for_machines() -> None:
    """One JSON object: ok, counts, each mistake, each quote with its outcome and place."""
    change("quote: twelve boats", "quote: eleven boats")
    result = run("check", "--json")
    read = json.loads(result.stdout)
    assert result.exit_code == 1
    assert read["ok"] is False
    assert read["counts"]["quotes"] == len(read["quotes"]) == 19
    assert read["counts"]["absent"] == 1
    assert read["counts"]["errors"] == len(read["diagnostics"]) - read["counts"]["warnings"]
    first = read["diagnostics"][0]
    assert {"code", "severity", "message", "file", "line", "column", "hints"} <= first.keys()
    nine = next(each for each in read["quotes"] if each["fact"] == "nine-turned-away")
    assert nine["outcome"] == "exact"
    assert [(each["line"], each["paragraph"]) for each in nine["passages"]] == [(2, 2), (2, 2)]
    text = Path("documents/gazette.txt").read_text(encoding="utf-8")
    start, end = nine["passages"][1]["start"], nine["passages"][1]["end"]
    assert text[start:end] == "harbour master Inés Calder said"
    assert run("check", "--json", "--github").exit_code == 2


@pytest.mark.usefixtures("desk")
def test_strict_makes_warnings_errors() -> None:
    """Exit code 1, and a word about why."""
    change("published_basis: The notice is undated; it hung", "reliability_basis: It hung")
    change("    reliability_basis: An office's own notice of what it orders.\n", "")
    assert run("check").exit_code == 0
    strict = run("check", "--strict")
    assert strict.exit_code == 1
    assert "--strict" in strict.stderr
    assert json.loads(run("check", "--strict", "--json").stdout)["ok"] is False
    assert run("build", "--format", "html", "--strict").exit_code == 1
    assert not Path("build").exists()


def test_no_base_is_said_with_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2: the request makes no sense here."""
    monkeypatch.chdir(tmp_path)
    for command in ("check", "build"):
        result = run(command)
        assert result.exit_code == 2
        assert "facts.yaml" in result.stderr
        assert "--base" in result.stderr


@pytest.mark.usefixtures("desk")
def test_build_says_what_it_built() -> None:
    """One line a brief and where to begin reading; nothing on stderr."""
    result = run("build", "--format", "html", "--topic", "tarn-cannery", "--topic", "basin-closure")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "build/basin-closure.en.html: 10 facts, as of 2024-03-10",
        "build/tarn-cannery.en.html: 5 facts, as of 2024-03-10",
        "all of it: build/index.html",
    ]
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--topic", "basin-closing"], ["no topic `basin-closing`", "`basin-closure`"]),
        (["--as-of", "2024-02-30"], ["2024-02-30", "out of range"]),
        (["--as-of", "tomorrow"], ["tomorrow", "YYYY-MM-DD"]),
        (["--format", "docx"], ["docx", "html, pdf"]),
        (["--format", ""], ["html, pdf"]),
        (["--templates", "nowhere"], ["nowhere"]),
        (["--base", "nowhere"], ["nowhere"]),
        (["--out", "."], ["the desk itself", "--out"]),
        (["--out", "documents"], ["gazette.txt", "--out"]),
        (["--out", "facts.yaml"], ["facts.yaml", "can't be written"]),
        (["--out", "facts.yaml/build"], ["facts.yaml/build", "can't be written"]),
        (["--frmat", "html"], ["--frmat", "--format"]),
        (["basin-closure"], ["basin-closure"]),
    ],
)
def test_a_request_that_makes_no_sense_ends_with_2(
    desk: Path, arguments: list[str], words: list[str]
) -> None:
    """With the value at fault and what would do instead; nothing is written."""
    before = sorted(desk.rglob("*"))
    result = run("build", *arguments)
    assert result.exit_code == 2
    for word in words:
        assert word in result.stderr
    assert sorted(desk.rglob("*")) == before


@pytest.mark.usefixtures("desk")
def test_formats_by_comma_or_repeated() -> None:
    """Both ways of asking mean the same."""
    for asked in (["--format", "html,html"], ["--format", "html", "--format", "html"]):
        assert run("build", *asked, "--out", "out").exit_code == 0
        assert not list(Path("out").glob("*.pdf"))


@pytest.mark.usefixtures("desk")
def test_nothing_known_is_a_plain_answer() -> None:
    """Exit code 1, with the first day on which something was."""
    result = run("build", "--format", "html", "--as-of", "2024-02-01")
    assert result.exit_code == 1
    assert "nothing was known about `basin-closure` by 2024-02-01" in result.stderr
    assert "--as-of 2024-02-10" in result.stderr
    assert "nothing was written" in result.stderr


@pytest.mark.usefixtures("desk")
def test_piped_output_has_no_escape_codes() -> None:
    """Neither reports nor progress, on stdout or stderr."""
    change("quote: twelve boats", "quote: eleven boats")
    built = shell("build")
    for done in (built, run("check"), run("--help"), run("explain", "nonsense")):
        assert ESCAPE not in done.stdout + done.stderr
    assert built.stdout == ""
    assert "checking" not in built.stderr


@dataclass(slots=True)
class Terminal:
    """What a terminal was shown."""

    shown: str = ""


@contextmanager
def terminal() -> Iterator[tuple[TextIO, Terminal]]:
    """One to print on, and what it showed in the end."""
    ours, theirs = pty.openpty()
    terminal = Terminal()
    with os.fdopen(theirs, "w") as stream:
        yield stream, terminal
        stream.write("end")
        stream.flush()
        while not terminal.shown.endswith("end"):
            terminal.shown += os.read(ours, 65536).decode()
    os.close(ours)
    terminal.shown = terminal.shown.removesuffix("end")


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_terminal_gets_colour_unless_it_says_no(
    no_color: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """https://no-color.org: any value but the empty one."""
    monkeypatch.setenv("NO_COLOR", no_color)
    change("quote: twelve boats", "quote: eleven boats")
    with terminal() as (stream, seen), redirect_stdout(stream), redirect_stderr(StringIO()):
        assert cli._status(["check"]) == 1
    assert "error" in seen.shown
    assert (ESCAPE in seen.shown) == (not no_color)


@pytest.mark.usefixtures("desk")
def test_a_terminal_gets_a_bar_that_goes_away() -> None:
    """Drawn on the line that it is wiped off again; `--quiet` leaves not a word of a good build."""
    asked = ["build", "--format", "html", "--topic", "tarn-cannery"]
    with terminal() as (stream, seen), redirect_stderr(stream), redirect_stdout(StringIO()) as out:
        assert cli._status(asked) == 0
    assert out.getvalue()
    assert "filling the pages" in seen.shown
    assert seen.shown.endswith("\r\x1b[K")
    with terminal() as (stream, seen), redirect_stderr(stream), redirect_stdout(StringIO()) as out:
        assert cli._status([*asked, "--quiet"]) == 0
    assert (out.getvalue(), seen.shown) == ("", "")
    with terminal() as (stream, seen), redirect_stderr(stream), redirect_stdout(StringIO()):
        assert cli._status(["check"]) == 0
    assert seen.shown.partition("\x1b[K")[2].startswith("\x1b[2m… checking the base\x1b[0m\r\x1b[K")


def test_a_log_hears_of_long_work_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Off a terminal nothing of short work, and a plain line each half minute of long work."""
    seconds = iter([0.0, 14.0, 31.0, 42.0, 65.0])
    monkeypatch.setattr("briefings.cli.terminal.time.monotonic", lambda: next(seconds))
    with progress() as steps:
        for number in range(4):
            steps("set a.pdf", number, 16)
    assert capsys.readouterr().err == "set a.pdf (1 of 16)\nset a.pdf (3 of 16)\n"


@pytest.mark.usefixtures("desk")
def test_a_closed_pipe_is_no_error() -> None:
    """`briefings check | head -1` ends quietly."""
    change("languages: [en]", "languages: [en, fa, ps, ar]")
    command = f"{sys.executable} -m briefings explain --all | head -c 1"
    done = subprocess.run(
        ["sh", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout == "#"
    assert done.stderr == ""


@pytest.mark.usefixtures("desk")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_behind_stdout_is_said() -> None:
    """It is no fault of the program, and no success either."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "briefings", "check", "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    assert done.returncode == 2
    assert done.stderr == (
        "briefings: the output can't be written or read: no space left on device\n"
        "  hint: free some room on the disk\n"
    )


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("kind", "most", "step"),
    [(resource.RLIMIT_NOFILE, 8, "ulimit -n 1024"), (resource.RLIMIT_FSIZE, 100, "ulimit -f")],
)
def test_what_the_machine_allows_is_told_with_the_way_to_more(
    tmp_path: Path, kind: int, most: int, step: str
) -> None:
    """Too few files at once, or too small ones, are no fault of a desk; nothing is written."""
    with (tmp_path / "printed").open("wb") as printed:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "briefings",
                "build",
                "--format",
                "html",
                "--out",
                tmp_path / "o",
            ],
            stdout=printed,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            preexec_fn=lambda: resource.setrlimit(kind, (most, most)),
        )
    assert done.returncode == 2
    assert f"  hint: let a program {'open more' if most == 8 else 'write larger'}" in done.stderr
    assert step in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"desk", "printed"}


@pytest.mark.usefixtures("desk")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize(
    ("command", "status", "told"),
    [
        ("list topics > /dev/full", 2, "no space left on device"),
        ("list topics >&-", 2, "bad file descriptor"),
        ("check 2> /dev/full", 2, ""),
        ("check <&- 2>&-", 0, ""),
        ("add --quote - --statement S <&-", 2, "a passage has a letter or a digit"),
        ("add --source gazette --sentence 1 --statement ''", 2, "give the sentence"),
        ("capture - <&-", 1, "it is empty"),
        ("repair <&-", 0, "0 lost"),
        ("lsp <&-", 0, ""),
        ("find ship --base ''", 2, "an empty text names no file and no folder"),
        ("check --cache ''", 2, "an empty text names no folder"),
        ("check --cache '~nobody-at-all/x'", 2, "the folder of a user who has none"),
        ("check --base " + "b" * 300, 2, "file name too long"),
        ("init " + "n" * 300, 2, "can't be written: file name too long"),
        ("list fcts", 2, "did you mean facts?"),
    ],
)
def test_a_command_in_odd_circumstances(command: str, status: int, told: str) -> None:
    """A stream that is closed or full, a path that is none: a word, and never a traceback."""
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m briefings {command}"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, "Exception" in done.stderr) == (status, False), done.stderr
    assert "Traceback" not in done.stderr
    assert told in done.stderr
    assert not told or "Errno" not in done.stderr


def test_what_is_to_be_done_at_the_end_is_done(tmp_path: Path) -> None:
    """The program ends at once, but first all is written that somebody has left to be written."""
    script = (
        "import atexit, sys, threading, time; sys.argv[1:] = ['--version']\n"
        "from briefings.cli import main\n"
        "atexit.register(print, 'at the end')\n"
        "if {slow}: threading.Thread(target=lambda: (time.sleep(0.2), print('slow'))).start()\n"
        "main()"
    )
    for slow in (False, True):
        done = subprocess.run(
            [sys.executable, "-c", script.format(slow=slow)],
            capture_output=True,
            text=True,
            check=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        expected = ["slow"] * slow + ["at the end"]
        assert done.stdout.splitlines() == [f"briefings {__version__}", *expected]


def test_a_terminal_that_knows_no_unicode_gets_codes() -> None:
    """An exception there would hide the message."""
    done = shell("explain", "схема", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert done.returncode == 2
    assert "\\u0441" in done.stderr


BROKEN = """
from briefings.run import build
from briefings.cli import main
def pages(*_, **__): raise ValueError('un\\x1bexpected')
build.pages = pages
main()
"""
"""A program whose build ends in a fault of ours when the pages are to be filled."""


@pytest.mark.usefixtures("desk")
def test_too_little_memory_is_no_fault_of_ours() -> None:
    """Exit code 2, and what could be done; nothing is written."""
    program = BROKEN.replace("raise ValueError('un\\x1bexpected')", "return bytes(2**62)")
    assert "2**62" in program
    done = subprocess.run(
        [sys.executable, "-c", program, "build"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 2
    assert done.stderr.startswith("briefings: there is not enough memory for what was given")
    assert "Traceback" not in done.stderr
    assert not Path("build").exists()


@pytest.mark.usefixtures("desk")
def test_a_time_zone_of_the_machine_is_not_looked_at() -> None:
    """One that names a file which is none stops nothing."""
    done = subprocess.run(
        [sys.executable, "-m", "briefings", "build", "--format", "md"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TZ": str(Path("facts.yaml").absolute())},
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("OPENSSL_CONF", "pipe"),
        ("SSL_CERT_FILE", "pipe"),
        ("PYTHONPYCACHEPREFIX", "facts.yaml"),
        ("PYTHONPYCACHEPREFIX", "x" * 5_000),
    ],
)
def test_what_libraries_are_told_to_read_stops_nothing(variable: str, value: str) -> None:
    """A pipe that nobody writes into, a file in place of a folder, a path that can't be one."""
    os.mkfifo("pipe")
    done = subprocess.run(
        [sys.executable, "-m", "briefings", "build", "--format", "md"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), variable: str(Path(value).absolute())},
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.usefixtures("desk")
def test_a_fault_of_ours_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 70, no traceback unless it is asked for, the earlier build as it was."""
    assert run("build", "--format", "html").exit_code == 0
    before = Path("build/index.html").stat()
    done = subprocess.run(
        [sys.executable, "-c", BROKEN, "build"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 70
    assert done.stderr.startswith("briefings: internal error: ValueError: un<U+001B>expected\n")
    assert "Traceback" not in done.stderr
    ends: list[BaseException] = [ValueError("unexpected"), KeyboardInterrupt()]

    def pages(*_: object, **__: object) -> None:
        raise ends.pop(0)

    monkeypatch.setattr("briefings.run.build.pages", pages)
    with pytest.raises(ValueError, match="unexpected"):
        run("--debug", "build")
    stopped = run("build")
    assert stopped.exit_code == 130
    assert "interrupted" in stopped.stderr
    assert Path("build/index.html").stat() == before


def test_explain() -> None:
    """Cause and cure of a code; the nearest code for one that there is not; all of them."""
    result = run("explain", "lost-hedge")
    assert result.exit_code == 0
    assert CODES["lost-hedge"].cause in result.stdout
    assert CODES["lost-hedge"].cure in result.stdout
    unknown = run("explain", "lost-hedg")
    assert unknown.exit_code == 2
    assert "lost-hedge" in unknown.stderr
    listed = run("explain").stdout
    assert all(code in listed for code in CODES)
    assert run("explain", "--all").stdout.startswith("# Diagnostics\n")


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_completion_scripts(name: str) -> None:
    """One for each shell, which asks the program what may follow."""
    result = run("completion", name)
    assert result.exit_code == 0
    assert "_BRIEFINGS_COMPLETE" in result.stdout
    assert run("completion", "tcsh").exit_code == 2


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("briefings build --topic b", {"basin-closure"}),
        ("briefings build --base . --topic ", {"basin-closure", "tarn-cannery"}),
        ("briefings build --base nowhere --topic ", set[str]()),
        ("briefings explain lost-h", {"lost-hedge"}),
        ("briefings com", {"completion"}),
    ],
)
def test_completion_knows_the_desk(
    words: str,
    expected: set[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Topics come from the base at hand."""
    for name, value in asked_for(words).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit):
        cli._status([])
    printed = capsys.readouterr()
    assert completions(printed.out) == expected
    assert printed.err == ""


@pytest.mark.usefixtures("desk")
def test_a_shell_asks_the_program_for_completions() -> None:
    """In a process of its own, which prints nothing else."""
    done = shell(**asked_for("briefings build --topic b"))
    assert completions(done.stdout) == {"basin-closure"}
    assert done.stderr == ""


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"COMP_WORDS": "briefings", "COMP_CWORD": "x"},
        {"COMP_WORDS": "briefings 'b", "COMP_CWORD": "9" * 5_000},
        {"_BRIEFINGS_COMPLETE": "zsh_none"},
    ],
)
@pytest.mark.usefixtures("desk")
def test_a_shell_that_asks_wrong_is_told_nothing(asked: dict[str, str]) -> None:
    """It would stand in the line that somebody types."""
    done = shell(**{"_BRIEFINGS_COMPLETE": "bash_complete"} | asked)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


def asked_for(words: str) -> dict[str, str]:
    """What Bash sets to ask how the last of these words may end."""
    return {
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
        "_BRIEFINGS_COMPLETE": "bash_complete",
    }


def completions(printed: str) -> set[str]:
    return {line.split(",")[1] for line in printed.splitlines() if line}


def test_the_manual_comes_with_the_program() -> None:
    """Each page of docs/ by its name or path, each command as with --help; no hint elsewhere."""
    for path in (ROOT / "docs").glob("*.md"):
        for name in (path.stem, f"docs/{path.name}"):
            assert run("help", name).stdout == path.read_text(encoding="utf-8")
        assert path.stem in run("help").stdout
    assert run("help", "build").stdout == run("build", "--help").stdout
    missing = run("help", "tutorail")
    assert missing.exit_code == 2
    assert "did you mean tutorial?" in missing.stderr
    for module in (ROOT / "briefings").rglob("*.py"):
        text = module.read_text(encoding="utf-8")
        for name in re.findall(r"`briefings help ([a-z-]+)`", text):
            assert (ROOT / "docs" / f"{name}.md").exists(), (module, name)
        told = _printed(text) if "docs/" in text else ()  # to parse all takes seconds
        hints = [each for each in told if re.search(r"docs/[a-z-]+\.md", each)]
        assert not hints, (module, hints)


def _printed(source: str) -> Iterator[str]:
    """The texts of a module that stand in no docstring."""
    tree = ast.parse(source)
    alone = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


def test_version_and_help() -> None:
    """Every command teaches by example, and `-h` does as `--help`."""
    assert run("--version").stdout == f"briefings {__version__}\n"
    context = click.Context(commands)
    names = commands.list_commands(context)
    for name in names:
        command = commands.get_command(context, name)
        assert command is not None
        text = run(name, "--help").stdout
        assert text == run(name, "-h").stdout
        assert "Examples:" in text, name
        assert f"briefings {name}" in text
        assert command.help
    assert all(f"\n  {name} " in run("--help").stdout for name in names)
    modules = {path.stem for path in (ROOT / "briefings" / "cli").glob("*.py")}
    unlisted = modules - {"__init__", "repeat", "menu", "terminal", "options", "custom"}
    for module in unlisted:
        loaded = importlib.import_module(f"briefings.cli.{module}")
        assert {command.name for command in loaded.COMMANDS} <= set(names)


@pytest.mark.parametrize(
    ("words", "spared"),
    [
        (("build", "--help"), ("yaml", "jinja2", "weasyprint", "babel")),
        (("check", "--cache", "off"), ("jinja2", "weasyprint", "babel")),
        (
            ("list", "topics", "--cache", "off"),
            ("briefings.check", "jinja2", "weasyprint", "babel"),
        ),
    ],
    ids=lambda each: each[0],
)
def test_a_command_waits_for_nothing_that_it_does_not_need(
    desk: Path, words: tuple[str, ...], spared: tuple[str, ...]
) -> None:
    """A help text for no YAML, a check for no pages, a list for no check."""
    script = (
        f"import atexit, sys; sys.argv[1:] = {words!r}\n"
        "from briefings.cli import main\n"
        f"loaded = {set(spared)!r}.intersection\n"
        "atexit.register(lambda: print(loaded(sys.modules)))\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=desk,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.splitlines()[-1] == "set()"


@pytest.mark.parametrize(
    "command",
    [("diff", "2024-03-06", "2024-03-10", "--html"), ("coverage", "--html"), ("verify", "--page")],
)
def test_a_page_replaces_none_but_ours(
    desk: Path, verifier: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """Nor a file by another name, such as the base; one of ours as often as it is asked for."""
    monkeypatch.setattr(use_of_verify, "verifying_page", verifier.read_text)  # made once
    mine = desk / "mine.html"
    mine.write_text("<p>my own page</p>")
    with monkeypatch.context() as patched:  # it is refused before anything is made
        patched.setattr(use_of_verify, "verifying_page", None)
        for use in ("briefings.run.coverage.one_page", "briefings.run.diff.one_page"):
            patched.setattr(use, None)
        done = run(*command, "mine.html")
    assert done.exit_code == 2
    assert "output-not-ours" in done.stderr
    assert mine.read_text() == "<p>my own page</p>"
    before = (desk / "facts.yaml").read_bytes()
    assert run(*command, "facts.yaml").exit_code == 2
    assert (desk / "facts.yaml").read_bytes() == before
    shutil.copy(verifier, desk / "ours.html")
    assert run(*command, "ours.html").exit_code == 0
