"""The server: what an editor asks, answered from the desk as its texts stand in the editor."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from pygls import uris
from pygls.exceptions import JsonRpcInternalError, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from briefings import __version__
from briefings.authoring.completions import completions
from briefings.authoring.editing import (
    EditedDesk,
    RenameRefused,
    TextEdit,
    explained,
    given,
    mention_at,
    namings,
    passage_at,
    renamed,
)
from briefings.authoring.mends import mends
from briefings.core.characters import visible
from briefings.core.diagnostics import Diagnostic, Severity, in_order, place_of
from briefings.core.filenames import BASE
from briefings.core.overriding import override
from briefings.core.span import SourceText, Span
from briefings.lsp.checking import Checking
from briefings.lsp.positions import offset, place

if TYPE_CHECKING:
    from pygls.server import ServerErrors

_PAUSE = 0.3
"""Seconds without a keystroke, after which the check begins."""
_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
}


class Server(LanguageServer):
    """A server for the desks whose files an editor has open; it writes no file."""

    def __init__(self, base: Path | None) -> None:
        super().__init__("briefings", __version__)
        self._base = base
        self.checking = Checking()
        self._shown: dict[Path, frozenset[str]] = {}
        self._waiting: dict[Path, asyncio.Task[None]] = {}

    @override
    def report_server_error(self, error: Exception, source: ServerErrors) -> None:
        """Tell the editor, but not that it could not be told: it is gone then."""
        if source is not JsonRpcInternalError:
            super().report_server_error(error, source)

    def base_of(self, uri: str) -> Path | None:
        """The base of the desk that a file belongs to: the nearest above it, or the one named."""
        if self._base is not None:
            return self._base.resolve()
        path = _path_of(uri)
        if path is None or path.name == BASE:
            return path
        bases = (folder / BASE for folder in path.parents)
        return next((each for each in bases if _is_file(each)), None)

    async def desk(self, uri: str) -> tuple[EditedDesk, str] | None:
        """The desk of a file as it stands in the editor now, and the file's path in it."""
        base, path = self.base_of(uri), _path_of(uri)
        if base is None or path is None:
            return None
        return await self.checking.desk(base, self._drafts(base)), _relative(path, base)

    async def typed(self, uri: str) -> tuple[EditedDesk, SourceText] | None:
        """The desk of a file as it was last checked, and the file's text by now.

        What comes with each keystroke does not wait for the check.
        """
        base, path = self.base_of(uri), _path_of(uri)
        text = self.workspace.text_documents.get(uri)  # what is not open is not read for it
        if base is None or path is None or text is None:
            return None
        desk = self.checking.last(base) or await self.checking.desk(base, self._drafts(base))
        return desk, SourceText(_relative(path, base), text.source)

    def check_soon(self, uri: str) -> None:
        """Check the desk of a file when nobody has typed for a moment."""
        base = self.base_of(uri)
        if base is None:
            return
        if (waiting := self._waiting.get(base)) is not None:
            waiting.cancel()
        self._waiting[base] = asyncio.get_running_loop().create_task(self._check(base))

    async def _check(self, base: Path) -> None:
        await asyncio.sleep(_PAUSE)
        versions = {each.uri: each.version for each in self.workspace.text_documents.values()}
        desk = await self.checking.desk(base, self._drafts(base))
        by_file: defaultdict[str, list[lsp.Diagnostic]] = defaultdict(list)
        for each in in_order(desk.checked.diagnostics):
            by_file[each.span.path if each.span else base.name].append(self.as_protocol(desk, each))
        # A file without any is told so, too: an editor shows what it was told last.
        for file in sorted({*by_file, *self._shown.get(base, ()), *desk.index}):
            uri = self.uri(desk, file)
            shown = lsp.PublishDiagnosticsParams(uri, by_file.get(file, []), versions.get(uri))
            self.text_document_publish_diagnostics(shown)
        self._shown[base] = frozenset(by_file)

    def _drafts(self, base: Path) -> dict[str, str]:
        """What the editor has open of a desk, by path from its folder."""
        return {
            _relative(Path(document.path), base): document.source
            for document in self.workspace.text_documents.values()
            if Path(document.path).is_relative_to(base.parent)
        }

    def forget(self, uri: str) -> None:
        """Read the files of a desk anew: they have changed on disk."""
        base = self.base_of(uri)
        if base is not None:
            self.checking.forget(base)

    def uri(self, desk: EditedDesk, file: str) -> str:
        """The address of a file of a desk, as the editor has it."""
        path = str(desk.path.parent / file)
        open_ones = self.workspace.text_documents
        known = (uri for uri, document in open_ones.items() if document.path == path)
        return next(known, None) or uris.from_fs_path(path) or ""

    def location(self, desk: EditedDesk, span: Span) -> lsp.Location:
        """A place in a file of the desk."""
        return lsp.Location(self.uri(desk, span.path), place(text_of(desk, span.path), span))

    def as_protocol(self, desk: EditedDesk, each: Diagnostic) -> lsp.Diagnostic:
        """A diagnostic as an editor shows it: places of hints are links, words stand below it."""
        span = place_of(each, desk.texts) or Span(desk.path.name, 0, 0)
        hints = (
            hint for hint in each.hints if hint.span is None or hint.span.path not in desk.texts
        )
        return lsp.Diagnostic(
            place(text_of(desk, span.path), span),
            "\n".join(map(visible, [each.message, *(f"hint: {hint.message}" for hint in hints)])),
            severity=_SEVERITIES[each.severity],
            code=each.code,
            source="briefings",
            related_information=[
                lsp.DiagnosticRelatedInformation(
                    self.location(desk, hint.span), visible(hint.message)
                )
                for hint in each.hints
                if hint.span is not None and hint.span.path in desk.texts
            ],
        )

    def edit(self, desk: EditedDesk, edits: Iterable[TextEdit]) -> lsp.WorkspaceEdit:
        """Edits for the editor to make."""
        by_uri: defaultdict[str, list[lsp.TextEdit]] = defaultdict(list)
        for each in edits:
            where = place(text_of(desk, each.span.path), each.span)
            by_uri[self.uri(desk, each.span.path)].append(lsp.TextEdit(where, each.text))
        return lsp.WorkspaceEdit(changes=dict(by_uri))


