"""Text taken out of a PDF is the page's own, character for character."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from unicodedata import bidirectional

import desks
import pikepdf
import pypdfium2
import pytest
from breadth import cases, examples
from taken_out import as_printed, by_pdfium, by_poppler, by_tags, not_whole, text_of_page, words

from briefings.core.carried import from_json
from briefings.core.edtf import parse
from briefings.core.model.vocabulary import PaperSize
from briefings.render.html.environment import environment, shipped
from briefings.render.html.jobs import make
from briefings.render.html.page import BriefPage
from briefings.render.l10n.locales import Locale
from briefings.render.pdf.attached import from_pdf
from briefings.render.pdf.reader import UnreadablePdf, read_pdf
from briefings.render.pdf.substitutions import stood_for, substituted
from briefings.render.pdf.texts.turned import TAG, parts_missing, turned_for_pdfium
from briefings.render.pdf.write import pdf
from briefings.scan.pdfcontent import read_content
from briefings.scan.pdftext import fonts_of, words_of
from briefings.verify.printed import printed as read_printed
from briefings.verify.remake import job_in
from briefings.workers.scripts import needed

FONTS = shipped() / "fonts"

TEXTS = {
    "fa": "سلام، می‌خواهم بالا بروم و لازم است اسلام‌آباد را ببینم. نمی‌شود‌ها؟",
    "ar": "السلام عليكم. الله أكبر إلأ الآن لإسلام، بلاد لله.",
    "ps": "د پوهنې وزارت وویل چې ښځې به بېرته کار ته لاړې شي، ځکه چې اړتیا ده.",
    "en": "The office of officials finds affluent flights.",
    "kerned": "جزایر آلاند و دوآلایی، آلاینده، اسلام‌آلا بود.",
    "hyphens": "- دولت گفت - نه. اوجی-کری -",
    "vowels": "قَالَ الوَزِيرُ الأَمْرَ صَعْبٌ جِدّاً، وَذَهَبَ: نَعَم. خُرداد، ذَهَبَ.",
    "tanwin": "احتمالاً و نسبتاً در افغانِ کابل، جدّاً هم لأً بود.",
}

STYLE = '@page { size: 200mm 40mm } p, svg { font: 12pt "Vazirmatn", "Source Serif 4" }'


def page_of(body: str, language: str, direction: str) -> str:
    """A page of some paragraphs."""
    head = f"<!DOCTYPE html><html lang={language} dir={direction}><title>x</title>"
    return f"{head}<style>{STYLE}</style>{body}"


@pytest.fixture(params=TEXTS, scope="module")
def language(request: pytest.FixtureRequest) -> str:
    """Each language in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def printed(language: str) -> bytes:
    """A page with the text of the language."""
    direction = "ltr" if language == "en" else "rtl"
    code = language if len(language) == len("fa") else "fa"
    return pdf(page_of(f"<p>{TEXTS[language]}", code, direction), FONTS)


def test_by_poppler(language: str, printed: bytes) -> None:
    """With its tool `pdftotext`, as search engines do: words and signs, each where it stands."""
    assert by_poppler(printed).split() == TEXTS[language].split()


def test_by_pdfium(language: str, printed: bytes) -> None:
    """As Chrome does."""
    assert by_pdfium(printed).split() == TEXTS[language].split()


MIXED = {
    "numbers": "گفت ۸ دسامبر ۲۰۲۵، در ۳٫۵ درصد از ۹۱ روز.",
    "names": "سازمان UN Women در Herat گفت، نه UNAMA؛ در 14 Dec, 2025 بود.",
    "signs": "او گفت: بله، نه. ۵، ۶ و ۷. سند C2، مورد.",
}


@pytest.mark.parametrize("text", MIXED.values(), ids=MIXED)
def test_words_of_both_directions(text: str) -> None:
    """A number, a name or a sign takes no space with it, and stays where it is written."""
    printed = pdf(page_of(f"<p>{text}", "fa", "rtl"), FONTS)
    assert by_poppler(printed).split() == text.split()
    assert "\u200f" not in pypdfium2.PdfDocument(printed)[0].get_textpage().get_text_range()


def test_letters_spaced_out_keep_their_places() -> None:
    """A line with marks for a reader in it is as wide as the spaces between its letters make it."""
    text = "came (کابل) to UN, then port d_e=f"

    def end(space: float) -> float:
        page = page_of(f"<p style='letter-spacing:{space}pt'>{text}", "en", "ltr")
        with pypdfium2.PdfDocument(pdf(page, FONTS)) as document:
            letters = document[0].get_textpage()
            return float(max(letters.get_charbox(at)[2] for at in range(letters.count_chars())))

    for space in (0.3, -0.15):
        assert end(space) - end(0) == pytest.approx(space * len(text), abs=1)


@pytest.mark.parametrize("text", ["ទំនងនៅតែ", "কো সাল", "शक्ति"])
def test_letters_of_a_syllable_are_not_spaced_out(text: str) -> None:
    """Fonts compose a syllable by ligatures, which are not drawn where letters are spaced out."""
    for package in ("sea", "south_asia"):
        pytest.importorskip(f"justmytype_intl_{package}")
    pictures = []
    for style in ("", "letter-spacing: 1pt"):
        page = page_of(f"<p style='{style}'>{text}", "km", "ltr")
        with pypdfium2.PdfDocument(pdf(page, FONTS, needed(page, ()))) as document:
            pictures.append(bytes(document[0].render().buffer))
    assert pictures[0] == pictures[1]


APART = {
    "bold": "<b>تقریباً قطعی</b> است که کارمندان زن افغان، نه",
    "behind a number": "<b>۱</b> ورود ممنوع است یا <i>اصلاً</i> کار کردن؟",
    "between": "او <b>افغانِ</b> کابل است",
}


@pytest.mark.parametrize("line", APART.values(), ids=APART)
def test_a_mark_above_the_line_parts_no_word(line: str) -> None:
    """Where a line is drawn in several pieces, which readers put in order by their places."""
    printed = pdf(page_of(f"<p>{line}", "fa", "rtl"), FONTS)
    text = re.sub("<[^>]*>", "", line)
    assert by_pdfium(printed).split() == by_poppler(printed).split() == text.split()
    assert any(way.split() == text.split() for way in words_of(printed).shown)


