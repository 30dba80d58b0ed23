"""Hold an issued brief against the base: which of its sentences were taken back since."""

from __future__ import annotations

from datetime import date

from briefings.compose.context import quoted
from briefings.core.correction import Corrected, Correction, SourcedQuote
from briefings.core.knowledge import facts_known
from briefings.core.marking import markings
from briefings.core.model import CheckedBase, Fact, FactBase, FactId, Marking
from briefings.core.record import Record
from briefings.core.snapshot import FactState


def correct(checked: CheckedBase, record: Record) -> Correction | None:
    """Hold an issued brief against the base.

    Args:
        checked: The base as it is now.
        record: The brief as it was issued.

    Returns:
        Every sentence of it that was withdrawn since, with what holds in its place; None if all
        that it said still stands.
    """
    items = tuple(
        _corrected(checked, state, fact)
        for state in record.snapshot.facts
        if (fact := checked.base.facts.get(state.id)) is not None and fact.withdrawn
    )
    if not items:
        return None
    gone = {item.state.id for item in items}
    snapshot = record.snapshot
    summary = snapshot.summary
    return Correction(
        desk=checked.base.title,
        record=record,
        day=max(_days(checked.base, items)),
        marking=_marking(checked.base, record, items),
        items=items,
        judgements=tuple(
            judgement
            for judgement in snapshot.judgements
            if not gone.isdisjoint(judgement.rests_on)
        ),
        accounts=tuple(
            account for account in snapshot.accounts if not gone.isdisjoint(account.facts)
        ),
        summary=summary if summary and not gone.isdisjoint(summary.facts) else None,
    )


def _corrected(checked: CheckedBase, state: FactState, fact: Fact) -> Corrected:
    assert fact.withdrawn is not None
    sources = checked.base.sources
    named = dict.fromkeys(quote.source for quote in state.quotes)
    now = _holds_now(checked.base, fact)
    return Corrected(
        state=state,
        withdrawal=fact.withdrawn,
        quotes=tuple(
            SourcedQuote(quote.text, quote.source, sources.get(quote.source))
            for quote in state.quotes
        ),
        retracted=tuple(
            sources[name] for name in named if name in sources and sources[name].retracted
        ),
        now=now,
        now_quotes=_passages(checked, now) if now is not None else (),
    )


def _holds_now(base: FactBase, fact: Fact) -> Fact | None:
    """What holds in the place of a withdrawn fact; what replaced it may be replaced itself."""
    seen: set[FactId] = set()
    while fact.withdrawn is not None:
        name = fact.withdrawn.replaced_by
        if name is None or name in seen:
            return None
        seen.add(name)
        fact = base.facts[name]
    return fact


def _passages(checked: CheckedBase, fact: Fact) -> tuple[SourcedQuote, ...]:
    return tuple(
        SourcedQuote(
            quoted(checked.documents[anchor.source], anchor),
            anchor.source,
            checked.base.sources[anchor.source],
        )
        for anchor in checked.anchors[fact.id]
    )


def _days(base: FactBase, items: tuple[Corrected, ...]) -> list[date]:
    """Every day on which something became known that the notice tells."""
    known = facts_known(base)
    days = [item.withdrawal.on for item in items]
    days += [known[item.now.id] for item in items if item.now is not None]
    retracted = [source.retracted for item in items for source in item.retracted]
    return days + [retraction.on for retraction in retracted if retraction is not None]


def _marking(base: FactBase, record: Record, items: tuple[Corrected, ...]) -> Marking:
    """The highest of what was said, of why it no longer holds, and of what does."""
    facts = [item.state.id for item in items]
    facts += [item.now.id for item in items if item.now is not None]
    marked = markings(base)
    quotes = [quote for item in items for quote in (*item.quotes, *item.now_quotes)]
    return max(
        base.marking,
        record.snapshot.marking,
        *(marked.facts[fact] for fact in facts),
        *(quote.source.marking for quote in quotes if quote.source is not None),
    )
