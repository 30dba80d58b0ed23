"""The words of a PDF of ours in the order in which one reads them, piece by piece from its tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

import pikepdf

from briefings.core.values import dataclass
from briefings.render.pdf.reader import Pdf, UnreadablePdf, expecting_ours, read_pdf, unpacked
from briefings.render.pdf.texts.turned import TAG
from briefings.scan.pdfcontent import ToldToPdfium, read_content
from briefings.scan.pdffonts import Font
from briefings.scan.pdftext import fonts_of, is_drawing
from briefings.verify.pieces import Printed, PrintedPiece

GENERATED = "generated"
"""As `render.pdf.tagged` titles what a style sheet adds; that module needs WeasyPrint."""

_MARKED = re.compile(rb"/(\w+)\n(?:<<([^<>]*)>>\nBDC|BMC)\n")
_SAID = rb"/(?:Span|%b)\n<</ActualText <[0-9a-f]*>>>\nBDC\n" % TAG.encode()
_EDGE = re.compile(rb"(?P<said>%b)|(?P<begin>/\w+\n(?:<<.*?>>\nBDC|BMC)\n)|EMC\n" % _SAID)
_NUMBER = re.compile(rb"/MCID (\d{1,9})")
_IN_MARGIN = (b"/Type /Pagination/Subtype /Header", b"/Type /Pagination/Subtype /Footer")
_SHOWS_TEXT = b"] TJ\n"
_UNSEEN = re.compile(rb"(?:^|[\s\]])(?:[1-7] Tr|0(?:\.0*)? Tz)\s")
_DEEPEST = 200


def printed(content: bytes) -> Printed:
    """Read a PDF by its tags.

    Raises:
        UnreadablePdf: It is unlike ours, or its tags are.
    """
    pdf = read_pdf(content)
    with pdf.document:
        return read_printed(pdf)


def read_printed(pdf: Pdf, *, leniently: bool = False) -> Printed:
    """Read an opened PDF by its tags; `leniently`, a page that can't be read is told of.

    Raises:
        UnreadablePdf: As `printed`.
    """
    with expecting_ours():
        return _read(pdf, leniently=leniently)


def _read(pdf: Pdf, *, leniently: bool) -> Printed:
    fonts = fonts_of(pdf)
    _refuse_drawn_texts(pdf, fonts)
    pages = [page.obj for page in pdf.document.pages]
    numbers = {page.objgen[0]: number for number, page in enumerate(pages, start=1)}
    marked: dict[tuple[int, int], PrintedPiece] = {}
    margins: list[PrintedPiece] = []
    loose: list[PrintedPiece] = []
    unread: list[tuple[int, str]] = []
    for number, page in enumerate(pages, start=1):
        try:
            for mcid, in_margin, readings in _pieces(content_of(page), fonts):
                piece = PrintedPiece(number, readings)
                if mcid is not None and (number, mcid) not in marked:
                    marked[number, mcid] = piece
                else:
                    (margins if in_margin else loose).append(piece)
        except UnreadablePdf as error:
            if not leniently:
                raise
            unread.append((number, f"the page can't be read: {error}"))
    tree = _Tree(marked, numbers, _destinations(pdf.document, numbers))
    tree.read(pdf.document.Root.StructTreeRoot, None, 0, _Context())
    unmentioned = [piece for key, piece in marked.items() if key not in tree.read_already]
    return Printed(
        len(pages), tuple(tree.pieces), tuple(margins), (*loose, *unmentioned), tuple(unread)
    )


def _refuse_drawn_texts(pdf: Pdf, fonts: Mapping[str, Font]) -> None:
    """No text is in a drawing that pages use again: no tag could mention it there."""
    for stream in pdf.streams.values():
        if is_drawing(stream) and any(read_content(unpacked(stream), fonts).readings):
            raise UnreadablePdf("a drawing shows a text that no tag mentions")


def _pieces(
    content: bytes, fonts: Mapping[str, Font]
) -> Iterator[tuple[int | None, bool, tuple[str, str]]]:
    """The number of each marked content, whether it is of a margin, and what it shows.

    What is shown outside of any has none.
    """
    place, turned = 0, ToldToPdfium()
    while (begin := _MARKED.search(content, place)) is not None:
        end = _end(content, begin.end())
        yield from _shown(content[place : begin.start()], None, False, fonts, turned)
        properties = begin[2] or b""
        number = _NUMBER.fullmatch(properties) if begin[1] != b"Artifact" else None
        if number is None and properties not in (b"", *_IN_MARGIN):
            raise UnreadablePdf("it marks a content in a way that we do not use")
        yield from _shown(
            content[begin.end() : end.start()],
            int(number[1]) if number else None,
            begin[1] == b"Artifact" and properties in _IN_MARGIN,
            fonts,
            turned,
        )
        place = end.end()
    yield from _shown(content[place:], None, False, fonts, turned)
    turned.hold()


def content_of(page: Any) -> bytes:
    """What a page draws.

    Raises:
        UnreadablePdf: It is in pieces, or damaged.
    """
    if not isinstance(page.Contents, pikepdf.Stream):
        raise UnreadablePdf("what it shows is in pieces")
    return unpacked(page.Contents)


def shown_in(content: bytes, place: int, fonts: Mapping[str, Font]) -> str:
    """The first words that a page shows in the marked content at a place, or behind it.

    Args:
        content: The content of a page, as pydyf writes it.
        place: An index of it.
        fonts: Those of the page, by name.

    Raises:
        UnreadablePdf: As `printed`.
    """
    begins = [each.start() for each in _MARKED.finditer(content) if each.start() <= place]
    start = begins[-1] if begins else 0
    shown = (" ".join(way.split()) for _, _, (way, _) in _pieces(content[start:], fonts))
    return next(filter(None, shown), "")


def _end(content: bytes, place: int) -> re.Match[bytes]:
    """Where a marked content ends; none lies in it but clusters said beside their glyphs."""
    depth = 0
    while (edge := _EDGE.search(content, place)) is not None and edge["begin"] is None:
        if edge["said"] is None and depth == 0:
            return edge
        depth += 1 if edge["said"] is not None else -1
        place = edge.end()
    raise UnreadablePdf("its marked contents are not one after the other")


def _shown(
    part: bytes,
    number: int | None,
    in_margin: bool,
    fonts: Mapping[str, Font],
    turned: ToldToPdfium,
) -> Iterator[tuple[int | None, bool, tuple[str, str]]]:
    if _SHOWS_TEXT not in part:
        return
    if _UNSEEN.search(part):
        raise UnreadablePdf("it shows a text so that nobody sees it")
    yield number, in_margin, read_content(part, fonts, turned).readings


def _destinations(document: pikepdf.Pdf, numbers: Mapping[int, int]) -> dict[str, int]:
    """The page of each place that has a name."""
    held: Any = document.Root
    for key in ("/Names", "/Dests", "/Names"):
        if key not in held:
            return {}
        held = held[key]
    pairs = list(held)
    return {
        str(name): numbers.get(place[0].objgen[0], 0)
        for name, place in zip(pairs[::2], pairs[1::2], strict=True)
    }


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds for all in an element: whether a style sheet added it, and where it leads.

    `spoken` is what its own tag says.
    """

    generated: bool = False
    target: int | None = None
    spoken: str | None = None


