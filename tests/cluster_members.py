"""Schedulers and workers, forked from one process that has loaded what each of them needs."""

from __future__ import annotations

import asyncio
import multiprocessing.forkserver
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from distributed import Scheduler

from briefings.cluster import compatibility
from briefings.cluster.serve import serve

_FORKS = get_context("forkserver")


@contextmanager
def forks() -> Iterator[None]:
    """Members are forked quickly in the block, and their workers may take all the memory."""
    with pytest.MonkeyPatch.context() as patch:
        # It imports before it is told where from.
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        patch.setenv("DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE", "False")
        # Nor do they look a hundred times a second what they are at.
        patch.setenv("DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED", "False")
        patch.setenv("DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL", "1s")
        patch.setenv("DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__GIL__ENABLED", "False")
        _FORKS.set_forkserver_preload([__name__])
        multiprocessing.forkserver.ensure_running()
    yield


@contextmanager
def member(act: Callable[..., None], *arguments: object) -> Iterator[BaseProcess]:
    """A process that does something until the block ends."""
    process = _FORKS.Process(target=act, args=arguments, daemon=True)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


@contextmanager
def scheduler() -> Iterator[tuple[str, BaseProcess]]:
    """A cluster without workers, by its address."""
    ours, theirs = _FORKS.Pipe()
    with member(_schedule, theirs) as running:
        yield ours.recv(), running


def work(
    address: str, folder: Path, path: Path | None = None, version: tuple[str, str] | None = None
) -> None:
    """A worker of one thread; `path` is a folder of further modules, `version` another program."""
    if path is not None:
        sys.path.insert(0, str(path))
    if version is not None:
        compatibility.identity = lambda: version  # type: ignore[assignment] # it is asked for no more
    serve(address, 1, folder)


def _schedule(line: Connection) -> None:
    async def run() -> None:
        scheduler = await Scheduler(host="127.0.0.1", port=0, dashboard=False)
        line.send(scheduler.address)
        await scheduler.finished()

    asyncio.run(run())
