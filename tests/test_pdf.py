"""The paper form: real PDFs, read back with other libraries."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from weasyprint import HTML

from briefings.core.edition import Edition
from briefings.render.html.environment import shipped
from briefings.render.pdf.write import PdfError, pdf
from briefings.workers.agenda import long_work
from briefings.workers.pool import Pool

FONTS = shipped() / "fonts"


@pytest.fixture(scope="module")
def texts(strait_pdf: bytes) -> list[str]:
    """The text of each page, in one line."""
    document = pypdfium2.PdfDocument(strait_pdf)
    return [
        " ".join(document[number].get_textpage().get_text_range().split())
        for number in range(len(document))
    ]


def test_every_page_carries_its_marking_and_number(texts: list[str]) -> None:
    """TLP 2.0: in header and footer of every page."""
    for number, text in enumerate(texts, start=1):
        assert text.count("TLP:GREEN") >= 2
        assert f"page {number} of {len(texts)}" in text


def test_the_foot_is_short_in_the_annex(texts: list[str]) -> None:
    """Which is the proof; pages before it are handed on alone, and say where that is."""
    proof = "every ¶ leads to its quote in the annex"
    assert [proof in text for text in texts] == [True, *[False] * (len(texts) - 1)]


def test_the_facts_are_on_paper(texts: list[str], strait_week: Edition) -> None:
    """Statements, voices, quotes in both scripts with their places, what identifies it."""
    whole = " ".join(texts)
    assert "Oom Ferries said that no ferry would sail before 20 May 2031." in whole
    assert "That day has passed; no outcome is reported." in whole
    assert "the port's spokesman, in “Document wire” · F3 ¶ 7 · plan The port's" in whole
    assert "“Document wire”, par. 2, line 2 · F3" in whole
    assert "سخنگوی" in whole
    assert strait_week.fingerprint in whole.replace(" ", "")


def test_metadata(strait_pdf: bytes) -> None:
    """Title, language and day; no author; tagged, with bookmarks."""
    with pikepdf.open(BytesIO(strait_pdf)) as document:
        info = document.docinfo
        assert str(info["/Title"]) == "The ferries' halt – The Strait of Oom – 18 May 2031"
        assert "/Author" not in info
        assert str(info["/CreationDate"]).startswith("D:20310518")
        assert str(info["/ModDate"]).startswith("D:20310518")
        assert str(document.Root.Lang) == "en"
        assert bool(document.Root.MarkInfo.Marked)
        with document.open_outline() as outline:
            top = outline.root[0]
            assert top.title == "It is very likely that no ferry sails in this week."
            assert [item.title for item in top.children] == [
                "What is new this week", "Sources disagree", "Not known",
                "How good are the sources?", "Figure 1 · Where it all comes from",
                "Where sources disagree", "Outlook", "All facts",
                "Figure 2 · Timeline", "Figure 3 · Map", "Who is who", "How far to trust this",
                "Sources", "Quotes",
            ]  # fmt: skip


def test_every_link_stays_inside_and_arrives(strait_pdf: bytes, strait_week: Edition) -> None:
    """From sentence to quote, and back."""
    with pikepdf.open(BytesIO(strait_pdf)) as document:
        names = _names(document)
        targets = [
            str(link.Dest) if "/Dest" in link else str(link.A.D)
            for sheet in document.pages
            for link in sheet.get("/Annots", pikepdf.Array())
        ]
        kinds = {str(link.A.S) for sheet in document.pages for link in sheet.Annots if "/A" in link}
    assert kinds <= {"/GoTo"}
    assert set(targets) <= names
    for citation in strait_week.citations:
        assert f"q{citation.number}" in targets
        for link in citation.cited_by:
            assert link.target in targets


def test_only_our_fonts(strait_pdf: bytes) -> None:
    """The letters are the same on every machine."""
    with pikepdf.open(BytesIO(strait_pdf)) as document:
        fonts = {
            str(font.BaseFont).partition("+")[2]
            for sheet in document.pages
            for font in sheet.Resources.get("/Font", pikepdf.Dictionary()).values()
        }
    assert fonts
    assert all(name.startswith(("Source-", "Source", "Vazirmatn")) for name in fonts), fonts


def test_the_same_bytes_everywhere(strait_paper: str, strait_pdf: bytes, tmp_path: Path) -> None:
    """Not the process, the hash seed, the time zone, the locale or the folder shows.

    Nor does what the libraries are told in the environment; and no folder is made in the desk.
    """
    (tmp_path / "paper.html").write_text(strait_paper, encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from briefings.render.pdf.write import pdf;"
        "html = Path('paper.html').read_text(encoding='utf-8');"
        "Path('paper.pdf').write_bytes(pdf(html, Path(sys.argv[1])))"
    )
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "1",
        "TZ": "America/Lima",
        "LC_ALL": "fa_IR.UTF-8",
        "SOURCE_DATE_EPOCH": "-1",
        "HB_SHAPER_LIST": "fallback",
        "FONTCONFIG_SYSROOT": "/nowhere",
        "HOME": "home",
        "XDG_CACHE_HOME": "kept",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    command = [sys.executable, "-c", program, str(FONTS)]
    subprocess.run(command, env=environment, cwd=tmp_path, check=True)
    assert (tmp_path / "paper.pdf").read_bytes() == strait_pdf
    assert sorted(path.name for path in tmp_path.iterdir()) == ["paper.html", "paper.pdf"]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="file:///etc/hostname" alt="">',
        '<img src="http://127.0.0.1/x.png" alt="">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<link rel="stylesheet" href="http://127.0.0.1/x.css">',
        '<style>@import url("file:///etc/hostname");</style>',
        '<style>p { background: url("file:///etc/hostname") }</style><p>x</p>',
        '<object data="file:///etc/hostname"></object>',
    ],
)
def test_nothing_is_loaded(html: str) -> None:
    """A page that asks for anything outside itself becomes no PDF."""
    with pytest.raises(PdfError, match=r"it may not load|neither public"):
        pdf(f"<!DOCTYPE html><title>x</title>{html}", FONTS)


def test_an_address_without_end_is_cut() -> None:
    """A message is for people: a picture of a megabyte is named by its first signs."""
    with pytest.raises(PdfError) as caught:
        pdf(f"<!DOCTYPE html><title>x</title><img src=data:image/png;base64,{'A' * 10**6}>", FONTS)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<a href="#nowhere">x</a>', "nowhere"),
        ("<style>p { no-such: thing }</style><p>x</p>", "no-such"),
        ('<a href="relative.html">x</a>', "relative"),
    ],
)
def test_a_warning_is_an_error(html: str, words: str) -> None:
    """A dead link or a style that is passed over would be a hole in the brief."""
    with pytest.raises(PdfError, match=words):
        pdf(f"<!DOCTYPE html><html lang=en><title>x</title>{html}", FONTS)


def test_of_many_warnings_the_first_are_told() -> None:
    """A style that sets no variable has dozens, all alike."""
    style = "".join(f"p {{ no-such-{number}: thing }}" for number in range(30))
    with pytest.raises(PdfError, match=r"no-such-0: .*; and 25 more like these$"):
        pdf(f"<!DOCTYPE html><html lang=en><title>x</title><style>{style}</style><p>x", FONTS)


def test_nothing_is_kept_of_a_document() -> None:
    """A process that sets many briefs needs no more memory for the last than for the first."""
    html = "<!DOCTYPE html><html lang=en><title>x</title><p>{} <a href='#x' id=x>x"
    sheets = {str(number): html.format(number) for number in range(3)}
    with Pool(1, start="fork") as pool:
        printed = dict(pool.answers(sheets, partial(boxes_before, fonts=FONTS), long_work()))
    assert printed == {"0": b"0", "1": b"0", "2": b"0"}


def boxes_before(html: str, fonts: Path) -> bytes:
    """Set a page; how many boxes of others there were before, in the process that does it."""
    from weasyprint.formatting_structure.boxes import Box

    gc.disable()  # so that nothing but the worker itself looks for what can be dropped
    kept = [each for each in gc.get_objects() if issubclass(type(each), Box)]
    pdf(html, fonts)
    return str(len(kept)).encode()


def test_without_fonts_there_is_a_reason(tmp_path: Path) -> None:
    """Not a crash of the process."""
    with pytest.raises(PdfError, match=r"no fonts\.conf"):
        pdf("<p>x</p>", tmp_path)


def _names(document: pikepdf.Pdf) -> set[str]:
    return {str(name) for name in pikepdf.NameTree(document.Root.Names.Dests)}


@pytest.mark.parametrize(("pages", "stays"), [(4, False), (5, True)])
def test_contents_are_for_documents_that_need_them(pages: int, stays: bool) -> None:
    """`data-from-pages="5"` holds from the fifth page on, whatever else the page says."""
    leaves = '<p style="break-before: page">next</p>' * (pages - 1)
    html = f'<title>x</title><nav data-from-pages="5">Contents</nav><p>first</p>{leaves}'
    paper = pdf(f"<!DOCTYPE html><html lang=en>{html}", FONTS)
    document = pypdfium2.PdfDocument(paper)
    assert len(document) == pages
    assert ("Contents" in document[0].get_textpage().get_text_range()) is stays


@pytest.mark.parametrize(("told", "times"), [("line", 1), ("<br>" * 500, 2)])
def test_a_document_is_laid_out_once(
    told: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many pages it comes to is seen by its letters; else it is laid out once more."""
    rendered, render = list[int](), HTML.render

    def count(self: HTML, *given: object, **named: object) -> object:
        laid = render(self, *given, **named)
        rendered.append(len(laid.pages))
        return laid

    monkeypatch.setattr(HTML, "render", count)
    nav = '<nav data-from-pages="5">Contents</nav>'
    pdf(f"<!DOCTYPE html><html lang=en><title>x</title>{nav}<p>{told}", FONTS)
    assert len(rendered) == times


