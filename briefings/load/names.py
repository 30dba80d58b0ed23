"""Nodes to what the facts name: actors, places and topics."""

from __future__ import annotations

from functools import partial

from briefings.core.model import (
    Actor,
    ActorId,
    ActorKind,
    Place,
    PlaceId,
    SourceId,
    Title,
    Topic,
    TopicId,
)
from briefings.core.span import Span
from briefings.load.context import Context, Faulty, read_marking, some
from briefings.load.shape import Record
from briefings.load.yamltree import Node


def actor(context: Context, name: str, node: Node, place: Span) -> Actor:
    r = context.reader
    record = context.record(
        node, f"actor `{name}`", ("name", "kind"), ("aliases", "of", "titles", "note", "marking")
    )
    shown = r.local(record.get("name"), "name")
    kind = r.choice(record.get("kind"), "kind", ActorKind)
    of = context.ref(record, "of", "actors")
    aliases = r.texts(record.get("aliases"), "aliases")
    note = r.local(record.get("note"), "note")
    titles = context.sound(partial(_title, context), name, r.items(record.get("titles"), "titles"))
    return Actor(
        ActorId(name),
        some(shown),
        aliases,
        some(kind),
        ActorId(of) if of else None,
        titles,
        note,
        place,
        read_marking(r, record, context.marking),
    )


def _title(context: Context, actor: str, node: Node) -> Title:
    r = context.reader
    optional = ("name", "title", "language", "translation")
    record = context.record(node, f"a title of actor `{actor}`", ("source",), optional)
    source = context.ref(record, "source", "sources")
    name = r.verbatim(record.get("name"), "name")
    title = r.verbatim(record.get("title"), "title")
    language = r.language(record.get("language"), "language")
    translation = r.local(record.get("translation"), "translation")
    if name is None and title is None:
        r.report("missing-key", "a title has a `name`, a `title` or both", record.span)
        raise Faulty
    return Title(
        SourceId(some(source)),
        name,
        title,
        language or context.languages.get(some(source), ""),
        translation,
        record.nodes["source"].span,
        record.nodes["name" if name else "title"].span,
        record.nodes["title" if title else "name"].span,
    )


def place(context: Context, name: str, node: Node, place: Span) -> Place:
    r = context.reader
    record = context.record(node, f"place `{name}`", ("name",), ("aliases", "at", "marking"))
    shown = r.local(record.get("name"), "name")
    aliases = r.texts(record.get("aliases"), "aliases")
    at = _coordinates(context, record)
    marking = read_marking(r, record, context.marking)
    return Place(PlaceId(name), some(shown), aliases, at, place, marking)


def _coordinates(context: Context, record: Record) -> tuple[float, float] | None:
    r = context.reader
    node = record.get("at")
    if node is None:
        return None
    pair = r.items(node, "at")
    if len(pair) != 2:
        r.report("wrong-type", "`at` is [latitude, longitude]", node.span)
        return None
    latitude = r.number(pair[0], "latitude", -90, 90)
    longitude = r.number(pair[1], "longitude", -180, 180)
    return None if latitude is None or longitude is None else (latitude, longitude)


def topic(context: Context, name: str, node: Node, place: Span) -> Topic:
    r = context.reader
    record = context.record(node, f"topic `{name}`", ("title",), ("question", "weekly", "marking"))
    title = r.local(record.get("title"), "title")
    question = r.local(record.get("question"), "question")
    weekly = r.flag(record.get("weekly"), "weekly")
    marking = read_marking(r, record, context.marking)
    return Topic(TopicId(name), some(title), question, weekly, place, marking)
