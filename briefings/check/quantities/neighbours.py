"""Figures by what stands around them: words of their text, and the figures before and behind."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from itertools import pairwise

from briefings.check.quantities.bounds import STOPS
from briefings.check.quantities.items import Pieces
from briefings.check.quantities.quantity import YEARS, Bound, Day, Kind, Quantity, Unit
from briefings.check.quantities.tokens import NO_SENSES, Item, Senses
from briefings.check.quantities.units import TIMES
from briefings.core.values import replace

_MOST_NUMBERED = 100
_LONGEST_MONTH = 31
_NOON = 720  # minutes
_LARGE = 100_000
_SCALED = 1_000_000
_ESTIMATED = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.POINTS})
_SOON = 30  # characters between a percentage and a bare number that may be another
_FEW_WORDS = 8  # between a whole and its part, “of the 40 staff of the clinic, 12 left”
_OF_IT = 5  # words between “of” and its figure
_BY_ENDING = 3  # words between a whole and its part where endings say so
_POSSESSIVE = ("'", "’", "s")
_FAR = 60  # and between a measure and a bare number behind a “from” or “to”
_RATES = frozenset({Kind.PERCENT, Kind.POINTS, Kind.PER_MILLE})
_MEASURED = _RATES | {Kind.NUMBER}
_ENDS = frozenset({"from", "to", "moved-to", "beside"})
_COMMAS = frozenset(",،，、")
_FROM_BELOW = frozenset({Bound.AT_LEAST, Bound.MORE})
_FROM_ABOVE = frozenset({Bound.AT_MOST, Bound.FEWER})
_ENDING = frozenset('.,;:!?،؛؟。、，；।۔)»”"')
_SENTENCE_STOPS = frozenset(".;:!?؛؟。；")


def in_context(figures: list[Quantity], pieces: Pieces) -> list[Quantity]:
    """Figures with what words anywhere in their text make of them: estimates, and hours of day."""
    senses = {sense for item in pieces.items for sense in item.senses}
    if "estimate" in senses:
        figures = [_estimated(each) for each in figures]
    units = {each.unit for each in figures if each.unit and each.unit.dimension == "currency"}
    if len(units) == 1:
        (unit,) = units
        figures = [_priced(each, unit, pieces.folded) for each in figures]
    if "clock-24" in pieces.words.options and senses.isdisjoint({"half-day", "part-of-day"}):
        figures = [_of_24_hours(each, pieces.folded) for each in figures]
    return figures


def _estimated(figure: Quantity) -> Quantity:
    """A figure that is about as much, or just as much, by somebody's estimate."""
    if figure.bound is not Bound.NONE or figure.kind not in _ESTIMATED:
        return figure
    about = replace(figure, bound=Bound.ABOUT, others=())
    return replace(figure, others=(*figure.others, about))


def _priced(figure: Quantity, unit: Unit, text: str) -> Quantity:
    """A number, perhaps of the one currency that its text names: “$96, by our own estimate 87”.

    One behind which nothing is counted, or a large one: “$3m, from 4.1 million”.
    """
    if figure.unit is not None or figure.kind is not Kind.NUMBER:
        return figure
    is_year = figure.may_be_year and "," not in text[figure.start : figure.end]
    if figure.value < _LARGE and (is_year or not _ends_a_clause(text[figure.end :])):
        return figure
    return replace(figure, others=(*figure.others, replace(figure, unit=unit, others=())))


def _of_24_hours(figure: Quantity, text: str) -> Quantity:
    """A time in digits, before noon if no word tells the half of the day: “à 5 h 15”."""
    if not text[figure.start].isdigit():
        return figure
    read = tuple(
        replace(each, half="a", others=())
        if each.kind is Kind.TIME and not each.half and each.value < _NOON
        else each
        for each in figure.readings
    )
    return replace(figure, half=read[0].half, others=read[1:])


def by_neighbours(figures: list[Quantity], pieces: Pieces) -> list[Quantity]:
    """Figures with what those beside them make of them: rates, units, sums and ranges."""
    figures = _with_halves(figures, pieces.folded)
    if len(figures) == 1:
        return _with_days(figures, pieces)
    figures = _with_rates(_with_scales(figures, pieces), pieces.folded)
    figures = _with_days(_with_units(figures, pieces), pieces)
    return _with_ranges(_with_sums(_with_wholes(figures, pieces), pieces), pieces)


