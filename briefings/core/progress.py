"""What long work tells of its way while it is at it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Is told of each step: what is done now, and of a counted step how many are done of all."""

    def __call__(self, step: str, done: int = 0, of: int = 0, /) -> None:
        """Take note of a step; `of` is 0 where nothing is counted."""


def silent(_step: str, _done: int = 0, _of: int = 0, /) -> None:
    """Take no note, for those who do not wait."""
