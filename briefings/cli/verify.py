"""The command that verifies briefs: verify."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import click

from briefings.cli import options
from briefings.cli.terminal import progress, refusable, say, say_json
from briefings.core.filenames import BASE

_ID = re.compile(r"[0-9a-f]{12,64}\Z")


def _an_id(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """An edition's id or fingerprint."""
    if value is not None and not _ID.match(value):
        raise click.BadParameter(
            f"{value!r} is no id of an edition: it has 12 digits of 0-9 and a-f, or up to 64."
        )
    return value


def _desk(_: click.Context, __: click.Parameter, value: Path | None) -> Path | None:
    """The base of a desk, whose folder may be named instead."""
    if value is None:
        return None
    path = value / BASE if value.is_dir() else value
    if not path.exists():
        raise click.BadParameter(f"there is no {str(path)!r}.")
    return path


def _refusable(command: Callable[..., int]) -> Callable[..., int]:
    """As for every command; without a desk, places are seen from where one works."""

    @wraps(command)
    def wrapped(*, base: Path | None, paths: tuple[Path, ...], **flags: object) -> int:
        refused = refusable("nothing was verified" if paths else "nothing was written")(command)
        at_hand = base is not None
        return refused(base=base or Path(BASE), at_hand=at_hand, paths=paths, **flags)

    return wrapped


@click.command(
    epilog="""\b
    Examples:
      briefings verify un-staff-ban.en.pdf     is it whole, and are its words those of its data?
      briefings verify brief.html --id 1739141ce634
                                               the id that you were given with it
      briefings verify build/*.pdf --desk .    its quotes too, its record, and what holds by now
      briefings verify brief.pdf --signer desk-certificate.pem
                                               who signed it
      briefings verify build/manifest.json     every file of a build
      briefings verify brief.pdf --json
      briefings verify --page verify.html      for readers without this program
    """
)
@click.argument(
    "paths",
    nargs=-1,
    metavar="[FILE]...",
    type=options.NamedPath(path_type=Path, exists=True, dir_okay=False),
)
@click.option(
    "--desk",
    "base",
    type=options.NamedPath(path_type=Path),
    metavar="DIR",
    callback=_desk,
    help="A desk at hand: its documents, its records, its base by now, its own templates.",
)
@click.option(
    "--id",
    "name",
    metavar="ID",
    callback=_an_id,
    help="The edition's id or fingerprint, as you were given it; for one brief.",
)
@click.option(
    "--signer",
    type=options.NamedPath(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="A certificate that you were given: the file has to be signed as it says.",
)
@click.option(
    "--page",
    type=options.NamedPath(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the page that verifies briefs in a browser, for readers without this program.",
)
@options.as_json
@_refusable
def verify(
    *,
    paths: tuple[Path, ...],
    base: Path,
    at_hand: bool,
    name: str | None,
    signer: Path | None,
    page: Path | None,
    as_json: bool,
) -> int:
    """Check briefs, as PDF or HTML, by what they carry: no network, and nothing in them believed.

    The data of each brief are whole, and the id of the edition follows from them; its words, on
    every page, are those that these data make. With --desk each quote is looked up, and what has
    changed since is told. Whoever changes the words and the data alike makes another id: compare
    it with the one that you were given.
    Exit code 0: data and words hold, and no quote fails; 1: something does not hold, or could not
    be compared; 2: a file can't be read.
    """
    from briefings.run.verify import as_object, as_text, verify, write_page

    if not paths and page is None:
        raise click.UsageError("name a brief to verify, as PDF or HTML.")
    if name is not None and len(paths) > 1:
        raise click.UsageError("--id is the id of one brief: name one FILE.")
    options.hold_page(page, "--page")
    if page is not None:
        write_page(page)
        say(f"{page}: open it in a browser, and drop a brief on it")
    if not paths:
        return 0
    with progress(quiet=as_json) as steps:
        verdicts = verify(paths, base if at_hand else None, name, signer, steps)
    if as_json:
        say_json(as_object(paths, verdicts))
    else:
        say(as_text(paths, verdicts), nl=False)
    return 0 if all(verdict.is_good for verdict in verdicts) else 1


COMMANDS = (verify,)