def plain_pdf(lines: Sequence[str]) -> bytes:
    """A PDF of nobody's making, with some lines that stand so from left to right."""
    codes = {letter: code for code, letter in enumerate(sorted({*"".join(lines)}), 0x30)}
    named = " ".join(f"<{code:02x}> <{ord(letter):04x}>" for letter, code in codes.items())
    begin = "begincmap 1 begincodespacerange <00> <ff> endcodespacerange"
    table = f"{begin} {len(codes)} beginbfchar {named} endbfchar endcmap"
    document, content = pikepdf.new(), BytesIO()
    courier = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Courier,
        ToUnicode=document.make_stream(table.encode()),
    )
    page = document.add_blank_page(page_size=(600, 20 * len(lines) + 50))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=courier))
    shown = (
        f"BT /F 12 Tf 50 {20 * (len(lines) - number)} Td "
        f"<{''.join(f'{codes[letter]:02x}' for letter in line)}> Tj ET"
        for number, line in enumerate(lines)
    )
    page.Contents = document.make_stream(" ".join(shown).encode())
    document.save(content)
    return content.getvalue()


def test_pdfium_turns_a_grade_by_itself() -> None:
    """In the plainest PDF that shows letters to the left: it has to be told of that."""
    assert by_pdfium(plain_pdf(["نلا C2 سلا"])).split() == ["الس", "2C", "الن"]


def test_what_pdfium_has_to_find() -> None:
    """Of each line the letters that pdfium reads right, wherever letters and signs stand in it."""
    drawn = Random(4)
    letters = "ab سنم۱2()«».,،؛\u00a0\u064b%¶"
    many = ("".join(drawn.choices(letters, k=9)) for _ in range(200))
    texts = [text for text in many if "  " not in text and text == text.strip()]
    ways = (
        not parts_missing(text, to_left=True) and any(letter in "سنم؛" for letter in text)
        for text in texts
    )
    told = [turned_for_pdfium(text, to_left=way) for text, way in zip(texts, ways, strict=True)]
    pairs = zip(texts, told, strict=True)
    kept = [(text, turned) for text, turned in pairs if turned.strip() == turned]
    read = by_pdfium(plain_pdf([turned for _, turned in kept])).split("\r\n")
    assert read == [text for text, _ in kept]
    assert len(kept) > len(texts) / 2


IN_ORDER = {
    "fa": [
        "«نه» گفت (بله)؛ UN Women در ۷ دسامبر ۲۰۲۵، نه UNAMA.",
        "C2: سازمان گفت «او (نه) رفت»، در ۱۲، ۱۳ و [۱۴] – ۳٫۵٪ بود (C2).",
        "گفت: “UN Women (UNAMA)” — در ۷–۹ دسامبر؛ ‹او› در Herat, Kabul بود",
        "UN Women بود و نبود (۱۲)",
        "راه… ¶ ۳، فتوای آنان … بود (…)",
        "منابع (ICD\u00a0206) از هفت بازهٔ ICD\u00a0203 پیروی می‌کند، در ۵\u00a0km و UN\u00a0Women",
        "بهای آن ۵۰۰ ؋ بود، نه ؋۲۰۰ و ۱۲ ؋ – یا ۳ میلیون ؋.",
        "به گزارش TOLOnews (2025)، «AFP» [۷:۳۰] و “AFP” [Reuters] از COVID-19) بود.",
        "نام «Turkey» (ترکیه) – ایران اینترنشنال؛ «Tehran pushes for…»، نه [C2] (بله)",
    ],
    "ps": [
        "¶\u00a0۷ · پلان: ۱۰ ډسمبر\u00a0۲۰۲۵ (۱۹ لیندۍ ۱۴۰۴). بل\u00a0ځای",
        "(د «پوهنې» وزارت) وویل: UN Women په ۷ ډسمبر ۲۰۲۵، [۱۲] ته لاړه.",
        "سرچینې C2، D4 او F6 دي؛ «ښځې» به (بېرته) – د Herat په ښار کې – لاړې شي.",
    ],
    "ar": [
        "«لا» قالت (نعم)؛ UN Women في ٧ ديسمبر ٢٠٢٥، لا UNAMA.",
        "قال: “الآن (لا)” في ١٢، ١٣ و[١٤] – ٣٫٥٪ (C2).",
    ],
    "he": [
        "השר (לא) אמר: UN Women ב־7 בדצמבר 2025, לא UNAMA.",
        "הוא אמר «כן (לא)» ב־12, 13 ו־[14] – 3.5% (C2) היה.",
    ],
}


@pytest.mark.parametrize("code", IN_ORDER)
def test_signs_names_and_figures_in_order(code: str) -> None:
    """Brackets, quotation marks, names, figures and grades by all three readers, and by ours."""
    page = page_of("".join(f"<p>{text}" for text in IN_ORDER[code]), code, "rtl")
    page = page.replace("200mm 40mm", "200mm 90mm")
    printed = pdf(page, FONTS, needed(page, ()))
    words = " ".join(IN_ORDER[code]).split()
    for way in (by_poppler(printed), by_pdfium(printed), by_tags(printed)):
        assert way.split() == words
    spoken = [piece.spoken or piece.readings[0] for piece in read_printed(printed).pieces]
    assert " ".join(spoken).split() == words


MIXTURE = {
    "words": "سازمان ملل اعلام کرد که در این روز کارمندان زن از دفتر می‌روند لازم إلا آلاینده نه",
    "names": "UN Women Kabul UNAMA TOLOnews Herat Reuters C2 AFP A/RES/2817 https://un.org/a US$",
    "figures": "۷ ۱۲ ۲۰۲۵ 2025 ۳٫۵٪ 12% ۹–۷ 3.5 ۱٬۲۰۰ 1,200 7:30 ۷:۳۰ ۱۴۰۴/۹/۱۷ ؋",
    "signs": "({}) «{}» {}، {}؛ {}: [{}] “{}” {}… –~{}~– -~{} {}؟ {}! {}. {} {} {} {} {}",
}


def test_any_sentence_of_words_names_figures_and_signs() -> None:
    """In Persian, by all three readers: wherever they stand, and whatever stands beside them."""
    drawn = Random(12)
    words, names, figures, signs = (each.split() for each in MIXTURE.values())
    lines = []
    for _ in range(80):
        kinds = drawn.choices((words, names, figures), weights=(3, 1, 1), k=drawn.randint(4, 12))
        inner = [drawn.choice(signs).format(drawn.choice(kind)) for kind in kinds]
        told = f"{drawn.choice(words)} {' '.join(inner)} {drawn.choice(words)}."
        lines.append(told.replace("~", " "))
    page = page_of("".join(f"<p>{line}" for line in lines), "fa", "rtl")
    printed = pdf(page.replace("200mm 40mm", "400mm 3000mm"), FONTS)
    for way in (by_poppler(printed), by_pdfium(printed), by_tags(printed)):
        taken = {" ".join(line.split()) for line in way.splitlines()}
        assert [line for line in lines if line not in taken] == []
    assert read_content_of(printed)


