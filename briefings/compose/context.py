"""Find the words around a quote, so that a reader sees what it was cut out of."""

from __future__ import annotations

import re

from briefings.core.excerpts import head, tail
from briefings.core.model import Anchor, Document

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


def around(document: Document, anchor: Anchor) -> tuple[str, str]:
    """The rest of the sentences before and after the quote, within its paragraph.

    White space next to the quote is kept, so the three parts read on. What is longer than
    `LONGEST` is cut between two words and marked with `…` at its far end.
    """
    start, end = anchor.passages[0].start, anchor.passages[-1].end
    opening, closing = _paragraph(document, start, end)
    ends = [opening + match.end() for match in _END.finditer(document.text[opening:closing])]
    since = max((place for place in ends if place <= start), default=opening)
    until = min((place for place in ends if place >= end), default=closing)
    before = document.text[since:start]
    after = document.text[end:until]
    if not before.strip():
        before = ""
    return tail(before.lstrip(), LONGEST), head(after.rstrip(), LONGEST)


def _paragraph(document: Document, start: int, end: int) -> tuple[int, int]:
    for opening, closing in document.paragraphs:
        if opening <= start < closing:
            return opening, max(closing, end)
    return start, end
