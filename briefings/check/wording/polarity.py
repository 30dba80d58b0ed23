"""Denials that a statement loses or adds: what its quotes say is not so, or is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, product, starmap

from briefings.check.wording.amounts import of_them, rest, tells_others, told_again
from briefings.check.wording.clauses import Clause, Reading
from briefings.check.wording.conditions import is_conditional, turned_conditions
from briefings.check.wording.content_words import stems
from briefings.check.wording.denied import (
    ENOUGH,
    FEW,
    alike,
    denies,
    has_denial,
    is_focused,
    overlap,
)
from briefings.check.wording.opposites import told_instead
from briefings.check.wording.refusals import answers_no
from briefings.check.words import Words
from briefings.check.words.senses import NEGATIVE, Mark, Sense
from briefings.core.values import dataclass

# So many words may stand between a denial and what denies it, “did not in any way deny”.
_BESIDE = 3
# So many words behind a denial may be verbs that it denies.
_VERBS = 2
# So many words may say who denies something, “the mayor of the town denied it”.
_WHO = 2
# So many words of what is denied of two tell it.
_OF_ONE = 2
# So many words at a clause's end are what it tells of somebody.
_TOLD = 2
# A root has so many letters at least.
_ROOT = 3
_TO_BE = frozenset({Sense.PLAN, Sense.DEMAND, Sense.EXPECTED})


@dataclass(frozen=True, slots=True)
class Turned:
    """A word of denial, and the words that one text tells with it and the other without."""

    mark: Mark
    shared: frozenset[str]


def lost(quotes: Sequence[Reading], statement: Reading) -> Iterator[Turned]:
    """Denials of the quotes around something that the statement tells without one."""
    affirmed = None
    for quote in quotes:
        for index, mark in quote.marks(NEGATIVE):
            scope = quote.scope(index, mark)
            shared = overlap(scope, statement)
            if not shared and not _is_of_both(quote, mark):
                continue  # as most
            double = mark.sense is Sense.DENIAL and _double(quote, index, mark)
            if double or not is_focused(quote, index, mark, shared, statement.stems):
                continue  # “neither confirmed nor denied”
            affirmed = affirmed or _Affirmed(quotes)
            plain = affirmed.elsewhere(shared, quote, index, scope)
            own = quote.plain(index) | _plain(quote)
            own |= {word.word for _, word in quote.marks({Sense.UNCLEAR})}
            if mark.sense is Sense.NOT:
                own |= _done(mark, quote.words)
            else:  # “refused it, and upheld the refusal”: told with either word, it is denied
                own -= stems(mark.word, quote.words)
            beside = _beside(quote, index, mark)
            if points_back(quote, index, mark) and any(
                points_back(statement, *denial) for denial in statement.marks({Sense.DENIAL})
            ):
                continue  # “which the mayor denies” is “the mayor rejects this”
            if mark.sense is Sense.NOT and (
                _is_told_without(quote, index, mark, statement)
                or shared <= told_again(quote, statement)  # “hardly any had been paid; most had”
            ):
                continue
            if statement.senses.isdisjoint(NEGATIVE) and told_instead(quote, statement):
                continue  # “none survived” is “all died”
            if _begins_both(quote, index, mark) or is_conditional(mark, quote, statement):
                continue
            if (
                shared - plain
                and not (denies(statement, shared, own, beside) or _repeats(statement, mark, quote))
            ) or (_is_of_both(quote, mark) and _told_of_one(quote, index, statement)):
                yield Turned(mark, shared)
    for quote in quotes:
        yield from starmap(Turned, turned_conditions(quote, statement))
    yield from _undone(quotes, statement)


def added(quotes: Sequence[Reading], statement: Reading) -> Iterator[Turned]:
    """Denials of the statement around something that the quotes tell without one."""
    yield from _undone([statement], *quotes)
    for quote in quotes:
        yield from starmap(Turned, turned_conditions(statement, quote))
    if statement.senses.isdisjoint(NEGATIVE):
        return
    heard = frozenset[str]().union(*(quote.stems for quote in quotes))
    for index, mark in statement.marks(NEGATIVE):
        scope = statement.scope(index, mark)
        shared = scope & heard
        if (len(shared) <= ENOUGH * len(scope) and len(scope) > 1) or not shared:
            continue
        if points_back(statement, index, mark) and any(map(_answers_charges, quotes)):
            continue  # “which he denies” is “he denies it”, or “he has pleaded not guilty”
        if any(_is_told_with(statement, index, mark, quote) for quote in quotes):
            continue
        if any(_rejects(each, shared) or _repeats(each, mark, statement) for each in quotes):
            continue  # “denied the charge of leaking” for “… accused him of leaking; he denied it”
        if not is_focused(statement, index, mark, shared, heard) or _is_of_a_figure(
            statement, index, mark, quotes, dropped=False
        ):
            continue
        plain = statement.plain(index)
        if mark.sense is Sense.NOT:
            plain |= _done(mark, statement.words)
        if not any(
            denies(quote, shared, plain)
            or tells_others(quote, statement)
            or _denies_alike(quote, mark)  # “دلیلش را نگفت” for “نگفت چرا”
            for quote in quotes
        ):
            yield Turned(mark, shared)


def _told_by_what_it_takes(quote: Reading, index: int, denial: Mark, statement: Reading) -> bool:
    """Whether “no ship sails without a permit” is told as “a ship that sails needs a permit”."""
    without, clause = quote.words.pattern("lacking"), quote.clauses[index]
    if without is None or without.search(statement.text) is not None:
        return False
    begun = without.search(quote.text, clause.start, clause.end)
    others = any(
        mark.sense is Sense.NOT and begun is not None and not _overlaps(mark, begun)
        for mark in clause.marks
    )
    if begun is None or not others or not statement.senses.isdisjoint(NEGATIVE):
        return False
    if not (_overlaps(denial, begun) or denial.end <= begun.start()):
        return False
    taken = [word.stem for word in clause.words if word.start >= begun.end()]
    return bool(taken) and taken[0] in statement.stems


def _is_told_without(quote: Reading, index: int, denial: Mark, statement: Reading) -> bool:
    """Whether a statement tells without a “not”, and rightly, what a clause of a quote does."""
    return (
        _told_by_what_it_takes(quote, index, denial, statement)
        or _is_of_a_figure(quote, index, denial, [statement], dropped=True)
        or _is_of_the_latest(quote, index, statement)
        or is_yet_to_be(quote, index, statement)
        or _is_not_until(quote, index, denial, statement)
        or _is_aside(quote, index)  # “a deed, which most of them do not have”
        or tells_others(quote, statement)  # “more than half have not” is “fewer than half have”
        or rest([quote], statement)  # “none outside Brill” is “in Brill alone”
    )


def _is_told_with(statement: Reading, index: int, denial: Mark, quote: Reading) -> bool:
    """Whether a quote tells in another way what a clause of a statement tells with a denial."""
    clause = statement.clauses[index]
    return (
        _is_of_the_latest(statement, index, quote)
        or is_yet_to_be(statement, index, quote)
        # “found no evidence that …” for “…; they found no evidence of that”
        or _refers_back(quote, denial, statement)
        or is_conditional(denial, statement, quote)  # “unless it rains” is “if it does not rain”
        or _is_unless(clause, denial, quote)
        # “can be seen, but not what is in them”: of whatever is denied there
        or (not clause.stems and Sense.NOT in quote.senses)
        # “none of the shops had reopened by May” for “none of them had by May”
        or _denies_of_them(quote, clause)
        # “by whom, it has not said” for “it has not said who does”
        or (_is_silent(clause) and any(map(_is_silent, quote.clauses)))
    )


def _is_silent(clause: Clause) -> bool:
    return {mark.sense for mark in clause.marks} >= {Sense.NOT, Sense.SAID}


def _is_aside(quote: Reading, index: int) -> bool:
    """Whether a clause only adds to what stands before it, and in no word of its own."""
    relatives = quote.words.at_start("relatives")
    return (
        relatives is not None
        and not quote.clauses[index].stems
        and relatives.search(quote.part(index)) is not None
    )


def _is_unless(clause: Clause, denial: Mark, quote: Reading) -> bool:
    """Whether a denial is of a condition, and a quote has a word for “if not”."""
    unless = quote.words.pattern("unless")
    conditions = (mark for mark in clause.marks if mark.sense is Sense.CONDITION)
    return (
        denial.sense is Sense.NOT
        and unless is not None
        and any(mark.end <= denial.start for mark in conditions)
        and unless.search(quote.text) is not None
    )


def _is_of_the_latest(denying: Reading, index: int, other: Reading) -> bool:
    """Whether “has not been inspected since 2019” is “was last inspected in 2019”."""
    since, latest = denying.words.pattern("since"), other.words.pattern("latest")
    return (
        since is not None
        and latest is not None
        and since.search(denying.part(index)) is not None
        and latest.search(other.text) is not None
    )


def is_yet_to_be(denying: Reading, index: int, other: Reading) -> bool:
    """Whether “has not yet been ratified” is “must still be ratified”.

    Args:
        denying: A text in its clauses.
        index: That of one of them which denies something.
        other: What may tell it as still to be done.
    """
    yet = denying.words.pattern("yet")
    return (
        yet is not None
        and yet.search(denying.text, denying.clauses[index].start) is not None
        and any(yet.search(other.part(at)) is not None for at, _ in other.marks(_TO_BE))
    )


def _answers_charges(quote: Reading) -> bool:
    """Whether somebody denies in a text what the clause before tells, or says he is innocent."""
    innocent = quote.words.pattern("innocent")
    return any(points_back(quote, *denial) for denial in quote.marks(NEGATIVE)) or (
        innocent is not None and innocent.search(quote.text) is not None
    )


def _is_not_until(quote: Reading, index: int, denial: Mark, statement: Reading) -> bool:
    """Whether “will not open until March” is told as “will open in March”, and not before it."""
    until, before = quote.words.pattern("until"), statement.words.pattern("ends.before")
    clause = quote.clauses[index]
    start = clause.start if quote.words.verb_last else denial.end
    begun = until.search(quote.text, start, clause.end) if until is not None else None
    if begun is None or before is None:
        return False
    if any(each is not None and each.search(statement.text) for each in (until, before)):
        return False
    time = {word.stem for word in clause.words if word.start >= begun.end()}
    return not time.isdisjoint(statement.stems)


def _overlaps(mark: Mark, match: re.Match[str]) -> bool:
    return mark.start < match.end() and match.start() < mark.end


def _is_of_a_figure(
    reading: Reading, index: int, denial: Mark, others: Sequence[Reading], *, dropped: bool
) -> bool:
    """Whether a denial is but of the figure behind it, beside which another stands: “38, not 94”.

    Where another text has both; if it has `dropped` the denial, the denied one first: “from 94 to
    38”.
    """
    figures = _figures(reading)
    clause = reading.clauses[index]
    denied = next(((at, stem) for at, stem in figures if denial.end <= at < clause.end), None)
    if denied is None or len(reading.text[denial.end : denied[0]].split()) > 1:
        return False
    sentence = [each for each in reading.clauses if each.sentence == clause.sentence]
    beside = {stem for at, stem in figures if sentence[0].start <= at < denial.start}
    told = [[stem for _, stem in _figures(other)] for other in others]
    return any(
        denied[1] in each
        and (
            not beside.isdisjoint(each[each.index(denied[1]) :] if dropped else each)
            or (bool(beside) and _told_formerly(other, denied[1]))
        )
        for each, other in zip(told, others, strict=True)
    )


def _told_formerly(reading: Reading, figure: str) -> bool:
    """Whether a text tells a figure as one of before: “four; at first six were reported”."""
    formerly = reading.words.pattern("formerly")
    return formerly is not None and any(
        figure in clause.stems and formerly.search(reading.rest(index, frozenset({figure})))
        for index, clause in enumerate(reading.clauses)
    )


def _figures(reading: Reading) -> list[tuple[int, str]]:
    """The words of a text that are numbers, in digits or in letters, each with its place."""
    numbers = {each.start for each in reading.quantities}
    return [
        (word.start, word.stem)
        for clause in reading.clauses
        for word in clause.words
        if word.stem[0].isdigit() or word.start in numbers
    ]


def _denies_alike(quote: Reading, denial: Mark) -> bool:
    """Whether a quote has a verb with its denial in one word, as the other text has it."""
    whole = quote.words.verb_last and not quote.words.spaceless and len(denial.word) > _ROOT
    return whole and any(
        mark.word == denial.word and len(quote.clauses[index].words) <= FEW
        for index, mark in quote.marks({Sense.NOT})
    )


@lru_cache(maxsize=4096)
def _plain(reading: Reading) -> frozenset[str]:
    """The words of a text that have no sense, and their stems.

    Of a language without spaces no single letters, which are parts of other words as well.
    """
    words = frozenset[str]().union(*map(reading.plain, range(len(reading.clauses))))
    return frozenset([each for each in words if len(each) > 1 or not reading.words.spaceless])


def _done(denial: Mark, known: Words) -> frozenset[str]:
    """The verb of a denial in one word: “kapatmadı” and “نبست” shut nothing, “kapattı” does."""
    own = stems(denial.word, known)
    if not known.verb_last:
        return own
    whole = stems(denial.word[1:], known)  # a stem that is cut has lost a letter more
    return own.union(whole, (each[1:] for each in own if len(each) > _ROOT))


def points_back(reading: Reading, index: int, denial: Mark) -> bool:
    """Whether a clause says but that somebody denies what stands before it.

    Args:
        reading: A text in its clauses.
        index: That of one of them.
        denial: A word of denial in it.
    """
    if denial.sense is not Sense.DENIAL or not index:
        return False
    clause = reading.clauses[index]
    claims = (  # “the coast guard denied the allegation”
        mark for mark in clause.marks if mark.sense is Sense.CLAIMED and mark.start >= denial.end
    )
    others = clause.stems.difference(
        *(stems(mark.word, reading.words) for mark in (denial, *claims))
    )
    return len(others) <= _WHO


def _rejects(quote: Reading, told: frozenset[str]) -> bool:
    """Whether a clause says but that somebody denies what the one before tells, or refuses it."""
    denials = (
        index for index, mark in quote.marks({Sense.DENIAL}) if points_back(quote, index, mark)
    )
    refusals = (
        index + 1 for index, _ in quote.marks({Sense.DEMAND}) if answers_no(quote, index + 1)
    )
    return any(
        told <= quote.clauses[index - 1].stems | quote.clauses[index].stems
        for index in chain(denials, refusals)
    )


def _denies_of_them(quote: Reading, clause: Clause) -> bool:
    """Whether a quote denies something of “none of them” in words that a clause shares."""
    return any(
        of_them(quote, mark.end) and not clause.stems.isdisjoint(quote.clauses[index].stems)
        for index, mark in quote.marks({Sense.NOT})
    )


def _refers_back(quote: Reading, denial: Mark, statement: Reading) -> bool:
    """Whether a quote denies in the same words what stands in a clause before: “of that”."""
    words = stems(denial.word, statement.words)
    return bool(words) and any(
        index > 0
        and words <= stems(mark.word, quote.words)
        and all(word.start < mark.end for word in quote.clauses[index].words)
        for index, mark in quote.marks({Sense.DENIAL})
    )


def _beside(quote: Reading, index: int, denial: Mark) -> frozenset[str]:
    """Denials that are themselves denied, or stand beside a “not”: “the ban does not apply”."""
    clause = quote.clauses[index]
    if denial.sense is not Sense.NOT:
        complements = quote.words.pattern("complements")
        begun = complements and complements.search(quote.text, denial.end, clause.end)
        return frozenset[str]().union(  # “denied that the town had run out of water”
            *(
                stems(mark.word, quote.words)
                for mark in clause.marks
                if begun and mark.sense in (Sense.DENIAL, Sense.FALSE) and mark.start >= begun.end()
            )
        )
    # “did not *seek* to *cancel* it”
    behind = [word.stem for word in clause.words if word.start >= denial.end][:_VERBS]
    before = [word.stem for word in clause.words if word.start < denial.start][-1:]
    return stems(denial.word, quote.words).union(  # “yasaklanmadı” is “not banned”
        before if quote.words.verb_last else behind,  # “رد نکرد”, “لم تحظر”
        *(
            stems(mark.word, quote.words)
            for mark in clause.marks
            if mark.sense in (Sense.DENIAL, Sense.FALSE)
        ),
    )


def _repeats(statement: Reading, denial: Mark, quote: Reading) -> bool:
    """Whether a text denies in the very word of another: “this refusal” for “the refusal”."""
    verb = stems(denial.word, quote.words)
    return denial.sense is not Sense.NOT and any(
        not verb.isdisjoint(stems(mark.word, statement.words))
        for _, mark in statement.marks({Sense.DENIAL, Sense.FALSE})
    )


def _is_of_both(quote: Reading, denial: Mark) -> bool:
    """Whether a denial is of each of two, “neither the mayor nor her deputy”."""
    neither = quote.words.pattern("neither")
    return neither is not None and neither.fullmatch(denial.word) is not None


def _begins_both(quote: Reading, index: int, denial: Mark) -> bool:
    """Whether a denial is of the first of two, and the next clause denies the same of both."""
    behind = quote.clauses[index + 1 : index + 2]
    return _is_of_both(quote, denial) and any(
        _is_of_both(quote, mark) for clause in behind for mark in clause.marks
    )


def _told_of_one(quote: Reading, index: int, statement: Reading) -> bool:
    """Whether a clause tells of one of two, without a denial, what a quote denies of both."""
    sentence = quote.clauses[index].sentence
    both = [
        at
        for at, clause in enumerate(quote.clauses)
        if clause.sentence == sentence and any(_is_of_both(quote, mark) for mark in clause.marks)
    ]
    denied = frozenset[str]().union(
        *(clause.stems for clause in quote.clauses[both[0] : both[-1] + 1])
    )
    if not quote.words.verb_last:  # of “87,000 were neither here nor there” not that they were
        first = next(mark for mark in quote.clauses[both[0]].marks if _is_of_both(quote, mark))
        denied -= {word.stem for word in quote.clauses[both[0]].words if word.start < first.start}
    wide = statement.words.denies
    for at, clause in enumerate(statement.clauses):
        shared = clause.stems & denied
        if len(shared) < _OF_ONE or len(shared) < ENOUGH * len(clause.stems):
            continue
        if has_denial(clause) or (wide and wide.search(statement.rest(at, shared))):
            continue
        if not _names_the_first(statement, at, quote.clauses[both[-1]]):
            return True
    return False


def _names_the_first(statement: Reading, index: int, last: Clause) -> bool:
    """Whether a clause but names the first of two, and the next denies what is denied of both.

    “The new mayor | and her deputy did not *answer questions*”: that stands at the end of the
    `last` clause of a quote.
    """
    told = frozenset([word.stem for word in last.words][-_TOLD:])
    joins, following = statement.words.at_start("joins"), statement.clauses[index + 1 : index + 2]
    return (
        told.isdisjoint(statement.clauses[index].stems)
        and any(not told.isdisjoint(each.stems) and has_denial(each) for each in following)
        and joins is not None
        and joins.search(statement.part(index + 1)) is not None
    )


def _undone(texts: Sequence[Reading], *others: Reading) -> Iterator[Turned]:
    """Denials of `texts` that are themselves denied, “did not deny”, where no other text's is."""
    for text in texts:
        for index, mark in text.marks({Sense.DENIAL}):
            double = _double(text, index, mark)
            if double is None:
                continue
            scope, verb = text.scope(index, mark), stems(mark.word, text.words)
            same = [
                _double(other, at, denial) or _denies_besides(other, at, denial, text)
                for other in others
                for at, denial in other.marks({Sense.DENIAL})
                if overlap(scope & other.scope(at, denial), other)
                and any(alike(*pair) for pair in product(verb, stems(denial.word, other.words)))
            ]
            if same and not any(same):
                yield Turned(double, scope)


