"""Put a finished build in the place of an earlier one: at once, or not at all."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from itertools import takewhile
from operator import attrgetter
from pathlib import Path, PurePosixPath

from briefings.core import files, unfinished
from briefings.core.artifacts import Artifact
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.output import lock
from briefings.output.allowed import (
    Unpublished,
    apart,
    examine,
    exists,
    prevented,
    refusal_of_page,
)
from briefings.output.atomic import NEW, atomic_write, reason, sync, write

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_TIMES = 9
"""How often a folder is made again that another build takes away before it is held."""


def publish(
    artifacts: Sequence[Artifact],
    out: Path,
    desk: Path,
    then: Callable[[], Diagnostic | None] = lambda: None,
) -> Diagnostic | None:
    """Make `out` hold exactly `artifacts`; on a diagnostic it holds what it held before.

    Files are staged beside `out`, forced to the disk and swapped in by one rename. Modes are
    0644 and 0755, whatever the umask is.

    Args:
        artifacts: All files of the build, its manifest among them.
        out: The output folder, which is made if it is not there. It may hold an earlier build,
            of which the manifest names every file, and nothing else: no empty folder either.
        desk: The folder of the desk, which is never written into.
        then: What has to happen with it or not at all: on its diagnostic the earlier build is
            put back, or the diagnostic says where that is.

    Returns:
        Why nothing was published; None if it was.
    """

    def work() -> None:
        full = apart(out, desk)
        with _made(full.parent):
            _publish(artifacts, full, then)

    return prevented(out, work)


def publish_page(content: bytes, path: Path) -> Diagnostic | None:
    """Put one page into the place of an earlier one, beside what else its folder holds."""

    def work() -> None:
        with _lock(path.parent):
            if refused := refusal_of_page(path):
                raise Unpublished(refused)
            atomic_write(path, content)

    return prevented(path, work)


def _publish(
    artifacts: Sequence[Artifact], out: Path, then: Callable[[], Diagnostic | None]
) -> None:
    stage, earlier = unfinished.staged(out), unfinished.replaced(out)
    _recover(out, stage, earlier)
    examine(out)
    stuck: OSError | None = None
    try:
        _write(artifacts, stage, out)
        held = _swap(stage, out, earlier)
        done = False
        try:
            failure = then()
            done = failure is None
        finally:
            if not done:
                stuck = _put_back(stage, out, held)
        if failure:
            raise Unpublished(_left(failure, out, held, stuck) if stuck else failure)
    finally:
        # What can't be removed now, the next build removes; the outcome stands either way.
        if stuck is None:
            shutil.rmtree(stage, ignore_errors=True)
            if exists(out):
                shutil.rmtree(earlier, ignore_errors=True)


def _recover(out: Path, stage: Path, earlier: Path) -> None:
    """Clear away what a killed build left; the lock says that no other build is at work."""
    if not exists(out) and exists(earlier):
        earlier.rename(out)
    for left in (stage, earlier):
        if exists(left):
            shutil.rmtree(left)


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Hold a folder, made with those above it; who fails inside takes away those that it made.

    That is while it is held, and if it is empty: whoever waits for it sees that it is gone, and
    makes it again.
    """
    made: list[Path] = []
    with ExitStack() as held:
        try:
            _make_and_hold(folder, made, held)
            yield
        except BaseException:
            for each in reversed(made):
                with suppress(OSError):
                    each.rmdir()
            raise


def _make_and_hold(folder: Path, made: list[Path], held: ExitStack) -> None:
    """Make a folder and hold it; again, a few times, where somebody took it away between."""
    for left in reversed(range(_TIMES)):
        try:
            _make_folders(folder, made)
            held.enter_context(_lock(folder))
        except FileNotFoundError:
            if not left:
                raise
        else:
            return


