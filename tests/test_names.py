"""One name for one thing: no two public classes and no two modules of the package share one."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import briefings

PACKAGE = Path(briefings.__file__).parent

CLASSES = {
    "Content": "of an edition, and of a page of a PDF",
    "Corrected": "a sentence, and what a command has corrected",
    "Difference": "between two figures, and between two editions",
    "Entry": "of a base that is read, and of one that is searched for",
    "Kind": "of a fact, and of a figure",
    "Mark": "of a number, and of a clause",
    "Reading": "of a text by its clauses, of figures, and of a quote",
    "Words": "of a language, of a command, and of a PDF",
}
"""Names of classes that two rooms need, each for a thing of its own."""

MODULES = {
    "codes": "of diagnostics, and among figures",
    "dates": "among figures, and in words",
    "entries": "of a base that is read, and of one that is searched for",
    "lexicon": "of judgements and names, and of figures",
    "reader": "of figures, and of a PDF",
    "record": "of an issued brief, and what is on record of a day",
    "build": "a command, and the use case that it calls",
    "desk": "the commands on a desk, and a desk read",
    "edition": "the value, and the stage that makes it",
    "names": "the name that was meant, and names in a base",
}
"""Names of modules likewise."""


def classes() -> Iterator[tuple[str, str]]:
    """Each public class with its module."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name, path.relative_to(PACKAGE).as_posix()


def modules() -> Iterator[tuple[str, str]]:
    """Each module with its folder; the one that a folder is has the folder's name."""
    for path in PACKAGE.rglob("*.py"):
        if not path.stem.startswith("__"):
            yield path.stem, path.relative_to(PACKAGE).as_posix()


def shared(named: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    """The names that stand in several places."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for name, place in sorted(named):
        places[name].append(place)
    return {name: each for name, each in places.items() if len(each) > 1}


def test_no_two_classes_share_a_name() -> None:
    """But for those above, of which none is left over."""
    assert shared(classes()).keys() == CLASSES.keys(), shared(classes())


def test_no_two_modules_share_a_name() -> None:
    """But for those above, of which none is left over."""
    assert shared(modules()).keys() == MODULES.keys(), shared(modules())
