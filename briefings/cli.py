"""The command line: options, printing, exit codes, and the only look at the clock."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from click.shell_completion import CompletionItem, get_completion_class

from briefings import __version__
from briefings.core.codes import CODES, catalogue
from briefings.core.diagnostics import OutputFormat, failed, visible
from briefings.core.edtf import parse_day

# What a command needs of `run` is imported in it, so that --help, --version, explain and
# completion do not wait for YAML, Jinja and all that comes with them.

FORMATS = ("html", "pdf")
INTERNAL_ERROR = 70
INTERRUPTED = 130

_SEVERITY = re.compile(r"(?m)^(.+: )(error|warning)(\[[a-z-]+\]: )(.*)$|^( *hint: )")


def main() -> None:
    """Run the command line and exit; nothing that goes wrong shows a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that can't show a letter gets its code, not an exception.
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")
    sys.exit(_status(sys.argv[1:]))


def _status(arguments: list[str]) -> int:
    try:
        status = commands.main(arguments, prog_name="briefings", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        _tell("briefings: interrupted")
        return INTERRUPTED
    except OSError as error:  # standard output that is full, a folder that vanished meanwhile
        if "--debug" in arguments:
            raise
        _tell(f"briefings: {visible(str(error))}")
        return 2
    except Exception as error:
        if "--debug" in arguments:
            raise
        _tell(
            f"briefings: internal error: {type(error).__name__}: {visible(str(error))}\n"
            "  hint: this is a fault of the program; please report it with what"
            " `briefings --debug …` prints"
        )
        return INTERNAL_ERROR
    return status if isinstance(status, int) else 0


def _tell(text: str) -> None:
    click.echo(text, err=True, color=_color())


def _color() -> bool | None:
    """No colour if the reader asks for none, else click's choice: on a terminal only."""
    return False if os.environ.get("NO_COLOR") else None


def _painted(text: str) -> str:
    """A report with its severities in colour; `click.echo` takes that off for files and pipes."""

    def paint(match: re.Match[str]) -> str:
        where, severity, code, message, hint = match.groups()
        if hint:
            return click.style(hint, fg="cyan")
        color = "red" if severity == "error" else "yellow"
        return f"{where}{click.style(severity + code, fg=color, bold=True)}{message}"

    return _SEVERITY.sub(paint, text)


def _today(timezone: str) -> date:
    return datetime.now(ZoneInfo(timezone)).date()


def _existing(context: click.Context, parameter: click.Parameter, value: Path) -> Path:
    """The base, whose folder may be named instead; it has to be there, except to complete."""
    path = value / "facts.yaml" if value.is_dir() else value
    if not path.exists() and not context.resilient_parsing:
        raise click.BadParameter(
            f"there is no {str(path)!r}. A desk is a folder with facts.yaml; go there, or name it"
            " with --base.",
            param=parameter,
        )
    return path


def _day(_: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return parse_day(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a day: {error}.", param=parameter) from error


def _formats(
    _: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    asked = {name.strip() for names in value for name in names.split(",")}
    for name in sorted(asked):
        if name not in FORMATS:
            raise click.BadParameter(f"{name!r} is none of {', '.join(FORMATS)}.", param=parameter)
    return tuple(name for name in FORMATS if name in asked)


def _known_topics(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    from briefings.run.check import topics  # noqa: PLC0415

    base = context.params.get("base") or Path("facts.yaml")
    return [
        CompletionItem(name, help=title)
        for name, title in sorted(topics(base).items())
        if name.startswith(begun)
    ]


def _known_codes(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    return [CompletionItem(code) for code in sorted(CODES) if code.startswith(begun)]


_base: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--base",
    type=click.Path(path_type=Path),
    default=Path("facts.yaml"),
    callback=_existing,
    help="The fact base, or its folder. Default: facts.yaml.",
)
_strict: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--strict", is_flag=True, help="Let a warning count as an error."
)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
    Examples:
      briefings check                          is every quote where it is said to be?
      briefings build                          the weekly briefs, as HTML and PDF, into build/
      briefings build --as-of 2025-12-07       as they would have read on that day
      briefings explain quote-not-found        what a diagnostic means, and what to do
    """,
)
@click.version_option(__version__, prog_name="briefings", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
def commands(*, debug: bool) -> None:
    """Build situation briefs whose every sentence leads to its source.

    A desk is a folder with facts.yaml and the source documents that it cites.
    """
    del debug  # read by `_status`, which outlives every command


@commands.command(
    epilog="""\b
    Examples:
      briefings check
      briefings check --strict                 warnings fail too, as before an issue
      briefings check --base desks/harbour     another desk
      briefings check --json | jq .counts
      briefings check --github                 annotations on a pull request
    """,
)
@_base
@_strict
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for machines.")
@click.option("--github", is_flag=True, help="Print workflow commands for GitHub Actions.")
def check(*, base: Path, strict: bool, as_json: bool, github: bool) -> int:
    """Prove every quote, check every rule, report every mistake.

    Exit code 0: all is well; 1: there are mistakes; 2: there is no base, or a flag is wrong.
    """
    from briefings.run.check import check_desk  # noqa: PLC0415
    from briefings.run.report import as_object, report, summary  # noqa: PLC0415

    if as_json and github:
        raise click.UsageError("--json and --github exclude each other.")
    result = check_desk(base)
    if as_json:
        found = as_object(result, base.parent, strict=strict)
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        form = OutputFormat.GITHUB if github else OutputFormat.HUMAN
        text = report(result.diagnostics, result.texts, base.parent, form)
        click.echo(text if github else _painted(text), nl=False, color=_color())
    stopped = failed(result.diagnostics, strict=strict)
    only_strict = stopped and not failed(result.diagnostics)
    _tell(summary(result) + (" (--strict: a warning counts as an error)" if only_strict else ""))
    return 1 if stopped else 0


@commands.command(
    epilog="""\b
    Examples:
      briefings build
      briefings build --topic tehran-meeting --topic un-staff-ban
      briefings build --format pdf --out issued/2025-12-14
      briefings build --as-of 2025-12-07       nothing that was known later is in it
      briefings build --templates house-style  your templates go before ours
    """,
)
@_base
@click.option(
    "--topic",
    "topics",
    multiple=True,
    metavar="ID",
    shell_complete=_known_topics,
    help="A topic to build; repeatable. Default: the weekly topics.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    default=("html,pdf",),
    callback=_formats,
    metavar="html,pdf",
    help="Formats to build, by comma or repeated. Default: both.",
)
@click.option(
    "--as-of",
    metavar="DATE",
    callback=_day,
    help="The edition's day, YYYY-MM-DD. Default: as the base says, else today.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build"),
    help="The output folder, replaced as a whole. Default: build.",
)
@click.option(
    "--templates",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder whose templates go before the shipped ones. Default: the desk's templates/.",
)
@_strict
def build(
    *,
    base: Path,
    topics: tuple[str, ...],
    formats: tuple[str, ...],
    as_of: date | None,
    out: Path,
    templates: Path | None,
    strict: bool,
) -> int:
    """Check the base, then build its briefs.

    Nothing is written unless all is well; an earlier build is replaced in one step.
    Exit code 0: built; 1: mistakes in the base or a template; 2: the request or the output
    folder is no good.
    """
    from briefings.run.build import Request, build  # noqa: PLC0415
    from briefings.run.report import report  # noqa: PLC0415

    request = Request(base, out, topics, formats, as_of, templates, strict)
    built = build(request, today=_today, progress=_progress())
    if built.diagnostics:
        text = report(built.diagnostics, built.texts, base.parent)
        _tell(_painted(text).removesuffix("\n"))
    if built.status == 0:
        for edition in built.editions:
            stem = f"{edition.spec.brief}.{edition.spec.language}."
            files = ", ".join(str(out / name) for name in built.files if name.startswith(stem))
            facts = edition.summary.facts if edition.summary else 0
            click.echo(f"{files}: {facts} facts, as of {edition.spec.as_of}")
        click.echo(f"all of it: {out / 'index.html'}")
    else:
        _tell("nothing was written")
    return built.status


def _progress() -> Callable[[str], None]:
    """Steps are told on a terminal only: a log needs the outcome, not the way there."""
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda step: _tell(click.style(f"… {step}", dim=True))


@commands.command(
    epilog="""\b
    Examples:
      briefings explain lost-hedge
      briefings explain                        every code
      briefings explain --all > diagnostics.md
    """,
)
@click.argument("code", required=False, shell_complete=_known_codes)
@click.option("--all", "everything", is_flag=True, help="The whole catalogue, as Markdown.")
def explain(*, code: str | None, everything: bool) -> int:
    """Say what a diagnostic CODE means, and what to do about it."""
    if everything:
        click.echo(catalogue(), nl=False)
        return 0
    if code is None:
        width = max(map(len, CODES))
        for name, meaning in sorted(CODES.items()):
            click.echo(f"{name:{width}}  {meaning.severity}")
        return 0
    if code not in CODES:
        near = get_close_matches(code, CODES, n=1)
        hint = f"did you mean {near[0]}?" if near else "`briefings explain` lists them all."
        raise click.UsageError(f"there is no code {code!r}: {hint}")
    meaning = CODES[code]
    click.echo(f"{meaning.severity}[{code}]\n\n{meaning.cause}\n\nWhat to do: {meaning.cure}")
    return 0


@commands.command(
    epilog="""\b
    Examples:
      briefings completion bash >> ~/.bashrc
      briefings completion zsh >> ~/.zshrc
      briefings completion fish > ~/.config/fish/completions/briefings.fish
    """,
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(*, shell: str) -> int:
    """Print the script by which a SHELL completes commands, flags and topics."""
    completer = get_completion_class(shell)
    if completer is None:
        raise click.UsageError(f"{shell!r} is not a shell that can be served.")
    click.echo(completer(commands, {}, "briefings", "_BRIEFINGS_COMPLETE").source())
    return 0
