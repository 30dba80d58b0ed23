"""The words of a finished PDF, read with nothing but what we run with; other readers agree."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.render.html.environment import shipped
from briefings.render.pdf.reader import UnreadablePdf
from briefings.render.pdf.write import pdf
from briefings.scan.bidi import readings
from briefings.scan.pdfcontent import ToldToPdfium, read_content
from briefings.scan.pdffonts import Font
from briefings.scan.pdftext import words_of

FONTS = shipped() / "fonts"
PERSIAN = """\
<!DOCTYPE html><html lang="fa" dir="rtl"><head><title>آزمون</title>
<style>body { font: 11pt "Vazirmatn" } p { width: 70mm }</style></head><body>
<p>سخنگوی بندر گفت که کشتی‌ها از فردا حرکت می‌کنند و در ۱۲ مه ۲۰۳۱ بندر بسته می‌شود؛ این سند
(Oom Ferries Ltd.) را شرکت منتشر کرد.</p>
<p style="text-align: justify">لا إله والسلام عليكم. <b>کابل</b> پایتخت <a
href="https://example.org/">افغانستان</a> است و ۳٫۵ درصد از مردم <i>UNAMA</i> را می‌شناسند.</p>
<p lang="ps">د افغانستان ښځې اجازه نه لري چې په دفترونو کې کار وکړي؛ ځینې یې وايي چې ستونزې دي.</p>
<p dir="ltr" lang="en">The quote <bdi lang="fa" dir="rtl">دختران از رفتن منع شده‌اند</bdi> is 12.</p>
</body></html>"""


def words_in(text: str) -> Counter[str]:
    """Words without the hyphens of line ends."""
    plain = unicodedata.normalize("NFKC", text.replace("\u200c", "").replace("\x02", "-"))
    return Counter(re.findall(r"[^\W\d_]+", re.sub(r"[-\u2010]\s*\n", "", plain)))


def test_pages_say_what_another_reader_reads(strait_pdf: bytes) -> None:
    """Word for word, but for those in which a number stands raised."""
    shown = "\n".join(words_of(strait_pdf).shown)
    document = pypdfium2.PdfDocument(strait_pdf)
    theirs = words_in("\n".join(each.get_textpage().get_text_range() for each in document))
    latin = {word: count for word, count in theirs.items() if word.isascii()}
    ours = words_in(shown)
    missing = {word: count for word, count in latin.items() if ours[word] < count}
    assert len(latin) > 300
    assert not missing


def test_persian_is_read_as_it_was_written() -> None:
    """In the order of reading, over lines and words of other letters; justified or not."""
    shown = [" ".join(each.split()) for each in words_of(pdf(PERSIAN, FONTS)).shown]
    text = " ".join(shown).replace("\u200c", "")
    for phrase in (
        "سخنگوی بندر گفت که کشتیها از فردا حرکت",
        "میکنند و در ۱۲ مه ۲۰۳۱ بندر بسته",
        "لا إله والسلام عليكم. کابل پایتخت افغانستان",
        "را میشناسند",
        "د افغانستان ښځې اجازه نه لري چې په",
        "The quote دختران از رفتن منع شدهاند is 12",
        "(Oom Ferries Ltd.)",
    ):
        assert phrase in text, phrase


def test_all_else_that_is_in_the_file(strait_pdf: bytes) -> None:
    """Title, outline, targets, links, alternatives; attachments and metadata."""
    read_words = words_of(strait_pdf)
    loose = "\n".join(read_words.loose)
    for words in ("The ferries' halt – The Strait of Oom", "Where sources disagree", "q1", "Link"):
        assert words in loose
    attached = [each.decode() for each in read_words.attached]
    assert any('"brief": "ferries"' in each for each in attached)
    assert any("pdfuaid" in each for each in attached)


def damaged(data: bytes) -> dict[str, bytes]:
    body, _, rest = data.rpartition(b"\nstartxref\n")
    return {
        "nothing": b"",
        "another file": b"%PDF-1.4\n%abcd\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n",
        "cut off": data[:-200],
        "more behind it": data + b"hidden",
        "more between": body + b"\n% hidden" + b"\nstartxref\n" + rest,
        "a damaged stream": data.replace(b"stream\nx", b"stream\ny", 1),
    }


@pytest.mark.parametrize("kind", damaged(b""))
def test_what_is_not_understood_is_an_error(strait_pdf: bytes, kind: str) -> None:
    """Never a pass: whatever is not as we write it."""
    with pytest.raises(UnreadablePdf):
        words_of(damaged(strait_pdf)[kind])


FONT = Font({b"0001": "a", b"0002": "bc", b"0003": "سلام"}, {b"0001": 500.0, b"0002": 1000.0})
BEGIN = b"BT\n/F 10 Tf\n1 0 0 -1 5 5 Tm\n"


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        (b"[<0001>] TJ\nET\n", "a"),
        (b"[<00010002>-3<0001>.5] TJ\nET", "abca"),
        (b"[<0001>] TJ\n1 0 0 -1 10 5 Tm\n[<0002>] TJ\nET\n", "abc"),
        (b"[<0001>] TJ\n1 0 0 -1 90 5 Tm\n[<0002>] TJ\nET\n", "a\nbc"),
        (b"[<0001>] TJ\n1 0 0 -1 10 90 Tm\n[<0002>] TJ\nET\n", "a\nbc"),
        (b"q\n1 0 0 1 2.5 3 cm\n[<0003>] TJ\nET\nQ\n", "سلام"),
        (b"/Span\n<</MCID 0/Lang (fa)>>\nBDC\n[<0001>] TJ\nET\nEMC\n", "a"),
    ],
)
def test_a_stream_is_read(drawn: bytes, text: str) -> None:
    """Pieces that touch are one word; others are apart."""
    assert read_content(BEGIN + drawn, {"/F": FONT}).readings[0] == text


@pytest.mark.parametrize(
    "drawn",
    [
        *(b"(a) Tj\n", b"(a) '\n", b'1 1 (a) "\n', b"[(a)] TJ\n", b"[<0001>]TJ\n", b"[<000>] TJ\n"),
        *(b"[<0009>] TJ\n", b"/G 9 Tf\n", b"5 5 Tm\n", b"1 0 0 1 5 5 Td\n", b"<0001> TJ\n"),
        *(b"BI /W 1 ID x EI\n", b"% a comment\n", b"q % a comment\n", b"{ }\n", b"(a", b"<< BDC\n"),
        *(b"[<0001>", b"5", b"/Span", b"] q\n", b"unknown\n", b"qq\n", b"q Q\n"),
    ],
)
def test_what_is_drawn_in_another_way(drawn: bytes) -> None:
    """Neither guessed nor skipped."""
    with pytest.raises(UnreadablePdf):
        read_content(BEGIN + drawn, {"/F": FONT})


def test_a_text_in_no_font() -> None:
    """There is nothing to tell its letters by."""
    with pytest.raises(UnreadablePdf, match="no font"):
        read_content(b"BT\n[<0001>] TJ\nET\n", {"/F": FONT})


def held(gap: float) -> None:
    """Hold “۱۲۱، ۱۲۵، ۱۲۶”, said beside its glyphs from left to right; one gap is so wide."""
    turned = ToldToPdfium()
    row = [
        (0.0, "۱۲۱،", "۱۲۶"),
        (gap, "۱۲۵،", "،"),
        (0.0, "", "۱۲۵"),
        (0.2, "۱۲۶", "،"),
        (0.0, "", "۱۲۱"),
    ]
    place = 0.0
    for before, said, letters in row:
        turned.last = (place, 0.0, 10.0)
        turned.move(place + 10 * before, 0.0)
        turned.begin(said)
        turned.end(letters)
        place += 10 * before + 5
    turned.hold()


@pytest.mark.parametrize("gap", [0.13, 0.1477, 0.152, 0.17, 0.2])
def test_a_gap_that_is_hardly_a_space(gap: float) -> None:
    """What a PDF rounds may have been a space to whoever set it."""
    held(gap)


def test_a_gap_that_is_none() -> None:
    """Where a space is said, one is seen."""
    with pytest.raises(UnreadablePdf, match="beside its glyphs"):
        held(0.05)


@given(st.text(alphabet="abc 12.", max_size=20))
def test_what_runs_to_the_right_stays(text: str) -> None:
    """A piece without a letter that runs to the left is as it stands."""
    assert readings(list(text)) == (text, text)


@given(st.lists(st.sampled_from(["سلام", "کابل", "بندر"]), min_size=1, max_size=5))
def test_what_runs_to_the_left_is_turned(words: list[str]) -> None:
    """From the last glyph on paper to the first."""
    text = " ".join(words)
    assert readings(list(reversed(text))) == (text, text)
