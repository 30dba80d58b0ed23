"""The number words that come from Unicode's spell-out rules are what the tool makes of them."""

from __future__ import annotations

import country_names
import number_words
import pytest

from briefings.check.quantities.reader import read

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


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("pl", "dziesięć", 10),
        ("pl", "dwieście czterdzieści", 240),
        ("pl", "dziewięćdziesiąt jeden", 91),
        ("es", "ciento dos", 102),
        ("pt", "cento e dois", 102),
        ("el", "εκατόν δύο", 102),
        ("da", "ethundrede og et", 101),
        ("de", "fünfzehntausend", 15_000),
        ("de", "zweihundertfünfzigtausend", 250_000),
        ("nl", "vijftienduizend", 15_000),
        ("it", "duecentocinquantamila", 250_000),
        ("fi", "kaksisataaviisikymmentätuhatta", 250_000),
        ("hu", "kétszázötvenezer", 250_000),
        ("sv", "tvåhundrafemtiotusen", 250_000),
        ("ro", "douăzeci și șase", 26),
    ],
)
def test_hundreds_and_thousands_in_words(language: str, text: str, value: int) -> None:
    """As they are spelled where CLDR has rules of their own for parts of a number."""
    assert [each.value for each in read(text, language)] == [value]


@pytest.mark.parametrize("language", country_names.LANGUAGES)
def test_the_names_of_countries_are_those_of_the_tool(language: str) -> None:
    """But for the few that another version of their source spells otherwise."""
    shipped = (country_names.TARGET / f"{language}.toml").read_text(encoding="utf-8")
    ours, made = (set(text.splitlines()) for text in (shipped, country_names.names(language)))
    assert len(ours ^ made) < len(ours) / 10
