"""PDFs read back: only ours, only whole, and at a bounded cost whoever wrote them."""

from __future__ import annotations

import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pikepdf
import pytest
from counted import steps
from hypothesis import given
from hypothesis import strategies as st
from pdf_pieces import CATALOG, EMBEDDED, FIRST, PACK, TABLE, file, pack, stream

from briefings.render.html.embedded import NoData
from briefings.render.html.environment import shipped
from briefings.render.pdf.attached import from_pdf
from briefings.render.pdf.reader import UnreadablePdf, read_pdf
from briefings.render.pdf.write import pdf
from briefings.scan.pdftext import words_of
from briefings.verify.rewritten import read_leniently

PLAIN = file({3: stream(EMBEDDED, b"{}")})
SECRET = b"(the ferry is kept in port)"


def test_the_plain_case_is_read() -> None:
    """So that the refusals below are refusals of what they say."""
    opened = read_pdf(PLAIN)
    assert list(opened.streams) == [3]
    assert from_pdf(PLAIN) == "{}"
    assert words_of(PLAIN).attached == (b"{}",)


def updated(content: bytes) -> bytes:
    """As other programs change a file: its new catalog and a second table behind the first."""
    start, old = len(content), int(content.split(b"\n")[-3])
    content += b"1 0 obj\n<</Type /Catalog/Pages 2 0 R/Lang (fa)>>\nendobj\n"
    end = len(content)
    row = b"\x01" + start.to_bytes(4, "big") + b"\x00"
    about = b"/Type /XRef/Index [1 1]/W [1 4 1]/Size 100/Root 1 0 R/Prev %d" % old
    content += b"98 0 obj\n" + stream(about, row) + b"\nendobj\n"
    return content + b"startxref\n%d\n%%%%EOF\n" % end


