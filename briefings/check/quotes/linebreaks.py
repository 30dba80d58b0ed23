"""Words that a line end broke: the hyphen there may be the word's own or only the line's."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from briefings.check.quotes.cuts import splits
from briefings.check.quotes.fold import Folded
from briefings.check.quotes.haystack import Haystack
from briefings.core.values import dataclass

_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?P<end> ?)(?=[^\W\d_])")
_LINE_END = re.compile(r"[\n\r\f]")
_MOST_TRIED = 20_000


@dataclass(frozen=True, slots=True)
class Joined:
    """A folded text without the hyphens inside its words.

    `own` and `broken` are the places in it, in order, where a hyphen stood: within a line, and
    at the end of one.
    """

    folded: Folded
    haystack: Haystack
    own: tuple[int, ...]
    broken: tuple[int, ...]

    def places(self, needle: str) -> Iterator[tuple[int, int]]:
        """Where `needle` stands whole, with every hyphen of its own and any of a line end."""
        bare, hyphens = _without_hyphens(needle)
        for index in islice(self.haystack.places(bare), _MOST_TRIED):
            end = index + len(bare)
            if (
                self._agrees({index + at for at in hyphens}, index, end)
                and not splits(self.folded, index)
                and not splits(self.folded, end)
            ):
                yield index, end

    def _agrees(self, hyphens: set[int], start: int, end: int) -> bool:
        own = set(_within(self.own, start, end))
        return own <= hyphens <= own.union(_within(self.broken, start, end))


def joined(folded: Folded) -> Joined | None:
    """The text without hyphens inside words, None where no line ends in one."""
    own, broken = list[int](), list[int]()
    pieces: list[tuple[int, int]] = []
    last = length = 0
    for match in _HYPHEN.finditer(folded.text):
        at_end = bool(match["end"])
        if at_end and _LINE_END.search(_behind(folded, match.end() - 1)) is None:
            continue
        pieces.append((last, match.start()))
        length += match.start() - last
        (broken if at_end else own).append(length)
        last = match.end()
    if not broken:
        return None
    pieces.append((last, len(folded.text)))
    bare = folded.parts(pieces)
    return Joined(bare, Haystack(bare.text), tuple(own), tuple(broken))


def _behind(folded: Folded, index: int) -> str:
    return folded.original[slice(*folded.original_range(index, index + 1))]


def _without_hyphens(needle: str) -> tuple[str, tuple[int, ...]]:
    """`needle` without hyphens inside words, and where in what is left they stood."""
    hyphens = [match.start() for match in _HYPHEN.finditer(needle) if not match["end"]]
    bare = "".join(char for at, char in enumerate(needle) if at not in set(hyphens))
    return bare, tuple(at - before for before, at in enumerate(hyphens))


def _within(places: tuple[int, ...], start: int, end: int) -> tuple[int, ...]:
    return places[bisect_left(places, start + 1) : bisect_left(places, end)]
