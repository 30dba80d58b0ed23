"""The whole check: the quote gate and every rule, and the checked base if all is well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from briefings.check import edges, judgements
from briefings.check.acceptance import Accepted, answered
from briefings.check.claims import claims, turned_answers
from briefings.check.clearances import Clearances
from briefings.check.figures import Comparing, Figures, Support
from briefings.check.key_figures import key_figures
from briefings.check.paragraphs import paragraphs
from briefings.check.quotes import anchors
from briefings.check.quotes.anchors import QuoteCheck
from briefings.check.rules import RULES, UNCHECKED
from briefings.check.unchecked import Unchecked
from briefings.check.wording import named_abroad, other_names
from briefings.check.wording.names import Lookups, TakenNames, unlisted_names, with_names
from briefings.core.diagnostics import Diagnostic, diagnostic, failed
from briefings.core.model import (
    Account,
    Anchor,
    CheckedBase,
    Document,
    Fact,
    FactBase,
    FactId,
    Outcome,
    SourceId,
    Summary,
)
from briefings.core.values import dataclass

_AT_ONCE = 500
"""Facts of which all rules read the texts before they are forgotten."""

_FEW = 64
"""Entries that are not parted: another process would take longer to begin with."""

_HERE = 0.3
"""The part of the entries that is checked here while the others are: so are all figures."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is wrong with what facts say, and with prose, by the quotes that either rests on."""

    of_facts: list[Diagnostic]
    of_prose: list[Diagnostic]


Telling: TypeAlias = Callable[[], Said]

Meanwhile: TypeAlias = Callable[[Telling], AbstractContextManager[Telling]]
"""Has something told while other things are done; what it yields waits for it."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found; `checked` is there exactly if no diagnostic is an error.

    `accepted` is what the desk has answered, `unchecked` what no rule has read, `supports` the
    figures that the record carries instead of a quote, `taken` the actors and places that facts
    do not list and their statements name.
    """

    diagnostics: tuple[Diagnostic, ...]
    quotes: tuple[QuoteCheck, ...]
    checked: CheckedBase | None
    accepted: tuple[Accepted, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    supports: tuple[Support, ...] = ()
    taken: tuple[TakenNames, ...] = ()


def check(
    base: FactBase,
    documents: Mapping[SourceId, Document],
    unproven: Mapping[SourceId, Outcome],
    earlier: tuple[Diagnostic, ...] = (),
    clearances: Clearances | None = None,
    *,
    meanwhile: Meanwhile | None = None,
) -> Report:
    """Hold a base against all rules.

    Args:
        base: The base as it was read.
        documents: The text of each source that could be read.
        unproven: Of each other source, what its quotes come to.
        earlier: Diagnostics of loading it, which count as well.
        clearances: What the last check came to, to which what this one comes to is added.
        meanwhile: How some of the entries are checked while others are; None for one by one.

    Returns:
        What is left once the desk's answers are taken off, with a checked base only if no error is
        among that.
    """
    lookups: Lookups = {}
    base, taken = with_names(base, lookups)
    quotes, diagnostics, figures = check_entries(
        base, documents, unproven, clearances, meanwhile, lookups=lookups
    )
    if not quotes and not failed(earlier):
        message = "the base holds no quote: nothing is proven"
        hint = "add a fact: `briefings add`, or `briefings desk`; or write one with `evidence`"
        diagnostics.append(diagnostic("nothing-checked", message, base.span, hint))
    # What a fact lists is not known as long as an id is not.
    unknown = any(each.code == "unknown-reference" for each in earlier)
    unlisted = () if unknown else unlisted_names(base, lookups)
    broken = (each for rule in RULES for each in rule(base))
    left = answered((*earlier, *diagnostics, *broken, *unlisted), base.acceptances)
    passed_over = (each for count in UNCHECKED for each in count(base))
    unchecked = tuple(sorted((*figures.unchecked, *passed_over)))
    report = Report(
        diagnostics=left.diagnostics,
        quotes=quotes,
        checked=None,
        accepted=left.accepted,
        unchecked=unchecked,
        supports=figures.supports,
        taken=taken,
    )
    if failed(left.diagnostics):
        return report
    answering = replace(base, acceptances=tuple(each.answer for each in left.accepted))
    return replace(report, checked=_proven(answering, documents, quotes, figures))


def _proven(
    base: FactBase,
    documents: Mapping[SourceId, Document],
    quotes: Iterable[QuoteCheck],
    figures: Figures,
) -> CheckedBase:
    """A base without an error, with what its check has found out."""
    by_fact: dict[FactId, list[Anchor]] = {fact: [] for fact in base.facts}
    for quote in quotes:
        if quote.fact is not None and quote.anchor is not None:
            by_fact[quote.fact].append(quote.anchor)
    bands = {name: judgements.likelihood(each) for name, each in base.judgements.items()}
    return CheckedBase(
        base,
        documents,
        {fact: tuple(own) for fact, own in by_fact.items()},
        {name: band for name, band in bands.items() if band is not None},
        figures.derived,
        key_figures(base),
    )


def check_entries(
    base: FactBase,
    documents: Mapping[SourceId, Document],
    unproven: Mapping[SourceId, Outcome],
    clearances: Clearances | None,
    meanwhile: Meanwhile | None = None,
    *,
    lookups: Lookups | None = None,
) -> tuple[tuple[QuoteCheck, ...], list[Diagnostic], Figures]:
    """Hold each entry against what it rests on: the part of `check` that clearances spare.

    Its arguments are those of `check`, of a base with the names that its statements bring, and how
    these were found.

    Returns:
        The quotes, what is wrong, and the figures.
    """
    lookups = {} if lookups is None else lookups
    known = clearances.recall(base, documents) if clearances is not None else {}
    facts = [fact for fact in base.facts.values() if fact.span not in known]
    before = {
        fact.id: known[fact.span].quotes for fact in base.facts.values() if fact.span in known
    }
    prose = [entry for entry in base.prose if entry.span not in known]
    if meanwhile is None or len(facts) + len(prose) < _FEW:
        mine, own, meanwhile = len(facts), len(prose), nullcontext
    else:
        mine, own = int(len(facts) * _HERE), int(len(prose) * _HERE)
    with meanwhile(partial(_said, base, facts[mine:], prose[own:])) as said:
        quotes, diagnostics = anchors.resolve(base, documents, unproven, before)
        fresh = [each for each in quotes if each.fact not in before]
        diagnostics += edges.cut_quotes(base, documents, fresh)
        diagnostics += other_names.in_place_of(base, documents, fresh)
        by_place = {place: each.figures for place, each in known.items()}
        comparing = Comparing(base, documents, by_place)
        for first in range(0, len(facts), _AT_ONCE):
            few = facts[first : first + _AT_ONCE]
            diagnostics += named_abroad.renamed(base, documents, few, lookups)
            diagnostics += claims(base, facts[first : min(first + _AT_ONCE, mine)])
            comparing.facts(few)
        of_prose = list(paragraphs(base, prose[:own]))
        figures = comparing.done()
        rest = said()
    diagnostics += [*rest.of_facts, *turned_answers(base, facts), *of_prose, *rest.of_prose]
    diagnostics += figures.diagnostics
    if clearances is not None:
        reported = {each.span for each in diagnostics if each.span is not None}
        clearances.keep(base, quotes, figures.by_entry, reported)
    return quotes, diagnostics, figures


def _said(base: FactBase, facts: Sequence[Fact], prose: Sequence[Summary | Account]) -> Said:
    return Said(list(claims(base, facts)), list(paragraphs(base, prose)))
