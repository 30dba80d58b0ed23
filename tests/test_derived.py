"""Arithmetic that a fact declares over the figures of its quotes."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from little_desk import LittleDesk, codes, only

from briefings.check.quantities.derived import DerivationError, derive
from briefings.check.quantities.quantity import Bound, Kind
from briefings.check.quantities.reader import read
from briefings.run.check import Checked

QUOTE = (
    "US$397.6 million, of which $48 million has been paid; cases fell from 640 to 410;"
    " 3, 4 and 9 villages; 0 deaths; 15 mm and 2 cm; 5 tonnes"
)


@pytest.mark.parametrize(
    ("expression", "kind", "value"),
    [
        ("640 - 410", Kind.NUMBER, Fraction(230)),
        ("410 − 640", Kind.NUMBER, Fraction(-230)),
        ("sum(3, 4, 9)", Kind.NUMBER, Fraction(16)),
        ("3 + 4 * 9", Kind.NUMBER, Fraction(39)),
        ("(3 + 4) × 9", Kind.NUMBER, Fraction(63)),
        ("-(3 - 9)", Kind.NUMBER, Fraction(6)),
        ("48 million / 397.6 million", Kind.NUMBER, Fraction(60, 497)),
        ("48 million / 397.6 million in per cent", Kind.PERCENT, Fraction(6000, 497)),
        ("48 million / 397.6 million in per cent, rounded to 1", Kind.PERCENT, Fraction(12)),
        ("397,600,000 rounded to 100 million", Kind.NUMBER, Fraction(400_000_000)),
        ("410 / 640 as percent rounded to 0.1", Kind.PERCENT, Fraction(641, 10)),
        ("15 mm + 2 cm", Kind.NUMBER, Fraction(35)),
    ],
)
def test_arithmetic(expression: str, kind: Kind, value: Fraction) -> None:
    """Values are exact: nothing is rounded that does not say so."""
    found = derive(expression, read(QUOTE, "en")).figure
    assert (found.kind, found.value) == (kind, value)


def test_a_rounded_value_says_that_it_is_one() -> None:
    """It may be told with “about”, and with the word for the side it was rounded to."""
    found = derive("397.6 million rounded to 100 million", read(QUOTE, "en")).figure
    assert [each.bound for each in found.readings] == [Bound.ABOUT, Bound.NEARLY]


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("640 - 411", "“411” stands in no quote of the fact"),
        ("640 -", "a number is missing at its end"),
        ("640 * * 3", "a number is missing before “*”"),
        ("(640", "a parenthesis is not closed"),
        ("sum(3, 4", "a parenthesis is not closed"),
        ("640 410", "“640 410” stands in no quote of the fact"),
        ("3 )", "“)” stands where nothing may follow"),
        ("", "it is empty"),
        ("boats", "“boats” is no number"),
        ("3 / 0", "it divides by zero"),
        ("5 tonnes + 15 mm", "it adds amounts of different units"),
        ("$48 million * $48 million", "it multiplies two amounts that both have a unit"),
        ("3 / 5 tonnes", "it divides by an amount of another unit"),
        ("15 mm in per cent", "a share has no unit"),
        ("3 rounded to boats", "“boats” is no step to round to"),
        ("(" * 30 + "3" + ")" * 30, "its parentheses nest deeper than 20"),
        ("*".join(["640"] * 40), "it comes to more digits than any figure has"),
        ("3+" * 1000, "it is longer than 500 characters"),
        ("__import__", "is no number"),
    ],
)
def test_what_is_no_derivation(expression: str, why: str) -> None:
    """Each mistake is one clause that names what is wrong."""
    with pytest.raises(DerivationError) as caught:
        derive(expression, read(QUOTE, "en"))
    assert why in str(caught.value)


def stated(desk: LittleDesk, statement: str, derived: str) -> Checked:
    """A fact that derives a figure from `QUOTE`."""
    desk.document("a", f"{QUOTE}.")
    return desk.check(
        f"facts:\n  - id: f\n    kind: event\n    topics: [t]\n    statement: {statement}\n"
        f"    derived: [{json.dumps(derived)}]\n"
        f"    evidence: [{{source: a, quote: {json.dumps(QUOTE)}}}]\n"
    )


def test_a_fact_may_state_what_it_derives(desk: LittleDesk) -> None:
    """The result carries the figure; without it, or with another one, nothing does."""
    assert codes(stated(desk, "Cases fell by 230.", "640 - 410")) == []
    assert codes(stated(desk, "Cases fell by 240.", "640 - 410")) == ["unsupported-figure"]
    share = "48 million / 397.6 million in per cent, rounded to 1"
    assert codes(stated(desk, "About 12 per cent has been paid.", share)) == []
    assert (
        codes(
            stated(
                desk, "Of nearly $400 million some came.", "397.6 million rounded to 100 million"
            )
        )
        == []
    )


def test_a_derivation_that_fails_is_told(desk: LittleDesk) -> None:
    """The user's mistake is a diagnostic at the fact."""
    found = only(stated(desk, "Cases fell.", "640 - 7"), "bad-derivation")
    assert "“7” stands in no quote of the fact" in found.message
