"""The walk through three weeks in docs/editions.md: its commands, edits and outputs, run."""

from __future__ import annotations

import html
import re
import shlex
import shutil
from contextlib import AbstractContextManager, nullcontext, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pypdfium2
import pytest
from blank_pdfs import blank_pdfs

from briefings import cli

PAGE = Path(__file__).parents[1] / "docs" / "editions.md"
DESK = Path(__file__).parent / "desk_harbour"

_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ID = re.compile(r"\b[0-9a-f]{12}\b")


SET = "briefings issue --as-of 2024-03-12"
"""The one command whose PDF is set: `diff` reads it."""


@dataclass(slots=True)
class Walk:
    """What came of the walk.

    Attributes:
        desk: The desk at its end.
        consoles: Each block of a console as it is on the page, and as it is.
        papers: The page of each PDF by the name of its file, for each command that prints any.

    """

    desk: Path
    consoles: list[tuple[str, str]]
    papers: list[dict[str, str]]


def run(command: str) -> tuple[str, dict[str, str]]:
    """What the command prints, to either stream; the pages of the PDFs that are not set."""
    program, *arguments = shlex.split(command)
    assert program == "briefings"
    unset: AbstractContextManager[dict[str, str]]
    unset = nullcontext({}) if command.startswith(SET) else blank_pdfs()
    with unset as pages, StringIO() as out, redirect_stdout(out), redirect_stderr(out):
        status = cli._status(arguments)
        printed = out.getvalue()
    assert status == 0, printed
    return printed, pages


def edit(file: Path, change: str) -> None:
    """Apply lines with `-`, `+` or a space before them, whose old form stands there once."""
    lines = change.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] != "+")
    new = "".join(line[1:] for line in lines if line[0] != "-")
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")


def console(block: str) -> tuple[str, list[dict[str, str]]]:
    """The block with the outputs of its commands as they are, and the pages that they print."""
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    done = [run(command) for command in commands]
    outputs = zip(commands, done, strict=True)
    text = "".join(f"$ {command}\n{each}" for command, (each, _) in outputs)
    return text, [pages for _, pages in done if pages]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    desk = Path(shutil.copytree(DESK, tmp_path_factory.mktemp("walk") / "desk"))
    walk = Walk(desk, [], [])
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(desk)
        for kind, name, body in _BLOCK.findall(PAGE.read_text(encoding="utf-8")):
            if kind == "console":
                text, pages = console(body)
                walk.consoles.append((body, text))
                walk.papers += pages
            elif kind == "diff":
                edit(desk / name, body)
            elif kind == "text":
                (desk / name).write_text(body, encoding="utf-8")
    return walk


def test_the_page_says_what_the_commands_print(walked: Walk) -> None:
    """Ids of editions aside, which change with every word of a brief."""
    for page, real in walked.consoles:
        assert _ID.sub("·", page) == _ID.sub("·", real)


def text(file: Path) -> str:
    """The words of a PDF in one line."""
    document = pypdfium2.PdfDocument(file.read_bytes())
    pages = (document[number].get_textpage().get_text_range() for number in range(len(document)))
    return " ".join(" ".join(pages).split())


def words_of(page: str) -> str:
    """The words of a page in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def changes(file: Path) -> str:
    """The words of a brief about what changed."""
    page = file.read_text(encoding="utf-8")
    part = page[page.index('<section aria-labelledby="changes"') :]
    return words_of(part[: part.index("</section>")].replace("<", " <"))


def test_each_brief_says_what_changed(walked: Walk) -> None:
    """None before the first; against what was issued from then on."""
    out = walked.desk / "out"
    first, second, third = (
        changes(out / f"2024-03-{day}" / "basin-closure.en.html") for day in ("05", "12", "19")
    )
    assert "Compared with our records of 27 February 2024" in first
    assert "the last one that was issued" in second
    assert "What differs: wording (before: “Inés Calder said that the basin" in second
    assert "credibility (3, now 2)" in second
    assert "Withdrawn on 14 March 2024: The Gazette has corrected the number" in third
    assert "In its place: The Sall Skippers' Union says that ten boats were refused." in third
    name = "basin-closure.en.pdf"
    early, again, late, _ = walked.papers
    assert early == again
    for words, expected in (
        (words_of(early[name]), "twelve"),
        (text(out / "2024-03-12" / name), "twelve"),
        (words_of(late[name]), "ten"),
    ):
        assert f"says that {expected} boats were refused" in words


def test_the_notices_say_all_that_a_reader_needs(walked: Walk) -> None:
    """Which edition, what it said, what holds now, why, and since when; a date, no clock."""
    folder = walked.desk / "corrections"
    notices = walked.papers[-1]
    for day in ("05", "12"):
        stem = f"correction.basin-closure.en.2024-03-{day}"
        issued = walked.desk / "out" / f"2024-03-{day}" / "basin-closure.en.pdf"
        assert (folder / f"{stem}.pdf").is_file()
        screen = (folder / f"{stem}.html").read_text(encoding="utf-8")
        for words in (words_of(notices[f"{stem}.pdf"]), words_of(screen)):
            assert f"as of {int(day)} March 2024" in words
            assert "Withdrawn on 14 March 2024" in words
            assert "says that twelve boats were refused, two of them with exemptions" in words
            assert "The Gazette has corrected the number" in words
            assert "says that ten boats were refused" in words
            assert sha256(issued.read_bytes()).hexdigest() in words.replace(" ", "")
    assert not (folder / "correction.basin-closure.en.2024-03-19.html").exists()


def test_deleting_the_fact_instead_is_an_error(walked: Walk, tmp_path: Path) -> None:
    """With the place in the record that told it."""
    desk = Path(shutil.copytree(walked.desk, tmp_path / "desk"))
    facts = desk / "facts.yaml"
    base = facts.read_text(encoding="utf-8")
    start = base.index("  - id: twelve-refused")
    end = base.index("  - id: ten-refused")
    base = (base[:start] + base[end:]).replace("[twelve-refused, ten-", "[ten-")
    facts.write_text(base.replace(", twelve-refused", ""), encoding="utf-8")
    with StringIO() as out, redirect_stdout(out), redirect_stderr(StringIO()):
        assert cli._status(["check", "--base", str(desk)]) == 1
        printed = out.getvalue()
    assert re.search(
        r"issued/basin-closure\.en\.2024-03-05\.json:\d+:\d+: error\[issued-fact-vanished\]:"
        r" fact `twelve-refused`",
        printed,
    )
    assert "withdraw it with a date and a reason instead of deleting it" in printed


if __name__ == "__main__":  # python tests/test_walk.py writes the outputs into the page anew
    import os
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(DESK, Path(folder) / "desk"))
        os.chdir(copy)

        def renewed(block: re.Match[str]) -> str:
            kind, name, body = block.groups()
            if kind == "console":
                return f"```console\n{console(body)[0]}```"
            if kind == "diff":
                edit(copy / name, body)
            elif kind == "text":
                (copy / name).write_text(body, encoding="utf-8")
            return block[0]

        PAGE.write_text(_BLOCK.sub(renewed, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
