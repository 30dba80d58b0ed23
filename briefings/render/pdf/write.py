"""HTML to PDF bytes, with the fonts given and nothing else from outside."""

from __future__ import annotations

import ctypes.util
import gc
import json
import logging
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from briefings.core.digest_names import IN_PDF, named
from briefings.core.overriding import override
from briefings.render.html.embedded import NoData, from_html
from briefings.render.pdf.lazy_fonttools import fonttools_when_used
from briefings.render.pdf.margins import leaving, let_long_words_break
from briefings.render.pdf.missing_glyphs import letters_of, listed, put_names

__all__ = ["NAME", "PdfError", "pdf"]

NAME = "edition.json"
"""What the data of a brief are called as an attachment."""

_LOGGER = "weasyprint"
_NO_GLYPH = ".notdef glyph rendered"
_MOST_SHOWN_OF_TEXT = 60
_WHERE_FONTS_GO = "put a font that has them into templates/fonts/"
_ADDRESSES = ("#", "http://", "https://", "mailto:")


class PdfError(Exception):
    """Why a page can't become a PDF, in one lower-case clause."""


def pdf(html: str, fonts: Path, own: Sequence[Path] = ()) -> bytes:
    """Set a page on paper: the same bytes from the same text and fonts, always.

    It is PDF/A-3a (to keep) and PDF/UA-1 (for those who read by ear or touch) in one. The data
    that the page carries become an attachment, dated on the edition's day.

    Args:
        html: A page for print.
        fonts: A folder with `fonts.conf`; fonts of the system are not seen.
        own: Files of more fonts, for letters that those have not.

    Raises:
        PdfError: WeasyPrint warns of anything (an unknown style, a link without a target): it
            would be a hole in the brief. Or the fonts are not there, or have not the letters of
            a text; of other signs, such as emoji, the names stand in their place.

    """
    config = fonts / "fonts.conf"
    if not config.is_file():
        raise PdfError(f"there is no fonts.conf in {fonts}")
    with _only_fonts_of(config), _nothing_collected():
        with _listening() as listener:
            content = _written(html, own, "")
        if (unset := listener.unset) and not listener.heard:
            if letters := letters_of(unset):
                raise PdfError(f"no font has {listed(''.join(sorted(letters)))}; {_WHERE_FONTS_GO}")
            with _listening() as listener:
                content = _written(html, own, unset)
    if complaints := (*listener.heard, *listener.unset):
        raise PdfError("; ".join(dict.fromkeys(complaints)))
    return content


def _written(html: str, own: Sequence[Path], unset: str) -> bytes:
    """The PDF, with names for the signs of `unset`."""
    # Late, since it takes a quarter of a second; and it reads FONTCONFIG_FILE when it loads.
    from briefings.render.pdf.declarations import declarations_kept  # noqa: PLC0415
    from briefings.render.pdf.kept_sheets import our_sheet_kept, their_sheets_kept  # noqa: PLC0415

    with (
        _libraries_by_name(),
        fonttools_when_used(),
        declarations_kept(),
        their_sheets_kept(),
    ):
        from weasyprint import HTML, Attachment  # noqa: PLC0415
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    from briefings.render.pdf.blanks import Faces  # noqa: PLC0415
    from briefings.render.pdf.clusters import Spelling, clusters_shown  # noqa: PLC0415
    from briefings.render.pdf.drawn import noted  # noqa: PLC0415
    from briefings.render.pdf.fetcher import RefusingFetcher  # noqa: PLC0415
    from briefings.render.pdf.finish import finisher  # noqa: PLC0415
    from briefings.render.pdf.fonts import UnreadableFont, with_fonts  # noqa: PLC0415
    from briefings.render.pdf.letters import letters_kept, ligatures_parted  # noqa: PLC0415
    from briefings.render.pdf.line_ends import lines_ended  # noqa: PLC0415
    from briefings.render.pdf.line_texts import texts_remembered  # noqa: PLC0415
    from briefings.render.pdf.runs import words_in_order  # noqa: PLC0415
    from briefings.render.pdf.spaces import spaces_apart  # noqa: PLC0415
    from briefings.render.pdf.tagged import put_right  # noqa: PLC0415
    from briefings.render.pdf.turns import turns_marked  # noqa: PLC0415
    from briefings.render.pdf.wraps import wrapped  # noqa: PLC0415

    data = _data_of(html)
    # Half of a page is data: they become an attachment, and are no markup to be read.
    markup = html.replace(data, "", 1) if data else html
    try:
        attached = [
            Attachment(
                string=content,
                name=NAME,
                description=f"What this brief says, as of {day:%Y-%m-%d}",
                relationship="Source",
                created=day,
                modified=day,
                url_fetcher=RefusingFetcher(),
            )
            for content, day in _attached(data)
        ]
        options = {"pdf_variant": "pdf/a-3a", "attachments": attached}
        with (
            wrapped(),
            our_sheet_kept(),
            lines_ended(markup),
            texts_remembered(),
            spaces_apart(),
            words_in_order(),
            put_right() as running,
            with_fonts(own) as fonts,
        ):
            document = HTML(string=markup, base_url=None, url_fetcher=RefusingFetcher())
            _prepare(document.etree_element, unset)
            laid = _laid_out(document, fonts, options)
            for number, text in leaving(laid.pages):
                raise PdfError(f"page {number} has no room for “{text[:_MOST_SHOWN_OF_TEXT]}”")
            faces, spelling = Faces(), Spelling()
            with (
                clusters_shown(faces, spelling),
                ligatures_parted(faces),
                turns_marked(laid.pages, faces),
                letters_kept(faces, spelling),
                noted(laid, faces) as texts,
            ):
                content = laid.write_pdf(finisher=finisher(running, texts), **options)
    except FatalURLFetchingError as error:
        raise PdfError(str(error)) from None
    except UnreadableFont as error:
        raise PdfError(str(error)) from None
    assert isinstance(content, bytes)
    return named(content, IN_PDF)


