"""What a quote and its document may differ in, and where words and numbers begin and end.

Folding follows the Unicode normal form NFC and sets aside: white-space runs and no-break spaces
(one space), curly and straight quotation marks, dashes, Arabic and Persian yeh and kaf, tatweel,
harakat, the zero-width non-joiner and format characters that have no shape (soft hyphen,
zero-width space, word joiner, directional marks). It never touches case, signs or digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("يى", "ی"),
        "ك": "ک",
    }
)
_DROPPED = frozenset("\u200c\u0640\u0670\u00ad\u200b\u200e\u200f\u2060\ufeff") | {
    chr(code) for code in range(0x064B, 0x0653)
}
# Scripts that are written without spaces: any place in them may begin or end a word.
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
_HYPHENS = frozenset("-‐‑")
_SIGNS = frozenset("+±~≈<>≤≥") | _HYPHENS | frozenset("‒–−")
_CURRENCY = frozenset("$€£¥₹₽₺؋﷼")
_AFTER_NUMBER = frozenset("%٪‰°") | _CURRENCY
_DECIMAL = frozenset(".,٫٬'’")
_NARROW_SPACES = frozenset("\u00a0\u2009\u202f")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `starts[i]` and `ends[i]` bound, in `original`, what became `text[i]`."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original_range(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of `original` behind `text[start:end]`, which is not empty."""
        return self.starts[start], self.ends[end - 1]


def fold(original: str) -> Folded:
    """`original`, folded, with the way back to every code point of it."""
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(original):
        for char in unicodedata.normalize("NFC", original[start:end]):
            if char in _DROPPED:
                if ends and unicodedata.combining(char):
                    ends[-1] = end
            elif char.isspace():
                if text and text[-1] == " ":
                    ends[-1] = end
                else:
                    text.append(" ")
                    starts.append(start)
                    ends.append(end)
            else:
                text.append(char.translate(_SAME))
                starts.append(start)
                ends.append(end)
    return Folded(original, "".join(text), tuple(starts), tuple(ends))


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Ranges that NFC treats on their own: a text in NFC falls into single code points."""
    if unicodedata.is_normalized("NFC", text):
        yield from ((index, index + 1) for index in range(len(text)))
        return
    start = 0
    for index in range(1, len(text)):
        char = text[index]
        if (
            unicodedata.combining(char)
            or char in "\u0653\u0654\u0655"
            or _composes(text[start:index], char)
        ):
            continue
        yield start, index
        start = index
    if text:
        yield start, len(text)


def _composes(cluster: str, char: str) -> bool:
    """Whether `char`, though it is no combining mark, changes when it follows `cluster`."""
    if ord(char) < 0x300:
        return False
    apart = unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", char)
    return unicodedata.normalize("NFC", cluster + char) != apart


def occurrences(needle: str, document: Folded, start: int, end: int) -> Iterator[int]:
    """Where the folded `needle` stands whole in `document.text[start:end]`: its first indexes.

    Whole means that neither end cuts a word or a number.
    """
    for index in _found(needle, document.text, start, end):
        if not splits(document, index) and not splits(document, index + len(needle)):
            yield index


def partial_occurrences(needle: str, document: Folded) -> Iterator[int]:
    """Where `needle` stands at all, inside longer words and numbers too."""
    return _found(needle, document.text, 0, len(document.text))


def _found(needle: str, text: str, start: int, end: int) -> Iterator[int]:
    index = text.find(needle, start, end)
    while index >= 0:
        yield index
        index = text.find(needle, index + 1, end)


def splits(document: Folded, index: int) -> bool:
    """Whether a cut before `text[index]` goes through a word or a number of the document.

    After UAX #29, and stricter where a cut changes what is said: hyphenated words
    (`non-violent`), signs (`-5`, `+5`, `~5`), decimals and groups (`5.2`, `5,000`), times
    (`7:30`), ranges (`5–10`), percent and currency signs (`5%`, `$5`) are kept whole.
    """
    text = document.text
    if not 0 < index < len(text):
        return False
    left, right = text[index - 1], text[index]
    if _word(left) and _word(right):
        return not (_SPACELESS.match(left) or _SPACELESS.match(right))
    if right.isdigit() and (left in _CURRENCY or _is_sign(document, index - 1)):
        return True
    if left.isdigit() and (right in _AFTER_NUMBER or right == "+"):
        return True
    return _joins(document, index) or _joins(document, index - 1)


def _word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M"


def _is_sign(document: Folded, index: int) -> bool:
    """Whether the character at `index`, before a digit, is a sign or a bare decimal point."""
    before = document.text[index - 1] if index else " "
    if _word(before):
        return False
    char = _raw(document, index)
    return char in _SIGNS or char in ".٫"


def _joins(document: Folded, index: int) -> bool:
    """Whether the character at `index` ties its neighbours into one word or number."""
    text = document.text
    if not 0 < index < len(text) - 1:
        return False
    before, after, char = text[index - 1], text[index + 1], _raw(document, index)
    if before.isdigit() and after.isdigit():
        return char in _DECIMAL or char in ":/" or char in _SIGNS or char in _NARROW_SPACES
    if not (_word(before) and _word(after)):
        return False
    if char in "'’":
        return before.isalpha() and after.isalpha()
    if char == ".":  # U.S., but not a sentence that ends without a space behind it
        return before.isupper() and after.isupper()
    return char in _HYPHENS


def _raw(document: Folded, index: int) -> str:
    return document.original[document.starts[index]]
