"""From what was asked to the two clocks and the period of an edition."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from briefings.compose.selection import window
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.edition import EditionSpec, Window
from briefings.core.knowledge import facts_known
from briefings.core.model import FactBase, Period


@dataclass(frozen=True, slots=True)
class Days:
    """What a request says of its days; all None is the base's own edition.

    `period` is a week or month of the calendar, `called` what its user wrote for it.
    """

    as_of: date | None = None
    known_by: date | None = None
    period: Window | None = None
    called: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Clocks:
    """The edition's day, the day by which things are known, and the period to report on."""

    as_of: date
    known_by: date
    window: Window


def clocks(
    base: FactBase, days: Days, today: Callable[[str], date], period: Period | None = None
) -> Clocks | Diagnostic:
    """The clocks of a request, or `bad-period` where it contradicts itself.

    The edition's day is that asked for, else the last of the period, else the base's own, else
    today in the base's time zone. `period` goes before that of the base where neither days nor
    a week or month are given.
    """
    if days.period is not None and (days.since is not None or days.until is not None):
        message = f"{days.called} is a period, and --since or --until another"
        return _bad(message, "take one of them")
    given = days.period or Window(days.since or date.min, days.until or date.max)
    if given.since > given.until:
        return _bad(
            f"the period ends on {given.until}, before it begins on {given.since}",
            "change --since or --until",
        )
    as_of = days.as_of or (None if given.until == date.max else given.until)
    as_of = as_of or base.edition.as_of or today(base.timezone)
    if as_of > given.until:
        return _bad(
            f"the edition's day, {as_of}, lies behind the period, which ends on {given.until}",
            f"for the same period as it was known later: --known-by {as_of}",
        )
    if as_of < given.since:
        return _bad(
            f"the edition's day, {as_of}, lies before the period, which begins on {given.since}",
            "change --as-of, or the period",
        )
    bounded = days.period is not None or days.since is not None
    reported = Window(given.since, as_of) if bounded else window(as_of, _period(base, period))
    known_by = days.known_by or as_of
    if known_by < reported.since:
        return _bad(
            f"knowledge ends on {known_by}, before the period begins on {reported.since}",
            f"for an earlier edition: --as-of {known_by}",
        )
    first = min(facts_known(base).values(), default=None)
    if days.known_by is not None and first is not None and known_by < first:
        return _bad(
            f"nothing at all was known by {known_by}", f"the first of it was known on {first}"
        )
    return Clocks(as_of, known_by, reported)


def ahead(specs: Iterable[EditionSpec], today: date) -> list[Diagnostic]:
    """`day-to-come` for each day of an edition that is still to come."""
    days = {max(spec.as_of, spec.known_by) for spec in specs}
    return [
        diagnostic(
            "day-to-come",
            f"an edition is to be as known by {day}, which is still to come: it is {today}",
            None,
            f"ask for --as-of {today}, or build it again on that day",
        )
        for day in sorted(days)
        if day > today
    ]


def _period(base: FactBase, asked: Period | None) -> Period:
    return asked or base.edition.period


def _bad(message: str, hint: str) -> Diagnostic:
    return diagnostic("bad-period", message, None, hint)
