"""From a text to the figures in it: the one reader of quantities, for every language."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from briefings.check.fold import fold
from briefings.check.quantities.bounds import NOTHING, STOPS, Before, after, bounded
from briefings.check.quantities.codes import (
    FIRST_HAN,
    HAN_RUN,
    ROMAN_LETTERS,
    code_at,
    han_at,
    named_code_at,
    roman_at,
)
from briefings.check.quantities.counts import count_at, digits_of
from briefings.check.quantities.dates import date_at, written_date
from briefings.check.quantities.hours import time_at
from briefings.check.quantities.items import Item, Pieces, holds_figure, items_of
from briefings.check.quantities.lexicon import has_unspaced, lexicon
from briefings.check.quantities.quantity import Bound, Kind, Quantity, Reading
from briefings.check.quantities.sums import add_up, is_numeric
from briefings.check.quantities.tokens import RAISED, SIGNS, Tokens, comparable, tokenize, words_of
from briefings.check.quantities.units import measure
from briefings.core.languages import primary

_MOST_NUMBERED = 100
_NOON = 720  # minutes
_ESTIMATED = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.POINTS})
_YEARS = range(1000, 2200)
_APART = 6  # items between a part and its whole, “twelve of the EU’s 27”
_LONGEST_SHOWN = 40
_SENTENCE_STOPS = frozenset(".;:!?؛؟。；")
# Digits and signs for numbers; Roman numbers. Each begins with a class of characters, for which a
# search is quick.
_DIGIT = re.compile(rf"[\d{SIGNS}{RAISED}]")
_ROMAN = re.compile(r"[IVXLCDM](?<![^\W\d_].)[IVXLCDM]")
# What a word or a mark means that is a figure, or the first word of one.
_BEGINNING = frozenset(
    {
        *("number", "scale", "fraction", "ordinal", "ordinal-mark", "numbered", "half-past"),
        *("weekday", "month", "month-short", "solar-month", "moment", "relative"),
        *("vague", "multiple", "majority", "plus-half", "code-word", "stop"),
        *("currency", "percent", "percent-before", "minus", "span", "span-perhaps"),
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
    if "clock-24" in pieces.words.options and senses.isdisjoint({"half-day", "part-of-day"}):
        figures = [_of_24_hours(each, pieces.folded) for each in figures]
    return figures


def _estimated(figure: Quantity) -> Quantity:
    """A figure that is about as much, or just as much, by somebody's estimate."""
    if figure.bound is not Bound.NONE or figure.kind not in _ESTIMATED:
        return figure
    about = replace(figure, bound=Bound.ABOUT, others=())
    return replace(figure, others=(*figure.others, about))


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


def _may_hold_any(text: str, language: str) -> bool:
    """Whether there is a digit, a sign or a word that is a figure by itself."""
    folded = fold(text).text
    if _DIGIT.search(folded) or _ROMAN.search(folded) or has_unspaced(folded):
        return True
    words, written = lexicon(language), words_of(comparable(folded))
    if not words.telling.isdisjoint(written):
        return True
    if words.parts is None and not words.prefixes:
        return False
    return any(holds_figure(each, language) for each in written)


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
    at = last = 0  # `last` is the index of the first item behind the figure before
    every = False  # whether that is a number of “every three”
    while at < len(items):
        item = items[at]
        if before is NOTHING and _is_mere(item):
            at += 1
            continue
        if _is_article(items, at):  # “apenas un 12 %”
            at += 1
            continue
        if figures and at == last and "span-perhaps" in item.senses:  # “400 a day”
            at += 1
            continue
        read = None if _is_mere(item) else _at(pieces, at, before)
        if read is None:
            if item.senses or before is not NOTHING:
                before = before.notice(item)
            at += 1
            continue
        if read.quantities:
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
    return figures


def _is_article(items: list[Item], at: int) -> bool:
    """Whether a word for one stands before digits, and so counts nothing itself."""
    one = items[at].senses.get("number") == "1" and items[at].kind == "word"
    return one and at + 1 < len(items) and items[at + 1].kind == "numeral"


def _is_mere(item: Item) -> bool:
    """Whether an item is a word that means nothing, without Roman or Han numerals in it."""
    kind, word, _, _, senses = item
    if senses or kind != "word":
        return False
    if word.isascii():
        return not ROMAN_LETTERS.issuperset(word)
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
    if "of" in senses and part.value < whole.value and whole.unit is None:
        whole = replace(whole, whole=True)
    in_front = one_every or (bool(between) and "in" in between[-1].senses)  # not “هر دو یک گروه”
    counted = in_front and whole.value.denominator == 1  # no share in “einen von 5,62 Metern”
    if counted and part.kind is Kind.NUMBER and 0 < part.value < whole.value <= 100:
        share = replace(part, value=part.value / whole.value, others=(), sure=True)
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
    near = whole.end < part.start and whole.value < _YEARS.start  # no part in “since 1990 a third”
    return plain and near and whole.value.denominator == 1 and 0 < part.value < 1


