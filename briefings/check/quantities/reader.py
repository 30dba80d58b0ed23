"""From a text to the figures in it: the one reader of quantities, for every language."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from briefings.check.fold import folded_text
from briefings.check.quantities.bounds import NOTHING, STOPS, Before
from briefings.check.quantities.codes import (
    FIRST_HAN,
    HAN_RUN,
    ROMAN_LETTERS,
    code_at,
    han_at,
    roman_at,
)
from briefings.check.quantities.counts import count_at, digits_of
from briefings.check.quantities.dates import date_at, written_date
from briefings.check.quantities.hours import time_at
from briefings.check.quantities.items import Pieces, hold_figure, items_of
from briefings.check.quantities.lexicon import has_unspaced, lexicon
from briefings.check.quantities.marks import each_before, each_behind
from briefings.check.quantities.quantity import YEARS, Bound, Kind, Quantities, Quantity, Unit
from briefings.check.quantities.tokens import (
    RAISED,
    SIGNS,
    Item,
    Tokens,
    comparable,
    tokenize,
    words_of,
)
from briefings.check.quantities.worded import ordinal_at, share_at, word_at
from briefings.core.languages import primary

_MOST_NUMBERED = 100
_NOON = 720  # minutes
_LARGE = 100_000
_ESTIMATED = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.POINTS})
_SOON = 30  # characters between a percentage and a bare number that may be another
_FAR = 60  # and between a measure and a bare number behind a “from” or “to”
_RATES = frozenset({Kind.PERCENT, Kind.POINTS, Kind.PER_MILLE})
_MEASURED = _RATES | {Kind.NUMBER}
_ENDS = frozenset({"from", "to", "moved-to"})
_COMMAS = frozenset(",،，、")
_FROM_BELOW = frozenset({Bound.AT_LEAST, Bound.MORE})
_FROM_ABOVE = frozenset({Bound.AT_MOST, Bound.FEWER})
_APART = 6  # items between a part and its whole, “twelve of the EU’s 27”
_LONGEST_SHOWN = 40
_SENTENCE_STOPS = frozenset(".;:!?؛؟。；")
# Digits and signs for numbers; Roman numbers. Each begins with a class of characters, for which a
# search is quick.
_DIGITS = re.compile(rf"\d+[{SIGNS}{RAISED}]*|[{SIGNS}{RAISED}]+")  # “5½” is one, “½5” two
_ANY_DIGIT = re.compile(rf"[\d{SIGNS}{RAISED}]")
_ROMAN = re.compile(r"[IVXLCDM](?<![^\W\d_].)[IVXLCDM]")
# What a word or a mark means that is a figure, or the first word of one.
_BEGINNING = frozenset(
    {
        *("number", "scale", "fraction", "ordinal", "ordinal-mark", "numbered", "half-past"),
        *("weekday", "month", "month-short", "solar-month", "moment", "relative"),
        *("vague", "multiple", "majority", "plus-half", "plus-before", "code-word", "stop"),
        *("currency", "percent", "percent-before", "minus", "span", "span-perhaps"),
        *("era", "decade"),
    }
)


@lru_cache(maxsize=4096)
def read(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities of `text` in order; linear in its length.

    `language` is a BCP 47 code; of one without a lexicon, digits and signs are read.
    """
    words = lexicon(primary(language))
    if not _may_hold_any(text, primary(language)):
        return ()
    tokens = tokenize(text)
    folded = tokens.folded.text
    pieces = Pieces(items_of(tokens.pieces, words, folded), words, folded)
    figures = _in_context(_quantities(pieces), pieces)
    return tuple(_shown(each, tokens) for each in figures)


def _in_context(figures: list[Quantity], pieces: Pieces) -> list[Quantity]:
    """Figures with what words anywhere in their text make of them: estimates, and hours of day."""
    senses = {sense for item in pieces.items for sense in item.senses}
    if "estimate" in senses:
        figures = [_estimated(each) for each in figures]
    units = {each.unit for each in figures if each.unit and each.unit.dimension == "currency"}
    if len(units) == 1:
        figures = [_priced(each, *units) for each in figures]
    if "clock-24" in pieces.words.options and senses.isdisjoint({"half-day", "part-of-day"}):
        figures = [_of_24_hours(each, pieces.folded) for each in figures]
    return figures


def _estimated(figure: Quantity) -> Quantity:
    """A figure that is about as much, or just as much, by somebody's estimate."""
    if figure.bound is not Bound.NONE or figure.kind not in _ESTIMATED:
        return figure
    about = replace(figure, bound=Bound.ABOUT, others=())
    return replace(figure, others=(*figure.others, about))


def _priced(figure: Quantity, unit: Unit) -> Quantity:
    """A large number, perhaps of the one currency that its text names: “$3m, from 4.1 million”."""
    if figure.unit is not None or figure.kind is not Kind.NUMBER or figure.value < _LARGE:
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


