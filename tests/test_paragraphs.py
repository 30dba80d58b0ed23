"""Summaries and accounts are held to the quotes of the facts that their marks name."""

from __future__ import annotations

import json

import pytest
from little_desk import HEAD, LittleDesk, codes, only

ACTORS = (
    "actors:\n"
    "  mayor: {name: Ana Ruiz, aliases: [Ruiz], kind: person, of: town}\n"
    "  town: {name: the town council, kind: body}\n"
    "  guard: {name: Tom Hale, kind: person}\n"
)
DOCUMENT = """\
Ana Ruiz said that nine ships had left the harbour. Ana Ruiz said that the quay was not damaged.
The pilots reportedly went on strike. The guard plans to close the north gate on Friday.
Up to 50 sailors stayed. The toll rose in March. Nobody was hurt in the fire. A boat sank.
The port will reopen in May. The clerk said the council will dredge the basin.
The council warned that silt would close the basin.
"""
FACTS = [
    ("ships", "claim", "Ana Ruiz said that nine ships had left the harbour", "mayor"),
    ("quay", "claim", "Ana Ruiz said that the quay was not damaged", "mayor"),
    ("strike", "event", "The pilots reportedly went on strike", ""),
    ("gate", "plan", "The guard plans to close the north gate on Friday", ""),
    ("sailors", "figure", "Up to 50 sailors stayed", ""),
    ("toll", "event", "The toll rose in March", ""),
    ("fire", "event", "Nobody was hurt in the fire", ""),
    ("boat", "event", "A boat sank", ""),
    ("reopening", "plan", "The port will reopen in May", ""),
    ("dredging", "plan", "The clerk said the council will dredge the basin", ""),
    ("silt", "statement", "The council warned that silt would close the basin", ""),
]


def facts() -> str:
    lines = ["facts:\n"]
    for name, kind, quote, by in FACTS:
        actors = ", actors: [mayor]" if by else ""
        voice = f", by: {by}" if by else ""
        lines.append(
            f"  - {{id: {name}, kind: {kind}, topics: [t], statement: {quote}.{actors},"
            f" evidence: [{{source: a, quote: {quote}{voice}}}]}}\n"
        )
    return "".join(lines)


def told(desk: LittleDesk, text: str, more: str = "") -> list[str]:
    """The codes of what is found in an account of these facts."""
    desk.document("a", DOCUMENT)
    account = f"accounts:\n  - {{id: x, topics: [t], text: {json.dumps(text)}}}\n"
    return codes(desk.check(ACTORS + facts() + more + account))


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz said that nine ships had left [ships], and that the quay was not damaged [quay].",
        "Nine ships had left the harbour, Ruiz said [ships]. The quay was not damaged [quay].",
        "The mayor spoke of nine ships that had left [ships]; pilots reportedly struck [strike].",
        "Reportedly the pilots went on strike [strike] and a boat sank [boat].",
        "The guard plans to close the north gate on Friday [gate]; a boat sank [boat].",
        "Up to 50 sailors stayed [sailors], and nobody was hurt in the fire [fire].",
        "The toll rose in March [toll]. By how much, no document tells [-].",
        "Whether the pilots are back at work is unknown [-], but the toll rose [toll].",
        "The port will reopen in May [reopening].",
        "A boat sank [boat] after the toll rose in March [toll].",
        "The council will dredge the basin, its clerk says [dredging].",
        "The council warned of silt in the basin [silt].",
        "A boat sank and the toll rose in March [boat, toll].",
        "The council counted nine ships that had left the harbour [ships].",
        "The town council’s Ana Ruiz said that nine ships had left the harbour [ships].",
    ],
)
def test_honest_words_pass(desk: LittleDesk, text: str) -> None:
    """Whatever their order, and however many facts one mark names."""
    assert told(desk, text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ana Ruiz said that ten ships had left [ships].", "unsupported-figure"),
        ("A boat sank [boat]; nine ships had left, Ruiz said [quay].", "unsupported-figure"),
        ("50 sailors stayed [sailors].", "changed-bound"),
        ("Ana Ruiz said that the quay was damaged [quay].", "lost-negation"),
        ("A boat sank [boat], and people were hurt in the fire [fire].", "lost-negation"),
        ("The boat did not sink [boat].", "added-negation"),
        ("The toll fell in March [toll].", "turned-word"),
        ("The pilots went on strike [strike].", "lost-hedge"),
        ("The pilots went on strike [strike]. A boat reportedly sank [boat].", "lost-hedge"),
        ("The guard closed the north gate on Friday [gate].", "told-as-done"),
        ("The council dredged the basin, its clerk said [dredging].", "told-as-done"),
        ("The council warned that silt closed the basin [silt].", "told-as-done"),
        ("A boat sank [boat] because the toll rose in March [toll].", "turned-word"),
        ("Because the toll rose in March [toll], a boat sank [boat].", "turned-word"),
        ("Nine ships had left the harbour [ships].", "lost-attribution"),
        ("Tom Hale said that nine ships had left the harbour [ships].", "unlisted-name"),
        ("A boat will sink [boat].", "plan-as-event"),
        ("The harbour office hired clerks [boat].", "little-shared"),
        ("A boat sank [boat]. The fire was lit by sailors [-].", "mark-without-facts"),
        ("A boat sank [boat]. Why 300 people died is unknown [-].", "unsupported-figure"),
    ],
)
def test_what_is_said_beyond_the_facts(desk: LittleDesk, text: str, code: str) -> None:
    """Each is told once, at the mark of its words."""
    mistakes = told(desk, text)
    assert mistakes == [code]


