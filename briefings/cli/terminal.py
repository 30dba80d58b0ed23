"""What is printed where: stderr for people, with colour where it is wanted; and the clock."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from briefings.core.diagnostics import Diagnostic, Refused
from briefings.core.span import SourceText

_SEVERITY = re.compile(r"(?m)^(.+: )(error|warning)(\[[a-z-]+\]: )(.*)$|^( *hint: )")


def tell(text: str) -> None:
    """A line for the person at the terminal, beside the output."""
    click.echo(text, err=True, color=color())


def tell_diagnostics(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, SourceText], base: Path
) -> None:
    """What is wrong, if anything is, with the places as seen from where one works."""
    # Late, as in every command.
    from briefings.run.report import report  # noqa: PLC0415

    if text := report(diagnostics, texts, base.parent):
        tell(painted(text).removesuffix("\n"))


def refusable(last: str = "") -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Let a command that is refused say why, then `last`, and end with the exit code for that."""

    def decorate(command: Callable[..., int]) -> Callable[..., int]:
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


def progress() -> Callable[[str], None]:
    """Steps are told on a terminal only: a log needs the outcome, not the way there."""
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda step: tell(click.style(f"… {step}", dim=True))


def today(timezone: str) -> date:
    """The calendar day in a time zone, by its IANA name."""
    return datetime.now(ZoneInfo(timezone)).date()
