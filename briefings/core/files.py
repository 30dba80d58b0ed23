"""The one reader of files: no link is followed, no folder is left, nothing is read without end."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from fnmatch import fnmatchcase
from hashlib import sha256
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TextIO

from briefings.core.filenames import KEPT
from briefings.core.limits import FILE, OWN, PATTERN, Limit
from briefings.core.names import nearest

_PATTERN = re.compile(r"[*?\[]")
_ROOM = "free some room on the disk"
_ALLOWANCE = {
    errno.EMFILE: "let a program open more files: `ulimit -n 1024`",
    errno.ENFILE: "end some other programs: together they have too many files open",
    errno.EFBIG: "let a program write larger files: `ulimit -f unlimited`",
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
}
_UNTOLD = 2**16
"""Bytes that a file may have beyond what the system says, read in one go."""


class OutsideFolder(Exception):
    """The path leaves the folder that it is read from; the message says how."""


class Unreadable(Exception):
    """The file can't be read; the message says why, without the folder's absolute path.

    `hints` are what would mend it, where that is seen.
    """

    def __init__(self, message: str, *hints: str) -> None:
        super().__init__(message)
        self.hints = hints


class Missing(Unreadable):
    """No file of that name is there, or could be."""


def read(root: Path, path: str, limit: Limit = FILE, *, linked: bool = True) -> bytes:
    """The bytes of the regular file `path`, component by component.

    Each component is opened relative to the folder before it, so that nobody can put a link in
    its way between a check and its use.

    Args:
        root: The folder that `path` is relative to.
        path: Components parted by `/`.
        limit: How many bytes it may have.
        linked: Whether `root` itself may be reached by a link, as a folder may that a user names.

    Raises:
        OutsideFolder: A component is a link or `..`, or the path is absolute.
        Missing: There is no such file.
        Unreadable: It is no regular file, is too large, or the system does not let it be read.
    """
    parts = _parts(path)
    if path.endswith("/"):
        raise Missing("it ends as a folder does", f"write `{path.rstrip('/')}`")
    with ExitStack() as opened:
        folder = _open_root(opened, root, linked=linked)
        for part in parts[:-1]:
            folder = _open(opened, part, os.O_DIRECTORY, folder, path)
        # Non-blocking, or a FIFO would hold us for ever before we see that it is one.
        file = _open(opened, parts[-1], os.O_NONBLOCK, folder, path)
        status = os.fstat(file)
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable("it is a folder", "name a file in it")
        if not stat.S_ISREG(status.st_mode):
            raise _no_file()
        most = limit.most
        if status.st_size > most:
            raise _too_large(limit)
        with os.fdopen(file, "rb", closefd=False) as stream:
            try:
                # As much room as there are bytes: those of /proc say that they have none.
                content = stream.read(min(most, max(status.st_size, _UNTOLD)) + 1)
                if len(content) > max(status.st_size, _UNTOLD):  # it has grown meanwhile
                    content += stream.read(most + 1 - len(content))
            except OSError as error:
                raise Unreadable(reason(error)) from error
    if len(content) > most:
        raise _too_large(limit)
    return content


def given(path: Path) -> bytes:
    """The bytes of a file that somebody has named, wherever a link leads.

    Raises:
        Unreadable: As of `read`, or it leads nowhere.
    """
    try:
        whole = path.resolve(strict=True)
        return read(whole.parent, whole.name)
    except OSError as error:
        raise Unreadable(reason(error)) from error
    except (RuntimeError, OutsideFolder) as error:  # links in a ring, or one that came meanwhile
        raise Unreadable(str(error)) from error


def if_there(root: Path, path: str, limit: Limit = FILE) -> bytes | None:
    """The bytes of a file; None where there is none that can be read.

    Args:
        root: The folder that `path` is relative to.
        path: As `read` takes it.
        limit: How many bytes it may have.
    """
    try:
        return read(root, path, limit)
    except (OutsideFolder, Unreadable):
        return None


def shipped(name: str) -> Path:
    """A folder that belongs to the program, in the wheel or in its sources.

    Args:
        name: That of the folder.
    """
    package = Path(__file__).parents[1]
    inside = package / name
    return (inside if inside.is_dir() else package.parent / name).resolve()


def own(folder: Path, name: str) -> bytes:
    """The bytes of a file of the program itself, however little is allowed for files of others.

    Args:
        folder: Where it lies.
        name: Its name there.

    Raises:
        Missing: As of `read`.
        OSError: The system does not let it be read, which is no fault of the program.
    """
    try:
        return read(folder, name, OWN)
    except Missing:
        raise
    except Unreadable as error:
        raise error.__cause__ or error from error


def matching(root: Path, pattern: str, seen: dict[str, dict[str, bool]] | None = None) -> list[str]:
    """The files below a folder that a pattern matches, sorted; links are not followed.

    Args:
        root: The folder.
        pattern: A path from there. `*` and `?` match within a name, `**` any number of folders;
            names that begin with a dot are left alone.
        seen: What was seen of its folders before, kept for the next of many patterns.

    Returns:
        Paths relative to `root`. A file that is a link is among them, so that reading it says so.

    Raises:
        OutsideFolder: The pattern is absolute or goes up by `..`.
        Unreadable: It names nothing, a folder can't be looked through, or a file's name is no
            text.
    """
    try:
        paths = sorted(_matches(root, _parts(pattern), {} if seen is None else seen))
    except OSError as error:
        raise Unreadable(reason(error)) from error
    for path in paths:
        if not _is_utf_8(path):
            shown = os.fsencode(path).decode("utf-8", "backslashreplace")
            raise Unreadable(f"the name of {shown} is not UTF-8", "give that file another name")
    return paths


def found(root: Path, pattern: str) -> list[str]:
    """As `matching`, but none where that would raise."""
    try:
        return matching(root, pattern)
    except (Unreadable, OutsideFolder):
        return []


def digest(root: Path, path: str) -> str:
    """The SHA-256 of a file in hexadecimal digits; empty where it can't be read."""
    try:
        return sha256(read(root, path)).hexdigest()
    except (Unreadable, OutsideFolder):
        return ""


