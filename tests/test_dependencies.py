"""What the package imports is what it asks to be installed, and nothing comes by chance."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import briefings

PACKAGE = Path(briefings.__file__).parent
PROJECT = PACKAGE.parent / "pyproject.toml"


def imported() -> dict[str, Path]:
    """Each foreign package that a module imports, anywhere in it, and one such module."""
    found: dict[str, Path] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                top = name.partition(".")[0]
                # `_typeshed` is the type checker's, and never imported when the program runs.
                if top not in {"briefings", "_typeshed", *sys.stdlib_module_names}:
                    found.setdefault(top, path)
    return found


def test_every_import_is_declared() -> None:
    """And every package that is declared is imported."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extras = [name for each in project["optional-dependencies"].values() for name in each]
    declared = {
        re.split(r"[<>=!~ ;\[]", each)[0].lower() for each in [*project["dependencies"], *extras]
    }
    providers = packages_distributions()
    used = {
        name.lower() for module in imported() for name in dict.fromkeys(providers.get(module, ()))
    }
    undeclared = {
        module: str(path.relative_to(PACKAGE))
        for module, path in imported().items()
        if declared.isdisjoint(name.lower() for name in providers.get(module, ()))
    }
    assert undeclared == {}
    # lxml's cleaner is for trafilatura, whose own needs ask for it and do not say so. Fonts are
    # data: their packages are looked up, and not run.
    data = {each for each in declared if each.startswith("justmytype-intl-")}
    assert declared - used == {"lxml-html-clean", *data}
    assert used <= declared
    taken = {re.split(r"[<>=!~ ;\[]", each)[0] for each in [*project["dependencies"]]}
    assert not taken & {re.split(r"[<>=!~ ;\[]", each)[0] for each in extras}
