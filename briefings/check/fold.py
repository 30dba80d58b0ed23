"""What a quote and its document may differ in, and where words and numbers begin and end.

Folding follows the Unicode normal form NFC and sets aside: white-space runs and no-break spaces
(one space), curly and straight quotation marks, dashes, Arabic and Persian yeh and kaf, tatweel,
harakat, the zero-width non-joiner and format characters that have no shape (soft hyphen,
zero-width space, word joiner, directional marks). It never touches case, signs or digits: an em
dash before a digit stays what it is, since a hyphen there would be a minus.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

_SAME = {
    **dict.fromkeys("‘’‚‛", "'"),
    **dict.fromkeys("“”„‟", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "ي": "ی",
    "ك": "ک",
}
_DROPPED = "\u200c\u0640\u0670\u00ad\u200b\u200e\u200f\u2060\ufeff\u064b-\u0652"
_FOLDED = re.compile(rf"(?P<space>\s+)|(?P<dropped>[{_DROPPED}])|[{''.join(_SAME)}]")
_EM_DASHES = "—―"

# Scripts that are written without spaces: any place in them may begin or end a word …
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
# … but not one within a number, nor behind a negation.
_HAN_NUMERALS = frozenset("〇零一二三四五六七八九十百千万萬亿億两兩0123456789")
_HAN_NEGATIONS = frozenset("不无無非未没沒别別")

_HYPHENS = frozenset("-‐‑")
_COMPARISONS = frozenset("±~≈<>≤≥")
_SIGNS = _COMPARISONS | _HYPHENS | frozenset("+‒–−")
_CURRENCY = frozenset("$€£¥₹₽₺؋﷼")
_PERCENT = frozenset("%٪‰°")
_BETWEEN_DIGITS = frozenset(".,٫٬،'’:/·×^\u00a0\u2009\u202f") | _SIGNS
# French elision: what follows is a word of its own, except behind the n' of a negation.
_ELIDED = re.compile(r"(?<!\w)(?:[ldsjcmt]|qu)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `starts[i]` and `ends[i]` bound, in `original`, what became `text[i]`."""

    original: str
    text: str
    starts: array[int]
    ends: array[int]

    def original_range(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of `original` behind `text[start:end]`, which is not empty."""
        return self.starts[start], self.ends[end - 1]


def fold(original: str) -> Folded:
    """`original`, folded, with the way back to every code point of it."""
    if not unicodedata.is_normalized("NFC", original):
        return _fold_clusters(original)
    folding = _Folding(original)
    last = 0
    for match in _FOLDED.finditer(original):
        folding.keep(last, match.start())
        last = match.end()
        if match["space"]:
            folding.put(" ", match.start(), last)
        elif match["dropped"]:
            folding.drop(match.group(), last)
        else:
            folding.put(_same(match.group(), original, last), match.start(), last)
    folding.keep(last, len(original))
    return folding.done()


def _fold_clusters(original: str) -> Folded:
    """The same for a text that is not in NFC: cluster by cluster, and slower."""
    folding = _Folding(original)
    for start, end in _clusters(original):
        for char in unicodedata.normalize("NFC", original[start:end]):
            match = _FOLDED.match(char)
            if match is None:
                folding.put(char, start, end)
            elif match["space"]:
                folding.put(" ", start, end)
            elif match["dropped"]:
                folding.drop(char, end)
            else:
                folding.put(_same(char, original, end), start, end)
    return folding.done()


class _Folding:
    """A folded text in the making."""

    def __init__(self, original: str) -> None:
        self._original = original
        self._text: list[str] = []
        self._space = False
        self._starts = array("I")
        self._ends = array("I")

    def keep(self, start: int, end: int) -> None:
        """Take over what folding does not touch."""
        if start < end:
            self._text.append(self._original[start:end])
            self._starts.extend(range(start, end))
            self._ends.extend(range(start + 1, end + 1))
            self._space = False

    def put(self, char: str, start: int, end: int) -> None:
        """Let `char` stand for a range of the original; one space stands for many."""
        if char == " " and self._space:
            self._ends[-1] = end
            return
        self._text.append(char)
        self._starts.append(start)
        self._ends.append(end)
        self._space = char == " "

    def drop(self, char: str, end: int) -> None:
        """Leave `char` out; a mark belongs to the letter before it."""
        if self._ends and unicodedata.combining(char):
            self._ends[-1] = end

    def done(self) -> Folded:
        """All of it."""
        return Folded(self._original, "".join(self._text), self._starts, self._ends)


def _same(char: str, original: str, after: int) -> str:
    if char in _EM_DASHES and original[after : after + 1].isdigit():
        return char
    return _SAME[char]


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Ranges that NFC treats on their own."""
    start = 0
    for index in range(1, len(text)):
        char = text[index]
        if unicodedata.combining(char) or _composes(text[start:index], char):
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
    for index in partial_occurrences(needle, document, start, end):
        if not splits(document, index) and not splits(document, index + len(needle)):
            yield index


def partial_occurrences(needle: str, document: Folded, start: int, end: int) -> Iterator[int]:
    """Where `needle` stands at all, inside longer words and numbers too."""
    index = document.text.find(needle, start, end)
    while index >= 0:
        yield index
        index = document.text.find(needle, index + 1, end)


def splits(document: Folded, index: int) -> bool:
    """Whether a cut before `text[index]` goes through a word or a number of the document.

    After UAX #29, and stricter where a cut changes what is said: hyphenated words
    (`non-violent`), signs (`-5`, `≥ 5`), decimals and groups (`5.2`, `5,000`, `5 000`), times
    (`7:30`), ranges (`5–10`), percent and currency signs (`5 %`, `US$5`) are kept whole. It is
    laxer in two: a possessive (`Iran|'s`) and a French elision (`l'|homme`) may be cut.
    Characters that do not show are looked past.
    """
    text = document.text
    if not 0 < index < len(text):
        return False
    before, after = text[max(0, index - 12) : index], text[index : index + 12]
    raw_left = document.original[document.starts[index - 1] : document.ends[index - 1]]
    raw_right = document.original[document.starts[index]]
    if _is_hidden(before[-1]) or _is_hidden(after[0]):
        before = _without_hidden(text[max(0, index - 40) : index])
        after = _without_hidden(text[index : index + 40])
        if not before or not after:
            return False
        raw_left, raw_right = before[-1], after[0]
    left, right = before[-1], after[0]
    if _word(left) and _word(right):
        if _SPACELESS.match(left) or _SPACELESS.match(right):
            numeral = left in _HAN_NUMERALS and right in _HAN_NUMERALS
            return numeral or left in _HAN_NEGATIONS
        return True
    return (
        _cuts_number(before, after, raw_left)
        or _cut_before(before, raw_right, after[1:])
        or _cut_behind(before[:-1], raw_left, after)
    )


def _cut_before(before: str, joiner: str, after: str) -> bool:
    """Whether a cut before `joiner` takes off what it ties to the word or number before it."""
    if joiner in "'’" and re.match(r"[sS](?!\w)", after):
        return False  # the possessive
    return _ties(before, joiner, after)


def _cut_behind(before: str, joiner: str, after: str) -> bool:
    """Whether a cut behind `joiner` takes off what it ties to the word or number behind it."""
    if joiner in "'’" and _ELIDED.search(before):
        return False
    if joiner.isspace() and joiner not in _BETWEEN_DIGITS:
        # A word that was hyphenated at the end of a line.
        wrapped = "\n" in joiner and before[-1:] in _HYPHENS and before[-2:-1].isalpha()
        return wrapped and after[0].islower()
    return _ties(before, joiner, after)


def _ties(before: str, joiner: str, after: str) -> bool:
    if not before or not after:
        return False
    left, right = before[-1], after[0]
    if left.isdigit() and right.isdigit():
        return joiner in _BETWEEN_DIGITS
    if not (_word(left) and _word(right)):
        return False
    if joiner == ".":  # U.S. and a.m., but not a sentence that ends without a space behind it
        initial = not _word(before[-2:-1] or " ")
        return left.isalpha() and right.isalpha() and (initial or (left + right).isupper())
    return joiner in "'’&" or joiner in _HYPHENS


_GROUP_BEFORE = re.compile(r"(?<!\d)\d{1,3} $")
_GROUP_AFTER = re.compile(r"\d{3}(?!\d)")
_GROUP_START = re.compile(r" \d{3}(?!\d)")
_LONE_GROUP = re.compile(r"(?<!\d)\d{1,3}$")
_SPACED_RANGE_BEFORE = re.compile(r"\d -\s?$")
_SPACED_RANGE_AFTER = re.compile(r" - ?\d")


def _cuts_number(before: str, after: str, raw_left: str) -> bool:
    """Whether a number stands on one side and what belongs to it on the other."""
    left, right = before[-1], after[0]
    if right.isdigit():
        sign = _sign_before(before, raw_left)
        group = bool(_GROUP_BEFORE.search(before) and _GROUP_AFTER.match(after))
        return sign or group or bool(_SPACED_RANGE_BEFORE.search(before))
    if left.isdigit():
        unit = right in _PERCENT or right in _CURRENCY or right == "+"
        spaced = right == " " and after[1:2] in (*_PERCENT, *_CURRENCY) and after[1:2] != ""
        group = bool(_LONE_GROUP.search(before) and _GROUP_START.match(after))
        return unit or spaced or group or bool(_SPACED_RANGE_AFTER.match(after))
    if right in _CURRENCY:
        return left.isalpha() and after[1:2].isdigit()
    return left.isalpha() and right in "+#"


def _sign_before(before: str, raw: str) -> bool:
    """Whether `before` ends in a sign, a currency or a bare decimal point, for a digit."""
    if before[-1] == " ":
        return before[-2:-1] in (*_CURRENCY, *_COMPARISONS)
    if before[-1] in _CURRENCY:
        return True
    return (raw in _SIGNS or raw in ".٫") and not _word(before[-2:-1] or " ")


def _word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M"


def _is_hidden(char: str) -> bool:
    return not char.isascii() and unicodedata.category(char)[0] == "C"


def _without_hidden(text: str) -> str:
    return "".join(char for char in text if not _is_hidden(char))
