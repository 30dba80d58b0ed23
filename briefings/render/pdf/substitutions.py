"""What the glyphs of a font stand for that no letter has by itself: its substitutions tell (GSUB).

A font draws a syllable of many scripts with glyphs that are made of those of its letters: one for
two letters, another shape of one, a part of one. Which of these come together in a text is for the
shaper to find; what each stands for is the same wherever it comes from (ISO 14496-22, 6.3.4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from struct import error, unpack_from
from typing import TypeAlias

Substitution: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
"""Glyphs, and those that come in their place."""

_LOOKUPS = 8
"""Where the table says where its lookups are."""

_SINGLE, _MULTIPLE, _ALTERNATE, _LIGATURE, _EXTENSION = 1, 2, 3, 4, 7

_MOST_SUBTABLES, _MOST = 4096, 200_000
"""More than any font has; one that is made to mislead may name the same ones again and again."""

_MOST_ROUNDS = 8
"""A glyph is made of others that are made of others; no font goes on for so long."""


def stood_for(
    table: bytes, letters: Mapping[int, str], parts: Callable[[str], list[str]]
) -> dict[int, list[str]]:
    """What each glyph may stand for that is made of others, the most letters first, by its number.

    Args:
        table: The font's GSUB; empty where it has none.
        letters: What each glyph stands for that a letter has by itself.
        parts: Takes letters apart into those that glyphs may stand for one by one.
    """
    known, made = dict(letters), dict[int, list[str]]()
    drawn = set[int]()  # parts of syllables, each in several of them
    left = [*_readable(table)]
    for _ in range(_MOST_ROUNDS):
        waiting = list[Substitution]()
        for before, after in left:
            if not all(map(known.__contains__, before)):
                waiting.append((before, after))
                continue
            whole = "".join(known[glyph] for glyph in before)
            if len(after) > 1 and len(whole) > 1:
                drawn.update(after)
                continue
            each = parts(whole) if len(after) > 1 else [whole]
            if len(each) == len(after):
                for glyph, own in zip(after, each, strict=True):
                    known.setdefault(glyph, own)
                    made.setdefault(glyph, []).append(own)
        if len(waiting) == len(left):
            break
        left = waiting
    return {
        glyph: sorted(set(each), key=lambda own: (-len(own), own))
        for glyph, each in made.items()
        if glyph not in drawn
    }


def substituted(table: bytes) -> frozenset[int]:
    """The glyphs that come in place of others: those of a syllable that show nothing too.

    Args:
        table: The font's GSUB; empty where it has none.
    """
    return frozenset(glyph for _, after in _readable(table) for glyph in after)


def substitutions(table: bytes) -> Iterator[Substitution]:
    """The substitutions of a table, in its order.

    Args:
        table: A font's GSUB; empty where it has none.

    Raises:
        struct.error: It is a broken one.
    """
    for kind, place in islice(_subtables(table), _MOST_SUBTABLES) if table else ():
        yield from _subtable(table, kind, place)


def _readable(table: bytes) -> Iterator[Substitution]:
    """The substitutions of a table, of a broken one those before the break."""
    with suppress(error):
        yield from islice(substitutions(table), _MOST)


def _subtables(table: bytes) -> Iterator[tuple[int, int]]:
    """The kind of each, and where it is."""
    (start,) = unpack_from(">H", table, _LOOKUPS)
    for lookup in _offsets(table, start, start):
        (kind,) = unpack_from(">H", table, lookup)
        for place in _offsets(table, lookup + 4, lookup):
            yield kind, place


def _subtable(table: bytes, kind: int, place: int) -> Iterator[Substitution]:
    if kind == _EXTENSION:
        _, kind, further = unpack_from(">HHI", table, place)
        place += further
    form, covered = unpack_from(">HH", table, place)
    if kind == _SINGLE and form == 1:
        (further,) = unpack_from(">h", table, place + 4)
        for glyph in _covered(table, place + covered):
            yield (glyph,), ((glyph + further) % 0x10000,)
    elif kind == _SINGLE:
        for glyph, other in zip(
            _covered(table, place + covered), _numbers(table, place + 4), strict=False
        ):
            yield (glyph,), (other,)
    elif kind in (_MULTIPLE, _ALTERNATE, _LIGATURE):
        sets = zip(
            _covered(table, place + covered), _offsets(table, place + 4, place), strict=False
        )
        for glyph, own in sets:
            if kind == _LIGATURE:
                for ligature in _offsets(table, own, own):
                    made, count = unpack_from(">HH", table, ligature)
                    others = unpack_from(f">{max(count - 1, 0)}H", table, ligature + 4)
                    yield (glyph, *others), (made,)
            elif kind == _MULTIPLE:
                yield (glyph,), _numbers(table, own)
            else:
                for other in _numbers(table, own):
                    yield (glyph,), (other,)


def _covered(table: bytes, place: int) -> Iterator[int]:
    """The glyphs that a subtable is about, in its order."""
    form, count = unpack_from(">HH", table, place)
    if form == 1:
        yield from unpack_from(f">{count}H", table, place + 4)
        return
    for number in range(count):
        first, last, _ = unpack_from(">HHH", table, place + 4 + 6 * number)
        yield from range(first, last + 1)


def _numbers(table: bytes, place: int) -> tuple[int, ...]:
    """A row of numbers behind how many they are."""
    (count,) = unpack_from(">H", table, place)
    return unpack_from(f">{count}H", table, place + 2)


def _offsets(table: bytes, place: int, base: int) -> Iterator[int]:
    """The places that a row of offsets from a base leads to."""
    return (base + number for number in _numbers(table, place))
