"""What a fact may state: no more than its quotes, and no less of their caution."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefings.check import figures
from briefings.check.fold import fold
from briefings.check.lexicon import FUTURES
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.languages import primary
from briefings.core.model import (
    Actor,
    ContestId,
    Evidence,
    Fact,
    FactBase,
    FactId,
    Kind,
    LocalText,
    Place,
)


def unsupported_figures(base: FactBase) -> Iterator[Diagnostic]:
    """Figures of a statement, headline or answer that stand in no quote of the fact."""
    answers: dict[FactId, list[tuple[ContestId, LocalText]]] = {}
    for contest in base.contests.values():
        for position, answer in contest.says:
            answers.setdefault(position, []).append((contest.id, answer))
    for fact in base.facts.values():
        carried = frozenset[tuple[str, str]]().union(*map(_carried, fact.evidence))
        yield from _unsupported(fact, "statement", fact.statement, carried)
        if fact.headline is not None:
            yield from _unsupported(fact, "headline", fact.headline, carried)
        for point, answer in answers.get(fact.id, ()):
            yield from _unsupported(fact, f"answer in `{point}`", answer, carried)
        for each in fact.evidence:
            if each.translation is not None and figures.is_spelled(each.language):
                own = figures.carried(each.quote, each.language)
                yield from _unsupported(fact, "translation", each.translation, own)


def _unsupported(
    fact: Fact, what: str, text: LocalText, carried: frozenset[tuple[str, str]]
) -> Iterator[Diagnostic]:
    for language, form in text.forms:
        for figure in figures.stated(form, language):
            if figure.key not in carried:
                yield diagnostic(
                    "unsupported-figure",
                    f"no quote of `{fact.id}` carries “{figure.shown}” of its {what}",
                    text.place(language),
                    "quote the passage that does, or leave it out",
                )


def _carried(evidence: Evidence) -> frozenset[tuple[str, str]]:
    """The figures of a quote; where its language's numbers are unknown, of its translation too."""
    found = figures.carried(evidence.quote, evidence.language)
    if evidence.translation is None or figures.is_spelled(evidence.language):
        return found
    return found.union(*(figures.carried(text, code) for code, text in evidence.translation.forms))


def unchecked_languages(base: FactBase) -> Iterator[Diagnostic]:
    """Languages of statements whose words the rules do not know: they check only digits there."""
    spoken = {code for fact in base.facts.values() for code, _ in fact.statement.forms}
    for language in base.languages:
        if language in spoken and not figures.is_spelled(language):
            yield diagnostic(
                "unchecked-language",
                f"figures and hedges that are spelled out in `{language}` are not checked",
                base.span,
            )


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
