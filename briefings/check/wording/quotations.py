"""Words in quotation marks that are not the quote's: “never sell our land” for “not leave it”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from briefings.check.wording.clauses import Reading

_QUOTED = re.compile(r'["«]([^"«»]{8,400})["»]')
_APART = re.compile(r"\[[^\]]*\]|\.\.\.|…")  # what a desk puts in, or leaves out
_WORD = re.compile(r"[^\W_]+")
_FEWEST = 3  # words: fewer are a name, or a word that somebody uses
_ROOT = 4  # letters that two forms of a word share
_FEWEST_INSTEAD = 2
_OF_IT = 0.5  # of the words of a quotation so many stand in what it is taken from


def altered(quotes: Sequence[Reading], text: Reading) -> Iterator[tuple[str, str]]:
    """Quotations of a text that no quote has in these words, each with those of the quote.

    Of such as are taken from a quote, by most of their words, or stand in place of one of its own:
    a title may stand elsewhere. A translation has words of the desk's own, so that none of it need
    be repeated to the letter.

    Args:
        quotes: What carries the text.
        text: What is told.
    """
    if text.words.spaceless or not any(mark in text.text for mark in '"«'):
        return
    for match in _QUOTED.finditer(text.text):
        parts = [words for part in _APART.split(match[1]) if (words := _WORD.findall(part))]
        told = [word for part in parts for word in part]
        if instead := _in_its_place(told, quotes, text):
            yield match[1], instead
            return
        if len(told) < _FEWEST:
            continue
        heard = [(_WORD.findall(quote.text), quote) for quote in quotes]
        if all(any(_holds(words, part) for words, _ in heard) for part in parts):
            continue
        known = {word[:_ROOT] for words, _ in heard for word in words}
        if sum(word[:_ROOT] in known for word in told) >= _OF_IT * len(told):
            yield match[1], _nearest(told, [words for words, _ in heard])
            return


def _in_its_place(told: Sequence[str], quotes: Sequence[Reading], text: Reading) -> str:
    """What the quotes have in quotation marks where a text has words that none of them has.

    Of one alone, of which the text has no word either: no other may be meant.
    """
    own = {match[1] for quote in quotes for match in _QUOTED.finditer(quote.text)}
    if len(told) < _FEWEST_INSTEAD or len(own) != 1 or len(_QUOTED.findall(text.text)) != 1:
        return ""
    (other,) = own
    stop = text.words.stop
    known, stated, ours, theirs = (
        {word[:_ROOT] for word in words if word not in stop}
        for words in (
            (word for quote in quotes for word in _WORD.findall(quote.text)),
            _WORD.findall(text.text),
            told,
            _WORD.findall(other),
        )
    )
    alien, missing = known.isdisjoint(ours), stated.isdisjoint(theirs)
    return other if alien and missing else ""


def _holds(words: Sequence[str], part: Sequence[str]) -> bool:
    """Whether words stand in a row among others, in whatever form."""
    ours = [word[:_ROOT] for word in part]
    theirs = [word[:_ROOT] for word in words]
    return any(theirs[at : at + len(ours)] == ours for at in range(len(theirs) - len(ours) + 1))


def _nearest(told: Sequence[str], heard: Sequence[Sequence[str]]) -> str:
    """The words of the quotes that are in the place of these."""
    found = []
    for words in heard:
        matcher = SequenceMatcher(None, told, words, autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        if blocks:
            place = words[blocks[0].b : blocks[-1].b + blocks[-1].size]
            found.append((matcher.ratio(), " ".join(place)))
    return max(found, default=(0.0, ""))[1]
