"""Glyphs as they stand on paper, from left to right, to text as one reads it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_LEFT = frozenset({"L"})
_RIGHT = frozenset({"R", "AL"})
_DIGITS = frozenset({"EN", "AN"})
_WITHIN_NUMBERS = frozenset({"CS", "ES", "ET", "NSM"})


def readings(glyphs: Sequence[str]) -> tuple[str, str]:
    """The text of one piece of a line, taken as part of a line to the right and of one to the left.

    The two differ only where letters of both directions stand in it.
    """
    kinds = [_kind(glyph) for glyph in glyphs]
    for place in range(len(kinds) - 2, -1, -1):
        # A mark of a letter to the left stands left of it.
        if kinds[place] == "NSM" and kinds[place + 1] in _RIGHT:
            kinds[place] = kinds[place + 1]
    if not _RIGHT.intersection(kinds):
        text = "".join(glyphs)
        return text, text
    order = list(range(len(glyphs)))
    to_right = _numbers_kept(_turned(order, kinds, _RIGHT, _LEFT), kinds)
    to_left = _numbers_kept(_turned(order[::-1], kinds, _LEFT, _RIGHT), kinds)
    return "".join(glyphs[index] for index in to_right), "".join(glyphs[index] for index in to_left)


@lru_cache(maxsize=4096)
def _kind(glyph: str) -> str:
    """The bidirectional class of what a glyph stands for: that of its first letter."""
    kinds = [unicodedata.bidirectional(char) for char in glyph]
    return next((kind for kind in kinds if kind in _LEFT | _RIGHT), kinds[0] if kinds else "BN")


def _turned(
    order: Sequence[int], kinds: Sequence[str], of: frozenset[str], against: frozenset[str]
) -> list[int]:
    """`order` with each stretch turned round that goes from a letter `of` one direction to another.

    There is none `against` it in between.
    """
    turned = list(order)
    start = stop = None
    for place, index in enumerate([*order, -1]):
        kind = kinds[index] if index >= 0 else next(iter(against))
        if kind in of:
            start, stop = place if start is None else start, place
        elif kind in against and start is not None and stop is not None:
            turned[start : stop + 1] = turned[start : stop + 1][::-1]
            start = stop = None
    return turned


def _numbers_kept(order: Sequence[int], kinds: Sequence[str]) -> list[int]:
    """`order` with each number as it stands on paper: the first digit at the left."""
    turned = list(order)
    start = stop = None
    for place, index in enumerate([*order, -1]):
        kind = kinds[index] if index >= 0 else "B"
        if kind in _DIGITS:
            start, stop = place if start is None else start, place
        elif kind not in _WITHIN_NUMBERS and start is not None and stop is not None:
            turned[start : stop + 1] = sorted(turned[start : stop + 1])
            start = stop = None
    return turned
