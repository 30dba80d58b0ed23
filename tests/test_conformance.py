"""Everything that a desk publishes, held against its standards by checkers that others wrote."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Container, Iterable
from dataclasses import replace
from html import unescape
from itertools import cycle, pairwise, product
from pathlib import Path
from re import findall, split, sub
from shutil import copytree
from typing import Literal
from unicodedata import normalize

import pikepdf
import pypdfium2
import pytest
from breadth import cases
from built_desks import Shared
from checkers import COLOURS, PROFILES, axe, report, verapdf, vnu
from command import run
from conftest import COUNTS
from desks import LANGUAGES, WEEKLY, printed
from playwright.sync_api import Browser
from test_signing import clock, keys, signed

from briefings.core.carried import from_json
from briefings.core.edition import Edition
from briefings.core.model import PaperSize
from briefings.render.html.embedded import from_html
from briefings.render.html.environment import environment, shipped
from briefings.render.html.page import BriefPage
from briefings.render.pdf.attached import from_pdf
from briefings.render.pdf.write import pdf
from briefings.verify.remake import job_in

__all__ = ["clock", "keys", "signed"]

HARBOUR = Path(__file__).parent / "desk_harbour" / "facts.yaml"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PAPER = (("opposition-outreach", "ps", PaperSize.A4), ("un-staff-ban", "fa-AF", PaperSize.LETTER))
"""First pages in the languages in which no whole brief is set; other tests set the same."""
BRIEFS = ("un-staff-ban.en", "opposition-outreach.fa", "un-staff-ban.fa-AF", "un-staff-ban.ps")
"""Each language once, in briefs that are short; a week of the desk of the strait is beside them,
which has of everything a little."""
ON_SCREEN = (
    r'(?s)<span class="unseen">.*?</span>|<section aria-labelledby="lanes".*?</section>'
    r"|<title[^>]*>.*?</title>"
)
"""What paper may be without: heads for who hears a table, the picture of page one, and what is
said in place of a picture."""
HARBOUR_PAPER = cases([], "basin-closure.en.pdf", "basin-closure.fa.pdf")
"""Whole briefs, as `persian_brief` is too."""
SUFFIXES = ("", ".fa", ".ps", ".fa-AF")
"""Of pages of documents, by their languages."""
Record = Callable[[str, object], None]

TINY = """<!DOCTYPE html><html lang="en"><head><title>Tiny</title>
<meta name="dcterms.created" content="2031-05-18">
<meta name="dcterms.modified" content="2031-05-18">
<style>body { font-family: "Source Serif 4" }</style></head><body><h1>Tiny</h1>
<svg width="9" height="9"><title>A square</title><rect width="9" height="9"/></svg></body></html>"""

PERSIAN = """<!DOCTYPE html><html lang="fa" dir="rtl"><head><title>گزارش</title>
<style>body { font-family: Vazirmatn } div { columns: 2 }</style></head><body>
<h1>گزارش وضعیت هفته</h1><p>سازمان ملل می‌گوید که کارکنان زن از <bdi dir="ltr">2025-09-07</bdi>
نمی‌توانند به دفترهای خود بروند و این وضعیت تا امروز ادامه دارد، آن‌چنان که در گزارش آمده است.</p>
<div>مرزبانان دو کشور در ولایت پکتیکا بار دیگر بر یکدیگر آتش گشودند و چند تن زخمی شدند.</div>
</body></html>"""


@pytest.fixture(scope="module")
def notices(shared: Shared) -> Path:
    """Corrections, comparisons and lists of weeks, in either direction."""

    def make(folder: Path) -> None:
        desk = Path(copytree(HARBOUR.parent, folder / "desk"))
        facts = desk / "facts.yaml"
        text = facts.read_text(encoding="utf-8").replace("languages: [en]", "languages: [en, fa]")
        facts.write_text(text, encoding="utf-8")
        base = ("--base", str(desk))
        html = ("--format", "html")
        both = (*html, "--lang", "en", "--lang", "fa")
        issued = run("issue", *base, *both, "--as-of", "2024-03-05", "--out", str(folder / "out"))
        weeks = run("weekly", *base, *html, "--out", str(folder / "weekly"))
        gone = "    withdrawn: {on: 2024-03-11, why: Misread., replaced_by: nine-turned-away}\n"
        text = sub(r"(?<=  - id: twelve-refused\n)", gone, text)
        facts.write_text(text, encoding="utf-8")
        corrected = run("correction", *base, "--out", str(folder / "notices"))
        compared = [
            run(
                "diff", *base, f"basin-closure.{code}.2024-03-05", "2024-03-12", "--html", str(page)
            )
            for code, page in (("en", folder / "diff.html"), ("fa", folder / "diff.fa.html"))
        ]
        for done in (issued, weeks, corrected, *compared):
            assert done.exit_code == 0, done.stderr

    return shared("notices", make)


@pytest.fixture(scope="module")
def fronts(front_of: Callable[[str, str, PaperSize], Path]) -> list[Path]:
    """First pages, set in `PAPER`'s languages."""
    return [front_of(*each) for each in PAPER]


