"""Nodes to plain values; every mistake is gathered, none stops the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import field
from typing import Any, TypeVar

from briefings.core import characters
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.excerpts import head, tail
from briefings.core.languages import chain
from briefings.core.limits import TEXT
from briefings.core.model import LocalText, Marking, SourceId
from briefings.core.names import nearest, suggestion
from briefings.core.span import SourceText, Span
from briefings.core.values import dataclass
from briefings.load import intended, variants, yamltree
from briefings.load.parser_stop import QUOTED
from briefings.load.yamltree import Node, Scalar, Sequence

_MOST_MEANT = 100
"""Strange keys of one map that are held against those that there are, for what was meant."""
_MOST_STRANGE = 500
"""Strange keys of one map that are told; those beyond are counted with the first of them."""
_CURLY = "“”„‟‘’‚‛«»"
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

    `key` is in every method what messages call the value. `languages`, `words` and `marking` are
    those of the base. `ids` are those of each kind, whether or not their entries are sound, so
    that a mistake in one is not reported again wherever it is referred to. Sources are read before
    all that cites them, and leave their languages and markings here. `texts` are the files that
    are read, by path; `compared` counts the ids that were looked through for what was
    meant, `listed` the items of all lists, which many entries may share.
    """

    languages: tuple[str, ...] = ()
    marking: Marking = Marking.CLEAR
    ids: Mapping[Hashable, Collection[str]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    texts: Mapping[str, SourceText] = field(default_factory=dict)
    source_languages: dict[SourceId, str] = field(default_factory=dict)
    source_markings: dict[SourceId, Marking] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    compared: int = 0
    listed: int = 0
    longest: int = field(default_factory=lambda: TEXT.most)

    def report(self, code: str, message: str, span: Span, *hints: Hint | str) -> None:
        """Gather a mistake.

        Args:
            code: That of `core/codes.py`.
            message: A lower-case clause that names the value.
            span: Its place.
            hints: The next steps, in words or with a place of their own.
        """
        self.diagnostics.append(diagnostic(code, message, span, *hints))

    def entry(
        self, node: Node, what: str, required: Collection[str], known: Collection[str]
    ) -> Entry | None:
        """A map as an entry, with every mistake in its keys reported.

        Args:
            node: What should be that map.
            what: What messages call it.
            required: Keys that have to be there.
            known: All keys that it may have.

        Returns:
            The entry, whose nodes are those of known keys; a key whose value is blank counts as
            there, but is left out. None if the node is no map.
        """
        if not isinstance(node, yamltree.Mapping):
            named = " and ".join(f"`{key}`" for key in required) or "its keys"
            hint = f"write {named} below it, as `key: value`, one a line"
            self.report(
                "wrong-type", f"{what} is a map, not {intended.form(node)}", node.span, hint
            )
            return None
        nodes: dict[str, Node] = {}
        blank, strange = set(), list[tuple[Scalar, Node]]()
        for key, value in node.entries:
            if key.value not in known:
                strange.append((key, value))
            elif isinstance(value, Scalar) and not value.value.strip():
                self._empty(key.value, value, key.span, needed=key.value in required)
                blank.add(key.value)
            else:
                nodes[key.value] = value
        meant = self._strange(what, strange, known)
        where = node.entries[0][0].span if node.entries else node.span
        missing = [name for name in required if name not in nodes and name not in blank]
        misspelt = {nearest(key, known) for key in meant} if missing else set()
        for name in missing:
            if name not in misspelt:  # a key that is only misspelt is told once
                hint = f"add `{name}:`; `briefings help fact-base` says what stands there"
                self.report("missing-key", f"{what} has no `{name}`", where, hint)
        return Entry(what, nodes, node.span, {})

    def _strange(
        self, what: str, strange: list[tuple[Scalar, Node]], known: Collection[str]
    ) -> list[str]:
        """Keys of a map that it can't have, reported; those that may mean another one."""
        for position, (key, value) in enumerate(strange[:_MOST_STRANGE]):
            meant = suggestion(key.value, known) if position < _MOST_MEANT else ()
            hints = (*intended.parted_by_comma(key, value), *meant)
            self.report("unknown-key", f"{what} has no key `{key.value}`", key.span, *hints)
        if beyond := strange[_MOST_STRANGE:]:
            message = f"{what} has no key `{beyond[0][0].value}`, nor {len(beyond) - 1:,} more"
            self.report("unknown-key", message, beyond[0][0].span)
        return [key.value for key, _ in strange[:_MOST_MEANT]]

    def entries(self, node: Node, key: str) -> tuple[tuple[Scalar, Node], ...]:
        """The entries of a map from id to anything."""
        if isinstance(node, yamltree.Mapping):
            return node.entries
        message = f"`{key}` is a map from id to entry, not {intended.form(node)}"
        hint = "write each entry below its id: `some-id:`, and its keys deeper, without `- `"
        self.report("wrong-type", message, node.span, hint)
        return ()

    def items(self, node: Node, key: str, *, of_maps: bool = False) -> tuple[Node, ...]:
        """The items of a list, which are entries where it is `of_maps`; no list reads as none.

        Args:
            node: What should be a list.
            key: The key that it stands under.
            of_maps: Whether its items are entries, for the hint.
        """
        if isinstance(node, Sequence):
            return node.items
        message = f"`{key}` is a list, not {intended.form(node)}"
        self.report("wrong-type", message, node.span, intended.listed(node, of_maps=of_maps))
        return ()

    def text(self, node: Node, key: str) -> str | None:
        """A text of words, without white space at its ends; no comment may have cut it short."""
        return self._of_one_script(self.verbatim(node, key), node)

    def verbatim(self, node: Node, key: str) -> str | None:
        """A text in another's words, which may mix scripts: the gate compares each letter."""
        text = self._bare(node, key)
        if text is not None and isinstance(node, Scalar) and node.comment is not None:
            message = f"`{key}` ends at “{tail(text, 40)}”: what follows it is a comment to YAML"
            place = Hint("this is not read", node.comment)
            self.report("cut-text", message, node.span, f"{QUOTED}, comment and all", place)
            return None
        return text

    def word(self, node: Node, key: str) -> str | None:
        """A path, a date or a like value as text, behind which a comment may stand."""
        text = self._of_one_script(self._bare(node, key), node)
        if text is None or text[0] not in _CURLY:
            return text
        message = f"`{key}` begins with {text[0]}, which is a letter to YAML, no quotation mark"
        hint = f'write {text.strip(_CURLY)}, or "…" around it'
        self.report("bad-value", message, node.span, hint)
        return None

    def _bare(self, node: Node, key: str) -> str | None:
        if not isinstance(node, Scalar):
            hints = (QUOTED,) if node.span.start < node.span.end else ()
            self.report(
                "wrong-type", f"`{key}` is a text, not {intended.form(node)}", node.span, *hints
            )
            return None
        text = node.value.strip()
        if not text:
            self._empty(key, node, node.span)
        if len(text) > self.longest:
            message = f"`{key}` is {len(text):,} characters long; no text is over {self.longest:,}"
            hint = "split it, or quote less"
            self.report("bad-value", message, node.span, hint, TEXT.raising_to(len(text)))
            return None
        return text or None

    def _empty(self, key: str, node: Scalar, place: Span, *, needed: bool = False) -> None:
        hints: tuple[Hint | str, ...] = (f"write it: `{key}` can't be left out",) if needed else ()
        if node.comment is not None:
            hints = (QUOTED, Hint("this is a comment to YAML", node.comment))
        self.report("empty-text", f"`{key}` is empty", place, *hints)

    def _of_one_script(self, text: str | None, node: Node) -> str | None:
        """`text`, with a mistake reported if a word of it mixes scripts."""
        for match in characters.mixed(text or ""):
            message = f"“{match.group()}” mixes {characters.letters_by_script(match.group())}"
            self.report("mixed-script", message, node.span)
            break
        return text

    def parsed(self, node: Node, key: str, parse: Callable[[Reader, str, str], _T]) -> _T | None:
        """What a text stands for.

        Args:
            node: The text.
            key: Its key, for messages.
            parse: Makes the value of this reader, the text and its key, or raises `Mistake`.

        Returns:
            The value; after a mistake, which is reported, the value that stands instead of it,
            or None.
        """
        text = self.word(node, key)
        if text is None:
            return None
        try:
            return parse(self, text, key)
        except Mistake as mistake:
            self.report(mistake.code, mistake.message, node.span, *mistake.hints)
            return mistake.instead  # type: ignore[return-value] # of the type that `parse` returns

    def local(self, node: Node, key: str, apart: re.Pattern[str] | None = None) -> LocalText | None:
        """A text in one or more of the base's languages, one line each.

        Args:
            node: A text, or a map of languages.
            key: What messages call it.
            apart: What is no word of it, and so stays in each form.
        """
        if isinstance(node, Scalar):
            text, first = self._words_of(node, key, apart), self.languages[0]
            if text is None:
                return None
            only = self._with_words({first: (_line(text), node.span)}, {first}, apart)
            return self._in_order(only, node.span, has_places=len(only) > 1)
        if isinstance(node, Sequence) or not node.entries:
            message = f"`{key}` is a text or a map of languages, not {intended.form(node)}"
            hint = (
                "a text that begins with a bracket stands in quotes; one in several languages is"
                f" written as {{{self.languages[0]}: …}}"
            )
            self.report("wrong-type", message, node.span, hint)
            return None
        forms: dict[str, tuple[str, Span]] = {}
        for code, value in sorted(node.entries, key=_is_told_by_words):
            if code.value not in self.languages:
                message = f"`{code.value}` is not in `languages`"
                hints = intended.parted_by_comma(code, value) or intended.language(
                    code.value, self.languages
                )
                self.report("unknown-language", message, code.span, *hints)
                continue
            whole = next((each for each in chain(code.value)[1:] if each in forms), None)
            if whole is not None and isinstance(value, yamltree.Mapping):
                named = f"{key}.{code.value}", f"{key}.{whole}"
                shared = self.words.get(code.value, {})
                text = self._varied(value, named, forms[whole][0], shared, apart)
            else:
                text = self._words_of(value, f"{key}.{code.value}", apart)
            if text is not None:
                forms[code.value] = _line(text), value.span
        given = {code.value for code, _ in node.entries}
        return self._in_order(self._with_words(forms, given, apart), node.span, has_places=True)

    def _words_of(self, node: Node, key: str, apart: re.Pattern[str] | None) -> str | None:
        """A text that readers see, with a letter or a digit in it, as `~` has none.

        Of one with marks, which are `apart`, those who read them say what is missing.
        """
        text = self.text(node, key)
        if text is not None and apart is None and not any(map(str.isalnum, text)):
            message = f"`{key}` says nothing: “{head(text, 40)}” has no letter and no digit"
            self.report("empty-text", message, node.span, "write it in words, or delete its key")
            return None
        return text

    def _in_order(
        self, forms: Mapping[str, tuple[str, Span]], span: Span, *, has_places: bool
    ) -> LocalText | None:
        ordered = [code for code in self.languages if code in forms]
        texts = tuple((code, forms[code][0]) for code in ordered)
        places = tuple(forms[code][1] for code in ordered) if has_places else ()
        return LocalText(texts, span, places) if ordered else None

    def _with_words(
        self,
        forms: dict[str, tuple[str, Span]],
        given: Collection[str],
        apart: re.Pattern[str] | None,
    ) -> dict[str, tuple[str, Span]]:
        """The forms of a text, with those that the words of the base make of them."""
        for code, words in self.words.items():
            whole = next((each for each in chain(code)[1:] if each in forms), None)
            if whole is None or code in given:
                continue
            text, place = forms[whole]
            other = variants.varied(text, words, self.longest, apart)
            if other is not None and other != text:
                forms[code] = other, place
        return forms

    def _varied(
        self,
        node: yamltree.Mapping,
        named: tuple[str, str],
        text: str,
        shared: Mapping[str, str],
        apart: re.Pattern[str] | None,
    ) -> str | None:
        """A text told by the words in which it differs from another, beside those of the base.

        `named` are the keys of both texts, its own first; its own words go before `shared`.
        """
        key, whole = named
        if not 0 < len(node.entries) <= variants.MOST_WORDS:
            message = f"`{key}` tells {len(node.entries)} words that differ from `{whole}`"
            hint = f"tell 1 to {variants.MOST_WORDS}, or write the whole text"
            self.report("bad-value", message, node.span, hint)
            return None
        replaced = {
            _line(old.value): self.text(new, f"{key}.{old.value}") for old, new in node.entries
        }
        words = {old: _line(new) for old, new in replaced.items() if old and new is not None}
        standing = variants.stand_in(text, words)
        for old, _ in node.entries:
            if (word := _line(old.value)) in words and word not in standing:
                message = f"“{word}” is no word of `{whole}` that differs in `{key}`"
                hint = f"write words as they stand in `{whole}`, or write the whole text"
                self.report("bad-value", message, old.span, hint)
        result = variants.varied(text, {**shared, **words}, self.longest, apart)
        if result is None:
            message = f"no text is over {self.longest:,} characters; with its words `{key}` is"
            self.report("bad-value", message, node.span, "write shorter words", TEXT.raising)
        return result if len(words) == len(node.entries) == len(standing) else None


def _is_told_by_words(entry: tuple[Scalar, Node]) -> tuple[bool, int]:
    """Sorts whole texts before those that are told by what differs, and these by what they need."""
    code, value = entry
    return isinstance(value, yamltree.Mapping), len(chain(code.value))


def _line(text: str) -> str:
    if text.isprintable() and "  " not in text:
        return text.strip()  # as most: what is printable has no white space but these
    return " ".join(text.split())
