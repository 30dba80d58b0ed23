"""docs/architecture.md: its picture, its decisions and where changes begin, held to the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefings.workers import pdfs, templates

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
DECISIONS = TEXT.partition("\n## Decisions\n")[2].partition("\n## ")[0].strip().split("\n\n")[1:]
CHANGES = re.findall(
    r"^\| (.+) \| `(.+)` \| `(.+)` \|$",
    TEXT.partition("\n## Where does it begin?\n")[2],
    re.MULTILINE,
)


def test_every_module_in_the_picture_is_there() -> None:
    """Below the folder that it is drawn in; none is left over from before."""
    folder = ROOT
    levels: list[tuple[int, Path]] = []
    missing: list[str] = []
    for line in TEXT.split("```")[1].splitlines():
        indent = len(line) - len(line.lstrip())
        opens = re.match(r" *([\w/]+)/(?: |$)", line)
        levels = [each for each in levels if each[0] < indent]
        folder = levels[-1][1] if levels else ROOT
        if opens:
            folder /= opens[1]
            levels.append((indent, folder))
            assert folder.is_dir(), line
        names = re.match(r" *((?:[\w.]+\.(?:py|js)(?:, )?)+)", line)
        for name in filter(None, names[1].split(", ") if names else ()):
            missing += [] if (folder / name).is_file() else [f"{folder}/{name}"]
    assert not missing


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda text: text[2:40])
def test_every_decision_is_held(decision: str) -> None:
    """It names the tests that would fail without it."""
    named = re.search(r"\(((?:`test_\w+\.py`(?:,\s)?)+)\)$", decision)
    assert named, decision
    for name in re.findall(r"`(\w+\.py)`", named[1]):
        assert (ROOT / "tests" / name).is_file(), name


def test_the_limits_are_those_of_the_code() -> None:
    """Seconds of a processor, and hours of the clock."""
    text = " ".join(TEXT.split())
    assert f"{templates.SECONDS} seconds of it for a web page" in text
    assert f"{pdfs.LIMITS.processor} for a PDF" in text
    assert (templates.WALL, pdfs.LIMITS.wall) == (1800, 3600)
    assert "after half an hour or an hour" in text


def test_twenty_changes_have_a_place_to_begin() -> None:
    """A stranger's test: none is without."""
    assert len(CHANGES) == len({change for change, _, _ in CHANGES}) >= 20


@pytest.mark.parametrize(("change", "path", "word"), CHANGES)
def test_a_change_begins_where_it_says(change: str, path: str, word: str) -> None:
    """The file is there, and in it what has to be changed."""
    assert word in (ROOT / path).read_text(encoding="utf-8"), change
