"""Editions, pages and PDFs of the desks of this repository, made once for all workers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import TypeAlias

import desks
import jinja2
import pytest
from blank_pdfs import unfilled_pdfs
from strait_desk import edition, strait

from briefings.core.carried import Carried, to_json
from briefings.core.edition import Edition
from briefings.core.model import CheckedBase, PaperSize, TopicId
from briefings.make import produce
from briefings.make.pages import pages
from briefings.plan.choose import Chosen
from briefings.plan.request import BriefRequest, Request
from briefings.render.html.environment import environment, shipped
from briefings.render.html.page import BriefPage
from briefings.render.pdf.write import pdf
from briefings.run.build import build

Shared: TypeAlias = Callable[[str, Callable[[Path], object]], Path]

DESK = Path(__file__).parents[1] / "facts.yaml"
HARBOUR = Path(__file__).parent / "desk_harbour" / "facts.yaml"


@pytest.fixture(scope="session")
def reference(shared: Shared) -> Path:
    """Briefs of the reference desk's `built` topics, in all languages; only `printed` are set."""

    def make(out: Path) -> None:
        topics = tuple(map(TopicId, desks.built()))
        asked = BriefRequest(topics, languages=desks.LANGUAGES)
        with pytest.MonkeyPatch.context() as patch, unfilled_pdfs(*desks.printed()):
            patch.setattr("briefings.run.build.check_anew", lambda *_: desks.reference_check())
            build(Request(DESK, out, asked), today=lambda _: date(2030, 1, 1))

    return shared("reference", make)


@pytest.fixture(scope="session")
def front_of(shared: Shared) -> Callable[[str, str, PaperSize], Path]:
    """The first two pages of a brief of the reference desk, as a PDF beside the page it is of."""

    def front(topic: str, language: str, paper: PaperSize) -> Path:
        def make(file: Path) -> None:
            shown = desks.weekly(topic, language)
            page = BriefPage(shown, "print", paper=paper, annex=False).text(environment())
            file.with_suffix(".html").write_text(page, encoding="utf-8")
            file.write_bytes(pdf(page, shipped() / "fonts"))

        return shared(f"front-{topic}.{language}.{paper}.pdf", make)

    return front


@pytest.fixture(scope="session")
def persian_brief(shared: Shared) -> Path:
    """A short brief of the reference desk, whole and in Persian, beside the page it is of."""

    def make(file: Path) -> None:
        chosen = Chosen(desks.weekly("security-council", "fa"), "brief")
        request = Request(Path("facts.yaml"), file.parent, formats=("pdf",))
        page = produce.fill(pages(desks.reference(), [chosen], request))["brief.pdf"]
        file.with_suffix(".html").write_text(page, encoding="utf-8")
        file.write_bytes(pdf(page, shipped() / "fonts"))

    return shared("security-council.fa.pdf", make)


@pytest.fixture(scope="session")
def harbour_site(shared: Shared) -> Path:
    """The harbour desk's briefs in English and, all falling back, in a page from right to left.

    Of its PDFs those of `basin-closure` are set.
    """

    def make(out: Path) -> None:
        desk = Path(copytree(HARBOUR.parent, out.with_name("harbour-desk")))
        facts = desk / "facts.yaml"
        text = facts.read_text(encoding="utf-8")
        both = text.replace("languages: [en]", "languages: [en, fa]")
        facts.write_text(both, encoding="utf-8")
        asked = BriefRequest(languages=("en", "fa"))
        with unfilled_pdfs("basin-closure.en.pdf", "basin-closure.fa.pdf"):
            build(Request(facts, out, asked), today=lambda _: date(2024, 3, 10))

    return shared("harbour-site", make)


@pytest.fixture(scope="session", name="templates")
def _templates() -> jinja2.Environment:
    """The shipped templates."""
    return environment()


@pytest.fixture(scope="session", name="harbour")
def _harbour() -> CheckedBase:
    """The little harbour desk."""
    return desks.harbour()


@pytest.fixture(scope="session")
def screen(harbour_site: Path) -> str:
    """Its English brief, as a page of the web."""
    return (harbour_site / "basin-closure.en.html").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def paper(harbour_site: Path) -> bytes:
    """The same as a PDF."""
    return (harbour_site / "basin-closure.en.pdf").read_bytes()


@pytest.fixture(scope="session")
def strait_base(tmp_path_factory: pytest.TempPathFactory) -> CheckedBase:
    """The desk of the strait, which has of everything a little."""
    return strait(tmp_path_factory.mktemp("strait"))


@pytest.fixture(scope="session")
def strait_week(strait_base: CheckedBase) -> Edition:
    """A week of it."""
    return edition(strait_base)


@pytest.fixture(scope="session")
def strait_paper(strait_week: Edition) -> str:
    """Its page to print, with its data."""
    data = to_json(Carried(strait_week.snapshot, None))
    return BriefPage(strait_week, "print", data=data).text(environment())


@pytest.fixture(scope="session")
def strait_pdf(strait_paper: str, shared: Shared) -> bytes:
    """Made with whatever WeasyPrint warns of as an error."""
    fonts = shipped() / "fonts"
    return shared(
        "strait.pdf", lambda path: path.write_bytes(pdf(strait_paper, fonts))
    ).read_bytes()
