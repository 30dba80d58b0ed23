"""Entries of a base that are known from an earlier reading, held against what the base is now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import field
from typing import Any

from briefings.core.digests import content_of, digest_of
from briefings.core.model import Acceptance, Source
from briefings.core.span import Span
from briefings.core.values import dataclass
from briefings.load.cutting import BasePiece
from briefings.load.entry_bytes import KeptEntry, KeptPiece
from briefings.load.yamltree import Mapping as MappingNode
from briefings.load.yamltree import Node, Scalar, Sequence

_TERMS = ("language", "marking", "defaults")
_SOURCES = "sources"

Place = tuple[str, BasePiece]
"""A piece and the path of its file."""


class Stale(Exception):
    """Pieces that have to be read again, since the rest of the base is not what it was."""

    def __init__(self, pieces: Collection[Place]) -> None:
        super().__init__()
        self.pieces = pieces


@dataclass(frozen=True, slots=True)
class Noted:
    """An entry that was read without a mistake, and the ids that its reader asked for."""

    value: Any
    place: Span
    asked: frozenset[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Entries of a list whose `ids` are seen in their lines; `root` reads these, or gives None.

    Trees are ten times as large as what becomes of them: of a large base nobody has room for all
    at once.
    """

    ids: tuple[str, ...]
    root: Callable[[], Node | None]


@dataclass(slots=True)
class Recalled:
    """What is known of the entries of a base before they are read.

    `pieces` are those that are known, `waiting` those that are read when their turn comes;
    `contexts` has for each file, in their order, a digest of what its entries hang on beside each
    other. `noted` is filled while the others are read, by section and id, and so is `terms` with
    what each source says for all that cites it; nothing is noted unless it `keeps`. `settle` is
    called once nothing that is known has to be read again.
    """

    pieces: Mapping[Place, KeptPiece]
    contexts: Mapping[str, bytes]
    settle: Callable[[], None]
    waiting: Mapping[Place, Waiting] = field(default_factory=dict)
    keeps: bool = True
    noted: dict[tuple[str, str], Noted] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)
    _asked: set[tuple[str, str, bool]] = field(default_factory=set)

    def entries(self, section: str) -> dict[str, KeptEntry]:
        """The known entries of a section by id."""
        return {
            entry.id: entry
            for (_, piece), kept in self.pieces.items()
            if piece.section == section
            for entry in kept.entries
        }

    def waiting_of(self, section: str) -> dict[Place, Waiting]:
        """The pieces of a section that wait."""
        return {place: each for place, each in self.waiting.items() if place[1].section == section}

    def hold(self, nodes: Mapping[str, Mapping[str, tuple[Node, Span]]]) -> None:
        """Hold what is known against the entries that are to be read, by section and id.

        Raises:
            Stale: Some of it can't be known any more, or an id stands twice.
        """
        if self.keeps or self.pieces:
            self.terms = {
                name: _terms_of(node, self.contexts[node.span.path])
                for name, (node, _) in nodes[_SOURCES].items()
            }
        for kept in self.pieces.values():
            self.terms.update(kept.terms)
        ids: dict[str, set[str]] = {section: set(named) for section, named in nodes.items()}
        stale: dict[Place, None] = {}
        taken: dict[tuple[str, str], Place | None] = {
            (section, name): None for section, named in ids.items() for name in named
        }
        named = [(place, [each.id for each in kept.entries]) for place, kept in self.pieces.items()]
        named += [(place, list(each.ids)) for place, each in self.waiting.items()]
        for place, names in named:
            section = place[1].section
            for name in names:
                if (section, name) in taken:
                    stale.update(dict.fromkeys(filter(None, (place, taken[section, name]))))
                taken[section, name] = place
            ids[section].update(names)
        for place, kept in self.pieces.items():
            as_before = all((name in ids[key]) is answer for key, name, answer in kept.asked)
            if not as_before or any(self.terms.get(name) != terms for name, terms in kept.cited):
                stale[place] = None
        if stale:
            raise Stale(stale)
        self.settle()

    def asking(self, section: str, names: Mapping[str, object]) -> Collection[str]:
        """The ids of a section; whoever asks for one of them is noted with the entry it is for."""
        if not self.keeps:
            return names
        return _Asked(section, names, self._asked)

    def begin(self) -> None:
        """Forget what was asked: another entry is read now."""
        self._asked.clear()

    def note(self, section: str, name: str, value: object, place: Span) -> None:
        """Note an entry that was read without a mistake since `begin`.

        A source with `defaults` is none: these are read from where they stand.

        Args:
            section: The key of its section.
            name: Its id.
            value: What it was read into.
            place: That of its id.
        """
        if self.keeps and not (isinstance(value, Source) and value.defaults is not None):
            self.noted[section, name] = Noted(value, place, frozenset(self._asked))

    def ordered(self, places: Mapping[str, Span]) -> list[str]:
        """Ids in the order of the base, by the place of each."""
        order = {path: rank for rank, path in enumerate(self.contexts)}
        return sorted(places, key=lambda name: (order[places[name].path], places[name].start))


def piece_of(
    section: str,
    entries: Mapping[str, Noted],
    terms: Mapping[str, str],
    answers: Mapping[str, tuple[Acceptance, ...]],
    events: int,
) -> KeptPiece:
    """What is kept of a piece in which there was no mistake.

    Args:
        section: The key of its section.
        entries: What was noted of each of its entries, by id.
        terms: What each source of the base says for that which cites it.
        answers: The answers of each entry.
        events: How many events of YAML it came to.
    """
    asked = {each for noted in entries.values() for each in noted.asked}
    cited = {name for key, name, is_there in asked if key == _SOURCES and is_there}
    return KeptPiece(
        tuple(
            KeptEntry(
                name, noted.place, noted.value, answers[name], digest_of(content_of(noted.value))
            )
            for name, noted in entries.items()
        ),
        tuple(sorted(asked)),
        tuple((name, terms[name]) for name in entries) if section == _SOURCES else (),
        tuple((name, terms[name]) for name in sorted(cited)),
        events,
    )


def _terms_of(node: Node, context: bytes) -> str:
    """A digest of what a source says for that which cites it."""
    entries = node.entries if isinstance(node, MappingNode) else ()
    terms = [(key.value, _written(value)) for key, value in entries if key.value in _TERMS]
    return digest_of((context, terms))


def _written(node: Node) -> object:
    """What stands in a node, wherever that is."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [_written(item) for item in node.items]
        case MappingNode():
            return tuple((key.value, _written(value)) for key, value in node.entries)


class _Asked:
    """Ids that note who is asked for."""

    def __init__(
        self, section: str, names: Mapping[str, object], asked: set[tuple[str, str, bool]]
    ) -> None:
        self.section, self.names, self.asked = section, names, asked

    def __contains__(self, name: object) -> bool:
        is_there = name in self.names
        self.asked.add((self.section, str(name), is_there))
        return is_there

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)
