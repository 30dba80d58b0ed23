"""Typed values as JSON in which what is shared stands once, and back: a page's whole input."""

from __future__ import annotations

import base64
import binascii
import json
import types
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

from briefings.core.canonical import NotASnapshot, plain, require, typed, why_not_json
from briefings.core.edtf import Edtf
from briefings.core.span import Span

LARGEST = 64 * 2**20
"""The most bytes that packed values may have when they are unpacked."""
_SMALL, _FOLDED = 2**20, 40
"""Above so many bytes, how many times as many as packed: those of real briefs are four times."""

_UNKNOWN = Span("", 0, 0)
_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
_encoded = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_KIND = "it holds a value of another kind than it should"


def pack(value: object, *, without: frozenset[str]) -> str:
    """A dataclass and all that it holds, in base64.

    Equal values make equal texts. Where a value is written in the base is left out.

    Args:
        value: A dataclass of dataclasses, tuples, mappings and the plain types of an edition.
        without: Names of fields that are left out wherever they stand.
    """
    table = _Table(without)
    table.index(value)
    text = f'{{"fields":{_encoded(table.names)},"values":[{",".join(table.entries)}]}}'
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def unpack(kind: type, packed: str, given: Mapping[str, object]) -> Any:  # Any: a `kind`
    """The `kind` that `pack` made into `packed`.

    Args:
        kind: The dataclass of the whole.
        packed: What was read; anything may stand in it.
        given: What fields have that were left out; others get the empty value of their type.

    Raises:
        NotASnapshot: It is no such value.
    """
    try:
        content = json.loads(_inflated(packed))
    except (ValueError, RecursionError) as error:
        raise NotASnapshot(why_not_json(error)) from error
    require(isinstance(content, dict) and content.keys() == {"fields", "values"}, _KIND)
    require(isinstance(content["values"], list) and isinstance(content["fields"], dict), _KIND)
    return _Reader(content["fields"], content["values"], given).whole(kind)


class _Table:
    """Dataclasses by the order in which they were done, each after all that it holds."""

    def __init__(self, without: frozenset[str]) -> None:
        self.without = without
        self.names: dict[str, list[str]] = {}
        self._places: dict[str, int] = {}
        # With each value, lest another one come to stand at the same address.
        self._known: dict[int, tuple[object, int]] = {}

    @property
    def entries(self) -> Iterable[str]:
        """The dataclasses as JSON."""
        return self._places

    def index(self, value: Any) -> int:
        """The place of a dataclass in the table."""
        if id(value) not in self._known:
            self._known[id(value)] = value, self._added(value)
        return self._known[id(value)][1]

    def _added(self, value: Any) -> int:
        kind: type = type(value)
        names = self.names.setdefault(kind.__name__, _carried(kind, self.without))
        entry = [kind.__name__, *(self._plain(getattr(value, name)) for name in names)]
        return self._places.setdefault(_encoded(entry), len(self._places))

    def _plain(self, value: object) -> object:
        """A value in the types of JSON; what a text would not tell apart is named."""
        if type(value) in _AS_THEY_ARE:
            return value
        match value:
            case tuple():
                return [self._plain(part) for part in value]
            case Edtf():
                return {"Edtf": value.text}
            case Fraction() | float():
                return {type(value).__name__: str(value)}
            case frozenset():
                return sorted(map(self._plain, value), key=str)
            case Mapping():
                return {"map": [[str(key), self._plain(part)] for key, part in value.items()]}
        if is_dataclass(value):
            return {"at": self.index(value)}
        return plain(value)


