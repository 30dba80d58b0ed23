"""Conditions that one text denies and another does not: “unless it rains”, “if it rains”."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from briefings.check.wording.clauses import Reading
from briefings.check.wording.content_words import stems
from briefings.check.words import Words
from briefings.check.words.senses import NEGATIVE, Mark, Sense

# From this share of what depends on a condition on, and so many words, a text tells it.
_ENOUGH = 0.5
_LEAST = 2
# Stems of so many letters may be of one root.
_ROOT = 3


class _Condition(NamedTuple):
    """A condition, and what depends on it; `denial` is the word that denies it, “unless”."""

    stems: frozenset[str]
    depending: frozenset[str]
    denial: Mark | None
    plain: bool
    denied: bool


def _conditions(reading: Reading) -> Iterator[_Condition]:
    """The conditions whose word stands before them; `plain` where nothing may deny them.

    `denied` is whether what depends on one is.
    """
    unless, no, wide = (
        reading.words.pattern("unless"),
        reading.words.pattern("not"),
        reading.words.denies,
    )
    for index, mark in reading.marks({Sense.CONDITION}):
        clause = reading.clauses[index]
        inside, end = [each for each in clause.words if each.start >= mark.end], clause.end
        own = [each for each in clause.marks if each.sense is Sense.NOT and each.start >= mark.end]
        following = reading.clauses[index + 1 : index + 2]
        if not inside and following and following[0].sentence == clause.sentence:
            inside, end = list(following[0].words), following[0].end  # “es sei denn, es regnet”
            own = [each for each in following[0].marks if each.sense is Sense.NOT]
        mere = set[Mark]()
        if any(each is not None and each.search(mark.word) for each in (unless, no)):
            own, mere = [mark], set(own)  # the “ne” of “à moins qu'il ne pleuve” denies nothing
        behind = frozenset(each.stem for each in inside)
        rest = [
            each
            for each in reading.clauses
            if each.sentence == clause.sentence and not mark.start < each.end <= end
        ]
        before = (word.stem for word in clause.words if word.start < mark.start)
        denials = (each for other in (*rest, clause) for each in other.marks)
        yield _Condition(
            behind,
            frozenset[str](before).union(*(each.stems for each in rest)),
            own[0] if len(own) == 1 else None,
            not own and not (wide and wide.search(reading.text[mark.end : end])),
            any(each.sense in NEGATIVE and each not in (*own, *mere) for each in denials),
        )


def turned_conditions(denying: Reading, other: Reading) -> Iterator[tuple[Mark, frozenset[str]]]:
    """Conditions that a text denies and another, which tells the same of them, does not.

    Each by the word that denies it, with the words that both tell of it.
    """
    for ours, theirs in _same_conditions(denying, other):
        if ours.denial is None or not theirs.plain or ours.denied != theirs.denied:
            continue
        shared = len(ours.depending & theirs.depending)
        enough = _ENOUGH * min(len(ours.depending), len(theirs.depending))
        if shared and shared >= enough and shared >= min(_LEAST, len(ours.depending)):
            yield ours.denial, ours.stems & theirs.stems


def _same_conditions(one: Reading, other: Reading) -> Iterator[tuple[_Condition, _Condition]]:
    """The conditions of two texts of which one says no more than the other."""
    if Sense.CONDITION in one.senses and Sense.CONDITION in other.senses:
        for ours, theirs in product(_conditions(one), _conditions(other)):
            if _tell_alike(ours, theirs, one.words) or _tell_alike(theirs, ours, one.words):
                yield ours, theirs


def _tell_alike(one: _Condition, other: _Condition, known: Words) -> bool:
    """Whether a condition says no more than another, but for a verb that holds its denial."""
    if one.stems <= other.stems:
        return True
    if one.denial is None or not known.verb_last:
        return False
    verb = stems(one.denial.word, known) & one.stems  # “نرسد” and “برسد”
    return one.stems - verb <= other.stems and all(
        any(of_one_root(each[1:], told) for told in other.stems) for each in verb
    )


def is_conditional(denial: Mark, own: Reading, other: Reading) -> bool:
    """Whether a denial of a condition, or of what depends on it, stands for one of another text.

    “Unless it rains” is “if it does not rain”; “will fail unless” is “will not fail if”.
    """
    for ours, theirs in _same_conditions(own, other):
        if ours.denial == denial and theirs.denial is not None:
            return True
        crossed = ours.denied != theirs.denied and ours.plain != theirs.plain
        if crossed and (ours.denial == denial or ours.denied):
            return True
    return False


def of_one_root(stem: str, other: str) -> bool:
    """Whether one stem is the other with a letter more before it: “يتسلم”, “تسلمت”."""
    return min(len(stem), len(other)) >= _ROOT and (stem == other[1:] or stem[1:] == other)
