"""Text taken out of a PDF is the page's own, character for character."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypdfium2
import pytest

from briefings.render.html.environment import shipped
from briefings.render.pdf.write import pdf
from briefings.scan.pdftext import words_of

FONTS = shipped() / "fonts"

TEXTS = {
    "fa": "سلام، می‌خواهم بالا بروم و لازم است اسلام‌آباد را ببینم. نمی‌شود‌ها؟",
    "ar": "السلام عليكم. الله أكبر إلأ الآن لإسلام، بلاد لله.",
    "ps": "د پوهنې وزارت وویل چې ښځې به بېرته کار ته لاړې شي، ځکه چې اړتیا ده.",
    "en": "The office of officials finds affluent flights.",
}

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
        '@page { size: 200mm 40mm } p { font: 12pt "Vazirmatn", "Source Serif 4" }</style>'
        f"<p>{TEXTS[language]}",
        FONTS,
    )


def test_by_poppler(language: str, printed: bytes, tmp_path: Path) -> None:
    """With its tool `pdftotext`, as search engines do.

    In a line to the left it puts a sign between two words behind the space that follows: of any
    PDF. So letters are held against letters, and signs against signs.
    """
    (tmp_path / "page.pdf").write_bytes(printed)
    command = ["pdftotext", str(tmp_path / "page.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    assert _apart(text.translate(_DIRECTIONS)) == _apart(TEXTS[language])


def _apart(text: str) -> tuple[list[str], list[str]]:
    """The words, without signs, and the signs."""
    signs = ".,،؟"
    words = text.translate(dict.fromkeys(map(ord, signs), " ")).split()
    return words, sorted(each for each in text if each in signs)


def test_by_pdfium(language: str, printed: bytes) -> None:
    """As Chrome does."""
    text = pypdfium2.PdfDocument(printed)[0].get_textpage().get_text_range()
    assert text.split() == TEXTS[language].split()


def test_by_our_own_search(language: str, printed: bytes) -> None:
    """What a brief may not give away is looked for in the same letters."""
    assert any(text.split() == TEXTS[language].split() for text in words_of(printed).shown)
