"""The content words of a text, by rough stems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from briefings.check.quantities.reader import count_at_most
from briefings.check.quotes.fold import SPACELESS, folded_text, is_spaceless
from briefings.check.words import Words
from briefings.check.words.many_words import BEFORE, LETTERS
from briefings.check.words.senses import Place, Token

_MOST_WORDS = 1500
_LONGEST_READ = 20_000
"""Code points: twice what any text of a base may have. What is behind them is not read."""
_MOST_STEMS = _MOST_RUNS = 50_000
_LONGEST_RUN = 40  # letters between two spaces that may well come again

# Where a text has only letters of alphabets, as most have.
_PLAIN_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,٫٬]\d+)*")
_NOT_PLAIN = re.compile("[^\u0000-\u08ff\u2000-\u2bff]")
# What joins letters of these tokens to one word where figures are read: signs, and Cyrillic marks.
# A class of all that they begin with stands first, so that a search runs over all other letters.
_JOINED = re.compile(
    "[\u0300-\u036f\u0653-\u0655\u0400-\u04ff](?:(?<![\u0400-\u04ff])|'[\u0400-\u04ff])"
)
_EDGE = re.compile(BEFORE)
_HIRAGANA = re.compile("[\u3041-\u309f\u3005\u30fc]+")
_new = tuple.__new__  # a Word without the call of a function, for there are many
_TURKIC = frozenset({"az", "tr"})


class Word(NamedTuple):
    """A content word: its stem, and where it stands in the text."""

    stem: str
    start: int


@lru_cache(maxsize=4096)
def stems(text: str, words: Words | None) -> frozenset[str]:
    """The stems of the content words of a text, in a language that may have no words.

    Most are words that rules ask for again and again: “said”, “not”.
    """
    content, _, _ = content_words(lowered_text(text, words), words)
    return frozenset(word.stem for word in content)


def lowered_text(text: str, words: Words | None) -> str:
    """`text` folded and in lower case, but for names that look like other words: “May”."""
    text = folded_text(text)
    if text.islower():
        return text
    if words is not None and words.code in _TURKIC:
        text = text.replace("I", "ı")
    lowered = text.replace("İ", "i").lower()
    return lowered if words is None else words.with_names(lowered, text)


def content_words(text: str, words: Words | None) -> tuple[tuple[Word, ...], list[Place], int]:
    """The content words of a text, where words may stand that the rules look for, and a count.

    The count is of figures, and no less than there are; 0 in a language without words.
    """
    content: list[Word] = []
    places: list[Place] = []
    count = start = 0
    known = words.runs if words is not None else {}
    for run in text[:_LONGEST_READ].split(" "):
        tokens = known.get(run)
        for at, token, stem, figures, tried in _tokens(run, words) if tokens is None else tokens:
            if stem:
                content.append(_new(Word, (stem, start + at)))
            elif stem is None:
                content += _pairs(token, start + at, words)
            count += figures
            if tried is not None and text.startswith(tried.openings, start + at):
                places.append((start + at, tried))
        start += len(run) + 1
    if words is not None and (words.spaceless or words.anywhere(text)):
        places = list(words.places(text))
    is_plain = len(text) <= _LONGEST_READ and _NOT_PLAIN.search(text) is None
    if words is not None and not (is_plain and _JOINED.search(text) is None):
        count = count_at_most(text, words.code)
    return tuple(content[:_MOST_WORDS]), places, count


def token_of(text: str) -> re.Pattern[str]:
    """What finds the words and numbers of a text."""
    return _PLAIN_TOKEN if _NOT_PLAIN.search(text) is None else _any_token()


@cache
def _any_token() -> re.Pattern[str]:
    number, run = r"\d+(?:[.,٫٬]\d+)*", f"[{SPACELESS}]+"
    return re.compile(rf"{number}|{run}|(?:(?![{SPACELESS}\d_])[{LETTERS}])+")


def _tokens(run: str, words: Words | None) -> tuple[Token, ...]:
    """The words and numbers of letters without a space between them; of most runs kept."""
    found = token_of(run).finditer(run)
    tokens = tuple([_token(run, match.start(), match.group(), words) for match in found])
    if words is not None and len(run) <= _LONGEST_RUN:
        if len(words.runs) >= _MOST_RUNS:
            words.runs.clear()
        words.runs[run] = tokens
    return tokens


def _token(run: str, at: int, token: str, words: Words | None) -> Token:
    """What is known of a token of a run.

    Its place, its letters, its stem, how many figures it may be, and the words that may begin
    there. The stem is `""` for what has none, and None for letters of a script without spaces.
    """
    stem: str | None
    if token[0].isdigit():
        stem = _number(token)
    elif is_spaceless(token[0]):
        stem = None
    else:
        stem = known_stem(token, words)
    if words is None:
        return at, token, stem, 0, None
    begins = not words.spaceless and _EDGE.match(run, at) is not None
    tried = words.tried(token) if begins else None
    return at, token, stem, count_at_most(token, words.code), tried


def _number(token: str) -> str:
    digits = (unicodedata.digit(char, None) for char in token)
    return "".join(str(digit) for digit in digits if digit is not None)


def _pairs(run: str, start: int, words: Words | None) -> Iterator[Word]:
    """Pairs of letters of a script without spaces, but for what only joins words."""
    stop = words.stop if words is not None else frozenset()
    last = 0
    for joint in [*_HIRAGANA.finditer(run), None]:
        end = joint.start() if joint else len(run)
        piece = run[last:end]
        if len(piece) == 1 and piece not in stop:
            yield Word(piece, start + last)
        for at in range(len(piece) - 1):
            pair = piece[at : at + 2]
            if pair not in stop and not stop.issuperset(pair):
                yield Word(pair, start + last + at)
        last = joint.end() if joint else end


def known_stem(token: str, words: Words | None) -> str:
    """The stem of a content word, `""` for any other; each made once for a language."""
    known = words.stems if words is not None else {}
    if token not in known:
        stop = words.stop if words is not None else frozenset()
        stem = _stem(token, words) if token not in stop else ""
        if len(known) >= _MOST_STEMS:
            known.clear()
        known[token] = stem if len(stem) > 1 and stem not in stop else ""
    return known[token]


def _stem(token: str, words: Words | None) -> str:
    """A rough stem: known forms by their word, else without a known ending, and shortened."""
    if words is None:
        return token[:5]
    if (form := _form(token, words)) is not None:
        token = form
    else:
        for prefix in words.prefixes:
            if token.startswith(prefix) and len(token) - len(prefix) >= 3:
                token = token[len(prefix) :]
                break
        for _ in range(words.endings):
            if not token.endswith(words.suffixes):
                break  # as most
            for suffix in words.suffixes:
                if token.endswith(suffix) and len(token) - len(suffix) >= 3:
                    token = token[: -len(suffix)]
                    break
    if len(token) > 3 and token[-1] == token[-2]:
        token = token[:-1]
    if len(token) > 3 and token[-1] in "eyi":
        token = token[:-1]
    if token[-1:] == "ğ":  # “çocuğun” is of “çocuk”
        token = token[:-1] + "k"
    return token[: words.stem_length]


def _form(token: str, words: Words) -> str | None:
    """The word of an irregular form, also of one behind a beginning: “retook” is of “retake”."""
    if token in words.forms:
        return words.forms[token]
    for beginning in words.compounds:
        if token.startswith(beginning) and token[len(beginning) :] in words.forms:
            return beginning + words.forms[token[len(beginning) :]]
    return None
