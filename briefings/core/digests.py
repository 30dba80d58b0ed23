"""What a value says, as a digest: equal values have the same, wherever in the base they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from typing import Any

from briefings.core.edtf import Edtf
from briefings.core.span import Span

__all__ = ["Digests"]


class Digests:
    """Digests of values that share much of what they hold: each dataclass is looked at once."""

    def __init__(self) -> None:
        # With each digest its value, lest another one come to stand at the same address.
        self._known: dict[int, tuple[object, bytes]] = {}

    def of(self, value: object) -> str:
        """The hex SHA-256 of a value of dataclasses, tuples, mappings, sets and plain types.

        Where something is written in a base is no part of what it says. The order of a mapping is.

        Raises:
            TypeError: It holds a value of another type.

        """
        return sha256(self._bytes(value)).hexdigest()

    def _bytes(self, value: Any) -> bytes:
        if isinstance(value, str) and not isinstance(value, Enum):
            return _framed(b"s", value.encode("utf-8", "surrogatepass"))
        if is_dataclass(value) and not isinstance(value, Edtf | Span):
            return self._once(value)
        match value:
            case Span():
                return b"@"
            case tuple():
                return self._joined(b"t", value)
            case Mapping():
                return self._joined(b"m", (part for pair in value.items() for part in pair))
            case frozenset():
                return _framed(b"f", b"".join(sorted(map(self._bytes, value))))
        return _framed(b"p", _plain(value).encode())

    def _once(self, value: Any) -> bytes:
        if id(value) not in self._known:
            kind: type = type(value)
            parts = (getattr(value, name) for name in _names(kind))
            content = _framed(b"k", kind.__name__.encode()) + self._joined(b"d", parts)
            self._known[id(value)] = value, sha256(content).digest()
        return self._known[id(value)][1]

    def _joined(self, mark: bytes, parts: Iterable[object]) -> bytes:
        return _framed(mark, b"".join(map(self._bytes, parts)))


def _framed(mark: bytes, content: bytes) -> bytes:
    """With its kind and its length before it, so that no two lists of parts look alike."""
    return b"%b%d:%b" % (mark, len(content), content)


def _plain(value: object) -> str:
    match value:
        case Enum():
            return f"{type(value).__name__}.{value.name}"
        case Edtf():
            return f"Edtf {value.text}"
        case None | bool() | int() | float() | Fraction() | date():
            return f"{type(value).__name__} {value}"
    raise TypeError(f"a value of type {type(value).__name__} has no digest")


@lru_cache(maxsize=128)
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
