"""Trees of nodes to a fact base; what is broken is reported and left out, the rest is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import Any

from briefings.core.diagnostics import Diagnostic, Hint
from briefings.core.groups import grouped
from briefings.core.model import Acceptance, Defaults, FactBase, SharedWords, Source, SourceId
from briefings.core.span import SourceText, Span
from briefings.load import answers, defaults, shorthand
from briefings.load.entries import Section, plan_of, read, read_fields, sections_by_key
from briefings.load.entry_bytes import KeptEntry
from briefings.load.grammars import identity
from briefings.load.recalled import Place, Recalled, Stale, Waiting
from briefings.load.shape import Entry, InvalidEntry, Reader
from briefings.load.yamltree import Mapping as MappingNode
from briefings.load.yamltree import Node, Scalar

_HIDING = frozenset(
    {
        *("bad-id", "duplicate-key", "empty-text", "hidden-character", "missing-key"),
        *("outside-desk", "unknown-key", "unreadable-file", "wrong-type"),
        *("yaml-feature", "yaml-limit", "yaml-syntax"),
    }
)


def include_patterns(root: Node) -> tuple[Scalar, ...]:
    """The `include` patterns of a base, unchecked, so that their files can be read first."""
    if not isinstance(root, MappingNode):
        return ()
    for key, value in root.entries:
        if key.value == "include" and not isinstance(value, Scalar | MappingNode):
            return tuple(item for item in value.items if isinstance(item, Scalar))
    return ()


def decode(
    root: Node,
    included: list[Node],
    texts: Mapping[str, SourceText],
    recalled: Recalled | None = None,
) -> tuple[FactBase | None, list[Diagnostic], frozenset[str] | None]:
    """Read a fact base out of the trees of its files.

    Entries with a mistake are left out of the base; their ids still count as known, so that one
    mistake is reported once.

    Args:
        root: the tree of the base's own file, which alone has a head.
        included: the trees of the files that it includes; emptied, since they are large and each
            entry is let go once it is read.
        texts: the texts of all these files, by path.
        recalled: entries that are known and stand in none of the trees, if others are to be known
            the next time.

    Raises:
        Stale: some of these are not what they were, or seemed to be.

    Returns:
        The base, or None if its head can't be read; every mistake in its shape; and the ids of
        all facts that stand there, broken ones too, or None where a mistake may hide some.
    """
    reader = Reader(texts=texts)
    sections = sections_by_key()
    head = _head_of(reader, shorthand.written_out(FactBase, root, reader.diagnostics), sections)
    if head is None:
        return None, reader.diagnostics, None
    known = {defaults.KEY, *sections}
    others = (shorthand.written_out(FactBase, tree, reader.diagnostics) for tree in included)
    parts = (reader.entry(tree, "an included file", (), known) for tree in others)
    files = [head, *(part for part in parts if part is not None)]
    said_once = {file.span.path: file.nodes.get(defaults.KEY) for file in files}
    if not _read_head(reader, head):
        return None, reader.diagnostics, None
    nodes = {key: _nodes(reader, files, section) for key, section in sections.items()}
    if "title" not in head.values:
        return None, reader.diagnostics, None
    recalled = recalled or Recalled({}, {}, lambda: None, keeps=False)
    recalled.hold(nodes)
    included.clear()
    files.clear()
    ids = {key: _ids_of(recalled, key, nodes[key]) for key in sections}
    standing = None if hides(reader.diagnostics) else frozenset(ids["facts"])
    reader.ids = {
        section.identity: recalled.asking(key, ids[key]) for key, section in sections.items()
    }
    shared = _fill(reader, nodes, said_once)
    acceptances = _read_sections(reader, head, nodes, shared, recalled)
    base = FactBase(**head.values, acceptances=acceptances, span=head.values["title"].span)
    return base, reader.diagnostics, standing


def _head_of(reader: Reader, root: Node, sections: Mapping[str, Section]) -> Entry | None:
    """The base's own file as an entry, unread; None, with the mistake reported, if it is none."""
    if isinstance(root, MappingNode) and not root.entries:
        message = "the base is empty: nothing is proven"
        hint = "begin it with `format: 1`, `title: My desk` and `languages: [en]`, a line each"
        reader.report("nothing-checked", message, root.span, hint)
        return None
    plan = plan_of(FactBase)
    return reader.entry(root, "the base", plan.required, plan.keys | sections.keys())