def _is_utf_8(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def leads_to(path: Path) -> Path:
    """Where a path leads by all of its links; one that goes round in a circle leads to itself."""
    return Path(os.path.realpath(path))  # `Path.resolve` fails of a circle, before Python 3.13


def kept_folder(desk: Path, path: Path) -> str | None:
    """The folder of those that a desk keeps for its own that `path` is, or lies in."""
    home, leads = desk.resolve(), leads_to(path)
    kept = ((name, leads_to(home / name)) for name in KEPT)
    # a link to what holds the desk makes that no folder of the desk's
    around = (n for n, at in kept if leads.is_relative_to(at) and not home.is_relative_to(at))
    return next(around, None)


def names(folder: Path) -> list[str]:
    """The names of all that stands in `folder` itself, sorted; OSError where that can't be seen."""
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries)


def states(root: Path) -> list[str]:
    """Each file below `root` with its size and the time of its last change, but for bytecode."""
    stamps: list[str] = []
    waiting = [str(root)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting += [entry.path] if entry.name != "__pycache__" else []
                else:
                    state = entry.stat(follow_symlinks=False)
                    stamps.append(
                        f"{entry.path[len(str(root)) :]} {state.st_size} {state.st_mtime_ns}"
                    )
    return sorted(stamps)


def state(root: Path, path: str) -> str:
    """What tells whether the file `path` was touched since: empty where there is none."""
    try:
        status = (root / path).stat(follow_symlinks=False)
    except (OSError, ValueError):
        return ""
    return f"{status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


def require_at_most(root: Path, entries: Limit, size: Limit) -> None:
    """Nothing, if below `root` there is no more; what can't be looked through counts for nothing.

    Raises:
        Unreadable: There is more.
    """
    together = 0
    with suppress(OSError):
        for count, (_, entry) in enumerate(_below(root), 1):
            if count > entries.most:
                raise Unreadable(f"it holds more than {entries.shown} files", entries.raising)
            together += entry.stat(follow_symlinks=False).st_size
            if together > size.most:
                raise Unreadable(f"its files have more than {size.shown}", size.raising)


def listed(root: Path) -> tuple[list[str], list[str]]:
    """Everything below `root`, sorted: what is no folder, links included, and the folders.

    Raises OSError where a folder can't be looked through.
    """
    names: list[str] = []
    folders: list[str] = []
    for path, entry in _below(root):
        (folders if entry.is_dir(follow_symlinks=False) else names).append(path)
    return sorted(names), sorted(folders)


def _below(root: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    waiting = [""]
    while waiting:
        above = waiting.pop()
        with os.scandir(root / above) as entries:
            for entry in entries:
                path = f"{above}{entry.name}"
                yield path, entry
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")


def _matches(root: Path, pattern: tuple[str, ...], shown: dict[str, dict[str, bool]]) -> set[str]:
    """No deeper on the stack than this, and each folder once for each rest of the pattern."""
    matches: set[str] = set()
    looked_at, most = 0, PATTERN.most
    waiting = [("", pattern)]
    seen = set(waiting)
    while waiting:
        above, (first, *rest) = waiting.pop()
        if above not in shown:
            shown[above] = dict(islice(_shown(root / above), most + 1))
        names = shown[above]
        looked_at += len(names)
        if looked_at > most:
            raise Unreadable(
                f"it is held against more than {PATTERN.shown} names",
                "name the folders that it is about, or take `**` out of it",
                PATTERN.raising,
            )
        if _PATTERN.search(first) is None:
            names = {first: names[first]} if first in names else {}
        deeper: list[tuple[str, tuple[str, ...]]] = []
        if first == "**" and rest:
            deeper.append((above, tuple(rest)))
        for name, is_folder in names.items():
            path = f"{above}{name}"
            if not is_folder:
                if not rest and first != "**" and fnmatchcase(name, first):
                    matches.add(path)
            elif first == "**":
                deeper.append((f"{path}/", (first, *rest)))
            elif rest and fnmatchcase(name, first):
                deeper.append((f"{path}/", tuple(rest)))
        waiting += [step for step in deeper if step not in seen]
        seen.update(deeper)
    return matches


def _shown(folder: Path) -> Iterator[tuple[str, bool]]:
    """The names in a folder that begin with no dot, each with whether it is a folder itself."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.startswith("."):
                yield entry.name, entry.is_dir(follow_symlinks=False)


def _parts(path: str) -> tuple[str, ...]:
    if "\0" in path:
        raise Missing("its name holds a NUL character")
    if path.startswith("/"):
        raise OutsideFolder("it is not relative to the desk's folder")
    if "\\" in path:
        better = path.replace("\\", "/")
        raise Missing("it holds a backslash: folders are parted by `/`", f"write `{better}`")
    parts = PurePosixPath(path).parts
    if ".." in parts:
        raise OutsideFolder("it goes up by `..`")
    if not parts:
        raise Missing("it names no file")
    return parts


def _open_root(opened: ExitStack, root: Path, *, linked: bool) -> int:
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | (0 if linked else os.O_NOFOLLOW)
    try:
        number = os.open(root, flags)
    except OSError as error:
        if not linked and root.is_symlink():
            raise OutsideFolder("its folder is a link") from error
        raise _failure(error) from error
    except ValueError as error:
        raise Missing(f"{str(root)!r} is not a file name") from error
    opened.callback(os.close, number)
    return number


def _open(opened: ExitStack, name: str, flags: int, folder: int, path: str) -> int:
    flags |= os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        number = os.open(name, flags, dir_fd=folder)
    except OSError as error:
        if _is_link(name, folder):
            raise OutsideFolder(f"`{name}` in it is a link") from error
        raise _failure(error, *_alike(name, folder)) from error
    except ValueError as error:
        raise Missing(f"{path!r} is not a file name") from error
    opened.callback(os.close, number)
    return number


def _is_link(name: str, folder: int) -> bool:
    # O_DIRECTORY and O_NOFOLLOW together report ENOTDIR for a link, not ELOOP.
    try:
        return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        return False


def _alike(name: str, folder: int) -> tuple[str, ...]:
    """Hints at names in `folder` that look like one that is not there."""
    try:
        there = sorted(os.listdir(folder))
    except OSError:
        return ()
    same = unicodedata.normalize("NFC", name)
    for other in there:
        if other != name and unicodedata.normalize("NFC", other) == same:
            # As macOS writes it, or the other way round: no eye tells the two apart.
            form = "decomposed" if unicodedata.is_normalized("NFD", other) else "composed"
            hint = (
                f"a file of this name is there, its accents {form} in Unicode as they are not"
                f" here: rename it, for example to `{_ascii(name)}`, and change the entry"
            )
            return (hint,)
    near = nearest(name, there)
    return (f"did you mean `{near}`?",) if near not in (None, name) else ()


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-") or "document.txt"


def _failure(error: OSError, *hints: str) -> Unreadable:
    if error.errno in (errno.ENOENT, errno.ENAMETOOLONG):
        return Missing(reason(error), *hints)
    if error.errno == errno.ENXIO:  # a socket, which can't even be opened
        return _no_file()
    return Unreadable(reason(error))


def _no_file() -> Unreadable:
    return Unreadable("it is not a regular file", "copy its text into a file of its own")


def _too_large(limit: Limit) -> Unreadable:
    return Unreadable(
        f"it is larger than {limit.shown}",
        "part it into files that are smaller, or leave out what nothing needs",
        limit.raising,
    )


def reason(error: OSError) -> str:
    """Why the system would not, in one lower-case clause."""
    if error.errno == errno.ENOENT:
        return "there is no such file"
    if error.errno == errno.ENOTDIR:
        return "what it names as a folder is none"
    return (os.strerror(error.errno) if error.errno else str(error)).lower()


def allowance(error: OSError) -> str | None:
    """The step where it is no file that is at fault, but what this machine has or allows."""
    return _ALLOWANCE.get(error.errno or 0)


def open_closed_streams() -> None:
    """Give the program a stream for each that whoever called it has closed.

    Else the next file takes its number, and what a library of C writes there goes into the file.
    Nothing comes in, messages go nowhere, and what was asked for can't be written, which is told.
    """
    for name, flags, mode in (
        ("stdin", os.O_RDONLY, "r"),
        ("stdout", os.O_RDONLY, "w"),
        ("stderr", os.O_WRONLY, "w"),
    ):
        if getattr(sys, name) is None:
            stream = os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8")
            setattr(sys, name, stream)


def let_go(stream: TextIO) -> None:
    """Let what could not be written to a stream go nowhere, without another word."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
