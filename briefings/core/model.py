"""The checked values of a fact base; frozen, with tuples inside, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum, StrEnum
from typing import NewType

from briefings.core.edtf import Edtf
from briefings.core.languages import chain
from briefings.core.span import Span

SourceId = NewType("SourceId", str)
ActorId = NewType("ActorId", str)
PlaceId = NewType("PlaceId", str)
TopicId = NewType("TopicId", str)
FactId = NewType("FactId", str)
JudgementId = NewType("JudgementId", str)
ContestId = NewType("ContestId", str)
GapId = NewType("GapId", str)


class Kind(StrEnum):
    """What a fact is; `docs/fact-base.md` says which to take."""

    EVENT = "event"
    STATEMENT = "statement"
    CLAIM = "claim"
    FIGURE = "figure"
    PLAN = "plan"
    BACKGROUND = "background"
    ANALYSIS = "analysis"
    ADVOCACY = "advocacy"


class ActorKind(StrEnum):
    """What an actor is. `anonymous` is a voice that its source does not name."""

    PERSON = "person"
    BODY = "body"
    STATE = "state"
    GROUP = "group"
    OUTLET = "outlet"
    ANONYMOUS = "anonymous"


class Reliability(StrEnum):
    """NATO Admiralty grade of a source (AJP-2.1): A best, E worst, F cannot be judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(StrEnum):
    """NATO Admiralty grade of a piece of information: 1 confirmed … 6 cannot be judged."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


class Confidence(StrEnum):
    """ICD 203 confidence in the sourcing and reasoning of a judgement."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Likelihood(StrEnum):
    """The seven bands of ICD 203, from least to most likely."""

    ALMOST_NO_CHANCE = "almost-no-chance"
    VERY_UNLIKELY = "very-unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN = "roughly-even-chance"
    LIKELY = "likely"
    VERY_LIKELY = "very-likely"
    ALMOST_CERTAIN = "almost-certain"


class Marking(IntEnum):
    """TLP 2.0 labels in order of restriction; `label` is the printed form."""

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    AMBER_STRICT = 3
    RED = 4

    @property
    def label(self) -> str:
        """The label as FIRST spells it, never translated."""
        return "TLP:" + self.name.replace("_", "+")


MARKINGS: Mapping[str, Marking] = {one.label: one for one in Marking}
"""Each marking by its label."""


