"""Processes of our own, waited for: how they end, and whether anything of theirs lives on."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

SECONDS_TO_END = 5.0
"""How long a worker may outlive the command that was killed."""
SECONDS_TO_DO = 120.0
HANGS = 99
"""Told as the exit code of a command that took longer."""


def ended(child: int) -> int:
    """Its exit code; that of a SIGKILL of ours where it does not end."""
    deadline = time.monotonic() + SECONDS_TO_DO
    while True:
        waited, status = os.waitpid(child, os.WNOHANG)
        if waited:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > deadline:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return HANGS
        time.sleep(0.002)


def outlives(child: int) -> bool:
    """Whether a process of the session that a command began lives on after it."""
    deadline = time.monotonic() + SECONDS_TO_END
    while _session(child):
        if time.monotonic() > deadline:
            return True
        time.sleep(0.01)
    return False


def _session(leader: int) -> list[str]:
    alive: list[str] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(") ")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if fields[3] == str(leader) and fields[0] != "Z":
            alive.append(stat.parent.name)
    return alive
