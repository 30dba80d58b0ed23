"""Figures of a statement, headline, answer or translation against the quotes that carry them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from briefings.check.days import Days
from briefings.check.elapsed import lies_between
from briefings.check.figure_texts import Stated, answers, of_fact, of_prose
from briefings.check.quantities.compare import Carrier, Carriers, Deviation, FigureFinding
from briefings.check.quantities.derived import DerivationError, derive, quoted_figures
from briefings.check.quantities.known import has_number_words
from briefings.check.quantities.lexicon import lexicon
from briefings.check.quantities.quantity import Day, Kind, Quantity
from briefings.check.quantities.reader import may_be_roman, read
from briefings.check.quantities.record import lie_in
from briefings.check.quantities.units import TIMES
from briefings.check.told_figures import (
    is_counted,
    is_in_other_words,
    is_one_for_another,
    is_part_of_a_year,
    turns_place,
)
from briefings.check.uncarried import refusal
from briefings.check.unchecked import Unchecked
from briefings.check.wording.clauses import reading_of
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
            sure = figure.sure or turns_place(figure, figures, carriers)
            if not sure and is_one_for_another(figure, figures, carriers):
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
            if is_in_other_words(
                text, language, figure, finding, figures=figures, carriers=carriers
            ) or self._is_carried(text, language, figure, finding, carriers, sure=sure):
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
        carriers: Carriers,
        *,
        sure: bool,
    ) -> bool:
        """Whether a figure needs no other carrier, by what it may be, counts, or is on record."""
        # What may be no number is one where a quote has the same with a bound.
        is_one = figure.value == 1 and figure.unit is None
        if not sure and (finding.difference is not Deviation.BOUND or is_one):
            return True
        return (
            is_counted(text, language, figure, carriers)
            or text.points_back(figure, language)
            or self._is_dated(text, language, figure)
            or self._is_that_year(text, language, figure, carriers)
            or self._has_elapsed(text, language, figure, carriers)
            or is_part_of_a_year(text, language, figure, carriers)
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
            or is_part_of_a_year(text, language, figure, carriers)
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
