"""The flags of a custom brief: which days, what it is about, how it is made and named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from briefings.cli import options
from briefings.core import periods
from briefings.core.edition import Window
from briefings.core.model import Credibility, Kind, Marking, Part, Reliability

if TYPE_CHECKING:
    from briefings.plan.period import Days
    from briefings.plan.request import Custom

# `run` is imported late, as in every command.

_NAMES: tuple[tuple[str, str, str, str], ...] = (
    ("--actor", "actors", "ID", "Facts that name or quote this person or body; repeatable."),
    ("--place", "places", "ID", "Facts about this place; repeatable."),
    ("--source", "sources", "ID", "Facts that rest on this source; repeatable."),
)
_MARKINGS = tuple(marking.label.removeprefix("TLP:") for marking in Marking)


@dataclass(frozen=True, slots=True)
class Period:
    """A week or a month as it was asked for."""

    written: str
    window: Window


def _period(read: Callable[[str], Window]) -> Callable[..., Period | None]:
    def parse(_: click.Context, parameter: click.Parameter, value: str | None) -> Period | None:
        if value is None:
            return None
        try:
            return Period(f"{parameter.opts[0]} {value}", read(value))
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
    callback=_period(periods.week),
    help="The ISO week, Monday to Sunday, as known on its Sunday.",
)
marking: options.Decorator = click.option(
    "--marking",
    metavar="TLP",
    callback=_marking,
    shell_complete=options.among(_MARKINGS),
    help="Nothing that is marked higher, such as GREEN.",
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
        help="What was known by this day, of what was so by --as-of. Default: the same day.",
    ),
    week,
    click.option(
        "--month",
        metavar="YYYY-MM",
        callback=_period(periods.month),
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
        shell_complete=options.among(Kind),
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
        help="Facts with a source of this Admiralty grade or better; F never is.",
    ),
    click.option(
        "--min-credibility",
        metavar="1-5",
        shell_complete=options.among(Credibility),
        help="Facts of this Admiralty grade or better; 6 never is.",
    ),
    marking,
    click.option(
        "--lang",
        "languages",
        multiple=True,
        metavar="CODE",
        help="A language of the base; repeatable. Default: all.",
    ),
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


def days(
    *,
    known_by: date | None = None,
    week: Period | None = None,
    month: Period | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Days:
    """The days of a request but for its `as_of`."""
    from briefings.plan.period import Days  # noqa: PLC0415

    if week is not None and month is not None:
        raise click.UsageError(f"{week.written} and {month.written} are two periods; take one.")
    period = week or month
    return Days(
        known_by=known_by,
        period=period.window if period else None,
        called=period.written if period else "",
        since=since,
        until=until,
    )


def custom(
    *,
    min_reliability: str | None = None,
    min_credibility: str | None = None,
    **asked: Any,  # click gives each option its type; `Custom` names them all
) -> Custom:
    """What the flags of a custom brief ask for."""
    from briefings.plan.request import Custom  # noqa: PLC0415

    return Custom(
        min_reliability=min_reliability and min_reliability.upper(),
        min_credibility=min_credibility,
        **asked,
    )
