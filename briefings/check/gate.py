"""The whole check: the quote gate and every rule, and the checked base if all is well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefings.check import anchors, judgements
from briefings.check.anchors import QuoteCheck
from briefings.check.figures import Support, Unread, check_figures
from briefings.check.rules import RULES
from briefings.check.statements import unlisted_names
from briefings.core.diagnostics import Diagnostic, diagnostic, failed
from briefings.core.model import Anchor, CheckedBase, Document, FactBase, FactId, Outcome, SourceId


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found; `checked` is there exactly if no diagnostic is an error.

    `supports` are the figures that the record carries instead of a quote, `unread` what of the
    figures could not be compared.
    """

    diagnostics: tuple[Diagnostic, ...]
    quotes: tuple[QuoteCheck, ...]
    checked: CheckedBase | None
    supports: tuple[Support, ...] = ()
    unread: tuple[Unread, ...] = ()


def check(
    base: FactBase,
    documents: Mapping[SourceId, Document],
    unproven: Mapping[SourceId, Outcome],
    earlier: tuple[Diagnostic, ...] = (),
) -> Report:
    """Check a base; `earlier` are diagnostics of loading it, which count as well."""
    quotes, found = anchors.resolve(base, documents, unproven)
    if not quotes and not failed(earlier):
        message = "the base holds no quote: nothing is proven"
        found.append(diagnostic("nothing-checked", message, base.span))
    # What a fact lists is not known as long as an id is not.
    unknown = any(each.code == "unknown-reference" for each in earlier)
    rules = [rule for rule in RULES if rule is not unlisted_names or not unknown]
    figures = check_figures(base, documents)
    broken = (each for rule in rules for each in rule(base))
    diagnostics = (*earlier, *found, *figures.diagnostics, *broken)
    if failed(diagnostics):
        return Report(diagnostics, quotes, None, figures.supports, figures.unread)
    by_fact: dict[FactId, list[Anchor]] = {fact: [] for fact in base.facts}
    for quote in quotes:
        if quote.fact is not None and quote.anchor is not None:
            by_fact[quote.fact].append(quote.anchor)
    bands = {name: judgements.likelihood(each) for name, each in base.judgements.items()}
    checked = CheckedBase(
        base,
        documents,
        {fact: tuple(found) for fact, found in by_fact.items()},
        {name: band for name, band in bands.items() if band is not None},
    )
    return Report(diagnostics, quotes, checked, figures.supports, figures.unread)
