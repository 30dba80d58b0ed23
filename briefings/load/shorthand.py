"""What entries may say shorter, written out; every node keeps its place.

A key with a dot leads into the map that its first part is the key of, as in TOML. A fact with one
piece of evidence says itself what that says; with several, what all of them say. An item of a list
of entries that holds a list of the section's own name is a group, and says what its entries share.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.model import Acceptance, Evidence, Fact, FactBase
from briefings.core.names import nearest
from briefings.core.span import Span
from briefings.load import answers
from briefings.load.entries import Field, Section, fields_of, plan_of, sections_of
from briefings.load.yamltree import Mapping as MappingNode
from briefings.load.yamltree import Node, Scalar, Sequence

EVIDENCE = "evidence"
MOST_DOTS = 4
"""How many dots a key has at most: nothing in a base lies deeper."""

_Entries = tuple[tuple[Scalar, Node], ...]


@cache
def of_evidence() -> frozenset[str]:
    """The keys that a fact may say for its evidence: all but those that a fact has itself."""
    return plan_of(Evidence).keys - plan_of(Fact).keys


@cache
def _of_facts() -> frozenset[str]:
    return plan_of(Fact).keys | {answers.KEY}


@cache
def shared(kind: type) -> frozenset[str]:
    """The keys that a group may say for its entries, which are of a class of the model."""
    keys = frozenset(each.key for each in fields_of(kind) if each.shared)
    return keys | shared(Evidence) if kind is Fact else keys


@cache
def _fields(kind: type) -> Mapping[str, Field]:
    return {each.key: each for each in reversed(fields_of(kind))}


def part_of(kind: type, key: str) -> type | None:
    """The class of the entries in a field of a class of the model, if it holds any."""
    field = _fields(kind).get(key)
    return None if field is None else field.form.part


def is_answered(kind: type, key: str) -> bool:
    """Whether a field may be a map from ids to texts: those of facts that are asked something."""
    field = _fields(kind).get(key)
    return field is not None and field.form.word == "list" and bool(field.form.refers)


def mistakes(root: Node) -> list[Diagnostic]:
    """What is wrong with the short forms of a file of a base."""
    found: list[Diagnostic] = []
    whole = written_out(FactBase, root, found)
    for section in sections_of(FactBase):
        value = value_of(whole, section.key)
        items = value.items if isinstance(value, Sequence) else ()
        entries = value.entries if isinstance(value, MappingNode) else ()
        for item in (*items, *(entry for _, entry in entries)):
            deque(alone(section, item, found), maxlen=0)
    return found


def members(section: Section, item: Node) -> tuple[Node, ...] | None:
    """The entries of a group; None if an item of a section is no group."""
    value = value_of(item, section.key) if section.is_list else None
    if value is None or value_of(item, "id") is not None:
        return None
    return value.items if isinstance(value, Sequence) else ()


def count(section: Section, items: Iterable[Node]) -> int:
    """How many entries the items of a section come to."""
    inner = (members(section, item) for item in items)
    return sum(1 if each is None else count(section, each) for each in inner)


def said_for_all(section: Section, group: Node) -> MappingNode:
    """What a group says for its entries, as it is written."""
    assert isinstance(group, MappingNode)
    entries = tuple((key, value) for key, value in group.entries if key.value != section.key)
    return group._replace(entries=entries)


def alone(section: Section, item: Node, mistakes: list[Diagnostic]) -> Iterator[Node]:
    """The entries of an item of a list: itself, or those of a group with all that it says.

    Args:
        section: The section of the base.
        item: An item of it, as it is written.
        mistakes: What is wrong with it is put there.
    """
    inner = members(section, item)
    if inner is None:
        yield written_out(section.entry, item, mistakes)
        return
    if not isinstance(whole := value_of(item, section.key), Sequence):
        assert whole is not None
        message = f"`{section.key}` of a group is a list of its entries"
        mistakes.append(diagnostic("wrong-type", message, whole.span, "write them below it"))
    said = said_for_all(section, item)
    known = shared(section.entry)
    mistakes += (_unshared(section, key) for key, _ in said.entries if key.value not in known)
    entries = tuple(entry for entry in said.entries if entry[0].value in known)
    group = written_out(section.entry, said._replace(entries=entries), mistakes)
    for each in inner:
        for entry in alone(section, each, mistakes):
            yield _with(entry, group)


def written_out(kind: type, node: Node, mistakes: list[Diagnostic]) -> Node:
    """An entry, and the entries in it, in the long form; no group.

    Args:
        kind: Its class of the model.
        node: The entry as it is written; what is no map stays.
        mistakes: What is wrong with it is put there.
    """
    if not isinstance(node, MappingNode):
        return node
    entries = _nested(node.entries, mistakes)
    if kind is Fact and not _has_evidence_as_map(node):
        entries = _with_evidence(entries, node.span, mistakes)
    deep = _deep(kind)
    if deep.isdisjoint([key.value for key, _ in entries]):
        return node if entries is node.entries else node._replace(entries=entries)
    written = (
        (key, _inside(kind, key.value, value, mistakes) if key.value in deep else value)
        for key, value in entries
    )
    return node._replace(entries=tuple(written))


def _has_evidence_as_map(fact: MappingNode) -> bool:
    """Whether evidence is written as a map, which is a mistake; keys with dots come to one too."""
    return any(
        key.value == EVIDENCE and isinstance(value, MappingNode) for key, value in fact.entries
    )


@cache
def _deep(kind: type) -> frozenset[str]:
    """The keys under which other entries stand, or answers."""
    keys = (key for key in _fields(kind) if part_of(kind, key) or is_answered(kind, key))
    return frozenset((*keys, answers.KEY))


def _inside(kind: type, key: str, value: Node, mistakes: list[Diagnostic]) -> Node:
    part = Acceptance if key == answers.KEY else part_of(kind, key)
    if part is None:
        if isinstance(value, MappingNode):
            return value._replace(entries=_nested(value.entries, mistakes))
        return value
    if isinstance(value, Sequence):
        items = (written_out(part, each, mistakes) for each in value.items)
        return value._replace(items=tuple(items))
    return written_out(part, value, mistakes)


def _nested(entries: _Entries, mistakes: list[Diagnostic]) -> _Entries:
    """Entries of a map without keys that have dots; each map stands where its first key did."""
    if not any("." in key.value for key, _ in entries):
        return entries
    parts: dict[str, list[tuple[Scalar, Scalar | None, Node]]] = {}
    for key, value in entries:
        first, rest = _parted(key)
        parts.setdefault(first.value, []).append((first, rest, value))
    return tuple(_joined(part, mistakes) for part in parts.values())


def _joined(
    part: list[tuple[Scalar, Scalar | None, Node]], mistakes: list[Diagnostic]
) -> tuple[Scalar, Node]:
    """What stands under one first key: its value, or the map of what stands behind its dots."""
    first, _, value = part[0]
    inner = tuple((rest, value) for _, rest, value in part if rest is not None)
    if not inner:
        return first, value
    if len(inner) < len(part):
        mistakes.append(_twice(part[1][0], first))
    place = Span(first.path, inner[0][1].span.start, inner[-1][1].span.end)
    return first, MappingNode(_nested(inner, mistakes), place)


def path(key: str) -> tuple[str, ...]:
    """The keys that the dots of a key part; what is no path of a few keys is one."""
    parts = key.split(".", MOST_DOTS + 1)
    return tuple(parts) if all(parts) and len(parts) <= MOST_DOTS + 1 else (key,)


def _parted(key: Scalar) -> tuple[Scalar, Scalar | None]:
    """A key up to its first dot, and what follows; what is no path of keys stays whole."""
    if len(path(key.value)) == 1:
        return key, None
    first, _, rest = key.value.partition(".")
    where, start, end, comment = key[1:]
    at = start + len(first)
    if end - start != len(key.value):  # in quotes
        return Scalar(first, where, start, end, comment), Scalar(rest, where, start, end, comment)
    return Scalar(first, where, start, at, comment), Scalar(rest, where, at + 1, end, comment)


def _with_evidence(entries: _Entries, place: Span, mistakes: list[Diagnostic]) -> _Entries:
    """The entries of a fact, with what it says of its evidence in that."""
    evidence = next((value for key, value in entries if key.value == EVIDENCE), None)
    others = {key.value for key, _ in entries} - _of_facts()
    keys = others & of_evidence()
    if not isinstance(evidence, Sequence):
        keys |= {key for key in others - keys if _is_meant_for_evidence(key)}
    if not keys and not isinstance(evidence, MappingNode):
        return entries
    said = tuple(entry for entry in entries if entry[0].value in keys)
    rest = tuple(entry for entry in entries if entry[0].value not in keys)
    if evidence is None:
        key = said[0][0]._replace(value=EVIDENCE)
        piece = MappingNode(said, Span(place.path, said[0][0].start, said[-1][1].span.end))
        return (*rest, (key, Sequence((piece,), piece.span)))
    if isinstance(evidence, MappingNode):
        own = {key.value: key for key, _ in evidence.entries}
        mistakes += (_twice(key, own[key.value]) for key, _ in said if key.value in own)
        more = tuple(entry for entry in said if entry[0].value not in own)
        items: tuple[Node, ...] = (evidence._replace(entries=(*evidence.entries, *more)),)
    elif isinstance(evidence, Sequence):
        mistakes += (
            diagnostic(
                "unknown-key",
                f"`{key.value}` of a fact stands beside a list of its `{EVIDENCE}`",
                key.span,
                "write it into an item of the list",
            )
            for key, _ in said
            if key.value not in shared(Evidence)
        )
        more = tuple(entry for entry in said if entry[0].value in shared(Evidence))
        items = tuple(_filled(item, more) for item in evidence.items)
    else:
        return rest
    whole = Sequence(items, evidence.span)
    return tuple((key, whole if value is evidence else value) for key, value in rest)


def _is_meant_for_evidence(key: str) -> bool:
    """Whether a key that nothing has is meant to be one of evidence."""
    return nearest(key, _of_facts() | of_evidence()) in of_evidence()


def _with(entry: Node, group: Node) -> Node:
    """An entry with what its group says; of a fact, each piece of evidence with that of its own."""
    if not isinstance(entry, MappingNode) or not isinstance(group, MappingNode):
        return entry
    given, own = value_of(group, EVIDENCE), value_of(entry, EVIDENCE)
    if isinstance(given, Sequence) and isinstance(own, Sequence):
        (piece,) = given.items
        assert isinstance(piece, MappingNode)
        items = tuple(_filled(item, piece.entries) for item in own.items)
        whole = Sequence(items, own.span)
        entries = tuple((key, whole if value is own else value) for key, value in entry.entries)
        entry = entry._replace(entries=entries)
    return _filled(entry, group.entries)


def _filled(node: Node, entries: Iterable[tuple[Scalar, Node]]) -> Node:
    """A map with those entries whose keys it has not."""
    if not isinstance(node, MappingNode):
        return node
    own = {key.value for key, _ in node.entries}
    more = tuple(entry for entry in entries if entry[0].value not in own)
    return node._replace(entries=(*node.entries, *more))


def _unshared(section: Section, key: Scalar) -> Diagnostic:
    message = f"a group of `{section.key}` has no key `{key.value}`"
    near = nearest(key.value, shared(section.entry))
    step = f"did you mean `{near}`?" if near else f"say it in each of its `{section.key}`"
    return diagnostic("unknown-key", message, key.span, step)


def _twice(key: Scalar, first: Scalar) -> Diagnostic:
    message = f"the key `{key.value}` stands twice in one map"
    hint = Hint("first used here", first.span)
    return diagnostic("duplicate-key", message, key.span, "keep one of the two", hint)


def value_of(node: Node | None, key: str) -> Node | None:
    """What stands under a key of a map, as it is written."""
    entries = node.entries if isinstance(node, MappingNode) else ()
    return next((value for each, value in entries if each.value == key), None)
