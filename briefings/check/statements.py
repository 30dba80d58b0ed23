"""What a fact may state: no more than its quotes, and no less of their caution."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefings.check.fold import fold
from briefings.check.lexicon import FUTURES, HEDGES, KEEPS
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.languages import primary
from briefings.core.model import (
    Actor,
    Fact,
    FactBase,
    Kind,
    LocalText,
    Place,
)


def lost_hedges(base: FactBase) -> Iterator[Diagnostic]:
    """Hedges that every quote of a fact has and its statement does not."""
    for fact in base.facts.values():
        shared: set[str] | None = None
        for each in fact.evidence:
            hedges = set(_hedges(each.quote, each.language))
            shared = hedges if shared is None else shared & hedges
        if not shared:
            continue
        example = _hedges(fact.evidence[0].quote, fact.evidence[0].language)
        for language, form in fact.statement.forms:
            for lost in sorted(shared & _known(language) - _kept(form, language)):
                yield diagnostic(
                    "lost-hedge",
                    f"every quote of `{fact.id}` says “{example[lost]}”, its statement does not",
                    fact.statement.place(language),
                    "keep the caution of the source",
                )


def _known(language: str) -> frozenset[str]:
    """The kinds of hedge whose words are known in a language."""
    tables = (table.get(primary(language), {}) for table in (HEDGES, KEEPS))
    return frozenset[str]().union(*tables)


def _kept(text: str, language: str) -> frozenset[str]:
    """The kinds of hedge that a statement has."""
    known = KEEPS.get(primary(language), {})
    wide = {kind for kind, pattern in known.items() if pattern.search(text)}
    return frozenset({*_hedges(text, language), *wide})


def _hedges(text: str, language: str) -> dict[str, str]:
    """The kinds of hedge in a text, each with the words that make it one."""
    found = {}
    for kind, pattern in HEDGES.get(primary(language), {}).items():
        if (match := pattern.search(text)) is not None:
            found[kind] = match.group()
    return found


def unlisted_names(base: FactBase) -> Iterator[Diagnostic]:
    """Persons, bodies and places that a statement names and its fact does not list."""
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
        if not names:
            continue
        ordered = sorted(names, key=lambda name: (-len(name), name))
        pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?!\w)")
        for fact in base.facts.values():
            yield from _unlisted(fact, fact.statement, language, pattern, names)


def _unlisted(
    fact: Fact,
    text: LocalText,
    language: str,
    pattern: re.Pattern[str],
    names: dict[str, list[tuple[str, str]]],
) -> Iterator[Diagnostic]:
    listed = {
        *(("actor", each) for each in fact.actors),
        *(("place", each) for each in fact.places),
    }
    for name in dict.fromkeys(pattern.findall(fold(text.get(language) or "").text)):
        if listed.isdisjoint(names[name]):
            what = " or ".join(f"{kind} `{entry}`" for kind, entry in names[name])
            yield diagnostic(
                "unlisted-name",
                f"the statement of `{fact.id}` names “{name}”, which the fact does not list",
                text.place(language),
                Hint(f"add {what}"),
            )


def plans_as_events(base: FactBase) -> Iterator[Diagnostic]:
    """Statements about the future in facts that say that something is or was so."""
    certain = (Kind.EVENT, Kind.FIGURE, Kind.BACKGROUND)
    for fact in base.facts.values():
        if fact.kind not in certain:
            continue
        for language, form in fact.statement.forms:
            pattern = FUTURES.get(primary(language))
            if pattern is not None and (match := pattern.search(form)) is not None:
                yield diagnostic(
                    "plan-as-event",
                    f"`{fact.id}` says “{match.group()}”, but its kind is {fact.kind}",
                    fact.statement.place(language),
                    "make it a plan, or a statement of whoever said so",
                )
