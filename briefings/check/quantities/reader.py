"""From a text to the figures in it: the one reader of quantities, for every language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from briefings.check.quantities.bounds import NOTHING, Before, after, bounded
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
from briefings.check.quantities.neighbours import by_neighbours, in_context, is_age, part_and_whole
from briefings.check.quantities.quantity import Kind, Quantities, Quantity, Unit
from briefings.check.quantities.tokens import RAISED, SIGNS, Item, comparable, tokenize, words_of
from briefings.check.quantities.worded import ordinal_at, share_at, word_at
from briefings.check.quotes.fold import Folded, fold, folded_text
from briefings.core.languages import primary
from briefings.core.values import replace

_APART = 6  # items between a part and its whole, “twelve of the EU’s 27”
_LONGEST_SHOWN = 40
# Digits and signs for numbers; Roman numbers. Each begins with a class of characters, for which a
# search is quick.
_DIGITS = re.compile(rf"\d+[{SIGNS}{RAISED}]*|[{SIGNS}{RAISED}]+")  # “5½” is one, “½5” two
_ANY_DIGIT = re.compile(rf"[\d{SIGNS}{RAISED}]")
_ROMAN = re.compile(r"[IVXLCDM](?<![^\W\d_].)[IVXLCDM]")
# What may tell by its capitals what it is: a code, “MD-80” or “H5S”, and Roman numbers, “XIXe”.
_CAPITALS = re.compile(
    r"[\dIVXLCDM](?:(?<=[^\W\d_]-\d)|(?<=\d)S"
    r"|(?<![^\W\d_].)(?<!\d)[IVXLCDM]*(?:er?|re)?(?![^\W\d_]))"
)
# What a word or a mark means that is a figure, or the first word of one.
_BEGINNING = frozenset(
    {
        *("number", "scale", "fraction", "ordinal", "ordinal-mark", "numbered", "half-past"),
        *("weekday", "month", "month-short", "solar-month", "moment", "relative"),
        *("relative-week", "relative-week-end", "relative-month", "relative-year", "that-day"),
        *("vague", "multiple", "majority", "plus-half", "plus-before", "code-word", "stop"),
        *("currency", "percent", "percent-before", "minus", "span", "span-perhaps"),
        *("era", "decade", "repeated", "year-from"),
    }
)


class _Gap(NamedTuple):
    """What stands between two figures, and whether the first is a number of “every three”."""

    items: list[Item]
    every: bool


def read(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities of `text` in order; linear in its length.

    `language` is a BCP 47 code; of one without a lexicon, digits and signs are read.
    """
    return _read(text, primary(language))


@lru_cache(maxsize=4096)
def _read(text: str, language: str) -> tuple[Quantity, ...]:
    folded = fold(text)
    written = folded.text
    # The rules of words read a text in lower case: there and here it holds the same figures.
    lower = written.lower()
    if lower != written and len(lower) == len(written) and _CAPITALS.search(written) is None:
        written = lower
    return tuple([_shown(each, folded) for each in _figures(written, language)])


@lru_cache(maxsize=4096)
def _figures(written: str, language: str) -> tuple[Quantity, ...]:
    """The figures of a folded text, each at its place there."""
    if not _may_hold_any(written, language):
        return ()
    words = lexicon(language)
    pieces = Pieces(items_of(tokenize(written), words, written), words, written)
    same = Folded(written, written)
    return tuple([_shown(each, same) for each in in_context(_quantities(pieces), pieces)])


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


def _may_hold_any(folded: str, language: str) -> bool:
    """Whether there is a digit, a sign or a word that is a figure by itself."""
    lowered = folded.replace("İ", "i").lower()
    return (
        _ANY_DIGIT.search(lowered) is not None
        or _ROMAN.search(folded) is not None
        or count_at_most(lowered, language) > 0
    )


def may_be_roman(text: str) -> bool:
    """Whether a text has capitals that may be a number."""
    return _ROMAN.search(folded_text(text)) is not None


