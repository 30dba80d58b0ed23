"""Whatever a command is told, and whatever it reads: nothing that it prints gives orders.

Orders to a terminal are control characters; those to a runner of CI stand at the beginning of a
line, or behind `##`.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import DESK, run
from conftest import answered_here
from program import nodes

from briefings import cli
from briefings.cli import menu
from briefings.core.characters import in_lines, visible_json
from briefings.run import capture, check, verify

UNRULY = "\x1b]0;x\x07\x9b31m\r\u202e\u2066"
ORDERS = "::error::x%0Ay ##[error]z ##vso[task.complete]"
EVIL = UNRULY + ORDERS
NAME = EVIL.replace("/", "")
"""The same as a name of a file."""
QUIET = "The ferry has been late all week, the harbour board said on Monday. "

READING = [
    *(("check", *more) for more in [(), ("--json",), ("--github",)]),
    *(("list", "topics"), ("find", "ferry"), ("coverage",), ("repair",), ("fmt", "--check")),
    *(("name", "topic", "x", "--dry-run"), ("build", "--format", "html"), ("impact", "notice")),
    *(("issue",), ("weekly",), ("correction",), ("diff", "2024-03-09", "2024-03-10")),
    *(("capture", "p.txt", "--dry-run"), ("import", "h.json"), ("lsp", "--base", "nowhere/x.yaml")),
]
GIVEN = [
    *(("check", *more) for more in [(), ("--json",), ("--github",), ("--base", EVIL)]),
    *(
        ("list", what, *more)
        for what in ("topics", "facts", "sources")
        for more in [(), ("--json",)]
    ),
    *(("find", what, *more) for what in (EVIL, "error", "ferry") for more in [(), ("--json",)]),
    *(("coverage", *more) for more in [(), ("--json",), (EVIL,), ("letter",)]),
    *(("name", "topic", what, "--dry-run") for what in (EVIL, ORDERS)),
    ("name", "topic", "x", "--id", EVIL),
    ("add", "--quote", EVIL, "--statement", EVIL, "--yes", "--dry-run"),
    ("add", "--quote", "late all week", "--statement", ORDERS, "--yes", "--dry-run", "--json"),
    ("add", "--source", EVIL, "--sentence", "1", "--statement", "x"),
    *(("repair", *more) for more in [(), ("--json",), (EVIL,)]),
    *(("fmt", "--check"), ("words", EVIL), ("words", "it"), ("schema",), ("doctor", "--json")),
    *(("explain", EVIL), ("help", EVIL), ("completion", EVIL), ("doctor",)),
    *(("build", "--format", "html", *more) for more in [("--why",), ("--out", f"o{NAME}")]),
    *(("build", f"--{flag}", EVIL) for flag in ("topic", "format", "title", "template", "as-of")),
    *(("build", EVIL), ("build", "--name", EVIL), ("build", f"--{EVIL}")),
    ("weekly", "--format", "html", "--out", f"w{NAME}"),
    ("issue", "--format", "html"),
    *(("diff", EVIL, EVIL), ("diff", "2024-03-09", "2024-03-10"), ("diff", "build", f"o{NAME}")),
    *(("impact", EVIL), ("impact", "notice"), ("impact", "notice", "--json"), ("correction",)),
    *(("verify", EVIL), ("verify", f"o{NAME}/index.html"), ("verify", "--page", f"v{NAME}.html")),
    *(("verify", f"--{flag}", EVIL, "facts.yaml") for flag in ("id", "signer", "desk")),
    *(("capture", what, "--dry-run") for what in (EVIL, f"p{NAME}.txt")),
    *(("capture", "p.txt", "--dry-run", "--title", what) for what in (EVIL, ORDERS)),
    ("capture", "p.txt", "--dry-run", "--json", "--title", ORDERS, "--id", EVIL),
    *(("import", EVIL), ("import", "h.json"), ("import", "h.json", "--dry-run", "--json")),
    *(("init", f"i{NAME}"), ("init", "n", "--title", EVIL), ("init", "m", "--title", ORDERS)),
    *(
        ("desk", "--port", EVIL),
        ("lsp", "--base", f"{EVIL}/x.yaml"),
        ("worker", EVIL, "--threads", EVIL),
    ),
    *(("--limit", EVIL, "check"), (EVIL,)),
    *(
        ("judge", words, "--because", words, "--rests-on", "silting", *more, "--dry-run")
        for words in (EVIL, f"It is likely that {ORDERS} {ORDERS}.")
        for more in [("--confidence", "low"), ("--confidence", EVIL)]
    ),
    *(("ask", words, "--topic", "basin-closure", "--dry-run") for words in (EVIL, f"{ORDERS}?")),
    *(("confirm", *more) for more in [(), (EVIL,), ("notice", "--title", EVIL)]),
    *(("confirm", "notice", "--title", words) for words in (ORDERS, "Notice")),
    *(("withdraw", what, "--why", words) for what in (EVIL, "gift") for words in (EVIL, ORDERS)),
]


@pytest.fixture(scope="module", params=["with orders", "with controls", "with escapes"])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A desk in a folder of such a name, with such files and such texts."""
    folder = Path(shutil.copytree(DESK, tmp_path_factory.mktemp("x") / f"d{NAME}"))
    base = (folder / "facts.yaml").read_text(encoding="utf-8")
    words = {"with orders": ORDERS, "with controls": UNRULY.replace("\r", ""), "with escapes": EVIL}
    if (word := words.get(request.param)) is not None:
        quoted = f'"{word} ' if request.param == "with controls" else json.dumps(f"{word} ")[:-1]
        base = re.sub(
            r"(?m)^( +title: )([^{\n\"]+)$", lambda each: f'{each[1]}{quoted}{each[2]}"', base
        )
    (folder / f"m{NAME}.yaml").write_text("facts: []\n", encoding="utf-8")
    (folder / "facts.yaml").write_text(f'{base}include: ["m*.yaml"]\n', encoding="utf-8")
    (folder / "p.txt").write_text(QUIET * 9 + f"\n\n{EVIL}\n\n{ORDERS}\n", encoding="utf-8")
    (folder / f"p{NAME}.txt").write_text(QUIET * 9, encoding="utf-8")
    mark = {"selector": [{"type": "TextQuoteSelector", "exact": EVIL}]}
    marks = [{"id": EVIL, "uri": EVIL, "text": EVIL, "target": [mark]}]
    (folder / "h.json").write_text(json.dumps(marks), encoding="utf-8")
    before = Path.cwd()
    os.chdir(folder)
    yield request.param
    os.chdir(before)