def text_of(desk: EditedDesk, file: str) -> SourceText:
    """A text of the desk; an empty one for a file that can't be read."""
    return desk.texts.get(file) or SourceText(file, "")


def serve(base: Path | None) -> None:
    """Answer an editor on standard input and output until it ends the server.

    Args:
        base: The base to check; without it the nearest above each file that is open.
    """
    # A request that is refused is no fault of the server: the editor tells the user why.
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_fault)
    for reader in ("pygls.io_", "pygls.server", "pygls.protocol.json_rpc"):
        logging.getLogger(reader).addFilter(_in_a_line)
    own = server(base)
    own.start_io()
    own.checking.close()


def _is_fault(record: logging.LogRecord) -> bool:
    return record.exc_info is None or not isinstance(record.exc_info[1], JsonRpcInvalidParams)


def _in_a_line(record: logging.LogRecord) -> bool:
    """What is wrong, be it a message that is none, is said without the way through our code."""
    if record.exc_info is not None:
        record.msg, record.args = f"{record.getMessage()}: {record.exc_info[1]!r}"[:300], ()
        record.exc_info = None
    return not str(record.msg).startswith("Unable to deserialize message")  # which is said again


def server(base: Path | None) -> Server:
    """A server that knows what to answer."""
    own = Server(base)
    _follow_texts(own)
    _answer_on_places(own)
    _answer_on_ids(own)
    _answer_on_mistakes(own)
    return own


_OfText = (
    lsp.DidOpenTextDocumentParams | lsp.DidChangeTextDocumentParams | lsp.DidCloseTextDocumentParams
)


