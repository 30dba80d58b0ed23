"""A document sentence by sentence, with the passages that facts rest on."""

from __future__ import annotations

from collections.abc import Mapping

from briefings.authoring.draft import OpenDesk
from briefings.authoring.proposal import document_of
from briefings.core.model import Document, FactId, SourceId
from briefings.core.values import dataclass
from briefings.edit.cited import CitedPassage, cited_passages
from briefings.edit.document_sentences import sentences
from briefings.render.l10n.locales import direction


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document and its half-open ranges of code points, all in order of place.

    `paragraphs` holds the sentences of each paragraph; `direction` is that of its language.
    """

    document: Document
    language: str
    direction: str
    paragraphs: tuple[tuple[tuple[int, int], ...], ...]
    cited: tuple[CitedPassage, ...]

    @property
    def facts(self) -> tuple[FactId, ...]:
        """The facts that cite it, each once."""
        return tuple(dict.fromkeys(each.fact for each in self.cited))


def annotated(desk: OpenDesk, source: SourceId) -> AnnotatedDocument:
    """The document of a source.

    Raises:
        Refused: As of `proposal.document_of`.
    """
    document = document_of(desk, source)
    language = desk.base.sources[source].language
    ranges = iter(sentences(document))
    paragraphs: list[tuple[tuple[int, int], ...]] = []
    ahead = next(ranges, None)
    for _, end in document.paragraphs:
        within: list[tuple[int, int]] = []
        while ahead is not None and ahead[0] < end:
            within.append(ahead)
            ahead = next(ranges, None)
        if within:
            paragraphs.append(tuple(within))
    cited = cited_passages(desk.checked.quotes).get(source, ())
    return AnnotatedDocument(document, language, direction(language), tuple(paragraphs), cited)


def cited_by(desk: OpenDesk) -> Mapping[SourceId, int]:
    """How many facts rest on each document; those on which none does are left out."""
    cited = cited_passages(desk.checked.quotes)
    return {source: len({each.fact for each in passages}) for source, passages in cited.items()}