def test_nothing_printed_gives_orders(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By any command; nor does any of it end in a fault of our own."""
    monkeypatch.setattr(capture, "answers", answered_here)
    monkeypatch.setattr(verify, "verifying_page", str)  # of which only the name is printed
    monkeypatch.setenv("BRIEFINGS_CACHE", "cache")
    for words in GIVEN if place == "with orders" else READING:
        done = run(*words)
        for printed in (done.stdout, done.stderr):
            lines = printed.split("\n")
            if "--github" in words:
                lines = [re.sub(r"^::(error|warning|notice) title=", "", line) for line in lines]
            assert done.exit_code != cli.INTERNAL_ERROR, (words, printed)
            assert not re.search(
                r"[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", printed
            ), words
            assert not [line for line in lines if re.search(r"^\s*::|##\w*\[", line)], words


def test_each_command_is_given_such_words() -> None:
    """None is left out."""
    given = {word for words in GIVEN for word in words[:1]}
    assert {name for section in menu._SECTIONS.values() for name in section} <= given


@pytest.mark.usefixtures("place")
def test_no_word_that_a_shell_completes_gives_orders() -> None:
    """A title from the base stands beside an id on the terminal."""
    for name, called in check.names(Path("facts.yaml"), "topics").items():
        assert re.fullmatch(r"[a-z0-9-]+", name)
        assert "\n" not in called
        assert (
            in_lines(f" {called}").replace("<U+0023>", "#").replace("<U+003A>", ":") == f" {called}"
        )


def test_only_one_module_prints() -> None:
    """So that nothing goes past it; the command line itself prints its own help."""
    for path in Path(cli.__file__).parent.glob("*.py"):
        called = {ast.unparse(node.func) for node in nodes(path) if isinstance(node, ast.Call)}
        if path.name not in ("terminal.py", "__init__.py"):
            assert not called & {"click.echo", "click.secho", "click.style", "print"}, path


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ‘text’ – سلام می‌خواهد\n\tx\n", "plain ‘text’ – سلام می‌خواهد\n\tx\n"),
        (
            "::error::x\n \t::notice::y\na :: b\n",
            "<U+003A>:error::x\n \t<U+003A>:notice::y\na :: b\n",
        ),
        ("a ##[error]b\n# one\n## two\n", "a <U+0023>#[error]b\n# one\n## two\n"),
        ("a\x1b[2Kb\rc\u202ed\x85e", "a<U+001B>[2Kb<U+000D>c<U+202E>d<U+0085>e"),
    ],
)
def test_lines(text: str, shown: str) -> None:
    """Lines, tabs and joiners stay; what gives orders is shown by its code."""
    assert in_lines(text) == shown


def test_json_gives_no_orders() -> None:
    """And says the same."""
    value = {"a": EVIL, "b": "## two", "c": "می‌خواهد"}
    assert json.loads(visible_json(value)) == value
    assert not re.search(r"[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]|##\w*\[", visible_json(value))
