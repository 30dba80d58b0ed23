"""Cut a document's paragraphs where quoted passages begin and end, so that each can be marked."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import TypeAlias

from briefings.core.edition import Backlink, Citation
from briefings.core.groups import grouped
from briefings.core.model import Anchor, Document
from briefings.core.values import dataclass

_Part: TypeAlias = tuple[int, int, int, str]
"""Where a passage of a quote begins and ends in a paragraph, which of its passages, and its id."""


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
    parts = _by_paragraph(document, quotes)
    return tuple(
        _paragraph(document.text, number, bounds, parts.get(number, ()), quotes)
        for number, bounds in enumerate(document.paragraphs, start=1)
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


def _by_paragraph(
    document: Document, quotes: Mapping[str, MarkedPassage]
) -> Mapping[int, list[_Part]]:
    """What is quoted in each paragraph that anything is quoted in, by its number from 1."""
    bounds = document.paragraphs
    parts: dict[int, list[_Part]] = {}
    for name, quote in quotes.items():
        for index, passage in enumerate(quote.anchor.passages):
            first = bisect_right(bounds, passage.start, key=itemgetter(1))
            last = bisect_left(bounds, passage.end, first, key=itemgetter(0))
            for number, (start, end) in enumerate(bounds[first:last], start=first + 1):
                part = (max(passage.start, start), min(passage.end, end), index, name)
                parts.setdefault(number, []).append(part)
    return parts


def _paragraph(
    text: str,
    number: int,
    bounds: tuple[int, int],
    here: Sequence[_Part],
    quotes: Mapping[str, MarkedPassage],
) -> MarkedParagraph:
    cuts = sorted({*bounds, *(at for first, last, *_ in here for at in (first, last))})
    pieces = tuple(_pieces(text, cuts, here, quotes))
    cited = tuple(name for piece in pieces for name in piece.opens)
    return MarkedParagraph(number, direction_of_text(text[slice(*bounds)]), pieces, cited)


def _pieces(
    text: str, cuts: Sequence[int], here: Sequence[_Part], quotes: Mapping[str, MarkedPassage]
) -> Iterator[Piece]:
    """What lies between each two cuts."""
    beginning = grouped((part[0], part) for part in here)
    around: list[_Part] = []
    for first, last in pairwise(cuts):
        new = beginning.get(first, [])
        around = [part for part in around if part[1] > first] + new
        inside = tuple(sorted({name for *_, name in around}))
        opens = tuple(sorted({name for *_, index, name in new if not index}))
        languages = [language for name in inside if (language := quotes[name].language) is not None]
        yield Piece(text[first:last], inside, opens, min(languages, default=None))
