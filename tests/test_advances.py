"""Texts take as many lines on paper as the widths of their letters say."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from briefings.render.html import advances
from briefings.render.html.advances import Run, lines
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
    width = advances.length("nnnn")
    assert lines([Run("nnnn", 1)], width) == 1
    assert lines([Run("nnn nn", 1)], width) == 2
    assert lines([Run("n" * 12, 1)], width) == 3
    assert lines([Run("", 1)], width) == 1
    assert lines([Run("nnnn ", 1), Run("nnn", 0.5)], width) == 2
    assert lines([Run("国" * 10, 1)], 5) == 2


def test_a_run_is_of_one_face_and_what_is_whole_is_not_parted() -> None:
    """What follows without a space belongs to the word before it; semibold letters are wider."""
    width = advances.length("nnnn nn")
    assert lines([Run("nnnn n", 1), Run("n", 1)], width) == 1
    assert lines([Run("nnnn n", 1), Run("n", 1, bold=True)], width) == 2
    assert lines([Run("nnnn n", 1), Run("n", 1, inset=0.1)], width) == 2
    assert lines([Run("nnnn n", 1), Run("nn", 1)], width) == 2
    assert lines([Run("n nnnn n", 1)], width) == 2
    assert lines([Run("n ", 1), Run("nnnn n", 1, whole=True), Run(" n", 1)], width) == 3


def test_a_space_between_letters_of_the_arabic_script_is_of_their_face() -> None:
    """And one beside its digits; but not one beside a sign, which is of the Latin face."""
    letter, digit, sign = (advances.length(each, sans=True) for each in "د۵·")
    assert advances.length("د د", sans=True) - 2 * letter == pytest.approx(0.27, abs=0.01)
    assert advances.length("د ۵", sans=True) - letter - digit == pytest.approx(0.27, abs=0.01)
    assert advances.length("د ·", sans=True) - letter - sign == pytest.approx(0.2, abs=0.01)
