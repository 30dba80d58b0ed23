"""Work in processes of its own, each with limits that it cannot talk away."""

from __future__ import annotations

import ctypes
import errno
import gc
import math
import os
import re
import resource
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Literal, Protocol, Self, TypeAlias

from briefings.core import files
from briefings.core.limits import allowed, allowing
from briefings.core.overriding import override
from briefings.core.values import dataclass
from briefings.workers.agenda import Agenda, Errand, Limits, Work, WorkKind

__all__ = [
    "Answers",
    "Executor",
    "Failed",
    "Limits",
    "Pool",
    "Results",
    "Start",
    "answers",
    "aside",
]

_PR_SET_PDEATHSIG = 1

_NO_ROOM = ("failed to map segment", "annot allocate memory")
"""What loaders of libraries say, in whatever error, where a process may have no more memory."""

_MOST_GROWN = 256 * 2**20
"""Bytes by which a worker may have grown since its first task, before another takes its place."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a task has no answer, in one lower-case clause; `hints` are how it could have one."""

    reason: str
    hints: tuple[str, ...] = ()


Start = Literal["spawn", "fork"]
"""A spawned worker starts afresh, the same on every system; a forked one has at once all that is
loaded here, but may use nothing that has threads or locks."""

Answers: TypeAlias = Generator[tuple[str, Any], None, None]
"""The name of each task with its answer or `Failed`, as they come."""

Results: TypeAlias = Generator[tuple[Errand, Any], None, None]
"""Each task with its answer or `Failed`, as they come; closing it ends what is being done."""


class Executor(Protocol):
    """Has work done, on this machine or on others."""

    def results(self, agenda: Agenda) -> Results:
        """What comes of all that is on an agenda, and of what is put there meanwhile."""

    def answers(
        self, tasks: Mapping[str, object], work: Work, limits: Limits, *, most: int | None = None
    ) -> Answers:
        """The answers to tasks that are all known, in any order.

        Args:
            tasks: What is to be done, by name.
            work: What makes an answer of a task; importable by name, or made of what is.
            limits: What each task may use.
            most: How many at once, at most, where more do not pay; None for as many as may be.
        """
        kind = WorkKind(work, limits, most)
        agenda = Agenda(Errand(name, value, kind) for name, value in tasks.items())
        with closing(self.results(agenda)) as results:
            for task, answer in results:
                yield task.name, answer

    def work_off(self, agenda: Agenda) -> None:
        """Have everything done, and with each answer what its task wants done."""
        with closing(self.results(agenda)) as results:
            for task, answer in results:
                task.then(answer)


class Pool(Executor):
    """Workers on this machine, who stay for the next tasks until the pool is closed.

    A worker keeps what it has loaded, whatever it does next, until it has grown by too much: then
    another takes its place. It is a process and not a task of
    concurrent.futures because one that hangs or dies must be told from its neighbours, which
    then go on. The end of this process ends all of them.

    Args:
        workers: How many at once, at most; None for as many as there are processors. They are
            never more than the machine has memory for, if each takes all that it may.
        start: How a worker comes to be.
    """

    def __init__(self, workers: int | None = None, *, start: Start) -> None:
        self.workers = workers or os.cpu_count() or 1
        self.start = start
        self._idle: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        while self._idle:
            self._idle.pop().dismiss()

    @override
    def results(self, agenda: Agenda) -> Results:
        """What comes of all tasks, as they are done; one worker keeps the order of the agenda."""
        at_work: dict[Connection, _Worker] = {}
        try:
            self._engage(agenda, at_work)
            while at_work:
                heard = wait(list(at_work))
                for worker in [each for line, each in at_work.items() if line in heard]:
                    task, answer = worker.task, worker.take()
                    del at_work[worker.line]
                    if worker.stays and worker.process.is_alive():
                        self._idle.append(worker)
                    else:
                        worker.dismiss()
                    # Before the answer is looked at here, which takes a while, and after that.
                    self._engage(agenda, at_work)
                    yield task, answer
                    self._engage(agenda, at_work)
        finally:
            for worker in at_work.values():
                worker.dismiss()

    def _engage(self, agenda: Agenda, at_work: dict[Connection, _Worker]) -> None:
        """Give whoever is idle what is to be done, and hire more as long as we may."""
        room = min(self.workers, _affordable(agenda.memory)) if agenda.waiting else 0
        while len(at_work) < room:
            number = agenda.next([worker.task for worker in at_work.values()])
            if number is None:
                return
            worker = self._idle.pop() if self._idle else _hire(agenda, self.start)
            at_work[worker.line] = worker
            worker.give(number, agenda)