@pytest.fixture(scope="module")
def papers(
    reference: Path, persian_brief: Path, harbour_site: Path, notices: Path, fronts: list[Path]
) -> list[Path]:
    """PDFs of each kind and language: whole briefs, first pages, notices."""
    briefs = [reference / name for name in printed()]
    harbour = [harbour_site / name for name in HARBOUR_PAPER]
    more = [persian_brief, *harbour, *notices.glob("notices/*.pdf"), *fronts]
    assert len(more) == len(HARBOUR_PAPER) + 5
    return [*briefs, *more]


@pytest.fixture(scope="module")
def long_strait(strait_week: Edition, shared: Shared) -> Path:
    """A week of much news of that desk on paper: so many sheets that the annex has its contents."""

    def make(path: Path) -> None:
        front = strait_week.front
        front = replace(front, news=front.news * 5, reports=front.reports * 5)
        html = BriefPage(replace(strait_week, front=front), "print").text(environment())
        path.write_bytes(pdf(html, shipped() / "fonts"))

    return shared("long-strait.pdf", make)


@pytest.fixture(scope="module")
def strait_page(strait_week: Edition, shared: Shared) -> Path:
    """A week of the desk of the strait, for a screen."""

    def make(path: Path) -> None:
        page = BriefPage(strait_week, "screen").text(environment())
        path.write_text(page, encoding="utf-8")

    return shared("strait.html", make)


@pytest.fixture(scope="module")
def site(reference: Path, notices: Path, strait_page: Path) -> list[Path]:
    """Pages of each kind: briefs, all front pages and documents, notices, comparisons, weeks."""
    more = [*notices.glob("notices/*.html"), *notices.glob("*.html"), notices / "weekly/index.html"]
    assert len(more) == 5
    names = [f"{topic}.{language}" for topic in WEEKLY for language in LANGUAGES]
    briefs = cases(BRIEFS, *(name for name in names if name not in BRIEFS))
    folder = reference / "sources"
    sources = sorted(path.stem for path in folder.glob("*.html") if "." not in path.stem)
    assert sources
    documents = cases(list(zip(cycle(sources), SUFFIXES)), *product(sources, SUFFIXES))
    return [
        strait_page,
        *(reference / f"{name}.html" for name in briefs),
        *reference.glob("index*.html"),
        *(folder / f"{source}{suffix}.html" for source, suffix in documents),
        *more,
    ]


def test_pdfs(
    papers: list[Path],
    long_strait: Path,
    signed: list[Path],
    tmp_path: Path,
    record_property: Record,
) -> None:
    """A PDF is PDF/A-3a and PDF/UA-1, signed or not; veraPDF sees what is wrong with others."""
    whole = tmp_path / "whole.pdf"
    whole.write_bytes(pdf(TINY, shipped() / "fonts"))
    broken = [_without(whole, key) for key in ("OutputIntents", "StructTreeRoot", "Alt")]
    briefs = [*papers, long_strait]
    pdfs = [*briefs, *signed, whole]
    assert {len(pypdfium2.PdfDocument(each)) < 5 for each in briefs} == {False, True}
    findings, checks = verapdf([*pdfs, *broken])
    assert [each for each in findings if each.file in pdfs] == [], report(findings)
    assert [{each.rule for each in findings if each.file == file} for file in broken] == [
        {"PDF/A-3a 6.2.4.3-2"},
        {"PDF/A-3a 6.7.3.3-1", "PDF/UA-1 7.1-3", "PDF/UA-1 7.1-11"},
        {"PDF/UA-1 7.3-1"},
    ]
    for profile in PROFILES.values():
        text = f"{len(pdfs)} PDFs are {profile}: {checks[profile]:,} checks by veraPDF"
        record_property(COUNTS, text)


def _without(whole: Path, key: str) -> Path:
    """The same PDF, but for one entry of its catalog or of its figures."""
    broken = whole.with_name(f"no-{key}.pdf")
    with pikepdf.open(whole) as document:
        for each in (document.Root, *document.objects):
            if isinstance(each, pikepdf.Dictionary) and f"/{key}" in each:
                del each[f"/{key}"]
        document.save(broken)
    return broken


def test_pages(site: list[Path], tmp_path: Path, record_property: Record) -> None:
    """Every page is HTML without error or warning, says vnu, which sees both in others."""
    wrong = {
        "error": TINY.replace("</h1>", "</h1><p><img src='data:,'></p>"),
        "warning": TINY.replace("</h1>", "</h1><section><p>No heading</p></section>"),
    }
    for name, text in wrong.items():
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
    findings = vnu([*site, *sorted(tmp_path.glob("*.html"))])
    assert [each for each in findings if each.file in site] == [], report(findings)
    assert {(each.file.stem, each.rule) for each in findings} == {(name, name) for name in wrong}
    record_property(COUNTS, f"{len(site)} pages are HTML: no error, no warning by vnu")