def test_marks_of_a_page_in_a_line_to_the_left() -> None:
    """Small numbers, names in bold and a figure of another size stand in the order of the line."""
    body = (
        "<p>این <b>متن</b> دراز است و تا پایان سطر می‌رود، تا آن‌که شمارهٔ سطر دیگر بیاید."
        "<p>او گفت.<span style='font-size: 7pt; vertical-align: 1pt; padding: 0 2pt'>¶ "
        "<a href='#x'>۵</a>، <a href='#x'>۱۲</a></span> این <b id=x>سازمان (UN Women)</b> نبود."
    )
    printed = pdf(page_of(body, "fa", "rtl").replace("200mm 40mm", "200mm 90mm"), FONTS)
    text = re.sub("<[^>]*>", "", body.replace("<p>", " ")).replace("گفت.", "گفت. ")
    assert by_pdfium(printed).split() == text.split()


@pytest.mark.parametrize("number", ["۱", "۳", "۷", "۱۲", "۹۰"])
def test_a_raised_number_after_the_last_line(number: str) -> None:
    """Of a sentence to the left: it stands behind its full stop, as on the page."""
    css = (shipped() / "print.css").read_text() + (shipped() / "brief.css").read_text()
    rules = re.findall(r"^(?:\[dir=\"rtl\"\] )?\.cite[^{]*\{[^}]*\}", css, re.MULTILINE)
    sentence = "این گزارش چند سطر دارد و در پایان سطر آخر آن شماره‌ای بالاتر از سطر می‌آید"
    body = (
        f"<style>{' '.join(sorted(rules, key=len))} p {{ font-size: 9.6pt; width: 60mm }}</style>"
        f"<p>{sentence} و تمام.<a class=cite href='#x'>{number}</a><p id=x>متن"
    )
    printed = pdf(page_of(body, "fa", "rtl").replace("200mm 40mm", "200mm 90mm"), FONTS)
    words = [*sentence.split(), "و", "تمام.", number, "متن"]
    assert by_pdfium(printed).split() == by_poppler(printed).split() == words


@pytest.mark.parametrize("count", range(3, 9))
def test_what_became_of_a_plan_that_is_told_in_another_language(count: int) -> None:
    """It stands in its own direction behind the plan, wherever that ends, and in one piece."""
    css = (shipped() / "brief.css").read_text()
    rules = [line for line in css.splitlines() if ".lapse" in line or ".what, .note" in line]
    plan = f"The Council is to convene {'again and ' * count}then"
    lapse = "هغه ورځ تېره شوې ده؛ پایله نه ده راپور شوې."
    body = (
        f"<style>{' '.join(rules)} p {{ width: 90mm }}</style><p>{'دا متن په پښتو دی. ' * 9}"
        f"<p class=what><bdi dir=ltr lang=en>{plan}</bdi> <span class=lapse>{lapse}</span>"
    )
    printed = pdf(page_of(body, "ps", "rtl").replace("200mm 40mm", "200mm 90mm"), FONTS)
    assert not_whole(f"{plan} {lapse}", by_pdfium(printed)) == []


@pytest.mark.parametrize("main", ["آمدند", "<bdi dir=ltr>The organisation said so.</bdi>"])
def test_cells_of_a_row(main: str) -> None:
    """Each is read whole; where it is read to the left, that which comes first is read first."""
    style = "display: inline-block; vertical-align: middle; width"
    cells = ["بدون ذکر روز", f"{'این سازمان گفت که در آن روز چند تن ' * ('<' not in main)}{main}"]
    body = "".join(f"<span style='{style}: 50mm'>{cell}</span> " for cell in cells)
    text = " ".join(by_pdfium(pdf(page_of(f"<p>{body}", "fa", "rtl"), FONTS)).split())
    first, second = (" ".join(re.sub("<[^>]*>", "", cell).split()) for cell in cells)
    assert first in text
    assert second in text
    assert "<" in main or text.index(first) < text.index(second)


def test_a_count_beside_names_to_the_right() -> None:
    """As in a table of sources: most of the line is to the right, and the numbers are in order."""
    cells = ["«Tehran pushes for…»", "F", "۱۰ از ۴۲"]
    style = "display: inline-block; width: 50mm"
    body = "".join(f"<span style='{style}'>{cell}</span> " for cell in cells)
    page = page_of(f"<p>{'آنان گفتند ' * 40}<p>{body}", "fa", "rtl").replace("40mm", "90mm")
    assert cells[-1] in by_pdfium(pdf(page, FONTS))


def test_numbers_and_a_grade_alone_in_a_line() -> None:
    """Each number a link of its own, as behind a sentence to the left that fills its line."""
    link = "<a href='#x'>{}</a>".format
    line = f"¶ {link('۵–۷')}، {link('۹')}، {link('۱۰')} · C2"
    printed = pdf(page_of(f"<p id=x>آنان گفتند<br>{line}", "fa", "rtl"), FONTS)
    words = ["آنان", "گفتند", "¶", "۵–۷،", "۹،", "۱۰", "·", "C2"]
    for way in (by_poppler(printed), by_pdfium(printed)):
        assert way.split() == words
    spoken = "".join(piece.spoken or piece.readings[0] for piece in read_printed(printed).pieces)
    assert "".join(spoken.split()) == "".join(words)


ALONE = {
    "a word with a joint in it": "می‌رود ¶ {}، {} · «<bdi dir=ltr>Tehran pushes for…</bdi>» · F2",
    "two letters": "او ¶ {} · <bdi dir=ltr>Now</bdi>",
    "numbers and a name": "{}، {} · «<bdi dir=ltr>Tehran pushes for…</bdi>» · F3",
    "a short word behind a name": "«<bdi dir=ltr>Iran, Pakistan form…</bdi>» و · F4 · ¶ {}، {}",
    "a short word before a name": "کې «<bdi dir=ltr>Iran, Pakistan form…</bdi>» · F4 · {}",
    "a number and a long name": "{} · «<bdi dir=ltr>Iran, Pakistan form…</bdi>» · F3",
}


@pytest.mark.parametrize("line", ALONE.values(), ids=ALONE)
def test_more_names_than_words_in_a_line(line: str) -> None:
    """The last of a sentence to the left, with numbers that are links and a source behind it."""
    body = line.format(*(f"<a href='#x'>{number}</a>" for number in ("۲۷", "۲۹")))
    printed = pdf(
        page_of(f"<p id=x>{'آنان گفتند ' * 9}<br>{body}", "fa", "rtl").replace("40mm", "90mm"),
        FONTS,
    )
    words = [*["آنان", "گفتند"] * 9, *re.sub("<[^>]*>", "", body).split()]
    for way in (by_poppler(printed), by_pdfium(printed), by_tags(printed)):
        assert way.split() == words


