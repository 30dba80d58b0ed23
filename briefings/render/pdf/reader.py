"""A finished PDF, opened to be read: written by us, whole, and no byte outside of its objects.

qpdf reads the objects. What it would pass over in silence (bytes between the objects, an older
version of the file, comments, what stands behind a packed stream) is refused here first, and so is
whatever would cost more than a brief of ours can: a file may come from anyone.
"""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import islice

import pikepdf

from briefings.core.limits import Limit
from briefings.core.values import dataclass

LARGEST_STREAM = 64 * 2**20
"""The most bytes that one stream may hold when it is unpacked."""

MOST_OBJECTS = 300_000
"""The most objects of a file; a brief has about 700 a page, and 66,000 of a thousand facts."""

MOST_BY_THEMSELVES = 50_000
"""The most that stand in a file by themselves, not packed together; a brief has two a page."""

MOST_PAGES = 10_000
"""The most pages, and branches of their tree; a brief of a thousand facts has fifty."""

# What qpdf may use to unpack; it holds for the whole process, and pictures are never unpacked. A
# most of warnings is not set: with one, qpdf goes through all pages before anybody counts them.
pikepdf.settings.set_qpdf_limits(flate_max_memory=LARGEST_STREAM, dct_max_memory=LARGEST_STREAM)


