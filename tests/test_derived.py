"""Arithmetic that a fact declares over the figures of its quotes."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import pypdfium2
import pytest
from command import run
from little_desk import HEAD, LittleDesk, codes, only

from briefings.check.quantities.derived import DerivationError, derive
from briefings.check.quantities.quantity import Bound, Kind
from briefings.check.quantities.reader import read
from briefings.core.carried import from_json as carried_from_json
from briefings.desk.checked import Checked
from briefings.render.html.embedded import from_html
from briefings.render.l10n.locales import Locale

QUOTE = (
    "US$397.6 million, of which $48 million has been paid; cases fell from 640 to 410;"
    " 3, 4 and 9 villages; 0 deaths; 15 mm and 2 cm; 5 tonnes;"
    " 70 per cent of the boats, and 9 % of the crews"
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
        ("3 * 410 rounded to 1000", Kind.NUMBER, Fraction(1000)),
        ("410 - 410 rounded to 100", Kind.NUMBER, Fraction(0)),
        ("15 mm + 2 cm", Kind.NUMBER, Fraction(35)),
        ("3 / 5 tonnes in per cent", Kind.PERCENT, Fraction(60)),
        ("100 % - 70 %", Kind.PERCENT, Fraction(30)),
        ("100 per cent - 70 per cent - 9%", Kind.PERCENT, Fraction(21)),
        ("9 + 70%", Kind.NUMBER, Fraction(79)),
    ],
)
def test_arithmetic(expression: str, kind: Kind, value: Fraction) -> None:
    """Values are exact: nothing is rounded that does not say so."""
    figure = derive(expression, read(QUOTE, "en")).figure
    assert (figure.kind, figure.value) == (kind, value)


def test_shares_that_are_added_may_be_points() -> None:
    """From 70 to 9 per cent are 61 points."""
    figure = derive("70 % - 9 %", read(QUOTE, "en")).figure
    assert [each.kind for each in figure.readings] == [Kind.PERCENT, Kind.POINTS]
    bare = derive("70 - 9 %", read(QUOTE, "en")).figure
    assert {each.kind for each in bare.readings} == {Kind.PERCENT, Kind.POINTS, Kind.NUMBER}


def test_a_rounded_value_says_that_it_is_one() -> None:
    """It may be told with “about”, and with the word for the side it was rounded to."""
    figure = derive("397.6 million rounded to 100 million", read(QUOTE, "en")).figure
    assert [each.bound for each in figure.readings] == [Bound.ABOUT, Bound.NEARLY]


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("640 - 411", "“411” stands in no quote of the fact"),
        ("100 - 70", "“100” stands in no quote of the fact"),
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
        ("410 rounded to 1000", "nothing is left of it when it is rounded to 1000"),
        ("410 - 410 in per cent, rounded to 999999999", "nothing is left of it when it is rounded"),
        (
            "410 / 640 in per cent, rounded to 200",
            "nothing is left of it when it is rounded to 200",
        ),
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
    mistake = only(stated(desk, "Cases fell.", "640 - 7"), "bad-derivation")
    assert "“7” stands in no quote of the fact" in mistake.message


DESK = """\
facts:
  - id: f
    kind: figure
    topics: [t]
    statement:
      {en: Cases fell by 230., fa: موارد به اندازهٔ ۲۳۰ کاهش یافت., ps: پېښې په ۲۳۰ راټیټې شوې.}
    evidence: [{source: a, quote: cases fell from 640 to 410}]
    derived: [640 - 410, "410 / 640 in per cent, rounded to 1"]
