"""A task as it travels, and how it is done: in a process that knows nothing of any cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from briefings.cluster.contents import Unpacker
from briefings.core.limits import allowing
from briefings.core.values import dataclass
from briefings.workers.pool import Limits


@dataclass(frozen=True, slots=True)
class Order:
    """A task as it travels: by the digests of its work, of its value, and of all that these need.

    `folders` are those among `needs` that are files to be put down first; `allowed` is what whoever
    asks allows.
    """

    asker: tuple[str, str]
    work: str
    value: str
    needs: tuple[str, ...]
    folders: tuple[str, ...]
    limits: Limits
    allowed: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a process has to be told before it can do a task."""

    digests: Sequence[str]


@dataclass(frozen=True, slots=True)
class Task:
    """An order with the folder that files are put down in, and such contents as were lacking."""

    order: Order
    folders: Path
    contents: Mapping[str, bytes]


_unpackers: dict[Path, Unpacker] = {}


def do(task: Task) -> Any:
    """The answer to a task, in the process for it; or what that has to be told first."""
    unpacker = _unpackers.setdefault(task.folders, Unpacker(task.folders))
    unpacker.learn(task.contents)
    order = task.order
    if lacking := unpacker.lacks(order.needs):
        return Lacking(lacking)
    work = unpacker.shared(order.work)
    with allowing(order.allowed):
        return work(unpacker.value(order.value))
