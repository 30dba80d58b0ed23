"""How much of a brief its first two pages hold: chosen by the order of the desk, never shrunk."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.core.edition import Edition, Report
from briefings.core.model import PaperSize


@dataclass(frozen=True, slots=True)
class Room:
    """How many of each list the first two pages show; what is beyond is counted there.

    On page one: `judgements`, `news`, `disputes`, `gaps`. On page two: `reports`, `contests`,
    `plans`, `questions`. `annex`: whether more follows.
    """

    annex: bool
    judgements: int
    news: tuple[Report, ...]
    disputes: int
    gaps: int
    reports: tuple[Report, ...]
    contests: int
    plans: int
    questions: int


def room(edition: Edition, paper: PaperSize | None, *, annex: bool) -> Room:
    front = edition.front
    return Room(annex, 3, front.news[:4], 3, 3, front.reports[:6], 3, 3, 5)
