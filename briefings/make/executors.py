"""Who makes the pages of a build: workers on this machine, or those of a cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from briefings.core import extras
from briefings.core.diagnostics import Refused
from briefings.plan.request import Request
from briefings.workers import pdfs
from briefings.workers.pool import Executor, Pool, Start
from briefings.workers.templates import templates_of


@contextmanager
def executor_for(request: Request, workers: int | None) -> Iterator[tuple[Executor, Sequence[str]]]:
    """Who makes what is asked for, until it is made.

    Args:
        request: What is asked for, and where.
        workers: How many at once on this machine, at most; None for one a processor.

    Yields:
        The executor, and what it has to say in the end, each in a lower-case clause.

    Raises:
        Refused: With status 1: the cluster can't be used.
    """
    # Who speaks with a cluster has threads, which are not for a fork.
    start: Start = pdfs.start() if request.cluster is None else "spawn"
    with Pool(workers, start=start) as local:
        if request.cluster is None:
            yield local, ()
            return
        try:
            from briefings.cluster.executor import Cluster, Unusable  # noqa: PLC0415 # an extra's
        except ModuleNotFoundError as error:
            raise extras.refused("a build on a cluster", [error.name], "cluster") from error
        folder = templates_of(request.base.parent, request.templates)
        try:
            cluster = Cluster.at(request.cluster, folder, local)
        except Unusable as why:
            hint = (
                "see that its scheduler runs and its workers have this version, or build without"
                " --cluster; `briefings help scale`"
            )
            raise Refused.by(1, "cluster-unusable", str(why), hint) from why
        with cluster:
            yield cluster, cluster.notes
