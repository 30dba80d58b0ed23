"""Another actor or place in a translation than in its quote, by their names in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from briefings.check.content_words import stems
from briefings.check.names import Lookups, lookup
from briefings.check.word_rules import quoted_in
from briefings.check.words import words as words_of
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.languages import primary
from briefings.core.model import Actor, ActorId, Fact, FactBase, Place, PlaceId

_Entry: TypeAlias = tuple[str, str]  # what it is, and its id, as `Names` has them
_Texts: TypeAlias = Mapping[str, tuple[str, ...]]  # by their language


def renamed(base: FactBase, facts: Iterable[Fact], lookups: Lookups) -> Iterator[Diagnostic]:
    """Names in translations of quotes, and in statements of other languages than their quotes.

    Where either text names an entry of the base that the other does not name in its own language.

    Args:
        base: The base.
        facts: Those to look at.
        lookups: Names of each language that were made ready; new ones are added.

    """
    for fact in facts if base.actors or base.places else ():
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
        for language, form in fact.statement.forms:
            if any(quoted_in(language, each) is not None for each in fact.evidence):
                continue  # another rule holds it against these
            spoken: dict[str, tuple[str, ...]] = {}
            for each in fact.evidence:
                spoken[each.language] = (*spoken.get(each.language, ()), each.quote)
            if pair := _exchanged(base, {language: (form,)}, spoken, lookups):
                message = f"the statement of `{fact.id}` says “{pair[0]}”, its quote “{pair[1]}”"
                place = fact.statement.place(language)
                yield diagnostic("turned-word", message, place, words=pair[0])


def _exchanged(
    base: FactBase, told: _Texts, heard: _Texts, lookups: Lookups
) -> tuple[str, str] | None:
    """A name that the texts of one side have, and one of the other side, which have it alone."""
    ours, theirs = (_named(base, texts, lookups) for texts in (told, heard))
    languages = (*told, *heard)
    for kind in ("actor", "place"):
        new, gone = (
            [
                name
                for entry, name in these.items()
                if entry[0] == kind
                and entry not in those
                and _has_names(base, entry, languages)
                and not _is_meant(base, entry, others)
            ]
            for these, those, others in ((ours, theirs, heard), (theirs, ours, told))
        )
        if new and gone:
            return new[0], gone[0]
    return None


def _named(base: FactBase, texts: _Texts, lookups: Lookups) -> dict[_Entry, str]:
    """The entries that texts name, each with its name there; names of several entries aside."""
    named: dict[_Entry, str] = {}
    for language, written in texts.items():
        names = lookup(base, language, lookups)
        for name in (each for text in written for each in names.of(text)):
            if len(entries := names.by_text[name]) == 1:
                named[entries[0]] = name
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
