"""A text cut into the pieces that figures are made of: numerals, words and signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from briefings.check.quotes.fold import fold
from briefings.core.patterns import kept_pattern

_MAPPED = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىئېۍ", "ی"),
        **dict.fromkeys("ةۀ", "ه"),
        "ؤ": "و",
        "ı": "i",
        "ё": "е",
        "ș": "ş",  # Romanian has both, by the keyboard
        "ț": "ţ",
        "ʼ": "'",
        "％": "%",
        "٪": "%",
        "﹪": "%",
        "．": ".",
        "，": ",",
        "：": ":",
        "～": "~",
        "〜": "~",
        "－": "-",
        "＄": "$",
        "￥": "¥",
        "／": "/",
        "＋": "+",
        "（": "(",
        "）": ")",
    }
)
# Few letters of a text are any of these: to look for them takes a quarter of `translate`.
_TO_MAP = re.compile(f"[{''.join(map(chr, _MAPPED))}]")
# Letters of India and South-East Asia, whose vowel signs are no letters to `\w`.
_SIGNED = "\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_MARKS = "\u0300-\u036f\u0653-\u065f\u3005\u30fc"
_new = tuple.__new__  # an Item without the call of a function, for there are many
_EZAFE = "\u0654"  # the hamza that joins a Persian month to its year
SIGNS = "½¼¾⅐-⅞↉①-⓿❶-➓Ⅰ-ↈ"
"""Signs that are numbers, as the inside of a character class."""
_LETTER = rf"[^\W\d_{SIGNS}]|[{_SIGNED}{_MARKS}]"
RAISED = "⁰¹²³⁴-⁹"
"""Raised digits, which are a number where they stand alone, and else a note or a power."""
_LATIN = "a-zà-öø-ɏ"
_CYRILLIC = "а-яѐ-џґєії"
# A date ends before a letter of a script that writes no spaces, and of the particles of Korean.
_END = r"(?!(?![\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])\w)"
# Nor does one begin behind a hyphen, but that of a Hebrew “in”.
_APART = rf"(?<![\d{_LATIN}])(?:(?<!-)|(?<=[\u05d0-\u05ea]-))"

_MERE = rf"[^\W\d_{SIGNS}]++(?![\d{_SIGNED}{_MARKS}]|-\d|'[{_CYRILLIC}])"
# Most are mere words behind a space: these are tried first, and the space is passed over with them.
_TOKEN = kept_pattern(
    __file__,
    rf"""
    (?<!\d)(?<!\d\s)\s?(?P<plain>(?![{RAISED}]){_MERE})
  | (?P<half>(?<=\d)\s?[ap](?:\.\s?m\.?|m)(?!\w)|(?<=\d\s)[ap](?:\.\s?m\.?|m)(?!\w))
  | (?P<sign>[{SIGNS}]+|(?<![^\s(])[{RAISED}]+(?![^\s.,;:)]))
  | (?P<mere>{_MERE})
  | (?P<iso>{_APART}\d{{4}}(?P<y>[-/.]|\.\s)\d{{1,2}}(?P=y)\d{{1,2}}{_END})
  | (?P<dmy>(?<![\d.{_LATIN}])\d{{1,2}}(?P<d>[./-]|\.\s)\d{{1,2}}(?P=d)\d{{4}}{_END})
  | (?P<time>(?<![\d:.{_LATIN}])\d{{1,2}}:[0-5]\d(?::[0-5]\d)?(?![\d:])
      | (?<![\d.{_LATIN}])\d{{1,2}}\s?h\s?[0-5]\d(?!\w))
  | (?P<code>(?<![^\W_])[{_LATIN}{_CYRILLIC}]{{1,12}}(?:-(?=\d))?\d+[a-z]?(?:-\d+)?(?![^\W_]|[.,]\d)
      | (?<![^\W_])[\u0620-\u06ff]{{2,}}-\d{{1,3}}(?![\d.,]))
  | (?P<numeral>\d{{1,3}}(?:\ \d{{3}})+(?![\d])(?:[.,٫·]\d+(?!\d*[.,]\d))?
      | (?:(?<![^\W_])[.٫])?\d+(?:[.,٫٬،'·⁄]\d+)*)
  | (?P<word>[{_CYRILLIC}]+(?:'[{_CYRILLIC}]+)?(?![^\W\d_])|(?:{_LETTER})+)
  | (?P<degree>°\s?[cf](?![{_LATIN}])|[°℃℉])
  | (?P<mark>[^\w\s])
    """,
    re.VERBOSE,
)


_WORDS = frozenset({"plain", "mere"})
_WORD = re.compile(rf"(?:[{_CYRILLIC}]+'[{_CYRILLIC}]+)|(?:[^\W\d_{SIGNS}]+|[{_SIGNED}{_MARKS}]+)+")
_ASCII_WORD = re.compile("[a-z]+")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")


Senses = Mapping[str, str]
"""What a phrase may mean: the value by the sense, `{"scale": "1000"}`."""

NO_SENSES: Senses = {}


class Item(NamedTuple):
    """A piece of a text, or a phrase of several: its letters made comparable, and its place there.

    `kind` is iso, dmy, time, half, code, numeral, sign, word, degree or mark; `start` and `end`
    are half-open indexes of the folded text. `senses` is empty for a mere word, and for all as
    long as no language has said what they mean.
    """

    kind: str
    key: str
    start: int
    end: int
    senses: Senses


def tokenize(folded: str) -> tuple[Item, ...]:
    """Cut a folded text into pieces; linear in its length."""
    return tuple(_pieces(comparable(folded)))


def _pieces(plain: str) -> Iterator[Item]:
    joined = _EZAFE in plain
    for match in _TOKEN.finditer(plain):
        kind = match.lastgroup
        assert kind is not None  # each alternative is a group
        key, (start, end) = match[kind], match.span(kind)
        if joined:
            key = key.replace(_EZAFE, "")
            if not key:
                continue  # joined to nothing, it is no word
        yield _new(Item, ("word" if kind in _WORDS else kind, key, start, end, NO_SENSES))


def words_of(plain: str) -> list[str]:
    """The words of a comparable text as `tokenize` would have them, where it has no digit."""
    if plain.isascii():
        return _ASCII_WORD.findall(plain)
    return _WORD.findall(plain.replace(_EZAFE, ""))


def keys(phrase: str) -> tuple[str, ...]:
    """The words of a phrase of a lexicon as `tokenize` would have them; marks are left out."""
    plain = phrase.lower() if phrase.isascii() else comparable(fold(phrase).text)
    return tuple(
        match[match.lastgroup or 0].replace(_EZAFE, "")
        for match in _TOKEN.finditer(plain)
        if match.lastgroup != "mark" or match.group() not in "-'.()"
    )


def comparable(folded: str) -> str:
    """Lower case, ASCII digits, one form for letters that writers mix; as long as `folded`."""
    lower = folded.lower()
    if len(lower) != len(folded):
        lower = "".join(_lower(char) for char in folded)
    if not lower.isascii():
        lower = _TO_MAP.sub(lambda match: _MAPPED[ord(match.group())], lower)
        lower = _OTHER_DIGIT.sub(lambda match: str(unicodedata.decimal(match.group())), lower)
    return lower


def _lower(char: str) -> str:
    lower = char.lower()
    return lower if len(lower) == 1 else lower[0]
