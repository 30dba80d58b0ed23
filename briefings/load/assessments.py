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
    LocalText,
    TopicId,
)
from briefings.core.span import Span
from briefings.load.context import Context, read_marking, some
from briefings.load.shape import Record
from briefings.load.yamltree import Mapping, Node, Sequence


def judgement(context: Context, name: str, node: Node, place: Span) -> Judgement:
    r = context.reader
    required = ("id", "topic", "statement", "confidence", "because", "rests_on", "made")
    optional = ("likelihood", "until", "marking")
    record = context.record(node, f"judgement `{name}`", required, optional)
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
    marking = read_marking(r, record, context.marking)
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
        marking,
    )


def contest(context: Context, name: str, node: Node, place: Span) -> Contest:
    r = context.reader
    required = ("id", "topic", "question", "positions")
    record = context.record(node, f"contested point `{name}`", required, ("note", "marking"))
    topic = context.ref(record, "topic", "topics")
    question = r.local(record.get("question"), "question")
    positions, says = _positions(context, record)
    note = r.local(record.get("note"), "note")
    marking = read_marking(r, record, context.marking)
    about = TopicId(some(topic))
    return Contest(
        ContestId(name), about, some(question), some(positions), note, place, marking, says
    )


def _positions(
    context: Context, record: Record
) -> tuple[tuple[FactId, ...] | None, tuple[tuple[FactId, LocalText], ...]]:
    """A list of facts, or a map from each to what it answers; None if one of them is unknown."""
    node = record.get("positions")
    if not isinstance(node, Mapping):
        positions = context.all_refs(record, "positions", "facts")
        return (None if positions is None else tuple(map(FactId, positions))), ()
    r, keys = context.reader, tuple(key for key, _ in node.entries)
    known = r.references(Sequence(keys, node.span), "positions", "fact", context.ids["facts"])
    answers = [(FactId(key.value), r.local(value, key.value)) for key, value in node.entries]
    says = tuple((fact, answer) for fact, answer in answers if answer is not None)
    return (tuple(map(FactId, known)) if len(known) == len(keys) else None), says


def gap(context: Context, name: str, node: Node, place: Span) -> Gap:
    r = context.reader
    required = ("id", "topic", "question", "made")
    record = context.record(node, f"gap `{name}`", required, ("why", "answered_by", "marking"))
    topic = context.ref(record, "topic", "topics")
    question = r.local(record.get("question"), "question")
    why = r.local(record.get("why"), "why")
    made = r.day(record.get("made"), "made")
    answered = context.ref(record, "answered_by", "facts")
    by = FactId(answered) if answered else None
    marking = read_marking(r, record, context.marking)
    about = TopicId(some(topic))
    return Gap(GapId(name), about, some(question), why, some(made), by, place, marking)