def answers(
    tasks: Mapping[str, object],
    work: Work,
    limits: Limits,
    *,
    start: Start,
    workers: int | None = None,
) -> Answers:
    """The answers of a pool that is there for these tasks alone.

    Args:
        tasks: What is to be done, by its name.
        work: Makes the answer of a task, in a worker.
        limits: What a task may use.
        start: How a worker comes to be.
        workers: How many at once, at most; None for one a processor.

    Yields:
        The name of each task and its answer, or why there is none; as they are done.
    """
    with Pool(workers, start=start) as pool:
        yield from pool.answers(tasks, work, limits)


@contextmanager
def aside(work: Callable[[], object], limits: Limits) -> Iterator[Callable[[], Any]]:
    """Have something worked out in a forked process while this one does other things.

    Args:
        work: What is to be worked out, of all that is loaded here.
        limits: What that may use.

    Yields:
        What waits for the answer, or for why there is none.
    """
    agenda = Agenda([Errand("aside", None, WorkKind(lambda _: work(), limits))])
    (number,) = agenda.waiting
    worker = _hire(agenda, "fork")
    try:
        worker.give(number, agenda)
        yield worker.take
    finally:
        worker.dismiss()


@dataclass(frozen=True, slots=True)
class _Order:
    """What a worker is sent: a task, with what it can't know of it.

    `inherited` is the number of one that it was forked with: then there is no `value`. `work` comes
    with the first task of its `kind` that it was not forked with. `allowed` is what whoever runs
    the program allows beside the limits of the task.
    """

    limits: Limits
    allowed: Mapping[str, int]
    inherited: int | None = None
    value: object = None
    kind: int = 0
    work: Work | None = None


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    line: Connection
    agenda: Agenda | None
    """What it was forked with; None for one that was spawned."""
    inherited: frozenset[int]
    """The numbers of the tasks that waited there then."""
    task: Errand = field(init=False)
    knows: set[WorkKind] = field(default_factory=set)
    """The kinds of work that it was sent."""
    stays: bool = True
    """Whether it can be given another task: it lives, and has not grown by too much."""

    def give(self, number: int, agenda: Agenda) -> None:
        self.task = task = agenda.take(number)
        limits, kind = task.kind.limits, task.kind
        if agenda is self.agenda and number in self.inherited:
            order = _Order(limits, allowed(), number)
        else:
            work = None if kind in self.knows else kind.work
            order = _Order(limits, allowed(), None, task.value, id(kind), work)
            self.knows.add(kind)
        try:
            self.line.send(order)
        except OSError:  # it died, or has no task: then it would wait for one, and we for it
            self.process.kill()  # which `take` sees

    def take(self) -> Any:
        """What came of the task: an answer, or a death."""
        try:
            answer, self.stays = self.line.recv()
        except (EOFError, OSError):
            self.stays = False
            self.process.join()
            return _cause_of_death(self.process.exitcode, self.task.kind.limits)
        else:
            return answer

    def dismiss(self) -> None:
        self.line.close()
        self.process.kill()
        self.process.join()


