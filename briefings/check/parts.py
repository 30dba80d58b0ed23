"""A large base checked in parts, anywhere: what clears a fact hangs on no other fact.

But where a plan's day carries one of its outcome's: this is cleared in no part without the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from briefings.check.clearances import Clearances
from briefings.check.gate import check_entries
from briefings.check.wording.names import with_names
from briefings.core.model import Document, Fact, FactBase, FactId, SourceId
from briefings.core.values import dataclass

_FACTS = 500
"""How many facts are one part: a few seconds of work."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Some facts of a base, and the documents that they cite."""

    facts: Mapping[FactId, Fact]
    documents: Mapping[SourceId, Document]


@dataclass(frozen=True, slots=True)
class Clearing:
    """Checks the facts of a part; `rest` is all of their base but facts and prose."""

    rest: FactBase

    def __call__(self, part: Portion) -> Mapping[str, str]:
        """The clearances of those facts, as `Clearances` has them by digest."""
        clearances = Clearances()
        check_entries(replace(self.rest, facts=part.facts), part.documents, {}, clearances)
        return clearances.now


def parts(
    base: FactBase, documents: Mapping[SourceId, Document], known: Mapping[str, str]
) -> tuple[Clearing, dict[str, Portion]]:
    """What checks a base in parts, and its parts by name.

    Args:
        base: The base as it was read.
        documents: The text of each source that could be read.
        known: Clearances of an earlier check, whose facts are in no part. Nor are facts that work
            something out, or whose documents are not all there: no check clears these.
    """
    base, _ = with_names(base)
    cleared = Clearances(known).recall(base, documents)
    facts = [
        fact
        for fact in base.facts.values()
        if fact.span not in cleared and not fact.derived and _cited(fact) <= documents.keys()
    ]
    named = {f"part {number}": part for number, part in enumerate(_parts(facts, documents), 1)}
    return Clearing(replace(base, facts={}, summaries={}, accounts={})), named


def _parts(facts: Sequence[Fact], documents: Mapping[SourceId, Document]) -> Iterator[Portion]:
    for start in range(0, len(facts), _FACTS):
        some = facts[start : start + _FACTS]
        cited = sorted({name for fact in some for name in _cited(fact)})
        yield Portion({fact.id: fact for fact in some}, {name: documents[name] for name in cited})


def _cited(fact: Fact) -> set[SourceId]:
    return {evidence.source for evidence in fact.evidence}
