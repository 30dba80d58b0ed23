"""Words that stand whole: between the edges of words, as a language writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from briefings.check.words.beginnings import End, literal
from briefings.check.words.many_words import BEFORE, LETTERS, UNFOLDED

# A point within a number ends no clause: “ging auf 229.751 zurück”.
_WITHIN = r"(?:[^.;]|(?<=\d)\.(?=\d))"


class Whole:
    """Makes patterns of words.

    Args:
        clitics: Words that may hang on another by a hyphen, as in “dit-il”.
        spaceless: Words have no edges, for none is written with spaces.
        vowel_signs: Words may hold signs for vowels that are no letters.
        compile_: What compiles patterns.
    """

    def __init__(
        self,
        clitics: Iterable[str],
        *,
        spaceless: bool,
        vowel_signs: bool,
        compile_: Callable[[str], re.Pattern[str]],
    ) -> None:
        self.compile = compile_
        self._spaceless = spaceless
        self._letters = LETTERS if vowel_signs else r"\w"
        hanging = "|".join(clitics)
        own_edge = rf"(?![{self._letters}]|-(?!(?:{hanging})(?!\w)))"
        self._edge = own_edge if hanging else rf"(?![{self._letters}-])"

    def pattern(self, words: Iterable[str]) -> str:
        """Any of these, the longest first, between the edges of words."""
        either = "|".join(self.ordered(words))
        if self._spaceless:
            return f"(?:{either})"
        before = BEFORE if self._letters == LETTERS else r"(?<![\w-])"
        return rf"{before}(?:{either}){self._edge}"

    def any_of(self, words: Iterable[str]) -> re.Pattern[str]:
        """The pattern of any of these."""
        return self.compile(self.pattern(words))

    def ordered(self, words: Iterable[str]) -> list[str]:
        """Words as patterns without their edges, the longest first."""
        letters = rf"[{self._letters}]*" if self._letters != r"\w" else r"\w*"
        ordered = sorted(set(words), key=lambda each: (-len(each), each))
        wide = (each.replace("[^.;]", _WITHIN).replace("~", letters) for each in ordered)
        return [each.translate(UNFOLDED) for each in wide]

    def end_of(self, word: str) -> End:
        """Where a word ends at whose beginning a word is known to begin."""
        stem = word.removesuffix(r"\w*")
        if literal(word) == stem:  # as most are: no pattern is needed for its letters
            behind = self._behind if stem == word else self._any_behind

            def end_of_plain(text: str, start: int) -> int | None:
                if not text.startswith(stem, start):
                    return None
                match = behind.match(text, start + len(stem))
                return match.end() if match is not None else None

            return end_of_plain
        pattern = self.compile(word if self._spaceless else rf"(?:{word}){self._edge}")

        def end(text: str, start: int) -> int | None:
            match = pattern.match(text, start)
            return match.end() if match is not None else None

        return end

    @cached_property
    def _behind(self) -> re.Pattern[str]:
        """Behind a word."""
        return self.compile("" if self._spaceless else self._edge)

    @cached_property
    def _any_behind(self) -> re.Pattern[str]:
        """Behind a word with any ending, that ending."""
        return self.compile(r"\w*" if self._spaceless else rf"\w*{self._edge}")
