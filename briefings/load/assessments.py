"""Nodes to what the desk makes of its facts: judgements, contested points and gaps."""

from __future__ import annotations

from briefings.core.model import (
    Confidence,
    Contest,
    ContestId,
    FactId,
    Gap,
    GapId,
    Judgement,
    JudgementId,
    Likelihood,
    TopicId,
)
from briefings.core.span import Span
from briefings.load.context import Context, some
from briefings.load.yamltree import Node


def judgement(context: Context, name: str, node: Node, place: Span) -> Judgement:
    r = context.reader
    required = ("id", "topic", "statement", "confidence", "because", "rests_on", "made")
    record = context.record(node, f"judgement `{name}`", required, ("likelihood", "until"))
    topic = context.ref(record, "topic", "topics")
    statement = r.local(record.get("statement"), "statement")
    confidence = r.choice(record.get("confidence"), "confidence", Confidence)
    because = r.local(record.get("because"), "because")
    rests_on = context.all_refs(record, "rests_on", "facts")
    made = r.day(record.get("made"), "made")
    until = r.day(record.get("until"), "until")
    if made is not None and until is not None and until < made:
        message = f"judgement `{name}` looks ahead to {until}, before it was made on {made}"
        r.report("bad-value", message, record.nodes["until"].span)
    likelihood = r.choice(record.get("likelihood"), "likelihood", Likelihood)
    return Judgement(
        JudgementId(name),
        TopicId(some(topic)),
        some(statement),
        likelihood,
        some(confidence),
        some(because),
        tuple(FactId(fact) for fact in some(rests_on)),
        some(made),
        place,
        record.nodes.get("likelihood", record.nodes["statement"]).span,
        until,
    )


def contest(context: Context, name: str, node: Node, place: Span) -> Contest:
    r = context.reader
    required = ("id", "topic", "question", "positions")
    record = context.record(node, f"contested point `{name}`", required, ("note",))
    topic = context.ref(record, "topic", "topics")
    question = r.local(record.get("question"), "question")
    positions = context.all_refs(record, "positions", "facts")
    note = r.local(record.get("note"), "note")
    facts = tuple(FactId(fact) for fact in some(positions))
    return Contest(ContestId(name), TopicId(some(topic)), some(question), facts, note, place)


def gap(context: Context, name: str, node: Node, place: Span) -> Gap:
    r = context.reader
    required = ("id", "topic", "question", "made")
    record = context.record(node, f"gap `{name}`", required, ("why", "answered_by"))
    topic = context.ref(record, "topic", "topics")
    question = r.local(record.get("question"), "question")
    why = r.local(record.get("why"), "why")
    made = r.day(record.get("made"), "made")
    answered = context.ref(record, "answered_by", "facts")
    by = FactId(answered) if answered else None
    return Gap(GapId(name), TopicId(some(topic)), some(question), why, some(made), by, place)