AMONG = {
    "a title": "He (<bdi dir=rtl lang=fa>سخنگوی وزارت امور خارجه طالبان</bdi>) said so then",
    "days": "Captured <bdi dir=rtl lang=ps>له ۷ تر ۸ ډسمبر ۲۰۲۵ ترمنځ (له ۱۶ تر ۱۷ لیندۍ)</bdi>. "
    "The text of each of them tells, and so it does here",
    "signs": "“<bdi dir=rtl lang=fa>تکل، سخنگوی «وزارت امور» خارجه [۳]</bdi>” is what he is called",
    "a day": "It ends <bdi dir=rtl lang=fa>۲۰ نومبر ۲۰۲۵</bdi> and so it goes on",
    "a sign of its own": "It ends <bdi dir=rtl lang=fa>· امور و</bdi> and so it goes on",
}


@pytest.mark.parametrize("line", AMONG.values(), ids=AMONG)
def test_words_to_the_left_in_a_line_to_the_right(line: str) -> None:
    """Several of them are read in their order by pdfium, with numbers and brackets among them."""
    printed = pdf(page_of(f"<p>{line}", "en", "ltr"), FONTS)
    words = re.sub("<[^>]*>", "", line).split()
    assert by_pdfium(printed).split() == by_tags(printed).split() == words
    assert read_content_of(printed)


@pytest.mark.parametrize("line", ["It was said احتمالاً then", "They called it (سلامٌ), and so on"])
def test_a_word_that_ends_in_a_vowel_sign_in_a_line_to_the_right(line: str) -> None:
    """For poppler the sign is of that word, and not of what stands left of it."""
    printed = pdf(page_of(f"<p>{line}", "en", "ltr"), FONTS)
    for way in (by_poppler(printed), by_tags(printed)):
        assert way.split() == line.split()


def test_any_words_to_the_left_in_a_line_to_the_right() -> None:
    """Whichever they are, and wherever they stand among the others."""
    drawn = Random(8)
    told = "they said so on that day and in all of these texts they say it again"
    others = "سخنگوی وزارت امور و ۱۴۰۴ (۱۲) طالبان، «نه» ۷ د ترمنځ می‌رود لا · است."
    english, persian = told.split(), others.split()
    lines = []
    for _ in range(40):
        start, own = drawn.randint(2, 7), drawn.choices(persian, k=drawn.randint(1, 6))
        words = [*english[:start], *own, *english[start:]]
        lines.append((words, f"<bdi dir=rtl lang=fa>{' '.join(own)}</bdi>"))
    shown = (" ".join(words).replace(re.sub("<[^>]*>", "", own), own) for words, own in lines)
    page = page_of("".join(f"<p>{line}" for line in shown), "en", "ltr")
    printed = pdf(page.replace("200mm 40mm", "250mm 700mm"), FONTS)
    taken = [line.split() for line in by_pdfium(printed).splitlines()]
    assert [words for words, _ in lines if words not in taken] == []
    assert read_content_of(printed)


FORGED: dict[str, Callable[[list[str]], list[str]]] = {
    "another letter": lambda said: ["5", *said[1:]],
    "another order": lambda said: said[::-1],
}


@pytest.mark.parametrize("line", ["<p dir=rtl>سند C2، ۱۲، ۱۳ است.", f"<p>{AMONG['a title']}"])
@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_pdfium_is_told_nothing_else(forge: Callable[[list[str]], list[str]], line: str) -> None:
    """What stands beside glyphs for pdfium alone is held against them by whoever reads a brief."""
    printed = pdf(page_of(line, "fa", "ltr"), FONTS)
    with pikepdf.open(BytesIO(printed)) as document:
        content = document.pages[0].Contents.read_bytes()
    fonts = fonts_of(read_pdf(printed))
    read_content(content, fonts)
    pattern = re.compile(rb"(/%b\n<</ActualText <feff)([0-9a-f]+)" % TAG.encode())
    said = [bytes.fromhex(own.decode()).decode("utf-16-be") for _, own in pattern.findall(content)]
    forged = (letters.encode("utf-16-be").hex().encode() for letters in forge(said))
    content = pattern.sub(lambda own: own[1] + next(forged), content)
    with pytest.raises(UnreadablePdf, match="not what they stand for"):
        read_content(content, fonts)


@pytest.mark.parametrize("name", ["Tehran pushes for…", "Who spoke?", "(UNAMA)"])
def test_a_name_that_ends_in_a_sign(name: str) -> None:
    """In an element of its own direction: the sign stays behind it for every reader."""
    line = f"به گزارش رسانه و روایت خود آن «<bdi dir=ltr lang=en>{name}</bdi>» در آن روز بود"
    printed = pdf(page_of(f"<p>{line}", "fa", "rtl"), FONTS)
    words = re.sub("<[^>]*>", "", line).split()
    for way in (by_poppler(printed), by_pdfium(printed), by_tags(printed)):
        assert way.split() == words


def test_a_name_whose_space_is_drawn_alone() -> None:
    """As at the end of a sentence, where the last word is kept with the number behind it."""
    line = "این گزارش را نهاد UN<span> </span><span style='white-space: nowrap'>Women.</span>"
    printed = pdf(page_of(f"<p>{line}", "fa", "rtl"), FONTS)
    words = re.sub("<[^>]*>", "", line).split()
    for way in (by_poppler(printed), by_pdfium(printed), by_tags(printed)):
        assert way.split() == words
    spoken = [piece.spoken or piece.readings[0] for piece in read_printed(printed).pieces]
    assert "".join("".join(spoken).split()) == "".join(words)


def test_a_narrow_space_beside_a_sign() -> None:
    """Of a font whose spaces pdfium takes for none: it is shown with the bracket."""
    font = "<style>p { font-family: 'Source Sans 3', 'Vazirmatn' }</style>"
    line = "«تنش مرزی» رو به افزایش (بقایی) ¶ ۲"
    printed = pdf(page_of(f"{font}<p>{line}", "fa", "rtl"), FONTS)
    for way in (by_poppler(printed), by_pdfium(printed), by_tags(printed)):
        assert way.split() == line.split()
    assert read_content_of(printed)


AGAINST_THE_PAGE = {
    "number in a link": "<p dir=rtl>سلنه باور لوړه · د <a href='#x'>¶ ۷، ۲۰</a> پر بنسټ",
    "number at the start": "<p dir=rtl>۲۳ لیندۍ <b>۱۴۰۴</b> (له ۸ تر ۱۴ ډسمبر ۲۰۲۵ یې)",
    "names": "<p dir=rtl>انټرنشنل · <i>C2</i> · <b>راپور</b> · ۲ غالباً سم، <i>٣</i> ښايي",
}


@pytest.mark.parametrize("line", AGAINST_THE_PAGE.values(), ids=AGAINST_THE_PAGE)
def test_a_line_to_the_left_on_a_page_to_the_right(line: str) -> None:
    """As in an edition where much falls back: no word is joined with the number behind it."""
    whole = f"<style>@page {{ size: A5 }}</style><p dir=ltr id=x>{'The whole page. ' * 20}"
    lines = f"{line}</p>{whole}"
    printed = pdf(page_of(lines, "ps", "rtl"), FONTS)
    text = re.sub("<[^>]*>", "", line)
    assert not words(text) - words(by_poppler(printed))


