"""What a statement may say: figures, hedges, names and tenses against the quotes."""

from __future__ import annotations

import pytest
from little_desk import HEAD, LittleDesk, codes, only

from briefings.check.figures import carried, stated
from briefings.check.unchecked import Unchecked

FIGURES = [
    ("Twenty-one per cent of 1,500", "en", [("percent", "21"), ("number", "1500")]),
    (
        "Sunday, 7 December at 7:30 p.m.",
        "en",
        [("weekday", "6"), ("date", "12-7"), ("time", "19:30")],
    ),
    ("December 7th, 2025", "en", [("date", "12-7"), ("number", "2025")]),
    ("2025-12-07", "en", [("date", "12-7"), ("number", "2025")]),
    ("91 days, three months", "en", [("number", "91"), ("number", "3")]),
    ("-5 and 5.2 and 28%", "en", [("number", "-5"), ("number", "5.2"), ("percent", "28")]),
    ("two hundred and five people", "en", [("number", "205")]),
    ("2 million or two million", "en", [("number", "2000000")]),
    ("one hundred and twenty-three thousand", "en", [("number", "123000")]),
    ("the third round", "en", [("ordinal", "3")]),
    ("seven or eight, a dozen", "en", [("number", "7"), ("number", "8"), ("number", "12")]),
    ("no one came, one of them said to one another", "en", []),
    ("thousands fled", "en", [("vague", "thousand")]),
    ("it may come, in May it may", "en", [("month", "5")]),
    ("they march in March", "en", [("month", "3")]),
    ("5-10 boats", "en", [("number", "5"), ("number", "10")]),
    ("۲۱ درصد", "fa", [("percent", "21")]),
    ("۷ دسامبر", "fa", [("date", "12-7")]),
    ("بیست و سه نفر", "fa", [("number", "23")]),
    ("7 décembre", "fr", [("number", "7")]),
    ("on monday, 7 DECEMBER", "en", [("weekday", "0"), ("date", "12-7")]),
    ("flights MH17 and G7", "en", [("code", "MH17"), ("code", "G7")]),
    ("the 1990s and the 3rd", "en", [("decade", "1990"), ("ordinal", "3")]),
    (
        "$5m, 3bn and 2k",
        "en",
        [("number", "5000000"), ("number", "3000000000"), ("number", "2000")],
    ),
    ("December 7-9", "en", [("date", "12-7"), ("number", "9")]),
    ("7–9 December", "en", [("number", "7"), ("date", "12-9")]),
    ("two dozen, a dozen", "en", [("number", "24"), ("number", "12")]),
    ("at 10 a.m. and 10:00", "en", [("time", "10:00")]),
    ("7.12.2025", "en", [("date", "12-7"), ("number", "2025")]),
    ("some 1 500 men", "en", [("number", "1500")]),
    ("5 5 and five", "en", [("number", "5")]),
    ("یک مقام گفت نه", "fa", []),
    ("دویست و بیست و سه", "fa", [("number", "223")]),
    ("سومین نشست", "fa", [("ordinal", "3")]),
]


