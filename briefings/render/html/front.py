"""The desk's front pages: what was built, in each language, and the list of weeks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from operator import attrgetter

import jinja2

from briefings.core.difference import ChangeKind
from briefings.core.edition import Edition, FindingView
from briefings.core.groups import grouped
from briefings.core.model import LocalText, Marking, Source
from briefings.core.overriding import override
from briefings.core.spec import Window
from briefings.core.untranslated import Untranslated, untranslated
from briefings.core.values import dataclass
from briefings.render.html.environment import locale_of
from briefings.render.html.fill import Fillable, filled, marked
from briefings.render.html.leads import counted, short_titles
from briefings.render.html.siblings import Desk, Siblings


@dataclass(frozen=True, slots=True)
class EditionFiles:
    """Where an edition in one language stands as a web page and as a PDF, if it is written so."""

    language: str
    html: str | None
    pdf: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """One brief on the front page, in the page's language if it was built in that.

    `headline` is that of its summary, None if there is none; `findings` what each topic of several
    comes to, empty where it has but one; `judgement` is the desk's first.
    `since` is the day of the edition before, None if there was none; `changed` counts what changed
    since then, in the order of the kinds. `developments` and `sources` are how many it has. `page`
    is its web page, None if there is none; `forms` are its editions in the order of the desk's
    languages.
    """

    title: LocalText
    question: LocalText | None
    headline: LocalText | None
    findings: tuple[FindingView, ...]
    judgement: LocalText | None
    since: date | None
    changed: tuple[tuple[str, int], ...]
    window: Window
    developments: int
    sources: int
    newest_known: date | None
    marking: Marking
    page: str | None
    forms: tuple[EditionFiles, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What a front page tells of the editions of a build, and nothing that it does not.

    `newest` is the latest day of an edition, None if there is none; `sources` are all that the
    briefs cite, by id; `untranslated` is what those in the page's language have in another one.
    """

    cards: tuple[Card, ...]
    newest: date | None
    marking: Marking
    sources: tuple[Source, ...]
    untranslated: tuple[Untranslated, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """An edition as it was issued in one language."""

    language: str
    title: str
    edition: str
    marking: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A brief that was issued on an earlier day; `editions` is never empty."""

    brief: str
    as_of: date
    editions: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """A week that was built: its ISO name, which is that of its folder, and how many briefs."""

    name: str
    window: Window
    briefs: int


def overview(desk: Desk, editions: Sequence[Edition], files: Siblings, language: str) -> Overview:
    """What the front page in a language tells of a build.

    Args:
        desk: Whose page it is.
        editions: Those of the build, in any languages.
        files: What is written, so that nothing else is linked to.
        language: That of the page.
    """
    sources = {view.source.id: view.source for edition in editions for view in edition.sources}
    in_language = (edition for edition in editions if edition.spec.language == language)
    return Overview(
        tuple(_cards(desk, editions, files, language)),
        max((edition.spec.as_of for edition in editions), default=None),
        max((edition.marking for edition in editions), default=desk.marking),
        tuple(sources[name] for name in sorted(sources)),
        tuple(each for edition in in_language for each in untranslated(edition)),
    )


@dataclass(frozen=True, slots=True)
class FrontPage(Fillable):
    """The page on all briefs of a build, for readers of one language."""

    desk: Desk
    shown: Overview
    files: Siblings
    language: str
    earlier: tuple[Earlier, ...] = ()

    @override
    def text(self, templates: jinja2.Environment) -> str:
        shown, files = self.shown, self.files
        by_day = groupby(self.earlier, attrgetter("as_of"))
        return filled(
            templates,
            "index.html.j2",
            locale_of(templates, self.language),
            rules=[marked(shown.marking)],
            context={
                "desk": self.desk.title,
                "cards": shown.cards,
                "newest": shown.newest,
                "earlier": [(day, tuple(issued)) for day, issued in by_day],
                "marking": shown.marking,
                "sources": shown.sources,
                "untranslated": shown.untranslated,
                "short_titles": short_titles(shown.sources),
                "counted": counted,
                "files": files,
                "source_path": partial(files.source_name, language=self.language),
                "alternates": [(code, files.index_name(code)) for code in files.languages],
            },
        )


@dataclass(frozen=True, slots=True)
class WeeksPage(Fillable):
    """The list of weeks that were built, in the order given and the desk's first language."""

    desk: Desk
    weeks: tuple[Week, ...]

    @property
    def language(self) -> str:
        """The language whose words the page has."""
        return self.desk.languages[0]

    @override
    def text(self, templates: jinja2.Environment) -> str:
        desk = self.desk
        return filled(
            templates,
            "weeks.html.j2",
            locale_of(templates, self.language),
            rules=[marked(desk.marking)],
            context={"desk": desk.title, "marking": desk.marking, "weeks": self.weeks},
        )


def _cards(desk: Desk, editions: Iterable[Edition], files: Siblings, spoken: str) -> Iterator[Card]:
    """The briefs in the order of their first editions."""
    briefs = grouped((edition.spec.brief, edition) for edition in editions)
    return (_card(desk, group, files, spoken) for group in briefs.values())


def _card(desk: Desk, group: Sequence[Edition], files: Siblings, spoken: str) -> Card:
    order = [*desk.languages, *(edition.spec.language for edition in group)]
    editions = sorted(group, key=lambda edition: order.index(edition.spec.language))
    in_language = (edition for edition in editions if edition.spec.language == spoken)
    shown = next(in_language, editions[0])
    kinds = [change.kind for change in shown.changes.items] if shown.changes else []
    return Card(
        title=shown.title,
        question=shown.question,
        headline=shown.summary.summary.headline if shown.summary is not None else None,
        findings=shown.findings,
        judgement=next((view.judgement.statement for view in shown.judgements), None),
        since=shown.changes.since if shown.changes else None,
        changed=tuple((kind.value, kinds.count(kind)) for kind in ChangeKind if kind in kinds),
        window=shown.spec.window,
        developments=len(shown.developments),
        sources=len(shown.sources),
        newest_known=shown.newest_known,
        marking=shown.marking,
        page=_files(shown, files).html,
        forms=tuple(_files(edition, files) for edition in editions),
    )


def _files(edition: Edition, files: Siblings) -> EditionFiles:
    return EditionFiles(
        edition.spec.language,
        files.name_of(edition, "html") if files.html else None,
        files.name_of(edition, "pdf") if files.pdf else None,
    )
