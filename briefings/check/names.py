"""Persons, bodies and places that a statement names and its fact does not list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from briefings.check.fold import fold
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.model import Actor, Fact, FactBase, LocalText, Place

_Entries = Mapping[str, Sequence[tuple[str, str]]]
# Where a name may begin; its first word is what names are looked up by.
_BEGINNING = re.compile(r"(?<![\w-])(?:\w+|[^\w\s])")
_GOES_ON = re.compile(r"\w")


def unlisted_names(base: FactBase) -> Iterator[Diagnostic]:
    """Names of actors and places of the base in a statement whose fact does not list them."""
    entries: list[tuple[str, Actor | Place]] = [
        *(("actor", actor) for actor in base.actors.values()),
        *(("place", place) for place in base.places.values()),
    ]
    for language in base.languages:
        names: dict[str, list[tuple[str, str]]] = {}
        for what, entry in entries:
            own = entry.name.get(language)
            for name in {*entry.aliases, *((own,) if own else ())}:
                names.setdefault(fold(name).text, []).append((what, entry.id))
        first_words: dict[str, list[str]] = {}
        for name in sorted(names, key=lambda each: (-len(each), each)):
            if (match := _BEGINNING.match(name)) is not None:
                first_words.setdefault(match.group(), []).append(name)
        for fact in base.facts.values() if names else ():
            yield from _unlisted(fact, fact.statement, language, first_words, names)


def _unlisted(
    fact: Fact,
    text: LocalText,
    language: str,
    first_words: Mapping[str, Sequence[str]],
    names: _Entries,
) -> Iterator[Diagnostic]:
    listed = {
        *(("actor", each) for each in fact.actors),
        *(("place", each) for each in fact.places),
    }
    named = _named(fold(text.get(language) or "").text, first_words)
    for name in dict.fromkeys(named):
        if listed.isdisjoint(names[name]):
            what = " or ".join(f"{kind} `{entry}`" for kind, entry in names[name])
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
