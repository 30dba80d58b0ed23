"""Work in processes of its own, each with limits that it cannot talk away."""

from __future__ import annotations

import math
import os
import resource
import signal
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Limits:
    """The most `seconds` of a task, on the clock and of the processor; bytes of address space."""

    seconds: float
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

    A worker keeps what it has loaded for its next task. It is a process and not a task of
    concurrent.futures because one that hangs or dies must be told from its neighbours, which
    then go on. Closing the generator ends all of them.
    """
    waiting = list(reversed(tuple(tasks)))
    at_work: dict[Connection, _Worker] = {}
    room = min(workers or os.cpu_count() or 1, len(tasks))
    try:
        while waiting or at_work:
            while waiting and len(at_work) < room:
                worker = _hire(work, limits, start)
                at_work[worker.line] = worker
                worker.give(waiting.pop(), tasks)
            for worker in _ready(at_work):
                done, answer = worker.task, worker.take()
                if worker.process.is_alive() and waiting:
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
    seconds: float
    task: str = ""
    deadline: float = 0.0

    def give(self, task: str, tasks: Mapping[str, object]) -> None:
        self.task = task
        self.deadline = time.monotonic() + self.seconds
        with suppress(OSError):  # a worker that died at once is seen by `take`
            self.line.send(tasks[task])

    def take(self) -> Any:
        """What came of the task: an answer, a death, or, when neither is there, a time-out."""
        if not self.line.poll():
            self.process.kill()
            self.process.join()
            return Failed(f"it took longer than {self.seconds:.0f} seconds")
        try:
            return self.line.recv()
        except (EOFError, OSError):
            self.process.join()
            return Failed(_cause_of_death(self.process.exitcode))

    def dismiss(self) -> None:
        self.line.close()
        self.process.kill()
        self.process.join()


def _hire(work: Work, limits: Limits, start: Start) -> _Worker:
    context = get_context("fork") if start == "fork" else get_context("spawn")
    ours, theirs = context.Pipe()
    # A forked worker has our end as well, and would never hear that we are gone.
    inherited = ours if start == "fork" else None
    process = context.Process(target=_work, args=(theirs, inherited, work, limits), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours, limits.seconds)


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


def _work(line: Connection, inherited: Connection | None, work: Work, limits: Limits) -> None:
    """A worker's life: tasks in, answers out, until nobody is there any more."""
    if inherited is not None:
        inherited.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to act on
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, limits.memory)
    with suppress(EOFError, OSError):
        while True:
            task = line.recv()
            used = resource.getrusage(resource.RUSAGE_SELF)
            spent = math.ceil(used.ru_utime + used.ru_stime + limits.seconds)
            _limit(resource.RLIMIT_CPU, spent)
            line.send(_answer(task, work))


def _answer(task: object, work: Work) -> object:
    try:
        return work(task)
    except MemoryError:
        return Failed("it took too much memory")


def _limit(kind: int, most: int) -> None:
    """Lower a limit; a system that does not know it, or is stricter, keeps its own."""
    hard = resource.getrlimit(kind)[1]
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (soft, hard))
