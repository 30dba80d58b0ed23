"""A node to a custom brief that the base keeps."""

from __future__ import annotations

from briefings.core import filenames
from briefings.core.model import (
    ActorId,
    Credibility,
    Filters,
    KeptBrief,
    Kind,
    Marking,
    Part,
    Period,
    PlaceId,
    Reliability,
    SourceId,
    TopicId,
)
from briefings.core.names import suggestion
from briefings.core.span import Span
from briefings.load.context import Context, read_marking
from briefings.load.shape import Record
from briefings.load.yamltree import Node


def brief(context: Context, name: str, node: Node, place: Span) -> KeptBrief:
    """A custom brief that the base keeps."""
    r = context.reader
    optional = (
        *("merge", "actors", "places", "sources", "kinds", "exclude", "min_reliability"),
        *("min_credibility", "marking", "lang", "title", "sections", "no_sections"),
        *("period", "template", "name"),
    )
    record = context.record(node, f"brief `{name}`", ("topics",), optional)
    topics = context.refs(record, "topics", "topics")
    if (given := record.get("topics")) is not None and not r.items(given, "topics"):
        r.report("empty-text", f"`topics` of brief `{name}` is empty", given.span)
    kinds = [r.choice(item, "kinds", Kind) for item in r.items(record.get("kinds"), "kinds")]
    excludable = {
        *context.ids["facts"],
        *context.ids["sources"],
        *context.ids["actors"],
        *context.ids["places"],
    }
    exclude = r.references(record.get("exclude"), "exclude", "entry", excludable)
    filters = Filters(
        actors=tuple(map(ActorId, context.refs(record, "actors", "actors"))),
        places=tuple(map(PlaceId, context.refs(record, "places", "places"))),
        sources=tuple(map(SourceId, context.refs(record, "sources", "sources"))),
        kinds=tuple(kind for kind in kinds if kind is not None),
        exclude=exclude,
        min_reliability=r.choice(record.get("min_reliability"), "min_reliability", Reliability),
        min_credibility=r.choice(record.get("min_credibility"), "min_credibility", Credibility),
    )
    return KeptBrief(
        id=name,
        topics=tuple(map(TopicId, topics)),
        merge=r.flag(record.get("merge"), "merge"),
        filters=filters,
        marking=_ceiling(context, record),
        language=_language(context, record),
        title=r.text(record.get("title"), "title"),
        sections=_parts(context, record, "sections"),
        no_sections=_parts(context, record, "no_sections"),
        period=r.choice(record.get("period"), "period", Period),
        template=r.word(record.get("template"), "template"),
        name=_pattern(context, record),
        span=place,
    )


def _ceiling(context: Context, record: Record) -> Marking | None:
    """The highest marking that a brief may hold; under the base's own it could hold nothing."""
    node = record.get("marking")
    if node is None:
        return None
    ceiling = read_marking(context.reader, record, Marking.RED)
    if ceiling < context.marking:
        message = f"the base itself is {context.marking.label}: nothing could be shown"
        context.reader.report("marking-too-low", message, node.span)
        return None
    return ceiling


def _language(context: Context, record: Record) -> str | None:
    node, known = record.get("lang"), context.reader.languages
    language = context.reader.language(node, "lang")
    if node is not None and language is not None and language not in known:
        message = f"`{language}` is not in `languages`"
        context.reader.report("unknown-language", message, node.span, *suggestion(language, known))
        return None
    return language


def _parts(context: Context, record: Record, key: str) -> tuple[Part, ...]:
    items = context.reader.items(record.get(key), key)
    parts = [context.reader.choice(item, key, Part) for item in items]
    return tuple(part for part in parts if part is not None)


def _pattern(context: Context, record: Record) -> str | None:
    """The pattern of a brief's file names, which could name a file."""
    node = record.get("name")
    text = context.reader.word(node, "name")
    if node is None or text is None:
        return None
    try:
        filenames.check(text)
    except filenames.BadPattern as error:
        context.reader.report("bad-name", str(error), node.span, *error.hints)
        return None
    return text
