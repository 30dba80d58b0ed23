"""The checked values of a fact base; frozen, with tuples inside, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Context, Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction
from typing import Annotated, Literal, NewType

from briefings.core.edtf import Edtf
from briefings.core.fields import AnyOf, At, Between, Doc, Grammar, Key, Noun, Rule
from briefings.core.languages import chain
from briefings.core.span import Span

_DECIMALS, _ROUGH_DECIMALS = 6, 3

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


MARKINGS: Mapping[str, Marking] = {marking.label: marking for marking in Marking}
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


Language = Annotated[str, Grammar.LANGUAGE]
OwnMarking = Annotated[Marking, Doc("TLP 2.0: see [marking](marking.md)"), Rule.INHERITED]
AnyId = Annotated[str, AnyOf(FactId, SourceId, ActorId, PlaceId)]
Coordinates = tuple[
    Annotated[float, Between(-90, 90, "latitude")],
    Annotated[float, Between(-180, 180, "longitude")],
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """A source that its publisher took back, or that the desk no longer trusts, from day `on`."""

    on: Annotated[date, Doc("no edition from this day on cites the source")]
    why: Annotated[LocalText, Doc("why it no longer counts")]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A fact that the desk took back on day `on`; `replaced_by` holds in its place, if any."""

    on: Annotated[
        date,
        Doc("editions before this day show the fact, later ones what replaces it"),
    ]
    why: Annotated[LocalText, Doc("what was wrong with it")]
    replaced_by: Annotated[
        FactId | None, Doc("the fact that holds in its place, if something does")
    ] = None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document as it was captured. `file` is relative to the desk; `sha256` is lower-case hex.

    `publisher` is None where it is unknown; `origin` None where independence cannot be shown.
    """

    id: SourceId
    file: Annotated[
        str,
        Grammar.WORD,
        Doc("path of the captured text (UTF-8), inside the desk; no links are followed"),
    ]
    sha256: Annotated[
        str,
        Grammar.SHA256,
        Doc("of the file's bytes, in hexadecimal; a document that has changed proves nothing"),
    ]
    title: Annotated[str, Doc("the document's own title, or its first words")]
    publisher: Annotated[str | None, Doc("name, or `unknown`")]
    publisher_basis: Annotated[
        LocalText | None, Doc("how the publisher is known, or why it is not")
    ] = None
    origin: Annotated[
        str | None,
        Grammar.ID,
        Doc(
            "slug of the body whose reporting this is, or `unknown` (default). Two sources of one "
            "origin do not corroborate each other, nor does one whose origin is unknown"
        ),
    ] = None
    published: Annotated[
        Edtf,
        Doc(
            "when it was published; where the document does not say, its bounds as an interval. "
            "The later bound is the day from which it counts as known"
        ),
    ]
    published_basis: Annotated[
        LocalText | None,
        Doc("the reasoning; where only general knowledge dates it, say so"),
    ] = None
    retrieved: Annotated[
        date | None,
        Doc(
            "when it was captured; earlier than the later bound of `published`, it is when it was "
            "known"
        ),
    ] = None
    language: Annotated[Language, Doc("language of the document")]
    reliability: Annotated[Reliability, Doc("NATO Admiralty grade; `F` cannot be judged")] = (
        Reliability.F
    )
    reliability_basis: Annotated[LocalText | None, Doc("why")] = None
    descriptor: Annotated[
        LocalText | None,
        Doc("ICD 206 source descriptor: what kind of source it is, its access, its interests"),
    ] = None
    marking: OwnMarking = Marking.CLEAR
    url: Annotated[str | None, Grammar.URL, Doc("http or https")] = None
    paragraphs: Annotated[
        ParagraphStyle,
        Doc("`lines`: each line is a paragraph; `blocks`: an empty line ends one"),
    ] = ParagraphStyle.LINES
    retracted: Annotated[
        Retraction | None,
        Rule.WHOLE,
        Doc(
            "its publisher took it back, or the desk no longer trusts it; every fact that rests on "
            "it has to be withdrawn by then"
        ),
    ] = None
    span: Span
    file_span: Annotated[Span, At("file")]
    sha256_span: Annotated[Span, At("sha256")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Designation:
    """What one source calls an actor: its `name` there, its `title` there, or both.

    Both are passages of the source and pass the quote gate like any evidence.
    """

    source: Annotated[SourceId, Doc("where it is called so")]
    name: Annotated[str | None, Grammar.VERBATIM, Doc("its name as it stands there")] = None
    title: Annotated[
        str | None, Grammar.VERBATIM, Doc("its title as it stands there; a name, a title or both")
    ] = None
    language: Annotated[Language, Doc("of name and title, where it is not the source's")] = ""
    translation: Annotated[LocalText | None, Doc("of name and title")] = None
    span: Annotated[Span, At("source")]
    name_span: Annotated[Span, At("name", "title")]
    title_span: Annotated[Span, At("title", "name")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person or body: one entry, however many spellings and titles the sources give."""

    id: ActorId
    name: Annotated[LocalText, Doc("what the briefs call it")]
    aliases: Annotated[
        tuple[str, ...], Doc("other spellings, by which a name in a statement is recognised")
    ] = ()
    kind: Annotated[
        ActorKind,
        Doc(
            'what it is; `anonymous` is a voice that a source does not name ("diplomatic sources")'
        ),
    ]
    of: Annotated[ActorId | None, Doc("the actor it belongs to")] = None
    titles: Annotated[
        tuple[Designation, ...],
        Noun("a title"),
        Doc("what each source calls it; names and titles pass the quote gate"),
    ] = ()
    note: Annotated[LocalText | None, Doc("shown with the actor")] = None
    marking: OwnMarking = Marking.CLEAR
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place; `at` is latitude and longitude in degrees (WGS 84), None if not on a map."""

    id: PlaceId
    name: Annotated[LocalText, Doc("what the briefs call it")]
    aliases: Annotated[
        tuple[str, ...], Doc("other spellings, by which a name in a statement is recognised")
    ] = ()
    at: Annotated[Coordinates | None, Doc("`[latitude, longitude]`, degrees, WGS 84")] = None
    marking: OwnMarking = Marking.CLEAR
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a brief is about; `weekly` topics are built when none is asked for."""

    id: TopicId
    title: Annotated[LocalText, Doc("the title of its brief")]
    question: Annotated[LocalText | None, Doc("what its reader wants to know")] = None
    weekly: Annotated[
        bool,
        Doc("`true` if it gets a brief when none is asked for; if no topic says so, all do"),
    ] = False
    marking: OwnMarking = Marking.CLEAR
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One quote that carries a fact.

    `by` is who says so in the source; `via` who relayed it (a news agency, a spokesman).
    `prefix`, `suffix` and `occurrence` (from 1) tell a quote apart that stands in several
    places, as a W3C TextQuoteSelector does.
    """

    source: Annotated[SourceId, Doc("where it stands")]
    quote: Annotated[
        str,
        Grammar.VERBATIM,
        Doc(
            "the shortest passage that carries the fact. `…`, `...` or `[…]` leaves words out, "
            "within one paragraph"
        ),
    ]
    by: Annotated[
        ActorId | Voice,
        Rule.WHOLE,
        Doc(
            "who says so in the source: an actor, `outlet` (default: the source in its own voice), "
            "or `anonymous`"
        ),
    ] = Voice.OUTLET
    via: Annotated[
        ActorId | None,
        Doc("the actor through whom the source has it: a news agency, a spokesman"),
    ] = None
    prefix: Annotated[
        str | None,
        Grammar.VERBATIM,
        Doc(
            "the words just before, where a quote stands in several places (W3C TextQuoteSelector)"
        ),
    ] = None
    suffix: Annotated[str | None, Grammar.VERBATIM, Doc("the words just after")] = None
    occurrence: Annotated[
        int | None,
        Between(1, 999_999),
        Rule.WHOLE,
        Doc("or which of the places, from 1"),
    ] = None
    language: Annotated[Language, Doc("of the quote, where it is not the source's")] = ""
    translation: Annotated[LocalText | None, Doc("of the quote")] = None
    translator: Annotated[str | None, Doc("who translated")] = None
    note: Annotated[LocalText | None, Doc("what a reader must know about this passage")] = None
    span: Annotated[Span, At("source")]
    quote_span: Annotated[Span, At("quote")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One reportable assertion, in the desk's words, with the quotes that carry it.

    `date` is event time: when it happened or was said. `due` is for plans: when it is to happen.
    `outcome_of` names the plans whose outcome this fact reports. `evidence` is never empty.
    `derived` are expressions over the figures of its quotes, whose results it may state.
    """

    id: Annotated[FactId, Doc("unique among facts")]
    kind: Annotated[Kind, Doc("see below")]
    topics: Annotated[tuple[TopicId, ...], Rule.NOT_EMPTY, Doc("the briefs that it belongs to")]
    statement: Annotated[
        LocalText,
        Doc("one sentence, in the desk's words, that states no more than the quotes"),
    ]
    headline: Annotated[LocalText | None, Doc("a label of a few words, for the timeline")] = None
    date: Annotated[Edtf | None, Doc("event time: when it happened or was said")] = None
    due: Annotated[Edtf | None, Doc("of a plan: when it is to happen")] = None
    actors: Annotated[
        tuple[ActorId, ...],
        Doc("everyone whom the statement names, and whom it is about"),
    ] = ()
    places: Annotated[tuple[PlaceId, ...], Doc("everywhere that the statement names")] = ()
    credibility: Annotated[
        Credibility,
        Doc("NATO Admiralty grade; `6` cannot be judged, `1` needs two independent origins"),
    ] = Credibility.CANNOT_BE_JUDGED
    marking: OwnMarking = Marking.CLEAR
    outcome_of: Annotated[tuple[FactId, ...], Doc("the plans whose outcome this fact reports")] = ()
    note: Annotated[LocalText | None, Doc("shown with the quote")] = None
    derived: Annotated[
        tuple[str, ...],
        Doc(
            "arithmetic over figures of its quotes, whose results the fact may state: `640 - 410`, "
            "`sum(3, 4)`, `48 million / 397.6 million in per cent, rounded to 1`"
        ),
    ] = ()
    withdrawn: Annotated[
        Withdrawal | None,
        Rule.WHOLE,
        Doc(
            "the desk took it back. Never delete a fact that was issued: withdraw it "
            "([editions](editions.md))"
        ),
    ] = None
    evidence: Annotated[tuple[Evidence, ...], Rule.WHOLE, Rule.NOT_EMPTY, Doc("one quote or more")]
    span: Span


