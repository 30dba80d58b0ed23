"""Fonts for every script: which letters they have, which fonts a page needs, what check says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from io import BytesIO
from pathlib import Path

import desks
import pypdfium2
import pytest
from breadth import cases
from command import run
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from little_desk import HEAD, LittleDesk, codes, only
from taken_out import as_printed, by_tags

from briefings.compose.edition import compose
from briefings.compose.selection import window
from briefings.core.model import Period, TopicId
from briefings.core.spec import EditionSpec
from briefings.desk.missing_letters import _BEYOND
from briefings.render.html.environment import environment, shipped
from briefings.render.html.page import BriefPage
from briefings.render.pdf.charsets import characters, undrawn, unreadable
from briefings.render.pdf.fonts import UnreadableFont, with_fonts
from briefings.render.pdf.missing_glyphs import letters_of
from briefings.render.pdf.write import pdf
from briefings.workers.scripts import lacking, needed, remedies

FONTS = shipped() / "fonts"
OURS = sorted(FONTS.glob("*.ttf"))
DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")

SCRIPTS = {
    "zh": "部长说有十二人死亡。",
    "ja": "大臣は12人が死亡したと述べた。",
    "ko": "장관은 12명이 숨졌다고 말했다.",
    "he": "השר אמר כי 12 בני אדם נהרגו.",
    "hi": "मंत्री ने कहा कि 12 लोग मारे गए।",
    "bn": "মন্ত্রী বলেছেন, ১২ জন নিহত হয়েছেন।",
    "th": "รัฐมนตรีกล่าวว่ามีผู้เสียชีวิต 12 คน",
    "am": "ሚኒስትሩ 12 ሰዎች ሞቱ አሉ።",
    "hy": "Նախարարն ասաց, որ 12 մարդ է մահացել։",
    "ka": "მინისტრმა თქვა, რომ 12 ადამიანი დაიღუპა.",
    "ha": "Ƙasar ta ce ɓarna da ɗari ne, ƙarfe.",
    "fa": "۱۲ افغانی ؋ است.",
}
PACKAGES = ("africa", "cjk", "rtl", "sea", "south_asia")


def text_of(content: bytes) -> str:
    """What a page says, as pdfium takes it out."""
    return str(pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range())


def test_nothing_stays_of_what_a_style_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeasyPrint makes a folder for each `@font-face`, and a worker ends without a look back."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with with_fonts(()) as fonts:
        fonts._folder = Path(tempfile.mkdtemp(prefix="weasyprint-"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("font", [*OURS, *([DEJAVU] if DEJAVU.is_file() else [])], ids=str)
def test_the_characters_of_a_font(font: Path) -> None:
    """As another reader of fonts has them."""
    with TTFont(font) as whole:
        assert characters(font.read_bytes()) == set(whole.getBestCmap())


@pytest.mark.parametrize("font", OURS, ids=str)
def test_each_font_has_spaces(font: Path) -> None:
    """Pango sets a space in the font of the letter before it: without one it would be a box."""
    assert characters(font.read_bytes()) >= {0x20, 0xA0}


@pytest.mark.parametrize("content", [b"", b"no font", b"\0\1\0\0" + b"\xff" * 200, b"ttcf"])
def test_what_is_no_font_has_none(content: bytes) -> None:
    """Whatever a desk puts into its folder."""
    assert characters(content) == frozenset()


def test_letters_that_need_no_look_are_in_our_fonts() -> None:
    """A base of these alone is not looked through."""
    ours = frozenset[int]().union(*(characters(font.read_bytes()) for font in OURS))
    spared = "".join(chr(code) for code in range(0x3000) if not _BEYOND.match(chr(code)))
    letters = letters_of(spared)
    assert len(letters) > 400
    assert [each for each in letters if ord(each) not in ours] == []


def test_rare_letters_and_the_afghani_are_set() -> None:
    """By fonts of our own, whatever face the words around them have."""
    for family in ("Source Serif 4", "Source Sans 3", "Vazirmatn"):
        style = f"<style>p {{ font-family: '{family}' }}</style>"
        page = f"<!DOCTYPE html><html lang=ha><title>x</title>{style}<p>{SCRIPTS['ha']} 5 ؋"
        assert text_of(pdf(page, FONTS)).strip() == f"{SCRIPTS['ha']} 5 ؋"


def test_an_extra_is_used_where_ours_fall_short() -> None:
    """For the letters that they lack, and for no others: so a page of ours stays as it is."""
    for package in PACKAGES:
        pytest.importorskip(f"justmytype_intl_{package}")
    pytest.importorskip("manimgx_fonts")
    assert needed("English, فارسی، پښتو, Ƙasar, 5 ؋, Ελλάδα, Київ 😢", ()) == ()
    names = [font.name.partition("[")[0] for font in needed("".join(SCRIPTS.values()), ())]
    assert sorted(names) == [
        *("NotoSansArmenian", "NotoSansBengali", "NotoSansDevanagari", "NotoSansEthiopic"),
        *("NotoSansGeorgian", "NotoSansHebrew"),
        *("NotoSansJP", "NotoSansKR", "NotoSansSC", "NotoSansThai"),
    ]
    assert lacking("".join(SCRIPTS.values()), ()) == ""


FURTHER = {
    "hy": SCRIPTS["hy"],
    "ka": SCRIPTS["ka"],
    "gu": "મંત્રીએ કહ્યું કે 12 લોકો માર્યા ગયા.",
    "pa": "ਮੰਤਰੀ ਨੇ ਕਿਹਾ ਕਿ 12 ਲੋਕ ਮਾਰੇ ਗਏ।",
    "kn": "12 ಜನರು ಸಾವನ್ನಪ್ಪಿದ್ದಾರೆ ಎಂದು ಸಚಿವರು ಹೇಳಿದರು.",
    "ml": "12 പേർ മരിച്ചതായി മന്ത്രി പറഞ്ഞു.",
    "or": "ମନ୍ତ୍ରୀ କହିଲେ ଯେ 12 ଜଣଙ୍କର ମୃତ୍ୟୁ ହୋଇଛି।",
    "si": "පුද්ගලයින් 12 දෙනෙකු මිය ගිය බව ඇමතිවරයා පැවසීය.",
}


@pytest.mark.parametrize("code", FURTHER)
def test_further_scripts_of_the_extra(code: str) -> None:
    """Each letter of them is set, and stands in the text that is taken out again."""
    pytest.importorskip("manimgx_fonts")
    page = f"<!DOCTYPE html><html lang={code}><title>x</title><p>{FURTHER[code]}"
    printed = pdf(page, FONTS, needed(page, ()))
    for way in (by_tags(printed), as_printed(printed), text_of(printed)):
        assert way.split() == FURTHER[code].split()


def test_fonttools_is_loaded_for_a_font_that_varies_alone(tmp_path: Path) -> None:
    """A page of our own fonts is set without it; one of such a font is the same with it."""
    pytest.importorskip("justmytype_intl_rtl")
    program = (
        "import sys; from pathlib import Path; from briefings.render.pdf.write import pdf;"
        "plain, varied, fonts, font = map(Path, sys.argv[1:]);"
        "pdf(plain.read_text('utf-8'), fonts);"
        "assert 'fontTools' not in sys.modules;"
        "made = pdf(varied.read_text('utf-8'), fonts, (font,));"
        "assert 'fontTools' in sys.modules; sys.stdout.buffer.write(made)"
    )
    pages = {
        name: f"<!DOCTYPE html><html lang=en><title>x</title><p>{text}"
        for name, text in (("plain", "A word."), ("varied", f"<b>{SCRIPTS['he']}</b>"))
    }
    for name, page in pages.items():
        (tmp_path / name).write_text(page, encoding="utf-8")
    (font,) = needed(pages["varied"], ())
    given = (*(tmp_path / name for name in pages), FONTS, font)
    done = subprocess.run(
        [sys.executable, "-c", program, *given], check=True, stdout=subprocess.PIPE
    )
    # Though a second or more has passed.
    assert done.stdout == pdf(pages["varied"], FONTS, (font,))


def placed_words(topic: str, code: str, *own: Path) -> str:
    """Where the words of a brief that has no translation stand on its pages."""
    day = date(2025, 12, 14)
    spec = EditionSpec(topic, (TopicId(topic),), day, day, window(day, Period.WEEK), code)
    page = BriefPage(compose(desks.reference(), spec), "print").text(environment())
    return as_printed(pdf(page, FONTS, (*own, *needed(page, own))), "-bbox")


def test_words_of_ours_that_hebrew_lacks() -> None:
    """When a judgement was made goes on from its reason, at the side on which that begins."""
    pytest.importorskip("justmytype_intl_rtl")
    begins = re.findall(r'xMin="([\d.]+)" .*>\W*Assessed<', placed_words("tehran-meeting", "he"))
    assert {*map(float, begins)} == {float(begins[0])}
    assert float(begins[0]) < 250


@pytest.mark.skipif(not DEJAVU.is_file(), reason="a font of the system stands for one of the desk")
def test_georgian_without_capitals() -> None:
    """Few fonts have them: headings and names on the map need none; no cell touches the next."""
    placed = placed_words("un-staff-ban", "ka", DEJAVU)
    (origin,) = re.findall(r'xMin="([\d.]+)" .*>iran-international<', placed)
    cells = re.findall(r'xMax="([\d.]+)" .*>ინგლისუ.*<', placed)
    assert min(abs(float(origin) - float(end)) for end in cells) > 2


@pytest.mark.skipif(not DEJAVU.is_file(), reason="a font of the system stands for one of the desk")
def test_a_page_of_every_script() -> None:
    """Not one letter is left out, in regular and in bold."""
    for package in PACKAGES:
        pytest.importorskip(f"justmytype_intl_{package}")
    # test_letters.py has Chinese.
    texts = {code: SCRIPTS[code] for code in cases(sorted(SCRIPTS.keys() - {"zh"}), "zh")}
    shown = "".join(
        f"<p lang={code} dir={'rtl' if code in ('he', 'fa') else 'ltr'}>{text} <b>{text}</b>"
        for code, text in texts.items()
    )
    page = f"<!DOCTYPE html><html lang=en><title>x</title>{shown}"
    text = " ".join(text_of(pdf(page, FONTS, (DEJAVU, *needed(page, (DEJAVU,))))).split())
    # Glyphs of these do not stand in the order of their letters.
    for code in texts.keys() - {"hi", "bn", "th", "fa"}:
        assert text.count(SCRIPTS[code]) == 2, code


def _statement(desk: LittleDesk, words: str) -> str:
    desk.document("a", f"The ship left. {words}")
    return (
        "facts:\n  - id: f\n    kind: event\n    topics: [t]\n    statement: The ship left.\n"
        f"    note: {words}\n    evidence: [{{source: a, quote: The ship left}}]\n"
    )


def test_check_names_letters_that_no_font_has(desk: LittleDesk) -> None:
    """With the place of the text, and what sets them, before any page is made."""
    checked = desk.check(_statement(desk, "དགའ and ᏣᎳᎩ"))
    fault = only(checked, "no-font")
    assert "no font has ད (U+0F51), ག (U+0F42)" in fault.message
    assert fault.span is not None
    assert checked.texts["facts.yaml"].text[fault.span.start :].startswith("དགའ")
    (hint,) = fault.hints
    assert "put a font for Tibetan and Cherokee into templates/fonts/" in hint.message


def test_extras_are_named_for_what_they_set() -> None:
    """Each once."""
    assert list(remedies("שאमकქա")) == [
        "install the fonts for it: `pip install 'briefings[fonts]'`"
    ]
    assert list(remedies("人か한")) == [
        "install the fonts for it: `pip install 'briefings[fonts-cjk]'`"
    ]


def test_signs_need_no_font(desk: LittleDesk) -> None:
    """Their names stand for them."""
    assert "no-font" not in codes(desk.check(_statement(desk, "12 dead 😢 ⚠️ ﷺ 5 ؋ 🇺🇦")))


def test_a_sign_in_a_title_stops_no_brief(desk: LittleDesk) -> None:
    """The titles of desk and topic stand in the margins of its pages, too."""
    head = HEAD.replace("Little desk", "Little desk 😢 🇺🇦").replace("Harbour}", "Harbour 🚢}")
    assert head.count("🇺🇦") == head.count("🚢") == 1
    desk.check(_statement(desk, "So."), head)
    out = desk.folder / "out"
    base = ("--base", str(desk.folder / "facts.yaml"), "--out", str(out), "--format", "pdf")
    done = run("build", *base, "--as-of", "2025-01-05")
    assert done.exit_code == 0, done.stderr
    text = text_of((out / "t.en.pdf").read_bytes())
    assert "Little desk [crying face] [flag of UA] · edition" in text
    assert "Harbour [ship]" in text


def test_many_texts_are_told_of_by_their_number(desk: LittleDesk) -> None:
    """Twenty with their places."""
    facts = "".join(
        f"  - id: f{number}\n    kind: event\n    topics: [t]\n    statement: The ship left.\n"
        f"    note: ⵣ {number}\n    evidence: [{{source: a, quote: The ship left}}]\n"
        for number in range(30)
    )
    desk.document("a", "The ship left.")
    warnings = [
        each for each in desk.check("facts:\n" + facts).diagnostics if each.code == "no-font"
    ]
    assert len(warnings) == 20
    assert sum("and so in 10 texts more" in each.message for each in warnings) == 1


@pytest.mark.skipif(not DEJAVU.is_file(), reason="a font of the system stands for one of the desk")
def test_a_font_of_the_desk_is_counted(desk: LittleDesk) -> None:
    """As for the page itself."""
    folder = desk.folder / "templates" / "fonts"
    folder.mkdir(parents=True)
    shutil.copy(DEJAVU, folder / "own.ttf")
    assert "no-font" not in codes(desk.check(_statement(desk, "ⵣⴰⵔ")))


def test_check_names_a_font_that_is_cut_off_where_its_letters_are_missing(desk: LittleDesk) -> None:
    """First of all: whoever put it there has nothing else to look for."""
    folder = desk.folder / "templates" / "fonts"
    folder.mkdir(parents=True)
    whole = next(each for each in OURS if each.name == "SourceSans3-Regular.ttf").read_bytes()
    for content, told in ((whole[:2000], True), (whole + b" ", False)):
        (folder / "own.ttf").write_bytes(content)
        first = only(desk.check(_statement(desk, "ⵣⴰⵔ")), "no-font").hints[0].message
        assert (first == "copy own.ttf into templates/fonts/ once more: it is cut off") is told


def _without_outlines(font: bytes) -> bytes:
    """A font that has all the letters of another, and draws none."""
    whole = TTFont(BytesIO(font))
    for name in whole.getGlyphOrder():
        whole["glyf"][name] = Glyph()
    written = BytesIO()
    whole.save(written)
    return written.getvalue()


def _compact(shapes: Mapping[str, Callable[[T2CharStringPen], object]], version: int) -> bytes:
    """A font of the Compact Font Format whose letters are drawn so."""
    names = {letter: f"uni{ord(letter):04X}" for letter in shapes}
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(letter): name for letter, name in names.items()})
    glyphs = {}
    for name, draw in {
        ".notdef": _nothing,
        **{names[each]: shapes[each] for each in shapes},
    }.items():
        pen = T2CharStringPen(600 if version == 1 else None, None, CFF2=version == 2)
        draw(pen)
        glyphs[name] = pen.getCharString()
    if version == 1:
        builder.setupCFF("Compact", {"FontMatrix": [0.001, 0, 0, 0.001, 0, 0]}, glyphs, {})
    else:
        builder.setupCFF2(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Compact", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    written = BytesIO()
    builder.save(written)
    return written.getvalue()


def _nothing(_: T2CharStringPen) -> None:
    pass


def _moved(pen: T2CharStringPen) -> None:
    pen.moveTo((300, -2000))
    pen.endPath()


def _square(pen: T2CharStringPen) -> None:
    pen.moveTo((0, 0))
    for point in ((0, 500), (500, 500), (500, 0)):
        pen.lineTo(point)
    pen.closePath()


def _leaf(pen: T2CharStringPen) -> None:
    pen.moveTo((0, 0))
    pen.curveTo((0, 300), (200, 1500), (500, 500))
    pen.closePath()


@pytest.mark.parametrize("version", [1, 2])
def test_a_compact_font_that_draws_nothing(version: int) -> None:
    """As one of TrueType: a letter is had by a font that draws a line for it."""
    font = _compact({"a": _square, "b": _nothing, "c": _leaf, "d": _moved, " ": _nothing}, version)
    assert undrawn(font) == set(map(ord, "bd "))
    assert undrawn(_compact({"a": _nothing}, version)) == {ord("a")}
    table = font.index(b"CFF ") if version == 1 else font.index(b"CFF2")
    place = int.from_bytes(font[table + 8 : table + 12], "big")
    for end in range(place, min(place + 400, len(font)), 7):
        undrawn(font[:end])  # whatever is left of it


@pytest.mark.skipif(not DEJAVU.is_file(), reason="a font of the system stands for one of the desk")
def test_a_font_that_draws_nothing(desk: LittleDesk) -> None:
    """It is not counted as having the letter; where an extra has it, the build refuses the font."""
    fonts = desk.folder / "templates" / "fonts"
    fonts.mkdir(parents=True)
    blank = _without_outlines(DEJAVU.read_bytes())
    assert characters(blank) == characters(DEJAVU.read_bytes())
    (fonts / "blank.ttf").write_bytes(blank)
    fault = only(desk.check(_statement(desk, "ⵣⴰⵔ")), "no-font")
    assert "no font has ⵣ (U+2D63), ⴰ (U+2D30)" in fault.message
    assert not lacking("The ship left.", [fonts / "blank.ttf"])
    out = desk.folder / "out"
    done = run("build", "--base", str(desk.folder / "facts.yaml"), "--out", str(out))
    assert done.exit_code == 1
    assert "blank.ttf in templates/fonts/ draws nothing for ⴰ (U+2D30)" in done.stderr
    assert not out.exists()


@pytest.mark.parametrize("font", OURS, ids=str)
def test_spaces_are_all_that_a_font_of_ours_does_not_draw(font: Path) -> None:
    """And what joins letters."""
    codes = undrawn(font.read_bytes())
    assert {0x20, 0xA0} <= codes
    assert not [code for code in codes if chr(code).isalnum()]


def test_a_build_uses_the_extra(desk: LittleDesk) -> None:
    """And its manifest says which font it was."""
    pytest.importorskip("justmytype_intl_rtl")
    desk.check(_statement(desk, f'"{SCRIPTS["he"]}"'))
    out = desk.folder / "out"
    base = ("--base", str(desk.folder / "facts.yaml"), "--out", str(out), "--format", "pdf")
    done = run("build", *base, "--as-of", "2025-01-05")
    assert done.exit_code == 0, done.stderr
    assert "fonts/NotoSansHebrew" in (out / "manifest.json").read_text(encoding="utf-8")


def test_a_worker_holds_the_fonts_of_one_page() -> None:
    """Of the many that it sets: what fontconfig reads for each goes with the page."""
    script = """
