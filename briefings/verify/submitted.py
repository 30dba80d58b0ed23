"""Files that are to be verified, as they were given; nothing in them is believed."""

from __future__ import annotations

from pathlib import Path

from briefings.core import files
from briefings.core.diagnostics import Refused
from briefings.core.values import dataclass

_PDF = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Given:
    """A file: where it lies, as it was given, and of a signed PDF what was signed, as we wrote it.

    `signed` is None where there is no signature behind it.
    """

    path: Path
    whole: bytes
    signed: bytes | None

    @property
    def content(self) -> bytes:
        """The file as we wrote it."""
        return self.whole if self.signed is None else self.signed

    @property
    def is_pdf(self) -> bool:
        """Whether it begins as a PDF does, whatever its name."""
        return self.whole.startswith(_PDF)


def read(path: Path) -> Given:
    """The file at a path.

    Raises:
        Refused: With status 2: it can't be read.
    """
    try:
        content = files.given(path)
    except files.Unreadable as error:
        message = f"{str(path)!r} can't be read: {error}"
        raise Refused.by(2, "edition-unreadable", message, *error.hints) from error
    return Given(path.resolve(), content, _signed_part(content))


def _signed_part(content: bytes) -> bytes | None:
    if not content.startswith(_PDF):
        return None
    # Late: pikepdf takes a tenth of a second to load, and is for PDFs alone.
    from briefings.render.pdf.reader import unsigned  # noqa: PLC0415

    return unsigned(content)