def _at(pieces: Pieces, at: int, before: Before) -> Reading | None:
    """What is read at item `at`, None if no figure begins there."""
    item = pieces.items[at]
    if not item.senses and item.kind == "word":
        return roman_at(pieces, at) or han_at(pieces, at)
    if item.kind in ("word", "mark") and item.key != "-" and _BEGINNING.isdisjoint(item.senses):
        return None
    if item.kind in ("iso", "dmy"):
        written = written_date(item, pieces.words)
        return Reading(written, at + 1) if written else digits_of(item, at)
    if item.kind == "code":
        return code_at(pieces, at) or _at(pieces, at, before)  # the code may be a mere number
    if "stop" in item.senses:
        return Reading((), at + 1)
    return (
        time_at(pieces.items, at, before.half)
        or date_at(pieces.items, at, pieces.words)
        or _word_at(pieces, at, before)
        or count_at(pieces, at, before)
        or _share_at(pieces, at)
        or _ordinal_at(pieces, at, before)
    )


def _word_at(pieces: Pieces, at: int, before: Before) -> Reading | None:
    """The figures that are a word or two: “yesterday”, “dozens”, “doubled”, “resolution 2513”."""
    item = pieces.items[at]
    senses = item.senses
    for sense, kind in (("moment", Kind.TIME), ("relative", Kind.RELATIVE)):
        if sense in senses:
            read = _single(kind, Fraction(senses[sense]), item, item, at + 1, sure=False)
            half = "" if kind is Kind.RELATIVE else "p" if senses[sense] == "720" else "a"
            return Reading((replace(read.quantities[0], half=half),), read.end)
    if "span" in senses or "span-perhaps" in senses:
        return _span(pieces, at)
    if "vague" in senses and "number" not in senses:
        return _vague(pieces, at)
    if "multiple" in senses:
        return _multiple(pieces, at, before)
    if "code-word" in senses:
        return named_code_at(pieces, at)
    if "numbered" in senses:
        return _numbered(pieces, at)
    if "ordinal-mark" in senses:
        return _marked_ordinal(pieces, at)
    return None


def _span(pieces: Pieces, at: int) -> Reading:
    """“a fortnight”, “半年”: a number of a unit without either; the sense is such as `14 day`."""
    item, end = pieces.items[at], at + 1
    sure = "span" in item.senses
    count, unit = item.senses["span" if sure else "span-perhaps"].split()
    value = Fraction(count)
    if "plus-half" in pieces.senses(end):  # “سنتين ونصف”
        value += Fraction(pieces.senses(end)["plus-half"] or "1/2")
        end += 1
    last = pieces.items[end - 1]
    read = _single(Kind.NUMBER, value, item, last, end, sure=sure).quantities[0]
    return Reading((replace(read, unit=measure(unit)),), end)


def _share_at(pieces: Pieces, at: int) -> Reading | None:
    """“most”, which is more than half, and “…, and half of the schools”."""
    item = pieces.items[at]
    if "majority" in item.senses:
        half = Quantity(Kind.NUMBER, Fraction(1, 2), bound=Bound.MORE, sure=False)
    elif "plus-half" in item.senses:
        half = Quantity(Kind.NUMBER, Fraction(item.senses["plus-half"] or "1/2"), sure=False)
    else:
        return None
    return Reading((replace(half, start=item.start, end=item.end),), at + 1)


def _single(
    kind: Kind, value: Fraction, first: Item, last: Item, end: int, *, sure: bool = True
) -> Reading:
    return Reading((Quantity(kind, value, start=first.start, end=last.end, sure=sure),), end)


def _vague(pieces: Pieces, at: int) -> Reading:
    """“dozens”, “hundreds of thousands”, “several hundred”; tens and dozens are one."""
    items, value, index, end = pieces.items, Fraction(1), at, at
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


def _ordinal_at(pieces: Pieces, at: int, before: Before) -> Reading | None:
    """“third”; “first” and “second” are as often no ordinal, and need not be carried."""
    item = pieces.items[at]
    if "ordinal" not in item.senses:
        return None
    value = Fraction(item.senses["ordinal"])
    if at and "every" in pieces.senses(at - 1) and 1 < value <= 100:  # “jeder dritte”
        ordinal = Quantity(Kind.ORDINAL, value, start=item.start, end=item.end)
        share = replace(ordinal, kind=Kind.NUMBER, value=1 / value, others=(ordinal,))
        told = bounded(share, before, after(pieces, at + 1))  # “fast jeder dritte”
        share = told if told.bound is Bound.NONE else replace(told, others=())
        return Reading((replace(share, sure="unit" not in item.senses),), at + 1)
    sure = value > 1 and item.senses.keys().isdisjoint({"doubt", "unit"})
    return _single(Kind.ORDINAL, value, item, item, at + 1, sure=sure)


def _multiple(pieces: Pieces, at: int, before: Before) -> Reading:
    """“doubled”; what is halved is a half as well: “fell by half”."""
    item = pieces.items[at]
    factor = Fraction(item.senses["multiple"])
    read = _single(Kind.MULTIPLE, factor, item, item, at + 1).quantities[0]
    if factor < 1:
        read = replace(read, others=(replace(read, kind=Kind.NUMBER),))
    return Reading((bounded(read, before, after(pieces, at + 1)),), at + 1)


def _numbered(pieces: Pieces, at: int) -> Reading | None:
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
    return Reading((replace(count, others=(ordinal,)),), total.end)


def _marked_ordinal(pieces: Pieces, at: int) -> Reading | None:
    """第二次."""
    items = pieces.items
    if at + 1 >= len(items) or not is_numeric(items[at + 1]):
        return None
    total = add_up(items, at + 1, pieces.words)
    if total is None:
        return None
    sure = total.value > 1
    return _single(Kind.ORDINAL, total.value, items[at], items[total.end - 1], total.end, sure=sure)
