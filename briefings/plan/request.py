"""What a user may ask of a build, as values."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path

from briefings.core.model import KeptBrief, PaperSize, Period
from briefings.plan.period import Days

FORMATS = ("html", "pdf")
TEMPLATE = "brief.html.j2"


@dataclass(frozen=True, slots=True)
class Custom:
    """What makes a brief another than the plain one of its topic, by the names of the base.

    Empty or None: not asked for. Names need not be known; `choose` says which are not.
    """

    merge: bool | None = None
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    min_reliability: str | None = None
    min_credibility: str | None = None
    marking: str | None = None
    languages: tuple[str, ...] = ()
    title: str | None = None
    sections: tuple[str, ...] = ()
    no_sections: tuple[str, ...] = ()
    template: str | None = None
    name: str | None = None
    period: Period | None = None

    def over(self, kept: Custom) -> Custom:
        """What `kept` asks for, but where self asks for anything; sections go together."""
        if self.sections or self.no_sections:
            kept = replace(kept, sections=(), no_sections=())
        asked = {
            each.name: value
            for each in fields(self)
            if (value := getattr(self, each.name)) not in (None, ())
        }
        return replace(kept, **asked)


def custom(kept: KeptBrief) -> Custom:
    """What a brief kept in the base asks for."""
    filters = kept.filters
    return Custom(
        merge=kept.merge,
        actors=filters.actors,
        places=filters.places,
        sources=filters.sources,
        kinds=filters.kinds,
        exclude=filters.exclude,
        min_reliability=filters.min_reliability,
        min_credibility=filters.min_credibility,
        marking=None if kept.marking is None else kept.marking.label,
        languages=() if kept.language is None else (kept.language,),
        title=kept.title,
        sections=kept.sections,
        no_sections=kept.no_sections,
        template=kept.template,
        name=kept.name,
        period=kept.period,
    )


@dataclass(frozen=True, slots=True)
class Request:
    """What to build. Neither topic nor kept brief means the weekly topics.

    `as_of` None means the base's own day, else today. `templates` is a folder whose templates go
    before the shipped ones. `kept` names briefs of the base; `custom` goes before what they say.
    `weeks` is the address of a list of weeks that the front page is to lead to.
    `paper` None means the base's own sheet.
    """

    base: Path
    out: Path
    topics: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    as_of: date | None = None
    templates: Path | None = None
    strict: bool = False
    kept: tuple[str, ...] = ()
    custom: Custom = field(default_factory=Custom)
    days: Days = field(default_factory=Days)
    weeks: str | None = None
    paper: PaperSize | None = None
