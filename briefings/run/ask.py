"""A gap: what a reader would ask, and no document says."""

from __future__ import annotations

from datetime import date

from briefings.authoring.draft import OpenDesk
from briefings.authoring.new_entry import NewEntry, free_id, new_entry, topic_of
from briefings.edit.insert import Value


def ask(desk: OpenDesk, question: str, made: date, *, topic: str, why: str, name: str) -> NewEntry:
    """The gap as it would be written, and what the check says; nothing is written yet.

    Args:
        desk: The desk.
        question: What no document says, in the first language of the desk.
        made: Since when it is known to be open.
        topic: The brief that it belongs to; the only topic of the base, if it is left out.
        why: Why it matters.
        name: Its id; one is proposed if it is left out.

    Raises:
        Refused: As of `new_entry` and `topic_of`.
    """
    fields: dict[str, Value] = {
        "id": name or free_id(desk, "gaps", question),
        "topic": topic_of(desk, topic),
        "question": question,
        "why": why,
        "made": made.isoformat(),
    }
    return new_entry(desk, "gaps", fields)
