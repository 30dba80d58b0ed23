"""The value of a run of numerals, number words and scales: “two and a half million”."""

from __future__ import annotations

from fractions import Fraction

from briefings.check.quantities.lexicon import Lexicon
from briefings.check.quantities.numerals import MOST_DIGITS, sign_value, values
from briefings.check.quantities.tokens import Item
from briefings.core.values import dataclass

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


_NOTHING, _ONE = Fraction(0), Fraction(1)  # made once: a Fraction takes long
_NUMERIC = frozenset({"number", "scale", "fraction", "plus-before"})
_RATES = frozenset({"points", "percent", "per-mille"})


class _Adder:
    """A sum in the making: `parts` of finished scales, and what is counted at present."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self.parts: list[tuple[Fraction, Fraction]] = []  # what was counted, by which scale
        self.current: Fraction | None = None
        self.before = _NOTHING  # what a word before the number adds to it: “साढ़े तीन”
        self.last = _NOTHING  # the scale of the last part, 0 as long as there is none
        self.ahead: Fraction | None = None  # a scale that stands before its count: “elfu tano”
        self.scale = _ONE
        self.closed = False
        self.count = self.numerals = 0
        self.more: tuple[Fraction, ...] = ()
        self.others: tuple[Fraction, ...] = ()
        self.meter: Fraction | None = None

    def value(self) -> Fraction:
        """What it has come to."""
        if self.ahead is not None:
            return sum((value for value, _ in self.parts), self.ahead)
        if not self.parts and self.current is not None:
            return self.current
        return sum((value for value, _ in self.parts), Fraction(0)) + (self.current or 0)

    def take(self, item: Item, *, linked: bool, glued: bool) -> bool:
        """Count an item in, if it can stand behind what there is.

        `linked` says that an “and” stands before it, `glued` that nothing does.
        """
        senses = item.senses
        if self.closed:
            return False
        if item.kind == "numeral":
            taken = self._numeral(item)
        elif item.kind == "sign":
            taken = self._sign(item)
        elif "plus-half" in senses and self.count:
            taken = self._half(Fraction(senses["plus-half"] or "1/2"))
        elif "scale" in senses and (self.count or "number" not in senses):
            taken = self._scale(item, glued=glued)
        elif "number" in senses:
            taken = self._word(Fraction(senses["number"]), linked=linked)
        else:
            taken = False
        self.count += taken
        return taken

    def _numeral(self, item: Item) -> bool:
        behind = self.last and self.current is None
        if self.count and not behind and self.ahead is None:
            return False
        readings = _readings(item, self.words)
        if readings is None or (self.count and len(readings[0]) > 1):
            return False
        if not self._add(readings[0][0]):
            return False
        self.more, self.others = readings[0][1:], tuple(each[0] for each in readings[1:])
        self.numerals += 1
        self.closed = bool(self.more)
        return True

    def _sign(self, item: Item) -> bool:
        """“2½”, “⑰”."""
        value = sign_value(item.key)
        if value is None:
            return False
        if not self.count:
            return self._add(value)
        if value >= 1 or self.current is None or self.current.denominator != 1:
            return False
        self.current += value
        return True

    def _word(self, value: Fraction, *, linked: bool) -> bool:
        if self.numerals and self.current is not None and not linked:
            return False  # “from 8,900 three days before”
        if value >= _THOUSAND:  # the dual of a scale
            if self.current is not None or (self.last and value >= self.last):
                return False
            self.last = Fraction(_THOUSAND)
            while value >= self.last * _THOUSAND:
                self.last *= _THOUSAND
            self.parts.append((value, self.last))
            return True
        if linked and "units-first" in self.words.options and self._behind_units(value):
            return True
        return self._add(value)

    def _behind_units(self, value: Fraction) -> bool:
        """Tens behind units, “five and twenty”."""
        if self.current is None or not 0 < self.current % 100 < 10:
            return False
        if value % 10 or not 20 <= value < 100:
            return False
        self.current += value
        return True

    def _add(self, value: Fraction) -> bool:
        if self.ahead is not None:
            scale, self.ahead = self.ahead, None
            self._finish(value, scale)
            return True
        if self.current is None:
            if self.last and (value >= self.last or self._decimals()):
                return False
            self.current = value + self.before if self.before else value
            self.before = _NOTHING
            return True
        if value.denominator != 1 or self.current.denominator != 1 or not value:
            return False
        if self.current % 10 ** len(str(value.numerator)) or not self.current:
            return False
        self.current += value
        return True

    def _decimals(self) -> bool:
        """Whether the last scale had decimals: nothing smaller follows “4,1 millions”."""
        counted, scale = self.parts[-1]
        return (counted / scale).denominator != 1

    def _scale(self, item: Item, *, glued: bool) -> bool:
        scale = Fraction(item.senses["scale"])
        if self.value() * scale > _MOST:
            return False
        if "unit" in item.senses:  # “5m” is five millions, or five metres
            if not (glued and self.count):
                return False
            self.meter = self.value()
        self.scale *= scale
        if scale in (12, 20):
            self.current = (self.current or 1) * scale
            self.closed = True
        elif self.current is None and "scale-first" in self.words.options:
            self.ahead = scale
        elif self.current is None and not self.last:
            self._finish(1 + self.before, scale)
        elif self.current is None and scale < self.last and scale < _THOUSAND:
            self.current = scale  # “mille cent”
        elif self.current is None:
            self._finish(self._smaller(max(scale, self.last)), scale)  # “mil millones”
        elif self.last and scale > self.last:
            self._finish(self._smaller(scale) + self.current, scale)
        else:
            self._finish(self.current, scale)
        return True

    def _finish(self, count: Fraction, scale: Fraction) -> None:
        if scale < _THOUSAND:
            self.current = count * scale
            return
        self.parts.append((count * scale, scale))
        self.current, self.last = None, scale

    def _smaller(self, scale: Fraction) -> Fraction:
        """Take off what was counted by scales up to `scale`: a larger one multiplies it all.

        Not what a larger one has closed already, 一亿 of 一亿二千万.
        """
        count = Fraction(0)
        while self.parts and self.parts[-1][1] <= scale:
            count += self.parts.pop()[0]
        return count

    def _half(self, share: Fraction) -> bool:
        """Add half of what was counted last, or another share of it."""
        if self.current is None:
            self.parts.append((self.last * share, self.last))
            self.closed = True
        elif self.current.denominator == 1:
            self.current += share
        return True


def add_up(items: list[Item], at: int, words: Lexicon, *, apart: bool = False) -> Sum | None:
    """The number that begins at an item, as numerals, number words or both write it.

    Args:
        items: Those of a text.
        at: The index of the first item of the number.
        words: Of the text's language.
        apart: Whether “and” parts two numbers, as behind “between”.

    Returns:
        The number, and behind which item it ends; None if none begins there.
    """
    if "fraction" in items[at].senses and "number" not in items[at].senses:
        return _fraction(items, at)
    adder, end, index = _Adder(words), at, at
    ahead = items[at].senses.get("plus-before")
    if ahead is not None:
        adder.before = Fraction(ahead)
        index += 1
    while index < len(items) and adder.count < _MOST_ITEMS:
        linked = "and" in items[index].senses and adder.count > 0
        if linked:
            index += 1
            if apart or index >= len(items) or not _may_follow(items, index, adder):
                break
        glued = index > 0 and items[index - 1].end == items[index].start
        glued = glued or (index + 1 < len(items) and "currency" in items[index + 1].senses)
        if not adder.take(items[index], linked=linked, glued=glued):
            break
        end = index = index + 1
        index += index < len(items) and (_joins(items, index) or _abbreviates(items, index))
    if not adder.count:
        return None
    single = adder.count == 1 and ahead is None
    return _parts_of(
        items,
        Sum(
            adder.value(),
            end,
            adder.more,
            adder.others,
            adder.scale,
            plain=single and adder.numerals == 1,
            word=single and not adder.numerals,
            sure=not single or _is_sure(items, at),
            meter=adder.meter,
        ),
        words,
    )


def _is_sure(items: list[Item], at: int) -> bool:
    """Whether the number word at `at` is one wherever it stands: not “one”, not “neuf”."""
    senses = items[at].senses
    if items[at].kind == "numeral":
        return True
    if "doubt" in senses or senses.get("number") == "1":
        return False
    if "doubt-behind" not in senses or at == 0:
        return True
    before = items[at - 1]
    return before.kind == "mark" or not before.senses.keys().isdisjoint(_BEFORE_A_COUNT)


def _may_follow(items: list[Item], at: int, adder: _Adder) -> bool:
    """Whether “and” adds what follows: words do, numerals only where the language writes so."""
    item, words = items[at], adder.words
    if item.kind == "numeral":
        return "and-numeral" in words.options and adder.last > 0
    if items[at - 2].kind == "numeral" and "and-numeral" not in words.options:
        return False
    after = items[at + 1] if at + 1 < len(items) else None
    if after is not None and after.senses.get("scale") == "100" and not adder.last:
        return False  # “one hundred and two hundred”
    return "number" in item.senses or "scale" in item.senses


def _joins(items: list[Item], at: int) -> bool:
    """Whether the hyphen at `at` stands within a number: “twenty-one”, “half-million”."""
    if items[at].key != "-" or at + 1 >= len(items):
        return False
    before, after = items[at - 1], items[at + 1]
    glued = before.end == items[at].start and items[at].end == after.start
    return glued and ("number" in after.senses or "scale" in after.senses)


def _abbreviates(items: list[Item], at: int) -> bool:
    """Whether the point at `at` ends a short form of a scale: “Mio.”, “тыс.”."""
    before = items[at - 1]
    return (
        items[at].key == "."
        and "scale" in before.senses
        and before.end == items[at].start
        and at + 1 < len(items)
        and items[at + 1].start > items[at].end
    )


def _readings(item: Item, words: Lexicon) -> tuple[tuple[Fraction, ...], ...] | None:
    if sum(char.isdigit() for char in item.key) > MOST_DIGITS:
        return None
    text = item.key.replace(" ", "'")
    return values(text, words.decimal, both="both" in words.options)


def _fraction(items: list[Item], at: int) -> Sum:
    """“half”, “half a million”, “a quarter of”."""
    value = Fraction(items[at].senses["fraction"])
    index = at + 1
    while index < len(items) and (
        items[index].key == "-" or not {"fill", "of"}.isdisjoint(items[index].senses)
    ):
        index += 1
    if index < len(items) and "scale" in items[index].senses and value.numerator == 1:
        scale = Fraction(1)
        while index < len(items) and "scale" in items[index].senses and scale < _MOST:
            scale *= Fraction(items[index].senses["scale"])
            index += 1
        if scale >= 12:
            return Sum(value * scale, index, scale=scale)
    end = _to_rate(items, at + 1)
    return Sum(value, end, part=True, sure=end > at + 1 or "doubt" not in items[at].senses)


def _to_rate(items: list[Item], at: int) -> int:
    """Behind “a quarter of a” where the rate stands that is parted, else `at` itself."""
    index = at
    while index < len(items) and not {"fill", "of"}.isdisjoint(items[index].senses):
        index += 1
    parted = index < len(items) and not _RATES.isdisjoint(items[index].senses)
    return index if parted else at


def _parts_of(items: list[Item], count: Sum, words: Lexicon) -> Sum:
    """“two thirds”, 三分之二: the count of parts, and how large each is."""
    at = count.end
    if at < len(items) and items[at].key == "-":
        at += 1
    senses = items[at].senses if at < len(items) else {}
    if not senses or count.value.denominator != 1 or not 0 < count.value < 1000:
        return count
    if "fraction" in senses:
        if count.value == 1:  # “eine halbe Million”
            return _fraction(items, at)
        part = Fraction(senses["fraction"])
        if part.numerator == 1 and count.value * part > 1:
            return Sum(count.value, at + 1)  # “five quarters” of a year
        if part.numerator == 1:
            return Sum(count.value * part, _to_rate(items, at + 1), part=True)
    if "ordinal" in senses and "ordinal-fraction" in words.options and senses["ordinal"] != "1":
        return Sum(count.value / int(senses["ordinal"]), at + 1, part=True)
    if "over" in senses and at + 1 < len(items):
        top = add_up(items, at + 1, words) if is_numeric(items[at + 1]) else None
        if top is not None and not top.part:
            return Sum(top.value / count.value, top.end, part=True)
    return count
