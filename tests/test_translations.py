"""Which quotes a page translates for its readers, and whose translations these are."""

from __future__ import annotations

import json
from datetime import date

import pytest
from little_desk import HEAD, LittleDesk, codes

from briefings.compose.edition import compose
from briefings.core.edition import Citation
from briefings.core.model import TopicId
from briefings.core.spec import EditionSpec, Window
from briefings.render.html.translated import only_translator, translated
from briefings.render.l10n.locales import Locale

FOUR = HEAD.replace("[en]", "[en, fa, fa-AF, ps]")
DAY = date(2025, 1, 5)


def cited(
    desk: LittleDesk, *facts: tuple[str, dict[str, str], dict[str, str], str]
) -> list[Citation]:
    """The quotes of facts, each by its language, what it says, its translations and translator."""
    views = []
    for number, (language, statement, translation, translator) in enumerate(facts):
        name = f"d{number}"
        desk.document(name, f"«کشتی رفت.» {number}", language=language)
        quote: dict[str, object] = {"source": name, "quote": "کشتی رفت"}
        if translation:
            quote["translation"] = translation
        if translator:
            quote["translator"] = translator
        fact = {"id": name, "kind": "event", "topics": ["t"], "statement": statement}
        views.append(json.dumps({**fact, "evidence": [quote]}, ensure_ascii=False))
    checked = desk.check("facts: [" + ", ".join(views) + "]\n", FOUR).checked
    assert checked is not None
    spec = EditionSpec("t", (TopicId("t"),), DAY, DAY, Window(DAY, DAY), "en")
    return list(compose(checked, spec).citations)


SHIP = "The ship left."


@pytest.mark.parametrize(
    ("language", "statement", "translation", "shown"),
    [
        ("fa", {"en": SHIP}, {"en": SHIP}, {"en", "ps"}),
        ("fa", {"en": SHIP}, {"ps": "بېړۍ لاړه"}, {"en", "ps"}),
        ("fa", {"fa": "کشتی رفت"}, {"ps": "بېړۍ لاړه"}, {"ps"}),
        ("fa-AF", {"fa": "کشتی رفت"}, {"ps": "بېړۍ لاړه"}, {"ps"}),
        ("fa", {"en": SHIP}, {}, set()),
    ],
)
def test_a_translation_is_shown_to_whom_it_helps(
    desk: LittleDesk,
    language: str,
    statement: dict[str, str],
    translation: dict[str, str],
    shown: set[str],
) -> None:
    """Not to who reads the quote, nor a third language to who has to read its own anyway."""
    (quote,) = cited(desk, (language, statement, translation, ""))
    pages = ("en", "fa", "fa-AF", "ps")
    assert {code for code in pages if translated(quote, Locale(code))} == shown


@pytest.mark.parametrize(
    ("translators", "alone"),
    [(("A", "A"), "A"), (("A", "B"), None), (("A", ""), None), (("", ""), None)],
)
def test_a_translator_is_said_once_only_where_there_is_no_other(
    desk: LittleDesk, translators: tuple[str, str], alone: str | None
) -> None:
    """A translation whose maker is not told is nobody else's."""
    facts = [("fa", {"en": SHIP}, {"en": SHIP}, name) for name in translators]
    quotes = cited(desk, *facts, ("en", {"en": SHIP}, {"fa": "کشتی رفت"}, "C"))
    assert only_translator(quotes, Locale("en")) == alone


def test_a_quotation_in_words_of_a_form_of_a_language(desk: LittleDesk) -> None:
    """It is held against the translation in the same words, of which the desk has its own."""
    says = "The ferry sailed on the day of free activism of the island"
    told = "کشتی در «روز کنشگری آزاد جزیره» رفت"
    checked = desk.document("a", f"{says}.").check(
        "facts:\n  - id: f\n    kind: event\n    topics: [t]\n"
        f"    statement: {{en: {says}., fa: {told}}}\n"
        f"    evidence:\n      - {{source: a, quote: {says}, translation: {{fa: {told}}}}}\n",
        f"{FOUR}words:\n  fa-AF: {{کنشگری: فعالیت}}\n",
    )
    assert codes(checked) == []
