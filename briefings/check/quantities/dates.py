"""Days and times of day as texts write them, in words and in digits."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

from briefings.check.quantities.items import Item
from briefings.check.quantities.lexicon import Lexicon
from briefings.check.quantities.quantity import Day, Kind, Quantity, Reading
from briefings.check.quantities.sums import add_up, is_numeric
from briefings.check.quantities.units import measure

_JOINTS = frozenset(",.-'/")
_YEARS = range(1000, 2200)
_SOLAR_YEARS = range(1200, 1500)
_INTRODUCTIONS = frozenset(
    {
        *("in", "since", "of", "by", "until", "till", "early", "late", "mid", "last", "next"),
        *("this", "ماه", "د"),
    }
)


def written_date(item: Item, words: Lexicon) -> tuple[Quantity, ...]:
    """A date in digits; where day and month may stand either way, both are readings."""
    solar = "solar" in words.options
    parts = [int(part) for part in re.findall(r"\d+", item.key)]
    orders = [parts] if item.kind == "iso" else [parts[::-1]]
    if item.kind == "dmy" and "month-first" in words.options:
        orders.append([parts[2], parts[0], parts[1]])
    days = [day for order in orders if (day := _day(*order, solar=solar)) is not None]
    if not days:
        return ()
    first, *others = (_quantity(day, item.start, item.end) for day in dict.fromkeys(days))
    return (replace(first, others=tuple(others)),)


def _day(year: int, month: int, day: int, *, solar: bool) -> Day | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Day(year, month, day, solar=solar and year in _SOLAR_YEARS)


def _quantity(day: Day, start: int, end: int, *, sure: bool = True) -> Quantity:
    return Quantity(Kind.DATE, day=day, start=start, end=end, sure=sure)


def date_at(items: list[Item], at: int, words: Lexicon) -> Reading | None:
    """The date, or the two dates of one month, that begin at item `at`."""
    item = items[at]
    if "weekday" in item.senses:
        return _weekday(items, at, words)
    if _month_of(item) is not None:
        return _month_first(items, at, words)
    if "day-mark" in item.senses:
        return None
    if item.kind == "numeral" or not {"ordinal", "number"}.isdisjoint(item.senses):
        return _marked(items, at, words) or _day_first(items, at, words)
    return None


def _month_of(item: Item) -> tuple[int, bool] | None:
    """The number of the month that an item names, and whether it is a solar one."""
    for sense, solar in (("month", False), ("month-short", False), ("solar-month", True)):
        if sense in item.senses:
            return int(item.senses[sense]), solar
    return None


def _weekday(items: list[Item], at: int, words: Lexicon) -> Reading | None:
    """A weekday, with the date that follows it if one does."""
    weekday = int(items[at].senses["weekday"])
    after = _over_joints(items, at + 1, "of", "fill", "and")
    if after < len(items) and "weekday" not in items[after].senses and after - at <= 4:
        dated = date_at(items, after, words)
        if dated is not None and (first := dated.quantities[0]).day is not None and first.day.day:
            day = replace(first.day, weekday=weekday)
            joined = replace(first, day=day, start=items[at].start)
            return Reading((joined, *dated.quantities[1:]), dated.end)
    sure = "doubt" not in items[at].senses
    day = Day(weekday=weekday)
    return Reading((_quantity(day, items[at].start, items[at].end, sure=sure),), at + 1)


def _over_joints(items: list[Item], at: int, *senses: str) -> int:
    """The first index from `at` of what is no joint and has none of `senses`, at most 3 on."""
    end = at
    while (
        end < len(items)
        and end - at < 3
        and (items[end].key in _JOINTS or not items[end].senses.keys().isdisjoint(senses))
        and _month_of(items[end]) is None
    ):
        end += 1
    return end


def _whole(items: list[Item], at: int, words: Lexicon, most: int) -> tuple[int, int] | None:
    """The whole number up to `most` at item `at`, in digits or words, and where it ends."""
    if at >= len(items):
        return None
    item = items[at]
    if item.kind == "numeral":
        if not item.key.isdigit() or len(item.key) > 4:
            return None
        value, end = int(item.key), at + 1
        if end < len(items) and "ordinal-suffix" in items[end].senses:
            glued = items[end].start == item.end
            end += glued
    elif "ordinal" in item.senses:
        value, end = int(item.senses["ordinal"]), at + 1
    elif is_numeric(item) and "number" in item.senses:
        total = add_up(items, at, words)
        if total is None or total.value.denominator != 1 or total.part:
            return None
        value, end = int(total.value), total.end
    else:
        return None
    return (value, end) if 1 <= value <= most else None


def _year(items: list[Item], at: int, *, solar: bool) -> tuple[int | None, int]:
    """The year behind a month, if one stands there, and where what was read ends."""
    after = _over_joints(items, at, "of", "fill")
    if after < len(items) and (item := items[after]).kind == "numeral":
        glued_more = after + 1 < len(items) and items[after + 1].senses.keys() & {
            "scale",
            "percent",
        }
        if item.key.isdigit() and len(item.key) == 4 and not glued_more:
            value = int(item.key)
            if value in (_SOLAR_YEARS if solar else _YEARS):
                return value, after + 1
    return None, at


def _day_first(items: list[Item], at: int, words: Lexicon) -> Reading | None:
    """“13 March 2023”, “1er février”, “7–9 December”."""
    day = _whole(items, at, words, 31)
    if day is None:
        return None
    further: list[tuple[int, int, int]] = []  # day, place
    value, end = day
    after = _over_joints(items, end, "of", "fill")
    if after < len(items) and _month_of(items[after]) is None:
        joined = items[end] if end < len(items) else None
        if joined is None or not (
            joined.key in "-,~" or not joined.senses.keys().isdisjoint({"to", "and", "moved-to"})
        ):
            return None
        begin = end + 1
        if begin < len(items) and "fill" in items[begin].senses:  # “entre el 3 y el 5 de mayo”
            begin += 1
        second = _whole(items, begin, words, 31)
        if second is None or second[0] <= value:
            return None
        further.append((value, items[at].start, items[end - 1].end))
        at, (value, end) = begin, second
        after = _over_joints(items, end, "of", "fill")
    if after >= len(items) or (month := _month_of(items[after])) is None:
        return None
    if "doubt" in items[after].senses and any(items[i].key == "," for i in range(end, after)):
        return None  # “Demba, 19, may have”
    number, solar = month
    if (
        after + 2 < len(items)
        and items[after + 1].key == "/"
        and _month_of(items[after + 2]) == month
    ):
        after += 2  # “13 آذار/مارس”, one month by two names
    year, last = _year(items, after + 1, solar=solar)
    days = [
        *(
            _quantity(Day(year, number, each, solar=solar), start, stop)
            for each, start, stop in further
        ),
        _quantity(Day(year, number, value, solar=solar), items[at].start, items[last - 1].end),
    ]
    return Reading(tuple(days), last)


def _month_first(items: list[Item], at: int, words: Lexicon) -> Reading | None:
    """“March 13, 2023”, “March 2023”, “December 7–9”, “March”."""
    item = items[at]
    month = _month_of(item)
    assert month is not None  # date_at has seen it
    number, solar = month
    year, end = _year(items, at + 1, solar=solar)
    if year is not None:
        return Reading(
            (_quantity(Day(year, number, solar=solar), item.start, items[end - 1].end),), end
        )
    after = _over_joints(items, at + 1, "of", "fill", "on")
    day = _whole(items, after, words, 31) if _is_day(items, after) else None
    if day is not None:
        value, end = day
        year, last = _year(items, end, solar=solar)
        stop = items[max(last, end) - 1].end
        days = [_quantity(Day(year, number, value, solar=solar), item.start, stop)]
        last = max(last, end)
        if (
            last == end
            and end + 1 < len(items)
            and (items[end].key in "-~" or "to" in items[end].senses)
        ):
            second = _whole(items, end + 1, words, 31) if _is_day(items, end + 1) else None
            if second is not None and second[0] > value:
                stop = items[second[1] - 1].end
                days.append(
                    _quantity(Day(year, number, second[0], solar=solar), items[end + 1].start, stop)
                )
                last = second[1]
        return Reading(tuple(days), last)
    if "month-short" in item.senses and "month" not in item.senses:
        return None
    sure = True
    if "doubt" in item.senses or solar:  # the solar months are stars and common words
        before = items[at - 1].key if at else ""
        if before == "-" and at > 1:
            before = items[at - 2].key
        sure = before in _INTRODUCTIONS
        if not (sure or solar):
            return None
    named = Day(month=number, solar=solar)
    return Reading((_quantity(named, item.start, item.end, sure=sure),), at + 1)


def _is_day(items: list[Item], at: int) -> bool:
    """Whether the number at `at` may be the day of the month before it, and is no count."""
    if at >= len(items):
        return False
    item = items[at]
    if item.kind == "numeral":
        behind = items[at + 1] if at + 1 < len(items) else None
        return behind is None or behind.senses.keys().isdisjoint(
            {"percent", "scale", "currency", "month"}
        )
    return "ordinal" in item.senses


def _marked(items: list[Item], at: int, words: Lexicon) -> Reading | None:
    """2023年2月6日 and parts of it."""
    year = month = day = None
    end, index = at, at
    while index + 1 < len(items) and (number := _whole(items, index, words, 2199)) is not None:
        value, behind = number
        senses = items[behind].senses if behind < len(items) else {}
        if "year-mark" in senses and year is None and month is None and value >= 1000:
            year = value
        elif "month-mark" in senses and month is None and value <= 12:
            month = value
        elif "day-mark" in senses and day is None and value <= 31:
            day = value
        else:
            break
        end = index = behind + 1
        if day is not None:
            break
    if end == at:
        return None
    return Reading((_quantity(Day(year, month, day), items[at].start, items[end - 1].end),), end)


def time_at(items: list[Item], at: int, half: str) -> Reading | None:
    """The time of day that begins at item `at`; `half` is the half of the day named before it."""
    item = items[at]
    if at and items[at - 1].key == "/" and items[at - 1].end == item.start:
        return None  # “۵/۲ بامداد”: the decimals of a number
    if "half-past" in item.senses:
        return _half_past(items, at)
    hour_read = _hour_at(items, at)
    if hour_read is None:
        return None
    hour, minute, end = hour_read
    if end < len(items) and items[end].senses.get("unit") == "minute" and ":" not in item.key:
        return _lasting(items, at, end, hour, minute)
    if end < len(items) and item.kind == "time" and "clock" in items[end].senses:
        end += 1
    if (after := _half_at(items, end)) is not None:
        half, end = after[0], after[1]
    if half and hour > 12:  # “19:30 p.m.”
        half = ""
    if item.kind == "time" and item.key[0] == "0" and not half:  # 03:40, of twenty-four hours
        half = "a"
    if hour > 24 or minute > 59:
        return None
    return _time((item.start, items[end - 1].end), hour, minute, half, end)


def _lasting(items: list[Item], at: int, end: int, hour: int, minute: int) -> Reading:
    """Hours and minutes that are no time of day: “2 h 14 min”."""
    start, stop = items[at].start, items[end].end
    figures = (
        Quantity(Kind.NUMBER, Fraction(value), unit=measure(unit), start=start, end=stop)
        for value, unit in ((hour, "hour"), (minute, "minute"))
    )
    return Reading(tuple(figures), end + 1)


def _spelled_hour(items: list[Item], at: int) -> tuple[int, int, int] | None:
    """The hour and minute of “seven o'clock”, “seven in the evening”, and where they end."""
    senses, end = items[at].senses, at + 1
    value = Fraction(senses.get("number") or senses.get("ordinal") or 0)
    if value.denominator != 1 or not 1 <= value <= 24:
        return None
    behind = items[end].senses if end < len(items) else {}
    if "number" in senses and not behind.keys().isdisjoint({"clock", "hour-mark"}):
        return int(value), *(_minute_at(items, end + 1) or (0, end + 1))
    minute, end = _past_hour(items, end)
    clock = at > 0 and "clock-before" in items[at - 1].senses
    if at > 1 and is_numeric(items[at - 2]):
        clock = False  # “24 saat, yedi”: hours
    counts = end < len(items) and is_numeric(items[end])
    return (int(value), minute, end) if _half_at(items, end) or (clock and not counts) else None