SIZES = {
    "what fills the last line": "{line}<br><small>¶ {n}, 9–12, 42 · C2</small>",
    "what is smaller at an end": "{line} <small>open since {n} May; {line}</small>",
    "what is larger at the end": "<small>open since {n} May; {line}</small> {line} and {line}",
    "two letters alone": "{line}<br>¶ {n}",
    "a term as a block": "<b>{n}</b> {line} and {line}, as {line} and {line}, and {line} again",
    "signs of a legend": "<i></i>{line} <i></i>then, {n} <i></i>and now <i></i>{line} <i></i>later",
}


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("item", SIZES.values(), ids=SIZES)
def test_sizes_and_gaps_part_no_sentence(item: str, direction: str) -> None:
    """In items of a list beside what stands in another column; whatever size their letters have."""
    style = (
        "small { font-size: 8.5pt } p { font-size: 10pt; line-height: 13.5pt; margin: 0 }"
        " i { display: inline-block; width: 16pt } b { display: inline-block; width: 15mm }"
        " p > * { vertical-align: top }"
        " div { display: inline-block; width: 100mm } .side { width: 40mm; margin-inline-end: 5mm }"
    )
    line = {"ltr": "they said so on that day", "rtl": "آنان در آن روز چنین گفتند"}[direction]
    digits = {"ltr": "1234", "rtl": "۱۲۳۴"}[direction]
    items = [item.format(line=line, n=number) for number in digits]
    body = "".join(f"<p><div class=side>{line}</div> <div>{each}</div>" for each in items)
    code = {"ltr": "en", "rtl": "fa"}[direction]
    page = page_of(f"<style>{style}</style>{body}", code, direction).replace("40mm", "200mm", 1)
    text = " ".join(by_poppler(pdf(page, FONTS)).split())
    for each in items:
        assert " ".join(re.sub("<[^>]*>", " ", each).split()) in text


def test_small_type_that_ends_a_line_to_the_left() -> None:
    """A little higher than its line, and farther left than the line above: wherever that stands."""
    said, small = "آنان در آن روز چنین گفتند", "font-size: 8.5pt; vertical-align: 1pt"
    lines = f"{said}<br>{said}، و <small style='{small}'>{said}</small><br>{said}"
    styles = "p { margin: 0 0 7.4pt; line-height: 12pt; font-size: 8.9pt }"
    body = f"<style>{styles}</style>{f'<p>{lines}' * 16}"
    printed = pdf(page_of(body, "fa", "rtl").replace("200mm 40mm", "200mm 290mm"), FONTS)
    text = " ".join(by_poppler(printed).split())
    assert text.count(re.sub("<br>|<[^>]*>", " ", lines).replace("  ", " ")) == 16


def test_a_day_of_two_lines() -> None:
    """Its lines are no farther from each other than poppler takes for those of one block."""
    css = (shipped() / "print.css").read_text()
    rules = " ".join(re.findall(r"^(?:\[\S*\] )?\.when \{.*", css, re.MULTILINE))
    rules = rules.replace("var(--sans)", "'Source Sans 3', 'Vazirmatn'")
    day = "<p class=when style='width: 40mm'>ټاکلې نېټه له ۸ تر ۲۱ ډسمبر ۲۰۲۵"
    page = page_of(f"<style>{rules}</style>{day}", "ps", "rtl").replace("200mm 40mm", "200mm 90mm")
    printed = pdf(page, FONTS)
    (block,) = re.findall("<block.*?</block>", as_printed(printed, "-bbox-layout"), re.DOTALL)
    assert len(re.findall("<line", block)) == 2


def test_the_long_name_of_a_language() -> None:
    """In its narrow column it is parted with a hyphen, so that it comes out as one word."""
    css = (shipped() / "pictures-print.css").read_text()
    (rule,) = re.findall(r"^\.print \.st-language .*", css, re.MULTILINE)
    body = f"<style>{rule}</style><div class=print><p class=st-language>французька</div>"
    printed = pdf(page_of(body, "uk", "ltr").replace("40mm", "90mm"), FONTS)
    for text in (by_poppler(printed), by_pdfium(printed)):
        assert words(text) == {"французька": 1}


@pytest.mark.parametrize("language", ["fr", "ru", "uk"])
def test_a_year_and_its_sign(language: str) -> None:
    """They are two words for poppler as it reads in the order of the file, too."""
    locale = Locale(language)
    line = f"{locale.when(parse('2024-03-10'))} {locale.number(1234567)}"
    printed = pdf(
        page_of(f"<p style=\"font-family: 'Source Sans 3'\">{line}", language, "ltr"), FONTS
    )
    for text in (by_poppler(printed), as_printed(printed, "-raw"), by_pdfium(printed)):
        assert text.split() == line.split()


CELLS = {
    "another direction": (
        "<table><tr><td>{day}<td>{day}<td>{name}<br>۳ {day}</table>",
        "td { vertical-align: top; width: 50mm }",
    ),
    "several lines": (
        "<p><div class=side>¶ ۳ · {day}<br>{day}</div> <div>{name} <sup>۳</sup></div>",
        ".side { width: 60mm; font-size: 8.5pt; padding-top: 1.5pt }",
    ),
    "another height": (
        "<table><tr><td class=side>{line}<td>{line} ·<br>C3</table>",
        "td { vertical-align: top; width: 80mm; font-size: 8.5pt } .side { font-size: 10pt }",
    ),
    "a large figure": (
        "<p><div class=side>{day}</div> <div>{line}<br>{line}</div>",
        ".side { width: 34mm; font-size: 21pt } p > div { vertical-align: middle }",
    ),
}


@pytest.mark.parametrize(("row", "style"), CELLS.values(), ids=CELLS)
def test_cells_beside_each_other(row: str, style: str) -> None:
    """Pdfium reads each whole: in another direction, of several lines, at another height."""
    name = "<bdi dir=ltr lang=en>The whole of it is said here in one more line of English</bdi>"
    told = {"day": "۱۴ مه", "line": "آنان در آن روز چنین گفتند", "name": name}
    style = f"div {{ display: inline-block; vertical-align: top; width: 100mm }} {style}"
    printed = pdf(page_of(f"<style>{style}</style>{row.format(**told)}", "fa", "rtl"), FONTS)
    written = re.sub("<[^>]*>", " ", row.format(**told))
    assert by_pdfium(printed).split() == written.split()
    assert read_content_of(printed)


FIGURES = {
    "en": (
        "they said so on that day in the towns of those women",
        "95|21%|Over 200|twelve out of 42",
    ),
    "fa": (TEXTS["kerned"], "۹۵|۲۱ درصد|بیش از ۲۰۰|۱۲ از ۴۲ نفر آنان"),
}


