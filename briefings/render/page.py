"""Editions to web pages and to the paper form of the same brief, through the templates."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

import jinja2
from markupsafe import Markup

from briefings.core.edition import Citation, Edition, JudgementView, PlaceView, Window
from briefings.core.likelihood import BANDS
from briefings.core.model import CheckedBase, FactBase, Source, SourceId
from briefings.render import embedded
from briefings.render import locator as maps
from briefings.render import timeline as timelines
from briefings.render.atlas import Country, atlas
from briefings.render.environment import TemplateHole, location, render, source
from briefings.render.locales import Locale
from briefings.render.passages import Paragraph, Skip, ending, excerpt, opening, paragraphs
from briefings.render.terms import term_in

__all__ = ["Medium", "Siblings", "brief", "brief_name", "index", "source_name", "source_page"]

Medium: TypeAlias = Literal["screen", "print"]

_TITLE_LENGTH = 22
_AROUND = 80
_BORDERS = "map/countries-50m.json"
_VARIABLE = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]+);")
_USE = re.compile(r"var\((--[\w-]+)\)")


@dataclass(frozen=True, slots=True)
class Siblings:
    """What else is written beside a page, so that it links to nothing that is not there.

    `pdf` and `html`: each brief in that form; `sources`: those with a page of their own. `stems`
    maps the id of an edition to the name of its files where that is not the usual one.
    """

    html: bool = False
    pdf: bool = False
    index: bool = False
    sources: frozenset[str] = frozenset()
    stems: Mapping[str, str] = field(default_factory=dict)

    def name_of(self, edition: Edition, extension: Literal["html", "pdf"]) -> str:
        """The file name of a brief in the output folder."""
        stem = self.stems.get(edition.id)
        return brief_name(edition, extension) if stem is None else f"{stem}.{extension}"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A document in the annex of the paper form: what of it is quoted, in its order."""

    source: Source
    blocks: tuple[Paragraph | Skip, ...]


@dataclass(frozen=True, slots=True)
class Uses:
    """What one brief, at `href`, quotes of a paragraph."""

    edition: Edition
    href: str
    citations: tuple[Citation, ...]


def brief_name(edition: Edition, extension: Literal["html", "pdf"]) -> str:
    """The usual file name of a brief."""
    return f"{edition.spec.brief}.{edition.spec.language}.{extension}"


def source_name(name: SourceId) -> str:
    """The path of a source's page in the output folder."""
    return f"sources/{name}.html"


def brief(
    templates: jinja2.Environment,
    edition: Edition,
    *,
    medium: Medium,
    files: Siblings | None = None,
    template: str = "brief.html.j2",
    data: str | None = None,
) -> str:
    """The whole brief as HTML: a page of its own, or what `pdf` turns into paper.

    `data` is JSON that it carries along, for `embedded.from_html` and `from_pdf` to read back.

    Both media have the same words and numbers. The paper form links to nothing outside itself
    but public addresses, and ends with the passages in their documents.
    """
    beside = files or Siblings()
    locale = Locale(edition.spec.language)
    line = timelines.timeline(edition)
    map_ = _map(templates, edition, locale)
    begins = "right" if locale.direction == "rtl" else "left"
    rules = [
        timelines.rules(line, begins) if line else "",
        maps.rules(map_) if map_ else "",
    ]
    return filled(
        templates,
        template,
        locale,
        medium=medium,
        rules=rules,
        context={
            "edition": edition,
            "files": beside,
            "timeline": line,
            "map": map_,
            "map_width": maps.WIDTH,
            "short_titles": _short_titles(_named_sources(edition)),
            "judgement_parts": {
                view.judgement.id: _emphasised(view, locale) for view in edition.judgements
            },
            "contest_numbers": {
                view.contest.id: number for number, view in enumerate(edition.contests, start=1)
            },
            "bands": BANDS,
            "around": {
                citation.number: (
                    ending(citation.before, _AROUND),
                    opening(citation.after, _AROUND),
                )
                for citation in edition.citations
            },
            "numbers": {citation.id: citation.number for citation in edition.citations},
            "annex": _annex(edition) if medium == "print" else (),
            "pdf_name": beside.name_of(edition, "pdf"),
            "data": embedded.block(data) if data is not None else "",
        },
    )


def source_page(
    templates: jinja2.Environment,
    base: CheckedBase,
    shown: Source,
    editions: Sequence[Edition],
    *,
    files: Siblings,
) -> str:
    """A source document, whole, with every passage marked that one of `editions` quotes."""
    quotes = {
        citation.id: citation
        for edition in editions
        for citation in edition.citations
        if citation.source.id == shown.id
    }
    text = paragraphs(base.documents[shown.id], quotes.values())
    return filled(
        templates,
        "source.html.j2",
        Locale(base.base.languages[0]),
        rules=[_target_rules(quotes)],
        context={
            "source": shown,
            "desk": base.base.title,
            "marking": shown.marking,
            "paragraphs": [(paragraph, _uses(paragraph, editions, files)) for paragraph in text],
            "files": files,
        },
    )


