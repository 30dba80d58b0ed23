"""Where ids stand in the files of a base: where each is given, and wherever else it is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from briefings.core.fields import annotations_of
from briefings.core.model import FactBase, Prose
from briefings.core.span import SourceText, Span
from briefings.core.values import dataclass
from briefings.load import marked, shorthand, yamltree
from briefings.load.entries import Field, Section, fields_of, plan_of, sections_by_key
from briefings.load.forms import parted
from briefings.load.grammars import ID
from briefings.load.shape import Reader
from briefings.load.yamltree import Node, Scalar

_ID = re.compile(rf"(?<![\w-]){ID}(?![\w-])")


@dataclass(frozen=True, slots=True)
class Mention:
    """An id as it stands in a file: `kinds` are the types of ids that it may be one of.

    `gives` tells that its entry stands there; `whole` is that entry then, else the id's place.
    """

    kinds: tuple[Any, ...]
    name: str
    span: Span
    gives: bool
    whole: Span


def mentions(text: SourceText) -> tuple[Mention, ...] | None:
    """All ids of a file of a base, in no order; None if it can't be read as YAML."""
    root, _ = yamltree.parse(text)
    if not isinstance(root, yamltree.Mapping):
        return None
    return tuple(_of_file(root, text))


def _of_file(root: yamltree.Mapping, text: SourceText) -> Iterator[Mention]:
    sections = sections_by_key()
    yield from _in_entry(FactBase, root, text)
    for key, node in root.entries:
        section = sections.get(key.value)
        if section is None:
            continue
        if isinstance(node, yamltree.Mapping) and not section.is_list:
            for name, entry in node.entries:
                whole = Span(text.path, name.span.start, entry.span.end)
                kinds = (section.identity,)
                yield Mention(kinds, name.value, name.span, gives=True, whole=whole)
                yield from _in_entry(section.entry, entry, text)
        elif isinstance(node, yamltree.Sequence) and section.is_list:
            for item in node.items:
                yield from _of_item(section, item, text)


def _of_item(section: Section, item: Node, text: SourceText) -> Iterator[Mention]:
    """The ids of an entry of a list, or of a group, whose own are named once."""
    members = shorthand.members(section, item)
    if members is not None:
        yield from _in_entry(section.entry, shorthand.said_for_all(section, item), text)
        for each in members:
            yield from _of_item(section, each, text)
        return
    own = _children(item).get("id")
    if isinstance(own, Scalar):
        yield Mention((section.identity,), own.value, own.span, gives=True, whole=item.span)
    yield from _in_entry(section.entry, item, text)


def _in_entry(kind: type, node: Node, text: SourceText) -> Iterator[Mention]:
    children = _children(shorthand.written_out(kind, node, []))
    for field in fields_of(kind):
        if (child := children.get(field.key)) is None:
            continue
        if field.form.part is not None:
            items = child.items if isinstance(child, yamltree.Sequence) else (child,)
            for item in items:
                yield from _in_entry(field.form.part, item, text)
        elif field.form.refers:
            yield from _named(kind, field, child, text)


def _named(kind: type, field: Field, node: Node, text: SourceText) -> Iterator[Mention]:
    match node:
        case Scalar():
            texts = [node]
        case yamltree.Sequence():
            texts = [item for item in node.items if isinstance(item, Scalar)]
        case yamltree.Mapping():
            texts = [key for key, _ in node.entries]
    refers = field.form.refers
    if not _is_prose(kind, field):
        for each in texts:
            if each.value not in field.form.besides:
                yield Mention(refers, each.value, each.span, gives=False, whole=each.span)
        return
    if isinstance(node, yamltree.Mapping):
        texts = [value for _, value in node.entries if isinstance(value, Scalar)]
    reader = Reader(texts={text.path: text})
    for each in texts:
        for place in marked.places(reader, each):
            if place == each.span:  # it has escapes: no id has a place of its own
                continue
            for match in _ID.finditer(text.text, place.start, place.end):
                span = Span(text.path, *match.span())
                yield Mention(refers, match.group(), span, gives=False, whole=span)


def _is_prose(kind: type, field: Field) -> bool:
    if all(each.name != field.name for each in plan_of(kind).fields):
        return False
    return parted(annotations_of(kind)[field.name])[0] is Prose


def _children(node: Node) -> Mapping[str, Node]:
    if not isinstance(node, yamltree.Mapping):
        return {}
    return {key.value: value for key, value in node.entries}
