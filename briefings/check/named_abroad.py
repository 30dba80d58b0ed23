"""Another actor or place than the quotes name, by the names that the base has in each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import TypeAlias

from briefings.check.content_words import stems
from briefings.check.names import Lookups, lookup
from briefings.check.word_rules import quoted_in
from briefings.check.words import words as words_of
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.languages import primary
from briefings.core.model import (
    Actor,
    ActorId,
    ActorKind,
    Evidence,
    Fact,
    FactBase,
    Place,
    PlaceId,
)

_Entry: TypeAlias = tuple[str, str]  # what it is, and its id, as `Names` has them
_Texts: TypeAlias = Mapping[str, tuple[str, ...]]  # by their language

_FOR_A_SOURCE = (ActorKind.PERSON, ActorKind.ANONYMOUS)


def renamed(base: FactBase, facts: Iterable[Fact], lookups: Lookups) -> Iterator[Diagnostic]:
    """Names in translations of quotes, and in statements, where the quotes have others.

    Where either text names an entry of the base that the other does not name in its own language,
    and both are of one kind.

    Args:
        base: The base.
        facts: Those to look at.
        lookups: Names of each language that were made ready; new ones are added.

    """
    for fact in facts if len(base.actors) > 1 or len(base.places) > 1 else ():
        for evidence in fact.evidence:
            translation = evidence.translation
            for language, form in translation.forms if translation is not None else ():
                quoted = {evidence.language: (evidence.quote,)}
                pair = _exchanged(base, {language: (form,)}, quoted, lookups)
                if translation is not None and pair is not None:
                    yield diagnostic(
                        "translation-contradicts",
                        f"the translation of a quote of `{fact.id}` says “{pair[0]}”,"
                        f" and the quote “{pair[1]}”",
                        translation.place(language),
                    )
        speak = {("actor", each.by) for each in fact.evidence}
        speak |= {("actor", each.via) for each in fact.evidence if each.via}
        for language, form in fact.statement.forms:
            heard = _heard(fact.evidence, language)
            if pair := _exchanged(base, {language: (form,)}, heard, lookups, frozenset(speak)):
                message = f"the statement of `{fact.id}` says “{pair[0]}”, its quote “{pair[1]}”"
                place = fact.statement.place(language)
                yield diagnostic("turned-word", message, place, words=pair[0])


def _heard(quotes: Iterable[Evidence], language: str) -> _Texts:
    """What quotes say in a language, as far as they say it there, else in their own."""
    heard: dict[str, tuple[str, ...]] = {}
    for each in quotes:
        there = quoted_in(language, each)
        code, text = (each.language, each.quote) if there is None else (language, there)
        heard[code] = (*heard.get(code, ()), text)
    return heard


def _exchanged(
    base: FactBase,
    told: _Texts,
    heard: _Texts,
    lookups: Lookups,
    speakers: frozenset[_Entry] = frozenset(),
) -> tuple[str, str] | None:
    """A name that the texts of one side have, and one of the other side, which have it alone.

    Whoever speaks may be named where nobody is: “he said that Rahimi had left”.
    """
    ours = _named(base, told, lookups)
    theirs = _named(base, heard, lookups) if ours else ours
    languages = (*told, *heard)
    new, gone = (
        [
            (entry, name)
            for entry, name in these.items()
            if entry not in those
            and _has_names(base, entry, languages)
            and not _is_meant(base, entry, others)
        ]
        for these, those, others in ((ours, theirs, heard), (theirs, ours, told))
    )
    for (entry, name), (other, its) in product(new, gone):
        if entry not in speakers and _are_alike(_known(base, entry), _known(base, other)):
            return name, its
    return None


def _are_alike(one: Actor | Place, other: Actor | Place) -> bool:
    """Whether one may be told for the other: two of a kind, of which none is part of the other."""
    if isinstance(one, Place) or isinstance(other, Place):
        return isinstance(one, Place) and isinstance(other, Place)
    if one.of == other.id or other.of == one.id:
        return False
    if one.kind is ActorKind.ANONYMOUS:
        return False  # “sources say” stands for nobody
    return one.kind is other.kind or (one.kind, other.kind) == _FOR_A_SOURCE


def _named(base: FactBase, texts: _Texts, lookups: Lookups) -> dict[_Entry, str]:
    """The entries that texts name, each with its name there; names of several entries aside."""
    named: dict[_Entry, str] = {}
    for language, written in texts.items():
        names = lookup(base, language, lookups)
        for text in written:
            for name in names.of(text):
                if len(entries := names.by_text[name]) == 1:
                    named[entries[0]] = name
            for entry, name in names.inflected(text):
                named.setdefault(entry, name)
    return named


def _is_meant(base: FactBase, entry: _Entry, texts: _Texts) -> bool:
    """Whether texts have all words of a name in whatever form: “Un portavoz oficial”, “місії”."""
    known = _known(base, entry)
    names = (*known.aliases, *(text for _, text in known.name.forms))
    for language, written in texts.items():
        words = words_of(language)
        heard = frozenset[str]().union(*(stems(text, words) for text in written))
        if any((own := stems(name, words)) and own <= heard for name in names):
            return True
    return False


def _has_names(base: FactBase, entry: _Entry, languages: Iterable[str]) -> bool:
    """Whether an entry has a name of its own in each of some languages."""
    own = {primary(code) for code, _ in _known(base, entry).name.forms}
    return all(primary(each) in own for each in languages)


def _known(base: FactBase, entry: _Entry) -> Actor | Place:
    what, name = entry
    return base.actors[ActorId(name)] if what == "actor" else base.places[PlaceId(name)]
