"""Files of a desk put in place: a new desk as a whole, a changed file if nobody else changed it."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from briefings.core import files
from briefings.output import lock
from briefings.output.atomic import atomic_write, settle, staged


class ChangedMeanwhile(Exception):
    """A file is not what it was when it was read."""


def lay_out(root: Path, contents: Mapping[str, bytes]) -> None:
    """Put new files below `root` for good; as `laid_out` else, and raises what that raises."""
    with laid_out(root, contents):
        pass


@contextmanager
def laid_out(root: Path, contents: Mapping[str, bytes]) -> Iterator[None]:
    """Put new files below `root`, and the folders that they need: all of them, or none.

    They go again if what follows fails.

    Args:
        root: A folder, which is made if it is not there, with those above it.
        contents: What each file holds, by its path below `root`, parted by `/`.

    Raises:
        Taken: One of them is there already.
        Stuck: Not all could be put in place, and some could not be taken back.
        OSError: A folder or file can't be made, or a folder below `root` is a link.
    """
    paths = _paths(root, contents)
    with _folders({path.parent for path in paths}):
        with staged(paths):
            settle(tuple(paths))
        try:
            yield
        except BaseException:
            for path in paths:
                path.unlink(missing_ok=True)
            raise


def replace(root: Path, path: str, before: bytes, after: bytes) -> None:
    """Change a file of a desk, if nobody else has changed it.

    Args:
        root: The folder of the desk.
        path: The file, relative to it.
        before: What it held when it was read.
        after: What it is to hold.

    Raises:
        ChangedMeanwhile: It holds something else, or is gone.
        BlockingIOError: Another process has been at work on it all the time.
        OSError: It can't be written.
    """
    whole = root / path
    with lock.alone(whole):
        try:
            now = files.read(root, path)
        except (files.Unreadable, files.OutsideFolder) as error:
            raise ChangedMeanwhile(str(error)) from error
        if now != before:
            raise ChangedMeanwhile("somebody else has changed it")
        atomic_write(whole, after, whole.stat().st_mode & 0o7777)


def link_on_the_way(root: Path, paths: Iterable[str]) -> Path | None:
    """A folder below `root` that is a link, so that what is put there would stand elsewhere."""
    folders = {folder for path in paths for folder in Path(path).parents}
    return next((root / each for each in sorted(folders) if _is_link(root, each)), None)


def _is_link(root: Path, folder: Path) -> bool:
    return folder != Path() and (root / folder).is_symlink()


def _paths(root: Path, contents: Mapping[str, bytes]) -> dict[Path, bytes]:
    if (link := link_on_the_way(root, contents)) is not None:
        raise NotADirectoryError(errno.ENOTDIR, f"{link.name} is a link, not a folder")
    return {root / path: content for path, content in contents.items()}


@contextmanager
def _folders(wanted: set[Path]) -> Iterator[None]:
    """The folders that are wanted, with those above them; new ones go again if they stay empty."""
    missing = {folder for path in wanted for folder in (path, *path.parents) if not folder.exists()}
    folders: list[Path] = []
    try:
        for folder in sorted(missing):
            folder.mkdir()
            folders.append(folder)
        yield
    finally:
        for folder in reversed(folders):
            with suppress(OSError):  # it is not empty, as it should be
                folder.rmdir()