def _with_halves(figures: list[Quantity], text: str) -> list[Quantity]:
    """Figures, a half behind an ordinal as a part of a time: “the second half of June”."""
    if all(each.kind is not Kind.ORDINAL for each in figures):
        return figures
    return [
        replace(half, sure=False)
        if half.value == Fraction(1, 2)
        and before.kind is Kind.ORDINAL
        and not text[before.end : half.start].strip()
        else half
        for before, half in pairwise([*figures[:1], *figures])
    ]


def _with_wholes(figures: list[Quantity], pieces: Pieces) -> list[Quantity]:
    """Figures, one that a clause begins with as the whole of the next: “of the 40, 12 left”."""
    senses = pieces.words.senses
    if "whole-first" not in senses and "part-behind" not in senses:
        return figures
    marked = list(figures)
    for at, (whole, part) in enumerate(pairwise(figures)):
        if not _is_bare(whole) or part.kind not in (Kind.NUMBER, Kind.PERCENT):
            continue
        smaller = part.kind is Kind.PERCENT or 0 < part.value < whole.value
        if smaller and whole.value.denominator == 1 and _is_told_first(whole, part, pieces):
            marked[at] = replace(whole, whole=True)
    return marked


def _is_passed(item: Item) -> bool:
    """Whether an item may stand between “of” and a whole: “of *the clinic's* 40 staff”."""
    if item.key in _POSSESSIVE or "whole-first" in item.senses:
        return item.key in _POSSESSIVE
    return "fill" in item.senses or (not item.senses and item.kind == "word")


def _is_told_first(whole: Quantity, part: Quantity, pieces: Pieces) -> bool:
    """Whether what stands around two figures makes the second a part of the first."""
    between = _between(whole, part, pieces)
    told = {sense for item in between for sense in item.senses}
    stops = any(item.key in _SENTENCE_STOPS for item in between)
    if not 0 < len(between) <= _FEW_WORDS or stops or not told.isdisjoint(_ENDS | {"and"}):
        return False
    first = bisect_left(pieces.items, whole.start, key=lambda item: item.start) - 1
    lowest = first - _OF_IT
    while first > lowest and first >= 0 and _is_passed(pieces.items[first]):
        first -= 1
    if first >= 0 and "whole-first" in pieces.senses(first):
        return first == 0 or pieces.items[first - 1].kind == "mark"
    if len(between) > _BY_ENDING or any(item.kind == "mark" for item in between):
        return False  # “12 madenci öldü, 7'si ağır 29 kişi yaralandı”
    last = bisect_left(pieces.items, part.end, key=lambda item: item.start)
    behind = [item for item in pieces.items[last - 1 : last + 2] if item.start >= part.start]
    return any("part-behind" in item.senses for item in behind)


def _with_scales(figures: list[Quantity], pieces: Pieces) -> list[Quantity]:
    """Figures, one that counts nothing as perhaps on the scale of one before: “9 million, not 6”.

    It stands at the end of its clause: “of the 9 million asked for, 4.2 was paid” counts none.
    """
    text = pieces.folded
    return [
        replace(figure, others=(*figure.others, _scaled(figure, scaled)))
        if (scaled := figures[at - 1] if at else figure).value >= _SCALED
        and 0 < figure.value < 1000
        and scaled.kind is Kind.NUMBER
        and _is_bare(figure)
        and _ends_a_clause(text[figure.end :])
        and _is_near(scaled, figure, text)
        else figure
        for at, figure in enumerate(figures)
    ]


