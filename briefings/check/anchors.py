"""The quote gate: where each quote of a base stands in its document, or why it does not."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

from briefings.check import nearest
from briefings.check.fold import Folded, fold, occurrences, partial_occurrences, splits
from briefings.check.lexicon import NEGATIONS
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.languages import primary
from briefings.core.model import (
    Anchor,
    Document,
    Evidence,
    Fact,
    FactBase,
    FactId,
    Outcome,
    Passage,
    SourceId,
)
from briefings.core.span import SourceText, Span

_GAP = re.compile(r"\[\s?(?:…|\.{3,})\s?\]|\(\s?(?:…|\.{3,})\s?\)|…|\.{3,}")
_MOST_PARTS = 20
_MOST_PLACES = 1000
_MOST_NEAREST = 50

_Place = tuple[tuple[int, int], ...]  # the fragments of one occurrence, in folded indexes


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What the gate says of one quote; `anchor` is there exactly if the outcome passes.

    `index` counts the evidence of `fact` from 0; an actor's title has no fact.
    """

    fact: FactId | None
    index: int
    source: SourceId
    outcome: Outcome
    anchor: Anchor | None


def resolve(
    base: FactBase, documents: Mapping[SourceId, Document], unproven: Mapping[SourceId, Outcome]
) -> tuple[tuple[QuoteCheck, ...], list[Diagnostic]]:
    """Look for every quote and every quoted name and title of the base."""
    gate = _Gate({name: _Searched(document) for name, document in documents.items()}, unproven)
    checks = [
        gate.evidence(fact, index, evidence)
        for fact in base.facts.values()
        for index, evidence in enumerate(fact.evidence)
    ]
    for actor in base.actors.values():
        for title in actor.titles:
            for text, span in ((title.name, title.name_span), (title.title, title.title_span)):
                if text is not None:
                    checks.append(gate.title(title.source, text, span))
    return tuple(checks), gate.found


class _Quote:
    """A quote made ready for searching: whole, and in the parts between its ellipses."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        pieces = [piece.strip() for piece in _GAP.split(self.text)]
        inner = range(1, len(pieces) - 1)
        self.written = [piece for at, piece in enumerate(pieces) if piece or at in inner]
        self.whole = fold(self.text).text.strip()
        self.parts = [fold(piece).text.strip() for piece in self.written]
        self.has_gap = len(pieces) > 1

    @property
    def fault(self) -> str | None:
        """Why it can't be a quote at all."""
        if not self.parts or not all(any(map(str.isalnum, part)) for part in self.parts):
            return "holds a part without letter or digit"
        if len(self.parts) > _MOST_PARTS:
            return f"has more than {_MOST_PARTS} parts"
        return None


