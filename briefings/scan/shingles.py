"""Texts as runs of words, folded so that neither spelling nor setting hides that two are alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

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

RUN = 5
"""How many words in a row give a longer text away; a shorter one does so as a whole."""

BREAK = "\f"
"""Stands between two texts, as a word that is in none: no run goes across."""

LONG_RUN = 8
"""How many words in a row nobody finds twice: who says them has repeated them."""

# Beside what does not show: accents, and vowel signs and stretches of the Arabic script.
_DROPPED = re.compile(
    f"[{SOFT_HYPHEN}{ZERO_WIDTH_SPACE}{JOINERS}{DIRECTION_MARKS}{OVERRIDES}{WORD_JOINER}"
    f"{OPERATORS}{ISOLATES}{BOM}\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
# A hyphen between letters, in a word that was broken at the end of a line too.
_HYPHEN = re.compile(r"(?<=[^\W_])[-\u2010\u2011][ \t]*\n?[ \t]*(?=[^\W_])")
# Scripts without spaces between words: each letter is a word.
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff"
_APART = "·•|¶→–"
_DASH = re.compile(r"(?<=\s)[-–—]+(?=\s)")
_WORD = re.compile(rf"[{BREAK}{_APART}]|[{_SPACELESS}]|[^\W_{_SPACELESS}]+")
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
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_LETTERS)
        text = _DROPPED.sub("", text)
    return _WORD.findall(_DASH.sub("–", _HYPHEN.sub("", text.casefold())))


def runs(text: Sequence[str], length: int) -> Iterable[str]:
    """Each run of that many words in a row, as one text."""
    return map(" ".join, zip(*(text[start:] for start in range(length)), strict=False))


def common(wanted: AbstractSet[str], text: Sequence[str], lengths: Iterable[int]) -> set[str]:
    """The `wanted` runs, of one of these lengths, that stand in `text`."""
    found: set[str] = set()
    for length in lengths:
        found.update(wanted & set(runs(text, length)))
    return found
