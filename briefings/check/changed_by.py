"""By how much, or to how much, something changed: “fell by 40 %” is not “fell to 40 %”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefings.check.clauses import Reading
from briefings.check.quantities.quantity import Quantity
from briefings.check.swapped_figures import size_of, sure_counts

_STOP = re.compile(r"[.;:!?…؛؟。；]\s|[。；]")
_NEAR = 60  # code points before a figure in which what it is to is told


def turned(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Figures that a statement says something changed by, and the quotes to, or the reverse.

    Yields:
        The figure with the words beside it, in the statement and in a quote.

    """
    if not (_changes(statement) and any(map(_changes, quotes))):
        return  # as most
    for figure in sure_counts(statement):
        ours = _way(statement, figure)
        if ours is None:
            continue
        theirs = [
            (way, _shown(quote, each))
            for quote in quotes
            for each in sure_counts(quote)
            if size_of(each) == size_of(figure)
            and each.unit == figure.unit
            and (way := _way(quote, each)) is not None
        ]
        if theirs and all(way != ours for way, _ in theirs):
            yield _shown(statement, figure), theirs[0][1]


def _changes(reading: Reading) -> bool:
    """Whether anything rises or falls in a text."""
    verbs = reading.words.pattern("changes.verb")
    return verbs is not None and verbs.search(reading.text) is not None


def _way(reading: Reading, figure: Quantity) -> str | None:
    """`to` or `by`, where the words beside a figure say that something changed so."""
    words = reading.words
    verbs = words.pattern("changes.verb")
    if verbs is None:
        return None
    start, end = _sentence(reading.text, figure)
    before, behind = reading.text[start : figure.start], reading.text[figure.end : end]
    if verbs.search(before) is None and verbs.search(behind) is None:
        return None
    near = before[-_NEAR:]
    for way in ("to", "by"):
        pattern = words.at_end(f"changes.{way}")
        if pattern is not None and pattern.search(near):
            return way
    own = words.at_start("changes.to")  # that may be read as a bound, “до 40”, up to 40
    if own is not None and own.search(reading.text[figure.start : figure.end]):
        return "to"
    for way in ("to", "by"):
        pattern = words.at_start(f"changes.behind_{way}")
        if pattern is not None and pattern.search(behind):
            return way
    ends = None if words.verb_last else words.at_end("changes.verb")  # “fell 40 %”
    return "by" if ends is not None and ends.search(near) else None


def _sentence(text: str, figure: Quantity) -> tuple[int, int]:
    """Where the sentence of a figure begins and ends in its text."""
    start = max((match.end() for match in _STOP.finditer(text, 0, figure.start)), default=0)
    stop = _STOP.search(text, figure.end)
    return start, stop.start() if stop is not None else len(text)


def _shown(reading: Reading, figure: Quantity) -> str:
    """A figure with the word before it."""
    before = reading.text[: figure.start].rsplit(maxsplit=1)
    return f"{before[-1]} {figure.shown}" if before else figure.shown
