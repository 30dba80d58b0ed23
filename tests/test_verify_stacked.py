"""Lines of a PDF below each other: where the sheets of its page put them, to a tenth of a pixel."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5

from briefings.verify.in_browser.adorned import SetText
from briefings.verify.in_browser.stacked import misstacked
from briefings.verify.in_browser.styled import Typeface, styles_in
from briefings.verify.in_browser.trimmed import Box, boxes_in

# In pixels: lines of 20, margins of 12, 8 and 4.
SHEET = """
html { font: 9pt/15pt Sans } p { margin: 9pt 0 6pt } h2 { margin: 6pt 0 3pt; padding-top: 3pt }
.last { --closer: 0.5 } .beside { display: inline-block; vertical-align: top }
.high { font: 9pt/30pt Sans } sup { font: 6pt/0 Sans; vertical-align: 3pt }
.bar { height: 12pt } .aside { float: left } td { padding: 3pt 0; vertical-align: top }
"""
FACES = [Typeface(frozenset({"Sans"}), is_bold=False, is_italic=False, rise=1.0, fall=0.25)]


def shown(box: Box, line: float, start: float = 12) -> SetText:
    within: list[Element] = []
    around: Box | None = box
    while around is not None:
        within.append(around.element)
        around = around.around
    ends = start, start + 28
    return SetText(1, *ends * 2, line, 12, frozenset({(9.0, 0)}), tuple(within), is_put=False)


def faults(inner: str, lines: Sequence[float], starts: Sequence[float] = ()) -> int:
    """Of a page whose elements that have a text of their own stand on these lines."""
    root = tinyhtml5.parse(f"<html><body>{inner}</body></html>", namespace_html_elements=False)
    styles = styles_in(root, SHEET)
    boxes = list(boxes_in(root, styles))
    held = [box for box in boxes if (box.element.text or "").strip()]
    all_starts = starts or [12.0] * len(held)
    texts = [shown(*each) for each in zip(held, lines, all_starts, strict=True)]
    return len(list(misstacked(boxes, texts, styles, FACES)))


@pytest.mark.parametrize(
    ("inner", "due"),
    [
        ("<p>One</p><p>two</p>", 32.0),
        ("<h2>One</h2><p>two</p>", 32.0),
        ("<p>One</p><h2>two</h2>", 32.0),
        ("<div><p>One</p></div><div><p>two</p></div>", 32.0),
        ('<p>One</p><div class="bar"></div><p>two</p>', 56.0),
        ('<p>One</p><p class="high">two</p>', 42.0),
        ("<table><tr><td>One</table><table><tr><td>two</table>", 28.0),
    ],
    ids=(
        *("paragraphs", "below a heading", "above one", "in other boxes", "around a bar"),
        *("of a high line", "of tables"),
    ),
)
def test_how_far_blocks_are_apart(inner: str, due: float) -> None:
    """The wider of two margins that meet, and whatever else lies between their lines."""
    assert faults(inner, (100, 100 + due)) == 0
    for shift in (-4, -1, 0.3, 1, 4):
        assert faults(inner, (100, 100 + due + shift)) == 1


def test_a_row_is_as_high_as_its_highest() -> None:
    """Boxes beside each other begin at one height."""
    row = '<div><i class="beside">One</i><b class="beside high">two</b></div><p>three</p>'
    assert faults(row, (100, 110, 152), (12, 60, 12)) == 0
    assert faults(row, (101, 110, 152), (12, 60, 12)) == 1
    assert faults(row, (100, 110, 154), (12, 60, 12)) == 1


def test_cells_of_a_row() -> None:
    """One without words may be the highest of them."""
    rows = '<table><tr><td>One<td><div class="bar"></div><td>two<tr><td>three</table>'
    assert faults(rows, (100, 100, 128), (12, 60, 12)) == 0
    assert faults(rows, (100, 100, 130), (12, 60, 12)) == 1


def test_a_last_page_that_is_saved() -> None:
    """There the space between blocks is a half, or a quarter, on all of the page alike."""
    last = '<div class="last"><p>One</p><p>two</p><p>three</p></div>'
    assert faults(last, (100, 132, 164)) == 0
    assert faults(last, (100, 126, 152)) == 0
    assert faults(last, (100, 123, 146)) == 0
    assert faults(last, (100, 126, 149)) == 1


def test_beside_a_float_it_is_told_anew() -> None:
    """How high a picture is no sheet says."""
    assert faults('<p>One</p><div class="aside">two</div><p>three</p>', (100, 300, 177)) == 0