def _follow_texts(own: Server) -> None:
    @own.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    @own.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    @own.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def changed(params: _OfText) -> None:
        own.check_soon(params.text_document.uri)

    @own.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        own.forget(params.text_document.uri)
        own.check_soon(params.text_document.uri)

    @own.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def touched(params: lsp.DidChangeWatchedFilesParams) -> None:
        for each in params.changes:
            own.forget(each.uri)
            own.check_soon(each.uri)


def _answer_on_places(own: Server) -> None:
    @own.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(["[", "{", " ", ","]))
    async def complete(params: lsp.CompletionParams) -> lsp.CompletionList | None:
        known = await own.typed(params.text_document.uri)
        if known is None:
            return None
        offered = completions(*known, offset(known[1], params.position))
        return lsp.CompletionList(False, [lsp.CompletionItem(a, detail=b) for a, b in offered])

    @own.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        asked = await _asked(own, params)
        explanation = explained(asked[0], asked[1].path, asked[2]) if asked is not None else None
        if asked is None or explanation is None:
            return None
        words, span = explanation
        where = place(asked[1], span) if span.path == asked[1].path else None
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.PlainText, words), where)

    @own.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    async def define(params: lsp.DefinitionParams) -> lsp.Location | None:
        asked = await _asked(own, params)
        if asked is None:
            return None
        desk, text, at = asked
        span = passage_at(desk, text.path, at)
        if span is None and (mention := mention_at(desk, text.path, at)) is not None:
            entry = given(desk, mention)
            span = entry.span if entry is not None else None
        return own.location(desk, span) if span is not None else None


def _answer_on_ids(own: Server) -> None:
    @own.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    async def refer(params: lsp.ReferenceParams) -> list[lsp.Location]:
        asked = await _asked(own, params)
        mention = mention_at(asked[0], asked[1].path, asked[2]) if asked is not None else None
        if asked is None or mention is None:
            return []
        wanted = namings(asked[0], mention)
        with_own = params.context.include_declaration
        return [own.location(asked[0], each.span) for each in wanted if with_own or not each.gives]

    @own.feature(lsp.TEXT_DOCUMENT_RENAME)
    async def rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        asked = await _asked(own, params)
        mention = mention_at(asked[0], asked[1].path, asked[2]) if asked is not None else None
        if asked is None or mention is None:
            return None
        try:
            return own.edit(asked[0], renamed(asked[0], mention, params.new_name))
        except RenameRefused as error:
            raise JsonRpcInvalidParams(str(error)) from error


def _answer_on_mistakes(own: Server) -> None:
    @own.feature(lsp.TEXT_DOCUMENT_CODE_ACTION)
    async def act(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        known = await own.desk(params.text_document.uri)
        if known is None:
            return []
        desk, file = known
        text = text_of(desk, file)
        within = Span(file, offset(text, params.range.start), offset(text, params.range.end))
        return [
            lsp.CodeAction(
                each.title,
                kind=lsp.CodeActionKind.QuickFix,
                diagnostics=[own.as_protocol(desk, each.of)],
                edit=own.edit(desk, each.edits),
            )
            for each in await own.checking.beside(lambda: tuple(mends(desk, within)))
        ]


_Placed = lsp.HoverParams | lsp.DefinitionParams | lsp.ReferenceParams | lsp.RenameParams


async def _asked(own: Server, params: _Placed) -> tuple[EditedDesk, SourceText, int] | None:
    """The desk, the text and the code point that an editor asks about."""
    known = await own.desk(params.text_document.uri)
    if known is None:
        return None
    desk, file = known
    text = text_of(desk, file)
    return desk, text, offset(text, params.position)


def _path_of(uri: str) -> Path | None:
    """The path of a file on this machine; None for an address of anything else, or of nothing."""
    try:
        name = uris.to_fs_path(uri) if uri.startswith("file:") else None
    except ValueError:
        return None
    return Path(name) if name and "\0" not in name else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # longer than a name may be
        return False


def _relative(path: Path, base: Path) -> str:
    return path.relative_to(base.parent).as_posix() if path.is_relative_to(base.parent) else ""