@pytest.mark.parametrize("count", range(1, 5))
@pytest.mark.parametrize("code", FIGURES)
def test_key_figures(code: str, count: int) -> None:
    """Each is read with its own words, however long these are, and whatever stands below.

    But for one page in fifteen, of three or four in Persian, which poppler parts otherwise.
    """
    css = (shipped() / "print.css").read_text()
    rules = re.findall(r"^\.(?:figures|few).*", css, re.MULTILINE)
    style = " ".join(rules).replace("color: var(--accent)", "")
    style = re.sub(r"var\(--\w+\)", "'Source Serif 4', 'Vazirmatn'", style)
    told, drawn = FIGURES[code][0].split(), Random(3 + count)
    numbers = FIGURES[code][1].split("|")

    def words_of(most: int) -> str:
        return " ".join(drawn.choices(told, k=drawn.randint(6, most)))

    wrong, pages = 0, examples(3)
    for _ in range(pages):
        figures = [(drawn.choice(numbers), words_of(most=18)) for _ in range(count)]
        items = (
            f"<li><b class='figure{' long' * (len(number) > 7)}"
            f"{' longest' * (len(number) > 12)}'>{number}</b> "
            f"<span class=what>{words}</span></li>"
            for number, words in figures
        )
        below = (
            f"<p style='margin-inline-start: {drawn.randint(0, 140)}mm'>{words_of(most=7)}"
            for _ in range(24)
        )
        row = f"<ul class='figures{' few' * (count < 3)}'>{' '.join(items)}</ul>"
        page = page_of(
            f"<style>@page {{ size: A4; margin: 16mm }} body, ul {{ margin: 0; padding: 0 }}"
            f" {style}</style>{row}{''.join(below)}",
            code,
            {"en": "ltr", "fa": "rtl"}[code],
        )
        printed = pdf(page, FONTS)
        written = "\n".join(map(" ".join, figures))
        assert not_whole(written, by_pdfium(printed)) == []
        wrong += not_whole(written, by_poppler(printed)) != []
    assert wrong <= pages // 15


def test_a_space_before_a_block_in_a_line() -> None:
    """It is not drawn at the end of a line to the left, which is read whole beside its term."""
    style = "b, span { display: inline-block } b { width: 20mm } i { display: block }"
    line = "در ۷ دسامبر (۱۶ تا ۱۷ آذر)."
    says = (
        f"<p><span><b>تاریخ انتشار</b> {line} <i dir=ltr lang=en>The text gives no date.</i></span>"
    )
    page = page_of(f"<style>{style}</style>{says * 2}", "fa", "rtl").replace("40mm", "90mm")
    printed = pdf(page, FONTS)
    for text in (by_poppler(printed), by_pdfium(printed)):
        assert " ".join(text.split()).count(f"تاریخ انتشار {line}") == 2


def test_numbers_that_end_a_line_against_its_page() -> None:
    """They follow their sign for poppler."""
    says = "<p dir=ltr lang=en>It is said on this day<br>¶ <a>۱۰</a>، <a>۲۱</a> · C3"
    page = page_of(f"<p>{'این متن فارسی است. ' * 9}{says}", "fa", "rtl").replace("40mm", "90mm")
    assert "¶ ۱۰، ۲۱ · C3" in by_poppler(pdf(page, FONTS))


def test_long_lines_with_a_mark_at_their_left() -> None:
    """They are drawn a little wider or narrower than they are laid out, and no word is parted."""
    drawn = Random(3)
    told = "نمی‌گوید هیچ‌کس می‌خواند پیشین‌تر وزیر امور خارجه، سفر تکذیب (او) را که از متن"
    some = told.split()
    small = "<small style='font-size: 8.5pt'>{}</small> <span style='font-size: 9.6pt'>بند</span>"
    body = "".join(f"<p>{small.format(' '.join(drawn.choices(some, k=90)))}" for _ in range(12))
    page = page_of(body, "fa", "rtl").replace("200mm 40mm", "200mm 290mm")
    assert words(re.sub("<[^>]*>", " ", body)) - words(by_poppler(pdf(page, FONTS))) == Counter()


FALLEN_BACK = [
    "سلنه باور لوړه · د ¶ ۷، ۲۰ پر بنسټ · ارزول شوی ۸ ډسمبر ۲۰۲۵",
    "When does it begin, and where? The office (in Kabul) said so on 8 May, “by its own words.”",
    "What do they say <q>to the offer?”</q>",
    "<b>What did they answer?</b>",
]


@pytest.mark.parametrize("margin", ["'مخ ' counter(page)", "'page ' counter(page)"])
def test_a_page_that_is_mostly_in_another_language(margin: str) -> None:
    """Lines of either direction are read in order, and its blocks from the edition's own side."""
    english = "<p lang=en dir=ltr style='width: 90mm; hyphens: auto; text-align: justify'>"
    lines = [
        f"<p>{line}" if line[0] > "z" else f"{english}{line} {'The whole page. ' * 9}{line}"
        for line in FALLEN_BACK
    ]
    foot = f"@bottom-center {{ content: {margin} }}"
    style = f"<style>@page {{ size: A5; {foot} }} q {{ quotes: '“' '' }} table {{ width: 100% }}"
    columns = "<table><tr><td>لومړی<td lang=en dir=ltr>the second</table>"
    page = page_of(f"{style}</style>{''.join(lines)}{columns}", "ps", "rtl")
    printed = pdf(page, FONTS)
    text = " ".join(re.sub("\u2010\n", "", by_poppler(printed)).split())
    for line in FALLEN_BACK:
        assert re.sub("<[^>]*>", "", line.replace("<q>", "“")) in text
    assert text.index("لومړی") < text.index("the second")
    assert not set("\u200e\u200f").intersection(by_pdfium(printed))
    assert read_content_of(printed)
    # There are hardly more marks than letters against the edition, and they push nothing aside.
    counts = Counter(map(bidirectional, as_printed(printed)))
    assert counts["L"] < counts["R"] + counts["AL"] < counts["L"] + 100
    in_columns = as_printed(printed, "-layout").replace("\u200f", "")
    assert max(map(len, in_columns.splitlines())) < 200


def read_content_of(printed: bytes) -> bool:
    """Whether our own reader finds nothing said beside glyphs that they do not stand for."""
    with pikepdf.open(BytesIO(printed)) as document:
        contents = [page.Contents.read_bytes() for page in document.pages]
    fonts = fonts_of(read_pdf(printed))
    return all(read_content(content, fonts).readings for content in contents)


def test_a_label_put_in_its_place() -> None:
    """As on an axis: it is read as its page is."""
    label = "<p style='position: relative'><b style='position: absolute'>۲۰۰ کیلومتر</b>"
    printed = pdf(page_of(f"<p>این متن است.</p>{label}", "fa", "rtl"), FONTS)
    assert by_poppler(printed).split() == ["این", "متن", "است.", "۲۰۰", "کیلومتر"]


