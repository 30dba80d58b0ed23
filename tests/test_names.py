"""One name for one thing: no two public classes and no two modules of the package share one."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

import program
from program import PACKAGE, tree

MODULES = {
    "add": "a command, and the use case that it calls",
    "build": "a command, and the use case that it calls",
    "canonical": "JSON, and the text of a base",
    "capture": "a command, and the use case that it calls",
    "check": "a command, and the use case that it calls",
    "codes": "of diagnostics, and digits that count nothing",
    "confirm": "a command, and the use case that it calls",
    "correction": "the value, and the use case that makes its notices",
    "coverage": "the value, and the use case that makes it",
    "dates": "as a text has them, and as a language writes them",
    "defaults": "what is said once, and what puts it into each entry",
    "edition": "the value, and the stage that makes it",
    "entries": "as the base writes them, and with all that they say",
    "front": "what page one tells, and the pages that lead to briefs",
    "help": "a command, and the use case that it calls",
    "highlights": "a command, and the use case that it calls",
    "names": "the name that was meant, and names in a base",
    "reader": "of quantities, and of PDFs",
    "record": "of an issued brief, and what follows from that of a desk",
    "sentences": "of an edition, and where any ends",
    "server": "of a page, and of an editor",
    "verify": "a command, and the use case that it calls",
    "words": "of a page held against those of its PDF, and a command's use case",
}
"""Names of modules that two rooms need, each for a thing of its own."""


def classes() -> Iterator[tuple[str, str]]:
    """Each public class with its module."""
    for path in program.MODULES:
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name, path.relative_to(PACKAGE).as_posix()


def modules() -> Iterator[tuple[str, str]]:
    """Each module with its folder; the one that a folder is has the folder's name."""
    for path in program.MODULES:
        if not path.stem.startswith("__"):
            yield path.stem, path.relative_to(PACKAGE).as_posix()


def shared(named: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    """The names that stand in several places."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for name, place in sorted(named):
        places[name].append(place)
    return {name: each for name, each in places.items() if len(each) > 1}


def test_no_two_classes_share_a_name() -> None:
    """Not even where two rooms would never meet."""
    assert not shared(classes())


def test_no_two_modules_share_a_name() -> None:
    """But for those above, of which none is left over."""
    assert shared(modules()).keys() == MODULES.keys(), shared(modules())
    assert {len(places) for places in shared(modules()).values()} == {2}, shared(modules())


def test_all_is_for_names_of_others() -> None:
    """What is a module's own is told by its underscore alone, so that it is said once."""
    said = 0
    for path in program.MODULES:
        body = tree(path).body
        own = {node.name for node in body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
        for node in body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                said += 1
                assert not set(ast.literal_eval(node.value)) <= own, path
    assert said > 5
