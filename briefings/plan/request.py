"""What is asked of a build: a typed value a brief, whatever asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, fields, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.model import (
    Credibility,
    Filters,
    KeptBrief,
    Marking,
    PaperSize,
    Part,
    Period,
    Reliability,
    TopicId,
)
from briefings.core.names import meant
from briefings.core.signing import Signing
from briefings.core.spec import Window
from briefings.core.values import dataclass

USUAL = ("html", "pdf")
"""The forms that a brief is had in unless others are asked for."""

TEMPLATE = "brief.html.j2"
WEEKS = "../index.html"
"""Where a set of a week, in a folder of its own, has the page that lists the weeks."""
RELIABILITIES = {grade.value: grade for grade in Reliability if grade is not Reliability.F}
CREDIBILITIES = {
    grade.value: grade for grade in Credibility if grade is not Credibility.CANNOT_BE_JUDGED
}
"""The grades that a brief may ask for: what can't be judged passes no minimum."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class CalendarPeriod:
    """A week or month of the calendar; `written` is how it was asked for: `--week 2025-W50`."""

    written: str
    window: Window


@dataclass(frozen=True, slots=True)
class BriefRequest:
    """What a brief is to be about, of which days, and how it is to be made.

    None or empty: not asked for. Ids and languages need not be those of a base. `period` is a
    length, counted back from the edition's day; it gives way to `calendar` and to `since`.
    `misnamed` says which words of the request name nothing at all.
    """

    topics: tuple[TopicId, ...] = ()
    merge: bool | None = None
    filters: Filters = field(default_factory=Filters)
    marking: Marking | None = None
    languages: tuple[str, ...] = ()
    title: str | None = None
    sections: tuple[Part, ...] = ()
    no_sections: tuple[Part, ...] = ()
    template: str | None = None
    name: str | None = None
    as_of: date | None = None
    known_by: date | None = None
    calendar: CalendarPeriod | None = None
    since: date | None = None
    until: date | None = None
    period: Period | None = None
    misnamed: tuple[Diagnostic, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether the brief says less than the whole of its topics."""
        limits = (self.marking, *self.sections, *self.no_sections)
        return self.filters != Filters() or any(limit is not None for limit in limits)

    def override(self, other: BriefRequest) -> BriefRequest:
        """What is asked for here, but where `other` asks for anything; sections go together."""
        below = self
        if other.sections or other.no_sections:
            below = replace(below, sections=(), no_sections=())
        return replace(
            below, **{**_asked(other), "filters": replace(self.filters, **_asked(other.filters))}
        )


def _asked(request: BriefRequest | Filters) -> dict[str, Any]:
    """The fields in which something is asked for, of any type, by name."""
    return {
        each.name: value
        for each in fields(request)
        if (value := getattr(request, each.name)) not in (None, ())
    }


def of_kept(kept: KeptBrief) -> BriefRequest:
    """What a brief that the base keeps asks for."""
    return BriefRequest(
        topics=kept.topics,
        merge=kept.merge,
        filters=kept.filters,
        marking=kept.marking,
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
    """What to build. Without a topic or a kept brief it is the weekly topics.

    `kept` names briefs of the base; `brief` goes before what they say. `templates` is a folder
    whose templates go before the shipped ones. `weeks` is the address of a list of weeks that the
    front page is to lead to. `paper` None means the base's own. `annex`: whether PDFs end with it.
    `cache` is a folder in which is kept what was made, for the next build; None for none.
    `keep_going`: whether the others are built where the PDF of a brief can't be.
    `embed_sources`: whether each brief brings along the documents that it cites.
    `cluster` is the address of a cluster on which it is made; None: on this machine.
    `signing` is what PDFs, records and the manifest are signed with; None: they are not.
    """

    base: Path
    out: Path
    brief: BriefRequest = field(default_factory=BriefRequest)
    kept: tuple[str, ...] = ()
    formats: tuple[str, ...] = USUAL
    paper: PaperSize | None = None
    templates: Path | None = None
    strict: bool = False
    weeks: str | None = None
    annex: bool = True
    cache: Path | None = None
    keep_going: bool = False
    signing: Signing | None = None
    embed_sources: bool = False
    cluster: str | None = None


@dataclass(slots=True)
class WordReader:
    """Reads typed words as the values that they name; `misnamed` gathers those that name none."""

    misnamed: list[Diagnostic] = field(default_factory=list)

    def values(self, what: str, words: Iterable[str], known: Mapping[str, _T]) -> tuple[_T, ...]:
        """The values of `words`, each a `what`, such as `kind`; `known` has each by its name.

        Args:
            what: What each is to be, such as `kind`.
            words: As they were typed.
            known: Each value by its name.
        """
        typed = tuple(words)
        self.misnamed += unknown(what, typed, known)
        return tuple(known[word] for word in typed if word in known)

    def value(self, what: str, word: str | None, known: Mapping[str, _T]) -> _T | None:
        """The value of one word, None if there is none.

        Args:
            what: What it is to be, such as `kind`.
            word: As it was typed, if it was.
            known: Each value by its name.
        """
        values = self.values(what, () if word is None else (word,), known)
        return values[0] if values else None


def unknown(
    what: str,
    asked: Iterable[str],
    known: Iterable[str],
    code: str = "unknown-name",
    *,
    called: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Iterator[Diagnostic]:
    """A diagnostic for each name that is none, with the one that was meant.

    Args:
        what: What kind of thing is named, such as `topic`.
        asked: The names.
        known: All that there are.
        code: That of the diagnostics.
        called: The names that go with known ids, by which people ask for them.
    """
    names = set(known)
    for name in sorted(set(asked) - names):
        hints = meant(name, names, called) or (
            f"`briefings list {_LISTS.get(what, 'facts')}` shows what there is",
        )
        if not names:
            hints = (_NO_BRIEFS if what == "brief" else "the base has none",)
        elif "," in name:
            hints = ("a flag takes one name: repeat it for each",)
        yield diagnostic(code, f"there is no {what} `{name}`", None, *hints)


_NO_BRIEFS = "the base keeps none; ask for a topic by --topic, `briefings list topics` shows them"
# What `briefings list` lists of each kind of thing that has many.
_LISTS = {
    "topic": "topics",
    "actor": "actors",
    "place": "places",
    "source": "sources",
    "brief": "briefs",
    "kind": "kinds",
}