@dataclass(frozen=True, slots=True)
class Derivation:
    """Arithmetic over figures of a fact's quotes, which the check has followed.

    `expression` is as the base has it; `terms` are its numbers, in one unit, and the signs
    `+ - * / ( )` between them. `exact` says that nothing was rounded.
    """

    expression: str
    terms: tuple[Fraction | str, ...]
    result: Fraction
    per_cent: bool = False
    exact: bool = True

    @property
    def told(self) -> str:
        """The expression and what it comes to, for a record in no language: `640 - 410 = 230`."""
        value, whole = decimal(self.result)
        sign = "=" if self.exact and whole else "≈"
        return f"{self.expression} {sign} {value:f}{' %' if self.per_cent else ''}"


def decimal(value: Fraction) -> tuple[Decimal, bool]:
    """A number in decimals, and whether they are all of it: six at most, else a few that count."""
    whole = (value * 10**_DECIMALS).denominator == 1
    length = len(str(abs(int(value))))
    context = Context(prec=length + (_DECIMALS if whole else _ROUGH_DECIMALS))
    return context.divide(Decimal(value.numerator), Decimal(value.denominator)), whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A key judgement in ICD 203 words. `rests_on` is never empty in a checked base.

    `until` is the last day that it looks ahead to; editions of later days do not show it.
    """

    id: Annotated[JudgementId, Doc("unique among judgements")]
    topic: Annotated[TopicId, Doc("the brief that it belongs to")]
    statement: Annotated[
        LocalText,
        Doc(
            "holds exactly one of the seven ICD 203 terms or a listed synonym, and no word of "
            "confidence in the same sentence ([in Persian and Pashto](languages.md))"
        ),
    ]
    likelihood: Annotated[
        Likelihood | None,
        Doc("needed only where no statement is in a language whose terms the program knows"),
    ] = None
    confidence: Annotated[Confidence, Doc("in the sourcing and the reasoning")]
    because: Annotated[LocalText, Doc("why that confidence")]
    rests_on: Annotated[tuple[FactId, ...], Rule.WHOLE, Doc("the facts that it is drawn from")]
    made: Annotated[date, Doc("the day of the judgement")]
    until: Annotated[
        date | None,
        Doc(
            'the last day that it looks ahead to: "before the end of December" has had its time in '
            "January, and no edition of a later day shows it"
        ),
    ] = None
    marking: OwnMarking = Marking.CLEAR
    span: Span
    likelihood_span: Annotated[Span, At("likelihood", "statement")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """A point on which documents, or passages of one, do not agree; two positions or more.

    `says` holds, for some or all of them, what they answer to the question, in a few words.
    """

    id: Annotated[ContestId, Doc("unique among contested points")]
    topic: Annotated[TopicId, Doc("the brief that it belongs to")]
    question: Annotated[LocalText, Doc("what the positions answer")]
    positions: Annotated[
        tuple[FactId, ...],
        Rule.WHOLE,
        Rule.OR_MAP,
        Doc("two facts or more that do not agree; or a map from each to its answer in a few words"),
    ]
    says: Annotated[tuple[tuple[FactId, LocalText], ...], Key("positions")] = ()
    note: Annotated[LocalText | None, Doc("why they differ, as far as the documents tell")] = None
    marking: OwnMarking = Marking.CLEAR
    span: Span

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What a reader would ask and no document says, as of `made`."""

    id: Annotated[GapId, Doc("unique among gaps")]
    topic: Annotated[TopicId, Doc("the brief that it belongs to")]
    question: Annotated[LocalText, Doc("what no document says")]
    why: Annotated[LocalText | None, Doc("why it matters")] = None
    made: Annotated[date, Doc("day since which it is known to be open")]
    answered_by: Annotated[FactId | None, Doc("the fact that closes it")] = None
    marking: OwnMarking = Marking.CLEAR
    span: Span


