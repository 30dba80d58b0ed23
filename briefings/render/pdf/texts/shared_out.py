"""Words to the left in a line to the right, shared out among their glyphs for pdfium to find them.

It reads such words from left to right, as they do not stand. So glyphs have to say each other's
letters, in a way that all versions take for the same (see `turned`): some turn what is said beside
glyphs to the left round, or beside signs behind such, and no part of a line that begins with it. A
word said beside glyphs to the left comes out in each of them, as it stands on paper; so does
whatever is said letter by letter beside others, with a sign between that parts them, and a letter
alone beside any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import TypeAlias

from briefings.core.values import dataclass
from briefings.render.pdf.texts.turned import PARTING, kind_of

_MOST_TOGETHER = 12
"""How many letters may be said beside one glyph."""

_FARTHEST = 24
"""How many glyphs before or behind its own a letter may be said."""

_JOINED, _BEGUN, _APART = 1, 2, 10
"""What it costs to say nothing, something, and a letter that is counted as a part of its line."""

_LETTER, _LETTERS, _WORD, _NO_WORD_YET, _CLOSED = "lmwnc"
"""What glyphs say together: a letter; many; a word; one, though none of them is to the left so far;
and what nothing joins."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One in its row: its letters, and what it `has` to say, if it may be told nothing."""

    row: int
    letters: str
    is_to_left: bool
    has: str | None = None


_State: TypeAlias = tuple[int, str, bool | None]
"""How many letters have been said, what the last glyphs say together, and if one is to the left.

None: nobody knows.
"""

_Said: TypeAlias = tuple[str, "_Said"] | None
"""What the last glyph says, and those before."""


def shared_out(found: str, glyphs: Sequence[Glyph], *, is_after_left: bool | None) -> list[str]:
    """What each glyph says for pdfium to find `found`; nothing where the one before says it all.

    Args:
        found: What pdfium is to find.
        glyphs: Those of a line.
        is_after_left: Whether a glyph to the left is before them, if that is known.

    Returns:
        One text for each glyph; empty if there is no way to say it.
    """
    letters, words = _in_order(found)
    states: dict[_State, tuple[int, _Said]] = {(0, _CLOSED, is_after_left): (0, None)}
    row = -1
    for number, glyph in enumerate(glyphs):
        reached: dict[_State, tuple[int, _Said]] = {}
        for (done, now, is_left), (cost, said) in states.items():
            joins = now if glyph.row == row else _CLOSED
            if now == _NO_WORD_YET != joins:
                continue
            for says, state, more in _ways(letters, words, glyph, (done, joins, is_left)):
                known = reached.get(state)
                if known is None or cost + more < known[0]:
                    reached[state] = cost + more, (says, said)
        states = {each: way for each, way in reached.items() if abs(each[0] - number) < _FARTHEST}
        row = glyph.row
    whole = [
        way
        for (done, now, _), way in states.items()
        if done == len(letters) and now != _NO_WORD_YET
    ]
    _, said = min(whole, key=itemgetter(0), default=(0, None))
    told: list[str] = []
    while said is not None:
        told.append(said[0])
        said = said[1]
    return told[::-1]


def _in_order(found: str) -> tuple[str, dict[int, int]]:
    """The letters as they are read, and where words to the left begin and end among them."""
    letters, words = "", {}
    start = 0
    while start < len(found):
        stop = start + 1
        if kind_of(found[start]) == "R":
            while stop < len(found) and kind_of(found[stop]) == "R":
                stop += 1
            words[start] = stop
        letters += found[start:stop][::-1]
        start = stop
    return letters, words


def _ways(
    letters: str, words: Mapping[int, int], glyph: Glyph, state: _State
) -> Iterator[tuple[str, _State, int]]:
    """What a glyph may say, what has been said then, and what it costs."""
    done, now, is_left = state
    own = glyph.is_to_left
    if glyph.has is not None:
        stop = done + len(glyph.has)
        if now != _NO_WORD_YET and letters[done:stop] == glyph.has:
            yield glyph.has, (stop, _CLOSED, own or is_left), 0
        return
    if now == _NO_WORD_YET:
        yield "", (done, _WORD if own else now, own), _JOINED
        return
    if now in (_LETTER, _WORD) or (now == _LETTERS and not own):
        yield "", (done, now, own or is_left), _JOINED
    if done == len(letters):
        return
    if glyph.letters == " ":
        if letters[done] == " ":  # alone, it is passed over by pdfium
            yield " ", (done + 1, _CLOSED, is_left), _BEGUN
        return
    yield _parted(letters[done]), (done + 1, _LETTER, own), _BEGUN + _cost(letters[done])
    if done in words:
        word, is_beside = letters[done : words[done]], own or is_left is True
        yield word[::-1], (words[done], _WORD if is_beside else _NO_WORD_YET, own), _BEGUN
    if not own:
        for stop in range(done + 2, min(done + _MOST_TOGETHER, len(letters)) + 1):
            many, cost = letters[done:stop], sum(map(_cost, letters[done:stop]))
            if not cost or is_left is False:
                yield "".join(map(_parted, many)), (stop, _LETTERS, own), _BEGUN + cost


def _parted(letter: str) -> str:
    return f"{PARTING}{letter}{PARTING}" if kind_of(letter) == "R" else letter


def _cost(letter: str) -> int:
    return _APART if kind_of(letter) == "R" else 0
