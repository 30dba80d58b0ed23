"""A translation names whom its quote names, where the base has names of both in both languages."""

from __future__ import annotations

import json

import pytest
from little_desk import HEAD, LittleDesk

NAMES = """\
actors:
  herat: {name: {en: Herat police, fa: پولیس هرات}, kind: body}
  helmand: {name: {en: Helmand police, fa: پولیس هلمند}, kind: body}
  council: {name: {en: the council}, kind: body}
places:
  ghor: {name: {en: Ghor, fa: غور}}
  farah: {name: {en: Farah, fa: فراه}}
"""
HEAD_OF_BOTH = HEAD.replace("[en]", "[en, fa]") + NAMES
NAMED = {"translation-contradicts", "turned-word"}
QUOTE = "پولیس هرات دو تن را در غور بازداشت کرد"


def found(
    desk: LittleDesk, *, translation: str | None, statement: str = "Two were arrested.", quote: str
) -> list[str]:
    """The codes of one fact, but for those of what it lists."""
    desk.document("a", f"{quote}.", language="fa")
    evidence = {"source": "a", "quote": quote}
    if translation is not None:
        evidence |= {"translation": translation, "translator": "desk"}
    fact = {"id": "f", "kind": "event", "topics": ["t"], "statement": statement}
    whole = json.dumps({**fact, "evidence": [evidence]}, ensure_ascii=False)
    checked = desk.check(f"facts:\n  - {whole}\n", HEAD_OF_BOTH)
    return [each.code for each in checked.diagnostics if each.code in NAMED]


@pytest.mark.parametrize(
    ("translation", "wrong"),
    [
        ("Herat police arrested two people in Ghor", False),
        ("In Ghor, two people were arrested by Herat police", False),
        ("The police arrested two people in Ghor", False),
        ("The council says Herat police arrested two people in Ghor", False),
        ("Herat police arrested two people in Ghor, which borders Farah", False),
        ("Helmand police arrested two people in Ghor", True),
        ("Herat police arrested two people in Farah", True),
    ],
)
def test_a_translation(desk: LittleDesk, translation: str, *, wrong: bool) -> None:
    """One that leaves a name out, or adds one, is none that exchanges two."""
    codes_of_it = found(desk, translation=translation, quote=QUOTE)
    assert codes_of_it == (["translation-contradicts"] if wrong else [])


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("Herat police arrested two people in Ghor.", False),
        ("Two people were arrested in Ghor.", False),
        ("Two people were arrested there by the council.", False),
        ("Herat police arrested two people in Farah.", True),
    ],
)
def test_a_statement_in_another_language(desk: LittleDesk, statement: str, *, wrong: bool) -> None:
    """Where its quote has no translation into that, it is held against the quote itself."""
    codes_of_it = found(desk, translation=None, statement=statement, quote=QUOTE)
    assert ("turned-word" in codes_of_it) is wrong


@pytest.mark.parametrize(
    ("translation", "wrong"),
    [
        ("The ministers of Iran and Iraq met in Muscat", False),
        ("The ministers of Iran met those of Iraq in Muscat", False),
        ("Ministers of Iran met in Muscat", False),
        ("The ministers of Pakistan and Türkiye met in Muscat", True),
    ],
)
def test_countries(desk: LittleDesk, translation: str, *, wrong: bool) -> None:
    """These need no entry in the base."""
    quote = "وزیران ایران و عراق در مسقط دیدار کردند"
    codes_of_it = found(desk, translation=translation, statement="They met.", quote=quote)
    assert ("translation-contradicts" in codes_of_it) is wrong


SPANISH = """\
actors:
  spokesman: {name: {en: an official spokesman, es: un portavoz oficial}, kind: anonymous}
  source: {name: {en: a source at the office, es: una fuente de la oficina}, kind: anonymous}
  mayor: {name: {en: the mayor of Vara, es: el alcalde de Vara}, kind: person}
"""


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("What a source says an official spokesman denied.", False),
        ("What a source says the mayor of Vara denied.", True),
    ],
)
def test_a_name_of_common_words(desk: LittleDesk, statement: str, *, wrong: bool) -> None:
    """It is one in whatever form its words stand: with a capital, or inflected."""
    quote = "Lo dice una fuente de la oficina. Un portavoz oficial lo negó"
    desk.document("a", f"{quote}.", language="es")
    fact = {"id": "f", "kind": "event", "topics": ["t"], "statement": statement}
    whole = json.dumps({**fact, "evidence": [{"source": "a", "quote": quote}]}, ensure_ascii=False)
    checked = desk.check(f"facts:\n  - {whole}\n", HEAD.replace("[en]", "[en, es]") + SPANISH)
    assert ("turned-word" in {each.code for each in checked.diagnostics}) is wrong


ENGLISH = """\
actors:
  herat: {name: Herat police, kind: body}
  office: {name: the relief office, aliases: [relief office], kind: body}
  spokesman: {name: Tom Hale, kind: person, of: office}
  mayor: {name: Ana Ruiz, aliases: [Ruiz], kind: person}
places:
  ghor: {name: Ghor}
  farah: {name: Farah}
  quay: {name: Old Quay}
"""


@pytest.mark.parametrize(
    ("statement", "by", "wrong"),
    [
        ("In Ghor, Herat police held two people.", "", False),
        ("In Farah, Herat police held two people.", "", True),
        ("In Farah, two people were held.", "", True),
        ("In Old Quay, Herat police held two people.", "", False),  # where it was written
        ("Two people were held by the relief office in Ghor.", "", True),
        ("Two people were held in Ghor, Tom Hale said.", "", False),
        ("Two people were held in Ghor, Herat police said.", "office", False),
        ("Two people were held in Ghor, Tom Hale said.", "office", False),  # who speaks for it
        ("Two people were held in Ghor, Ana Ruiz said.", "spokesman", True),
        ("Two people were held in Ghor, said Ruiz.", "mayor", False),
    ],
)
def test_a_statement_in_the_language_of_its_quote(
    desk: LittleDesk, statement: str, by: str, *, wrong: bool
) -> None:
    """A name that no quote has does not stand for another one of its sort that they have."""
    quote = "Herat police held two people in Ghor"
    filler = "The weather was fine. " * 12
    desk.document("a", f"OLD QUAY, 3 May. {filler}Farah was quiet. Ruiz slept. {quote}.")
    evidence = {"source": "a", "quote": quote} | ({"by": by} if by else {})
    fact = {"id": "f", "kind": "event", "topics": ["t"], "statement": statement}
    whole = json.dumps({**fact, "evidence": [evidence]})
    checked = desk.check(f"facts:\n  - {whole}\n", HEAD + ENGLISH)
    assert ("turned-word" in {each.code for each in checked.diagnostics}) is wrong
