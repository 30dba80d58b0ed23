"""Texts and places in them: every value of a base keeps where it was written."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate, islice

from briefings.core.values import dataclass

_LINE_END = re.compile(r"\r\n|\n|\r")
_LONGEST = 10_000  # characters of a place in which words are looked for


@dataclass(frozen=True, slots=True)
class Position:
    """A place as people count it: line and column from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `start <= end`, in the text named `path`."""

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text as it was read: `path` relative to the desk with `/`, `text` without a BOM.

    Lines end at LF, CR LF or CR only; U+2028, U+0085 and the like are characters of a line.
    """

    path: str
    text: str

    def position(self, index: int) -> Position:
        """Line and column of the code point at `index`, which may be one past the end."""
        starts = _line_starts(self.text)
        line = bisect_right(starts, index)
        return Position(line, index - starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of line `number`, counted from 1, without its line end."""
        starts = _line_starts(self.text)
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def slice(self, span: Span) -> str:
        """The code points that `span` covers."""
        return self.text[span.start : span.end]


def narrowed(span: Span, source: SourceText, words: str) -> Span:
    """Where words stand within a place, also over the end of a line.

    Args:
        span: The place.
        source: The text that it is of.
        words: What is looked for; white space stands for any white space.

    Returns:
        Their place; `span` where they stand there more than once or not as they are written here,
        and where it is longer than anyone reads.
    """
    written = r"\s+".join(map(re.escape, words.split()))
    if not written or span.end - span.start > _LONGEST:
        return span
    for pattern in (rf"(?<!\w){written}(?!\w)", written):  # not all scripts part their words
        places = list(islice(re.finditer(pattern, source.slice(span)), 2))
        if places:
            first, last = places[0].start() + span.start, places[0].end() + span.start
            return Span(span.path, first, last) if len(places) == 1 else span
    return span


_looked_at: tuple[str, tuple[int, ...]] = ("", (0,))
"""What was asked for last: to see that a large text equals another one takes a while."""


def _line_starts(text: str) -> tuple[int, ...]:
    global _looked_at  # noqa: PLW0603 # a memory of one, which changes no answer
    if _looked_at[0] is not text:
        _looked_at = text, _known_starts(text)
    return _looked_at[1]


@lru_cache(maxsize=128)
def _known_starts(text: str) -> tuple[int, ...]:
    return line_starts(text)


def line_starts(text: str) -> tuple[int, ...]:
    """Where the lines of a text begin, in order."""
    if "\r" not in text:  # the usual case, at a third of the cost
        lengths = (len(line) + 1 for line in text.split("\n"))
        return tuple(accumulate(islice(lengths, text.count("\n")), initial=0))
    return (0, *(match.end() for match in _LINE_END.finditer(text)))
