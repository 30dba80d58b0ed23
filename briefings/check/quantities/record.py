"""Whether a day that a text names is the one that quotes and the record speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from briefings.check.quantities.quantity import Day, Kind, Quantity
from briefings.core.edtf import Edtf
from briefings.core.periods import moved
from briefings.core.solar import SolarDay, gregorian, solar
from briefings.core.values import dataclass, replace

_WEEK, _FRIDAY = 7, 4
_BESIDE = 6  # letters between a month and its year, “marzo *del* año pasado”
_LONGEST_MONTH = 31
_LONGEST_PUBLICATION = 10  # days: vaguer than that, it dates no weekday
_PAST, _FUTURE = 366, 180  # how far a day without a year is from the day of its source


@dataclass(frozen=True, slots=True)
class Origin:
    """When a quote's source was published, and the days that its dateline names."""

    published: Edtf
    datelines: tuple[date, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """The days from which its weekdays count; none if it is too vaguely dated."""
        first, last = self.published.earliest, self.published.latest
        if first is None or last is None or (last - first).days > _LONGEST_PUBLICATION:
            return self.datelines
        return (*self.datelines, *(first + timedelta(n) for n in range((last - first).days + 1)))


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day that a quote names, with the source that it stands in.

    A weekday may be one just `past`, or one just `ahead`, where the record does not say more.
    """

    quantity: Quantity
    origin: Origin | None
    past: bool = False
    ahead: bool = False


def supported_by(
    stated: Day, named: Iterable[NamedDay], years: frozenset[int], event: Edtf | None
) -> str | None:
    """What carries a day that a text states.

    Args:
        stated: The day.
        named: Days that the quotes name, each with what its source has on record.
        years: Those that the quotes name apart from dates.
        event: The fact's own date, or the day on which it is due.

    Returns:
        `quote`, or what on the record carries it: `published`, `dateline` or `calendar` (a weekday
        that a date falls on), each with the fact's own date where it takes that too, such as
        `date and published`; None if nothing does.
    """
    days = tuple(named)
    if not _exists(stated):
        return None
    answers = [answer for each in days if (answer := _by_day(stated, each, years, event))]
    answers += [
        answer
        for each in _origins(days)
        if (
            answer := _by_event(stated, days, each, event)
            or _by_week(stated, days, each, event)
            or _by_distance(stated, days, each)
        )
    ]
    if stated.day is not None and any(_is_day_after(stated, days, each) for each in days):
        answers.append("calendar")
    if stated == Day(stated.year) and _follows_from_a_year(stated, days, years):
        answers.append("published")
    return min(answers, key=_ORDER.index, default=None)


def lie_in(period: Day, dates: Iterable[Edtf]) -> bool:
    """Whether every day that the dates may cover lies in a month or year, which names no day."""
    if period.day is not None or period.weekday is not None or period.solar:
        return False
    ends = [end for each in dates for end in (each.earliest, each.latest)]
    return all(end is not None and _has(end, period, whole=False) for end in ends)


_ORDER = ("quote", "calendar", "dateline", "published", "date and dateline", "date and published")


def _exists(day: Day) -> bool:
    """Whether such a day may be at all: no 30 February, no Monday that is a Tuesday."""
    if day.month is None or day.day is None:
        return True
    if day.solar:
        return True
    try:
        candidate = date(day.year or 2000, day.month, day.day)
    except ValueError:
        return False
    return day.year is None or day.weekday is None or candidate.weekday() == day.weekday


def _origins(days: tuple[NamedDay, ...]) -> tuple[Origin, ...]:
    return tuple(dict.fromkeys(each.origin for each in days if each.origin is not None))


def _by_day(stated: Day, named: NamedDay, years: frozenset[int], event: Edtf | None) -> str | None:
    """Whether one named day carries the stated one, by itself or with its source's date."""
    day = named.quantity.day
    if day is None:
        return None
    if day.solar != stated.solar:
        if day.day is not None and day.month is None and not day.solar:
            near = nearest(day, named.origin)
            day = replace(day, month=near.month if near else None)  # “the 5th” of any month is many
        return _across_calendars(stated, day, named.origin)
    for part in ("year", "month", "day", "weekday"):
        ours, theirs = getattr(stated, part), getattr(day, part)
        if ours is not None and theirs is not None and ours != theirs:
            return None
    missing = {
        part
        for part in ("year", "month", "day", "weekday")
        if getattr(stated, part) is not None and getattr(day, part) is None
    }
    if not missing or (missing == {"year"} and stated.year in years):
        return "quote"
    if stated.solar:
        return (
            "published" if missing == {"year"} and _solar_year_fits(stated, named.origin) else None
        )
    if missing == {"weekday"} and day.day is not None:
        return _weekday_fits(stated, day, named.origin)
    if "day" in missing or named.origin is None:
        return None
    return _completed(stated, day, named.origin, event, past=named.past)


def _weekday_fits(stated: Day, day: Day, origin: Origin | None) -> str | None:
    """Whether the named date falls on the stated weekday."""
    if None not in (day.year, day.month):
        whole = _date(day.year, day.month, day.day)
        return "calendar" if whole is not None and whole.weekday() == stated.weekday else None
    near = nearest(day, origin)
    return "published" if near is not None and near.weekday() == stated.weekday else None


def _date(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def nearest(day: Day, origin: Origin | None, *, past: bool = False) -> date | None:
    """The day nearest to its source that has the parts of `day`, which names a day of a month.

    Args:
        day: A day without its year, or without its month.
        origin: When its source was published; None for a source that is not there.
        past: Whether it has to be before its source.
    """
    if origin is None:
        return None
    best: tuple[int, date] | None = None
    for base in (origin.published.earliest, origin.published.latest, *origin.datelines):
        if base is None:
            continue
        for candidate in _candidates(day, base):
            away = abs((candidate - base).days)
            first = 0 if past else -_FUTURE
            if first <= (base - candidate).days <= _PAST and (best is None or away < best[0]):
                best = away, candidate
    return best[1] if best else None


def _candidates(day: Day, base: date) -> Iterator[date]:
    """Days around `base` that have the parts of `day`."""
    years = (day.year,) if day.year is not None else (base.year - 1, base.year, base.year + 1)
    months: Iterable[int] = (day.month,) if day.month is not None else range(1, 13)
    for year in years:
        for month in months:
            candidate = _date(year, month, day.day if day.day is not None else 1)
            if candidate is not None:
                yield candidate


def _completed(
    stated: Day, day: Day, origin: Origin, event: Edtf | None, *, past: bool
) -> str | None:
    """Whether the parts that the named day leaves out are those that its source's date gives."""
    if day.day is None and day.month is None:
        return None
    near = nearest(day, origin, past=past and day.day is None)  # “last June”, in May
    if near is not None and _has(near, stated, whole=day.day is not None):
        return "published"
    if event is None or event.earliest is None or event.latest is None:
        return None
    if day.month is None:
        ends = (event.earliest, event.latest)
        follows = _is_within_a_month(event.earliest, origin) and any(
            _has(end, stated, whole=False) for end in ends
        )
        return "date and published" if follows else None
    months = {(event.earliest.year, event.earliest.month), (event.latest.year, event.latest.month)}
    same_month = stated.month is None or any(stated.month == month for _, month in months)
    if same_month and stated.year in {year for year, _ in months}:
        return "date and published"
    return None


def _is_within_a_month(day: date, origin: Origin) -> bool:
    """Whether “the 5th” of a source may be that day: the last one before it or the next behind."""
    return any(abs((day - base).days) <= _LONGEST_MONTH for base in origin.days)


def _has(candidate: date, stated: Day, *, whole: bool) -> bool:
    """Whether a day of the calendar has all the stated parts."""
    return (
        stated.year in (None, candidate.year)
        and stated.month in (None, candidate.month)
        and (not whole or stated.day in (None, candidate.day))
        and (not whole or stated.weekday in (None, candidate.weekday()))
    )


def _by_event(
    stated: Day, days: tuple[NamedDay, ...], origin: Origin, event: Edtf | None
) -> str | None:
    """Whether a weekday, a “yesterday” or the date of a source leads to the stated day."""
    if stated.day is None and stated.weekday is None:
        return None
    offsets, weekdays, that_day = {0}, dict[int, list[NamedDay]](), False
    for each in days:
        if each.origin != origin:
            continue
        if each.quantity.kind is Kind.RELATIVE:
            offsets.add(int(each.quantity.value))
        elif each.quantity.kind is Kind.THAT_DAY:
            that_day = True  # “the same day”, which its source tells of before
        elif each.quantity.day is not None and each.quantity.day.weekday is not None:
            weekdays.setdefault(each.quantity.day.weekday, []).append(each)
    for base in origin.days:
        by = "dateline" if base in origin.datelines else "published"
        for offset in range(-_WEEK, _WEEK + 1):
            candidate = moved(base, offset)
            follows = candidate.weekday() in weekdays or offset in offsets
            follows = follows or (that_day and offset <= 0)
            if not follows or not _matches(candidate, stated):
                continue
            if event is not None and _covers(event, candidate):
                return f"date and {by}"
            near = candidate.weekday() in weekdays and abs(offset) < _WEEK
            if near and event is not None and not event.is_day and _holds(event, candidate):
                return f"date and {by}"  # “on Friday”, of a fact that is dated by its month
            if event is None and ((near and offset <= 0) or (offset in offsets and offset)):
                return by
            told = weekdays.get(candidate.weekday(), ()) if near else ()
            if any(each.past if offset <= 0 else each.ahead for each in told):
                return by
    return None


def _is_day_after(stated: Day, days: tuple[NamedDay, ...], later: NamedDay) -> bool:
    """Whether “the following morning” is the day behind one that its source names."""
    if later.quantity.kind is not Kind.THAT_DAY or not later.quantity.value:
        return False
    for each in days:
        day = each.quantity.day
        if each.origin == later.origin and day is not None and day.day is not None:
            first = nearest(day, each.origin)
            if first and _matches(moved(first, int(later.quantity.value)), stated):
                return True
    return False


def _by_week(
    stated: Day, days: tuple[NamedDay, ...], origin: Origin, event: Edtf | None
) -> str | None:
    """Whether a day is in “next week”: the fact's own, its Monday or, if told, one of its end."""
    for named in days:
        if named.quantity.kind is not Kind.WEEK_AWAY or named.origin != origin:
            continue
        for base in origin.days:
            by = "dateline" if base in origin.datelines else "published"
            monday = moved(base, _WEEK * int(named.quantity.value) - base.weekday())
            for candidate in (moved(monday, n) for n in range(_WEEK)):
                if not _matches(candidate, stated):
                    continue
                if event is not None and _covers(event, candidate):
                    return f"date and {by}"
                weekday = candidate.weekday()  # “from Monday” for “from next week”
                if weekday >= _FRIDAY if named.quantity.half else not weekday:
                    return by
    return None


def _by_distance(stated: Day, days: tuple[NamedDay, ...], origin: Origin) -> str | None:
    """Whether “last month” or “this year” of a source is the stated month or year.

    Or “March last year” the stated one.
    """
    if (stated.year is None and stated.month is None) or stated.weekday is not None:
        return None
    for named in days:
        months = {Kind.MONTH_AWAY: 1, Kind.YEAR_AWAY: 12}.get(named.quantity.kind)
        if months is None or named.origin != origin:
            continue
        beside = months > 1 and _stands_beside(stated, named, days)
        if not beside and (stated.day is not None or (months > 1 and stated.month is not None)):
            continue
        if months == 1 and stated == Day(month=stated.month) and _is_beside(stated, named, days):
            return "quote"
        for base in origin.days:
            month = _months_on(base, int(named.quantity.value) * months, solar_year=stated.solar)
            if (
                month
                and stated.year in (None, month[0])
                and (beside or stated.month in (None, month[1]))
            ):
                return "dateline" if base in origin.datelines else "published"
    return None


def _is_beside(stated: Day, away: NamedDay, days: tuple[NamedDay, ...]) -> bool:
    """Whether a month is so many from one that the quote names: “in May, down from last month”."""
    named = {each.quantity.day for each in days if each.origin == away.origin} - {None}
    months = {day.month for day in named if day is not None and day.month and not day.solar}
    return any(
        (month + int(away.quantity.value) - stated.month) % 12 == 0
        for month in months
        if month and stated.month
    )


def _stands_beside(stated: Day, year: NamedDay, days: tuple[NamedDay, ...]) -> bool:
    """Whether the month of a day stands beside “last year”, which says of what year it is."""
    first = year.quantity
    return any(
        each.origin == year.origin
        and each.quantity.day == replace(stated, year=None)
        and 0 <= max(first.start - each.quantity.end, each.quantity.start - first.end) <= _BESIDE
        for each in days
    )


def _follows_from_a_year(stated: Day, days: tuple[NamedDay, ...], years: frozenset[int]) -> bool:
    """Whether “a year earlier” is the stated year, from one that is named or that of the source."""
    beside = years | {each.quantity.day.year for each in days if each.quantity.day is not None}
    for named in days:
        if named.quantity.kind is Kind.YEAR_FROM and stated.year is not None:
            origin = named.origin.days if named.origin is not None else ()
            known = beside - {None} or {day.year for day in origin}
            if stated.year - int(named.quantity.value) in known:
                return True
    return False


def _months_on(day: date, months: int, *, solar_year: bool) -> tuple[int, int] | None:
    """The year and the month so many months on, counted in the calendar of what is stated."""
    own = solar(day) if solar_year else day
    if own is None:
        return None
    year, month = divmod(own.year * 12 + own.month - 1 + months, 12)
    return year, month + 1


def _covers(event: Edtf, day: date) -> bool:
    """Whether a fact's own day is that day, or its few days hold it."""
    first, last = event.earliest, event.latest
    few = first is not None and last is not None and (last - first).days < _WEEK
    return few and _holds(event, day)


def _holds(event: Edtf, day: date) -> bool:
    first, last = event.earliest, event.latest
    return first is not None and last is not None and first <= day <= last


def _matches(candidate: date, stated: Day) -> bool:
    if not stated.solar:
        return _has(candidate, stated, whole=True)
    day = solar(candidate)
    return day is not None and (
        stated.year in (None, day.year)
        and stated.month in (None, day.month)
        and stated.day in (None, day.day)
        and stated.weekday in (None, candidate.weekday())
    )


def _across_calendars(stated: Day, day: Day, origin: Origin | None) -> str | None:
    """Whether a day of the one calendar is the stated day of the other."""
    solar_day, common = (stated, day) if stated.solar else (day, stated)
    known = solar_day.year is not None
    for candidate in _gregorian_days(solar_day, common, origin):
        if _has(candidate, replace(common, weekday=None), whole=solar_day.day is not None):
            if known or common.year is not None:
                return "quote"
            # A translation may tell the day in its own calendar, since neither names a year.
            return "calendar" if stated.year is None else "published"
    return None


def _gregorian_days(solar_day: Day, common: Day, origin: Origin | None) -> Iterator[date]:
    """The days that a solar date may stand for; the first and last where it names no day."""
    if solar_day.year is not None:
        years: tuple[int, ...] = (solar_day.year,)
    else:
        near = common.year
        if near is None and origin is not None and origin.published.latest is not None:
            near = origin.published.latest.year
        if near is None:
            return
        years = (near - 622, near - 621)
    months = (solar_day.month,) if solar_day.month is not None else (1, 12)
    for year in years:
        for month in months:
            for day in (solar_day.day,) if solar_day.day is not None else (1, 15, 29):
                try:
                    yield gregorian(SolarDay(year, month, day))
                except ValueError:
                    continue


def _solar_year_fits(stated: Day, origin: Origin | None) -> bool:
    if origin is None or origin.published.latest is None:
        return False
    day = solar(origin.published.latest)
    return day is not None and stated.year in (day.year, day.year - 1)
