"""What an editor offers to do: each step takes away the mistake whose hint proposes it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from little_desk import LittleDesk
from test_hints import BASES, Earned, capture

from briefings.authoring.editing import EditedDesk, edited
from briefings.authoring.mends import Mend, mends
from briefings.core.diagnostics import Diagnostic

NAME = "facts.yaml"
OFFERED = {
    "bad-date",
    "bad-id",
    "bad-url",
    "bad-value",
    "cut-text",
    "edge-cuts-figure",
    "edge-drops-caution",
    "edge-drops-negation",
    "false-corroboration",
    "gap-drops-caution",
    "gap-drops-negation",
    "gap-joins",
    "hidden-character",
    "plan-as-event",
    "quote-ambiguous",
    "quote-misattributed",
    "quote-not-found",
    "unknown-key",
    "unknown-language",
    "unknown-reference",
    "unlisted-name",
    "wrong-type",
}


def put(desk: EditedDesk, mend: Mend) -> str:
    """The base after the edits of a step."""
    text = desk.texts[NAME].text
    for each in sorted(mend.edits, key=lambda edit: -edit.span.start):
        text = text[: each.span.start] + each.text + text[each.span.end :]
    return text


def mistakes_of(desk: EditedDesk) -> Counter[tuple[str, str]]:
    return Counter(_words(each) for each in desk.checked.diagnostics)


def _words(mistake: Diagnostic) -> tuple[str, str]:
    return mistake.code, mistake.message


@pytest.mark.parametrize("earned", BASES, ids=lambda earned: earned.code)
def test_a_step_takes_its_mistake_away(tmp_path: Path, earned: Earned) -> None:
    """Once for each that is offered; codes whose hints ask for the desk's own words offer none."""
    desk = LittleDesk(tmp_path)
    capture(desk, earned)
    desk.check(earned.yaml, earned.head)
    opened = edited(tmp_path / NAME, {})
    before = mistakes_of(opened)
    steps = list(mends(opened))
    assert {each.of.code for each in steps} <= OFFERED
    assert (earned.code in OFFERED) == any(each.of.code == earned.code for each in steps)
    for step in steps:
        mended = edited(tmp_path / NAME, {NAME: put(opened, step)})
        assert mistakes_of(mended)[_words(step.of)] < before[_words(step.of)], step.title


@pytest.mark.parametrize(
    ("yaml", "title", "after"),
    [
        (
            "    evidence:\n      - source: a\n        quote: left\n",
            "it is that of place 2",
            "      - source: a\n        occurrence: 2\n        quote: left\n",
        ),
        (
            "    evidence:\n      - quote: left\n        source: a\n",
            "it is that of place 1",
            "      - occurrence: 1\n        quote: left\n        source: a\n",
        ),
        (
            "    evidence: [{source: a, quote: left}]\n",
            "it is that of place 2",
            "    evidence: [{source: a, occurrence: 2, quote: left}]\n",
        ),
    ],
)
def test_the_place_of_a_quote(tmp_path: Path, yaml: str, title: str, after: str) -> None:
    """Its number stands before the quote, in the shape that the evidence has."""
    desk = LittleDesk(tmp_path).document("a", "The ship left. The boat left.")
    desk.check(
        "facts:\n  - id: f\n    kind: event\n    topics: [t]\n    statement: It left.\n" + yaml
    )
    opened = edited(tmp_path / NAME, {})
    step = next(each for each in mends(opened) if each.title == title)
    assert after in put(opened, step)


@pytest.mark.parametrize(
    ("yaml", "after"),
    [
        ("    statement: It took 75.\n", "    derived: [31 + 44]\n    statement: It took 75.\n"),
        (
            "    statement: It took 75.\n    derived: [44 - 31]\n",
            "    derived: [44 - 31, 31 + 44]\n",
        ),
        (
            "    derived:\n      - 44 - 31\n    statement: It took 75.\n",
            "      - 44 - 31\n      - 31 + 44\n",
        ),
    ],
)
def test_arithmetic_is_declared(tmp_path: Path, yaml: str, after: str) -> None:
    """The line that a hint writes out stands in the fact, in the shape that its list has."""
    desk = LittleDesk(tmp_path).document("a", "It took 31 men and 44 women.")
    evidence = "    evidence: [{source: a, quote: 31 men and 44 women}]\n"
    desk.check("facts:\n  - id: f\n    kind: figure\n    topics: [t]\n" + yaml + evidence)
    opened = edited(tmp_path / NAME, {})
    (step,) = (each for each in mends(opened) if each.of.code == "unsupported-figure")
    mended = put(opened, step)
    assert after in mended
    assert not mistakes_of(edited(tmp_path / NAME, {NAME: mended}))