@dataclass(slots=True)
class _Tree:
    """The tags, gone through in order."""

    marked: Mapping[tuple[int, int], PrintedPiece]
    numbers: Mapping[int, int]
    places: Mapping[str, int]
    pieces: list[PrintedPiece] = field(default_factory=list)
    read_already: set[tuple[int, int]] = field(default_factory=set)

    def read(self, element: Any, page: int | None, depth: int, context: _Context) -> None:
        """Add the pieces of an element; `page` is that of the element around it."""
        if depth > _DEEPEST:
            raise UnreadablePdf("its tags nest too deep")
        if "/Pg" in element:
            page = self.numbers.get(element.Pg.objgen[0])
        kids = list(_kids(element))
        added = context.generated or str(element.get("/T", "")) == GENERATED
        leads = next((self._target(kid) for kid in kids if _is_reference(kid)), context.target)
        context = _Context(added, leads, _spoken(element, kids))
        for kid in kids:
            if isinstance(kid, int):
                self._add(kid, page, context)
            elif not _is_reference(kid):
                self.read(kid, page, depth + 1, context)

    def _add(self, number: int, page: int | None, context: _Context) -> None:
        if page is None:
            return  # of a page that is not there: its words are missed
        if (page, number) in self.read_already:
            raise UnreadablePdf("two tags stand for one text")
        self.read_already.add((page, number))
        piece = self.marked.get((page, number))
        is_number = context.generated and context.target is not None
        if piece is None and not is_number and not (context.spoken or "").strip():
            return  # a picture, or an empty line
        readings = ("", "") if piece is None else piece.readings
        target = context.target if context.generated else None
        self.pieces.append(PrintedPiece(page, readings, context.generated, target, context.spoken))

    def _target(self, reference: Any) -> int | None:
        """The page to which a link within the document leads."""
        destination = reference.Obj.get("/Dest")
        return None if destination is None else self.places.get(str(destination))


def _spoken(element: Any, kids: list[Any]) -> str | None:
    """What a tag says in place of the one text that it stands for.

    Pictures alone are told of in other words.
    """
    if "/E" in element or ("/Alt" in element and element.S != "/Figure"):
        raise UnreadablePdf("a tag says something that no page shows")
    if "/ActualText" not in element:
        return None
    if len(kids) != 1 or not isinstance(kids[0], int):
        raise UnreadablePdf("a tag says something for more than one text")
    return str(element.ActualText)


def _kids(element: Any) -> Iterator[Any]:
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, pikepdf.Array) else (kids,):
        yield kid if isinstance(kid, pikepdf.Dictionary) else int(kid)


def _is_reference(kid: Any) -> bool:
    return not isinstance(kid, int) and kid.get("/Type") == "/OBJR"
