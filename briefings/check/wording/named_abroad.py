"""Another actor or place in a text than in its quote, by the names that the base has for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TypeAlias

from briefings.check.quotes.fold import folded_text
from briefings.check.wording.clauses import reading_of
from briefings.check.wording.content_words import stems
from briefings.check.wording.names import Lookups, lookup
from briefings.check.wording.word_rules import quoted_in
from briefings.check.words import words as words_of
from briefings.check.words.senses import Sense
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.groups import grouped
from briefings.core.languages import primary
from briefings.core.model import (
    Actor,
    ActorId,
    ActorKind,
    Document,
    Fact,
    FactBase,
    Place,
    PlaceId,
    SourceId,
)

_BESIDE = 2  # words between a speaker and what he does
_SPEECH = frozenset({Sense.SAID, Sense.CLAIMED, Sense.DENIAL, Sense.SOURCE})
_NO_STEMS: frozenset[str] = frozenset()
_HEAD = 200  # code points of a document that may say where it was written
_FOR_A_SOURCE = (ActorKind.PERSON, ActorKind.ANONYMOUS)
_ALONE = frozenset({ActorKind.PERSON, ActorKind.ANONYMOUS})
_Entry: TypeAlias = tuple[str, str]  # what it is, and its id, as `Names` has them
_Texts: TypeAlias = Mapping[str, Sequence[str]]  # by their language


def renamed(
    base: FactBase, documents: Mapping[SourceId, Document], facts: Iterable[Fact], lookups: Lookups
) -> Iterator[Diagnostic]:
    """Names in translations of quotes and in statements, where their quotes have others.

    Where either text names an entry of the base that the other does not name in its own language.

    Args:
        base: The base.
        documents: The text of each source that could be read.
        facts: Those to look at.
        lookups: Names of each language that were made ready; new ones are added.
    """
    for fact in facts if base.actors or base.places else ():
        yield from _in_translations(base, fact, lookups)
        for language, form in fact.statement.forms:
            told = {language: (form,)}
            own = [quoted_in(language, each) for each in fact.evidence]
            if None not in own:
                heard = {language: tuple(filter(None, own))}
                for at, pair in _instead(base, fact, told, heard, lookups):
                    if not _is_meant(base, at, {language: (*_heads(base, documents, fact, at),)}):
                        yield _turned(fact, language, "names", pair)
                        break
            if any(each is not None for each in own):
                continue  # another rule holds it against these
            spoken = grouped((each.language, each.quote) for each in fact.evidence)
            speakers = frozenset(map(str, fact.voices))
            exchanged = _exchanged(base, told, spoken, lookups, speakers)
            if exchanged is not None:
                yield _turned(fact, language, "says", exchanged)


def _in_translations(base: FactBase, fact: Fact, lookups: Lookups) -> Iterator[Diagnostic]:
    for each in fact.evidence:
        for language, form in each.translation.forms if each.translation is not None else ():
            quoted = {each.language: (each.quote,)}
            pair = _exchanged(base, {language: (form,)}, quoted, lookups)
            if each.translation is not None and pair is not None:
                said = f"says “{pair[0]}”, and the quote “{pair[1]}”"
                message = f"the translation of a quote of `{fact.id}` {said}"
                place = each.translation.place(language)
                yield diagnostic("translation-contradicts", message, place)


def _turned(fact: Fact, language: str, verb: str, pair: tuple[str, str]) -> Diagnostic:
    message = f"the statement of `{fact.id}` {verb} “{pair[0]}”, its quote “{pair[1]}”"
    return diagnostic("turned-word", message, fact.statement.place(language), words=pair[0])


def _exchanged(
    base: FactBase,
    told: _Texts,
    heard: _Texts,
    lookups: Lookups,
    speakers: frozenset[str] = frozenset(),
) -> tuple[str, str] | None:
    """A name that the texts of one side have, and one of the other side, which have it alone.

    Both of one kind. Whoever speaks may be named where nobody is: “he said that Rahimi had left”.
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
        if entry[1] not in speakers and _are_alike(_known(base, entry), _known(base, other)):
            return name, its
    return None


def _are_alike(one: Actor | Place, other: Actor | Place) -> bool:
    """Whether one may be told for the other: two of a kind, of which none is part of the other."""
    if isinstance(one, Place) or isinstance(other, Place):
        return isinstance(one, Place) and isinstance(other, Place)
    if other.id == one.of or one.id == other.of or one.kind is ActorKind.ANONYMOUS:
        return False  # “sources say” stands for nobody
    return one.kind is other.kind or (one.kind, other.kind) == _FOR_A_SOURCE


