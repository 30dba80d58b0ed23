"""What an annotation of the model says beside its type: how a field is written in a base.

    statement: Annotated[LocalText, Doc("one sentence, in the desk's words")]
    headline: Annotated[LocalText | None, Doc("a label, for the timeline")] = None

A field with a `Doc` is written in a base, under its own name unless a `Key` gives another; all
others are filled in by the reader. A field without a default is required. From here come the keys,
the messages, the JSON Schema and the tables of `docs/fact-base.md`.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from enum import Enum, auto
from functools import cache
from typing import Any, get_type_hints

from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Doc:
    """What a field means, in Markdown and in one line; it stands in the docs and the schema."""

    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """The key of a field, where it is not the field's name; fields may share one."""

    name: str


@dataclass(frozen=True, slots=True)
class Noun:
    """What a message calls an entry, where it is not the key without its plural s."""

    text: str


class At:
    """A span is where the first of these keys that is there has its value."""

    def __init__(self, *keys: str) -> None:
        self.keys = keys


@dataclass(frozen=True, slots=True)
class Between:
    """A number from `low` to `high`; `name` is what messages call it, if it has no key."""

    low: float
    high: float
    name: str = ""


class AnyOf:
    """An id of any of these kinds."""

    def __init__(self, *kinds: Hashable) -> None:
        self.kinds = kinds


class Rule(Enum):
    """What a field asks for beyond its type."""

    REQUIRED = auto()
    """It has to be written, but without it the rest can still be read."""
    WHOLE = auto()
    """A mistake in any part of it gives up the entry: what is left would mean something else."""
    NOT_EMPTY = auto()
    """A list of one or more."""
    OR_MAP = auto()
    """A list of ids, or a map from each to a text."""
    INLINE = auto()
    """Its own fields are keys of the entry itself."""
    INHERITED = auto()
    """Left out, it is that of the base, or of what the entry rests on."""
    SHARED = auto()
    """A group of entries may say it for all of them."""


class Grammar(Enum):
    """Texts that are not any text."""

    WORD = auto()
    """A path, a code or the like: no prose, so that a comment may stand behind it."""
    VERBATIM = auto()
    """Another's words, which may mix scripts: the gate compares each letter."""
    ID = auto()
    LANGUAGE = auto()
    BASE_LANGUAGE = auto()
    URL = auto()
    SHA256 = auto()
    TIME_ZONE = auto()
    FILE_NAME = auto()
    TEMPLATE = auto()


@cache
def annotations_of(kind: type) -> Mapping[str, Any]:
    """The type of each field of a dataclass, with what is said beside it; worked out once."""
    return get_type_hints(kind, include_extras=True)
