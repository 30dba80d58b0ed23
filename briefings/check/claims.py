"""Whether a fact's statement, headline, answers and translations say what its quotes say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from briefings.check.figure_texts import answers
from briefings.check.quantities.dates import as_date
from briefings.check.quantities.quantity import Kind
from briefings.check.quantities.reader import read
from briefings.check.wording import (
    amounts,
    crossed,
    opposites,
    other_names,
    polarity,
    quotations,
    voice,
)
from briefings.check.wording.clauses import Clause, Letters, Reading, reading_of
from briefings.check.wording.voice import Speaker
from briefings.check.wording.word_rules import (
    LONG,
    SENSE_CODES,
    quoted_in,
    shares,
    turned_abroad,
    turned_round,
)
from briefings.check.words.senses import NEGATIVE, Mark, Other, Sense
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.languages import primary
from briefings.core.model import ContestId, Evidence, Fact, FactBase, FactKind, LocalText, Voice

# What a language may say by any of several words: reports say, it seems, it is believed.
_HEARSAY = frozenset({Sense.REPORTED, Sense.SEEMING, Sense.BELIEVED})
_SAME_ABROAD = {
    **dict.fromkeys(_HEARSAY, _HEARSAY),
    Sense.BELIEVED: _HEARSAY | {Sense.EXPECTED},
    Sense.EXPECTED: {Sense.EXPECTED, Sense.BELIEVED},
}
# What makes of a future something that was so: somebody told of it or ordered it, or nobody knows.
_OF_A_FUTURE = voice.SPOKEN | {Sense.UNCLEAR, Sense.DEMAND}
# What somebody may or wants to do: denied, it is a ban or a refusal.
_OF_CHOICE = frozenset({Sense.POSSIBLE, Sense.ATTEMPT})
# What a translation has to keep.
_KEPT = voice.HEDGES | {Sense.CONDITION, Sense.ATTEMPT, Sense.PLAN}
# Figures that two texts can share, besides whole days; a year is one that many have.
_COUNTED = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.TIME, Kind.MULTIPLE})
# A translation has more words than this share of its quote's.
_STUB = Fraction(3, 10)
_TWO = 2
_STOPS = " .。।۔"


def claims(base: FactBase, facts: Iterable[Fact]) -> Iterator[Diagnostic]:
    """What statements, headlines and translations of facts turn, lose or add of their quotes."""
    for fact in facts:
        yield from _told(base, fact, "statement", fact.statement)
        if fact.headline is not None:
            yield from _told(base, fact, "headline", fact.headline)
        for evidence in fact.evidence:
            yield from _translated(fact, evidence)


def _told(base: FactBase, fact: Fact, what: str, text: LocalText) -> Iterator[Diagnostic]:
    for language, form in text.forms:
        place = text.place(language)
        comparable = [quoted_in(language, evidence) for evidence in fact.evidence]
        statement = reading_of(form, language)
        if statement is None:
            continue
        letters = Letters(form, language, tuple(comparable))
        if None in comparable:
            unhedged: Sequence[Diagnostic] = ()
            if what == "statement":
                yield from _future(fact, statement, letters)
                unhedged = tuple(_hedges_across(fact, statement, language))
                yield from unhedged
            if not unhedged:
                yield from _told_abroad(fact, what, text, statement, letters)
            continue
        quotes = [
            quote
            for each in comparable
            if each and (quote := reading_of(each, language)) is not None
        ]
        if what == "statement":
            yield from _future(fact, statement, letters)
        own = statement.text.rstrip(_STOPS)
        if quotes and all(quote.text.rstrip(_STOPS) == own for quote in quotes):
            continue  # what says the same loses, adds and turns nothing
        own_turned = list(_turned(fact, what, quotes, statement, letters))
        for code, message, words in own_turned:
            yield diagnostic(code, message, place, words=words)
        for ours, theirs in () if own_turned else _crossed(quotes, statement, letters):
            message = f"the {what} of `{fact.id}` says “{ours}”, its quote “{theirs}”"
            yield diagnostic("turned-word", message, place, words=ours.partition(" …")[0])
        own_words = all(primary(each.language) == primary(language) for each in fact.evidence)
        for ours, theirs in quotations.altered(quotes, statement) if own_words else ():
            told, heard = letters.ours(ours), letters.theirs(theirs)
            message = f"the {what} of `{fact.id}` says “{told}”, its quote “{heard}”"
            yield diagnostic("turned-word", message, place, words=ours)
        yield from (
            diagnostic(code, message, place)
            for code, message in _unsure(fact, what, quotes, statement, letters)
        )
        if what == "statement" and not (
            shares(base, [fact], quotes, statement) or _counts_alike(fact, form, language)
        ):
            message = f"the statement of `{fact.id}` shares next to no word with its quotes"
            yield diagnostic("little-shared", message, place)


def _told_abroad(
    fact: Fact, what: str, text: LocalText, told: Reading, letters: Letters
) -> Iterator[Diagnostic]:
    """What a text says otherwise in a language that no quote speaks.

    It is held, as a translation is, against the same text in a language in which the quotes carry
    it; where there is none, against the quotes, of which it need not tell all.
    """
    place = text.place(letters.language)
    for code, form in text.forms:
        if any(quoted_in(code, each) is None for each in fact.evidence):
            continue
        if (carried := reading_of(form, code)) is not None:
            both = Letters(letters.told, letters.language, (form,), code)
            for message in _contradictions(carried, told, both, f"that in `{code}`"):
                whole = f"the {what} of `{fact.id}` in `{letters.language}` {message}"
                yield diagnostic("translation-contradicts", whole, place)
                break
        return
    languages = {primary(each.language) for each in fact.evidence}
    quotes = "\n".join(each.quote for each in fact.evidence)
    carrying = reading_of(quotes, fact.evidence[0].language) if len(languages) == 1 else None
    if carrying is not None:
        both = letters._replace(carriers=(quotes,), abroad=fact.evidence[0].language)
        for ours, theirs in turned_abroad(carrying, told):
            shown = both.ours(ours), both.theirs(theirs)
            message = f"the {what} of `{fact.id}` says “{shown[0]}”, its quote “{shown[1]}”"
            yield diagnostic("turned-word", message, place, words=ours)
            break


def _crossed(
    quotes: Sequence[Reading], text: Reading, letters: Letters
) -> Iterator[tuple[str, str]]:
    """Figures and names of a text that it tells of what its quotes tell of another."""
    # Each stands in a clause of its own, of either side.
    if len(text.clauses) < _TWO or sum(len(each.clauses) for each in quotes) < _TWO:
        return
    carriers = [each for each in letters.carriers if each]
    names = other_names.in_both(letters.told, carriers, letters.language)
    yield from crossed.exchanged(quotes, text, names)


def turned_answers(base: FactBase, facts: Iterable[Fact]) -> Iterator[Diagnostic]:
    """What the answers of contested points turn of the quotes of their facts."""
    given = answers(base)
    for fact in facts:
        for contest, answer in given.get(fact.id, ()):
            yield from _answered(fact, contest, answer)


def _answered(fact: Fact, contest: ContestId, answer: LocalText) -> Iterator[Diagnostic]:
    """Words that an answer turns; what it denies hangs on its question, which no rule reads."""
    for language, form in answer.forms:
        comparable = [quoted_in(language, evidence) for evidence in fact.evidence]
        reading = reading_of(form, language)
        if reading is None or None in comparable:
            continue
        quotes = [read for each in comparable if each and (read := reading_of(each, language))]
        letters = Letters(form, language, tuple(comparable))
        for turned in opposites.opposites(quotes, reading):
            ours, theirs = letters.ours(turned[0]), letters.theirs(turned[1])
            message = (
                f"the answer of `{fact.id}` to `{contest}` says “{ours}”, its quote “{theirs}”"
            )
            yield diagnostic("turned-word", message, answer.place(language), words=ours)


def _turned(
    fact: Fact, what: str, quotes: Sequence[Reading], statement: Reading, letters: Letters
) -> Iterator[tuple[str, str, str]]:
    """Codes, messages, and the words of the text that are meant; none where one is lost."""
    for lost in polarity.lost(quotes, statement):
        theirs = letters.theirs(lost.mark.word)
        yield (
            "lost-negation",
            f"a quote of `{fact.id}` says “{theirs}” of what its {what} tells as so",
            "",
        )
        break
    # “45 had neither”, of the 167 of 212 who had one, which the fact writes as 212 - 167.
    of_the_rest = any(" - " in each for each in fact.derived)
    of_the_rest = of_the_rest or amounts.excepted(quotes, statement) is not None
    for added in () if of_the_rest else polarity.added(quotes, statement):
        ours = letters.ours(added.mark.word)
        yield (
            "added-negation",
            f"the {what} of `{fact.id}` says “{ours}” of what its quotes tell as so",
            ours,
        )
        break
    for code, told, carried in turned_round(quotes, statement):
        ours, theirs = letters.ours(told), letters.theirs(carried)
        yield code, f"the {what} of `{fact.id}` says “{ours}”, its quote “{theirs}”", ours


def _unsure(
    fact: Fact, what: str, quotes: Sequence[Reading], text: Reading, letters: Letters
) -> Iterator[tuple[str, str]]:
    is_headline = what == "headline"  # it need not say who speaks, nor all that a quote does
    named = any(each.by is not Voice.OUTLET for each in fact.evidence)
    speaker = Speaker(fact.kind, named or is_headline)

    def licenses(mark: Mark, quote: Reading) -> bool:
        passed = is_headline and not voice.tells_of(mark, quote, text)
        # Nothing beside a headline says that its fact is a plan: a day does, “closing on 1 April”.
        if is_headline and mark.sense in voice.TO_COME and not text.figures:
            return passed
        return passed or speaker.licenses(mark, quote, text)

    reported: set[str] = set()
    for mark, _ in voice.lost(quotes, text, licenses):
        code = SENSE_CODES[mark.sense]
        if code not in reported:
            reported.add(code)
            theirs = letters.theirs(mark.word)
            message = f"a quote of `{fact.id}` says “{theirs}”, its {what} does not"
            yield code, message
    if "told-as-done" in reported:
        return
    for word in voice.done_early(quotes, text):
        theirs = letters.theirs(word)
        message = f"a quote of `{fact.id}` says “{theirs}”, its {what} tells it as done"
        yield "told-as-done", message
        return
    if fact.kind is FactKind.PLAN and not is_headline and voice.tells_all_as_done(quotes, text):
        yield "told-as-done", f"`{fact.id}` is a plan, and its {what} tells it as done"


def _future(fact: Fact, statement: Reading, letters: Letters) -> Iterator[Diagnostic]:
    """What is to come in a fact that says that something is or was so.

    That somebody said what is to come, or that it is not known, did happen; and a forecast is a
    figure, where it is told as one: “is expected to reach 3.1 million tonnes”.
    """
    may = Other.FUTURE in statement.tells and fact.kind in voice.CERTAIN
    future = statement.words.pattern("future") if may else None
    if future is None:
        return
    senses = _OF_A_FUTURE | ({Sense.EXPECTED} if fact.kind is FactKind.FIGURE else frozenset())
    told = {statement.clauses[index].sentence for index, _ in statement.marks(senses)}
    for match in future.finditer(statement.text):
        if statement.sentence_at(match.start()) not in told and not _tells_of_before(
            statement, match
        ):
            ours = letters.ours(match.group())
            message = f"`{fact.id}` says “{ours}”, but its kind is {fact.kind}"
            hint = "make it `kind: plan`, or `kind: statement` with who said so in `by`"
            place = fact.statement.place(letters.language)
            yield diagnostic("plan-as-event", message, place, hint, words=ours)
            return


def _tells_of_before(statement: Reading, future: re.Match[str]) -> bool:
    """Whether what is to come is but an addition to what was: “stopped, and will stay so”."""
    past, relatives = statement.words.pattern("past"), statement.words.pattern("relatives")
    if past is None or relatives is None:
        return False
    clause = next(each for each in statement.clauses if future.start() < each.end)
    return any(
        match.start() < clause.start
        or clause.end <= match.start()
        or relatives.search(statement.text, match.end(), future.start()) is not None
        for match in past.finditer(statement.text)
    )


def _hedges_across(fact: Fact, statement: Reading, language: str) -> Iterator[Diagnostic]:
    """Hedges that every quote has, in whatever language, and a statement in another has not."""
    shared: dict[Sense, str] | None = None
    for each in fact.evidence:
        quote = reading_of(each.quote, each.language)
        letters = Letters("", each.language, (each.quote,))
        words = [(mark.sense, mark.word) for _, mark in quote.marks(voice.HEDGES)] if quote else []
        marks = {sense: letters.theirs(word) for sense, word in words}
        shared = marks if shared is None else {key: shared[key] for key in shared if key in marks}
    for sense, word in (shared or {}).items():
        if statement.words.knows(f"wide.{sense.value}") and not voice.keeps(statement, sense):
            yield diagnostic(
                "lost-hedge",
                f"every quote of `{fact.id}` says “{word}”, its statement does not",
                fact.statement.place(language),
                "keep the caution of the source",
            )


def _counts_alike(fact: Fact, text: str, language: str) -> bool:
    """Whether a text and a quote in its language share a figure or a day, however written."""
    stated = set(_counted(text, language))
    return any(
        not stated.isdisjoint(_counted(quoted_in(language, evidence) or "", language))
        for evidence in fact.evidence
    )


def _counted(text: str, language: str) -> Iterator[tuple[Kind, Fraction]]:
    for figure in read(text, language):
        for each in figure.readings:
            if each.kind in _COUNTED:
                yield each.kind, each.value * (each.unit.factor if each.unit else 1)
            elif each.day is not None and (day := as_date(each.day)) is not None:
                yield each.kind, Fraction(day.toordinal())


def _translated(fact: Fact, evidence: Evidence) -> Iterator[Diagnostic]:
    """Translations that deny what their quote does not, or that lose its denial or its caution."""
    if evidence.translation is None:
        return
    quote = reading_of(evidence.quote, evidence.language)
    for language, form in evidence.translation.forms:
        translation = reading_of(form, language)
        if quote is None or translation is None:
            continue
        letters = Letters(form, language, (evidence.quote,), evidence.language)
        for message in _contradictions(quote, translation, letters):
            code, text = "translation-contradicts", f"the translation of a quote of `{fact.id}`"
            if (counts := _falls_short(quote, translation)) is not None:
                code, text = (
                    "short-translation",
                    f"{text} has {counts[0]} words for its {counts[1]} and",
                )
            place = evidence.translation.place(language)
            yield diagnostic(code, f"{text} {message}", place)
            break


def _falls_short(quote: Reading, translation: Reading) -> tuple[int, int] | None:
    """How many words a translation and its quote have, if it is none: “see the original”.

    What says so little of a long quote tells nothing that this denies.
    """
    words, quoted = (
        sum(len(clause.words) for clause in each.clauses) // (2 if each.words.spaceless else 1)
        for each in (translation, quote)
    )
    return (words, quoted) if quoted >= LONG and words < _STUB * quoted else None


def _contradictions(
    quote: Reading, translation: Reading, letters: Letters, carrier: str = "the quote"
) -> Iterator[str]:
    for text, other, says, written in (
        (quote, translation, f"loses “{{}}” of {carrier}", letters.theirs),
        (translation, quote, f"says “{{}}”, and {carrier} denies nothing", letters.ours),
    ):
        denials = [mark for _, mark in text.marks(NEGATIVE)]
        if denials and not _negates(other, hindering=_denies_hindering(text, denials)):
            yield from (says.format(written(mark.word)) for mark in denials)
    for ours, theirs in turned_abroad(quote, translation):
        yield f"says “{letters.ours(ours)}”, and {carrier} “{letters.theirs(theirs)}”"
    for index, mark in quote.marks(_KEPT):
        if mark.sense in _OF_CHOICE and _forbids(quote.clauses[index], mark):
            continue
        senses = _SAME_ABROAD.get(mark.sense, {mark.sense})
        known = translation.words.keeps(mark.sense) is not None
        if known and not any(voice.keeps(translation, sense) for sense in senses):
            yield f"loses “{letters.theirs(mark.word)}” of {carrier}"


def _forbids(clause: Clause, mark: Mark) -> bool:
    """Whether a “may” or a wish is one that nobody has: “none may be removed”, “no quiso”."""
    return any(each.sense is Sense.NOT and each.end <= mark.start for each in clause.marks)


def _denies_hindering(reading: Reading, denials: Iterable[Mark]) -> bool:
    """Whether a text denies that somebody hindered something, and not by that word alone."""
    hinder = reading.words.pattern("hinder")
    if hinder is None or hinder.search(reading.text) is None:
        return False
    hindrances = [match.span() for match in hinder.finditer(reading.text)]
    apart = [
        (mark, span)
        for mark in denials
        for span in hindrances
        if mark.end <= span[0] or span[1] <= mark.start
    ]
    return any(hinder.search(mark.word) is None for mark, _ in apart)


def _negates(reading: Reading, *, hindering: bool) -> bool:
    """Whether a text may deny; in words that hinder only where the other denies no hindering."""
    wide = reading.words.denies_abroad
    hinder = reading.words.pattern("hinder") if hindering else None
    denied = any(
        hinder is None or hinder.search(mark.word) is None for _, mark in reading.marks(NEGATIVE)
    )
    text = reading.text if hinder is None else hinder.sub("·", reading.text)
    denied = denied or Sense.UNCLEAR in reading.senses  # “on ignore encore les quotas”
    return denied or wide is None or wide.search(text)
