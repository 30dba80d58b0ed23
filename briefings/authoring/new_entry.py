"""An entry as it would be written into a base, held against the check."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from briefings.authoring.draft import Draft, OpenDesk, content, draft
from briefings.core.characters import visible
from briefings.core.diagnostics import Refused, diagnostic
from briefings.core.model import FactId
from briefings.core.span import Span
from briefings.core.values import dataclass
from briefings.edit.insert import NoPlace, Value, with_entry
from briefings.edit.recognise import proposed_id

_NONE: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as it would be written.

    `fields` are its own, `lines` the text, `draft` is `file` with it.
    """

    fields: Mapping[str, Value]
    lines: str
    file: str
    draft: Draft

    @property
    def id(self) -> str:
        """The id that it would have."""
        return str(self.fields["id"])


def new_entry(
    desk: OpenDesk,
    section: str,
    fields: Mapping[str, Value],
    file: str = "",
    new: Mapping[str, bytes] = _NONE,
) -> NewEntry:
    """An entry of a section, behind the last one of its file; nothing is written yet.

    Args:
        desk: The desk.
        section: The key of the section.
        fields: Those of the entry, its id included; what is empty is left out.
        file: That into which it is put; if none is named, that of the section's last entry.
        new: Files that are to come with it.

    Raises:
        Refused: With status 1: there is no place for it, or the base has changed meanwhile.
    """
    if not file:
        there = tuple(getattr(desk.base, section).values())
        file = there[-1].span.path if there else desk.path.name
    fields = {key: value for key, value in fields.items() if value}
    try:
        inserted = with_entry(content(desk.loaded, file).decode("utf-8-sig"), section, fields)
    except NoPlace as error:
        message = f"{visible(file)} has no place for a {section.removesuffix('s')}: {error}"
        raise Refused(1, [diagnostic("no-place", message, Span(file, 0, 0))]) from error
    lines = inserted.text[inserted.start : inserted.end].strip("\r\n")
    return NewEntry(fields, lines, file, draft(desk, {file: inserted.text}, new))


def free_id(desk: OpenDesk, section: str, words: str) -> str:
    """An id made of `words` that no entry of a section has."""
    return proposed_id(words, section.removesuffix("s"), getattr(desk.base, section).keys())


def topic_of(desk: OpenDesk, given: str, facts: tuple[str, ...] = ()) -> str:
    """The topic that is given, else the first of a fact that an entry rests on, else the only one.

    Args:
        desk: The desk.
        given: A topic, or the empty text.
        facts: Those that the entry rests on.

    Raises:
        Refused: With status 2: there is nothing to go by.
    """
    rested = [desk.base.facts[FactId(name)] for name in facts if FactId(name) in desk.base.facts]
    known = rested[0].topics[:1] if rested else tuple(desk.base.topics)
    if given or len(known) == 1:
        return given or known[0]
    hint = "name one with --topic: " + ", ".join(f"`{each}`" for each in desk.base.topics)
    raise Refused.by(2, "missing-key", "the base has several topics", hint)
