"""The sheets that PDFs are set for, the digits of their numbers, and in which languages all is."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import jinja2
import pypdfium2
import pytest
from command import run
from desks import printed
from little_desk import codes
from strait_desk import HEAD, edition, strait
from taken_out import heads_of_page, last_of_sheets

from briefings.core.edition import Edition
from briefings.core.model import PaperSize
from briefings.render.html.environment import environment, shipped
from briefings.render.html.fill import paper_sheet
from briefings.render.html.page import BriefPage
from briefings.render.pdf.write import pdf
from briefings.run.check import check_desk

A4, LETTER = (595, 842), (612, 792)
TITLE = "title: its director}"


def _built(desk: Path, *flags: str) -> Path:
    done = run("build", "--base", str(desk), "--as-of", "2031-05-18", "--out", str(desk / "out"),
               "--topic", "ferries", *flags)  # fmt: skip
    assert done.exit_code == 0, done.stderr
    return desk / "out"


def _write(desk: Path, old: str, new: str) -> None:
    base = desk / "facts.yaml"
    text = base.read_text(encoding="utf-8")
    assert old in text
    base.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "flags", "paper"),
    [(None, (), "a4"), ("letter", (), "letter"), ("letter", ("--paper", "a4"), "a4")],
)
def test_the_sheet_is_that_which_was_asked_for(
    tmp_path: Path, blank_pdfs: dict[str, str], said: str | None, flags: tuple[str, ...], paper: str
) -> None:
    """A4 unless the base says letter; the flag goes before what the base says."""
    strait(tmp_path)
    if said is not None:
        _write(tmp_path, "marking: GREEN\n", f"marking: GREEN\nedition: {{paper: {said}}}\n")
    _built(tmp_path, "--format", "pdf", *flags)
    assert f"@page{{size:{paper};" in blank_pdfs["ferries.en.pdf"]


def test_each_page_is_of_that_sheet(strait_pdf: bytes, strait_week: Edition) -> None:
    """In points, as a printer knows them."""
    brief = BriefPage(strait_week, "print", paper=PaperSize.LETTER).text(environment())
    for content, size in ((strait_pdf, A4), (pdf(_shortened(brief), shipped() / "fonts"), LETTER)):
        document = pypdfium2.PdfDocument(content)
        assert len(document) > 1
        for sheet in document:
            assert tuple(round(side) for side in sheet.get_size()) == size


def _shortened(brief: str) -> str:
    """Its style, and two pages."""
    head, _, _ = brief.partition("<body")
    return f'{head}<body><p>x</p><p style="break-before: page">x</p>'


def test_another_sheet_is_a_mistake(tmp_path: Path) -> None:
    """Of the base, with its place, or of the request."""
    strait(tmp_path)
    assert run("build", "--base", str(tmp_path), "--paper", "a3").exit_code == 2
    _write(tmp_path, "marking: GREEN\n", "marking: GREEN\nedition: {paper: a3}\n")
    assert "bad-value" in codes(check_desk(tmp_path / "facts.yaml"))


def test_a_persian_sheet_is_numbered_in_persian(tmp_path: Path) -> None:
    """In the foot of each page, and where a number of a page is referred to."""
    base = strait(tmp_path, head=HEAD.replace("languages: [en]", "languages: [en, fa]"))
    shown = edition(base, language="fa")
    front = replace(shown.front, news=shown.front.news * 3, reports=shown.front.reports * 3)
    brief = BriefPage(replace(shown, front=front), "print").text(environment())
    document = pypdfium2.PdfDocument(pdf(brief, shipped() / "fonts"))
    texts = [sheet.get_textpage().get_text_range() for sheet in document]
    for text, number in zip(texts, "۱۲۳۴", strict=True):
        assert f" {number} از ۴ " in text
        assert "1 از" not in text
    contents = texts[2][: texts[2].index("۱۸")]
    assert {"۳", "۴"} <= set(contents)


def test_briefs_are_in_all_languages_of_the_base(tmp_path: Path) -> None:
    """Unless some are asked for; so are the pages around them."""
    strait(tmp_path)
    _write(tmp_path, "languages: [en]", "languages: [en, fa, ps]")
    asked = ("--lang", "en", "--lang", "fa", "--lang", "ps")
    out = _built(tmp_path, "--format", "html", *asked)
    assert {path.name for path in out.iterdir()} == {
        *(f"ferries.{language}.html" for language in ("en", "fa", "ps")),
        *("index.html", "index.fa.html", "index.ps.html"),
        *("feed.xml", "feed.fa.xml", "feed.ps.xml"),
        *("manifest.json", "sources"),
    }
    out = _built(tmp_path, "--format", "html", "--lang", "fa")
    assert [path.name for path in out.glob("ferries.*")] == ["ferries.fa.html"]


@pytest.mark.parametrize(("language", "is_shown"), [("en", False), ("fa", True)])
def test_a_title_is_translated_for_those_who_need_it(
    tmp_path: Path, templates: jinja2.Environment, language: str, is_shown: bool
) -> None:
    """No reader of English is told in Persian what an English title means."""
    head = HEAD.replace("languages: [en]", "languages: [en, fa]")
    assert TITLE in head
    head = head.replace(TITLE, "title: its director, translation: {fa: مدیر آن}}")
    shown = edition(strait(tmp_path, head=head), language=language)
    html = BriefPage(shown, "screen").text(templates)
    assert "its director" in html
    assert ("مدیر آن" in html) is is_shown


def test_no_sheet_ends_with_a_head(
    reference: Path, persian_brief: Path, harbour_site: Path
) -> None:
    """A title, the words below it or the head of a table stand above what they are of."""
    for file in (
        *(reference / name for name in printed()),
        *(persian_brief, *harbour_site.glob("basin-closure.*.pdf")),
    ):
        heads = heads_of_page(file.with_suffix(".html").read_text(encoding="utf-8"))
        ends = last_of_sheets(file.read_bytes())
        assert len(heads) > 10
        assert all(ends)
        assert not heads.intersection(ends), file.name


def test_a_quotes_grade_and_paragraphs_stay_in_one_line(tmp_path: Path) -> None:
    """So that no line of a narrow column begins with what parts them, or holds a number alone."""
    html = BriefPage(edition(strait(tmp_path)), "print").text(environment())
    places = re.findall(r'<p class="place">(.*?)</p>', html, re.DOTALL)
    assert places
    for place in places:
        where, held = re.findall(r'<span class="whole">(.*?)</span>', place)
        assert re.fullmatch(r"par\. \d+, line \d+", where)
        assert re.fullmatch(r"[A-F][1-6] · ¶\xa0[\d, ]+", re.sub("<[^>]*>", "", held))


def test_nothing_on_paper_lets_anything_shine_through() -> None:
    """What is clear in part may hide in a forged brief: `verify.html` takes it for none of ours."""
    clear = r"transparent|opacity|rgba|hsla|color-mix|#(?:[0-9a-f]{4}){1,2}\b|/\s*[\d.]+%"
    assert not re.findall(rf"[^{{}}]*(?:{clear})[^{{}}]*", paper_sheet())
