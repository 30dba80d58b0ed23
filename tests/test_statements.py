"""What a statement may say: hedges, names, what is to come."""

from __future__ import annotations

import pytest
from little_desk import LittleDesk, codes, only

from briefings.check.unchecked import Unchecked
from briefings.run.check import check_desk


def test_language_without_a_lexicon_is_said(desk: LittleDesk) -> None:
    """A check that can not be made is not passed over in silence."""
    desk.document("a", "Masuwa libwa ekei.", language="ln")
    head = "format: 1\ntitle: T\nlanguages: [ln]\ntopics: {t: {title: T}}\n"
    base = (
        "facts:\n  - id: f\n    kind: event\n    topics: [t]\n    statement: Masuwa 9.\n"
        "    evidence: [{source: a, quote: Masuwa libwa}]\n"
    )
    checked = desk.check(base, head)
    assert codes(checked) == []
    assert set(checked.unchecked) == {
        Unchecked("denials, caution and voice", "ln", 2),
        Unchecked("numbers in words", "ln", 1),
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


@pytest.mark.parametrize(
    ("language", "quote", "statement", "message"),
    [
        (
            *("ar", "إن كل المرضى نقلوا إلى بيوتهم", "إن بعض المرضى نقلوا إلى بيوتهم"),
            "the statement of `f` says “بعض”, its quote “كل”",
        ),
        (
            *("fa", "احتمالاً بیمارستان بسته شده است", "بیمارستان بسته شده است"),
            "a quote of `f` says “احتمالاً”, its statement does not",
        ),
        (
            *("en", "Nobody left the pier", "The crew left the pier"),
            "a quote of `f` says “Nobody” of what its statement tells as so",
        ),
    ],
)
def test_a_message_has_the_letters_of_the_text(
    desk: LittleDesk, language: str, quote: str, statement: str, message: str
) -> None:
    """And not those in which texts are compared: kaf, vowel signs and capitals as they stand."""
    desk.statement(statement, quote, language=language)
    path = desk.folder / "facts.yaml"
    base = path.read_text(encoding="utf-8").replace("[en]", f"[{language}]")
    path.write_text(base, encoding="utf-8")
    assert message in [each.message for each in check_desk(path).diagnostics]


def test_an_account_is_told_what_its_fact_says(desk: LittleDesk) -> None:
    """Be it in the quote or in the statement: neither is called the other."""
    desk.document("a", "The pier is reportedly closed.").document(
        "b", "Le quai serait fermé.", language="fr"
    )
    facts = "".join(
        f"  - {{id: {name}, kind: event, topics: [t], statement: The pier is reportedly closed.,"
        f" source: {source}, quote: {quote}}}\n"
        for name, source, quote in (
            ("f", "a", "The pier is reportedly closed"),
            ("g", "b", "Le quai serait fermé"),
        )
    )
    account = "accounts: [{id: x, topics: [t], text: 'The pier is closed %s.'}]\n"
    for marks, said in (("[f]", "`f`"), ("[g]", "`g`"), ("[f, g]", "one of `f`, `g`")):
        checked = desk.check(f"facts:\n{facts}{account % marks}")
        message = f"{said} says “reportedly”, account `x` does not"
        assert only(checked, "lost-hedge").message == message


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
    """A person, body or place in a statement belongs into the lists of a fact that has some."""
    lists = "    actors: []\n    places: []\n"
    checked = desk.statement(statement, "They did", more=PEOPLE, keys=lists)
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


def test_parts_of_words_are_no_names(desk: LittleDesk) -> None:
    """“anti-Mora” and “Moravia” do not name Mora."""
    checked = desk.statement("The anti-Mora list of Moravia grew.", "They did", more=PEOPLE)
    assert "unlisted-name" not in codes(checked)


def test_future_is_no_event(desk: LittleDesk) -> None:
    """What will be is a plan."""
    assert "plan-as-event" in codes(desk.statement("The boats will leave.", "boats will leave"))
