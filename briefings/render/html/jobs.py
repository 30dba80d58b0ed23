"""Pages to be made, as plain values: whoever has one, and the templates, can make the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol, TypeAlias, assert_never

import jinja2

from briefings.core.correction import Correction
from briefings.core.coverage import DocumentCoverage
from briefings.core.difference import Comparison
from briefings.core.edition import Edition
from briefings.core.model import Document, LocalText, Marking, PaperSize, Source
from briefings.core.values import dataclass
from briefings.render.html import coverage_page, front, notices, page
from briefings.render.html.environment import BRIEF, begin_page, used_files
from briefings.render.html.fill import Medium
from briefings.render.html.siblings import Desk, Siblings
from briefings.render.html.source_page import Uses, source_page

__all__ = [
    "BriefPage",
    "CarryingPage",
    "ComparisonPage",
    "CorrectionPage",
    "CoveragePage",
    "FrontPage",
    "Page",
    "PageJob",
    "SourcePage",
    "WeeksPage",
    "extent",
    "language_of",
    "make",
    "mould",
]


@dataclass(frozen=True, slots=True)
class BriefPage:
    """A brief for one medium; `data` is what it carries along, `alternates` are its languages.

    `annex`: whether every fact with its proof follows the first two pages.
    """

    edition: Edition
    medium: Medium
    files: Siblings
    template: str = BRIEF
    data: str | None = None
    alternates: tuple[tuple[str, str], ...] = ()
    paper: PaperSize = PaperSize.A4
    annex: bool = True


class DataOf(Protocol):
    """Makes the data that a brief carries of all that its page shows; a value like any other.

    It may raise `Refused`.
    """

    def __call__(self, job: BriefPage, /) -> str:
        """The data, as JSON."""


@dataclass(frozen=True, slots=True)
class CarryingPage:
    """A brief whose data are made where its page is: that takes a fifth as long as the page."""

    brief: BriefPage
    data_of: DataOf


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A source document with what briefs quote of it, for readers of one language."""

    desk: Desk
    source: Source
    document: Document
    uses: tuple[Uses, ...]
    marking: Marking
    files: Siblings
    language: str


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The page on all briefs of a build, for readers of one language."""

    desk: Desk
    shown: front.Overview
    files: Siblings
    language: str
    earlier: tuple[front.Earlier, ...] = ()


@dataclass(frozen=True, slots=True)
class WeeksPage:
    """The list of weeks that were built, in the order given."""

    desk: Desk
    weeks: tuple[front.Week, ...]


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """The correction notice of an issued brief, for one medium."""

    notice: Correction
    medium: Medium


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """What editions differ in; `comparisons` is never empty, `desk` its title if it was read."""

    desk: LocalText | None
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """What the facts of a desk rest on, in its documents; `marking` is that of the page."""

    desk: LocalText
    language: str
    marking: Marking
    documents: tuple[DocumentCoverage, ...]


PageJob: TypeAlias = (
    BriefPage
    | CarryingPage
    | SourcePage
    | FrontPage
    | WeeksPage
    | CorrectionPage
    | ComparisonPage
    | CoveragePage
)
"""A page to be made. Equal jobs and equal templates make equal pages; it can be pickled."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and the SHA-256 of each file of the templates that it was made with, by path."""

    text: str
    reads: Mapping[str, str]


def language_of(job: PageJob) -> str:
    """The language whose words the page has."""
    match job:
        case BriefPage():
            return job.edition.spec.language
        case CarryingPage():
            return job.brief.edition.spec.language
        case SourcePage() | FrontPage() | CoveragePage():
            return job.language
        case WeeksPage():
            return job.desk.languages[0]
        case CorrectionPage():
            return job.notice.record.snapshot.language
        case ComparisonPage():
            return job.comparisons[0].after.language
        case _:
            assert_never(job)


def extent(job: PageJob) -> int:
    """How much a page has to show, as a number that grows with the time that it takes."""
    match job:
        case BriefPage():
            return len(job.edition.sentences)
        case CarryingPage():
            return len(job.brief.edition.sentences)
        case _:
            return 0


def mould(job: PageJob) -> tuple[str, ...]:
    """What tells which templates a page is made with: a mistake in one shows in the first page."""
    match job:
        case BriefPage():
            return job.template, job.medium
        case CarryingPage():
            return job.brief.template, job.brief.medium
        case _:
            return (type(job).__name__,)


def make(templates: jinja2.Environment, job: PageJob) -> Page:
    """Make the page of a job.

    Raises:
        TemplateHole: A template can't be filled.
        Refused: A brief can't carry its data.
    """
    begin_page(templates)
    if isinstance(job, CarryingPage):
        job = replace(job.brief, data=job.data_of(job.brief))
    text = _text(templates, job)
    return Page(text, used_files(templates))


def _text(templates: jinja2.Environment, job: PageJob) -> str:
    assert not isinstance(job, CarryingPage)
    match job:
        case BriefPage():
            return page.brief(
                templates,
                job.edition,
                medium=job.medium,
                files=job.files,
                template=job.template,
                data=job.data,
                alternates=job.alternates,
                paper=job.paper,
                annex=job.annex,
            )
        case SourcePage():
            return source_page(
                templates,
                job.desk,
                job.source,
                job.document,
                job.uses,
                marking=job.marking,
                files=job.files,
                language=job.language,
            )
        case FrontPage():
            return front.index(
                templates,
                job.desk,
                job.shown,
                files=job.files,
                language=job.language,
                earlier=job.earlier,
            )
        case WeeksPage():
            return front.weeks(templates, job.desk, job.weeks)
        case CorrectionPage():
            return notices.correction(templates, job.notice, medium=job.medium)
        case ComparisonPage():
            return notices.comparisons(templates, job.desk, job.comparisons)
        case CoveragePage():
            return coverage_page.coverage(
                templates, job.desk, job.language, job.marking, job.documents
            )
        case _:
            assert_never(job)
