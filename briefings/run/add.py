"""A fact to be added: its passage found, by its words or by the number of its sentence."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.authoring.draft import OpenDesk
from briefings.authoring.new_entry import NewEntry
from briefings.authoring.proposal import DocumentRange, document_of
from briefings.check.quotes import nearest
from briefings.check.quotes.fold import fold
from briefings.core.characters import in_a_line
from briefings.core.diagnostics import Hint, Refused, as_json, diagnostic, in_order, location
from briefings.core.excerpts import head, tail
from briefings.core.model import SourceId
from briefings.core.span import Span
from briefings.edit.cited import cited_passages, citing
from briefings.edit.document_sentences import sentences
from briefings.edit.quoting import places, trimmed

_MOST_NEAREST = 3


def find_passages(
    desk: OpenDesk, text: str, source: SourceId | None = None
) -> tuple[DocumentRange, ...]:
    """Where a passage stands in the documents of the desk, or in that of one source.

    Args:
        desk: The desk.
        text: The passage, as the gate would read it.
        source: Whose document is looked through; None for all.

    Returns:
        Each place, in the order of the base; never empty.

    Raises:
        Refused: With status 1: it stands nowhere; with status 2: there is no such source.
    """
    if source is not None:
        document_of(desk, source)
    passages = tuple(
        DocumentRange(name, *trimmed(document, start, end))
        for name, document in desk.loaded.documents.items()
        if source in (None, name)
        for start, end in places(text, document)
    )
    if passages:
        return passages
    where = f"does not stand in `{source}`" if source else "stands in no document"
    message = f"“{head(' '.join(text.split()), 90)}” {where}"
    raise Refused(
        1,
        [diagnostic("quote-not-found", message, None, *_nearest(desk, text, source))],
        desk.loaded.texts,
    )


def sentence(desk: OpenDesk, source: SourceId, number: int) -> DocumentRange:
    """A sentence of a document by its number, from 1, as `briefings coverage` counts them.

    Args:
        desk: The open desk.
        source: Whose document it is.
        number: From 1.

    Raises:
        Refused: With status 2: there is no such source, or it has fewer sentences.
    """
    document = document_of(desk, source)
    ranges = sentences(document)
    if not 1 <= number <= len(ranges):
        message = f"there is no sentence {number} in `{source}`, which has {len(ranges)}"
        hint = f"`briefings coverage {source}` numbers them"
        raise Refused.by(2, "unknown-name", message, hint)
    return DocumentRange(source, *trimmed(document, *ranges[number - 1]))


def numbered(desk: OpenDesk, source: SourceId) -> tuple[str, ...]:
    """The sentences of a document, one a line, each behind its number from 1.

    Raises:
        Refused: As of `document_of`.
    """
    document = document_of(desk, source)
    return tuple(
        in_a_line(f"{number:3} {' '.join(document.text[start:end].split())}")
        for number, (start, end) in enumerate(sentences(document), 1)
    )


def places_told(desk: OpenDesk, passages: tuple[DocumentRange, ...]) -> tuple[str, ...]:
    """Each passage with its place and the words around it."""
    lines = []
    for each in passages:
        document = desk.loaded.documents[each.source]
        words = (
            f"{tail(document.text[: each.start], 40)}⟨{document.text[each.start : each.end]}⟩"
            f"{head(document.text[each.end :], 40)}"
        )
        where = location(Span(document.path, each.start, each.end), desk.loaded.texts)
        lines.append(in_a_line(f"{where}: {' '.join(words.split())}"))
    return tuple(lines)


def cited_already(desk: OpenDesk, passage: DocumentRange) -> Iterator[str]:
    """What the facts say whose quotes share words with a passage, each with its id."""
    passages = cited_passages(desk.checked.quotes).get(passage.source, ())
    for name in next(citing([(passage.start, passage.end)], passages)):
        yield f"`{name}` cites it too: {desk.base.facts[name].statement.forms[0][1]}"


def as_object(proposal: NewEntry, *, written: bool) -> dict[str, object]:
    """The proposal for machines."""
    texts = proposal.draft.checked.texts
    return {
        "written": written,
        "file": proposal.file,
        "entry": proposal.fields,
        "yaml": proposal.lines,
        "diagnostics": [as_json(each, texts) for each in in_order(proposal.draft.added)],
    }


def _nearest(desk: OpenDesk, text: str, source: SourceId | None) -> list[Hint | str]:
    """The passages that come nearest, of those documents that share most words with the text."""
    folded = fold(text).text.strip()
    words = set(folded.split())
    shared = {
        name: len(words.intersection(fold(document.text).text.split()))
        for name, document in desk.loaded.documents.items()
        if source in (None, name)
    }
    ranked = sorted((name for name in shared if shared[name]), key=lambda name: -shared[name])
    hints: list[Hint | str] = []
    for name in ranked[:_MOST_NEAREST]:
        document = desk.loaded.documents[name]
        near = nearest.passage(folded, document, nearest.paragraphs(document))
        if near is not None:
            hints.append(Hint(near.message, Span(document.path, near.start, near.end)))
    return hints or ["copy it from the document, as the desk has it"]
