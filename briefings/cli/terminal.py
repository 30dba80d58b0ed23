"""What is printed where: stderr for people, with colour where it is wanted; and the clock."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefings.core.progress import Progress, silent

if TYPE_CHECKING:
    # A build that stands is told of before any of this is loaded.
    from briefings.authoring.draft import Draft
    from briefings.core.diagnostics import Diagnostic
    from briefings.core.span import SourceText

_BAR = 24
_CLEARED = "\r\x1b[K"
_EVERY = 30  # seconds

_SEVERITY = re.compile(r"(?m)^(.+: )(error|warning)(\[[a-z-]+\]: )(.*)$|^( *hint: )")


def say(text: str, *, nl: bool = True) -> None:
    """What was asked for, on standard output."""
    click.echo(_shown(text), nl=nl)


def say_json(value: object) -> None:
    """What was asked for, as JSON on standard output."""
    from briefings.core.characters import visible_json

    click.echo(visible_json(value))


def say_report(text: str) -> None:
    """Diagnostics, where they are what was asked for."""
    click.echo(painted(_shown(text)), nl=False, color=color())


def say_as_is(text: str) -> None:
    """The program's own orders: to a shell, or to a runner, in which all else is escaped."""
    click.echo(text, nl=False)


def tell(text: str) -> None:
    """A line for the person at the terminal, beside the output."""
    click.echo(_shown(text), err=True)


def tell_heading(text: str) -> None:
    """A line above those that belong to it."""
    click.echo(click.style(_shown(text), bold=True), err=True, color=color())


def retell(report: str, lines: Iterable[str]) -> None:
    """What was told and said before, as `in_lines` had it then."""
    if report:
        click.echo(painted(report).removesuffix("\n"), err=True, color=color())
    for line in lines:
        click.echo(line)


def _shown(text: str) -> str:
    from briefings.core.characters import in_lines

    return in_lines(text)


def tell_diagnostics(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, SourceText], base: Path
) -> None:
    """What is wrong, if anything is, with the places as seen from where one works.

    Args:
        diagnostics: In order.
        texts: The files that they point into, by path.
        base: The file of the base, from whose folder these paths count.
    """
    if not (told := tuple(diagnostics)):
        return  # what tells them knows all of the check
    from briefings.desk.report import report

    if text := report(told, texts, base.parent):
        click.echo(painted(_shown(text)).removesuffix("\n"), err=True, color=color())


def written(draft: Draft, base: Path, *, dry_run: bool = False) -> bool:
    """Say what the check has to say of a draft, and write it unless that refuses it.

    Args:
        draft: What is to be written.
        base: The file of the base.
        dry_run: Write nothing in any case.

    Returns:
        Whether it was written; it is said if nothing was.
    """
    from briefings.authoring.draft import write
    from briefings.core.diagnostics import failed

    tell_diagnostics(draft.added, draft.checked.texts, base)
    if dry_run or failed(draft.added):
        tell("nothing was written")
        return False
    write(draft)
    return True


def refusable(last: str = "") -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Let a command that is refused say why, then `last`, and end with the exit code for that."""

    def decorate(command: Callable[..., int]) -> Callable[..., int]:
        from briefings.core.diagnostics import Refused

        @wraps(command)
        def wrapped(*, base: Path, **flags: object) -> int:
            try:
                return command(base=base, **flags)
            except Refused as refused:
                tell_diagnostics(refused.diagnostics, refused.texts, base)
                if last:
                    tell(last)
                return refused.status

        return wrapped

    return decorate


def color() -> bool | None:
    """No colour if the reader asks for none, else click's choice: on a terminal only."""
    return False if os.environ.get("NO_COLOR") else None


def painted(text: str) -> str:
    """A report with its severities in colour; `click.echo` takes that off for files and pipes."""

    def paint(match: re.Match[str]) -> str:
        where, severity, code, message, hint = match.groups()
        if hint:
            return click.style(hint, fg="cyan")
        tint = "red" if severity == "error" else "yellow"
        return f"{where}{click.style(severity + code, fg=tint, bold=True)}{message}"

    return _SEVERITY.sub(paint, text)


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Progress]:
    """Tell of long work on stderr: on a line that is written over where somebody watches.

    Elsewhere a log needs the outcome and not the way there: a plain line comes only now and then,
    so that whoever waits for a long run sees that it goes on.

    Args:
        quiet: Tell nothing at all.
    """
    if quiet or not sys.stderr.isatty():
        yield silent if quiet else _Log()
        return
    try:
        yield _bar
    finally:
        click.echo(_CLEARED, err=True, nl=False)


def _bar(step: str, done: int = 0, of: int = 0, /) -> None:
    """The step on the line of the step before, with a bar where it is counted."""
    import shutil

    from briefings.core.characters import visible

    filled = _BAR * done // of if of else 0
    bar = f"[{'#' * filled}{'.' * (_BAR - filled)}] {done}/{of} " if of else "… "
    line = (bar + visible(step))[: shutil.get_terminal_size().columns - 1]
    click.echo(_CLEARED + click.style(line, dim=True), err=True, nl=False, color=color())


class _Log:
    """A plain line, at most every so many seconds."""

    def __init__(self) -> None:
        self._told = time.monotonic()

    def __call__(self, step: str, done: int = 0, of: int = 0, /) -> None:
        from briefings.core.characters import visible

        if (now := time.monotonic()) - self._told >= _EVERY:
            self._told = now
            tell(visible(f"{step} ({done} of {of})" if of else step))


def today(timezone: str) -> date:
    """The calendar day in a time zone, by its IANA name."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(timezone)).date()
