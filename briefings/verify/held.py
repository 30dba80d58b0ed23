"""A brief held against a desk: its record, its quotes, and what the base says by now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

from briefings.compose.context import quoted
from briefings.core.edition import Citation, Edition
from briefings.core.model import CheckedBase, ContestId, Fact, FactId, TopicId
from briefings.core.record import Record
from briefings.core.snapshot import FactState, Snapshot
from briefings.verify.verdict import Fault, Finding, State

__all__ = ["compare_quotes", "compare_record", "since"]


def compare_record(snapshot: Snapshot, content: bytes, record: Record) -> Iterator[Fault]:
    """Where a file is not the one that was issued for its brief, language and day.

    Args:
        snapshot: What the file's own data say.
        content: All its bytes.
        record: What the desk has on record for the same brief, language and day.

    """
    issued = record.snapshot
    if issued.fingerprint != snapshot.fingerprint:
        message = f"the desk issued edition {issued.edition} for that day, and not this one"
        yield Fault(message)
    elif sha256(content).hexdigest() not in record.files.values():
        yield Fault("the desk issued that edition in other files than this one")


def compare_quotes(edition: Edition, checked: CheckedBase) -> tuple[Finding, tuple[Fault, ...]]:
    """Whether each quote stands in its document, where the data say that it does."""
    faults: list[Fault] = []
    changed = 0
    for citation in edition.citations:
        source = checked.base.sources.get(citation.source.id)
        if source is not None and source.sha256 != citation.source.sha256:
            changed += 1
        elif source is None or not _stands(citation, checked):
            message = f"quote {citation.number} does not stand in {citation.source.id}"
            faults.append(Fault(message, says=citation.text))
    total = len(edition.citations)
    if faults:
        return Finding(State.FAILS, f"{len(faults)} of {total} do not stand there"), tuple(faults)
    if changed:
        text = f"{changed} of {total} not looked up: the desk has another text of their document"
        return Finding(State.UNCHECKED, text), ()
    return Finding(State.HOLDS, f"{total} looked up in the desk's documents, all stand there"), ()


def _stands(citation: Citation, checked: CheckedBase) -> bool:
    document = checked.documents.get(citation.source.id)
    return document is not None and quoted(document, citation.anchor) == citation.text


def since(snapshot: Snapshot, checked: CheckedBase) -> Iterator[str]:
    """What the base says by now otherwise than the brief did.

    Points of other topics than its own a brief refers to and does not tell: they are none of it.
    """
    own = _own_topics(snapshot, checked)
    contests = [each for each in checked.base.contests.values() if not own or each.topic in own]
    contested = {
        fact: [contest.id for contest in contests if fact in contest.positions]
        for fact in checked.base.facts
    }
    for state in snapshot.facts:
        fact = checked.base.facts.get(state.id)
        if fact is None:
            yield f"{state.id}: the base does not have it any more"
        else:
            yield from _changed(state, fact, snapshot.language, contested)


def _own_topics(snapshot: Snapshot, checked: CheckedBase) -> frozenset[TopicId]:
    """The topics that all facts of a brief share; none of a brief that goes across topics."""
    facts = (checked.base.facts.get(state.id) for state in snapshot.facts)
    topics = [frozenset(fact.topics) for fact in facts if fact is not None]
    return frozenset.intersection(*topics) if topics else frozenset()


def _changed(
    state: FactState, fact: Fact, language: str, contested: Mapping[FactId, list[ContestId]]
) -> Iterator[str]:
    if fact.withdrawn is not None:
        why = fact.withdrawn.why.best(language)[1]
        instead = fact.withdrawn.replaced_by
        then = f"; in its place: {instead}" if instead is not None else ""
        yield f"{state.id}: withdrawn on {fact.withdrawn.on}: {why}{then}"
    if (text := fact.statement.best(language)[1]) != state.statement:
        yield f"{state.id}: revised: {text}"
    if fact.credibility != state.credibility:
        yield f"{state.id}: its credibility is {fact.credibility.value} by now"
    for contest in contested[fact.id]:
        if contest not in state.contests:
            yield f"{state.id}: contested by now: {contest}"
