"""What capture makes of a file, and why it can't."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum

from briefings.core.limits import CAPTURE_ELEMENTS, DOCUMENT
from briefings.core.values import dataclass


class FileKind(StrEnum):
    """What a file is, by its content; the value is the suffix under which its original is kept."""

    PAGE = "html"
    PDF = "pdf"
    WORD = "docx"
    MAIL = "eml"
    WEB_ARCHIVE = "mhtml"
    MARKDOWN = "md"
    TEXT = "txt"


class NotCaptured(Exception):
    """The file has no text to capture: the message says why, `hints` what to do."""

    def __init__(self, message: str, *hints: str) -> None:
        super().__init__(message, *hints)
        self.message = message
        self.hints = hints


def fits(characters: int, elements: int = 0) -> None:
    """Nothing, if a file of so much can become a document: whatever comes of it takes no less.

    Raises:
        NotCaptured: It has too much.
    """
    hint = "capture only the part that is quoted"
    if characters > DOCUMENT.most:
        message = f"its text has {characters:,} characters; {DOCUMENT.shown} are the most"
        raise NotCaptured(message, hint, DOCUMENT.raising_to(characters))
    if elements > CAPTURE_ELEMENTS.most:
        message = f"it has {elements:,} elements; {CAPTURE_ELEMENTS.shown} are the most"
        raise NotCaptured(message, hint, CAPTURE_ELEMENTS.raising_to(elements))


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a document says of itself; empty or None where it does not.

    Attributes:
        published_basis: Where in the document the day stands, in words for the analyst.
        guessed: Names of those fields that were concluded and not read.
    """

    title: str = ""
    publisher: str = ""
    author: str = ""
    published: date | None = None
    published_basis: str = ""
    language: str = ""
    url: str = ""
    guessed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A document as text.

    Attributes:
        kind: What the file was.
        text: A paragraph a line, in the order of reading, in NFC where the file was; it ends with
            a line feed.
        about: What it says of itself.
        mended: How often each thing was mended, by what it is called.
        left_out: How many characters of the file's visible text are not in `text`, by what they
            are called.
    """

    kind: FileKind
    text: str
    about: About
    mended: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
