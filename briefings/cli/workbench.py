"""The command `desk`: the local page, until Ctrl-C."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefings.cli import options
from briefings.cli.terminal import say, tell, today

if TYPE_CHECKING:
    from briefings.workbench.access import Door


_PORT = 8756


@click.command(
    epilog="""\b
    Examples:
      briefings desk                           opens the page in your browser
      briefings desk --base desks/harbour      another desk
      briefings desk --port 0 --no-open        on a free port; prints the address
    """
)
@options.base
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=_PORT,
    metavar="N",
    help=f"The port on this machine; 0 for a free one. Default: {_PORT}, so that drafts that your"
    " browser keeps are found again.",
)
@click.option("--no-open", is_flag=True, help="Only print the address.")
def desk(*, base: Path, port: int, no_open: bool) -> int:
    """Open the desk as a page in your browser: document left, fact right, verdict as you type.

    The page is for you alone: it is served on this machine, to whoever has the address that is
    printed, and nothing but your desk. What you accept is written as `briefings add` writes it.
    Exit code 0: ended with Ctrl-C; 2: the port is taken.
    """
    from briefings.workbench.server import listening, serve
    from briefings.workbench.state import Workbench

    try:
        listener = listening(port)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise click.UsageError(f"port {port} can't be had: {reason}. Try --port 0.") from error
    bench = Workbench(base, today)
    bench.refresh()

    def ready(door: Door) -> None:
        say(door.address)
        tell("Ctrl-C ends it; whoever has this address can use the page")
        if not no_open:
            click.launch(door.address)

    with suppress(KeyboardInterrupt):
        asyncio.run(serve(bench, listener, secrets.token_urlsafe(32), ready))
    return 0


COMMANDS = (desk,)