def _denies_besides(reading: Reading, index: int, denial: Mark, other: Reading) -> bool:
    """Whether a clause may deny, beside a denial, in a word that another text has not.

    “Refused to halt” is “did not halt”, “exempt from the ban” is “the ban does not apply”.
    """
    wide = reading.words.denies
    words = (*other.text.split(), *denial.word.split())
    heard = other.stems.union(words, stems(denial.word, reading.words))
    return wide is not None and bool(wide.search(reading.rest(index, heard)))


def _double(reading: Reading, index: int, denial: Mark) -> Mark | None:
    """What denies a denial: a “not” right before it, or behind where the verb stands last."""
    text, last = reading.text, reading.words.verb_last
    for mark in reading.clauses[index].marks:
        if mark.sense is not Sense.NOT:
            continue
        between = text[mark.end : denial.start] if mark.start < denial.start else ""
        if last and mark.start > denial.start:
            between = text[denial.end : mark.start]
        elif mark.start > denial.start:
            continue
        if len(between.split()) <= _BESIDE:
            return mark
    return None


class _Affirmed:
    """What quotes say without a denial: in how many clauses each stem stands."""

    def __init__(self, quotes: Sequence[Reading]) -> None:
        self._clauses = Counter(
            chain.from_iterable(
                clause.stems
                for quote in quotes
                for clause in quote.clauses
                if not has_denial(clause)
            )
        )
        self._times = Counter(map(id, quotes))

    def elsewhere(
        self, stems: frozenset[str], quote: Reading, index: int, scope: frozenset[str]
    ) -> frozenset[str]:
        """The `stems` that stand elsewhere too than in clause `index` of `quote`.

        And elsewhere than in clauses of that quote that say nothing beside the `scope`.
        """
        own = Counter(
            chain.from_iterable(
                clause.stems
                for at, clause in enumerate(quote.clauses)
                if (at == index or scope >= clause.stems) and not has_denial(clause)
            )
        )
        times = self._times[id(quote)]
        return frozenset(stem for stem in stems if self._clauses[stem] > own[stem] * times)
