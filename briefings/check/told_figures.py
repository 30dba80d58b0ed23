"""Figures that their quotes carry in other words: “all but two”, a minimum age, a pair."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from briefings.check.elapsed import part_of_a_year
from briefings.check.figure_texts import Stated
from briefings.check.quantities.compare import SIDED, Carriers, Deviation, FigureFinding
from briefings.check.quantities.lexicon import lexicon
from briefings.check.quantities.quantity import Bound, Kind, Quantity
from briefings.check.quantities.units import TIMES, measure, same_unit
from briefings.check.wording.amounts import leaves, tells_none, tells_the_rest
from briefings.check.wording.clauses import Reading, reading_of
from briefings.check.wording.content_words import stems
from briefings.check.wording.opposites import falls, told_instead
from briefings.check.wording.other_names import CAPITAL_NOUNS
from briefings.check.wording.voice import keeps
from briefings.check.words.senses import Sense
from briefings.core.languages import primary
from briefings.core.model import Evidence

_WORD = re.compile(r"\s+([^\W\d_]+)")
_LAST = re.compile(r"[^\W\d_]+(?=\s+$)")
_IN_A_LIST = re.compile(r"[^\W\d_][\w'’-]*|[^\s\w]")
# What is behind the “and” of one name: Bosnia and Herzegovina, Trinidad and Tobago.
_OF_ONE_NAME = re.compile("Her[cz]egov|Герцегов|Tobago|Тобаго|Barbud|Барбуд|Nevis|Невис|Gr[ae]nad")
_LEFT_OUT = frozenset({Bound.ABOUT, Bound.NEAR, Bound.AT_LEAST, Bound.MORE, Bound.JUST_OVER})
_DUAL = 4  # letters of a word that has the ending of a dual by more than chance
_BELOW = frozenset({Bound.FEWER, Bound.AT_LEAST})
_RATES = frozenset({Kind.PERCENT, Kind.POINTS, Kind.PER_MILLE})
_FEW = range(2, 10)  # names that are counted at a glance
_ONE_AND_A_HALF = Fraction(3, 2)


def is_in_other_words(
    text: Stated,
    language: str,
    figure: Quantity,
    finding: FigureFinding,
    *,
    figures: tuple[Quantity, ...],
    carriers: Carriers,
) -> bool:
    """Whether a figure says what its quotes say, for all that it differs in from theirs.

    Args:
        text: The text.
        language: That of its form.
        figure: The figure.
        finding: In what it differs from the nearest that its quotes carry.
        figures: All of the text.
        carriers: What its quotes carry.
    """
    match finding.difference:
        case Deviation.NOTHING:
            return True
        case Deviation.WHOLE if _has_a_part(figure, figures) or _is_of_none(text, language):
            return True
        case Deviation.SIGN if _falls(text, language, figure):
            return True
        case Deviation.BOUND if (
            _is_what_was_due(text, language, figure, figures, finding.nearest)
            or _is_of_an_age(text, figure, finding.nearest)
            or _is_the_rest(text, language, figure, carriers)
            or _adds_only(text, language, figure, carriers)
            or (text.is_label and _tells_less(figure, finding.nearest))
        ):
            return True
        case Deviation.BOUND | Deviation.ALL if _tells_the_rest(text, language, figure):
            return True
    return False


def is_counted(text: Stated, language: str, figure: Quantity, carriers: Carriers) -> bool:
    """Whether a figure counts what the quotes name without a figure.

    Args:
        text: The text.
        language: That of its form.
        figure: The figure.
        carriers: What its quotes carry.
    """
    return (
        _is_a_pair(figure, text.evidence)
        or _is_of_so_many_names(text, language, figure)
        or _is_a_period(figure, carriers)
    )


def _tells_the_rest(text: Stated, language: str, share: Quantity) -> bool:
    """Whether “more than half have not” is told of “fewer than half have”."""
    if not any(each.kind is Kind.PERCENT or 0 < each.value < 1 for each in share.readings):
        return False
    stated = reading_of(text.text.get(language) or "", language)
    quotes = (reading_of(each.quote, each.language) for each in text.evidence)
    return stated is not None and any(
        quote is not None and quote.words is stated.words and tells_the_rest(quote, stated, share)
        for quote in quotes
    )


def _is_the_rest(text: Stated, language: str, figure: Quantity, carriers: Carriers) -> bool:
    """Whether “only two have” is told of “all but two lack”, or the other way round."""
    turned = (replace(each, only=not figure.only, others=()) for each in figure.readings)
    if all(carriers.find(each, language).difference is not Deviation.NOTHING for each in turned):
        return False
    stated = reading_of(text.text.get(language) or "", language)
    for each in text.evidence:
        quoted = reading_of(each.quote, each.language)
        if quoted is not None and stated is not None and quoted.words is stated.words:
            sides = (quoted, stated) if figure.only else (stated, quoted)
            if leaves(*sides):
                return True
    return False


def _is_what_was_due(
    text: Stated,
    language: str,
    figure: Quantity,
    figures: tuple[Quantity, ...],
    nearest: Quantity | None,
) -> bool:
    """Whether “38; the law demands 40” is told of “38, less than the 40 that the law requires”."""
    if nearest is None or not nearest.definite or nearest.bound not in SIDED:
        return False
    stated = reading_of(text.text.get(language) or "", language)
    plain = figure.bound is Bound.NONE and not figure.only and not nearest.only
    held = any(each.kind is figure.kind and each.value != figure.value for each in figures)
    return (
        plain
        and held
        and stated is not None
        and (keeps(stated, Sense.PLAN) or keeps(stated, Sense.DEMAND))
    )


def _is_of_an_age(text: Stated, figure: Quantity, nearest: Quantity | None) -> bool:
    """Whether “nobody under 18” is told of a minimum age of 18."""
    if figure.bound not in _BELOW or nearest is None or nearest.bound is not Bound.NONE:
        return False
    quotes = (reading_of(each.quote, each.language) for each in text.evidence)
    limits = [(each, each.words.pattern("age_limits")) for each in quotes if each is not None]
    return any(limit is not None and limit.search(quote.text) for quote, limit in limits)


def _adds_only(text: Stated, language: str, figure: Quantity, carriers: Carriers) -> bool:
    """Whether “only eleven” is told of eleven; but not “only three of the suspects” of three.

    Of some out of others that nobody has counted, the rest may have done the same.
    """
    if not figure.only:
        return False
    behind = _WORD.match(text.text.get(language) or "", figure.end)
    phrases = lexicon(primary(language)).phrases.get(behind[1].lower(), ()) if behind else ()
    if any(not tail and "of" in senses for tail, senses in phrases) and not any(
        each.quantity.whole for each in carriers.all
    ):
        return False
    plain = (replace(each, only=False, others=()) for each in figure.readings)
    return any(carriers.find(each, language).difference is Deviation.NOTHING for each in plain)


def _tells_less(figure: Quantity, nearest: Quantity | None) -> bool:
    """Whether a headline but leaves it to its statement that a figure is about so much, or more."""
    bounded = nearest is not None and nearest.bound in _LEFT_OUT and not nearest.only
    return bounded and figure.bound is Bound.NONE and not figure.only


def _falls(text: Stated, language: str, figure: Quantity) -> bool:
    """Whether a word says of a rate that something falls, where the other text has the minus."""
    if figure.kind not in _RATES:
        return False  # what falls to 12 degrees has not fallen to −12
    stated = reading_of(text.text.get(language) or "", language)
    quoted = [reading_of(each.quote, each.language) for each in text.evidence]
    worded, signed = ([stated], quoted) if figure.value > 0 else (quoted, [stated])
    return any(map(_says_fall, worded)) and not any(map(_says_fall, signed))


def _says_fall(reading: Reading | None) -> bool:
    return reading is not None and falls(reading)


def _is_a_pair(figure: Quantity, evidence: Iterable[Evidence]) -> bool:
    """Whether a figure is of two, and a quote has a word that by its ending is: “الطرفان”.

    Where a word tells two by its ending, it tells one without: “بهدفين مقابل هدف” is two to one.
    """
    if figure.kind is not Kind.NUMBER or figure.value not in (1, 2) or figure.unit is not None:
        return False
    return any(
        word.endswith(endings) and len(word) > _DUAL
        for each in evidence
        if (endings := lexicon(primary(each.language)).dual)
        for word in each.quote.split()
    )


def _is_of_so_many_names(text: Stated, language: str, figure: Quantity) -> bool:
    """Whether “in two districts” is told of “in Bahala and Kuru”: behind the same small word.

    Of something that the quote has no word for, and in place of the names.
    """
    form, code = text.text.get(language) or "", primary(language)
    before, behind = _LAST.search(form[: figure.start]), _WORD.match(form, figure.end)
    bare = figure.kind is Kind.NUMBER and figure.bound is Bound.NONE and figure.unit is None
    if not (bare and before and behind and figure.value in _FEW) or code in CAPITAL_NOUNS:
        return False
    for each in text.evidence:
        quoted = reading_of(each.quote, each.language)
        if quoted is None or primary(each.language) != code or stems(before[0], quoted.words):
            continue
        counted = stems(behind[1], quoted.words)
        if not counted or not counted.isdisjoint(quoted.stems):
            continue
        for match in re.finditer(rf"(?i)(?<!\w){before[0]}\s+", each.quote):
            names = _listed(each.quote[match.end() :], code)
            if len(names) == figure.value and not any(name in form for name in names):
                return True
    return False


def _listed(text: str, language: str) -> list[str]:
    """The first words of the names that a text begins with, if the last two are joined by “and”."""
    phrases, names, joint, joined = lexicon(language).phrases, list[str](), ",", ""
    for word in _IN_A_LIST.findall(text):
        is_and = any("and" in senses for tail, senses in phrases.get(word.lower(), ()) if not tail)
        if is_and or word == ",":
            joint = "and" if is_and else joint or ","
        elif not word[0].isupper() or word.lower() in phrases or _OF_ONE_NAME.match(word):
            break
        elif joint:
            names.append(word)
            joint, joined = "", joint
    return names if joined == "and" != joint else []


def is_part_of_a_year(text: Stated, language: str, figure: Quantity, carriers: Carriers) -> bool:
    """Whether “the third quarter” is told of July to September, or these of it.

    Args:
        text: The text.
        language: That of its form.
        figure: The figure.
        carriers: What its quotes carry.
    """
    own = part_of_a_year(figure, text.text.get(language) or "", language)
    if own is not None:
        named = {each.quantity.day.month for each in carriers.days() if each.quantity.day}
        return own[0] in named and own[-1] in named
    is_month = any(each.day and each.day.month and not each.day.day for each in figure.readings)
    in_months = figure.unit == measure("month") and figure.bound is Bound.NONE
    for each in carriers.all if is_month or in_months else ():
        quote = text.evidence[each.evidence].quote
        part = part_of_a_year(each.quantity, quote, each.language)
        if part is not None and (
            figure.value == len(part)
            if in_months
            else any(day.day and day.day.month in (part[0], part[-1]) for day in figure.readings)
        ):
            return True
    return False


def _is_a_period(figure: Quantity, carriers: Carriers) -> bool:
    """Whether a range is of two years that the quotes name: “between 2020 and 2025”.

    Or a number of months that of those from one to another: “nine months”, “January–September”.
    """
    if figure.unit == measure("month"):
        named = [each.quantity.day for each in carriers.days()]
        months = [day.month for day in named if day and day.month and day.day is None]
        return any(last - first + 1 == figure.value for first, last in pairwise(months))
    years = carriers.years()
    return (
        figure.upper in years and figure.value in years and replace(figure, upper=None).may_be_year
    )


def _has_a_part(whole: Quantity, figures: tuple[Quantity, ...]) -> bool:
    """Whether the text tells a part of it too, in another order: “of 21 nurses, nine”."""
    return any(
        each.kind is Kind.PERCENT
        or (
            each.kind is Kind.NUMBER
            and (each.sure or each.value >= 1)
            and each.unit in (None, whole.unit)
            and each.value < whole.value
        )
        for each in figures
    )


def _is_of_none(text: Stated, language: str) -> bool:
    """Whether a text says so of none of a whole, and a quote does too: “not one of the 40”.

    Or says it of all in another word, “all 40 died” for “none of the 40 survived”.
    """
    stated = reading_of(text.text.get(language) or "", language)
    quoted = [reading_of(each.quote, each.language) for each in text.evidence]
    none = [each for each in quoted if each is not None and tells_none(each)]
    return stated is not None and any(
        tells_none(stated) or (each.words is stated.words and told_instead(each, stated))
        for each in none
    )


def turns_place(figure: Quantity, figures: tuple[Quantity, ...], carriers: Carriers) -> bool:
    """Whether “second” stands where the quotes have another place, which the text has not.

    Or “noon”, where they have another time.

    Args:
        figure: The figure.
        figures: All of the text.
        carriers: What its quotes carry.
    """
    kind = figure.kind
    if kind not in (Kind.ORDINAL, Kind.TIME):
        return False
    stated = {each.value for each in figures if each.kind is kind}
    quoted = {
        each.value
        for carrier in carriers.all
        for each in carrier.quantity.readings
        if each.kind is kind
    }
    return bool(quoted) and figure.value not in quoted and quoted.isdisjoint(stated)


def is_one_for_another(figure: Quantity, figures: tuple[Quantity, ...], carriers: Carriers) -> bool:
    """Whether “one tonne” stands where the quotes have 12, or “one person” for one in 40.

    Where none of the quotes' figures is one of the text's as well.

    Args:
        figure: The figure.
        figures: All of the text.
        carriers: What its quotes carry.
    """
    if figure.kind is not Kind.NUMBER or figure.value != 1 or figure.others:
        return False
    quoted = [each.quantity for each in carriers.all if each.quantity.kind is Kind.NUMBER]
    if any(each.value == other.value for each in figures for other in quoted):
        return False
    if figure.unit is None:
        return any(map(_is_one_in, quoted))
    timed = figure.unit.dimension in TIMES  # “one day” may be any day
    return any(
        reading.unit is not None
        and same_unit(reading.unit, figure.unit)
        and (not timed or (reading.value == _ONE_AND_A_HALF and reading.unit == figure.unit))
        for each in quoted
        for reading in each.readings
    )


def _is_one_in(figure: Quantity) -> bool:
    """Whether a figure is the part of “one in 40”."""
    values = {each.value for each in figure.readings}
    return 1 in values and any(0 < value < 1 and value.numerator == 1 for value in values)
