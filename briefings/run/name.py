"""An actor, a place or a topic that the desk names for the first time."""

from __future__ import annotations

from collections.abc import Mapping

from briefings.authoring.draft import OpenDesk
from briefings.authoring.new_entry import NewEntry, free_id, new_entry
from briefings.core.characters import visible
from briefings.core.diagnostics import Refused, diagnostic
from briefings.core.model import Actor, Place, Topic
from briefings.core.values import dataclass
from briefings.edit.insert import Value

SUBJECTS = ("actors", "places", "topics")
"""The sections of what facts are about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubject:
    """What is to be named: `section` is one of `SUBJECTS`.

    `name` is in the first language of the desk; `kind` is of an actor, `question` of a topic. An
    `id` is proposed where there is none.
    """

    section: str
    name: str
    id: str = ""
    kind: str = ""
    question: str = ""


def name(desk: OpenDesk, new: NewSubject) -> NewEntry:
    """The entry of an actor, a place or a topic; nothing is written yet.

    Raises:
        Refused: With status 1: the desk has one of that name, or there is no place for it.
    """
    there: Mapping[str, Actor | Place | Topic] = getattr(desk.base, new.section)
    for other in there.values():
        names = other.title if isinstance(other, Topic) else other.name
        if new.name in {form for _, form in names.forms}:
            message = f"the desk has “{visible(new.name)}” already, as `{other.id}`"
            hint = f"name it by that: `{other.id}`"
            fault = diagnostic("duplicate-id", message, other.span, hint)
            raise Refused(1, [fault], desk.loaded.texts)
    key = new.id or free_id(desk, new.section, new.name)
    return new_entry(desk, new.section, {"id": key, **_fields(desk, new)})


def _fields(desk: OpenDesk, new: NewSubject) -> dict[str, Value]:
    if new.section == "topics":
        has_weekly = any(each.weekly for each in desk.base.topics.values())
        return {
            "title": _text(desk, new.name),
            "question": _text(desk, new.question),
            "weekly": "true" if has_weekly or not desk.base.topics else "",
        }
    return {"name": _text(desk, new.name), "kind": new.kind}


def _text(desk: OpenDesk, text: str) -> Value:
    """A text in the first language of the desk, which is said where it has several."""
    first, *others = desk.base.languages
    return {first: text} if others and text else text
