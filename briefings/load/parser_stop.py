"""Where the YAML parser gave up: the place, the line and what stands before it."""

from __future__ import annotations

from briefings.core.values import dataclass

QUOTED = "put the whole text in quotes, \"…\" or '…', or behind `>-` on lines of its own"
"""What keeps a text whole, whatever it begins with or holds."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A mistake in the text: half-open code points, what it is, and the steps that mend it."""

    start: int
    end: int
    message: str
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParserStop:
    """Where the parser gave up: at `at`, within something that began at `since`.

    Both count code points of `text` from 0.
    """

    text: str
    at: int
    since: int

    @property
    def line_start(self) -> int:
        """Where its line begins."""
        return self.text.rfind("\n", 0, self.at) + 1

    @property
    def before(self) -> str:
        """The line up to where the parser gave up."""
        return self.text[self.line_start : self.at]

    @property
    def line(self) -> str:
        """The whole line, without its end."""
        end = self.text.find("\n", self.at)
        return self.text[self.line_start : end if end >= 0 else None].rstrip("\r")

    @property
    def earlier(self) -> tuple[int, str]:
        """The last line before this one that holds anything, and where it begins."""
        end = self.line_start
        while end > 0:
            start = self.text.rfind("\n", 0, end - 1) + 1
            if (line := self.text[start : end - 1].rstrip("\r")).strip():
                return start, line
            end = start
        return 0, ""

    @property
    def char(self) -> str:
        """The character there; empty at the end of the text."""
        return self.text[self.at : self.at + 1]

    def broken(self, message: str, *hints: str, at: int | None = None) -> Broken:
        """A mistake of one character.

        Args:
            message: A lower-case clause.
            hints: The steps that mend it; without any, to quote the text.
            at: The place, in code points from 0; None for that where the parser gave up.
        """
        start = self.at if at is None else at
        return Broken(start, min(start + 1, len(self.text)), message, hints or (QUOTED,))
