"""A statement says in each of the desk's languages what it says in the others."""

from __future__ import annotations

import json

import pytest
from little_desk import HEAD, LittleDesk

NAMES = {
    "uk": """\
places:
  one: {name: {en: Kherson, uk: Херсон}}
  other: {name: {en: Mykolaiv, uk: Миколаїв}}
""",
    "zh": """\
places:
  one: {name: {en: Shaanxi, zh: 陕西}}
  other: {name: {en: Shanxi, zh: 山西}}
""",
}


def found(
    desk: LittleDesk, language: str, quote: str, statement: dict[str, str], kind: str = "event"
) -> set[str]:
    """The codes of a fact whose quote is in a language of the desk."""
    desk.document("a", f"{quote}.", language=language)
    fact = {"id": "f", "kind": kind, "topics": ["t"], "statement": statement}
    evidence = [{"source": "a", "quote": quote}]
    whole = json.dumps({**fact, "evidence": evidence}, ensure_ascii=False)
    head = HEAD.replace("[en]", f"[{language}, en]") + NAMES.get(language, "")
    checked = desk.check(f"facts:\n  - {whole}\n", head)
    return {each.code for each in checked.diagnostics}


@pytest.mark.parametrize(
    ("language", "quote", "own", "english"),
    [
        (
            "de",
            "Die Zahl der Anträge sank um 14,7 Prozent",
            "Es wurden 14,7 % weniger Anträge gestellt.",
            ("There were 14.7% fewer applications.", "There were 14.7% more applications."),
        ),
        (
            "ar",
            "وسيعقد المجلس جلسة مغلقة يوم الثلاثاء",
            "يعقد المجلس جلسة مغلقة يوم الثلاثاء.",
            (
                "The council will hold a closed meeting on Tuesday.",
                "The council will hold an open meeting on Tuesday.",
            ),
        ),
        (
            "fa",
            "یک منبع نزدیک به خانواده گفت وضعیت او وخیم است",
            "منبعی نزدیک به خانواده گفت وضعیت او وخیم است.",
            (
                "His condition is grave, a source close to the family said.",
                "His condition is grave, his family said.",
            ),
        ),
        (
            "fr",
            "La Cour infirme le jugement",
            "La cour a annulé le jugement.",
            ("The court overturned the judgment.", "The court upheld the judgment."),
        ),
        (
            "es",
            "La medida no afectará a las ambulancias",
            "La medida no afecta a las ambulancias.",
            (
                "Ambulances are not affected by the measure.",
                "Ambulances are affected by the measure.",
            ),
        ),
        (
            "uk",
            "Місія підтвердила поранення 184 жінок",
            "Місія підтвердила, що поранено 184 жінки.",
            (
                "The mission verified that 184 women were injured.",
                "The mission verified that 184 children were injured.",
            ),
        ),
    ],
)
def test_in_two_languages(
    desk: LittleDesk, language: str, quote: str, own: str, english: tuple[str, str]
) -> None:
    """The one that no quote carries is held against the one that a quote does."""
    true, wrong = english
    kind = "plan" if "meeting" in true or "Ambulances" in true else "claim"
    assert "translation-contradicts" not in found(
        desk, language, quote, {language: own, "en": true}, kind
    )
    assert "translation-contradicts" in found(
        desk, language, quote, {language: own, "en": wrong}, kind
    )


def test_against_the_quote(desk: LittleDesk) -> None:
    """Where it stands in no language of the quote, it is held against that itself."""
    quote = "Die Klage der Gemeinde wurde abgewiesen"
    for statement, wrong in (
        ("The town's action was dismissed.", False),
        ("The court upheld the town's action.", True),
    ):
        desk.document("a", f"{quote}.", language="de")
        fact = {"id": "f", "kind": "event", "topics": ["t"], "statement": statement}
        whole = json.dumps({**fact, "evidence": [{"source": "a", "quote": quote}]})
        checked = desk.check(f"facts:\n  - {whole}\n", HEAD)
        assert ("turned-word" in {each.code for each in checked.diagnostics}) is wrong


@pytest.mark.parametrize(
    ("language", "quote", "own", "places"),
    [
        (
            "uk",
            "Унаслідок обстрілу Херсона загинули двоє",
            "Через обстріл Херсона двоє загинули.",
            ("Kherson", "Mykolaiv"),
        ),
        ("zh", "陕西省发生事故，两人死亡", "陕西一起事故造成两人死亡。", ("Shaanxi", "Shanxi")),
    ],
)
def test_names_in_any_form(
    desk: LittleDesk, language: str, quote: str, own: str, places: tuple[str, str]
) -> None:
    """Places are taken from the statement in either language, inflected or within other letters."""
    english = "Two people died in {}."
    named = {language: own, "en": english.format(places[0])}
    assert found(desk, language, quote, named) == set()
    named = {language: own, "en": english.format(places[1])}
    assert "turned-word" in found(desk, language, quote, named)
    other = own.replace("Херсона", "Миколаєва").replace("陕西", "山西")
    assert "turned-word" in found(desk, language, quote, {language: other})
