"""What facts are about: actors, places and topics."""

from __future__ import annotations

from typing import Annotated

from briefings.core.fields import At, Doc, Grammar, Noun
from briefings.core.model.texts import Coordinates, Language, LocalText, OwnMarking
from briefings.core.model.vocabulary import (
    ActorId,
    ActorKind,
    FactId,
    Marking,
    PlaceId,
    SourceId,
    TopicId,
)
from briefings.core.span import Span
from briefings.core.values import dataclass


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
        bool, Doc("`true` if it gets a brief when none is asked for; if no topic says so, all do")
    ] = False
    key_figures: Annotated[
        tuple[FactId, ...],
        Doc(
            "facts whose figures its brief shows large, in this order: the first of each statement,"
            " in digits or in words"
        ),
    ] = ()
    marking: OwnMarking = Marking.CLEAR
    span: Span
