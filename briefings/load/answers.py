"""The `accept` of an entry: what the desk has answered, at which place of it, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import replace

from briefings.core.codes import CODES
from briefings.core.model import Acceptance, KeptBrief
from briefings.core.names import nearest, suggestion
from briefings.core.span import Span
from briefings.load import marked, yamltree
from briefings.load.entries import Section, read
from briefings.load.shape import InvalidEntry, Reader
from briefings.load.yamltree import Node

KEY = "accept"


def has_answers(section: Section) -> bool:
    """Whether the entries of a section may hold answers; a kept brief has nothing to answer."""
    return section.entry is not KeptBrief


def taken_off(
    reader: Reader, section: Section, nodes: MutableMapping[str, tuple[Node, Span]]
) -> Iterator[Acceptance]:
    """Take their answers off the entries of a section: no reader of entries knows any.

    Args:
        reader: Is told of every mistake in them.
        section: The section of the base.
        nodes: Its entries by id, with the place of the id; those with answers are replaced.

    Returns:
        The answers without a mistake, each at the place that it is about.
    """
    for name, (node, place) in nodes.items() if has_answers(section) else ():
        entry, answers = _parted(node)
        if answers is None:
            continue
        nodes[name] = entry, place
        whole = Span(place.path, min(place.start, node.span.start), node.span.end)
        what = f"`{KEY}` of {section.noun} `{name}`"
        for item in reader.items(answers, KEY, of_maps=True):
            try:
                answer = read(
                    reader, Acceptance, what, item, section=section.name, entry=name, place=whole
                )
                yield _placed(reader, answer, entry, item)
            except InvalidEntry:
                continue


def _parted(node: Node) -> tuple[Node, Node | None]:
    """An entry without its `accept`, and that."""
    if not isinstance(node, yamltree.Mapping):
        return node, None
    entries = tuple((key, value) for key, value in node.entries if key.value != KEY)
    answers = next((value for key, value in node.entries if key.value == KEY), None)
    return (node, None) if answers is None else (node._replace(entries=entries), answers)


def _placed(reader: Reader, answer: Acceptance, entry: Node, item: Node) -> Acceptance:
    """The answer at its place, if it is one.

    Raises:
        InvalidEntry: Its code can't be answered, or its place is nowhere; it is reported.
    """
    written = _children(reader, item)
    _hold_code(reader, answer.code, written["code"].span)
    if answer.at is None:
        return answer
    place = entry
    for part in answer.at.split("."):
        inner = _children(reader, place)
        if part not in inner:
            message = (
                f"`at: {answer.at}` leads nowhere: there is no `{part}` in {answer.what} there"
            )
            near = nearest(part, inner)
            hint = "name the keys on the way, and items of a list by number, as `evidence.2.quote`"
            hints = (f"did you mean `{near}`?", hint) if near else (hint,)
            reader.report("bad-value", message, written["at"].span, *hints)
            raise InvalidEntry
        place = inner[part]
    return replace(answer, place=place.span)


def _children(reader: Reader, node: Node) -> Mapping[str, Node]:
    """What stands in a map by its key, in a list, or in a text as marks, by its number from 1."""
    match node:
        case yamltree.Mapping():
            return {key.value: value for key, value in node.entries}
        case yamltree.Sequence():
            return {str(number): item for number, item in enumerate(node.items, 1)}
        case yamltree.Scalar():
            marks = marked.places(reader, node)
            return {
                str(number): node._replace(start=place.start, end=place.end)
                for number, place in enumerate(marks, 1)
            }


def _hold_code(reader: Reader, code: str, place: Span) -> None:
    can = [name for name, meaning in CODES.items() if meaning.acceptable]
    if code in can:
        return
    if code not in CODES:
        hint = suggestion(code, can) or (f"those that can be answered are {', '.join(can)}",)
        reader.report("bad-value", f"{code!r} is no code of a diagnostic", place, *hint)
    else:
        message = f"`{code}` can't be accepted: it is no matter of wording or of judgement"
        step = f"delete this, and mend what is wrong: {CODES[code].step}"
        reader.report("accept-refused", message, place, step)
    raise InvalidEntry