def _instead(
    base: FactBase, fact: Fact, told: _Texts, heard: _Texts, lookups: Lookups
) -> list[tuple[_Entry, tuple[str, str]]]:
    """Names of a statement that no quote has, each with one of its sort that the quotes have alone.

    Not of whoever speaks in the quotes, and not of two of which one is the other's.
    """
    quoted = folded_text("\n".join(text for texts in heard.values() for text in texts))
    stated = _named(base, told, lookups)
    ours = {entry: name for entry, name in stated.items() if name not in quoted}
    if not ours:
        return []  # as most
    theirs = _named(base, heard, lookups)
    new = [
        each
        for each in ours
        if each not in theirs
        and _sort(base, each) is not ActorKind.ANONYMOUS  # “sources say” stands for nobody
        and not _is_meant(base, each, heard)
    ]
    speakers, silent = frozenset(map(str, fact.voices)), set[_Entry]()
    for name in speakers:
        if (actor := base.actors.get(ActorId(name))) is not None:
            entry: _Entry = "actor", actor.id
            if entry not in theirs:
                theirs[entry] = actor.name.forms[0][1]
                silent.add(entry)
    return [
        (entry, (ours[entry], theirs[other]))
        for entry, other in product(new, theirs)
        if other not in stated
        and (other not in silent or _speaks(ours[entry], told))
        and entry[1] not in speakers
        and _sort(base, entry) == _sort(base, other)
        and not _are_one_anothers(base, entry, other)
        and not _is_meant(base, other, told)
    ]


def _speaks(name: str, texts: _Texts) -> bool:
    """Whether a name stands next to a word of speech, as whoever the fact says speaks would."""
    for language, written in texts.items():
        for reading in (reading_of(each, language) for each in written):
            if reading is None:
                continue
            at = reading.text.find(folded_text(name).lower())
            marks = [mark for _, mark in reading.marks(_SPEECH)]
            spoken = [(each.start, each.end) for each in marks]
            if at < 0 or any(
                len(reading.text[min(end, at + len(name)) : max(start, at)].split()) <= _BESIDE
                for start, end in spoken
            ):
                return True
    return False


def _heads(
    base: FactBase, documents: Mapping[SourceId, Document], fact: Fact, entry: _Entry
) -> Iterator[str]:
    """Titles and publishers of the documents of a fact; for a place, where these were written."""
    for name in {each.source for each in fact.evidence}:
        source = base.sources[name]
        yield source.title
        yield from (form for _, form in (source.publisher.forms if source.publisher else ()))
        if entry[0] == "place" and name in documents:
            yield documents[name].text[:_HEAD]


def _sort(base: FactBase, entry: _Entry) -> str:
    """What may stand for what: a person for another, a body, state or group, a place."""
    known = _known(base, entry)
    if isinstance(known, Place):
        return "place"
    return known.kind if known.kind in _ALONE else "body"


def _are_one_anothers(base: FactBase, one: _Entry, other: _Entry) -> bool:
    """Whether one of two actors belongs to the other, or both to a third."""
    first, second = (_known(base, each) for each in (one, other))
    if isinstance(first, Place) or isinstance(second, Place):
        return False
    owners = {first.of, second.of} - {None}
    return bool(owners & {first.id, second.id}) or (first.of is not None and first.of == second.of)


def _named(base: FactBase, texts: _Texts, lookups: Lookups) -> dict[_Entry, str]:
    """The entries that texts name, each with its name there; names of several entries aside."""
    named: dict[_Entry, str] = {}
    for language, written in texts.items():
        names = lookup(base, language, lookups)
        for name in (each for text in written for each in names.of(text)):
            if len(entries := names.by_text[name]) == 1:
                named[entries[0]] = name
        for text in written:
            for entry, name in names.inflected(text):
                named.setdefault(entry, name)
    return named


def _is_meant(base: FactBase, entry: _Entry, texts: _Texts) -> bool:
    """Whether texts have all words of a name in whatever form: “Un portavoz oficial”, “місії”."""
    known = _known(base, entry)
    names = (*known.aliases, *(text for _, text in known.name.forms))
    for language, written in texts.items():
        words = words_of(language)
        heard = _NO_STEMS.union(*[stems(text, words) for text in written])
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
