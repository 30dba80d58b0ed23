"""How old the sources of an edition are, as bars on one scale of days."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, TypeAlias

from briefings.core.edition import SourceView

Age: TypeAlias = Literal["week", "month", "year", "decade"]

_DAYS: tuple[tuple[Age, int], ...] = (("week", 7), ("month", 30), ("year", 365), ("decade", 3652))
_SHORTEST = 31  # the scale goes at least so far, so that young sources look young
_APART = 36.0  # per cent between two labels


def ticks(sources: Sequence[SourceView]) -> tuple[tuple[float, Age], ...]:
    """The ages that the scale names, each at its per cent of the width."""
    end = _end(sources)
    kept: list[tuple[float, Age]] = []
    for age, days in reversed(_DAYS):
        if days <= end and all(other - _at(days, end) >= _APART for other, _ in kept):
            kept.append((_at(days, end), age))
    return tuple(reversed(kept))


def rules(sources: Sequence[SourceView], side: str) -> str:
    """The style rules that give bars and ticks their place; `side` is where the scale begins."""
    end = _end(sources)
    return "\n".join(
        [
            *(f".age-tick-{n}{{{side}:{at}%}}" for n, (at, _) in enumerate(ticks(sources), 1)),
            *(f"#age-{n}{{width:{_at(view.age, end)}%}}" for n, view in enumerate(sources, 1)),
        ]
    )


def _end(sources: Sequence[SourceView]) -> int:
    """The age at the end of the scale."""
    return max(_SHORTEST, *(view.age for view in sources), 0)


def _at(days: int, end: int) -> float:
    """Logarithmic, since a week matters among days and not among years."""
    return round(100 * math.log1p(max(days, 0)) / math.log1p(end), 2)
