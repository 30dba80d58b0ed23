"""docs/architecture.md: its picture, its decisions and where changes begin, held to the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from program import MODULES, PACKAGE, tree

from briefings.core.limits import PAGE_TIME, PDF_TIME
from briefings.workers import agenda, templates

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
WAY = TEXT.partition("\n## One fact's way\n")[2].partition("\n## ")[0]
NOT_OURS = {"facts.yaml", "safe_load"}
DECISIONS = TEXT.partition("\n## Decisions\n")[2].partition("\n## ")[0].strip().split("\n\n")[1:]
CHANGES = re.findall(
    r"^\| (.+) \| `(.+)` \| `(.+)` \|$",
    TEXT.partition("\n## Where does it begin?\n")[2],
    re.MULTILINE,
)


def _drawn() -> set[Path]:
    """The modules of the picture, each below the folder that it is drawn in."""
    folder = ROOT
    levels: list[tuple[int, Path]] = []
    drawn: set[Path] = set()
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
        drawn |= {folder / name for name in filter(None, names[1].split(", ") if names else ())}
    return drawn


def test_the_picture_has_every_module_and_no_other() -> None:
    """None is left over from before, and none was added without a word on what it is for."""
    drawn = _drawn()
    modules = {path for path in MODULES if not path.stem.startswith("__")}
    assert {path for path in drawn if not path.is_file()} == set()
    assert modules - drawn == set()


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
    assert f"{PAGE_TIME.default} seconds of it for a web page" in text
    assert f"{PDF_TIME.default} for a PDF" in text
    assert (templates.WALL, agenda.WALL) == (1800, 3600)
    assert "after half an hour or an hour" in text


@pytest.mark.parametrize("step", sorted(set(re.findall(r"`([\w/.]+)`", WAY)) - NOT_OURS))
def test_every_step_of_a_fact_is_there(step: str) -> None:
    """Each file, module, function and class on its way; a function in the module before its dot."""
    if "/" in step:
        assert (PACKAGE / step).is_file()
        return
    named = _named()
    module, _, name = step.rpartition(".")
    assert name in (named[module] if module else set().union(named, *named.values()))


@cache
def _named() -> Mapping[str, set[str]]:
    """What each module defines, and the modules of each folder."""
    named: dict[str, set[str]] = {}
    for path in MODULES:
        body = tree(path).body
        names = {each.name for each in body if isinstance(each, ast.FunctionDef | ast.ClassDef)}
        names |= {ast.unparse(each.target) for each in body if isinstance(each, ast.AnnAssign)}
        named.setdefault(path.stem, set()).update(names)
        named.setdefault(path.parent.name, set()).add(path.stem)
    return named


def test_twenty_changes_have_a_place_to_begin() -> None:
    """A stranger's test: none is without."""
    assert len(CHANGES) == len({change for change, _, _ in CHANGES}) >= 20


@pytest.mark.parametrize(("change", "path", "word"), CHANGES)
def test_a_change_begins_where_it_says(change: str, path: str, word: str) -> None:
    """The file is there, and in it what has to be changed."""
    assert word in (ROOT / path).read_text(encoding="utf-8"), change
