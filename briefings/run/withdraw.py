"""A fact or a source that the desk takes back: the fields that say so, put into the base."""

from __future__ import annotations

from datetime import date

from briefings.authoring.draft import Draft, OpenDesk
from briefings.authoring.entry_changes import EntryChange, changed
from briefings.core.characters import visible
from briefings.core.diagnostics import Refused, diagnostic, unknown_name
from briefings.core.knowledge import facts_known
from briefings.core.model import Fact, FactId, SourceId
from briefings.core.values import dataclass
from briefings.edit.insert import Value

_AGAIN = "mend what its entry says, if that is wrong"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A base in which `facts` are withdrawn.

    `others` are sources that carry part of these yet; `hidden` says that what replaces them is from
    now on known later than it was, so that earlier editions no longer show it.
    """

    facts: tuple[Fact, ...]
    others: tuple[SourceId, ...]
    hidden: bool
    draft: Draft


def withdraw(desk: OpenDesk, name: str, on: date, why: str, replaced_by: str) -> TakenBack:
    """A fact withdrawn, or a source retracted with all facts that rest on it; nothing is written.

    Args:
        desk: The desk.
        name: The id of the fact or the source.
        on: The first day whose editions no longer show it.
        why: What was wrong with it.
        replaced_by: The id of the fact that holds in place of a fact; empty if none does.

    Raises:
        Refused: With status 2: there is no such fact or source, or it is taken back already; with
            status 1: as of `changed`.
    """
    fact = desk.base.facts.get(FactId(name))
    source = desk.base.sources.get(SourceId(name)) if fact is None else None
    if fact is None and source is None:
        ids = {*desk.base.sources, *desk.base.facts}
        raise Refused(2, [unknown_name("source and no fact", name, ids)])
    if source is not None and replaced_by:
        message = f"`{name}` is a source, and `{visible(replaced_by)}` replaces a fact"
        hint = "withdraw the facts that it replaces first, each by itself, and then the source"
        raise Refused(2, [diagnostic("bad-value", message, source.span, hint)], desk.loaded.texts)
    earlier = fact.withdrawn if fact is not None else source and source.retracted
    if earlier is not None:
        fault = diagnostic("bad-value", f"`{name}` is taken back already", earlier.span, _AGAIN)
        raise Refused(2, [fault], desk.loaded.texts)
    facts = (fact,) if fact is not None else _resting_on(desk, SourceId(name))
    said: dict[str, Value] = {"on": on.isoformat(), "why": why}
    withdrawn = said | ({"replaced_by": replaced_by} if replaced_by else {})
    changes = [EntryChange(each, {"withdrawn": withdrawn}) for each in facts]
    if source is not None:
        changes.append(EntryChange(source, {"retracted": said}))
    others = {each.source for fact in facts for each in fact.evidence if source is not None}
    left = tuple(sorted(others - {SourceId(name)}))
    after = changed(desk, changes)
    known = [
        facts_known(base).get(FactId(replaced_by))
        for base in (desk.base, after.loaded.base)
        if base
    ]
    return TakenBack(facts, left, len(set(known)) > 1, after)


def _resting_on(desk: OpenDesk, source: SourceId) -> tuple[Fact, ...]:
    return tuple(
        fact
        for fact in desk.base.facts.values()
        if fact.withdrawn is None and any(each.source == source for each in fact.evidence)
    )
