"""Persons, bodies and places that a statement names and its fact does not list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefings.check.quotes.fold import folded_text, is_spaceless
from briefings.check.wording.clauses import read
from briefings.check.wording.content_words import stems
from briefings.check.words import words as words_of
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.excerpts import places_of
from briefings.core.languages import chain
from briefings.core.model import Actor, ActorId, Fact, FactBase, FactId, LocalText, Place, PlaceId
from briefings.core.values import dataclass, replace

# Where a name may begin; its first word is what names are looked up by.
_BEGINNING = re.compile(r"(?<![\w-])(?:\w+|[^\w\s])")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"\w+|[^\w\s]")  # in the middle of another, too: quicker, and looked at again
_GOES_ON = re.compile(r"\w")
_LONG = 5  # letters of the stems of a name that is known without a capital: “херсонський”
_SHORTEST = 2  # letters of a name that is found within a run of them: no “中”


def unlisted_names(base: FactBase, lookups: Lookups) -> Iterator[Diagnostic]:
    """Names of actors and places of the base in a statement whose fact does not list them.

    `lookups` are of the same actors and places, as far as others have looked for them before.
    """
    for language in base.languages:
        names = lookup(base, language, lookups)
        for fact in base.facts.values() if names.by_text else ():
            yield from _unlisted(fact, fact.statement, language, names)


class Names:
    """What the base calls its actors and places in one language, to be found in texts.

    `by_text` has for each folded name whose it is: `actor` or `place`, and the id.
    """

    def __init__(self, base: FactBase, language: str) -> None:
        entries: list[tuple[str, Actor | Place]] = [
            *(("actor", actor) for actor in base.actors.values()),
            *(("place", place) for place in base.places.values()),
        ]
        self.by_text: dict[str, list[tuple[str, str]]] = {}
        for what, entry in entries:
            first = entry.name.forms[0][1]  # by which it is called where it has no other name
            own = next(filter(None, map(entry.name.get, chain(language))), first)
            for name in {*entry.aliases, own}:
                self.by_text.setdefault(folded_text(name), []).append((what, entry.id))
        self._first_words: dict[str, list[str]] = {}
        for name in sorted(self.by_text, key=lambda each: (-len(each), each)):
            if (match := _BEGINNING.match(name)) is not None:
                self._first_words.setdefault(match.group(), []).append(name)
        # In a script without spaces a name stands anywhere: “山西省” names 山西.
        self._within = tuple(
            word for word in self._first_words if len(word) >= _SHORTEST and is_spaceless(word[0])
        )
        self._known: dict[str, tuple[str, ...]] = {}
        self._words = words_of(language)
        self._by_stem: dict[str, list[tuple[frozenset[str], tuple[str, str], str]]] | None = None

    def inflected(self, text: str) -> Iterator[tuple[tuple[str, str], str]]:
        """Whose names a text has in whatever form: “у Херсоні”, “Leipziger”; each with the name.

        In a script with capitals; without one a word of few letters is of something else.
        """
        if self._words is None or text.lower() == text:
            return
        if self._by_stem is None:
            self._by_stem = {}
            for name, entries in self.by_text.items():
                own = stems(name, self._words)
                if len(entries) == 1 and own:
                    self._by_stem.setdefault(min(own), []).append((own, entries[0], name))
        there = read(text, self._words).stems
        if begun := self._by_stem.keys() & there:
            capitals = [each for each in _LETTERS.findall(text) if each[0].isupper()]
            with_one = stems(" ".join(capitals), self._words)
            for stem in begun if capitals else ():
                for own, entry, name in self._by_stem[stem]:
                    if own <= (with_one if sum(map(len, own)) < _LONG else there):
                        yield entry, name

    def of(self, text: str) -> tuple[str, ...]:
        """The names in a text, folded, each once, in order."""
        if (known := self._known.get(text)) is None:
            named = _named(folded_text(text), self._first_words, self._within)
            known = tuple(dict.fromkeys(named))
            self._known[text] = known
        return known

    def ids_of(self, text: str) -> tuple[tuple[ActorId, ...], tuple[PlaceId, ...]]:
        """The actors and the places that a text names, each once; shared names aside."""
        meant = [self.by_text[name] for name in self.of(text)]
        sure = [entries[0] for entries in meant if len(entries) == 1]
        actors = dict.fromkeys(ActorId(name) for what, name in sure if what == "actor")
        places = dict.fromkeys(PlaceId(name) for what, name in sure if what == "place")
        return tuple(actors), tuple(places)


Lookups = dict[str, Names]
"""The names of one base by language."""


@dataclass(frozen=True, slots=True)
class TakenNames:
    """Ids that a fact does not list and that its statement names."""

    fact: FactId
    actors: tuple[ActorId, ...]
    places: tuple[PlaceId, ...]


def with_names(
    base: FactBase, lookups: Lookups | None = None
) -> tuple[FactBase, tuple[TakenNames, ...]]:
    """The base with actors and places taken from the statements of facts that have no such list.

    By the statement in each language that it has, in the order in which it names them: one may
    name in its own form what another inflects. A name that two entries share is nobody's. A list
    that is there, be it empty, stays. `lookups` are filled with what it took to find them.

    Returns:
        The base, and what was taken for which fact.
    """
    wanted = [fact.id for fact in base.facts.values() if fact.lacks_actors or fact.lacks_places]
    facts: dict[FactId, Fact] = {}
    taken: list[TakenNames] = []
    for name, (actors, places) in named_by(base, wanted, lookups).items():
        fact = base.facts[name]
        each = TakenNames(
            name, actors if fact.lacks_actors else (), places if fact.lacks_places else ()
        )
        if each.actors or each.places:
            taken.append(each)
            facts[name] = replace(
                fact, actors=fact.actors or each.actors, places=fact.places or each.places
            )
    if not taken:
        return base, ()
    return replace(base, facts={**base.facts, **facts}), tuple(taken)


def named_by(
    base: FactBase, facts: Iterable[FactId] | None = None, lookups: Lookups | None = None
) -> dict[FactId, tuple[tuple[ActorId, ...], tuple[PlaceId, ...]]]:
    """The actors and places that the statements of facts name, in any of their languages.

    Args:
        base: The fact base.
        facts: Those to look at; None for all.
        lookups: Names of each language that were made ready; new ones are added.
    """
    lookups = {} if lookups is None else lookups
    named = {}
    for name in base.facts if facts is None else facts:
        found = [
            lookup(base, language, lookups).ids_of(text)
            for language, text in base.facts[name].statement.forms
        ]
        actors = dict.fromkeys(each for of_one, _ in found for each in of_one)
        places = dict.fromkeys(each for _, of_one in found for each in of_one)
        named[name] = (tuple(actors), tuple(places))
    return named


def lookup(base: FactBase, language: str, lookups: Lookups) -> Names:
    """The names of a base in a language, made ready once.

    Args:
        base: The base.
        language: The language.
        lookups: Those that were made ready, to which these are added.
    """
    if language not in lookups:
        lookups[language] = Names(base, language)
    return lookups[language]


def listed_by(fact: Fact) -> set[tuple[str, str]]:
    """The actors and places that a fact lists, as `Names` has them."""
    return {*(("actor", each) for each in fact.actors), *(("place", each) for each in fact.places)}


def _unlisted(fact: Fact, text: LocalText, language: str, names: Names) -> Iterator[Diagnostic]:
    for name in names.of(text.get(language) or ""):
        entries = names.by_text[name]
        if listed_by(fact).isdisjoint(entries):
            what = " or ".join(f"{kind} `{entry}`" for kind, entry in entries)
            yield diagnostic(
                "unlisted-name",
                f"the statement of `{fact.id}` names “{name}”, which the fact does not list",
                text.place(language),
                Hint(f"add {what} to those that the fact lists"),
                words=name,
            )


def _named(
    text: str, first_words: Mapping[str, Sequence[str]], within: Iterable[str]
) -> Iterator[str]:
    """The names in a folded text, in order, of two at one place the longer."""
    begun = {
        *(first_words.keys() & _WORD.findall(text)),
        *(each for each in within if each in text),
    }
    words = [each for each in begun if any(name in text for name in first_words[each])]
    last = 0
    for start, word in sorted(place for each in words for place in _places(text, each)):
        if start < last:
            continue
        for name in first_words[word]:
            end = start + len(name)
            if text.startswith(name, start) and (
                is_spaceless(name[-1]) or _GOES_ON.match(text, end) is None
            ):
                last = end
                yield name
                break


def _places(text: str, word: str) -> Iterator[tuple[int, str]]:
    """Where a word stands in a text by itself; few of the places at which a name may begin."""
    for start in places_of(word, text):
        match = _BEGINNING.match(text, start)
        if is_spaceless(word[0]) or (match is not None and match.group() == word):
            yield start, word
