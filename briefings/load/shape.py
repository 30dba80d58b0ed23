"""Nodes to plain values; every mistake is gathered, none stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.model import LocalText, Marking, SourceId
from briefings.core.names import suggestion
from briefings.core.span import Span
from briefings.load import yamltree
from briefings.load.yamltree import Node, Scalar, Sequence

MOST_CHARACTERS = 10_000

_T = TypeVar("_T")


class InvalidEntry(Exception):
    """An entry can't be made; the reader has reported why."""


def require(value: _T | None) -> _T:
    """`value`, which is None only after a mistake that was reported.

    Raises:
        InvalidEntry: it is None.
    """
    if value is None:
        raise InvalidEntry
    return value


class Mistake(Exception):
    """A text is not what it should be; `instead` is the value to go on with, if there is one."""

    def __init__(self, code: str, message: str, *hints: Hint | str, instead: object = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hints = hints
        self.instead = instead


@dataclass(frozen=True, slots=True)
class Entry:
    """A map whose keys were checked, while it is read.

    `what` names it in messages. `nodes` are by key; `values`, by field of the model, hold what
    could be read so far.
    """

    what: str
    nodes: Mapping[str, Node]
    span: Span
    values: dict[str, Any]


@dataclass(slots=True)
class Reader:
    """Turns nodes into values; what it can't turn it reports in `found` and reads as None.

    `key` is in every method what messages call the value. `languages` and `marking` are those of
    the base. `ids` are those of each kind, whether or not their entries are sound, so that a
    mistake in one is not reported again wherever it is referred to. Sources are read before all
    that cites them, and leave their languages and markings here.
    """

    languages: tuple[str, ...] = ()
    marking: Marking = Marking.CLEAR
    ids: Mapping[Hashable, Collection[str]] = field(default_factory=dict)
    source_languages: dict[SourceId, str] = field(default_factory=dict)
    source_markings: dict[SourceId, Marking] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    def report(self, code: str, message: str, span: Span, *hints: Hint | str) -> None:
        """Gather one mistake."""
        self.found.append(diagnostic(code, message, span, *hints))

    def entry(
        self, node: Node, what: str, required: Iterable[str], known: Collection[str]
    ) -> Entry | None:
        """A map of `known` keys; a key whose value is blank counts as there, but is left out."""
        if not isinstance(node, yamltree.Mapping):
            self.report("wrong-type", f"{what} is a map", node.span)
            return None
        nodes: dict[str, Node] = {}
        blank = set()
        for key, value in node.entries:
            if key.value not in known:
                message = f"{what} has no key `{key.value}`"
                self.report("unknown-key", message, key.span, *suggestion(key.value, known))
            elif isinstance(value, Scalar) and not value.value.strip():
                self.report("empty-text", f"`{key.value}` is empty", key.span)
                blank.add(key.value)
            else:
                nodes[key.value] = value
        where = node.entries[0][0].span if node.entries else node.span
        for name in required:
            if name not in nodes and name not in blank:
                self.report("missing-key", f"{what} has no `{name}`", where)
        return Entry(what, nodes, node.span, {})

    def entries(self, node: Node, key: str) -> tuple[tuple[Scalar, Node], ...]:
        """The entries of a map from id to anything."""
        if isinstance(node, yamltree.Mapping):
            return node.entries
        self.report("wrong-type", f"`{key}` is a map from id to entry", node.span)
        return ()

    def items(self, node: Node, key: str) -> tuple[Node, ...]:
        """The items of a list; no list at all reads as none."""
        if isinstance(node, Sequence):
            return node.items
        self.report("wrong-type", f"`{key}` is a list", node.span, "write it as [a, b]")
        return ()

    def text(self, node: Node, key: str) -> str | None:
        """A text without white space at its ends."""
        if not isinstance(node, Scalar):
            self.report("wrong-type", f"`{key}` is a text", node.span)
            return None
        text = node.value.strip()
        if not text:
            self.report("empty-text", f"`{key}` is empty", node.span)
        if len(text) > MOST_CHARACTERS:
            message = f"`{key}` is {len(text)} characters long; no text is over {MOST_CHARACTERS}"
            self.report("bad-value", message, node.span)
            return None
        return text or None

    def parsed(self, node: Node, key: str, parse: Callable[[Reader, str, str], _T]) -> _T | None:
        """What `parse(reader, text, key)` makes of a text; it raises Mistake."""
        text = self.text(node, key)
        if text is None:
            return None
        try:
            return parse(self, text, key)
        except Mistake as mistake:
            self.report(mistake.code, mistake.message, node.span, *mistake.hints)
            return mistake.instead  # type: ignore[return-value] # of the type that `parse` returns

    def local(self, node: Node, key: str) -> LocalText | None:
        """A text in one or more of the base's languages, one line each."""
        if isinstance(node, Scalar):
            text = self.text(node, key)
            return LocalText(((self.languages[0], _line(text)),), node.span) if text else None
        if isinstance(node, Sequence) or not node.entries:
            hint = f"write it as a text or as {{{self.languages[0]}: …}}"
            self.report("wrong-type", f"`{key}` is a text or a map of languages", node.span, hint)
            return None
        forms: dict[str, tuple[str, Span]] = {}
        for code, value in node.entries:
            if code.value not in self.languages:
                message = f"`{code.value}` is not in `languages`"
                hints = suggestion(code.value, self.languages)
                self.report("unknown-language", message, code.span, *hints)
            elif (text := self.text(value, f"{key}.{code.value}")) is not None:
                forms[code.value] = _line(text), value.span
        ordered = [code for code in self.languages if code in forms]
        texts = tuple((code, forms[code][0]) for code in ordered)
        places = tuple(forms[code][1] for code in ordered)
        return LocalText(texts, node.span, places) if ordered else None


def _line(text: str) -> str:
    return " ".join(text.split())