def _ids_of(recalled: Recalled, section: str, nodes: Iterable[str]) -> dict[str, None]:
    """All ids of a section, of which some are known, and some wait to be read."""
    waiting = (name for each in recalled.waiting_of(section).values() for name in each.ids)
    return dict.fromkeys([*nodes, *recalled.entries(section), *waiting])


def _read_sections(
    reader: Reader,
    head: Entry,
    nodes: dict[str, dict[str, tuple[Node, Span]]],
    shared: defaults.Shared,
    recalled: Recalled,
) -> tuple[Acceptance, ...]:
    """Read all entries into the values of the head, and return what the desk has answered."""
    sections = sections_by_key()
    # Of all sections before any entry: what is taken off is no field of it.
    acceptances = {
        key: tuple(answers.taken_off(reader, section, nodes[key]))
        for key, section in sections.items()
    }
    for key, section in sections.items():
        places = {name: place for name, (_, place) in nodes[key].items()}
        entries = _entries(reader, section, nodes[key], recalled)
        kept, waiting = recalled.entries(key), recalled.waiting_of(key)
        for later in _as_they_wait(reader, section, waiting):
            filled = defaults.facts_filled(later, shared) if key == "facts" else later
            places |= {name: place for name, (_, place) in filled.items()}
            acceptances[key] += tuple(answers.taken_off(reader, section, filled))
            entries |= _entries(reader, section, filled, recalled)
        if kept or waiting:
            places |= {name: each.place for name, each in kept.items()}
            order = recalled.ordered(places)
            acceptances[key] = _merged_answers(acceptances[key], kept, order)
            entries |= _of_kept(reader, kept)
            entries = {name: entries[name] for name in order if name in entries}
        head.values[section.name] = entries
    return tuple(chain.from_iterable(acceptances.values()))


def _as_they_wait(
    reader: Reader, section: Section, waiting: Mapping[Place, Waiting]
) -> Iterator[dict[str, tuple[Node, Span]]]:
    """The entries of each piece that waits, by id, as those of trees are.

    Raises:
        Stale: One is not what was seen, or has a mistake in its shape.
    """
    for each in waiting.values():
        mistakes = len(reader.diagnostics)
        root = each.root()
        parts = [] if root is None else [Entry(section.key, {section.key: root}, root.span, {})]
        nodes = _nodes(reader, parts, section)
        if tuple(nodes) != each.ids or len(reader.diagnostics) > mistakes:
            raise Stale(waiting)
        yield nodes


def _fill(
    reader: Reader,
    nodes: dict[str, dict[str, tuple[Node, Span]]],
    said_once: Mapping[str, Node | None],
) -> defaults.Shared:
    """Give sources and facts what their file or source says once, in place; `said_once` by path.

    Returns:
        What is said once, for facts that are still to be read.
    """
    for node in said_once.values():
        _read_defaults(reader, node)
    shared = defaults.Shared(
        {path: fields for path, node in said_once.items() if (fields := defaults.fields_of(node))},
        defaults.of_sources(nodes["sources"]),
    )
    nodes["sources"] = defaults.sources_filled(nodes["sources"], shared)
    nodes["facts"] = defaults.facts_filled(nodes["facts"], shared)
    return shared


def _of_kept(reader: Reader, kept: Mapping[str, KeptEntry]) -> dict[str, Any]:
    """Entries that are known; of sources the reader learns what it does when it reads them."""
    values = {name: each.value for name, each in kept.items()}
    for name, value in values.items():
        if isinstance(value, Source):
            reader.source_languages[SourceId(name)] = value.language
            reader.source_markings[SourceId(name)] = value.marking
    return values


