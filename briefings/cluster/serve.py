"""A worker of a cluster in this process, without a nanny."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from pathlib import Path

from distributed import Worker

from briefings.cluster.executor import Unusable, require_certificates
from briefings.output.spool import scratch

_WAIT = "15s"


def serve(address: str, threads: int | None, folder: Path | None) -> None:
    """Do the tasks of a cluster, until it ends, or Ctrl-C.

    Args:
        address: That of its scheduler.
        threads: How many tasks at once; None for one a processor.
        folder: Where files of tasks lie meanwhile; None for one that goes in the end.

    Raises:
        Unusable: Nobody answers there, or not without certificates.
    """
    require_certificates(address)
    with suppress(KeyboardInterrupt), scratch() as own:
        where = own if folder is None else str(folder.absolute())
        asyncio.run(_serve(address, threads or os.cpu_count() or 1, where))


async def _serve(address: str, threads: int, where: str) -> None:
    try:
        worker = await Worker(address, nthreads=threads, local_directory=where, death_timeout=_WAIT)
    except (OSError, ValueError, RuntimeError) as error:
        raise Unusable(f"there is no cluster at {address}") from error
    await worker.finished()
