"""Who may import whom: the picture in docs/architecture.md, held to."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import briefings

PACKAGE = Path(briefings.__file__).parent
STAGES = frozenset({"load", "check", "compose", "render"})
SERVICES: dict[str, frozenset[str]] = {
    "plan": frozenset({"compose"}),
    "workers": frozenset({"render"}),
    "output": frozenset(),
    "scan": frozenset({"render", "output"}),
}
ALLOWED = {
    "core": frozenset({"core"}),
    **{stage: frozenset({"core", stage}) for stage in STAGES},
    **{service: {"core", service} | stages for service, stages in SERVICES.items()},
    "run": STAGES | frozenset(SERVICES) | {"core", "run"},
    "cli": frozenset({"cli", "core", "plan", "run"}),
    "__main__": frozenset({"cli"}),
    "__init__": frozenset[str](),
}
# The version stands in the package itself, for all to read.
VERSION = "__version__"


def layer(module: str) -> str:
    """`briefings.load.decode` is in the layer `load`, `briefings.cli` in the layer `cli`."""
    return module.split(".")[1]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of each import, those inside functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            assert node.module is not None
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    """A stage imports core and itself, a service the stages that it serves, cli only run."""
    own = path.relative_to(PACKAGE).with_suffix("").parts[0]
    assert own in ALLOWED, f"{own} is in no layer yet"
    for line, name in imports(path):
        top = name.split(".")[0]
        if top == "briefings" and name != f"briefings.{VERSION}":
            assert layer(name) in ALLOWED[own], f"{path}:{line}: {own} imports {name}"
        elif own == "core" and top != "briefings":
            assert top in sys.stdlib_module_names, f"{path}:{line}: core imports {name}"


@pytest.mark.parametrize("layer_name", sorted(STAGES | set(SERVICES) | {"core", "run"}))
def test_every_layer_is_there(layer_name: str) -> None:
    """The rule above is about folders that exist."""
    assert (PACKAGE / layer_name / "__init__.py").is_file()


def test_only_cli_reads_the_clock() -> None:
    """The same inputs give the same bytes: no other module asks for the time of day."""
    clocks = {"today", "now", "utcnow", "time", "time_ns", "localtime", "gmtime"}
    for path in MODULES:
        if path.relative_to(PACKAGE).parts[0] in {"cli", "cli.py"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                of = ast.unparse(node.func.value).split(".")[-1]
                asked = of in {"date", "datetime", "time"} and node.func.attr in clocks
                assert not asked, f"{path}:{node.lineno}: {ast.unparse(node)}"
