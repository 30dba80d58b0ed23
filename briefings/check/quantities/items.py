"""A text as the items that figures are made of: numerals, and words with what they may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from briefings.check.quantities.lexicon import Lexicon, has_unspaced, unspaced
from briefings.check.quantities.numerals import HAN, han_decimal, han_value, hangul_numeral
from briefings.check.quantities.tokens import NO_SENSES, Item, Senses
from briefings.core.values import dataclass

_INNER_MARKS = frozenset("-'.")
_HAN = re.compile(f"[{HAN}]+")
_HAN_DECIMAL = re.compile(f"[{HAN}]+点[{HAN}]+")
_HANGUL = ("\uac00", "\ud7af")  # the first and the last
_LONGEST_COMPOUND = 80
_LONGEST_SHORT_FORM = 2
_FIRST_HAN_OR_KANA = "\u3040"
_BEHIND_A_NUMBER = frozenset({"counter", "unit", "currency", "percent", "after", "points"})
_OF_A_NUMBER = frozenset({"scale", "number"})
_FEWEST_LETTERS = 4
_MOST_PREFIXES = 3
_MOST_BEFORE_A_MONTH = 2
_LONG_MONTH = 6


@dataclass(frozen=True, slots=True)
class Pieces:
    """The items of a text, the words of its language, and the folded text they stand in."""

    items: list[Item]
    words: Lexicon
    folded: str

    def written(self, item: Item) -> str:
        """An item in the capitals of the text."""
        return self.folded[item.start : item.end]

    def senses(self, at: int) -> Senses:
        """What item `at` may mean; nothing behind the end."""
        return self.items[at].senses if at < len(self.items) else NO_SENSES


def items_of(tokens: tuple[Item, ...], words: Lexicon, text: str) -> list[Item]:
    """The items of a text in order; the longest phrase counts.

    Args:
        tokens: The same text in its smallest pieces.
        words: The words of its language.
        text: All of it.
    """
    items: list[Item] = []
    index, count = 0, len(tokens)
    phrases = words.phrases
    apart = bool(words.parts or words.prefixes or words.months) or has_unspaced(text)
    while index < count:
        token = tokens[index]
        entries = phrases.get(token.key)
        if entries is not None:
            length, senses = _longest(tokens, index, entries)
            if length:
                last = tokens[index + length - 1]
                items.append(Item(token.kind, token.key, token.start, last.end, senses))
                index += length
                continue
        if apart and token.kind == "word" and token.key not in words.mere.known:
            after = tokens[index + 1] if index + 1 < count else None
            parts = list(_word(token, words, items[-1] if items else None, after))
            items += parts
            if len(parts) == 1 and not parts[0].senses and not unspaced(token.key):
                words.mere.learn(token.key)
        else:
            items.append(token)
        index += 1
    return items


def _longest(
    tokens: tuple[Item, ...], index: int, entries: tuple[tuple[tuple[str, ...], Senses], ...]
) -> tuple[int, Senses]:
    """How many tokens the longest phrase at `index` takes, 0 if none stands there."""
    for rest, senses in entries:
        at = index + 1
        for key in rest:
            while at < len(tokens) and tokens[at].key != key and tokens[at].key in _INNER_MARKS:
                at += 1
            if at >= len(tokens) or tokens[at].key != key:
                break
            at += 1
        else:
            return at - index, senses
    return 0, NO_SENSES


def _word(token: Item, words: Lexicon, before: Item | None, after: Item | None) -> Iterator[Item]:
    """A word that is no phrase by itself: what is written together is taken apart."""
    key = token.key
    if unspaced(key):
        if words.runs is None:
            yield token
        else:
            yield from _run(token, words, before, after)
        return
    if words.months and (month := _inflected_month(key, words)) is not None:
        yield token._replace(senses={"month-short": month})
        return
    if words.prefixes and key[0] in words.prefixes and len(key) > 2:
        yield from _prefixed(token, words)
        return
    if words.parts is not None and _FEWEST_LETTERS <= len(key) <= _LONGEST_COMPOUND:
        parts = _compound(key, words)
        if parts and _links(parts, words):
            start = token.start
            for part in parts:
                senses = words.phrases[part][-1][1]
                yield Item("word", part, start, start + len(part), senses)
                start += len(part)
            return
    yield token


def _inflected_month(key: str, words: Lexicon) -> str | None:
    """The month that a word may be a form of, beside a day or a year: “დეკემბერს”, “בדצמבר”."""
    for name, month in words.months.items():
        if 0 < len(key) - len(name) <= _MOST_BEFORE_A_MONTH and key.endswith(name):
            return month
        stem = name[: len(name) - len(name) // 3] if len(name) >= _LONG_MONTH else name
        if len(stem) >= _FEWEST_LETTERS and key.startswith(stem) and len(key) < 2 * len(name):
            return month
    return None


def hold_figure(written: Iterable[str], words: Lexicon) -> bool:
    """Whether any of some words may be a figure with what is written with it; none is a phrase."""
    if words.parts is None and not words.prefixes:
        return False
    for word in words.bare.unseen(written):
        if _holds_figure(word, words):
            return True
        words.bare.learn(word)
    return False


def _holds_figure(word: str, words: Lexicon) -> bool:
    for length in range(1, min(len(word), _MOST_PREFIXES + 1)):
        if word[length - 1] not in words.prefixes:
            break
        if word[length:] in words.telling:
            return True
    if words.parts is None or not _FEWEST_LETTERS <= len(word) <= _LONGEST_COMPOUND:
        return False
    return bool(_compound(word, words))


def _compound(word: str, words: Lexicon) -> list[str]:
    """The number words that a word is made of, from its end the longest that fit; [] if it is none.

    “yüzelli” is yüz and elli, though yüze is a number word too.
    """
    parts = words.parts
    if parts is None or parts.match(word) is None:
        return []  # as most
    ends: dict[int, str] = {0: ""}  # where a run of number words may end, and the last of them
    for end in range(1, len(word) + 1):
        for start in ends:
            if parts.fullmatch(word, start, end):
                ends[end] = word[start:end]
                break
    compound: list[str] = []
    at = len(word)
    while at and at in ends:
        compound.insert(0, ends[at])
        at -= len(ends[at])
    return [] if at else compound


def _links(parts: list[str], words: Lexicon) -> bool:
    """Whether parts of a word make a compound; in some languages only an “and” within shows it."""
    if "glued-and" not in words.options:
        return True
    return any("and" in words.phrases[part][-1][1] for part in parts[1:-1])


def _prefixed(token: Item, words: Lexicon) -> Iterator[Item]:
    """A word with letters before it that are words of their own, as “and” in Arabic."""
    for length in range(1, _MOST_PREFIXES + 1):
        prefix, rest = token.key[:length], token.key[length:]
        if not rest or any(letter not in words.prefixes for letter in prefix):
            break
        for further, senses in words.phrases.get(rest, ()):
            if not further:
                cut = token.start + length
                entries = words.phrases.get(prefix, ())
                joined = entries[-1][1] if entries else NO_SENSES
                yield Item("word", prefix, token.start, cut, joined)
                yield Item("word", rest, cut, token.end, senses)
                return
    yield token


def _run(token: Item, words: Lexicon, before: Item | None, after: Item | None) -> Iterator[Item]:
    """The phrases and numerals within letters that are written without spaces."""
    key, at = token.key, 0
    behind = before is not None and before.kind == "numeral" and token.start - before.end <= 1
    hangul = _HANGUL[0] <= key[0] <= _HANGUL[1]
    rate = False  # behind 百分之, 点 is a decimal point
    value: Fraction | int | None
    while at < len(key):
        phrase = words.runs.match(key, at) if words.runs else None
        if phrase and not hangul and _breaks_off(key, phrase, words):
            phrase = None
        if phrase and hangul and at and not behind and not _hangs(_senses(phrase, words)):
            phrase = None  # Korean puts spaces between its words: a syllable within one is no word
        if hangul and not (at or behind) and (whole := _hangul(key, words, before, after)):
            value, end = whole
            yield Item("word", key[:end], token.start, token.start + end, {"number": str(value)})
            at = end
            continue
        han = _HAN.match(key, at)
        if han and not (behind and phrase) and (not phrase or han.end() >= phrase.end()):
            value = han_value(han.group(), short="short-han" in words.options)
            if rate and (decimal := _HAN_DECIMAL.match(key, at)) is not None:
                han, value = decimal, han_decimal(decimal.group())
            senses: Senses = {"number": str(value)} if value is not None else NO_SENSES
            if len(han.group()) == 1:
                senses = {**senses, "single": ""}
            end, behind = han.end(), False
        elif phrase:
            senses, end = _senses(phrase, words), phrase.end()
            behind = behind and "scale" in senses
        else:
            senses, end = NO_SENSES, at + 1
            while end < len(key) and not (
                _HAN.match(key, end) or (words.runs and words.runs.match(key, end))
            ):
                end += 1
        yield Item("word", key[at:end], token.start + at, token.start + end, senses)
        rate, at = "percent-before" in senses, end


def _hangul(
    key: str, words: Lexicon, before: Item | None, after: Item | None
) -> tuple[int, int] | None:
    """The Sino-Korean numeral that a word begins with, and how long it is; None if there is none.

    What stands behind it in the word has to be what a number can have there: 삼백오십여, 천오백원.
    Two syllables may be a word of another kind, 이천 a town: they need a number before or what
    they count behind.
    """
    found = hangul_numeral(key)
    if found is None:
        return None
    value, end = found
    if end < len(key):
        return found if _is_counted(key, end, words) else None
    joined = before is not None and not _OF_A_NUMBER.isdisjoint(before.senses)
    if end > 2 or joined or (after is not None and _is_counted(after.key, 0, words)):
        return value, end
    return None


def _is_counted(key: str, at: int, words: Lexicon) -> bool:
    """Whether what stands from an index of a word behind a number counts or bounds something."""
    behind = words.runs.match(key, at) if words.runs else None
    return behind is not None and not _BEHIND_A_NUMBER.isdisjoint(_senses(behind, words))


def _breaks_off(key: str, phrase: re.Match[str], words: Lexicon) -> bool:
    """Whether a short form of South-East Asia is but the beginning of a word: the litre ล of ลำ."""
    if phrase.end() == len(key) or len(phrase.group()) > _LONGEST_SHORT_FORM:
        return False
    return key[0] < _FIRST_HAN_OR_KANA and "of" not in _senses(phrase, words)


def _hangs(senses: Senses) -> bool:
    """Whether a word is written together with the one that it bounds: “3명밖에”."""
    return "after" in senses or ("only-after" in senses and "scale" not in senses)


def _senses(phrase: re.Match[str], words: Lexicon) -> Senses:
    return words.phrases[phrase.group()][-1][1]
