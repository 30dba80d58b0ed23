"""Which text may stand in place of what glyphs say by themselves: the same letters, of one cluster.

Glyphs of a syllable in Devanagari do not stand in the order of its letters, nor has each letter
one; such a text is said beside its glyphs (ISO 32000-1, 14.9.4). Whoever writes it and whoever
reads it hold it against its glyphs by the same rule, so that none can say what is not shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

NOTHING = "\0"
"""What marks say that are drawn apart from the letters that stand for them.

Poppler passes over a text of this, and pdfium over its glyphs; an empty text would part a word in
the one, and would be none to the other.
"""

SAME_GLYPH = str.maketrans("([{\u00ab\u2039\u2010", ")]}\u00bb\u203a-")
"""Hyphens of either code have one glyph; so have a bracket and its mirror image, by direction."""

IN_CLUSTERS = re.compile("[\u0300-\u036f\u0900-\u109f\u1700-\u1cff\ua800-\uabff]")
"""Marks, and letters of scripts to the right that have syllables of several glyphs."""

VOWELS = str.maketrans(
    {
        "\u0908": "\u0907\u0930\u094d",
        "\u0910": "\u090f\u0947",
        "\u0911": "\u0906\u0945",
        "\u0913": "\u0906\u0947",
        "\u0914": "\u0906\u0948",
        "\u094b": "\u093e\u0947",
        "\u094c": "\u093e\u0948",
        "\u0acb": "\u0abe\u0ac7",
        "\u0acc": "\u0abe\u0ac8",
    }
)
"""Vowels of two signs that Unicode does not take apart, in Devanagari and Gujarati.

The second of a long i by itself is drawn as that of a bound r.
"""

BEHIND = str.maketrans("\u17be\u17c4", "\u17b8\u17b6")
"""Vowels of Khmer by another one, which their glyph looks like."""

SPLIT = str.maketrans(
    {vowel: f"\u17c1{vowel.translate(BEHIND)}" for vowel in "\u17be\u17bf\u17c0\u17c4\u17c5"}
)
"""Vowels of Khmer of two signs, whose glyph shows but the one that is drawn behind."""

SEEN_AS = str.maketrans("\u17c9\u17ca", "\u17bb\u17bb")
"""Signs of Khmer by the vowel that they are drawn as below another one."""

VIRAMA = 9
"""The combining class of what binds two consonants."""


def agrees(actual: str, shown: str) -> bool:
    """Whether `actual` is one cluster of letters, the same that its glyphs stand for."""
    said, seen = actual.translate(SPLIT), shown.translate(BEHIND)
    return _is_cluster(actual) and (
        _letters(said) == _letters(seen)
        or _letters(said.translate(SEEN_AS)) == _letters(seen.translate(SEEN_AS))
    )


def is_same(actual: str, shown: str) -> bool:
    """Whether `actual` are the letters that glyphs stand for, in their order; a space is any."""
    return actual.translate(SAME_GLYPH) == shown.translate(SAME_GLYPH).replace("\xa0", " ")


def are_said(marks: str, before: str) -> bool:
    """Whether `marks` that say nothing are marks, and among the letters `before` them."""
    drawn = _letters(marks)
    return drawn <= _letters(before) and all(map(_is_mark, drawn))


def parts(letters: Iterable[str]) -> list[str]:
    """Letters taken apart into those that glyphs may stand for one by one."""
    return list(unicodedata.normalize("NFKD", "".join(letters)).translate(VOWELS).translate(SPLIT))


def _is_cluster(text: str) -> bool:
    return bool(text) and all(_goes_on(before, letter) for before, letter in pairwise(text))


def _goes_on(before: str, letter: str) -> bool:
    """Whether a letter belongs to the cluster of the letter before it (UAX #29, and beyond it)."""
    return (
        _is_mark(unicodedata.normalize("NFKD", letter)[0])
        or unicodedata.combining(before) == VIRAMA
        or "Cf" in (unicodedata.category(before), unicodedata.category(letter))
    )


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Mc")


def _letters(text: str) -> Counter[str]:
    plain = unicodedata.normalize("NFKD", text).translate(VOWELS).translate(SAME_GLYPH)
    return Counter(letter for letter in plain if unicodedata.category(letter) != "Cf")