def _make_folders(folder: Path, made: list[Path]) -> None:
    """Make a folder with those above it; each that was not there goes into `made`."""
    missing = list(takewhile(lambda each: not exists(each), (folder, *folder.parents)))
    for each in reversed(missing):
        with suppress(FileExistsError):
            each.mkdir()
            made.append(each)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold `folder` against other builds; FileNotFoundError if one of them took it away."""
    with ExitStack() as stack:
        try:
            held = stack.enter_context(lock.alone(folder))
        except BlockingIOError:
            message = f"another build has been writing to {str(folder)!r} for"
            hint = "wait for it to end, or stop it"
            raise Unpublished(
                diagnostic(
                    "output-unwritable", f"{message} {lock.PATIENCE:.0f} seconds", None, hint
                )
            ) from None
        if not os.path.samestat(os.fstat(held), folder.stat()):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
        yield


def _write(artifacts: Sequence[Artifact], stage: Path, out: Path) -> None:
    """Write all files of the build; one that stands in `out`, byte for byte, stays that file.

    They are forced to the disk once all are written: one by one, each would wait for the disk.
    """
    folders = {stage}
    written: list[Path] = []
    _make(stage)
    for artifact in sorted(artifacts, key=attrgetter("path")):
        parts = PurePosixPath(artifact.path).parts
        if not parts or {"..", "/"}.intersection(parts):
            raise ValueError(f"{artifact.path!r} is no path below an output folder")
        for depth in range(1, len(parts)):
            folder = stage.joinpath(*parts[:depth])
            if folder not in folders:
                _make(folder)
                folders.add(folder)
        if not _is_taken_over(artifact, out, stage.joinpath(*parts)):
            written.append(stage.joinpath(*parts))
            write(written[-1], artifact.content, forced=False)
    for path in (*written, *sorted(folders, reverse=True)):
        sync(path)


def _is_taken_over(artifact: Artifact, out: Path, staged: Path) -> bool:
    """Give a file of the earlier build a second name in the new one, if it is the same."""
    try:
        if files.read(out, artifact.path, linked=False) != artifact.content:
            return False
        earlier = out / artifact.path
        if stat.S_IMODE(earlier.lstat().st_mode) != NEW:
            return False
        staged.hardlink_to(earlier)
    except (files.Unreadable, files.OutsideFolder, OSError):
        return False
    return True


def _make(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o755)


def _swap(stage: Path, out: Path, earlier: Path) -> Path | None:
    """Let `stage` become `out`; where the earlier build is now, None if there was none."""
    held: Path | None = None
    if not exists(out):
        stage.rename(out)
    elif _exchange(stage, out):
        held = stage
    else:
        held = earlier
        # Between these two a kill leaves no `out`; the next build puts the earlier one back.
        out.rename(earlier)
        try:
            stage.rename(out)
        except OSError:
            earlier.rename(out)
            raise
    with suppress(OSError):  # the swap is done, and can't be undone for the lack of a flush
        sync(out.parent)
    return held


def _put_back(stage: Path, out: Path, held: Path | None) -> OSError | None:
    """Undo a swap; the reason why that can't be done."""
    try:
        if held == stage:
            _exchange(stage, out)
        else:
            out.rename(stage)
            if held is not None:
                held.rename(out)
    except OSError as error:
        return error
    with suppress(OSError):
        sync(out.parent)
    return None


def _left(failure: Diagnostic, out: Path, held: Path | None, stuck: OSError) -> Diagnostic:
    """What `failure` comes to where the earlier build could not be put back."""
    message = f"{failure.message}; and {str(out)!r} can't be put back as it was: {reason(stuck)}"
    hint = f"remove {str(out)!r}"
    if held is not None:
        hint = f"the earlier build is in {str(held)!r}: move it back before anything else is built"
    return replace(failure, message=message, hints=(*failure.hints, Hint(hint)))


def _exchange(stage: Path, out: Path) -> bool:
    """Let the two folders change places in one step; False where the system can't do that."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    names = (os.fsencode(stage), os.fsencode(out))
    if rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    failed = ctypes.get_errno()
    if failed in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(failed, os.strerror(failed), str(out))
