"""From what was asked to the two clocks and the period of an edition."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from briefings.compose.selection import window
from briefings.core.diagnostics import Diagnostic, Refused, diagnostic
from briefings.core.knowledge import facts_known
from briefings.core.model import FactBase
from briefings.core.spec import EditionSpec, Window
from briefings.core.values import dataclass
from briefings.plan.request import BriefRequest


@dataclass(frozen=True, slots=True)
class Clocks:
    """The edition's day, the day by which things are known, and the period to report on."""

    as_of: date
    known_by: date
    window: Window


def clocks(base: FactBase, asked: BriefRequest, today: Callable[[str], date]) -> Clocks:
    """The clocks of a request.

    The edition's day is that asked for, else the last of the period, else the base's own, else
    today in the base's time zone.

    Args:
        base: Its own day and period count where nothing is asked for.
        asked: What is asked for.
        today: The calendar day in a time zone, by its IANA name.

    Raises:
        Refused: With status 2 and `bad-period`: the request contradicts itself.
    """
    calendar = asked.calendar
    if calendar is not None and (asked.since is not None or asked.until is not None):
        message = f"{calendar.written} is a period, and --since or --until another"
        raise _bad(message, "take one of them")
    given = (
        calendar.window if calendar else Window(asked.since or date.min, asked.until or date.max)
    )
    if given.since > given.until:
        raise _bad(
            f"the period ends on {given.until}, before it begins on {given.since}",
            "change --since or --until",
        )
    as_of = asked.as_of or (None if given.until == date.max else given.until)
    as_of = as_of or base.edition.as_of or today(base.timezone)
    if as_of > given.until:
        raise _bad(
            f"the edition's day, {as_of}, lies behind the period, which ends on {given.until}",
            f"for the same period as it was known later: --known-by {as_of}",
        )
    if as_of < given.since:
        raise _bad(
            f"the edition's day, {as_of}, lies before the period, which begins on {given.since}",
            "change --as-of, or the period",
        )
    is_bounded = calendar is not None or asked.since is not None
    length = asked.period or base.edition.period
    reported = Window(given.since, as_of) if is_bounded else window(as_of, length)
    if asked.known_by is not None:
        _hold_knowledge(base, asked.known_by, reported)
    return Clocks(as_of, asked.known_by or as_of, reported)


def _hold_knowledge(base: FactBase, known_by: date, reported: Window) -> None:
    """Refuse a day by which nothing was known, of the period or at all."""
    if known_by < reported.since:
        raise _bad(
            f"knowledge ends on {known_by}, before the period begins on {reported.since}",
            f"for an earlier edition: --as-of {known_by}",
        )
    first = min(facts_known(base).values(), default=None)
    if first is not None and known_by < first:
        raise _bad(
            f"nothing at all was known by {known_by}", f"the first of it was known on {first}"
        )


def ahead(specs: Iterable[EditionSpec], today: date) -> list[Diagnostic]:
    """`day-to-come` for each day of an edition that is still to come."""
    days = {max(spec.as_of, spec.known_by) for spec in specs}
    return [
        diagnostic(
            "day-to-come",
            f"an edition is asked for as known by {day}, which is still to come: today is {today}",
            None,
            f"ask for --as-of {today}, or build it again on that day",
        )
        for day in sorted(days)
        if day > today
    ]


def _bad(message: str, hint: str) -> Refused:
    return Refused.by(2, "bad-period", message, hint)
