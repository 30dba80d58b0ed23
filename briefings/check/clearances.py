"""Entries in which nothing was wrong, by a digest of all that their check went by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import field, is_dataclass

from briefings.check.figure_texts import answers
from briefings.check.figures import OnRecord, Support
from briefings.check.quotes.anchors import QuoteCheck
from briefings.core.digests import content_of, digest_of, values_of
from briefings.core.groups import grouped
from briefings.core.model import (
    Account,
    Actor,
    Anchor,
    Document,
    Fact,
    FactBase,
    FactId,
    Outcome,
    Passage,
    Place,
    Source,
    SourceId,
    Summary,
)
from briefings.core.span import Span
from briefings.core.values import dataclass

Entry = Fact | Summary | Account
"""What is checked by itself, with what it rests on."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """What the check came to for an entry that it said nothing against.

    `quotes` run parallel to the evidence of a fact; other entries have none.
    """

    quotes: tuple[QuoteCheck, ...]
    figures: OnRecord


@dataclass(slots=True)
class Clearances:
    """What the last check came to, and what this one does, each as a text of JSON, by digest.

    Every digest is of all that the rules look at in an entry and in what it rests on, places
    aside. Nothing is taken from `last` but under the digest of what stands there now, and each
    exact quote is held against its document again. `digests` are those of what entries say, by the
    place of the id, as far as reading them has told.
    """

    last: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[Span, str] = field(default_factory=dict)
    now: dict[str, str] = field(default_factory=dict)
    _fresh: dict[Span, str | None] = field(default_factory=dict)

    def recall(
        self, base: FactBase, documents: Mapping[SourceId, Document]
    ) -> dict[Span, Clearance]:
        """The clearances that are known, by the place of the entry."""
        digests = _digests(base, documents, self.digests)
        known: dict[Span, Clearance] = {}
        for entry in (*base.facts.values(), *base.prose):
            digest = digests.get(entry.span)
            packed = self.last.get(digest) if digest is not None else None
            clearance = _unpacked(packed, entry, documents) if packed is not None else None
            if digest is not None and packed is not None and clearance is not None:
                known[entry.span] = clearance
                self.now[digest] = packed
            else:
                self._fresh[entry.span] = digest
        return known

    def keep(
        self,
        base: FactBase,
        quotes: Iterable[QuoteCheck],
        figures: Mapping[Span, OnRecord],
        reported: AbstractSet[Span],
    ) -> None:
        """Keep what came of the entries that were not known, if nothing was reported of them.

        Args:
            base: The whole base.
            quotes: What the gate said of all quotes.
            figures: What the record carries of the figures of each entry.
            reported: Every place of an entry at which something was reported.
        """
        by_fact = grouped((quote.fact, quote) for quote in quotes if quote.fact is not None)
        answered = answers(base)
        silent: list[tuple[str, str]] = []
        unknown = set(reported)
        for entry in (*base.facts.values(), *base.prose):
            if entry.span not in self._fresh:
                continue
            own = by_fact.get(entry.id, []) if isinstance(entry, Fact) else []
            places = set(_places(entry))
            if isinstance(entry, Fact):
                places.update(_places(tuple(text for _, text in answered.get(entry.id, ()))))
            unknown -= places
            digest = self._fresh[entry.span]
            if digest is not None and places.isdisjoint(reported):
                silent.append((digest, _packed(own, figures.get(entry.span, OnRecord()))))
        unknown.difference_update(*map(_places, base.actors.values()))  # whose titles are quotes
        if not unknown:  # else something was reported of an entry, and nobody can tell of which
            self.now.update(silent)


def _digests(
    base: FactBase, documents: Mapping[SourceId, Document], known: Mapping[Span, str]
) -> dict[Span, str]:
    """By place: the digest of each entry whose documents are all there.

    Facts that work something out are left aside: summaries and accounts may state the results.
    What the check takes from the names in a statement stands beside what the fact itself says; of a
    fact that names somebody it hangs on all names, for its quotes may have another.
    """

    def own(entry: Entry | Source | Actor | Place) -> str:
        return known.get(entry.span) or digest_of(content_of(entry))

    languages = digest_of(base.languages)
    sources = {name: own(each) for name, each in base.sources.items()}
    actors = {name: own(each) for name, each in base.actors.items()}
    places = {name: own(each) for name, each in base.places.items()}
    names = digest_of((languages, list(actors.items()), list(places.items())))
    answered = answers(base)
    digests: dict[Span, str] = {}
    by_fact: dict[FactId, str] = {}
    for fact in base.facts.values():
        cited = [evidence.source for evidence in fact.evidence]
        if fact.derived or any(name not in documents for name in cited):
            continue
        digest = digest_of(
            (
                languages,
                own(fact),
                [sources[name] for name in cited],
                [(name, actors.get(name)) for name in fact.actors],
                [(name, places.get(name)) for name in fact.places],
                names if fact.actors or fact.places else "",
                [content_of(text) for _, text in answered.get(fact.id, ())],
                [str(base.facts[name].due) for name in fact.outcome_of if name in base.facts],
            )
        )
        digests[fact.span] = by_fact[fact.id] = digest
    codes = grouped((each.entry, each.code) for each in base.acceptances if each.section == "facts")
    for entry in base.prose:
        carriers = [name for name in entry.facts if name in base.facts]
        if all(name in by_fact for name in carriers):
            rest = [(by_fact[name], codes.get(name)) for name in carriers]
            digests[entry.span] = digest_of((names, own(entry), rest))
    return digests


def _places(value: object) -> Iterator[Span]:
    """All places in a value."""
    parts = value if isinstance(value, tuple) else values_of(value)
    for each in parts:
        if type(each) is Span:
            yield each
        elif type(each) is not str and (isinstance(each, tuple) or is_dataclass(each)):
            yield from _places(each)


def _packed(quotes: Iterable[QuoteCheck], figures: OnRecord) -> str:
    """A clearance as a text: of a large base there are many, and lists take ten times the room."""
    return json.dumps(
        [
            [
                [
                    quote.outcome.value,
                    [[each.start, each.end, each.line, each.paragraph] for each in anchor.passages],
                    list(quote.folded),
                ]
                for quote in quotes
                if (anchor := quote.anchor) is not None
            ],
            [[each.fact, each.language, each.figure, each.by] for each in figures.supports],
            [list(each) for each in figures.unread],
        ],
        separators=(",", ":"),
    )


def _unpacked(
    packed: str, entry: Entry, documents: Mapping[SourceId, Document]
) -> Clearance | None:
    """A clearance as it was packed; None if an exact quote does not stand where it did."""
    quotes, supports, unread = json.loads(packed)
    evidence = entry.evidence if isinstance(entry, Fact) else ()
    checks: list[QuoteCheck] = []
    for index, (each, (how, passages, folded)) in enumerate(zip(evidence, quotes, strict=True)):
        outcome = Outcome(how)
        places = tuple(Passage(*numbers) for numbers in passages)
        if outcome is Outcome.EXACT and len(places) == 1:
            text = documents[each.source].text
            if text[places[0].start : places[0].end] != each.quote.strip():
                return None
        anchor = Anchor(each.source, places, outcome)
        fact = entry.id if isinstance(entry, Fact) else None
        checks.append(QuoteCheck(fact, index, each.source, outcome, anchor, tuple(folded)))
    if not supports and not unread:
        return Clearance(tuple(checks), _NOTHING)
    return Clearance(
        tuple(checks),
        OnRecord(
            tuple(Support(FactId(fact), *rest) for fact, *rest in supports),
            tuple((language, whole) for language, whole in unread),
        ),
    )


_NOTHING = OnRecord()
