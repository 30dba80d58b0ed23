"""What a file or a source says once, put into each entry that does not say it itself.

Facts go by the source of their first evidence, and evidence by its own. The nodes keep their
place, so that a mistake is shown where it was written.
"""

from __future__ import annotations

from collections.abc import Mapping

from briefings.core.model import Evidence, Fact, Source
from briefings.core.span import Span
from briefings.core.values import dataclass
from briefings.load.shorthand import value_of
from briefings.load.yamltree import Mapping as MappingNode
from briefings.load.yamltree import Node, Scalar, Sequence

KEY = "defaults"

_Nodes = Mapping[str, tuple[Node, Span]]
_Fields = Mapping[str, tuple[Scalar, Node]]
_OF_FACTS = ("kind", "topics", "credibility")
_OF_EVIDENCE = ("by", "translator")
_OF_SOURCES = ("language",)
_OF_CLASSES = {Fact: _OF_FACTS, Evidence: _OF_EVIDENCE, Source: _OF_SOURCES}


@dataclass(frozen=True, slots=True)
class Shared:
    """What is said once: by each file, by its path, and by each source."""

    by_file: Mapping[str, _Fields]
    by_source: Mapping[str, _Fields]

    def for_source(self, path: str, source: str) -> _Fields:
        """What holds for that which stands in a file and cites a source."""
        return {**self.by_file.get(path, {}), **self.by_source.get(source, {})}


def said_once(kind: type) -> frozenset[str]:
    """The keys of a class of the model that `defaults` may say for its entries."""
    return frozenset(_OF_CLASSES.get(kind, ()))


def fields_of(node: Node | None) -> _Fields:
    """The entries of a `defaults` by key; of what is no map, none."""
    if not isinstance(node, MappingNode):
        return {}
    return {key.value: (key, value) for key, value in node.entries}


def of_sources(sources: _Nodes) -> dict[str, _Fields]:
    """What each source says for that which cites it."""
    return {
        name: fields
        for name, (node, _) in sources.items()
        if (fields := fields_of(value_of(node, KEY)))
    }


def sources_filled(sources: _Nodes, shared: Shared) -> dict[str, tuple[Node, Span]]:
    """Sources with what their files say once.

    Args:
        sources: By id: the node of each, and the place of the id.
        shared: What files say, for what stands in them.

    Returns:
        The same; what an entry says itself goes before what is said once.
    """
    return {
        name: (_filled(node, shared.by_file.get(node.span.path, {}), _OF_SOURCES), place)
        for name, (node, place) in sources.items()
    }


def facts_filled(facts: _Nodes, shared: Shared) -> dict[str, tuple[Node, Span]]:
    """Facts and their evidence with what files and sources say once.

    Args:
        facts: By id: the node of each, and the place of the id.
        shared: What files say, and what the sources do that a quote is from.

    Returns:
        The same; what an entry says itself goes before what its source says, and that before what
        its file says.
    """
    if not shared.by_file and not shared.by_source:
        return dict(facts)
    return {name: (_fact(node, shared), place) for name, (node, place) in facts.items()}


def _fact(node: Node, shared: Shared) -> Node:
    evidence = value_of(node, "evidence")
    if not isinstance(node, MappingNode) or not isinstance(evidence, Sequence):
        return node
    path = node.span.path
    items = tuple(_evidence(item, shared, path) for item in evidence.items)
    entries = tuple(
        (key, Sequence(items, evidence.span) if value is evidence else value)
        for key, value in node.entries
    )
    source = value_of(items[0], "source") if items else None
    fields = shared.for_source(path, source.value if isinstance(source, Scalar) else "")
    return _filled(MappingNode(entries, node.span), fields, _OF_FACTS)


def _evidence(node: Node, shared: Shared, path: str) -> Node:
    source = value_of(node, "source")
    fields = shared.for_source(path, source.value if isinstance(source, Scalar) else "")
    is_translated = value_of(node, "translation") is not None
    names = _OF_EVIDENCE if is_translated else _OF_EVIDENCE[:1]
    return _filled(node, fields, names)


def _filled(node: Node, fields: _Fields, names: tuple[str, ...]) -> Node:
    """A map with those of `fields` that it may have and has not."""
    if not isinstance(node, MappingNode):
        return node
    present = {key.value for key, _ in node.entries}
    more = tuple(fields[name] for name in names if name in fields and name not in present)
    return MappingNode((*node.entries, *more), node.span) if more else node
