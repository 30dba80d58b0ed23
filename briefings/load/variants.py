"""A text in the form of a language that a region has, told by the words in which it differs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import SequenceMatcher

from briefings.core.excerpts import places_of

MOST_WORDS = 50
"""How many differences are told word by word; what differs more is another text."""

MOST_SHARED = 200
"""How many words a base may vary for all its texts."""

_JOINERS = "\u200c\u200d"


def varied(
    text: str, words: Mapping[str, str], most: int, apart: re.Pattern[str] | None = None
) -> str | None:
    """`text` with other words, each wherever it stands as a whole word or several.

    They are put in at once: what one of them brings in, no other changes.

    Args:
        text: In the language that the other is a form of.
        words: What replaces each word, or words in a row; at most `MOST_SHARED`.
        most: Characters that the result may have.
        apart: What is no word of the text, and stays.

    Returns:
        The text; None if it would be longer.
    """
    kept = [match.span() for match in apart.finditer(text)] if apart is not None else []
    parts: list[str] = []
    at = length = 0
    for start, end in _places(text, words):
        if any(first < end and start < last for first, last in kept):
            continue
        piece = text[at:start] + words[text[start:end]]
        parts.append(piece)
        at, length = end, length + len(piece)
        if length > most:
            return None
    result = "".join([*parts, text[at:]])
    return result if len(result) <= most else None


def stand_in(text: str, words: Mapping[str, str]) -> frozenset[str]:
    """The `words` that `varied` replaces in `text`."""
    return frozenset(text[start:end] for start, end in _places(text, words))


def differing(text: str, other: str) -> dict[str, str] | None:
    """The words that make `other` of `text` by `varied`, shortest first; None if there are none."""
    ours, theirs = text.split(" "), other.split(" ")
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    words: dict[str, str] = {}
    for tag, start, end, there, until in matcher.get_opcodes():
        if tag == "equal":
            continue
        # Of a word that is only in one of them, the word before says where.
        more = 1 if tag != "replace" and start > 0 and there > 0 else 0
        before, after = ours[start - more : end], theirs[there - more : until]
        old, new = _bare(" ".join(before), " ".join(after))
        if not old or not new or words.get(old, new) != new:
            return None
        words[old] = new
    fits = 0 < len(words) <= MOST_WORDS
    return words if fits and varied(text, words, len(other)) == other else None


def _bare(old: str, new: str) -> tuple[str, str]:
    """Two words without the punctuation that they end in alike, such as a comma."""
    while old and new and old[-1] == new[-1] and unicodedata.category(old[-1])[0] == "P":
        old, new = old[:-1], new[:-1]
    while old and new and old[0] == new[0] and unicodedata.category(old[0])[0] == "P":
        old, new = old[1:], new[1:]
    return old, new


def _places(text: str, words: Mapping[str, str]) -> list[tuple[int, int]]:
    """Where `words` stand in a text, as half-open ranges; of two that begin alike the longer."""
    # Most of the words are in few texts.
    longest_first = sorted(filter(text.__contains__, words), key=len, reverse=True)
    places: list[tuple[int, int]] = []
    last = 0
    for start in sorted({start for word in longest_first for start in places_of(word, text)}):
        if start < last:
            continue
        whole = next((word for word in longest_first if _is_whole(text, start, word)), None)
        if whole is not None:
            last = start + len(whole)
            places.append((start, last))
    return places


def _is_whole(text: str, start: int, word: str) -> bool:
    """Whether `word` stands at a place of `text` and is no part of a longer word."""
    end = start + len(word)
    return (
        text.startswith(word, start)
        and not (_joins(text[start - 1 : start]) and _joins(word[0]))
        and not (_joins(text[end : end + 1]) and _joins(word[-1]))
    )


def _joins(char: str) -> bool:
    """Whether a character makes one word with those beside it; none does not."""
    if not char:
        return False
    return char.isalnum() or char in _JOINERS or unicodedata.category(char)[0] == "M"
