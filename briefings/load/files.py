"""Reading a desk's files, and nothing but them: no link is followed, no folder is left."""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from briefings.core.names import nearest

MAX_BYTES = 64 * 1024 * 1024
MAX_DOCUMENT_BYTES = 8 * 1024 * 1024


class OutsideDesk(Exception):
    """The path leaves the desk; the message says how."""


class Unreadable(Exception):
    """The file can't be read; the message says why, without the desk's absolute path.

    `hints` are what would mend it, where that is seen.
    """

    def __init__(self, message: str, *hints: str) -> None:
        super().__init__(message)
        self.hints = hints


def read(root: Path, path: str, most: int = MAX_BYTES) -> bytes:
    """The bytes of `path`, which is relative to the desk's folder `root`, at most `most`.

    The path is opened component by component relative to the folder before it, so that nobody
    can put a link in its way between a check and its use.
    """
    parts = _parts(path)
    with ExitStack() as opened:
        folder = _open(opened, root, os.O_DIRECTORY, None, path)
        for part in parts[:-1]:
            folder = _open(opened, part, os.O_DIRECTORY | os.O_NOFOLLOW, folder, path)
        # Non-blocking, or a FIFO would hold us for ever before we see that it is one.
        file = _open(opened, parts[-1], os.O_NONBLOCK | os.O_NOFOLLOW, folder, path)
        found = os.fstat(file)
        if stat.S_ISDIR(found.st_mode):
            raise Unreadable("it is a folder", "name a file in it")
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("it is not a regular file", "copy its text into a file of its own")
        if found.st_size > most:
            raise Unreadable(f"it is larger than {most // 2**20} MiB")
        with os.fdopen(os.dup(file), "rb") as stream:
            try:
                content = stream.read(most + 1)
            except OSError as error:
                raise Unreadable(_reason(error)) from error
    if len(content) > most:
        raise Unreadable(f"it is larger than {most // 2**20} MiB")
    return content


def matching(root: Path, pattern: str) -> list[str]:
    """Desk-relative paths of files that `pattern` matches, sorted; links are not followed.

    `*` and `?` match within a name, `**` any number of folders; names that begin with a dot are
    left alone. A file that is a link is listed, so that reading it says so.
    """
    parts = _parts(pattern)
    try:
        return sorted(_walk(root, "", parts))
    except OSError as error:
        raise Unreadable(_reason(error)) from error


def _walk(folder: Path, prefix: str, parts: tuple[str, ...]) -> Iterator[str]:
    first, rest = parts[0], parts[1:]
    if first == "**" and rest:
        yield from _walk(folder, prefix, rest)
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.name.startswith("."):
                continue
            path = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                deeper = parts if first == "**" else rest
                if deeper and (first == "**" or fnmatchcase(entry.name, first)):
                    yield from _walk(folder / entry.name, f"{path}/", deeper)
            elif not rest and first != "**" and fnmatchcase(entry.name, first):
                yield path


def _parts(path: str) -> tuple[str, ...]:
    if "\0" in path:
        raise Unreadable("its name holds a NUL character")
    if path.startswith("/"):
        raise OutsideDesk("it is not relative to the desk's folder")
    if "\\" in path:
        better = path.replace("\\", "/")
        raise Unreadable("it holds a backslash: folders are parted by `/`", f"write `{better}`")
    parts = PurePosixPath(path).parts
    if ".." in parts:
        raise OutsideDesk("it goes up by `..`")
    if not parts:
        raise Unreadable("it names no file")
    return parts


def _open(opened: ExitStack, name: str | Path, flags: int, folder: int | None, path: str) -> int:
    try:
        number = os.open(name, os.O_RDONLY | os.O_CLOEXEC | flags, dir_fd=folder)
    except OSError as error:
        if folder is not None and _is_link(name, folder):
            raise OutsideDesk(f"`{name}` in it is a link") from error
        hints = _alike(name, folder) if error.errno == errno.ENOENT else ()
        raise Unreadable(_reason(error), *hints) from error
    except ValueError as error:
        raise Unreadable(f"{path!r} is not a file name") from error
    opened.callback(os.close, number)
    return number


def _alike(name: str | Path, folder: int | None) -> tuple[str, ...]:
    """Names in `folder` that look like the one that is not there."""
    if folder is None or not isinstance(name, str):
        return ()
    try:
        there = sorted(os.listdir(folder))  # noqa: PTH208 - pathlib knows no open folders
    except OSError:
        return ()
    same = unicodedata.normalize("NFC", name)
    for other in there:
        if unicodedata.normalize("NFC", other) == same:
            # As macOS writes it, or the other way round: no eye tells the two apart.
            form = "decomposed" if unicodedata.is_normalized("NFD", other) else "composed"
            hint = (
                f"a file of this name is there, its accents {form} in Unicode as they are not"
                f" here: rename it, for example to `{_ascii(name)}`, and change the entry"
            )
            return (hint,)
    near = nearest(name, there)
    return (f"did you mean `{near}`?",) if near is not None else ()


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-") or "document.txt"


def _is_link(name: str | Path, folder: int) -> bool:
    # O_DIRECTORY and O_NOFOLLOW together report ENOTDIR for a link, not ELOOP.
    try:
        return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        return False


def _reason(error: OSError) -> str:
    if error.errno == errno.ENOENT:
        return "there is no such file"
    if error.errno == errno.ENOTDIR:
        return "what it names as a folder is none"
    return (os.strerror(error.errno) if error.errno else str(error)).lower()
