"""What runs on a worker of a cluster: a task, done in a process with limits beside the worker's."""

from __future__ import annotations

import multiprocessing.process
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from distributed import get_worker

from briefings.cluster.contents import Unpacker, files_of
from briefings.cluster.likeness import identity
from briefings.output.placed import place
from briefings.workers.pool import Limits, Pool


class OtherVersion(Exception):
    """Who asks is of another version: the bytes would be others."""


@dataclass(frozen=True, slots=True)
class Order:
    """A task as it travels: by the digests of its work, of its value, and of all that these need.

    `folders` are those among `needs` that are files to be put down first.
    """

    asker: tuple[str, str]
    work: str
    value: str
    needs: tuple[str, ...]
    folders: tuple[str, ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class _Lacking:
    """What a process has to be told before it can do a task."""

    digests: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Task:
    order: Order
    folders: Path
    contents: Mapping[str, bytes]


def received(data: bytes) -> bytes:
    """A content, which from here on lies in the memory of the cluster under its digest."""
    return data


def perform(order: Order, contents: Sequence[bytes]) -> Any:
    """Do a task in a process of this thread, which stays for the next.

    Args:
        order: The task.
        contents: Those of `order.needs`, in their order.

    Raises:
        OtherVersion: This is not the program that asks.

    """
    if identity() != order.asker:
        raise OtherVersion
    known = dict(zip(order.needs, contents, strict=True))
    folders = Path(get_worker().local_directory) / "briefings-folders"
    for digest in order.folders:
        place(folders, digest, lambda digest=digest: files_of(known[digest]))  # type: ignore[misc] # bound at once
    pool = _pool()
    answer = _asked(pool, _Task(order, folders, {}))
    if isinstance(answer, _Lacking):
        lacking = {digest: known[digest] for digest in answer.digests}
        answer = _asked(pool, _Task(order, folders, lacking))
    return answer


def _asked(pool: Pool, task: _Task) -> Any:
    ((_, answer),) = pool.answers({task.order.value: task}, _done, task.order.limits)
    return answer


_of_thread = threading.local()


def _pool() -> Pool:
    """One process for each thread of the worker: the kernel ends it with the thread."""
    if not hasattr(_of_thread, "pool"):
        # A worker under a nanny may have no children by the rules of `multiprocessing`, lest they
        # outlive it; ours end with it by the kernel.
        multiprocessing.process.current_process()._config["daemon"] = False  # type: ignore[attr-defined] # noqa: SLF001
        _of_thread.pool = Pool(1, start="spawn")
    pool: Pool = _of_thread.pool
    return pool


_unpackers: dict[Path, Unpacker] = {}


def _done(task: _Task) -> Any:
    """The answer to a task, in the process for it; or what that has to be told first."""
    unpacker = _unpackers.setdefault(task.folders, Unpacker(task.folders))
    unpacker.learn(task.contents)
    order = task.order
    if lacking := unpacker.lacks(order.needs):
        return _Lacking(lacking)
    work = unpacker.shared(order.work)
    return work(unpacker.value(order.value))
