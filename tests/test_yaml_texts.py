"""Texts that YAML would cut or can't read: what is lost is named, and in whose words."""

from __future__ import annotations

import re

import pytest
import yaml
from breadth import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from little_desk import LittleDesk, codes, only, printed

from briefings.core.diagnostics import render
from briefings.core.span import SourceText
from briefings.load import yamltree
from briefings.load.broken import _BY_PROBLEM, _unreadable
from briefings.load.parser_stop import ParserStop

HEAD = "format: 1\ntitle: T\nlanguages: [en, fa]\ntopics: {t: {title: T}}\n"


def desk_with(entry: str) -> str:
    """A base of one fact that ends in these lines."""
    return f"facts:\n  - id: f\n    kind: event\n    topics: [t]\n{entry}"


STATEMENT = "    statement: It left.\n"
EVIDENCE = "    evidence:\n      - source: a\n        quote: The ship left\n"

CUT = [
    (
        "    statement: Prisoner #4512 was not beaten.\n" + EVIDENCE,
        "Prisoner",
        "#4512 was not beaten.",
    ),
    (
        "    statement: The prisoner\n      #4512 escaped.\n" + EVIDENCE,
        "prisoner",
        "#4512 escaped.",
    ),
    (
        "    statement: The prisoner was\n      beaten in #4512 by guards.\n" + EVIDENCE,
        "The prisoner was beaten in",
        "#4512 by guards.",
    ),
    (
        f"    statement: {{en: It left. #1, fa: رفت.\n      }}\n{EVIDENCE}",
        "It left.",
        "#1, fa: رفت.",
    ),
    (
        "    statement:\n      fa: زندانی #۴۵ گریخت.\n      en: x\n" + EVIDENCE,
        "زندانی",
        "#۴۵ گریخت.",
    ),
    (STATEMENT + EVIDENCE + "    headline: Cell\t#9\n", "Cell", "#9"),
    (STATEMENT + EVIDENCE + "        translation: Cell #9\n", "Cell", "#9"),
    (STATEMENT + EVIDENCE + "        prefix: Cell #9\n", "Cell", "#9"),
    (STATEMENT + EVIDENCE + "        note: Cell #9\n", "Cell", "#9"),
    (STATEMENT + EVIDENCE.replace("left\n", "left #9\n"), "The ship left", "#9"),
    (
        f"{STATEMENT}{EVIDENCE}actors: {{p: {{name: P, kind: body, aliases:\n  - Unit #9\n  }}}}\n",
        "Unit",
        "#9",
    ),
]


@pytest.mark.parametrize(("entry", "value", "lost"), CUT)
def test_a_text_that_a_comment_cuts(desk: LittleDesk, entry: str, value: str, lost: str) -> None:
    """Both halves are named, and how to keep them together."""
    desk.document("a", "The ship left.")
    checked = desk.check(desk_with(entry) if "aliases" not in entry else _with_alias(entry), HEAD)
    mistake = only(checked, "cut-text")
    assert f"“{value}”" in mistake.message or f"{value}”" in mistake.message
    assert "in quotes" in mistake.hints[0].message
    place = mistake.hints[1].span
    assert place is not None
    assert checked.texts["facts.yaml"].slice(place) == lost
    assert checked.checked is None


def _with_alias(entry: str) -> str:
    fact, _, _ = entry.partition("actors:")
    return (
        desk_with(fact)
        + "actors:\n  p:\n    name: P\n    kind: body\n    aliases:\n    - Unit #9\n"
    )


HONEST = [
    ("    credibility: 3   # two papers, one house\n", STATEMENT + EVIDENCE),
    ("    date: 2025-01-01 # by its dateline\n", STATEMENT + EVIDENCE),
    ("    marking: GREEN # for now\n", STATEMENT + EVIDENCE),
    ("", STATEMENT + EVIDENCE.replace("source: a", "source: a # the Gazette")),
    ("", '    statement: "It left." # checked\n' + EVIDENCE),
    ("", "    statement: 'It left.' # checked\n" + EVIDENCE),
    ("", "    statement: >- # checked\n      It left.\n" + EVIDENCE),
    ("", "    # The wire has it too.\n" + STATEMENT + EVIDENCE),
    ("", STATEMENT + "    # The wire has it too.\n" + EVIDENCE),
    ("", STATEMENT + "\n      # The wire has it too.\n" + EVIDENCE),
    ("", STATEMENT + EVIDENCE + "# The end.\n"),
    (
        "",
        STATEMENT + "    evidence: # all of it\n      - source: a\n        quote: The ship left\n",
    ),
    (
        "",
        "    statement: It left,#1 said.\n"
        + EVIDENCE.replace("\n        quote", "\n        quote"),
    ),
]


