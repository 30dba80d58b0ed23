"""A function of another package exchanged while a context lasts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from inspect import getattr_static
from typing import Any


@contextmanager
def exchanged(name: str, new: Any, *owners: Any) -> Iterator[None]:
    """`name` of each owner is `new`; all of them had the same there, of their own or inherited."""
    old = getattr_static(owners[0], name)
    assert all(getattr_static(owner, name) is old for owner in owners), name
    inherits = {id(owner) for owner in owners if name not in vars(owner)}
    for owner in owners:
        setattr(owner, name, new)
    try:
        yield
    finally:
        for owner in owners:
            if id(owner) in inherits:
                delattr(owner, name)
            else:
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
