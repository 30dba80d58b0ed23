"""Where files of ours may be put: why not where something else stands, as a diagnostic."""

from __future__ import annotations

import ctypes
import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from briefings.core import files
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.output import manifest
from briefings.output.atomic import reason

_GENERATOR = b'<meta name="generator" content="briefings">'


class Unpublished(Exception):
    """Why nothing is published, as the diagnostic that is to be reported."""

    def __init__(self, reported: Diagnostic) -> None:
        super().__init__(reported.message)
        self.reported = reported


def refusal(out: Path, desk: Path) -> Diagnostic | None:
    """Why `out` can't be an output folder of the desk in folder `desk`; None if it can.

    Asked before the work as well as under the lock, so that nobody waits for a build in vain.
    """
    return prevented(out, lambda: examine(apart(out, desk)))


def refusal_beside(out: Path, desk: Path) -> Diagnostic | None:
    """Why no folders of output can stand in `out`, beside whatever else; None if they can."""
    return prevented(out, lambda: apart(out, desk))


def prevented(out: Path, work: Callable[[], object]) -> Diagnostic | None:
    """What keeps `work` from being done at `out`; None if it is done."""
    try:
        work()
    except Unpublished as unpublished:
        return unpublished.reported
    except (OSError, RuntimeError) as error:
        return unwritable(out, error)
    return None


def refusal_of_page(path: Path) -> Diagnostic | None:
    """Why `path` can't be a page of ours that stands alone; None if it can.

    What is there already has to be such a page, and its folder no build's own.
    """
    hint = "move it away, or give another folder with --out"
    try:
        if not exists(path.with_name(manifest.NAME)):
            return in_the_way(path, hint)
    except OSError as error:
        return unwritable(path, error)
    message = f"{str(path.parent)!r} holds a build of its own"
    return diagnostic("output-not-ours", message, None, hint)


def in_the_way(path: Path, hint: str) -> Diagnostic | None:
    """What stands at `path` and is no page of ours, so that none may replace it; None if nothing.

    Raises:
        OSError: It can't be looked at.
    """
    if not exists(path) or _is_ours(path):
        return None
    return diagnostic("output-not-ours", f"{str(path)!r} was not written by us", None, hint)


def apart(out: Path, desk: Path) -> Path:
    """`out` in full, which is not the desk itself, nor holds it, nor lies in one that it keeps.

    Among documents or records, or templates, what we write would be read as one of them. Only the
    last component may still be a link, which is then refused.

    Raises:
        Unpublished: It is such a folder.
        RuntimeError: Links lead in a circle.
    """
    full = out.absolute()
    full = full.resolve() if full.name in ("", "..") else full.parent.resolve() / full.name
    if desk.resolve().is_relative_to(full):
        fault = "holds the desk itself"
    elif name := files.kept_folder(desk, full):
        fault = f"is, or is in, {name!r}, which the desk keeps for its own"
    else:
        return full
    hint = "give a folder of its own, such as --out build"
    raise Unpublished(diagnostic("output-not-ours", f"{str(full)!r} {fault}", None, hint))


def examine(out: Path) -> None:
    """See that a folder is not there, empty, or an earlier build: nothing else is replaced.

    Raises:
        Unpublished: It holds what no build of ours wrote.
        OSError: It is a link or a file, or can't be written to.
    """
    if not exists(out):
        return
    if not stat.S_ISDIR(out.lstat().st_mode):
        raise NotADirectoryError(errno.ENOTDIR, "it is a link or a file, not a folder")
    if not os.access(out, os.W_OK | os.X_OK):
        raise _denial(out)
    if foreign := _foreign(out):
        raise Unpublished(
            diagnostic(
                "output-not-ours",
                f"{str(out)!r} holds {foreign!r}, which no build of ours wrote",
                None,
                "move it away, or give another folder with --out",
            )
        )


def exists(path: Path) -> bool:
    """Whether anything has that name, a dangling link included."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True


def unwritable(out: Path, error: OSError | RuntimeError) -> Diagnostic:
    """What keeps a folder of output from being written, and what to do."""
    step = files.allowance(error) if isinstance(error, OSError) else None
    return diagnostic(
        "output-unwritable",
        f"{str(out)!r} can't be written: {reason(error)}",
        None,
        *(() if step is None else (step,)),
        "give another folder with --out, or mend this one; what it held is as it was",
    )


def _denial(out: Path) -> OSError:
    """Why `out` can't be written to, which `os.access` does not say."""
    access = ctypes.CDLL(None, use_errno=True).access
    denied = access(os.fsencode(out), os.W_OK | os.X_OK) != 0
    number = ctypes.get_errno() if denied else errno.EACCES
    return OSError(number, os.strerror(number))


def _foreign(out: Path) -> str | None:
    """The first thing in `out` that its manifest does not name; an empty folder, if no file is."""
    content = manifest.found_in(out)
    ours = (manifest.named_by(content) if content is not None else None) or frozenset()
    folders_of_ours = {str(above) for name in ours for above in PurePosixPath(name).parents}
    names, folders = files.listed(out)
    foreign = [name for name in names if name not in ours]
    foreign += [f"{name}/" for name in folders if name not in folders_of_ours]
    return foreign[0] if foreign else None


def _is_ours(path: Path) -> bool:
    if not stat.S_ISREG(path.lstat().st_mode):
        return False
    try:
        return _GENERATOR in files.read(path.parent, path.name)
    except files.Unreadable as error:
        raise OSError(str(error)) from error
