"""How diagnostics are printed: for people, for CI and for machines; and that all are explained."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from program import MODULES, nodes

from briefings.core.characters import JOINERS, visible, visible_json
from briefings.core.codes import CODES, catalogue
from briefings.core.diagnostics import (
    Hint,
    OutputFormat,
    Severity,
    as_json,
    diagnostic,
    failed,
    in_order,
    place_of,
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
    """A caret would drift there, so the words themselves are quoted."""
    mistake = diagnostic("bad-value", "wrong", Span("facts.yaml", 15, 18))
    assert "    3 | “bad”\n  hint" in render([mistake], {"facts.yaml": TEXT})


# A text, the words in it that are wrong, and what is marked.
NARROWED = [
    ("killed up to 50 men", "50", "50"),
    ("killed 150, not 50", "50", "50"),
    ("more than\n      nine men", "more than nine", "more than\n      nine"),
    ("8574人が", "8574", "8574"),
    ("nine or nine", "nine", "nine or nine"),  # either may be meant
    (r"caf\u00e9 closed", "café", r"caf\u00e9 closed"),
    ("50 men", "", "50 men"),
]


@pytest.mark.parametrize(("text", "words", "marked"), NARROWED)
def test_the_words_that_are_wrong_are_marked(text: str, words: str, marked: str) -> None:
    """Where they stand once as they are meant; else all that they stand in."""
    source = SourceText("facts.yaml", f"- statement: {text}\n  note: 50, nine, 8574\n")
    span = Span("facts.yaml", 13, 13 + len(text))
    place = place_of(diagnostic("bad-value", "wrong", span, words=words), {"facts.yaml": source})
    assert place is not None
    assert source.slice(place) == marked


# A line, what of it is meant, and what stands below the line.
FRAMES = [
    ("name: Łódź x", "x", "           ^"),
    ("name: カブール市 x", "x", "                 ^"),
    ("name: カブール市 x", "カブール市", "      ^^^^^^^^^^"),
    ("name: e\u0301te\u0301 x", "x", "          ^"),
    ("a\u200bb: x", "x", "            ^"),
    ("a\tb: x", "x", "            ^"),
    ("name: 🚢 x", "x", "         ^"),
]


@pytest.mark.parametrize(("line", "words", "carets"), FRAMES)
def test_carets_stand_by_the_columns_of_a_terminal(line: str, words: str, carets: str) -> None:
    """Wide letters are two columns, marks none, and what does not show is written out."""
    start = line.index(words)
    mistake = diagnostic("bad-value", "wrong", Span("x", start, start + len(words)))
    shown = render([mistake], {"x": SourceText("x", line)}).splitlines()
    assert shown[1] == f"    1 | {visible(line)}"
    assert shown[2] == f"        {carets}"


def test_a_long_line_is_cut_around_the_place() -> None:
    """Whoever reads it sees the words and what stands beside them."""
    line = "before " * 100 + "HERE" + " after" * 100
    start = line.index("HERE")
    shown = render(
        [diagnostic("bad-value", "wrong", Span("x", start, start + 4))],
        {"x": SourceText("x", line)},
    ).splitlines()
    assert shown[1].startswith("    1 | … before")
    assert shown[1].endswith("after …")
    assert len(shown[1]) < 150
    assert shown[1].index("HERE") == shown[2].index("^")
    assert shown[2].strip() == "^^^^"


@settings(deadline=None)
@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_any_line_can_be_shown(line: str, one: int, other: int) -> None:
    """Nothing that a terminal acts on is printed, whatever the line holds."""
    start, end = sorted(min(each, len(line)) for each in (one, other))
    mistake = diagnostic("bad-value", "wrong", Span("x", start, end))
    shown = render([mistake], {"x": SourceText("x", line)})
    assert all(char in f"\n{JOINERS}" or visible(char) == char for char in shown)


def test_a_joiner_is_shown_where_none_belongs() -> None:
    """In a word of Persian it is spelling, and stands in the line as it does in the file."""
    for line, shown in (("می\u200cآیند", "می\u200cآیند"), ("le\u200cgal", "le<U+200C>gal")):
        mistake = diagnostic("bad-value", "wrong", Span("x", 0, len(line)))
        assert shown in render([mistake], {"x": SourceText("x", line)})


@pytest.mark.parametrize("name", ["::error::x", " ::warning::x", "##[error]x", "a\x1b[31m\u009b"])
def test_no_name_of_a_file_orders_a_runner_about(name: str) -> None:
    """Neither in the form for people nor in that for a workflow."""
    mistake = diagnostic("bad-value", "wrong", Span(name, 0, 1))
    texts = {name: SourceText(name, "x")}
    for form in OutputFormat:
        shown = render([mistake], texts, form)
        assert not re.search(r"(?m)^\s*(?:##\[|::(?!error title=))", shown)
        assert "\x1b" not in shown
        assert "\u009b" not in shown


def test_json_for_machines_shows_nothing_to_a_terminal() -> None:
    """What does not show stands as an escape of JSON, and is read back as it was."""
    value = {"a": "x\x1b\u009b\u202e\U000e0041\ud800\nسه", "list": ["é", 1, None]}
    text = visible_json(value)
    assert json.loads(text) == value
    assert all(char == "\n" or visible(char) == char for char in text)
    assert "é" in text
    assert "سه" in text


def test_github_form_escapes() -> None:
    """No text of a base can begin a workflow command or end a property."""
    mistake = diagnostic("bad-value", "a\n::error::b%", Span("facts.yaml", 8, 11), "x,y:z")
    line = render([mistake], {"facts.yaml": TEXT}, OutputFormat.GITHUB)
    assert line == (
        "::error title=bad-value,file=facts.yaml,line=2,endLine=2,col=5,endColumn=8::"
        "a<U+000A>::error::b%25%0Ahint: x,y:z\n"
    )
    assert line.count("\n") == 1


def test_github_shows_ten_of_each_and_counts_all() -> None:
    """What GitHub would drop in silence stands in the log, and a notice says how many there are."""
    faults = [
        diagnostic("bad-value", f"`{number}` is not good", Span("facts.yaml", 8, 11))
        for number in range(13)
    ] + [diagnostic("lost-hedge", f"source {number}", None) for number in range(3)]
    lines = render(faults, {"facts.yaml": TEXT}, OutputFormat.GITHUB).splitlines()
    assert sum(line.startswith("::error ") for line in lines) == 10
    assert sum(line.startswith("::warning ") for line in lines) == 3
    assert sum(line.startswith("facts.yaml:2:5: error[bad-value]") for line in lines) == 3
    assert lines[-1] == (
        "::notice title=briefings::16 in all: 13 error[bad-value], 3 warning[lost-hedge];"
        " the log of this step has each"
    )
    few = render(faults[3:], {"facts.yaml": TEXT}, OutputFormat.GITHUB)
    assert "::notice" not in few


def test_those_alike_by_the_hundred_are_told_in_a_line_each() -> None:
    """None is left out; the first hundred of each code have their line and hints."""
    faults = [
        diagnostic("bad-value", f"`{number:03}` is not good", Span("facts.yaml", 8, 11), "take 1")
        for number in range(160)
    ]
    other = diagnostic("lost-hedge", "a hedge", Span("facts.yaml", 8, 11), "take 2")
    for form in OutputFormat:
        text = render([*faults, other], {"facts.yaml": TEXT}, form)
        assert all(text.count(f"`{number:03}` is not good") == 1 for number in range(160))
        beyond = 50 if form is OutputFormat.GITHUB else 60  # of these ten are commands
        assert text.count("hint: take 1") == 160 - beyond
        assert text.count("hint: take 2") == 1
        more = f"{beyond} more of bad-value stand in one line each: `briefings explain bad-value`"
        assert more in text
    assert " more of " not in render(faults[:100], {"facts.yaml": TEXT})


def test_those_alike_by_the_thousand_are_counted() -> None:
    """Nobody reads sixty thousand lines; `--json` has them all."""
    faults = [
        diagnostic("bad-value", f"`{number:04}` is not good", Span("facts.yaml", 8, 11))
        for number in range(2_345)
    ]
    texts = {"facts.yaml": TEXT}
    lines = render(faults, texts).splitlines()
    assert sum("is not good" in line for line in lines) == 1_000
    assert lines[-2].startswith("900 more of bad-value stand in one line each")
    assert lines[-1] == "and 1,345 more of bad-value: `briefings check --json` tells each"
    notice = render(faults, texts, OutputFormat.GITHUB).splitlines()[-1]
    assert notice.endswith(
        "2345 in all: 2345 error[bad-value]; the log of this step has 1,000 of each"
    )
    assert render(faults[:1_000], texts).count("is not good") == 1_000
    assert "\nand " not in render(faults[:1_000], texts)


def test_json_form() -> None:
    """Places are numbers, from 1."""
    objects = as_json(BAD, {"facts.yaml": TEXT})
    assert json.loads(json.dumps(objects)) == {
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


def test_every_code_is_used_and_known() -> None:
    """The catalogue holds just the codes that the program can report."""
    used: set[str] = set()
    reported: set[str] = set()
    for path in MODULES:
        if path.name == "codes.py":
            continue
        for node in nodes(path):
            match node:
                case ast.Constant(value=str(word)) if word in CODES:
                    used.add(word)
                case ast.Call(
                    func=ast.Name("diagnostic" | "Mistake"),
                    args=[ast.Constant(value=str(word)), *_],
                ):
                    reported.add(word)
    assert used == set(CODES)
    assert len(reported) > 50
    assert reported <= set(CODES)


def test_docs_explain_every_code(checkout: Path) -> None:
    """docs/diagnostics.md is the catalogue in print; `make tables` renews it."""
    page = (checkout / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    assert page == catalogue()
