"""What stands beside a number and makes it a rate, a measure, an amount of money or an ordinal."""

from __future__ import annotations

from typing import NamedTuple

from briefings.check.quantities.items import Pieces
from briefings.check.quantities.lexicon import unspaced
from briefings.check.quantities.quantity import Kind, Unit
from briefings.check.quantities.sums import Sum, is_numeric
from briefings.check.quantities.tokens import Item
from briefings.check.quantities.units import currency, measure, same_unit

_RATES = (
    ("basis-points", Kind.POINTS),
    ("point-tenths", Kind.POINTS),
    ("points", Kind.POINTS),
    ("percent", Kind.PERCENT),
    ("tenths", Kind.PERCENT),
    ("per-mille", Kind.PER_MILLE),
)
_EACH_BEFORE = 6  # items between “per tonne” and its figure
_ENDS = frozenset(".,;:!?،؛؟。、，；")
_LONG_AGO = 1000  # from here on a number with an ending is a year
_COUNTED = frozenset({"counter", "unit", "scale", "currency", "over", "percent", "tenths"})


class Opening(NamedTuple):
    """The item where a number itself begins, and what the signs before it make of it."""

    start: int
    kind: Kind
    unit: Unit | None
    sign: int


class Sign(NamedTuple):
    """The kind and unit of a number, and the item behind what says so.

    `ordinal` says that it may be an ordinal as well, the German “5.”.
    """

    kind: Kind
    unit: Unit | None
    end: int
    ordinal: bool = False


def opening(pieces: Pieces, at: int) -> Opening | None:
    """The number that begins at item `at`, perhaps with a currency, a rate or a sign before it."""
    items, index = pieces.items, at
    kind, unit, sign = Kind.NUMBER, None, 1
    while index < min(at + 3, len(items)):
        item = items[index]
        if is_numeric(item):
            usable = item.kind == "numeral" or index > at or _may_begin(pieces, index)
            return Opening(index, kind, unit, sign) if usable else None
        senses = item.senses
        glued = index + 1 < len(items) and items[index + 1].start == item.end
        bare = unit is None and kind is Kind.NUMBER
        if "currency" in senses and "behind" not in senses and bare:
            unit = currency(senses["currency"])
            index += glued and items[index + 1].key == "."  # “Rs.500”
        elif "percent-before" in senses or (
            "percent" in senses and bare and (glued or "percent-before" in pieces.words.senses)
        ):
            kind = Kind.PERCENT
        elif "minus" in senses or (item.key == "-" and glued and _is_sign(pieces, index)):
            sign = -1
        else:
            return None
        index += 1
    return None


def _is_sign(pieces: Pieces, at: int) -> bool:
    """Whether a hyphen before a number is a minus: nothing that it could join stands before."""
    start = pieces.items[at].start
    before = pieces.folded[start - 1] if start else " "
    if unspaced(before):  # 至-7℃, but not the name of a rocket
        degree = at + 2 < len(pieces.items) and pieces.items[at + 2].kind == "degree"
        return degree or "unit" in pieces.senses(at + 2)
    if before.isalnum() or before in ")]%°'\"":
        return False
    return not (at and before == " " and pieces.items[at - 1].kind == "numeral")


def _may_begin(pieces: Pieces, at: int) -> bool:
    """Whether a word may be a number here; a single Han or Korean one needs what it counts."""
    if "single" not in pieces.items[at].senses:
        return True
    behind = pieces.senses(at + 1)
    if "after" in behind:  # 百余人
        behind = pieces.senses(at + 2)
    return not _COUNTED.isdisjoint(behind) or "number" in behind  # 만 이천


def each_behind(pieces: Pieces, at: int) -> Unit | None:
    """The unit of which each has so much, where items from `at` on name one: “$215 a tonne”."""
    senses = pieces.senses(at)
    if "span-perhaps" in senses:  # “a day”
        count, name = senses["span-perhaps"].split()
        return measure(name) if count == "1" else None
    unit = pieces.senses(at + 1).get("unit") if "each" in senses else None
    return measure(unit) if unit is not None else None


