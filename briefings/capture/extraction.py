"""Any file to its text: what it is decides how it is read."""

from __future__ import annotations

from datetime import date

from briefings.capture.captured import Captured, FileKind, NotCaptured
from briefings.capture.decoding import decoded
from briefings.capture.kinds import kind_of
from briefings.core.limits import CAPTURE
from briefings.core.values import dataclass

PACKAGES = ("charset_normalizer", "lxml", "mammoth", "py3langid", "pypdfium2", "trafilatura")
"""What the extra `capture` brings, by the names under which they are imported."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A file to capture.

    Attributes:
        content: Its bytes.
        name: Its name, or the last part of its address.
        charset: The encoding that whoever sent it named; empty if nobody did.
        today: No day behind it is taken for that of the document.
    """

    content: bytes
    name: str
    charset: str
    today: date


def extract(saved: Saved) -> Captured:
    """The text of a file, and what it says of itself.

    Raises:
        NotCaptured: It has none that can be read.
    """
    from briefings.capture.dated_lines import with_day  # noqa: PLC0415

    return with_day(_extracted(saved), saved.today)


def _extracted(saved: Saved) -> Captured:
    if len(saved.content) > CAPTURE.most:
        message = f"it is larger than {CAPTURE.shown}"
        raise NotCaptured(message, "save only the part that matters", CAPTURE.raising)
    kind = kind_of(saved.content, saved.name)
    if kind is FileKind.PDF:
        from briefings.capture.pdf_files import pdf  # noqa: PLC0415

        return pdf(saved.content)
    if kind is FileKind.WORD:
        from briefings.capture.word_files import document  # noqa: PLC0415

        return document(saved.content)
    if kind is FileKind.MAIL:
        from briefings.capture.mails import letter  # noqa: PLC0415

        return letter(saved.content, today=saved.today)
    text, guess = decoded(saved.content, saved.charset)
    if kind is FileKind.PAGE:
        from briefings.capture.webpages import page  # noqa: PLC0415

        return page(text, guess, today=saved.today)
    from briefings.capture.plain_texts import plain  # noqa: PLC0415

    return plain(text, kind, guess)
