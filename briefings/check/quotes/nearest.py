"""The passage of a document that comes nearest to a quote that is not there."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from heapq import nsmallest
from itertools import islice

from briefings.check.quotes.fold import folded_text
from briefings.core import characters
from briefings.core.model import Document
from briefings.core.values import dataclass

_WORD = re.compile(r"\S+")
_CLOSE_ENOUGH = 0.55
_MOST_WORDS = 200
_CANDIDATES = 3
_LONGEST_WORD = 500  # or it is none, and nobody looks for it
_MORE_WORDS = 8  # than a quote has may stand in its passage
_ENDS = ".,;:!?،؛؟\"'()[]«»“”‘’…-"


@dataclass(frozen=True, slots=True)
class Near:
    """A passage, half-open in code points of its document, and what differs in it."""

    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class _Words:
    """The folded words of a paragraph with their places."""

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str, start: int, end: int) -> _Words:
        """The words between two places of a text."""
        places = tuple([match.span() for match in _WORD.finditer(text, start, end)])
        words = [text[slice(*place)] for place in places]
        folded = {word: _folded(word) for word in set(words)}
        return cls(tuple([folded[word] for word in words]), places)


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The paragraphs of a document, and by each word, in lower case, how often each has it."""

    all: tuple[tuple[int, int], ...]
    holding: Mapping[str, Mapping[int, int]]

    def sharing(self, wanted: Counter[str]) -> list[tuple[int, int]]:
        """The few paragraphs that share most words with those wanted, then the first ones."""
        shared = Counter[int]()
        for word, count in wanted.items():
            for index, own in self.holding.get(word, {}).items():
                shared[index] += min(own, count)
        ranked = nsmallest(_CANDIDATES, shared, key=lambda index: (-shared[index], index))
        rest = (index for index in range(len(self.all)) if index not in shared)
        ranked += islice(rest, _CANDIDATES - len(ranked))
        return [self.all[index] for index in ranked]


def paragraphs(document: Document) -> Paragraphs:
    """The words of a document, made ready once for any number of lost quotes."""
    holding: dict[str, dict[int, int]] = {}
    for index, (start, end) in enumerate(document.paragraphs):
        for written, count in Counter(document.text[start:end].split()).items():
            held = holding.setdefault(_folded(written).lower(), {})
            held[index] = held.get(index, 0) + count
    return Paragraphs(document.paragraphs, holding)


def _folded(word: str) -> str:
    return folded_text(word) if len(word) <= _LONGEST_WORD else word


def passage(quote: str, document: Document, ready: Paragraphs) -> Near | None:
    """The words of one paragraph most like a quote, None if none are close.

    Only the paragraphs that share most words with the quote are looked at, and of a long quote
    only its first words, so that a lost quote costs little however long the document is.

    Args:
        quote: What was not found, folded.
        document: The text that should hold it.
        ready: The words of that document, of `paragraphs`.
    """
    wanted = quote.split()[:_MOST_WORDS]
    best: tuple[float, int, int, list[str]] | None = None
    for bounds in ready.sharing(Counter(word.lower() for word in wanted)):
        paragraph = _Words.of(document.text, *bounds)
        for low, high in _windows(paragraph.words, wanted):
            window = list(paragraph.words[low:high])
            matcher = difflib.SequenceMatcher(None, " ".join(window), " ".join(wanted))
            if matcher.real_quick_ratio() < _CLOSE_ENOUGH:  # by its length alone
                continue
            ratio = matcher.ratio()
            if best is None or ratio > best[0]:
                best = (ratio, paragraph.places[low][0], paragraph.places[high - 1][1], window)
    if best is None or best[0] < _CLOSE_ENOUGH:
        return None
    _, start, end, window = best
    shown = " ".join(document.text[start:end].split())
    return Near(start, end, f"nearest there: “{shown}”; {_difference(wanted, window)}")


def _alphabets(ours: str, theirs: str) -> str:
    """Which letters are of which script, where two words only look alike."""
    words = [match.group() for text in (theirs, ours) for match in characters.mixed(text)]
    return f", with {characters.letters_by_script(words[0])}: copy it from there" if words else ""


def _windows(words: tuple[str, ...], wanted: list[str]) -> Iterator[tuple[int, int]]:
    """Runs of `words` in which `wanted` lines up: as long as it, and from its first to its last.

    The second counts where a word more or less stands there than in the quote.
    """
    lower = [word.lower() for word in wanted]
    matcher = difflib.SequenceMatcher(None, [word.lower() for word in words], lower)
    block = matcher.find_longest_match()
    low = max(0, block.a - block.b) if block.size else 0
    high = min(len(words), low + len(wanted))
    if low < high:
        yield low, high
    low, high = max(0, low - _MORE_WORDS), min(len(words), high + _MORE_WORDS)
    matcher = difflib.SequenceMatcher(None, [word.lower() for word in words[low:high]], lower)
    blocks = [each for each in matcher.get_matching_blocks() if each.size]
    if blocks:
        first, last = blocks[0], blocks[-1]
        start = low + max(0, first.a - first.b)
        end = low + last.a + len(wanted) - last.b
        yield start, min(len(words), end)


def _difference(wanted: list[str], there: list[str]) -> str:
    if wanted and there:  # the passage goes on where the quote ends: no difference
        wanted[-1], there[-1] = wanted[-1].rstrip(_ENDS), there[-1].rstrip(_ENDS)
        wanted[0], there[0] = wanted[0].lstrip(_ENDS), there[0].lstrip(_ENDS)
    matcher = difflib.SequenceMatcher(None, wanted, there)
    parts = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        ours, theirs = " ".join(wanted[i1:i2]), " ".join(there[j1:j2])
        if tag == "replace":
            parts.append(f"“{ours}” there reads “{theirs}”{_alphabets(ours, theirs)}")
        elif tag == "delete":
            parts.append(f"“{ours}” is not there")
        elif tag == "insert":
            parts.append(f"“{theirs}” is there besides")
    return "; ".join(parts[:4]) or "only its ends differ"
