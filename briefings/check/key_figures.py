"""Which figures a brief shows large: a statement's first, or the words that the desk names."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.check.quantities.quantity import Kind
from briefings.check.quantities.reader import read
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.languages import chain
from briefings.core.model import Fact, FactBase, FactId, LocalText

_COUNTS = frozenset((Kind.NUMBER, Kind.PERCENT, Kind.POINTS, Kind.PER_MILLE, Kind.MULTIPLE))


def key_figures(base: FactBase) -> dict[FactId, LocalText]:
    """The figure of each key figure of a topic, in digits or words, with its bound and its unit.

    A fact's own `figure`, in the language or in one that it is a form of, goes before the first
    that is read in its statement. A language whose words the reader of figures does not know has it
    only in digits. A statement without a figure has none.
    """
    names = dict.fromkeys(name for topic in base.topics.values() for name in topic.key_figures)
    facts = [base.facts[name] for name in names]
    shown = {fact.id: tuple(_shown(fact)) for fact in facts}
    return {
        fact.id: LocalText(shown[fact.id], fact.statement.span) for fact in facts if shown[fact.id]
    }


def unshown(base: FactBase) -> Iterator[Diagnostic]:
    """Facts with a `figure` that no topic shows, and key figures in which none is read."""
    named = {name for topic in base.topics.values() for name in topic.key_figures}
    for fact in base.facts.values():
        if fact.figure is not None and fact.id not in named and fact.withdrawn is None:
            message = f"no topic has `{fact.id}` among its key figures: its `figure` shows nowhere"
            topic = next((base.topics[each] for each in fact.topics if each in base.topics), None)
            step = "add it to `key_figures` of its topic, or take `figure` out"
            hint = Hint(step, topic.span) if topic is not None else step
            yield diagnostic("unshown-figure", message, fact.figure.span, hint)
    shown = key_figures(base)
    for topic in base.topics.values():
        for fact in (base.facts[name] for name in topic.key_figures if name not in shown):
            if fact.withdrawn is not None:
                continue
            message = f"`{fact.id}` is a key figure of `{topic.id}`, and no figure is read in it"
            step = "say by its `figure` which words stand large, or take it out of `key_figures`"
            yield diagnostic("unshown-figure", message, topic.span, Hint(step, fact.span))


def _shown(fact: Fact) -> Iterator[tuple[str, str]]:
    for code, words in fact.statement.forms:
        figures = () if fact.figure is None else (fact.figure.get(each) for each in chain(code))
        if (own := next((each for each in figures if each and each in words), None)) is not None:
            yield code, own
            continue
        counts = (each for each in read(words, code) if each.sure and each.kind in _COUNTS)
        if (figure := next(counts, None)) is not None:
            yield code, figure.shown
