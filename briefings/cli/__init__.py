"""The command line: one program, its exit codes, and nothing that goes wrong as a traceback."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import NoReturn

import click

from briefings import __version__
from briefings.cli.menu import COMPLETING, Commands
from briefings.cli.repeat import again
from briefings.core.limits import VARIABLE, NoLimit, allowing, parse

INTERNAL_ERROR = 70
INTERRUPTED = 130
_SELDOM = 100_000
_NO_MEMORY = (
    "briefings: there is not enough memory for what was given to it; nothing more was written\n"
    "  hint: free some memory, or give it less; `briefings help limits` says how less is let in"
)


def main() -> None:
    """Run the command line and exit; nothing that goes wrong shows a traceback."""
    gc.set_threshold(_SELDOM)  # loading modules makes much that stays, and no cycle to collect
    os.environ["TZ"] = "UTC"  # a desk says its own; libraries would read whatever file it names
    for named in ("OPENSSL_CONF", "SSL_CERT_FILE"):
        # OpenSSL would read a pipe or a device without end.
        if not os.path.isfile(os.environ.get(named, "")):  # noqa: PTH113 # a path's own may raise
            os.environ.pop(named, None)
    if None in (sys.stdin, sys.stdout, sys.stderr):
        from briefings.core.files import open_closed_streams  # which hardly anybody needs

        open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that can't show a letter gets its code, not an exception.
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")
    _end(_status(sys.argv[1:]))


def _end(status: int) -> NoReturn:
    """End as any program does, but for taking apart piece by piece all that it holds.

    That takes longer than many a command. Where other threads are at work, they are waited for.
    """
    if threading.active_count() == 1:
        atexit._run_exitfuncs()  # noqa: SLF001 # all that Python runs before it takes things apart
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except ValueError:  # a server has closed it
            continue
        except OSError:  # Python would try again, and say so in its own way
            from briefings.core.files import let_go

            status = status or 2
            let_go(stream)
    if threading.active_count() == 1:
        os._exit(status)
    sys.exit(status)


def _status(arguments: list[str]) -> int:
    try:
        return _ran(arguments)
    except MemoryError:
        if "--debug" in arguments:
            raise
    _tell(_NO_MEMORY)  # now that what was read is let go of
    return 2


def _ran(arguments: list[str]) -> int:
    try:
        status = again(arguments)
        if status is None:
            status = commands.main(
                arguments, prog_name="briefings", standalone_mode=False, obj=tuple(arguments)
            )
    except click.ClickException as error:
        usage = StringIO()
        error.show(usage)
        _tell(usage.getvalue().removesuffix("\n"))
        return error.exit_code
    except click.Abort:
        _tell("briefings: interrupted")
        return INTERRUPTED
    except OSError as error:  # standard output that is full, a folder that vanished meanwhile
        if "--debug" in arguments:
            raise
        _tell(f"briefings: {_unwritten(error)}")
        return 2
    except MemoryError:
        raise
    except Exception as error:
        if "--debug" in arguments:
            raise
        if COMPLETING in os.environ:  # by a shell, into the line that somebody types; or by nobody
            return 1
        _tell(
            f"briefings: internal error: {type(error).__name__}: {_visible(error)}\n"
            "  hint: this is a fault of the program; please report it with what"
            " `briefings --debug …` prints"
        )
        return INTERNAL_ERROR
    return status if isinstance(status, int) else 0


def _tell(text: str) -> None:
    from briefings.cli.terminal import tell  # not needed for --help and --version

    with suppress(OSError):  # there is nowhere to say it
        tell(text)


def _unwritten(error: OSError) -> str:
    from briefings.core.characters import visible
    from briefings.core.files import allowance, reason

    what = "the output" if error.filename is None else visible(repr(str(error.filename)))
    step = allowance(error)
    told = f"{what} can't be written or read: {visible(reason(error))}"
    return told if step is None else f"{told}\n  hint: {step}"


def _visible(error: Exception) -> str:
    from briefings.core.characters import visible

    return visible(str(error))


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
    Examples:
      briefings init my-desk                   a small desk to begin with
      briefings capture article.html           a saved page becomes a source
      briefings check                          is every quote where it is said to be?
      briefings build                          the weekly briefs, as HTML and PDF, into build/
      briefings build --as-of 2025-12-07       as they would have read on that day
      briefings explain quote-not-found        what a diagnostic means, and what to do
    """,
)
@click.version_option(__version__, prog_name="briefings", message="%(prog)s %(version)s")
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=VALUE",
    envvar=VARIABLE,
    show_envvar=True,
    help="Allow more than by default, or less, such as document=16MiB; repeatable."
    " `briefings help limits` lists them.",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
@click.pass_context
def commands(context: click.Context, *, limits: tuple[str, ...], debug: bool) -> int:
    """Build situation briefs whose every sentence leads to its source.

    A desk is a folder with facts.yaml and the source documents that it cites.
    """
    del debug  # read by `_status`, which outlives every command
    try:
        context.with_resource(allowing(parse(limits)))
    except NoLimit as error:
        raise click.BadParameter(f"{error}.", param_hint="--limit") from error
    if context.invoked_subcommand is not None:
        return 0
    click.echo(context.get_help(), err=True)
    from briefings.core.filenames import BASE

    if not Path(BASE).exists():
        _tell(f"\nThere is no {BASE} here. To begin a desk: briefings init DIR")
    return 2
