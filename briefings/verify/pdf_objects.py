"""A PDF held against the one that this machine sets of the same data, object by object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

import pikepdf

from briefings.core.digest_names import IN_PDF
from briefings.render.pdf.reader import (
    Pdf,
    UnreadablePdf,
    expecting_ours,
    read_pdf,
    text_of,
    unpacked,
)
from briefings.scan.pdftext import fonts_of
from briefings.verify.outlines import DamagedFont, TrueType
from briefings.verify.printed import content_of, shown_in
from briefings.verify.rewritten import faults_beside, faults_of_sheets, read_leniently
from briefings.verify.verdict import Fault, State

_OTHERWISE = "it is drawn otherwise from here on than it is set anew"
_NO_PAGES = "its pages are others than those that are set anew"
_MORE = "beside its pages it holds what its data do not make"
_TWO_MAKERS = "its metadata do not agree on what set it"
_LENGTH = re.compile(rb"/Length1? \d+")
_NOT_DRAWN = frozenset({b"GDEF", b"GPOS", b"GSUB", b"OS/2", b"STAT", b"cmap", b"name", b"post"})
"""Tables of fonts that readers of a PDF do not need; other libraries may cut them otherwise."""
_SUM, _DATES = 8, 20
"""Where the table `head` has the checksum of the font, and two dates."""
_PRODUCER = re.compile(rb"WeasyPrint [\d.]+, Pango [\d.]+, Pyphen [\d.]+")
"""Who set a PDF. A machine with other versions may set it to the same look."""
_PRODUCED = re.compile(rb'\bpdf:Producer="([^"<]*)"')
_NAME = re.compile(re.escape(IN_PDF) + rb"urn:sha256:[0-9a-f]{64}")


def compare_set(content: bytes, anew: bytes) -> tuple[State, tuple[Fault, ...]]:
    """Whether a PDF of ours is the one that is set `anew` of its data, and where it is not.

    Machines with other libraries may break lines elsewhere, on some pages or on all. So what is
    otherwise is unchecked where the file names other versions of these than there are here. Where
    it names the same, it is told by the other pages from what someone has moved, covered or
    coloured: if some are the same to the last byte, all have to be. If none is, or letters are
    drawn otherwise, it is unchecked. Of a file that another program has written anew, objects are
    compared by how they are reached.

    Raises:
        UnreadablePdf: No program can read the file.
    """
    try:
        given, written_anew = read_pdf(content), False
    except UnreadablePdf:
        given, written_anew = read_leniently(content), True
    ours = read_pdf(anew)
    with given.document, ours.document, expecting_ours():
        theirs, own = _pages(given), _pages(ours)
        faults = tuple(
            _otherwise(number, page, set_anew, given)
            for number, (page, set_anew) in enumerate(zip(theirs, own, strict=False), start=1)
            if page != set_anew
        )
        if not written_anew and not _agrees(given):
            return State.FAILS, (Fault(_TWO_MAKERS),)
        is_elsewhere = _producer(given) != _producer(ours)
        if len(faults) == len(theirs) or (is_elsewhere and (faults or len(theirs) != len(own))):
            return State.UNCHECKED, ()
        if not faults and len(theirs) != len(own):
            faults = (Fault(_NO_PAGES),)
        if written_anew:
            both = given.document, ours.document
            sheets, more = faults_of_sheets(*both, _counting), faults_beside(*both, _counting)
            faults = tuple(dict.fromkeys((*faults, *sheets, *more)))
            beside = State.HOLDS
        else:
            beside = _beside(given, ours)
    if not faults and beside is State.FAILS:
        faults = (Fault(_MORE),)
    return (State.FAILS if faults else beside), faults


def setter_of(content: bytes) -> str:
    """The libraries that a PDF says it was set by."""
    try:
        pdf = read_pdf(content)
    except UnreadablePdf:
        pdf = read_leniently(content)
    with pdf.document:
        return _producer(pdf).decode("latin-1")


def _producer(pdf: Pdf) -> bytes:
    producer = pdf.document.trailer.get("/Info", pikepdf.Dictionary()).get("/Producer")
    return bytes(producer) if isinstance(producer, pikepdf.String) else b""


def _agrees(pdf: Pdf) -> bool:
    """Whether a file says the same of its maker wherever it does."""
    metadata = pdf.document.Root.get("/Metadata")
    packet = unpacked(metadata) if isinstance(metadata, pikepdf.Stream) else b""
    return _PRODUCED.findall(packet) == [_producer(pdf)]


def _pages(pdf: Pdf) -> list[bytes]:
    return [content_of(page.obj) for page in pdf.document.pages]


def _otherwise(number: int, theirs: bytes, own: bytes, pdf: Pdf) -> Fault:
    """A page that is drawn otherwise, with the words at which it begins to be."""
    same = next(
        (place for place, (a, b) in enumerate(zip(theirs, own, strict=False)) if a != b),
        min(len(theirs), len(own)),
    )
    return Fault(_OTHERWISE, number, says=shown_in(theirs, same, fonts_of(pdf)))


def _beside(given: Pdf, ours: Pdf) -> State:
    """Whether all but the pages is the same; unchecked where only fonts are cut otherwise."""
    theirs, own = dict(_written(given)), dict(_written(ours))
    fonts = set(_numbers_of_fonts(ours))
    unlike = [key for key in theirs.keys() | own.keys() if theirs.get(key) != own.get(key)]
    if not fonts.issuperset(unlike) or theirs.keys() != own.keys():
        return State.FAILS
    alike = all(_draw_alike(theirs[number], own[number]) for number in unlike)
    return State.HOLDS if alike else State.UNCHECKED


def _counting(stream: pikepdf.Stream, held: bytes) -> bytes:
    """Of the bytes of a stream what neither names a file, nor its maker, nor how a font was cut."""
    if "/Length1" in stream:
        with suppress(DamagedFont):
            return repr(_drawing(held)).encode()
    if stream.get("/Type") == "/Metadata":
        return _NAME.sub(b"", _PRODUCER.sub(b"", held))
    return held


def _draw_alike(font: bytes, other: bytes) -> bool:
    """Whether what in two fonts draws letters, or says how wide they are, is the same."""
    try:
        return _drawing(font) == _drawing(other)
    except DamagedFont:
        return False


def _drawing(font: bytes) -> dict[bytes, bytes]:
    tables = TrueType.read(font).tables
    head = tables[b"head"]
    kept = {name: table for name, table in tables.items() if name not in _NOT_DRAWN}
    return {**kept, b"head": head[:_SUM] + head[_SUM + 4 : _DATES] + head[_DATES + 16 :]}


def _written(pdf: Pdf) -> Iterator[tuple[int, bytes]]:
    """All objects by number, but for what names file and maker; by -number how a stream is packed.

    The trailer is 0. How tightly a stream is packed depends on the machine, and is left out.
    """
    trailer = pdf.document.trailer
    info = trailer["/Info"].objgen if "/Info" in trailer else None
    yield (
        0,
        b" ".join(trailer[key].unparse() for key in sorted({"/Root", "/Info"} & trailer.keys())),
    )
    for each in pdf.document.objects:
        text = text_of(each)
        if each.objgen == info:
            text = _PRODUCER.sub(b"", text)
        if not isinstance(each, pikepdf.Stream):
            yield each.objgen[0], text
        elif each.get("/Type") not in ("/XRef", "/ObjStm"):
            held = each.read_raw_bytes() if each.get("/Filter") == "/DCTDecode" else unpacked(each)
            yield -each.objgen[0], _LENGTH.sub(b"", text)
            if each.get("/Type") == "/Metadata":
                held = _PRODUCER.sub(b"", held)
            yield each.objgen[0], _NAME.sub(b"", held)


def _numbers_of_fonts(pdf: Pdf) -> Iterator[int]:
    """The streams that hold what was cut out of fonts."""
    for each in pdf.document.objects:
        if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each:
            yield each.FontFile2.objgen[0]