HYPHENS = (
    "cross-border talks, de-escalation, anti-Taliban groups, second-hand reports on UN-led aid"
)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", range(40, 70, 10))
def test_a_hyphen_of_the_text_that_ends_a_line(direction: str, width: int) -> None:
    """It is the text's own for every reader, also in a quote on a page to the left."""
    persian = "<p dir=rtl lang=fa>این متن فارسی است و درازتر از آن‌که در یک سطر بماند."
    quote = f"<p dir=ltr lang=en style='width: {width}mm'>{HYPHENS}"
    body = f"{persian * 3 if direction == 'rtl' else ''}{quote}"
    printed = pdf(page_of(body, "en", direction).replace("200mm 40mm", "120mm 120mm"), FONTS)
    shown = [re.sub(r"-\s+", "-", way(printed)) for way in (by_poppler, by_pdfium)]
    assert [HYPHENS in " ".join(each.split()) for each in shown] == [True, True]
    assert "".join(HYPHENS.split()) in "".join(by_tags(printed).split())
    spoken = "".join(piece.spoken or piece.readings[0] for piece in read_printed(printed).pieces)
    assert "".join(HYPHENS.split()) in "".join(spoken.split())


def test_a_hyphen_that_has_the_glyph_of_another() -> None:
    """Where a line that was parted comes first, one of the text keeps its own code."""
    style = "hyphens: auto; hyphenate-limit-chars: 4; width: 21mm"
    text = "internationalisation of UN-led aid"
    printed = pdf(page_of(f"<p style='{style}'>{text}", "en", "ltr"), FONTS)
    assert "UN-led" in by_poppler(printed)
    assert "UN-led" in by_pdfium(printed)


MOST_MISSING = {
    "persian_brief": {"poppler": 0, "pdfium": 0},
    "reference/un-staff-ban.en.pdf": {"poppler": 0, "pdfium": 0},
    "reference/un-staff-ban.fa.pdf": {"poppler": 0, "pdfium": 0},
}
"""Words of a whole brief that a reader does not find as they are written."""
SHORT, *LONG = MOST_MISSING

MOST_NOT_WHOLE = {
    "persian_brief": {"poppler": 0, "pdfium": 0},
    "reference/un-staff-ban.en.pdf": {"poppler": 0, "pdfium": 0},
    "reference/un-staff-ban.fa.pdf": {"poppler": 0, "pdfium": 0},
}
"""Lines of the page's text that a reader does not have whole."""


@pytest.mark.parametrize("brief", cases([SHORT], *LONG))
def test_a_whole_brief(request: pytest.FixtureRequest, brief: str) -> None:
    """Of thousands of words hardly any is missing, and those are counted."""
    fixture, _, name = brief.partition("/")
    printed = (request.getfixturevalue(fixture) / name).read_bytes()
    page = make(environment(), job_in(from_json(from_pdf(printed)))).text
    with pypdfium2.PdfDocument(printed) as document:
        pages = len(document)
    text_for_paper = text_of_page(page, pages=pages, apart=True)
    written = words(text_for_paper)
    assert written.total() > (3500 if brief in LONG else 1500)
    for reader, text in (("poppler", by_poppler(printed)), ("pdfium", by_pdfium(printed))):
        missing = written - words(text)
        assert missing.total() <= MOST_MISSING[brief][reader], (reader, missing)
        parted = not_whole(text_for_paper, text)
        assert len(parted) <= MOST_NOT_WHOLE[brief][reader], (reader, len(parted), parted)
    # The same letters in the same order, whatever stands apart; some print in capitals.
    on_page, spoken = (
        "".join(text.casefold().split()) for text in (text_for_paper, by_tags(printed))
    )
    assert on_page == spoken


READ_ON_PAPER = [
    (topic, language, date(2025, 12, day), paper)
    for topic in desks.TOPICS
    for language in desks.LANGUAGES
    for day, paper in ((14, PaperSize.A4), (8, PaperSize.LETTER))
] + [
    ("tehran-meeting", "fa", date(2025, 12, 14), PaperSize.LETTER),
    ("border-clashes", "ps", date(2025, 12, 14), PaperSize.LETTER),
]
AS_THEY_FALL_BACK = [
    ("doha-2024", "ps", date(2025, 12, 14), PaperSize.A4),
    ("contact-group-2024", "ps", date(2025, 12, 8), PaperSize.LETTER),
]


@pytest.mark.parametrize(
    ("topic", "language", "day", "paper"), cases(AS_THEY_FALL_BACK, *READ_ON_PAPER)
)
def test_every_brief(topic: str, language: str, day: date, paper: PaperSize) -> None:
    """No word of it is lost, and no line comes in another order, be it a translation or none.

    Nor does it end on a page of a few lines.
    """
    assert {*desks.TOPICS} == desks.reference().base.topics.keys()
    page = BriefPage(desks.weekly(topic, language, day), "print", paper=paper).text(environment())
    printed = pdf(page, FONTS)
    with pypdfium2.PdfDocument(printed) as document:
        written = text_of_page(page, pages=len(document), apart=True)
        last = document[len(document) - 1].get_textpage().get_text_range()
    assert len(last.splitlines()) > 9
    for text in (by_poppler(printed), by_pdfium(printed)):
        assert words(written) - words(text) == Counter()
        left = not_whole(written, text)
        assert len(left) <= NOT_IN_ORDER.get((topic, language), 0), left


NOT_IN_ORDER = {
    ("tehran-meeting", "en"): 2,  # quotes to the left, which poppler parts at their commas
}
"""Lines of a brief that come out otherwise than they are read, at most so many by each reader."""


FRONTS = [("border-clashes", code) for code in ("en", "fa", "ps")] + [("opposition-outreach", "fa")]


@pytest.mark.parametrize(("topic", "language"), FRONTS)
def test_first_pages(
    front_of: Callable[[str, str, PaperSize], Path], topic: str, language: str
) -> None:
    """No word is lost, in either direction, and no line comes in another order."""
    path = front_of(topic, language, PaperSize.A4)
    written = text_of_page(path.with_suffix(".html").read_text("utf-8"), pages=2, apart=True)
    for text in (by_poppler(path.read_bytes()), by_pdfium(path.read_bytes())):
        assert words(written) - words(text) == Counter()
        assert not_whole(written, text) == []


def test_by_tags(language: str, printed: bytes) -> None:
    """As a screen reader does."""
    assert by_tags(printed).split() == TEXTS[language].split()


