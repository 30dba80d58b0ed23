"""A finished file, before it is put anywhere."""

from __future__ import annotations

from collections.abc import Callable

from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to write: `path` is relative to the output folder, with `/`.

    `held` are its bytes, or what fetches them from where they wait.
    """

    path: str
    media_type: str
    held: bytes | Callable[[], bytes]

    @property
    def content(self) -> bytes:
        """Its bytes; fetched each time, where they wait elsewhere."""
        return self.held if isinstance(self.held, bytes) else self.held()
