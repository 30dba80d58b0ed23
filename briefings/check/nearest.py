"""The passage of a document that comes nearest to a quote that is not there."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from briefings.check.fold import fold
from briefings.core.model import Document

_WORD = re.compile(r"\S+")
_CLOSE_ENOUGH = 0.55


@dataclass(frozen=True, slots=True)
class Near:
    """A passage, half-open in code points of its document, and what differs in it."""

    start: int
    end: int
    message: str


def passage(quote: str, document: Document) -> Near | None:
    """The words of one paragraph of `document` most like the folded `quote`, if any are close."""
    wanted = quote.split()
    best: tuple[float, int, int, list[str]] | None = None
    for start, end in document.paragraphs:
        matches = list(_WORD.finditer(document.text, start, end))
        words = [fold(match.group()).text for match in matches]
        low, high = _window(words, wanted)
        if low >= high:
            continue
        found = words[low:high]
        ratio = difflib.SequenceMatcher(None, " ".join(found), quote, autojunk=False).ratio()
        if best is None or ratio > best[0]:
            best = (ratio, matches[low].start(), matches[high - 1].end(), found)
    if best is None or best[0] < _CLOSE_ENOUGH:
        return None
    ratio, start, end, found = best
    shown = " ".join(document.text[start:end].split())
    return Near(start, end, f"nearest there: “{shown}”; {_difference(wanted, found)}")


def _window(words: list[str], wanted: list[str]) -> tuple[int, int]:
    """The run of `words` in which `wanted` lines up, by their longest common run."""
    lower = [word.lower() for word in words]
    matcher = difflib.SequenceMatcher(
        None, lower, [word.lower() for word in wanted], autojunk=False
    )
    block = matcher.find_longest_match()
    if block.size == 0:
        return 0, min(len(words), len(wanted))
    low = max(0, block.a - block.b)
    return low, min(len(words), low + len(wanted))


def _difference(wanted: list[str], found: list[str]) -> str:
    matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    parts = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        ours, theirs = " ".join(wanted[i1:i2]), " ".join(found[j1:j2])
        if tag == "replace":
            parts.append(f"“{ours}” there reads “{theirs}”")
        elif tag == "delete":
            parts.append(f"“{ours}” is not there")
        elif tag == "insert":
            parts.append(f"“{theirs}” is there besides")
    return "; ".join(parts[:4]) or "only its ends differ"
