"""What a fact may state: no figure that its quotes do not carry."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.check import figures
from briefings.check.unchecked import Unchecked
from briefings.check.unchecked import statements as statements_in
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.model import ContestId, Evidence, Fact, FactBase, FactId, LocalText


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


def unchecked(base: FactBase) -> Iterator[Unchecked]:
    """Statements in languages whose words for numbers are not known."""
    yield from statements_in("numbers in words", base, figures.is_spelled)