@dataclass(frozen=True, slots=True)
class Filters:
    """Which facts a custom brief is about; an empty filter lets everything pass.

    Values of one filter are alternatives, filters combine by “and”. `exclude` names facts,
    sources, actors and places whose facts are left out. A grade that cannot be judged (F, 6)
    passes no minimum.
    """

    actors: Annotated[tuple[ActorId, ...], Doc("only facts of one of these")] = ()
    places: Annotated[tuple[PlaceId, ...], Doc("only facts of one of these")] = ()
    sources: Annotated[tuple[SourceId, ...], Doc("only facts that one of these carries")] = ()
    kinds: Annotated[
        tuple[Kind, ...],
        Doc("only facts of one of these; these four lists combine by “and”"),
    ] = ()
    exclude: Annotated[
        tuple[AnyId, ...],
        Doc("facts, sources, actors and places whose facts are left out"),
    ] = ()
    min_reliability: Annotated[
        Reliability | None, Doc("the least Admiralty grade of a fact's best source")
    ] = None
    min_credibility: Annotated[Credibility | None, Doc("the least Admiralty grade of a fact")] = (
        None
    )


class Part(StrEnum):
    """A part of a brief that can be asked for or left out.

    Contested points, sources and quotes are not among them: without these, a brief would show
    one side, or a sentence that nothing carries.
    """

    JUDGEMENTS = "judgements"
    CHANGES = "changes"
    DEVELOPMENTS = "developments"
    COMMENTARY = "commentary"
    BACKGROUND = "background"
    OUTLOOK = "outlook"
    GAPS = "gaps"
    TIMELINE = "timeline"
    MAP = "map"
    ACTORS = "actors"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBrief:
    """A custom brief that is kept by name in the base; flags of the command line override it.

    `merge` makes one brief of several topics. None means: as the command would have it.
    """

    id: str
    topics: Annotated[
        tuple[TopicId, ...],
        Rule.REQUIRED,
        Rule.NOT_EMPTY,
        Doc("what it is about; a brief each, named `NAME_topic`, or one with `merge`"),
    ] = ()
    merge: Annotated[bool, Doc("`true` makes one brief of several topics")] = False
    filters: Annotated[Filters, Rule.INLINE] = Filters()
    marking: Annotated[
        Marking | None,
        Doc("the highest TLP marking that it may hold; not below that of the base"),
    ] = None
    language: Annotated[
        str | None,
        Key("lang"),
        Grammar.BASE_LANGUAGE,
        Doc("one of `languages`; default the first"),
    ] = None
    title: Annotated[str | None, Doc("a plain text, instead of the topic's title")] = None
    sections: Annotated[tuple[Part, ...], Doc("only these parts")] = ()
    no_sections: Annotated[tuple[Part, ...], Doc("without these parts")] = ()
    period: Annotated[Period | None, Doc("instead of that of `edition`")] = None
    template: Annotated[
        str | None, Grammar.WORD, Doc("a file of the template folders, instead of `brief.html.j2`")
    ] = None
    name: Annotated[
        str | None,
        Grammar.FILE_NAME,
        Doc(
            "a pattern for file names: `{brief}`, `{topic}`, `{lang}`, `{as_of}`, `{week}`, "
            "`{edition}`, letters, digits, `.`, `_`, `-`"
        ),
    ] = None
    span: Span