def _half_past(items: list[Item], at: int) -> Reading | None:
    """“half past seven”, and the German “halb acht” half an hour before eight."""
    if at + 1 >= len(items):
        return None
    item = items[at + 1]
    named = item.key if item.kind == "numeral" else item.senses.get("ordinal")
    named = item.senses.get("number", named)
    if named is None or not named.isdigit() or not 1 <= int(named) <= 24:
        return None
    minutes = int(named) * 60 + int(items[at].senses["half-past"])
    half, end = "", at + 2
    if (after := _half_at(items, end)) is not None:
        half, end = after
    place = (items[at].start, items[end - 1].end)
    return _time(place, *divmod(minutes, 60), half, end)


def _hour_at(items: list[Item], at: int) -> tuple[int, int, int] | None:
    """The hour and minute at item `at`, and where they end."""
    item, end = items[at], at + 1
    if item.kind == "time":
        digits = re.findall(r"\d+", item.key)
        return int(digits[0]), int(digits[1]), end
    behind = items[end].senses if end < len(items) else {}
    if (spelled := _spelled_hour(items, at)) is not None:
        return spelled
    match = re.fullmatch(r"(\d{1,2})(?:\.(\d\d))?", item.key)
    if item.kind != "numeral" or match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if "hour-mark" in behind:
        marked = _minute_at(items, end + 1)
        return (hour, *marked) if marked else (hour, minute, end + 1)
    if "clock" in behind:
        end += 1
        if end < len(items) and items[end].key.isdigit() and len(items[end].key) == 2:
            return hour, int(items[end].key), end + 1
        past, end = _past_hour(items, end)
        return hour, minute or past, end
    past, end = _past_hour(items, end)
    clock = at > 0 and "clock-before" in items[at - 1].senses
    return (hour, minute or past, end) if clock or _half_at(items, end) else None


