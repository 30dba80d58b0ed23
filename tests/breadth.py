"""How widely tests try what they hold: a slice in `make test`, all there is in `make proofs`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

from hypothesis import settings

T = TypeVar("T")

FULL: Final = "--proofs"
"""The option of pytest by which `make proofs` asks for all there is."""

_EXAMPLES: Final = 20
"""So many times the examples of `make test` are drawn for `make proofs`."""


class _Breadth:
    """Whether this run is one of `make proofs`; set once, before any test is imported."""

    def __init__(self) -> None:
        self.is_full = False


_BREADTH = _Breadth()


def choose(*, full: bool) -> None:
    """Settle how widely this run tries what it holds; drawn examples follow."""
    _BREADTH.is_full = full
    # A busy machine takes longer for the same; and each run draws other examples than the last.
    settings.register_profile("any machine", deadline=None, max_examples=examples(15, 500))
    settings.load_profile("any machine")


def cases(slice_: Sequence[T], *more: T) -> list[T]:
    """The cases of `make test`, and those that only `make proofs` adds."""
    return [*slice_, *(more if _BREADTH.is_full else ())]


def spread(items: Sequence[T], most: int) -> list[T]:
    """So many of them in `make test`, the first and the last among them, evenly between."""
    if _BREADTH.is_full or len(items) <= most:
        return list(items)
    return [items[number * (len(items) - 1) // (most - 1)] for number in range(most)]


def examples(number: int, full: int | None = None) -> int:
    """How many examples to draw where `make test` draws that many; `make proofs` draws `full`."""
    return (full or number * _EXAMPLES) if _BREADTH.is_full else number
