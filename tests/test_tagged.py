"""The tags of a PDF: what WeasyPrint leaves out is there, for whoever reads by ear or touch."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest

from briefings.render.html.environment import shipped
from briefings.render.pdf.write import pdf

HEAD = """<!DOCTYPE html><html lang="en"><head><title>Tags</title>
<style>
@page { size: A5; margin: 2cm; @top-left { content: "Above" } @bottom-right { content: "Below" } }
body { font-family: "Source Serif 4", Vazirmatn }
{style}
</style></head><body>{body}</body></html>"""


def tagged(body: str, style: str = "") -> pikepdf.Pdf:
    """A small page as a PDF, opened by another library."""
    html = HEAD.replace("{style}", style).replace("{body}", body)
    return pikepdf.open(BytesIO(pdf(html, shipped() / "fonts")))


def elements(document: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """All structure elements in reading order."""
    waiting = [document.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield element
            kids = element.get("/K", pikepdf.Array())
            waiting += reversed(list(kids) if isinstance(kids, pikepdf.Array) else [kids])


def kinds(document: pikepdf.Pdf) -> list[str]:
    """The kinds of all elements in reading order, but for plain text."""
    return [str(each.S) for each in elements(document) if str(each.S) != "/Span"]


def only(document: pikepdf.Pdf, kind: str) -> pikepdf.Dictionary:
    """The one element of a kind."""
    (element,) = [each for each in elements(document) if str(each.S) == kind]
    return element


def contents(document: pikepdf.Pdf) -> list[str]:
    """What each link says."""
    return [str(link.Contents) for link in document.pages[0].Annots]


def test_both_standards_are_claimed() -> None:
    """PDF/A-3a and PDF/UA-1, legible in the file itself, and only once each."""
    document = tagged("<p>Words</p>")
    metadata = document.Root.Metadata
    assert "/Filter" not in metadata
    text = metadata.read_raw_bytes().decode()
    assert text.count("<pdfuaid:part>1</pdfuaid:part>") == 1
    assert 'pdfaid:part="3"' in text
    assert 'pdfaid:conformance="A"' in text


def test_what_pages_repeat_is_no_text() -> None:
    """Heads and feet are artifacts of the pages, on each of them; the text is not."""
    document = tagged("<p>One</p><p style='break-before: page'>Two</p>")
    for number, sheet in enumerate(document.pages):
        marks = [
            [str(part) for part in each.operands]
            for each in pikepdf.parse_content_stream(sheet)
            if str(each.operator) == "BDC"
        ]
        shown = sorted(f"{tag} {given}" for tag, given in marks)
        assert sum("/Pagination" in each and "/Header" in each for each in shown) == 1
        assert sum("/Pagination" in each and "/Footer" in each for each in shown) == 1
        assert sum(each.startswith("/Span") for each in shown) == 1
        owners = document.Root.StructTreeRoot.ParentTree.Nums[2 * number + 1]
        assert sorted(owner is None for owner in owners) == [False, True, True]
    assert kinds(document) == ["/Document", "/P", "/P"]


def test_languages_are_named() -> None:
    """Where the page changes its language, so do the tags, and nowhere else."""
    document = tagged('<p>He said <q lang="fa" dir="rtl">سلام</q>.</p><p lang="ps">وطن</p>')
    codes = [str(each.Lang) for each in elements(document) if "/Lang" in each]
    assert str(document.Root.Lang) == "en"
    assert codes == ["fa", "ps"]


@pytest.mark.parametrize("tag", ["p", "li", "td", "dd", "h1"])
def test_joints_of_persian_words_are_kept(tag: str) -> None:
    """Fonts have no glyph for them; in the tags each part of a line to the left is spelt out."""
    around = {"li": "ul", "td": "table", "dd": "dl"}.get(tag, "div")
    text = "می\u200cگوید <b>نمی\u200cرود</b> و رفت"
    document = tagged(f'<{around} lang="fa" dir="rtl"><{tag}>{text}</{tag}></{around}>')
    actual_texts = [str(each.ActualText) for each in elements(document) if "/ActualText" in each]
    assert actual_texts[-4:] == ["می\u200cگوید", " ", "نمی\u200cرود", " و رفت"]


def test_a_link_says_what_it_says() -> None:
    """Its words, or its label; not the address that it leads to."""
    document = tagged(
        '<p><a href="#x">The  ferry</a> <a href="#x" aria-label="quote 3">3</a></p>'
        '<h1 id="x">X</h1>'
    )
    assert contents(document) == ["The ferry", "quote 3"]


def test_links_in_links_are_one() -> None:
    """Each box in a link has a rectangle; all belong to the link (7.18.5)."""
    document = tagged('<p><a href="#x">A <b>bold</b> word</a></p><h1 id="x">X</h1>')
    link = only(document, "/Link")
    objects = [kid for kid in link.K if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]
    assert len(objects) == len(document.pages[0].Annots) == 2
    numbers = {each.Obj.StructParent for each in objects}
    nums = list(document.Root.StructTreeRoot.ParentTree.Nums)
    owners = dict(zip(nums[::2], nums[1::2], strict=True))
    assert {owners[number].objgen for number in numbers} == {link.objgen}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ul><li><p>One</p><p>Two</p></li></ul>", "L LI Lbl LBody P P"),
        ("<ul><li>One</li></ul>", "L LI Lbl LBody"),
        (
            "<dl><div><dt>Day</dt> <dd>18 May</dd></div> <div><dt>By</dt> <dd>Us</dd></div></dl>",
            "L LI Lbl NonStruct LBody NonStruct LI Lbl NonStruct LBody NonStruct",
        ),
        ("<dl><dt>Day</dt><dd>18 May</dd></dl>", "L LI LBody LI LBody"),
    ],
)
@pytest.mark.parametrize("display", ["block", "inline"])
def test_lists_hold_items_and_items_bodies(body: str, expected: str, display: str) -> None:
    """Whatever the page puts into them, and however that is set (7.2)."""
    document = tagged(body, f"dl div, dt, dd {{ display: {display} }}")
    assert [kind[1:] for kind in kinds(document)][1:] == expected.split()
    for element in elements(document):
        for kid in element.K:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                assert kid.P.objgen == element.objgen


def test_heads_of_tables_know_their_cells() -> None:
    """Heads of columns and of rows say which they are."""
    document = tagged(
        "<table><tr><th>Who</th><th>What</th></tr>"
        '<tr><th scope="row">Amu</th><td>x</td></tr></table>'
    )
    heads = [each for each in elements(document) if str(each.S) == "/TH"]
    assert [str(head.A.Scope) for head in heads] == ["/Column", "/Column", "/Row"]


def test_a_picture_lies_where_it_is_drawn() -> None:
    """Its box is counted in points from the foot of the page."""
    document = tagged(
        '<svg width="100" height="40" style="display: block"><title>Line</title></svg>',
        "@page { margin: 0 } body { margin: 0 }",
    )
    figure = only(document, "/Figure")
    assert str(figure.Alt) == "Line"
    height = float(document.pages[0].MediaBox[3])
    assert [float(side) for side in figure.A.BBox] == pytest.approx([0, height - 30, 75, height])


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_no_page_says_how_sheets_lie(direction: str) -> None:
    """Where one does, Chrome reads all its lines to the left, words of Latin letters too."""
    html = HEAD.replace("{style}", "").replace("{body}", "<p>x</p>")
    html = html.replace('lang="en"', f'lang="en" dir="{direction}"')
    document = pikepdf.open(BytesIO(pdf(html, shipped() / "fonts")))
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert "/Direction" not in document.Root.ViewerPreferences


def test_a_paragraph_within_a_line_is_none_for_each_of_its_lines() -> None:
    """A quote runs in one paragraph with where it stands: lines of it are no paragraphs."""
    text = "This quote is long enough to go on in a second line of a narrow page, or in a third."
    document = tagged(f"<div><p>{text}</p> <p>There.</p></div>", "p { display: inline }")
    assert "/P" not in [str(each.S) for each in elements(document)]
