"""`confirm`: guesses of `capture`, confirmed or said better, with no other line touched."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import click
import pytest
import yaml
from command import begin_desk, run

from briefings.core.model import Fact, Source
from briefings.edit.canonical import formatted
from briefings.edit.fields_set import with_fields
from briefings.edit.insert import NoPlace

GUESSED = """
  notice:
    file: seeds/notice.txt
    sha256: HASH
    title: "A notice: of the board"
    publisher: unknown
    publisher_basis.en: Capture found none in the document.
    published: 2025-03-04
    published_basis.en: The dateline.
    language: en
    to_confirm: [published, publisher, title]
"""


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new desk, where one stands, with a source that was captured."""
    begin_desk(tmp_path)
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "facts.yaml"
    (tmp_path / "seeds" / "notice.txt").write_bytes(b"A notice")
    guessed = GUESSED.replace("HASH", hashlib.sha256(b"A notice").hexdigest())
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\n\nactors:", f"\n{guessed}\nactors:", 1), encoding="utf-8")
    assert formatted(path.read_text(encoding="utf-8")) == path.read_text(encoding="utf-8")
    return path


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_what_was_guessed_is_confirmed_as_it_stands(base: Path) -> None:
    """The list goes, and nothing else."""
    before = lines(base)
    done = run("confirm", "notice")
    assert (done.exit_code, done.stderr) == (0, "facts.yaml: confirmed notice\n")
    assert lines(base) == [line for line in before if "to_confirm" not in line]


def test_a_dry_run_shows_the_lines_that_would_go(base: Path) -> None:
    """Nothing is written."""
    before = lines(base)
    shown = run("confirm", "notice", "--dry-run")
    assert (shown.exit_code, shown.stderr) == (0, "nothing was written\n")
    assert lines(base) == before
    assert run("confirm", "notice").exit_code == 0
    gone = [line for line in shown.stdout.splitlines() if line.startswith("- ")]
    assert gone == [f"-{line}" for line in before if line not in lines(base)]


def test_a_flag_says_it_better(base: Path) -> None:
    """In its place, in shape; the reason of what was guessed goes with it, others stay."""
    before = lines(base)
    said = ("--publisher", "Harbour Board", "--origin", "harbour-board", "--reliability", "B")
    assert run("confirm", "notice", "--title", "A notice").exit_code == 0
    assert run("confirm", "notice", *said).exit_code == 0
    source = yaml.safe_load(base.read_text(encoding="utf-8"))["sources"]["notice"]
    assert (source["publisher"], source["origin"]) == ("Harbour Board", "harbour-board")
    assert source["reliability"] == "B"
    assert "publisher_basis.en" not in source
    assert source["published_basis.en"] == "The dateline."
    assert formatted(base.read_text(encoding="utf-8")) == base.read_text(encoding="utf-8")
    gone = {line for line in before if line not in lines(base)}
    assert {line.split(":")[0].strip() for line in gone} == {
        *("title", "publisher", "publisher_basis.en", "to_confirm")
    }


def test_what_waits_is_listed_off_a_terminal(base: Path) -> None:
    """With what was guessed; nothing is written."""
    before = lines(base)
    done = run("confirm")
    assert done.stdout == (
        "notice (seeds/notice.txt)\n  published: 2025-03-04\n"
        "  publisher: unknown\n  title: A notice: of the board\n"
    )
    assert lines(base) == before
    assert "`briefings confirm`" in run("check").stderr
    assert run("confirm", "notice").exit_code == 0
    assert run("confirm").stderr == "nothing waits to be confirmed\n"


def test_each_guess_is_asked_for_on_a_terminal(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty line confirms it; what is typed replaces it; and it is graded, if somebody can."""
    typed = {"publisher": "Harbour Board", "reliability": "B", "why": "It is the board's own."}

    def prompt(asked: str, *, default: str, **shown: object) -> str:
        assert shown["err"]
        return typed.get(asked.replace(",", "").split()[0], default)

    monkeypatch.setattr(sys, "stdin", _Terminal())
    monkeypatch.setattr(click, "prompt", prompt)
    assert run("confirm").exit_code == 0
    source = yaml.safe_load(base.read_text(encoding="utf-8"))["sources"]["notice"]
    assert source["publisher"] == "Harbour Board"
    assert source["published_basis.en"] == "The dateline."
    assert (source["reliability"], source["reliability_basis"]) == ("B", "It is the board's own.")
    assert "to_confirm" not in source


class _Terminal:
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("notise",), 2, "did you mean `notice`?"),
        (("--title", "x"), 2, "--title goes with a SOURCE"),
        (("notice", "courier", "--title", "x"), 2, "--title is of one document"),
        (("notice", "--reliability", "G"), 2, "there is no 'G': take one of A, B"),
        (("notice", "--origin", "Not an id"), 1, "nothing was written"),
        (("notice", "--published", "2025-13"), 2, "is not a date"),
    ],
)
def test_what_is_refused(base: Path, arguments: tuple[str, ...], status: int, message: str) -> None:
    """With its reason, and nothing is written."""
    before = lines(base)
    done = run("confirm", *arguments)
    assert done.exit_code == status
    assert message in done.stderr
    assert lines(base) == before


BASE = """\
sources:
  a:
    file: a.txt  # where it lies
    # of the board
    publisher: {en: Board, fr: Conseil}  # both
    language: en
  b: {file: b.txt, language: en}
facts:
  - topics: [t]
    facts:
      - id: f
        statement: >-
          It left
          the harbour.
        # why
        quote: x
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_fields_are_set_where_they_belong(newline: str) -> None:
    """In the order of the model, above comments on what follows, at any depth, by any line ends."""
    text = BASE.replace("\n", newline)
    source = {"title": "T", "url": "https://x.example"}
    assert with_fields(text, text.index("a:"), Source, source) == BASE.replace(
        "# where it lies\n", "# where it lies\n    title: T\n"
    ).replace("    language: en\n", "    language: en\n    url: https://x.example\n").replace(
        "\n", newline
    )
    fact = {"withdrawn": {"on": "2025-03-04", "why": "It was wrong."}}
    assert with_fields(text, text.index("f\r" if "\r" in text else "f\n"), Fact, fact) == (
        BASE.replace(
            "harbour.\n", "harbour.\n        withdrawn: {on: 2025-03-04, why: It was wrong.}\n"
        ).replace("\n", newline)
    )


@pytest.mark.parametrize(
    ("entry", "field"), [("a:\n", "publisher"), ("b: {", "language"), ("a:\n", "file")]
)
def test_what_has_no_place_is_refused(entry: str, field: str) -> None:
    """No comment is lost, and what stands between brackets is left alone."""
    with pytest.raises(NoPlace):
        with_fields(BASE, BASE.index(entry), Source, {field: None})
