"""Text taken out of a PDF is the page's own, character for character."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from datetime import date
from pathlib import Path
from unicodedata import category

import desks
import pypdfium2
import pytest
from lxml import html

from briefings.compose.edition import compose
from briefings.compose.selection import window
from briefings.core.edition import EditionSpec
from briefings.core.model import Period, TopicId
from briefings.render.html.environment import environment, shipped
from briefings.render.html.page import brief
from briefings.render.pdf.write import pdf
from briefings.scan.pdftext import words_of

FONTS = shipped() / "fonts"

TEXTS = {
    "fa": "سلام، می‌خواهم بالا بروم و لازم است اسلام‌آباد را ببینم. نمی‌شود‌ها؟",
    "ar": "السلام عليكم. الله أكبر إلأ الآن لإسلام، بلاد لله.",
    "ps": "د پوهنې وزارت وویل چې ښځې به بېرته کار ته لاړې شي، ځکه چې اړتیا ده.",
    "en": "The office of officials finds affluent flights.",
}

INLINE = {"a", "abbr", "b", "bdi", "em", "i", "mark", "q", "span", "strong", "time"}

STYLE = '@page { size: 200mm 40mm } p { font: 12pt "Vazirmatn", "Source Serif 4" }'

# Signs that tell a reader of plain text where a direction begins and ends.
_DIRECTIONS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u200e\u200f\u2066\u2067\u2069"))


@pytest.fixture(params=TEXTS, scope="module")
def language(request: pytest.FixtureRequest) -> str:
    """Each language in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def printed(language: str) -> bytes:
    """A page with the text of the language."""
    direction = "ltr" if language == "en" else "rtl"
    return pdf(
        f"<!DOCTYPE html><html lang={language[:2]} dir={direction}><title>x</title><style>"
        f"{STYLE}</style>"
        f"<p>{TEXTS[language]}",
        FONTS,
    )


def test_by_poppler(language: str, printed: bytes, tmp_path: Path) -> None:
    """With its tool `pdftotext`, as search engines do: words and signs, each where it stands."""
    assert _by_poppler(printed, tmp_path).split() == TEXTS[language].split()


def test_by_pdfium(language: str, printed: bytes) -> None:
    """As Chrome does."""
    text = pypdfium2.PdfDocument(printed)[0].get_textpage().get_text_range()
    assert text.split() == TEXTS[language].split()


MIXED = {
    "numbers": "گفت ۸ دسامبر ۲۰۲۵، در ۳٫۵ درصد از ۹۱ روز.",
    "names": "سازمان UN Women در Herat گفت، نه UNAMA؛ در 14 Dec, 2025 بود.",
    "signs": "او گفت: بله، نه. ۵، ۶ و ۷. سند C2، مورد.",
}


@pytest.mark.parametrize("text", MIXED.values(), ids=MIXED)
def test_words_of_both_directions(text: str, tmp_path: Path) -> None:
    """A number, a name or a sign takes no space with it, and stays where it is written."""
    page = f"<!DOCTYPE html><html lang=fa dir=rtl><title>x</title><style>{STYLE}</style><p>{text}"
    printed = pdf(page, FONTS)
    assert _by_poppler(printed, tmp_path).split() == text.split()
    assert "\u200f" not in pypdfium2.PdfDocument(printed)[0].get_textpage().get_text_range()


MOST_MISSING = {"en": {"poppler": 4, "pdfium": 13}, "fa": {"poppler": 24, "pdfium": 67}}
"""Words of a whole brief that a reader does not find as they are written.

Poppler and pdfium set tanwin and kasra apart from their letters, which are drawn higher or lower;
pdfium turns "C2" round in a line to the left, and parts some words at the end of a line; poppler
reads "lifesaving" where one ends with the hyphen of "life-saving".
"""


@pytest.mark.parametrize("code", ["en", "fa"])
def test_a_whole_brief(code: str, tmp_path: Path) -> None:
    """Of thousands of words hardly any is missing, and those are counted."""
    day, topic = date(2025, 12, 14), TopicId("un-staff-ban")
    spec = EditionSpec(topic, (topic,), day, day, window(day, Period.WEEK), code)
    page = brief(environment(), compose(desks.reference(), spec), medium="print")
    printed = pdf(page, FONTS)
    written = _words(_written(page))
    assert written.total() > 3500
    with pypdfium2.PdfDocument(printed) as document:
        by_pdfium = "\n".join(sheet.get_textpage().get_text_range() for sheet in document)
    for reader, text in (("poppler", _by_poppler(printed, tmp_path)), ("pdfium", by_pdfium)):
        missing = written - _words(text)
        assert missing.total() <= MOST_MISSING[code][reader], (reader, missing)


def _written(page: str) -> str:
    """The text of a page that stands on paper, without pictures; raised numbers are apart."""
    (body,) = html.fromstring(page).iter("body")
    for spare in body.xpath(".//svg | .//script | .//style | .//figure | .//*[@data-from-pages]"):
        spare.drop_tree()
    for element in body.iter():
        # Numbers of citations are raised, and ticks of an axis lie apart.
        if element.tag not in INLINE or re.search("cite|tick", element.get("class", "")):
            element.text = f"\n{element.text or ''}"
            element.tail = f"\n{element.tail or ''}"
    return str(body.text_content())


def _words(text: str) -> Counter[str]:
    """Letters and digits, whatever their case; words that a line parts with a hyphen are whole."""
    whole = re.sub("[\u2010\x02]\r?\n", "", text.casefold())
    kept = (each if category(each)[0] in "LMN" or each in "\u200c\u200d" else " " for each in whole)
    return Counter("".join(kept).split())


def _by_poppler(printed: bytes, folder: Path) -> str:
    (folder / "page.pdf").write_bytes(printed)
    command = ["pdftotext", str(folder / "page.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    return text.translate(_DIRECTIONS)


def test_by_our_own_search(language: str, printed: bytes) -> None:
    """What a brief may not give away is looked for in the same letters."""
    assert any(text.split() == TEXTS[language].split() for text in words_of(printed).shown)
