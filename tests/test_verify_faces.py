"""`briefings verify`: letters of a PDF are drawn as what they stand for, in the brief's fonts."""

from __future__ import annotations

import re
from pathlib import Path
from struct import pack

import pytest
from rewritten_pdf import Change, rewritten

from briefings.render.html.environment import shipped
from briefings.render.pdf.reader import read_pdf
from briefings.verify.faces import Lettering
from briefings.verify.outlines import DamagedFont, TrueType
from briefings.verify.paper import faults_of_fonts

FONTS = sorted((shipped() / "fonts").glob("*.ttf"))


@pytest.mark.parametrize("language", ["en", "fa"])
def test_what_was_built_holds(harbour_site: Path, language: str) -> None:
    """Ligatures, letters joined in Persian, and glyphs that stand for what shows nothing."""
    content = (harbour_site / f"basin-closure.{language}.pdf").read_bytes()
    assert faults_of_fonts(content, FONTS) == Lettering((), ())


def streams_of(content: bytes, key: str) -> list[int]:
    """The numbers of the streams that fonts have under a key."""
    pdf = read_pdf(content)
    with pdf.document:
        fonts = [font for page in pdf.document.pages for font in page.obj.Resources.Font.values()]
        holders = (
            fonts
            if key == "/ToUnicode"
            else [font.DescendantFonts[0].FontDescriptor for font in fonts]
        )
        return sorted({holder[key].objgen[0] for holder in holders})


def altered(content: bytes, key: str, change: Change) -> Lettering:
    """What is found where the first font that a change can be made to is changed."""
    for number in streams_of(content, key):
        changed = rewritten(content, {number: change})
        if changed != content:
            return faults_of_fonts(changed, FONTS)
    raise AssertionError("no font has it")


def letters_exchanged(table: bytes) -> bytes:
    """The glyphs of `a` and `e` named as each other."""
    names = {b"<0061>": b"<0065>", b"<0065>": b"<0061>"}
    return re.sub(rb"(?<=> )<006[15]>", lambda match: names[match[0]], table)


def glyph_for_nothing(table: bytes) -> bytes:
    """The space named as a letter."""
    return table.replace(b" <0020>\n", b" <0074>\n")


def outlines_exchanged(font: bytes) -> bytes:
    """Two glyphs in each other's place."""
    places = TrueType.read(font).places
    drawn = [glyph for glyph in range(len(places) - 1) if places[glyph] < places[glyph + 1]]
    one, other = drawn[-2], drawn[-1]
    data = TrueType.read(font).tables[b"glyf"]
    first, last = data[places[one] : places[one + 1]], data[places[other] : places[other + 1]]
    start = font.index(data)
    between = data[places[one + 1] : places[other]]
    turned = last + between + first
    changed = font[: start + places[one]] + turned + font[start + places[other + 1] :]
    # `loca` has their places: the second begins behind the first.
    is_long = TrueType.read(font).tables[b"head"][51] == 1
    form, unit, size = (">I", 1, 4) if is_long else (">H", 2, 2)
    table = font.index(TrueType.read(font).tables[b"loca"])
    for glyph in range(one + 1, other + 1):
        moved = pack(form, (places[glyph] + len(last) - len(first)) // unit)
        at = table + size * glyph
        changed = changed[:at] + moved + changed[at + size :]
    return changed


@pytest.mark.parametrize(
    ("key", "change", "message"),
    [
        ("/ToUnicode", letters_exchanged, "a font draws another letter than it names"),
        ("/ToUnicode", glyph_for_nothing, "a font shows nothing for a letter"),
        ("/FontFile2", outlines_exchanged, "a font draws a letter otherwise than it is drawn"),
        ("/FontFile2", lambda font: font[:400], "a font in it is none that shows letters"),
    ],
    ids=["names", "nothing", "outlines", "broken"],
)
def test_letters_that_are_not_what_they_are_called(
    paper: bytes, key: str, change: Change, message: str
) -> None:
    """One reads what is drawn, and a program what it is called."""
    faults = altered(paper, key, change)
    assert any(fault.message.startswith(message) for fault in faults.faults), faults


def test_a_font_that_is_not_at_hand(paper: bytes) -> None:
    """It is named; nothing is said against it."""
    faults = faults_of_fonts(paper, [path for path in FONTS if "Sans" not in path.name])
    assert faults == Lettering((), ("Source Sans 3",))


def test_a_file_that_is_no_font() -> None:
    """Nor one that is cut off."""
    font = FONTS[0].read_bytes()
    for content in (b"", b"hello", font[:40]):
        with pytest.raises(DamagedFont):
            TrueType.read(content)
