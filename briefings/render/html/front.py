"""The desk's front pages: what was built, in each language, and the list of weeks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from operator import attrgetter

import jinja2

from briefings.core.difference import ChangeKind
from briefings.core.edition import Edition
from briefings.core.spec import Window
from briefings.render.html.environment import locale_of
from briefings.render.html.fill import filled, marked
from briefings.render.html.page import Desk, Siblings, short_titles

__all__ = ["Card", "Earlier", "Issue", "Week", "index", "weeks"]


@dataclass(frozen=True, slots=True)
class Card:
    """One brief on the front page: `shown` in the page's language if it was built in that.

    `editions` are all its editions, one a language, in the order of the desk's languages;
    `changed` counts what changed since the last edition, in the order of the kinds.
    """

    shown: Edition
    editions: tuple[Edition, ...]
    changed: tuple[tuple[str, int], ...]


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


def index(
    templates: jinja2.Environment,
    desk: Desk,
    editions: Sequence[Edition],
    *,
    files: Siblings,
    language: str | None = None,
    earlier: Sequence[Earlier] = (),
) -> str:
    """The page on the briefs of one build.

    Args:
        templates: An environment of `environment`.
        desk: Whose page it is.
        editions: All that were built, in any language.
        files: What else is written.
        language: That of the page; None for the desk's first.
        earlier: Issued briefs of earlier days, the latest day first.

    Raises:
        TemplateHole: The template can't be filled.

    """
    spoken = language or desk.languages[0]
    sources = {view.source.id: view.source for edition in editions for view in edition.sources}
    marking = max((edition.marking for edition in editions), default=desk.marking)
    newest = max((edition.spec.as_of for edition in editions), default=None)
    return filled(
        templates,
        "index.html.j2",
        locale_of(templates, spoken),
        rules=[marked(marking)],
        context={
            "desk": desk.title,
            "editions": editions,
            "cards": _cards(desk, editions, spoken),
            "newest": newest,
            "earlier": [
                (day, tuple(issued)) for day, issued in groupby(earlier, attrgetter("as_of"))
            ],
            "marking": marking,
            "sources": [sources[name] for name in sorted(sources)],
            "short_titles": short_titles(sources.values()),
            "files": files,
            "source_path": partial(files.source_name, language=spoken),
            "alternates": [(code, files.index_name(code)) for code in files.languages],
        },
    )


def weeks(templates: jinja2.Environment, desk: Desk, built: Sequence[Week]) -> str:
    """The page that lists weeks.

    Args:
        templates: An environment of `environment`.
        desk: The desk, in whose first language the page is.
        built: The weeks, in the order of the page.

    """
    return filled(
        templates,
        "weeks.html.j2",
        locale_of(templates, desk.languages[0]),
        rules=[marked(desk.marking)],
        context={"desk": desk.title, "marking": desk.marking, "weeks": built},
    )


def _cards(desk: Desk, editions: Iterable[Edition], spoken: str) -> list[Card]:
    """The briefs in the order of their first editions."""
    briefs: dict[str, list[Edition]] = {}
    for edition in editions:
        briefs.setdefault(edition.spec.brief, []).append(edition)
    return [_card(desk, group, spoken) for group in briefs.values()]


def _card(desk: Desk, group: Sequence[Edition], spoken: str) -> Card:
    order = [*desk.languages, *(edition.spec.language for edition in group)]
    editions = sorted(group, key=lambda edition: order.index(edition.spec.language))
    in_language = (edition for edition in editions if edition.spec.language == spoken)
    shown = next(in_language, editions[0])
    kinds = [change.kind for change in shown.changes.items] if shown.changes else []
    changed = tuple((kind.value, kinds.count(kind)) for kind in ChangeKind if kind in kinds)
    return Card(shown, tuple(editions), changed)
