"""What the desk concludes, where documents do not agree, and what none says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Annotated

from briefings.core.fields import At, Doc, Key, Rule
from briefings.core.model.texts import LocalText, OwnMarking
from briefings.core.model.vocabulary import (
    Confidence,
    ContestId,
    ContestKind,
    FactId,
    GapId,
    JudgementId,
    Likelihood,
    Marking,
    TopicId,
)
from briefings.core.span import Span
from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A key judgement in ICD 203 words. `rests_on` is never empty in a checked base.

    `until` is the last day that it looks ahead to; editions of later days do not show it.
    """

    id: Annotated[JudgementId, Doc("unique among judgements")]
    topic: Annotated[TopicId, Rule.SHARED, Doc("the brief that it belongs to")]
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
    confidence: Annotated[Confidence, Rule.SHARED, Doc("in the sourcing and the reasoning")]
    because: Annotated[LocalText, Doc("why that confidence")]
    rests_on: Annotated[tuple[FactId, ...], Rule.WHOLE, Doc("the facts that it is drawn from")]
    made: Annotated[date, Rule.SHARED, Doc("the day of the judgement")]
    until: Annotated[
        date | None,
        Rule.SHARED,
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
    topic: Annotated[TopicId, Rule.SHARED, Doc("the brief that it belongs to")]
    kind: Annotated[
        ContestKind,
        Rule.SHARED,
        Doc(
            "`disagree`: both can't be so; `detail`: they differ in wording, rank or exactness, "
            "and either may be told alone"
        ),
    ] = ContestKind.DISAGREE
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
    topic: Annotated[TopicId, Rule.SHARED, Doc("the brief that it belongs to")]
    question: Annotated[LocalText, Doc("what no document says")]
    why: Annotated[LocalText | None, Doc("why it matters")] = None
    made: Annotated[date, Rule.SHARED, Doc("day since which it is known to be open")]
    answered_by: Annotated[FactId | None, Doc("the fact that closes it")] = None
    marking: OwnMarking = Marking.CLEAR
    span: Span
