"""Lost quotes, each with the passage that comes nearest to it."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.authoring.draft import OpenDesk
from briefings.check.quotes import nearest
from briefings.check.quotes.anchors import QuoteCheck
from briefings.check.quotes.fold import fold
from briefings.core.diagnostics import Refused, unknown_name
from briefings.core.model import Document, Evidence, FactId, Outcome, SourceId
from briefings.core.span import Span
from briefings.core.values import dataclass
from briefings.edit.document_sentences import sentences
from briefings.edit.quoting import places, quoted, trimmed
from briefings.edit.rewrite import Rewrite

_NEARBY = 120
"""How many code points beyond the nearest passage a quote's first or last words are looked for."""
_FEW = 4
"""How many words of another sentence are taken off at most, if they are none of the quote's."""
_MOST = 200
"""How many lost quotes are looked for at once."""


@dataclass(frozen=True, slots=True)
class LostQuote:
    """A quote that does not stand where it should; `index` counts the fact's quotes from 0.

    `rewrites` are what would mend it, none if nothing comes near; `old` and `new` show the
    difference, `why` says it in words, `place` is the passage.
    """

    fact: FactId
    index: int
    span: Span
    old: str
    new: str
    why: str
    place: Span | None
    rewrites: tuple[Rewrite, ...]


def lost_quotes(desk: OpenDesk, only: Sequence[str] = ()) -> tuple[LostQuote, ...]:
    """The lost quotes of a desk, or of some facts, in the order of the base.

    A quote whose document has changed or can't be read is not lost: nothing is known of it.

    Raises:
        Refused: With status 2: there is no such fact.
    """
    for name in only:
        if name not in desk.base.facts:
            raise Refused(2, [unknown_name("fact", name, desk.base.facts)])
    words: dict[SourceId, nearest.Paragraphs] = {}
    lost = [
        each
        for each in desk.checked.quotes
        if each.outcome in (Outcome.ABSENT, Outcome.MISATTRIBUTED)
        and each.fact is not None
        and (not only or each.fact in only)
    ]
    return tuple(_lost(desk, each, words) for each in lost[:_MOST])


def _lost(
    desk: OpenDesk, quote: QuoteCheck, words: dict[SourceId, nearest.Paragraphs]
) -> LostQuote:
    assert quote.fact is not None
    evidence = desk.base.facts[quote.fact].evidence[quote.index]
    if quote.outcome is Outcome.MISATTRIBUTED:
        for source, document in desk.loaded.documents.items():
            if source != quote.source and (elsewhere := places(evidence.quote, document)):
                why = f"it stands not in `{quote.source}`, but in `{source}`"
                if _is_shared(desk, evidence):
                    why += f": write `source: {source}` beside it, the other is said for several"
                    return _told(quote, evidence, (quote.source, source), why, None)
                mend = (Span(document.path, *elsewhere[0]), Rewrite(evidence.span, source))
                return _told(quote, evidence, (quote.source, source), why, mend)
    document = desk.loaded.documents[quote.source]
    if places(evidence.quote, document):
        why = "it stands there, but not behind its prefix, before its suffix or so many times"
        return _told(quote, evidence, (evidence.quote, ""), why, None)
    if quote.source not in words:
        words[quote.source] = nearest.paragraphs(document)
    near = nearest.passage(fold(evidence.quote).text.strip(), document, words[quote.source])
    if near is None:
        return _told(quote, evidence, (evidence.quote, ""), "no passage comes near it", None)
    start, end = _extended(document, evidence.quote, near.start, near.end)
    start, end = trimmed(document, *_snapped(document, evidence.quote, start, end))
    new = quoted(document, start, end)
    why = f"it does not stand in `{quote.source}`"
    mend = (Span(document.path, start, end), Rewrite(evidence.quote_span, new))
    return _told(quote, evidence, (evidence.quote, new), why, mend)


def _is_shared(desk: OpenDesk, evidence: Evidence) -> bool:
    """Whether the source of a quote is that of others, by the same word of the base."""
    pieces = (each for fact in desk.base.facts.values() for each in fact.evidence)
    return sum(each.span == evidence.span for each in pieces) > 1


def _told(
    quote: QuoteCheck,
    evidence: Evidence,
    change: tuple[str, str],
    why: str,
    mend: tuple[Span, Rewrite] | None,
) -> LostQuote:
    assert quote.fact is not None
    place, rewrites = (None, ()) if mend is None else (mend[0], (mend[1],))
    return LostQuote(quote.fact, quote.index, evidence.quote_span, *change, why, place, rewrites)


def _snapped(document: Document, quote: str, start: int, end: int) -> tuple[int, int]:
    """The range without the few words of a neighbouring sentence that the quote does not have."""
    own = set(fold(quote).text.split())
    for low, high in sentences(document):
        if low < start < high < end and _is_alien(document.text[start:high], own):
            start = high
        elif start < low < end < high and _is_alien(document.text[low:end], own):
            end = low
    return start, end


def _is_alien(text: str, own: set[str]) -> bool:
    words = fold(text).text.split()
    return len(words) <= _FEW and own.isdisjoint(words)


def _extended(document: Document, quote: str, start: int, end: int) -> tuple[int, int]:
    """The range, led on to where the quote's first and last two words stand nearby.

    The nearest passage has as many words as the quote; one that leaves words out ends too early.
    """
    words = quote.split()
    low, high = document.around(start) or (start, end)
    first = document.text.rfind(" ".join(words[:2]), max(low, start - _NEARBY), end)
    last_words = " ".join(words[-2:])
    last = document.text.find(last_words, start, min(high, end + _NEARBY))
    return (
        min(first, start) if first >= 0 else start,
        max(last + len(last_words), end) if last >= 0 else end,
    )