@pytest.mark.parametrize(("before", "after"), HONEST)
def test_an_honest_comment_is_held_up_nowhere(desk: LittleDesk, before: str, after: str) -> None:
    """Behind values, behind quotes and blocks, and on lines of their own."""
    desk.document("a", "The ship left.")
    checked = desk.check(desk_with(before + after), HEAD)
    assert "cut-text" not in codes(checked)
    assert not {"yaml-syntax", "empty-text"} & set(codes(checked))


def test_a_text_that_is_all_comment(desk: LittleDesk) -> None:
    """A hashtag alone leaves nothing: that is said with its place."""
    desk.document("a", "The ship left.")
    checked = desk.check(desk_with("    statement: #NotOneMore\n" + EVIDENCE), HEAD)
    mistake = only(checked, "empty-text")
    assert "comment" in mistake.hints[1].message


# Broken YAML as people write it, with words of what is said about it and of what would mend it.
BROKEN = [
    ("a: He said: no\n", "`: ` stands within a text", "in quotes"),
    ("a: “x: y”\n", "`: ` stands within a text", "“ is no quotation mark to YAML"),
    ("a: [Group #4, x]\nb: 1\n", "“#4, x]” for a comment", "in quotes"),
    ("a: was #45 not\n  beaten\nb: 1\n", "“#45 not” for a comment", "in quotes"),
    ("a:\n  - was #45 not\n  beaten\nb: 1\n", "“#45 not” for a comment", "in quotes"),
    ("a: @user said\n", "can't begin with “@”", "in quotes"),
    ("a: `code` said\n", "can't begin with “`”", "in quotes"),
    ("a: % of it\n", "can't begin with “%”", "in quotes"),
    ("a: *bold* text\n", "can't begin with `*`", "in quotes"),
    ("a: *bold\n", "an alias is not read", "begins with `*` stands in quotes"),
    ("a: & so\n", "can't begin with `&`", "in quotes"),
    ("a: !so it is\n", "a tag is not read", "begins with `!` stands in quotes"),
    ("a: !<so\n", "can't begin with `!`", "in quotes"),
    ("a:\n\t- b\n", "a tab stands", "replace it with spaces"),
    ("a:\n  b: 1\n\tc: 2\n", "a tab stands", "replace it with spaces"),
    ("a: >\n\tx\n", "a tab stands", "replace it with spaces"),
    ("a: - b\n", "begins a list on the line of its key", "begins with a dash"),
    ("a: ? what\n", "can't begin with `? `", "in quotes"),
    ('a: "C:\\Users"\n', "`\\U` names no character", "write \\\\ for a backslash"),
    ('a: "\\ud800"\n', "`\\u` names no character", "write \\\\ for a backslash"),
    ("a: {not} beaten\nb: 1\n", "text goes on behind `}`", "in quotes"),
    ("a: [Some] said\nb: 1\n", "text goes on behind `]`", "in quotes"),
    ("a: [1, 2\nb: 2\n", "the `[` that opens here", "close it with `]`"),
    ("a: {b: 1\nc: 2\n", "the `{` that opens here", "close it with `}`"),
    ("a: {b: 1}}\n", "`}` closes nothing", "delete it"),
    ("a: [,]\n", "a value is missing before `,`", "write it"),
    ('a: "text\nb: 1\n', 'the " that opens here is never closed', 'written \\"'),
    ("a: 'text\nb: 1\n", "the ' that opens here is never closed", "written ''"),
    ('a: "No" he said\nb: 1\n', 'behind the closing "', "put the whole text in quotes"),
    ("a: 'It's so'\nb: 1\n", "behind the closing '", "write '' for an apostrophe"),
    ("a: > 50 per cent\n", "can't begin with `>`", "in quotes"),
    ("a: |x y\n", "can't begin with `|`", "in quotes"),
    ("a: >0\n  x\n", "can't begin with `>`", "in quotes"),
    ("a: 1\n  b: 2\n", "`b` is indented below", "the keys beside it"),
    ("a:\n   b: 1\n  c: 2\n", "indented by 2", "indent it as the lines beside it"),
    ("a:\n  - b\n - c\n", "an item of a list stands among the keys", "indent it"),
    ("a: 1\n- b\n", "an item of a list stands among the keys", "indent it"),
    ("- a\nb: 1\n", "begins with no `- `", "begin it with `- `"),
    ("a: 1\nb\nc: 2\n", "“b” is neither", "colon and a space"),
    ("a\nb: 1\n", "“a” is neither", "give it a key"),
    ("a:1\nb: 2\n", "no space stands behind the colon of `a`", "write `a: 1`"),
    ("- a:1\n  b: 2\n", "no space stands behind the colon of `a`", "write `a: 1`"),
    (
        "a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n",
        "marks a conflict",
        "delete the lines",
    ),
    ("a: 1\n---\nb: 2\n", "a second document", "a file of its own under `include`"),
    (": x\n", "has no key before it", "write the key"),
    ("%FOO bar\n---\na: 1\n", "begins with `%`", "delete it"),
    ("a: 1\n...\nb: 2\n", "behind the end of the document", "delete that line"),
    ('a: "x\n---\ny"\n', "a line of `---` or `...`", "indent it"),
    ("k" * 1100 + ": 1\n", "stands where no key can", "in quotes"),
]


