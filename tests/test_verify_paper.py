"""`briefings verify`: whatever was changed in a PDF is found, by whatever program."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from breadth import cases
from command import desk, run
from page_jobs import made_from
from rewritten_pdf import Change, contents, objects, rewritten

from briefings.core.digest_names import IN_PDF, UNNAMED, named
from briefings.render.html.embedded import NoData
from briefings.render.html.environment import shipped
from briefings.render.pdf.attached import from_pdf
from briefings.render.pdf.reader import UnreadablePdf, read_pdf
from briefings.render.pdf.write import pdf
from briefings.scan.pdffonts import Font
from briefings.scan.pdftext import fonts_of
from briefings.verify.paper import compare_paper, data_of, faults_of_form
from briefings.verify.pieces import Printed, PrintedPiece
from briefings.verify.printed import printed, read_printed
from briefings.verify.verdict import Fault
from briefings.verify.words import Mismatch, PageText, compare_printed

__all__ = ["desk"]


@pytest.fixture(scope="module")
def persian(harbour_site: Path) -> bytes:
    """One whose pages run from right to left."""
    return (harbour_site / "basin-closure.fa.pdf").read_bytes()


@pytest.fixture(scope="module")
def made_for_paper(paper: bytes) -> str:
    return made_from(from_pdf(paper))


@pytest.fixture(scope="module")
def made_in_persian(persian: bytes) -> str:
    return made_from(from_pdf(persian))


def saved(change: Callable[[pikepdf.Pdf], None], content: bytes) -> bytes:
    """As another program writes it after a change."""
    with pikepdf.open(BytesIO(content)) as document:
        change(document)
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def turned(document: pikepdf.Pdf) -> None:
    document.pages.reverse()


def removed(document: pikepdf.Pdf) -> None:
    del document.pages[1]


def doubled(document: pikepdf.Pdf) -> None:
    document.pages.append(document.pages[0])


def stamped(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    page.contents_add(document.make_stream(b"BT /F1 12 Tf 50 50 Td (Not so.) Tj ET"))


def annotated(document: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.FreeText,
        Rect=[0, 0, 90, 90],
        Contents="Not so.",
    )
    document.pages[0].Annots.append(document.make_indirect(note))


def retitled(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = "Another brief"


def unattached(document: pikepdf.Pdf) -> None:
    del document.Root.Names["/EmbeddedFiles"]
    del document.Root["/AF"]


def attached(document: pikepdf.Pdf) -> None:
    document.attachments["more.txt"] = b"More."


def scripted(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def left_alone(document: pikepdf.Pdf) -> None:
    del document.Root["/Lang"]


BY_OTHER_PROGRAMS = (
    *(turned, removed, doubled, stamped, annotated, retitled, unattached, attached, scripted),
    left_alone,
)


@pytest.mark.parametrize("change", BY_OTHER_PROGRAMS, ids=lambda change: change.__name__)
def test_a_pdf_that_another_program_wrote(
    paper: bytes, change: Callable[[pikepdf.Pdf], None]
) -> None:
    """It is not as we write it, whatever was changed."""
    assert list(faults_of_form(saved(change, paper)))


@pytest.mark.parametrize(
    "change", [turned, removed, doubled, stamped], ids=lambda one: one.__name__
)
def test_its_pages_are_looked_at_all_the_same(
    paper: bytes, made_for_paper: str, change: Callable[[pikepdf.Pdf], None]
) -> None:
    """So that a reader knows where: pages turned, taken out, doubled or stamped."""
    _, faults = compare_paper(saved(change, paper), made_for_paper)
    assert any(fault.page is not None for fault in faults)


DAMAGED: dict[str, Change] = {
    "an update behind it": lambda pdf: pdf + b"1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n",
    "a byte of its metadata": lambda pdf: pdf.replace(
        b"UA identification", b"UB identification", 1
    ),
    "cut off": lambda pdf: pdf[:-2000],
    "a comment": lambda pdf: pdf.replace(b"\nendobj\n", b"\nendobj\n% more\n", 1),
    "no PDF": lambda _: b"%PDF-1.7\nhello",
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_pdf_that_was_damaged(paper: bytes, kind: str) -> None:
    """Behind its end, in its metadata, between its objects."""
    changed = DAMAGED[kind](paper)
    assert changed != paper
    assert list(faults_of_form(changed))


def test_a_byte_anywhere(paper: bytes) -> None:
    """Thirty bytes altered, each alone: found."""
    for place in random.Random(14).sample(range(len(paper)), 30):
        changed = paper[:place] + bytes([paper[place] ^ 1]) + paper[place + 1 :]
        assert list(faults_of_form(changed)), place


def test_another_number(paper: bytes) -> None:
    """In the last lines, where the name of the file is put right again: in both its places."""
    (number,) = set(re.findall(rb"/ID \[\((\w{32})\) \(\w{32}\)\]", paper))
    unnamed = re.sub(rb"(?<=%b)urn:sha256:\w{64}" % IN_PDF, UNNAMED.encode(), paper)
    assert not list(faults_of_form(named(unnamed, IN_PDF)))
    first = unnamed.replace(number, b"0" * 32, 1)
    for other in (first, unnamed.replace(number, b"0" * 32)):
        (fault,) = faults_of_form(named(other, IN_PDF))
        assert fault.message.endswith("its number is not that of its objects")


def page_faults(pdf: bytes, number: int, change: Change, page: str) -> tuple[Fault, ...]:
    """What is found where the stream of a page is changed by someone who puts all else right."""
    changed = rewritten(pdf, {number: change})
    assert changed != pdf
    assert not list(faults_of_form(changed)), "the form alone tells it already"
    return compare_paper(changed, page)[1]


def test_what_is_put_right_again_is_whole(paper: bytes, made_for_paper: str) -> None:
    """The test's own writer changes nothing by itself."""
    same = rewritten(paper, {})
    assert not list(faults_of_form(same))
    assert compare_paper(same, made_for_paper)[1] == ()