def _scaled(figure: Quantity, other: Quantity) -> Quantity:
    scale = 1000 ** ((len(str(int(other.value))) - 1) // 3)
    return replace(figure, value=figure.value * scale, unit=other.unit, others=())


def _ends_a_clause(behind: str) -> bool:
    """Whether a text begins with a mark or is at its end."""
    return not behind.strip() or behind.lstrip()[0] in _ENDING


def _with_days(figures: list[Quantity], pieces: Pieces) -> list[Quantity]:
    """Figures, a bare one behind an article as perhaps a day of the month: « pour le 5 »."""
    if "day-before" not in pieces.words.senses:
        return figures
    return [
        replace(each, others=(*each.others, _day_of_month(each)))
        if _may_be_day(each, pieces)
        else each
        for each in figures
    ]


def _may_be_day(figure: Quantity, pieces: Pieces) -> bool:
    """Whether it is in digits behind such a word, and an ordinal where “the 5” are five."""
    text, ordinal = pieces.folded, figure.kind is Kind.ORDINAL
    if not (ordinal or (_is_bare(figure) and figure.value.denominator == 1)):
        return False
    # A bound before it may be a time up to which something is so: “تا روز ۵”.
    digit = next((at for at in range(figure.start, figure.end) if text[at].isdigit()), None)
    if digit is None or not 1 <= figure.value <= _LONGEST_MONTH:
        return False
    word = _before(digit, pieces).get("day-before")
    return word == "" or (word == "ordinal" and (ordinal or text[figure.end :][:1].isalpha()))


def _day_of_month(figure: Quantity) -> Quantity:
    day = Day(day=int(figure.value))
    return Quantity(Kind.DATE, day=day, start=figure.start, end=figure.end, shown=figure.shown)


def _before(place: int, pieces: Pieces) -> Senses:
    """What the word before a place may mean, over an apostrophe: “l'8”."""
    at = bisect_left(pieces.items, place, key=lambda item: item.start) - 1
    while at > 0 and pieces.items[at].key in "'’":
        at -= 1
    return pieces.items[at].senses if at >= 0 else NO_SENSES


def _with_ranges(figures: list[Quantity], pieces: Pieces) -> list[Quantity]:
    """Figures, one that two bounds enclose as perhaps a range: “at least 20, but at most 30”."""
    whole = list(figures)
    for at, (low, high) in enumerate(pairwise(figures)):
        enclosed = low.bound in _FROM_BELOW and high.bound in _FROM_ABOVE and low.value < high.value
        if not enclosed or low.kind is not high.kind or low.upper or high.upper:
            continue
        one_unit = low.unit == high.unit or None in (low.unit, high.unit)
        if one_unit and _are_bounds_of_one(low, high, pieces):
            unit = low.unit or high.unit
            enclosing = replace(low, upper=high.value, unit=unit, bound=Bound.NONE, others=())
            whole[at] = replace(low, others=(*low.others, enclosing))
    return whole


def _are_bounds_of_one(low: Quantity, high: Quantity, pieces: Pieces) -> bool:
    """Whether “but” stands between two figures, or “and” and not what the first one counts."""
    between = _between(low, high, pieces)
    if not between or between[-1].key in _COMMAS or not _is_near(low, high, pieces.folded):
        return False
    words = [item for item in between if item.key not in _COMMAS]
    named = len(words) == 2 and words[-1].senses.keys().isdisjoint({"and"})
    return len(words) == 1 or named


def _with_sums(figures: list[Quantity], pieces: Pieces) -> list[Quantity]:
    """Figures, two that measure one thing as perhaps their sum: “three years and six months”."""
    whole = list(figures)
    for at, (large, small) in enumerate(pairwise(figures)):
        first, second = large.unit, small.unit
        if first is None or second is None or first.dimension != second.dimension:
            continue
        inside = small.value * second.factor < first.factor and large.value.denominator == 1
        if not inside or first.name or second.name or not _are_joined(large, small, pieces):
            continue
        more = small.value * second.factor / first.factor
        if large.upper is None:
            total = replace(large, value=large.value + more, others=())
        else:  # “6 to 12 years 6 months”
            total = replace(large, upper=large.upper + more, others=())
        others = (*large.others, total)
        if large.bound is Bound.NONE:  # “more than six years” for “six years and two months”
            others += (replace(large, bound=Bound.MORE, others=()),)
        whole[at] = replace(large, others=others)
        whole[at + 1] = replace(small, others=(*small.others, replace(total, bound=small.bound)))
    return whole


def _are_joined(first: Quantity, second: Quantity, pieces: Pieces) -> bool:
    """Whether at most an “and” stands between two figures."""
    between = _between(first, second, pieces)
    return all("and" in item.senses for item in between) and len(between) <= 1


def _between(first: Quantity, second: Quantity, pieces: Pieces) -> list[Item]:
    """What stands between two figures."""
    low = bisect_left(pieces.items, first.end, key=lambda item: item.start)
    high = bisect_left(pieces.items, second.start, key=lambda item: item.start)
    return pieces.items[low:high]


def _with_rates(figures: list[Quantity], text: str) -> list[Quantity]:
    """Figures, bare ones by a percentage as perhaps one too: “6.2 per cent, from 7.1”.

    Decimals soon behind or before it: “put Roake at 51.2 and Veit at 47.9 per cent”. Whole ones
    at the end of their clause: “has Roake at 44 per cent and Veit at 41”.
    """
    rate: Quantity | None = None
    for at, (figure, following) in enumerate(pairwise(figures)):
        decimal = _is_bare(figure) and figure.value.denominator != 1
        if decimal and following.kind is Kind.PERCENT and following.start - figure.end < _SOON:
            figures[at] = _perhaps_a_rate(figure)
    for at, figure in enumerate(figures):
        if figure.kind is Kind.PERCENT:
            rate = figure
        if rate is None or not _is_bare(figure):
            continue
        decimal = figure.value.denominator != 1 and figure.start - rate.end < _SOON
        if decimal or (_ends_a_clause(text[figure.end :]) and _is_near(rate, figure, text)):
            figures[at] = _perhaps_a_rate(figure)
    return figures


def _perhaps_a_rate(figure: Quantity) -> Quantity:
    perhaps = replace(figure, kind=Kind.PERCENT, others=())
    return replace(figure, others=(*figure.others, perhaps))


def _with_units(figures: list[Quantity], pieces: Pieces) -> list[Quantity]:
    """Figures, bare ones behind a “from”, “to” or “against” as perhaps of the unit beside them.

    “180,000 barrels a day in October, from 240,000 in September”; “von 2,6 auf 2,3 %”.
    """
    shared = list(figures)
    counted = [(at, each) for at, each in enumerate(figures) if each.kind in _MEASURED]
    for place, (at, figure) in enumerate(counted):
        if not _is_bare(figure) or figure.may_be_year:
            continue
        measured = [
            each
            for _, each in (*counted[max(0, place - 1) : place], *counted[place + 1 : place + 2])
            if (each.unit is not None or each.kind in _RATES)
            and _is_near(figure, each, pieces.folded)
        ]
        if measured and (_is_an_end(figure, pieces.items) or _is_beside(figure, pieces.items)):
            perhaps = (
                replace(figure, kind=each.kind, unit=each.unit, each=each.each, others=())
                for each in measured
            )
            shared[at] = replace(figure, others=(*figure.others, *perhaps))
    return shared


def _is_bare(figure: Quantity) -> bool:
    return figure.kind is Kind.NUMBER and figure.unit is None and figure.upper is None


def _is_near(figure: Quantity, other: Quantity, text: str) -> bool:
    """Whether two figures stand in one sentence, not far from each other."""
    first, second = sorted((figure, other), key=lambda each: each.start)
    between = text[first.end : second.start]
    return len(between) < _FAR and not any(each in _SENTENCE_STOPS for each in between)


def _is_an_end(figure: Quantity, items: list[Item]) -> bool:
    """Whether a word like “from”, “to” or “compared with” stands before a figure."""
    at = bisect_left(items, figure.start, key=lambda item: item.start)
    return at > 0 and not _ENDS.isdisjoint(items[at - 1].senses)


def _is_beside(figure: Quantity, items: list[Item]) -> bool:
    """Whether a word like “versus” stands right behind a figure: “44 versus 29 per cent”."""
    at = bisect_left(items, figure.end, key=lambda item: item.start)
    return at < len(items) and "beside" in items[at].senses


def is_age(figure: Quantity) -> bool:
    """Whether a figure may be the age of some: “children under five”, “over the age of 60”."""
    if figure.unit is not None:
        return figure.unit.dimension in TIMES
    return figure.kind is Kind.ORDINAL or figure.bound in _FROM_BELOW | _FROM_ABOVE


def part_and_whole(
    part: Quantity, whole: Quantity, between: list[Item], every: bool
) -> tuple[Quantity, ...]:
    """Two figures with what stands between them: “two of the nine”, “one well in three”.

    With `every` the whole stands first, “of every three wells one”.
    """
    if not (between or every):
        return _next_to(part, whole)
    senses = {sense for item in between for sense in item.senses}
    share_of = every or "per" in senses  # 每八名成年人中就有一人
    if "out-of" in senses and not share_of and whole.value < part.value and part.unit is None:
        return _with_share_in_front(part, whole)
    if every and not any(item.key in _SENTENCE_STOPS for item in between):
        senses.add("per")
    elif any(item.key in STOPS for item in between):
        return part, whole
    last = between[-1].senses if between else {}
    one_every = "every" in last and whole.unit is None
    if senses.isdisjoint({"of", "in", "per"}) and not one_every:
        return part, whole
    if part.kind not in (Kind.NUMBER, Kind.PERCENT) or whole.kind is not Kind.NUMBER:
        return part, whole
    # “un retén de veintiséis brigadistas” is one that has so many
    holds = not part.sure and any(not item.senses and item.kind == "word" for item in between)
    parted = "of" in senses and "and" not in _behind_of(between)
    parted = parted and not (part.may_be_year and "of" not in between[0].senses)  # “in 2021, 8 of”
    if parted and part.value < whole.value and whole.unit is None and not holds:
        whole = replace(whole, whole=True)
    in_front = one_every or "in" in last  # not “هر دو یک گروه”
    # No share in “einen von 5,62 Metern”, “zu einem Streik von 48 Stunden”.
    entire = whole.value.denominator == 1 and part.value.denominator == 1  # no half in three
    timed = _is_time(whole) or (_is_time(part) and len(between) > 1)  # “four deaths in nine months”
    counted = in_front and entire and not timed
    if counted and part.kind is Kind.NUMBER and 0 < part.value < whole.value <= _MOST_NUMBERED:
        # “two in five schools” are not two schools
        return _with_share(part, whole, is_one=part.sure and (one_every or "rate" in senses))
    if "of" in senses and part.unit is None:
        part = _with_scale(part, whole)
    if "per" in senses and 0 < whole.value < part.value <= _MOST_NUMBERED:
        return _with_share_behind(part, whole)
    return part, whole


def _behind_of(between: list[Item]) -> frozenset[str]:
    """What stands behind the last “of”: “five of the men came *and* two boats”."""
    last = max((at for at, item in enumerate(between) if "of" in item.senses), default=0)
    return frozenset(sense for item in between[last + 1 :] for sense in item.senses)


def _is_time(figure: Quantity) -> bool:
    return figure.unit is not None and figure.unit.dimension in TIMES


def _with_scale(part: Quantity, whole: Quantity) -> Quantity:
    """“18 of the 64 million dollars”: perhaps 18 million of them."""
    scaled = _scaled(part, whole)
    if not (0 < part.value < _SCALED <= whole.value > scaled.value):
        return part
    return replace(part, others=(*part.others, scaled))


def _with_share(part: Quantity, whole: Quantity, *, is_one: bool) -> tuple[Quantity, ...]:
    """“Two in five”: perhaps two and perhaps two fifths; with `is_one` the latter alone."""
    share = replace(part, value=part.value / whole.value, others=(), sure=True)
    whole = replace(whole, whole=whole.unit is None, others=(*whole.others, share))
    if is_one:
        return share, whole
    first, second = (part, share) if part.sure else (share, replace(part, others=()))
    return replace(first, others=(*part.others, second)), whole


def _with_share_in_front(whole: Quantity, part: Quantity) -> tuple[Quantity, ...]:
    """3人のうち2人, two out of three: the part may be two thirds."""
    share = replace(part, value=part.value / whole.value, others=(), sure=True)
    whole = replace(whole, whole=True)
    if whole.value <= _MOST_NUMBERED and whole.value.denominator == 1:
        whole, part = (replace(each, others=(*each.others, share)) for each in (whole, part))
    return whole, part


def _with_share_behind(whole: Quantity, part: Quantity) -> tuple[Quantity, ...]:
    """4人に1人, one to every four: either may be a quarter."""
    share = replace(part, value=part.value / whole.value, others=(), sure=True)
    whole = replace(whole, whole=whole.unit is None)
    return tuple(replace(each, others=(*each.others, share)) for each in (whole, part))


def _next_to(first: Quantity, second: Quantity) -> tuple[Quantity, ...]:
    """Two figures side by side: “3 1/2” is one, “نصف ۱۲۰ هزار” a part and its whole."""
    if _is_mixed(first, second):
        return (replace(second, value=first.value + second.value, start=first.start, others=()),)
    return first, replace(second, whole=True) if _is_parted(first, second) else second


def _is_parted(part: Quantity, whole: Quantity) -> bool:
    """Whether a fraction right before a whole number is a part of it."""
    plain = part.kind is whole.kind is Kind.NUMBER and part.unit is None is whole.unit
    majority = part.bound is Bound.MORE and not part.sure  # “بأغلبية 120 صوتا”
    divided = 0 < part.value < 1 < whole.value and whole.value.denominator == 1
    return plain and divided and not majority


def _is_mixed(whole: Quantity, part: Quantity) -> bool:
    """Whether a whole number and a fraction behind it are one number."""
    plain = whole.kind is part.kind is Kind.NUMBER and whole.unit is None
    near = whole.end < part.start and whole.value < YEARS.start  # no part in “since 1990 a third”
    return plain and near and whole.value.denominator == 1 and 0 < part.value < 1
