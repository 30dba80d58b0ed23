"""How diagnostics are printed: for people, for CI and for machines; and that all are explained."""

from __future__ import annotations

import ast
import json
from pathlib import Path

from briefings.core.characters import visible
from briefings.core.codes import CODES, catalogue
from briefings.core.diagnostics import (
    Hint,
    OutputFormat,
    Severity,
    as_json,
    diagnostic,
    failed,
    in_order,
    render,
)
from briefings.core.span import SourceText, Span

TEXT = SourceText("facts.yaml", "one\ntwo bad\nسه bad\n")
BAD = diagnostic("bad-value", "`bad` is not good", Span("facts.yaml", 8, 11), "take `good`")


def test_human_form() -> None:
    """File, line and column, severity, code, message; the line with a caret; the hint."""
    assert render([BAD], {"facts.yaml": TEXT}) == (
        "facts.yaml:2:5: error[bad-value]: `bad` is not good\n"
        "    2 | two bad\n"
        "            ^^^\n"
        "  hint: take `good`\n"
    )


def test_no_caret_under_right_to_left_text() -> None:
    """A caret would drift there, so the message alone has to name the value."""
    found = diagnostic("bad-value", "wrong", Span("facts.yaml", 15, 18))
    assert "^" not in render([found], {"facts.yaml": TEXT})


def test_github_form_escapes() -> None:
    """No text of a base can begin a workflow command or end a property."""
    found = diagnostic("bad-value", "a\n::error::b%", Span("facts.yaml", 8, 11), "x,y:z")
    line = render([found], {"facts.yaml": TEXT}, OutputFormat.GITHUB)
    assert line == (
        "::error title=bad-value,file=facts.yaml,line=2,endLine=2,col=5,endColumn=8::"
        "a<U+000A>::error::b%25%0Ahint: x,y:z\n"
    )
    assert line.count("\n") == 1


def test_json_form() -> None:
    """Places are numbers, from 1."""
    found = as_json(BAD, {"facts.yaml": TEXT})
    assert json.loads(json.dumps(found)) == {
        "code": "bad-value",
        "severity": "error",
        "message": "`bad` is not good",
        "file": "facts.yaml",
        "line": 2,
        "column": 5,
        "end_line": 2,
        "end_column": 8,
        "hints": [{"message": "take `good`", "file": None, "line": None, "column": None}],
    }


def test_nothing_invisible_is_printed() -> None:
    """Escape sequences, bidi overrides, line ends and tags become text."""
    assert visible("a\x1b[31m\u202e\r\n\u200b\U000e0041z") == (
        "a<U+001B>[31m<U+202E><U+000D><U+000A><U+200B><U+E0041>z"
    )


def test_order_and_severity() -> None:
    """By place, each once; warnings fail only when they are asked to."""
    warning = diagnostic("lost-hedge", "x", Span("facts.yaml", 2, 3), Hint("y"))
    assert in_order([BAD, warning, BAD]) == [warning, BAD]
    assert warning.severity is Severity.WARNING
    assert not failed([warning])
    assert failed([warning], strict=True)
    assert failed([BAD])


def test_every_code_is_used_and_known(checkout: Path) -> None:
    """The catalogue holds just the codes that the program can report."""
    used: set[str] = set()
    for path in (checkout / "briefings").rglob("*.py"):
        if path.name == "codes.py":
            continue
        used |= {
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        } & set(CODES)
    assert used == set(CODES)


def test_docs_explain_every_code(checkout: Path) -> None:
    """docs/diagnostics.md is the catalogue in print; `briefings explain --all` renews it."""
    page = (checkout / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    assert page == catalogue()