class PaperSize(StrEnum):
    """The sheet that a PDF is set for, by its name in CSS."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class EditionDefault:
    """The edition that `build` makes without flags; `as_of` None means today."""

    as_of: Annotated[date | None, Doc("the day of the default edition; without it, today")] = None
    period: Annotated[Period, Doc("how far back from that day it looks for news")] = Period.WEEK
    paper: Annotated[PaperSize, Doc("the sheet of its PDFs")] = PaperSize.A4


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
            "the place in the entry: keys on the way, items of a list by number from 1, such as "
            "`evidence.2.quote`. Needed only where the code is reported at several places of the "
            "entry: one `accept` answers one"
        ),
    ] = None
    place: Span
    span: Span

    @property
    def what(self) -> str:
        """The entry as a message calls it."""
        kind = {"contests": "contested point"}.get(self.section, self.section.removesuffix("s"))
        return f"{kind} `{self.entry}`"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactBase:
    """Everything a desk knows, as written. Collections keep the order of the base.

    `acceptances` are its answers to diagnostics; in a checked base, those that answer any.
    """

    format: Annotated[Literal["1"], Rule.REQUIRED, Doc("of the base; this page describes `1`")] = (
        "1"
    )
    title: Annotated[LocalText, Doc("the desk's name")]
    languages: Annotated[tuple[Language, ...], Doc("the first is the default")]
    timezone: Annotated[
        str,
        Grammar.TIME_ZONE,
        Doc("IANA name of the zone whose calendar days the desk uses"),
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
    briefs: Annotated[Mapping[str, KeptBrief], Doc("custom briefs that are kept by name")]
    span: Span
    acceptances: tuple[Acceptance, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedBase:
    """A base whose every quote was found: what composing starts from.

    `anchors[fact]` runs parallel to `fact.evidence`; `documents` holds every source's text;
    `likelihoods` the ICD 203 band of each judgement; `derivations` what facts work out.
    """

    base: FactBase
    documents: Mapping[SourceId, Document]
    anchors: Mapping[FactId, tuple[Anchor, ...]]
    likelihoods: Mapping[JudgementId, Likelihood] = field(default_factory=dict)
    derivations: Mapping[FactId, tuple[Derivation, ...]] = field(default_factory=dict)
