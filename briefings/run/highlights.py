"""Highlights of other programs become candidates of the desk, each proven in its document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from briefings.authoring import queue
from briefings.authoring.draft import OpenDesk
from briefings.authoring.queue import Candidate
from briefings.check.quotes import nearest
from briefings.check.quotes.fold import fold
from briefings.core import files
from briefings.core.addresses import is_web, split
from briefings.core.characters import in_a_line, line_by_line, visible
from briefings.core.diagnostics import (
    Diagnostic,
    Hint,
    Refused,
    as_json,
    diagnostic,
    location,
    unknown_name,
)
from briefings.core.excerpts import head
from briefings.core.limits import HIGHLIGHTS
from briefings.core.model import Document, Outcome, SourceId
from briefings.core.span import Span
from briefings.core.values import dataclass
from briefings.edit.quoting import elided, likeliest, parts_of, places, quoted, selectors, trimmed
from briefings.highlights import exports
from briefings.highlights.highlight import Export, Highlight, NotHighlights

_MOST_NEAREST = 50
"""For so many quotes that stand nowhere the nearest passage is looked for."""
_SHOWN = 90
_ENDS = re.compile(r"\A[\W_]+|[\W_]+\Z")


@dataclass(frozen=True, slots=True)
class ImportedPassage:
    """A highlight as a candidate; `number` is that of its annotation, `span` its place.

    `outcome` says whether the document has it to the letter or folded, `is_new` whether the desk
    had no such candidate.
    """

    number: int
    candidate: Candidate
    span: Span
    outcome: Outcome
    is_new: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """What an export comes to: passages in its order, and what is wrong with the others.

    `unquoted` annotations mark no words; `decided` is what the desk had written down before.
    """

    passages: tuple[ImportedPassage, ...]
    diagnostics: tuple[Diagnostic, ...]
    unquoted: int
    decided: queue.Kept


def read_export(path: Path) -> Export:
    """The annotations of a file.

    Raises:
        Refused: With status 2: there is no such file; with status 1: it is no export.
    """
    try:
        return exports.read(files.read(path.parent, path.name, HIGHLIGHTS))
    except files.Missing as error:
        message = f"there is no file {visible(str(path))!r}"
        hints = error.hints or ("give its path from the folder that you are in",)
        raise Refused.by(2, "not-imported", message, *hints) from error
    except (files.Unreadable, files.OutsideFolder) as error:
        hints = getattr(error, "hints", ()) or ("give the file that the other program has written",)
        raise _unread(path, str(error), *hints) from error
    except NotHighlights as error:
        raise _unread(path, str(error), error.hint) from error


def import_into(desk: OpenDesk, export: Export, source: SourceId | None) -> Imported:
    """The candidates that an export comes to; nothing is written yet.

    Args:
        desk: The desk that gets them.
        export: The annotations.
        source: Whose document all of them mark. Without it, an annotation's own source counts, or
            its address; one that has neither belongs to the one document that has its words, and
            one whose address no source has to the one that has no address.

    Raises:
        Refused: With status 2: there is no such source; with status 1: the candidates that the
            desk has can't be read.
    """
    if source is not None and source not in desk.base.sources:
        raise Refused(2, [unknown_name("source", source, desk.base.sources)])
    decided = queue.kept(desk.path.parent)
    proofs = _Proofs(desk, export, source)
    known = set(decided.candidates)
    passages = []
    for highlight in export.highlights:
        for candidate, span, outcome in proofs.of(highlight):
            is_new = candidate.key not in known
            known.add(candidate.key)
            passages.append(ImportedPassage(highlight.number, candidate, span, outcome, is_new))
    broken = [
        diagnostic("not-imported", f"{export.row} {each.number} can't be read: {each.why}", None)
        for each in export.broken
    ]
    return Imported(tuple(passages), (*broken, *proofs.diagnostics), export.unquoted, decided)


def keep(desk: OpenDesk, imported: Imported) -> None:
    """Write down the candidates that are new.

    Raises:
        Refused: As of `queue.extend`.
    """
    queue.extend(desk.path.parent, imported.decided, (each.candidate for each in imported.passages))


def as_text(desk: OpenDesk, imported: Imported) -> str:
    """A line for each passage: its place, what became of it, its words."""
    lines = (
        f"{location(each.span, desk.loaded.texts)}: {'new' if each.is_new else 'there already'},"
        f" {each.outcome}: “{head(each.candidate.quote, _SHOWN)}”"
        for each in imported.passages
    )
    return line_by_line(lines)


def as_object(desk: OpenDesk, imported: Imported) -> dict[str, object]:
    """All of them for machines."""
    return {
        "passages": [
            {
                "number": each.number,
                "source": each.candidate.source,
                "quote": each.candidate.quote,
                "note": each.candidate.note,
                "place": location(each.span, desk.loaded.texts),
                "outcome": each.outcome.value,
                "new": each.is_new,
            }
            for each in imported.passages
        ],
        "unquoted": imported.unquoted,
        "diagnostics": [as_json(each, desk.loaded.texts) for each in imported.diagnostics],
    }


def summary(imported: Imported) -> str:
    """How many of each."""
    new = sum(each.is_new for each in imported.passages)
    parts = [f"{new} new", f"{len(imported.passages) - new} there already"]
    parts += [f"{len(imported.diagnostics)} reported"]
    if imported.unquoted:
        parts.append(f"{imported.unquoted} that mark no words")
    return ", ".join(parts)


class _Proofs:
    """The passages of highlights, with what is wrong with those that have none."""

    def __init__(self, desk: OpenDesk, export: Export, source: SourceId | None) -> None:
        self._desk = desk
        self._export = export
        self._source = source
        self._addressed = _by_address(desk)
        self._words: dict[SourceId, nearest.Paragraphs] = {}
        self._lost = 0
        self.diagnostics: list[Diagnostic] = []

    @cached_property
    def _folded(self) -> Mapping[SourceId, str]:
        documents = self._desk.loaded.documents
        return {source: fold(document.text).text for source, document in documents.items()}

    def of(self, highlight: Highlight) -> Iterator[tuple[Candidate, Span, Outcome]]:
        """What a highlight marks: a passage of each paragraph that it runs over."""
        document = self._document(highlight)
        if document is None:
            return
        spans = _standing(highlight, document)
        if not spans:
            self._report_lost(highlight, document)
            return
        start, end = likeliest(document, spans, highlight.prefix, highlight.suffix)
        for low, high in document.paragraphs:
            if low < end and start < high:
                place = trimmed(document, max(start, low), min(end, high))
                yield self._passage(highlight, document, *place)

    def _passage(
        self, highlight: Highlight, document: Document, start: int, end: int
    ) -> tuple[Candidate, Span, Outcome]:
        quote = quoted(document, start, end)
        selector = next(selectors(document, start, end))
        candidate = Candidate(
            document.source,
            quote,
            note=highlight.note,
            origin=self._export.program,
            prefix=selector.prefix or "",
            suffix=selector.suffix or "",
        )
        is_exact = quote in highlight.quote and quote == document.text[start:end]
        outcome = Outcome.EXACT if is_exact else Outcome.FOLDED
        return candidate, Span(document.path, start, end), outcome

    def _document(self, highlight: Highlight) -> Document | None:
        """The document that a highlight marks, None if it is told that there is none."""
        documents, sources = self._desk.loaded.documents, self._desk.base.sources
        web = [each for each in highlight.addresses if is_web(each)]
        source = self._source or SourceId(highlight.source)
        if not source:
            addressed = (self._addressed.get(_address(each)) for each in web)
            source = next(filter(None, addressed), SourceId(""))
        if source in documents:
            return documents[source]
        if source in sources:
            message = (
                f"the document of `{source}` can't be read, which {self._row(highlight)} marks"
            )
            hint = "`briefings check` says why"
            self.diagnostics.append(diagnostic("not-imported", message, None, hint))
        elif source:
            unknown = unknown_name("source", source, sources)
            message = f"{unknown.message}, which {self._row(highlight)} marks"
            self.diagnostics.append(replace(unknown, message=message))
        elif web and len(unaddressed := self._unaddressed(highlight)) == 1:
            return unaddressed[0]
        elif web:
            message = f"no source has the address of {self._row(highlight)}: {visible(web[0])}"
            hint = "make one of it with `briefings capture`, or name the source with --source"
            self.diagnostics.append(diagnostic("not-imported", message, None, hint))
        else:
            return self._only_one(highlight)
        return None

    def _only_one(self, highlight: Highlight) -> Document | None:
        """The one document that has the words of a highlight."""
        having = self._having(highlight)
        if len(having) == 1:
            return having[0]
        words = f"“{head(highlight.quote, _SHOWN)}”"
        where = "several documents" if having else "no document"
        message = f"{words} of {self._row(highlight)} stands in {where}, and it names none"
        hint = "name its source with --source"
        self.diagnostics.append(diagnostic("quote-not-found", message, None, hint))
        return None

    def _unaddressed(self, highlight: Highlight) -> list[Document]:
        """The documents that have its words and whose sources have no address, as of a PDF."""
        sources = self._desk.base.sources
        return [each for each in self._having(highlight) if sources[each.source].url is None]

    def _having(self, highlight: Highlight) -> list[Document]:
        """The documents that have the words of a highlight."""
        # Most documents do not hold its letters at all, and need not be searched for its place.
        parts = [_ENDS.sub("", fold(part).text) for part in parts_of(highlight.quote)]
        return [
            document
            for source, document in self._desk.loaded.documents.items()
            if all(part in self._folded[source] for part in parts)
            and _standing(highlight, document)
        ]

    def _report_lost(self, highlight: Highlight, document: Document) -> None:
        self._lost += 1
        words = f"“{head(highlight.quote, _SHOWN)}”"
        message = f"{words} of {self._row(highlight)} does not stand in `{document.source}`"
        hints: list[Hint] = []
        if self._lost <= _MOST_NEAREST:
            if document.source not in self._words:
                self._words[document.source] = nearest.paragraphs(document)
            folded = fold(highlight.quote).text.strip()
            near = nearest.passage(folded, document, self._words[document.source])
            if near is not None:
                hints = [Hint(near.message, Span(document.path, near.start, near.end))]
        self.diagnostics.append(diagnostic("quote-not-found", message, None, *hints))

    def _row(self, highlight: Highlight) -> str:
        return f"{self._export.row} {highlight.number}"


def _standing(highlight: Highlight, document: Document) -> tuple[tuple[int, int], ...]:
    """Where the words of a highlight stand; those that an ellipsis leaves out are taken in."""
    return places(highlight.quote, document) or elided(highlight.quote, document)


def _by_address(desk: OpenDesk) -> Mapping[str, SourceId]:
    """The sources by their addresses; of two with one address the later, which is newer."""
    sources = desk.base.sources.values()
    return {_address(each.url): each.id for each in sources if each.url is not None}


def _address(url: str) -> str:
    """An address without what two programs write of it in two ways."""
    _, _, proxied = url.partition("://via.hypothes.is/")
    parts = split(proxied or url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def _unread(path: Path, why: str, *hints: str) -> Refused:
    message = f"{visible(str(path))!r} can't be imported: {in_a_line(why)}"
    return Refused.by(1, "not-imported", message, *hints)
