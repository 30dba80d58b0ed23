"""In which other languages a reader of one language looks, when it has no words of its own."""

from __future__ import annotations


def chain(language: str) -> tuple[str, ...]:
    """`language` and what it is a form of, nearest first: `fa-AF`, `fa` (RFC 4647, 3.4, lookup)."""
    parts = language.split("-")
    return tuple("-".join(parts[:count]) for count in range(len(parts), 0, -1))


def primary(language: str) -> str:
    """The language without script and region: `fa` of `fa-AF`."""
    return language.partition("-")[0]
