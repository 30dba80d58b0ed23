"""A desk's folder to a fact base and its documents: the only reader of a desk's files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from briefings.core import files
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.model import Document, FactBase, Outcome, Source, SourceId
from briefings.core.span import SourceText, Span
from briefings.load import decode, documents, yamltree
from briefings.load.yamltree import Node, Scalar


@dataclass(frozen=True, slots=True)
class Loaded:
    """What stands in a desk's folder.

    `base` is None if its head could not be read, and else holds every entry without a mistake.
    `standing` are the ids of all its facts, broken ones too; None where a mistake may hide some.
    `texts` are all texts read, by desk-relative path, `reads` their SHA-256. A source is either
    in `documents` or, with its outcome for every quote from it, in `unproven`.
    """

    root: Path
    base: FactBase | None
    standing: frozenset[str] | None
    documents: Mapping[SourceId, Document]
    unproven: Mapping[SourceId, Outcome]
    texts: Mapping[str, SourceText]
    reads: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]


def load(path: Path, drafts: Mapping[str, bytes] | None = None) -> Loaded:
    """Read the base at `path`, the files that it includes and the documents that it cites.

    `drafts` stand, by desk-relative path, for what files are to hold: they are read instead.
    """
    reading = _Reading(path.parent, drafts or {})
    root = reading.tree(path.name, Span(path.name, 0, 0))
    base, standing = None, None
    if root is not None:
        included = reading.included(root, path.name)
        base, found, standing = decode.decode(root, included)
        if decode.hides(reading.found):
            standing = None
        reading.found += found
    if base is not None:
        for source in base.sources.values():
            reading.document(source)
        reading.shared(base)
    return Loaded(
        path.parent,
        base,
        standing,
        reading.documents,
        reading.unproven,
        reading.texts,
        reading.reads,
        tuple(reading.found),
    )


@dataclass(slots=True)
class _Reading:
    root: Path
    drafts: Mapping[str, bytes]
    documents: dict[SourceId, Document] = field(default_factory=dict)
    unproven: dict[SourceId, Outcome] = field(default_factory=dict)
    texts: dict[str, SourceText] = field(default_factory=dict)
    reads: dict[str, str] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    def tree(self, path: str, named_at: Span) -> Node | None:
        """The YAML tree of the file at `path`, which was named at `named_at`."""
        content = self._bytes(path, named_at, "unreadable-file")
        if content is None:
            return None
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = f"{path} is not UTF-8: byte {error.start} is {content[error.start]:#04x}"
            self.found.append(diagnostic("unreadable-file", message, named_at))
            return None
        self.texts[path] = SourceText(path, text)
        root, found = yamltree.parse(self.texts[path])
        self.found += found
        return root

    def included(self, root: Node, name: str) -> list[Node]:
        """The trees of the files that the base includes, in order of path, each once."""
        named: dict[str, Span] = {}
        for pattern in decode.include_patterns(root):
            for path in self._matching(pattern):
                if path != name:
                    named.setdefault(path, pattern.span)
        trees = (self.tree(path, named[path]) for path in sorted(named))
        return [tree for tree in trees if tree is not None]

    def _matching(self, pattern: Scalar) -> list[str]:
        try:
            found = files.matching(self.root, pattern.value.strip())
        except files.OutsideFolder as error:
            message = f"{pattern.value!r} leaves the desk: {error}"
            self.found.append(diagnostic("outside-desk", message, pattern.span))
            return []
        except files.Unreadable as error:
            message = f"{pattern.value!r} can't be read: {error}"
            self.found.append(diagnostic("unreadable-file", message, pattern.span))
            return []
        if not found:
            message = f"{pattern.value!r} matches no file"
            self.found.append(diagnostic("unreadable-file", message, pattern.span))
        return found

    def document(self, source: Source) -> None:
        """Read the document of `source`, and compare it with its hash on record."""
        most = files.MAX_DOCUMENT_BYTES
        content = self._bytes(source.file, source.file_span, "source-unreadable", most)
        if content is None:
            self.unproven[source.id] = Outcome.UNREADABLE
            return
        try:
            document = documents.decode(source.id, source.file, content, source.paragraphs)
        except documents.NotText as error:
            message = f"{source.file} can't be read: {error}"
            self.found.append(diagnostic("source-unreadable", message, source.file_span))
            self.unproven[source.id] = Outcome.UNREADABLE
            return
        if (digest := self.reads[source.file]) != source.sha256:
            message = f"{source.file} is not the document on record for source `{source.id}`"
            cure = f"its SHA-256 is now {digest}; restore it, or record that and read it again"
            self.found.append(diagnostic("source-changed", message, source.sha256_span, cure))
            self.unproven[source.id] = Outcome.CHANGED
            return
        self.texts[source.file] = SourceText(source.file, document.text)
        self.documents[source.id] = document
        for index, what in islice(documents.disturbances(document), 1):
            message = f"{source.file} holds {what}"
            hint = Hint("here, and perhaps elsewhere", Span(source.file, index, index + 1))
            self.found.append(diagnostic("document-characters", message, source.file_span, hint))

    def shared(self, base: FactBase) -> None:
        """Report sources that are one and the same document."""
        first: dict[str, Source] = {}
        for source in base.sources.values():
            other = first.setdefault(source.sha256, source)
            if other is not source:
                message = f"source `{source.id}` is the document of source `{other.id}`"
                hint = Hint("the other", other.sha256_span)
                self.found.append(diagnostic("document-shared", message, source.sha256_span, hint))

    def _bytes(
        self, path: str, named_at: Span, unreadable: str, most: int = files.MAX_BYTES
    ) -> bytes | None:
        try:
            content = (
                self.drafts[path] if path in self.drafts else files.read(self.root, path, most)
            )
        except files.OutsideFolder as error:
            message = f"{path!r} leaves the desk: {error}"
            self.found.append(diagnostic("outside-desk", message, named_at))
            return None
        except files.Unreadable as error:
            message = f"{path!r} can't be read: {error}"
            self.found.append(diagnostic(unreadable, message, named_at))
            return None
        self.reads[path] = hashlib.sha256(content).hexdigest()
        return content
