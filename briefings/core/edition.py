"""An edition: all that one brief shows, chosen, numbered and put in order, before any markup."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from briefings.core.difference import Change
from briefings.core.edtf import Edtf
from briefings.core.knowledge import day_to_come
from briefings.core.model import (
    SECTIONS,
    Acceptance,
    Account,
    AccountId,
    Actor,
    Anchor,
    Confidence,
    Contest,
    Derivation,
    Designation,
    Document,
    Evidence,
    Fact,
    FactId,
    Gap,
    Judgement,
    Likelihood,
    LocalText,
    Marking,
    Place,
    Source,
    SourceId,
    Summary,
    Withdrawal,
)
from briefings.core.snapshot import Snapshot
from briefings.core.spec import EditionSpec
from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a sentence, through whom, in which source.

    `actor` is None when the outlet itself speaks (`anonymous` False) or a voice that the source
    leaves without any description (`anonymous` True). An actor of kind anonymous counts as
    anonymous too.
    """

    actor: Actor | None
    anonymous: bool
    via: Actor | None
    source: Source


@dataclass(frozen=True, slots=True)
class Sentence:
    """A fact where it is shown. `id` is unique in the edition: `s1`, `s2`, … in reading order.

    `citations` are numbers of `Edition.citations`, in the order of the evidence;
    `known` is the day from which the fact could be known; `contests` the points it is part of
    that the edition lays out, `elsewhere` those that it only names; `outcomes` the later facts
    that report what became of a plan; `overdue` marks a plan whose day has passed with no
    outcome known; `derived` is what the fact works out of the figures of its quotes; `accounts`
    are those of the edition that tell the fact; `figure` is that of a key figure, as the fact's
    statement has it in each language.
    """

    id: str
    fact: Fact
    known: date
    citations: tuple[int, ...]
    attributions: tuple[Attribution, ...]
    contests: tuple[Contest, ...]
    elsewhere: tuple[Contest, ...] = ()
    outcomes: tuple[Fact, ...] = ()
    overdue: bool = False
    derived: tuple[Derivation, ...] = ()
    accounts: tuple[AccountId, ...] = ()
    figure: LocalText | None = None

    @property
    def due(self) -> Edtf | None:
        """When a plan is to happen; None for any other fact, or where no day is named."""
        return day_to_come(self.fact, self.known)


@dataclass(frozen=True, slots=True)
class Backlink:
    """From a citation to one place that cites it: `target` is the `id` of a `Sentence`."""

    target: str
    label: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quote: `number` from 1 by first use, dense; `id` names it over all editions.

    `text` is the passage as the document has it, fragments joined by ` […] `; `before` and
    `after` are the rest of the sentences around it, so that a cut is seen; `cited_by` is never
    empty. Two facts that rest on the same passage share one citation. `derived` is what the
    facts work out of which it is the first quote.
    """

    number: int
    id: str
    source: Source
    anchor: Anchor
    evidence: Evidence
    fact: Fact
    text: str
    before: str
    after: str
    cited_by: tuple[Backlink, ...]
    derived: tuple[Derivation, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgementView:
    """A judgement with the sentences that it rests on, each shown elsewhere in the edition."""

    judgement: Judgement
    likelihood: Likelihood
    confidence: Confidence
    rests_on: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class SummaryView:
    """The summary that leads the edition, with the sentences of its facts, in its order."""

    summary: Summary
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """What one topic of several comes to: the headline of its summary, or what it asks."""

    title: LocalText
    question: LocalText | None
    summary: SummaryView | None


@dataclass(frozen=True, slots=True)
class AccountView:
    """A paragraph with the sentences of the facts that it tells, in its order.

    `known` is the day from which the last of them was known; `is_new` says that it tells something
    of the edition's period that no account before it tells.
    """

    account: Account
    sentences: tuple[Sentence, ...]
    known: date
    is_new: bool


@dataclass(frozen=True, slots=True)
class ContestView:
    """A contested point: rival accounts side by side, two or more, in order of event time."""

    contest: Contest
    positions: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """Facts that are told together, by an account or as those of one voice on one occasion."""

    sentences: tuple[Sentence, ...]
    account: AccountView | None = None


@dataclass(frozen=True, slots=True)
class Front:
    """What the first two pages tell, each list in the order in which it is cut where room ends.

    `headline` is that of the summary, else, of one topic without filters, the first judgement,
    which leads because the desk has put it there; None where the edition's title has to serve.
    `leading` is that judgement, `judgements` are all others. `figures` are what the desk shows
    large, `news` the reports of the edition's period, the foremost first; `reports` tell these in
    the order of the brief, and what was known before: where nothing is new, all of that, the newest
    first. `disputes` are the contested points whose answers can't all be so, `details` those that
    differ in wording, rank or exactness.
    """

    headline: LocalText | None
    leading: JudgementView | None
    judgements: tuple[JudgementView, ...]
    figures: tuple[Sentence, ...]
    news: tuple[Telling, ...]
    reports: tuple[Telling, ...]
    disputes: tuple[ContestView, ...]
    details: tuple[ContestView, ...]

    @property
    def foremost(self) -> tuple[Telling, ...]:
        """What page one tells: the news; where nothing is new, what is last known."""
        return self.news or self.reports

    @property
    def earlier(self) -> tuple[Telling, ...]:
        """What was known before the news, in the order of the brief; none where nothing is new."""
        return self.reports[len(self.news) :] if self.news else ()


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One dated fact: when it happened, when it could be known, where it is told."""

    sentence: Sentence
    event: Edtf
    known: date


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place on the map with the sentences that name it; `at` is never None here."""

    place: Place
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ActorView:
    """A person or body of the edition, the titles that each known source gives, its sentences."""

    actor: Actor
    of: Actor | None
    titles: tuple[tuple[Designation, Source], ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source that the edition cites. `age` is whole days from `known` to the edition's day."""

    source: Source
    known: date
    age: int
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """The numbers of the source summary statement (ICD 206): how good the sourcing is as a whole.

    `origins` counts distinct known origins; `unknown_origin` the sources whose independence
    cannot be shown. `facts`, `anonymous` (at least one voice unnamed) and `single_origin` count
    facts shown. `grades` maps reliability to sources, `credibilities` credibility to facts, both
    in order of grade. `oldest` and `newest` are sources by the day they could be known.
    """

    sources: int
    origins: int
    unknown_origin: int
    languages: tuple[str, ...]
    facts: int
    anonymous: int
    single_origin: int
    grades: Mapping[str, int]
    credibilities: Mapping[str, int]
    oldest: SourceView
    newest: SourceView


