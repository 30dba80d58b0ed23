"""Who does something to whom, or which of two does it, turned round: “A beat B” for “B beat A”."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from briefings.check.wording.amounts import amount_ranks
from briefings.check.wording.clauses import Clause, Reading
from briefings.check.wording.content_words import known_stem
from briefings.check.words.senses import Sense

_BOTH = 2
_MARKS = " ,.;:،؛、。"
SPEECH = frozenset({Sense.SAID, Sense.CLAIMED})
TELLING = SPEECH | {Sense.REPORTED}
"""Who speaks, and “alleged that”."""
_ROOT = 3
_VERB = 4  # letters of a verb that are the same in most of its forms
_BESIDE = 2  # words on either side of an act that tell who is meant


class _Act(NamedTuple):
    """A word for what one does to another, by its `verb`, and the words beside it.

    `order` are the words of the clause, and `forms` what each is written as, with what tells its
    case: “der Konzern” is another form than “den Konzern”.
    """

    verb: str
    shown: str
    before: frozenset[str]
    behind: frozenset[str]
    order: tuple[str, ...]
    forms: Mapping[str, str]
    articles: bool


class _Half(NamedTuple):
    """What one of two says in a quote: who it is by the words before the verb, and the rest.

    `ranks` are those of its words for how many.
    """

    speaker: frozenset[str]
    words: frozenset[str]
    shown: str
    ranks: frozenset[int]


def actors(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Acts of a statement whose doer is in a quote the one it is done to, each with the quote's.

    Only in languages whose order of words tells one from the other, or their forms, and of acts
    that are not mutual.
    """
    stated = _acts(statement)
    quoted = [act for quote in quotes for act in _acts(quote)] if stated else []
    turns = _TURNS[statement.words.doer]
    for ours in stated:
        same = [theirs for theirs in quoted if _same_verb(theirs.verb, ours.verb)]
        turned = [theirs for theirs in same if turns(ours, theirs)]
        if turned and len(turned) == len(same):
            yield ours.shown, turned[0].shown


