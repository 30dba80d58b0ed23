"""What a PDF of ours says, piece by piece, whoever has read it."""

from __future__ import annotations

from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True)
class PrintedPiece:
    """A piece of text on a `page`, counted from 1, taken as part of a line to the right or left.

    `target` is the page to which the number leads that a style sheet added; None where the piece
    is no such number. `spoken` is what its tag says in place of its glyphs.
    """

    page: int
    readings: tuple[str, str]
    generated: bool = False
    target: int | None = None
    spoken: str | None = None

    @property
    def ways(self) -> tuple[str, ...]:
        """All that it may be read as."""
        return self.readings if self.spoken is None else (self.spoken,)


@dataclass(frozen=True, slots=True)
class Printed:
    """All pieces in the order of the tags; those in margins by page; pieces that no tag mentions.

    `unread` are pages that can't be read, with the reason, where that is no error.
    """

    pages: int
    pieces: tuple[PrintedPiece, ...]
    margins: tuple[PrintedPiece, ...]
    untagged: tuple[PrintedPiece, ...]
    unread: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedLink:
    """What lies on a page: where it leads, as a page has it, and what it is called.

    `address` is None of anything that is no link of ours.
    """

    page: int
    address: str | None
    name: str
