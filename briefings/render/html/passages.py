"""Cut a document's paragraphs where quoted passages begin and end, so that each can be marked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from briefings.core.edition import Backlink, Citation
from briefings.core.model import Anchor, Document
from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """What a brief quotes of a document: the number and id of the citation, and what cites it.

    `language` is that of the quote if it is another than its document's.
    """

    number: int
    id: str
    anchor: Anchor
    language: str | None
    cited_by: tuple[Backlink, ...]

    @classmethod
    def of(cls, citation: Citation) -> MarkedPassage:
        """What a citation quotes of its source."""
        language = citation.evidence.language
        return cls(
            citation.number,
            citation.id,
            citation.anchor,
            language if language != citation.source.language else None,
            citation.cited_by,
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a paragraph: `inside` the quotes that cover it, `opens` those that begin here.

    Both are ids of citations; where quotes overlap, a piece lies inside several. `language` is
    that of a quote in another language than its document, else None.
    """

    text: str
    inside: tuple[str, ...]
    opens: tuple[str, ...]
    language: str | None


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph of a document: `number` from 1, `cited` the ids of quotes that begin in it."""

    number: int
    direction: str
    pieces: tuple[Piece, ...]
    cited: tuple[str, ...]


def paragraphs(
    document: Document, passages: Iterable[MarkedPassage]
) -> tuple[MarkedParagraph, ...]:
    """The whole document, paragraph by paragraph, with all `passages` in it."""
    quotes = {passage.id: passage for passage in passages}
    return tuple(
        _paragraph(document.text, number, start, end, quotes)
        for number, (start, end) in enumerate(document.paragraphs, start=1)
    )


def direction_of_text(text: str) -> str:
    """`rtl` or `ltr`, by the first letter that has a direction."""
    for char in text:
        match unicodedata.bidirectional(char):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return "ltr"


def _paragraph(
    text: str, number: int, start: int, end: int, quotes: Mapping[str, MarkedPassage]
) -> MarkedParagraph:
    here = [
        (max(passage.start, start), min(passage.end, end), index, name)
        for name, quote in quotes.items()
        for index, passage in enumerate(quote.anchor.passages)
        if passage.start < end and passage.end > start
    ]
    cuts = sorted({start, end, *(at for first, last, *_ in here for at in (first, last))})
    pieces = tuple(_piece(text[first:last], first, here, quotes) for first, last in pairwise(cuts))
    cited = tuple(name for piece in pieces for name in piece.opens)
    return MarkedParagraph(number, direction_of_text(text[start:end]), pieces, cited)


def _piece(
    text: str,
    first: int,
    here: Sequence[tuple[int, int, int, str]],
    quotes: Mapping[str, MarkedPassage],
) -> Piece:
    inside = tuple(sorted({name for start, end, _, name in here if start <= first < end}))
    opens = tuple(sorted({name for start, _, index, name in here if start == first and not index}))
    languages = [language for name in inside if (language := quotes[name].language) is not None]
    return Piece(text, inside, opens, min(languages, default=None))