@pytest.mark.parametrize(("text", "what", "step"), BROKEN)
def test_broken_yaml_in_our_words(text: str, what: str, step: str) -> None:
    """The message names what stands there; the hint is the step that mends it."""
    root, (mistake,) = yamltree.parse(SourceText("x", text))
    assert root is None
    assert what in mistake.message
    assert any(step in hint.message for hint in mistake.hints)


# What libyaml says of anything at all: the fragments that its messages are made of.
LIBYAML = re.compile(
    r"did not find|could not find|found (?:a tab|an? in|undefined|unexpected|unknown|character|"
    r"duplicate|extremely|incompatible|invalid)|while (?:scanning|parsing)|not allowed in this"
    r" context|cannot start any token|hexdecimal|block (?:mapping|sequence|collection)|flow"
    r" (?:mapping|sequence|node)|simple key|plain scalar|quoted scalar"
)

PIECES = st.sampled_from(
    [
        *"abx:[]{},-?#&*!|>%@`'\"\\ \n\t~.<“0é",
        *("\n  ", ": ", "- ", " #", "---", "...", "!!x", "%YAML ", '"\\', "? ", "\r\n", "|2", ">-"),
    ]
)


@settings(deadline=None, max_examples=examples(80, 2400))
@given(st.lists(PIECES, max_size=40))
def test_no_word_of_libyaml_is_ever_shown(pieces: list[str]) -> None:
    """Whatever is broken, and in whatever way; and each mistake has a step that mends it."""
    source = SourceText("x", "".join(pieces))
    _, mistakes = yamltree.parse(source)
    for each in mistakes:
        assert each.hints
        own = "\n".join((each.message, *(hint.message for hint in each.hints)))
        assert not LIBYAML.search(own)
        assert each.span is not None
        assert 0 <= each.span.start <= each.span.end <= len(source.text)
    assert not LIBYAML.search(render(mistakes, {}))


def test_each_problem_of_libyaml_has_words_of_ours() -> None:
    """All that its parser can say is in the table; what a later one may say is told too."""
    for problem in _BY_PROBLEM:
        for at in range(len(TRIED) + 1):
            message = _BY_PROBLEM[problem](ParserStop(TRIED, at, max(0, at - 3)))
            assert message.hints
            assert not LIBYAML.search(" ".join((message.message, *message.hints)))
    assert _unreadable(ParserStop("x", 0, 0)).hints


TRIED = "a: b #c\n  d: 'e' f\n- [g, {h: i\n%\tj\n"


@pytest.mark.parametrize("size", [20_000])
@pytest.mark.parametrize("line", ["a #b\n", "[ #]\n", "a:b\n", "\n", "'x' y\n"])
def test_a_long_broken_text_is_told_at_once(line: str, size: int) -> None:
    """The time for it grows as the text does, whatever has to be looked for."""
    for text in (line * size, "k: [" + line * size, line * size + "\t- x: y: z"):
        _, mistakes = yamltree.parse(SourceText("x", text))
        assert len(mistakes) <= yamltree.MOST_HIDDEN


def test_the_parser_is_the_one_that_is_spoken_for() -> None:
    """The table goes by libyaml's words; PyYAML's own parser has others."""
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        list(yaml.parse("a: b: c", Loader=yaml.CSafeLoader))
    assert caught.value.problem in _BY_PROBLEM


def test_a_comma_within_braces(desk: LittleDesk) -> None:
    """What it cuts off looks like a key, or a language: of several words, or of figures."""
    desk.document("a", "The ship left.")
    for entry in (
        "    statement: {en: It left, and came}\n" + EVIDENCE,
        "    statement: {en: Nearly 14,000}\n" + EVIDENCE,
        STATEMENT + "    evidence: [{source: a, quote: Nearly 14,000}]\n",
        STATEMENT + "    evidence: [{source: a, quote: The ship left, so they say}]\n",
    ):
        assert "a text that holds a comma stands in quotes" in printed(
            desk.check(desk_with(entry), HEAD)
        )
