"""The line that a mistake stands on, with the place marked so that it can't drift."""

from __future__ import annotations

import re
import unicodedata

from briefings.core.characters import legible
from briefings.core.excerpts import head, tail
from briefings.core.span import SourceText, Span

WIDEST = 100
"""How many columns of a line are shown."""

_NEAR = 4 * WIDEST
_LINE_END = re.compile(r"[\r\n]")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})


def frame(span: Span, source: SourceText) -> list[str]:
    """The line at `span` with carets below what is meant, or with that alone in its quotes.

    Carets stand by the columns of a terminal, in which an East Asian letter is two wide and a
    combining mark none. Where letters run from right to left no column is sure, so that there the
    words are quoted instead.
    """
    at = source.position(span.start)
    parts = _parts(span, source.text, span.start - at.column + 1)
    before, marked, after = (legible(each) for each in parts)
    gutter = f"{at.line:5d} | "
    if any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for part in parts for char in part):
        return [f"{gutter}“{head(marked, WIDEST)}”"] if marked else []
    marked = head(marked, WIDEST)
    before = tail(before, max(WIDEST - _width(marked), WIDEST // 4))
    after = head(after, max(WIDEST - _width(before) - _width(marked), WIDEST // 4))
    carets = "^" * max(1, _width(marked))
    return [
        f"{gutter}{before}{marked}{after}".rstrip(),
        " " * (len(gutter) + _width(before)) + carets,
    ]


def _parts(span: Span, text: str, beginning: int) -> tuple[str, str, str]:
    """What the line that begins at `beginning` has before, at and behind a place.

    Of a line that is longer than anyone reads, what is near.
    """
    start = span.start
    marked = _to_line_end(text[start : max(span.end, start)])
    end = start + len(marked)
    before = text[max(beginning, start - _NEAR) : start].rstrip("\r\n")
    after = _to_line_end(text[end : end + _NEAR])
    return before, marked[:_NEAR], after


def _to_line_end(text: str) -> str:
    return _LINE_END.split(text, maxsplit=1)[0]


def _width(text: str) -> int:
    """How many columns a terminal takes for `text` (UAX #11; marks take none)."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