class UnreadablePdf(Exception):
    """The file is unlike what we write; the message says in what, in one lower-case clause."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """An opened file.

    `source` is the text of all objects as it stands in the file, unpacked, without what streams
    hold: whatever a reader could make of it, no name and no text is anywhere else. `streams` are
    those that hold anything else than such a text, by the number of the object.
    """

    document: pikepdf.Pdf
    source: bytes
    streams: dict[int, pikepdf.Stream]


@dataclass(frozen=True, slots=True)
class _Written:
    """An object that stands in the file by itself: its number, first byte, and text.

    Of a stream it is the text of its dictionary; `held` says where its bytes are.
    """

    number: int
    start: int
    text: bytes
    held: slice | None


# The form in which pydyf writes, and no other.
_FIRST = re.compile(rb"%PDF-1\.7\n%\xf0\x9f\x96\xa4\n")
_LAST = re.compile(rb"startxref\n(\d{1,10})\n%%EOF\n?\Z")
_END_OF_FILE = re.compile(rb"startxref\n\d{1,10}\n%%EOF\n?")
_MOST_ENDS = 4
_SIGNS = b"/ByteRange"
_HEAD = re.compile(rb"(\d{1,10}) 0 obj\n")
_STREAM, _END_OF_STREAM, _END = b"\nstream\n", b"\nendstream\nendobj\n", b"\nendobj\n"
_LENGTH = re.compile(rb"/Length (\d{1,10})(?!\d)")
_TABLE = re.compile(rb"/Type /XRef\b.*/Index \[0 (\d{1,10})\]/W \[1 [1-8] [1-8]\]", re.DOTALL)
_LONGEST_TABLE = 2000
# An older table, one of another kind, and a lock.
_NOT_IN_TABLE = (b"/Prev", b"/XRefStm", b"/Encrypt")
_FILTER = re.compile(rb"/Filter(?! /(?:FlateDecode|DCTDecode)[/>])")
_SPELT_OUT = re.compile(rb"#[4-7]")
"""A letter in a name, in the code that is for other signs: `/Fi#6cter`."""

# Names, numbers, brackets, texts, words; not comments, nor the brackets of programs.
_PLAIN = re.compile(
    rb"(?:[\t\n\r !\"#$&'*+,\-./0-9:;=?@A-Z\[\\\]^_`a-z|~]++"
    rb"|<<|>>|<[0-9A-Fa-f\t\n\r ]*+>|\((?:[^()\\]++|\\.)*+\))*+",
    re.DOTALL,
)


def read_pdf(content: bytes) -> Pdf:
    """Open a file that we wrote.

    Raises:
        UnreadablePdf: It is unlike ours, damaged, encrypted, or too large when unpacked.
    """
    global _refused  # noqa: PLW0603 # a memory of one, which changes no answer
    if _refused[0] is content:
        raise UnreadablePdf(_refused[1])
    try:
        return _read(content)
    except UnreadablePdf as error:
        _refused = content, str(error)
        raise


_refused: tuple[bytes | None, str] = None, ""
"""The last file that could not be read, and what was told: to find it out may take long."""


def _read(content: bytes) -> Pdf:
    written = list(islice(_written(content), MOST_BY_THEMSELVES + 1))
    if len(written) > MOST_BY_THEMSELVES:
        raise UnreadablePdf(f"more than {MOST_BY_THEMSELVES:,} of its objects are not packed")
    _check_table(written[-1].text)
    try:
        document = opened(content)
        streams, pack = _streams(document, written, content)
    except pikepdf.PasswordError:
        raise UnreadablePdf("it is encrypted") from None
    except pikepdf.PdfError:
        raise UnreadablePdf("its objects are damaged") from None
    texts = [each.text for each in written]
    if pack is not None:
        texts.append(unpacked(streams.pop(pack)))
    if not all(map(is_plain, texts)):
        raise UnreadablePdf("an object is none of our ways to write")
    return Pdf(document, b"\n".join(texts), streams)


def opened(content: bytes) -> pikepdf.Pdf:
    """A file of any program, opened as it stands, with few enough pages for qpdf to go through.

    Raises:
        UnreadablePdf: It has too many, or what stands among them is none.
        pikepdf.PdfError: It is damaged, or encrypted.
    """
    document = pikepdf.open(BytesIO(content), attempt_recovery=False, inherit_page_attributes=False)
    _require_few_pages(document.Root.get("/Pages"))
    return document


def _require_few_pages(tree: object) -> None:
    found, waiting = 1, [tree]
    while waiting:
        each = waiting.pop()
        if not isinstance(each, pikepdf.Dictionary):
            raise UnreadablePdf("something among its pages is none")
        kids = each.get("/Kids")
        if kids is None:
            continue
        if not isinstance(kids, pikepdf.Array):
            raise UnreadablePdf("its pages are no list")
        found += len(kids)
        if found > MOST_PAGES:
            raise UnreadablePdf(f"it has more than {MOST_PAGES:,} pages")
        waiting.extend(kids)


def unsigned(content: bytes) -> bytes | None:
    """The file that was signed, as we wrote it; None if there is nothing behind a file of ours."""
    for _, end in zip(range(_MOST_ENDS), _END_OF_FILE.finditer(content), strict=False):
        # The line end behind the last word may be the first byte of what was added.
        for stop in (end.end(), len(content[: end.end()].rstrip(b"\n"))):
            first, behind = content[:stop], content[stop:]
            if _SIGNS not in behind:
                return None
            try:
                read_pdf(first).document.close()
            except UnreadablePdf:
                continue
            return first
    return None


@contextmanager
def expecting_ours() -> Iterator[None]:
    """While objects of an opened file are taken for what we write: none is passed over.

    Raises:
        UnreadablePdf: One lacks something, is of another type, or makes pikepdf warn.
    """
    with warnings.catch_warnings(action="error"):
        try:
            yield
        except (
            pikepdf.PdfError,
            pikepdf.PasswordError,
            UserWarning,
            AttributeError,
            LookupError,
            TypeError,
            ValueError,
        ) as error:
            raise UnreadablePdf("an object in it is not what we write there") from error


def text_of(each: pikepdf.Object) -> bytes:
    """An object as it is written; of a stream, of which qpdf writes but its number, what it says.

    That is all but its bytes.
    """
    own = each.stream_dict if isinstance(each, pikepdf.Stream) else each
    return bytes(own.unparse(resolved=True))


def is_plain(text: bytes) -> bool:
    """Whether all of it is names, numbers, texts, words and brackets: no comment, and no picture.

    In round brackets there are no unescaped ones.
    """
    return _PLAIN.fullmatch(text) is not None


def unpacked(stream: pikepdf.Stream, limit: Limit | None = None) -> bytes:
    """The bytes of a stream, no more than a limit allows; all that stands in the file counts.

    Raises:
        UnreadablePdf: It is damaged, too large, or packed as we do not.
    """
    packing, data = stream.get("/Filter"), stream.read_raw_bytes()
    if packing is None:
        return data
    if packing != "/FlateDecode" or "/DecodeParms" in stream:
        raise UnreadablePdf(f"a stream is packed in a way that we do not use: {packing!r}")
    most = LARGEST_STREAM if limit is None else limit.most
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(data, most + 1)
    except zlib.error:
        raise UnreadablePdf("a stream is damaged") from None
    if len(plain) > most:
        if limit is not None:
            raise UnreadablePdf(f"a stream is larger than {limit.shown}; {limit.raising}")
        raise UnreadablePdf(f"a stream is larger than {most // 2**20} MiB")
    if not unpacking.eof or unpacking.unused_data:
        raise UnreadablePdf("a stream is not what it says")
    return plain


def _written(content: bytes) -> Iterator[_Written]:
    """The objects as they follow each other in the file; the last one is the table of all."""
    first, last = _FIRST.match(content), _LAST.search(content, max(0, len(content) - 64))
    if first is None or last is None:
        raise UnreadablePdf("it is no PDF as we write them")
    place, table = first.end(), -1
    while place != last.start():
        head = _HEAD.match(content, place)
        if head is None:
            raise UnreadablePdf(f"something stands outside of all objects, at byte {place}")
        end = content.find(_END, head.end() - 1)
        if end < 0:
            raise UnreadablePdf(f"the object at byte {place} has no end")
        table = place
        body = content.find(_STREAM, head.end(), end)
        if body < 0:
            yield _Written(int(head[1]), place, content[head.end() : end], None)
            place = end + len(_END)
            continue
        text = content[head.end() : body]
        held = _held(content, text, body + len(_STREAM))
        yield _Written(int(head[1]), place, text, held)
        place = held.stop + len(_END_OF_STREAM)
    if table != int(last[1]):
        raise UnreadablePdf("its last object is not its table of references")


def _held(content: bytes, text: bytes, start: int) -> slice:
    length = _LENGTH.search(text)
    if length is None:
        raise UnreadablePdf(f"the stream at byte {start} has no length")
    if _FILTER.search(text) or _SPELT_OUT.search(text):
        raise UnreadablePdf(f"the stream at byte {start} is packed in a way that we do not use")
    stop = start + int(length[1])
    if not content.startswith(_END_OF_STREAM, stop):
        raise UnreadablePdf(f"the stream at byte {start} is cut off")
    return slice(start, stop)


def _check_table(text: bytes) -> None:
    """Before it is read: it is one of ours, the only one, and not larger than ours can be."""
    table = _TABLE.search(text[:_LONGEST_TABLE])
    if table is None or len(text) > _LONGEST_TABLE or any(key in text for key in _NOT_IN_TABLE):
        raise UnreadablePdf("it has no table of references as we write them")
    if int(table[1]) > MOST_OBJECTS:
        raise UnreadablePdf(f"its table of references names more than {MOST_OBJECTS:,} objects")


def _streams(
    document: pikepdf.Pdf, written: list[_Written], content: bytes
) -> tuple[dict[int, pikepdf.Stream], int | None]:
    """All streams but the table, and the number of the one that other objects are packed in.

    After this it is sure that qpdf has read just what stands in the file.
    """
    table = document.get_xref_table()
    places = {key: entry.offset for key, entry in table.items() if entry.type == 1}
    if len(places) != len(written) or places != {(each.number, 0): each.start for each in written}:
        raise UnreadablePdf("its table of references leads elsewhere than to its objects")
    streams = {
        each.objgen[0]: each for each in document.objects if isinstance(each, pikepdf.Stream)
    }
    for each in written:
        data = streams[each.number].read_raw_bytes() if each.number in streams else None
        if data != (None if each.held is None else content[each.held]):
            raise UnreadablePdf(f"object {each.number} is not what it says")
    del streams[written[-1].number]
    packs = {entry.obj_stream_number for entry in table.values() if entry.type == 2}
    if len(packs) > 1 or not packs <= streams.keys():
        raise UnreadablePdf("its objects are in more than one pack")
    if not len(document.pages) or document.get_warnings():
        raise UnreadablePdf("its objects are damaged")
    return streams, next(iter(packs), None)
