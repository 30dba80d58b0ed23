"""A digest of what a value says, wherever it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from briefings.core.model.facts import Fact
from briefings.core.span import Span

# What a fact does not list is taken from its statement later on: it says the same for all that.
_TAKEN = {Fact: frozenset({"actors", "places"})}


def digest(content: object) -> str:
    """A digest of plain values in tuples and lists: of all that `repr` tells of them."""
    return blake2b(repr(content).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def content(value: object) -> object:
    """A value in tuples of plain values, without the places in it; `repr` tells all of it.

    Nor are the actors and places that a fact lists.
    """
    if (getter := _getters.get(type(value))) is not None:
        parts = getter(value)
    elif isinstance(value, tuple):
        parts = value
    elif value is None or isinstance(value, str | Span):
        return value if isinstance(value, str) else None
    elif isinstance(value, Mapping):
        return tuple((name, content(each)) for name, each in value.items())
    elif is_dataclass(value):
        kind: Any = type(value)
        _getters[kind] = _getter(kind, _TAKEN.get(kind, frozenset()))
        parts = _getters[kind](value)
    else:
        return value
    return tuple(
        [
            each if type(each) is str else None if type(each) is Span else content(each)
            for each in parts
        ]
    )


def values(value: object) -> tuple[object, ...]:
    """What the fields of a dataclass hold, of which it has two or more."""
    kind: Any = type(value)
    return _getter(kind)(value)


@cache
def _getter(kind: Any, without: frozenset[str] = frozenset()) -> attrgetter[tuple[object, ...]]:
    names = [each.name for each in fields(kind) if each.name not in without]
    return attrgetter(*names)


_getters: dict[type, attrgetter[tuple[object, ...]]] = {}
