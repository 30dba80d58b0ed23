"""The command that takes a saved page, PDF, letter or text into a desk."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from briefings.cli import options
from briefings.cli.terminal import (
    progress,
    refusable,
    say,
    say_json,
    tell,
    tell_diagnostics,
    tell_heading,
    today,
)
from briefings.core.addresses import is_web
from briefings.core.diagnostics import Refused, failed

if TYPE_CHECKING:
    from briefings.authoring.draft import OpenDesk
    from briefings.run.capture import Proposed, Saved, Text

    _Read: TypeAlias = tuple[Saved, Text] | Refused
    """A file and its text, or why there is none."""


_AT_ONCE = 64 * 1024 * 1024
"""Bytes of files that are held at once."""

_SHOWN = 40
"""Lines of a difference."""


@click.command(
    epilog="""\b
    Examples:
      briefings capture ~/Downloads/article.html
      briefings capture report.pdf --publisher "Harbour Board" --published 2031-05-17
      briefings capture https://example.org/article         the only one that asks the network
      pbpaste | briefings capture - --title "Ferry stops"   a text from the clipboard
      briefings capture article.html --dry-run              what would be written
      briefings capture ~/saved/*                           a whole folder, one by one
    """
)
@click.argument("given", metavar="FILE|URL|-...", nargs=-1, required=True)
@options.base
@click.option(
    "--id",
    "id",
    default="",
    metavar="ID",
    help="Default: by site, publisher or file name, and the day in the document.",
)
@options.of_source
@click.option(
    "--retrieved", metavar="DAY", help="When you saved it. Default: today.", callback=options.day
)
@options.dry_run
@options.as_json
@refusable("nothing was written")
def capture(
    *,
    given: tuple[str, ...],
    base: Path,
    retrieved: date | None,
    dry_run: bool,
    as_json: bool,
    **known: str,  # fields of `Details`
) -> int:
    """Make a source of each saved page, PDF, Word document, letter or text, of any encoding.

    Its text goes into seeds/, without menus and banners, hyphens at line ends mended; the file
    itself is kept beside it, and an entry is written under `sources`. What the document says of
    itself is read from it, and a flag replaces it. What was guessed stands in `to_confirm`: look at
    it, and `briefings confirm` it. A document that the desk has already is recognised;
    a newer state of it becomes a source of its own, and the difference is shown. Of several files
    one that is refused keeps none of the others from being captured.
    Exit code 0: written, or it was there; 1: one can't be captured, or the check refuses it; 2: a
    flag is wrong, or packages are missing (pip install 'briefings[capture]').
    """
    options.hold_apart(given, [name for name, text in known.items() if text], "capture")
    if len(given) > 1 and as_json:
        raise click.UsageError("--json tells of one document.")
    from briefings.authoring.draft import open_desk

    desk = open_desk(base)
    day = retrieved or today(desk.base.timezone)
    outcomes = []
    for what, file in zip(given, _read(given, day), strict=True):
        if len(given) > 1:
            tell_heading(what)
        try:
            outcome = _captured(
                desk, what, file, known, dry_run=dry_run, as_json=as_json, is_one=len(given) == 1
            )
            outcomes.append(outcome)
        except Refused as refused:
            if len(given) == 1:
                raise
            tell_diagnostics(refused.diagnostics, refused.texts, base)
            outcomes.append(refused.status)
        desk = open_desk(base, desk)
    if len(given) > 1:
        refusals = sum(map(bool, outcomes))
        tell(f"{len(given)} files: {len(given) - refusals} captured, {refusals} refused")
        if refusals < len(given) and not dry_run:
            tell("next: briefings confirm; then briefings desk, or coverage and add")
    return max(outcomes)


def _read(given: tuple[str, ...], day: date) -> Iterator[_Read]:
    """What becomes of each, in order; several are read at once, as far as memory goes.

    Raises:
        Refused: As of `extracted`.
    """
    from briefings.run.capture import saved

    batch: list[Saved | Refused] = []
    for what in given:
        try:
            batch.append(saved(what, sys.stdin.buffer, day))
        except Refused as refused:
            batch.append(refused)
        if sum(len(each.content) for each in batch if not isinstance(each, Refused)) > _AT_ONCE:
            yield from _texts(batch)
            batch = []
    yield from _texts(batch)


def _texts(batch: list[Saved | Refused]) -> Iterator[_Read]:
    from briefings.run.capture import extracted

    files = {str(at): each for at, each in enumerate(batch) if not isinstance(each, Refused)}
    with progress(quiet=len(files) < 2) as steps:
        texts = extracted(files, steps) if files else {}
    for at, each in enumerate(batch):
        yield each if isinstance(each, Refused) else (each, texts[str(at)])


def _captured(
    desk: OpenDesk,
    what: str,
    read: _Read,
    known: dict[str, str],
    *,
    dry_run: bool,
    as_json: bool,
    is_one: bool,
) -> int:
    """One document made a source, and told; the exit code.

    Raises:
        Refused: It can't be read, or as of `capture`.
    """
    from briefings.authoring.draft import write
    from briefings.run import capture as run

    if isinstance(read, Refused):
        raise read
    address = known["url"] or (what if is_web(what) else "")
    result = run.capture(desk, *read, run.Details(**{**known, "url": address}))
    if isinstance(result, run.AlreadyThere):
        if as_json:
            say_json({"written": False, "known": result.id})
        else:
            tell(f"the desk has it already, as `{result.id}`: nothing was written")
        return 0
    stopped = failed(result.draft.added)
    is_written = not stopped and not dry_run
    if is_written:
        write(result.draft)
    if as_json:
        say_json(run.as_object(result, written=is_written))
    else:
        say(result.lines)
        for line in _account(result, desk.path.parent, is_written=is_written):
            tell(line)
        if is_written and is_one:
            if result.entry.get("to_confirm"):
                tell(f"next: look at it, then briefings confirm {result.id}")
            tell(f"next: briefings coverage {result.id}, then briefings add --source {result.id}")
        tell_diagnostics(result.draft.added, result.draft.checked.texts, desk.path)
    if stopped:
        tell("nothing was written")
    return 1 if stopped else 0


def _account(result: Proposed, folder: Path, *, is_written: bool) -> Iterator[str]:
    """What was done to the file, what is left for the analyst to do."""
    for path in sorted(result.draft.new):
        yield f"{folder / path}: {'written' if is_written else 'would be written'}"
    captured = result.captured
    for counts, verb in ((captured.mended, "mended"), (captured.left_out, "left out")):
        if counts:
            yield f"{verb}: " + ", ".join(f"{thing} ({count:,})" for thing, count in counts.items())
    if guesses := result.entry.get("to_confirm"):
        basis = captured.about.published_basis
        told = (f"{each} ({basis})" if each == "published" and basis else each for each in guesses)
        yield f"guessed, for you to confirm: {', '.join(map(str, told))}"
    if result.older is not None:
        yield f"a newer state of `{result.older}`:"
        yield from (f"  {line}" for line in result.difference[:_SHOWN])
        if len(result.difference) > _SHOWN:
            yield f"  … and {len(result.difference) - _SHOWN} lines more"


COMMANDS = (capture,)
