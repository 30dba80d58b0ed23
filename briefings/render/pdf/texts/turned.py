"""What glyphs say to pdfium, which Chrome reads PDFs with, so that it reads what stands there.

Pdfium parts a line as it stands on paper where the class of its letters changes (UAX #9, table 4:
to the right, to the left, weak, neutral), puts the parts of a line to the left in the opposite
order, and turns round, with mirrored brackets, those to the left and the neutral ones behind them.
It knows no levels, so that it reads "UN Women" in a Persian line as "Women UN", and "C2" as "2C".
What it has to find for a text to come out is found by doing the same to the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

TAG = "ReversedChars"
"""What marks a glyph for pdfium: characters in reverse order (ISO 32000-1, 14.8.2.3.3)."""

TOUCHING = 0.15
"""How far apart, in units of the type size, two pieces on a line may be and still be one word."""

RAISED = 0.7
"""How far above or below its line, in units of the type size, a piece may stand."""

PARTING = "\x93"
"""What parts a word for pdfium, which counts the parts; it hands on none of these."""

_LONGEST = 300
"""How many letters may be said beside glyphs one after the other: more than a line has."""

_PARTS = re.compile("R+|L+|W+|N+")
"""Parts of a line, in the kinds of its letters."""

_WORDS = re.compile("R[RN]*|L+|W+|N+")
"""Parts of a line, but words to the left in one part with the signs behind them."""

_WEAK = frozenset({"AN", "EN", "NSM", "CS", "ES", "ET", "BN"})
_PAIRS = "()[]{}<>«»‹›≤≥≪≫⁅⁆⁽⁾₍₎⟦⟧⟨⟩⟪⟫〈〉《》「」『』【】〔〕"  # as they are

MIRRORED = dict(
    [*zip(_PAIRS[::2], _PAIRS[1::2], strict=True), *zip(_PAIRS[1::2], _PAIRS[::2], strict=True)]
)
"""Each of these by what it is drawn as in a text to the left."""

MIRRORED_BY_PDFIUM = MIRRORED | dict(zip("‘’“”…\ufe19", "’‘”“\ufe19…", strict=True))  # as they are
"""Pdfium mirrors these marks too, which Unicode draws the same in either direction.

