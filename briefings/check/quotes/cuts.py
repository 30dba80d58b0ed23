"""Where words and numbers of a document begin and end, so that no quote cuts one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from briefings.check.quotes.fold import Folded, is_spaceless
from briefings.core.excerpts import places_of

# Any place in a script without spaces may begin or end a word, but not one within a number, nor
# behind a negation.
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

MOST_TRIED = 20_000
"""So many places are looked at: a text of one letter holds as many false ones as it has letters."""


def occurrences(needle: str, document: Folded) -> Iterator[int]:
    """Where a text stands whole: neither of its ends cuts a word or a number.

    Args:
        needle: The text, folded and not empty.
        document: What is searched, folded as well.

    Returns:
        The index of the first character of each, in order, of the first `MOST_TRIED`; they may
        overlap.
    """
    for index in islice(places_of(needle, document.text), MOST_TRIED):
        if not splits(document, index) and not splits(document, index + len(needle)):
            yield index


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
    raw_left = document.original[slice(*document.original_range(index - 1, index))]
    raw_right = document.original[document.original_range(index, index + 1)[0]]
    if _is_hidden(before[-1]) or _is_hidden(after[0]):
        before = _without_hidden(text[max(0, index - 40) : index])
        after = _without_hidden(text[index : index + 40])
        if not before or not after:
            return False
        raw_left, raw_right = before[-1], after[0]
    left, right = before[-1], after[0]
    if _word(left) and _word(right):
        if is_spaceless(left) or is_spaceless(right):
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
