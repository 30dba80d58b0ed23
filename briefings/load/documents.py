"""A captured document's bytes to its text and paragraphs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from hashlib import sha256

from briefings.core import characters
from briefings.core.limits import DOCUMENT, LINES
from briefings.core.model import Document, ParagraphStyle, SourceId

_LINE = re.compile(r"\S(?:[^\r\n]*\S)?")  # without white space at its ends
_EMPTY_LINES = re.compile(r"(?:\r\n|\n|\r)[^\S\r\n]*(?:\r\n|\n|\r)\s*")


def decode(source: SourceId, path: str, content: bytes, style: ParagraphStyle) -> Document:
    """The document that a text in UTF-8 is; only its byte order mark is dropped.

    Args:
        source: The source whose capture it is.
        path: Where it stands, relative to the desk.
        content: Its bytes, of which `format_of` finds no fault.
        style: What ends a paragraph.

    Raises:
        UnicodeDecodeError: It is no UTF-8 after all.
    """
    text = content.decode("utf-8-sig")
    return Document(source, path, text, paragraphs(text, style))


def too_much(content: bytes) -> tuple[str, ...] | None:
    """Why a document can't be one for what it costs: a clause, and what to do; None if it can.

    Its lines are counted without making any.
    """
    ends = content.count(b"\n") + content.count(b"\r") - content.count(b"\r\n")
    lines = ends + (not content.endswith((b"\n", b"\r")))
    step = "capture only the part that is quoted"
    if len(content) > DOCUMENT.most:
        counted = f"its text has {len(content):,} bytes; {DOCUMENT.shown} are the most"
        return counted, step, DOCUMENT.raising_to(len(content))
    if lines > LINES.most:
        return f"it has {lines:,} lines; {LINES.shown} are the most", step, LINES.raising_to(lines)
    if characters.heap(content.decode(errors="ignore")) is not None:
        what = f"more than {characters.MOST_MARKS} marks are heaped on one letter"
        return what, "capture it again, or take the marks out of the text"
    return None


def as_recorded(content: bytes, digest: str) -> str | None:
    """What alone was changed in a document on record; None if it was more.

    These are what git, editors and transfers do on their own: nothing that can be read differs.

    Args:
        content: Its bytes as they are now.
        digest: Its SHA-256 as it was captured, in lower-case hexadecimal.

    Returns:
        A clause that says what is so now, and what was.
    """
    line_feeds = content.replace(b"\r\n", b"\n")
    changed = {
        "its line ends are CR LF now, and were LF": line_feeds,
        "its line ends are LF now, and were CR LF": line_feeds.replace(b"\n", b"\r\n"),
        "it begins with a byte order mark now": content.removeprefix(codecs.BOM_UTF8),
        "the byte order mark at its beginning is gone": codecs.BOM_UTF8 + content,
        "a line end was added at its end": content.removesuffix(b"\n").removesuffix(b"\r"),
        "the line end at its end is gone": content + b"\n",
    }
    return next((what for what, was in changed.items() if sha256(was).hexdigest() == digest), None)


def disturbances(document: Document) -> Iterator[tuple[int, str]]:
    """Places of characters that change how the document prints, each with what it is."""
    for index in characters.disturbing(document.text):
        yield index, characters.name(document.text[index])
    for match in characters.mixed(document.text):
        yield match.start(), f"“{match.group()}”, of two scripts"


def paragraphs(text: str, style: ParagraphStyle) -> tuple[tuple[int, int], ...]:
    """The paragraphs of a text, in order.

    Args:
        text: The whole text of a document.
        style: Whether a line is a paragraph, or what stands between empty lines. Of these, those
            around a page break end none where its sentence goes on in lower case behind it.

    Returns:
        Ranges, half-open in code points, without white space at their ends; no empty one.
    """
    if style is ParagraphStyle.LINES:
        return tuple([match.span() for match in _LINE.finditer(text)])
    gaps = _EMPTY_LINES.finditer(text)
    ends = [match.start() for match in gaps if not _turns_a_page(text, match)]
    bounds = zip([0, *ends], [*ends, len(text)], strict=True)
    return tuple(
        (end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip()))
        for start, end in bounds
        if not text[start:end].isspace() and start < end
    )


def _turns_a_page(text: str, gap: re.Match[str]) -> bool:
    """Whether empty lines stand there for a page break alone, within a sentence."""
    return "\f" in gap.group() and text[gap.end() : gap.end() + 1].islower()
