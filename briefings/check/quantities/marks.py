"""What stands beside a number and makes it a rate, a measure, an amount of money or an ordinal."""

from __future__ import annotations

from typing import NamedTuple

from briefings.check.quantities.items import Item, Pieces
from briefings.check.quantities.lexicon import unspaced
from briefings.check.quantities.quantity import Kind, Unit
from briefings.check.quantities.sums import Sum, is_numeric
from briefings.check.quantities.units import currency, measure

_RATES = (
    ("points", Kind.POINTS),
    ("percent", Kind.PERCENT),
    ("tenths", Kind.PERCENT),
    ("per-mille", Kind.PER_MILLE),
)
_LONG_AGO = 1000  # from here on a number with an ending is a year
_COUNTED = frozenset({"counter", "unit", "scale", "currency", "over", "percent", "tenths"})


class Opening(NamedTuple):
    """The item where a number itself begins, and what the signs before it make of it."""

    start: int
    kind: Kind
    unit: Unit | None
    sign: int


class Mark(NamedTuple):
    """The kind and unit of a number, and the item behind what says so.

    `ordinal` says that it may be an ordinal as well, the German “5.”.
    """

    kind: Kind
    unit: Unit | None
    end: int
    ordinal: bool = False


def opening(pieces: Pieces, at: int) -> Opening | None:
    """The number that begins at item `at`, perhaps with a currency, a rate or a sign before it."""
    found, index = pieces.found, at
    kind, unit, sign = Kind.NUMBER, None, 1
    while index < min(at + 3, len(found)):
        item = found[index]
        if is_numeric(item):
            usable = item.kind == "numeral" or index > at or _may_begin(pieces, index)
            return Opening(index, kind, unit, sign) if usable else None
        senses = item.senses
        glued = index + 1 < len(found) and found[index + 1].start == item.end
        bare = unit is None and kind is Kind.NUMBER
        if "currency" in senses and "behind" not in senses and bare:
            unit = currency(senses["currency"])
            index += glued and found[index + 1].key == "."  # “Rs.500”
        elif "percent-before" in senses or ("percent" in senses and glued and bare):
            kind = Kind.PERCENT
        elif "minus" in senses or (item.key == "-" and glued and _is_sign(pieces, index)):
            sign = -1
        else:
            return None
        index += 1
    return None


def _is_sign(pieces: Pieces, at: int) -> bool:
    """Whether a hyphen before a number is a minus: nothing that it could join stands before."""
    start = pieces.found[at].start
    before = pieces.folded[start - 1] if start else " "
    if unspaced(before):  # 至-7℃, but not the name of a rocket
        degree = at + 2 < len(pieces.found) and pieces.found[at + 2].kind == "degree"
        return degree or "unit" in pieces.senses(at + 2)
    if before.isalnum() or before in ")]%°'\"":
        return False
    return not (at and before == " " and pieces.found[at - 1].kind == "numeral")


def _may_begin(pieces: Pieces, at: int) -> bool:
    """Whether a word may be a number here; a single Han numeral needs what it counts."""
    if "single" not in pieces.found[at].senses:
        return True
    return not _COUNTED.isdisjoint(pieces.senses(at + 1))


def mark(pieces: Pieces, total: Sum, unit: Unit | None) -> Mark:
    """What the items behind a number make of it; `unit` is the currency that stands before."""
    found, end = pieces.found, total.end
    nothing = Mark(Kind.NUMBER, unit, end)
    index = end
    if index < len(found) and found[index].start == found[end - 1].end and found[index].key in ".-":
        if found[index].key == ".":
            if total.plain and "dot-ordinal" in pieces.words.options and _spaced(found, index):
                return nothing._replace(ordinal=True)
            if total.scale == 1:
                return _suffix(found, total, index + 1) or nothing
        index += 1
    if total.scale >= 1000:
        index = _over_links(found, index)
    if index >= len(found):
        return nothing
    for sense, kind in _RATES:
        if sense in found[index].senses and not (sense == "tenths" and index > end):
            return Mark(kind, unit, index + 1)
    if unit is not None:  # “US$5 million dollars”
        named = "currency" in found[index].senses
        return Mark(Kind.NUMBER, unit, index + 1) if named else nothing
    return _suffix(found, total, index) or _unit(found[index], total, index) or nothing


def _spaced(found: list[Item], at: int) -> bool:
    return at + 1 < len(found) and found[at + 1].start > found[at].end


def _over_links(found: list[Item], at: int) -> int:
    """The first index from `at` of what is no “of”: “2,4 milliards d’euros”."""
    end = at
    while (
        end < len(found)
        and end - at < 3
        and (found[end].key == "'" or "of" in found[end].senses)
        and not found[end].senses.keys() & {"unit", "currency", "percent"}
    ):
        end += 1
    return end


def _suffix(found: list[Item], total: Sum, at: int) -> Mark | None:
    """The letters of “5th” and “1990s”, of “5-й” and “5.º”."""
    if not total.plain or at >= len(found) or found[at].start != found[at - 1].end:
        return None
    if "ordinal-suffix" in found[at].senses:
        if at > total.end and total.value >= _LONG_AGO:
            return Mark(Kind.NUMBER, None, at + 1)  # “в 1990-м году”
        return Mark(Kind.ORDINAL, None, at + 1)
    if "decade-suffix" in found[at].senses and total.value % 10 == 0:
        return Mark(Kind.DECADE, None, at + 1)
    return None


def _unit(item: Item, total: Sum, at: int) -> Mark | None:
    if "currency" in item.senses:
        return Mark(Kind.NUMBER, currency(item.senses["currency"]), at + 1)
    if item.kind == "degree":
        letter = item.key.strip("° ")
        names = {"c": "celsius", "℃": "celsius", "f": "fahrenheit", "℉": "fahrenheit"}
        return Mark(Kind.NUMBER, measure(names.get(letter, "degree")), at + 1)
    if "unit" in item.senses and not total.part and "clock-before" not in item.senses:
        perhaps = "people" in item.senses  # the Persian tonne is a person as well
        return Mark(Kind.NUMBER, None if perhaps else measure(item.senses["unit"]), at + 1)
    return None