from briefings.render.pdf.fonts import with_fonts
from briefings.workers.pool import _most_memory

def held(times):
    for _ in range(times):
        with with_fonts(()):
            pass
    return _most_memory()

first = held(5)
print(held(60) / first)
"""
    environment = {**os.environ, "FONTCONFIG_FILE": str(FONTS / "fonts.conf")}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert float(done.stdout) < 1.05


def _blank(font: TTFont) -> None:
    font["glyf"]["four"] = deepcopy(font["glyf"]["space"])


def _without_width(font: TTFont) -> None:
    font["hmtx"].metrics["a"] = (0, 0)


def _small(font: TTFont) -> None:
    font["head"].unitsPerEm = 16384


def _flat(font: TTFont) -> None:
    glyph = font["glyf"]["n"]
    glyph.coordinates.scale((1, 0.01))
    glyph.recalcBounds(font["glyf"])


@pytest.mark.parametrize(
    ("harm", "letter"), [(_blank, "4"), (_without_width, "a"), (_small, "0"), (_flat, "n")]
)
def test_a_font_that_nobody_can_read_is_of_no_use(
    tmp_path: Path, harm: Callable[[TTFont], None], letter: str
) -> None:
    """A figure that is not drawn would be left out; letters upon each other are none."""
    assert [unreadable(font.read_bytes()) for font in OURS] == [None] * len(OURS)
    font = TTFont(next(each for each in OURS if each.name == "SourceSans3-Regular.ttf"))
    harm(font)
    own = tmp_path / "own.ttf"
    font.save(own)
    assert unreadable(own.read_bytes()) == letter
    with pytest.raises(UnreadableFont, match=f"draws “{letter}” so that nobody"), with_fonts([own]):
        pass


@pytest.mark.parametrize("left", [0.99, 0.4, 0.001])
def test_a_font_that_is_cut_off_is_told(tmp_path: Path, left: float) -> None:
    """Else the letters that it was brought for would be set in another one, without a word."""
    whole = next(each for each in OURS if each.name == "SourceSans3-Regular.ttf").read_bytes()
    own = tmp_path / "own.ttf"
    own.write_bytes(whole[: int(len(whole) * left)])
    told = re.escape("own.ttf in templates/fonts/ is cut off")
    with pytest.raises(UnreadableFont, match=told), with_fonts([own]):
        pass