def halves(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Clauses of a statement that have exchanged a word, “the fraud charge” for “the tax charge”.

    Each with the clause of a quote that has the word which went to the other. Figures are told
    of another thing by other rules; pairs of letters are no words.
    """
    if statement.words.spaceless or len(statement.clauses) < _BOTH:
        return
    for quote in quotes:
        pairs = [
            index
            for index, (one, other) in enumerate(pairwise(statement.clauses))
            if one.stems <= quote.stems and other.stems <= quote.stems
        ]  # with words of the quote alone
        for first, second in pairwise(range(len(quote.clauses))) if pairs else ():
            for ours in _exchanged(quote.clauses[first], quote.clauses[second], statement, pairs):
                yield statement.part(ours).strip(_MARKS), quote.part(first).strip(_MARKS)
                return


def _exchanged(
    first: Clause, second: Clause, statement: Reading, pairs: Iterable[int]
) -> Iterator[int]:
    """The clauses of a statement that tell the first of two with a word of the second.

    And stand beside one that tells the second with a word of the first; `pairs` are the clauses
    that are looked at, each with the next one.
    """
    only, others = first.stems - second.stems, second.stems - first.stems
    for index in pairs:
        beside = index + 1
        for own, neighbour in ((index, beside), (beside, index)):
            here, there = statement.clauses[own].stems, statement.clauses[neighbour].stems
            if here.isdisjoint(only) or there.isdisjoint(others):
                continue  # as most
            came, went = here - first.stems, there - second.stems
            words = came | went
            if len(came) != 1 or len(went) != 1:
                continue
            if came <= others and went <= only and not any(word[0].isdigit() for word in words):
                joint = _joint(*statement.clauses[index : beside + 1])
                ends = _ends(first, second)
                listed = words <= {*ends} and ends == _ends(
                    *statement.clauses[index : beside + 1]
                )  # “96 kadın ve 211 erkek” in the other order
                if _joint(first, second) != joint[::-1] and not listed:  # else “between A and B”
                    yield own


def _ends(first: Clause, second: Clause) -> list[str]:
    """The first word of a clause and the last of the next one."""
    return [each.stem for each in (*first.words[:1], *second.words[-1:])]


def _joint(first: Clause, second: Clause) -> list[str]:
    """The last word of a clause and the first of the next one."""
    return [each.stem for each in (*first.words[-1:], *second.words[:1])]


def speakers(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """What a statement has another say than a quote does, “the army said” for “the mayor said”.

    Of a quote in which two speak in turn, each before what he says. Who speaks in the statement
    stands before its verb, for he may speak of the other: “residents said that the army …”.
    """
    said = [saying.speaker for saying in _sayings(statement)]
    who = frozenset[str]().union(*said) if said else statement.stems
    for quote in quotes:
        halves = _halves(quote)
        for ours, theirs in (halves, halves[::-1]) if halves is not None else ():
            others = theirs.speaker | theirs.words
            speaker, words = ours.speaker - others, ours.words - others
            named = theirs.speaker - ours.speaker - ours.words
            their_words = theirs.words - ours.speaker - ours.words
            told = statement.stems & words
            # “The engineer said that the dam will hold” has one word of the mayor's, and no other.
            all_told = statement.stems - theirs.speaker - (ours.words & theirs.words) <= words
            if (
                who.isdisjoint(speaker)
                and not who.isdisjoint(named)
                and speaker
                and (
                    _exchanges_amounts(ours, theirs, statement)
                    or _exchanges_figures(ours, theirs, statement)
                    or (
                        their_words
                        and statement.stems.isdisjoint(their_words)
                        and (len(told) >= _BOTH or (told and all_told))
                    )
                )
            ):
                yield theirs.shown, ours.shown


def told_by_the_other(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Who says what another does, turned round: “the army said rebels shelled it”.

    Each with who says it in a quote, where the order of words tells the two apart.
    """
    stated = _sayings(statement)
    quoted = [each for quote in quotes for each in _sayings(quote)] if stated else []
    for ours in stated:
        turned = [
            theirs
            for theirs in quoted
            if not ours.speaker.isdisjoint(theirs.words - theirs.speaker)
            and not theirs.speaker.isdisjoint(ours.words - ours.speaker)
            and ours.speaker.isdisjoint(theirs.speaker)
        ]
        if turned and all(ours.speaker.isdisjoint(each.speaker) for each in quoted):
            yield ours.shown, turned[0].shown


@lru_cache(maxsize=4096)
def _sayings(reading: Reading) -> tuple[_Half, ...]:
    """Each one that speaks, before its verb, and the first words of what is said."""
    return tuple(_sayings_of(reading))


def _sayings_of(reading: Reading) -> Iterator[_Half]:
    telling = reading.words.pattern("telling")
    if telling is None:
        return
    complements = reading.words.at_start("complements")
    for index, clause in enumerate(reading.clauses):
        match = telling.search(reading.text, clause.start, clause.end)
        if match is None:
            continue
        cut = match.start()
        before = [each.stem for each in clause.words if each.start + len(each.stem) <= cut]
        behind = [each.stem for each in clause.words if each.start >= match.end()]
        if not behind and index + 1 < len(reading.clauses) and complements is not None:
            completes = complements.search(reading.part(index + 1)) is not None
            behind = [each.stem for each in reading.clauses[index + 1].words if completes]
        if before and behind:
            shown = reading.text[clause.start : match.end()].strip(_MARKS)
            speaker, told = frozenset(before[-_BESIDE:]), frozenset(behind[:_BESIDE])
            yield _Half(speaker, told, shown, frozenset())


def _exchanges_amounts(ours: _Half, theirs: _Half, statement: Reading) -> bool:
    """Whether a statement has how many the one says, “most had”, and not what the other says."""
    stated = amount_ranks(statement, 0, len(statement.clauses))
    return bool(ours.ranks and theirs.ranks and stated) and (
        stated <= ours.ranks and stated.isdisjoint(theirs.ranks)
    )


def _exchanges_figures(ours: _Half, theirs: _Half, statement: Reading) -> bool:
    """Whether a statement has the figures of the one, “60 did”, and none of what the other says."""
    stated, own, others = (
        {stem for stem in stems if stem[0].isdigit()}
        for stems in (statement.stems, ours.words, theirs.words)
    )
    return bool(stated and others) and stated <= own and stated.isdisjoint(others)


@lru_cache(maxsize=4096)
def _halves(quote: Reading) -> tuple[_Half, _Half] | None:
    """Who says what in a quote in which two speak in turn; None if it is not plain."""
    spoken = [(index, mark) for index, mark in quote.marks(SPEECH)]
    clauses = [index for index, _ in spoken]
    if len(spoken) != _BOTH or clauses[0] != 0 or clauses[1] == 0:
        return None
    bounds = ((0, clauses[1]), (clauses[1], len(quote.clauses)))
    halves = []
    for (_, mark), (first, last) in zip(spoken, bounds, strict=True):
        opening = quote.clauses[first]
        before = [word.stem for word in opening.words if word.start < mark.start]
        behind = [word.stem for word in opening.words if word.start >= mark.end]
        verb_last = quote.words.verb_last or quote.words.spaceless
        beside = before[:1] if verb_last else before[-_BESIDE:]
        speaker = frozenset(beside or behind[:1])  # “قال المحافظ”
        if not speaker:
            return None
        words = frozenset(
            word.stem
            for clause in quote.clauses[first:last]
            for word in clause.words
            if not mark.start <= word.start < mark.end
        )
        shown = quote.text[opening.start : mark.end].strip(_MARKS)
        ranks = amount_ranks(quote, first, last)
        halves.append(_Half(speaker, words - speaker, shown, ranks))
    return halves[0], halves[1]


def _turned(ours: _Act, theirs: _Act) -> bool:
    """Whether each of two stands on the other side of the verb: “A sued B”, “B sued A”."""
    went, came = ours.before & theirs.behind, ours.behind & theirs.before
    return (
        bool(went and came)
        and went.isdisjoint(ours.behind | theirs.before)
        and came.isdisjoint(ours.before | theirs.behind)
    )


def _turned_in_form(ours: _Act, theirs: _Act) -> bool:
    """The same where either may stand first, and its form tells who it is: “мэр”, “мэра”.

    Where articles tell it, names without one stand in their order: “Kroll warf Dessa … vor”.
    """
    both = (ours.before & theirs.behind) | (ours.behind & theirs.before)
    forms = [(ours.forms[each], theirs.forms[each]) for each in both]
    bare = ours.articles and not any(" " in form for pair in forms for form in pair)
    return _turned(ours, theirs) and (bare or any(one != other for one, other in forms))


def _reordered(ours: _Act, theirs: _Act) -> bool:
    """Whether two that stand on one side of the verb, or all around it, have changed places."""
    return _places(ours, theirs) is not None


def _places(ours: _Act, theirs: _Act) -> tuple[list[str], list[str], list[str]] | None:
    """The words that came first, those that have come before them, and all others."""
    shared = [each for each in theirs.order if each in ours.forms]
    stated = [each for each in ours.order if each in theirs.forms]
    if len(shared) < _BOTH or shared[0] == stated[0]:
        return None
    cut = shared.index(stated[0])
    first, moved = shared[:cut], shared[cut:]
    for end in range(1, len(moved) + 1):
        if stated == moved[:end] + first + moved[end:]:
            return first, moved[:end], moved[end:]
    return None


def _reordered_in_form(ours: _Act, theirs: _Act) -> bool:
    """The same where forms tell who it is: “यूनियन ने”, “यूनियन पर”."""
    places = _places(ours, theirs)
    if places is None:
        return False
    first, moved, others = places
    ends = [first[0], moved[0], *((first[-1], moved[-1]) if others else ())]
    return any(ours.forms[each] != theirs.forms[each] for each in ends)


_TURNS: Mapping[str, Callable[[_Act, _Act], bool]] = {
    "sides": _turned,
    "sides and forms": _turned_in_form,
    "order": _reordered,
    "order and forms": _reordered_in_form,
}


@lru_cache(maxsize=4096)
def _acts(reading: Reading) -> tuple[_Act, ...]:
    return tuple(_acts_of(reading)) if reading.acts else ()


def _acts_of(reading: Reading) -> Iterator[_Act]:
    pattern = reading.words.pattern("acts")
    if pattern is None:
        return
    for index, clause in enumerate(reading.clauses):
        if not any(clause.start <= at < clause.end for at in reading.acts):
            continue
        for match in pattern.finditer(reading.part(index)):
            start, end = clause.start + match.start(), clause.start + match.end()
            one_side = reading.words.doer.startswith("order")
            names = [
                word
                for other in reading.clauses
                if other is clause or (one_side and other.sentence == clause.sentence)
                for word in other.words
                if not word.stem[0].isdigit() and not start <= word.start < end
            ]
            # Pairs of letters are about twice as many as words.
            beside = 2 * _BESIDE if reading.words.spaceless else _BESIDE
            before = [word for word in names if word.start < start][-beside:]
            behind = [word for word in names if word.start >= end][:beside]
            if (before and behind) or (one_side and len(names) >= _BOTH):
                told = names if one_side else [*before, *behind]
                last = reading.text[told[-1].start :].partition(" ")[0]
                yield _Act(
                    _verb(match.group(), reading),
                    (reading.text[told[0].start : told[-1].start] + last).strip(".,;:"),
                    frozenset(word.stem for word in before),
                    frozenset(word.stem for word in behind),
                    tuple(dict.fromkeys(word.stem for word in names)),
                    {word.stem: _form(reading, word.start, len(word.stem)) for word in names},
                    reading.words.knows("cases"),
                )


def _verb(act: str, reading: Reading) -> str:
    """The letters of an act that most of its forms share."""
    if reading.words.spaceless:
        return act[:_VERB]
    word = act.split(maxsplit=1)[0]
    return (known_stem(word, reading.words) or word)[:_VERB]


def _same_verb(one: str, other: str) -> bool:
    """Whether two beginnings are of one verb; one may have a letter more before it."""
    rooted = min(len(one), len(other)) >= _ROOT
    return one == other or (rooted and (one[1:] == other or one == other[1:]))


def _form(reading: Reading, start: int, length: int) -> str:
    """A word as it is written, with the article before it or the particle behind it."""
    text = reading.text
    cases = reading.words.pattern("cases")
    if reading.words.spaceless:
        end = start + length
        behind = cases.match(text, end) if cases is not None else None
        return text[start : behind.end() if behind is not None else end]
    word, *following = text[start:].split(maxsplit=2)[:_BOTH]
    word = word.strip(_MARKS)
    particles = reading.words.doer.startswith("order")
    beside = following if particles else text[:start].split()[-1:]
    if cases is None or not beside or cases.fullmatch(beside[0].strip(_MARKS)) is None:
        return word
    return f"{beside[0]} {word}"
