"""Another actor or place in a translation than in its quote, by their names in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from briefings.check.names import Lookups, lookup
from briefings.check.word_rules import quoted_in
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.languages import primary
from briefings.core.model import ActorId, Fact, FactBase, PlaceId

_Entry = tuple[str, str]  # what it is, and its id, as `Names` has them


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
                heard = _named(base, evidence.language, evidence.quote, lookups)
                told = _named(base, language, form, lookups)
                languages = language, evidence.language
                if translation is not None and (pair := _exchanged(base, told, heard, languages)):
                    yield diagnostic(
                        "translation-contradicts",
                        f"the translation of a quote of `{fact.id}` says “{pair[0]}”,"
                        f" and the quote “{pair[1]}”",
                        translation.place(language),
                    )
        for language, form in fact.statement.forms:
            if any(quoted_in(language, each) is not None for each in fact.evidence):
                continue  # another rule holds it against these
            heard = {}
            for each in fact.evidence:
                heard |= _named(base, each.language, each.quote, lookups)
            told = _named(base, language, form, lookups)
            abroad = {primary(each.language) for each in fact.evidence}
            if pair := _exchanged(base, told, heard, (language, *abroad)):
                message = f"the statement of `{fact.id}` says “{pair[0]}”, its quote “{pair[1]}”"
                place = fact.statement.place(language)
                yield diagnostic("turned-word", message, place, words=pair[0])


def _named(base: FactBase, language: str, text: str, lookups: Lookups) -> dict[_Entry, str]:
    """The entries that a text names, each with its name there; names of several entries aside."""
    names = lookup(base, language, lookups)
    meant = ((name, names.by_text[name]) for name in names.of(text))
    return {entries[0]: name for name, entries in meant if len(entries) == 1}


def _exchanged(
    base: FactBase,
    told: Mapping[_Entry, str],
    heard: Mapping[_Entry, str],
    languages: Iterable[str],
) -> tuple[str, str] | None:
    for kind in ("actor", "place"):
        new, gone = (
            [
                name
                for entry, name in these.items()
                if entry[0] == kind and entry not in those and _has_names(base, entry, languages)
            ]
            for these, those in ((told, heard), (heard, told))
        )
        if new and gone:
            return new[0], gone[0]
    return None


def _has_names(base: FactBase, entry: _Entry, languages: Iterable[str]) -> bool:
    """Whether an entry has a name of its own in each of some languages."""
    what, name = entry
    known = base.actors[ActorId(name)] if what == "actor" else base.places[PlaceId(name)]
    own = {primary(code) for code, _ in known.name.forms}
    return all(primary(each) in own for each in languages)
