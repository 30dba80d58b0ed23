"""A captured document's bytes to its text and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefings.core import characters
from briefings.core.model import Document, ParagraphStyle, SourceId

_LINE = re.compile(r"[^\r\n]+")
_EMPTY_LINE = re.compile(r"(?:\r\n|\n|\r)[^\S\r\n]*(?:\r\n|\n|\r)")


class NotText(Exception):
    """The bytes are no UTF-8 text; the message says why."""


def decode(source: SourceId, path: str, content: bytes, style: ParagraphStyle) -> Document:
    """The document; a UTF-8 BOM is dropped, nothing else is changed."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(
            f"it is not UTF-8: byte {error.start} is {content[error.start]:#04x}"
        ) from error
    if "\0" in text:
        raise NotText("it is binary: it holds a NUL character")
    return Document(source, path, text, paragraphs(text, style))


def disturbances(document: Document) -> Iterator[tuple[int, str]]:
    """Places of characters that change how the document prints, each with what it is."""
    for index in characters.disturbing(document.text):
        yield index, characters.name(document.text[index])
    for match in characters.mixed(document.text):
        yield match.start(), f"“{match.group()}”, of two scripts"


def paragraphs(text: str, style: ParagraphStyle) -> tuple[tuple[int, int], ...]:
    """Half-open ranges of the paragraphs of `text`, without white space at their ends."""
    if style is ParagraphStyle.LINES:
        ranges = [match.span() for match in _LINE.finditer(text)]
    else:
        ends = [match.start() for match in _EMPTY_LINE.finditer(text)]
        ranges = list(zip([0, *ends], [*ends, len(text)], strict=True))
    return tuple(
        (
            start + len(text[start:end]) - len(text[start:end].lstrip()),
            end - _trailing(text, start, end),
        )
        for start, end in ranges
        if text[start:end].strip()
    )


def _trailing(text: str, start: int, end: int) -> int:
    part = text[start:end]
    return len(part) - len(part.rstrip())
