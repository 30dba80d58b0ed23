"""Words are found by the letters they begin with: all that stand somewhere, and few are tried."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from briefings.check import words as words_of_rules
from briefings.check.fold import folded_text
from briefings.check.words import Sense, languages, words
from briefings.check.words.beginnings import beginnings, needed

FOLDER = Path(words_of_rules.__file__).parent


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("not", {"not "}),
        (r"believ\w*", {"believ"}),
        ("den(?:y|ies|ied)", {"deny ", "denies ", "denied "}),
        ("m[ae]n", {"man ", "men "}),
        ("wins?", {"win ", "wins "}),
        ("(?:is|are) to", {"is ", "are "}),
        ("می ?گوید", {"می ", "میگوید "}),
        (r"\w+n't", {""}),
        (r"\d+ out of", {"0"}),
        ("(?<!the )will", {"will "}),
        ("one|two", {"one ", "two "}),
    ],
)
def test_what_a_word_may_begin_with(word: str, expected: set[str]) -> None:
    """Letters up to what is not certain; a space behind a whole word."""
    assert beginnings(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (r"\w+n't", "n't"),
        ("as if", "as if"),
        ("colou?r", "colo"),
        ("one|two", ""),
        ("a(?:b|c)", "a"),
    ],
)
def test_what_a_word_cannot_be_without(word: str, expected: str) -> None:
    """The longest run of letters outside groups and of nothing that may be left out."""
    assert needed(word) == expected


@pytest.mark.parametrize("language", languages())
def test_every_plain_word_is_found_where_it_stands(language: str) -> None:
    """Each word of letters alone in a list of senses is among those tried where it begins."""
    known = words(language)
    assert known is not None
    listed = tomllib.loads((FOLDER / f"{language}.toml").read_text())
    plain = [
        folded_text(word)
        for sense in Sense
        for word in listed.get(sense.value, ())
        if re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)*", word)
    ]
    assert plain
    for word in plain:
        start, tried = next(known.places(word))
        ends = [match.end() for each in tried.senses if (match := each.match(word, start))]
        assert start == 0, word
        assert max(ends) == len(word), word
