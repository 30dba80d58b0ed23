"""An actor, a place or a topic that the desk names for the first time."""

from __future__ import annotations

from collections.abc import Mapping

from briefings.authoring.draft import Draft, OpenDesk, content, draft
from briefings.core.characters import visible
from briefings.core.diagnostics import Refused, diagnostic
from briefings.core.model import Actor, Place, Topic
from briefings.core.span import Span
from briefings.core.values import dataclass
from briefings.edit.insert import SUBJECTS, NoPlace, Value, with_subject
from briefings.edit.recognise import proposed_id

__all__ = ["SUBJECTS", "Named", "NewSubject", "name"]


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


@dataclass(frozen=True, slots=True)
class Named:
    """An entry as it would be written: `lines` are its text, `draft` is `file` with it."""

    id: str
    lines: str
    file: str
    draft: Draft


def name(desk: OpenDesk, new: NewSubject) -> Named:
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
    noun = new.section.removesuffix("s")
    key = new.id or proposed_id(new.name, noun, there.keys())
    file = tuple(there.values())[-1].span.path if there else desk.path.name
    text = content(desk.loaded, file).decode("utf-8-sig")
    try:
        inserted = with_subject(text, new.section, key, _fields(desk, new))
    except NoPlace as error:
        message = f"{visible(file)} has no place for a {noun}: {error}"
        raise Refused(1, [diagnostic("no-place", message, Span(file, 0, 0))]) from error
    lines = inserted.text[inserted.start : inserted.end].strip("\r\n")
    return Named(key, lines, file, draft(desk, {file: inserted.text}))


def _fields(desk: OpenDesk, new: NewSubject) -> dict[str, Value]:
    if new.section == "topics":
        has_weekly = any(each.weekly for each in desk.base.topics.values())
        fields = {
            "title": _text(desk, new.name),
            "question": _text(desk, new.question),
            "weekly": "true" if has_weekly or not desk.base.topics else "",
        }
    else:
        fields = {"name": _text(desk, new.name), "kind": new.kind}
    return {key: value for key, value in fields.items() if value}


def _text(desk: OpenDesk, text: str) -> Value:
    """A text in the first language of the desk, which is said where it has several."""
    first, *others = desk.base.languages
    return {first: text} if others and text else text
