"""Persons, bodies and places that a statement names and its fact does not list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from briefings.check.fold import fold
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.languages import chain
from briefings.core.model import Actor, Fact, FactBase, LocalText, Place

# Where a name may begin; its first word is what names are looked up by.
_BEGINNING = re.compile(r"(?<![\w-])(?:\w+|[^\w\s])")
_GOES_ON = re.compile(r"\w")


def unlisted_names(base: FactBase) -> Iterator[Diagnostic]:
    """Names of actors and places of the base in a statement whose fact does not list them."""
    for language in base.languages:
        names = Names(base, language)
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
            own = next(filter(None, map(entry.name.get, chain(language))), None)
            for name in {*entry.aliases, *((own,) if own else ())}:
                self.by_text.setdefault(fold(name).text, []).append((what, entry.id))
        self._first_words: dict[str, list[str]] = {}
        for name in sorted(self.by_text, key=lambda each: (-len(each), each)):
            if (match := _BEGINNING.match(name)) is not None:
                self._first_words.setdefault(match.group(), []).append(name)

    def of(self, text: str) -> tuple[str, ...]:
        """The names in a text, folded, each once, in order."""
        return tuple(dict.fromkeys(_named(fold(text).text, self._first_words)))


def listed_by(fact: Fact) -> set[tuple[str, str]]:
    """The actors and places that a fact lists, as `Names` has them."""
    return {
        *(("actor", each) for each in fact.actors),
        *(("place", each) for each in fact.places),
    }


def _unlisted(fact: Fact, text: LocalText, language: str, names: Names) -> Iterator[Diagnostic]:
    for name in names.of(text.get(language) or ""):
        entries = names.by_text[name]
        if listed_by(fact).isdisjoint(entries):
            what = " or ".join(f"{kind} `{entry}`" for kind, entry in entries)
            yield diagnostic(
                "unlisted-name",
                f"the statement of `{fact.id}` names “{name}”, which the fact does not list",
                text.place(language),
                Hint(f"add {what}"),
            )


def _named(text: str, first_words: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The names in a folded text, in order, of two at one place the longer."""
    last = 0
    for match in _BEGINNING.finditer(text):
        start = match.start()
        if start < last:
            continue
        for name in first_words.get(match.group(), ()):
            end = start + len(name)
            if text.startswith(name, start) and _GOES_ON.match(text, end) is None:
                last = end
                yield name
                break
