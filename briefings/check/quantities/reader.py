"""From a text to the figures in it: the one reader of quantities, for every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from briefings.check.quantities import dates, units
from briefings.check.quantities.items import Item, items
from briefings.check.quantities.lexicon import Lexicon, lexicon, unspaced
from briefings.check.quantities.numerals import MOST_DIGITS, roman_value
from briefings.check.quantities.quantity import Bound, Kind, Quantity, Unit
from briefings.check.quantities.sums import Sum, add_up, is_numeric
from briefings.check.quantities.tokens import Tokens, tokenize
from briefings.core.languages import primary

_STOPS = frozenset(".,;:!?،؛؟。、，；")
_APART = 6  # items between a part and its whole, “twelve of the EU’s 27”
_NEAR = 3  # as many words may stand between a bound and its number
_YEARS = range(1000, 2200)
_LONGEST_SHOWN = 40
_ROMAN_LETTERS = frozenset("ivxlcdm")
_NOT_ROMAN = frozenset("cd dc md mm cc cv di li mi ci xl iv mix cm ml dl vi dd".split())


@lru_cache(maxsize=4096)
def read(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities of `text` in order; linear in its length.

    `language` is a BCP 47 code; of one without a lexicon, digits and signs are read.
    """
    words = lexicon(primary(language))
    tokens = tokenize(text)
    reader = _Reader(tokens, words)
    return tuple(_shown(each, tokens) for each in reader.quantities())


def _shown(quantity: Quantity, tokens: Tokens) -> Quantity:
    shown = tokens.shown(quantity.start, quantity.end)
    first, last = tokens.folded.original_range(quantity.start, quantity.end)
    if len(shown) > _LONGEST_SHOWN:
        shown = f"{shown[:_LONGEST_SHOWN]}…"
    return replace(
        quantity,
        shown=shown,
        start=first,
        end=last,
        others=tuple(replace(each, shown=shown, start=first, end=last) for each in quantity.others),
    )


@dataclass(frozen=True, slots=True)
class _Before:
    """What stood before a number and belongs to it, if the number comes soon."""

    bound: Bound = Bound.NONE
    only: bool = False
    between: bool = False
    from_: bool = False
    during: bool = False  # “over” may as well mean “during”
    far: bool = False  # a verb, “exceeded”: words may stand between
    half: str = ""
    words: int = 0
    start: int | None = None

    def notice(self, item: Item) -> _Before:
        """What is to be remembered behind `item`."""
        senses = item.senses
        if not senses:
            if item.kind == "mark":
                return _NOTHING if item.key in _STOPS else self
            if self.words >= (_NEAR if self.far else 0):
                return _NOTHING
            return replace(self, words=self.words + 1)
        if senses.keys().isdisjoint(_OPENERS):
            return self
        bound, far, during, start = self.bound, self.far, self.during, self.start
        if start is None and not senses.keys().isdisjoint({"bound", "only"}):
            start = item.start
        if "bound" in senses:
            named = Bound(senses["bound"])
            if bound is Bound.NONE or named is not Bound.ABOUT:
                bound, far = named, "far" in senses
            during = "during" in senses
        return _Before(
            bound,
            self.only or "only" in senses,
            self.between or "between" in senses,
            self.from_ or "from" in senses,
            during,
            far,
            senses.get("half-day", self.half),
            0,
            start,
        )


_NOTHING = _Before()
_OPENERS = frozenset({"bound", "only", "between", "from", "half-day"})


