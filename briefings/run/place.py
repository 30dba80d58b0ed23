"""Put one file in its place: whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path


class Taken(Exception):
    """A file of that name is there already."""


def place(path: Path, content: bytes, *, replace: bool) -> None:
    """Write `content` beside `path`, force it to the disk and give it its name in one step.

    Its mode is 0644 whatever the umask is. Without `replace` a file that is there raises `Taken`.
    """
    beside = path.with_name(f".{path.name}.briefings-new")
    beside.unlink(missing_ok=True)  # left by one that was killed
    file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        with os.fdopen(file, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fchmod(file, 0o644)
            os.fsync(file)
        if replace:
            beside.replace(path)
        else:
            try:
                os.link(beside, path, follow_symlinks=False)
            except FileExistsError:
                raise Taken(path.name) from None
    finally:
        beside.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
