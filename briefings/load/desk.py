"""A desk's folder to a fact base and its documents: the only reader of a desk's files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import field, replace
from itertools import islice
from pathlib import Path, PurePosixPath
from shlex import quote

from briefings.core import files
from briefings.core.addresses import is_web
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.languages import CATALOGUES
from briefings.core.limits import (
    ALL_VALUES,
    BASE,
    COMMENTS,
    DOCUMENT,
    DOCUMENTS,
    FILE,
    VALUES,
    Limit,
)
from briefings.core.model import Document, FactBase, Outcome, Source, SourceId
from briefings.core.span import SourceText, Span
from briefings.core.values import dataclass
from briefings.load import decode, documents, piecewise, yamltree
from briefings.load.formats import format_of
from briefings.load.piecewise import Memory, Sheet
from briefings.load.recalled import Recalled, Stale
from briefings.load.yamltree import Node, Scalar


@dataclass(frozen=True, slots=True)
class Loaded:
    """What stands in a desk's folder.

    `base` is None if its head could not be read, and else holds every entry without a mistake.
    `standing` are the ids of all its facts, broken ones too; None where a mistake may hide some.
    `texts` are all texts read, by desk-relative path, `reads` their SHA-256. A source is either
    in `documents` or, with its outcome for every quote from it, in `unproven`. `digests` are of
    what entries say, by the place of the id, as far as they are known; equal ones say the same.
    `values` are how many values each file of the base holds, lists and maps included. `trouble`
    says in a lower-case clause why what was read could not be kept; empty if it could.
    """

    root: Path
    base: FactBase | None
    standing: frozenset[str] | None
    documents: Mapping[SourceId, Document]
    unproven: Mapping[SourceId, Outcome]
    texts: Mapping[str, SourceText]
    reads: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]
    digests: Mapping[Span, str]
    values: Mapping[str, int]
    trouble: str = ""


def load(
    path: Path, drafts: Mapping[str, bytes] | None = None, memory: Memory | None = None
) -> Loaded:
    """Read the base at `path`, the files that it includes and the documents that it cites.

    No mistake of the desk is raised: whatever could be read is there, beside what is wrong with
    the rest.

    Args:
        path: The base's own file; its folder is the desk, out of which nothing is read.
        drafts: What files are to hold, by desk-relative path: read instead of what they hold.
        memory: What is known of these files, to which what this reading brings is added; without
            one, they are read whole.

    Returns:
        What stands there, with every mistake in files, in their shape and in documents on record.
        No quote has been looked for.
    """
    try:
        return _load(path, _Reading(path.parent, drafts or {}, memory))
    except Stale:  # of what waited: it has a mistake, or is not what it seemed to be
        assert memory is not None
        now = replace(memory, waits=False)
        return _load(path, _Reading(path.parent, drafts or {}, now))


def _load(path: Path, reading: _Reading) -> Loaded:
    """What stands at a path.

    Raises:
        Stale: What is to wait has to be read before.
    """
    root = reading.tree(path.name, Span(path.name, 0, 0))
    decoded = _Decoded(None, [], None, {})
    if root is not None:
        decoded = reading.base(root, reading.included(root, path.name))
    base, standing = decoded.base, decoded.standing
    if decode.hides(reading.diagnostics):
        standing = None
    reading.diagnostics += decoded.mistakes
    if base is not None:
        for source in base.sources.values():
            reading.document(source)
            reading.original(source)
        reading.shared(base)
        reading.catalogues()
    return Loaded(
        root=path.parent,
        base=base,
        standing=standing,
        documents=reading.documents,
        unproven=reading.unproven,
        texts=reading.texts,
        reads=reading.reads,
        diagnostics=tuple(reading.diagnostics),
        digests=decoded.digests,
        values=reading.values,
    )


def comments(content: bytes) -> int:
    """How many lines of a file of a base hold nothing but a comment, or nothing, by its bytes.

    No value is made of them, but each costs what a line costs.
    """
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return sum(1 for _ in _NO_VALUE.finditer(content))


_NO_VALUE = re.compile(rb"\n[ \t]*(?=[#\n])")


@dataclass(frozen=True, slots=True)
class _Sum:
    """The most that files of a kind may have together, and what is told beyond that."""

    what: str
    limit: Limit
    code: str
    hint: str


_BASE = _Sum(
    "the files of the base",
    BASE,
    "unreadable-file",
    "part the desk: each has room for so much, so let topics that share no facts be two desks",
)
_COMMENTS = _Sum(
    "the comments and empty lines of the base",
    COMMENTS,
    "unreadable-file",
    "take out those that say nothing, or part the desk",
)
_DOCUMENTS = _Sum(
    "the documents",
    DOCUMENTS,
    "source-unreadable",
    "part the desk: each has room for so much; or capture long documents as the chapters that"
    " facts quote",
)


@dataclass(frozen=True, slots=True)
class _Decoded:
    """What the trees of a base come to, as `decode` has it, and the digests of its entries."""

    base: FactBase | None
    mistakes: list[Diagnostic]
    standing: frozenset[str] | None
    digests: Mapping[Span, str]


@dataclass(slots=True)
class _Reading:
    root: Path
    drafts: Mapping[str, bytes]
    memory: Memory | None
    sheets: dict[str, Sheet] = field(default_factory=dict)
    contexts: dict[str, bytes] = field(default_factory=dict)
    documents: dict[SourceId, Document] = field(default_factory=dict)
    unproven: dict[SourceId, Outcome] = field(default_factory=dict)
    texts: dict[str, SourceText] = field(default_factory=dict)
    reads: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    folders: dict[str, dict[str, bool]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    values: dict[str, int] = field(default_factory=dict)

    def _report(self, code: str, message: str, span: Span, *hints: Hint | str) -> None:
        self.diagnostics.append(diagnostic(code, message, span, *hints))

    def tree(self, path: str, named_at: Span) -> Node | None:
        """The YAML tree of the file at `path`, which was named at `named_at`.

        Of one that is to be read by pieces, it is the tree of all that is no entry.
        """
        content = self._bytes(path, named_at, "unreadable-file")
        if content is None or not self._fits(_BASE, len(content), path, named_at):
            return None
        if not self._fits(_COMMENTS, comments(content), path, named_at):
            return None
        if not self._is_text(path, content, named_at, "unreadable-file"):
            return None
        self.texts[path] = SourceText(path, content.decode("utf-8-sig"))
        if self.memory is not None:
            head = next(iter(self.contexts.values()), b"")
            sheet = piecewise.sheet(self.texts[path], self.memory, head)
            self.contexts[path] = piecewise.context(self.texts[path], sheet, head)
            if sheet is not None and sum(self.values.values()) + sheet.values <= ALL_VALUES.most:
                self.values[path] = sheet.values
                self.sheets[path] = sheet
                return sheet.head
        return self._whole(path)

    def _whole(self, path: str) -> Node | None:
        left = ALL_VALUES.most - sum(self.values.values())
        if left <= 0:  # which was told of the file before
            return None
        limit, most = (VALUES, VALUES.most) if left >= VALUES.most else (ALL_VALUES, left)
        root, diagnostics, count = yamltree.parse_within(self.texts[path], limit, most)
        self.values[path] = count
        self.diagnostics += diagnostics
        return root

    def base(self, root: Node, included: list[Node]) -> _Decoded:
        """The base in the trees of its files, with what is wrong with it."""
        if self.memory is None:
            base, mistakes, standing = decode.decode(root, included, self.texts)
            return _Decoded(base, mistakes, standing, {})
        files = tuple(tree.span.path for tree in (root, *included))
        trees = {tree.span.path: tree for tree in (root, *included)}
        while True:
            sheets = tuple(self.sheets.values())
            trees.update((sheet.source.path, piecewise.tree(sheet)) for sheet in sheets)
            first, *rest = (trees[path] for path in files)

            def settle(sheets: tuple[Sheet, ...] = sheets) -> None:
                trees.clear()
                for sheet in sheets:
                    piecewise.release(sheet)

            recalled = Recalled(
                piecewise.known(sheets),
                self.contexts,
                settle,
                piecewise.waiting(sheets),
                keeps=self.memory.put is not None,
            )
            try:
                base, mistakes, standing = decode.decode(first, rest, self.texts, recalled)
            except Stale as stale:
                if any(place in recalled.waiting for place in stale.pieces):
                    raise
                for path, piece in stale.pieces:
                    piecewise.read(self.sheets[path], piece)
                continue
            if base is None and recalled.waiting:  # nobody has looked at what is wrong with these
                raise Stale(recalled.waiting)
            self._count(sheets)
            wrong = [*self.diagnostics, *mistakes]
            digests = piecewise.keep(sheets, self.memory, base, recalled, wrong)
            return _Decoded(base, mistakes, standing, digests)

    def _count(self, sheets: Collection[Sheet]) -> None:
        """Count the values of files whose entries waited.

        Raises:
            Stale: There are too many: whoever reads all of them tells where.
        """
        self.values.update((each.source.path, each.values) for each in sheets)
        most = max((each.values for each in sheets if each.waiting), default=0)
        if most > VALUES.most // 2 or (most and sum(self.values.values()) > ALL_VALUES.most):
            raise Stale(piecewise.waiting(sheets))

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
            paths = files.matching(self.root, pattern.value.strip(), self.folders)
        except files.OutsideFolder as error:
            message = f"{pattern.value!r} leaves the desk: {error}"
            self._report("outside-desk", message, pattern.span)
            return []
        except files.Unreadable as error:
            message = f"{pattern.value!r} can't be read: {error}"
            self._report("unreadable-file", message, pattern.span, *error.hints)
            return []
        if not paths:
            message = f"{pattern.value!r} matches no file of the desk"
            hint = "give its path from the folder of `facts.yaml`; `*` stands for part of a name"
            self._report("unreadable-file", message, pattern.span, hint)
        return paths

    def original(self, source: Source) -> None:
        """Compare what the document of `source` was captured from with its hash on record."""
        if source.original is None:
            return
        content = self._bytes(source.original, source.original_span, "source-unreadable")
        digest = self.reads.get(source.original)
        if content is not None and source.original_sha256 not in (None, digest):
            message = f"{source.original} is not what `{source.id}` was captured from"
            step = "put the file back as it was, or take `original` out of the entry"
            self._report("source-changed", message, source.original_span, step)

    def document(self, source: Source) -> None:
        """Read the document of `source`, and compare it with its hash on record."""
        content = self._bytes(source.file, source.file_span, "source-unreadable", DOCUMENT)
        path, place, code = source.file, source.file_span, "source-unreadable"
        if (
            content is None
            or not self._fits(_DOCUMENTS, len(content), path, place)
            or not self._is_text(path, content, place, code, source.language)
        ):
            self.unproven[source.id] = Outcome.UNREADABLE
            return
        if self.reads[path] != source.sha256:
            self.diagnostics.append(self._changed(source, content))
            self.unproven[source.id] = Outcome.CHANGED
            return
        empty = "it is empty", "capture the document again, or give the file that holds its text"
        if (unread := documents.too_much(content) if content.strip() else empty) is not None:
            why, *hints = unread
            self._report(code, f"{path} can't be read: {why}", place, *hints)
            self.unproven[source.id] = Outcome.UNREADABLE
            return
        document = documents.decode(source.id, source.file, content, source.paragraphs)
        self.texts[source.file] = SourceText(source.file, document.text)
        self.documents[source.id] = document
        for index, what in islice(documents.disturbances(document), 1):
            message = f"{source.file} holds {what}"
            hint = Hint("here, and perhaps elsewhere", Span(source.file, index, index + 1))
            step = "look at the place; if the capture is at fault, capture the document again"
            self._report("document-characters", message, source.file_span, step, hint)

    def _changed(self, source: Source, content: bytes) -> Diagnostic:
        """What is to be said of a document that is not the one on record."""
        digest, place = self.reads[source.file], source.sha256_span
        if (what := documents.as_recorded(content, source.sha256)) is not None:
            message = f"{source.file} is the document on record but for one thing: {what}"
            hints = [f"if its text was meant to be so: `sha256: {digest}`"]
            if "line ends" in what:
                hints.insert(
                    0,
                    f"git does so: write `{source.file} -text` into .gitattributes, delete the file"
                    " and get it back with `git checkout`",
                )
            return diagnostic("source-changed", message, place, *hints)
        message = f"{source.file} is not the document on record for source `{source.id}`"
        return diagnostic(
            "source-changed",
            message,
            place,
            "put the file back as it was captured",
            f"if it is a new capture: `sha256: {digest}`, and read every quote from it again",
        )

    def catalogues(self) -> None:
        """Read the words that the desk brings for our pages; what they say is held against ours."""
        for path in self._catalogues():
            place = Span(path, 0, 0)
            content = self._bytes(path, place, "unreadable-file")
            if content is not None and self._is_text(path, content, place, "unreadable-file"):
                self.texts[path] = SourceText(path, content.decode("utf-8-sig"))

    def _catalogues(self) -> list[str]:
        """Where they stand. That there is none is true only where they could be looked for."""
        folder = PurePosixPath(CATALOGUES).parent.name
        place = Span(folder, 0, 0)
        if (self.root / folder).is_symlink():
            message = f"{folder!r} is a link, which is not followed: no words are read"
            self._report("outside-desk", message, place, "move the folder here")
            return []
        if (self.root / folder).exists() and not (self.root / folder).is_dir():
            message = f"{folder!r} is no folder: no words are read"
            self._report("unreadable-file", message, place, "give it another name, or move it away")
            return []
        try:
            return files.matching(self.root, CATALOGUES)
        except files.Unreadable as error:
            message = f"{folder!r} can't be looked through: {error}"
            self._report("unreadable-file", message, place, *error.hints)
            return []

    def shared(self, base: FactBase) -> None:
        """Report sources that are one and the same document."""
        first: dict[str, Source] = {}
        for source in base.sources.values():
            other = first.setdefault(source.sha256, source)
            if other is not source:
                message = f"source `{source.id}` is the document of source `{other.id}`"
                hint = Hint("the other", other.sha256_span)
                step = "keep one of the two, and let all facts cite it"
                self._report("document-shared", message, source.sha256_span, step, hint)

    def _fits(self, kind: _Sum, size: int, path: str, named_at: Span) -> bool:
        """Whether there is room for one more file of a kind; the first without any is told.

        All are in memory at once, and take several times their size.
        """
        before = self.sizes.get(kind.what, 0)
        self.sizes[kind.what] = after = before + size
        if before <= kind.limit.most < after:
            message = (
                f"{path} can't be read: with it, {kind.what} of this desk are more than"
                f" {kind.limit.shown}, and a check holds all of them in memory"
            )
            self._report(kind.code, message, named_at, kind.hint, kind.limit.raising)
        return after <= kind.limit.most

    def _is_text(
        self, path: str, content: bytes, place: Span, code: str, language: str = ""
    ) -> bool:
        """Whether a file is a text as we read them; what it is else is reported."""
        other = format_of(content, path, language)
        if other is not None:
            self._report(code, f"{path} can't be read: it is {other.what}", place, other.hint)
        return other is None

    def _bytes(
        self, path: str, named_at: Span, unreadable: str, limit: Limit = FILE
    ) -> bytes | None:
        try:
            content = (
                self.drafts[path] if path in self.drafts else files.read(self.root, path, limit)
            )
        except files.OutsideFolder as error:
            message = f"{path!r} leaves the desk: {error}"
            self._report("outside-desk", message, named_at)
            return None
        except files.Unreadable as error:
            message = f"{path!r} can't be read: {error}"
            self._report(unreadable, message, named_at, *(error.hints or _of_an_address(path)))
            return None
        self.reads[path] = hashlib.sha256(content).hexdigest()
        return content


def _of_an_address(path: str) -> tuple[str, ...]:
    """What is to be done where a web address stands for a file."""
    if not is_web(path):
        return ()
    command = f"briefings capture {quote(path)}"
    return (f"a source is a file of the desk: `{command}` makes one of the page, with its `url`",)