def _past_hour(items: list[Item], at: int) -> tuple[int, int]:
    """The minutes of “and a half” behind an hour, and where they and the word for hour end."""
    minutes = 0
    for end in (at, at + 1):
        senses = items[end].senses if end < len(items) else {}
        if "past-hour" in senses:  # “y cuarto”
            minutes, at = int(senses["past-hour"]), end + 1
        elif "plus-half" in senses:
            minutes, at = 30, end + 1
        elif senses.get("unit") == "hour" and _half_at(items, end + 1):  # “в 7 часов вечера”
            at = end + 1
    return minutes, at


def _minute_at(items: list[Item], at: int) -> tuple[int, int] | None:
    """The minutes behind an hour, 時30分 or 時半, and where they end."""
    if at < len(items) and "plus-half" in items[at].senses:
        return 30, at + 1
    if at + 1 < len(items) and "minute-mark" in items[at + 1].senses:
        number = items[at].senses.get("number", items[at].key)  # 八点十五分
        return (int(number), at + 2) if number.isdigit() else None
    return None


def _half_at(items: list[Item], at: int) -> tuple[str, int] | None:
    """The half of the day that is named at item `at`, and where that ends."""
    if at >= len(items):
        return None
    if items[at].kind == "half":
        return items[at].key.strip()[0], at + 1
    if "half-day" in items[at].senses:
        return items[at].senses["half-day"], at + 1
    return None


def _time(place: tuple[int, int], hour: int, minute: int, half: str, end: int) -> Reading:
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    known = half or ("a" if hour == 0 else "p" if hour > 12 else "")
    value = Fraction(hour % 24 * 60 + minute)
    return Reading((Quantity(Kind.TIME, value, half=known, start=place[0], end=place[1]),), end)


def as_date(day: Day) -> date | None:
    """The day of the common calendar that a whole Gregorian date names, if there is one."""
    if day.solar or None in (day.year, day.month, day.day):
        return None
    try:
        return date(day.year or 0, day.month or 0, day.day or 0)
    except ValueError:
        return None
