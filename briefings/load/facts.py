"""A node to a fact with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from briefings.core.model import (
    ActorId,
    Credibility,
    Evidence,
    Fact,
    FactId,
    Kind,
    Marking,
    PlaceId,
    SourceId,
    TopicId,
    Voice,
    Withdrawal,
)
from briefings.core.span import Span
from briefings.load.context import Context, Faulty, read_marking, some
from briefings.load.shape import Record
from briefings.load.yamltree import Node, Sequence


def fact(context: Context, name: str, node: Node, place: Span) -> Fact:
    r = context.reader
    required = ("id", "kind", "topics", "statement", "evidence")
    optional = (
        *("headline", "date", "due", "actors", "places", "credibility", "marking"),
        *("outcome_of", "note", "withdrawn", "derived"),
    )
    record = context.record(node, f"fact `{name}`", required, optional)
    kind = r.choice(record.get("kind"), "kind", Kind)
    topics = context.refs(record, "topics", "topics")
    statement = r.local(record.get("statement"), "statement")
    headline = r.local(record.get("headline"), "headline")
    date, due = r.edtf(record.get("date"), "date"), r.edtf(record.get("due"), "due")
    actors, places = (
        context.refs(record, "actors", "actors"),
        context.refs(record, "places", "places"),
    )
    credibility = r.choice(record.get("credibility"), "credibility", Credibility)
    outcome_of = context.refs(record, "outcome_of", "facts")
    note = r.local(record.get("note"), "note")
    items = r.items(record.get("evidence"), "evidence")
    evidence = context.sound(partial(_evidence, context), name, items)
    for key in ("topics", "evidence"):
        if isinstance(given := record.get(key), Sequence) and not given.items:
            r.report("empty-text", f"`{key}` of fact `{name}` is empty", given.span)
    if due is not None and kind is not None and kind is not Kind.PLAN:
        message = f"`due` is for plans, and fact `{name}` is of kind {kind}"
        r.report("bad-value", message, record.nodes["due"].span)
    marking = read_marking(r, record, _marking_of(context, evidence))
    withdrawn = _withdrawal(context, name, record)
    if not topics or len(evidence) < max(1, len(items)):
        raise Faulty
    return Fact(
        id=FactId(name),
        kind=some(kind),
        topics=tuple(TopicId(topic) for topic in topics),
        statement=some(statement),
        headline=headline,
        date=date,
        due=due,
        actors=tuple(ActorId(actor) for actor in actors),
        places=tuple(PlaceId(each) for each in places),
        credibility=credibility or Credibility.CANNOT_BE_JUDGED,
        marking=marking,
        outcome_of=tuple(FactId(plan) for plan in outcome_of),
        note=note,
        evidence=evidence,
        span=place,
        withdrawn=withdrawn,
        derived=r.texts(record.get("derived"), "derived"),
    )


def _withdrawal(context: Context, fact: str, record: Record) -> Withdrawal | None:
    node = record.get("withdrawn")
    if node is None:
        return None
    what = f"`withdrawn` of fact `{fact}`"
    read = context.record(node, what, ("on", "why"), ("replaced_by",))
    on, why = context.reader.day(read.get("on"), "on"), context.reader.local(read.get("why"), "why")
    replacement = context.ref(read, "replaced_by", "facts")
    by = FactId(replacement) if replacement else None
    return Withdrawal(some(on), some(why), by, node.span)


def _marking_of(context: Context, evidence: Iterable[Evidence]) -> Marking:
    # What rests on a restricted source is as restricted, unless the fact says otherwise.
    found = [context.markings.get(each.source) for each in evidence]
    return max((each for each in found if each is not None), default=context.marking)


def _evidence(context: Context, fact: str, node: Node) -> Evidence:
    r = context.reader
    optional = (
        *("by", "via", "prefix", "suffix", "occurrence", "language", "translation"),
        *("translator", "note"),
    )
    record = context.record(node, f"evidence of fact `{fact}`", ("source", "quote"), optional)
    source = context.ref(record, "source", "sources")
    quote = r.text(record.get("quote"), "quote")
    by = _voice(context, record)
    via = context.ref(record, "via", "actors")
    occurrence = r.number(record.get("occurrence"), "occurrence", 1, 999_999)
    if occurrence is not None and occurrence != int(occurrence):
        message = "`occurrence` is a whole number, from 1"
        r.report("bad-value", message, record.nodes["occurrence"].span)
    language = r.language(record.get("language"), "language")
    prefix, suffix = (
        r.text(record.get("prefix"), "prefix"),
        r.text(record.get("suffix"), "suffix"),
    )
    translation = r.local(record.get("translation"), "translation")
    translator = r.text(record.get("translator"), "translator")
    note = r.local(record.get("note"), "note")
    if by is None or (occurrence is None and record.get("occurrence") is not None):
        raise Faulty
    return Evidence(
        source=SourceId(some(source)),
        quote=some(quote),
        by=by,
        via=ActorId(via) if via else None,
        prefix=prefix,
        suffix=suffix,
        occurrence=None if occurrence is None else int(occurrence),
        language=language or context.languages.get(some(source), ""),
        translation=translation,
        translator=translator,
        note=note,
        span=record.nodes["source"].span,
        quote_span=record.nodes["quote"].span,
    )


def _voice(context: Context, record: Record) -> ActorId | Voice | None:
    node = record.get("by")
    if node is None:
        return Voice.OUTLET
    voices: Mapping[str, Voice] = {voice.value: voice for voice in Voice}
    known = {*context.ids["actors"], *voices}
    name = context.reader.reference(node, "actor", known)
    if name is None:
        return None
    return ActorId(name) if name in context.ids["actors"] else voices[name]
