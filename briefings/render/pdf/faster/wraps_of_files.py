"""A page kept from being read, and its PDF from being written, piece by piece: see wraps.py."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace
from typing import Any

import pydyf
from weasyprint import tinyhtml5
from weasyprint.pdf.stream import Stream

from briefings.render.pdf.patching import exchanged

_LEVEL = 6

_TAG = re.compile(r'(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"&\0]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')


class _Classes(dict[tuple[Iterable[str], bool], re.Pattern[str]]):
    """As tinyhtml5 writes them: a pattern of all characters but some, or of these alone."""

    def __missing__(self, key: tuple[Iterable[str], bool]) -> re.Pattern[str]:
        characters, is_of_these = key
        codes = "".join(f"\\x{ord(character):02x}" for character in characters)
        self[key] = re.compile(f"[{codes if is_of_these else f'^{codes}'}]+")
        return self[key]


@contextmanager
def markup_cut_quickly() -> Iterator[None]:
    """The patterns by which markup is cut into its parts are kept under the names they have.

    Tinyhtml5 means to keep them, but looks for each under another name than it keeps it by.
    """
    with exchanged("characters_until_regex", _Classes(), tinyhtml5.inputstream):
        yield


@contextmanager
def tags_cut_quickly() -> Iterator[None]:
    """A tag as most are written is cut out whole, not letter by letter.

    One with capitals, an entity or anything unusual is left to tinyhtml5, and so is one that lies
    in two of the pieces in which that reads.
    """
    tokenizer, token_of = tinyhtml5.tokenizer.HTMLTokenizer, tinyhtml5.constants.Token
    open_tag = tokenizer.tag_open_state

    def open_at_once(self: Any) -> bool:
        stream = self.stream
        tag = _TAG.match(stream.chunk, stream.chunk_offset)
        if tag is None:
            return bool(open_tag(self))
        ends, name, written = tag.groups()
        attributes = _ATTRIBUTE.findall(written)
        values = dict(attributes)
        if len(values) < len(attributes) or (ends and attributes):
            return bool(open_tag(self))
        token = {"type": token_of.END_TAG, "name": name, "data": [], "selfClosing": False}
        if not ends:
            token |= {"type": token_of.START_TAG, "data": values, "selfClosingAcknowledged": False}
        stream.chunk_offset = tag.end()
        self.current_token = token
        self.token_queue.append(token)
        self.state = self.data_state
        return True

    with exchanged("tag_open_state", open_at_once, tokenizer):
        yield


@contextmanager
def bytes_by_type() -> Iterator[None]:
    """Text, bytes and numbers are seen by their own type, not by what they might be else."""
    to_bytes = pydyf._to_bytes  # noqa: SLF001 # nothing public

    def quickly(item: Any) -> bytes:
        kind = type(item)
        if kind is bytes:
            known: bytes = item
            return known
        if kind is str:
            return str.encode(item, "ascii")
        if kind is int or (kind is float and item.is_integer()):
            return b"%d" % item
        if kind is float:
            return (b"%f" % item).rstrip(b"0")
        written: bytes = to_bytes(item)
        return written

    with exchanged("_to_bytes", quickly, pydyf):
        yield


class _Around:
    """What is done before and after a block, by two functions instead of a generator."""

    __slots__ = ("_after", "_before")

    def __init__(self, before: Callable[[], None], after: Callable[[], None]) -> None:
        self._before, self._after = before, after

    def __enter__(self) -> None:
        self._before()

    def __exit__(self, *_: object) -> None:
        self._after()


@contextmanager
def marked_at_once() -> Iterator[None]:
    """What is put around each text and picture of a page takes no generator of its own."""
    begin, end = pydyf.Stream.begin_marked_content, pydyf.Stream.end_marked_content

    def stacked(self: Any) -> _Around:
        return _Around(self.push_state, self.pop_state)

    def marked(self: Any, box: Any, tag: str) -> _Around:
        if self._tags is None:
            return _Around(_nothing, _nothing)

        def mark() -> None:
            number = len(self._tags)
            assert box not in self._tags
            self._tags[box] = {"tag": tag, "mcid": number}
            begin(self, tag, pydyf.Dictionary({"MCID": number}))

        return _Around(mark, partial(end, self))

    with exchanged("stacked", stacked, Stream), exchanged("marked", marked, Stream):
        yield


def _nothing() -> None:
    """Nothing is put around what has no tags."""


@contextmanager
def packed_once() -> Iterator[None]:
    """A stream is packed once, not once for the identifier of the file and once to be written."""
    data = pydyf.Stream.data
    known: dict[int, tuple[Any, bytes]] = {}

    def data_once(self: Any) -> bytes:
        if id(self) not in known:
            known[id(self)] = self, data.fget(self)
        return known[id(self)][1]

    with exchanged("data", property(data_once), pydyf.Stream):
        yield


@contextmanager
def written_once() -> Iterator[None]:
    """So it is with what is no stream, from when the file begins to be written."""
    data, write = pydyf.Dictionary.data, pydyf.PDF.write
    known: dict[int, tuple[Any, bytes]] = {}
    is_whole = False

    def data_once(self: Any) -> bytes:
        if not is_whole:
            written: bytes = data.fget(self)
            return written
        if id(self) not in known:
            known[id(self)] = self, data.fget(self)
        return known[id(self)][1]

    def write_whole(*arguments: Any, **options: Any) -> None:
        nonlocal is_whole
        is_whole = True
        write(*arguments, **options)

    with (
        exchanged("data", property(data_once), pydyf.Dictionary),
        exchanged("write", write_whole, pydyf.PDF),
    ):
        yield


@contextmanager
def references_kept() -> Iterator[None]:
    """What an object is called is written once, and not for each element and link that names it."""
    references, reference = pydyf.PDF.page_references, pydyf.Object.reference
    known: dict[tuple[int, int], Any] = {}
    names: dict[tuple[int, int], Any] = {}

    def references_once(self: Any) -> Any:
        key = id(self), len(self.pages["Kids"])
        if key not in known:
            known[key] = references.fget(self)
        return known[key]

    def reference_once(self: Any) -> Any:
        key = self.number, self.generation
        if key not in names:
            names[key] = reference.fget(self)
        return names[key]

    with (
        exchanged("page_references", property(references_once), pydyf.PDF),
        exchanged("reference", property(reference_once), pydyf.Object),
    ):
        yield


@contextmanager
def packed_quickly() -> Iterator[None]:
    """Streams are packed at zlib's usual level, not its highest: a hundredth larger.

    The one wrap that changes bytes, though none of what is packed.
    """
    packer = SimpleNamespace(
        compress=zlib.compress, compressobj=lambda level: zlib.compressobj(min(level, _LEVEL))
    )
    with exchanged("zlib", packer, pydyf):
        yield
