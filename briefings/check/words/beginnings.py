"""Words by the letters that they begin with, so that only those are tried that may stand there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from briefings.check.words.senses import Role

DIGIT = "0"  # stands for any
LONGEST = 7  # letters of a beginning that are looked at
# How long the openings of a word are, and how many: the first that is enough. More and longer ones
# would pass over more places, but take longer to load than that saves.
_OPENINGS = ((16, 40), (LONGEST, 300), (2, 300))
_LETTER = re.compile(r"[^\W\d_]")
_RUN = re.compile(r"[^\W\d_]*")
_ASIDE = re.compile(r"\(\?<?[=!]")
_LETTERS = re.compile(r"\[((?:[^\W\d_]|[ '])+-?)\]")
_ONE = re.compile(r"\\(?=\W)(.)|([^\\.^$*+?{}()[\]|])")
_PART = re.compile(r"\\.|\[[^]]*\]|\{[^}]*\}|.", re.DOTALL)
_OPTIONAL = ("?", "*", "{")
_BEHIND = " '-."  # what no word goes on with, as a run of letters
_LITERAL = "' %"
_UNKNOWN = r"\w*"
_PLAIN = re.compile(r"(?:[^\\.^$*+?{}()[\]|](?![?*{+]))+")
_END = " "  # behind letters that are a whole word

End: TypeAlias = Callable[[str, int], int | None]
"""Where a word ends that stands at an index of a text; None if it does not stand there."""


Outline: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, ...], ...]]
"""What is known of a word: its `beginnings` and `openings`, and what is `needed` for it."""


class Listed:
    """A word, its place in the order and what it stands for; compiled when it is first tried.

    With one of its `openings` begins whatever matches it: where none of them stands, there is no
    need to ask for its end. `end` tells where the word ends if it stands at an index of a text.
    """

    __slots__ = ("_compile", "_needed", "_openings", "_word", "end", "number", "openings", "role")

    def __init__(
        self,
        number: int,
        role: Role,
        word: str,
        compile_: Callable[[str], End],
        outline: Outline | None = None,
    ) -> None:
        self.number = number
        self.role = role
        self._word = word
        self._openings = outline[1] if outline is not None else openings(word)
        self.openings = ("",) if DIGIT in self._openings else self._openings
        self._needed: tuple[tuple[str, ...], ...] | None = outline[2] if outline else None
        self._compile = compile_
        self.end: End = self._first_end

    def openings_at(self, letters: str, *, spaceless: bool) -> Iterator[str]:
        """Those openings that may stand where a run of letters is exactly `letters`.

        Of a language without spaces, where they are the next few letters.
        """
        length = len(letters)
        for each in self._openings:
            if letters.startswith(each) or (
                each.startswith(letters) and (spaceless or not each[length].isalpha())
            ):
                yield each

    @property
    def needed(self) -> tuple[tuple[str, ...], ...]:
        """What the word can't be without: of each of these choices one."""
        if self._needed is None:
            self._needed = needed(self._word)
        return self._needed

    def _first_end(self, text: str, start: int) -> int | None:
        """As `end`, and compiles the word once `text` holds all that it can't be without."""
        for choice in self.needed:
            for letters in choice:
                if letters in text:
                    break
            else:
                return None
        self.end = self._compile(self._word)
        return self.end(text, start)


