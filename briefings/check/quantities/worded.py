"""Figures that are a word or two, with no number beside them: “dozens”, “a fortnight”, “third”."""

from __future__ import annotations

from fractions import Fraction

from briefings.check.quantities.bounds import Before, after, bounded
from briefings.check.quantities.codes import named_code_at
from briefings.check.quantities.dates import date_at
from briefings.check.quantities.items import Pieces
from briefings.check.quantities.quantity import Bound, Kind, Quantities, Quantity
from briefings.check.quantities.sums import add_up, is_numeric
from briefings.check.quantities.tokens import Item
from briefings.check.quantities.units import measure
from briefings.core.values import replace

_MOST_NUMBERED = 1000
# Words that are a figure by themselves, and need not be carried.
_SINGLE = {
    "moment": Kind.TIME,
    "relative": Kind.RELATIVE,
    "that-day": Kind.THAT_DAY,
    "relative-week": Kind.WEEK_AWAY,
    "relative-week-end": Kind.WEEK_AWAY,
    "relative-month": Kind.MONTH_AWAY,
    "relative-year": Kind.YEAR_AWAY,
    "year-from": Kind.YEAR_FROM,
    "decade": Kind.DECADE,
}


def word_at(pieces: Pieces, at: int, before: Before) -> Quantities | None:
    """The figures that are a word or two: “yesterday”, “dozens”, “doubled”, “resolution 2513”.

    Args:
        pieces: A text in items.
        at: An index of these.
        before: What stands before it and limits it.
    """
    item = pieces.items[at]
    senses = item.senses
    for sense, kind in _SINGLE.items():
        if sense in senses:
            read = _single(kind, Fraction(senses[sense]), item, item, at + 1, sure=False)
            half = "p" if sense == "relative-week-end" else ""
            if kind is Kind.TIME:
                half = "p" if senses[sense] == "720" else "a"
            return Quantities((replace(read.quantities[0], half=half),), read.end)
    if "span" in senses or "span-perhaps" in senses:
        return _span(pieces, at, before)
    if "vague" in senses and "number" not in senses:
        return _vague(pieces, at, before)
    if "multiple" in senses or "repeated" in senses:
        return _multiple(pieces, at, before)
    if "code-word" in senses:
        return named_code_at(pieces, at)
    if "numbered" in senses:
        return _numbered(pieces, at)
    if "ordinal-mark" in senses:
        return _marked_ordinal(pieces, at)
    return None


def share_at(pieces: Pieces, at: int) -> Quantities | None:
    """“most”, which is more than half, and “…, and half of the schools”."""
    item = pieces.items[at]
    if "majority" in item.senses:
        half = Quantity(Kind.NUMBER, Fraction(1, 2), bound=Bound.MORE, sure=False)
    elif "plus-half" in item.senses:
        part = Fraction(item.senses["plus-half"] or "1/2")
        unit = pieces.items[at - 1] if at > 1 and "each" in pieces.senses(at - 2) else item
        if "unit" in unit.senses:  # “a metre and a half”
            half = Quantity(Kind.NUMBER, 1 + part, unit=measure(unit.senses["unit"]))
            return Quantities((replace(half, start=unit.start, end=item.end),), at + 1)
        half = Quantity(Kind.NUMBER, part, sure=False)
    else:
        return None
    return Quantities((replace(half, start=item.start, end=item.end),), at + 1)


def ordinal_at(pieces: Pieces, at: int, before: Before) -> Quantities | None:
    """“third”; “first” and “second” are as often no ordinal, and need not be carried.

    Args:
        pieces: A text in items.
        at: An index of these.
        before: What stands before it and limits it.
    """
    item = pieces.items[at]
    if "ordinal" not in item.senses:
        return None
    value = Fraction(item.senses["ordinal"])
    if at and "every" in pieces.senses(at - 1) and 1 < value <= 100:  # “jeder dritte”
        ordinal = Quantity(Kind.ORDINAL, value, start=item.start, end=item.end)
        share = replace(ordinal, kind=Kind.NUMBER, value=1 / value, others=(ordinal,))
        limited = bounded(share, before, after(pieces, at + 1))  # “fast jeder dritte”
        share = limited if limited.bound is Bound.NONE else replace(limited, others=())
        return Quantities((replace(share, sure="unit" not in item.senses),), at + 1)
    sure = value > 1 and item.senses.keys().isdisjoint({"doubt", "unit"})
    return _single(Kind.ORDINAL, value, item, item, at + 1, sure=sure)


