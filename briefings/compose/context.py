"""Find the words around a quote, so that a reader sees what it was cut out of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from operator import itemgetter

from briefings.core.excerpts import head, tail
from briefings.core.model import Anchor, Document, SourceId

LONGEST = 160
"""How much is shown on either side, in code points without the `…` that marks the cut."""

ELISION = " […] "

# A full stop after an initial or a short title ("A. Rahimi", "Gen. Noor") ends no sentence. To
# take a true end for none only shows more context, so the rule errs that way.
_END = re.compile(
    r"""(?<!\b[^\W\d_])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})
                      [.!?…؟۔。]+["'”’»)\]]*(?=\s+["'“‘«(\[]*(?:[^\W_a-z]|$)|\s*$)""",
    re.VERBOSE,
)


def quoted(document: Document, anchor: Anchor) -> str:
    """The passages as the document has them, joined where the quote leaves words out."""
    return ELISION.join(document.text[part.start : part.end] for part in anchor.passages)


class Surroundings:
    """The words around quotes of `documents`; each paragraph is read once, however often quoted."""

    def __init__(self, documents: Mapping[SourceId, Document]) -> None:
        self._documents = documents
        self._ends: dict[tuple[SourceId, int, int], list[int]] = {}

    def of(self, anchor: Anchor) -> tuple[str, str]:
        """The rest of the sentences before and after the quote, within its paragraph.

        White space next to the quote is kept, so the three parts read on. What is longer than
        `LONGEST` is cut between two words and marked with `…` at its far end.
        """
        text = self._documents[anchor.source].text
        start, end = anchor.passages[0].start, anchor.passages[-1].end
        opening, closing = _paragraph(self._documents[anchor.source], start, end)
        ends = self._sentence_ends(anchor.source, opening, closing)
        last, following = bisect_right(ends, start), bisect_left(ends, end)
        before = text[ends[last - 1] if last else opening : start]
        after = text[end : ends[following] if following < len(ends) else closing]
        if not before.strip():
            before = ""
        return tail(before.lstrip(), LONGEST), head(after.rstrip(), LONGEST)

    def _sentence_ends(self, source: SourceId, opening: int, closing: int) -> list[int]:
        """Where sentences of the paragraph end, in order."""
        key = source, opening, closing
        if key not in self._ends:
            paragraph = self._documents[source].text[opening:closing]
            self._ends[key] = [opening + match.end() for match in _END.finditer(paragraph)]
        return self._ends[key]


def _paragraph(document: Document, start: int, end: int) -> tuple[int, int]:
    """The paragraph that the quote begins in; the quote alone where it begins in none."""
    turn = bisect_right(document.paragraphs, start, key=itemgetter(0)) - 1
    opening, closing = document.paragraphs[turn] if turn >= 0 else (start, start)
    return (opening, max(closing, end)) if start < closing else (start, end)
