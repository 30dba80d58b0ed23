"""A page to be made, of each kind that there is, and a page made from the data of another."""

from __future__ import annotations

from briefings.core.carried import from_json
from briefings.core.correction import Correction
from briefings.core.coverage import CoveredSentence, DocumentCoverage
from briefings.core.difference import Comparison
from briefings.core.edition import Edition
from briefings.core.model import CheckedBase, SourceId
from briefings.core.periods import week
from briefings.core.record import Record
from briefings.render.html import front
from briefings.render.html.environment import environment
from briefings.render.html.jobs import (
    BriefPage,
    CarryingPage,
    ComparisonPage,
    CorrectionPage,
    CoveragePage,
    FrontPage,
    PageJob,
    SourcePage,
    WeeksPage,
    make,
)
from briefings.render.html.siblings import Desk, Siblings
from briefings.render.html.source_page import uses_of
from briefings.verify.remake import Carriage, job_in

FILES = Siblings(html=True, pdf=True, index=True, languages=("en",))


def page_jobs(base: CheckedBase, shown: Edition) -> dict[str, PageJob]:
    """A job of each kind; `shown` is an edition of the strait's desk."""
    desk, source = Desk.of(base.base), base.base.sources[SourceId("wire")]
    state, document = shown.snapshot, base.documents[source.id]
    first = CoveredSentence(1, *document.paragraphs[0], 1, (shown.sentences[0].fact.id,))
    covered = DocumentCoverage(source, document, (first,))
    notice = Correction(
        desk.title, Record(state, {}), shown.spec.as_of, shown.marking, items=(), judgements=()
    )
    return {
        "screen": BriefPage(
            shown, "screen", FILES, data='{"a": 1}', alternates=(("en", "a.html"),)
        ),
        "print": BriefPage(shown, "print", FILES),
        "carrying": CarryingPage(BriefPage(shown, "screen", FILES), Carriage(own_templates=False)),
        "source": SourcePage(
            desk, source, document, uses_of(source.id, (shown,), FILES), shown.marking, FILES, "en"
        ),
        "front": FrontPage(desk, front.overview(desk, (shown,), FILES, "en"), FILES, "en"),
        "weeks": WeeksPage(desk, (front.Week("2031-W20", week("2031-W20"), 1),)),
        "notice": CorrectionPage(notice, "print"),
        "coverage": CoveragePage(desk.title, "en", shown.marking, (covered,)),
        "differences": ComparisonPage(desk.title, (Comparison(state, state, ()),)),
    }


def made_from(data: str) -> str:
    """The page that the data of a brief make."""
    return make(environment(), job_in(from_json(data))).text