def _prepare(root: Any, unset: str) -> None:
    """Make of the elements of a page what is to be set, with names for the signs of `unset`."""
    for element in root.iter():
        _refuse_unless_public(element.get("href", "#"))
    put_names(root, unset)
    let_long_words_break(root)


def _laid_out(document: Any, fonts: Any, options: Mapping[str, object]) -> Any:
    """The pages; `data-from-pages` of an element is how many there must be for it to stay."""
    laid = document.render(font_config=fonts, **options)
    spare = [
        (parent, element)
        for parent in document.etree_element.iter()
        for element in parent
        if int(element.get("data-from-pages", 0)) > len(laid.pages)
    ]
    if not spare:
        return laid
    for parent, element in spare:
        parent.remove(element)
    return document.render(font_config=fonts, **options)


def _data_of(html: str) -> str:
    """What the page says of itself, as it stands there; empty if it carries no data."""
    try:
        return from_html(html)
    except NoData:
        return ""


def _attached(data: str) -> Iterator[tuple[str, datetime]]:
    """The data as a file, with the edition's day."""
    if data:
        content = json.loads(data)
        day = datetime.fromisoformat(content["as_of"])
        # Canonical as in the page; there, `<` and its like are escaped.
        yield json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n", day


def _refuse_unless_public(address: str) -> None:
    """A relative link would lead nowhere from a file that travels; others could run or leak."""
    if not address.startswith(_ADDRESSES):
        raise PdfError(f"a link leads to {address}, which is neither public nor in the document")


@contextmanager
def _libraries_by_name() -> Iterator[None]:
    """Let no name of a library be looked up but by the linker itself.

    WeasyPrint tries the names that a library has on each system in turn; for those of the others,
    Python would run gcc, ld and ldconfig in vain, dozens of times. On Linux the right name has a
    version, and needs none of them.
    """
    look_up = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005 # as theirs
    try:
        yield
    finally:
        ctypes.util.find_library = look_up


@contextmanager
def _only_fonts_of(config: Path) -> Iterator[None]:
    """Fontconfig looks its configuration up in the environment each time it is set up.

    And fontTools puts the time into a font that it has changed, but for a time that it finds there.
    """
    ours = {"FONTCONFIG_FILE": str(config.resolve()), "SOURCE_DATE_EPOCH": "0"}
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Typesetting makes millions of objects and drops few: to look for those costs an eighth.

    What is left when the document is done refers to itself in rings: a process that sets many has
    to look for them in between (`workers/pool.py` does), or it grows by 10 MiB with each.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


@contextmanager
def _listening() -> Iterator[_Listener]:
    """Hear what WeasyPrint would only log."""
    listener = _Listener(logging.WARNING)
    logger = logging.getLogger(_LOGGER)
    before = logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield listener
    finally:
        logger.removeHandler(listener)
        logger.propagate = before


class _Listener(logging.Handler):
    """What is logged: complaints, and apart from them the characters that no font has."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.heard: list[str] = []
        self.unset = ""

    @override
    def emit(self, record: logging.LogRecord) -> None:
        match record.args:
            case (str(character), int()) if record.msg.startswith(_NO_GLYPH):
                # A space beside what no font has is taken to be of the same font: of none.
                if character not in self.unset and not character.isspace():
                    self.unset += character
            case _:
                self.heard.append(record.getMessage())