def test_access(
    site: list[Path], harbour_site: Path, notices: Path, browser: Browser, record_property: Record
) -> None:
    """No page shuts anyone out, in light or dark, says axe-core.

    Pages that differ from those in Persian by their words alone are left to `make proofs`.
    """
    alike = [page for page in site if page.name.endswith((".ps.html", ".fa-AF.html"))]
    pages = cases([page for page in site if page not in alike], *alike)
    coloured = {
        page
        for page in pages
        if page.is_relative_to(notices) or 'lang="en"' in page.read_text(encoding="utf-8")[:200]
    }
    persian = harbour_site / "basin-closure.fa.html"
    kept = _access(browser, [*pages, persian], {*coloured, persian})
    count = len(pages) + 1
    text = f"{count} pages are open to all, light and dark: {kept:,} rules kept by axe-core"
    record_property(COUNTS, text)


def _access(browser: Browser, pages: Iterable[Path], coloured: Container[Path]) -> int:
    """How many rules `pages` keep, in either scheme where they are of colours; they break none."""
    kept = 0
    shown = browser.new_page(color_scheme="light")
    for file in pages:
        shown.goto(file.as_uri())
        findings, rules = axe(shown, file, without=COLOURS)
        if file in coloured:
            for scheme in SCHEMES:
                shown.emulate_media(color_scheme=scheme)
                more, colours = axe(shown, file, only=COLOURS)
                findings += more
                rules += colours
        assert findings == [], report(findings)
        kept += rules
    shown.close()
    return kept


def test_access_is_seen_to_fail(browser: Browser) -> None:
    """Pale letters and a picture without words are found, each in the scheme that has it."""
    shown = browser.new_page(color_scheme="light")
    pale = "@media (prefers-color-scheme: dark) { body { color: #444; background: #333 } }</style>"
    shown.set_content(TINY.replace("</style>", pale).replace("</h1>", "</h1><img src>"))
    rules = []
    for scheme in SCHEMES:
        shown.emulate_media(color_scheme=scheme)
        findings, _ = axe(shown, Path("pale.html"))
        rules.append({each.rule for each in findings} & {"color-contrast", "image-alt"})
    assert rules == [{"image-alt"}, {"color-contrast", "image-alt"}]
    shown.close()


def test_persian_reads_in_order(
    persian_brief: Path, fronts: list[Path], tmp_path: Path, record_property: Record
) -> None:
    """What poppler and pdfium take out of a page from right to left is the text of its page."""
    (tmp_path / "tiny.fa.html").write_text(PERSIAN, encoding="utf-8")
    (tmp_path / "tiny.fa.pdf").write_bytes(pdf(PERSIAN, shipped() / "fonts"))
    briefs = [persian_brief, *fronts]
    pages = [tmp_path / "tiny.fa.html", *(path.with_suffix(".html") for path in briefs)]
    for page in pages:
        assert 'dir="rtl">' in page.read_text(encoding="utf-8")[:200]
        html = page.read_text(encoding="utf-8").partition("<main")[2] or PERSIAN
        html = sub(ON_SCREEN, "", html)
        written = {pair for text in split("<[^>]*>", html) for pair in _pairs(unescape(text))}
        for reader in (_poppler, _pdfium):
            read = reader(page.with_suffix(".pdf"))
            turned = "\n".join(" ".join(line.split()[::-1]) for line in read.splitlines())
            # Not all, for the screen says more things that paper does not.
            assert len(written & _pairs(read)) > 0.9 * len(written), (page.name, reader)
            assert len(written & _pairs(turned)) < 0.2 * len(written), (page.name, reader)
    text = f"{len(pages)} PDFs from right to left read in order: poppler and pdfium"
    record_property(COUNTS, text)


def _pairs(text: str) -> set[tuple[str, str]]:
    """The words in Arabic letters that follow one another, with nothing but space between them.

    Without joints, which leave no trace on paper, and marks, which readers put a letter too soon.
    """
    bare = sub("[\u200c\u0640\u064b-\u065f\u0670]", "", normalize("NFKC", text))
    runs = findall(r"[\s\u0621-\u063a\u0641-\u064a\u066e-\u06d3\u06d5]+", bare)
    return {pair for run in runs for pair in pairwise(run.split())}


def _poppler(file: Path) -> str:
    command = ["pdftotext", str(file), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    return sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", done.stdout.decode())


def _pdfium(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as document:
        return "\n".join(sheet.get_textpage().get_text_range() for sheet in document)


def test_every_brief_carries_its_data(harbour_site: Path, reference: Path) -> None:
    """What was done to the PDF has not touched what it says of itself: it is what the page says.

    But for the page that either is made of: its checksum is right, and it is for its own medium.
    """
    for path in (
        *harbour_site.glob("basin-closure.*.pdf"),
        *(reference / name for name in printed()),
    ):
        page = path.with_suffix(".html").read_text(encoding="utf-8")
        paper, screen = from_json(from_pdf(path.read_bytes())), from_json(from_html(page))
        assert paper.snapshot == screen.snapshot
        on_paper, on_screen = job_in(paper), job_in(screen)
        assert (on_paper.medium, on_screen.medium) == ("print", "screen")
        assert on_paper.edition == on_screen.edition
