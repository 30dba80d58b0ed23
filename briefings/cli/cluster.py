"""The command `worker`: this machine makes pages for builds of others."""

from __future__ import annotations

from pathlib import Path

import click

from briefings.cli import options


@click.command(
    epilog="""\b
    Examples:
      dask scheduler                           on one machine of the cluster
      briefings worker tcp://host:8786         on each of its machines
      briefings build --cluster tcp://host:8786
      briefings help scale                     what it takes, and what it brings
    """
)
@click.argument("address", callback=options.scheduler)
@click.option(
    "--threads",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many pages at once. Default: one a processor.",
)
@click.option(
    "--folder",
    type=options.NamedPath(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where templates of desks lie meanwhile. Default: one that goes when it ends.",
)
def worker(*, address: str, threads: int | None, folder: Path | None) -> int:
    """Make pages for `briefings build --cluster ADDRESS`, until Ctrl-C or the end of the cluster.

    Any `dask worker` with this package does the same. Whoever can reach the cluster can run
    anything on this machine: let nobody reach it but its own machines. Needs briefings[cluster].
    Exit code 0: the cluster ended, or you did; 1: there is no cluster at ADDRESS; 2: ADDRESS is
    none, or packages are missing (pip install 'briefings[cluster]').
    """
    try:
        from briefings.cluster.executor import Unusable
        from briefings.cluster.serve import serve
    except ModuleNotFoundError as error:
        from briefings.core.extras import install, lacks

        told = f"{lacks('a worker', [error.name])}; {install('cluster')}"
        raise click.UsageError(told) from error
    try:
        serve(address, threads, folder)
    except Unusable as why:
        raise click.ClickException(str(why)) from why
    return 0


COMMANDS = (worker,)