def each_before(pieces: Pieces, at: int) -> Unit | None:
    """The unit of “each” before the figure at item `at`, in its clause: “每吨售价215美元”."""
    for index in range(at - 1, max(-1, at - _EACH_BEFORE), -1):
        item = pieces.items[index]
        if is_numeric(item) or item.key in _ENDS:
            return None
        unit = pieces.senses(index + 1).get("unit") if "each" in item.senses else None
        if unit is not None and index + 1 < at:
            return measure(unit)
    return None


def mark(pieces: Pieces, total: Sum, unit: Unit | None) -> Sign:
    """What the items behind a number make of it; `unit` is the currency that stands before.

    Args:
        pieces: A text in items.
        total: The number, with where it ends.
        unit: The currency that stands before it.
    """
    items, end = pieces.items, total.end
    nothing = Sign(Kind.NUMBER, unit, end)
    index = end
    if index < len(items) and items[index].start == items[end - 1].end and items[index].key in ".-":
        if items[index].key == ".":
            if total.plain and "dot-ordinal" in pieces.words.options and _spaced(items, index):
                return nothing._replace(ordinal=True)
            if total.scale == 1:
                return _suffix(items, total, index + 1) or nothing
        index += 1
    if total.scale >= 1000 or "rough" in items[end - 1].senses:  # “une quarantaine de kilomètres”
        index = _over_links(items, index)
    if index >= len(items):
        return nothing
    for sense, kind in _RATES:
        if sense in items[index].senses and not (sense == "tenths" and index > end):
            return Sign(kind, unit, index + 1)
    if unit is not None:
        if "currency" not in items[index].senses:
            return nothing
        behind = currency(items[index].senses["currency"])
        same = same_unit(unit, behind)  # “US$5 million dollars”; but “the dollar, 58,500 toman”
        return Sign(Kind.NUMBER, unit if same else behind, index + 1)
    return _suffix(items, total, index) or _unit(items, total, index) or nothing


def _spaced(items: list[Item], at: int) -> bool:
    return at + 1 < len(items) and items[at + 1].start > items[at].end


def _over_links(items: list[Item], at: int) -> int:
    """The first index from `at` of what is no “of”: “2,4 milliards d’euros”."""
    end = at
    while (
        end < len(items)
        and end - at < 3
        and (items[end].key == "'" or "of" in items[end].senses)
        and not items[end].senses.keys() & {"unit", "currency", "percent"}
    ):
        end += 1
    return end


def _suffix(items: list[Item], total: Sum, at: int) -> Sign | None:
    """The letters of “5th” and “1990s”, of “5-й” and “5.º”."""
    if not total.plain or at >= len(items) or items[at].start != items[at - 1].end:
        return None
    if "ordinal-suffix" in items[at].senses:
        if at > total.end and total.value >= _LONG_AGO:
            return Sign(Kind.NUMBER, None, at + 1)  # “в 1990-м году”
        return Sign(Kind.ORDINAL, None, at + 1)
    if "decade-suffix" in items[at].senses and total.value % 10 == 0:
        return Sign(Kind.DECADE, None, at + 1)
    return None


def _unit(items: list[Item], total: Sum, at: int) -> Sign | None:
    item = items[at]
    if "currency" in item.senses:
        return Sign(Kind.NUMBER, currency(item.senses["currency"]), at + 1)
    if item.kind == "degree":
        letter = item.key.strip("° ")
        names = {"c": "celsius", "℃": "celsius", "f": "fahrenheit", "℉": "fahrenheit"}
        return Sign(Kind.NUMBER, measure(names.get(letter, "degree")), at + 1)
    clock = "clock-before" in item.senses and at + 1 < len(items) and is_numeric(items[at + 1])
    if "unit" in item.senses and not total.part and not clock:  # “il 5, ore 7”
        perhaps = "people" in item.senses  # the Persian tonne is a person as well
        return Sign(Kind.NUMBER, None if perhaps else measure(item.senses["unit"]), at + 1)
    return None
