"""Folders of files that came from another machine, each put down once under its digest."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from shutil import rmtree


def place(below: Path, digest: str, held: Callable[[], Mapping[str, bytes]]) -> None:
    """Let `below` have a folder named `digest` with these files, whole or not at all.

    Args:
        below: A folder that is made where there is none.
        digest: That of what the folder holds: one that stands is as it should be.
        held: The files by their names in the folder, which lead nowhere out of it.

    Raises:
        OSError: It can't be written.
    """
    folder = below / digest
    if folder.is_dir():
        return
    beside = below / f".{digest}.{os.urandom(8).hex()}"
    try:
        beside.mkdir(parents=True)
        for name, content in held().items():
            if ".." in PurePosixPath(name).parts or name.startswith("/"):
                raise OSError(f"{name!r} leads out of its folder")
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        with suppress(OSError):  # another one was first, with the same
            beside.rename(folder)
    finally:
        rmtree(beside, ignore_errors=True)
    if not folder.is_dir():
        raise OSError(f"{folder} can't be made")
