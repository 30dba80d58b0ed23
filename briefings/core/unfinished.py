"""Names of what stands beside its place until it is whole; whoever is killed leaves it there."""

from __future__ import annotations

from pathlib import Path

_NEW = ".briefings-new"
_OLD = ".briefings-old"


def staged(path: Path) -> Path:
    """Where that is which is to come to `path`."""
    return path.with_name(f".{path.name}{_NEW}")


def replaced(path: Path) -> Path:
    """Where that is which stood at `path` before."""
    return path.with_name(f".{path.name}{_OLD}")


def is_staged(name: str) -> bool:
    """Whether something of that name was to come to another place."""
    return name.startswith(".") and name.endswith(_NEW)


def final(name: str) -> str:
    """The name that what `is_staged` was to get."""
    return name.removeprefix(".").removesuffix(_NEW)
