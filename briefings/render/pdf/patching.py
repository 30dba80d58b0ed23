"""A function of another package exchanged while a context lasts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def exchanged(name: str, new: Any, *owners: Any) -> Iterator[None]:
    """`name` of each owner is `new`; all of them had the same there."""
    old = vars(owners[0])[name]
    assert all(vars(owner)[name] is old for owner in owners), name
    for owner in owners:
        setattr(owner, name, new)
    try:
        yield
    finally:
        for owner in owners:
            setattr(owner, name, old)


@contextmanager
def shadowed(name: str, new: Any, owner: Any) -> Iterator[None]:
    """A module that uses a function of Python's own by `name` uses `new` in its place.

    Args:
        name: A built-in function.
        new: What stands for it.
        owner: The module.
    """
    assert name not in vars(owner), name
    setattr(owner, name, new)
    try:
        yield
    finally:
        delattr(owner, name)
