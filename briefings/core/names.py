"""Names that were meant: the known one that looks most like one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

FEW = 12
"""So many known names a message can still list."""

_ALIKE = 0.55


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like `name`, None if none does. Order plays no part."""
    close = get_close_matches(name, sorted(known), n=1, cutoff=_ALIKE)
    return close[0] if close else None


def suggestion(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """A hint at the nearest known name, or at all of a few, or none."""
    names = sorted(known)
    if (near := nearest(name, names)) is not None:
        return (f"did you mean `{near}`?",)
    if 0 < len(names) <= FEW:
        return ("known: " + ", ".join(f"`{each}`" for each in names),)
    return ()
