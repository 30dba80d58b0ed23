"""Laws of denial: another order of the same words passes, a denial lost or added does not."""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import pytest

from briefings.check.wording import polarity
from briefings.check.wording.clauses import Reading, read
from briefings.check.words import words


class Shape(NamedTuple):
    """How a language tells who did what to what: as done, in another order, and as not done."""

    plain: str
    turned: str
    denied: str
    who: tuple[str, ...]
    what: tuple[str, ...]
    did: tuple[str, ...]


SHAPES = {
    "en": Shape(
        "The {who} {did} the {what}",
        "The {what} was {did} by the {who}",
        "The {who} has not {did} the {what}",
        ("mayor", "army", "union"),
        ("bridge", "archive", "dam"),
        ("repaired", "visited", "searched"),
    ),
    "de": Shape(
        "{who} hat {what} {did}",
        "{what} hat {who} {did}",
        "{who} hat {what} nicht {did}",
        ("Petra Roth", "Hanna Kern", "Oskar Blum"),
        ("die Brücke", "den Hafen", "das Archiv"),
        ("repariert", "besucht", "bemalt"),
    ),
    "es": Shape(
        "{who} {did} {what}",
        "{what}, {did} por {who}",
        "{who} no {did} {what}",
        ("El alcalde", "El sindicato", "La piloto"),
        ("el puente", "el puerto", "la presa"),
        ("reparó", "visitó", "pintó"),
    ),
    "ru": Shape(
        "{who} {did} {what}",
        "{what} {did} {who}",
        "{who} не {did} {what}",
        ("Мэр", "Пилот", "Профсоюз"),
        ("мост", "архив", "рынок"),
        ("посетил", "отремонтировал", "покрасил"),
    ),
}


def turned(quote: Reading, statement: Reading) -> bool:
    """Whether a statement loses a denial of its quote, or adds one."""
    quotes = [quote]
    return any(True for each in (polarity.lost, polarity.added) for _ in each(quotes, statement))


@pytest.mark.parametrize("language", SHAPES)
def test_denials(language: str) -> None:
    """What is told as so stays so in any order; “not” in one text alone is seen."""
    shape, known = SHAPES[language], words(language)
    assert known is not None
    for who, what, did in product(shape.who, shape.what, shape.did):
        plain, other, denied = (
            read(each.format(who=who, what=what, did=did), known)
            for each in (shape.plain, shape.turned, shape.denied)
        )
        assert not turned(plain, other)
        assert not turned(denied, denied)
        assert turned(denied, plain)
        assert turned(plain, denied)
