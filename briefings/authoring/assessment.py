"""A judgement or a gap as it would be written, held against the check."""

from __future__ import annotations

from collections.abc import Mapping

from briefings.authoring.draft import Draft, OpenDesk, content, draft
from briefings.core.characters import visible
from briefings.core.diagnostics import Refused, diagnostic
from briefings.core.model import FactId, Gap, Judgement
from briefings.core.span import Span
from briefings.core.values import dataclass
from briefings.edit.insert import NoPlace, Value, with_assessment
from briefings.edit.recognise import proposed_id


@dataclass(frozen=True, slots=True)
class Assessed:
    """An entry as it would be written: `lines` are its text, `draft` is `file` with it."""

    id: str
    lines: str
    file: str
    draft: Draft


def assessed(desk: OpenDesk, section: str, words: str, fields: Mapping[str, Value]) -> Assessed:
    """An entry of `judgements` or `gaps`, behind the last one; nothing is written yet.

    Args:
        desk: The desk.
        section: One of the two.
        words: What its id is made of, if `fields` have none.
        fields: Its fields; those that are empty are left out.

    Raises:
        Refused: With status 1: there is no place for it, or the base has changed meanwhile.

    """
    there: Mapping[str, Judgement | Gap] = getattr(desk.base, section)
    noun = section.removesuffix("s")
    key = str(fields.get("id") or proposed_id(words, noun, there.keys()))
    entry = {"id": key, **{name: value for name, value in fields.items() if value}}
    file = tuple(there.values())[-1].span.path if there else desk.path.name
    text = content(desk.loaded, file).decode("utf-8-sig")
    try:
        inserted = with_assessment(text, section, entry)
    except NoPlace as error:
        message = f"{visible(file)} has no place for a {noun}: {error}"
        raise Refused(1, [diagnostic("no-place", message, Span(file, 0, 0))]) from error
    lines = inserted.text[inserted.start : inserted.end].strip("\r\n")
    return Assessed(key, lines, file, draft(desk, {file: inserted.text}))


def topic_of(desk: OpenDesk, given: str, facts: tuple[str, ...] = ()) -> str:
    """The topic that is given, else the first of a fact that it rests on, else the only one.

    Raises:
        Refused: With status 2: there is nothing to go by.

    """
    rested = [desk.base.facts[FactId(name)] for name in facts if FactId(name) in desk.base.facts]
    known = rested[0].topics[:1] if rested else tuple(desk.base.topics)
    if given or len(known) == 1:
        return given or known[0]
    hint = "name one with --topic: " + ", ".join(f"`{each}`" for each in desk.base.topics)
    raise Refused(2, [diagnostic("missing-key", "the base has several topics", None, hint)])