_ROW = re.compile(rb"/(\w+) [\d.]+ Tf\n|\[((?:<[0-9a-f]{4}>-?[\d.]+)+)\] TJ\n")
_PIECE = re.compile(rb"/Span\n<</MCID \d+>>\nBDC\n.*?EMC\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """A text in a content stream, from `start` to `end`, and itself with two letters exchanged."""

    start: int
    end: int
    turned: bytes


def rows(content: bytes, pdf: bytes) -> list[Row]:
    """Texts in which two letters stand side by side that differ; a digit is none."""
    opened = read_pdf(pdf)
    with opened.document:
        fonts = fonts_of(opened)
    lines, font = [], Font({}, {})
    for match in _ROW.finditer(content):
        if match[1] is not None:
            font = fonts[f"/{match[1].decode()}"]
            continue
        cells = re.findall(rb"<([0-9a-f]{4})>", match[2])
        for place, pair in enumerate(pairwise(cells)):
            if pair[0] != pair[1] and all(font.letters[cell].isalpha() for cell in pair):
                cells[place : place + 2] = pair[1], pair[0]
                turned_row = b"[" + b"".join(b"<%b>0" % cell for cell in cells) + b"] TJ\n"
                lines.append(Row(*match.span(), turned_row))
                break
    return lines


@pytest.mark.parametrize("language", ["en", "fa"])
def test_words_of_a_pdf_one_after_the_other(request: pytest.FixtureRequest, language: str) -> None:
    """Two glyphs exchanged in some texts, each alone: found, with its page."""
    pdf: bytes = request.getfixturevalue("paper" if language == "en" else "persian")
    page: str = request.getfixturevalue("made_for_paper" if language == "en" else "made_in_persian")
    streams = {number: data for number, _, data in objects(pdf) if data is not None}
    numbers = contents(pdf)
    places = [(number, row) for number in numbers for row in rows(streams[number], pdf)]
    for number, row in random.Random(14).sample(places, 12)[: len(cases(range(4), *range(8)))]:

        def change(data: bytes, row: Row = row) -> bytes:
            return data[: row.start] + row.turned + data[row.end :]

        faults = page_faults(pdf, number, change, page)
        assert numbers.index(number) + 1 in {fault.page for fault in faults}, row


def parted(
    content: bytes, pdf: bytes, otherwise: Callable[[list[bytes], int], list[bytes]], letters: str
) -> Iterator[Row]:
    """Texts of two words of such letters, put otherwise at the space between them."""
    opened = read_pdf(pdf)
    with opened.document:
        fonts = fonts_of(opened)
    font = Font({}, {})
    for match in _ROW.finditer(content):
        if match[1] is not None:
            font = fonts[f"/{match[1].decode()}"]
            continue
        cells = re.findall(rb"<([0-9a-f]{4})>", match[2])
        text = [font.letters[cell] for cell in cells]
        if text.count(" ") == 1 and re.fullmatch(f"[{letters}]+ [{letters}]+", "".join(text)):
            cells = otherwise(cells, text.index(" "))
            turned_row = b"[" + b"".join(b"<%b>0" % cell for cell in cells) + b"] TJ\n"
            yield Row(*match.span(), turned_row)


def words_exchanged(cells: list[bytes], space: int) -> list[bytes]:
    return [*cells[space + 1 :], cells[space], *cells[:space]]


def space_moved(cells: list[bytes], space: int) -> list[bytes]:
    return [*cells[: space - 1], cells[space], cells[space - 1], *cells[space + 1 :]]


@pytest.mark.parametrize(
    "otherwise", [words_exchanged, space_moved], ids=lambda change: change.__name__
)
@pytest.mark.parametrize(
    ("language", "letters"), [("en", "A-Za-z"), ("fa", "\u0620-\u064a\u067e-\u06d3")]
)
def test_what_a_tag_says_is_what_one_sees(
    request: pytest.FixtureRequest,
    language: str,
    letters: str,
    otherwise: Callable[[list[bytes], int], list[bytes]],
) -> None:
    """The same letters, in other words or another order, under tags that are right."""
    pdf: bytes = request.getfixturevalue("paper" if language == "en" else "persian")
    page: str = request.getfixturevalue("made_for_paper" if language == "en" else "made_in_persian")
    streams = {number: data for number, _, data in objects(pdf) if data is not None}
    number, row = next(
        (number, row)
        for number in contents(pdf)
        for row in parted(streams[number], pdf, otherwise, letters)
    )

    def change(data: bytes) -> bytes:
        return data[: row.start] + row.turned + data[row.end :]

    faults = page_faults(pdf, number, change, page)
    assert contents(pdf).index(number) + 1 in {fault.page for fault in faults}


def first_gone(data: bytes) -> bytes:
    return _PIECE.sub(b"", data, count=1)


def last_gone(data: bytes) -> bytes:
    """What a page shows last; a piece behind it may show nothing, and nothing is gone with it."""
    last = [match for match in _PIECE.finditer(data) if b"] TJ\n" in match[0]][-1]
    return data[: last.start()] + data[last.end() :]


def exchanged(data: bytes) -> bytes:
    """The texts of two pieces exchanged, their places and numbers kept."""
    shown = [match for match in _ROW.finditer(data) if match[2] is not None]
    one, other = next(pair for pair in pairwise(shown) if len(pair[0][0]) > len(pair[1][0]) > 99)
    between = data[one.end() : other.start()]
    return data[: one.start()] + other[0] + between + one[0] + data[other.end() :]


def repeated(data: bytes) -> bytes:
    """A text shown a second time, in no tag."""
    first = next(_PIECE.finditer(data))[0]
    return data + first[first.index(b"BDC\n") + 4 : first.rindex(b"EMC\n")]


def as_artifact(data: bytes) -> bytes:
    """A text shown a second time, as what is no part of the text."""
    first = next(_PIECE.finditer(data))[0]
    return data + b"/Artifact\nBMC\n" + first[first.index(b"BDC\n") + 4 :]


def in_margin(data: bytes) -> bytes:
    """A text shown a second time, as part of a margin."""
    first = next(_PIECE.finditer(data))[0]
    head = b"/Artifact\n<</Type /Pagination/Subtype /Header>>\nBDC\n"
    return data + head + first[first.index(b"BDC\n") + 4 :]


def unseen(data: bytes) -> bytes:
    return data.replace(b"BT\n", b"BT\n3 Tr\n", 1)


@pytest.mark.parametrize(
    "change",
    [first_gone, last_gone, exchanged, repeated, as_artifact, in_margin, unseen],
    ids=lambda change: change.__name__,
)
def test_a_page_put_right_again(paper: bytes, made_for_paper: str, change: Change) -> None:
    """Words taken out, exchanged, added, or shown so that nobody sees them."""
    number = contents(paper)[2]
    assert page_faults(paper, number, change, made_for_paper)


def test_the_last_text_of_each_page_gone(paper: bytes, made_for_paper: str) -> None:
    """Whatever follows on the next page."""
    for number in contents(paper):
        assert page_faults(paper, number, last_gone, made_for_paper)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"/Title (Outlook)", b"/Title (Outlaws)", "a bookmark is called"),
        (b"/Contents (It is likely", b"/Contents (It is doubty", "a link is called"),
    ],
    ids=["bookmark", "name"],
)
def test_links_put_right_again(
    paper: bytes, made_for_paper: str, old: bytes, new: bytes, message: str
) -> None:
    """What a program says of them."""
    (pack,) = (number for number, text, _ in objects(paper) if b"/ObjStm" in text)
    faults = page_faults(paper, pack, lambda data: data.replace(old, new, 1), made_for_paper)
    assert any(fault.message.startswith(message) for fault in faults)


def test_a_text_in_a_drawing(paper: bytes) -> None:
    """No tag mentions it, and a page may show it anywhere."""
    opened = read_pdf(paper)
    with opened.document:
        font, known = next(iter(fonts_of(opened).items()))
        glyph = next(glyph for glyph, letters in known.letters.items() if letters.isalpha())
        content = b"BT\n%b 9 Tf\n1 0 0 1 50 50 Tm\n[<%b>] TJ\nET\n" % (font.encode(), glyph)
        opened.streams[10**6] = pikepdf.Stream(opened.document, content, Subtype=pikepdf.Name.Form)
        with pytest.raises(UnreadablePdf, match="a drawing shows a text"):
            read_printed(opened)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_number_of_a_page_taken_out(direction: str) -> None:
    """A style sheet adds it: no word of the page's own is gone."""
    page = (
        f"<!DOCTYPE html><html lang=en dir={direction}><title>x</title><style>"
        "a::after { content: '\\a0' target-counter(attr(href), page) }</style>"
        "<p><a href='#x'>Ferries</a></p><p id=x>Ferries</p>"
    )
    content = pdf(page, shipped() / "fonts")
    assert compare_paper(content, page)[1] == ()
    (number,) = contents(content)
    streams = {each: data for each, _, data in objects(content) if data is not None}
    pieces = [piece for piece in _PIECE.findall(streams[number]) if b" TJ" in piece]
    # The word, its number, the word again.
    (fault,) = page_faults(content, number, lambda data: data.replace(pieces[1], b""), page)
    assert fault.page == 1


def test_what_is_around_an_altered_word_is_not_told_of() -> None:
    """Though a heading in capitals follows it, and the same words come once more far below."""
    ends = "Nothing else is known of the ferries, nor of the crews that were on board of them."
    page = PageText(
        f"6 more How good are the sources? C fairly reliable {ends} Annex {ends}", (), frozenset()
    )
    lines = ["5 more", "HOW GOOD ARE THE SOURCES?", "C fairly reliable", ends, "Annex", ends]
    pieces = tuple(PrintedPiece(1, (line, line)) for line in lines)
    (fault,) = compare_printed(page, Printed(1, pieces, (), ()))
    assert (fault.says, fault.expected) == ("5 more", "6 more")


@pytest.mark.parametrize(
    ("said", "shown", "altered"),
    [
        ("Portekiz", "PORTEKİZ", "PORTEKİS"),
        ("Ελλάδα", "ΕΛΛΑΔΑ", "ΕΛΛΑΔΕ"),
        ("Großbritannien", "GROSSBRITANNIEN", "GROSBRITANNIEN"),
        ("Côte", "CÔTE", "COTE"),
    ],
)
def test_capitals_are_those_of_their_language(said: str, shown: str, altered: str) -> None:
    """As a style sheet sets them, in Turkish, Greek and German too."""

    def faults(word: str) -> list[Mismatch]:
        pieces = tuple(PrintedPiece(1, (text, text)) for text in (word, "1"))
        return list(
            compare_printed(PageText(f"{said} 1", (), frozenset()), Printed(1, pieces, (), ()))
        )

    assert faults(said) == faults(shown) == []
    assert faults(altered)
    assert faults(said.lower())


def test_joiners_are_told_where_they_are_all_that_is_wrong() -> None:
    """Persian words are shown as they are written."""
    joined, other = "می\u200cرود", "می\u200cآید"
    assert Fault("other words", 1, says=joined, expected=other).shown.count("\u200c") == 2
    assert (
        "<U+200C>"
        in Fault("other words", 1, says=joined.replace("\u200c", ""), expected=joined).shown
    )


@pytest.mark.usefixtures("desk")
def test_a_margin_may_take_several_lines() -> None:
    """The briefs of a desk with a long name are true ones; another name is found."""
    base = Path("facts.yaml")
    text = base.read_text(encoding="utf-8")
    name = "The harbour of Merrow, its quays, its ferries, " + "its gulls, " * 9 + "to the islands"
    base.write_text(text.replace("title: The harbour of Merrow\n", f"title: {name}\n"), "utf-8")
    run("build", "--topic", "basin-closure", "--format", "pdf", "--no-annex")
    content = Path("build/basin-closure.en.pdf").read_bytes()
    made = made_from(from_pdf(content))
    assert compare_paper(content, made)[1] == ()
    lines = [each.readings[0] for each in printed(content).margins]
    assert any("islands" in line and "harbour" not in line for line in lines), "it is parted"
    assert compare_paper(content, made.replace("to the islands", "from the islands"))[1]


def test_a_file_of_too_many_objects_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are counted in its bytes, before qpdf goes through all pages among them."""
    opened: list[object] = []
    monkeypatch.setattr(pikepdf, "open", opened.append)
    with pytest.raises(NoData):
        data_of(b"%PDF-1.7\n" + b"1 0 obj\nnull\nendobj\n" * 200_001)
    assert opened == []
