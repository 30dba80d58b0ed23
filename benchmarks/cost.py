"""What a command costs with all that it starts, whoever of them is left behind."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from resource import struct_rusage

ROOT = Path(__file__).resolve().parents[1]

_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor time and on the clock, and the MiB of the largest process."""

    processor: float
    clock: float
    memory: float


def adopt_orphans() -> None:
    """Let processes whose parent ends be ours: a browser leaves most of its work with such."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def cost(words: Sequence[str]) -> tuple[Cost, int]:
    """What a command costs, run with our fonts and its bytecode kept; and its exit code.

    A process counts with the memory of the one that started it, until it has more: who measures
    memory has to be small.
    """
    fonts = ROOT / "templates" / "fonts" / "fonts.conf"
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    quiet = subprocess.DEVNULL
    start = time.monotonic()
    with subprocess.Popen(words, stdout=quiet, stderr=quiet, cwd=ROOT, env=environment) as process:  # noqa: S603 # our own
        _, ended, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(ended)
    clock = time.monotonic() - start
    all_used = [used, *_orphans()]
    processor = sum(each.ru_utime + each.ru_stime for each in all_used)
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    most = max(each.ru_maxrss for each in all_used) / unit
    return Cost(processor, clock, most), process.returncode


def _orphans() -> Iterator[struct_rusage]:
    """What each process has used that a command left behind, once it has ended."""
    with suppress(ChildProcessError):
        while True:
            yield os.wait4(-1, 0)[2]
