"""Who does what is done, whatever the verb, and in the passive too: “A was hit by B” for “A hit B”.

In languages that tell by the side of the verb who does it, and have its forms in `deeds`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from briefings.check.wording.clauses import Reading
from briefings.check.wording.content_words import Word

_BESIDE = 2  # words next to a verb, or to “by”, that tell who does it
_LEAST = 3  # words of both texts: a verb, and two who may have changed places
_BEFORE = 24  # letters before a verb in which “was” may stand
_MARKS = " ,.;:"


class _Deed(NamedTuple):
    """A verb, and the words on either side of it, the nearest to it, or to “by”, first.

    `doers` are those on the side of who does it.
    """

    verb: str
    doers: list[str]
    others: list[str]
    shown: str


def exchanged(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """What a statement has somebody do that in the quotes is done to him by the other of the two.

    Args:
        quotes: What carries the statement.
        statement: What is told.
    """
    if all(len(statement.stems & quote.stems) < _LEAST for quote in quotes):
        return
    heard = statement.stems.intersection(chain.from_iterable(quote.stems for quote in quotes))
    for ours in _deeds_of(statement, heard):
        same = [deed for quote in quotes for deed in _deeds(quote) if deed.verb == ours.verb]
        if same and all(_is_turned(ours, theirs) for theirs in same):
            days = _days(statement)  # which do nothing, wherever they stand
            if all(_is_turned(_without(days, ours), theirs) for theirs in same):
                yield ours.shown, same[0].shown
                return


def _days(reading: Reading) -> frozenset[str]:
    """The stems of the words of its figures: “Thursday”."""
    figures = reading.quantities
    return frozenset(
        word.stem
        for clause in reading.clauses
        for word in clause.words
        if any(each.start <= word.start < each.end for each in figures)
    )


def _without(stems: frozenset[str], deed: _Deed) -> _Deed:
    doers, others = ([each for each in side if each not in stems] for side in deed[1:3])
    return deed._replace(doers=doers, others=others)


def _is_turned(ours: _Deed, theirs: _Deed) -> bool:
    """Whether each text has do it whom the other has it done to, and none of them does in both."""
    told, heard = ours.doers[:_BESIDE], theirs.doers[:_BESIDE]
    return (
        bool(told and heard)
        and told[0] not in heard
        and heard[0] not in told
        and any(each in theirs.others and each not in theirs.doers for each in told)
        and any(each in ours.others and each not in ours.doers for each in heard)
    )


@lru_cache(maxsize=4096)
def _deeds(reading: Reading) -> tuple[_Deed, ...]:
    return tuple(_deeds_of(reading, reading.stems))


def _deeds_of(reading: Reading, told: frozenset[str]) -> Iterator[_Deed]:
    """What is done in a text, with those on either side: by its order, or by “was” and “by”.

    By a verb of which `told` has the stem.
    """
    verbs, mutual = reading.words.pattern("deeds"), reading.words.pattern("ends.mutual")
    passive, by = reading.words.at_end("passive"), reading.words.pattern("agent")
    if verbs is None or mutual is None or passive is None or by is None:
        return
    words = [word for clause in reading.clauses for word in clause.words]
    for at, word in enumerate(words):
        if word.stem not in told:
            continue
        match = verbs.match(reading.text, word.start)
        if match is None or mutual.fullmatch(match.group()):
            continue
        before, behind = words[:at][::-1], words[at + 1 :]
        agent = by.search(reading.text, match.end())
        between = sum(agent is not None and each.start < agent.start() for each in behind)
        is_passive = passive.search(reading.text[: word.start][-_BEFORE:]) is not None
        if is_passive != (agent is not None and between <= is_passive):
            continue  # “were hit”, “left by boat”
        doers, others = (behind[between:], before) if is_passive else (before, behind)
        start = words[max(at - _BESIDE, 0)].start
        end = next(each.end for each in reading.clauses if word.start < each.end)
        shown = reading.text[start:end].strip(_MARKS)
        yield _Deed(word.stem, _stems(doers), _stems(others), shown)


def _stems(words: Sequence[Word]) -> list[str]:
    """Theirs, but for figures, which do nothing."""
    return [word.stem for word in words if not word.stem[0].isdigit()]
