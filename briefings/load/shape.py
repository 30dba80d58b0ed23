"""Nodes to plain values; every mistake is gathered, none stops the rest."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TypeVar

from briefings.core import edtf
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.languages import is_code
from briefings.core.model import LocalText
from briefings.core.names import suggestion
from briefings.core.span import Span
from briefings.load.yamltree import Mapping, Node, Scalar, Sequence

MOST_CHARACTERS = 10_000

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_URL = re.compile(r"https?://[^\s/?#@]+(?:[/?#]\S*)?")
_E = TypeVar("_E", bound=Enum)


@dataclass(frozen=True, slots=True)
class Record:
    """A map whose keys were checked; a key that is not there reads as None."""

    nodes: dict[str, Node]
    span: Span

    def get(self, key: str) -> Node | None:
        """The node under `key`."""
        return self.nodes.get(key)


@dataclass(slots=True)
class Reader:
    """Turns nodes into values; what it can't turn it reports in `found` and reads as None."""

    languages: tuple[str, ...] = ()
    found: list[Diagnostic] = field(default_factory=list)

    def report(self, code: str, message: str, span: Span, *hints: Hint | str) -> None:
        """Gather one mistake."""
        self.found.append(diagnostic(code, message, span, *hints))

    def record(
        self, node: Node, what: str, required: Collection[str], optional: Collection[str] = ()
    ) -> Record | None:
        """A map with these keys and no others; `what` names it in messages."""
        if not isinstance(node, Mapping):
            self.report("wrong-type", f"{what} is a map", node.span)
            return None
        known = {*required, *optional}
        nodes: dict[str, Node] = {}
        for key, value in node.entries:
            if key.value not in known:
                message = f"{what} has no key `{key.value}`"
                self.report("unknown-key", message, key.span, *suggestion(key.value, known))
            elif isinstance(value, Scalar) and not value.value.strip():
                self.report("empty-text", f"`{key.value}` is empty", key.span)
                nodes[key.value] = value
            else:
                nodes[key.value] = value
        where = node.entries[0][0].span if node.entries else node.span
        for name in required:
            if name not in nodes:
                self.report("missing-key", f"{what} has no `{name}`", where)
        return Record(
            {
                key: value
                for key, value in nodes.items()
                if not isinstance(value, Scalar) or value.value.strip()
            },
            node.span,
        )

    def entries(self, node: Node, what: str) -> tuple[tuple[Scalar, Node], ...]:
        """The entries of a map from id to anything."""
        if isinstance(node, Mapping):
            return node.entries
        self.report("wrong-type", f"`{what}` is a map from id to entry", node.span)
        return ()

    def items(self, node: Node | None, what: str) -> tuple[Node, ...]:
        """The items of a list; no list at all reads as none."""
        if node is None:
            return ()
        if isinstance(node, Sequence):
            return node.items
        self.report("wrong-type", f"`{what}` is a list", node.span, "write it as [a, b]")
        return ()

    def text(self, node: Node | None, what: str) -> str | None:
        """A text without white space at its ends."""
        if node is None:
            return None
        if not isinstance(node, Scalar):
            self.report("wrong-type", f"`{what}` is a text", node.span)
            return None
        text = node.value.strip()
        if not text:
            self.report("empty-text", f"`{what}` is empty", node.span)
        if len(text) > MOST_CHARACTERS:
            message = f"`{what}` is {len(text)} characters long; no text is over {MOST_CHARACTERS}"
            self.report("bad-value", message, node.span)
            return None
        return text or None

    def texts(self, node: Node | None, what: str) -> tuple[str, ...]:
        """A list of texts."""
        found = (self.text(item, what) for item in self.items(node, what))
        return tuple(text for text in found if text is not None)

    def local(self, node: Node | None, what: str) -> LocalText | None:
        """A text in one or more of the base's languages, one line each."""
        if node is None:
            return None
        if isinstance(node, Scalar):
            text = self.text(node, what)
            return LocalText(((self.languages[0], _line(text)),), node.span) if text else None
        if isinstance(node, Sequence) or not node.entries:
            hint = f"write it as a text or as {{{self.languages[0]}: …}}"
            self.report("wrong-type", f"`{what}` is a text or a map of languages", node.span, hint)
            return None
        forms: dict[str, tuple[str, Span]] = {}
        for key, value in node.entries:
            if key.value not in self.languages:
                message = f"`{key.value}` is not in `languages`"
                self.report(
                    "unknown-language", message, key.span, *suggestion(key.value, self.languages)
                )
            elif (text := self.text(value, f"{what}.{key.value}")) is not None:
                forms[key.value] = _line(text), value.span
        ordered = [code for code in self.languages if code in forms]
        texts = tuple((code, forms[code][0]) for code in ordered)
        places = tuple(forms[code][1] for code in ordered)
        return LocalText(texts, node.span, places) if ordered else None

    def ident(self, node: Node | None, what: str) -> str | None:
        """An id."""
        text = self.text(node, what)
        if node is None or text is None:
            return None
        if not _ID.fullmatch(text):
            message = f"{text!r} is no id: use lower-case letters, digits and hyphens"
            self.report("bad-id", message, node.span, *_suggested(text))
            return None
        return text

    def choice(self, node: Node | None, what: str, kind: type[_E]) -> _E | None:
        """A member of an enumeration whose values are texts."""
        text = self.text(node, what)
        if node is None or text is None:
            return None
        return self.lookup(node, what, text, {str(member.value): member for member in kind})

    def lookup(self, node: Node, what: str, text: str, known: dict[str, _E]) -> _E | None:
        """The value that `known` gives to `text`."""
        if text in known:
            return known[text]
        message = f"{text!r} is no `{what}`: take one of {', '.join(known)}"
        self.report("bad-value", message, node.span, *suggestion(text, known)[:1])
        return None

    def flag(self, node: Node | None, what: str) -> bool:
        """`true` or `false`; false if it is not there."""
        text = self.text(node, what)
        if node is not None and text is not None and text not in ("true", "false"):
            self.report("bad-value", f"`{what}` is true or false, not {text!r}", node.span)
        return text == "true"

    def edtf(self, node: Node | None, what: str) -> edtf.Edtf | None:
        """An EDTF date."""
        text = self.text(node, what)
        if node is None or text is None:
            return None
        try:
            return edtf.parse(text)
        except ValueError as error:
            self._bad_date(text, error, node)
            return None

    def day(self, node: Node | None, what: str) -> date | None:
        """One calendar day."""
        text = self.text(node, what)
        if node is None or text is None:
            return None
        try:
            return edtf.parse_day(text)
        except ValueError as error:
            self._bad_date(text, error, node)
            return None

    def _bad_date(self, text: str, error: ValueError, node: Node) -> None:
        hint = "write days as YYYY-MM-DD"
        self.report("bad-date", f"{text!r} is not a date: {error}", node.span, hint)

    def language(self, node: Node | None, what: str) -> str | None:
        """A BCP 47 code of language, and optionally script and region."""
        text = self.text(node, what)
        if node is None or text is None:
            return None
        if not is_code(text):
            message = f"{text!r} is no language code"
            self.report("bad-value", message, node.span, "write it as en, fa or fa-AF")
            return None
        return text

    def url(self, node: Node | None, what: str) -> str | None:
        """An http or https address."""
        text = self.text(node, what)
        if node is None or text is None:
            return None
        if not _URL.fullmatch(text):
            self.report("bad-url", f"{text!r} is no http or https address", node.span)
            return None
        return text

    def number(self, node: Node | None, what: str, low: float, high: float) -> float | None:
        """A decimal number from `low` to `high`."""
        text = self.text(node, what)
        if node is None or text is None:
            return None
        if not re.fullmatch(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,12})?", text) or not (
            low <= float(text) <= high
        ):
            message = f"`{what}` is a number from {low:g} to {high:g}, not {text!r}"
            self.report("bad-value", message, node.span)
            return None
        return float(text)

    def reference(self, node: Node, what: str, known: Collection[str]) -> str | None:
        """An id that is one of `known`; `what` is the kind of thing that it names."""
        text = self.text(node, what)
        if text is None:
            return None
        if text not in known:
            message = f"there is no {what} `{text}`"
            self.report("unknown-reference", message, node.span, *suggestion(text, known))
            return None
        return text

    def references(
        self, node: Node | None, key: str, what: str, known: Collection[str]
    ) -> tuple[str, ...]:
        """A list of ids of `known`, each once."""
        read: dict[str, Node] = {}
        for item in self.items(node, key):
            name = self.reference(item, what, known)
            if name is None:
                continue
            if name in read:
                first = Hint("first listed here", read[name].span)
                self.report("bad-value", f"`{name}` is listed twice", item.span, first)
            read.setdefault(name, item)
        return tuple(read)


def _line(text: str) -> str:
    return " ".join(text.split())


def _suggested(text: str) -> tuple[str, ...]:
    better = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return (f"for example `{better}`",) if better else ()