class _Searched:
    """A document made ready for searching, once for all its quotes."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.folded = fold(document.text)
        starts = self.folded.starts
        self.ranges = [
            (bisect_left(starts, start), bisect_left(starts, end))
            for start, end in document.paragraphs
        ]

    @cached_property
    def words(self) -> tuple[nearest.Paragraph, ...]:
        """Its words, for the nearest passage to a lost quote."""
        return nearest.paragraphs(self.document)

    def places(self, quote: _Quote) -> list[_Place]:
        """Every place of the quote: as it is written, else with its ellipses as gaps."""
        found: list[_Place] = [
            ((index, index + len(quote.whole)),)
            for index in self._whole(quote.whole)
            if self._reads_on(index, index + len(quote.whole))
        ]
        if not found and quote.has_gap:
            for start, end in self.ranges:
                found += _chains(quote.parts, self.folded, start, end)
        return found[:_MOST_PLACES]

    def _whole(self, needle: str) -> Iterator[int]:
        return islice(occurrences(needle, self.folded, 0, len(self.folded.text)), _MOST_PLACES)

    def _reads_on(self, start: int, end: int) -> bool:
        """Whether a range stays in one paragraph, or runs only over ends of wrapped lines.

        A line that goes on in lower case was wrapped; any other is a paragraph of its own, and
        words on both sides of its end are no sentence of the document.
        """
        first = max(bisect_right(self.ranges, (start, len(self.folded.text))) - 1, 0)
        for (_, stop), (begin, _) in pairwise(self.ranges[first:]):
            if begin >= end:
                break
            between = self.folded.original[
                self.folded.starts[stop]
                if stop < begin
                else self.folded.starts[begin] : self.folded.starts[begin]
            ]
            wrapped = len(re.findall(r"\r\n|\n|\r", between)) == 1
            if not (wrapped and self.folded.text[begin].islower()):
                return False
        return True


def _chains(parts: list[str], folded: Folded, start: int, end: int) -> list[_Place]:
    """The tightest ways to find `parts` in order between `start` and `end`."""
    starts = [list(islice(occurrences(part, folded, start, end), _MOST_PLACES)) for part in parts]
    tails: dict[_Place, int] = {}
    for first in starts[0]:
        chain = [(first, first + len(parts[0]))]
        for part, found in zip(parts[1:], starts[1:], strict=True):
            at = bisect_left(found, chain[-1][1])
            if at == len(found):
                break
            chain.append((found[at], found[at] + len(part)))
        if len(chain) < len(parts):
            break  # what is missing behind this first part is missing behind all later ones
        # A later first part before the same rest is the tighter passage.
        tails[tuple(chain[1:])] = first
    return [((first, first + len(parts[0])), *rest) for rest, first in tails.items()]


class _Gate:
    def __init__(
        self, searched: Mapping[SourceId, _Searched], unproven: Mapping[SourceId, Outcome]
    ) -> None:
        self._searched = searched
        self._unproven = unproven
        self.found: list[Diagnostic] = []
        self._lost = 0

    def evidence(self, fact: Fact, index: int, evidence: Evidence) -> QuoteCheck:
        """Judge one quote of a fact."""
        outcome, place = self._outcome(
            evidence.source, evidence.quote, evidence.quote_span, evidence
        )
        anchor = None
        if place is not None:
            anchor = _anchor(self._searched[evidence.source], place, outcome)
            self._negation(self._searched[evidence.source], place, evidence)
        return QuoteCheck(fact.id, index, evidence.source, outcome, anchor)

    def title(self, source: SourceId, text: str, span: Span) -> QuoteCheck:
        """Judge a quoted name or title; the first of several places will do."""
        outcome, place = self._outcome(source, text, span, None)
        anchor = _anchor(self._searched[source], place, outcome) if place else None
        return QuoteCheck(None, 0, source, outcome, anchor)

    def _outcome(
        self, source: SourceId, text: str, span: Span, evidence: Evidence | None
    ) -> tuple[Outcome, _Place | None]:
        searched = self._searched.get(source)
        if searched is None:
            # A source that `load` could not even decode was reported there.
            return self._unproven.get(source, Outcome.UNREADABLE), None
        quote = _Quote(text)
        if quote.fault is not None:
            self._report("bad-quote", f"the quote “{_short(text)}” {quote.fault}", span)
            return Outcome.ABSENT, None
        places = searched.places(quote)
        if not places:
            return self._missing(source, quote, span), None
        if evidence is not None:
            places = self._told_apart(places, searched, evidence)
            if not places:
                return Outcome.ABSENT, None
        place = places[0]
        return _how(quote, searched, place), place

    def _told_apart(
        self, places: list[_Place], searched: _Searched, evidence: Evidence
    ) -> list[_Place]:
        """The places that prefix, suffix and occurrence leave; a warning if they are several."""
        left = [
            place
            for place in places
            if _precedes(evidence.prefix, searched.folded, place)
            and _follows(evidence.suffix, searched.folded, place)
        ]
        lines = _hints(searched, left or places)
        if not left:
            key = "prefix" if evidence.prefix and not evidence.suffix else "suffix"
            given = "prefix and suffix" if evidence.prefix and evidence.suffix else key
            message = f"the quote stands in `{evidence.source}`, but not with this {given}"
            self._report("selector-mismatch", message, evidence.quote_span, *lines)
            return []
        if evidence.occurrence is not None:
            if evidence.occurrence > len(left):
                message = (
                    f"occurrence {evidence.occurrence} of the quote: `{evidence.source}` has"
                    f" only {len(left)}"
                )
                self._report("selector-mismatch", message, evidence.quote_span, *lines)
                return []
            return [left[evidence.occurrence - 1]]
        if len(left) > 1:
            message = f"the quote stands in {len(left)} places of `{evidence.source}`"
            self._report("quote-ambiguous", message, evidence.quote_span, *lines)
        return left

    def _missing(self, source: SourceId, quote: _Quote, span: Span) -> Outcome:
        elsewhere = [
            (other, places[0])
            for other, searched in self._searched.items()
            if other != source and (places := searched.places(quote))
        ]
        if elsewhere:
            names = " and ".join(f"`{other}`" for other, _ in elsewhere)
            hints = [
                hint
                for other, place in elsewhere
                for hint in _hints(self._searched[other], [place])
            ]
            message = f"the quote stands not in `{source}`, but in {names}"
            self._report("quote-misattributed", message, span, *hints)
            return Outcome.MISATTRIBUTED
        message = f"the quote “{_short(quote.text)}” does not stand in `{source}`"
        self._report("quote-not-found", message, span, *self._why(self._searched[source], quote))
        return Outcome.ABSENT

    def _why(self, searched: _Searched, quote: _Quote) -> Iterator[Hint]:
        document, folded = searched.document, searched.folded
        lost = [part for part in quote.parts if not _stands(part, folded)]
        if not lost:
            yield Hint(
                "its words stand there, but not in this order within one paragraph; where lines"
                " are only wrapped, the source needs `paragraphs: blocks`"
            )
        for part in lost:
            inside = next(partial_occurrences(part, folded, 0, len(folded.text)), None)
            if inside is not None:
                start, end = folded.original_range(inside, inside + len(part))
                around = _whole_words(document.text, start, end)
                yield Hint(
                    f"it stands there only inside a longer word or number: “{around}”",
                    Span(document.path, start, end),
                )
                continue
            self._lost += 1
            if self._lost > _MOST_NEAREST:
                continue
            close = nearest.passage(part, document, searched.words)
            if close is not None:
                yield Hint(close.message, Span(document.path, close.start, close.end))
            else:
                yield Hint("no passage there comes near it")

    def _negation(self, searched: _Searched, place: _Place, evidence: Evidence) -> None:
        words = NEGATIONS.get(primary(evidence.language))
        if words is None:
            return
        for (_, end), (start, _) in pairwise(place):
            left_out = searched.folded.text[end:start]
            if (match := words.search(left_out)) is not None:
                message = f"the ellipsis leaves out “{match.group()}”"
                hint = f"quote the negation too; left out: “{_short(left_out.strip())}”"
                self._report("gap-drops-negation", message, evidence.quote_span, hint)

    def _report(self, code: str, message: str, span: Span, *hints: Hint | str) -> None:
        self.found.append(diagnostic(code, message, span, *hints))


def _how(quote: _Quote, searched: _Searched, place: _Place) -> Outcome:
    text, folded = searched.document.text, searched.folded
    found = [text[slice(*folded.original_range(*part))] for part in place]
    return Outcome.EXACT if found in ([quote.text], quote.written) else Outcome.FOLDED


def _anchor(searched: _Searched, place: _Place, how: Outcome) -> Anchor:
    document = searched.document
    text = SourceText(document.path, document.text)
    passages = []
    for part in place:
        start, end = searched.folded.original_range(*part)
        paragraph = bisect_right(document.paragraphs, start, key=lambda bounds: bounds[0])
        passages.append(Passage(start, end, text.position(start).line, paragraph))
    return Anchor(document.source, tuple(passages), how)


def _stands(part: str, folded: Folded) -> bool:
    return next(occurrences(part, folded, 0, len(folded.text)), None) is not None


def _precedes(prefix: str | None, folded: Folded, place: _Place) -> bool:
    if prefix is None:
        return True
    before, wanted = folded.text[: place[0][0]].rstrip(), fold(prefix).text.strip()
    return before.endswith(wanted) and not splits(folded, len(before) - len(wanted))


def _follows(suffix: str | None, folded: Folded, place: _Place) -> bool:
    if suffix is None:
        return True
    end, wanted = place[-1][1], fold(suffix).text.strip()
    start = end + len(folded.text[end:]) - len(folded.text[end:].lstrip())
    return folded.text.startswith(wanted, start) and not splits(folded, start + len(wanted))


def _hints(searched: _Searched, places: Iterable[_Place]) -> list[Hint]:
    """A hint a place, with the words around it, at most five."""
    document, hints = searched.document, []
    for number, place in enumerate(places, 1):
        start = searched.folded.original_range(*place[0])[0]
        end = searched.folded.original_range(*place[-1])[1]
        if number > 5:
            hints.append(Hint("and elsewhere"))
            break
        before = _short(document.text[max(0, start - 40) : start].strip()[-32:])
        message = f"place {number}, behind “{before}”" if before else f"place {number}"
        hints.append(Hint(message, Span(document.path, start, end)))
    return hints


def _whole_words(text: str, start: int, end: int) -> str:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return _short(text[start:end])


def _short(text: str, limit: int = 90) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
