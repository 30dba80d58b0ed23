"""Give each chosen fact its section and its turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from briefings.compose.selection import Selection
from briefings.core.edition import Window
from briefings.core.model import CheckedBase, Contest, FactId, Kind


@dataclass(frozen=True, slots=True)
class Sections:
    """The chosen facts, each in one section, in order of event time.

    `contested` repeats facts of the others: each contest with its positions in that order too.
    """

    developments: tuple[FactId, ...]
    commentary: tuple[FactId, ...]
    contested: tuple[Contest, ...]
    background: tuple[FactId, ...]
    outlook: tuple[FactId, ...]

    @property
    def told(self) -> tuple[FactId, ...]:
        """Every fact once, in the order in which the brief tells them."""
        return (*self.developments, *self.commentary, *self.background, *self.outlook)

    @property
    def read(self) -> tuple[FactId, ...]:
        """Every fact as often as the brief prints it, in the order in which it is read."""
        rivals = (fact for contest in self.contested for fact in contest.positions)
        news = (*self.developments, *self.commentary)
        return (*news, *rivals, *self.background, *self.outlook)


def arrange(checked: CheckedBase, selection: Selection, window: Window) -> Sections:
    """Sort the chosen facts into sections; the order of the base plays no part."""
    turns = {fact: _turn(checked, fact, known) for fact, known in selection.facts.items()}
    ordered = sorted(selection.facts, key=turns.__getitem__)
    sections: Mapping[str, list[FactId]] = {
        name: [] for name in ("developments", "commentary", "background", "outlook")
    }
    for fact in ordered:
        kind = checked.base.facts[fact].kind
        sections[_section(kind, selection.facts[fact], window)].append(fact)
    contested = [
        replace(contest, positions=tuple(sorted(contest.positions, key=turns.__getitem__)))
        for contest in selection.contests
    ]
    return Sections(
        developments=tuple(sections["developments"]),
        commentary=tuple(sections["commentary"]),
        contested=tuple(
            sorted(contested, key=lambda one: ([turns[fact] for fact in one.positions], one.id))
        ),
        background=tuple(sections["background"]),
        outlook=tuple(sections["outlook"]),
    )


def _section(kind: Kind, known: date, window: Window) -> str:
    if kind is Kind.PLAN:
        return "outlook"
    if kind is Kind.BACKGROUND or known < window.since:
        return "background"
    if kind in (Kind.ANALYSIS, Kind.ADVOCACY):
        return "commentary"
    return "developments"


def _turn(checked: CheckedBase, fact: FactId, known: date) -> tuple[object, ...]:
    """The sort key: event time, then the place in the source, then the id.

    A fact without a date takes its turn on the day when it became known; an end that is open
    counts as its other end.
    """
    event = checked.base.facts[fact].date
    earliest = event and (event.earliest or event.latest)
    latest = event and (event.latest or event.earliest)
    first = min(
        (anchor.source, anchor.passages[0].start, anchor.passages[-1].end)
        for anchor in checked.anchors[fact]
    )
    return (earliest or known, latest or known, *first, fact)
