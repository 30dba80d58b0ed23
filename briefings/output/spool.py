"""Bytes that wait for their place: once they are many, on the disk and not in memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import BinaryIO, cast
from weakref import finalize

MOST = 16 * 2**20
"""Bytes that wait in memory; the build of a few dozen briefs has no more."""


def scratch() -> TemporaryDirectory[str]:
    """A folder in which libraries may keep files of theirs, and which goes with its block."""
    return TemporaryDirectory(prefix="briefings-")


class Spool:
    """Where finished files wait for all others of their build.

    On the disk they have no name: with this process they are gone, whatever ends it. Where that
    disk takes nothing, they wait in memory after all.

    Args:
        beside: The folder or file near which they are to wait, whether it is there or not.
        most: Bytes that wait in memory.
    """

    def __init__(self, beside: Path, most: int = MOST) -> None:
        self._beside = beside.absolute()
        self._room = most
        self._disk: BinaryIO | None = None
        self._is_of_use = True

    def keep(self, content: bytes) -> bytes | Callable[[], bytes]:
        """Take in a content.

        Returns:
            It, or what fetches it.
        """
        if len(content) <= self._room:
            self._room -= len(content)
            return content
        if not self._is_of_use:
            return content
        try:
            if self._disk is None:
                folder = next(each for each in self._beside.parents if each.is_dir())
                self._disk = cast("BinaryIO", TemporaryFile(dir=folder))  # noqa: SIM115 # closed with this
                finalize(self, self._disk.close)
            start = self._disk.seek(0, 2)
            self._disk.write(content)
            self._disk.flush()
        except OSError:
            self._is_of_use = False
            return content
        return partial(self._fetched, start, len(content))

    def _fetched(self, start: int, length: int) -> bytes:
        assert self._disk is not None
        self._disk.seek(start)
        return self._disk.read(length)
