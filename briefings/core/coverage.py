"""How much of a document the facts of a base rest on."""

from __future__ import annotations

from briefings.core.model import Document, FactId, Source
from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True)
class CoveredSentence:
    """A sentence of a document: half-open code points, and the facts that cite any of it.

    `number` is its own in the document, `paragraph` that of its paragraph, both from 1.
    """

    number: int
    start: int
    end: int
    paragraph: int
    facts: tuple[FactId, ...]


@dataclass(frozen=True, slots=True)
class DocumentCoverage:
    """A document, sentence by sentence."""

    source: Source
    document: Document
    sentences: tuple[CoveredSentence, ...]

    @property
    def uncited(self) -> tuple[CoveredSentence, ...]:
        """The sentences that no fact rests on."""
        return tuple(each for each in self.sentences if not each.facts)

    @property
    def facts(self) -> tuple[FactId, ...]:
        """The facts that rest on the document, each once, in order of place."""
        return tuple(dict.fromkeys(fact for each in self.sentences for fact in each.facts))