def _shown(quantity: Quantity, folded: Folded) -> Quantity:
    """A quantity with its place in the text as it was before folding."""
    first, last = folded.original_range(quantity.start, quantity.end)
    shown = folded.original[first:last].strip()
    if len(shown) > _LONGEST_SHOWN:
        shown = f"{shown[:_LONGEST_SHOWN]}…"
    if quantity.shown == shown and quantity.start == first and quantity.end == last:
        return quantity  # as most are in a text that is folded to itself
    others = tuple([replace(each, shown=shown, start=first, end=last) for each in quantity.others])
    return replace(quantity, shown=shown, start=first, end=last, others=others)


def _quantities(pieces: Pieces) -> list[Quantity]:
    """All figures in order, each with what stands before it and bounds it."""
    items, before = pieces.items, NOTHING
    figures: list[Quantity] = []
    mere = [not item.senses and item.kind == "word" and _is_mere(item.key) for item in items]
    mere.append(False)
    at = last = 0  # `last` is the index of the first item behind the figure before
    every = False  # whether that is a number of “every three”
    aside: _Gap | None = None  # what stands before it, if it is an age
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
                aside = _join(figures, read.quantities, _Gap(items[last:at], every), aside)
            else:
                figures += read.quantities
                aside = None
            every = at > 0 and "every" in items[at - 1].senses
        at = last = max(read.end, at + 1)
        before = NOTHING
        end = read.quantities[-1].end if read.quantities else 0
        while at < len(items) and items[at].start < end:  # “douze candidats seulement sur 80”
            at += 1
    return by_neighbours(figures, pieces)


def _of_each(figure: Quantity, unit: Unit) -> Quantity:
    others = tuple(replace(each, each=unit) for each in figure.others)
    return replace(figure, each=unit, others=others)


def _goes_on(figure: Quantity, item: Item) -> bool:
    """Whether the item behind a figure is of it: “400 *a day*”, “$5 *short of* the $9”."""
    compares = figure.kind is Kind.MULTIPLE and "bound" in item.senses
    return compares or not item.senses.keys().isdisjoint({"span-perhaps", "lacking"})


def _join(
    figures: list[Quantity], new: tuple[Quantity, ...], gap: _Gap, aside: _Gap | None
) -> _Gap | None:
    """Add new figures to those of a text, the first as a part of the one before, or as its whole.

    An age between the two is passed over, “one child *under five* in four”. That needs what stands
    before it, `aside`; what stands before the first is returned, if that is an age itself.
    """
    first, *others = new
    if aside is not None and _passes_over(figures[-1], first, gap, aside):
        age = figures.pop()
        part, *whole = part_and_whole(figures[-1], first, aside.items + gap.items, aside.every)
        figures[-1:] = [part, age, *whole, *others]
        return None
    figures[-1:] = [*part_and_whole(figures[-1], first, gap.items, gap.every), *others]
    return gap if gap.items and is_age(first) else None


def _passes_over(age: Quantity, figure: Quantity, gap: _Gap, aside: _Gap) -> bool:
    """Whether a figure is a part or a whole beside an age; “fewer than one in two” holds none."""
    inside = bool(gap.items) and "in" in gap.items[-1].senses
    return aside.every or (inside and (age.unit is not None or age.value >= figure.value))


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
        _time_at(pieces, at, before)
        or date_at(pieces.items, at, pieces.words)
        or word_at(pieces, at, before)
        or count_at(pieces, at, before)
        or share_at(pieces, at)
        or ordinal_at(pieces, at, before)
    )


def _time_at(pieces: Pieces, at: int, before: Before) -> Quantities | None:
    """The time of day at item `at`; what may be so many hours has the bound of a number."""
    found = time_at(pieces.items, at, before.half)
    if found is None or not any(each.others for each in found.quantities):
        return found
    behind = after(pieces, found.end)
    times = (
        replace(each, others=tuple(bounded(other, before, behind) for other in each.others))
        for each in found.quantities
    )
    return Quantities(tuple(times), found.end)
