"""Facts, the quotes that carry them, and how they are taken back."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from briefings.core.edtf import Edtf
from briefings.core.fields import At, Between, Doc, Grammar, Rule
from briefings.core.model.texts import Language, LocalText, OwnMarking
from briefings.core.model.vocabulary import (
    ActorId,
    Credibility,
    FactId,
    FactKind,
    Marking,
    PlaceId,
    SourceId,
    TopicId,
    Voice,
)
from briefings.core.span import Span
from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A fact that the desk took back on day `on`; `replaced_by` holds in its place, if any."""

    on: Annotated[date, Doc("editions before this day show the fact, later ones what replaces it")]
    why: Annotated[LocalText, Doc("what was wrong with it")]
    replaced_by: Annotated[
        FactId | None, Doc("the fact that holds in its place, if something does")
    ] = None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One quote that carries a fact.

    `by` is who says so in the source; `via` who relayed it (a news agency, a spokesman).
    `prefix`, `suffix` and `occurrence` (from 1) tell a quote apart that stands in several
    places, as a W3C TextQuoteSelector does.
    """

    source: Annotated[SourceId, Rule.SHARED, Doc("where it stands")]
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
        Rule.SHARED,
        Rule.WHOLE,
        Doc(
            "who says so in the source: an actor, `outlet` (default: the source in its own voice), "
            "or `anonymous`"
        ),
    ] = Voice.OUTLET
    via: Annotated[
        ActorId | None,
        Rule.SHARED,
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
        int | None, Between(1, 999_999), Rule.WHOLE, Doc("or which of the places, from 1")
    ] = None
    language: Annotated[
        Language, Rule.SHARED, Doc("of the quote, where it is not the source's")
    ] = ""
    translation: Annotated[LocalText | None, Doc("of the quote")] = None
    translator: Annotated[str | None, Rule.SHARED, Doc("who translated")] = None
    note: Annotated[LocalText | None, Doc("what a reader must know about this passage")] = None
    span: Annotated[Span, At("source")]
    quote_span: Annotated[Span, At("quote")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One reportable assertion, in the desk's words, with the quotes that carry it.

    `date` is event time: when it happened or was said. `due` is for plans: when it is to happen.
    `outcome_of` names the plans whose outcome this fact reports. `evidence` is never empty.
    `derived` are expressions over the figures of its quotes, whose results it may state.
    `actors_span` and `places_span` are those of the whole entry where it has no such list.
    """

    id: Annotated[FactId, Doc("unique among facts")]
    kind: Annotated[FactKind, Rule.SHARED, Doc("see below")]
    topics: Annotated[
        tuple[TopicId, ...], Rule.SHARED, Rule.NOT_EMPTY, Doc("the briefs that it belongs to")
    ]
    statement: Annotated[
        LocalText, Doc("one sentence, in the desk's words, that states no more than the quotes")
    ]
    headline: Annotated[LocalText | None, Doc("a label of a few words, for the timeline")] = None
    figure: Annotated[
        LocalText | None,
        Doc(
            "of a fact among the `key_figures` of a topic: the words of the statement that stand "
            "large, such as `three rounds`"
        ),
    ] = None
    date: Annotated[Edtf | None, Rule.SHARED, Doc("event time: when it happened or was said")] = (
        None
    )
    due: Annotated[
        Edtf | None,
        Rule.SHARED,
        Doc("of a plan: when it is to happen. Left out, a `date` later than its sources says so"),
    ] = None
    actors: Annotated[
        tuple[ActorId, ...],
        Rule.SHARED,
        Doc(
            "everyone whom the statement names, and whom it is about. Left out, they are taken "
            "from its names"
        ),
    ] = ()
    places: Annotated[
        tuple[PlaceId, ...],
        Rule.SHARED,
        Doc("everywhere that the statement names. Left out, they are taken from its names"),
    ] = ()
    credibility: Annotated[
        Credibility,
        Rule.SHARED,
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
    actors_span: Annotated[Span, At("actors")]
    places_span: Annotated[Span, At("places")]

    @property
    def voices(self) -> frozenset[ActorId | Voice]:
        """Who speaks in its quotes, and through whom."""
        return frozenset(voice for each in self.evidence for voice in (each.by, each.via) if voice)

    @property
    def lacks_actors(self) -> bool:
        """Whether it has no list of actors at all, not even an empty one."""
        return _is_around(self.actors_span, self.span)

    @property
    def lacks_places(self) -> bool:
        """Whether it has no list of places at all, not even an empty one."""
        return _is_around(self.places_span, self.span)


def _is_around(outer: Span, inner: Span) -> bool:
    """Whether a place is that of the entry whose id stands at `inner`, and no place within it."""
    return outer.start <= inner.start and inner.end <= outer.end
