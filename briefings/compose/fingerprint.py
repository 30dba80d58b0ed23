"""Digest what an edition shows, so that two copies can be told to be the same or not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

from briefings.core.edtf import Edtf
from briefings.core.model import ContestKind, LocalText, Marking, Prose
from briefings.core.span import Span

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# Neither where something is written in the base, nor how a quote was pointed at or a topic
# chosen, nor the spellings by which the check knows a name, is anything that a reader sees.
# Documents are bound by the SHA-256 of their sources; what they were captured from, and what a
# source says once for its facts, stand behind them.
UNSHOWN = frozenset(
    {"aliases", "documents", "occurrence", "prefix", "quote", "suffix", "topics", "weekly"}
    | {"author", "contested", "defaults", "original", "original_sha256", "to_confirm"}
)
# What came to the format later counts where it says something, which these do not: older editions
# keep their digest. A field that other kinds of entries have had before is named with its own.
LATER: Mapping[str, object] = {
    "accounts": (),
    "derived": (),
    "figure": None,
    "kind": ContestKind.DISAGREE,
    "Account.headline": None,
}
# So do those that show what could once be said in one language only, and is.
ONCE_PLAIN = frozenset({"publisher"})

# One encoder for all: `json.dumps` makes one for each value.
_dumped = json.JSONEncoder(ensure_ascii=False).encode

_Text: TypeAlias = "str | tuple[_Text, ...]"
"""A text, or its pieces in order: what many hold is a piece of each, and no copy in any."""

_LONG = 256
"""The characters from which a text is a piece of its own; to copy fewer is cheaper."""


class Fingerprints:
    """Fingerprints of editions that share much of what they show.

    A sentence stands in an edition wherever something refers to it, and in each language of a
    brief; it is written once.
    """

    def __init__(self) -> None:
        # With each text its value, lest another one come to stand at the same address.
        self._texts: dict[int, tuple[object, _Text]] = {}

    def of(self, content: Mapping[str, object]) -> str:
        """The hex SHA-256 of `content` as canonical JSON: sorted keys, no white space, UTF-8."""
        digest = sha256()
        _hash(self._text(content), digest.update)
        return digest.hexdigest()

    def _text(self, value: object) -> _Text:
        """The shown part of `value`."""
        if type(value) is str:  # most are, and asking for all else takes longer
            return _dumped(value)
        match value:
            case LocalText():
                return self._object(dict(value.forms))
            case Prose():
                return self._object(dict(value.forms))
            case Mapping():
                shown = {str(key): part for key, part in value.items()}
                return self._object({key: shown[key] for key in shown.keys() - UNSHOWN})
            case tuple():
                return self._within("[", [("", part) for part in value], "]")
        if is_dataclass(value) and not isinstance(value, Edtf | type):
            return self._once(value)
        return _dumped(_scalar(value))

    def _once(self, value: DataclassInstance) -> _Text:
        """A dataclass, whose text is kept."""
        if id(value) not in self._texts:
            parts = {field.name: getattr(value, field.name) for field in fields(value)}
            shown = {
                name: _plain(part) if name in ONCE_PLAIN else part
                for name, part in parts.items()
                if name not in UNSHOWN
                and not isinstance(part, Span)
                and not _says_nothing_yet(type(value), name, part)
            }
            self._texts[id(value)] = value, self._object(shown)
        return self._texts[id(value)][1]

    def _object(self, parts: Mapping[str, object]) -> _Text:
        named = [(f"{_dumped(key)}:", parts[key]) for key in sorted(parts)]
        return self._within("{", named, "}")

    def _within(self, opening: str, members: Iterable[tuple[str, object]], closing: str) -> _Text:
        """The members, each after its name, with commas between them."""
        pieces: list[_Text] = []
        run = [opening]
        comma = ""
        for name, value in members:
            text = self._text(value)
            run.append(comma + name)
            if isinstance(text, tuple) or len(text) >= _LONG:
                pieces += "".join(run), text
                run.clear()
            else:
                run.append(text)
            comma = ","
        end = "".join((*run, closing))
        return (*pieces, end) if pieces else end


def _hash(text: _Text, into: Callable[[bytes], None]) -> None:
    if isinstance(text, str):
        into(text.encode())
    else:
        for piece in text:
            _hash(piece, into)


def _says_nothing_yet(kind: type, name: str, part: object) -> bool:
    own = f"{kind.__name__}.{name}"
    key = own if own in LATER else name
    return key in LATER and part == LATER[key]


def _plain(value: object) -> object:
    """A text in one language as a text; all else as it is."""
    if isinstance(value, LocalText) and len(value.forms) == 1:
        return value.forms[0][1]
    return value


def _scalar(value: object) -> str | int | None:
    match value:
        case Edtf():
            return value.text
        case Marking():
            return value.label
        case date() | float() | Fraction():
            return str(value)
        case str() | int() | None:
            return value
    raise TypeError(f"an edition shows nothing of type {type(value).__name__}")
