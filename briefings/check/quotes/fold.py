"""What a quote and its document may differ in.

Folding follows the Unicode normal form NFC and sets aside: white-space runs and no-break spaces
(one space; none between letters of a script without spaces), curly and straight quotation marks,
dashes, ligatures and Arabic presentation forms, Arabic and Persian yeh and kaf, tatweel, harakat,
the micro sign for mu, a soft hyphen with the line end behind it, and characters that shape or
order text without changing what it says: joiners, variation selectors, directional marks,
embeddings and isolates. It never touches case, signs or digits: an em dash before a digit stays
what it is, since a hyphen there would be a minus. Nor does it set aside a directional override,
by which a reader saw another text.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, repeat
from typing import NamedTuple

from briefings.core.characters import (
    ARABIC_LETTER_MARK,
    BOM,
    DIRECTION_MARKS,
    EMBEDDINGS,
    GRAPHEME_JOINER,
    ISOLATES,
    JOINERS,
    MONGOLIAN_SELECTORS,
    SOFT_HYPHEN,
    VARIATION_SELECTORS,
    WORD_JOINER,
    ZERO_WIDTH_SPACE,
)
from briefings.core.patterns import kept_pattern
from briefings.core.values import dataclass

_SHORT = 600  # characters: what rules ask for again and again, but for documents

# Scripts that are written without spaces, as the inside of a character class.
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_SAME = {
    **dict.fromkeys("‘’‚‛", "'"),
    **dict.fromkeys("“”„‟", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "ي": "ی",
    "ك": "ک",
    "\u00b5": "\u03bc",  # the micro sign
}
MARKS = "\u0640\u0670\u064b-\u0652"
"""Vowel marks of Arabic, and tatweel, as the inside of a character class."""

SHAPELESS = {
    "joiners": JOINERS,
    "soft hyphens": SOFT_HYPHEN,
    "variation selectors": f"{MONGOLIAN_SELECTORS}{VARIATION_SELECTORS}",
    "directional marks": f"{ARABIC_LETTER_MARK}{DIRECTION_MARKS}{EMBEDDINGS}{ISOLATES}",
    "characters without width": f"{GRAPHEME_JOINER}{ZERO_WIDTH_SPACE}{WORD_JOINER}{BOM}",
}
"""What shapes or orders a text without changing what it says, by what to call it, likewise."""

_DROPPED = f"{MARKS}{''.join(SHAPELESS.values())}"
_LIGATURES = "\ufb00-\ufb06\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"
_LINE_END = r"(?:\r\n|[\n\r\f])"
_APART = f"{SPACELESS}{_DROPPED}"
_FOLDED = kept_pattern(
    __file__,
    rf"(?P<space>\s{{2,}}|[^\S ]|(?<=[{_APART}]) | (?=[{_APART}]))"
    rf"|(?P<dropped>{SOFT_HYPHEN}[^\S\r\n\f]*{_LINE_END}[^\S\r\n\f]*|[{_DROPPED}])"
    rf"|(?P<ligature>[{_LIGATURES}]+(?: [{_LIGATURES}]+)*)|[{''.join(_SAME)}]",
)
# What is folded letter for letter; of the rest nothing is known at a look. A class of all that may
# become longer or shorter would take milliseconds to compile, for the many Han letters in it.
_SURE = (
    "\u0000-\u00ac\u00ae-\u034e\u0350-\u061b\u061d-\u063f\u0641-\u064a\u0653-\u066f\u0671-\u0dff"
    "\u1e00-\u1fff\u2010-\u2029\u202f-\u205f\u2070-\u2fff"
)
_RUN_OF_SPACE = re.compile(r"\s\s")
_LONGER = re.compile(f"[^{_SURE}]")
_SINGLE = re.compile(rf"[^\S ]|[{''.join(_SAME)}]")
_COMPOSING = re.compile("[\u0300-\U0010ffff]+")  # what may change, or the letter before it
_JOINER, _JOINED = re.compile(f"[{JOINERS}]"), re.compile(f"[^{JOINERS}]+")
_RANGES = tuple(zip(SPACELESS[::3], SPACELESS[2::3], strict=True))
_EM_DASHES = "—―"
_SPACES = dict.fromkeys(b"\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f", " ")  # those of ASCII


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, with the way back to the original.

    `runs` are None where every character stands for the one at its own index. Else each run
    begins at an index of `text`, in order, and stands for a half-open range of `original`: its
    characters one for one, and the last of them for what else the range holds.
    """

    original: str
    text: str
    runs: _Runs | None = None

    def original_range(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of `original` behind `text[start:end]`, which is not empty."""
        if self.runs is None:
            return start, end
        return self.runs.start(start), self.runs.end(end - 1, len(self.text))

    def index(self, position: int) -> int:
        """The first index of `text` that stands for what begins at `position` or behind it."""
        if self.runs is None:
            return min(position, len(self.text))
        return self.runs.first(position, len(self.text))

    def parts(self, ranges: Iterable[tuple[int, int]]) -> Folded:
        """Half-open ranges of `text` put together, each with its own way back."""
        joined = _Folding(self.original)
        for start, end in ranges:
            at = start
            for stop in self._ends_of_runs(start, end):
                joined.take_over(self.text[at:stop], *self.original_range(at, stop))
                at = stop
        return joined.done()

    def then(self, again: Folded) -> Folded:
        """`again`, which folds our `text`, with the way back to our `original`."""
        if again.runs is None or self.runs is None:
            return Folded(self.original, again.text, self.runs or again.runs)
        joined = _Folding(self.original)
        for at, following, start, end in again.runs.ranges(len(again.text)):
            done, last = start, start + following - at - 1
            for stop in self._ends_of_runs(start, last):
                part = again.text[at + done - start : at + stop - start]
                joined.take_over(part, *self.original_range(done, stop))
                done = stop
            joined.take_over(again.text[following - 1], *self.original_range(last, end))
        return joined.done()

    def _ends_of_runs(self, start: int, end: int) -> Iterator[int]:
        """Where runs end between two indexes, and the second of them."""
        if self.runs is not None:
            first, last = bisect_right(self.runs.at, start), bisect_left(self.runs.at, end)
            yield from self.runs.at[first:last]
        if start < end:
            yield end


class _Runs(NamedTuple):
    """Where each run begins in the folded text, and the range it stands for."""

    at: array[int]
    starts: array[int]
    ends: array[int]

    def start(self, index: int) -> int:
        run = bisect_right(self.at, index) - 1
        return self.starts[run] + index - self.at[run]

    def end(self, index: int, length: int) -> int:
        run = bisect_right(self.at, index) - 1
        following = self.at[run + 1] if run + 1 < len(self.at) else length
        if index + 1 == following:
            return self.ends[run]
        return self.starts[run] + index + 1 - self.at[run]

    def ranges(self, length: int) -> Iterator[tuple[int, int, int, int]]:
        """Of each run its indexes in the folded text, and the range it stands for."""
        return zip(self.at, chain(self.at[1:], (length,)), self.starts, self.ends, strict=True)

    def first(self, position: int, length: int) -> int:
        run = bisect_left(self.starts, position)
        following = self.at[run] if run < len(self.at) else length
        if not run:
            return following
        return min(self.at[run - 1] + position - self.starts[run - 1], following)


def fold(original: str) -> Folded:
    """`original`, folded, with the way back to every code point of it.

    A statement or a quote is asked for by several rules, and folded once.
    """
    return _short(original) if len(original) <= _SHORT else _fold(original)


@lru_cache(maxsize=4096)
def _short(original: str) -> Folded:
    return _fold(original)


def _fold(original: str) -> Folded:
    if _is_plain(original):
        return Folded(original, original)
    if not unicodedata.is_normalized("NFC", original):
        return _fold_clusters(original)
    if _is_as_long(original):
        if original.isascii():
            return Folded(original, original.translate(_SPACES))
        return Folded(original, _SINGLE.sub(_replaced_single, original))
    if _is_as_long(_JOINER.sub("", original)):
        return _without_joiners(original)
    folding = _Folding(original)
    last = 0
    for match in _FOLDED.finditer(original):
        start, end = match.span()
        folding.keep(last, start)
        folding.take(match, original, start, end)
        last = end
    folding.keep(last, len(original))
    return folding.done()


def _without_joiners(original: str) -> Folded:
    """Fold a text that has joiners, and else nothing that is folded to more or fewer."""
    single = _SINGLE.sub(_replaced_single, original)
    parts = [(part.start(), part.end()) for part in _JOINED.finditer(single)]
    runs = _Runs(array("I"), array("I"), array("I"))
    length = 0
    for start, end in parts:
        runs.at.append(length)
        runs.starts.append(start)
        runs.ends.append(end)
        length += end - start
    return Folded(original, "".join([single[start:end] for start, end in parts]), runs)


def _is_plain(original: str) -> bool:
    """Whether there is nothing to fold, by a look that is quicker than any memory."""
    return original.isascii() and original.isprintable() and "  " not in original


def _is_as_long(original: str) -> bool:
    """Whether each character stays one character, by a look that is quick."""
    if "  " in original:
        return False
    if not original.isprintable() and _RUN_OF_SPACE.search(original) is not None:
        return False  # what is printable has no other white space
    return original.isascii() or _LONGER.search(original) is None


@lru_cache(maxsize=4)
def folded_once(document: str) -> Folded:
    """The same as `fold`, kept for all that is looked for in a document, one after the other."""
    return fold(document)


def folded_text(original: str) -> str:
    """The text of `fold(original)` alone."""
    return original if _is_plain(original) else fold(original).text


def _replaced_single(match: re.Match[str]) -> str:
    char = match.group()
    return " " if char.isspace() else _same(char, match.string, match.end())


def _fold_clusters(original: str) -> Folded:
    """Fold a text that is not in NFC: first composed, cluster by cluster, and slower."""
    composing = _Folding(original)
    last = 0
    for start, end in _clusters(original):
        cluster = original[start:end]
        composed = unicodedata.normalize("NFC", cluster)
        if composed == cluster and end - start == 1:
            continue  # it stands for itself, as what is beside it
        composing.stand(last, start)
        composing.all_stand(composed, start, end)
        last = end
    composing.stand(last, len(original))
    once = composing.done()
    return once.then(fold(once.text))


class _Folding:
    """A folded text in the making."""

    def __init__(self, original: str) -> None:
        self._original = original
        self._text: list[str] = []
        self._length = 0
        self._at, self._starts, self._ends = array("I"), array("I"), array("I")

    def take(self, match: re.Match[str], original: str, start: int, end: int) -> None:
        """Fold what the pattern found between `start` and `end`."""
        kind = match.lastgroup
        if kind == "space":
            self.space(start, end)
        elif kind == "dropped":
            self.drop(original[start], end)
        elif kind == "ligature":
            self.ligatures(original, start, end)
        else:
            self.put(_same(original[start], original, end), start, end)

    def ligatures(self, original: str, start: int, end: int) -> None:
        """Spell out a range of ligatures with single spaces between them."""
        run = original[start:end]
        spelled = [char if char == " " else _spelled_out(char) for char in run]
        if " " not in run or all(spelled):
            self.spell(spelled, start)
            return
        for at, letters in enumerate(spelled, start):  # a mark on its own, and spaces about it
            if letters == " ":
                self.keep(at, at + 1)
            else:
                self.spell((letters,), at)

    def keep(self, start: int, end: int) -> None:
        """Take over what folding does not touch."""
        if start < end:
            self._close(self._original[start])
            self.take_over(self._original[start:end], start, end)

    def stand(self, start: int, end: int) -> None:
        """Let a range of the original stand for itself, if anything is in it."""
        if start < end:
            self.take_over(self._original[start:end], start, end)

    def all_stand(self, part: str, start: int, end: int) -> None:
        """Let each character stand for the whole range of the original."""
        self._text.append(part)
        self._at.extend(range(self._length, self._length + len(part)))
        self._starts.extend(repeat(start, len(part)))
        self._ends.extend(repeat(end, len(part)))
        self._length += len(part)

    def put(self, char: str, start: int, end: int) -> None:
        """Let `char` stand for a range of the original."""
        self._close(char)
        self.compose(char, start, end)

    def spell(self, spelled: Sequence[str], start: int) -> None:
        """Let each of several letters stand for one character from `start` on, one by one."""
        letters = "".join(spelled)
        if not letters:
            return
        self._close(letters[0])
        if len(letters) == len(spelled) and all(spelled):
            self.take_over(letters, start, start + len(spelled))
            return
        self._text.append(letters)
        self._at.extend(range(self._length, self._length + len(letters)))
        counts, end = [len(each) for each in spelled], start + len(spelled)
        self._starts.extend(chain.from_iterable(map(repeat, range(start, end), counts)))
        self._ends.extend(chain.from_iterable(map(repeat, range(start + 1, end + 1), counts)))
        self._length += len(letters)

    def compose(self, char: str, start: int, end: int) -> None:
        """Let `char` stand for a range of the original, folding nothing."""
        self.take_over(char, start, end)

    def take_over(self, part: str, start: int, end: int) -> None:
        """Let characters stand for as many of the original, the last for the rest of the range."""
        self._text.append(part)
        if self._goes_on(start):
            self._ends[-1] = end
        else:
            self._at.append(self._length)
            self._starts.append(start)
            self._ends.append(end)
        self._length += len(part)

    def space(self, start: int, end: int) -> None:
        """Let one space stand for many."""
        if self._text and self._text[-1].endswith(" "):
            self._ends[-1] = end
            return
        self.compose(" ", start, end)

    def drop(self, char: str, end: int) -> None:
        """Leave `char` out; a mark belongs to the letter before it."""
        if self._ends and unicodedata.category(char) == "Mn":
            self._ends[-1] = end

    def done(self) -> Folded:
        """All of it."""
        text = "".join(self._text)
        return Folded(self._original, text, _Runs(self._at, self._starts, self._ends))

    def _goes_on(self, start: int) -> bool:
        """Whether what begins at `start` goes on from a run that stands one for one."""
        if not self._at or self._ends[-1] != start:
            return False
        return self._length - self._at[-1] == start - self._starts[-1]

    def _close(self, char: str) -> None:
        """Take back a space before `char` where its script writes none."""
        if self._text and self._text[-1] == " " and len(self._text) > 1:
            before = self._text[-2][-1]
            if _joins(before, char):
                self._text.pop()
                self._length -= 1
                if self._at[-1] == self._length:
                    self._at.pop()
                    self._starts.pop()
                    self._ends.pop()
                else:
                    self._ends[-1] = self._starts[-1] + self._length - self._at[-1]


def _joins(left: str, right: str) -> bool:
    """Whether no space is written between two characters: one of a script that has none."""
    if left.isascii() and right.isascii():
        return False
    if is_spaceless(left):
        return right.isalnum() or is_spaceless(right)
    return is_spaceless(right) and left.isalnum()


def is_spaceless(char: str) -> bool:
    """Whether a character is of a script that is written without spaces."""
    return char >= SPACELESS[0] and any(low <= char <= high for low, high in _RANGES)


def _same(char: str, original: str, after: int) -> str:
    if char in _EM_DASHES and original[after : after + 1].isdigit():
        return char
    return _SAME[char]


@lru_cache(maxsize=1024)
def _spelled_out(ligature: str) -> str:
    """The letters of a ligature or presentation form, folded; `""` for a mark on its own."""
    letters = unicodedata.normalize("NFKC", ligature)
    return "".join(
        _SAME.get(char, char)
        for char in letters
        if not unicodedata.combining(char) and char not in " \u0640"
    )


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Ranges that NFC treats on their own; those that it certainly leaves alone are left out."""
    for run in _COMPOSING.finditer(text):
        start = max(run.start() - 1, 0)
        for index in range(start + 1, run.end()):
            char = text[index]
            if unicodedata.combining(char) or _composes(text[start:index], char):
                continue
            yield start, index
            start = index
        yield start, run.end()


def _composes(cluster: str, char: str) -> bool:
    """Whether `char`, though it is no combining mark, changes when it follows `cluster`."""
    apart = unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", char)
    return unicodedata.normalize("NFC", cluster + char) != apart
