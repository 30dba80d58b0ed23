"""Trees of nodes to a fact base; what is broken is reported and left out, the rest is read."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

from briefings.core.diagnostics import Diagnostic, Hint
from briefings.core.model import (
    Acceptance,
    ActorId,
    ContestId,
    EditionDefault,
    FactBase,
    FactId,
    GapId,
    JudgementId,
    LocalText,
    Marking,
    PaperSize,
    Period,
    PlaceId,
    SourceId,
    TopicId,
)
from briefings.core.span import Span
from briefings.load import answers, assessments, briefs, facts, names, sources
from briefings.load.context import Context, Faulty, read_marking
from briefings.load.shape import Reader, Record
from briefings.load.yamltree import Mapping as MappingNode
from briefings.load.yamltree import Node, Scalar

MAPS = ("sources", "actors", "places", "topics", "briefs")
LISTS = ("facts", "judgements", "contested", "gaps")
_HEAD = ("format", "title", "languages")
_HEAD_OPTIONAL = ("timezone", "edition", "marking", "include")
_HIDING = frozenset(
    {
        *("bad-id", "duplicate-key", "empty-text", "hidden-character", "missing-key"),
        *("outside-desk", "unknown-key", "unreadable-file", "wrong-type"),
        *("yaml-feature", "yaml-limit", "yaml-syntax"),
    }
)
_K = TypeVar("_K")
_T = TypeVar("_T")


def include_patterns(root: Node) -> tuple[Scalar, ...]:
    """The `include` patterns of a base, unchecked, so that their files can be read first."""
    if not isinstance(root, MappingNode):
        return ()
    for key, value in root.entries:
        if key.value == "include" and not isinstance(value, Scalar | MappingNode):
            return tuple(item for item in value.items if isinstance(item, Scalar))
    return ()


def decode(
    root: Node, included: Iterable[Node]
) -> tuple[FactBase | None, list[Diagnostic], frozenset[str] | None]:
    """The base in `root` and the `included` files' trees, and every mistake in their shape.

    The base is None only if its head can't be read. Entries with a mistake are left out of it;
    their ids still count as known, so that one mistake is reported once. Last come the ids of all
    facts that stand there, broken ones too; None where a mistake may hide some.
    """
    reader = Reader()
    if isinstance(root, MappingNode) and not root.entries:
        message = "the base is empty: nothing is proven"
        hint = "begin it with `format: 1`, `title: My desk` and `languages: [en]`, a line each"
        reader.report("nothing-checked", message, root.span, hint)
        return None, reader.found, None
    head = reader.record(root, "the base", _HEAD, (*_HEAD_OPTIONAL, *MAPS, *LISTS))
    if head is None:
        return None, reader.found, None
    parts = (reader.record(tree, "an included file", (), (*MAPS, *LISTS)) for tree in included)
    files = [head, *(part for part in parts if part is not None)]
    languages = _languages(reader, head)
    if not languages:
        return None, reader.found, None
    reader.languages = languages
    _format(reader, head)
    title = reader.local(head.get("title"), "title")
    timezone = _timezone(reader, head)
    edition = _edition(reader, head)
    marking = read_marking(reader, head, Marking.CLEAR)
    reader.words(head.get("include"), "include")
    sections = _Sections(reader, files)
    if title is None:
        return None, reader.found, None
    standing = None if hides(reader.found) else sections.ids("facts")
    return sections.read(title, languages, timezone, edition, marking), reader.found, standing


def hides(found: Iterable[Diagnostic]) -> bool:
    """Whether a mistake in files, their trees or sections may keep the id of an entry unread."""
    return any(each.code in _HIDING for each in found)


def _languages(reader: Reader, head: Record) -> tuple[str, ...]:
    found = (
        reader.language(n, "languages") for n in reader.items(head.get("languages"), "languages")
    )
    return tuple(dict.fromkeys(code for code in found if code is not None))


def _format(reader: Reader, head: Record) -> None:
    node = head.get("format")
    if node is not None and (text := reader.value(node, "format")) not in (None, "1"):
        reader.report("bad-value", f"format {text!r} is not known: this program reads 1", node.span)


def _timezone(reader: Reader, head: Record) -> str:
    node = head.get("timezone")
    name = reader.value(node, "timezone")
    if node is None or name is None:
        return "UTC"
    # The other names stand for whatever the machine is set to.
    if name not in zoneinfo.available_timezones() or ("/" not in name and name != "UTC"):
        reader.report("bad-value", f"{name!r} is no time zone", node.span, "such as Asia/Kabul")
        return "UTC"
    return name


def _edition(reader: Reader, head: Record) -> EditionDefault:
    node = head.get("edition")
    record = reader.record(node, "`edition`", (), ("as_of", "period", "paper")) if node else None
    if record is None:
        return EditionDefault(None, Period.WEEK)
    period = reader.choice(record.get("period"), "period", Period)
    paper = reader.choice(record.get("paper"), "paper", PaperSize)
    day = reader.day(record.get("as_of"), "as_of")
    return EditionDefault(day, period or Period.WEEK, paper or PaperSize.A4)


class _Sections:
    """Reads the sections of all files together, since any may refer to any."""

    def __init__(self, reader: Reader, files: list[Record]) -> None:
        self._reader = reader
        self._nodes: dict[str, dict[str, tuple[Node, Span]]] = {
            **{name: self._from_maps(files, name) for name in MAPS},
            **{name: self._from_lists(files, name) for name in LISTS},
        }

    def _from_maps(self, files: list[Record], section: str) -> dict[str, tuple[Node, Span]]:
        found: dict[str, tuple[Node, Span]] = {}
        for file in files:
            if (node := file.get(section)) is None:
                continue
            for key, value in self._reader.entries(node, section):
                if (name := self._reader.ident(key, "id")) is not None:
                    self._add(found, section, name, value, key.span)
        return found

    def _from_lists(self, files: list[Record], section: str) -> dict[str, tuple[Node, Span]]:
        found: dict[str, tuple[Node, Span]] = {}
        for file in files:
            for item in self._reader.items(file.get(section), section):
                ids = (
                    [value for key, value in item.entries if key.value == "id"]
                    if isinstance(item, MappingNode)
                    else []
                )
                if not ids:
                    message = f"an entry of `{section}` is a map with an `id`"
                    self._reader.report("missing-key", message, item.span)
                elif (name := self._reader.ident(ids[0], "id")) is not None:
                    self._add(found, section, name, item, ids[0].span)
        return found

    def _add(
        self, found: dict[str, tuple[Node, Span]], section: str, name: str, node: Node, place: Span
    ) -> None:
        if name in found:
            first = Hint("first used here", found[name][1])
            what = section.removesuffix("s")
            message = f"{what} id `{name}` is already taken"
            step = "give one of the two another id, here and wherever it is named"
            self._reader.report("duplicate-id", message, place, step, first)
        else:
            found[name] = (node, place)

    def ids(self, section: str) -> frozenset[str]:
        """The ids of a section, whether or not their entries are sound."""
        return frozenset(self._nodes[section])

    def read(
        self,
        title: LocalText,
        languages: tuple[str, ...],
        timezone: str,
        edition: EditionDefault,
        marking: Marking,
    ) -> FactBase:
        """The base, with every entry that has no mistake; sources are read first."""
        context = Context(self._reader, self._nodes, marking)
        acceptances = self._acceptances()
        return FactBase(
            title=title,
            languages=languages,
            timezone=timezone,
            edition=edition,
            marking=marking,
            sources=self._each("sources", SourceId, partial(sources.source, context)),
            actors=self._each("actors", ActorId, partial(names.actor, context)),
            places=self._each("places", PlaceId, partial(names.place, context)),
            topics=self._each("topics", TopicId, partial(names.topic, context)),
            facts=self._each("facts", FactId, partial(facts.fact, context)),
            judgements=self._each(
                "judgements", JudgementId, partial(assessments.judgement, context)
            ),
            contests=self._each("contested", ContestId, partial(assessments.contest, context)),
            gaps=self._each("gaps", GapId, partial(assessments.gap, context)),
            briefs=self._each("briefs", str, partial(briefs.brief, context)),
            span=title.span,
            acceptances=acceptances,
        )

    def _acceptances(self) -> tuple[Acceptance, ...]:
        """The answers of all entries, which are taken off them: no reader of one knows them."""
        found: list[Acceptance] = []
        for section, nodes in self._nodes.items():
            for name, (node, place) in nodes.items() if section != "briefs" else ():
                entry, accept = answers.parted(node)
                if accept is not None:
                    nodes[name] = (entry, place)
                    found += answers.acceptances(
                        self._reader, section, name, entry, accept, place=place
                    )
        return tuple(found)

    def _each(
        self, section: str, name: Callable[[str], _K], read: Callable[[str, Node, Span], _T]
    ) -> dict[_K, _T]:
        found = {}
        for key, (node, place) in self._nodes[section].items():
            try:
                found[name(key)] = read(key, node, place)
            except Faulty:
                continue
        return found
