"""The rules of words, in the order in which they are asked, and what they find in a text.

A rule takes the readings of quotes and of the text that these carry. It yields what the text says
otherwise: the words of the text, each with those of the quotes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from briefings.check.wording import (
    amounts,
    by_or_to,
    doers,
    exchanged_words,
    opposites,
    qualifiers,
    refusals,
    stronger,
    substitutes,
    swapped_ends,
    swapped_figures,
    swapped_roles,
    transposed,
    unnamed,
    voice,
)
from briefings.check.wording.clauses import Reading
from briefings.check.wording.content_words import stems
from briefings.check.words.senses import NEGATIVE, Sense
from briefings.core.languages import primary
from briefings.core.model import Actor, Evidence, Fact, FactBase, LocalText, Place

Words: TypeAlias = tuple[str, str]
Rule: TypeAlias = Callable[[Sequence[Reading], Reading], Iterable[Words]]

LONG = 8
"""A text of so many content words that shares only one with its quotes is a chance meeting."""

# One of fewer words, or pairs of letters, may be told in other words altogether.
_FEW = 3
_FEW_PAIRS = 4

SENSE_CODES = {
    **dict.fromkeys(voice.HEDGES, "lost-hedge"),
    **dict.fromkeys(voice.UNREAL, "told-as-done"),
    **dict.fromkeys(voice.SPOKEN, "lost-attribution"),
    **dict.fromkeys(voice.LIMITED, "turned-amount"),
}
"""What it is called if a text loses a mark of a sense that its quotes have: see `voice.lost`."""


def _turned_opposites(quotes: Sequence[Reading], text: Reading) -> Iterable[Words]:
    turned = tuple(opposites.opposites(quotes, text))
    return () if turned and by_or_to.turn_at(quotes, text) else turned


_OF_WORDS: tuple[Rule, ...] = (
    _turned_opposites,
    opposites.unmade,
    opposites.sided,
    swapped_roles.actors,
    doers.exchanged,
    swapped_roles.speakers,
    swapped_roles.told_by_the_other,
    swapped_ends.exchanged,
    substitutes.exchanged,
    stronger.added,
    stronger.everywhere,
    qualifiers.dropped,
    unnamed.told_by_office,
    unnamed.told_by_those_meant,
    refusals.told_as_banned,
)
# The first that finds anything, where none of those above does.
_OF_PLACES: tuple[Rule, ...] = (
    transposed.exchanged,
    exchanged_words.exchanged,
    swapped_roles.halves,
)
_OF_AMOUNTS: tuple[Rule, ...] = (
    amounts.amounts,
    amounts.made_definite,
    swapped_figures.moved,
    by_or_to.exchanged,
)
# Of one quote and its translation into another language.
_ABROAD: tuple[Callable[[Reading, Reading], Iterable[Words]], ...] = (
    opposites.across,
    amounts.across,
    substitutes.across,
    swapped_figures.across,
    unnamed.across,
)


def turned_round(quotes: Sequence[Reading], text: Reading) -> Iterator[tuple[str, str, str]]:
    """What a text tells the other way round, or of another thing than its quotes.

    Each with its code, the words of the text and those of the quote.

    Args:
        quotes: What carries the text.
        text: What is told.
    """
    turned = [words for rule in _OF_WORDS for words in rule(quotes, text)]
    counted = [words for rule in _OF_AMOUNTS for words in rule(quotes, text)]
    few = amounts.excepted(quotes, text)
    if (turned or counted) and (few or amounts.rest(quotes, text)):
        turned, counted = [], []  # “all but two refused”, “only two accepted”
    if few is not None and few.turned:
        counted = [(few.ours, few.theirs)]
    for rule in _OF_PLACES:
        turned = turned or list(rule(quotes, text))
    yield from (("turned-word", *words) for words in turned)
    yield from (("turned-amount", *words) for words in counted)


def turned_abroad(quote: Reading, translation: Reading) -> Iterator[Words]:
    """What a translation tells otherwise than its quote, each with the words of that."""
    for rule in _ABROAD:
        yield from rule(quote, translation)
    yield from by_or_to.exchanged([quote], translation)


def quoted_in(language: str, evidence: Evidence) -> str | None:
    """What a quote says in a language: its own words or those of a translation."""
    if primary(evidence.language) == primary(language):
        return evidence.quote
    return form_in(language, evidence.translation) if evidence.translation is not None else None


def form_in(language: str, text: LocalText) -> str | None:
    """What a text says in this very form of a language, else in another of its forms.

    A desk may have other words in each.
    """
    same = {code: form for code, form in text.forms if primary(code) == primary(language)}
    return same.get(language, next(iter(same.values()), None))


def shares(
    base: FactBase, facts: Sequence[Fact], quotes: Sequence[Reading], statement: Reading
) -> bool:
    """Whether a text and the quotes of `facts` share words, or names of one and the same.

    Args:
        base: For the names of what the facts tell of.
        facts: Those that carry the text.
        quotes: Their quotes.
        statement: The text.
    """
    heard = frozenset[str]().union(*(quote.stems for quote in quotes))
    shared = statement.stems & heard
    if len(shared) >= (2 if len(statement.stems) >= LONG else 1) or not statement.stems:
        return True
    few = _FEW_PAIRS if statement.words.spaceless else _FEW
    if len(statement.stems) < few and heard:
        return True  # it may say it all in other words
    if heard and any(_ways(quote) & _ways(statement) for quote in quotes):
        return True  # “ist unklar”, “steht nicht fest”
    named: list[Actor | Place] = [
        *(base.actors[each] for fact in facts for each in fact.actors if each in base.actors),
        *(base.places[each] for fact in facts for each in fact.places if each in base.places),
    ]
    for entry in named:
        texts = (*entry.aliases, *(text for _, text in entry.name.forms))
        names = frozenset[str]().union(*(stems(text, statement.words) for text in texts))
        if names & statement.stems and names & heard:
            return True
    return False


def _ways(reading: Reading) -> frozenset[Sense]:
    """In what ways a text is no plain telling; any denial is as good as another."""
    ways = reading.senses & (voice.HEDGES | voice.UNREAL)
    return ways if reading.senses.isdisjoint(NEGATIVE) else ways | {Sense.NOT}