class Beginnings:
    """Words, which are regular expressions, each with what it stands for, in an order that counts.

    They are found by the letters at a place: all words that do stand there, and few more.
    """

    def __init__(
        self,
        listed: Iterable[tuple[Role, str]],
        compile_: Callable[[str], End],
        *,
        spaceless: bool,
        outlines: Mapping[str, Outline],
    ) -> None:
        self._spaceless = spaceless
        self._by_letters: dict[str, list[Listed]] = {}
        for number, (role, word) in enumerate(listed):
            outline = outlines.get(word)
            entry = Listed(number, role, word, compile_, outline)
            for beginning in outline[0] if outline is not None else beginnings(word):
                self._by_letters.setdefault(beginning, []).append(entry)
        # What says most is asked for first.
        self._anywhere = [
            (entry, sorted(entry.needed, key=lambda choice: -min(map(len, choice))))
            for entry in self._by_letters.pop("", [])
        ]

    def at(self, letters: str) -> tuple[Listed, ...]:
        """The words that may stand where a run of letters or digits is exactly `letters`.

        In a language without spaces, where `letters` are the next few. Those that may begin with
        any letter are left to `anywhere`.
        """
        entries: list[Listed] = []
        listed = self._by_letters
        for length in range(1, min(len(letters), LONGEST) + 1):
            if (some := listed.get(letters[:length])) is not None:
                entries += some
            if self._spaceless and (some := listed.get(letters[:length] + _END)) is not None:
                entries += some
        if not self._spaceless and (some := listed.get(letters + _END)) is not None:
            entries += some
        if letters[0].isdigit():
            entries += listed.get(DIGIT, ())
        return _in_order(entries) if entries else ()

    def openings_at(self, letters: str, entries: Iterable[Listed]) -> tuple[str, ...]:
        """With which one of `entries` has to begin where a run of letters is exactly `letters`."""
        if letters[0].isdigit():
            return ("",)
        found: set[str] = set()
        for entry in entries:
            for opening in entry.openings_at(letters, spaceless=self._spaceless):
                if letters.startswith(opening):
                    return ("",)  # it stands there anyway
                found.add(opening)
        return tuple(found)

    def anywhere(self, text: str) -> tuple[Listed, ...]:
        """The words that may begin with any letter and may stand in `text`."""
        found: list[Listed] = []
        for entry, choices in self._anywhere:
            for choice in choices:
                for letters in choice:
                    if letters in text:
                        break
                else:
                    break  # it holds none of these
            else:
                found.append(entry)
        return tuple(found)


def both(listed: Iterable[Listed], other: Iterable[Listed]) -> tuple[Listed, ...]:
    """Words of the same list that were found in two ways."""
    return _in_order((*listed, *other))


def _in_order(entries: Iterable[Listed]) -> tuple[Listed, ...]:
    numbered = {each.number: each for each in entries}
    return tuple(numbered[number] for number in sorted(numbered))


def outline(word: str) -> Outline:
    """What is worked out of a word before it can be looked for."""
    return tuple(sorted(beginnings(word))), openings(word), needed(word)


def beginnings(word: str) -> frozenset[str]:
    """The letters with which whatever matches `word` begins: one of them is there.

    They are cut off at what is not certain, and end in a space where they are a whole word; `""`
    stands for any beginning, `"0"` for any digit.
    """
    return frozenset(_beginning(opening, whole=whole) for opening, whole in _openings(word))


def openings(word: str) -> tuple[str, ...]:
    """The letters, spaces and marks with which whatever matches `word` begins: one of them.

    `""` stands for any, `"0"` for any digit.
    """
    found = {opening for opening, _ in _openings(word)}
    return ("",) if "" in found else tuple(sorted(found))


def _beginning(opening: str, *, whole: bool) -> str:
    if opening == DIGIT:
        return opening
    run = _RUN.match(opening)
    letters = run.group() if run is not None else ""
    ends = whole if letters == opening else opening[len(letters)] in _BEHIND
    return letters + _END if letters and ends and len(letters) <= LONGEST else letters[:LONGEST]


@lru_cache(maxsize=1)  # of one word both beginnings and openings are asked for
def _openings(word: str) -> set[tuple[str, bool]]:
    """As long as there are not too many; each with whether the word may end there."""
    for longest, most in _OPENINGS:
        if (found := _openings_of(word, longest, most)) is not None:
            return found
    return {("", False)}


def _openings_of(word: str, longest: int, most: int) -> set[tuple[str, bool]] | None:
    """None if there are too many."""
    found: set[tuple[str, bool]] = set()
    waiting = [("", rest) for rest in _alternatives(word)]
    while waiting:
        begun, rest = waiting.pop()
        if len(found) + len(waiting) > most:
            return None
        if (run := _PLAIN.match(rest)) is not None:
            begun, rest = begun + run.group(), rest[run.end() :]
        if len(begun) > longest:
            found.add((begun[: longest + 1], False))
        elif not begun and rest.startswith(r"\d") and rest[2:3] not in _OPTIONAL:
            found.add((DIGIT, False))
        elif steps := _steps(rest):
            waiting += [(begun + letter, further) for letter, further in steps]
        else:
            found.add((begun, not rest))
    return found