def count_at_most(text: str, language: str) -> int:
    """How many figures a text in lower case may hold; of many in one word only that they are more.

    Each has a run of digits or signs of its own, or a word that is a figure by itself. Roman
    numbers are no figures in lower case.
    """
    words, written = lexicon(primary(language)), words_of(comparable(text))
    count = len(_DIGITS.findall(text))
    if not words.telling.isdisjoint(written):
        count += sum(word in words.telling for word in written)
    if has_unspaced(text) or hold_figure(written, words):
        return max(count, 2)  # several may be written in one word
    return count


def _may_hold_any(text: str, language: str) -> bool:
    """Whether there is a digit, a sign or a word that is a figure by itself."""
    folded = folded_text(text)
    lowered = folded.replace("İ", "i").lower()
    return (
        _ANY_DIGIT.search(lowered) is not None
        or _ROMAN.search(folded) is not None
        or count_at_most(lowered, language) > 0
    )


def may_be_roman(text: str) -> bool:
    """Whether a text has capitals that may be a number."""
    return _ROMAN.search(folded_text(text)) is not None


def _shown(quantity: Quantity, tokens: Tokens) -> Quantity:
    """A quantity with its place in the text as it was before folding."""
    shown = tokens.shown(quantity.start, quantity.end)
    first, last = tokens.folded.original_range(quantity.start, quantity.end)
    if len(shown) > _LONGEST_SHOWN:
        shown = f"{shown[:_LONGEST_SHOWN]}…"
    others = tuple(replace(each, shown=shown, start=first, end=last) for each in quantity.others)
    return replace(quantity, shown=shown, start=first, end=last, others=others)


def _quantities(pieces: Pieces) -> list[Quantity]:
    """All figures in order, each with what stands before it and bounds it."""
    items, figures, before = pieces.items, list[Quantity](), NOTHING
    mere = [not item.senses and item.kind == "word" and _is_mere(item.key) for item in items]
    mere.append(False)
    at = last = 0  # `last` is the index of the first item behind the figure before
    every = False  # whether that is a number of “every three”
    while at < len(items):
        if before is NOTHING:  # nothing that mere words could end
            at = mere.index(False, at)
            if at == len(items):
                break
        item = items[at]
        if _is_article(items, at):  # “apenas un 12 %”
            at += 1
            continue
        if figures and at == last and _goes_on(figures[-1], item):
            at += 1
            continue
        read = None if mere[at] else _at(pieces, at, before)
        if len(mere) == len(items):  # a number was cut from its word
            mere.insert(at + 1, False)
        if read is None:
            if item.senses or before is not NOTHING:
                before = before.notice(item)
            at += 1
            continue
        if read.quantities:
            per = each_behind(pieces, max(read.end, at + 1)) or each_before(pieces, at)
            if per is not None:
                read = read._replace(
                    quantities=tuple(_of_each(one, per) for one in read.quantities)
                )
            if figures and at - last <= _APART:
                between = items[last:at]
                figures[-1:] = _part_and_whole(figures[-1], read.quantities[0], between, every)
                figures += read.quantities[1:]
            else:
                figures += read.quantities
            every = at > 0 and "every" in items[at - 1].senses
        at = last = max(read.end, at + 1)
        before = NOTHING
        end = read.quantities[-1].end if read.quantities else 0
        while at < len(items) and items[at].start < end:  # “douze candidats seulement sur 80”
            at += 1
    return _with_ranges(_with_sums(_with_units(_with_rates(figures), pieces), pieces), pieces)


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
        value = large.value * first.factor + small.value * second.factor
        total = replace(large, value=value, unit=replace(first, factor=Fraction(1)), others=())
        whole[at] = replace(large, others=(*large.others, total))
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


def _with_rates(figures: list[Quantity]) -> list[Quantity]:
    """Figures, decimals soon behind a percentage as perhaps one too: “6.2 per cent, from 7.1”."""
    rate: Quantity | None = None
    for at, figure in enumerate(figures):
        if figure.kind is Kind.PERCENT:
            rate = figure
        decimal = _is_bare(figure) and figure.value.denominator != 1
        if rate and decimal and figure.start - rate.end < _SOON:
            perhaps = replace(figure, kind=Kind.PERCENT, others=())
            figures[at] = replace(figure, others=(*figure.others, perhaps))
    return figures


