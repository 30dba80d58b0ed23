"""A document cut into sentences: no more than a reader needs to point at a passage."""

from __future__ import annotations

from briefings.core.model import Document
from briefings.core.sentences import ends


def sentences(document: Document) -> tuple[tuple[int, int], ...]:
    """Half-open ranges of the sentences of a document, in order, each within one paragraph.

    Headings and lines without a full stop are sentences too; what follows the 100,000th full stop
    of a paragraph is one.
    """
    return tuple(
        sentence
        for start, end in document.paragraphs
        for sentence in _of_paragraph(document.text, start, end)
    )


def _of_paragraph(text: str, start: int, end: int) -> list[tuple[int, int]]:
    ranges = []
    begun = start
    for stop in ends(text, start, end):
        ranges.append((begun, stop))
        begun = stop
        while begun < end and text[begun].isspace():
            begun += 1
    if begun < end:
        ranges.append((begun, end))
    return ranges
