"""Pages to be made, as plain values: whoever has one, and the templates, can make the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol, TypeAlias

import jinja2

from briefings.core.overriding import override
from briefings.core.values import dataclass
from briefings.render.html.coverage_page import CoveragePage
from briefings.render.html.environment import begin_page, used_files
from briefings.render.html.fill import Fillable
from briefings.render.html.front import FrontPage, WeeksPage
from briefings.render.html.notices import ComparisonPage, CorrectionPage
from briefings.render.html.page import BriefPage
from briefings.render.html.source_page import SourcePage

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
    "make",
    "mould",
]


class DataOf(Protocol):
    """Makes the data that a brief carries of all that its page shows; a value like any other.

    It may raise `Refused`.
    """

    def __call__(self, job: BriefPage, /) -> str:
        """The data, as JSON."""


@dataclass(frozen=True, slots=True)
class CarryingPage(Fillable):
    """A brief whose data are made where its page is: that takes a fifth as long as the page."""

    brief: BriefPage
    data_of: DataOf

    @property
    def language(self) -> str:
        """The language whose words the page has."""
        return self.brief.language

    @override
    def text(self, templates: jinja2.Environment) -> str:
        return replace(self.brief, data=self.data_of(self.brief)).text(templates)


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
"""A page to be made, in its `language`. Equal jobs and equal templates make equal pages.

It can be pickled.
"""


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and the SHA-256 of each file of the templates that it was made with, by path."""

    text: str
    reads: Mapping[str, str]


def _brief_of(job: PageJob) -> BriefPage | None:
    job = job.brief if isinstance(job, CarryingPage) else job
    return job if isinstance(job, BriefPage) else None


def extent(job: PageJob) -> int:
    """How much a page has to show, as a number that grows with the time that it takes."""
    brief = _brief_of(job)
    return len(brief.edition.sentences) if brief is not None else 0


def mould(job: PageJob) -> tuple[str, ...]:
    """What tells which templates a page is made with: a mistake in one shows in the first page."""
    brief = _brief_of(job)
    return (brief.template, brief.medium) if brief is not None else (type(job).__name__,)


def make(templates: jinja2.Environment, job: PageJob) -> Page:
    """Make the page of a job.

    Raises:
        TemplateHole: A template can't be filled.
        Refused: A brief can't carry its data.
    """
    begin_page(templates)
    return Page(job.text(templates), used_files(templates))
