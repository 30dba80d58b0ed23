"""Give each chosen fact its section and its turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from briefings.core.model import SECTIONS, CheckedBase, Contest, FactId, FactKind, Part, Section
from briefings.core.spec import Window
from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Sections:
    """The chosen facts, each in one section, in order of event time.

    `contests` repeats facts of the others: each contest with its positions in that order too, the
    contests themselves in the order of the base, which says what matters most.
    """

    developments: tuple[FactId, ...]
    commentary: tuple[FactId, ...]
    contests: tuple[Contest, ...]
    background: tuple[FactId, ...]
    outlook: tuple[FactId, ...]

    @property
    def facts(self) -> tuple[FactId, ...]:
        """Every fact once, in the order in which the brief tells them."""
        return tuple(fact for part in SECTIONS for fact in getattr(self, part.value))

    @property
    def read(self) -> tuple[FactId, ...]:
        """Every fact as often as the brief prints it, in the order in which it is read."""
        rivals = (fact for contest in self.contests for fact in contest.positions)
        news = (*self.developments, *self.commentary)
        return (*news, *rivals, *self.background, *self.outlook)


def arrange(
    checked: CheckedBase,
    facts: Mapping[FactId, date],
    contests: tuple[Contest, ...],
    window: Window,
) -> Sections:
    """Sort facts into sections, each in order of event time; the order of the base plays no part.

    Args:
        checked: The base that the edition may show.
        facts: The facts, each with the day since which it is known.
        contests: The contested points, their positions among `facts`.
        window: The edition's period, which parts news from background.
    """
    turns = {fact: _turn(checked, fact, known) for fact, known in facts.items()}
    ordered = sorted(facts, key=turns.__getitem__)
    sections: Mapping[Section, list[FactId]] = {part: [] for part in SECTIONS}
    for fact in ordered:
        kind = checked.base.facts[fact].kind
        sections[section_of(kind, facts[fact], window)].append(fact)
    in_turn = [
        replace(contest, positions=tuple(sorted(contest.positions, key=turns.__getitem__)))
        for contest in contests
    ]
    return Sections(
        developments=tuple(sections[Part.DEVELOPMENTS]),
        commentary=tuple(sections[Part.COMMENTARY]),
        contests=tuple(in_turn),
        background=tuple(sections[Part.BACKGROUND]),
        outlook=tuple(sections[Part.OUTLOOK]),
    )


def section_of(kind: FactKind, known: date, window: Window) -> Section:
    """The part of the brief that tells a fact.

    Args:
        kind: Of the fact.
        known: From which day it is known.
        window: The days of the edition: what was known before them is background.
    """
    if kind is FactKind.PLAN:
        return Part.OUTLOOK
    if kind is FactKind.BACKGROUND or known < window.since:
        return Part.BACKGROUND
    if kind in (FactKind.ANALYSIS, FactKind.ADVOCACY):
        return Part.COMMENTARY
    return Part.DEVELOPMENTS


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