def _with_units(figures: list[Quantity], pieces: Pieces) -> list[Quantity]:
    """Figures, bare ones behind a “from” or “to” as perhaps of the unit of the one beside them.

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
        if measured and _is_an_end(figure, pieces.items):
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
    """Whether a word like “from” or “to” stands before a figure."""
    at = bisect_left(items, figure.start, key=lambda item: item.start)
    return at > 0 and not _ENDS.isdisjoint(items[at - 1].senses)


def _of_each(figure: Quantity, unit: Unit) -> Quantity:
    others = tuple(replace(each, each=unit) for each in figure.others)
    return replace(figure, each=unit, others=others)


def _goes_on(figure: Quantity, item: Item) -> bool:
    """Whether the item behind a figure is of it: “400 *a day*”, “twice *as much as* in May”."""
    compares = figure.kind is Kind.MULTIPLE and "bound" in item.senses
    return compares or "span-perhaps" in item.senses


def _is_article(items: list[Item], at: int) -> bool:
    """Whether a word for one stands before digits, and so counts nothing itself."""
    is_one = items[at].senses.get("number") == "1" and items[at].kind == "word"
    return is_one and at + 1 < len(items) and items[at + 1].kind == "numeral"


@lru_cache(maxsize=4096)
def _is_mere(word: str) -> bool:
    """Whether a word that means nothing holds no Roman or Han numerals either."""
    if word.isascii():
        return not ROMAN_LETTERS.issuperset(word.rstrip("er"))
    return max(word) < FIRST_HAN or HAN_RUN.search(word) is None


def _part_and_whole(
    part: Quantity, whole: Quantity, between: list[Item], every: bool
) -> tuple[Quantity, ...]:
    """Two figures with what stands between them: “two of the nine”, “one well in three”.

    With `every` the whole stands first, “of every three wells one”.
    """
    if not between and _mixed(part, whole):  # “3 1/2”
        return (replace(whole, value=part.value + whole.value, start=part.start, others=()),)
    senses = {sense for item in between for sense in item.senses}
    share_of = every or "per" in senses  # 每八名成年人中就有一人
    if "out-of" in senses and not share_of and whole.value < part.value and part.unit is None:
        # 3人のうち2人
        share = replace(whole, value=whole.value / part.value, others=(), sure=True)
        if part.value <= _MOST_NUMBERED and part.value.denominator == 1:
            whole = replace(whole, others=(*whole.others, share))
        return replace(part, whole=True), whole
    if every and not any(item.key in _SENTENCE_STOPS for item in between):
        senses.add("per")
    elif any(item.key in STOPS for item in between):
        return part, whole
    one_every = bool(between) and "every" in between[-1].senses and whole.unit is None
    if not (senses & {"of", "in", "per"} or one_every):
        return part, whole
    if part.kind not in (Kind.NUMBER, Kind.PERCENT) or whole.kind is not Kind.NUMBER:
        return part, whole
    # “un retén de veintiséis brigadistas” is one that has so many
    holds = not part.sure and any(not item.senses and item.kind == "word" for item in between)
    if "of" in senses and part.value < whole.value and whole.unit is None and not holds:
        whole = replace(whole, whole=True)
    in_front = one_every or (bool(between) and "in" in between[-1].senses)  # not “هر دو یک گروه”
    counted = in_front and whole.value.denominator == 1  # no share in “einen von 5,62 Metern”
    if counted and part.kind is Kind.NUMBER and 0 < part.value < whole.value <= 100:
        share = replace(part, value=part.value / whole.value, others=(), sure=True)
        if part.sure and (
            one_every or "rate" in senses
        ):  # “two in five schools” are not two schools
            return share, replace(whole, whole=whole.unit is None, others=(*whole.others, share))
        first, second = (part, share) if part.sure else (share, replace(part, others=()))
        part = replace(first, others=(*part.others, second))
        whole = replace(whole, whole=whole.unit is None, others=(*whole.others, share))
    if "per" in senses and 0 < whole.value < part.value <= 100:  # 4人に1人
        share = replace(whole, value=whole.value / part.value, others=(), sure=True)
        part = replace(part, whole=part.unit is None)
        return tuple(replace(each, others=(*each.others, share)) for each in (part, whole))
    return part, whole


def _mixed(whole: Quantity, part: Quantity) -> bool:
    """Whether a whole number and a fraction behind it are one number."""
    plain = whole.kind is part.kind is Kind.NUMBER and whole.unit is None
    near = whole.end < part.start and whole.value < YEARS.start  # no part in “since 1990 a third”
    return plain and near and whole.value.denominator == 1 and 0 < part.value < 1


def _at(pieces: Pieces, at: int, before: Before) -> Quantities | None:
    """What is read at item `at`, None if no figure begins there."""
    item = pieces.items[at]
    if not item.senses and item.kind == "word":
        return roman_at(pieces, at) or han_at(pieces, at)
    if item.kind in ("word", "mark") and item.key != "-" and _BEGINNING.isdisjoint(item.senses):
        return None
    if item.kind in ("iso", "dmy"):
        written = written_date(item, pieces.words)
        return Quantities(written, at + 1) if written else digits_of(item, at)
    if item.kind == "code":
        return code_at(pieces, at) or _at(pieces, at, before)  # the code may be a mere number
    if "stop" in item.senses:
        return Quantities((), at + 1)
    return (
        time_at(pieces.items, at, before.half)
        or date_at(pieces.items, at, pieces.words)
        or word_at(pieces, at, before)
        or count_at(pieces, at, before)
        or share_at(pieces, at)
        or ordinal_at(pieces, at, before)
    )
