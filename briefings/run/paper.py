"""Turn pages into PDFs in processes of their own, each with limits that it cannot talk away."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

SECONDS = 300
"""The most wall time, and the most processor time, for one PDF; 25 pages take about ten."""

MEMORY = 4 * 2**30
"""The most address space of a worker in bytes; 460 pages take a sixth of it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no PDF, in one lower-case clause."""

    reason: str


Convert = Callable[[str, Path], bytes]
"""HTML and the folder of the fonts to a PDF; importable by name, since a worker starts afresh."""


def papers(
    pages: Mapping[str, str],
    fonts: Path,
    convert: Convert,
    *,
    workers: int | None = None,
    done: Callable[[str], None] = lambda _: None,
    seconds: float = SECONDS,
) -> dict[str, bytes | Failed]:
    """The PDF of each page, by the keys of `pages` and in their order.

    A worker keeps what it has loaded for its next page. It is a process and not a task of
    concurrent.futures because one that hangs or dies must be told from its neighbours, which
    then go on. `done` is called after each page, in any order.
    """
    waiting = list(reversed(tuple(pages)))
    made: dict[str, bytes | Failed] = {}
    at_work: dict[Connection, _Worker] = {}
    room = min(workers or os.cpu_count() or 1, len(pages))
    try:
        while waiting or at_work:
            while waiting and len(at_work) < room:
                worker = _hire(convert, fonts)
                at_work[worker.line] = worker
                worker.give(waiting.pop(), pages, seconds)
            for worker in _ready(at_work):
                made[worker.page] = worker.take(seconds)
                done(worker.page)
                if worker.process.is_alive() and waiting:
                    worker.give(waiting.pop(), pages, seconds)
                else:
                    del at_work[worker.line]
                    worker.dismiss()
    finally:
        for worker in at_work.values():
            worker.dismiss()
    return {page: made[page] for page in pages}


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    line: Connection
    page: str = ""
    deadline: float = 0.0

    def give(self, page: str, pages: Mapping[str, str], seconds: float) -> None:
        self.page = page
        self.deadline = time.monotonic() + seconds
        with suppress(OSError):  # a worker that died at once is seen by `take`
            self.line.send(pages[page])

    def take(self, seconds: float) -> bytes | Failed:
        """What came of the page: an answer, a death, or, when neither is there, a time-out."""
        if not self.line.poll():
            self.process.kill()
            self.process.join()
            return Failed(f"it took longer than {seconds:.0f} seconds")
        try:
            answer: bytes | Failed = self.line.recv()
        except (EOFError, OSError):
            self.process.join()
            return Failed(_cause_of_death(self.process.exitcode))
        return answer

    def dismiss(self) -> None:
        self.line.close()
        self.process.kill()
        self.process.join()


def _hire(convert: Convert, fonts: Path) -> _Worker:
    # Spawned, not forked: the same on every system, and safe beside any thread of the caller.
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, convert, fonts), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _ready(at_work: Mapping[Connection, _Worker]) -> Sequence[_Worker]:
    """The workers that have answered, died, or run out of time; waits until there is one."""
    while True:
        now = time.monotonic()
        patience = max(0.0, min(worker.deadline for worker in at_work.values()) - now)
        heard = wait(list(at_work), timeout=patience)
        ready = [
            worker
            for worker in at_work.values()
            if worker.line in heard or worker.deadline <= time.monotonic()
        ]
        if ready:
            return ready


def _cause_of_death(exitcode: int | None) -> str:
    if exitcode is None or exitcode >= 0:
        return f"its process ended with status {exitcode}"
    if -exitcode == signal.SIGXCPU:
        return "it took too much processor time"
    return f"its process was killed by {signal.Signals(-exitcode).name}"


def _work(line: Connection, convert: Convert, fonts: Path) -> None:
    """A worker's life: pages in, PDFs out, until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to act on
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, MEMORY)
    with suppress(EOFError, OSError):
        while True:
            page = line.recv()
            used = resource.getrusage(resource.RUSAGE_SELF)
            _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + SECONDS)
            line.send(_converted(page, fonts, convert))


def _converted(page: str, fonts: Path, convert: Convert) -> bytes | Failed:
    try:
        return convert(page, fonts)
    except MemoryError:
        return Failed("it took too much memory")
    except RecursionError:
        return Failed("its markup nests too deep")
    except Exception as error:  # noqa: BLE001 # a page can upset the layout in any way
        return Failed(str(error) or type(error).__name__)


def _limit(kind: int, most: int) -> None:
    """Lower a limit; a system that does not know it, or is stricter, keeps its own."""
    hard = resource.getrlimit(kind)[1]
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (soft, hard))