def needed(word: str) -> tuple[tuple[str, ...], ...]:
    """What whatever matches `word` holds: of each of these choices one.

    The longest run of letters, and of each group that has to be there a run of one alternative.
    """
    alternatives = _alternatives(word)
    if len(alternatives) > 1:
        return _choice(alternatives)
    runs, choices, at = [""], list[tuple[str, ...]](), 0
    while match := _PART.match(word, at):
        part, at = match.group(), match.end()
        if part == "(":
            start, at = match.start(), _end_of_group(word, match.start())
            if word.startswith("(?:", start) and not word.startswith(_OPTIONAL, at):
                choices += _choice(_alternatives(word[start + 3 : at - 1]))
        elif _LETTER.fullmatch(part) or part in _LITERAL:
            runs[-1] += part
            continue
        elif part[0] in _OPTIONAL:
            runs[-1] = runs[-1][:-1]
        if part != "+":
            runs.append("")
    longest = max(runs, key=len)
    return ((longest,), *choices) if longest else tuple(choices)


def literal(word: str) -> str:
    """The letters, spaces and marks with which whatever matches `word` begins; they may be all."""
    match = _PLAIN.match(word)
    return match.group() if match is not None and len(_alternatives(word)) == 1 else ""


def _choice(alternatives: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """A choice that holds for each alternative, the one that says most; empty if one has none."""
    options: list[str] = []
    for alternative in alternatives:
        choices = needed(alternative)
        if not choices:
            return ()
        options += max(choices, key=lambda choice: min(map(len, choice)))
    return (tuple(dict.fromkeys(options)),)


def _steps(rest: str) -> list[tuple[str, str]]:
    """What a pattern may begin with, a letter or nothing, and its rest; empty if unknown."""
    if _ASIDE.match(rest):
        end = _end_of_group(rest, 0)
        if rest.startswith("(?=") and end == len(rest):
            return [("", each + _UNKNOWN) for each in _alternatives(rest[3:-1])]
        return [("", rest[end:])]
    if rest.startswith("(?:"):
        end = _end_of_group(rest, 0)
        inner, further = [("", each) for each in _alternatives(rest[3 : end - 1])], rest[end:]
    elif match := _LETTERS.match(rest):
        inner, further = [(letter, "") for letter in match[1]], rest[match.end() :]
    elif match := _ONE.match(rest):
        inner, further = [(match[1] or match[2], "")], rest[match.end() :]
    else:
        return []
    if further.startswith(("*", "{")):
        return []
    if further.startswith("+"):
        further = _UNKNOWN
    elif further.startswith("?"):
        inner, further = [*inner, ("", "")], further[1:]
    return [(letter, each + further) for letter, each in inner]


def _alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between the bars that stand in no group."""
    if "|" not in pattern:
        return [pattern]
    bars = [at for at, char, depth in _structure(pattern) if char == "|" and not depth]
    starts, ends = [0, *(at + 1 for at in bars)], [*bars, len(pattern)]
    return [pattern[start:end] for start, end in zip(starts, ends, strict=True)]


def _end_of_group(pattern: str, at: int) -> int:
    """Behind the group of a pattern that begins at `at`."""
    ends = (end for end, char, depth in _structure(pattern, at) if char == ")" and not depth)
    return next(ends) + 1


def _structure(pattern: str, at: int = 0) -> Iterator[tuple[int, str, int]]:
    """Brackets and bars from `at` on, but for those of classes, each with how deep one is then."""
    depth = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif char == "[":
            at = pattern.index("]", at)
        elif char in "(|)":
            depth += {"(": 1, ")": -1}.get(char, 0)
            yield at, char, depth
        at += 1
