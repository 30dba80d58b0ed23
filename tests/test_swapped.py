"""Who does something to whom: what turns it round is told from what does not."""

from __future__ import annotations

import pytest

from briefings.check.wording import doers, swapped_roles
from briefings.check.wording.clauses import reading_of


@pytest.mark.parametrize(
    ("language", "quote", "statement", "turned"),
    [
        ("en", "The mayor accused the governor of fraud", "The governor accused the mayor.", True),
        ("en", "The mayor accused the governor", "The mayor accused the governor.", False),
        ("en", "The mayor accused the governor", "The governor was accused by the mayor.", False),
        ("en", "The mayor met the governor", "The governor met the mayor.", False),
        ("en", "Veld beat Sorra 3–1", "Sorra beat Veld 3–1.", True),
        (
            "en",
            "The mayor accused the governor, and the governor accused the mayor",
            "The governor accused the mayor.",
            False,
        ),
        ("es", "El alcalde acusó al gobernador", "El gobernador acusó al alcalde.", True),
        ("es", "El alcalde acusó al gobernador", "Al gobernador lo acusó el alcalde.", False),
        ("fr", "Le maire a accusé le préfet", "Le préfet a accusé le maire.", True),
        ("fr", "Le maire a accusé le préfet", "Le préfet a été accusé par le maire.", False),
        (
            "de",
            "Den Präfekten verklagte der Bürgermeister",
            "Der Bürgermeister verklagte den Präfekten.",
            False,
        ),
    ],
)
def test_actors_swapped(language: str, quote: str, statement: str, *, turned: bool) -> None:
    """In languages whose order tells the doer, of verbs that are not mutual."""
    quoted, stated = reading_of(quote, language), reading_of(statement, language)
    assert quoted is not None
    assert stated is not None
    told = [*swapped_roles.actors([quoted], stated), *doers.exchanged([quoted], stated)]
    assert bool(told) is turned


def test_an_act_is_shown_with_who_does_it_to_whom() -> None:
    """As both texts tell it."""
    quoted = reading_of("The mayor accused the governor of fraud.", "en")
    reading = reading_of("In May the governor accused the mayor, it is said.", "en")
    assert quoted is not None
    assert reading is not None
    ((ours, theirs),) = doers.exchanged([quoted], reading)
    assert ours == "May the governor accused the mayor"
    assert theirs == "mayor accused the governor of fraud"