def _merged_answers(
    answers: Iterable[Acceptance], kept: Mapping[str, KeptEntry], order: Iterable[str]
) -> tuple[Acceptance, ...]:
    by_entry = grouped((each.entry, each) for each in answers)
    return tuple(
        each
        for name in order
        for each in (kept[name].answers if name in kept else by_entry.get(name, ()))
    )


def _read_defaults(reader: Reader, node: Node | None) -> None:
    """Report what is wrong with the `defaults` of a file; each entry reads its own values."""
    if node is not None:
        with suppress(InvalidEntry):
            read(reader, Defaults, f"`{defaults.KEY}`", node)


def hides(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether a mistake in files, their trees or sections may keep the id of an entry unread."""
    return any(each.code in _HIDING for each in diagnostics)


def _read_head(reader: Reader, head: Entry) -> bool:
    """Read the head into its values, if it has languages: every text needs them."""
    fields = plan_of(FactBase).fields
    head = replace(head, what="")  # what stands in the head is named by its key alone
    fields = tuple(each for each in fields if each.key != defaults.KEY)  # which names entries
    read_fields(reader, (each for each in fields if each.key == "languages"), head)
    reader.languages = tuple(dict.fromkeys(head.values.get("languages", ())))
    if not reader.languages:
        return False
    head.values["languages"] = reader.languages
    read_fields(reader, (each for each in fields if each.key == "words"), head)
    reader.words = head.values.get("words", SharedWords({})).words
    read_fields(reader, fields, head)
    reader.marking = head.values.get("marking", reader.marking)
    return True


def _nodes(
    reader: Reader, files: Iterable[Entry], section: Section
) -> dict[str, tuple[Node, Span]]:
    """The entries of a section by id, with the place of the id; any file may hold some."""
    nodes: dict[str, tuple[Node, Span]] = {}
    for file in files:
        if (node := file.nodes.get(section.key)) is None:
            continue
        named = (
            _in_list(reader, node, section) if section.is_list else _in_map(reader, node, section)
        )
        for key, entry in named:
            name = reader.parsed(key, "id", identity)
            if name is None:
                continue
            if name in nodes:
                first = Hint("first used here", nodes[name][1])
                message = f"{section.noun} id `{name}` is already taken"
                step = "give one of the two another id, here and wherever it is named"
                reader.report("duplicate-id", message, key.span, step, first)
            else:
                nodes[name] = entry, key.span
    return nodes


def _in_list(reader: Reader, node: Node, section: Section) -> Iterator[tuple[Node, Node]]:
    for item in reader.items(node, section.key, of_maps=True):
        for each in shorthand.alone(section, item, reader.diagnostics):
            entries = each.entries if isinstance(each, MappingNode) else ()
            identity = next((value for key, value in entries if key.value == "id"), None)
            if identity is None:
                message = f"an entry of `{section.key}` is a map with an `id`"
                reader.report("missing-key", message, each.span)
            else:
                yield identity, each


def _in_map(reader: Reader, node: Node, section: Section) -> Iterator[tuple[Node, Node]]:
    for key, entry in reader.entries(node, section.key):
        yield key, shorthand.written_out(section.entry, entry, reader.diagnostics)


def _entries(
    reader: Reader, section: Section, nodes: dict[str, tuple[Node, Span]], recalled: Recalled
) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for name in list(nodes):
        node, place = nodes.pop(name)
        what, mistakes = f"{section.noun} `{name}`", len(reader.diagnostics)
        recalled.begin()
        try:
            entries[name] = read(reader, section.entry, what, node, id=name, span=place)
        except InvalidEntry:
            continue
        if len(reader.diagnostics) == mistakes:
            recalled.note(section.key, name, entries[name], place)
    return entries
