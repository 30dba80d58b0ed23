"""Letters and signs that no font has: a sign never stops a brief, a letter says what it needs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest

from briefings.render.html.environment import shipped
from briefings.render.pdf.write import PdfError, pdf
from briefings.workers.batch import TemplateFault
from briefings.workers.templates import TemplateRunner

FONTS = shipped() / "fonts"
DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def set_text(text: str, *own: Path) -> str:
    """What a page says on paper."""
    page = f"<!DOCTYPE html><html lang=en><title>x</title><p>{text}"
    return str(pypdfium2.PdfDocument(pdf(page, FONTS, own))[0].get_textpage().get_text_range())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12 dead 😢.", "12 dead [crying face]."),
        ("from 🇺🇦", "from [flag of UA]"),
        ("a 👩🏽‍⚕️", "a [woman, staff of aesculapius]"),
        ("⚠️ closed", "[warning sign] closed"),
        ("100 ₾", "100 [lari sign]"),
        ("😢😢", "[crying face, crying face]"),
    ],
)
def test_a_sign_is_told_by_its_name(text: str, shown: str) -> None:
    """With all that belongs to it."""
    assert set_text(text).strip() == shown


def test_a_sign_of_letters_is_told_in_these() -> None:
    """They are what it stands for."""
    assert set_text("پیامبر ﷺ گفت").split() == ["پیامبر", "صلى", "الله", "عليه", "وسلم", "گفت"]


def test_letters_without_a_font_are_named() -> None:
    """With what to do about them."""
    with pytest.raises(PdfError, match=r"no font has 亡 \(U\+4EA1\), 人 .*; put a font .*fonts/"):
        set_text("部长说有12人死亡 😢")


@pytest.mark.skipif(not DEJAVU.is_file(), reason="a font of the system stands for one of the desk")
def test_a_font_of_the_desk_has_them(tmp_path: Path) -> None:
    """Beside ours, whatever it is called."""
    own = tmp_path / "own.ttf"
    shutil.copy(DEJAVU, own)
    assert set_text("Hausa: ƙ, Հայ, ქარ", own).strip() == "Hausa: ƙ, Հայ, ქარ"


def test_the_fonts_of_a_desk_are_those_beside_its_templates(tmp_path: Path) -> None:
    """But no copies of ours, and no link to a file elsewhere."""
    folder = tmp_path / "templates" / "fonts"
    folder.mkdir(parents=True)
    for name in ("own.ttf", "Vazirmatn-Regular.ttf", "OFL.txt"):
        (folder / name).write_bytes(b"any")
    runner = TemplateRunner(tmp_path / "templates", tmp_path, ())
    assert list(runner.own_fonts()) == [folder / "own.ttf"]
    (folder / "linked.ttf").symlink_to(DEJAVU)
    fault = runner.fill({})
    assert isinstance(fault, TemplateFault)
    assert "linked.ttf" in fault.diagnostic.message
    assert TemplateRunner(shipped(), tmp_path, ()).own_fonts() == {}


def test_a_file_that_is_no_font(tmp_path: Path) -> None:
    """It is told by its name."""
    own = tmp_path / "own.ttf"
    own.write_bytes(b"no font")
    with pytest.raises(PdfError, match=r"own\.ttf in templates/fonts/ is no font"):
        set_text("x", own)


def test_a_space_beside_a_sign_stays_one() -> None:
    """Though Pango takes it to be of the sign's font, which is none."""
    page = "<!DOCTYPE html><html lang=fa dir=rtl><title>x</title><p>کابل ﷺ بود"
    with pypdfium2.PdfDocument(pdf(page, FONTS)) as document:
        text = document[0].get_textpage().get_text_range()
    assert text.split() == ["کابل", "صلى", "الله", "عليه", "وسلم", "بود"]
