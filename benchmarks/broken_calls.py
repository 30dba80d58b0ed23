"""A process in which one call that changes the disk is its last, or fails."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefings.output import publish

KILLED = "killed"
HALFWAY = "killed halfway"
"""After half of what was to be written."""
FULL = "full from here"
"""No room any more, for this call and each later one that wants some."""
ERRORS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES}
WAYS = (KILLED, HALFWAY, FULL, *ERRORS)

_CALLS = (
    "chmod",
    "fchmod",
    "fsync",
    "link",
    "mkdir",
    "open",
    "rename",
    "replace",
    "rmdir",
    "unlink",
    "utime",
    "write",
)
_WANT_ROOM = frozenset({"link", "mkdir", "open", "write", "write_bytes"})


@dataclass
class Breaking:
    """Let the call number `turn` of this process end as `way` says; `count` is of those so far.

    Processes that are forked from this one count nothing. A `turn` of 0 breaks nothing.
    """

    turn: int = 0
    way: str = KILLED
    count: int = 0
    process: int = 0

    def begin(self) -> None:
        """From here on; there is no way back, so this is for a process of its own."""
        self.process = os.getpid()
        for name in _CALLS:
            setattr(os, name, self._broken(name, getattr(os, name)))
        Path.write_bytes = self._broken("write_bytes", Path.write_bytes)  # type: ignore[method-assign] # to break it is the aim
        publish._exchange = self._broken("exchange", publish._exchange)  # noqa: SLF001 # it is a rename, by another way

    def _broken(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            if os.getpid() != self.process or (name == "open" and not _writes(arguments, named)):
                return real(*arguments, **named)
            self.count += 1
            if self.count == self.turn:
                self._end(name, real, arguments)
            elif self.way == FULL and 0 < self.turn < self.count and name in _WANT_ROOM:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*arguments, **named)

        return call

    def _end(self, name: str, real: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        if self.way == HALFWAY and name in ("write", "write_bytes"):
            target, content = arguments
            real(target, content[: len(content) // 2])
        if self.way in (KILLED, HALFWAY):
            os.kill(os.getpid(), signal.SIGKILL)
        if self.way != FULL or name in _WANT_ROOM:
            number = ERRORS.get(self.way, errno.ENOSPC)
            raise OSError(number, os.strerror(number))


def _writes(arguments: tuple[Any, ...], named: dict[str, Any]) -> bool:
    flags = arguments[1] if len(arguments) > 1 else named.get("flags", 0)
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