def encrypted(content: bytes) -> bytes:
    written = BytesIO()
    lock = pikepdf.Encryption(owner="one", user="two")
    with pikepdf.open(BytesIO(content)) as document:
        document.save(
            written, encryption=lock, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return written.getvalue()


def stored(text: bytes, about: bytes = b"") -> bytes:
    """A stream that is not packed."""
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (about, len(text), text)


INNER = b"3 0 obj\n<<>>\nendobj\n"
HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "no PDF as we write"),
    "no end": (FIRST, "no PDF as we write"),
    "more behind": (PLAIN + b"hidden", "no PDF as we write"),
    "more before": (b"hidden" + PLAIN, "no PDF as we write"),
    "another version": (PLAIN.replace(b"%PDF-1.7", b"%PDF-1.6"), "no PDF as we write"),
    "a table of old": (FIRST + b"xref\n0 1\nstartxref\n15\n%%EOF\n", "outside of all"),
    "an update": (updated(PLAIN), "outside of all objects"),
    "a gap": (PLAIN.replace(b"\n90 0 obj", b"\n(hidden)\n90 0 obj"), "outside of all objects"),
    "an object that is not in the table": (file({3: SECRET}, rows={3: (0, 0, 0)}), "elsewhere"),
    "two objects of one number": (file([(3, SECRET), (3, b"<<>>")]), "leads elsewhere"),
    "an object in a stream": (
        file([(4, stored(INNER)), (3, SECRET)], rows={3: (1, len(FIRST) + 34, 0)}),
        "leads elsewhere",
    ),
    "an object without end": (PLAIN.replace(b"endobj", b"endabc"), "has no end"),
    "a comment": (file({3: b"<<%" + SECRET[1:-1] + b"\n>>"}), "none of our ways"),
    "a comment in a pack": (file({}, CATALOG | {3: b"<<>> %" + SECRET[1:-1]}), "none of our ways"),
    "a key that stands twice": (file({3: b"<</A %b/A (x)>>" % SECRET}), "damaged"),
    "two values": (file({3: b"(x) " + SECRET}), "damaged"),
    "brackets that do not match": (file({3: b"<</A [>>"}), "damaged"),
    "a pack in a pack's place": (file({3: pack({4: SECRET})}), "no use for"),
    "a stream of unknown use": (file({3: stream(b"", SECRET)}), "no use for"),
    "a stream that calls itself a table": (file({3: stream(b"/Type /XRef", b"")}), "no use for"),
    "more in a stream": (
        file({3: stored(zlib.compress(b"{}") + SECRET, EMBEDDED + b"/Filter /FlateDecode")}),
        "not what it says",
    ),
    "a stream that is cut off": (
        file({3: stored(zlib.compress(b"{}")[:-3], EMBEDDED + b"/Filter /FlateDecode")}),
        "not what it says",
    ),
    "a damaged stream": (
        file({3: stored(b"abc", EMBEDDED + b"/Filter /FlateDecode")}),
        "is damaged",
    ),
    "another packing": (file({3: stored(b"", EMBEDDED + b"/Filter /LZWDecode")}), "do not use"),
    "two packings": (
        file({3: stored(b"", EMBEDDED + b"/Filter [/FlateDecode /FlateDecode]")}),
        "do not use",
    ),
    "a packing spelt out": (
        file({3: stored(b"", EMBEDDED + b"/Fi#6cter /FlateDecode")}),
        "do not use",
    ),
    "a packing with extras": (
        file({3: stream(EMBEDDED + b"/DecodeParms <</Predictor 12>>", b"{}")}),
        "do not use",
    ),
    "no length": (file({3: b"<<>>\nstream\n\nendstream"}), "no length"),
    "another length": (PLAIN.replace(b"/Length ", b"/Length 9", 1), "cut off"),
    "an older table": (file({}, table=b"/Prev 15"), "no table of references"),
    "objects that are not packed": (
        FIRST + b"3 0 obj\nnull\nendobj\n" * 50_001 + b"startxref\n15\n%%EOF\n",
        "more than 50,000 of its objects are not packed",
    ),
    "objects that are packed": (file({}, size=300_001), "more than 300,000 objects"),
    "a lock": (file({}, table=b"/Encrypt 3 0 R"), "no table of references"),
    "a whole file with a lock": (encrypted(PLAIN), "outside of all|no PDF as|do not use|no table"),
    "rows that lead nowhere": (file({}, rows={3: (1, 2**31, 0)}), "elsewhere|damaged"),
    "rows into a pack that is none": (file({}, rows={3: (2, 50, 0)}), "more than one pack"),
    "no catalog": (file({}, {4: b"<<>>"}), "damaged|not what we write"),
    "pages in a ring": (
        file({}, CATALOG | {2: b"<</Type /Pages/Kids [2 0 R]/Count 1>>"}),
        "more than 10,000 pages",
    ),
    "no pages": (file({}, CATALOG | {2: b"<</Type /Pages/Kids []/Count 0>>"}), "damaged"),
    "pages that are none": (file({}, CATALOG | {2: b"<</Kids [(a)]>>"}), "among its pages is none"),
    "pages that are no list": (file({}, CATALOG | {2: b"<</Kids 7 0 R>>"}), "are no list"),
    "arrays in arrays": (file({3: b"[" * 100_000 + b"]" * 100_000}), "damaged"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_unlike_ours_is_refused(kind: str) -> None:
    """With the reason; by the last look and by `diff` alike."""
    content, why = HOSTILE[kind]
    with pytest.raises(UnreadablePdf, match=why):
        words_of(content)
    with pytest.raises(NoData):
        from_pdf(content)


@pytest.mark.parametrize(
    "content",
    [
        file({3: SECRET}),
        file({}, CATALOG | {3: SECRET}),
        file({}, CATALOG | {3: b"<</A [/B %b]>>" % SECRET}),
        file({}, gap=b" " + SECRET),
        file({}, gap=b" the ferry is kept in port "),
        file({}, CATALOG | {3: b"<%b>" % SECRET[1:-1].hex().encode()}),
        file({}, CATALOG | {3: b"/the#20ferry#20is#20kept#20in#20port"}),
        file({}, CATALOG | {3: rb"(\376\377" + SECRET[1:-1].decode().encode("utf-16-be") + b")"}),
        file({3: stream(EMBEDDED, SECRET)}),
        file({3: stream(b"/Type /Metadata", SECRET)}),
        file({3: stream(b"/Subtype /Form", b"/Span\n<</Lang %b>>\nBDC" % SECRET)}),
    ],
    ids=range(11),
)
def test_nothing_is_passed_over(content: bytes) -> None:
    """Neither what nothing refers to, nor what stands between the objects of a pack."""
    words = words_of(content)
    texts = [*words.loose, *(each.decode() for each in words.attached)]
    assert "the ferry is kept in port" in " ".join(texts)


@pytest.mark.parametrize("kid", [b"null ", b"7 0 R ", b"(a) ", b"<</Kids [null]>> "])
def test_pages_are_counted_before_qpdf_goes_through_them(
    kid: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    """Which takes it long, and it prints a line for each that is none: a million fit into 8 kB."""
    tree = b"<</Type /Pages/Kids [%b]/Count 1>>"
    many, few = (file({}, CATALOG | {2: tree % (kid * count)}) for count in (20_000, 9))
    for read in (read_pdf, read_leniently):
        with pytest.raises(UnreadablePdf, match="more than 10,000 pages"):
            read(many)
        with suppress(UnreadablePdf):
            read(few)
    assert not capfd.readouterr().err


COSTLY: dict[str, Callable[[], bytes]] = {
    "free rows": lambda: file({}, size=3_000_000),
    "rows that all lead to one object": lambda: file(
        {}, rows=dict.fromkeys(range(3, PACK), (1, len(FIRST), 0))
    ),
    "a file that unpacks without end": lambda: file({3: stream(EMBEDDED, bytes(80 * 2**20))}),
    "a pack that unpacks without end": lambda: file({}, CATALOG | {3: bytes(80 * 2**20)}),
    "digits": lambda: file({3: b"1" * 2_000_000}),
    "brackets": lambda: file({3: b"<" * 2_000_000}),
    "texts": lambda: file({3: b"(" * 2_000_000}),
    "streams": lambda: file({3: b"<</Length 1>>\nstream\n" * 100_000}),
    "heads of objects": lambda: FIRST + b"3 0 obj\n" * 200_000 + b"startxref\n15\n%%EOF\n",
    "a table of many words": lambda: file({}, table=b"/Type /XRef" * 100_000),
    "a drawing of digits": lambda: file({3: stream(b"/Subtype /Form", b"1" * 2_000_000)}),
    "a drawing of signs": lambda: file({3: stream(b"/Subtype /Form", b"+" * 2_000_000)}),
    "a drawing of operands": lambda: file({3: stream(b"/Subtype /Form", b"1 [ 1 ] " * 500_000)}),
    "a drawing of brackets": lambda: file({3: stream(b"/Subtype /Form", b"<<" * 1_000_000)}),
}


@pytest.mark.parametrize("kind", COSTLY)
def test_no_file_costs_much(kind: str) -> None:
    """No byte of it is a step of ours, and no memory more than a few times the largest stream.

    What C does for us it does in one go over the file: a second one for each byte of these would
    never end.
    """
    content = COSTLY[kind]()

    def refuse() -> None:
        for read in (words_of, from_pdf):
            with pytest.raises((UnreadablePdf, NoData)):
                read(content)

    tracemalloc.start()
    assert steps(refuse) < 5_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2**28


@pytest.fixture(scope="module")
def small() -> bytes:
    """A whole PDF of ours, with a link and two scripts."""
    html = '<!DOCTYPE html><html lang="en"><title>x</title><p id="a">One <a href="#a">سلام</a>'
    return pdf(html, shipped() / "fonts")


@given(st.data())
def test_a_damaged_file_ends_in_a_refusal(small: bytes, data: st.DataObject) -> None:
    """One byte, anywhere: nothing but `UnreadablePdf` comes of it."""
    at = data.draw(st.integers(0, len(small) - 1))
    broken = small[:at] + bytes([data.draw(st.integers(0, 255))]) + small[at + 1 :]
    with suppress(UnreadablePdf):
        words_of(broken)


@pytest.mark.parametrize("number", [0, TABLE, PACK])
def test_a_number_that_is_taken(number: int) -> None:
    """The table and the pack are objects like all others."""
    with pytest.raises(UnreadablePdf):
        words_of(file([(number, SECRET)]))
