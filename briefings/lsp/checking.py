"""Desks read and checked beside the loop that answers the editor, so that typing never waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from briefings.authoring.editing import EditedDesk, edited
from briefings.core.values import dataclass

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A desk that is being read: the texts that the editor had then, and what comes of it."""

    drafts: Mapping[str, str]
    desk: asyncio.Future[EditedDesk]


class Checking:
    """What editors have open, as it was last read, and a thread of its own that reads it.

    One desk is read at a time. A reading that has begun runs to its end; one that still waits is
    called off as soon as the texts have changed again.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="check")
        self._read: dict[Path, EditedDesk] = {}
        self._readings: dict[Path, _Reading] = {}

    def last(self, base: Path) -> EditedDesk | None:
        """The desk as it was read last, whatever has been typed since; None if it never was."""
        return self._read.get(base)

    async def desk(self, base: Path, drafts: Mapping[str, str]) -> EditedDesk:
        """The desk with these texts; it is read once, whoever asks, and however many."""
        reading = self._readings.get(base)
        if reading is None or reading.drafts != drafts or reading.desk.cancelled():
            if reading is not None:
                reading.desk.cancel()
            reading = _Reading(drafts, self._submit(self._edited, base, drafts))
            self._readings[base] = reading
        # Who asked may be called off; others wait for the same.
        return await asyncio.shield(reading.desk)

    def forget(self, base: Path) -> None:
        """Read a desk anew the next time: its files have changed on disk."""
        self._readings.pop(base, None)

    async def beside(self, work: Callable[[], _T]) -> _T:
        """What other long work comes to, which takes its turn between readings."""
        return await self._submit(work)

    def close(self) -> None:
        """Begin nothing more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _submit(self, work: Callable[..., _T], *arguments: object) -> asyncio.Future[_T]:
        return asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)

    def _edited(self, base: Path, drafts: Mapping[str, str]) -> EditedDesk:
        desk = edited(base, drafts, self._read.get(base))
        self._read[base] = desk
        return desk
