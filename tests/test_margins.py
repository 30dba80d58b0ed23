"""Text stays on its page."""

from __future__ import annotations

import pypdfium2
import pytest
from breadth import cases

from briefings.render.html.environment import shipped
from briefings.render.pdf.write import PdfError, pdf

FONTS = shipped() / "fonts"
HEAD = "<!DOCTYPE html><html lang=en><title>x</title><style>@page { size: A6 }</style>"
ADDRESS = "https://www.example.org/" + 12 * "story2kQx7Zr9"


@pytest.mark.parametrize(
    "html",
    [
        f"<p>It is told at {ADDRESS} on Monday.",
        f"<p style='color: red'>At <b>{ADDRESS}</b>",
        f"<p dir=rtl>در {ADDRESS} آمد",
        f"<table><tr><td>At<td>{ADDRESS}</table>",
    ],
)
def test_a_long_address_breaks(html: str) -> None:
    """Into as many lines as it needs, with no letter lost or added."""
    page = pypdfium2.PdfDocument(pdf(HEAD + html, FONTS))[0]
    text = page.get_textpage()
    boxes = [text.get_charbox(place) for place in range(text.count_chars())]
    assert all(left > 0 and right < page.get_width() for left, _, right, _ in boxes)
    # pdfium puts the signs of a line to the left elsewhere: of any PDF.
    letters = filter(str.isalnum, text.get_text_range())
    assert "".join(filter(str.isalnum, ADDRESS)) in "".join(letters).replace("در", "")


@pytest.mark.parametrize("letter", cases(["x", "ب"], "ж", "λ", "ښ", "ƙ"))
def test_a_word_of_three_hundred_letters_breaks_in_a_cell(letter: str) -> None:
    """In each script that our fonts have, with its neighbours in their places."""
    direction = "rtl" if letter in "بښ" else "ltr"
    html = (
        f"{HEAD.replace('A6', 'A5')}<table dir={direction}><tr><td>1<td>{300 * letter}<td>2</table>"
    )
    page = pypdfium2.PdfDocument(pdf(html, FONTS))[0]
    text = page.get_textpage()
    boxes = [text.get_charbox(place) for place in range(text.count_chars())]
    assert all(left > 0 and right < page.get_width() for left, _, right, _ in boxes)
    assert text.get_text_range().count(letter) == 300


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2007"])
def test_words_with_no_place_to_break_between_them_break(space: str) -> None:
    """No-break spaces hold together what fits into a line."""
    words = space.join(30 * ["one", "two"])
    page = pypdfium2.PdfDocument(pdf(f"{HEAD}<table><tr><td>At<td>{words}</table>", FONTS))[0]
    text = page.get_textpage()
    boxes = [text.get_charbox(place) for place in range(text.count_chars())]
    assert all(right < page.get_width() for _, _, right, _ in boxes)
    letters = filter(str.isalpha, text.get_text_range())
    assert "".join(letters) == "At" + 30 * "onetwo"


def test_what_still_leaves_its_page_stops_the_build() -> None:
    """A hole in the brief, told with the words that would be lost."""
    html = "<p>First<p style='width: 300mm; text-align: right'>Beyond the edge of the sheet"
    with pytest.raises(PdfError, match="page 1 has no room for “Beyond the edge of the sheet”"):
        pdf(HEAD + html, FONTS)