@pytest.mark.parametrize(("text", "language", "expected"), FIGURES)
def test_figures(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    """Figures are compared by what they mean, spelled out or not."""
    assert list(dict.fromkeys(figure.key for figure in stated(text, language))) == expected


def test_a_date_carries_its_parts() -> None:
    """A quote that names a day carries its month and number, not the other way round."""
    assert carried("on 7 September 2025", "en") >= {
        ("date", "9-7"),
        ("month", "9"),
        ("ordinal", "7"),
        ("number", "2025"),
    }
    assert ("date", "9-7") not in carried("7 boats in September", "en")


SUPPORTED = [
    ("28 per cent drowned.", "Twenty-eight percent drowned"),
    ("Three boats left.", "3 boats left"),
    ("The boats left on 7 December.", "On December 7 the boats left"),
    ("It rose by 5.2 points.", "a rise of 5.2 points"),
]


@pytest.mark.parametrize(("statement", "quote"), SUPPORTED)
def test_supported_figure(desk: LittleDesk, statement: str, quote: str) -> None:
    """A figure that a quote carries in other dress is fine."""
    assert codes(desk.statement(statement, quote)) == []


UNSUPPORTED = [
    ("28 per cent drowned.", "28 people drowned", "28 per cent"),
    ("29 people drowned.", "28 people drowned", "29"),
    ("Five people drowned.", "People drowned", "Five"),
    ("It was 5 degrees.", "It was -5 degrees", "5"),
    ("The boats left on 8 December.", "On December 7 the boats left", "8 December"),
    ("The boats left in 2025.", "The boats left", "2025"),
    ("The boats left on Monday.", "The boats left", "Monday"),
    ("7 men died.", "men died on 7 December", "7"),
    ("It cost 5m.", "It cost 5", "5m"),
    ("The third round failed.", "three rounds failed", "third"),
    ("Flight MH18 left.", "Flight MH17 left", "MH18"),
    ("They left at 3:30 pm.", "They left at 3:30 am", "3:30 pm"),
]


@pytest.mark.parametrize(("statement", "quote", "shown"), UNSUPPORTED)
def test_unsupported_figure(desk: LittleDesk, statement: str, quote: str, shown: str) -> None:
    """A figure in no quote stops the build, and is named."""
    checked = desk.statement(statement, quote)
    assert f"“{shown}”" in only(checked, "unsupported-figure").message
    assert checked.checked is None


def test_figures_of_another_fact_do_not_count(desk: LittleDesk) -> None:
    """Only the quotes of the fact itself carry its figures."""
    checked = desk.statement("Five boats left.", "Boats left", "Five of them")
    assert codes(checked) == []
    assert "unsupported-figure" in codes(desk.statement("Five boats left.", "Boats left"))


@pytest.mark.parametrize("text", ["1" * 1_000_001, "five and " * 20_000, "5" + " " * 30_000 + "x"])
def test_hostile_statements_end(text: str) -> None:
    """A number of a million digits or of words is read in no time, or not at all."""
    assert len(stated(text, "en")) <= 2


def test_translations_carry_no_other_figures(desk: LittleDesk) -> None:
    """A translation states what its quote does."""
    desk.document("a", "ده نفر مردند.", language="fa")
    base = (
        "facts:\n  - id: f\n    kind: event\n    topics: [t]\n    statement: People died.\n"
        "    evidence: [{source: a, quote: ده نفر مردند, translation: Fifty people died.}]\n"
    )
    assert "“Fifty”" in only(desk.check(base), "unsupported-figure").message
    assert codes(desk.check(base.replace("Fifty", "Ten"))) == []


def test_translation_counts_where_a_language_is_unknown(desk: LittleDesk) -> None:
    """Numbers spelled out in a language without a lexicon are read in the translation."""
    desk.document("a", "Neuf bateaux sont partis.", language="fr")
    base = (
        "facts:\n  - id: f\n    kind: event\n    topics: [t]\n    statement: Nine boats left.\n"
        "    evidence: [{source: a, quote: Neuf bateaux, translation: Nine boats}]\n"
    )
    assert codes(desk.check(base)) == []
    assert "unsupported-figure" in codes(desk.check(base.replace("Nine boats}", "Ten boats}")))


def test_language_without_a_lexicon_is_said(desk: LittleDesk) -> None:
    """A check that can not be made is not passed over in silence."""
    desk.document("a", "Tisa boti ziliondoka.", language="sw")
    head = "format: 1\ntitle: T\nlanguages: [sw]\ntopics: {t: {title: T}}\n"
    base = (
        "facts:\n  - id: f\n    kind: event\n    topics: [t]\n    statement: Boti tisa.\n"
        "    evidence: [{source: a, quote: Tisa boti}]\n"
    )
    checked = desk.check(base, head)
    assert codes(checked) == []
    assert set(checked.unchecked) == {
        Unchecked("denials, caution and voice", "sw", 2),
        Unchecked("numbers in words", "sw", 1),
    }


def test_lost_hedge(desk: LittleDesk) -> None:
    """A hedge that every quote has may not vanish."""
    checked = desk.statement("The pier is closed.", "the pier is reportedly closed")
    assert "“reportedly”" in only(checked, "lost-hedge").message
    assert checked.checked is not None


@pytest.mark.parametrize(
    ("statement", "quotes"),
    [
        ("The pier is allegedly closed.", ("the pier is reportedly closed",)),
        ("The pier is closed.", ("the pier is reportedly closed", "the pier is closed")),
        ("The boats may leave in May.", ("they might leave in May",)),
        ("The boats left in May.", ("In May the boats left",)),
    ],
)
def test_kept_hedge(desk: LittleDesk, statement: str, quotes: tuple[str, ...]) -> None:
    """A hedge of the same kind, or a quote without one, is enough."""
    assert "lost-hedge" not in codes(desk.statement(statement, *quotes))


PEOPLE = (
    "actors:\n  mora: {name: Ana Mora, aliases: [Mora], kind: person}\n"
    "  union: {name: Pilots' Union, kind: body}\n"
    "places:\n  port: {name: Port Azul, at: [1, 2]}\n"
)


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("Mora spoke.", "Mora"),
        ("Ana Mora's boat left.", "Ana Mora"),
        ("The boat left Port Azul.", "Port Azul"),
        ("The Pilots’ Union met.", "Pilots' Union"),
    ],
)
def test_unlisted_name(desk: LittleDesk, statement: str, name: str) -> None:
    """A person, body or place in a statement belongs into the fact's lists."""
    checked = desk.statement(statement, "They did", more=PEOPLE)
    assert f"“{name}”" in only(checked, "unlisted-name").message


