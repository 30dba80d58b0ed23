"""Many words of which any will do, where only that matters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

# What belongs to words beside what `\w` matches: the vowel signs of Indic scripts.
LETTERS = r"\w\u0900-\u0963\u0971-\u09e3\u0a00-\u0d7f"
BEFORE = r"(?<![\w-])(?<![\u0900-\u0963\u0971-\u09e3])(?<![\u0a00-\u0d7f])"
"""Where a word may begin: no letter stands before, and no hyphen.

In three classes, since one of more than two ranges takes a hundred times as long to compile, and
this stands in many patterns.
"""
UNFOLDED = str.maketrans({"ي": "ی", "ك": "ک", "’": "'"})
"""How words are written in their files, and how in folded text."""

_MOST_KEPT = 20_000
_NOWHERE = re.compile("(?!)")
_TOKEN = re.compile(rf"[{LETTERS}]+")
# A part of a word with whatever stands around it.
_INSIDE = re.compile(r"\\w\*([^\W\d_]+)(?:~|\\w\*)")


@lru_cache(maxsize=1024)
def _tokens(text: str) -> frozenset[str]:
    """The words of a text, in which many lists of words are looked for one after the other."""
    return frozenset(_TOKEN.findall(text))


class ManyWords:
    """Any of many words: quicker to have than a pattern.

    Most are plain words or beginnings of words; only the rest is a pattern.
    """

    def __init__(
        self,
        words: Iterable[str],
        any_of: Callable[[Iterable[str]], re.Pattern[str]],
        *,
        spaceless: bool,
    ) -> None:
        exact, beginnings, inside, rest = set[str](), set[str](), set[str](), list[str]()
        for word in words:
            for each in word.split("|") if "(" not in word and "[" not in word else [word]:
                plain = each if each.isascii() else each.translate(UNFOLDED)
                if plain.isalpha():
                    (inside if spaceless else exact).add(plain)
                elif plain[:-1].isalpha() and plain.endswith("~"):
                    beginnings.add(plain[:-1])
                elif (match := _INSIDE.fullmatch(plain)) is not None:
                    inside.add(match[1])
                else:
                    rest.append(each)
        self._exact, self._beginnings = frozenset(exact), tuple(sorted(beginnings))
        self._inside = tuple(sorted(inside))
        self._pattern = any_of(rest) if rest else _NOWHERE
        self._others = set[str]()  # words of texts that are none of them

    def search(self, text: str) -> bool:
        """Whether `text` holds any of them, whole."""
        for token in _tokens(text) - self._others:
            if token in self._exact or token.startswith(self._beginnings):
                return True
            if len(self._others) < _MOST_KEPT:
                self._others.add(token)
        return any(part in text for part in self._inside) or self._pattern.search(text) is not None
