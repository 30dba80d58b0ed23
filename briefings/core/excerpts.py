"""Parts of a text: the beginning or the end, cut so that it is seen; where others stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence


def head(text: str, most: int) -> str:
    """The first words of a text, at most so many code points, and ` …` where more follows.

    A text without spaces, as some scripts write it, is cut between two letters.
    """
    if len(text) <= most:
        return text
    cut = text[:most]
    words = cut.rsplit(maxsplit=1)
    return (words[0] if len(words) > 1 else cut) + " …"


def tail(text: str, most: int) -> str:
    """The last words of a text likewise, behind `… `."""
    if len(text) <= most:
        return text
    cut = text[-most:]
    word = re.search(r"\s\S", cut)
    return "… " + (cut[word.start() :].lstrip() if word else cut)


def places_of(sought: str, text: str) -> Iterator[int]:
    """Where a text that is not empty begins in another, within words too; places may overlap."""
    at = text.find(sought)
    while at >= 0:
        yield at
        at = text.find(sought, at + 1)


def begin_alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How far two texts, or two rows of words, are the same from their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (own, its) in pairs if own != its), min(len(one), len(other)))
