"""The quote gate: where each quote of a base stands in its document, or why it does not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from briefings.check.quotes import nearest
from briefings.check.quotes.fold import Folded, fold
from briefings.check.quotes.search import MOST_PLACES, Place, Searched, Standing, fault, read
from briefings.check.quotes.set_aside import set_aside
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
from briefings.core.span import Span
from briefings.core.values import dataclass

_MOST_NEAREST = 50
_WIDEST_JOINT = 8
_LONGEST_WORD = 80
_SHOWN = 90


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What the gate says of one quote; `anchor` is there exactly if the outcome passes.

    `index` counts the evidence of `fact` from 0; an actor's title has no fact. `folded` names what
    was set aside, never empty for what is folded and empty else.
    """

    fact: FactId | None
    index: int
    source: SourceId
    outcome: Outcome
    anchor: Anchor | None
    folded: tuple[str, ...] = ()


def resolve(
    base: FactBase,
    documents: Mapping[SourceId, Document],
    unproven: Mapping[SourceId, Outcome],
    known: Mapping[FactId, tuple[QuoteCheck, ...]] = MappingProxyType({}),
) -> tuple[tuple[QuoteCheck, ...], list[Diagnostic]]:
    """Look for every quote and every quoted name and title of the base.

    Args:
        base: The base as it was read.
        documents: The text of each source that could be read.
        unproven: Of each other source, what its quotes come to.
        known: What is known already of the quotes of facts: they are not looked for again.

    Returns:
        An outcome for each quote, those of facts first, each in the order of the base; and what is
        wrong.
    """
    gate = _Gate({name: Searched(document) for name, document in documents.items()}, unproven)
    checks: list[QuoteCheck] = []
    for fact in base.facts.values():
        checks += known.get(fact.id) or (
            gate.evidence(fact, index, evidence) for index, evidence in enumerate(fact.evidence)
        )
    for actor in base.actors.values():
        for title in actor.titles:
            for text, span in ((title.name, title.name_span), (title.title, title.title_span)):
                if text is not None:
                    checks.append(gate.title(title.source, text, span))
    return tuple(checks), gate.diagnostics


_Stands = tuple[Standing, Place]


class _Gate:
    def __init__(
        self, searched: Mapping[SourceId, Searched], unproven: Mapping[SourceId, Outcome]
    ) -> None:
        self._searched = searched
        self._unproven = unproven
        self.diagnostics: list[Diagnostic] = []
        self._lost = 0

    def evidence(self, fact: Fact, index: int, evidence: Evidence) -> QuoteCheck:
        """Judge one quote of a fact."""
        result = self._find(evidence.source, evidence.quote, evidence.quote_span, evidence)
        return self._judged(fact.id, index, evidence.source, result)

    def title(self, source: SourceId, text: str, span: Span) -> QuoteCheck:
        """Judge a quoted name or title; the first of several places will do."""
        return self._judged(None, 0, source, self._find(source, text, span, None))

    def _judged(
        self, fact: FactId | None, index: int, source: SourceId, result: Outcome | _Stands
    ) -> QuoteCheck:
        if isinstance(result, Outcome):
            return QuoteCheck(fact, index, source, result, None)
        standing, place = result
        folded = _folded(standing, place)
        how = Outcome.FOLDED if folded else Outcome.EXACT
        anchor = _anchor(self._searched[source], standing.folded, place, how)
        return QuoteCheck(fact, index, source, how, anchor, folded)

    def _find(
        self, source: SourceId, text: str, span: Span, evidence: Evidence | None
    ) -> Outcome | _Stands:
        searched = self._searched.get(source)
        if searched is None:
            # A source that `load` could not even decode was reported there.
            return self._unproven.get(source, Outcome.UNREADABLE)
        wrong = fault(read(text))
        if wrong is not None:
            self._report("bad-quote", f"the quote “{_short(text)}” {wrong}", span)
            return Outcome.ABSENT
        standing = searched.standing(text)
        if standing is None:
            return self._missing(source, text, span)
        if evidence is None:
            return standing, standing.places[0]
        place = self._told_apart(standing, searched, evidence)
        return Outcome.ABSENT if place is None else (standing, place)

    def _told_apart(
        self, standing: Standing, searched: Searched, evidence: Evidence
    ) -> Place | None:
        """The place that prefix, suffix and occurrence leave; a warning if they leave several."""
        folded, places = standing.folded, standing.places
        left = [
            place
            for place in places
            if _precedes(evidence.prefix, folded, place)
            and _follows(evidence.suffix, folded, place)
        ]
        if not left:
            key = "prefix" if evidence.prefix and not evidence.suffix else "suffix"
            given = "prefix and suffix" if evidence.prefix and evidence.suffix else key
            message = f"the quote stands in `{evidence.source}`, but not with this {given}"
            self._mismatch(message, searched, folded, places, evidence)
            return None
        if evidence.occurrence is not None:
            if evidence.occurrence > len(left):
                counted = (
                    f"`{evidence.source}` has only {len(left)}"
                    if len(places) < MOST_PLACES
                    else f"of its places in `{evidence.source}` the first {MOST_PLACES:,} are told"
                    " apart"
                )
                message = f"occurrence {evidence.occurrence} of the quote: {counted}"
                self._mismatch(message, searched, folded, left, evidence)
                return None
            return left[evidence.occurrence - 1]
        if len(left) > 1:
            many = f"{len(left)}" if len(left) < MOST_PLACES else f"{MOST_PLACES:,} or more"
            message = f"the quote stands in {many} places of `{evidence.source}`"
            lines = _hints(searched.document, folded, left)
            self._report("quote-ambiguous", message, evidence.quote_span, *lines)
        return left[0]

    def _mismatch(
        self,
        message: str,
        searched: Searched,
        folded: Folded,
        places: Iterable[Place],
        evidence: Evidence,
    ) -> None:
        lines = _hints(searched.document, folded, places)
        self._report("selector-mismatch", message, evidence.quote_span, *lines)

    def _missing(self, source: SourceId, text: str, span: Span) -> Outcome:
        self._lost += 1
        message = f"the quote “{_short(text)}” does not stand in `{source}`"
        if self._lost > _MOST_NEAREST:  # a base whose quotes are all wrong has another mistake
            self._report("quote-not-found", message, span)
            return Outcome.ABSENT
        elsewhere = [
            (other, standing)
            for other, searched in self._searched.items()
            if other != source and (standing := searched.standing(text)) is not None
        ]
        if not elsewhere:
            hints = self._why(self._searched[source], text)
            self._report("quote-not-found", message, span, *hints)
            return Outcome.ABSENT
        names = " and ".join(f"`{other}`" for other, _ in elsewhere)
        places = [
            hint
            for other, standing in elsewhere
            for hint in _hints(self._searched[other].document, standing.folded, standing.places[:1])
        ]
        message = f"the quote stands not in `{source}`, but in {names}"
        self._report("quote-misattributed", message, span, *places)
        return Outcome.MISATTRIBUTED

    def _why(self, searched: Searched, text: str) -> Iterator[Hint]:
        document, folded = searched.document, searched.folded
        lost = [part for part in read(text).parts if not searched.holds(part)]
        if not lost:
            yield Hint(
                "its words stand there, but not in this order within one paragraph; where lines"
                " are only wrapped, the source needs `paragraphs: blocks`"
            )
        for part in lost:
            inside = folded.text.find(part)
            if inside >= 0:
                start, end = folded.original_range(inside, inside + len(part))
                around = _whole_words(document.text, start, end)
                yield Hint(
                    f"it stands there only inside a longer word or number: “{around}”",
                    Span(document.path, start, end),
                )
                continue
            close = nearest.passage(part, document, searched.words)
            if close is not None:
                yield Hint(close.message, Span(document.path, close.start, close.end))
            else:
                yield Hint("no passage there comes near it")

    def _report(self, code: str, message: str, span: Span, *hints: Hint | str) -> None:
        self.diagnostics.append(diagnostic(code, message, span, *hints))


