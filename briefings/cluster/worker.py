"""What runs on a worker of a cluster: a task, done in a process with limits beside the worker's."""

from __future__ import annotations

import multiprocessing.process
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from distributed import get_worker

from briefings.cluster.compatibility import identity
from briefings.cluster.contents import files_of
from briefings.cluster.task import Lacking, Order, Task, do
from briefings.output.received import place
from briefings.workers.pool import Pool


class OtherVersion(Exception):
    """Who asks is of another version: the bytes would be others."""


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
    answer = _asked(pool, Task(order, folders, {}))
    if isinstance(answer, Lacking):
        lacking = {digest: known[digest] for digest in answer.digests}
        answer = _asked(pool, Task(order, folders, lacking))
    return answer


def _asked(pool: Pool, task: Task) -> Any:
    ((_, answer),) = pool.answers({task.order.value: task}, do, task.order.limits)
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
