"""The ids of a fact base, and the words that stand for one of a few things."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import Literal, NewType, TypeAlias, get_args

SourceId = NewType("SourceId", str)
ActorId = NewType("ActorId", str)
PlaceId = NewType("PlaceId", str)
TopicId = NewType("TopicId", str)
FactId = NewType("FactId", str)
JudgementId = NewType("JudgementId", str)
ContestId = NewType("ContestId", str)
GapId = NewType("GapId", str)
SummaryId = NewType("SummaryId", str)
AccountId = NewType("AccountId", str)


class FactKind(StrEnum):
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


class ContestKind(StrEnum):
    """In what the positions of a contested point differ."""

    DISAGREE = "disagree"
    DETAIL = "detail"


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


Section: TypeAlias = Literal[Part.DEVELOPMENTS, Part.COMMENTARY, Part.BACKGROUND, Part.OUTLOOK]
SECTIONS: tuple[Section, ...] = get_args(Section)
"""The parts that tell facts, each fact in one of them, in the order of reading."""


class PaperSize(StrEnum):
    """The sheet that a PDF is set for, by its name in CSS."""

    A4 = "a4"
    LETTER = "letter"