"""
FOUR = HEAD.replace("[en]", "[en, fa, fa-AF, ps]")


@pytest.fixture
def worked_out(desk: LittleDesk, monkeypatch: pytest.MonkeyPatch) -> LittleDesk:
    """A desk in four languages whose fact works something out."""
    monkeypatch.chdir(desk.folder)
    desk.document("a", "In May, cases fell from 640 to 410.")
    assert codes(desk.check(DESK, FOUR)) == []
    return desk


@pytest.mark.usefixtures("worked_out")
def test_readers_see_how_it_was_worked_out() -> None:
    """Beside the quote, in the words and digits of each language."""
    asked = [word for language in ("en", "fa", "fa-AF", "ps") for word in ("--lang", language)]
    assert run("build", "--format", "html", *asked).exit_code == 0
    shown = {
        "en": ("Worked out by us: 640 − 410 = 230", "410 ÷ 640 ≈ 64\u00a0%"),
        "fa": ("محاسبه ما: ۶۴۰ − ۴۱۰ = ۲۳۰", "۴۱۰ ÷ ۶۴۰ ≈ ۶۴"),
        "fa-AF": ("محاسبه ما: ۶۴۰ − ۴۱۰ = ۲۳۰", "۴۱۰ ÷ ۶۴۰ ≈ ۶۴"),
        "ps": ("زموږ محاسبه: ۶۴۰ − ۴۱۰ = ۲۳۰", "۴۱۰ ÷ ۶۴۰ ≈ ۶۴"),
    }
    for language, lines in shown.items():
        page = Path(f"build/t.{language}.html").read_text(encoding="utf-8")
        words = re.sub(r"<[^>]+>", "", page)
        assert all(line in words for line in lines), language


@pytest.mark.usefixtures("worked_out")
def test_readers_of_paper_see_it_too() -> None:
    """In the PDF, among the quotes."""
    assert run("build", "--format", "pdf", "--lang", "en").exit_code == 0
    pages = pypdfium2.PdfDocument(Path("build/t.en.pdf").read_bytes())
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    pages.close()
    assert "Worked out by us: 640 − 410 = 230" in " ".join(text.split())


def test_an_edition_keeps_what_was_worked_out(worked_out: LittleDesk) -> None:
    """In its data, and as a difference between two; one without any has no field for it."""
    assert run("build", "--format", "html", "--lang", "en", "--out", "one").exit_code == 0
    page = Path("one/t.en.html").read_text(encoding="utf-8")
    (fact,) = carried_from_json(from_html(page)).snapshot.facts
    assert fact.derived == ("640 - 410 = 230", "410 / 640 in per cent, rounded to 1 ≈ 64 %")
    plain = DESK.replace("by 230", "to 410").replace("به اندازهٔ ۲۳۰", "به ۴۱۰")
    plain = plain.replace("په ۲۳۰", "۴۱۰ ته")
    plain = re.sub(r"    derived: .*\n", "", plain)
    assert codes(worked_out.check(plain, FOUR)) == []
    assert run("build", "--format", "html", "--lang", "en", "--out", "two").exit_code == 0
    assert '"derived"' not in from_html(Path("two/t.en.html").read_text(encoding="utf-8"))
    changed = json.loads(run("diff", "one/t.en.html", "two/t.en.html", "--json").stdout)
    ((change,),) = [each["changes"] for each in changed["comparisons"]]
    fields = [each["field"] for each in change["differences"]]
    assert fields == ["statement", "derived"]


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("sum(3, 4, 9)", "3 + 4 + 9 = 16"),
        ("(3 + 4) × 9", "(3 + 4) × 9 = 63"),
        ("-(3 - 9)", "− (3 − 9) = 6"),
        ("48 million / 397.6 million", "48,000,000 ÷ 397,600,000 ≈ 0.1207"),
        ("15 mm + 2 cm", "15 + 20 = 35"),
        ("397.6 million rounded to 100 million", "397,600,000 ≈ 400,000,000"),
    ],
)
def test_how_it_is_told(expression: str, told: str) -> None:
    """Numbers in one unit, signs as they are printed, and whether anything was rounded."""
    derivation = derive(expression, read(QUOTE, "en")).derivation
    assert Locale("en").derivation(derivation) == told


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("Of the boats 30 per cent stayed.", "100 % - 70 %"),
        ("Cases fell by 230.", "640 - 410"),
        ("Cases fell by more than a third.", "(640 - 410) / 640 in per cent"),
        ("Nearly an eighth has been paid.", "48 million / 397.6 million in per cent"),
        ("Boats and crews make 79 per cent.", "70 % + 9 %"),
    ],
)
def test_what_has_to_be_declared_is_written_out(
    desk: LittleDesk, statement: str, line: str
) -> None:
    """The only arithmetic that comes to a figure is told; declared, it carries that."""
    mistake = only(stated(desk, statement, "640 + 410"), "unsupported-figure")
    assert f"add `derived: [{line}]` to `f`" in mistake.hints[0].message
    assert codes(stated(desk, statement, line)) == []


@pytest.mark.parametrize(
    "statement",
    [
        "12 villages.",  # 3 + 9, 15 - 3
        "7 boats came, and 5.",  # 3 + 4, 9 - 4
        "Cases fell by 231.",
        "Cases fell from 640 to 410 in three days.",
    ],
)
def test_no_arithmetic_is_guessed(desk: LittleDesk, statement: str) -> None:
    """Where none comes to it, or several do."""
    for each in stated(desk, statement, "640 + 410").diagnostics:
        assert not any("add `derived" in hint.message for hint in each.hints), each.hints