class _Reader:
    """One pass over the items of a text."""

    def __init__(self, tokens: Tokens, words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        self.found = items(tokens.pieces, words)
        self.before = _NOTHING

    def quantities(self) -> list[Quantity]:
        """All figures in order."""
        figures: list[Quantity] = []
        at = last = 0  # `last` is the index of the first item behind the figure before
        while at < len(self.found):
            read = self._at(at)
            if read is None:
                item = self.found[at]
                if item.senses or self.before is not _NOTHING:
                    self.before = self.before.notice(item)
                at += 1
                continue
            if read.quantities:
                if figures and at - last <= _APART:
                    figures[-1:] = self._part_and_whole(figures[-1], read.quantities[0], last, at)
                    figures += read.quantities[1:]
                else:
                    figures += read.quantities
            at = last = max(read.end, at + 1)
            self.before = _NOTHING
        return figures

    def _part_and_whole(
        self, part: Quantity, whole: Quantity, start: int, end: int
    ) -> tuple[Quantity, Quantity]:
        """Two figures with `start` to `end` between them: “two of the nine”, “one well in three”."""
        between = self.found[start:end]
        senses = {sense for item in between for sense in item.senses}
        if not senses & {"of", "in"} or any(item.key in _STOPS for item in between):
            return part, whole
        if {part.kind, whole.kind} - {Kind.NUMBER, Kind.PERCENT} or whole.kind is Kind.PERCENT:
            return part, whole
        if "of" in senses and part.value < whole.value:
            whole = replace(whole, whole=True)
        last = between[-1].senses
        if part.kind is Kind.NUMBER and 0 < part.value < whole.value <= 100 and "in" in last:
            share = replace(part, value=part.value / whole.value, others=(), sure=True)
            part = replace(part, others=(*part.others, share))
            whole = replace(whole, whole=whole.unit is None, others=(*whole.others, share))
        return part, whole

    def _at(self, at: int) -> dates.Reading | None:
        """What is read at item `at`, None if no figure begins there."""
        item = self.found[at]
        senses = item.senses
        if not senses and item.kind == "word":
            return self._roman(item, at)
        if not senses and item.kind == "mark" and item.key != "-":
            return None
        if item.kind in ("iso", "dmy"):
            solar = "solar" in self.words.options
            written = dates.written_date(item, solar=solar)
            return dates.Reading(written, at + 1) if written else self._digits_of(item, at)
        if item.kind == "code":
            return self._code(at)
        if "stop" in senses:
            return dates.Reading((), at + 1)
        if "relative" in senses:
            value = Fraction(senses["relative"])
            return dates.Reading((self._plain(Kind.RELATIVE, value, item, sure=False),), at + 1)
        if (time := dates.time_at(self.found, at, self.before.half)) is not None:
            return time
        if (dated := dates.date_at(self.found, at, self.words)) is not None:
            return dated
        if "vague" in senses and "number" not in senses:
            return self._vague(at)
        if "multiple" in senses:
            value = Fraction(senses["multiple"])
            return dates.Reading((self._plain(Kind.MULTIPLE, value, item),), at + 1)
        if "code-word" in senses:
            return self._named_code(at)
        if "ordinal" in senses:
            return self._ordinal(at)
        if "ordinal-mark" in senses and at + 1 < len(self.found):
            return self._marked_ordinal(at)
        start = self._opening(at)
        if start is None:
            return None
        return self._number(at, *start)

    # Codes

    def _code(self, at: int) -> dates.Reading | None:
        """“MH17”, “COVID-19”; not “mid-2023”, “Rs500” or “pre-1990”."""
        item = self.found[at]
        written = self.tokens.folded.text[item.start : item.end]
        match = re.match(r"([^\W\d_]+)(-?)(\d+)(.*)", item.key)
        assert match is not None  # the pattern of the token says so
        letters, hyphen, digits, rest = match.groups()
        entries = self.words.phrases.get(letters, ())
        senses = entries[-1][1] if entries and not entries[-1][0] else {}
        lower = written[0].islower() and hyphen != ""
        year = hyphen != "" and len(digits) == 4 and int(digits) in _YEARS and not rest
        if "currency" in senses or lower or (year and not written[: len(letters)].isupper()):
            cut = item.start + len(letters) + len(hyphen)
            number = Item("numeral", digits, cut, item.start + match.end(3), {})
            word = Item("word", letters, item.start, item.start + len(letters), senses)
            self.found[at : at + 1] = [word, number]
            return self._at(at)
        text = (letters + digits + rest).upper()
        quantity = Quantity(Kind.CODE, text=text, start=item.start, end=item.end)
        return dates.Reading((quantity,), at + 1)

    def _named_code(self, at: int) -> dates.Reading | None:
        """“resolution 2513”, “Hill 402”: the digits name a thing and count none."""
        index = at + 1
        while index < len(self.found) and index < at + 3 and self.found[index].key in ".:#-'":
            index += 1
        if index >= len(self.found) or self.found[index].kind != "numeral":
            return None
        number = self.found[index]
        after = self.found[index + 1] if index + 1 < len(self.found) else None
        if not number.key.isdigit() or (
            after is not None and after.senses.keys() & {"percent", "scale", "month"}
        ):
            return None
        quantity = Quantity(Kind.CODE, text=number.key, start=self.found[at].start, end=number.end)
        return dates.Reading((quantity,), index + 1)

    def _roman(self, item: Item, at: int) -> dates.Reading | None:
        if item.key[0] not in _ROMAN_LETTERS or len(item.key) < 2 or item.key in _NOT_ROMAN:
            return None
        if not self.tokens.folded.text[item.start : item.end].isupper():
            return None
        value = roman_value(item.key)
        if value is None:
            return None
        number = self._plain(Kind.NUMBER, Fraction(value), item, sure=len(item.key) > 2)
        ordinal = replace(number, kind=Kind.ORDINAL)
        return dates.Reading((replace(number, others=(ordinal,)),), at + 1)

    # Words that are figures of their own

    def _plain(self, kind: Kind, value: Fraction, item: Item, *, sure: bool = True) -> Quantity:
        return Quantity(kind, value, start=item.start, end=item.end, sure=sure)

    def _vague(self, at: int) -> dates.Reading:
        """“dozens”, “hundreds of thousands”, “several hundred”."""
        value, index, end = Fraction(self.found[at].senses["vague"]), at + 1, at + 1
        while index < len(self.found) and index - end < 2:
            senses = self.found[index].senses
            if "vague" in senses or "scale" in senses:
                factor = Fraction(senses.get("scale") or senses["vague"])
                if factor * value > 10**18:
                    break
                value, end = value * factor, index + 1
            elif not {"of", "fill"} & senses.keys() and self.found[index].key not in "-'":
                break
            index += 1
        tens = Fraction(10) if value < 100 else value
        span = Item("word", "", self.found[at].start, self.found[end - 1].end, {})
        return dates.Reading((self._plain(Kind.VAGUE, tens, span),), end)

    def _ordinal(self, at: int) -> dates.Reading:
        item = self.found[at]
        value = Fraction(item.senses["ordinal"])
        if "number" in item.senses:
            number = self._number(at, at, None, 1)
            if number is not None:
                return number
        sure = value > 1 and "doubt" not in item.senses and "unit" not in item.senses
        quantity = self._plain(Kind.ORDINAL, value, item, sure=sure)
        return dates.Reading((quantity,), at + 1)

    def _marked_ordinal(self, at: int) -> dates.Reading | None:
        """第二次."""
        if not is_numeric(self.found[at + 1]):
            return None
        total = add_up(self.found, at + 1, self.words)
        if total is None:
            return None
        span = Item("word", "", self.found[at].start, self.found[total.end - 1].end, {})
        quantity = self._plain(Kind.ORDINAL, total.value, span, sure=total.value > 1)
        return dates.Reading((quantity,), total.end)

    # Numbers

    def _opening(self, at: int) -> tuple[int, str | None, int] | None:
        """Where the number itself begins, the sense that stands before it, and its sign."""
        found, index, sign = self.found, at, 1
        before: str | None = None
        for _ in range(3):
            if index >= len(found):
                return None
            item = found[index]
            senses = item.senses
            if is_numeric(item):
                usable = item.kind == "numeral" or index > at or self._may_begin(index)
                return (index, before, sign) if usable else None
            glued = index + 1 < len(found) and found[index + 1].start == item.end
            if "currency" in senses and before is None:
                before = f"currency {senses['currency']}"
                if index + 1 < len(found) and found[index + 1].key == "." and glued:
                    index += 1
            elif senses.keys() & {"percent", "percent-before"} and before is None:
                if "percent-before" not in senses and not glued:
                    return None
                before = "percent"
            elif "minus" in senses:
                sign = -1
            elif item.key == "-" and glued and self._is_sign(index):
                sign = -1
            else:
                return None
            index += 1
        return None

    def _is_sign(self, at: int) -> bool:
        """Whether a hyphen before a number is a minus: nothing that it could join stands before."""
        item = self.found[at]
        text = self.tokens.folded.text
        before = text[item.start - 1] if item.start else " "
        if unspaced(before):  # 至-7℃, but not the name of a rocket
            behind = self.found[at + 2] if at + 2 < len(self.found) else None
            return behind is not None and (behind.kind == "degree" or "unit" in behind.senses)
        return not (before.isalnum() or before in ")]%°'\"") and not (
            at and before == " " and self.found[at - 1].kind == "numeral"
        )

    def _may_begin(self, at: int) -> bool:
        """Whether a word may be a number here; a single Han numeral needs what it counts."""
        senses = self.found[at].senses
        if "single" in senses:
            behind = self.found[at + 1] if at + 1 < len(self.found) else None
            return behind is not None and bool(
                behind.senses.keys() & {"counter", "unit", "scale", "currency", "over", "percent"}
            )
        return True

    def _number(self, at: int, start: int, before: str | None, sign: int) -> dates.Reading | None:
        """The number at `start`, with all that belongs to it from `at` on."""
        found = self.found
        if self._is_long(found[start]):
            digits = re.sub(r"\D", "", found[start].key)
            code = Quantity(Kind.CODE, text=digits, start=found[start].start, end=found[start].end)
            return dates.Reading((code,), start + 1)
        total = add_up(found, start, self.words, apart=self.before.between)
        if total is None:
            return None
        first, end = self._measured(at, total, before, sign)
        second = self._second(first, total, end)
        if second is None:
            quantities: tuple[Quantity, ...] = (first,)
            if total.more:
                quantities += tuple(replace(first, value=value) for value in total.more)
        else:
            quantities, end = second
        bounds = self._behind(end)
        return dates.Reading(tuple(self._bounded(each, bounds) for each in quantities), end)

    def _digits_of(self, item: Item, at: int) -> dates.Reading:
        """What looks like a date and is none: its numbers."""
        return dates.Reading(
            tuple(
                Quantity(Kind.NUMBER, Fraction(int(part)), start=item.start, end=item.end)
                for part in re.findall(r"\d+", item.key)
            ),
            at + 1,
        )

    def _is_long(self, item: Item) -> bool:
        return item.kind == "numeral" and len(item.key) > MOST_DIGITS

    def _measured(self, at: int, total: Sum, before: str | None, sign: int) -> tuple[Quantity, int]:
        """A sum with the unit, rate or mark behind it, and where all that ends."""
        found, end = self.found, total.end
        value = total.value * sign
        kind, unit = Kind.NUMBER, None
        if before is not None and before.startswith("currency "):
            unit = units.currency(before[9:])
        elif before == "percent":
            kind = Kind.PERCENT
        ordinal = False
        if kind is Kind.NUMBER:
            kind, unit, end, ordinal = self._mark_behind(total, unit)
        quantity = Quantity(
            kind,
            value,
            unit=unit,
            sure=total.sure,
            start=found[at].start,
            end=found[end - 1].end,
        )
        readings = [replace(quantity, value=other * sign) for other in total.others]
        if total.meter is not None and unit is None:
            readings.append(replace(quantity, value=total.meter, unit=units.measure("meter")))
        if kind is Kind.POINTS and total.word and "point-word" in found[end - 1].senses:
            readings.append(
                replace(quantity, kind=Kind.NUMBER)
            )  # “three points”, perhaps of a plan
        readings.extend(self._further(quantity, total))
        if ordinal:
            readings.append(replace(quantity, kind=Kind.ORDINAL))
        return replace(quantity, others=tuple(readings)), end

    def _further(self, quantity: Quantity, total: Sum) -> Iterator[Quantity]:
        """A time of day that is written with a point."""
        key = self.found[total.end - 1].key
        if total.plain and (match := re.fullmatch(r"([01]?\d|2[0-4])\.([0-5]\d)", key)):
            hour = int(match[1])
            half = "p" if hour > 12 else ""
            yield replace(
                quantity, kind=Kind.TIME, value=Fraction(hour * 60 + int(match[2])), half=half
            )

    def _mark_behind(self, total: Sum, unit: Unit | None) -> tuple[Kind, Unit | None, int, bool]:
        """The kind and unit that the items behind a number give it, and where they end."""
        found, end = self.found, total.end
        index = end
        glued = index < len(found) and found[index].start == found[end - 1].end
        if index < len(found) and found[index].key in ".-" and glued:
            point = found[index].key == "."
            index += 1
            spaced = index < len(found) and found[index].start > found[index - 1].end
            if point and total.plain and spaced and "dot-ordinal" in self.words.options:
                return Kind.NUMBER, unit, end, True
            if point and total.scale == 1:
                return Kind.NUMBER, unit, end, False
        while (
            total.scale >= 1000
            and index < len(found)
            and index - end < 3
            and (found[index].key == "'" or "of" in found[index].senses)
            and not found[index].senses.keys() & {"unit", "currency", "percent"}
        ):
            index += 1
        if index >= len(found):
            return Kind.NUMBER, unit, end, False
        senses = found[index].senses
        for sense, kind in (
            ("points", Kind.POINTS),
            ("percent", Kind.PERCENT),
            ("per-mille", Kind.PER_MILLE),
        ):
            if sense in senses:
                return kind, unit, index + 1, False
        if total.plain and glued and index == end:
            if "ordinal-suffix" in senses and unit is None:
                return Kind.ORDINAL, unit, index + 1, False
            if "decade-suffix" in senses and unit is None and total.value % 10 == 0:
                return Kind.DECADE, unit, index + 1, False
        if unit is None and "currency" in senses:
            return Kind.NUMBER, units.currency(senses["currency"]), index + 1, False
        if unit is None and found[index].kind == "degree":
            return Kind.NUMBER, _degree(found[index].key), index + 1, False
        if unit is None and "unit" in senses and not total.part:
            return Kind.NUMBER, units.measure(senses["unit"]), index + 1, False
        if unit is not None and "currency" in senses:  # “US$5 million dollars”, “Rs 5 rupees”
            return Kind.NUMBER, unit, index + 1, False
        return Kind.NUMBER, unit, end, False

    def _second(
        self, first: Quantity, total: Sum, end: int
    ) -> tuple[tuple[Quantity, ...], int] | None:
        """The range or the pair that `first` begins, and where it ends."""
        found, joint = self.found, end
        if joint >= len(found) or first.kind in (Kind.ORDINAL, Kind.DECADE):
            return None
        senses, key = found[joint].senses, found[joint].key
        slash = key == "/" and found[joint].start == found[joint - 1].end
        to = "to" in senses or key in "-~" or (self.before.between and "and" in senses)
        listed = "and" in senses or "or" in senses or key == ","
        if not (to or slash or listed) or joint + 1 >= len(found):
            return None
        opening = self._opening(joint + 1)
        if opening is None or self._is_long(found[opening[0]]):
            return None
        if dates.date_at(found, joint + 1, self.words) or dates.time_at(found, joint + 1, ""):
            return None
        behind = add_up(found, opening[0], self.words)
        if behind is None or behind.more:
            return None
        second, last = self._measured(joint + 1, behind, opening[1], opening[2])
        if slash:
            return self._slashed(first, total, second, behind, last)
        whole = _shared(first, total, second, behind)
        if not to:
            if whole == first:
                return None
            listed_first = replace(first, others=(*first.others, replace(whole, others=())))
            return (listed_first, self._bounded(second, self._behind(last), own=False)), last
        first = whole
        return self._ranged(first, second, last, total, key in "-~")

    def _ranged(
        self, first: Quantity, second: Quantity, last: int, total: Sum, hyphen: bool
    ) -> tuple[tuple[Quantity, ...], int] | None:
        """A range where the second value is the larger; else two figures."""
        year = hyphen and total.plain and first.value in _YEARS and first.unit is None
        if second.value <= first.value or year or first.kind != second.kind:
            return (first, second), last
        whole = replace(
            first, upper=second.value, end=second.end, unit=second.unit or first.unit, others=()
        )
        if self.before.from_:
            pair = (
                replace(first, others=(*first.others, whole)),
                replace(second, others=(*second.others, whole)),
            )
            return pair, last
        return (whole,), last

    def _slashed(
        self, first: Quantity, total: Sum, second: Quantity, behind: Sum, last: int
    ) -> tuple[tuple[Quantity, ...], int] | None:
        """“3/4”; in Persian and its like ۳/۵ is three and a half."""
        if not (total.plain and behind.value.denominator == 1 and behind.value > 0):
            return None
        digits = self.found[total.end + 1].key
        whole = replace(second, start=first.start, others=())
        if first.value.denominator != 1 or not digits.isdigit() or len(digits) > 4:
            return None
        fraction = replace(whole, value=first.value / behind.value)
        decimal = replace(whole, value=abs(first.value) + Fraction(int(digits), 10 ** len(digits)))
        if "slash-decimal" in self.words.options:
            return (replace(decimal, others=(fraction,)),), last
        if first.value < behind.value <= 100:
            return (fraction,), last
        return (first, second), last

    # Bounds

    def _behind(self, at: int) -> tuple[Bound, bool, int]:
        """The bound that stands behind a number, at most some words on, and where it ends."""
        bound, only, end = Bound.NONE, False, 0
        for index in range(at, min(at + _NEAR + 1, len(self.found))):
            item = self.found[index]
            if item.kind != "word" and not item.senses:
                if item.key in _STOPS or item.kind == "numeral":
                    break
                continue
            if "after" in item.senses:
                bound, end = Bound(item.senses["after"]), item.end
                break
            if "only-after" in item.senses:
                only, end = True, item.end
            if is_numeric(item) and "counter" not in item.senses:
                break
            if index + 1 < len(self.found) and "bound" in item.senses:
                break
        return bound, only, end

    def _bounded(
        self, quantity: Quantity, behind: tuple[Bound, bool, int], *, own: bool = True
    ) -> Quantity:
        """A quantity with the bound before it, else the one behind it."""
        before = self.before if own else _NOTHING
        bound = before.bound
        if bound in (Bound.NONE, Bound.ABOUT) and behind[0] is not Bound.NONE:
            bound = behind[0]
        elif before.during and quantity.unit is not None and quantity.unit.dimension in units.TIMES:
            bound = Bound.NONE
        only = before.only or behind[1]
        if quantity.kind not in _BOUNDED:
            return quantity
        others = tuple(
            replace(each, bound=bound, only=only) if each.kind in _BOUNDED else each
            for each in quantity.others
        )
        start = before.start if before.start is not None else quantity.start
        return replace(
            quantity,
            bound=bound,
            only=only,
            others=others,
            start=start if bound is before.bound or before.only else quantity.start,
            end=max(quantity.end, behind[2]),
        )


_BOUNDED = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.POINTS, Kind.PER_MILLE, Kind.VAGUE})


def _shared(first: Quantity, total: Sum, second: Quantity, behind: Sum) -> Quantity:
    """The first of two numbers with the scale and unit that only the second one names."""
    scale = behind.scale
    if total.scale == 1 and scale >= 12 and first.value * scale <= second.value:
        first = replace(first, value=first.value * scale)
    if first.unit is None and first.kind is Kind.NUMBER:
        first = replace(first, unit=second.unit, kind=second.kind, others=())
    return first


def _degree(key: str) -> Unit:
    letter = key.strip("° ")
    names = {"c": "celsius", "℃": "celsius", "f": "fahrenheit", "℉": "fahrenheit"}
    return units.measure(names.get(letter, "degree"))
