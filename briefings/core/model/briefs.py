"""The briefs that the base keeps, and what they leave out."""

from __future__ import annotations

from typing import Annotated

from briefings.core.fields import Doc, Grammar, Key, Rule
from briefings.core.model.texts import AnyId
from briefings.core.model.vocabulary import (
    ActorId,
    Credibility,
    FactKind,
    Marking,
    Part,
    Period,
    PlaceId,
    Reliability,
    SourceId,
    TopicId,
)
from briefings.core.span import Span
from briefings.core.values import dataclass


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
        tuple[FactKind, ...], Doc("only facts of one of these; these four lists combine by “and”")
    ] = ()
    exclude: Annotated[
        tuple[AnyId, ...], Doc("facts, sources, actors and places whose facts are left out")
    ] = ()
    min_reliability: Annotated[
        Reliability | None, Doc("the least Admiralty grade of a fact's best source")
    ] = None
    min_credibility: Annotated[Credibility | None, Doc("the least Admiralty grade of a fact")] = (
        None
    )


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
        Marking | None, Doc("the highest TLP marking that it may hold; not below that of the base")
    ] = None
    language: Annotated[
        str | None, Key("lang"), Grammar.BASE_LANGUAGE, Doc("one of `languages`; default the first")
    ] = None
    title: Annotated[str | None, Doc("a plain text, instead of the topic's title")] = None
    sections: Annotated[tuple[Part, ...], Doc("only these parts")] = ()
    no_sections: Annotated[tuple[Part, ...], Doc("without these parts")] = ()
    period: Annotated[Period | None, Doc("instead of that of `edition`")] = None
    template: Annotated[
        str | None,
        Grammar.TEMPLATE,
        Doc("a file of the template folders, instead of `brief.html.j2`"),
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
