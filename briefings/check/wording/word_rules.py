"""The rules of words, in the order in which they are asked, and what they find in a text.

A rule takes the readings of quotes and of the text that these carry. It yields what the text says
otherwise: the words of the text, each with those of the quotes. It is asked only where both hold
words without which it can find nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

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
from briefings.check.words.senses import NEGATIVE, Held, Other, Sense, bits
from briefings.core.languages import primary
from briefings.core.model import Actor, Evidence, Fact, FactBase, LocalText, Place

Words: TypeAlias = tuple[str, str]
Rule: TypeAlias = Callable[[Sequence[Reading], Reading], Iterable[Words]]

LONG = 8
"""A text of so many content words that shares only one with its quotes is a chance meeting."""

# One of fewer words, or pairs of letters, may be told in other words altogether.
_FEW = 3
_NO_STEMS: frozenset[str] = frozenset()
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


class _Asked(NamedTuple):
    """A rule, which is asked where a text holds any of some things, and a quote any of others."""

    rule: Rule
    of_text: int = bits(Held.WORDS)
    of_quotes: int = bits(Held.WORDS)


_SIDES, _RANKS = bits(Held.SIDES), bits(Held.RANKS)
_FIGURES, _MEMBERS = bits(Held.FIGURES), bits(Held.MEMBERS)
_COURSES = bits(Other.WHENCE, Other.ORDER)
_SPEECH = bits(*voice.SPOKEN)

_OF_WORDS: tuple[_Asked, ...] = (
    _Asked(_turned_opposites, _SIDES, _SIDES),
    _Asked(opposites.unmade),
    _Asked(opposites.sided, bits(Held.SIDED), bits(Held.SIDED)),
    _Asked(swapped_roles.actors, bits(Other.ACT), bits(Other.ACT)),
    _Asked(doers.exchanged),
    _Asked(swapped_roles.speakers, bits(*swapped_roles.SPEECH)),
    _Asked(swapped_roles.told_by_the_other, bits(*swapped_roles.TELLING)),
    _Asked(swapped_ends.exchanged, _COURSES),
    _Asked(substitutes.exchanged, _MEMBERS, _MEMBERS),
    _Asked(stronger.added, bits(Held.ABOVE)),
    _Asked(stronger.everywhere, bits(Other.EVERYWHERE)),
    _Asked(qualifiers.dropped, of_quotes=bits(Other.QUALIFIER)),
    _Asked(unnamed.told_by_office, _SPEECH),
    _Asked(unnamed.told_by_those_meant, _SPEECH, bits(Other.CLOSE)),
    _Asked(refusals.told_as_banned, bits(Other.BAN), bits(Other.BAN)),
)
# The first that finds anything, where none of those above does.
_OF_PLACES: tuple[Rule, ...] = (
    transposed.exchanged,
    exchanged_words.exchanged,
    swapped_roles.halves,
)
_OF_AMOUNTS: tuple[_Asked, ...] = (
    _Asked(amounts.amounts, _RANKS),
    _Asked(amounts.made_definite, of_quotes=bits(Other.PART)),
    _Asked(swapped_figures.moved, _FIGURES, _FIGURES),
    _Asked(by_or_to.exchanged, _FIGURES, _FIGURES),
)


def _across(rule: Callable[[Reading, Reading], Iterable[Words]]) -> Rule:
    """A rule of one quote and its translation into another language."""
    return lambda quotes, text: rule(quotes[0], text)


_ABROAD: tuple[_Asked, ...] = (
    _Asked(_across(opposites.across), _SIDES, _SIDES),
    _Asked(_across(amounts.across), _RANKS, _RANKS),
    _Asked(_across(substitutes.across), _MEMBERS, _MEMBERS),
    _Asked(_across(swapped_figures.across), _MEMBERS, _MEMBERS),
    _Asked(_across(unnamed.across)),
    _Asked(by_or_to.exchanged, _FIGURES, _FIGURES),
)


def _found(rules: Iterable[_Asked], quotes: Sequence[Reading], text: Reading) -> Iterator[Words]:
    """What rules find in a text, of those that may find anything."""
    told, heard = text.holds, 0
    for quote in quotes:
        heard |= quote.holds
    for rule, of_text, of_quotes in rules:
        if told & of_text and heard & of_quotes:
            yield from rule(quotes, text)


def turned_round(quotes: Sequence[Reading], text: Reading) -> Iterator[tuple[str, str, str]]:
    """What a text tells the other way round, or of another thing than its quotes.

    Each with its code, the words of the text and those of the quote.

    Args:
        quotes: What carries the text.
        text: What is told.
    """
    turned = list(_found(_OF_WORDS, quotes, text))
    counted = list(_found(_OF_AMOUNTS, quotes, text))
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
    return _found(_ABROAD, [quote], translation)


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
    heard = _NO_STEMS.union(*[quote.stems for quote in quotes])
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
        names = _NO_STEMS.union(*(stems(text, statement.words) for text in texts))
        if names & statement.stems and names & heard:
            return True
    return False


def _ways(reading: Reading) -> frozenset[Sense]:
    """In what ways a text is no plain telling; any denial is as good as another."""
    ways = reading.senses & (voice.HEDGES | voice.UNREAL)
    return ways if reading.senses.isdisjoint(NEGATIVE) else ways | {Sense.NOT}
