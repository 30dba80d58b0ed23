"""Words of another direction, on paper in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.formatting_structure import boxes

from briefings.render.pdf.texts.runs import words_in_order

NARROW = 150
"""Pixels: a line holds some three words."""


def lines(html: str, *, width: int = 2000) -> list[str]:
    """Each line of a page as its texts stand from left to right, with bars between them."""
    style = f"<style>@page {{ size: {width}px 2000px; margin: 0 }}</style>"
    with words_in_order():
        (page,) = HTML(string=f"<!DOCTYPE html>{style}{html}").render().pages
    drawn: dict[float, list[tuple[float, str]]] = {}
    for text in _texts(page._page_box):
        drawn.setdefault(round(text.position_y + text.baseline), []).append(
            (text.position_x, text.text.strip())
        )
    return ["|".join(text for _, text in sorted(line) if text) for _, line in sorted(drawn.items())]


def _texts(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _texts(child)


@pytest.mark.parametrize(
    ("html", "drawn"),
    [
        # A citation takes the last word of a sentence with it, not the one before.
        ("نهاد UN <span>Women.<a href='#x'>۱</a></span>", "۱|.|UN|Women|نهاد"),
        # Elements within the words.
        ("نهاد <b>UN</b> Women <i>of all</i> رفت", "رفت|UN|Women|of all|نهاد"),
        ("<b>نهاد UN</b> <i>Women رفت</i>", "رفت|UN|Women|نهاد"),
        # Digits go with the letters before them.
        ("نهاد UN <b>24</b> رفت", "رفت|UN|24|نهاد"),
        # Words in one element, or with letters of the line between them, are as they were.
        ("نهاد <b>UN Women</b> رفت", "رفت|UN Women|نهاد"),
        ("نهاد UN <b>و Women</b>", "و Women|نهاد UN"),
        ("نهاد <bdi>UN</bdi> <bdi>Women</bdi>", "Women|UN|نهاد"),
    ],
)
def test_latin_words_in_a_line_to_the_left(html: str, drawn: str) -> None:
    """As in a browser, whatever elements begin or end among them."""
    (line,) = lines(f"<p dir=rtl id=x>{html}")
    assert line == drawn


def test_persian_words_in_a_line_to_the_right() -> None:
    """The other way round."""
    (line,) = lines("<p>He said سلام <b>علیکم</b>, and went.")
    assert line == "He said|علیکم|سلام|, and went."


def test_words_of_several_lines() -> None:
    """Each line has its part of them in order."""
    html = "<p dir=rtl>نهاد one two <b>three four</b> five <b>six</b> seven"
    first, *others = lines(html, width=NARROW)
    assert first.startswith("one")
    read = " ".join([first.removesuffix("|نهاد"), *others]).replace("|", " ")
    assert read.split() == ["one", "two", "three", "four", "five", "six", "seven"]


def test_deep_markup_takes_no_longer_than_its_words() -> None:
    """Elements within elements are gone through once a level."""
    html = "<span>" * 60 + "نهاد UN <b>Women</b>" + "</span>" * 60
    assert lines(f"<p dir=rtl>{html}") == ["UN|Women|نهاد"]
