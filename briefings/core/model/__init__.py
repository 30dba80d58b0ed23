"""The checked values of a fact base; frozen, with tuples inside, each with its place."""

from __future__ import annotations

from briefings.core.model.assessments import (
    Contest,
    Gap,
    Judgement,
)
from briefings.core.model.base import (
    Acceptance,
    EditionDefault,
    FactBase,
)
from briefings.core.model.briefs import (
    Filters,
    KeptBrief,
)
from briefings.core.model.facts import (
    Evidence,
    Fact,
    Withdrawal,
)
from briefings.core.model.proof import (
    Anchor,
    CheckedBase,
    Derivation,
    Document,
    Outcome,
    Passage,
    decimal,
)
from briefings.core.model.sources import (
    Retraction,
    Source,
)
from briefings.core.model.subjects import (
    Actor,
    Designation,
    Place,
    Topic,
)
from briefings.core.model.texts import (
    AnyId,
    Coordinates,
    Language,
    LocalText,
    OwnMarking,
)
from briefings.core.model.vocabulary import (
    MARKINGS,
    ActorId,
    ActorKind,
    Confidence,
    ContestId,
    Credibility,
    FactId,
    GapId,
    JudgementId,
    Kind,
    Likelihood,
    Marking,
    PaperSize,
    ParagraphStyle,
    Part,
    Period,
    PlaceId,
    Reliability,
    SourceId,
    TopicId,
    Voice,
)

__all__ = [
    "MARKINGS",
    "Acceptance",
    "Actor",
    "ActorId",
    "ActorKind",
    "Anchor",
    "AnyId",
    "CheckedBase",
    "Confidence",
    "Contest",
    "ContestId",
    "Coordinates",
    "Credibility",
    "Derivation",
    "Designation",
    "Document",
    "EditionDefault",
    "Evidence",
    "Fact",
    "FactBase",
    "FactId",
    "Filters",
    "Gap",
    "GapId",
    "Judgement",
    "JudgementId",
    "KeptBrief",
    "Kind",
    "Language",
    "Likelihood",
    "LocalText",
    "Marking",
    "Outcome",
    "OwnMarking",
    "PaperSize",
    "ParagraphStyle",
    "Part",
    "Passage",
    "Period",
    "Place",
    "PlaceId",
    "Reliability",
    "Retraction",
    "Source",
    "SourceId",
    "Topic",
    "TopicId",
    "Voice",
    "Withdrawal",
    "decimal",
]
