"""The words of figures that come from Unicode's data are what the tool makes of it."""

from __future__ import annotations

import number_words
import pytest


@pytest.mark.parametrize("language", ["cs", "fa", "fi", "sw", "vi"])
def test_the_shipped_words_are_those_of_the_tool(language: str) -> None:
    """A change by hand, or of the tool without its files, is seen."""
    path = number_words.TARGET / f"{language}.txt"
    assert path.read_text(encoding="utf-8") == number_words.lexicon(language)


def test_a_language_of_which_the_data_has_too_little() -> None:
    """It gets no file that would promise what is not there."""
    assert number_words.lexicon("cch") is None
    assert not (number_words.TARGET / "cch.txt").exists()
