"""The fact base as a whole, with the desk's answers to what the check reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from briefings.core.fields import Doc, Grammar, Key, Noun, Rule
from briefings.core.model.assessments import Contest, Gap, Judgement
from briefings.core.model.briefs import KeptBrief
from briefings.core.model.defaults import Defaults
from briefings.core.model.facts import Fact
from briefings.core.model.prose import Account, Summary
from briefings.core.model.sources import Source
from briefings.core.model.subjects import Actor, Place, Topic
from briefings.core.model.texts import Language, LocalText, SharedWords
from briefings.core.model.vocabulary import (
    AccountId,
    ActorId,
    ContestId,
    FactId,
    GapId,
    JudgementId,
    Marking,
    PaperSize,
    Period,
    PlaceId,
    SourceId,
    SummaryId,
    TopicId,
)
from briefings.core.span import Span
from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True)
class EditionDefault:
    """The edition that `build` makes without flags; `as_of` None means today."""

    as_of: Annotated[date | None, Doc("the day of the default edition; without it, today")] = None
    period: Annotated[Period, Doc("how far back from that day it looks for news")] = Period.WEEK
    paper: Annotated[PaperSize, Doc("the sheet of its PDFs")] = PaperSize.A4


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """The desk's answer to a diagnostic: that `code` stands at one place of an entry, and why.

    `section` is the field of `FactBase` that holds the entry; `place` is where `at` is, or the
    whole entry; `span` where the answer stands.
    """

    section: str
    entry: str
    code: Annotated[
        str,
        Grammar.WORD,
        Doc("what is answered; [the list of codes](diagnostics.md) says which can be accepted"),
    ]
    why: Annotated[LocalText, Doc("the reason, for readers")]
    at: Annotated[
        str | None,
        Grammar.WORD,
        Doc(
            "the place in the entry: keys on the way, items of a list and marks of a text by "
            "number from 1, such as `evidence.2.quote` or `text.en.3`. Needed only where the code "
            "is reported at several places of the entry: one `accept` answers one"
        ),
    ] = None
    place: Span
    span: Span

    @property
    def what(self) -> str:
        """The entry as a message calls it."""
        return f"{noun_of(self.section)} `{self.entry}`"


def noun_of(section: str) -> str:
    """What a message calls an entry of a section, by the section's field of `FactBase`."""
    nouns = {"contests": "contested point", "summaries": "summary"}
    return nouns.get(section, section.removesuffix("s"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FactBase:
    """Everything a desk knows, as written. Collections keep the order of the base.

    `acceptances` are its answers to diagnostics; in a checked base, those that answer any.
    """

    format: Annotated[Literal["1"], Rule.REQUIRED, Doc("of the base; this page describes `1`")] = (
        "1"
    )
    title: Annotated[LocalText, Doc("the desk's name")]
    languages: Annotated[
        tuple[Language, ...],
        Rule.NOT_EMPTY,
        Doc("the first is the default; one that stands twice counts once"),
    ]
    words: Annotated[
        SharedWords,
        Doc(
            "in which a form of a language differs from it, by its code: each text that has none "
            "in that form gets one by them ([say it once](authoring.md#say-it-once))"
        ),
    ] = SharedWords({})
    timezone: Annotated[
        str, Grammar.TIME_ZONE, Doc("IANA name of the zone whose calendar days the desk uses")
    ] = "UTC"
    edition: Annotated[EditionDefault, Doc("the edition that `build` makes without flags")] = (
        EditionDefault()
    )
    marking: Annotated[
        Marking,
        Doc(
            "TLP 2.0 marking of everything that has none of its own: `CLEAR`, `GREEN`, `AMBER`, "
            "`AMBER+STRICT` or `RED`"
        ),
    ] = Marking.CLEAR
    include: Annotated[
        tuple[Annotated[str, Grammar.WORD], ...],
        Doc(
            "patterns of further files of the desk, such as `facts/*.yaml`, which may hold any of "
            "the sections below and nothing else"
        ),
    ] = ()
    defaults: Annotated[
        Defaults | None,
        Doc(
            "what holds for all entries of this file that do not say otherwise; an included file "
            "may have its own"
        ),
    ] = None
    sources: Annotated[Mapping[SourceId, Source], Doc("the documents")]
    actors: Annotated[Mapping[ActorId, Actor], Doc("who speaks and acts")]
    places: Annotated[Mapping[PlaceId, Place], Doc("where it happens")]
    topics: Annotated[Mapping[TopicId, Topic], Doc("what there are briefs about")]
    facts: Annotated[Mapping[FactId, Fact], Doc("what the documents carry")]
    judgements: Annotated[Mapping[JudgementId, Judgement], Doc("what the desk concludes")]
    contests: Annotated[
        Mapping[ContestId, Contest],
        Key("contested"),
        Noun("contested point"),
        Doc("where the documents do not agree"),
    ]
    gaps: Annotated[Mapping[GapId, Gap], Doc("what no document says")]
    summaries: Annotated[
        Mapping[SummaryId, Summary],
        Noun("summary"),
        Doc("what topics come to: headlines and standfirsts, with marks"),
    ]
    accounts: Annotated[
        Mapping[AccountId, Account], Doc("paragraphs that tell several facts, with marks")
    ]
    briefs: Annotated[Mapping[str, KeptBrief], Doc("custom briefs that are kept by name")]
    span: Span
    acceptances: tuple[Acceptance, ...] = ()

    @property
    def prose(self) -> tuple[Summary | Account, ...]:
        """Every summary and account."""
        return (*self.summaries.values(), *self.accounts.values())