@pytest.mark.parametrize(
    ("headline", "code"),
    [
        ("Nine ships leave, and the toll rises", ""),
        ("Ten ships leave the harbour", "unsupported-figure"),
        ("The toll fell in March", "turned-word"),
        ("Council to dredge the basin", ""),
        ("Pilots went on strike", "lost-hedge"),
        ("The council dredged the basin, its clerk says", "told-as-done"),
        ("Tom Hale counts nine ships", "unlisted-name"),
    ],
)
@pytest.mark.parametrize("section", ["summaries", "accounts"])
def test_a_headline_says_no_more_than_the_text_below_it(
    desk: LittleDesk, section: str, headline: str, code: str
) -> None:
    """But for who speaks, which the text says."""
    desk.document("a", DOCUMENT)
    text = (
        "Ana Ruiz said that nine ships had left [ships]; the toll rose in March [toll], and the"
        " pilots reportedly went on strike [strike]. The council will dredge the basin [dredging]."
    )
    entry = {
        "summaries": f"topic: t, made: 2025-01-02, standfirst: {json.dumps(text)}",
        "accounts": f"topics: [t], text: {json.dumps(text)}",
    }[section]
    prose = f"{section}:\n  - {{id: s, headline: {json.dumps(headline)}, {entry}}}\n"
    checked = desk.check(ACTORS + facts() + prose)
    assert codes(checked) == ([code] if code else [])
    if code:
        noun = {"summaries": "summary", "accounts": "account"}[section]
        assert f"the headline of {noun} `s`" in only(checked, code).message


@pytest.mark.parametrize(
    ("headline", "found"),
    [("90 ships leave", []), ("99 ships leave", ["unsupported-figure"])],
)
def test_a_headline_leaves_it_to_the_text_that_a_figure_is_about_so_much(
    desk: LittleDesk, headline: str, found: list[str]
) -> None:
    """As that of a fact does; another figure it may not tell."""
    desk.document("a", "Some 90 ships left.")
    fact = (
        "{id: f, kind: figure, topics: [t], statement: Some 90 ships left., evidence: [{source: a,"
    )
    entry = "text: 'Some 90 ships left [f].'"
    prose = f"accounts:\n  - {{id: x, topics: [t], headline: {headline}, {entry}}}\n"
    checked = desk.check(f"facts:\n  - {fact} quote: Some 90 ships left}}]}}\n{prose}")
    assert codes(checked) == found


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("id: ships, kind: claim", "id: ships, kind: clam", "bad-value"),
        ("id: ships,", "id: ships, withdrawn: {on: 2025-01-03}, ", "missing-key"),
        (
            "source: a, quote: Ana Ruiz said that nine",
            "source: b, quote: Nine",
            "unknown-reference",
        ),
    ],
)
def test_a_text_is_not_held_to_facts_that_could_not_be_read(
    desk: LittleDesk, old: str, new: str, code: str
) -> None:
    """Their mistake is told, and nothing follows from it."""
    desk.document("a", DOCUMENT)
    text = "Ana Ruiz said that nine ships had left [ships]. Why nine left is unknown [-]."
    prose = "".join(
        f"{section}:\n  - {{id: s, headline: Nine ships leave, {more}: {json.dumps(text)}}}\n"
        for section, more in (
            ("summaries", "topic: t, made: 2025-01-02, standfirst"),
            ("accounts", "topics: [t], text"),
        )
    )
    base = ACTORS + facts().replace(old, new) + prose
    assert base.count(new) == 1
    assert codes(desk.check(base)) == [code]


