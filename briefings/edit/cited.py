"""Which passages of its documents the facts of a base rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefings.check.quotes.anchors import QuoteCheck
from briefings.core.model import FactId, SourceId
from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True, order=True)
class CitedPassage:
    """A half-open range of code points of a document, and the fact that cites it."""

    start: int
    end: int
    fact: FactId


def cited_passages(quotes: Iterable[QuoteCheck]) -> Mapping[SourceId, tuple[CitedPassage, ...]]:
    """The passages of each source that its facts cite, in order of place.

    Those of a quote with ellipses are its parts; a quote that was not found has none.
    """
    cited: dict[SourceId, list[CitedPassage]] = {}
    for quote in quotes:
        if quote.anchor is not None and quote.fact is not None:
            cited.setdefault(quote.source, []).extend(
                CitedPassage(part.start, part.end, quote.fact) for part in quote.anchor.passages
            )
    return {source: tuple(sorted(passages)) for source, passages in cited.items()}


def citing(
    ranges: Iterable[tuple[int, int]], passages: Sequence[CitedPassage]
) -> Iterator[tuple[FactId, ...]]:
    """For each range of a document the facts whose passages share a code point with it.

    Both are in order of place, and the ranges do not overlap: one walk along the document.
    """
    begun: list[CitedPassage] = []
    ahead = 0
    for start, end in ranges:
        while ahead < len(passages) and passages[ahead].start < end:
            begun.append(passages[ahead])
            ahead += 1
        begun = [passage for passage in begun if passage.end > start]
        yield tuple(dict.fromkeys(passage.fact for passage in begun))
