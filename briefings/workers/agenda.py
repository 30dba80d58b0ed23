"""What workers are to do next: more may come up while they are at it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from heapq import heappop, heappush
from itertools import count
from typing import Any, Self, TypeAlias

from briefings.core.limits import PDF_MEMORY, PDF_TIME, Limit
from briefings.core.values import dataclass

Work: TypeAlias = Callable[[Any], Any]
"""A task to its answer. Both are pickled; the work itself too where its worker is spawned, or was
there before the work came up."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a task may use.

    Attributes:
        processor: Seconds of processor time, by which a task is judged: a busy machine takes
            longer for the same.
        wall: Seconds on the clock, generous, for what waits without end.
        memory: Bytes of address space, beside what its worker began with.
        more_time, more_memory: How more is allowed, as hints; empty if it can't be.
    """

    processor: int
    wall: int
    memory: int
    more_time: str = ""
    more_memory: str = ""

    @classmethod
    def of(cls, processor: Limit, memory: Limit, *, wall: int, grace: int = 0) -> Self:
        """The limits that whoever runs the program allows, and `grace` seconds of processor time.

        Args:
            processor: Seconds of processor time.
            memory: Bytes.
            wall: Seconds of the clock.
            grace: Seconds of processor time more, for what is ours.
        """
        return cls(processor.most + grace, wall, memory.most, processor.raising, memory.raising)


WALL = 3600
"""The most seconds on the clock for a PDF or a part of a base, for what waits without end."""


def long_work() -> Limits:
    """The limits of a PDF, of the search of a file, and of a part of a base that is checked.

    A PDF of 25 pages takes about ten seconds, and one of 460 pages a third of the memory.
    """
    return Limits.of(PDF_TIME, PDF_MEMORY, wall=WALL)


@dataclass(frozen=True, slots=True, eq=False)
class WorkKind:
    """Tasks of the same work.

    Attributes:
        work: Makes an answer of a task; importable by name, or made of what is.
        limits: What each task may use.
        most: How many at once, at most, where more do not pay; None for as many as may be.
        rank: Tasks of a higher one go first.
    """

    work: Work
    limits: Limits
    most: int | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Errand:
    """Something to be done, and what is done here with its answer, or with why there is none.

    `then` may put more on the agenda. Of one kind the largest go first, so that none is left alone
    at the end; of one size those that were put there first.
    """

    name: str
    value: object
    kind: WorkKind
    then: Callable[[Any], None] = lambda _: None
    size: int = 0


class Agenda:
    """Tasks that nobody has begun, each by its number: how many were put there before it."""

    def __init__(self, tasks: Iterable[Errand] = ()) -> None:
        self._waiting: dict[int, Errand] = {}
        self._turns: dict[WorkKind, list[tuple[int, int]]] = {}
        self._number = count()
        for task in tasks:
            self.put(task)

    @property
    def memory(self) -> int:
        """The most that any task which was put here may use, in bytes."""
        return max((kind.limits.memory for kind in self._turns), default=0)

    @property
    def waiting(self) -> Mapping[int, Errand]:
        """All that is to be done as yet."""
        return self._waiting

    def put(self, task: Errand) -> None:
        """Have something done."""
        number = next(self._number)
        self._waiting[number] = task
        heappush(self._turns.setdefault(task.kind, []), (-task.size, number))

    def next(self, under_way: Collection[Errand] = ()) -> int | None:
        """The number of the task whose turn it is while others are under way; None if none is."""
        for kind in sorted(self._turns, key=lambda kind: -kind.rank):
            turns = self._turns[kind]
            while turns and turns[0][1] not in self._waiting:
                heappop(turns)
            busy = sum(task.kind is kind for task in under_way)
            if turns and (kind.most is None or busy < kind.most):
                return turns[0][1]
        return None

    def take(self, number: int) -> Errand:
        """A task that somebody begins with."""
        return self._waiting.pop(number)

    def drop(self, unneeded: Callable[[Errand], bool]) -> None:
        """Let go what is not to be done any more."""
        for number in [each for each, task in self._waiting.items() if unneeded(task)]:
            del self._waiting[number]
