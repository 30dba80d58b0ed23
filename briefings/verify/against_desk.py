"""A brief held against a desk: its record, its quotes, and what the base says by now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from briefings.compose.context import quoted
from briefings.core.carried import CarriedDocument
from briefings.core.edition import Citation, Edition
from briefings.core.model import CheckedBase, ContestId, Document, Fact, FactId, SourceId, TopicId
from briefings.core.record import Record
from briefings.core.snapshot import FactState, Snapshot
from briefings.verify.verdict import Fault, Finding, State


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
    """Whether each quote stands in the desk's documents, where the data say that it does."""
    digests = {name: source.sha256 for name, source in checked.base.sources.items()}
    return _looked_up(edition, checked.documents, digests, "the desk's documents")


def compare_carried(
    edition: Edition, carried: Sequence[CarriedDocument]
) -> tuple[Finding, tuple[Fault, ...]]:
    """Whether each quote stands in the documents that the brief brings along.

    They are those that were captured if they have the SHA-256 that the edition cites them with.
    """
    cited = {citation.source.id: citation.source.sha256 for citation in edition.citations}
    forged = tuple(
        Fault(f"the document of {each.source} that it carries is not the one that it cites")
        for each in carried
        if sha256(each.text.encode()).hexdigest() != cited.get(SourceId(each.source))
    )
    if forged:
        return Finding(State.FAILS, "the documents that it carries are not those cited"), forged
    documents = {
        name: Document(name, "", each.text.removeprefix("\ufeff"), ())
        for each in carried
        for name in [SourceId(each.source)]
    }
    return _looked_up(edition, documents, cited, "the documents that it carries")


def _looked_up(
    edition: Edition,
    documents: Mapping[SourceId, Document],
    digests: Mapping[SourceId, str],
    where: str,
) -> tuple[Finding, tuple[Fault, ...]]:
    """Whether each quote stands in `documents`, of which `digests` are the SHA-256."""
    faults: list[Fault] = []
    changed = 0
    for citation in edition.citations:
        digest = digests.get(citation.source.id)
        if digest is not None and digest != citation.source.sha256:
            changed += 1
        elif digest is None or not _stands(citation, documents):
            message = f"quote {citation.number} does not stand in {citation.source.id}"
            faults.append(Fault(message, says=citation.text))
    total = len(edition.citations)
    if faults:
        return Finding(State.FAILS, f"{len(faults)} of {total} do not stand there"), tuple(faults)
    if changed:
        text = f"{changed} of {total} not looked up: {where} have another text of theirs"
        return Finding(State.UNCHECKED, text), ()
    return Finding(State.HOLDS, f"{total} looked up in {where}, all stand there"), ()


def _stands(citation: Citation, documents: Mapping[SourceId, Document]) -> bool:
    document = documents.get(citation.source.id)
    return document is not None and quoted(document, citation.anchor) == citation.text


def since(snapshot: Snapshot, checked: CheckedBase) -> Iterator[str]:
    """What the base says by now otherwise than the brief did.

    Points of other topics than its own a brief refers to and does not tell: they are none of it.
    """
    own = _own_topics(snapshot, checked)
    contests = [each for each in checked.base.contests.values() if not own or each.topic in own]
    contested: dict[FactId, list[ContestId]] = {fact: [] for fact in checked.base.facts}
    for contest in contests:
        for fact in dict.fromkeys(contest.positions):
            contested[fact].append(contest.id)
    for state in snapshot.facts:
        now = checked.base.facts.get(state.id)
        if now is None:
            yield f"{state.id}: the base does not have it any more"
        else:
            yield from _changed(state, now, snapshot.language, contested)


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