class Period(StrEnum):
    """How far back from its day an edition looks for news."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Voice(StrEnum):
    """Who speaks in a passage when no actor of the base does."""

    OUTLET = "outlet"
    ANONYMOUS = "anonymous"


class ParagraphStyle(StrEnum):
    """What ends a paragraph of a document: each line end, or an empty line."""

    LINES = "lines"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text in one or more languages; never empty, in the order of the base's languages."""

    forms: tuple[tuple[str, str], ...]
    span: Span
    places: tuple[Span, ...] = ()

    def place(self, language: str) -> Span:
        """Where the form in `language` is written, else where the whole text is."""
        codes = (code for code, _ in self.forms)
        return dict(zip(codes, self.places, strict=False)).get(language, self.span)

    def get(self, language: str) -> str | None:
        """The text in `language`, or None."""
        return next((text for code, text in self.forms if code == language), None)

    def best(self, *languages: str) -> tuple[str, str]:
        """`(language, text)` for the first of `languages` there is, else the first form.

        A language comes with those that it is a form of: Persian serves a reader of Dari.
        """
        for language in languages:
            for code in chain(language):
                if (text := self.get(code)) is not None:
                    return code, text
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class Retraction:
    """A source that its publisher took back, or that the desk no longer trusts, from day `on`."""

    on: date
    why: LocalText
    span: Span


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A fact that the desk took back on day `on`; `replaced_by` holds in its place, if any."""

    on: date
    why: LocalText
    replaced_by: FactId | None
    span: Span


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it was captured. `file` is relative to the desk; `sha256` is lower-case hex.

    `publisher` is None where it is unknown; `origin` None where independence cannot be shown.
    """

    id: SourceId
    file: str
    sha256: str
    title: str
    publisher: str | None
    publisher_basis: LocalText | None
    origin: str | None
    published: Edtf
    published_basis: LocalText | None
    retrieved: date | None
    language: str
    reliability: Reliability
    reliability_basis: LocalText | None
    descriptor: LocalText | None
    marking: Marking
    url: str | None
    paragraphs: ParagraphStyle
    span: Span
    file_span: Span
    sha256_span: Span
    retracted: Retraction | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """What one source calls an actor: its `name` there, its `title` there, or both.

    Both are passages of the source and pass the quote gate like any evidence.
    """

    source: SourceId
    name: str | None
    title: str | None
    language: str
    translation: LocalText | None
    span: Span
    name_span: Span
    title_span: Span


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or body: one entry, however many spellings and titles the sources give."""

    id: ActorId
    name: LocalText
    aliases: tuple[str, ...]
    kind: ActorKind
    of: ActorId | None
    titles: tuple[Title, ...]
    note: LocalText | None
    span: Span
    marking: Marking = Marking.CLEAR


@dataclass(frozen=True, slots=True)
class Place:
    """A place; `at` is latitude and longitude in degrees (WGS 84), None if not on a map."""

    id: PlaceId
    name: LocalText
    aliases: tuple[str, ...]
    at: tuple[float, float] | None
    span: Span
    marking: Marking = Marking.CLEAR


@dataclass(frozen=True, slots=True)
class Topic:
    """What a brief is about; `weekly` topics are built when none is asked for."""

    id: TopicId
    title: LocalText
    question: LocalText | None
    weekly: bool
    span: Span
    marking: Marking = Marking.CLEAR


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quote that carries a fact.

    `by` is who says so in the source; `via` who relayed it (a news agency, a spokesman).
    `prefix`, `suffix` and `occurrence` (from 1) tell a quote apart that stands in several
    places, as a W3C TextQuoteSelector does.
    """

    source: SourceId
    quote: str
    by: ActorId | Voice
    via: ActorId | None
    prefix: str | None
    suffix: str | None
    occurrence: int | None
    language: str
    translation: LocalText | None
    translator: str | None
    note: LocalText | None
    span: Span
    quote_span: Span


@dataclass(frozen=True, slots=True)
class Fact:
    """One reportable assertion, in the desk's words, with the quotes that carry it.

    `date` is event time: when it happened or was said. `due` is for plans: when it is to happen.
    `outcome_of` names the plans whose outcome this fact reports. `evidence` is never empty.
    `derived` are expressions over the figures of its quotes, whose results it may state.
    """

    id: FactId
    kind: Kind
    topics: tuple[TopicId, ...]
    statement: LocalText
    headline: LocalText | None
    date: Edtf | None
    due: Edtf | None
    actors: tuple[ActorId, ...]
    places: tuple[PlaceId, ...]
    credibility: Credibility
    marking: Marking
    outcome_of: tuple[FactId, ...]
    note: LocalText | None
    evidence: tuple[Evidence, ...]
    span: Span
    withdrawn: Withdrawal | None = None
    derived: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A key judgement in ICD 203 words. `rests_on` is never empty in a checked base.

    `until` is the last day that it looks ahead to; editions of later days do not show it.
    """

    id: JudgementId
    topic: TopicId
    statement: LocalText
    likelihood: Likelihood | None
    confidence: Confidence
    because: LocalText
    rests_on: tuple[FactId, ...]
    made: date
    span: Span
    likelihood_span: Span
    until: date | None = None
    marking: Marking = Marking.CLEAR


@dataclass(frozen=True, slots=True)
class Contest:
    """A point on which documents, or passages of one, do not agree; two positions or more.

    `says` holds, for some or all of them, what they answer to the question, in a few words.
    """

    id: ContestId
    topic: TopicId
    question: LocalText
    positions: tuple[FactId, ...]
    note: LocalText | None
    span: Span
    marking: Marking = Marking.CLEAR
    says: tuple[tuple[FactId, LocalText], ...] = ()

    def answer(self, fact: FactId) -> LocalText | None:
        """What a position says in short, if the base says so."""
        return dict(self.says).get(fact)

    def among(self, facts: Collection[FactId]) -> Contest:
        """The contest of those positions that are in `facts`, with their answers.

        The note compares all positions: where one is missing, it is missing too.
        """
        positions = tuple(fact for fact in self.positions if fact in facts)
        return replace(
            self,
            positions=positions,
            says=tuple((fact, answer) for fact, answer in self.says if fact in facts),
            note=self.note if len(positions) == len(self.positions) else None,
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """What a reader would ask and no document says, as of `made`."""

    id: GapId
    topic: TopicId
    question: LocalText
    why: LocalText | None
    made: date
    answered_by: FactId | None
    span: Span
    marking: Marking = Marking.CLEAR


@dataclass(frozen=True, slots=True)
class Filters:
    """Which facts a custom brief is about; an empty filter lets everything pass.

    Values of one filter are alternatives, filters combine by “and”. `exclude` names facts,
    sources, actors and places whose facts are left out. A grade that cannot be judged (F, 6)
    passes no minimum.
    """

    actors: tuple[ActorId, ...] = ()
    places: tuple[PlaceId, ...] = ()
    sources: tuple[SourceId, ...] = ()
    kinds: tuple[Kind, ...] = ()
    exclude: tuple[str, ...] = ()
    min_reliability: Reliability | None = None
    min_credibility: Credibility | None = None


@dataclass(frozen=True, slots=True)
class KeptBrief:
    """A custom brief that is kept by name in the base; flags of the command line override it.

    `merge` makes one brief of several topics. None means: as the command would have it.
    """

    id: str
    topics: tuple[TopicId, ...]
    merge: bool
    filters: Filters
    marking: Marking | None
    language: str | None
    title: str | None
    sections: tuple[str, ...]
    no_sections: tuple[str, ...]
    period: Period | None
    template: str | None
    name: str | None
    span: Span


class Paper(StrEnum):
    """The sheet that a PDF is set for, by its name in CSS."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class EditionDefault:
    """The edition that `build` makes without flags; `as_of` None means today."""

    as_of: date | None
    period: Period
    paper: Paper = Paper.A4


