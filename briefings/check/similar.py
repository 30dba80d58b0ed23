"""Names that look like one, misspelt, found among many without comparing each with each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import TypeAlias

CLOSE = 0.88
"""Two names look like one above this ratio of `difflib`: twice what matches over both lengths."""

MOST_TOLD = 50
"""Of the names that one name is close to: of thousands that are all alike nobody reads each two."""

_Gram: TypeAlias = tuple[str, str, int]
"""Two letters that follow each other in a name, and how often they did so in it before."""


def similar(names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each two of `names` that are more alike than `CLOSE`, in order, the smaller first.

    Names that share none of their rarest pairs of letters are not compared at all: they cannot be
    close (Chaudhuri, Ganti and Kaushik, A Primitive Operator for Similarity Joins, 2006). A name
    that is close to very many is told beside the first of them.
    """
    matcher = SequenceMatcher(None, autojunk=False)
    close: list[tuple[str, str]] = []
    for later, earlier in _near(names):
        matcher.set_seq2(later)
        alike = (name for name in earlier if _is_close(matcher, name))
        close += [(name, later) for name in islice(alike, MOST_TOLD)]
    yield from sorted(close)


def _is_close(matcher: SequenceMatcher[str], name: str) -> bool:
    matcher.set_seq1(name)
    return matcher.quick_ratio() > CLOSE and matcher.ratio() > CLOSE


def _near(names: Collection[str]) -> Iterator[tuple[str, Iterator[str]]]:
    """Each of `names` with those before it in order that may be close: no close one is missing.

    They are looked for no further than they are asked for.
    """
    ordered = sorted(set(names) - {""})
    grams = _ranked({name: _grams(name) for name in ordered})
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for name in ordered:
        own, length = grams[name], len(name)
        # Of any so many grams that a close name must share, one is among these.
        rarest = sorted(own)[: len(own) - _fewest_shared(length) + 1]
        near = dict.fromkeys(chain.from_iterable(holders[gram] for gram in rarest))
        yield name, _sharing(near, grams, name)
        for gram in rarest:
            holders[gram].append(name)


def _sharing(names: Iterable[str], grams: Mapping[str, frozenset[int]], name: str) -> Iterator[str]:
    own, length = grams[name], len(name)
    for other in names:
        if len(own & grams[other]) >= _shared(length, len(other)):
            yield other


def _ranked(grams: Mapping[str, Sequence[_Gram]]) -> dict[str, frozenset[int]]:
    """The grams of each name as numbers, the rarest of all names first."""
    spread = Counter(gram for each in grams.values() for gram in each)
    ranks = {
        gram: rank
        for rank, gram in enumerate(sorted(spread, key=lambda gram: (spread[gram], gram)))
    }
    return {name: frozenset(ranks[gram] for gram in each) for name, each in grams.items()}


def _grams(name: str) -> list[_Gram]:
    seen: Counter[tuple[str, str]] = Counter()
    grams = []
    for pair in pairwise(name):
        grams.append((*pair, seen[pair]))
        seen[pair] += 1
    return grams


@lru_cache(maxsize=256)
def _fewest_shared(length: int) -> int:
    """How many grams a name of this length shares with any other that is close to it, at least."""
    return min(_shared(length, other) for other in range(1, 2 * length))


@lru_cache(maxsize=4096)
def _shared(length: int, other: int) -> int:
    """How many grams close names of these lengths share; more than there are if none are close.

    Let `m` letters match, in order, between names of the lengths `a` and `b`. Of the `a - 1` pairs
    of letters in the first, each of the `a - m` letters left out breaks two at most, and each of
    the `b - m` put in one: `3m - a - b - 1` are left or more.
    """
    both = length + other
    least = int(CLOSE * both / 2)
    matching = next(count for count in range(least, both) if 2 * count / both > CLOSE)
    return 3 * matching - both - 1 if matching <= min(length, other) else both
