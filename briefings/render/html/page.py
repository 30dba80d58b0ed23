"""An edition to its web page, or to the paper form of the same brief, through its template."""

from __future__ import annotations

from dataclasses import field
from functools import partial

import jinja2

from briefings.core.digest_names import IN_PAGE, UNNAMED, named
from briefings.core.edition import Edition
from briefings.core.excerpts import head, tail
from briefings.core.likelihood import BANDS
from briefings.core.model import PaperSize
from briefings.core.overriding import override
from briefings.core.untranslated import untranslated
from briefings.core.values import dataclass
from briefings.render.figures import ages, lanes, matrix, origins
from briefings.render.figures import locator as maps
from briefings.render.figures import timeline as timelines
from briefings.render.html import embedded, leads
from briefings.render.html.environment import BRIEF, locale_of
from briefings.render.html.facets import facets
from briefings.render.html.fill import Fillable, Medium, filled, marked
from briefings.render.html.first_pages import room
from briefings.render.html.heights import Heights
from briefings.render.html.siblings import Siblings
from briefings.render.html.translated import only_translator, translated
from briefings.render.html.world import world_map
from briefings.render.l10n.locales import Locale
from briefings.render.l10n.spoken import spoken, texts_of

_AROUND = 80
_SCRIPT = "page.js"


@dataclass(frozen=True, slots=True)
class BriefPage(Fillable):
    """A brief for one medium: a page of its own, or what `pdf` turns into paper.

    Both media have the same words and numbers. The paper form links to nothing outside itself but
    public addresses.

    Attributes:
        edition: What it shows.
        medium: `screen` or `print`.
        files: What else is written beside it.
        template: The name of its template.
        data: JSON that it carries along, for `embedded.from_html` and `from_pdf` to read back.
        alternates: The same brief in each language, this one included: code and address.
        paper: The size of the sheets in print.
        annex: Whether the annex follows the first two pages, with every fact and its proof.
    """

    edition: Edition
    medium: Medium
    files: Siblings = field(default_factory=Siblings)
    template: str = BRIEF
    data: str | None = None
    alternates: tuple[tuple[str, str], ...] = ()
    paper: PaperSize = PaperSize.A4
    annex: bool = True

    @property
    def language(self) -> str:
        """The language whose words the page has."""
        return self.edition.spec.language

    @override
    def text(self, templates: jinja2.Environment) -> str:
        edition = self.edition
        is_print = self.medium == "print"
        locale = locale_of(templates, self.language)
        words = Locale(locale.language, locale.own)
        sizes = Heights(edition, self.paper, words)
        line = timelines.timeline(edition) if timelines.tells(edition.timeline) else None
        by_actor = lanes.lanes(edition)
        who_says_what = matrix.matrix(edition)
        whence = origins.origins(edition)
        type_ = maps.PAPER if is_print else maps.SCREEN
        map_ = world_map(templates, edition.places, locale, type_)
        page = filled(
            templates,
            self.template,
            locale,
            medium=self.medium,
            rules=[
                *_picture_rules(edition, locale, line, by_actor, map_),
                _paper_rules(sizes, locale, self.paper) if is_print else marked(edition.marking),
            ],
            script=None if is_print else _SCRIPT,
            context={
                **_parts(edition, locale),
                **_addresses(edition, locale, self.files),
                "room": room(
                    edition,
                    self.paper,
                    annex=self.annex,
                    is_screen=not is_print,
                    lanes=sizes.lanes(by_actor) if by_actor else [],
                    above=sizes.foremost(by_actor) if by_actor else 0.0,
                    matrix=who_says_what,
                    origins=whence,
                    locale=words,
                ),
                "matrix": who_says_what,
                "origins": whence,
                "lanes": by_actor,
                "timeline": line,
                "map": map_,
                "alternates": self.alternates,
                "facets": {} if is_print else facets(edition),
                "running_title": sizes.running_title() if is_print else "",
                "running_desk": sizes.running_desk(annex=self.annex) if is_print else "",
                "data": embedded.block(self.data) if self.data is not None else "",
            },
        )
        return named(page.encode(), IN_PAGE).decode()


def _picture_rules(
    edition: Edition,
    locale: Locale,
    line: timelines.Timeline | None,
    by_actor: lanes.Lanes | None,
    map_: maps.Locator | None,
) -> list[str]:
    """Where each mark of a picture stands, from the side at which its lines begin."""
    begins = "right" if locale.direction == "rtl" else "left"
    return [
        timelines.rules(line, begins) if line else "",
        maps.rules(map_) if map_ else "",
        ages.rules(edition.sources, begins),
        lanes.rules(by_actor, begins) if by_actor else "",
    ]


def _addresses(edition: Edition, locale: Locale, beside: Siblings) -> dict[str, object]:
    """Where the page and the files beside it are found."""
    return {
        "files": beside,
        "pdf_name": beside.name_of(edition, "pdf"),
        "index_path": beside.index_name(locale.language),
        "source_path": partial(beside.source_name, language=locale.language),
        "unnamed": UNNAMED,
    }


def _parts(edition: Edition, locale: Locale) -> dict[str, object]:
    """The edition, and what its parts come to in the language of the page, on any medium."""
    return {
        "edition": edition,
        "untranslated": untranslated(edition),
        "map_width": maps.WIDTH,
        "age_ticks": ages.ticks(edition.sources),
        "alone_of_grade": leads.alone_of_grade(edition),
        "sole_outlet": leads.sole_outlet(edition, locale.language),
        "assessed": leads.assessed(edition),
        "people": leads.people(edition),
        "sides": leads.sides,
        "drawn_from": leads.drawn_from,
        "lead_of": partial(leads.lead, language=locale.language),
        "held": leads.held,
        "counted": leads.counted,
        "is_long": partial(leads.is_long, language=locale.language),
        "days_of": partial(leads.days, language=locale.language, since=edition.spec.window.since),
        "figures": [leads.figure(sentence, locale.language) for sentence in edition.front.figures],
        "claims": partial(leads.claims, language=locale.language),
        "short_titles": leads.short_titles(leads.named_sources(edition)),
        "judgement_parts": {
            view.judgement.id: leads.emphasised(view, locale.language)
            for view in edition.judgements
        },
        "contest_numbers": {
            view.contest.id: number
            for number, view in enumerate(
                (*edition.front.disputes, *edition.front.details), start=1
            )
        },
        "bands": BANDS,
        "around": {
            citation.number: (tail(citation.before, _AROUND), head(citation.after, _AROUND))
            for citation in edition.citations
        },
        "translated": partial(translated, locale=locale),
        "translator": only_translator(edition.citations, locale),
        "language_of": spoken(locale, texts_of(edition)),
    }


def _paper_rules(sizes: Heights, locale: Locale, paper: PaperSize) -> str:
    """The size of the sheet, and what its margins say in the language's direction and digits.

    The lines of the headline are about as long as each other.
    """
    margins = "".join(
        f"@{place}{{direction:{locale.direction}}}" for place in ("top-left", "bottom-left")
    )
    symbols = " ".join(f'"{each}"' for each in locale.digits)
    digits = f"@counter-style digits{{system:numeric;symbols:{symbols}}}"
    sheet = f"{digits}@page{{size:{paper};{margins}}}"
    inset = sizes.headline_inset()
    return f"{sheet}.masthead h1{{padding-inline-end:{inset}pt}}" if inset else sheet
