"""Nodes to plain values; every mistake is gathered, none stops the rest."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TypeVar
from urllib.parse import urlsplit

from briefings.core import characters, edtf
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.excerpts import tail
from briefings.core.languages import is_code
from briefings.core.model import LocalText
from briefings.core.names import nearest, suggestion
from briefings.core.span import Span
from briefings.load import meant
from briefings.load.broken import QUOTED
from briefings.load.yamltree import Mapping, Node, Scalar, Sequence

MOST_CHARACTERS = 10_000

_CURLY = "“”„‟‘’‚‛«»"
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_URL = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#][^\s\\]*)?")
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
            hint = "write its keys below it, as `key: value`, one a line"
            self.report("wrong-type", f"{what} is a map, not {meant.form(node)}", node.span, hint)
            return None
        known = {*required, *optional}
        nodes: dict[str, Node] = {}
        meant_by: set[str | None] = set()
        for key, value in node.entries:
            if key.value not in known:
                message = f"{what} has no key `{key.value}`"
                meant_by.add(nearest(key.value, known))
                hints = (*meant.parted_by_comma(key, value), *suggestion(key.value, known))
                self.report("unknown-key", message, key.span, *hints)
            elif isinstance(value, Scalar) and not value.value.strip():
                self._empty(f"`{key.value}` is empty", value, key.span)
                nodes[key.value] = value
            else:
                nodes[key.value] = value
        where = node.entries[0][0].span if node.entries else node.span
        for name in required:
            # A key that is only misspelt is told once.
            if name not in nodes and name not in meant_by:
                hint = f"add `{name}:`; docs/fact-base.md says what stands there"
                self.report("missing-key", f"{what} has no `{name}`", where, hint)
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
        message = f"`{what}` is a map from id to entry, not {meant.form(node)}"
        hint = "write each entry below its id: `some-id:`, and its keys deeper, without `- `"
        self.report("wrong-type", message, node.span, hint)
        return ()

    def items(self, node: Node | None, what: str) -> tuple[Node, ...]:
        """The items of a list; no list at all reads as none."""
        if node is None:
            return ()
        if isinstance(node, Sequence):
            return node.items
        message = f"`{what}` is a list, not {meant.form(node)}"
        self.report("wrong-type", message, node.span, meant.as_list(node))
        return ()

    def text(self, node: Node | None, what: str) -> str | None:
        """A text of words, without white space at its ends; no comment may have cut it short."""
        text = self.verbatim(node, what)
        if node is not None and text is not None:
            self._scripts(text, node)
        return text

    def verbatim(self, node: Node | None, what: str) -> str | None:
        """The same of another's words, which may mix scripts: the gate compares each letter."""
        text = self._bare(node, what)
        if text is not None and isinstance(node, Scalar) and node.comment is not None:
            message = f"`{what}` ends at “{tail(text, 40)}”: what follows it is a comment to YAML"
            place = Hint("this is not read", node.comment)
            self.report("cut-text", message, node.span, f"{QUOTED}, comment and all", place)
            return None
        return text

    def word(self, node: Node | None, what: str) -> str | None:
        """The same of an id, a date or a like value, behind which a comment may stand."""
        text = self._bare(node, what)
        if node is not None and text is not None:
            self._scripts(text, node)
        return text

    def _scripts(self, text: str, node: Node) -> None:
        for match in characters.mixed(text):
            message = f"“{match.group()}” mixes {characters.letters_by_script(match.group())}"
            self.report("mixed-script", message, node.span)
            break

    def _bare(self, node: Node | None, what: str) -> str | None:
        if node is None:
            return None
        if not isinstance(node, Scalar):
            hints = (QUOTED,) if node.span.start < node.span.end else ()
            self.report(
                "wrong-type", f"`{what}` is a text, not {meant.form(node)}", node.span, *hints
            )
            return None
        text = node.value.strip()
        if not text:
            self._empty(f"`{what}` is empty", node, node.span)
        if len(text) > MOST_CHARACTERS:
            message = f"`{what}` is {len(text)} characters long; no text is over {MOST_CHARACTERS}"
            self.report("bad-value", message, node.span, "split it, or quote less")
            return None
        return text or None

    def value(self, node: Node | None, what: str) -> str | None:
        """The same of a value of few forms, which curly quotation marks would make another."""
        text = self.word(node, what)
        if node is None or text is None or text[0] not in _CURLY:
            return text
        message = f"`{what}` begins with {text[0]}, which is a letter to YAML, no quotation mark"
        self.report(
            "bad-value", message, node.span, f'write {text.strip(_CURLY)}, or "…" around it'
        )
        return None

    def _empty(self, message: str, node: Scalar, place: Span) -> None:
        hints: tuple[Hint | str, ...] = ()
        if node.comment is not None:
            hints = (QUOTED, Hint("this is a comment to YAML", node.comment))
        self.report("empty-text", message, place, *hints)

    def texts(self, node: Node | None, what: str) -> tuple[str, ...]:
        """A list of texts."""
        found = (self.text(item, what) for item in self.items(node, what))
        return tuple(text for text in found if text is not None)

    def words(self, node: Node | None, what: str) -> tuple[str, ...]:
        """A list of ids or like values."""
        found = (self.word(item, what) for item in self.items(node, what))
        return tuple(text for text in found if text is not None)

    def local(self, node: Node | None, what: str) -> LocalText | None:
        """A text in one or more of the base's languages, one line each."""
        if node is None:
            return None
        if isinstance(node, Scalar):
            text = self.text(node, what)
            return LocalText(((self.languages[0], _line(text)),), node.span) if text else None
        if isinstance(node, Sequence) or not node.entries:
            hint = "a text that begins with a bracket stands in quotes; one in several languages"
            hint += f" is written as {{{self.languages[0]}: …}}"
            message = f"`{what}` is a text or a map of languages, not {meant.form(node)}"
            self.report("wrong-type", message, node.span, hint)
            return None
        forms: dict[str, tuple[str, Span]] = {}
        for key, value in node.entries:
            if key.value not in self.languages:
                message = f"`{key.value}` is not in `languages`"
                hints = meant.parted_by_comma(key, value) or meant.language(
                    key.value, self.languages
                )
                self.report("unknown-language", message, key.span, *hints)
            elif (text := self.text(value, f"{what}.{key.value}")) is not None:
                forms[key.value] = _line(text), value.span
        ordered = [code for code in self.languages if code in forms]
        texts = tuple((code, forms[code][0]) for code in ordered)
        places = tuple(forms[code][1] for code in ordered)
        return LocalText(texts, node.span, places) if ordered else None

    def ident(self, node: Node | None, what: str) -> str | None:
        """An id."""
        text = self.value(node, what)
        if node is None or text is None:
            return None
        if not _ID.fullmatch(text):
            message = f"{text!r} is no id: an id is lower-case letters, digits and hyphens"
            self.report("bad-id", message, node.span, *meant.as_id(text))
            return None
        return text

    def choice(self, node: Node | None, what: str, kind: type[_E]) -> _E | None:
        """A member of an enumeration whose values are texts."""
        text = self.value(node, what)
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
        text = self.value(node, what)
        if node is not None and text is not None and text not in ("true", "false"):
            message = f"`{what}` is true or false, not {text!r}"
            hint = f"write `{what}: true`, or leave it out for false"
            self.report("bad-value", message, node.span, hint)
        return text == "true"

    def edtf(self, node: Node | None, what: str) -> edtf.Edtf | None:
        """An EDTF date."""
        text = self.value(node, what)
        if node is None or text is None:
            return None
        try:
            return edtf.parse(text)
        except ValueError as error:
            self._bad_date(text, error, node)
            return None

    def day(self, node: Node | None, what: str) -> date | None:
        """One calendar day."""
        text = self.value(node, what)
        if node is None or text is None:
            return None
        try:
            return edtf.parse_day(text)
        except ValueError as error:
            self._bad_date(text, error, node)
            return None

    def _bad_date(self, text: str, error: ValueError, node: Node) -> None:
        self.report("bad-date", f"{text!r} is not a date: {error}", node.span, *meant.day(text))

    def language(self, node: Node | None, what: str) -> str | None:
        """A BCP 47 code of language, and optionally script and region."""
        text = self.value(node, what)
        if node is None or text is None:
            return None
        if not is_code(text):
            message = f"{text!r} is no language code"
            hint = "write a BCP 47 code, such as en, fa or fa-AF"
            self.report("bad-value", message, node.span, *meant.code(text), hint)
            return None
        return text

    def url(self, node: Node | None, what: str) -> str | None:
        """An http or https address."""
        text = self.value(node, what)
        if node is None or text is None:
            return None
        if not _is_address(text):
            message = f"{text!r} is no http or https address"
            self.report("bad-url", message, node.span, *meant.url(text))
            return None
        return text

    def number(self, node: Node | None, what: str, low: float, high: float) -> float | None:
        """A decimal number from `low` to `high`."""
        text = self.value(node, what)
        if node is None or text is None:
            return None
        if not re.fullmatch(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,12})?", text) or not (
            low <= float(text) <= high
        ):
            message = f"`{what}` is a number from {low:g} to {high:g}, not {text!r}"
            hint = "write it in the digits 0 to 9, with a point before decimals"
            self.report("bad-value", message, node.span, hint)
            return None
        return float(text)

    def reference(self, node: Node, what: str, known: Collection[str]) -> str | None:
        """An id that is one of `known`; `what` is the kind of thing that it names."""
        text = self.value(node, what)
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
                message = f"`{name}` is listed twice"
                self.report("bad-value", message, item.span, "delete one of the two", first)
            read.setdefault(name, item)
        return tuple(read)


def _is_address(text: str) -> bool:
    """Whether a browser would go where a reader of `text` thinks, by http or https."""
    if not _URL.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that hold no IPv6 address, a port that is none
        return False


def _line(text: str) -> str:
    return " ".join(text.split())
