"""The value of a run of numerals, number words and scales: “two and a half million”, “651 bin 958”."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from briefings.check.quantities.items import Item
from briefings.check.quantities.lexicon import Lexicon
from briefings.check.quantities.numerals import MOST_DIGITS, sign_value, values

_MOST_ITEMS = 12
_THOUSAND = 1000
_MOST = Fraction(10**30)
_BEFORE_A_COUNT = frozenset({"fill", "of", "bound", "only", "and", "or", "to", "between", "from"})


@dataclass(frozen=True, slots=True)
class Sum:
    """What a run of items is worth; `end` is the index of the first item behind it.

    `more` are further values of a numeral that is a list (`1,5` in English), `others` further
    readings of the one value. `scaled` says that a scale stands in it, `plain` that it is one
    numeral of digits alone, `word` that it is one word; `part` that it is a fraction of a whole,
    `meter` that its scale may as well be the metre of `5m`.
    """

    value: Fraction
    end: int
    more: tuple[Fraction, ...] = ()
    others: tuple[Fraction, ...] = ()
    scale: Fraction = Fraction(1)
    plain: bool = False
    word: bool = False
    part: bool = False
    sure: bool = True
    meter: Fraction | None = None


def is_numeric(item: Item) -> bool:
    """Whether a number may begin with `item`."""
    return item.kind in ("numeral", "sign") or not _NUMERIC.isdisjoint(item.senses)


_NUMERIC = frozenset({"number", "scale", "fraction"})


class _Adder:
    """A sum in the making: `total` of finished scales, and what is counted at present."""

    def __init__(self) -> None:
        self.total = Fraction(0)
        self.current: Fraction | None = None
        self.last = Fraction(0)  # the scale behind `total`, 0 as long as there is none
        self.scale = Fraction(1)
        self.closed = False

    def value(self) -> Fraction:
        return self.total + (self.current or 0)

    def add(self, value: Fraction, *, units_first: bool = False) -> bool:
        """Count `value` in, if it can stand behind what there is.

        With `units_first` tens follow units: “five and twenty”.
        """
        if self.closed:
            return False
        if units_first and self.current is not None and 0 < self.current % 100 < 10:
            if value % 10 == 0 and 20 <= value < 100:
                self.current += value
                return True
        if self.current is None:
            if self.last and value >= self.last:
                return False
            self.current = value
            return True
        if value.denominator != 1 or self.current.denominator != 1 or not value:
            return False
        if self.current % 10 ** len(str(value.numerator)) or not self.current:
            return False
        self.current += value
        return True

    def take(self, value: Fraction) -> None:
        """Count in a number that is a scale by itself."""
        self.total += value
        self.last = Fraction(_THOUSAND)
        while value >= self.last * _THOUSAND:
            self.last *= _THOUSAND

    def multiply(self, scale: Fraction) -> bool:
        """Let a scale follow what there is."""
        if self.closed or self.value() * scale > _MOST:
            return False
        self.scale *= scale
        if scale in (12, 20):
            self.current = (self.current or 1) * scale
            self.closed = True
        elif self.current is None and not self.last:
            self._finish(Fraction(1), scale)
        elif self.current is None and scale < self.last and scale < _THOUSAND:
            self.current = scale  # “mille cent”
        elif self.current is None:
            self.total *= scale  # “mil millones”
            self.last *= scale
        elif self.last and scale > self.last:
            self._finish(self.total + self.current, scale)
        else:
            self._finish(self.current, scale)
        return True

    def _finish(self, count: Fraction, scale: Fraction) -> None:
        if scale < _THOUSAND:
            self.current = count * scale
        elif self.last and scale > self.last:
            self.total, self.current, self.last = count * scale, None, scale
        else:
            self.total, self.current, self.last = self.total + count * scale, None, scale

    def half(self) -> bool:
        """Add half of what was counted last."""
        if self.closed:
            return False
        if self.current is None:
            self.total += self.last / 2
            self.closed = True
        elif self.current.denominator == 1:
            self.current += Fraction(1, 2)
        return True


def add_up(found: list[Item], at: int, words: Lexicon, *, apart: bool = False) -> Sum | None:
    """The number that begins at item `at`, None if none does.

    With `apart`, “and” parts two numbers, as behind “between”.
    """
    first = found[at]
    if "fraction" in first.senses and "number" not in first.senses:
        return _fraction(found, at)
    adder = _Adder()
    index, count, numerals = at, 0, 0
    more: tuple[Fraction, ...] = ()
    others: tuple[Fraction, ...] = ()
    meter: Fraction | None = None
    sure = True
    while index < len(found) and count < _MOST_ITEMS:
        item = found[index]
        step = index
        if "and" in item.senses and count and index + 1 < len(found) and not apart:
            step = index + 1
            item = found[step]
            if not _may_follow(found, step, adder, words):
                break
        if item.kind == "numeral":
            if numerals and not adder.last:
                break
            readings = _readings(item, words)
            if readings is None or (count and (adder.current is not None or len(readings[0]) > 1)):
                break
            if not adder.add(readings[0][0]):
                break
            more, others = readings[0][1:], tuple(each[0] for each in readings[1:])
            numerals += 1
            if more:
                index, count = step + 1, 1
                break
        elif item.kind == "sign":
            value = _sign(item)
            if value is None or (count and adder.current is None):
                break
            if value < 1 and adder.current is not None and adder.current.denominator == 1:
                adder.current += value
            elif count or not adder.add(value):
                break
        elif "plus-half" in item.senses and count:
            if not adder.half():
                break
        elif "scale" in item.senses and (count or "number" not in item.senses):
            glued = found[step - 1].end == item.start if step else False
            if "unit" in item.senses and not (glued and count):
                break
            if "unit" in item.senses:
                meter = adder.value()
            if not adder.multiply(Fraction(item.senses["scale"])):
                break
            if not count and "doubt" in item.senses:
                sure = False
        elif "number" in item.senses:
            value = Fraction(item.senses["number"])
            if value >= _THOUSAND:  # the dual of a scale
                if adder.current is not None or (adder.last and value >= adder.last):
                    break
                adder.take(value)
            elif not adder.add(value, units_first="units-first" in words.options and step > index):
                break
            if not count:
                sure = _is_sure(found, at)
        else:
            break
        index = step + 1
        count += 1
        if index < len(found) and found[index].key == "-" and _joins(found, index):
            index += 1
        elif index < len(found) and found[index].key == "." and _abbreviates(found, index):
            index += 1
    if not count:
        return None
    while index - 1 > at and found[index - 1].key in "-.":
        index -= 1
    sum_ = Sum(
        adder.value(),
        index,
        more,
        others,
        adder.scale,
        plain=count == 1 and numerals == 1,
        word=count == 1 and not numerals,
        sure=sure or count > 1,
        meter=meter,
    )
    return _parts_of(found, sum_, words)


def _is_sure(found: list[Item], at: int) -> bool:
    """Whether the number word at `at` is one wherever it stands: not “one”, not “neuf”."""
    senses = found[at].senses
    if "doubt" in senses or senses["number"] == "1":
        return False
    if "doubt-behind" not in senses or at == 0:
        return True
    before = found[at - 1]
    return before.kind == "mark" or not before.senses.keys().isdisjoint(_BEFORE_A_COUNT)


def _may_follow(found: list[Item], at: int, adder: _Adder, words: Lexicon) -> bool:
    """Whether “and” adds what follows: words do, numerals only where the language writes so."""
    item = found[at]
    if item.kind == "numeral":
        return "and-numeral" in words.options and adder.last > 0
    if found[at - 2].kind == "numeral" and "and-numeral" not in words.options:
        return False
    after = found[at + 1] if at + 1 < len(found) else None
    if after is not None and after.senses.get("scale") == "100" and not adder.last:
        return False  # “one hundred and two hundred”
    return "number" in item.senses or "scale" in item.senses


def _joins(found: list[Item], at: int) -> bool:
    """Whether the hyphen at `at` stands within a number: “twenty-one”, “half-million”."""
    before = found[at - 1]
    after = found[at + 1] if at + 1 < len(found) else None
    if after is None or before.kind == "numeral" and after.kind == "numeral":
        return False
    glued = before.end == found[at].start and found[at].end == after.start
    return glued and ("number" in after.senses or "scale" in after.senses)


def _abbreviates(found: list[Item], at: int) -> bool:
    """Whether the point at `at` ends a short form of a scale: “Mio.”, “тыс.”."""
    before = found[at - 1]
    return (
        "scale" in before.senses
        and before.end == found[at].start
        and at + 1 < len(found)
        and found[at + 1].start > found[at].end
    )


def _readings(item: Item, words: Lexicon) -> tuple[tuple[Fraction, ...], ...] | None:
    if sum(char.isdigit() for char in item.key) > MOST_DIGITS:
        return None
    text = item.key.replace(" ", "'")
    return values(text, words.decimal, both="both" in words.options)


def _sign(item: Item) -> Fraction | None:
    return sign_value(item.key)


def _fraction(found: list[Item], at: int) -> Sum:
    """“half”, “half a million”, “a quarter of”."""
    value = Fraction(found[at].senses["fraction"])
    index = at + 1
    while index < len(found) and (
        found[index].key == "-" or not {"fill", "of"}.isdisjoint(found[index].senses)
    ):
        index += 1
    if index < len(found) and "scale" in found[index].senses and value.numerator == 1:
        scale = Fraction(1)
        while index < len(found) and "scale" in found[index].senses and scale < _MOST:
            scale *= Fraction(found[index].senses["scale"])
            index += 1
        if scale >= 12:
            return Sum(value * scale, index, scale=scale)
    return Sum(value, at + 1, part=True, sure="doubt" not in found[at].senses)


def _parts_of(found: list[Item], count: Sum, words: Lexicon) -> Sum:
    """“two thirds”, 三分之二: the count of parts, and how large each is."""
    at = count.end
    if at < len(found) and found[at].key == "-":
        at += 1
    if at >= len(found) or count.value.denominator != 1 or not 0 < count.value < 1000:
        return count
    senses = found[at].senses
    if "fraction" in senses:
        if count.value == 1:  # “eine halbe Million”
            return _fraction(found, at)
        part = Fraction(senses["fraction"])
        if part.numerator == 1:
            return Sum(count.value * part, at + 1, part=True)
    if "ordinal" in senses and "ordinal-fraction" in words.options and senses["ordinal"] != "1":
        return Sum(count.value / int(senses["ordinal"]), at + 1, part=True)
    if "over" in senses and at + 1 < len(found):
        top = add_up(found, at + 1, words) if is_numeric(found[at + 1]) else None
        if top is not None and not top.part:
            return Sum(top.value / count.value, top.end, part=True)
    return count
