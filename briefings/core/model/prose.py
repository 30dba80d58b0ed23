"""Prose whose words name the facts that carry them: summaries of topics, accounts of events."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from briefings.core.fields import At, Doc, Rule
from briefings.core.languages import chain
from briefings.core.model.texts import LocalText
from briefings.core.model.vocabulary import (
    AccountId,
    ContestId,
    FactId,
    Marking,
    SummaryId,
    TopicId,
)
from briefings.core.span import Span
from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """Words of a prose and the facts that its mark names; without facts, no document tells.

    `text` is printed as it is: the texts of a prose's claims, joined by nothing, are its words.
    White space before it is part of it, and so is what closes behind the mark, such as a comma.
    `ends` says that a sentence ends with it; `span` is where its mark stands.
    """

    text: str
    facts: tuple[FactId, ...]
    ends: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Prose:
    """A text of claims in one or more languages; never empty, in the order of the languages."""

    forms: tuple[tuple[str, tuple[Claim, ...]], ...]
    span: Span
    places: tuple[Span, ...] = ()

    @property
    def facts(self) -> tuple[FactId, ...]:
        """Every fact that a mark names, in whatever language, once, in order."""
        named = (fact for _, claims in self.forms for claim in claims for fact in claim.facts)
        return tuple(dict.fromkeys(named))

    @property
    def words(self) -> LocalText:
        """The text as it is printed, without its marks."""
        forms = tuple((code, "".join(each.text for each in form)) for code, form in self.forms)
        return LocalText(forms, self.span, self.places)

    def best(self, *languages: str) -> tuple[str, tuple[Claim, ...]]:
        """`(language, claims)` for the first of `languages` there is, as `LocalText.best`."""
        forms = dict(self.forms)
        codes = (code for language in languages for code in chain(language))
        return next(((code, forms[code]) for code in codes if code in forms), self.forms[0])


_Marking = Annotated[
    Marking | None,
    Rule.SHARED,
    Doc("TLP 2.0, as [marking](marking.md) says; never below that of a fact which it tells"),
]
_Contested = Annotated[
    tuple[ContestId, ...],
    Doc(
        "contested points whose dispute its words mention; then it need not name a rival of a fact "
        "that it tells"
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a topic comes to as of `made`: it stands until a newer one, if its facts hold."""

    id: Annotated[SummaryId, Doc("unique among summaries")]
    topic: Annotated[TopicId, Rule.SHARED, Doc("the brief that it leads")]
    made: Annotated[
        date,
        Rule.SHARED,
        Doc("the day it was written; it leads editions from then on, until a newer one"),
    ]
    headline: Annotated[
        LocalText,
        Doc("the finding in a line, without marks: it may say no more than the standfirst's facts"),
    ]
    standfirst: Annotated[
        Prose,
        Rule.WHOLE,
        Doc("the answer to the topic's question and its main weakness, with marks"),
    ]
    contested: _Contested = ()
    marking: _Marking = None
    span: Span
    marking_span: Annotated[Span, At("marking")]

    @property
    def what(self) -> str:
        """The entry as a message calls it."""
        return f"summary `{self.id}`"

    @property
    def prose(self) -> Prose:
        """The text with marks."""
        return self.standfirst

    @property
    def facts(self) -> tuple[FactId, ...]:
        """The facts that carry it, in order."""
        return self.standfirst.facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A paragraph that tells several facts; it is known when the last of them is."""

    id: Annotated[AccountId, Doc("unique among accounts")]
    topics: Annotated[
        tuple[TopicId, ...], Rule.SHARED, Rule.NOT_EMPTY, Doc("the briefs whose facts it tells")
    ]
    headline: Annotated[
        LocalText | None,
        Doc(
            "what it comes to in a few words, without marks, for page one: it may say no more than"
            " its facts"
        ),
    ] = None
    text: Annotated[Prose, Rule.WHOLE, Doc("the paragraph, with marks")]
    contested: _Contested = ()
    marking: _Marking = None
    span: Span
    marking_span: Annotated[Span, At("marking")]

    @property
    def what(self) -> str:
        """The entry as a message calls it."""
        return f"account `{self.id}`"

    @property
    def prose(self) -> Prose:
        """The text with marks."""
        return self.text

    @property
    def facts(self) -> tuple[FactId, ...]:
        """The facts that it tells, in order."""
        return self.text.facts
