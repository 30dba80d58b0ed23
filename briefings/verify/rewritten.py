"""A PDF that another program has written anew, held against the one that is set of its data.

Numbers and packing of its objects are others; so they are followed from its pages on, and numbered
as they are reached, in both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Any

import pikepdf

from briefings.render.pdf.reader import Pdf, UnreadablePdf, opened, text_of, unpacked
from briefings.verify.verdict import Fault

_MOST_OBJECTS = 200_000

_SIZE = re.compile(rb"/Size\s+(\d{1,10})")
"""Of each table of objects, which is never packed: how many it names."""

_REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f]*>|(\d+) (\d+) R", re.DOTALL)
_PACKING = re.compile(rb"/(?:DecodeParms|Filter|Length) (?:<<.*?>>|\[.*?\]|[^\s/>]+|/\w+) ?")
_ELSEWHERE = frozenset({"/Contents", "/Parent", "/Resources"})
_SHEETS = {
    "/Rotate": "it is turned",
    "/Annots": "its links or notes are not those that are set anew",
    **dict.fromkeys(
        ("/ArtBox", "/BleedBox", "/CropBox", "/MediaBox", "/TrimBox", "/UserUnit"),
        "its sheet is cut otherwise than it is set anew",
    ),
}
_WHOLE = {
    "/AF": "what is attached to it is not what its data make",
    "/Info": "its metadata are not those of its data",
    "/Lang": "the language that it is read in is another",
    "/Metadata": "its metadata are not those of its data",
    "/Names": "what is attached to it, or led to by name, is not what its data make",
    "/Outlines": "its bookmarks are not those of its data",
    "/StructTreeRoot": "its tags are not those of its data",
    **dict.fromkeys(("/AA", "/OpenAction"), "it does something when it is opened"),
}
_ELSE = "it holds what its data do not make"

Held = Callable[[pikepdf.Stream, bytes], bytes]
"""What of the bytes of a stream counts."""


def read_leniently(content: bytes) -> Pdf:
    """Open a file of any program.

    Raises:
        UnreadablePdf: It is damaged, encrypted, or too large.
    """
    sizes = (int(each[1]) for each in _SIZE.finditer(content))
    if max(content.count(b"endobj"), *sizes, 0) > _MOST_OBJECTS:  # before it is opened
        raise UnreadablePdf("it has too many objects")
    try:
        opened(content).close()  # which counts its pages
        document = pikepdf.open(BytesIO(content), attempt_recovery=False)
        if len(document.objects) > _MOST_OBJECTS:
            raise UnreadablePdf("it has too many objects")
        streams = {
            each.objgen[0]: each for each in document.objects if isinstance(each, pikepdf.Stream)
        }
    except pikepdf.PasswordError:
        raise UnreadablePdf("it is encrypted") from None
    except pikepdf.PdfError:
        raise UnreadablePdf("its objects are damaged") from None
    return Pdf(document, b"", streams)


def faults_of_sheets(given: pikepdf.Pdf, ours: pikepdf.Pdf, held: Held) -> Iterator[Fault]:
    """What of each page is another, but for what is drawn on it.

    Args:
        given: A PDF that another program has written anew.
        ours: The one that its data make.
        held: What of the bytes of a stream counts.
    """
    pages = zip(given.pages, ours.pages, strict=False)
    for number, (theirs, own) in enumerate(pages, start=1):
        for key in sorted((theirs.obj.keys() | own.obj.keys()) - _ELSEWHERE):
            starts = theirs.obj.get(key), own.obj.get(key)
            both = zip((given, ours), starts, strict=True)
            if len({tuple(_walk(pdf, [start], held)) for pdf, start in both}) > 1:
                yield Fault(_SHEETS.get(key, _ELSE), number)


def faults_beside(given: pikepdf.Pdf, ours: pikepdf.Pdf, held: Held) -> Iterator[Fault]:
    """What is another beside the pages, as far as anything leads there.

    Its arguments are those of `faults_of_sheets`.
    """
    theirs, own = _roots(given), _roots(ours)
    for key in sorted(theirs.keys() | own.keys()):
        both = ((given, theirs.get(key, [])), (ours, own.get(key, [])))
        if len({tuple(_walk(pdf, starts, held)) for pdf, starts in both}) > 1:
            yield Fault(_WHOLE.get(key, _ELSE))


def _roots(document: pikepdf.Pdf) -> dict[str, list[Any]]:
    """Where what is no page begins: entries of the catalog, metadata, what pages draw with."""
    roots: dict[str, list[Any]] = {
        key: [value] for key, value in document.Root.items() if key != "/Pages"
    }
    roots["/Resources"] = [page.obj.get("/Resources") for page in document.pages]
    return {**roots, "/Info": [document.trailer.get("/Info")]}


def _walk(document: pikepdf.Pdf, starts: Iterable[Any], held: Held) -> Iterator[bytes]:
    """Each object once, with references by the order in which they come; pages are not entered."""
    numbers = {page.obj.objgen: -place for place, page in enumerate(document.pages, start=1)}
    if "/Pages" in document.Root:
        numbers[document.Root.Pages.objgen] = 0
    for start in starts:
        waiting = [start]
        while waiting:
            each = waiting.pop()
            if not isinstance(each, pikepdf.Object):
                yield repr(each).encode()
                continue
            text = text_of(each)
            asked: list[tuple[int, int]] = []
            numbered = _REFERENCE.sub(_renumbering(numbers, asked), text)
            waiting += [document.get_object(key) for key in reversed(asked)]
            if isinstance(each, pikepdf.Stream):
                numbered = _PACKING.sub(b"", numbered) + held(each, _bytes(each))
            yield numbered


def _renumbering(
    numbers: dict[tuple[int, int], int], asked: list[tuple[int, int]]
) -> Callable[[re.Match[bytes]], bytes]:
    def numbered(found: re.Match[bytes]) -> bytes:
        if found[1] is None:
            return found[0]
        key = int(found[1]), int(found[2])
        if key not in numbers:
            numbers[key] = len(numbers) + 1
            asked.append(key)
        return b"%d R" % numbers[key]

    return numbered


def _bytes(stream: pikepdf.Stream) -> bytes:
    try:
        return unpacked(stream)
    except UnreadablePdf:
        return stream.read_raw_bytes()