@pytest.mark.parametrize("language", ["english", ""])
def test_no_quote_is_read_in_a_language_that_nobody_knows(desk: LittleDesk, language: str) -> None:
    """Where that of its source is none, the mistake is told of the source alone."""
    desk.document("a", DOCUMENT, language=language)
    account = "accounts:\n  - {id: x, topics: [t], text: 'Ruiz spoke of nine ships [ships].'}\n"
    assert codes(desk.check(ACTORS + facts() + account)) == [
        "bad-value" if language else "empty-text"
    ]


def test_each_language_is_read(desk: LittleDesk) -> None:
    """Against the quotes, or against statements where a quote has no translation."""
    desk.document("a", DOCUMENT)
    head = HEAD.replace("[en]", "[en, fr]")
    text = {
        "en": "The toll rose in March [toll]. Nobody was hurt [fire].",
        "fr": "Le péage a augmenté en avril [toll]. Des gens ont été blessés [fire].",
    }
    french = facts().replace(
        "statement: Nobody was hurt in the fire.",
        "statement: {en: Nobody was hurt in the fire.,"
        " fr: Les gens n'ont pas été blessés dans l'incendie.}",
    )
    account = (
        f"accounts:\n  - {{id: x, topics: [t], text: {json.dumps(text, ensure_ascii=False)}}}\n"
    )
    checked = desk.check(ACTORS + french + account, head)
    assert codes(checked) == ["unsupported-figure", "lost-negation"]


def test_what_is_answered_of_a_fact_is_answered_where_it_is_told(desk: LittleDesk) -> None:
    """The reason holds for the fact, whoever tells it."""
    desk.document("a", DOCUMENT)
    bold = facts().replace(
        "statement: The pilots reportedly went on strike.",
        "statement: The pilots went on strike.,"
        " accept: [{code: lost-hedge, why: Their union confirmed it.}]",
    )
    account = "accounts:\n  - {id: x, topics: [t], text: 'The pilots went on strike [strike].'}\n"
    assert codes(desk.check(ACTORS + bold + account)) == []


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        ("Ana Ruiz and Tom Hale met [met]. The two had quarrelled, it is said [met].", 2, []),
        ("Two guards met [met].", 2, ["unsupported-figure"]),
        ("The two met [met].", 0, ["unsupported-figure"]),
    ],
)
def test_two_that_were_named_may_be_counted(
    desk: LittleDesk, text: str, named: int, expected: list[str]
) -> None:
    """Prose points back to whom it has named; nobody else is counted without a quote."""
    desk.document("a", "Ana Ruiz and Tom Hale met. The guards had quarrelled, it is said.")
    actors = ", actors: [mayor, guard]" if named else ""
    statement = "Ana Ruiz and Tom Hale met" if named else "Guards met"
    fact = (
        f"facts:\n  - {{id: met, kind: event, topics: [t], statement: {statement}.{actors},"
        " evidence: [{source: a, quote: Ana Ruiz and Tom Hale met},"
        " {source: a, quote: 'The guards had quarrelled, it is said'}]}\n"
    )
    account = f"accounts:\n  - {{id: x, topics: [t], text: {json.dumps(text)}}}\n"
    assert [each for each in codes(desk.check(ACTORS + fact + account)) if "figure" in each] == (
        expected
    )
