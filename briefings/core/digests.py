"""What values say, as digests: the same for equal values, wherever they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from hashlib import blake2b, sha256
from operator import attrgetter
from typing import Any

from briefings.core.model.facts import Fact
from briefings.core.span import Span

# What a fact does not list is taken from its statement later on: it says the same for all that.
_TAKEN = {Fact: frozenset({"actors", "places"})}


def digest_of(content: object) -> str:
    """A digest of plain values in tuples and lists, 128 bits in hex: of all that `repr` tells."""
    return blake2b(_written(content), digest_size=16).hexdigest()


def content_of(value: object) -> object:
    """What an entry says as it is read: plain values in tuples, of which `repr` tells all.

    Args:
        value: An entry, or a part of one: dataclasses, tuples, mappings and plain values.

    Returns:
        It without places, and without the actors and places that a fact lists.
    """
    if (getter := _getters.get(type(value))) is not None:
        parts = getter(value)
    elif isinstance(value, tuple):
        parts = value
    elif value is None or isinstance(value, str | Span):
        return value if isinstance(value, str) else None
    elif isinstance(value, Mapping):
        return tuple((name, content_of(each)) for name, each in value.items())
    elif is_dataclass(value):
        kind: Any = type(value)
        _getters[kind] = _getter(kind, _TAKEN.get(kind, frozenset()))
        parts = _getters[kind](value)
    else:
        return value
    return tuple(
        [
            each if type(each) is str else None if type(each) is Span else content_of(each)
            for each in parts
        ]
    )


def values_of(value: object) -> tuple[object, ...]:
    """What the fields of a dataclass hold, of which it has two or more."""
    kind: Any = type(value)
    return _getter(kind)(value)


class Digests:
    """Digests of values that share much of what they hold: each dataclass is looked at once."""

    def __init__(self) -> None:
        # With each digest its value, lest another one come to stand at the same address.
        self._known: dict[int, tuple[object, bytes]] = {}

    def of(self, value: object) -> str:
        """The hex SHA-256 of a value, which no other kind of value has.

        Args:
            value: Dataclasses, tuples, mappings, sets and plain values in one another. Where
                something is written in a base is no part of what it says; the order of a mapping
                is.

        Raises:
            TypeError: It holds a value of another type.
        """
        return sha256(_written(self._parts(value))).hexdigest()

    def _parts(self, value: Any) -> object:
        """The value in types that it can't hold itself, but for tuples and plain values."""
        match value:
            case Enum() | None | str() | bool() | int() | float() | Fraction() | date():
                return value
            case Span():
                return ...
            case tuple():
                return tuple([self._parts(each) for each in value])
            case Mapping():
                return [(self._parts(key), self._parts(each)) for key, each in value.items()]
            case frozenset():
                return {"set": sorted(repr(self._parts(each)) for each in value)}
        if is_dataclass(value):
            return self._once(value)
        raise TypeError(f"a value of type {type(value).__name__} has no digest")

    def _once(self, value: Any) -> bytes:
        if id(value) not in self._known:
            kind: Any = type(value)
            parts = [self._parts(getattr(value, name)) for name in _names(kind)]
            known = sha256(_written((kind.__name__, parts))).digest()
            self._known[id(value)] = value, known
        return self._known[id(value)][1]


def _written(content: object) -> bytes:
    return repr(content).encode("utf-8", "surrogatepass")


@cache
def _getter(kind: Any, without: frozenset[str] = frozenset()) -> attrgetter[tuple[object, ...]]:
    return attrgetter(*(name for name in _names(kind) if name not in without))


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


_getters: dict[type, attrgetter[tuple[object, ...]]] = {}
