"""The quote gate: where each quote of a base stands in its document, or why it does not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from briefings.check import nearest
from briefings.check.fold import Folded, fold, occurrences, partial_occurrences
from briefings.check.lexicon import NEGATIONS
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
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

_GAP = re.compile(r"\s*(?:\[\s*(?:…|\.{3,})\s*\]|\(\s*(?:…|\.{3,})\s*\)|…|\.{3,})\s*")


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
    gate = _Gate({name: _Searched.of(document) for name, document in documents.items()}, unproven)
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
    if not any(check.outcome.passes for check in checks if check.fact is not None):
        message = "no quote was found in any document: nothing is proven"
        hint = "add facts with evidence, or mend the quotes and documents"
        gate.found.append(diagnostic("nothing-checked", message, base.span, hint))
    return tuple(checks), gate.found


@dataclass(frozen=True, slots=True)
class _Searched:
    """A document made ready for searching; `ranges` are its paragraphs in folded indexes."""

    document: Document
    folded: Folded
    ranges: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, document: Document) -> _Searched:
        folded = fold(document.text)
        ranges = tuple((_at(folded, start), _at(folded, end)) for start, end in document.paragraphs)
        return cls(document, folded, ranges)


def _at(folded: Folded, index: int) -> int:
    """The first folded index whose original begins at `index` or behind it."""
    low, high = 0, len(folded.starts)
    while low < high:
        middle = (low + high) // 2
        if folded.starts[middle] < index:
            low = middle + 1
        else:
            high = middle
    return low


_Place = tuple[tuple[int, int], ...]  # the fragments of one occurrence, in folded indexes


class _Gate:
    def __init__(
        self, searched: Mapping[SourceId, _Searched], unproven: Mapping[SourceId, Outcome]
    ) -> None:
        self._searched = searched
        self._unproven = unproven
        self.found: list[Diagnostic] = []

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
        self, source: SourceId, quote: str, span: Span, evidence: Evidence | None
    ) -> tuple[Outcome, _Place | None]:
        searched = self._searched.get(source)
        if searched is None:
            # A source that `load` could not even decode was reported there.
            return self._unproven.get(source, Outcome.UNREADABLE), None
        fragments = _fragments(quote)
        if not fragments or not all(_has_content(part) for part in fragments):
            message = f"the quote “{_short(quote)}” holds a part without letter or digit"
            self._report("quote-empty", message, span)
            return Outcome.ABSENT, None
        places = list(_places(quote, searched))
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

    def _missing(self, source: SourceId, quote: str, span: Span) -> Outcome:
        elsewhere = [
            (other, places[0])
            for other, searched in self._searched.items()
            if other != source and (places := list(_places(quote, searched)))
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
        message = f"the quote “{_short(quote)}” does not stand in `{source}`"
        self._report("quote-not-found", message, span, *self._why(self._searched[source], quote))
        return Outcome.ABSENT

    def _why(self, searched: _Searched, quote: str) -> Iterator[Hint]:
        document, folded = searched.document, searched.folded
        fragments = [fold(part).text.strip() for part in _fragments(quote)]
        if all(any(occurrences(part, folded, 0, len(folded.text))) for part in fragments):
            yield Hint("its parts stand there, but not in this order within one paragraph")
            return
        for part in fragments:
            if any(occurrences(part, folded, 0, len(folded.text))):
                continue
            if (inside := next(partial_occurrences(part, folded), None)) is not None:
                start, end = folded.original_range(inside, inside + len(part))
                around = _whole_words(document.text, start, end)
                yield Hint(
                    f"it stands there only inside a longer word or number: “{around}”",
                    Span(document.path, start, end),
                )
            elif (close := nearest.passage(part, document)) is not None:
                yield Hint(close.message, Span(document.path, close.start, close.end))
            else:
                yield Hint("no passage there comes near it")

    def _negation(self, searched: _Searched, place: _Place, evidence: Evidence) -> None:
        words = NEGATIONS.get(evidence.language.partition("-")[0])
        if words is None:
            return
        for (_, end), (start, _) in pairwise(place):
            left_out = searched.folded.text[end:start]
            if (match := words.search(left_out)) is not None:
                message = f"the ellipsis leaves out “{match.group()}”"
                hint = f"left out: “{_short(left_out.strip())}”"
                self._report("gap-drops-negation", message, evidence.quote_span, hint)

    def _report(self, code: str, message: str, span: Span, *hints: Hint | str) -> None:
        self.found.append(diagnostic(code, message, span, *hints))


def _fragments(quote: str) -> list[str]:
    """The parts of a quote between its ellipses, without white space at their ends."""
    parts = [part.strip() for part in _GAP.split(quote)]
    return [part for index, part in enumerate(parts) if part or 0 < index < len(parts) - 1]


def _has_content(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _places(quote: str, searched: _Searched) -> Iterator[_Place]:
    """Every place of the quote: as it is written, else with its ellipses as gaps."""
    folded = searched.folded
    whole = fold(quote).text.strip()
    found = [
        ((index, index + len(whole)),) for index in occurrences(whole, folded, 0, len(folded.text))
    ]
    if found or not _GAP.search(quote):
        yield from found
        return
    parts = [fold(part).text.strip() for part in _fragments(quote)]
    for start, end in searched.ranges:
        yield from _chains(parts, folded, start, end)


def _chains(parts: list[str], folded: Folded, start: int, end: int) -> Iterator[_Place]:
    """The tightest ways to find `parts` in order between `start` and `end`."""
    tails: dict[tuple[tuple[int, int], ...], int] = {}
    for first in occurrences(parts[0], folded, start, end):
        chain = [(first, first + len(parts[0]))]
        for part in parts[1:]:
            index = next(occurrences(part, folded, chain[-1][1], end), None)
            if index is None:
                return
            chain.append((index, index + len(part)))
        # A later first part before the same rest is the tighter passage.
        tails[tuple(chain[1:])] = first
    for rest, first in tails.items():
        yield ((first, first + len(parts[0])), *rest)


def _how(quote: str, searched: _Searched, place: _Place) -> Outcome:
    written = [quote.strip()] if len(place) == 1 else _fragments(quote)
    if len(place) == 1 and len(_fragments(quote)) == 1 and _GAP.search(quote):
        written = _fragments(quote)
    found = [
        searched.document.text[slice(*searched.folded.original_range(*part))] for part in place
    ]
    return Outcome.EXACT if found == written else Outcome.FOLDED


def _anchor(searched: _Searched, place: _Place, how: Outcome) -> Anchor:
    document = searched.document
    text = SourceText(document.path, document.text)
    passages = []
    for part in place:
        start, end = searched.folded.original_range(*part)
        paragraph = bisect_right(document.paragraphs, start, key=lambda bounds: bounds[0])
        passages.append(Passage(start, end, text.position(start).line, paragraph))
    return Anchor(document.source, tuple(passages), how)


def _precedes(prefix: str | None, folded: Folded, place: _Place) -> bool:
    if prefix is None:
        return True
    before = folded.text[: place[0][0]].rstrip()
    return before.endswith(fold(prefix).text.strip())


def _follows(suffix: str | None, folded: Folded, place: _Place) -> bool:
    if suffix is None:
        return True
    behind = folded.text[place[-1][1] :].lstrip()
    return behind.startswith(fold(suffix).text.strip())


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