def _span(pieces: Pieces, at: int, before: Before) -> Quantities:
    """“a fortnight”, “半年”: a number of a unit without either; the sense is such as `14 day`.

    It is bounded as any number is, “almost a year”.
    """
    item, end = pieces.items[at], at + 1
    sure = "span" in item.senses
    count, unit = item.senses["span" if sure else "span-perhaps"].split()
    value = Fraction(count)
    if "plus-half" in pieces.senses(end):  # “سنتين ونصف”
        value += Fraction(pieces.senses(end)["plus-half"] or "1/2")
        end += 1
    last = pieces.items[end - 1]
    read = _single(Kind.NUMBER, value, item, last, end, sure=sure).quantities[0]
    measured = replace(read, unit=measure(unit))
    return Quantities((bounded(measured, before, after(pieces, end)),), end)


def _vague(pieces: Pieces, at: int, before: Before) -> Quantities | None:
    """“dozens”, “hundreds of thousands”, “several hundred”; tens and dozens are one.

    “около тысячи” is one thousand; None in “около тысячи двухсот”, which is a sum.
    """
    items, value, index, end = pieces.items, Fraction(1), at, at
    if "of-one" in items[at].senses and before.bound is not Bound.NONE:
        if "number" in pieces.senses(at + 1):
            return None
        one = _single(
            Kind.NUMBER, Fraction(items[at].senses["vague"]), items[at], items[at], at + 1
        )
        return Quantities((bounded(one.quantities[0], before, after(pieces, at + 1)),), at + 1)
    while index < len(items) and index - end < 2:
        senses = items[index].senses
        if "vague" in senses or "scale" in senses:
            factor = Fraction(
                senses["scale"] if index > at and "scale" in senses else senses["vague"]
            )
            if factor * value > 10**18:
                break
            value, end = value * factor, index + 1
        elif senses.keys().isdisjoint({"of", "fill"}) and items[index].key not in "-'":
            break
        index += 1
    size = Fraction(10) if value < 100 else value
    return _single(Kind.VAGUE, size, items[at], items[end - 1], end)


def _multiple(pieces: Pieces, at: int, before: Before) -> Quantities:
    """“doubled”; halved is a half too, “fell by half”, and more than once is at least twice."""
    item = pieces.items[at]
    if "repeated" in item.senses:
        read = _single(
            Kind.MULTIPLE, Fraction(item.senses["repeated"]), item, item, at + 1, sure=False
        ).quantities[0]
        least = replace(read, bound=Bound.AT_LEAST)
        return Quantities((replace(least, others=(replace(least, kind=Kind.NUMBER),)),), at + 1)
    factor = Fraction(item.senses["multiple"])
    read = _single(Kind.MULTIPLE, factor, item, item, at + 1).quantities[0]
    if factor < 1 or "occasions" in item.senses:  # “twice declined” is “two refusals”
        read = replace(read, others=(replace(read, kind=Kind.NUMBER),))
    return Quantities((bounded(read, before, after(pieces, at + 1)),), at + 1)


def _numbered(pieces: Pieces, at: int) -> Quantities | None:
    """“day three”, which is the third day; or three of something else behind a day."""
    end = at + 1
    if end >= len(pieces.items) or not is_numeric(pieces.items[end]):
        return None
    if date_at(pieces.items, end, pieces.words):  # “do dia 4 de março”
        return None
    total = add_up(pieces.items, end, pieces.words)
    if total is None or total.value.denominator != 1 or not 1 < total.value < _MOST_NUMBERED:
        return None
    if not {"unit", "currency", "scale", "percent"}.isdisjoint(pieces.senses(total.end)):
        return None
    first, last = pieces.items[end], pieces.items[total.end - 1]
    count = Quantity(Kind.NUMBER, total.value, start=first.start, end=last.end)
    ordinal = replace(count, kind=Kind.ORDINAL)
    return Quantities((replace(count, others=(ordinal,)),), total.end)


def _marked_ordinal(pieces: Pieces, at: int) -> Quantities | None:
    """第二次."""
    items = pieces.items
    if at + 1 >= len(items) or not is_numeric(items[at + 1]):
        return None
    total = add_up(items, at + 1, pieces.words)
    if total is None:
        return None
    sure = total.value > 1
    return _single(Kind.ORDINAL, total.value, items[at], items[total.end - 1], total.end, sure=sure)


def _single(
    kind: Kind, value: Fraction, first: Item, last: Item, end: int, *, sure: bool = True
) -> Quantities:
    return Quantities((Quantity(kind, value, start=first.start, end=last.end, sure=sure),), end)