@dataclass(frozen=True, slots=True)
class AcceptedView:
    """What the desk has answered about an entry; `sentence` or `source` where it is one."""

    answer: Acceptance
    sentence: Sentence | None
    source: Source | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What an edition says otherwise than an earlier one of the same brief.

    `since` is the earlier edition's day; `issued` tells whether that one was issued, or only
    computed from the base.
    """

    since: date
    issued: bool
    edition: str
    items: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that an edition was asked for and shows; its fingerprint is taken over this.

    `withdrawn` are facts of the brief that were taken back by its day, `accepted` what the desk
    has answered about what it shows; `sourcing` is how good its sources are as a whole. Each part
    but `sources` and `citations` may be empty; then the brief says why. `summary` and `accounts`
    tell what sentences of the edition tell, in the desk's words and order; of several topics,
    without filters, `findings` has one for each. `developments`,
    `commentary` (analysis and advocacy), `background` and `outlook` hold every sentence once, in
    order of event time; together with contests and judgements they cite every citation.
    """

    spec: EditionSpec
    desk: LocalText
    title: LocalText
    question: LocalText | None
    marking: Marking
    judgements: tuple[JudgementView, ...]
    developments: tuple[Sentence, ...]
    commentary: tuple[Sentence, ...]
    contests: tuple[ContestView, ...]
    background: tuple[Sentence, ...]
    outlook: tuple[Sentence, ...]
    gaps: tuple[Gap, ...]
    timeline: tuple[TimelineEntry, ...]
    places: tuple[PlaceView, ...]
    actors: tuple[ActorView, ...]
    sources: tuple[SourceView, ...]
    sourcing: SourceSummary | None
    citations: tuple[Citation, ...]
    documents: Mapping[SourceId, Document]
    newest_known: date | None
    withdrawn: tuple[tuple[FactId, Withdrawal], ...]
    accepted: tuple[AcceptedView, ...] = ()
    summary: SummaryView | None = None
    accounts: tuple[AccountView, ...] = ()
    findings: tuple[FindingView, ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence once, in the order in which the brief tells them."""
        return tuple(each for part in SECTIONS for each in getattr(self, part.value))

    def sentence(self, fact: FactId) -> Sentence | None:
        """Where `fact` is told first, or None."""
        return next((sentence for sentence in self.sentences if sentence.fact.id == fact), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition(Content):
    """The whole context of a brief's template.

    `fingerprint` is the full hex SHA-256 over the content, `id` its first 12 digits; `snapshot`
    is what it says in short, to be kept and compared. What changed since another edition is no
    part of either, and `front` only puts first what the content holds.
    """

    id: str
    fingerprint: str
    snapshot: Snapshot
    front: Front
    changes: Changes | None = None
