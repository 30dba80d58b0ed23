"""A PDF held against the page for paper that its data make; one that is none of ours, explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from briefings.core.digest_names import IN_PDF, is_whole
from briefings.core.limits import DATA
from briefings.render.html.embedded import NoData
from briefings.render.pdf.attached import from_pdf
from briefings.render.pdf.reader import UnreadablePdf, read_pdf, unpacked
from briefings.verify.faces import Lettering, compare_faces
from briefings.verify.links import compare_links
from briefings.verify.numbered import NOT_ITS_NUMBER, is_numbered
from briefings.verify.pieces import Printed
from briefings.verify.printed import printed, read_printed
from briefings.verify.rewritten import read_leniently
from briefings.verify.verdict import Fault
from briefings.verify.words import compare_printed, page_text

_NOT_ITS_WORDS = "its words are not those of its data"


def faults_of_form(content: bytes) -> Iterator[Fault]:
    """Why a PDF is not as we write it, byte by byte."""
    try:
        read_pdf(content).document.close()
    except UnreadablePdf as error:
        yield Fault(f"it was changed after it was made: {error}")
        return
    if not is_whole(content, IN_PDF):
        yield Fault("it was changed after it was made: its bytes are not those it is named by")
    if not is_numbered(content):
        yield Fault(NOT_ITS_NUMBER)


def data_of(content: bytes) -> str:
    """The data of a PDF, of one too that another program has written anew.

    Raises:
        NoData: There are none.
    """
    try:
        return from_pdf(content)
    except NoData as error:
        with suppress(UnreadablePdf, NoData):
            return _attached(content)
        raise error from None


def _attached(content: bytes) -> str:
    pdf = read_leniently(content)
    with pdf.document:
        files = [each for each in pdf.streams.values() if each.get("/Type") == "/EmbeddedFile"]
        if len(files) != 1:
            raise NoData("it carries no data of a brief, or several files")
        return unpacked(files[0], DATA).decode(errors="replace")


def compare_paper(content: bytes, page: str) -> tuple[str, tuple[Fault, ...]]:
    """How much it says, in words, and where that is not what `page` says."""
    strict = True
    try:
        read = printed(content)
    except UnreadablePdf:
        strict = False
        try:
            read = _leniently(content)
        except UnreadablePdf as error:
            return "", (Fault(f"its pages can't be read: {error}"),)
    text = page_text(page, read.pages)
    faults = [Fault(message, number) for number, message in read.unread]
    if strict:
        pdf = read_pdf(content)
        with pdf.document:
            faults += compare_links(pdf, text)
    faults += [
        Fault(_NOT_ITS_WORDS, each.page, says=each.says, expected=each.expected)
        for each in compare_printed(text, read)
    ]
    return f"{text.count:,} on {read.pages} page{'s' * (read.pages != 1)}", tuple(faults)


def faults_of_fonts(content: bytes, fonts: Iterable[Path]) -> Lettering:
    """Where letters are drawn otherwise than in `fonts`, and which of its fonts are none of these.

    Of a file that another program has written anew it says nothing: that is a fault by itself.
    """
    try:
        pdf = read_pdf(content)
    except UnreadablePdf:
        return Lettering((), ())
    with pdf.document:
        return compare_faces(pdf, fonts)


def _leniently(content: bytes) -> Printed:
    """What a PDF says that another program has written anew, as far as its pages are still ours."""
    pdf = read_leniently(content)
    with pdf.document:
        return read_printed(pdf, leniently=True)
