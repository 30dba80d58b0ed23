"""One process at a time: a lock on a file or folder itself, which leaves no file behind."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 30.0
"""How many seconds to wait for another."""


@contextmanager
def alone(path: Path) -> Iterator[int]:
    """Hold `path` against whoever else asks for it so; it is opened under this number.

    Raises:
        BlockingIOError: Another has held it for `PATIENCE` seconds.
        OSError: It is not there, or may not be opened.
    """
    with _open(path) as held:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        yield held


@contextmanager
def at_once(path: Path) -> Iterator[None]:
    """Hold `path` alone, or raise BlockingIOError if anybody has it."""
    with _open(path) as held:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


@contextmanager
def together(path: Path) -> Iterator[None]:
    """Hold `path` with all who ask for it so; whoever has it alone has it for moments."""
    with _open(path) as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        yield


@contextmanager
def _open(path: Path) -> Iterator[int]:
    held = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield held
    finally:
        os.close(held)
