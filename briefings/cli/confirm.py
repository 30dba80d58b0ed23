"""The command by which somebody who has looked confirms what `capture` guessed."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefings.cli import options
from briefings.cli.terminal import refusable, say, tell, tell_heading, written
from briefings.core.model import Reliability, Source

if TYPE_CHECKING:
    from briefings.authoring.draft import OpenDesk


@click.command(
    epilog="""\b
    Examples:
      briefings confirm                        asks for each guess; lists them, off a terminal
      briefings confirm gazette-0304           all that was guessed of it is right
      briefings confirm gazette-0304 --publisher "The Gazette" --reliability B
      briefings confirm notice-1 notice-2 --publisher "Harbour Board" --origin harbour-board
    """
)
@click.argument(
    "names", metavar="[SOURCE]...", nargs=-1, shell_complete=options.completed("sources")
)
@options.base
@options.of_source
@click.option("--published-basis", default="", metavar="TEXT", help="How that day is known.")
@click.option("--origin", default="", metavar="ID", help="Whose reporting it is, in one word.")
@click.option(
    "--reliability",
    metavar="A-F",
    type=options.OneOf([grade.value for grade in Reliability]),
    help="NATO Admiralty grade.",
)
@click.option("--reliability-basis", default="", metavar="TEXT", help="Why that grade.")
@options.dry_run
@refusable("nothing was written")
def confirm(*, names: tuple[str, ...], base: Path, dry_run: bool, **known: str | None) -> int:
    """Confirm what `capture` guessed of a SOURCE, or say it better.

    What a flag says replaces the guess, and the other guesses about SOURCE are confirmed as they
    stand: look at its entry and at the document first. Not another line of the file changes.
    Exit code 0: confirmed, shown or listed; 1: the check refuses it, or the base changed meanwhile;
    2: there is no such source, or a flag is wrong.
    """
    from briefings.authoring.draft import open_desk
    from briefings.run.confirm import source_of, waiting

    better = {name: text.strip() for name, text in known.items() if text and text.strip()}
    if better and not names:
        raise click.UsageError(f"--{next(iter(better))} goes with a SOURCE.")
    options.hold_apart(names, better, "confirm")
    desk = open_desk(base)
    if names:
        sources = [source_of(desk, name) for name in dict.fromkeys(names)]
        return _written(desk, {each.id: better for each in sources}, dry_run=dry_run)
    left = waiting(desk)
    if not left:
        tell("nothing waits to be confirmed")
    if not sys.stdin.isatty():
        return _listed(left, base.parent)
    for source in left:
        tell_heading(f"{source.id} ({base.parent / source.file})")
        desk = open_desk(base, desk)
        if status := _written(desk, {source.id: _asked(source)}, dry_run=dry_run):
            return status
    return 0


def _listed(sources: Sequence[Source], folder: Path) -> int:
    from briefings.run.confirm import guesses

    for source in sources:
        say(f"{source.id} ({folder / source.file})")
        for field, value in guesses(source).items():
            say(f"  {field}: {value}")
    if sources:
        tell("next: briefings confirm SOURCE, with a flag for what is wrong, such as --publisher")
    return 0


def _asked(source: Source) -> Mapping[str, str]:
    """What is known better than it was guessed, as it is typed; an empty line confirms a guess."""
    from briefings.run.confirm import guesses

    typed: dict[str, str] = {}
    for field, value in guesses(source).items():
        said = str(click.prompt(field, default=value, err=True)).strip()
        if said != value:
            typed[field] = said
    if source.reliability is Reliability.F and source.reliability_basis is None:
        graded = options.OneOf([grade.value for grade in Reliability])
        typed["reliability"] = click.prompt(
            "reliability, from A (best) to E; F if nobody can say",
            type=graded,
            default=Reliability.F.value,
            err=True,
        )
        if typed["reliability"] == Reliability.F:
            del typed["reliability"]
        elif why := str(click.prompt("why that grade", default="", show_default=False, err=True)):
            typed["reliability_basis"] = why
    return typed


def _written(desk: OpenDesk, changes: Mapping[str, Mapping[str, str]], *, dry_run: bool) -> int:
    from briefings.authoring.draft import as_text
    from briefings.core.diagnostics import failed
    from briefings.core.model import SourceId
    from briefings.run import confirm as run

    draft = run.confirm(desk, {SourceId(name): fields for name, fields in changes.items()})
    if dry_run:
        say(as_text(draft))
    if not written(draft, desk.path, dry_run=dry_run):
        return 1 if failed(draft.added) else 0
    for name in changes:
        tell(f"{desk.path.parent / desk.base.sources[SourceId(name)].span.path}: confirmed {name}")
    return 0


COMMANDS = (confirm,)
