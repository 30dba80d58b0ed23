"""The modules of the program, parsed once for all tests that look at what is written in them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import briefings

PACKAGE = Path(briefings.__file__).parent
MODULES = tuple(sorted(PACKAGE.rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All nodes of a module."""
    return tuple(ast.walk(tree(path)))


@cache
def for_types_alone(path: Path) -> frozenset[ast.AST]:
    """Imports of stubs that come with the type checker, where the program never reaches them."""
    return frozenset(
        node
        for branch in nodes(path)
        if isinstance(branch, ast.If)
        and isinstance(branch.test, ast.Name)
        and branch.test.id == "TYPE_CHECKING"
        for node in branch.body
        if isinstance(node, ast.ImportFrom) and node.module in {"_typeshed", "typing_extensions"}
    )
