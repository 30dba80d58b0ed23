"""Names that were meant: the known one that looks most like one that is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

FEW = 12
"""How many known names a message can still list."""

_ALIKE = 0.55


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like `name`, None if none does. Order plays no part."""
    from difflib import get_close_matches  # noqa: PLC0415 # few runs have a name that is none

    names = sorted(known)
    same = [each for each in names if each.casefold() == name.casefold()]
    close = same or get_close_matches(name, names, n=1, cutoff=_ALIKE)
    return close[0] if close else None


def suggestion(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """A hint at the nearest known name, or at all of a few, or none."""
    names = sorted(known)
    if (near := nearest(name, names)) is not None:
        return (f"did you mean `{near}`?",)
    if 0 < len(names) <= FEW:
        return ("known: " + ", ".join(f"`{each}`" for each in names),)
    return ()


def meant(name: str, known: Iterable[str], called: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """A hint at the id that was meant: who is asked for by name has an id too.

    Args:
        name: What was asked for, and is no id.
        known: The ids that there are.
        called: The names by which the base calls them; not every id needs one.
    """
    ids = set(known)
    by_name = {
        text.casefold(): (key, text)
        for key in sorted(called.keys() & ids, reverse=True)
        for text in called[key]
    }
    asked: str | None = name.casefold()
    if asked not in by_name:
        asked = None if nearest(name, ids) else nearest(name.casefold(), by_name)
    if asked is None:
        return suggestion(name, ids)
    key, text = by_name[asked]
    return (f"did you mean `{key}`, which the base calls “{text}”?",)
