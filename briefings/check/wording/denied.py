"""Whether a text tells what another one denies, and denies it where it tells it."""

from __future__ import annotations

from briefings.check.wording.clauses import Clause, Reading, is_of_a_lack
from briefings.check.wording.conditions import of_one_root
from briefings.check.wording.content_words import stems
from briefings.check.words.senses import NEGATIVE, Mark, Sense

# From this share of what a word governs on, a text is taken to tell it.
ENOUGH = 0.5
# Where a clause ends, the word that begins the next may still belong to its verb.
_BEHIND = 8
# A clause of so many words, or pairs of letters, may say of the one beside it that it is not so.
FEW = 2
_FEW_PAIRS = 7
# Pairs of letters that may be of the one word behind a denial.
_PAIRS = 3
# Stems that share so many letters may be of one word.
_ALIKE = 4
_STOPS = " .!?;:,\"'"


def overlap(scope: frozenset[str], statement: Reading, *, figures: bool = True) -> frozenset[str]:
    """What a text tells of a scope; nothing if it tells too little of it.

    Args:
        scope: What a mark of a quote governs.
        statement: What is told.
        figures: Whether figures count that only one has: “40 mil” may be “40.000”.
    """
    stems = statement.stems
    shared = scope & stems
    if not figures:
        scope, stems = (
            frozenset(stem for stem in each if stem in shared or not stem[0].isdigit())
            for each in (scope, stems)
        )
    # Pairs of letters are about twice as many as words.
    share = ENOUGH / 2 if statement.words.spaceless else ENOUGH
    enough = len(shared) >= share * len(scope) or len(shared) >= share * len(stems)
    return shared if shared and enough else frozenset()


def has_denial(clause: Clause) -> bool:
    """Whether a clause denies anything.

    Args:
        clause: The clause.
    """
    return any(mark.sense in NEGATIVE for mark in clause.marks)


def denies(
    reading: Reading,
    shared: frozenset[str],
    plain: frozenset[str],
    beside: frozenset[str] = frozenset(),
) -> bool:
    """Whether a text denies, in whatever other words, where it tells what is shared.

    Args:
        reading: The text.
        shared: The stems that both texts tell.
        plain: Words that deny nothing: the other text has them too.
        beside: Verbs that deny something else there.
    """
    wide = reading.words.denies
    joins = reading.words.at_start("joins")
    following = False
    for index in reversed(range(len(reading.clauses))):
        clause = reading.clauses[index]
        tells = following or not shared.isdisjoint(clause.stems)
        joined = joins is not None and bool(joins.search(reading.part(index)))
        following = tells and joined
        if joined and index and reading.words.verb_last:  # “وزیر و معاونش نیامدند”
            tells = tells or not shared.isdisjoint(reading.clauses[index - 1].stems)
        if not (
            tells
            or _borders(reading, index, shared)
            or _reaches(reading, index, shared)
            or _takes_up(reading, index, shared)
            or _stands_before(reading, index, shared)
        ):
            continue
        marks = (mark for mark in clause.marks if mark.sense in NEGATIVE)
        if any(
            each.sense is Sense.NOT
            or not beside
            or beside.isdisjoint(stems(each.word, reading.words))
            for each in marks
        ):
            return True
        if wide is not None and wide.search(reading.rest(index, shared | plain | beside)):
            return True
        if any(each.sense is Sense.UNCLEAR and each.word not in plain for each in clause.marks):
            return True
    return False