@pytest.mark.parametrize(
    ("lines", "apart", "closer", "pages"),
    [
        (36, 2, 0, [36]),
        (46, 2, 0, [33, 13]),
        (40, 0.1, 0, [38, 2]),
        (38, 30, 0.03, [38]),
        (40, 17, 0.03, [37, 3]),
    ],
)
def test_a_few_lines_of_a_last_page(
    lines: int, apart: float, closer: float, pages: list[int]
) -> None:
    """What has `--closer` stands closer, where that saves the page; else nothing does.

    Where it leaves but a few lines again, it stands closer still, if that saves them too.
    """
    told = "<p>line</p>" * lines
    style = (
        "@page { size: 100mm 200mm; margin: 10mm } p { font: 10pt/13pt 'Source Sans 3'; margin: 0 }"
        f" p + p {{ padding-top: {apart}pt }} main {{ --closer: {closer} }}"
    )
    html = f"<title>x</title><style>{style}</style><main>{told}</main>"
    document = pypdfium2.PdfDocument(pdf(f"<!DOCTYPE html><html lang=en>{html}", FONTS))
    assert [each.get_textpage().get_text_range().count("line") for each in document] == pages


def test_a_number_of_a_page_that_is_saved() -> None:
    """What names the last page names the one before it, where that holds its lines."""
    style = (
        "@page { size: 100mm 200mm; margin: 10mm } p { font: 10pt/13pt 'Source Sans 3'; margin: 0 }"
        " p + p { padding-top: 2pt } main { --closer: 0 }"
        " a::after { content: target-counter(attr(href), page) }"
    )
    told = "<p>line</p>" * 34 + "<p id=x>end"
    html = f"<title>x</title><style>{style}</style><p><a href='#x'>page </a><main>{told}</main>"
    document = pypdfium2.PdfDocument(pdf(f"<!DOCTYPE html><html lang=en>{html}", FONTS))
    (text,) = (each.get_textpage().get_text_range() for each in document)
    assert text.startswith("page 1")


