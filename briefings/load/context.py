"""What reading one entry of a base needs to know of all the others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from briefings.core.model import Marking, SourceId
from briefings.load.shape import Reader, Record
from briefings.load.yamltree import Node, Sequence

_MARKINGS = {marking.label.removeprefix("TLP:"): marking for marking in Marking}
_T = TypeVar("_T")


class Faulty(Exception):
    """An entry can't be made; the reader has reported why."""


def some(value: _T | None) -> _T:
    """`value`, unless a mistake that was reported has taken it away."""
    if value is None:
        raise Faulty
    return value


def read_marking(reader: Reader, record: Record, default: Marking) -> Marking:
    """The TLP marking of a record, with or without its `TLP:`."""
    node = record.get("marking")
    text = reader.value(node, "marking")
    if node is None or text is None:
        return default
    known = reader.lookup(node, "marking", text.removeprefix("TLP:"), _MARKINGS)
    return default if known is None else known


@dataclass(slots=True)
class Context:
    """The reader, and what is known of the base as a whole while its entries are read.

    A function that reads an entry raises `Faulty` only once it has read all of it.

    `ids` are the ids of each section, whether or not their entries are sound, so that a mistake
    in one is not reported again wherever it is referred to. `languages` and `markings` are those
    of the sources, which are read first.
    """

    reader: Reader
    ids: Mapping[str, Collection[str]]
    marking: Marking
    languages: dict[str, str] = field(default_factory=dict)
    markings: dict[SourceId, Marking] = field(default_factory=dict)

    def record(
        self, node: Node, what: str, required: Collection[str], optional: Collection[str]
    ) -> Record:
        return some(self.reader.record(node, what, required, optional))

    def sound(
        self, read: Callable[[str, Node], _T], owner: str, nodes: Iterable[Node]
    ) -> tuple[_T, ...]:
        """What `read` makes of each node that has no mistake."""
        found = []
        for node in nodes:
            try:
                found.append(read(owner, node))
            except Faulty:
                continue
        return tuple(found)

    def refs(self, record: Record, key: str, section: str) -> tuple[str, ...]:
        what = {"contested": "contested point"}.get(section, section.removesuffix("s"))
        return self.reader.references(record.get(key), key, what, self.ids[section])

    def all_refs(self, record: Record, key: str, section: str) -> tuple[str, ...] | None:
        """The same, or None if one of them is unknown: a part of them would mean something else."""
        found = self.refs(record, key, section)
        node = record.get(key)
        return found if isinstance(node, Sequence) and len(found) == len(node.items) else None

    def ref(self, record: Record, key: str, section: str) -> str | None:
        node = record.get(key)
        if node is None:
            return None
        return self.reader.reference(node, section.removesuffix("s"), self.ids[section])
