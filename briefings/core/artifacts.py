"""A finished file, before it is put anywhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to write: `path` is relative to the output folder, with `/`."""

    path: str
    media_type: str
    content: bytes
