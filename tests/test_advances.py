"""Texts take as many lines on paper as the widths of their letters say."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from briefings.render.html import advances
from briefings.render.html.advances import lines
from briefings.render.html.environment import shipped

FACES = {
    "SourceSerif4-Regular": ("Iran says it’s ready", False),
    "SourceSans3-Regular": ("Iran says it’s ready", True),
    "Vazirmatn-Regular": ("۱۴٪", False),
}


@pytest.mark.parametrize("face", FACES)
def test_widths_are_those_of_our_faces(face: str) -> None:
    """To a hundredth of the size a letter, on average."""
    text, sans = FACES[face]
    with TTFont(shipped() / "fonts" / f"{face}.ttf") as font:
        names, widths = font.getBestCmap(), font["hmtx"]
        size = font["head"].unitsPerEm
        real = sum(widths[names[ord(letter)]][0] for letter in text) / size
    measured = sum(advances._advance(letter, sans=sans) for letter in text)
    assert measured == pytest.approx(real, abs=0.01 * len(text))


def test_a_letter_is_narrower_where_the_next_is_joined_to_it() -> None:
    """As in the Arabic script: two that are joined take less room than two words of one each."""
    assert advances._length("بب", sans=False) < 2 * advances._length("ب", sans=False)
    assert advances._length("دب", sans=False) == pytest.approx(
        advances._length("د", sans=False) + advances._length("ب", sans=False)
    )


def test_a_line_ends_before_the_word_that_has_no_room() -> None:
    """A word that no line holds goes on over several; what stands behind a text counts with it."""
    width = advances._length("nnnn", sans=False)
    assert lines("nnnn", 1, width) == 1
    assert lines("nnn nn", 1, width) == 2
    assert lines("n" * 12, 1, width) == 3
    assert lines("", 1, width) == 1
    assert lines("nnnn", 1, width, beyond=3) == 2
    assert lines("国" * 10, 1, 5) == 2
