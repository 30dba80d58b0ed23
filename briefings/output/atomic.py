"""Put files in their places: each whole, and several together or none of them."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from briefings.core import files as disk
from briefings.core import unfinished

NEW = 0o644
"""The mode of a file that was not there before."""


class Taken(Exception):
    """A file of that name is there already."""


class Stuck(Exception):
    """Not all files could get their names, and those of `left` could not be taken back."""

    def __init__(self, reason: Exception, left: Sequence[Path]) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.left = tuple(left)


def reason(error: Exception) -> str:
    """Why the system would not write or read a file, in one lower-case clause."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def atomic_write(path: Path, content: bytes, mode: int = NEW) -> None:
    """Write a file beside its place, force it to the disk and give it its name in one step.

    Args:
        path: The file; its folder is there.
        content: All that it is to hold.
        mode: Its permissions, whatever the umask is.

    Raises:
        OSError: It can't be written. What was at `path` is there as before.
    """
    with staged({path: content}, mode):
        unfinished.staged(path).replace(path)


@contextmanager
def staged(files: Mapping[Path, bytes], mode: int = NEW) -> Iterator[None]:
    """Write each file beside its place and force it to the disk; at the end none is left there.

    All that could want room on the disk happens here.
    """
    try:
        for path, content in files.items():
            unfinished.staged(path).unlink(missing_ok=True)  # left by one that was killed
            write(unfinished.staged(path), content, mode)
        yield
    finally:
        for path in files:
            with suppress(OSError):  # the outcome stands; the next one removes what is left
                unfinished.staged(path).unlink(missing_ok=True)


@contextmanager
def folder_for(folder: Path) -> Iterator[None]:
    """A folder to put files into, which goes again if it is new and nothing comes into it.

    Raises:
        OSError: It is a link, or can't be made.
    """
    is_new = not os.path.lexists(folder)
    if is_new:
        folder.mkdir()
    elif folder.is_symlink():
        raise NotADirectoryError(errno.ENOTDIR, "it is a link, not a folder")
    try:
        yield
    finally:
        if is_new:
            with suppress(OSError):  # it is not empty, as it should be
                folder.rmdir()


def clear(folder: Path) -> None:
    """Remove what was staged in a folder by whoever was killed before it got its name.

    The caller sees to it that nobody else is at work there.

    Raises:
        OSError: One of them can't be removed.
    """
    for name in disk.names(folder):
        if unfinished.is_staged(name):
            (folder / name).unlink()


def settle(paths: Sequence[Path]) -> None:
    """Give all staged files their names, or none.

    The caller sees to it that nobody else does the same meanwhile.

    Raises:
        Taken: A file of such a name is there already.
        OSError: The system gives one no name.
        Stuck: For either, where some could not be taken back then.
    """
    done: list[Path] = []
    try:
        for path in paths:
            if os.path.lexists(path):
                raise Taken(path.name)
            unfinished.staged(path).rename(path)
            done.append(path)
    except BaseException as error:
        left = [path for path in done if not _taken_back(path)]
        if left and isinstance(error, Exception):
            raise Stuck(error, left) from error
        raise
    for folder in {path.parent for path in paths}:
        with suppress(OSError):  # it is done, and can't be undone for the lack of a flush
            sync(folder)


def write(path: Path, content: bytes, mode: int = NEW, *, forced: bool = True) -> None:
    """Write a new file and force it to the disk.

    Args:
        path: The file, in a folder that is there.
        content: All that it is to hold.
        mode: Its permissions, whatever the umask is.
        forced: Whether it is forced there; else `sync` has to be called for it.

    Raises:
        OSError: A file or link of that name is there, or it can't be written.
    """
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
        os.fchmod(file, mode)
        if forced:
            os.fsync(file)
    finally:
        os.close(file)


def sync(path: Path) -> None:
    """Force what a file holds, or the names in a folder, to the disk."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _taken_back(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True
