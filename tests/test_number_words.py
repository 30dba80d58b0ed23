"""The number words that come from Unicode's spell-out rules are what the tool makes of them."""

from __future__ import annotations

import number_words
import pytest

SPELLED = ("number ", "ordinal ", "scale ")


def spelled(text: str) -> set[str]:
    """The lines on numbers in words."""
    return {line for line in text.splitlines() if line.startswith(SPELLED)}


@pytest.mark.parametrize("language", ["cs", "fa", "fi", "id", "sw"])
def test_the_shipped_words_are_those_of_the_tool(language: str) -> None:
    """A change by hand, or of the tool without its files, is seen."""
    shipped = (number_words.TARGET / f"{language}.txt").read_text(encoding="utf-8")
    generated = number_words.lexicon(language)
    assert generated is not None
    assert spelled(shipped)
    assert spelled(shipped) == spelled(generated)


def test_no_file_is_edited_by_hand() -> None:
    """The README has the versions of what they are made from, and the digest of them all."""
    readme = (number_words.TARGET / "README.md").read_text(encoding="utf-8")
    assert number_words.digest() in readme
    assert all(f"`{name}` {version}" in readme for name, version in number_words.VERSIONS.items())
