"""A correction: what an issued brief said that the desk has taken back since."""

from __future__ import annotations

from datetime import date

from briefings.core.model import Fact, LocalText, Marking, Source, Withdrawal
from briefings.core.record import Record
from briefings.core.snapshot import AccountState, FactState, JudgementState, SummaryState
from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True)
class SourcedQuote:
    """A quote with its source, of which the base has no more if that is None."""

    text: str
    name: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Corrected:
    """One sentence that no longer holds: as it was issued, why it was taken back, what holds now.

    `now` is None if nothing holds in its place; `quotes` carry the old sentence, `now_quotes` the
    new one. `retracted` are the sources of the old one that were retracted.
    """

    state: FactState
    withdrawal: Withdrawal
    quotes: tuple[SourcedQuote, ...]
    retracted: tuple[Source, ...]
    now: Fact | None
    now_quotes: tuple[SourcedQuote, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be said about one issued brief. `items` is never empty.

    `day` is the latest day of all that it tells; `judgements` are those of the brief that rested
    on a sentence in it, `accounts` those that told one, and so did `summary` if it is there.
    """

    desk: LocalText
    record: Record
    day: date
    marking: Marking
    items: tuple[Corrected, ...]
    judgements: tuple[JudgementState, ...]
    accounts: tuple[AccountState, ...] = ()
    summary: SummaryState | None = None