def is_focused(
    reading: Reading, index: int, mark: Mark, shared: frozenset[str], other: frozenset[str]
) -> bool:
    """Whether what is shared is what a mark denies, and not only what that is done to.

    “It would not attend the meeting” denies attending; but of “did not say that …” all that
    follows counts. Where the verb stands last, it holds the denial or stands before it.

    Args:
        reading: The text that denies.
        index: Which of its clauses does.
        mark: The word that does.
        shared: The stems that the other text tells of what is denied.
        other: All stems of the other text.
    """
    if mark.sense is Sense.FALSE:
        return True
    clause = reading.clauses[index]
    last = reading.words.verb_last and not is_of_a_lack(mark, reading.words)
    between = reading.words.pattern("between")  # “no immediate claim”
    beside = [
        word.stem
        for word in clause.words
        if word.start >= mark.end and not (between and between.match(reading.text, word.start))
    ][: _PAIRS if reading.words.spaceless else 1]
    if last:
        beside += [word.stem for word in clause.words if word.start < mark.start][-1:]
        beside += stems(mark.word, reading.words)
    heard, rooted = shared | other, bool(reading.words.prefixes)
    if not beside or not heard.isdisjoint(beside):
        return True
    if any(
        alike(word, known) or (rooted and of_one_root(word, known))
        for word in beside
        for known in heard
    ):
        return True
    complements = reading.words.pattern("complements")
    if complements is None:
        return False
    around = reading.text[clause.start if last else mark.start : clause.end + _BEHIND]
    opening = len(around) - len(around.lstrip())
    # A word at the very beginning makes the clause itself a complement of another.
    return any(match.start() > opening for match in complements.finditer(around))


def alike(stem: str, other: str) -> bool:
    """Whether two stems may be of one word: they begin alike.

    Args:
        stem: A stem.
        other: Another one.
    """
    length = max(_ALIKE, min(len(stem), len(other)) - 1)
    return stem == other or (
        min(len(stem), len(other)) >= _ALIKE and stem[:length] == other[:length]
    )


def _reaches(reading: Reading, index: int, shared: frozenset[str]) -> bool:
    """Whether a clause denies what the next one says: “refuted reports that …”."""
    return any(
        mark.sense is Sense.DENIAL and not shared.isdisjoint(reading.scope(index, mark))
        for mark in reading.clauses[index].marks
    )


def _takes_up(reading: Reading, index: int, shared: frozenset[str]) -> bool:
    """Whether a clause tells on what the one before begins: “at the time of the flood, …”.

    That is a word alone; or it denies it by its last word, “they found none”.
    """
    clause, before = reading.clauses[index], reading.clauses[index - 1] if index else None
    if before is None or reading.words.verb_last:
        return False
    relatives = reading.words.at_start("relatives")
    aside = index > 1 and relatives is not None and relatives.search(reading.part(index - 1))
    if aside:  # “Mr Fenn, who is on leave, did not answer”
        before = reading.clauses[index - 2]
    if shared.isdisjoint(before.stems):
        return False
    if before.sentence == clause.sentence and len(before.words) <= (FEW if aside else 1):
        return True
    return any(
        mark.sense is Sense.NOT and not reading.text[mark.end : clause.end].strip(_STOPS)
        for mark in clause.marks
    )


def _stands_before(reading: Reading, index: int, shared: frozenset[str]) -> bool:
    """Whether a clause is but a denial of what the next ones say: “but not, it seems, in Brill”."""
    clause = reading.clauses[index]
    return not clause.stems and any(
        each.sentence == clause.sentence and not shared.isdisjoint(each.stems)
        for each in reading.clauses[index + 1 : index + 3]
    )


def _borders(reading: Reading, index: int, shared: frozenset[str]) -> bool:
    """Whether a clause of few words stands beside one that tells what is shared."""
    clause = reading.clauses[index]
    if len(clause.words) > (_FEW_PAIRS if reading.words.spaceless else FEW):
        return False
    at = [index - 1, index + 1]
    if index + 1 < len(reading.clauses) and len(reading.clauses[index + 1].words) == 1:
        at.append(index + 2)  # “denied, moreover, that …”
    beside = (reading.clauses[each] for each in at if 0 <= each < len(reading.clauses))
    return any(
        each.sentence == clause.sentence and not shared.isdisjoint(each.stems) for each in beside
    )
