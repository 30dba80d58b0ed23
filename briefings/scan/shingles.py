"""Texts as runs of words, folded so that neither spelling nor setting hides that two are alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from briefings.core.characters import (
    BOM,
    DIRECTION_MARKS,
    ISOLATES,
    JOINERS,
    OPERATORS,
    OVERRIDES,
    SOFT_HYPHEN,
    WORD_JOINER,
    ZERO_WIDTH_SPACE,
)
from briefings.core.values import dataclass

NGRAM = 5
"""How many words in a row give a longer text away; a shorter one does so as a whole."""

BREAK = "\f"
"""Stands between two texts, as a word that is in none: no run goes across."""

LONG_NGRAM = 8
"""How many words in a row nobody finds twice: who says them has repeated them."""

# Beside what does not show: accents, and vowel signs and stretches of the Arabic script.
_DROPPED = re.compile(
    f"[{SOFT_HYPHEN}{ZERO_WIDTH_SPACE}{JOINERS}{DIRECTION_MARKS}{OVERRIDES}{WORD_JOINER}"
    f"{OPERATORS}{ISOLATES}{BOM}\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
# A hyphen between letters, in a word that was broken at the end of a line too. As below, a class of
# characters stands first, which a search finds quickly, and then what has to be before it.
_HYPHEN = re.compile(r"[-\u2010\u2011](?<=[^\W_].)[ \t]*\n?[ \t]*(?=[^\W_])")
# Scripts without spaces between words: each letter is a word.
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff"
_APART = "·•|¶→–"
_DASH = re.compile(r"[-–—](?<=\s.)[-–—]*(?=\s)")
_WORD = re.compile(rf"[{BREAK}{_APART}]|[{_SPACELESS}]|[^\W_{_SPACELESS}]+")
_ASCII_WORD = re.compile(rf"[{BREAK}{_APART}]|[a-z0-9]+")  # the same in a text of ASCII, quicker
_COMPOUND = re.compile(r"[a-z0-9](?<![a-z0-9].)[a-z0-9]*+(?:[-_][a-z0-9]+)+")
_ALONE = re.compile(r"[\"'/#=]([a-z0-9]++)(?=[\"'/.#?&])")
_FOLLOWING = re.compile(b"\x01+")
_LETTERS = {
    **{ord(char): str(unicodedata.decimal(char)) for char in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"},
    ord("ي"): "ی",
    ord("ى"): "ی",
    ord("ك"): "ک",
    ord("ة"): "ه",
    ord("ۀ"): "ه",
}


def words(text: str) -> list[str]:
    """The words of a text and the signs that set its parts apart.

    Without case, accents, hyphens and forms of letters; digits are 0 to 9.
    """
    word = _ASCII_WORD if text.isascii() else _WORD
    if word is _WORD:
        text = unicodedata.normalize("NFKD", text).translate(_LETTERS)
        text = _DROPPED.sub("", text)
    return word.findall(_DASH.sub("–", _HYPHEN.sub("", text.casefold())))


def joined(texts: Iterable[str]) -> list[str]:
    """The words of all texts, with a break between one text and the next."""
    return [word for text in texts for word in (*words(text), BREAK)]


def names_in(text: str) -> set[str]:
    """Everything in `text`, in lower case, that may be an id, and each part of it, with hyphens."""
    names = set(_ALONE.findall(text))
    for compound in set(_COMPOUND.findall(text)):
        parts = compound.replace("_", "-").split("-")
        for start in range(len(parts)):
            for stop in range(start + 1, len(parts) + 1):
                names.add("-".join(parts[start:stop]))
    return names


def ngrams(text: Sequence[str], length: int) -> Iterable[str]:
    """Each run of that many words in a row, as one text."""
    return map(" ".join, zip(*(text[start:] for start in range(length)), strict=False))


@dataclass(frozen=True, slots=True)
class NgramIndex:
    """Runs of words to look for, by their length; and each two words that follow in one of them."""

    by_length: Mapping[int, frozenset[str]]
    pairs: frozenset[tuple[str, str]]

    def in_text(self, text: Sequence[str]) -> set[str]:
        """The runs that stand in `text`.

        A run is put together only where each two of its words follow in some run: in most of a
        text, nowhere.
        """
        if not self.by_length:
            return set()
        runs = set(self.by_length.get(1, frozenset()).intersection(text))
        for stretch in self._stretches(text):
            for length, wanted in self.by_length.items():
                if 1 < length <= len(stretch):
                    runs.update(wanted.intersection(ngrams(stretch, length)))
        return runs

    def _stretches(self, text: Sequence[str]) -> Iterator[Sequence[str]]:
        """The parts of a text of which each two words follow in some run."""
        follow = bytes(map(self.pairs.__contains__, pairwise(text)))  # 0 or 1 for each two
        for match in _FOLLOWING.finditer(follow):
            yield text[match.start() : match.end() + 1]


def index_ngrams(sought: Iterable[str]) -> NgramIndex:
    """The runs of words `sought`, as `ngrams` makes them, made ready to be looked for."""
    by_length: dict[int, set[str]] = {}
    pairs: set[tuple[str, str]] = set()
    for run in sought:
        parts = run.split(" ")
        by_length.setdefault(len(parts), set()).add(run)
        pairs.update(pairwise(parts))
    return NgramIndex(
        {length: frozenset(by_length[length]) for length in sorted(by_length)}, frozenset(pairs)
    )
