"""Numerals to exact values: digits with their groups and decimals, Han and Roman numerals, ½."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import cache

MOST_DIGITS = 1000
"""What is longer is no quantity; it is compared letter by letter."""

_PIECES = re.compile(r"(\d+)")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_HAN_DIGITS = {
    **{char: value for value, char in enumerate("〇一二三四五六七八九")},
    "零": 0,
    "两": 2,
    "兩": 2,
}
_HAN_TENS = {"十": 10, "百": 100, "千": 1000}
_HAN_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_SHORTENING = {"百": 10, "千": 100, "万": 1000, "萬": 1000, "亿": 10**7, "億": 10**7}
_HAN_OF_HANGUL = str.maketrans(
    "일이삼사오육륙칠팔구십백천만억조", "一二三四五六六七八九十百千万亿兆"
)
_TEN = "(?:[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|(?<=백)[일삼사오육칠팔구])?"
_SECTION = f"(?:[이삼사오육칠팔구]?천)?(?:[이삼사오육칠팔구]?백)?{_TEN}"
_MYRIADS = "".join(f"(?:(?:[일이삼사오육칠팔구]|{_SECTION}){each})?" for each in "조억만")
HAN = "".join((*_HAN_DIGITS, *_HAN_TENS, *_HAN_MYRIADS))
"""The characters that Han numerals are made of."""


def values(numeral: str, decimal: str, *, both: bool = False) -> tuple[tuple[Fraction, ...], ...]:
    """What a numeral with ASCII digits may mean, the likeliest first.

    Each reading is one value, or several where the marks between the digits join no number
    (`1,5` in English).

    Args:
        numeral: Digits, and the marks between them.
        decimal: The mark before the decimals: a point, a comma, or the Arabic mark beside which
            either may stand.
        both: Whether the language has the two in either use.
    """
    groups = _PIECES.findall(numeral)
    if numeral[0] in ".٫":
        return ((_decimal("0", groups[0]), *(Fraction(int(group)) for group in groups[1:])),)
    marks = _PIECES.split(numeral)[2:-1:2]
    if not marks:
        return ((Fraction(int(numeral)),),)
    if len(set(marks)) > 1 and marks[-1] not in marks[:-1]:
        front = numeral[: -len(groups[-1]) - 1]
        if _grouped(groups[:-1], marks[:-1], front):
            return ((_decimal("".join(groups[:-1]), groups[-1]),),)
    elif _grouped(groups, marks, numeral):
        return _whole_or_parted(groups, marks, decimal, both=both)
    elif len(marks) == 1 and (marks[0] in "٫·." or (marks[0] == "," and decimal != ".")):
        return ((_decimal(groups[0], groups[1]),),)
    elif marks == ["⁄"] and int(groups[1]):
        return ((Fraction(int(groups[0]), int(groups[1])),),)
    return (tuple(Fraction(int(group)) for group in groups),)


def _whole_or_parted(
    groups: list[str], marks: list[str], decimal: str, *, both: bool
) -> tuple[tuple[Fraction, ...], ...]:
    """What three digits behind a mark are: a group, or decimals where it is the decimal mark."""
    whole, parted = (Fraction(int("".join(groups))),), (_decimal(groups[0], groups[-1]),)
    if marks == [decimal]:
        return (parted, whole) if both else (parted,)
    return (whole, parted) if marks == ["."] and decimal == "٫" else (whole,)


def _decimal(whole: str, part: str) -> Fraction:
    return Fraction(int(whole + part), 10 ** len(part))


def _grouped(groups: list[str], marks: list[str], numeral: str) -> bool:
    """Whether the marks set groups of three digits apart, or of two and three as in India."""
    if not marks:
        return len(groups) == 1
    if len(set(marks)) > 1 or marks[0] in "٫·⁄":
        return False
    if _INDIAN.fullmatch(numeral):
        return True
    return (
        all(len(group) == 3 for group in groups[1:])
        and len(groups[0]) <= 3
        and groups[0].lstrip("0") != ""
    )


def sign_value(sign: str) -> Fraction | None:
    """The value of ½, ⑰, Ⅻ or ¹⁷."""
    if unicodedata.decomposition(sign[0]).startswith("<super>"):
        return Fraction(int("".join(str(unicodedata.digit(char)) for char in sign[:40])))
    total = Fraction(0)
    for char in sign:
        value = unicodedata.numeric(char, None)
        if value is None:
            return None
        total += Fraction(value).limit_denominator(1000)
    return total


def roman_value(word: str) -> int | None:
    """The value of a Roman numeral in lower-case letters, None if it is none."""
    if len(word) > 15 or not _ROMAN.fullmatch(word):
        return None
    digits = [_ROMAN_DIGITS[letter] for letter in word]
    after = [*digits[1:], 0]
    return sum(
        -digit if digit < behind else digit for digit, behind in zip(digits, after, strict=True)
    )


def han_decimal(run: str) -> Fraction | None:
    """The value of 七点四, None if its characters make no decimal."""
    whole, _, part = run.partition("点")
    value = han_value(whole)
    if value is None or not part or any(char not in _HAN_DIGITS for char in part[:40]):
        return None
    digits = "".join(str(_HAN_DIGITS[char]) for char in part[:40])
    return value + Fraction(int(digits), 10 ** len(digits))


@cache
def _hangul() -> re.Pattern[str]:
    """A Sino-Korean numeral; few texts need it, and it takes milliseconds to compile."""
    return re.compile(f"{_MYRIADS}{_SECTION}")


def hangul_numeral(word: str) -> tuple[int, int] | None:
    """The Sino-Korean numeral that a word begins with: its value, and how many syllables it has.

    It has two at least, of which one is a ten, a hundred, a thousand or a myriad. A single digit
    counts behind a ten or a hundred alone: 만일 is “if”, 천사 an angel.
    """
    numeral = _hangul().match(word)
    if numeral is None or numeral.end() < 2:
        return None
    value = han_value(numeral.group().translate(_HAN_OF_HANGUL))
    return None if value is None else (value, numeral.end())


def han_value(run: str, *, short: bool = False) -> int | None:
    """The value of a numeral in Han characters, None if its characters make no number.

    With `short` a last digit right behind a scale counts the next smaller one: 三千五 is 3,500.
    """
    if len(run) > 40:
        return None
    if all(char in _HAN_DIGITS for char in run):
        return int("".join(str(_HAN_DIGITS[char]) for char in run))
    total = section = digit = 0
    last = 0
    for char in run:
        if char in _HAN_DIGITS:
            digit = _HAN_DIGITS[char]
        elif char in _HAN_TENS:
            section += max(digit, 1) * _HAN_TENS[char]
            digit = 0
        else:
            myriad = _HAN_MYRIADS[char]
            if myriad < last:  # 两亿五千万
                total += (section + digit or 1) * myriad
            else:  # 一万亿
                total = (total + section + digit or 1) * myriad
            last = myriad
            section = digit = 0
            if total > 10**24:
                return None
    if short and digit and run[-2:-1] in _SHORTENING:
        digit *= _SHORTENING[run[-2]]
    return total + section + digit
