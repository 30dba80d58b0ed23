"""Work in processes of its own, each with limits that it cannot talk away."""

from __future__ import annotations

import ctypes
import gc
import math
import os
import re
import resource
import signal
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Literal

from briefings.core import files

_PR_SET_PDEATHSIG = 1

_MOST_GROWN = 256 * 2**20
"""Bytes by which a worker may have grown since its first task, before another takes its place."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a task may use.

    Attributes:
        processor: Seconds of processor time, by which a task is judged: a busy machine takes
            longer for the same.
        wall: Seconds on the clock, generous, for what waits without end.
        memory: Bytes of address space of its worker.

    """

    processor: int
    wall: int
    memory: int


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a task has no answer, in one lower-case clause."""

    reason: str


Work = Callable[[Any], Any]
"""A task to its answer. Both are pickled; the work itself too where its worker is spawned."""

Start = Literal["spawn", "fork"]
"""A spawned worker starts afresh, the same on every system; a forked one has at once all that is
loaded here, but may use nothing that has threads or locks."""


def answers(
    tasks: Mapping[str, object],
    work: Work,
    limits: Limits,
    *,
    start: Start,
    workers: int | None = None,
) -> Generator[tuple[str, Any], None, None]:
    """The name of each task with its answer or `Failed`, as they come; one worker keeps the order.

    A worker keeps what it has loaded for its next task, until it has grown by too much: then
    another takes its place. It is a process and not a task of
    concurrent.futures because one that hangs or dies must be told from its neighbours, which
    then go on. Closing the generator ends all of them, and so does the end of this process.

    Args:
        tasks: What is to be done, by name.
        work: What makes an answer of a task.
        limits: What each task may use.
        start: How a worker comes to be.
        workers: How many at once, at most; None for as many as there are processors. They are
            never more than the machine has memory for, if each takes all that it may.

    """
    waiting = list(reversed(tuple(tasks)))
    at_work: dict[Connection, _Worker] = {}
    room = min(workers or os.cpu_count() or 1, len(tasks), _affordable(limits.memory))
    try:
        while waiting or at_work:
            while waiting and len(at_work) < room:
                worker = _hire(work, limits, start)
                at_work[worker.line] = worker
                worker.give(waiting.pop(), tasks)
            heard = wait(list(at_work))
            for worker in [each for line, each in at_work.items() if line in heard]:
                done, answer = worker.task, worker.take()
                if worker.stays and worker.process.is_alive() and waiting:
                    worker.give(waiting.pop(), tasks)
                else:
                    del at_work[worker.line]
                    worker.dismiss()
                yield done, answer
    finally:
        for worker in at_work.values():
            worker.dismiss()


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    line: Connection
    limits: Limits
    task: str = ""
    stays: bool = True
    """Whether it can be given another task: it lives, and has not grown by too much."""

    def give(self, task: str, tasks: Mapping[str, object]) -> None:
        self.task = task
        try:
            self.line.send(tasks[task])
        except OSError:  # it died, or has no task: then it would wait for one, and we for it
            self.process.kill()  # which `take` sees

    def take(self) -> Any:
        """What came of the task: an answer, or a death."""
        try:
            answer, self.stays = self.line.recv()
        except (EOFError, OSError):
            self.stays = False
            self.process.join()
            return Failed(_cause_of_death(self.process.exitcode, self.limits))
        else:
            return answer

    def dismiss(self) -> None:
        self.line.close()
        self.process.kill()
        self.process.join()


def _affordable(memory: int) -> int:
    """How many workers the machine has memory for, and one at least."""
    return max(1, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // memory)


def _hire(work: Work, limits: Limits, start: Start) -> _Worker:
    context = get_context("fork") if start == "fork" else get_context("spawn")
    ours, theirs = context.Pipe()
    # A forked worker has our end as well, and would never hear that we are gone.
    inherited = ours if start == "fork" else None
    arguments = (theirs, inherited, work, limits, os.getpid())
    process = context.Process(target=_work, args=arguments, daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours, limits)


def _cause_of_death(exitcode: int | None, limits: Limits) -> str:
    if exitcode is None or exitcode >= 0:
        return f"its process ended with status {exitcode}"
    if -exitcode == signal.SIGXCPU:
        return f"it took more than {limits.processor} seconds of processor time"
    if -exitcode == signal.SIGALRM:
        return f"it took longer than {limits.wall} seconds"
    return f"its process was killed by {signal.Signals(-exitcode).name}"


def _work(
    line: Connection, inherited: Connection | None, work: Work, limits: Limits, parent: int
) -> None:
    """A worker's life: tasks in, answers out, until nobody is there any more."""
    if inherited is not None:
        inherited.close()
    _end_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to act on
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the wall is of the kernel, not of Python
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, limits.memory)
    gc.freeze()  # what is here from the start stays: it isn't looked through after each task
    first: int | None = None
    with suppress(EOFError, OSError):
        while True:
            task = line.recv()
            used = resource.getrusage(resource.RUSAGE_SELF)
            spent = math.ceil(used.ru_utime + used.ru_stime + limits.processor)
            _limit(resource.RLIMIT_CPU, spent)
            signal.setitimer(signal.ITIMER_REAL, limits.wall)
            answer = _answer(task, work)
            most = _most_memory()
            first = most if first is None else first
            line.send((answer, most - first <= _MOST_GROWN))
            signal.setitimer(signal.ITIMER_REAL, 0)
            # What a task makes may refer to itself in rings, and the next one shall have all the
            # memory. Whoever has the last answer ends this process: for that it is not done.
            gc.collect()


def _end_with(parent: int) -> None:
    """Die when the parent does, whatever is being done.

    Kernels other than Linux have nothing of the kind: there a worker ends with its task, or by
    the limits of that.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before this was said
        os._exit(1)


def _answer(task: object, work: Work) -> object:
    try:
        return work(task)
    except MemoryError:
        return Failed("it took too much memory")


def _most_memory() -> int:
    """The most memory that this process has had, in bytes.

    Linux keeps `ru_maxrss` across exec: it would be that of a larger process which started this.
    """
    with suppress(files.Unreadable):
        if most := re.search(rb"\nVmHWM:\s*(\d+) kB\n", files.read(Path("/proc/self"), "status")):
            return int(most[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _limit(kind: int, most: int) -> None:
    """Lower a limit; a system that does not know it, or is stricter, keeps its own."""
    hard = resource.getrlimit(kind)[1]
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (soft, hard))
