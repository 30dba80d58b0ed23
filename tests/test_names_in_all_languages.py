"""Names of countries and languages, in many languages: by every reader as they stand on the page.

A thousand words of a language have most of the syllables that it is written in, and a font draws
the parts of one in another.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel import Locale
from breadth import cases
from taken_out import by_pdfium, by_poppler, by_tags

from briefings.render.html.environment import shipped
from briefings.render.pdf.write import pdf
from briefings.scan.pdftext import words_of
from briefings.verify.faces import Lettering
from briefings.verify.paper import faults_of_fonts
from briefings.workers.scripts import needed

STYLE = "@page { size: 300mm 1800mm } p { font: 10pt Vazirmatn; margin: 0 }"
DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
MOST, IN_LINE = 1000, 5
MORE = ("am", "as", "km", "ko", "mn", "mr", "ne", "ta", "th", "ti", "zh")
TO_THE_LEFT = ("ar", "ckb", "fa", "ug", "ur")


def lines_of(locale: Locale) -> list[str]:
    """The words that its names are made of, without those in Latin letters, some in a line."""
    names = [*locale.territories.values(), *locale.languages.values()]
    words = dict.fromkeys(word for name in names for word in name.split())
    own = [word for word in words if not re.search("[A-Za-z]", word)][:MOST]
    return [" ".join(own[place : place + IN_LINE]) for place in range(0, len(own), IN_LINE)]


def page_of(code: str, lines: list[str]) -> str:
    """A page of these lines."""
    way = Locale.parse(code).text_direction
    head = f"<!DOCTYPE html><html lang={code} dir={way}><title>x</title><style>{STYLE}</style>"
    return head + "".join(f"<p>{line}" for line in lines)


@pytest.mark.parametrize("code", cases(["bn", "hi"], *MORE, *TO_THE_LEFT))
def test_names_of_a_language(code: str) -> None:
    """None depends on those before it, and none is joined with the next."""
    for package in ("africa", "cjk", "rtl", "sea", "south_asia"):
        pytest.importorskip(f"justmytype_intl_{package}")
    lines = lines_of(Locale.parse(code))
    assert len(lines) > 100
    page = page_of(code, lines)
    fonts = needed(page, ())
    printed = pdf(page, shipped() / "fonts", fonts)
    words = " ".join(lines).split()
    for text in (by_poppler(printed), by_pdfium(printed), by_tags(printed)):
        assert [word for word in text.split() if word not in set(words)] == []
        assert text.split() == words
    assert any(text.split() == words for text in words_of(printed).shown)
    known = [*sorted((shipped() / "fonts").glob("*.ttf")), *fonts]
    assert faults_of_fonts(printed, known) == Lettering((), ())


@pytest.mark.skipif(not DEJAVU.is_file(), reason="a font that Debian brings is not installed")
@pytest.mark.parametrize("code", cases(["nqo"], "hy", "ka"))
def test_names_in_a_font_of_a_desks_own(code: str) -> None:
    """Scripts that no extra has: Armenian, Georgian, and N'Ko with its marks above letters."""
    lines = lines_of(Locale.parse(code))
    printed = pdf(page_of(code, lines), shipped() / "fonts", (DEJAVU,))
    ways = (by_poppler, by_tags) if code == "nqo" else (by_poppler, by_tags, by_pdfium)
    for way in ways:
        assert way(printed).split() == " ".join(lines).split()
