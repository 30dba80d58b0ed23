"""Entries as they were read, as bytes, and back: by the text of the lines in which they stand.

Places are kept from where the lines begin. What is read back can hold nothing but the values that
an entry of the model is made of, whatever the bytes are.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, get_args

from briefings.core.digests import values_of
from briefings.core.fields import annotations_of
from briefings.core.model import Acceptance, FactBase
from briefings.core.overriding import override
from briefings.core.span import Span
from briefings.core.values import dataclass
from briefings.load.entries import sections_of

_Makers = Mapping[tuple[str, str], Callable[..., Any]]


class Damaged(Exception):
    """Bytes that no entries were made into."""


class NotKept(Exception):
    """Entries that hold a place out of their lines."""


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An entry in which nothing was wrong: `place` is that of its id, `digest` of what it says."""

    id: str
    place: Span
    value: Any
    answers: tuple[Acceptance, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class KeptPiece:
    """The entries of a piece, as long as the rest of the base answers as it did.

    `asked` are ids of other entries, by section, each with whether there was one. `terms` are for
    each source of the piece what entries that cite it take from it, `cited` what those of the piece
    took from theirs. `events` is how many events of YAML the piece comes to.
    """

    entries: tuple[KeptEntry, ...]
    asked: tuple[tuple[str, str, bool], ...]
    terms: tuple[tuple[str, str], ...]
    cited: tuple[tuple[str, str], ...]
    events: int


def packed(piece: KeptPiece, path: str, start: int, end: int) -> bytes:
    """A piece as bytes; equal pieces at other places make equal ones.

    Args:
        piece: What was read of it.
        path: The file in which it stands.
        start: Where its lines begin there, half-open in code points.
        end: Where they end.

    Raises:
        NotKept: A place in it is not in these lines.
    """

    def placed(span: Span) -> tuple[type, tuple[int, int]]:
        if span.path != path or not start <= span.start <= span.end <= end:
            raise NotKept
        return Span, (span.start - start, span.end - start)

    written = io.BytesIO()
    pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {**_reducers(), Span: placed}
    pickler.dump(piece)
    return written.getvalue()


def unpacked(content: bytes, path: str, start: int) -> KeptPiece:
    """The piece that was made into bytes, at the place where its lines stand now.

    Args:
        content: The bytes.
        path: The file that it stands in now.
        start: Where it begins there, in code points from 0.

    Raises:
        Damaged: There is no such piece in the bytes.
    """

    def placed(first: int, last: int) -> Span:
        return Span(path, start + first, start + last)

    piece = _read(content, {**_makers(), _name(Span): placed})
    if not isinstance(piece, KeptPiece):
        raise Damaged
    return piece


def table(content: bytes) -> dict[bytes, bytes]:
    """Pieces as bytes, by the digest of their lines, as `pickle` has such a table.

    Raises:
        Damaged: There is none in the content.
    """
    held = _read(content, {})
    if not isinstance(held, dict) or {type(each) for each in held.values()} - {bytes}:
        raise Damaged
    return held


def _read(content: bytes, makers: _Makers) -> object:
    try:
        return _Unpickler(content, makers).load()
    # Bytes that are no pickle of ours can end in any of the errors of its instructions.
    except Exception as error:
        raise Damaged from error


class _Unpickler(pickle.Unpickler):
    """Calls nothing but what it is given, by module and name."""

    def __init__(self, content: bytes, makers: _Makers) -> None:
        super().__init__(io.BytesIO(content))
        self.makers = makers

    @override
    def find_class(self, module: str, name: str) -> Any:
        """What makes the values of a class."""
        return self.makers[module, name]


def _name(kind: type) -> tuple[str, str]:
    return kind.__module__, kind.__qualname__


@cache
def _makers() -> dict[tuple[str, str], Callable[..., Any]]:
    """What makes the values of each class that an entry may hold."""
    return {_name(kind): _maker(kind) if is_dataclass(kind) else kind for kind in _kinds()}


@cache
def _reducers() -> dict[type, Callable[[Any], tuple[type, tuple[object, ...]]]]:
    return {kind: _reduced for kind in _kinds() if is_dataclass(kind)}


def _reduced(value: Any) -> tuple[type, tuple[object, ...]]:
    return type(value), values_of(value)


def _maker(kind: type) -> Callable[..., Any]:
    """Makes a frozen dataclass of what its fields held, by its slots: at a third of the cost."""
    setters = [vars(kind)[each.name].__set__ for each in fields(kind)]
    new = object.__new__

    def instance(*held: object) -> Any:
        value: Any = new(kind)
        for setter, each in zip(setters, held, strict=True):
            setter(value, each)
        return value

    return instance


@cache
def _kinds() -> frozenset[type]:
    """Every class of whose values entries are made, but places."""
    known: set[type] = {KeptPiece, date}
    entries = (section.entry for section in sections_of(FactBase))
    waiting: list[Any] = [KeptEntry, Acceptance, *entries]
    while waiting:
        kind = waiting.pop()
        if not isinstance(kind, type) or kind in known or kind is Span:
            continue
        if is_dataclass(kind):
            hints = annotations_of(kind).values()
            waiting += [part for hint in hints for part in _parts(hint)]
        if is_dataclass(kind) or issubclass(kind, Enum):
            known.add(kind)
    return frozenset(known)


def _parts(hint: Any) -> Iterator[Any]:
    """The types of which a type is made, and itself."""
    yield hint
    supertype = getattr(hint, "__supertype__", None)
    parts: Iterable[Any] = get_args(hint) if supertype is None else (supertype,)
    for part in parts:
        yield from _parts(part)
