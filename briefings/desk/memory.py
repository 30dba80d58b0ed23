"""Large desks in memory: what is read of one stays until the command ends."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def keeping_all() -> Iterator[None]:
    """Make many values that all stay: nobody looks for cycles among them, now or later.

    A collector that does so again and again takes half of the time that a large desk needs.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
