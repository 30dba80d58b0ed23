"""Whether a figure is carried by others: equal in value, unit, bound and kind."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from enum import IntEnum
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from briefings.check.quantities.lexicon import lexicon
from briefings.check.quantities.quantity import AWAY, Bound, Kind, Quantity
from briefings.check.quantities.units import TIMES, same_unit
from briefings.core.languages import primary
from briefings.core.values import replace

_ALLOWED = {
    Bound.NONE: {Bound.NONE, Bound.EXACTLY, Bound.ABOUT},
    Bound.EXACTLY: {Bound.NONE, Bound.EXACTLY, Bound.ABOUT},
    Bound.ABOUT: {Bound.ABOUT, Bound.NEAR},
    Bound.NEARLY: {Bound.NEARLY, Bound.NEAR, Bound.ABOUT, Bound.JUST_UNDER},
    Bound.NEAR: {Bound.NEAR, Bound.ABOUT, Bound.NEARLY, Bound.JUST_UNDER},
    Bound.AT_LEAST: {Bound.AT_LEAST},
    Bound.MORE: {Bound.MORE, Bound.AT_LEAST},
    Bound.JUST_OVER: {Bound.JUST_OVER, Bound.MORE, Bound.AT_LEAST, Bound.ABOUT, Bound.NEAR},
    Bound.AT_MOST: {Bound.AT_MOST},
    Bound.FEWER: {Bound.FEWER, Bound.AT_MOST},
    Bound.JUST_UNDER: {
        Bound.JUST_UNDER,
        Bound.FEWER,
        Bound.AT_MOST,
        Bound.NEARLY,
        Bound.ABOUT,
        Bound.NEAR,
    },
}
_EXACT = frozenset({Bound.NONE, Bound.EXACTLY})
_MOST = frozenset({Bound.AT_MOST, Bound.FEWER, Bound.JUST_UNDER})
_FROM_BELOW = frozenset({Bound.AT_LEAST, Bound.MORE, Bound.JUST_OVER})
SIDED = frozenset({Bound.AT_LEAST, Bound.MORE, Bound.JUST_OVER, *_MOST})
_ROUGH = frozenset({Bound.ABOUT, Bound.NEAR})
_ROUNDING = Fraction(1, 20)  # a rounded value is at most this share away
_ONE_IN_FOUR = Fraction(1, 4)
_COARSE = 5  # the parts of a whole of which a share is as fair a rounding from twice as far away
_MOST_NEAR = 50
_NOW = range(1900, 2100)  # years of which news tell
_RATES = frozenset({Kind.PERCENT, Kind.POINTS, Kind.PER_MILLE})
_PLAIN = frozenset({Kind.NUMBER, *_RATES})


class Deviation(IntEnum):
    """In what a figure differs from the one that comes nearest, the least first."""

    NOTHING = 0
    BOUND = 1
    WHOLE = 2
    UNIT = 3
    SIGN = 4
    ALL = 5


class Carrier(NamedTuple):
    """A figure that may carry another: where it stands, and in what language."""

    quantity: Quantity
    language: str
    evidence: int


class FigureFinding(NamedTuple):
    """What became of a figure, and the figure that comes nearest to it, if any does."""

    difference: Deviation
    nearest: Quantity | None


_NOWHERE = FigureFinding(Deviation.ALL, None)


class Carriers:
    """The figures of some quotes, found by value."""

    def __init__(self, carriers: Iterable[Carrier]) -> None:
        self.all = tuple(carriers)
        self._by_key: dict[object, list[Carrier]] = {}
        for carrier in self.all:
            for reading in carrier.quantity.readings:
                own = carrier._replace(quantity=reading)
                for key in _keys(reading):
                    self._by_key.setdefault(key, []).append(own)
        self._vague = any(each.quantity.kind is Kind.VAGUE for each in self.all)
        self._sizes = sorted(key for key in self._by_key if isinstance(key, Fraction))
        self._shares = sorted(
            {
                each.quantity.value
                for each in chain.from_iterable(self._by_key.values())
                if each.quantity.kind is Kind.PERCENT
            }
        )

    def days(self) -> Iterator[Carrier]:
        """The dates among them, and what else names a day."""
        for carrier in self.all:
            for reading in carrier.quantity.readings:
                if reading.kind is Kind.DATE or reading.kind in AWAY:
                    yield carrier._replace(quantity=reading)

    def years(self) -> frozenset[int]:
        """What may be a year among the plain numbers."""
        return frozenset(
            int(key) for key in self._sizes if key.denominator == 1 and 1000 <= key < 2200
        )

    def find(self, stated: Quantity, language: str) -> FigureFinding:
        """The nearest of them to a figure that is no date, in a text of `language`."""
        best = _NOWHERE
        for reading in stated.readings:
            for carrier in self._candidates(reading):
                difference = _difference(reading, carrier, language)
                if difference is Deviation.NOTHING:
                    return FigureFinding(difference, carrier.quantity)
                if difference < best.difference:
                    best = FigureFinding(difference, carrier.quantity)
        return best

    def _candidates(self, stated: Quantity) -> Iterator[Carrier]:
        for key in _keys(stated):
            yield from self._by_key.get(key, ())[:_MOST_NEAR]
        if stated.kind is Kind.VAGUE and not self._vague:
            first = bisect_left(self._sizes, 2 * stated.value)
            last = bisect_left(self._sizes, 10 * stated.value, lo=first)
            for key in self._sizes[first : min(last, first + _MOST_NEAR)]:
                yield from self._by_key[key][:_MOST_NEAR]
        if stated.kind in _PLAIN:
            yield from self._by_key.get(-_size(stated), ())[:_MOST_NEAR]
            if stated.bound is not Bound.NONE:
                yield from self._near(stated)
                yield from self._near_shares(stated)

    def _near_shares(self, stated: Quantity) -> Iterator[Carrier]:
        """The percentages of which a stated share may be a rounding."""
        if stated.kind is not Kind.NUMBER or not 0 < stated.value < 1:
            return
        share = stated.value * 100
        first = bisect_left(self._shares, share * (1 - 2 * _ROUNDING))
        last = bisect_right(self._shares, share * (1 + 2 * _ROUNDING), lo=first)
        for key in self._shares[first : min(last, first + _MOST_NEAR)]:
            yield from self._by_key[key][:_MOST_NEAR]

    def _near(self, stated: Quantity) -> Iterator[Carrier]:
        """The carriers of whose value the stated one may be a rounding, or one end of a range."""
        size = _size(stated)
        margin = abs(size) * _ROUNDING
        first = bisect_left(self._sizes, size - margin)
        last = bisect_right(self._sizes, size + margin, lo=first)
        for key in self._sizes[first : min(last, first + _MOST_NEAR)]:
            if key != size:
                yield from self._by_key[key][:_MOST_NEAR]


def _size(quantity: Quantity) -> Fraction:
    return quantity.value * (quantity.unit.factor if quantity.unit else 1)


def _keys(quantity: Quantity) -> Iterator[object]:
    """By what a figure is found: its size in base units; a share of a whole by the share too."""
    match quantity.kind:
        case Kind.CODE:
            yield "code", "".join(char for char in quantity.text if char.isdigit())
        case Kind.DATE:
            if quantity.day is not None and quantity.day.year is not None:
                yield Fraction(quantity.day.year)
            if quantity.day is not None and quantity.day.day is not None:
                yield "ordinal", Fraction(quantity.day.day)
        case Kind.NUMBER | Kind.PERCENT | Kind.POINTS | Kind.PER_MILLE:
            yield _size(quantity)
            if quantity.unit is not None and quantity.unit.factor != 1:
                yield quantity.value
            if quantity.upper is not None:
                yield quantity.upper * (quantity.unit.factor if quantity.unit else 1)
                yield quantity.upper
            if quantity.kind is Kind.NUMBER and quantity.value.denominator == 1:
                yield "code", str(quantity.value)
                yield "decade", quantity.value
            if quantity.kind is Kind.NUMBER and (bound := _count_bound(quantity)) is not None:
                yield bound
            for share in _shares(quantity):
                yield "share", share
        case Kind.TIME:
            yield "time", quantity.value % 720
        case Kind.ORDINAL | Kind.DECADE | Kind.VAGUE | Kind.MULTIPLE:
            yield str(quantity.kind), quantity.value
        case _:  # what names a day by how far it is
            return


def _shares(quantity: Quantity) -> frozenset[Fraction]:
    """Which share of a whole it is, and the whole per cent that this is nearest to."""
    if quantity.kind is Kind.PERCENT:
        return frozenset({quantity.value / 100})
    if quantity.kind is Kind.NUMBER and 0 < quantity.value < 1:
        return frozenset({quantity.value, _whole_percent(quantity.value) / 100})
    return frozenset()


def _whole_percent(share: Fraction) -> Fraction:
    """A share in per cent without decimals: “about a third” is “about 33 per cent”."""
    return Fraction(round(share * 100))


def _difference(stated: Quantity, carrier: Carrier, language: str) -> Deviation:
    """In what a figure differs from one that was found by its key."""
    other = carrier.quantity
    foreign = primary(carrier.language) != primary(language)
    if stated.kind is Kind.CODE or other.kind is Kind.CODE:
        return _code_difference(stated, other, foreign=foreign)
    if stated.kind is Kind.TIME or other.kind is Kind.TIME:
        return _time_difference(stated, other)
    if other.kind is Kind.DATE:
        same = stated.kind is Kind.ORDINAL or stated.may_be_year
        return Deviation.NOTHING if same else Deviation.ALL
    if stated.kind in _PLAIN and other.kind in _PLAIN:
        return _plain_difference(stated, other, carrier.language, language)
    if stated.kind is Kind.VAGUE and other.kind is Kind.NUMBER:
        return Deviation.NOTHING if _is_some_of(stated, other) else Deviation.ALL
    decade = {stated.kind, other.kind} == {Kind.DECADE, Kind.NUMBER}
    if stated.kind is not other.kind and not (decade and foreign):
        return Deviation.ALL
    if stated.kind in (Kind.VAGUE, Kind.MULTIPLE):
        return _bound_difference(stated, other, carrier.language, language)
    return Deviation.NOTHING


def _is_some_of(vague: Quantity, count: Quantity) -> bool:
    """Whether “thousands” is told of 3,000: of two thousand and more, but not of ten."""
    exact = count.bound in _EXACT or count.bound in _ROUGH or count.bound in _FROM_BELOW
    plain = exact and count.unit is None and count.upper is None and vague.bound is Bound.NONE
    return plain and 2 * vague.value <= count.value < 10 * vague.value


def _code_difference(stated: Quantity, other: Quantity, *, foreign: bool) -> Deviation:
    """Codes match letter by letter; of another language only their digits are compared."""
    if stated.kind is other.kind:
        same = stated.text == other.text or foreign
        return Deviation.NOTHING if same else Deviation.ALL
    number = other if stated.kind is Kind.CODE else stated
    plain = number.unit is None and number.kind is Kind.NUMBER and number.bound is Bound.NONE
    return Deviation.NOTHING if foreign and plain else Deviation.ALL


def _time_difference(stated: Quantity, other: Quantity) -> Deviation:
    if stated.kind is not other.kind:
        return Deviation.ALL
    if stated.half and other.half and stated.half != other.half:
        return Deviation.ALL
    return Deviation.NOTHING


def _plain_difference(stated: Quantity, other: Quantity, theirs: str, language: str) -> Deviation:
    if stated.kind is not other.kind:
        return _kind_difference(stated, other, theirs, language)
    unit = _unit_difference(stated, other, theirs)
    size, their_size = _size(stated), _size(other)
    if stated.each is not None and other.each is not None and stated.each != other.each:
        unit = Deviation.UNIT
    ours, others = stated.counter.things, other.counter.things
    if ours and others and ours != others:  # 世帯 for 人
        unit = Deviation.UNIT
    if unit is not Deviation.NOTHING:
        alike = stated.value == other.value and stated.upper == other.upper
        return Deviation.UNIT if alike or size == their_size else Deviation.ALL
    if stated.unit is None or other.unit is None:
        size, their_size = stated.value, other.value
    if size == -their_size and size:
        return Deviation.SIGN if stated.upper is None else Deviation.ALL
    if stated.upper is not None or other.upper is not None:
        return _range_difference(stated, other, theirs, language)
    if size != their_size:
        if (count := _count_bound(stated)) is not None and count == _count_bound(other):
            return Deviation.NOTHING
        return Deviation.NOTHING if _rounds(stated, _in_unit_of(stated, other)) else Deviation.ALL
    dated = stated.may_be_year and stated.value in _NOW  # “the first half of 2026”
    if other.whole and not (stated.whole or dated) and _knows_bounds(language):
        return Deviation.WHOLE  # of a language without bounds “of” is not read
    return _bound_difference(stated, other, theirs, language)


def _count_bound(quantity: Quantity) -> tuple[Bound, Fraction] | None:
    """The bound of a count by a number that is itself in: fewer than 3 people are at most 2."""
    if quantity.unit is not None or quantity.upper is not None or quantity.value.denominator != 1:
        return None
    match quantity.bound:
        case Bound.FEWER:
            return Bound.AT_MOST, quantity.value - 1
        case Bound.MORE:
            return Bound.AT_LEAST, quantity.value + 1
        case Bound.AT_MOST | Bound.AT_LEAST:
            return quantity.bound, quantity.value
        case _:
            return None


def _in_unit_of(stated: Quantity, other: Quantity) -> Quantity:
    """A figure in the unit of another of its dimension: 88 mm are 8.8 cm."""
    if stated.unit is None or other.unit is None or stated.unit.factor == other.unit.factor:
        return other
    return replace(other, value=_size(other) / stated.unit.factor, unit=stated.unit)


def _kind_difference(stated: Quantity, other: Quantity, theirs: str, language: str) -> Deviation:
    """A half is 50 per cent; else a rate is not a count, and points are not per cent."""
    kinds = {stated.kind, other.kind}
    if kinds == {Kind.NUMBER, Kind.PERCENT}:
        number, percent = (stated, other) if stated.kind is Kind.NUMBER else (other, stated)
        share = number.value * 100
        # “about 33 per cent” of a third, but 11 of “one in nine”
        coarse = stated.bound in _ROUGH or (stated is percent and number.value <= _ONE_IN_FOUR)
        rounded = coarse and _whole_percent(number.value) == percent.value
        if stated is number and _rounds_to_share(stated, percent):
            return Deviation.NOTHING
        if 0 < number.value < 1 and (share == percent.value or rounded):
            return _bound_difference(stated, other, theirs, language)
    if stated.value != other.value:
        return Deviation.ALL
    sense = {Kind.PERCENT: "percent", Kind.POINTS: "points", Kind.PER_MILLE: "per-mille"}
    if other.kind is Kind.NUMBER and sense[stated.kind] not in lexicon(primary(theirs)).senses:
        return Deviation.NOTHING
    return Deviation.UNIT


def _rounds_to_share(share: Quantity, percent: Quantity) -> bool:
    """Whether “about seven in ten” is told of 71 per cent, which is less than a twentieth away.

    Halves to fifths are coarser: “nearly a quarter” is 23 per cent.
    """
    if not 0 < share.value < 1 or percent.bound not in (Bound.NONE, Bound.EXACTLY, share.bound):
        return False
    off = percent.value - share.value * 100
    margin = _ROUNDING * (2 if share.value.denominator <= _COARSE else 1)
    if abs(off) > percent.value * margin or share.only is not percent.only or percent.upper:
        return False
    match share.bound:
        case Bound.ABOUT | Bound.NEAR:
            return True
        case Bound.MORE | Bound.JUST_OVER:
            return off > 0
        case Bound.NEARLY | Bound.JUST_UNDER:
            return off < 0
        case _:
            return False


def _unit_difference(stated: Quantity, other: Quantity, theirs: str) -> Deviation:
    """Whether the two units may be one: an unnamed one may be any that is no contradiction."""
    if stated.unit is None or stated.unit == other.unit:
        return Deviation.NOTHING
    if other.unit is None:
        known = stated.unit.dimension not in TIMES and lexicon(primary(theirs)).spoken
        return Deviation.UNIT if known else Deviation.NOTHING
    return Deviation.NOTHING if same_unit(stated.unit, other.unit) else Deviation.UNIT


def _range_difference(stated: Quantity, other: Quantity, theirs: str, language: str) -> Deviation:
    """A range is the same range; “at least” may tell its lower end, “up to” its upper one."""
    if stated.upper is not None and other.upper is not None:
        same = stated.value == other.value and stated.upper == other.upper
        return _bound_difference(stated, other, theirs, language) if same else Deviation.ALL
    if stated.upper is not None or other.upper is None:
        return Deviation.ALL
    lower = stated.value == other.value and stated.bound is Bound.AT_LEAST
    upper = stated.value == other.upper and stated.bound is Bound.AT_MOST
    if lower or upper:
        return Deviation.NOTHING
    return Deviation.BOUND if stated.value in (other.value, other.upper) else Deviation.ALL


def _bound_difference(stated: Quantity, other: Quantity, theirs: str, language: str) -> Deviation:
    if not _knows_bounds(theirs) or not _knows_bounds(language):
        return Deviation.NOTHING
    if stated.only and stated.bound is Bound.AT_MOST and other.only and other.bound in _EXACT:
        return Deviation.NOTHING  # “only 11” are “no more than 11”, but not “up to 11”
    if stated.definite and other.bound in _EXACT and not (stated.only or other.only):
        return Deviation.NOTHING  # “more than the 40 that he was promised”, who was promised 40
    missed = stated.definite and other.definite and stated.bound in _EXACT
    if missed and other.bound in SIDED and not (stated.only or other.only):
        return Deviation.NOTHING  # “missed the 40 hoped for”, of “below the 40 hoped for”
    most = stated.bound is other.bound and stated.bound in _MOST  # “only up to 11”
    if stated.bound not in _ALLOWED[other.bound] or (not most and stated.only is not other.only):
        return Deviation.BOUND
    return Deviation.NOTHING


def _knows_bounds(language: str) -> bool:
    return lexicon(primary(language)).spoken


def _rounds(stated: Quantity, other: Quantity) -> bool:
    """Whether a bound makes the stated value a fair rounding, of two digits or more.

    “about” rounds to the nearest, “more than” down and “nearly” up. A value of one digit is less
    than a twentieth away: “about 8” is 8.2, and “nearly 20” is 19.7.
    """
    if other.upper is not None or stated.only is not other.only:
        return False
    if stated.value <= 0 or other.value <= 0 or not _may_round(stated, other):
        return False
    step = _precision(stated.value)
    if step is None:
        return False
    steps = other.value / step
    one_digit = stated.value < 10 * step
    if one_digit and abs(other.value - stated.value) > other.value * _ROUNDING:
        return False
    match stated.bound:
        case Bound.ABOUT | Bound.NEAR:
            return round(steps) * step == stated.value
        case Bound.MORE | Bound.JUST_OVER | Bound.AT_LEAST:
            return steps.numerator // steps.denominator * step == stated.value
        case Bound.NEARLY | Bound.JUST_UNDER:
            return -(-steps.numerator // steps.denominator) * step == stated.value
        case _:
            return False


def _may_round(stated: Quantity, other: Quantity) -> bool:
    """Whether the bound of a value lets another one round it: “more than 54,000” is “some 54,300”.

    That is below it by more than “some” may blur it.
    """
    if other.bound in _EXACT or other.bound is stated.bound:
        return True
    if stated.bound is Bound.MORE:
        blur = _precision(other.value) if other.bound in _ROUGH else Fraction(0)
        sure = other.bound in _FROM_BELOW or other.bound in _ROUGH
        return sure and blur is not None and stated.value < other.value - blur
    return False


def _precision(value: Fraction) -> Fraction | None:
    """The place of the last digit that is not zero: 1000 of 19,000, 1/10 of 2.5."""
    step = Fraction(1)
    while (value / step).denominator != 1:
        step /= 10
        if step < Fraction(1, 10**9):
            return None
    while (value / step) % 10 == 0:
        step *= 10
    return step