class Outcome(StrEnum):
    """What became of a quote at the gate; only `exact` and `folded` pass.

    `exact`: it stands in its source to the letter. `folded`: it does but for what
    `check/fold.py` sets aside. `misattributed`: it stands in another source. `absent`: in none.
    `unreadable` and `changed`: its document can't be read, or is not the one on record.
    """

    EXACT = "exact"
    FOLDED = "folded"
    MISATTRIBUTED = "misattributed"
    ABSENT = "absent"
    UNREADABLE = "unreadable"
    CHANGED = "changed"

    @property
    def passes(self) -> bool:
        """Whether a brief may cite it."""
        return self in (Outcome.EXACT, Outcome.FOLDED)


@dataclass(frozen=True, slots=True)
class Passage:
    """Where one fragment of a quote stands: half-open code points, line and paragraph from 1."""

    start: int
    end: int
    line: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """The proven place of a quote: its passages in order, one unless an ellipsis joins more.

    `how` is `exact` or `folded`.
    """

    source: SourceId
    passages: tuple[Passage, ...]
    how: Outcome


@dataclass(frozen=True, slots=True)
class Document:
    """A source document's text; `paragraphs` are half-open ranges without white space at ends."""

    source: SourceId
    path: str
    text: str
    paragraphs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class FactBase:
    """Everything a desk knows, as written. Collections keep the order of the base."""

    title: LocalText
    languages: tuple[str, ...]
    timezone: str
    edition: EditionDefault
    marking: Marking
    sources: Mapping[SourceId, Source]
    actors: Mapping[ActorId, Actor]
    places: Mapping[PlaceId, Place]
    topics: Mapping[TopicId, Topic]
    facts: Mapping[FactId, Fact]
    judgements: Mapping[JudgementId, Judgement]
    contests: Mapping[ContestId, Contest]
    gaps: Mapping[GapId, Gap]
    span: Span
    briefs: Mapping[str, KeptBrief] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckedBase:
    """A base whose every quote was found: what composing starts from.

    `anchors[fact]` runs parallel to `fact.evidence`; `documents` holds every source's text;
    `likelihoods` the ICD 203 band of each judgement.
    """

    base: FactBase
    documents: Mapping[SourceId, Document]
    anchors: Mapping[FactId, tuple[Anchor, ...]]
    likelihoods: Mapping[JudgementId, Likelihood] = field(default_factory=dict)