def index(
    templates: jinja2.Environment,
    base: FactBase,
    editions: Sequence[Edition],
    *,
    files: Siblings,
) -> str:
    """The page that lists every brief of one build."""
    sources = {view.source.id: view.source for edition in editions for view in edition.sources}
    return filled(
        templates,
        "index.html.j2",
        Locale(base.languages[0]),
        context={
            "desk": base.title,
            "editions": editions,
            "marking": max((edition.marking for edition in editions), default=base.marking),
            "sources": [sources[name] for name in sorted(sources)],
            "short_titles": _short_titles(sources.values()),
            "files": files,
            "names": {
                edition.id: {
                    "html": files.name_of(edition, "html"),
                    "pdf": files.name_of(edition, "pdf"),
                }
                for edition in editions
            },
        },
    )


@dataclass(frozen=True, slots=True)
class Week:
    """A week that was built: its ISO name, which is that of its folder, and how many briefs."""

    name: str
    window: Window
    briefs: int


def weeks(templates: jinja2.Environment, base: FactBase, built: Sequence[Week]) -> str:
    """The page that lists weeks, in the order given."""
    return filled(
        templates,
        "weeks.html.j2",
        Locale(base.languages[0]),
        context={"desk": base.title, "marking": base.marking, "weeks": built},
    )


def filled(
    templates: jinja2.Environment,
    name: str,
    locale: Locale,
    *,
    medium: Medium = "screen",
    rules: Iterable[str] = (),
    context: Mapping[str, object],
) -> str:
    """The template `name` with its style sheets, and what every page needs besides `context`."""
    style = _style(templates, medium, rules)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    shared = {
        "locale": locale,
        "medium": medium,
        "style": Markup(style),  # noqa: S704 # style sheets, and numbers of our own making
        "style_digest": digest,
        "source_path": source_name,
        "runs": runs,
        "day_of": date.fromisoformat,
        "data": "",
    }
    return render(templates, name, {**shared, **context})


def _style(templates: jinja2.Environment, medium: Medium, rules: Iterable[str]) -> str:
    """One style sheet for the page: nothing is loaded, and the page's policy names its hash."""
    sheets = [source(templates, name) for name in ("brief.css", f"{medium}.css")]
    style = "\n".join(["", *sheets, *(rule for rule in rules if rule), ""])
    if medium == "print":
        style = _without_variables(style)
    if "</" in style or "\r" in style:
        message = "a style sheet holds `</` or a carriage return"
        raise TemplateHole(location(templates, "brief.css"), 1, message, "template-syntax")
    return style


def _without_variables(style: str) -> str:
    """Values in place of their names, which WeasyPrint would look up anew for every element."""
    values = dict(_VARIABLE.findall(style))
    for _ in values:
        before, style = style, _USE.sub(lambda use: values.get(use[1], use[0]), style)
        if style == before:
            break
    return style


def runs(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """First and last of each stretch of three numbers or more; others alone, first and last one."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(
        pair
        for first, last in found
        for pair in ([(first, last)] if last - first != 1 else [(first, first), (last, last)])
    )


def _target_rules(quotes: Iterable[str]) -> str:
    """Light up all pieces of the passage that an address names, where quotes overlap too."""
    return "\n".join(
        f"p:has(#p-{name}:target) .in-{name}{{background:var(--target);color:var(--ink)}}"
        for name in quotes
    )


def _uses(paragraph: Paragraph, editions: Iterable[Edition], files: Siblings) -> tuple[Uses, ...]:
    """Who quotes a paragraph, in the order of the editions; nothing of those that do not."""
    found = (
        Uses(
            edition,
            "../" + files.name_of(edition, "html"),
            tuple(one for one in edition.citations if one.id in paragraph.cited),
        )
        for edition in editions
    )
    return tuple(uses for uses in found if uses.citations)


def _short_titles(sources: Iterable[Source]) -> dict[str, str | None]:
    """What tells a source apart from others of its publisher; None where its name suffices."""
    shown = {one.id: one for one in sources}
    publishers = [one.publisher for one in shown.values()]
    return {
        name: None
        if one.publisher is not None and publishers.count(one.publisher) == 1
        else _short(one.title)
        for name, one in shown.items()
    }


def _short(title: str) -> str:
    if len(title) <= _TITLE_LENGTH:
        return title
    return title[: _TITLE_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def _named_sources(edition: Edition) -> Iterable[Source]:
    yield from (view.source for view in edition.sources)
    yield from (named for actor in edition.actors for _, named in actor.titles)


def _emphasised(view: JudgementView, locale: Locale) -> tuple[str, str, str]:
    """A judgement before, in and after its term of likelihood."""
    language, text = view.judgement.statement.best(locale.language)
    found = term_in(text, view.likelihood, language)
    return (text[: found[0]], text[slice(*found)], text[found[1] :]) if found else (text, "", "")


def _map(templates: jinja2.Environment, edition: Edition, locale: Locale) -> maps.Locator | None:
    if not edition.places:
        return None
    world = atlas(source(templates, _BORDERS))
    return maps.locator(edition.places, world, _place_name(locale), _country_name(locale))


def _annex(edition: Edition) -> tuple[Excerpt, ...]:
    return tuple(
        Excerpt(
            view.source,
            excerpt(
                paragraphs(
                    edition.documents[view.source.id],
                    [one for one in edition.citations if one.source.id == view.source.id],
                )
            ),
        )
        for view in edition.sources
    )


def _place_name(locale: Locale) -> Callable[[PlaceView], str]:
    return lambda view: view.place.name.best(locale.language)[1]


def _country_name(locale: Locale) -> Callable[[Country], str]:
    def name(country: Country) -> str:
        return (locale.territory(country.code) if country.code else None) or country.name

    return name