def test_a_line_is_not_broken_after_its_first_word() -> None:
    """WeasyPrint 70 goes astray where a line ends at the space before a link or the like."""
    text = (
        "A fragile ceasefire between two islands continued to hold when it was written, they say."
    )
    style = "p { font: 12px 'Source Sans 3'; margin: 0 } a { white-space: nowrap }"
    paragraphs = "".join(
        f"<p style='width: {width}px'>{text}\u00a0<a href='#x'>¶\u00a041</a></p>"
        for width in range(300, 480, 2)
    )
    html = f"<title>x</title><style>{style}</style>{paragraphs}<p id=x>end"
    document = pypdfium2.PdfDocument(pdf(f"<!DOCTYPE html><html lang=en>{html}", FONTS))
    pages = [page.get_textpage().get_text_range() for page in document]
    starts = [line for page in pages for line in page.splitlines() if line.startswith("A ")]
    assert len(starts) == 90
    assert min(map(len, starts)) > 30


def test_a_space_within_a_link_is_no_link_of_its_own() -> None:
    """However deep in it: whoever goes from link to link meets each text once."""
    inner = "<span>one{}<b>two</b>{}<i>three</i></span>"
    shown = [f"<p><a href='#x'>{inner.format(space, space)}</a>" for space in ("", " ")]
    html = f"<!DOCTYPE html><html lang=en><title>x</title>{shown[0]}{{}}<p id=x>end"
    counts = []
    for more in ("", shown[1]):
        with pikepdf.open(BytesIO(pdf(html.format(more), FONTS))) as document:
            counts.append(len(document.pages[0].Annots))
    assert counts[1] == 2 * counts[0]