def _folded(standing: Standing, place: Place) -> tuple[str, ...]:
    """What was set aside between a quote and its passages; empty if they are alike."""
    reading, folded = standing.reading, standing.folded
    passages = [folded.original[slice(*folded.original_range(*part))] for part in place]
    if passages in ([reading.text], list(reading.written)):
        return reading.set_aside
    wanted = [reading.text] if len(passages) == 1 else reading.written
    kinds = {
        kind: None
        for own, passage in zip(wanted, passages, strict=True)
        for kind in set_aside(own, passage)
    }
    return (*reading.set_aside, *kinds)


def _anchor(searched: Searched, folded: Folded, place: Place, how: Outcome) -> Anchor:
    document = searched.document
    passages = []
    for part in place:
        start, end = folded.original_range(*part)
        paragraph = bisect_right(document.paragraphs, start, key=lambda bounds: bounds[0])
        passages.append(Passage(start, end, searched.line(start), paragraph))
    return Anchor(document.source, tuple(passages), how)


# A selector need not hold the punctuation between it and the quote.
_JOINT = re.compile(r"[\W_]*")
_JOINT_BEFORE = re.compile(r"[\W_]*$")


def _precedes(prefix: str | None, folded: Folded, place: Place) -> bool:
    """Whether `prefix` ends before a place; it may begin inside a word (W3C TextQuoteSelector)."""
    if prefix is None:
        return True
    wanted, end = _JOINT_BEFORE.sub("", fold(prefix).text), place[0][0]
    before = folded.text[max(0, end - len(prefix) - _WIDEST_JOINT) : end]
    return _JOINT_BEFORE.sub("", before).endswith(wanted.lstrip())


def _follows(suffix: str | None, folded: Folded, place: Place) -> bool:
    """Whether `suffix` begins behind a place; it may end inside a word."""
    if suffix is None:
        return True
    wanted, start = _JOINT.sub("", fold(suffix).text, count=1), place[-1][1]
    behind = folded.text[start : start + len(suffix) + _WIDEST_JOINT]
    return _JOINT.sub("", behind, count=1).startswith(wanted.rstrip())


def _hints(document: Document, folded: Folded, places: Iterable[Place]) -> list[Hint]:
    """A hint a place, with the words around it, at most five."""
    hints = []
    for number, place in enumerate(places, 1):
        start = folded.original_range(*place[0])[0]
        end = folded.original_range(*place[-1])[1]
        if number > 5:
            hints.append(Hint("and elsewhere"))
            break
        before = _short(document.text[max(0, start - 40) : start].strip()[-32:])
        message = f"place {number}, behind “{before}”" if before else f"place {number}"
        hints.append(Hint(message, Span(document.path, start, end)))
    return hints


def _whole_words(text: str, start: int, end: int) -> str:
    before = re.search(rf"\S{{0,{_LONGEST_WORD}}}$", text[max(0, start - _LONGEST_WORD) : start])
    behind = re.match(rf"\S{{0,{_LONGEST_WORD}}}", text[end : end + _LONGEST_WORD])
    word = (before.group() if before else "") + text[start:end]
    return _short(word + (behind.group() if behind else ""))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + "…"