class _Reader:
    """Values of a table, each made once."""

    def __init__(
        self, names: Mapping[str, object], entries: list[object], given: Mapping[str, object]
    ) -> None:
        self.names, self.entries, self.given = names, entries, given
        self.values: dict[tuple[int, type], object] = {}

    def whole(self, kind: type) -> object:
        """The last value, which holds all others."""
        # In their order, so that none is nested deeper than its type is.
        require(bool(self.entries), _KIND)
        return self._entry(kind, len(self.entries) - 1, len(self.entries))

    def _entry(self, kind: type, place: object, before: int) -> object:
        require(type(place) is int and 0 <= place < before, _KIND)
        assert isinstance(place, int)
        if (place, kind) not in self.values:
            entry, names = self.entries[place], self.names.get(kind.__name__)
            require(isinstance(entry, list) and isinstance(names, list), _KIND)
            assert isinstance(entry, list)
            assert isinstance(names, list)
            require(len(entry) == len(names) + 1 and entry[0] == kind.__name__, _KIND)
            parts = dict(zip(names, entry[1:], strict=True))
            hints = _hints(kind)
            require(parts.keys() <= hints.keys(), _KIND)
            self.values[place, kind] = kind(
                **{
                    name: self._value(hint, parts[name], place)
                    if name in parts
                    else self._left_out(kind, name, hint)
                    for name, hint in hints.items()
                }
            )
        return self.values[place, kind]

    def _left_out(self, kind: type, name: str, hint: Any) -> object:
        """What is given, else what the field has by itself, as in data that are older than it."""
        if name in self.given:
            return self.given[name]
        default = _defaults(kind)[name]
        return _empty(hint) if default is MISSING else default

    def _value(self, hint: Any, value: object, before: int) -> object:
        """What `_Table` made into `value`, as `hint` says; of a union the one kind that fits."""
        kinds = _kinds(hint)
        if value is None:
            require(type(None) in kinds, _KIND)
            return None
        for kind in kinds:
            if _fits(kind, value, self.entries):
                return self._of(kind, value, before)
        raise NotASnapshot(_KIND)

    def _of(self, kind: Any, value: Any, before: int) -> object:
        origin, parts = get_origin(kind), get_args(kind)
        if origin is tuple:
            if len(parts) == 2 and parts[1] is Ellipsis:
                return tuple(self._value(parts[0], part, before) for part in value)
            require(len(parts) == len(value), _KIND)
            return tuple(
                self._value(part, each, before) for part, each in zip(parts, value, strict=True)
            )
        if origin is frozenset:
            return frozenset(self._value(parts[0], part, before) for part in value)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return {
                self._value(parts[0], key, before): self._value(parts[1], part, before)
                for key, part in value["map"]
            }
        if _is_entry(kind):
            return self._entry(kind, value["at"], before)
        return _scalar(kind, value)


def _fits(kind: Any, value: object, entries: list[object]) -> bool:
    """Whether a value can be read as one kind: told by its form, and by the name of a dataclass."""
    if _is_entry(kind):
        if not (isinstance(value, dict) and value.keys() == {"at"}):
            return False
        place = value["at"]
        entry = entries[place] if type(place) is int and 0 <= place < len(entries) else None
        return isinstance(entry, list) and entry[:1] == [kind.__name__]
    origin = get_origin(kind)
    if origin in (tuple, frozenset):
        return isinstance(value, list)
    if origin is Literal:
        return value in get_args(kind)
    if origin is not None:
        pairs = value.get("map") if isinstance(value, dict) else None
        return isinstance(pairs, list) and all(
            isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) for pair in pairs
        )
    if kind in (Edtf, Fraction, float):
        return isinstance(value, dict) and value.keys() == {kind.__name__}
    return type(value) is kind if kind in (bool, int) else isinstance(value, str)


def _scalar(kind: Any, value: Any) -> object:
    """A value that is written as a text or a number."""
    written = value[kind.__name__] if isinstance(value, dict) else value
    if kind not in (Fraction, float):
        return written if get_origin(kind) is Literal else typed(kind, written)
    try:
        return kind(written)
    except (ValueError, TypeError, ZeroDivisionError) as error:
        raise NotASnapshot(_KIND) from error


def _is_entry(kind: Any) -> bool:
    return isinstance(kind, type) and is_dataclass(kind) and kind is not Edtf


@lru_cache(maxsize=128)
def _carried(kind: type, without: frozenset[str]) -> list[str]:
    """The fields that are packed: places in the base are none of them."""
    return [
        name
        for name, hint in _hints(kind).items()
        if name not in without
        and not any(part is Span or Span in get_args(part) for part in _kinds(hint))
    ]


def _empty(hint: Any) -> object:
    kinds = _kinds(hint)
    if type(None) in kinds:
        return None
    kind = kinds[0]
    if kind is Span:
        return _UNKNOWN
    origin = get_origin(kind) or kind
    return {} if isinstance(origin, type) and issubclass(origin, Mapping) else origin()


def _kinds(hint: Any) -> tuple[Any, ...]:
    """The kinds that a hint allows, without what is only said about them."""
    if isinstance(hint, NewType):
        return _kinds(hint.__supertype__)
    if get_origin(hint) is Annotated:
        return _kinds(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        return tuple(kind for part in get_args(hint) for kind in _kinds(part))
    return (hint,)


@lru_cache(maxsize=128)
def _hints(kind: type) -> Mapping[str, Any]:
    """The type of each field, in the order of the fields."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


@lru_cache(maxsize=128)
def _defaults(kind: type) -> Mapping[str, object]:
    """What each field has by itself; `MISSING` where that is made anew each time, or is nothing."""
    return {field.name: field.default for field in fields(kind)}


def _inflated(packed: str) -> str:
    """The text in base64 and zlib; never more of it than a brief of that size could have.

    A value that stands there a million times would cost a reader hours, and a file next to nothing.
    """
    most = min(LARGEST, max(_SMALL, _FOLDED * len(packed)))
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(base64.b64decode(packed, validate=True), most)
        require(unpacking.eof and not unpacking.unused_data, "it is not packed as we do it")
        return text.decode()
    except (binascii.Error, zlib.error, ValueError) as error:
        raise NotASnapshot("it is not packed as we do it") from error
