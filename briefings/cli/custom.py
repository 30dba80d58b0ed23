"""The flags of a custom brief: which days, what it is about, how it is made and named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

import click

from briefings.cli import options
from briefings.core import periods
from briefings.core.model import (
    MARKINGS,
    ActorId,
    Credibility,
    FactKind,
    Filters,
    Marking,
    Part,
    PlaceId,
    Reliability,
    SourceId,
    TopicId,
)
from briefings.core.spec import Window
from briefings.plan.request import (
    CREDIBILITIES,
    RELIABILITIES,
    BriefRequest,
    CalendarPeriod,
    Request,
    WordReader,
)

_NAMES: tuple[tuple[str, str, str, str], ...] = (
    ("--actor", "actors", "ID", "Facts that name or quote this person or body; repeatable."),
    ("--place", "places", "ID", "Facts about this place; repeatable."),
    ("--source", "sources", "ID", "Facts that rest on this source; repeatable."),
)
_MARKINGS = tuple(marking.label.removeprefix("TLP:") for marking in Marking)


def _calendar(read: Callable[[str], Window]) -> Callable[..., CalendarPeriod | None]:
    def parse(
        _: click.Context, parameter: click.Parameter, value: str | None
    ) -> CalendarPeriod | None:
        if value is None:
            return None
        try:
            return CalendarPeriod(f"{parameter.opts[0]} {value}", read(value))
        except ValueError as error:
            what = parameter.opts[0].removeprefix("--")
            raise click.BadParameter(
                f"{value!r} is not a {what}: {error}.", param=parameter
            ) from error

    return parse


def _marking(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """A label as it is printed, however it was typed."""
    return None if value is None else "TLP:" + value.upper().removeprefix("TLP:")


week: options.Decorator = click.option(
    "--week",
    metavar="YYYY-Www",
    callback=_calendar(periods.week),
    help="The ISO week, Monday to Sunday, as known on its Sunday.",
)
marking: options.Decorator = click.option(
    "--marking",
    metavar="TLP",
    callback=_marking,
    shell_complete=options.among(_MARKINGS),
    help="Nothing that is marked higher, such as GREEN.",
)
languages: options.Decorator = click.option(
    "--lang",
    "languages",
    multiple=True,
    callback=options.by_comma,
    metavar="CODE,…",
    help="Languages of the base, such as en,fa. Default: all that the briefs are translated into.",
)

_DAYS = (
    click.option(
        "--as-of",
        metavar="DATE",
        callback=options.day,
        help="The edition's day, YYYY-MM-DD. Default: the period's last, as the base says, today.",
    ),
    click.option(
        "--known-by",
        metavar="DATE",
        callback=options.day,
        help="What was known by this day of what had happened by --as-of. Default: the same day.",
    ),
    week,
    click.option(
        "--month",
        metavar="YYYY-MM",
        callback=_calendar(periods.month),
        help="The calendar month, as known on its last day.",
    ),
    click.option(
        "--since", metavar="DATE", callback=options.day, help="The first day of the period."
    ),
    click.option(
        "--until", metavar="DATE", callback=options.day, help="The last day of the period."
    ),
)

_CUSTOM: tuple[options.Decorator, ...] = (
    click.option(
        "--merge/--no-merge", default=None, help="One brief of several topics. Default: one each."
    ),
    *(
        click.option(
            flag,
            name,
            multiple=True,
            metavar=metavar,
            shell_complete=options.completed(name),
            help=text,
        )
        for flag, name, metavar, text in _NAMES
    ),
    click.option(
        "--kind",
        "kinds",
        multiple=True,
        metavar="KIND",
        shell_complete=options.among(FactKind),
        help="Facts of this kind, such as event or plan; repeatable.",
    ),
    click.option(
        "--exclude",
        multiple=True,
        metavar="ID",
        shell_complete=options.completed("facts", "sources", "actors", "places"),
        help="Leave out a fact, or those of a source, actor or place; repeatable.",
    ),
    click.option(
        "--min-reliability",
        metavar="A-E",
        shell_complete=options.among(Reliability),
        help="Facts with a source of this Admiralty grade or better; F never passes.",
    ),
    click.option(
        "--min-credibility",
        metavar="1-5",
        shell_complete=options.among(Credibility),
        help="Facts of this Admiralty grade or better; 6 never passes.",
    ),
    marking,
    languages,
    click.option("--title", metavar="TEXT", help="A title instead of the topic's."),
    click.option(
        "--section",
        "sections",
        multiple=True,
        metavar="PART",
        shell_complete=options.among(Part),
        help="Only these parts: " + ", ".join(Part) + "; repeatable.",
    ),
    click.option(
        "--no-section",
        "no_sections",
        multiple=True,
        metavar="PART",
        shell_complete=options.among(Part),
        help="Without these parts; repeatable.",
    ),
    click.option(
        "--template",
        metavar="FILE",
        help="Another template than brief.html.j2, from the same folders.",
    ),
    click.option(
        "--name",
        metavar="PATTERN",
        help="Names for files, of {brief} {topic} {lang} {as_of} {week} {edition}.",
    ),
)


def flags(command: Callable[..., Any]) -> Callable[..., Any]:
    """Every flag of a custom brief, in this order."""
    decorators: tuple[options.Decorator, ...] = (*_DAYS, *_CUSTOM)
    for option in reversed(decorators):
        command = option(command)
    return command


def request(*, kept: tuple[str, ...] = (), **asked: Any) -> Request:
    """What the flags of a command that builds ask for: of the whole, and of each brief.

    Args:
        kept: Names of briefs that the base keeps.
        asked: All other flags, by the names of the fields of `Request` and of `brief`.

    Raises:
        click.UsageError: As of `brief`.
    """
    of_whole = {each.name for each in fields(Request)} & asked.keys()
    whole = {name: asked.pop(name) for name in of_whole}
    return Request(brief=brief(**asked), kept=kept, **whole)


def brief(
    *,
    topics: Sequence[str] = (),
    actors: Sequence[str] = (),
    places: Sequence[str] = (),
    sources: Sequence[str] = (),
    kinds: Sequence[str] = (),
    exclude: Sequence[str] = (),
    min_reliability: str | None = None,
    min_credibility: str | None = None,
    marking: str | None = None,
    sections: Sequence[str] = (),
    no_sections: Sequence[str] = (),
    week: CalendarPeriod | None = None,
    month: CalendarPeriod | None = None,
    **asked: Any,  # click gives each its type, which is that of its field
) -> BriefRequest:
    """What flags ask for; a word that names nothing is reported once the base has been read.

    Its arguments are the flags of these names, as click reads them.

    Raises:
        click.UsageError: Two flags exclude each other.
    """
    if week is not None and month is not None:
        raise click.UsageError(f"{week.written} and {month.written} are two periods; take one.")
    words = WordReader()
    parts = {part.value: part for part in Part}
    filters = Filters(
        actors=tuple(map(ActorId, actors)),
        places=tuple(map(PlaceId, places)),
        sources=tuple(map(SourceId, sources)),
        kinds=words.values("kind", kinds, {kind.value: kind for kind in FactKind}),
        exclude=tuple(exclude),
        min_reliability=words.value(
            "reliability", min_reliability and min_reliability.upper(), RELIABILITIES
        ),
        min_credibility=words.value("credibility", min_credibility, CREDIBILITIES),
    )
    return BriefRequest(
        topics=tuple(map(TopicId, topics)),
        filters=filters,
        marking=words.value("marking", marking, MARKINGS),
        sections=words.values("section", sections, parts),
        no_sections=words.values("section", no_sections, parts),
        calendar=week or month,
        misnamed=tuple(words.misnamed),
        **asked,
    )
