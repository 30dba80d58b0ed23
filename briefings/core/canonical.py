"""Values as canonical JSON with its checksum, and back: what is written once is written the same.

Keys are sorted, each line holds one value, and a text is itself. The checksum is not keyed: it
shows that a file was changed by mistake, and proves nothing about who wrote it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache, partial
from types import UnionType
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

from briefings.core.edtf import Edtf, parse, parse_day
from briefings.core.model import MARKINGS, Marking

CHECKSUM = "seal"
"""The key of the checksum; in files it keeps its first name."""

_OTHER = "it is no snapshot of this format"


class NotASnapshot(Exception):
    """The text is no snapshot of an edition; the message says what is wrong with it."""


class ChecksumMismatch(NotASnapshot):
    """It was a snapshot, and was changed by hand: its checksum does not fit."""


def with_checksum(content: Mapping[str, object]) -> str:
    """`content` as canonical JSON, with the SHA-256 over all of it under `CHECKSUM`.

    Its values are those of JSON: see `plain`.
    """
    return _canonical({**content, CHECKSUM: _checksum(content)}) + "\n"


def without_checksum(text: str, kind: str | int) -> dict[str, object]:
    """The object that `with_checksum` made into `text`, without its checksum.

    Args:
        text: What was read; anything may stand in it.
        kind: What `format` must be in it.

    Raises:
        ChecksumMismatch: The checksum does not fit, or a key stands in it twice.
        NotASnapshot: It is nothing of ours.
    """
    try:
        content = json.loads(text, object_pairs_hook=_unique)
        require(isinstance(content, dict), "it is no object")
        has_both = content.get("format") == kind and CHECKSUM in content
        require(has_both, "it has no checksum of ours")
        if content.pop(CHECKSUM) != _checksum(content):
            raise ChecksumMismatch("its checksum does not fit: it was changed after it was written")
    except (ValueError, RecursionError) as error:
        raise NotASnapshot(why_not_json(error)) from error
    assert isinstance(content, dict)
    return content


def why_not_json(error: ValueError | RecursionError) -> str:
    """Why a text could not be read as JSON, in one lower-case clause of our own words."""
    if isinstance(error, json.JSONDecodeError):
        return f"it is not JSON: see line {error.lineno}, column {error.colno}"
    if isinstance(error, RecursionError):
        return "it nests too deep"
    return "it is not JSON that we can read: a number in it is too long, or it is packed otherwise"


def require(condition: bool, otherwise: str) -> None:
    """Hold a snapshot that is read to a condition.

    Raises:
        NotASnapshot: With the message `otherwise`, if `condition` does not hold.
    """
    if not condition:
        raise NotASnapshot(otherwise)


def plain(value: object) -> object:
    """A typed value in the types of JSON: days as YYYY-MM-DD, markings by label, dates as EDTF."""
    match value:
        case Marking():
            return value.label
        case Edtf():
            return value.text
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case tuple():
            return [plain(part) for part in value]
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


def typed(kind: Any, value: object) -> Any:  # Any: a type of any kind, and a value of it
    """What `plain` made into `value`, as `kind`.

    Args:
        kind: A dataclass, a tuple of one type, an optional type, or one of a single value.
        value: Out of JSON; anything may stand in it.

    Raises:
        NotASnapshot: It is no such value.
    """
    return _reader(kind)(value)


@lru_cache(maxsize=256)
def _reader(kind: Any) -> Callable[[object], Any]:
    """What reads values of a kind: found once, for records that hold a hundred thousand of it."""
    if isinstance(kind, NewType):
        return _reader(kind.__supertype__)
    if get_origin(kind) in (Union, UnionType):
        return partial(_or_none, _reader(get_args(kind)[0]))
    if get_origin(kind) is tuple:
        return partial(_all, _reader(get_args(kind)[0]))
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return partial(_whole, kind, {name: _reader(each) for name, each in hints.items()})
    return partial(_single, kind)


def _or_none(read: Callable[[object], Any], value: object) -> Any:
    return None if value is None else read(value)


def _all(read: Callable[[object], Any], value: object) -> tuple[Any, ...]:
    require(isinstance(value, list), _OTHER)
    assert isinstance(value, list)
    return tuple([read(part) for part in value])


def _whole(kind: type, readers: Mapping[str, Callable[[object], Any]], value: object) -> Any:
    """A dataclass of its fields, or of a text if it is one that a text stands for."""
    if isinstance(value, dict) and value.keys() == readers.keys():
        return kind(**{name: read(value[name]) for name, read in readers.items()})
    return _single(kind, value)


def _single(kind: Any, value: object) -> Any:
    if isinstance(value, str) and kind is not str:
        return _parsed(kind, value)
    require(type(value) is kind, _OTHER)
    return value


@lru_cache(maxsize=4096)
def _parsed(kind: Any, text: str) -> object:
    """A value that JSON holds as a text."""
    try:
        if kind is Marking:
            require(text in MARKINGS, f"{text!r} is no marking")
            return MARKINGS[text]
        if kind is Edtf:
            return parse(text)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return kind(text)
    except ValueError as error:
        raise NotASnapshot(_OTHER) from error
    require(kind is date, _OTHER)
    try:
        return parse_day(text)
    except ValueError as error:
        raise NotASnapshot(f"{text!r} is not a day") from error


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object whose keys differ; a second value would win over the one that was checked."""
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ChecksumMismatch("a key stands in it twice")
    return content


def _checksum(content: Mapping[str, object]) -> str:
    return hashlib.sha256(_canonical(content).encode("utf-8", "backslashreplace")).hexdigest()


def _canonical(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1)
