"""A key judgement that the desk makes."""

from __future__ import annotations

from datetime import date

from briefings.authoring.draft import OpenDesk
from briefings.authoring.new_entry import NewEntry, free_id, new_entry, topic_of
from briefings.core.values import dataclass
from briefings.edit.insert import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJudgement:
    """What is judged, in the first language of the desk; a `topic` is proposed if there is none."""

    statement: str
    confidence: str
    because: str
    rests_on: tuple[str, ...]
    made: date
    until: date | None = None
    topic: str = ""
    id: str = ""


def judge(desk: OpenDesk, new: NewJudgement) -> NewEntry:
    """The judgement as it would be written, and what the check says; nothing is written yet.

    Raises:
        Refused: As of `new_entry` and `topic_of`.
    """
    fields: dict[str, Value] = {
        "id": new.id or free_id(desk, "judgements", new.statement),
        "topic": topic_of(desk, new.topic, new.rests_on),
        "statement": new.statement,
        "confidence": new.confidence,
        "because": new.because,
        "rests_on": new.rests_on,
        "made": new.made.isoformat(),
        "until": new.until.isoformat() if new.until else "",
    }
    return new_entry(desk, "judgements", fields)
