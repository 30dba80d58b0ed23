"""Digest what an edition shows, so that two copies can be told to be the same or not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from hashlib import sha256

from briefings.core.edtf import Edtf
from briefings.core.model import LocalText, Marking
from briefings.core.span import Span

# Neither where something is written in the base, nor how a quote was pointed at or a topic
# chosen, nor the spellings by which the check knows a name, is anything that a reader sees.
# Documents are bound by the SHA-256 of their sources.
_UNSHOWN = frozenset(
    {"aliases", "documents", "occurrence", "prefix", "quote", "suffix", "topics", "weekly"}
)


def fingerprint(content: Mapping[str, object]) -> str:
    """The hex SHA-256 of `content` as canonical JSON: sorted keys, no white space, UTF-8."""
    text = json.dumps(_plain(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    """The shown part of `value` in the types of JSON."""
    match value:
        case LocalText():
            return dict(value.forms)
        case Mapping():
            return {str(key): _plain(part) for key, part in value.items() if key not in _UNSHOWN}
        case tuple():
            return [_plain(part) for part in value]
    if is_dataclass(value) and not isinstance(value, Edtf):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        return _plain({name: part for name, part in parts.items() if not isinstance(part, Span)})
    return _scalar(value)


def _scalar(value: object) -> str | int | None:
    match value:
        case Edtf():
            return value.text
        case Marking():
            return value.label
        case date() | float():
            return str(value)
        case str() | int() | None:
            return value
    raise TypeError(f"an edition shows nothing of type {type(value).__name__}")
