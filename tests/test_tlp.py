"""TLP 2.0 as FIRST lays it out: label, place, size and colour, on paper and on the screen."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from operator import itemgetter
from pathlib import Path

import pypdfium2
import pytest
from breadth import cases
from browsers import Tab
from strait_desk import edition, strait

from briefings.core.model import Marking
from briefings.render.html.environment import environment, shipped
from briefings.render.html.fill import Medium
from briefings.render.html.page import BriefPage
from briefings.render.pdf.write import pdf

COLOURS = {
    Marking.CLEAR: (255, 255, 255),
    Marking.GREEN: (51, 255, 0),
    Marking.AMBER: (255, 192, 0),
    Marking.AMBER_STRICT: (255, 192, 0),
    Marking.RED: (255, 43, 43),
}
LANGUAGES = dict(zip(Marking, ("en", "fa", "ps", "fa-AF", "en"), strict=True))
SHOWN = [each for each in Marking if each is not Marking.AMBER]
"""That is as long as its neighbour begins, and of the same colour."""
POINT = 96 / 72


def brief(folder: Path, marking: Marking, medium: Medium, topic: str = "ferries") -> str:
    """A brief of that marking, its interface in one of the languages."""
    shown = edition(strait(folder, marking.label.removeprefix("TLP:")), topic)
    spec = replace(shown.spec, language=LANGUAGES[marking])
    return BriefPage(replace(shown, spec=spec), medium).text(environment())


def test_the_labels_are_those_of_the_standard() -> None:
    """In upper case, without spaces, and never translated."""
    assert [each.label for each in Marking] == (
        ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]
    )


@pytest.mark.parametrize("marking", cases(SHOWN, Marking.AMBER))
def test_header_and_footer_of_each_sheet(tmp_path: Path, marking: Marking) -> None:
    """At the right in either direction, 12 points or more, in its colour on black."""
    html = brief(tmp_path, marking, "print", "silence")
    longer = html.replace("</main>", '<p style="break-before: page">x</p></main>')
    document = pypdfium2.PdfDocument(pdf(longer, shipped() / "fonts"))
    assert len(document) > 1
    for sheet in document:
        check_sheet(sheet, marking)


def check_sheet(sheet: pypdfium2.PdfPage, marking: Marking) -> None:
    width, height = sheet.get_size()
    text = sheet.get_textpage()
    letters = [
        (text.get_charbox(index), text.get_text_range(index, 1))
        for index in range(text.count_chars())
    ]
    ends = []
    for low, high in ((0.0, 0.05), (0.945, 1.0)):
        # What stands beside the label in its line ends before it; it is read as it is written,
        # though pdfium may take one of its letters for being where another is.
        there = sorted(
            (box, place, letter)
            for place, (box, letter) in enumerate(letters)
            if low * height < box[1] < high * height and letter.strip()
        )[-len(marking.label) :]
        in_order = sorted(there, key=itemgetter(1))
        assert "".join(letter for *_, letter in in_order) == marking.label
        lefts, bottoms, rights, tops = zip(*(box for box, *_ in there), strict=True)
        ends.append((min(lefts), min(bottoms), max(rights), max(tops)))
    picture = sheet.render(scale=3).to_pil().convert("RGB")
    for left, bottom, right, top in ends:
        assert right > width * 0.85
        assert top - bottom > 7, "capitals of 12 points are higher than 7"
        area = picture.crop(
            tuple(
                round(3 * each)
                for each in (left - 3, height - top - 3, right + 3, height - bottom + 3)
            )
        )
        colours = area.getcolors(1 << 20)
        assert colours is not None
        shown = {colour for count, colour in colours}
        assert max(colours)[1] == (0, 0, 0)
        assert any(near(colour, COLOURS[marking]) for colour in shown)


@pytest.mark.parametrize("marking", cases(SHOWN, Marking.AMBER))
def test_head_and_foot_of_the_screen(tmp_path: Path, marking: Marking, tab: Tab) -> None:
    """The same there; and on each sheet if it is printed from there, backgrounds or none."""
    # Without them Chromium darkens what is white.
    colours = marking is Marking.CLEAR
    path = tmp_path / "brief.html"
    path.write_text(brief(tmp_path, marking, "screen", "silence"), encoding="utf-8")
    view = tab(viewport={"width": 700, "height": 900})
    view.goto(path.as_uri())
    labels = view.evaluate(
        "[...document.querySelectorAll('.tlp')].map(one => { const s = getComputedStyle(one);"
        " const box = one.getBoundingClientRect(); return [one.innerText, s.color,"
        " s.backgroundColor, parseFloat(s.fontSize), box.left, s.direction] })"
    )
    printed = pypdfium2.PdfDocument(
        BytesIO(view.pdf(prefer_css_page_size=True, print_background=colours))
    )
    assert len(labels) == 2
    red, green, blue = COLOURS[marking]
    for text, colour, background, size, left, direction in labels:
        assert (text, direction) == (marking.label, "ltr")
        assert (colour, background) == (f"rgb({red}, {green}, {blue})", "rgb(0, 0, 0)")
        assert size >= 12 * POINT
        assert left > 400
    for sheet in printed:
        check_sheet(sheet, marking)


@pytest.mark.parametrize("marking", Marking)
def test_a_brief_says_what_its_label_allows(tmp_path: Path, marking: Marking) -> None:
    """One sentence, in the language of the brief; the label in it as it is."""
    for medium in ("screen", "print"):
        text = brief(tmp_path, marking, medium)
        (sentence,) = re.findall(rf'<bdi dir="ltr">{re.escape(marking.label)}</bdi>: ([^<]+)', text)
        english = "passed on" in sentence or "eyes and ears" in sentence
        assert english is (LANGUAGES[marking] == "en")


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Alike but for the smoothing of edges."""
    return all(abs(a - b) < 24 for a, b in zip(one, other, strict=True))
