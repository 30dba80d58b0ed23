"""What the package imports is what it asks to be installed, and nothing comes by chance."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

from program import MODULES, PACKAGE, for_types_alone, nodes

PROJECT = PACKAGE.parent / "pyproject.toml"
_WRITTEN = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def imported() -> dict[str, Path]:
    """Each foreign package that a module imports, anywhere in it, and one such module."""
    importers: dict[str, Path] = {}
    for path in MODULES:
        for node in set(nodes(path)) - for_types_alone(path):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                top = name.partition(".")[0]
                if top not in {"briefings", *sys.stdlib_module_names}:
                    importers.setdefault(top, path)
    return importers


def providers(packages: Iterable[str]) -> dict[str, set[str]]:
    """Which of these packages, as they are installed, bring each module."""
    by_module: dict[str, set[str]] = {}
    for name in packages:
        # To list the files of all packages that are installed takes seconds.
        record = distribution(name).read_text("RECORD") or ""
        for module in {re.split(r"[/.,]", line)[0] for line in record.splitlines()}:
            by_module.setdefault(module, set()).add(name)
    return by_module


def test_every_import_is_declared() -> None:
    """And every package that is declared is imported."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extras = [name for each in project["optional-dependencies"].values() for name in each]
    declared = {
        re.split(r"[<>=!~ ;\[]", each)[0].lower() for each in [*project["dependencies"], *extras]
    }
    brought, modules = providers(declared), imported()
    undeclared = {
        module: str(path.relative_to(PACKAGE))
        for module, path in modules.items()
        if module not in brought
    }
    assert undeclared == {}
    used = set().union(*(brought[module] for module in modules))
    # lxml's cleaner is for trafilatura, whose own needs ask for it and do not say so. Fonts are
    # data: their packages are looked up, and not run.
    data = {each for each in declared if each.startswith(("justmytype-intl-", "manimgx-fonts"))}
    assert declared - used == {"lxml-html-clean", *data}
    taken = {re.split(r"[<>=!~ ;\[]", each)[0] for each in [*project["dependencies"]]}
    assert not taken & {re.split(r"[<>=!~ ;\[]", each)[0] for each in extras}


def test_the_page_on_the_house_counts_them() -> None:
    """Those that the program needs, and those that come with them: each by its name."""
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    text = " ".join(page.split())
    stated = re.search(
        r"\*\*(\w+) packages at run time\*\* \((.*?)\), (\w+) that come with.*?\((.*?)\)", text
    )
    assert stated is not None
    needed, along = (stated[place].lower().split(", ") for place in (2, 4))
    assert (stated[1], stated[3]) == (_WRITTEN[len(needed)].capitalize(), _WRITTEN[len(along)])
    asked = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    assert sorted([*needed, *along]) == sorted(re.split(r"[<>=]", each)[0] for each in asked)
