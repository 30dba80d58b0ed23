"""Places as the Language Server Protocol counts them: lines from 0, columns in UTF-16 units."""

from __future__ import annotations

from lsprotocol.types import Position, Range

from briefings.core.span import SourceText, Span, line_starts


def position(text: SourceText, index: int) -> Position:
    """The position of a code point of a text, which may be one past the end."""
    at = text.position(index)
    before = text.text[index - at.column + 1 : index]
    return Position(at.line - 1, _units(before))


def place(text: SourceText, span: Span) -> Range:
    """The range of a half-open range of code points."""
    return Range(position(text, span.start), position(text, span.end))


def offset(text: SourceText, at: Position) -> int:
    """The code point at a position; one past the end of its line, or of the text, is that end.

    A position inside a character of two units is that of the character.
    """
    starts = line_starts(text.text)
    if at.line >= len(starts):
        return len(text.text)
    units = 0
    line = text.line(at.line + 1)
    for index, char in enumerate(line):
        units += _units(char)
        if units > at.character:
            return starts[at.line] + index
    return starts[at.line] + len(line)


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)
