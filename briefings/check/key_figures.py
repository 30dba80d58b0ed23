"""What key figures show large: the first figure of a statement, as each language has it."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.check.quantities.quantity import Kind
from briefings.check.quantities.reader import read
from briefings.core.model import FactBase, FactId, LocalText

_COUNTS = frozenset((Kind.NUMBER, Kind.PERCENT, Kind.POINTS, Kind.PER_MILLE, Kind.MULTIPLE))


def key_figures(base: FactBase) -> dict[FactId, LocalText]:
    """The figure of each key figure of a topic, in digits or words, with its bound and its unit.

    A language whose words the reader of figures does not know has it only in digits. A statement
    without a figure has none.
    """
    names = dict.fromkeys(name for topic in base.topics.values() for name in topic.key_figures)
    facts = [base.facts[name] for name in names]
    shown = {fact.id: tuple(_first(fact.statement)) for fact in facts}
    return {
        fact.id: LocalText(shown[fact.id], fact.statement.span) for fact in facts if shown[fact.id]
    }


def _first(statement: LocalText) -> Iterator[tuple[str, str]]:
    for code, words in statement.forms:
        counts = (each for each in read(words, code) if each.sure and each.kind in _COUNTS)
        if (figure := next(counts, None)) is not None:
            yield code, figure.shown
