"""The words of a finished PDF, read with nothing but what we run with; other readers agree."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strait_desk import edition, strait

from briefings.core.snapshot import to_json
from briefings.render.html import page
from briefings.render.html.environment import environment, shipped
from briefings.render.pdf.write import pdf
from briefings.scan import pdfobjects
from briefings.scan.bidi import readings
from briefings.scan.pdftext import Unreadable, words_of

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


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    week = edition(strait(tmp_path_factory.mktemp("strait")))
    carried = to_json(week.snapshot)
    return pdf(page.brief(environment(), week, medium="print", data=carried), FONTS)


def said(text: str) -> Counter[str]:
    """Words without the hyphens of line ends."""
    plain = unicodedata.normalize("NFKC", text.replace("\u200c", "").replace("\x02", "-"))
    return Counter(re.findall(r"[^\W\d_]+", re.sub(r"[-\u2010]\s*\n", "", plain)))


def test_pages_say_what_another_reader_reads(data: bytes) -> None:
    """Word for word, but for those in which a number stands raised."""
    shown = "\n".join(words_of(data).shown)
    document = pypdfium2.PdfDocument(data)
    theirs = said("\n".join(one.get_textpage().get_text_range() for one in document))
    latin = {word: count for word, count in theirs.items() if word.isascii()}
    ours = said(shown)
    missing = {word: count for word, count in latin.items() if ours[word] < count}
    assert len(latin) > 300
    assert not missing


def test_persian_is_read_as_it_was_written() -> None:
    """In the order of reading, over lines and words of other letters; justified or not."""
    shown = [" ".join(one.split()) for one in words_of(pdf(PERSIAN, FONTS)).shown]
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


def test_all_else_that_is_in_the_file(data: bytes) -> None:
    """Title, outline, targets, links, alternatives; attachments and metadata."""
    found = words_of(data)
    loose = "\n".join(found.loose)
    for words in ("The ferries' halt – The Strait of Oom", "Contested points", "q1", "Link"):
        assert words in loose
    attached = [one.decode() for one in found.attached]
    assert any('"brief": "ferries"' in one for one in attached)
    assert any("pdfuaid" in one for one in attached)


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
def test_what_is_not_understood_is_an_error(data: bytes, kind: str) -> None:
    """Never a pass: whatever is not as we write it."""
    with pytest.raises(Unreadable):
        words_of(damaged(data)[kind])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (b"[1 0 R 2 0 R]", [[pdfobjects.Ref(1), pdfobjects.Ref(2)]]),
        (b"[<00ff>-3 .5]", [[b"\x00\xff", -3.0, 0.5]]),
        (rb"(a\(b\)\101(c))", [b"a(b)A(c)"]),
        (b"<</A#42 [true null]/C<4>>>", [{"AB": [True, None], "C": b"\x40"}]),
        (b"q 1 0 0 1 2.5 3 cm", ["q", 1.0, 0.0, 0.0, 1.0, 2.5, 3.0, "cm"]),
    ],
)
def test_values(text: bytes, values: list[object]) -> None:
    """As PDF writes them."""
    assert list(pdfobjects.tokens(text)) == values


@pytest.mark.parametrize("text", [b"<<", b"]", b"<</A>>", b"(a", b"{", b"<xy>"])
def test_broken_values(text: bytes) -> None:
    """Neither guessed nor skipped."""
    with pytest.raises(Unreadable):
        list(pdfobjects.tokens(text))


@given(st.text(alphabet="abc 12.", max_size=20))
def test_what_runs_to_the_right_stays(text: str) -> None:
    """A piece without a letter that runs to the left is as it stands."""
    assert readings(list(text)) == (text, text)


@given(st.lists(st.sampled_from(["سلام", "کابل", "بندر"]), min_size=1, max_size=5))
def test_what_runs_to_the_left_is_turned(words: list[str]) -> None:
    """From the last glyph on paper to the first."""
    text = " ".join(words)
    assert readings(list(reversed(text))) == (text, text)