CLUSTERS = {
    "hi": "क्षेत्र में शिक्षा, कर्म और द्वि, र्कि हिन्दी स्त्री विद्यार्थियों 12",
    "hi vowels": "हुई कार्य के ई इ, ऐ ए; महिलाओं ओ औ ऑ आ, क्‍ष क्‌ष",
    "bn": "মন্ত্রী বলেছেন, ১২ জন নিহত হয়েছেন। কো কৌ ক্ষ স্ত্রী কি বাংলাদেশের রাষ্ট্র",
    "bn joined": "র‍্যাব জানায় বন্দরটি প্রয়োজন, কর্তৃপক্ষ সন্দেহ",
    "bn bound": "সিদ্ধান্ত যুদ্ধবিরতি গুরুত্বপূর্ণ আন্তর্জাতিক",
    "km shifted": "ស៊ីរី ម៉ាឡេស៊ី រ៉ាប់រង ប៊ិច អ៊ុំ ហ៊្វីលីពីន ប៉ូលិស សុខ",
    "km bound": "ស្លាប់ ខ្លួន គ្លេ សា",
    "hi bound": "शक्ति दृष्टि स्थिति पाकिस्तान संस्कृति व्यक्ति लब्धि संयुक्त उपस्थिति अफ़ग़ानिस्तान मुक्ति",
    "bn hyphens": "কঙ্গো - কিনশাসা",
    "th hyphens": "เซอร์โบ-โครเอเชีย ทาเชลีห์ท ไทใหญ่ อาหรับ-ชาด",
    "lo": "ກຳປູເຈຍ ສຳນຽງຊູໂດ ອຳຮາຣິກ",
    "mr": "मंत्र्यांनी सांगितले अफगाणिस्तान स्त्रियांना बऱ्याच डोंगऱ्यांत शक्ती",
    "th": "รัฐมนตรีกล่าวว่ามีผู้เสียชีวิต 12 คน ทำ น้ำ กำลัง ที่ เป็น ผู้ใหญ่ นี่ ซิ ที่ งิ",
    "km": "រដ្ឋមន្ត្រីបាននិយាយថា មនុស្ស ១២ នាក់បានស្លាប់។ សៅរ៍ ចៅ ទៅ គេ គៀន ជឿ ដើម តោ ក្រៅ ស្រឿង",
    "zh": "部长说有十二人死亡。",
    "ja": "大臣は12人が死亡したと述べた。",
    "ko": "장관은 12명이 숨졌다고 말했다.",
    "he": "השר אמר כי 12 בני אדם נהרגו.",
    "am": "ሚኒስትሩ 12 ሰዎች ሞቱ አሉ።",
    "ha": "Ƙasar ta ce ɓarna da ɗari ne, ƙarfe.",
    "xx": "q\u0302x\u0323 and e\u0301",
}


# test_fonts.py has Japanese and Korean, whose fonts are as large.
@pytest.mark.parametrize("code", cases(sorted(CLUSTERS.keys() - {"ja", "ko"}), "ja", "ko"))
def test_scripts_of_the_extras(code: str) -> None:
    """By all three and by our own reader: syllables too whose glyphs stand in another order."""
    for package in ("africa", "cjk", "rtl", "sea", "south_asia"):
        pytest.importorskip(f"justmytype_intl_{package}")
    text, direction = CLUSTERS[code], "rtl" if code == "he" else "ltr"
    page = page_of(f"<p>{text}", code.partition(" ")[0], direction)
    printed = pdf(page, FONTS, needed(page, ()))
    for way in (by_poppler(printed), by_pdfium(printed), by_tags(printed)):
        assert way.split() == text.split()
    assert any(way.split() == text.split() for way in words_of(printed).shown)


WORDS = {
    "my": "လုံခြုံရေး မန္တလေး အင်္ဂလိပ် ဖွဲ့စည်းပုံ သမ္မတ တက္ကသိုလ် အမျိုးသမီး ရွှေ့ဆိုင်း ဝန်ကြီး ဗုဒ္ဓ",
    "te": "సంస్కృతి ఎక్కువ స్థితి కొత్త ఐక్యరాజ్యసమితి క్షేత్రం రాష్ట్రపతి పాకిస్తాన్ మూసివేయబడింది ఆరోగ్య",
}


@pytest.mark.parametrize("code", WORDS)
def test_no_word_depends_on_those_before_it(code: str) -> None:
    """What a glyph stands for is the font's own, not what it was first seen to be drawn for."""
    for package in ("sea", "south_asia"):
        pytest.importorskip(f"justmytype_intl_{package}")
    words = WORDS[code].split()
    for order in (words, words[::-1]):
        page = page_of(f"<p>{' '.join(order)}", code, "ltr")
        printed = pdf(page, FONTS, needed(page, ()))
        for way in (by_poppler(printed), by_pdfium(printed), by_tags(printed)):
            assert way.split() == order


def test_substitutions_of_a_broken_font_tell_nothing() -> None:
    """Wherever the table ends, and whatever stands in it."""
    random = Random(7)
    for size in range(200):
        table = random.randbytes(10) + bytes(random.choices(range(4), k=size))
        assert set(stood_for(table, {1: "a"}, list)) <= {*range(0x10000)}
        assert max(substituted(table), default=0) < 0x10000


def test_by_our_own_search(language: str, printed: bytes) -> None:
    """What a brief may not give away is looked for in the same letters."""
    assert any(text.split() == TEXTS[language].split() for text in words_of(printed).shown)


def test_parts_of_drawings_say_nothing() -> None:
    """A font may draw several syllables with one part, and each of these more than once."""
    pytest.importorskip("justmytype_intl_south_asia")
    words = "ডিসেম্বর বন্ধ সেতুটি ১২টি কর্তৃপক্ষ সংশ্লিষ্ট"
    text = f"{words} {' '.join(reversed(words.split()))}"
    page = page_of(f"<p>{text}<p><b>{text}</b>", "bn", "ltr")
    printed = pdf(page, FONTS, needed(page, ()))
    for way in (by_poppler(printed), by_pdfium(printed), by_tags(printed)):
        assert way.split() == [*text.split(), *text.split()]


def test_pointed_hebrew() -> None:
    """Several points of a letter, in the order of the font or not, stand where they belong."""
    text = "הַנָּמֵל סָגוּר. הַשַּׂר אָמַר כִּי 12 בְּנֵי אָדָם נֶהֶרְגוּ בְּשֵׁם הָאֳנִיָּה."
    page = page_of(f"<p>{text}", "he", "rtl")
    printed = pdf(page, FONTS, needed(page, ()))
    assert by_tags(printed).split() == text.split()
    letters = [sorted("".join(each.split())) for each in (by_pdfium(printed), text)]
    assert letters[0] == letters[1]
    with pypdfium2.PdfDocument(printed) as document:
        (sheet,) = document
        places = [each.get_bounds() for each in sheet.get_objects()]
        assert min(left for left, *_ in places) >= 0
        assert max(right for _, _, right, _ in places) <= sheet.get_width()
