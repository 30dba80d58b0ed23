"""A number with its unit and bound, alone, in a range, or beside another that shares its unit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from fractions import Fraction
from operator import attrgetter

from briefings.check.quantities.bounds import NOTHING, Before, after, bounded
from briefings.check.quantities.dates import date_at
from briefings.check.quantities.hours import time_at
from briefings.check.quantities.items import Pieces
from briefings.check.quantities.marks import Opening, Sign, mark, opening
from briefings.check.quantities.numerals import MOST_DIGITS
from briefings.check.quantities.quantity import (
    NO_COUNTER,
    Bound,
    Counter,
    Day,
    Kind,
    Quantities,
    Quantity,
    Unit,
)
from briefings.check.quantities.sums import Sum, add_up
from briefings.check.quantities.tokens import Item
from briefings.check.quantities.units import TIMES, measure
from briefings.core.values import replace

_CLAUSE = 16  # items in which a verb may stand before its figure
_PER_HOUR: Mapping[Unit | None, Unit] = {
    measure("kilometer"): measure("kilometer-per-hour"),
    measure("mile"): measure("mile-per-hour"),
}
"""What a length is behind a word for “an hour”: 時速148キロ."""
_CENTURY, _LAST_CENTURY = 100, 1900
_FAR_APART = 10  # times the lower end of a range is its upper one
_BEHIND = 4  # and items behind a count, among which it is told that so many came in a row
_LINKS = 4  # items at which the unit of a fraction may stand behind it
_start = attrgetter("start")
_TIMES = {  # what parts and tens of a rate come to
    "basis-points": Fraction(1, 100),
    "point-tenths": Fraction(1, 10),
    "tenths": Fraction(10),
}
_RATES = frozenset({Kind.PERCENT, Kind.POINTS, Kind.PER_MILLE})
_NOON = 12 * 60  # minutes
_DAY = 24 * 60
_STOPS = frozenset(".;!?")
_MOVES = frozenset({"move", "percent", "multiple"})
_POINTED_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])\.(?:(0[1-9]|1[0-2])\.?|([1-9])\.)")
_POINTED_TIME = re.compile(r"([01]?\d|2[0-4])\.([0-5]\d)")


def count_at(pieces: Pieces, at: int, before: Before) -> Quantities | None:
    """The number that begins at item `at`, with all that belongs to it; None if none does.

    Args:
        pieces: A text in items.
        at: An index of these.
        before: What stands before the number and limits it.
    """
    start = opening(pieces, at)
    if start is None:
        return None
    numeral = pieces.items[start.start]
    if _is_long(numeral):
        digits = re.sub(r"\D", "", numeral.key)
        code = Quantity(Kind.CODE, text=digits, start=numeral.start, end=numeral.end)
        return Quantities((code,), start.start + 1)
    total = add_up(pieces.items, start.start, pieces.words, apart=before.between)
    if total is None:
        return None
    first, end = _measured(pieces, at, total, start)
    joined = _joined(pieces, first, total, end, before)
    if joined is None:
        listed = tuple(replace(first, value=value) for value in total.more)
        joined = Quantities((first, *listed), end)
    if before.from_ and len(joined.quantities) > 1 and "to" in pieces.senses(end):
        before = replace(before, bound=Bound.NONE)  # “pasará de 52 a 32”, but “pasará de 52”
    behind = after(pieces, joined.end)
    if before.bound is Bound.NONE and behind.bound is Bound.NONE and _is_rough(pieces, total.end):
        behind = behind._replace(bound=Bound.ABOUT)
    if before.alone and numeral.kind == "numeral":
        before = replace(before, only=False)
    if before.only and "later" in pieces.senses(joined.end):
        before = replace(before, only=False)  # “came only four days later”: they waited four days
    moved = before.reach and _moved(pieces, at)
    quantities = (bounded(each, before, behind) for each in joined.quantities)
    if _is_running(pieces, at, joined.end):
        quantities = (_as_the_last(each) for each in quantities)
    return Quantities(tuple(_reached(each) if moved else each for each in quantities), joined.end)


def _is_running(pieces: Pieces, at: int, end: int) -> bool:
    """Whether a word that says so of what comes in a row stands beside a count."""
    return any("running" in pieces.senses(each) for each in range(max(0, at - 1), end + _BEHIND))


def _as_the_last(quantity: Quantity) -> Quantity:
    """A count of what comes in a row: “three straight months” end with “the third in a row”."""
    if quantity.kind is not Kind.NUMBER:
        return quantity
    last = Quantity(Kind.ORDINAL, quantity.value, start=quantity.start, end=quantity.end)
    return replace(quantity, others=(*quantity.others, last))


def _is_rough(pieces: Pieces, end: int) -> bool:
    """Whether the number that ends at item `end` is a round one by its very word: “soixantaine”."""
    return "rough" in pieces.senses(end - 1)


def _moved(pieces: Pieces, at: int) -> bool:
    """Whether something rises or falls in the clause before item `at`: “на 8 %, до 112”."""
    for item in reversed(pieces.items[max(0, at - _CLAUSE) : at]):
        if not item.senses.keys().isdisjoint(_MOVES):
            return True
        if item.key in _STOPS:
            return False
    return False


def _reached(quantity: Quantity) -> Quantity:
    """A figure that something rises or falls to, in words that say “up to” as well."""
    if quantity.bound is not Bound.AT_MOST:
        return quantity
    plain = replace(quantity, bound=Bound.NONE, others=())
    return replace(quantity, others=(*quantity.others, plain))


def digits_of(item: Item, at: int) -> Quantities:
    """What looks like a date and is none: its numbers."""
    numbers = (Fraction(int(part)) for part in re.findall(r"\d+", item.key))
    return Quantities(
        tuple(Quantity(Kind.NUMBER, each, start=item.start, end=item.end) for each in numbers),
        at + 1,
    )


def _is_long(item: Item) -> bool:
    return item.kind == "numeral" and len(item.key) > MOST_DIGITS


def _measured(pieces: Pieces, at: int, total: Sum, start: Opening) -> tuple[Quantity, int]:
    """A sum with the unit, rate or mark beside it, and where all that ends."""
    items = pieces.items
    marked = (
        mark(pieces, total, start.unit)
        if start.kind is Kind.NUMBER
        else Sign(start.kind, start.unit, total.end)
    )
    rated = items[marked.end - 1].senses if marked.end > total.end else {}
    tens = "tenths" in rated
    if _is_below_zero(pieces, marked):
        start = start._replace(sign=-1)
        marked = marked._replace(end=marked.end + 1)
    half = Fraction(0)
    if tens and (more := _tenth_of_a_tenth(pieces, marked.end)) is not None:  # 四成半, 三成五
        half = more
        marked = marked._replace(end=marked.end + 1)
    elif (marked.unit is not None or marked.kind in _RATES) and total.value.denominator == 1:
        senses = pieces.senses(marked.end)
        if "plus-half" in senses:  # “two years and a half”, “un point et demi”
            half = Fraction(senses["plus-half"] or "1/2")
            marked = marked._replace(end=marked.end + 1)
    things = pieces.senses(marked.end).get("counter", "")
    times: Fraction | int = start.sign
    for each in _TIMES.keys() & rated:
        times *= _TIMES[each]
    quantity = Quantity(
        marked.kind,
        total.value if times == 1 and not half else (total.value + half) * times,
        unit=marked.unit,
        sure=total.sure or half > 0 or marked.kind in _RATES,
        counter=Counter(items[marked.end].key, things) if things else NO_COUNTER,
        start=items[at].start,
        end=items[marked.end - 1].end,
    )
    others = tuple(_others(pieces, quantity, total, marked, start.sign))
    hourly = _PER_HOUR.get(quantity.unit) if at and "hourly" in pieces.senses(at - 1) else None
    if hourly is not None:
        others = (*others, replace(quantity, unit=hourly))
    return replace(quantity, others=others) if others else quantity, marked.end


def _tenth_of_a_tenth(pieces: Pieces, at: int) -> Fraction | None:
    """What item `at` right behind tenths adds to them, in tenths; None if it is none."""
    senses = pieces.senses(at)
    if at >= len(pieces.items) or pieces.items[at].start != pieces.items[at - 1].end:
        return None
    if "plus-half" in senses:
        return Fraction(senses["plus-half"] or "1/2")
    digit = senses.get("number", "") if "single" in senses else ""
    return Fraction(int(digit), 10) if digit.isdigit() and 0 < int(digit) < 10 else None


def _is_below_zero(pieces: Pieces, marked: Sign) -> bool:
    """Whether the words behind a number make it negative: “nine degrees below zero”."""
    of = pieces.senses(marked.end).get("minus-behind")
    return of is not None and (not of or (marked.unit is not None and marked.unit.dimension == of))


def _pointed_day(pieces: Pieces, total: Sum) -> Day | None:
    """The day of “3.5.” or “3.05”, where a point is no decimal mark."""
    if not total.plain or pieces.words.decimal == ".":
        return None
    behind = pieces.items[total.end] if total.end < len(pieces.items) else None
    point = "." if behind is not None and behind.key == "." else ""
    match = _POINTED_DAY.fullmatch(pieces.items[total.end - 1].key + point)
    return Day(month=int(match[2] or match[3]), day=int(match[1])) if match else None


def _others(
    pieces: Pieces, quantity: Quantity, total: Sum, marked: Sign, sign: int
) -> Iterator[Quantity]:
    """What else a number with its marks may mean."""
    for other in total.others:
        yield replace(quantity, value=other * sign)
    if total.part and (parted := _parted(pieces, marked.end)) is not None:
        yield replace(quantity, unit=measure(parted))
    if marked.kind is Kind.DECADE and quantity.value < _CENTURY:  # “the ’90s”, 90年代
        yield replace(quantity, value=quantity.value + _LAST_CENTURY)
    if "times" in pieces.senses(marked.end) and quantity.unit is None:  # “three times”
        yield replace(quantity, kind=Kind.MULTIPLE)
    if total.meter is not None and quantity.unit is None:
        yield replace(quantity, value=total.meter, unit=measure("meter"))
    named = pieces.items[marked.end - 1].senses
    if marked.end > total.end and marked.kind is Kind.NUMBER and {"unit", "people"} <= named.keys():
        yield replace(quantity, unit=measure(named["unit"]))
    if marked.kind is Kind.POINTS and total.word and "point-word" in pieces.senses(marked.end - 1):
        yield replace(quantity, kind=Kind.NUMBER)  # “three points”, perhaps of a plan
    if (
        not total.plain and marked.end == total.end and total.value.denominator == 2
    ):  # “las siete y media”
        yield from _clock(quantity)
    senses = pieces.senses(total.end - 1)
    either = senses.keys() >= {"fraction", "ordinal"} or senses.keys() >= {"number", "ordinal"}
    if marked.ordinal or either:  # “a third” of it, or beside two; “l'Ottocento”, the 19th century
        value = Fraction(senses.get("ordinal", quantity.value))
        yield replace(quantity, kind=Kind.ORDINAL, value=value)
    if (day := _pointed_day(pieces, total)) is not None:
        yield replace(quantity, kind=Kind.DATE, day=day, unit=None)
    key = pieces.items[total.end - 1].key
    bare = total.plain and quantity.unit is None and quantity.kind is Kind.NUMBER
    match = _POINTED_TIME.fullmatch(key) if bare else None
    if match is not None:
        minute = Fraction(int(match[1]) * 60 + int(match[2]))
        yield replace(quantity, kind=Kind.TIME, value=minute, half="p" if minute >= 780 else "")
    if bare and total.value.denominator == 1 and 0 <= total.value <= 24:
        number = total.end - 1
        if number and "clock-perhaps" in pieces.senses(number - 1):  # “в 7”
            half = "p" if total.value > 12 else ""
            yield replace(quantity, kind=Kind.TIME, value=total.value % 24 * 60, half=half)


def _parted(pieces: Pieces, at: int) -> str | None:
    """The unit of which a fraction is a part: “three quarters of an hour”."""
    for index in range(at, at + _LINKS):
        senses = pieces.senses(index)
        if "span-perhaps" in senses:  # “half an hour”
            return senses["span-perhaps"].split()[1]
        if "unit" in senses:
            return senses["unit"]
        linked = not senses.keys().isdisjoint({"of", "fill"}) or senses.get("number") == "1"
        if not (linked or (index < len(pieces.items) and pieces.items[index].key == "'")):
            break
    return None


def _clock(quantity: Quantity) -> Iterator[Quantity]:
    if 1 < quantity.value < 25:
        yield replace(quantity, kind=Kind.TIME, value=quantity.value * 60)


def _joined(
    pieces: Pieces, first: Quantity, total: Sum, joint: int, before: Before
) -> Quantities | None:
    """The range, the fraction or the pair that `first` begins at the joint behind it."""
    items = pieces.items
    if joint + 1 >= len(items) or first.kind in (Kind.ORDINAL, Kind.DECADE):
        return None
    senses, key = items[joint].senses, items[joint].key
    slash = key == "/" and items[joint].start == items[joint - 1].end
    to = "to" in senses or key in "-~" or (before.between and "and" in senses)
    if not (to or slash or "and" in senses or "or" in senses or key == ","):
        return None
    start = opening(pieces, joint + 1)
    if start is None or _is_long(items[start.start]):
        return None
    if date_at(items, joint + 1, pieces.words):
        return None
    if (hour := time_at(items, joint + 1, "")) is not None:
        return _hours(first, hour) if to else None
    behind = add_up(items, start.start, pieces.words)
    if behind is None or behind.more or (to and total.part and not behind.part):
        return None  # “fell by half to 86”
    second, last = _measured(pieces, joint + 1, behind, start)
    bounds = "bound" in senses and not before.from_ and first.unit not in (None, second.unit)
    year = total.plain and first.may_be_year
    # “life expectancy fell by 1.4 years to 74.8”
    timed = first.unit is not None and first.unit.dimension in TIMES and second.unit is None
    timed = timed and key not in "-~" and not (before.from_ or before.between)
    if slash:
        pair = _slashed(pieces, first, total, second, behind)
    elif to and (bounds or timed or (year and second.kind is Kind.PERCENT)):
        return None  # “in zwei Jahren bis zu 3000 Stellen”, “from 61 % in 2020 to 48 %”
    elif to:
        years = year and (key in "-~" or _is_of_a_year(pieces, total))
        shared = _shared(first, total, second, behind)
        by = "by" in items[bisect_left(items, first.start, key=_start) - 1].senses.get("link", "")
        far = second.value > _FAR_APART * shared.value  # “fell 9,000 to 3.98 million”
        both = before.from_ or by or far or "from" in senses
        pair = _ranged(shared, second, both=both, apart=years)
    else:
        second = bounded(second, NOTHING, after(pieces, last))
        pair = _listed(first, _shared(first, total, second, behind), second)
    return Quantities(pair, last) if pair else None


def _is_of_a_year(pieces: Pieces, total: Sum) -> bool:
    """Whether “year” stands before a number: “از ۲۸۰۰ نفر در سال ۱۳۹۸ به ۱۷۵۰”."""
    return total.end > 1 and pieces.senses(total.end - 2).get("unit") == "year"


def _hours(first: Quantity, until: Quantities) -> Quantities | None:
    """“4 to 6 p.m.”: the first is an hour of the same half of the day, if it is the earlier one."""
    last, minute = until.quantities[0], first.value * 60
    if first.unit is not None or first.kind is not Kind.NUMBER or not 0 < first.value <= 24:
        return None
    if last.half == "p" and first.value < 12:
        minute += _NOON
    if minute.denominator != 1 or (minute >= last.value and first.value <= 12):
        return None  # but “zwischen 22 und 5 Uhr”
    half = "p" if first.value > 12 else last.half
    hour = replace(first, kind=Kind.TIME, value=minute % _DAY, half=half, others=())
    return Quantities((replace(first, others=(*first.others, hour)), last), until.end)


def _listed(first: Quantity, shared: Quantity, second: Quantity) -> tuple[Quantity, ...] | None:
    """“15 and 25 mm”: the first may have the unit of the second; None if both have their own."""
    if shared == first:
        return None
    return replace(first, others=(*first.others, replace(shared, others=()))), second


def _ranged(first: Quantity, second: Quantity, *, both: bool, apart: bool) -> tuple[Quantity, ...]:
    """A range where the second value is the larger; else, or with `apart`, two figures.

    With `both`, “from 5 to 7” or “by 5 to 7”, it may be either.
    """
    rate = first.kind is Kind.PERCENT  # “from 5 per cent to three”, “by 58 per cent to 42”
    if (both or rate) and second.kind is Kind.NUMBER and second.unit is None:
        shared = replace(second, kind=first.kind, unit=first.unit, others=())
        if shared != replace(second, others=()):
            second = replace(second, others=(*second.others, shared))
    if second.value <= first.value or apart or first.kind != second.kind:
        return first, second
    unit = second.unit or first.unit
    whole = replace(first, upper=second.value, end=second.end, unit=unit, others=())
    if not both:
        return (whole,)
    return tuple(replace(each, others=(*each.others, whole)) for each in (first, second))


def _slashed(
    pieces: Pieces, first: Quantity, total: Sum, second: Quantity, behind: Sum
) -> tuple[Quantity, ...] | None:
    """“3/4”; in Persian and its like ۳/۵ is three and a half."""
    digits = pieces.items[total.end + 1].key
    if not (total.plain and digits.isdigit() and len(digits) <= 4):
        return None
    decimals = "slash-decimal" in pieces.words.options
    if not (behind.plain or (decimals and behind.value == int(digits) * behind.scale)):
        return None
    if first.value.denominator != 1 or not behind.value:
        return None
    whole = replace(second, start=first.start, others=())
    fraction = replace(whole, value=first.value / behind.value)
    if decimals:
        decimal = abs(first.value) + Fraction(int(digits), 10 ** len(digits))
        others = (fraction,) if behind.plain else ()
        return (replace(whole, value=decimal * behind.scale, others=others),)
    return (fraction,) if first.value < behind.value <= 100 else (first, second)


def _shared(first: Quantity, total: Sum, second: Quantity, behind: Sum) -> Quantity:
    """The first of two numbers with the scale and unit that only the second one names."""
    scale = behind.scale
    rate = first.kind is not Kind.NUMBER or first.unit not in (None, second.unit)
    alike = not rate and total.scale == 1 and scale >= 12 and scale * first.value
    if alike and alike <= second.value:
        first = replace(first, value=alike)
    named = (second.unit, second.kind) != (None, Kind.NUMBER)
    if named and first.unit is None and first.kind is Kind.NUMBER:
        first = replace(first, unit=second.unit, kind=second.kind, others=())
    if alike and second.value < alike < 10 * second.value:  # “from 4.1 to 3.2 million”
        first = replace(first, others=(*first.others, replace(first, value=alike, others=())))
    return first
