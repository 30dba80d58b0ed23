"""Work counted in steps: the same on every machine, however busy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import briefings

OURS = str(Path(briefings.__file__).parent)


def steps(work: Callable[[], object]) -> int:
    """How many lines of ours run, and calls of others: the same on every machine.

    A loop in one line counts as often as it turns.
    """
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:  # Any: as sys.settrace has it
        nonlocal count
        count += 1
        is_ours = event != "call" or frame.f_code.co_filename.startswith(OURS)
        return trace if is_ours else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
