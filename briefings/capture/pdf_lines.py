"""The lines of a page of a PDF: its characters in order, each line with its box."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter
from statistics import median
from typing import Any, TypeAlias

from briefings.core.values import dataclass

_Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the lower left corner of the page."""
_Character: TypeAlias = tuple[str, _Box]

MOST_PAIRS = 1_000_000
"""Of what is drawn apart and what it may belong to, in a line or on a page: far more than fit."""

_VOWEL_SIGN = re.compile("[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]")
_LATIN = "\u0590"
"""No vowel sign comes before it, and most characters do."""
_ALEFS = frozenset("\u0622\u0623\u0625\u0627")


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of a page and its box, in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """How tall its letters are, in points."""
        return self.top - self.bottom


def lines_of(page: Any) -> list[PdfLine]:
    """The lines of a page as they stand in the file; one that crosses a gutter is two."""
    text = page.get_textpage()
    try:
        lines: list[PdfLine] = []
        characters: list[_Character] = []
        for char, box in _characters(text):
            if char in "\r\n":
                lines += _parted(characters)
                characters = []
            elif char != "\0":
                characters.append((char, box))
        return lines + _parted(characters)
    finally:
        text.close()
        page.close()


def _characters(text: Any) -> Iterable[_Character]:
    """Each character of a page by its index, and its box; a hyphen that ends a line is one.

    A file has millions: each is asked of PDFium itself, in as few questions as will do.

    Raises:
        pypdfium2.PdfiumError: One has no box.
    """
    import pypdfium2  # noqa: PLC0415 # of the extra

    raw, of, box = pypdfium2.raw, text.raw, pypdfium2.raw.FS_RECTF()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(of, index)
        char = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if not char.isalnum() and (code in {0x2, 0xFFFE} or raw.FPDFText_IsHyphen(of, index) == 1):
            char = "-"
        if not raw.FPDFText_GetLooseCharBox(of, index, box):
            raise pypdfium2.PdfiumError(f"character {index} has no box")
        yield char, (box.left, box.bottom, box.right, box.top)


def _with_ligatures(characters: Sequence[_Character]) -> list[_Character]:
    """Characters with lam before alef where one glyph is both: both were turned before.

    What one glyph stands for has one box.
    """
    ordered = list(characters)
    if _ALEFS.isdisjoint(map(itemgetter(0), characters)):
        return ordered
    for at, ((first, box), (second, other)) in enumerate(pairwise(characters)):
        if first in _ALEFS and second == "\u0644" and box == other:
            ordered[at : at + 2] = (second, box), (first, box)
    return ordered


def _with_marks(characters: Sequence[_Character]) -> list[_Character]:
    """Characters with each vowel sign of Arabic or Hebrew behind the letter at which it is drawn.

    Fonts place many of them by themselves, and then they stand anywhere in the line. Where there
    are more than a line has room for, all stay as they are.
    """
    strays = dict.fromkeys(
        at
        for at, (char, box) in enumerate(characters)
        if char > _LATIN
        and _VOWEL_SIGN.fullmatch(char)
        and not (at and _is_over(box, characters[at - 1][1]))
    )
    if len(strays) * len(characters) > MOST_PAIRS:
        return list(characters)
    ordered = [each for at, each in enumerate(characters) if at not in strays]
    for char, box in (characters[at] for at in strays):
        letters = (
            at
            for at, (other, place) in enumerate(ordered)
            if other.isalpha() and _is_over(box, place)
        )
        ordered.insert(next(letters, len(ordered) - 1) + 1, (char, box))
    return ordered


def _is_over(mark: _Box, letter: _Box) -> bool:
    """Whether the middle of a mark is within the width of a letter."""
    return letter[0] <= (mark[0] + mark[2]) / 2 <= letter[2]


def _parted(characters: Sequence[_Character]) -> list[PdfLine]:
    """The characters of a line as one line, or as several where wide gaps part it."""
    characters = _with_marks(_with_ligatures(characters))
    shown = [(char, box) for char, box in characters if not char.isspace()]
    if not shown:
        return []
    size = median(box[3] - box[1] for _, box in shown) or 1.0
    gap = 2 * size
    parts: list[list[_Character]] = [[]]
    last: _Box | None = None
    for char, box in characters:
        if not char.isspace():
            if last is not None and (box[0] - last[2] > gap or last[0] - box[2] > gap):
                parts.append([])
            last = box
        parts[-1].append((char, box))
    return [_line(part) for part in parts if any(not char.isspace() for char, _ in part)]


def _line(part: Sequence[_Character]) -> PdfLine:
    boxes = [box for char, box in part if not char.isspace()]
    return PdfLine(
        "".join(char for char, _ in part).strip(" \t"),
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