def _affordable(memory: int) -> int:
    """How many workers the machine has memory for, and one at least."""
    return max(1, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // memory)


def _hire(agenda: Agenda, start: Start) -> _Worker:
    forked = start == "fork"
    context = get_context("fork") if forked else get_context("spawn")
    ours, theirs = context.Pipe()
    # A forked worker has our end as well, and would never hear that we are gone.
    arguments = (theirs, ours if forked else None, agenda if forked else None, os.getpid())
    process = context.Process(target=_work, args=arguments, daemon=True)
    process.start()
    theirs.close()
    if forked:
        return _Worker(process, ours, agenda, frozenset(agenda.waiting))
    return _Worker(process, ours, None, frozenset())


_OF_OTHERS = frozenset({signal.SIGKILL, signal.SIGTERM})
# As libraries in C end where they get no memory.
_BY_LIBRARIES = frozenset({signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV})
_FROM_OUTSIDE = (
    "most likely the machine ran out of memory, as its log would say, or somebody ended it: free"
    " some memory, and try again"
)


def _cause_of_death(exitcode: int | None, limits: Limits) -> Failed:
    if exitcode is None or exitcode >= 0:
        # Of a library, which can't go on; most often it gets no memory.
        return Failed(f"its process ended with status {exitcode}", _hints(limits.more_memory))
    if -exitcode == signal.SIGXCPU:
        reason = f"it took more than {limits.processor} seconds of processor time"
        return Failed(reason, _hints(limits.more_time))
    if -exitcode == signal.SIGALRM:
        return Failed(f"it took longer than {limits.wall} seconds")
    killed = f"its process was killed by {signal.Signals(-exitcode).name}"
    if -exitcode in _BY_LIBRARIES:
        return Failed(f"{killed}, most likely for want of memory", _hints(limits.more_memory))
    return Failed(killed, (_FROM_OUTSIDE,) if -exitcode in _OF_OTHERS else ())


def _hints(hint: str) -> tuple[str, ...]:
    return (hint,) if hint else ()


def _work(
    line: Connection, inherited: Connection | None, agenda: Agenda | None, parent: int
) -> None:
    """A worker's life: tasks in, answers out, until nobody is there any more."""
    if inherited is not None:
        inherited.close()
    _end_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to act on
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the wall is of the kernel, not of Python
    _limit(resource.RLIMIT_CORE, 0)
    gc.freeze()  # what is here from the start stays: it isn't looked through after each task
    gc.disable()  # nor is what a task makes, while it is at work
    size, loaded = (_of_status("VmSize") or 0), len(sys.modules)
    first: int | None = None
    works: dict[int, Work] = {}
    with suppress(EOFError, OSError):
        while True:
            order: _Order = line.recv()
            if agenda is not None and order.inherited is not None:
                inheritance = agenda.take(order.inherited)
                task, work = inheritance.value, inheritance.kind.work
                del inheritance
            else:
                task, work = order.value, order.work or works[order.kind]
                works[order.kind] = work
            _bound(order.limits, size)
            with allowing(order.allowed):
                answer = _answer(task, work, order.limits)
            most = _most_memory()
            first = most if first is None else first
            line.send((answer, most - first <= _MOST_GROWN))
            signal.setitimer(signal.ITIMER_REAL, 0)
            # What a task makes may refer to itself in rings, and the next one shall have all the
            # memory. Whoever has the last answer ends this process: for that it is not done.
            del order, task, answer
            gc.collect()
            if len(sys.modules) > loaded:
                loaded = len(sys.modules)
                gc.freeze()  # what a first task has loaded stays too


def _bound(limits: Limits, size: int) -> None:
    """Let this process use no more than that until its task is done.

    `size` is the address space with which the process began, which is not of the task: a forked one
    has all that the process had which it comes from.
    """
    _limit(resource.RLIMIT_AS, size + limits.memory)
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + limits.processor))
    signal.setitimer(signal.ITIMER_REAL, limits.wall)


def _end_with(parent: int) -> None:
    """Die when the parent does, whatever is being done.

    Kernels other than Linux have nothing of the kind: there a worker ends with its task, or by
    the limits of that.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before this was said
        os._exit(1)


def is_want_of_memory(error: Exception) -> bool:
    """Whether an error says that there is no memory left, as a library that can't be loaded does.

    A work that catches all else lets it through: whoever has set the limit tells of it.
    """
    is_told = isinstance(error, OSError) and error.errno == errno.ENOMEM
    return isinstance(error, MemoryError) or is_told or any(text in str(error) for text in _NO_ROOM)


def _answer(task: object, work: Work, limits: Limits) -> object:
    try:
        return work(task)
    except Exception as error:
        if not is_want_of_memory(error):
            raise
        return Failed("it took too much memory", _hints(limits.more_memory))


def _most_memory() -> int:
    """The most memory that this process has had, in bytes.

    Linux keeps `ru_maxrss` across exec: it would be that of a larger process which started this.
    """
    if most := _of_status("VmHWM"):
        return most
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _of_status(name: str) -> int | None:
    """An amount of memory that Linux tells of this process, in bytes."""
    with suppress(files.Unreadable):
        status = files.read(Path("/proc/self"), "status")
        if amount := re.search(rf"\n{name}:\s*(\d+) kB\n".encode(), status):
            return int(amount[1]) * 1024
    return None


def _limit(kind: int, most: int) -> None:
    """Lower a limit; a system that does not know it, or is stricter, keeps its own."""
    hard = resource.getrlimit(kind)[1]
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (soft, hard))
