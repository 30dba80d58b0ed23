"""A cache: what was made once, by a digest of all that it was made of.

The folder may be deleted at any time, whole or in part, and many builds may share it. What is read
from it is trusted only as far as its digest holds, which is of its key too; what can't be written
is made again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from briefings.core import files
from briefings.output import lock
from briefings.output.atomic import reason
from briefings.output.spool import Spool

MOST = 512 * 2**20
"""Bytes that a cache may hold; those go first that were not used for longest."""

_FORMAT = "1"
_LENGTH = 64
# Whatever else lies there is somebody's, and is left alone.
_ENTRY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{62}")
_UNFINISHED = re.compile(r"(?:[0-9a-f]{2}/)?\.[0-9a-f]{16}")


class Store:
    """Contents by key in a folder.

    `trouble` says why nothing more is written, in one lower-case clause; it is empty as long as
    all is well.
    """

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self.folder = folder / _FORMAT
        self.most = most
        self.trouble = ""
        self._is_new = False

    def get(self, key: str) -> bytes | None:
        """What was put under a key; None if it is not there, or is not what was put there."""
        name = _name(key)
        entry = files.if_there(self.folder, name)
        if entry is None:
            return None
        digest, content = entry[:_LENGTH], entry[_LENGTH:]
        if _digest(key, content) != digest:
            return None
        with suppress(OSError):
            os.utime(self.folder / name)
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep a content, whole or not at all."""
        if self.trouble:
            return
        path = self.folder / _name(key)
        beside = path.with_name(f".{os.urandom(8).hex()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with lock.together(self.folder):
                try:
                    beside.write_bytes(_digest(key, content) + content)
                    beside.replace(path)
                finally:
                    beside.unlink(missing_ok=True)
        except OSError as error:
            self.trouble = reason(error)
        self._is_new = True

    def moment(self) -> int:
        """The time by the clock of the disk, in nanoseconds; 0 if that can't be told."""
        beside = self.folder / f".{os.urandom(8).hex()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                beside.write_bytes(b"")
                return beside.stat().st_ctime_ns
            finally:
                beside.unlink(missing_ok=True)
        except OSError as error:
            self.trouble = reason(error)
            return 0

    def close(self) -> None:
        """Let go what was not used for longest, if there is too much, and what is half written."""
        if not self._is_new:
            return
        with suppress(OSError), lock.at_once(self.folder):
            # Nobody writes: what has no name yet was left by one that was killed.
            for name in files.listed(self.folder)[0]:
                if _UNFINISHED.fullmatch(name):
                    (self.folder / name).unlink()
        with suppress(OSError):
            entries = sorted(_entries(self.folder))
            size = sum(size for _, size, _ in entries)
            for _, each, path in entries:
                if size <= self.most:
                    break
                path.unlink(missing_ok=True)
                size -= each


class RunStore:
    """A store for as long as a run lasts, where nothing is to be kept for the next.

    Args:
        spool: Where contents wait until they are asked for; None for memory alone.
    """

    def __init__(self, spool: Spool | None = None) -> None:
        self._spool = spool
        self._held: dict[str, bytes | Callable[[], bytes]] = {}

    def get(self, key: str) -> bytes | None:
        """What was put under a key."""
        held = self._held.get(key)
        return held() if callable(held) else held

    def put(self, key: str, content: bytes) -> None:
        """Keep a content."""
        self._held[key] = content if self._spool is None else self._spool.keep(content)


def key_of(*parts: str | bytes) -> str:
    """A key of all that something is made of; no two lists of parts share one."""
    digest = sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(f"{len(content)}:".encode() + content)
    return digest.hexdigest()


def _digest(key: str, content: bytes) -> bytes:
    """What an entry begins with: of its key too, so that none can stand in another's place."""
    digest = sha256(key.encode())
    digest.update(content)
    return digest.hexdigest().encode()


def _name(key: str) -> str:
    return f"{key[:2]}/{key[2:]}"


def _entries(folder: Path) -> Iterable[tuple[float, int, Path]]:
    """When each entry was last used, its size, and where it is."""
    for name in filter(_ENTRY.fullmatch, files.listed(folder)[0]):
        path = folder / name
        with suppress(OSError):
            state = path.stat()
            yield state.st_mtime, state.st_size, path
