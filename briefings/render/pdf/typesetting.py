"""A page set on paper by WeasyPrint, with all that we put right in what it makes.

Loaded late, by `write.py`: it takes a quarter of a second, and FONTCONFIG_FILE is read with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from weasyprint import HTML, Attachment
from weasyprint.urls import FatalURLFetchingError

from briefings.core.digest_names import IN_PDF, named
from briefings.render.html.embedded import NAME, NoData, from_html
from briefings.render.pdf.faster.kept_sheets import our_sheet_kept
from briefings.render.pdf.faster.wraps import wrapped
from briefings.render.pdf.faster.wraps_of_numbers import LETTERS
from briefings.render.pdf.fetcher import RefusingFetcher
from briefings.render.pdf.finish import finisher
from briefings.render.pdf.fonts import UnreadableFont, with_fonts
from briefings.render.pdf.last_page import few_lines_drawn_back
from briefings.render.pdf.margins import leaving, let_long_words_break
from briefings.render.pdf.missing_glyphs import put_names
from briefings.render.pdf.pdf_error import PdfError
from briefings.render.pdf.tagged import put_right
from briefings.render.pdf.texts.blanks import Faces
from briefings.render.pdf.texts.clusters import Spelling, clusters_shown
from briefings.render.pdf.texts.drawn import noted
from briefings.render.pdf.texts.letters import letters_kept, ligatures_parted
from briefings.render.pdf.texts.line_ends import lines_ended
from briefings.render.pdf.texts.line_texts import texts_remembered
from briefings.render.pdf.texts.runs import words_in_order
from briefings.render.pdf.texts.spaces import spaces_apart
from briefings.render.pdf.texts.turns import turns_marked

_MOST_SHOWN_OF_TEXT = 60

_UNSEEN = ("title", "style", "script")
_ADDRESSES = ("#", "http://", "https://", "mailto:")


def typeset(html: str, own: Sequence[Path], unset: str) -> bytes:
    """The PDF of a page, with names for the signs of `unset`.

    Raises:
        PdfError: As of `write.pdf`.
    """
    data = _data_of(html)
    # Half of a page is data: they become an attachment, and are no markup to be read.
    markup = html.replace(data, "", 1) if data else html
    try:
        options = {"pdf_variant": "pdf/a-3a", "attachments": _attachments(data)}
        with (
            wrapped(),
            our_sheet_kept(),
            lines_ended(markup),
            texts_remembered(),
            spaces_apart(),
            words_in_order(),
            few_lines_drawn_back(),
            put_right() as running,
            with_fonts(own) as fonts,
        ):
            laid = _laid_out(markup, unset, {"font_config": fonts, **options})
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
    except (FatalURLFetchingError, UnreadableFont) as error:
        raise PdfError(str(error)) from None
    assert isinstance(content, bytes)
    return named(content, IN_PDF)


def _prepare(root: Any, unset: str) -> None:
    """Make of the elements of a page what is to be set, with names for the signs of `unset`."""
    for element in root.iter():
        _refuse_unless_public(element.get("href", "#"))
    put_names(root, unset)
    let_long_words_break(root)


def _laid_out(markup: str, unset: str, options: Mapping[str, object], pages: int = 0) -> Any:
    """The pages; `data-from-pages` of an element is how many there must be for it to stay.

    How many there are is guessed by the letters, so that hardly any document is laid out twice.
    """
    document = HTML(string=markup, base_url=None, url_fetcher=RefusingFetcher())
    root = document.etree_element
    _prepare(root, unset)
    thought = pages or round(_letters(root) / LETTERS)
    held = [
        (parent, element, int(least))
        for parent in root.iter()
        for element in parent
        if (least := element.get("data-from-pages")) is not None
    ]
    for parent, element, least in held:
        if least > thought:
            parent.remove(element)
    laid = document.render(**options)
    there = len(laid.pages)
    if pages or all((least > thought) is (least > there) for *_, least in held):
        return laid
    return _laid_out(markup, unset, options, there)


def _letters(root: Any) -> int:
    texts = (element.text for element in root.iter() if element.tag not in _UNSEEN)
    tails = (element.tail for element in root.iter())
    return sum(len(text.strip()) for text in (*texts, *tails) if text)


def _data_of(html: str) -> str:
    """What the page says of itself, as it stands there; empty if it carries no data."""
    try:
        return from_html(html)
    except NoData:
        return ""


def _attachments(data: str) -> list[Attachment]:
    """The data as a file, with the edition's day; none if there are no data."""
    if not data:
        return []
    content = json.loads(data)
    day = datetime.fromisoformat(content["as_of"])
    return [
        Attachment(
            # Canonical as in the page; there, `<` and its like are escaped.
            string=json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n",
            name=NAME,
            description=f"What this brief says, as of {day:%Y-%m-%d}",
            relationship="Source",
            created=day,
            modified=day,
            url_fetcher=RefusingFetcher(),
        )
    ]


def _refuse_unless_public(address: str) -> None:
    """A relative link would lead nowhere from a file that travels; others could run or leak."""
    if not address.lower().startswith(_ADDRESSES):
        raise PdfError(f"a link leads to {address}, which is neither public nor in the document")
