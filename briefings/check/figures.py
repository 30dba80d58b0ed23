"""Figures of a statement, headline, answer or translation against the quotes that carry them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain, pairwise

from briefings.check.days import Days
from briefings.check.elapsed import lies_between, part_of_a_year
from briefings.check.figure_texts import Stated, answers, of_fact, of_prose
from briefings.check.quantities.compare import (
    SIDED,
    Carrier,
    Carriers,
    Deviation,
    FigureFinding,
)
from briefings.check.quantities.derived import DerivationError, derive, quoted_figures
from briefings.check.quantities.known import has_number_words
from briefings.check.quantities.lexicon import lexicon
from briefings.check.quantities.quantity import Bound, Day, Kind, Quantity
from briefings.check.quantities.reader import may_be_roman, read
from briefings.check.quantities.record import lie_in
from briefings.check.quantities.units import TIMES, measure, same_unit
from briefings.check.uncarried import refusal
from briefings.check.unchecked import Unchecked
from briefings.check.wording.amounts import leaves, tells_none, tells_the_rest
from briefings.check.wording.clauses import Reading, reading_of
from briefings.check.wording.content_words import stems
from briefings.check.wording.opposites import falls, told_instead
from briefings.check.wording.other_names import CAPITAL_NOUNS
from briefings.check.wording.voice import keeps
from briefings.check.words.senses import Sense
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.languages import chain as forms_of
from briefings.core.languages import primary
from briefings.core.model import (
    Derivation,
    Document,
    Evidence,
    Fact,
    FactBase,
    FactId,
    LocalText,
    SourceId,
)
from briefings.core.span import Span
from briefings.core.values import dataclass

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
_SMALL = 100  # below it, numbers are often spelled out


@dataclass(frozen=True, slots=True)
class Support:
    """A figure that no quote carries and the record does; `by` says what on the record."""

    fact: FactId
    language: str
    figure: str
    by: str


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What the record carries of the figures of an entry.

    `unread` are languages of quotes whose number words nobody knows, each with the text, as
    messages call it, that has a figure which may be spelled in them.
    """

    supports: tuple[Support, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found of all figures of a base; `by_entry` by the place of its entries."""

    diagnostics: tuple[Diagnostic, ...]
    supports: tuple[Support, ...]
    derived: Mapping[FactId, tuple[Derivation, ...]]
    unchecked: tuple[Unchecked, ...]
    by_entry: Mapping[Span, OnRecord]


class Comparing:
    """The figures of every text of a base against its quotes, one pass over it.

    Args:
        base: The whole base.
        documents: Those of its sources that are there.
        known: What is known already, by the place of an entry: it is not compared again.
    """

    def __init__(
        self, base: FactBase, documents: Mapping[SourceId, Document], known: Mapping[Span, OnRecord]
    ) -> None:
        self.base = base
        self.days = Days(base, documents)
        self.known = dict(known)
        self.answered = answers(base)
        self.diagnostics: list[Diagnostic] = []
        self.supports: list[Support] = []
        self.derived: dict[FactId, tuple[Derivation, ...]] = {}
        self.worked_out: dict[FactId, tuple[Quantity, ...]] = {}
        self.unread: list[tuple[str, str]] = []
        self.told: dict[Span, set[tuple[str, str]]] = {}

    def facts(self, facts: Iterable[Fact]) -> None:
        """Compare what some facts say that are not known."""
        for fact in facts:
            derived = self.derivations(fact)
            self.statement(of_fact(fact, "statement", fact.statement), derived)
            if fact.headline is not None:
                self.statement(of_fact(fact, "headline", fact.headline), derived)
            for point, answer in self.answered.get(fact.id, ()):
                self.statement(of_fact(fact, f"answer in `{point}`", answer), derived)
            for index, evidence in enumerate(fact.evidence):
                if evidence.translation is not None:
                    self.translation(fact, index, evidence, evidence.translation)
            self.known[fact.span] = self.taken()

    def done(self) -> Figures:
        """Compare summaries and accounts, behind all facts; and what was found of everything."""
        for entry in self.base.prose:
            if entry.span in self.known:
                continue
            for text in of_prose(self.base, entry):
                figures = (self.worked_out.get(fact.id, ()) for fact in text.facts)
                self.statement(text, list(chain.from_iterable(figures)))
            self.known[entry.span] = self.taken()
        entries = (*self.base.facts.values(), *self.base.prose)
        by_entry = {each.span: self.known[each.span] for each in entries}
        unread = {pair for each in by_entry.values() for pair in each.unread}
        counts = Counter(language for language, _ in unread)
        return Figures(
            tuple(self.diagnostics),
            tuple(support for each in by_entry.values() for support in each.supports),
            self.derived,
            tuple(Unchecked("numbers in words", *count) for count in sorted(counts.items())),
            by_entry,
        )

    def taken(self) -> OnRecord:
        """What the record carries of the entry that was looked at last."""
        entry = OnRecord(tuple(self.supports), tuple(dict.fromkeys(self.unread)))
        self.supports, self.unread = [], []
        return entry

    def derivations(self, fact: Fact) -> tuple[Quantity, ...]:
        """What the fact derives from the figures of its quotes, as far as it can be followed."""
        self.worked_out[fact.id] = ()
        if not fact.derived:
            return ()
        figures = quoted_figures(fact)
        derived_figures = []
        for expression in fact.derived:
            try:
                derived = derive(expression, figures)
            except DerivationError as error:
                message = (
                    f"`derived` of `{fact.id}` can't be followed in “{expression[:80]}”: {error}"
                )
                self.diagnostics.append(diagnostic("bad-derivation", message, fact.span))
            else:
                derived_figures.append(derived)
        self.derived[fact.id] = tuple(each.derivation for each in derived_figures)
        self.worked_out[fact.id] = tuple(each.figure for each in derived_figures)
        return self.worked_out[fact.id]

    def statement(self, text: Stated, derived: Sequence[Quantity]) -> None:
        """Compare a text with its facts' quotes, or with their translations into its language."""
        kept: dict[tuple[str, ...], Carriers] = {}
        for language, form in text.text.forms:
            if _holds_none(form, language) or not (figures := read(form, language)):
                continue
            spoken = tuple(_form(each, language) for each in text.evidence)
            carriers = kept.get(spoken)
            if carriers is None:
                carriers = kept[spoken] = _carriers(text.evidence, spoken, derived)
            self._compare_form(text, language, figures, carriers)

    def translation(self, fact: Fact, index: int, evidence: Evidence, text: LocalText) -> None:
        """Compare a translation with its own quote."""
        for language, form in text.forms:
            figures = () if _holds_none(form, language) else read(form, language)
            if figures:
                carriers = Carriers(
                    Carrier(each, evidence.language, index)
                    for each in read(evidence.quote, evidence.language)
                )
                stated = of_fact(fact, "translation", text, is_translation=True)
                self._compare_form(stated, language, figures, carriers)

    def _compare_form(
        self, text: Stated, language: str, figures: tuple[Quantity, ...], carriers: Carriers
    ) -> None:
        """Compare one form of a text; what it has from the form that it varies is told once."""
        first = len(self.diagnostics)
        self._compare(text, language, figures, carriers)
        if not (found := self.diagnostics[first:]):
            return
        whole = (code for code in forms_of(language)[1:] if text.text.get(code) is not None)
        told = {each for code in whole for each in self.told.get(text.text.place(code), ())}
        self.diagnostics[first:] = [each for each in found if (each.code, each.message) not in told]
        self.told[text.text.place(language)] = {(each.code, each.message) for each in found}

    def _compare(
        self, text: Stated, language: str, figures: tuple[Quantity, ...], carriers: Carriers
    ) -> None:
        seen = set()
        for figure in figures:
            key = (figure.kind, figure.shown)
            sure = figure.sure or _turns_place(figure, figures, carriers)
            if not sure and _is_one_for_another(figure, figures, carriers):
                self.diagnostics.append(
                    refusal(text, language, figure, FigureFinding(Deviation.ALL, None))
                )
                continue
            if key in seen or not (sure or figure.kind is Kind.NUMBER):
                continue
            seen.add(key)
            if figure.kind is Kind.DATE:
                self._compare_day(text, language, figure, carriers)
                continue
            if any(each.day for each in figure.others) and self._is_day(
                text, language, figure, carriers
            ):
                continue
            finding = carriers.find(figure, language)
            if self._is_carried(
                text, language, figure, finding, figures=figures, carriers=carriers, sure=sure
            ):
                continue
            unread = self._unread(text, figure)
            if unread and finding.difference is not Deviation.BOUND:
                self.unread.append((unread, text.whole))
                continue
            self.diagnostics.append(refusal(text, language, figure, finding))

    def _is_carried(
        self,
        text: Stated,
        language: str,
        figure: Quantity,
        finding: FigureFinding,
        *,
        figures: tuple[Quantity, ...],
        carriers: Carriers,
        sure: bool,
    ) -> bool:
        """Whether a figure needs no other carrier, by what was found of it and the words around."""
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
        # What may be no number is one where a quote has the same with a bound.
        is_one = figure.value == 1 and figure.unit is None
        if not sure and (finding.difference is not Deviation.BOUND or is_one):
            return True
        return (
            _is_a_pair(figure, text.evidence)
            or _is_of_so_many_names(text, language, figure)
            or _is_a_period(figure, carriers)
            or text.points_back(figure, language)
            or self._is_dated(text, language, figure)
            or self._is_that_year(text, language, figure, carriers)
            or self._has_elapsed(text, language, figure, carriers)
            or _is_part_of_a_year(text, language, figure, carriers)
        )

    def _unread(self, text: Stated, figure: Quantity) -> str | None:
        """The language of a quote in which such a figure may be spelled in unknown words."""
        rough = figure.kind in (Kind.VAGUE, Kind.MULTIPLE) or figure.value.denominator != 1
        small = figure.kind is Kind.NUMBER and abs(figure.value) < _SMALL
        if not (small or rough or figure.kind is Kind.ORDINAL) or figure.kind is Kind.CODE:
            return None
        for language in dict.fromkeys(primary(each.language) for each in text.evidence):
            words = lexicon(language)
            if not has_number_words(language) or (rough and not words.spoken):
                return language
        return None

    def _compare_day(
        self, text: Stated, language: str, figure: Quantity, carriers: Carriers
    ) -> None:
        if not (
            self._is_day(text, language, figure, carriers)
            or not self.days.are_read(text)
            or self._is_dated(text, language, figure)
            or _is_part_of_a_year(text, language, figure, carriers)
        ):
            self.diagnostics.append(refusal(text, language, figure, _nearest_day(carriers)))

    def _is_day(self, text: Stated, language: str, figure: Quantity, carriers: Carriers) -> bool:
        """Whether the quotes or the record carry a figure as a day."""
        carried = self.days.carried_by(text, figure, carriers)
        if carried is not None and carried[1] != "quote":
            self.supports.append(Support(carried[0], language, figure.shown, carried[1]))
        return carried is not None

    def _is_that_year(
        self, text: Stated, language: str, figure: Quantity, carriers: Carriers
    ) -> bool:
        """Whether a number is the year that a quote calls “last year”, by the day of its source."""
        timed = figure.unit is not None and figure.unit.dimension in TIMES  # “в 2024 году”
        if not (replace(figure, unit=None) if timed else figure).may_be_year:
            return False
        year = int(figure.value)
        for day in (Day(year), Day(year, solar=True)):
            carried = self.days.carried_by(text, replace(figure, day=day, others=()), carriers)
            if carried is not None and carried[1] in ("dateline", "published"):
                self.supports.append(Support(carried[0], language, figure.shown, carried[1]))
                return True
        return False

    def _has_elapsed(
        self, text: Stated, language: str, figure: Quantity, carriers: Carriers
    ) -> bool:
        """Whether a time is that between two days of the quotes or of the facts themselves."""
        if figure.unit is None or figure.unit.dimension not in TIMES:
            return False
        named = [each.quantity for each in carriers.all]
        elapsed = lies_between(figure, named, self.days.whole(text, carriers))
        if elapsed:
            self.supports.append(Support(text.facts[0].id, language, figure.shown, "calendar"))
        return elapsed

    def _is_dated(self, text: Stated, language: str, figure: Quantity) -> bool:
        """Whether prose names the month or year of a fact and of all that tells it.

        A statement has its date beside it, prose has to say when.
        """
        period = figure.readings[0].day if figure.readings else None
        if figure.kind is Kind.NUMBER and figure.unit is None and figure.value.denominator == 1:
            period = Day(year=int(figure.value))
        if not text.is_prose or period is None:
            return False
        for fact in text.facts:
            named = (self.base.sources.get(each.source) for each in fact.evidence)
            published = [source.published for source in named if source is not None]
            if fact.date is not None and published and lie_in(period, (fact.date, *published)):
                self.supports.append(Support(fact.id, language, figure.shown, "date and published"))
                return True
        return False


def _holds_none(text: str, language: str) -> bool:
    """Whether a text surely holds no figure, by what the rules of words have read of it."""
    reading = reading_of(text, language)
    if reading is None or reading.figures:
        return False
    return not may_be_roman(text)


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


def _is_part_of_a_year(text: Stated, language: str, figure: Quantity, carriers: Carriers) -> bool:
    """Whether “the third quarter” is told of July to September, or these of it."""
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


def _turns_place(figure: Quantity, figures: tuple[Quantity, ...], carriers: Carriers) -> bool:
    """Whether “second” stands where the quotes have another place, which the text has not.

    Or “noon”, where they have another time.
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


_ONE_AND_A_HALF = Fraction(3, 2)


def _is_one_for_another(
    figure: Quantity, figures: tuple[Quantity, ...], carriers: Carriers
) -> bool:
    """Whether “one tonne” stands where the quotes have 12, or “one person” for one in 40.

    Where none of the quotes' figures is one of the text's as well.
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


def _form(evidence: Evidence, language: str) -> str:
    """The language of the form of a quote that a text in `language` is compared with."""
    if evidence.language in forms_of(language) or evidence.translation is None:
        return ""
    return next((code for code in forms_of(language) if evidence.translation.get(code)), "")


def _carriers(
    evidence: Iterable[Evidence], spoken: tuple[str, ...], derived: Iterable[Quantity]
) -> Carriers:
    carriers = [Carrier(figure, "en", 0) for figure in derived]
    for index, (each, form) in enumerate(zip(evidence, spoken, strict=True)):
        text = each.translation.get(form) if form and each.translation else each.quote
        language = form or each.language
        carriers += [Carrier(figure, language, index) for figure in read(text or "", language)]
    return Carriers(carriers)


def _nearest_day(carriers: Carriers) -> FigureFinding:
    first = next((each.quantity for each in carriers.days() if each.quantity.day), None)
    return FigureFinding(Deviation.ALL, first)
