"""The walk through three weeks in docs/editions.md: its commands, edits and outputs, run."""

from __future__ import annotations

import html
import re
import shlex
import shutil
from contextlib import redirect_stderr, redirect_stdout
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pypdfium2
import pytest

from briefings import cli

PAGE = Path(__file__).parents[1] / "docs" / "editions.md"
DESK = Path(__file__).parent / "desk_harbour"

_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ID = re.compile(r"\b[0-9a-f]{12}\b")


def run(command: str) -> str:
    """What the command prints, to either stream."""
    program, *arguments = shlex.split(command)
    assert program == "briefings"
    with StringIO() as out, redirect_stdout(out), redirect_stderr(out):
        status = cli._status(arguments)
        told = out.getvalue()
    assert status == 0, told
    return told


def edit(file: Path, change: str) -> None:
    """Apply lines with `-`, `+` or a space before them, whose old form stands there once."""
    lines = change.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] != "+")
    new = "".join(line[1:] for line in lines if line[0] != "-")
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")


def console(block: str) -> str:
    """The block with the outputs of its commands as they are."""
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{run(command)}" for command in commands)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, str]]]:
    """The desk at the end of the walk; each console block as it is on the page, and as it is."""
    desk = Path(shutil.copytree(DESK, tmp_path_factory.mktemp("walk") / "desk"))
    told: list[tuple[str, str]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(desk)
        for kind, name, body in _BLOCK.findall(PAGE.read_text(encoding="utf-8")):
            if kind == "console":
                told.append((body, console(body)))
            elif kind == "diff":
                edit(desk / name, body)
            elif kind == "text":
                (desk / name).write_text(body, encoding="utf-8")
    return desk, told


def test_the_page_says_what_the_commands_print(
    walked: tuple[Path, list[tuple[str, str]]],
) -> None:
    """Ids of editions aside, which change with every word of a brief."""
    for page, real in walked[1]:
        assert _ID.sub("·", page) == _ID.sub("·", real)


def text(file: Path) -> str:
    """The words of a PDF in one line."""
    document = pypdfium2.PdfDocument(file.read_bytes())
    pages = (document[number].get_textpage().get_text_range() for number in range(len(document)))
    return " ".join(" ".join(pages).split())


def changes(file: Path) -> str:
    """The words of a brief about what changed."""
    page = file.read_text(encoding="utf-8")
    part = page[page.index('<section aria-labelledby="changes"') :]
    words = html.unescape(re.sub(r"<[^>]+>", " ", part[: part.index("</section>")]))
    return " ".join(words.split())


def test_each_brief_says_what_changed(walked: tuple[Path, list[tuple[str, str]]]) -> None:
    """None before the first; against what was issued from then on."""
    out = walked[0] / "out"
    first, second, third = (
        changes(out / f"2024-03-{day}" / "basin-closure.en.html") for day in ("05", "12", "19")
    )
    assert "Compared with what the same base says as of 27 February 2024" in first
    assert "the last one that was issued" in second
    assert "What differs: wording (before: “Inés Calder said that the basin" in second
    assert "credibility (3, now 2)" in second
    assert "Withdrawn on 14 March 2024: The Gazette has corrected the number" in third
    assert "In its place: The Sall Skippers' Union says that ten boats were refused." in third
    for day, said in (("05", "twelve"), ("12", "twelve"), ("19", "ten")):
        words = text(out / f"2024-03-{day}" / "basin-closure.en.pdf")
        assert f"says that {said} boats were refused" in words


def test_the_notices_say_all_that_a_reader_needs(
    walked: tuple[Path, list[tuple[str, str]]],
) -> None:
    """Which edition, what it said, what holds now, why, and since when; a date, no clock."""
    folder = walked[0] / "corrections"
    for day in ("05", "12"):
        stem = f"correction.basin-closure.en.2024-03-{day}"
        issued = walked[0] / "out" / f"2024-03-{day}" / "basin-closure.en.pdf"
        for words in (
            text(folder / f"{stem}.pdf"),
            " ".join(re.sub(r"<[^>]+>", "", (folder / f"{stem}.html").read_text()).split()),
        ):
            assert f"as of {int(day)} March 2024" in words
            assert "Withdrawn on 14 March 2024" in words
            assert "says that twelve boats were refused, two of them with exemptions" in words
            assert "The Gazette has corrected the number" in words
            assert "says that ten boats were refused" in words
            assert sha256(issued.read_bytes()).hexdigest() in words.replace(" ", "")
    assert not (folder / "correction.basin-closure.en.2024-03-19.html").exists()


def test_deleting_the_fact_instead_is_an_error(
    walked: tuple[Path, list[tuple[str, str]]], tmp_path: Path
) -> None:
    """With the place in the record that told it."""
    desk = Path(shutil.copytree(walked[0], tmp_path / "desk"))
    facts = desk / "facts.yaml"
    base = facts.read_text(encoding="utf-8")
    start = base.index("  - id: twelve-refused")
    end = base.index("  - id: ten-refused")
    base = (base[:start] + base[end:]).replace("[twelve-refused, ten-", "[ten-")
    facts.write_text(base.replace(", twelve-refused", ""), encoding="utf-8")
    with StringIO() as out, redirect_stdout(out), redirect_stderr(StringIO()):
        assert cli._status(["check", "--base", str(desk)]) == 1
        told = out.getvalue()
    assert re.search(
        r"issued/basin-closure\.en\.2024-03-05\.json:\d+:\d+: error\[issued-fact-vanished\]:"
        r" fact `twelve-refused`",
        told,
    )
    assert "withdraw it with a date and a reason instead of deleting it" in told


if __name__ == "__main__":  # python tests/test_walk.py writes the outputs into the page anew
    import os
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(DESK, Path(folder) / "desk"))
        os.chdir(copy)

        def renewed(block: re.Match[str]) -> str:
            kind, name, body = block.groups()
            if kind == "console":
                return f"```console\n{console(body)}```"
            if kind == "diff":
                edit(copy / name, body)
            elif kind == "text":
                (copy / name).write_text(body, encoding="utf-8")
            return block[0]

        PAGE.write_text(_BLOCK.sub(renewed, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