It takes what it turns for its compatible form: points of an ellipsis for three full stops, but an
upright ellipsis (U+FE19) for one that lies.
"""

_MIRROR = str.maketrans(MIRRORED_BY_PDFIUM)


def parts_missing(text: str, *, to_left: bool) -> int:
    """How many parts a line lacks for pdfium to take it for one to the left, or to the right.

    It counts the parts of either direction; where they are equal, one version differs from another.
    """
    along, against = ("R", "L") if to_left else ("L", "R")
    kinds = kinds_of(text)
    if against not in kinds:
        return 0
    parts = [part[0] for part in _PARTS.findall(kinds)]
    return max(0, parts.count(against) + 1 - parts.count(along))


def turned_for_pdfium(text: str, *, to_left: bool, apart: bool = False) -> str:
    """What has to stand from left to right for pdfium to read `text` in a line.

    Args:
        text: What is to be read.
        to_left: Whether pdfium takes the line for one to the left.
        apart: Whether signs have none beside them, so that each is turned by itself.
    """
    # In a line to the left, words with what stands between them are turned as one.
    parts = _parts(text, _WORDS if to_left else _PARTS)
    turned = _turned(parts, to_left=to_left, current="R" if to_left else "L", apart=apart)
    return "".join(reversed(turned) if to_left else turned)


def as_pdfium_reads(shown: str, *, to_left: bool, apart: bool = False, behind: str = "") -> str:
    """What pdfium reads where `shown` stands from left to right in a line.

    Args:
        shown: What stands there.
        to_left: Whether pdfium takes the line for one to the left.
        apart: As of `turned_for_pdfium`.
        behind: Which way the letter goes behind which it stands, `R` or `L`; empty if none does.
    """
    parts = _parts(shown, _PARTS)
    current = behind or ("R" if to_left else "L")
    return "".join(
        _turned(parts[::-1] if to_left else parts, to_left=to_left, current=current, apart=apart)
    )


def _turned(
    parts: Sequence[tuple[str, str]], *, to_left: bool, current: str, apart: bool
) -> list[str]:
    """Each part of a line as pdfium turns it, where it takes the line for one to the left or not.

    `current` is the direction of what is read before them.
    """
    turned: list[str] = []
    for kind, part in parts:
        if kind in "RL":
            current = kind
        is_turned = kind in "RN" and current == "R"
        own = part.translate(_MIRROR) if is_turned else part
        is_backwards = to_left if apart and kind == "N" else is_turned
        turned.append(own[::-1] if is_backwards else own)
    return turned


def said_for(found: str, following: str) -> str:
    """What is to be said beside a glyph for pdfium to find letters there, apart from the next ones.

    Some versions turn no part of a line round that begins with what is said beside a glyph: so no
    part may have several signs.
    """
    return "".join(
        letter + PARTING if kind_of(letter) == "N" == kind_of(behind) else letter
        for letter, behind in pairwise(found + (following or "a")[0])
    )


@lru_cache(maxsize=4096)
def agrees_when_turned(turned: str, shown: str) -> bool:
    """Whether `turned` may be said for pdfium beside glyphs from left to right that say `shown`.

    Whoever reads a PDF holds it against its glyphs by this, so that Chrome can't be told otherwise.
    """
    texts = {
        as_pdfium_reads(turned, to_left=to_left, apart=True, behind=behind).replace(PARTING, "")
        for to_left in (False, True)
        for behind in "LR"
    }
    return any(
        _is_read_from_right(text, shown) or _is_read_from_right(*_between_signs(text, shown))
        for text in texts
    )


def _is_read_from_right(text: str, shown: str) -> bool:
    """Whether one who reads `shown` from the right, and names and numbers from the left, reads it.

    What is read from the left has no letter to the left in it, and no word or number is cut.
    """
    if len(text) != len(shown) or len(shown) > _LONGEST:
        return False
    kinds = kinds_of(shown)
    edges = [place for place in range(len(shown) + 1) if not _is_within(shown, place)]
    reached = {len(shown)}
    for end in reversed(edges):
        for start in edges if end in reached else ():
            part, done = shown[start:end], len(shown) - end
            if not part or not text.startswith(part, done):
                continue
            if len(part) == 1 or "R" not in kinds[start:end]:
                reached.add(start)
    return 0 in reached


def _between_signs(text: str, shown: str) -> tuple[str, str]:
    """Two texts without the signs and spaces at their ends that are the same."""
    start, stop = 0, len(shown)
    if len(text) == stop:
        while start < stop and text[start] == shown[start] and _is_sign(shown[start]):
            start += 1
        while start < stop and text[stop - 1] == shown[stop - 1] and _is_sign(shown[stop - 1]):
            stop -= 1
    return text[start:stop], shown[start:stop]


def _is_sign(letter: str) -> bool:
    return kind_of(letter) in "WN" and not letter.isdecimal()


def _is_within(text: str, place: int) -> bool:
    """Whether a place lies within a word to the right, or a number."""
    before, behind = text[place - 1 : place], text[place : place + 1]
    if kind_of(before or " ") == "W" and not before.isdecimal():
        before = text[place - 2 : place - 1] if behind.isdecimal() else ""
    elif kind_of(behind or " ") == "W" and not behind.isdecimal():
        behind = text[place + 1 : place + 2] if before.isdecimal() else ""
    return all(each.isdecimal() or kind_of(each or " ") == "L" for each in (before, behind))


def _parts(text: str, pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Parts of a line, and the kind of the first letter of each."""
    return [
        (each[0][0], text[each.start() : each.end()]) for each in pattern.finditer(kinds_of(text))
    ]


def kinds_of(text: str) -> str:
    """The kind of each letter, as `kind_of` has it."""
    return text.translate(_KINDS)


class _Kinds(dict[int, str]):
    """The kind of each letter that has been asked for, by its code."""

    def __missing__(self, code: int) -> str:
        kind = self[code] = kind_of(chr(code))
        return kind


@lru_cache(maxsize=4096)
def kind_of(letter: str) -> str:
    """Of which class pdfium takes a letter for: R, L, W for weak (as is none), or N for neutral."""
    kind = unicodedata.bidirectional(letter) if letter else "BN"
    if kind in ("L", "R"):
        return kind
    return "R" if kind == "AL" else "W" if kind in _WEAK else "N"


_KINDS = _Kinds()