def test_an_id_that_is_unknown_is_told_once(desk: LittleDesk) -> None:
    """Whom a fact lists is not known before it is put right: no warning that a name is missing."""
    desk.document("a", "They did")
    fact = (
        "facts:\n  - id: f\n    kind: event\n    topics: [t]\n    statement: Mora spoke.\n"
        "    actors: [IDS]\n    evidence: [{source: a, quote: They did}]\n"
    )
    assert "unlisted-name" in codes(desk.check(PEOPLE + fact.replace("IDS", "")))
    checked = desk.check(PEOPLE + fact.replace("IDS", "moro"))
    assert "there is no actor `moro`" in only(checked, "unknown-reference").message
    assert "unlisted-name" not in codes(checked)


def test_what_is_wrong_in_a_translation_is_shown_there(desk: LittleDesk) -> None:
    """Each form of a text has its own place; in a text of one language that is the text's."""
    desk.document("a", "They did")
    checked = desk.check(
        "facts:\n  - id: f\n    kind: event\n    topics: [t]\n"
        "    statement:\n      fa: ۸ کشتی رفت.\n      en: Seven boats left.\n"
        "    headline: Nine left\n    evidence: [{source: a, quote: They did}]\n",
        HEAD.replace("languages: [en]", "languages: [en, fa]"),
    )
    places = {
        found.message.split("“")[1].split("”")[0]: checked.texts["facts.yaml"].text[
            found.span.start : found.span.end
        ]
        for found in checked.diagnostics
        if found.code == "unsupported-figure" and found.span is not None
    }
    assert places == {
        "Seven": "Seven boats left.",
        "8": "۸ کشتی رفت.",
        "Nine": "Nine left",
    }


def test_parts_of_words_are_no_names(desk: LittleDesk) -> None:
    """“anti-Mora” and “Moravia” do not name Mora."""
    checked = desk.statement("The anti-Mora list of Moravia grew.", "They did", more=PEOPLE)
    assert "unlisted-name" not in codes(checked)


def test_future_is_no_event(desk: LittleDesk) -> None:
    """What will be is a plan."""
    assert "plan-as-event" in codes(desk.statement("The boats will leave.", "boats will leave"))
