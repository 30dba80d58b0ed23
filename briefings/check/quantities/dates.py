"""Days and times of day as texts write them, in words and in digits."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from briefings.check.quantities.lexicon import Lexicon
from briefings.check.quantities.quantity import YEARS, Day, Kind, Quantities, Quantity
from briefings.check.quantities.sums import add_up, is_numeric
from briefings.check.quantities.tokens import Item
from briefings.core.solar import SolarDay, gregorian
from briefings.core.values import replace

_JOINTS = frozenset(",.-'/،ศคพ")
"""What may stand between the parts of a date; ค.ศ. and พ.ศ. are eras."""
_MOST_JOINTS = 4
_COMMAS = frozenset(",،")
_SOLAR_YEARS = range(1200, 1500)
_BUDDHIST_YEARS = range(2400, 2700)
_BUDDHIST_ERA = 543  # years before the common one
_YEAR_DIGITS = 4
_MOST_BEHIND_YEAR = 3
_MOST_DAYS = 6  # of one month in a list
_NO_DAYS = frozenset({"more than", "fewer than", "at least"})
_BEFORE_A_DAY = frozenset({"on", "by", "before", "after", "since", "until", "till", "from", "of"})
_LINKS = frozenset({"to", "and", "moved-to"})
_LONGEST_YEAR_WORD = 6
# The weekdays by one letter, from Monday, in Japanese and Korean.
_LETTERS = {
    letter: day
    for letters in ("月火水木金土日", "월화수목금토일")
    for day, letter in enumerate(letters)
}
_INTRODUCTIONS = frozenset(
    {
        *("in", "since", "of", "by", "until", "till", "early", "late", "mid", "last", "next"),
        *("this", "from", "between", "during", "throughout", "ماه", "د"),
        *("نیمه", "اواسط", "اوایل", "اواخر", "پایان", "ابتدای", "آغاز"),
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


def _number(value: int, day: Quantity) -> Quantity:
    """A number that may be a day of the month before it: “on July 3 and 4”, “and four people”."""
    number = Quantity(Kind.NUMBER, Fraction(value), start=day.start, end=day.end)
    return replace(number, others=(day,))


def date_at(items: list[Item], at: int, words: Lexicon) -> Quantities | None:
    """The date, or the two dates of one month, that begin at item `at`.

    Args:
        items: Those of a text, in order.
        at: An index of these.
        words: The words of its language.
    """
    dated = _date_at(items, at, words)
    return _with_weekday(dated, items) if dated is not None else None


def _with_weekday(dated: Quantities, items: list[Item]) -> Quantities:
    """A day with the one letter of its weekday behind it, 4月20日(月)."""
    *before, last = dated.quantities
    keys = [item.key for item in items[dated.end : dated.end + 3]]
    if last.day is None or last.day.day is None or keys[::2] != ["(", ")"]:
        return dated
    weekday = _LETTERS.get(keys[1])
    if weekday is None:
        return dated
    day = replace(last.day, weekday=weekday)
    named = replace(last, day=day, end=items[dated.end + 2].end)
    return Quantities((*before, named), dated.end + 3)


def _date_at(items: list[Item], at: int, words: Lexicon) -> Quantities | None:
    item = items[at]
    if "weekday" in item.senses:
        return _weekday(items, at, words)
    if "era" in item.senses:  # 令和7年
        return _marked(items, at + 1, words, int(item.senses["era"]))
    if _month_of(item) is not None:
        return _marked(items, at, words) or _month_first(items, at, words)
    if "day-mark" in item.senses:
        return None
    if item.kind == "numeral" or not {"ordinal", "number"}.isdisjoint(item.senses):
        return (
            _marked(items, at, words)
            or _year_first(items, at, words)
            or _day_first(items, at, words)
        )
    return None


def _year_first(items: list[Item], at: int, words: Lexicon) -> Quantities | None:
    """A year before its month and its day: “د ۱۴۰۴ د لیندۍ پر لومړۍ”, “2025 წლის 7 დეკემბერს”."""
    key = items[at].key
    if not key.isdigit() or len(key) != _YEAR_DIGITS:
        return None
    dated = None
    if int(key) in _SOLAR_YEARS:
        month = _over_joints(items, at + 1, "of", "fill", "in")
        if month < len(items) and "solar-month" in items[month].senses:
            dated = _month_first(items, month, words)
    elif int(key) in YEARS and (words.months or _month_at(items, at + 1) is not None):
        dated = _behind_year(items, at + 1, words)
    first = dated.quantities[0] if dated is not None else None
    if dated is None or first is None or first.day is None or first.day.year is not None:
        return None
    day = replace(first.day, year=int(key))
    whole = replace(first, day=day, start=items[at].start, sure=True)
    return Quantities((whole, *dated.quantities[1:]), dated.end)


def _behind_year(items: list[Item], at: int, words: Lexicon) -> Quantities | None:
    """A day of a month behind a year and its short word, if it has any: “2025 m. gruodžio 7 d.”."""
    end = at
    while end < len(items) and end - at < _MOST_BEHIND_YEAR and _may_be_year_word(items[end]):
        end += 1
    if end == len(items):
        return None
    if _month_of(items[end]) is not None:
        dated = _month_first(items, end, words)
    else:
        dated = _day_first(items, end, words)
    day = dated.quantities[0].day if dated is not None else None
    return dated if day is not None and day.day is not None else None


def _month_at(items: list[Item], at: int) -> tuple[int, bool] | None:
    return _month_of(items[at]) if at < len(items) else None


def _may_be_year_word(item: Item) -> bool:
    if item.key in ".,-" or item.senses.get("unit") == "year":
        return True
    short = 2 if item.senses else _LONGEST_YEAR_WORD  # “2025 m.” is no length there
    return item.kind == "word" and len(item.key) <= short


def _month_of(item: Item) -> tuple[int, bool] | None:
    """The number of the month that an item names, and whether it is a solar one."""
    for sense, solar in (("month", False), ("month-short", False), ("solar-month", True)):
        if sense in item.senses:
            return int(item.senses[sense]), solar
    return None


def _weekday(items: list[Item], at: int, words: Lexicon) -> Quantities | None:
    """A weekday, with the date that follows it if one does; of a weekend either day."""
    weekday, *others = (int(each) for each in items[at].senses["weekday"].split())
    after = _over_joints(items, at + 1, "of", "fill", "and")
    alone = after >= len(items) or "weekday" in items[after].senses or after - at > 4
    if not (alone or others):
        dated = date_at(items, after, words)
        if dated is not None and (first := dated.quantities[0]).day is not None and first.day.day:
            day = replace(first.day, weekday=weekday)
            joined = replace(first, day=day, start=items[at].start)
            return Quantities((joined, *dated.quantities[1:]), dated.end)
    sure = "doubt" not in items[at].senses
    start, end = items[at].start, items[at].end
    first, *rest = (
        _quantity(Day(weekday=each), start, end, sure=sure) for each in (weekday, *others)
    )
    return Quantities((replace(first, others=tuple(rest)),), at + 1)


def _over_joints(items: list[Item], at: int, *senses: str) -> int:
    """The first index from `at` of what is no joint and has none of `senses`, at most some on."""
    end = at
    while (
        end < len(items)
        and end - at < _MOST_JOINTS
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
        hyphen = end + 1 < len(items) and items[end].key == "-"  # “24-го”
        suffix = end + hyphen
        if suffix < len(items) and _is_ordinal_end(items[suffix]):
            end = suffix + 1 if items[suffix].start == item.end + hyphen else end
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


def _is_ordinal_end(item: Item) -> bool:
    """Whether a number before it is an ordinal: “1st”, “1°”."""
    return "ordinal-suffix" in item.senses or item.key == "°"


def _year(items: list[Item], at: int, words: Lexicon, *, solar: bool) -> tuple[int | None, int]:
    """The year behind a month, if one stands there, and where what was read ends."""
    after = _over_joints(items, at, "of", "fill")
    if after < len(items) and (item := items[after]).kind == "numeral":
        glued_more = after + 1 < len(items) and items[after + 1].senses.keys() & {
            "scale",
            "percent",
        }
        if item.key.isdigit() and len(item.key) == 4 and not glued_more:
            value = int(item.key)
            if "buddhist" in words.options and value in _BUDDHIST_YEARS:
                return value - _BUDDHIST_ERA, after + 1
            if value in (_SOLAR_YEARS if solar else YEARS):
                return value, after + 1
    return None, at


def _day_first(items: list[Item], at: int, words: Lexicon) -> Quantities | None:
    """“13 March 2023”, “1er février”, “7–9 December”."""
    day = _whole(items, at, words, 31)
    if day is None:
        return None
    further: list[tuple[int, int, int]] = []  # day, place
    value, end = day
    after = _over_joints(items, end, "of", "fill")
    while (
        after < len(items) and _month_of(items[after]) is None and not _is_this_month(items[after])
    ):
        dotted = end + (items[end].key == "." and _joins(items, end + 1))  # “6. und 7. März”
        begin = _over_link(items, dotted)
        if begin == dotted or len(further) == _MOST_DAYS:
            return None
        if begin < len(items) and "fill" in items[begin].senses:  # “entre el 3 y el 5 de mayo”
            begin += 1
        second = _whole(items, begin, words, 31)
        if second is None or second[0] <= value:
            return None
        further.append((value, items[at].start, items[end - 1].end))
        at, (value, end) = begin, second
        after = _over_joints(items, end, "of", "fill")
    if not further and after > end and after < len(items) and _is_this_month(items[after]):
        day_alone = _quantity(
            Day(day=value), items[at].start, items[end - 1].end
        )  # “25 of this month”
        return Quantities((day_alone,), end)
    if after >= len(items) or (month := _month_of(items[after])) is None:
        return None
    if "month" not in items[after].senses and _is_parted(items, at, end, after):
        return None
    if "doubt" in items[after].senses and (
        any(items[i].key == "," for i in range(end, after))
        or "number" in items[at].senses
        or _is_a_number(items, at, after)
    ):
        return None  # “Demba, 19, may have”, “up to eight may go”, “girls over 12 may not”
    number, solar = month
    if (
        after + 2 < len(items)
        and items[after + 1].key == "/"
        and _month_of(items[after + 2]) == month
    ):
        after += 2  # “13 آذار/مارس”, one month by two names
    year, last = _year(items, after + 1, words, solar=solar)
    days = [
        *(
            _quantity(Day(year, number, each, solar=solar), start, stop)
            for each, start, stop in further
        ),
        _quantity(Day(year, number, value, solar=solar), items[at].start, items[last - 1].end),
    ]
    return Quantities(tuple(days), last)


def _is_a_number(items: list[Item], day: int, month: int) -> bool:
    """Whether a day is how many or how old, by what stands before it, or behind its month."""
    bounded = day > 0 and items[day - 1].senses.get("bound") in _NO_DAYS
    denied = month + 1 < len(items) and "deny" in items[month + 1].senses
    before = day - 1 - bounded  # “until at least 4 May”
    return (bounded or denied) and (before < 0 or items[before].key not in _BEFORE_A_DAY)


def _is_this_month(item: Item) -> bool:
    return item.senses.get("relative-month") == "0"


def _over_link(items: list[Item], at: int) -> int:
    """The index behind what joins one day of a month to the next, “and” or “, and”; else `at`."""
    end = at
    while end < len(items) and end - at < 2 and _is_link(items[end]):
        end += 1
        if items[end - 1].key != ",":
            break
    return end


def _joins(items: list[Item], at: int) -> bool:
    return at < len(items) and "and" in items[at].senses


def _is_parted(items: list[Item], day: int, end: int, month: int) -> bool:
    """Whether the short form of a month may be another word: “un, les sept recours”."""
    is_short = "month-short" in items[month].senses
    return is_short and (items[day].kind != "numeral" or items[end].key == ",")


def _month_first(items: list[Item], at: int, words: Lexicon) -> Quantities | None:
    """“March 13, 2023”, “March 2023”, “December 7–9”, “March”."""
    item = items[at]
    month = _month_of(item)
    assert month is not None  # date_at has seen it
    number, solar = month
    year, end = _year(items, at + 1, words, solar=solar)
    if year is not None:
        day = _quantity(Day(year, number, solar=solar), item.start, items[end - 1].end)
        return Quantities((day,), end)
    after = _over_joints(items, at + 1, "of", "fill", "on")
    # A word behind a comma goes on otherwise: “in March, second in line”, “em março, segundo ela”.
    parted = any(each.key in _COMMAS for each in items[at + 1 : after])
    is_day = _is_day(items, after) and not (parted and items[after].kind != "numeral")
    first = _whole(items, after, words, 31) if is_day else None
    counts = parted or "month-first" not in words.options
    if counts and first is not None and _is_counted(items, first[1]):
        first = None  # “since June, 19 of them under five”, “mayısta 27 kişi”
    if first is not None:
        return _days_behind(items, item.start, Day(month=number, solar=solar), first, words)
    return _month_alone(items, at, Day(month=number, solar=solar))


def _is_counted(items: list[Item], at: int) -> bool:
    """Whether what stands behind a number says of what it is: “19 *of* them”, “19 *people*”."""
    return at < len(items) and not items[at].senses.keys().isdisjoint({"of", "counter"})


def _days_behind(
    items: list[Item], start: int, month: Day, first: tuple[int, int], words: Lexicon
) -> Quantities:
    """The days of a month that stand behind it, with the year behind the first: “July 3 and 4”.

    `first` is the first day, and the index of the item behind it.
    """
    value, end = first
    year, last = _year(items, end, words, solar=month.solar)
    last = max(last, end)
    dated = replace(month, year=year, day=value)
    days = [_quantity(dated, start, items[last - 1].end)]
    while last == end and (begin := _over_link(items, end)) > end:
        second = _whole(items, begin, words, 31) if _is_day(items, begin) else None
        if second is None or second[0] <= value or len(days) > _MOST_DAYS:
            break
        value, last = second
        another = _quantity(replace(dated, day=value), items[begin].start, items[last - 1].end)
        if items[end].key in "-~" or "to" in items[end].senses:
            days.append(another)
            break
        if items[begin].kind != "numeral":
            last = end
            break
        # “on July 3 and 4”, and perhaps “on July 3 four people”
        days.append(_number(value, another))
        end = last
    return Quantities(tuple(days), last)


def _month_alone(items: list[Item], at: int, month: Day) -> Quantities | None:
    """A month without a day and a year, if its name is no other word there."""
    item = items[at]
    if "month-short" in item.senses and "month" not in item.senses:
        return None
    sure = True
    if "doubt" in item.senses or month.solar:  # the solar months are stars and common words
        sure = _introduction(items, at) in _INTRODUCTIONS
        if not (sure or month.solar):
            return None
    return Quantities((_quantity(month, item.start, item.end, sure=sure),), at + 1)


def _introduction(items: list[Item], at: int) -> str:
    """The word before a month, or before those that it is joined to: “*in* March and May”."""
    while at > 1 and _is_month(items[at - 2]) and _is_link(items[at - 1]):
        at -= 2
    if at > 1 and items[at - 1].key == "-":  # “mid-May”
        at -= 1
    return items[at - 1].key if at else ""


def _is_link(item: Item) -> bool:
    return item.key in "-,~" or not item.senses.keys().isdisjoint(_LINKS)


def _is_month(item: Item) -> bool:
    return not item.senses.keys().isdisjoint({"month", "month-short", "solar-month"})


def _is_day(items: list[Item], at: int) -> bool:
    """Whether the number at `at` may be the day of the month before it, and is no count."""
    if at >= len(items):
        return False
    item = items[at]
    if item.kind == "numeral":
        behind = items[at + 1] if at + 1 < len(items) else None
        if behind is not None and behind.key == "/" and behind.start == item.end:
            return False  # “در شهریور ۱۲/۴ درصد”
        return behind is None or behind.senses.keys().isdisjoint(
            {"percent", "scale", "currency", "month"}
        )
    return "ordinal" in item.senses


def _marked(items: list[Item], at: int, words: Lexicon, era: int = 0) -> Quantities | None:
    """2023年2月6日 and parts of it; `era` is the year before its first, of 令和7年 2018."""
    year = month = day = None
    end, index = at, at
    while index + 1 < len(items):
        named = _month_of(items[index])
        if named is not None and month is None and (year is not None or index == at):  # 十一月
            month, index = named[0], index + 1
            end = index if year is not None else end
            continue
        if (number := _whole(items, index, words, 2199)) is None:
            break
        value, behind = number
        senses = items[behind].senses if behind < len(items) else {}
        if "year-mark" in senses and year is None and month is None and (era or value >= 1000):
            year = era + value
        elif "month-mark" in senses and month is None and value <= 12:
            month = value
        elif "day-mark" in senses and day is None and value <= 31:
            day = value
        else:
            break
        end = index = behind + 1
        if day is not None:
            break
    if end == at or (era and year is None):
        return None
    at -= era > 0
    return Quantities((_quantity(Day(year, month, day), items[at].start, items[end - 1].end),), end)


def as_date(day: Day) -> date | None:
    """The day of the common calendar that a whole date names, if there is one."""
    if day.year is None or day.month is None or day.day is None:
        return None
    try:
        if day.solar:
            return gregorian(SolarDay(day.year, day.month, day.day))
        return date(day.year, day.month, day.day)
    except ValueError:
        return None
