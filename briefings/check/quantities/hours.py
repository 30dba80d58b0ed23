"""Times of day and how long something lasts, as texts write them in words and in digits."""

from __future__ import annotations

import re
from fractions import Fraction

from briefings.check.quantities.quantity import Kind, Quantities, Quantity
from briefings.check.quantities.sums import is_numeric
from briefings.check.quantities.tokens import Item
from briefings.check.quantities.units import measure
from briefings.core.values import replace

_MINUTES = frozenset({"5", "10", "20", "25"})


def time_at(items: list[Item], at: int, half: str) -> Quantities | None:
    """The time of day that begins at item `at`; `half` is the half of the day named before it.

    Args:
        items: Those of a text, in order.
        at: An index of these.
        half: The half of the day named before it: `a`, `p`, or neither.
    """
    item = items[at]
    if at and items[at - 1].key == "/" and items[at - 1].end == item.start:
        return None  # “۵/۲ بامداد”: the decimals of a number
    if "half-past" in item.senses:
        return _half_past(items, at)
    if (minutes := _minutes_from_hour(items, at)) is not None:
        return _of_hour(items, at, at + 2, minutes)
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
    place = item.start, items[end - 1].end
    read = _time(place, hour, minute, half, end)
    return read if half or _is_of_the_clock(items, at) else _or_lasting(read, items[at:end])


def _or_lasting(time: Quantities, items: list[Item]) -> Quantities:
    """A time in words that say as well how long something lasts: “durante once horas”."""
    unit = next((each.senses["unit"] for each in items if "unit" in each.senses), None)
    if unit is None:
        return time
    (read,) = time.quantities
    hours = Quantity(
        Kind.NUMBER, read.value / 60, unit=measure(unit), start=read.start, end=read.end
    )
    return Quantities((replace(read, others=(hours,)),), time.end)


def _is_of_the_clock(items: list[Item], at: int) -> bool:
    """Whether a word before an hour says that it is one of the day: “a las once horas”."""
    before = items[at - 1].senses if at else {}
    return not before.keys().isdisjoint({"clock-before", "clock-perhaps"})


def _lasting(items: list[Item], at: int, end: int, hour: int, minute: int) -> Quantities:
    """Hours and minutes that are no time of day: “2 h 14 min”."""
    start, stop = items[at].start, items[end].end
    figures = (
        Quantity(Kind.NUMBER, Fraction(value), unit=measure(unit), start=start, end=stop)
        for value, unit in ((hour, "hour"), (minute, "minute"))
    )
    return Quantities(tuple(figures), end + 1)


def _spelled_hour(items: list[Item], at: int) -> tuple[int, int, int] | None:
    """The hour and minute of “seven o'clock”, “seven in the evening”, and where they end."""
    senses, end = items[at].senses, at + 1
    number = senses.get("number") or senses.get("ordinal")
    if not number:
        return None
    value = Fraction(number)
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


def _half_past(items: list[Item], at: int) -> Quantities | None:
    """“half past seven”, and the German “halb acht” half an hour before eight."""
    if at and "ordinal" in items[at - 1].senses:
        return None  # “in the third quarter to 12 per cent”
    return _of_hour(items, at, at + 1, int(items[at].senses["half-past"]))


def _minutes_from_hour(items: list[Item], at: int) -> int | None:
    """The minutes of “ten to seven”; None in “from ten to seven”, or “ten to seven people”."""
    if at and "from" in items[at - 1].senses:
        return None
    if at + 2 >= len(items) or "hour-link" not in items[at + 1].senses:
        return None
    minutes = items[at].senses.get("number", items[at].key)
    behind = items[at + 3] if at + 3 < len(items) else None
    counts = behind is not None and behind.kind == "word" and "half-day" not in behind.senses
    if minutes not in _MINUTES or counts:
        return None
    return int(minutes) * int(items[at + 1].senses["hour-link"])


def _of_hour(items: list[Item], at: int, hour: int, minutes: int) -> Quantities | None:
    """The time so many minutes from the hour at item `hour`, in words that begin at `at`."""
    if hour >= len(items):
        return None
    item = items[hour]
    named = item.key if item.kind == "numeral" else item.senses.get("ordinal")
    named = item.senses.get("number", named)
    if named is None or not named.isdigit() or not 1 <= int(named) <= 24:
        return None
    half, end = "", hour + 1
    if (after := _half_at(items, end)) is not None:
        half, end = after
    place = (items[at].start, items[end - 1].end)
    return _time(place, *divmod(int(named) * 60 + minutes, 60), half, end)


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
    clock = at > 0 and "clock-before" in items[at - 1].senses
    if clock and not minute and (spelled_out := _minutes_behind(items, end)) is not None:
        return hour, *spelled_out
    past, end = _past_hour(items, end)
    return (hour, minute or past, end) if clock or _half_at(items, end) else None


def _minutes_behind(items: list[Item], at: int) -> tuple[int, int] | None:
    """The minutes of “ساعت ۱۸ و ۳۰ دقیقه”, and where they end."""
    link, number, unit = (*items[at : at + 3], None, None, None)[:3]
    if link is None or number is None or unit is None or not number.key.isdigit():
        return None
    told = "and" in link.senses and unit.senses.get("unit") == "minute"
    return (int(number.key), at + 3) if told else None


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


def _time(place: tuple[int, int], hour: int, minute: int, half: str, end: int) -> Quantities:
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    known = half or ("a" if hour == 0 else "p" if hour > 12 else "")
    value = Fraction(hour % 24 * 60 + minute)
    return Quantities((Quantity(Kind.TIME, value, half=known, start=place[0], end=place[1]),), end)
