"""Commands about a desk and the program itself: check, list, explain, help, completion."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from briefings.cli import options
from briefings.cli.terminal import (
    progress,
    refusable,
    say,
    say_as_is,
    say_json,
    say_report,
    tell,
    tell_diagnostics,
)
from briefings.core.codes import CODES, catalogue
from briefings.core.diagnostics import OutputFormat, failed
from briefings.core.names import nearest

# What can be listed; `run.listing` has a function for each, and is imported late.
LISTS = (
    *("topics", "actors", "places", "sources", "facts", "summaries", "accounts", "kinds"),
    *("briefs", "issued"),
)

NONE_YET = {
    **{
        section: f"{{base}} has no `{section}`; `briefings help fact-base` says what stands there"
        for section in LISTS
        if section not in ("kinds", "issued")
    },
    "issued": "no brief was issued yet; `briefings issue` builds briefs and records them",
}
"""Why a list may be empty; of kinds there are always some."""

# What a command needs of `run` is imported in it, so that --help, --version, explain and
# completion do not wait for YAML, Jinja and all that comes with them.


def _known_codes(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    return [CompletionItem(code) for code in sorted(CODES) if code.startswith(begun)]


@click.command(
    epilog="""\b
    Examples:
      briefings check
      briefings check --strict                 warnings fail too, as before an issue
      briefings check --base desks/harbour     another desk
      briefings check --json | jq .counts
      briefings check --github                 annotations on a pull request
      briefings check --quiet && git commit    nothing to read unless something is wrong
    """,
)
@options.base
@options.strict
@options.quiet
@options.as_json
@options.cache
@click.option("--github", is_flag=True, help="Print workflow commands for GitHub Actions.")
def check(
    *, base: Path, strict: bool, quiet: bool, as_json: bool, cache: Path | None, github: bool
) -> int:
    """Prove every quote, check every rule, report every mistake.

    Exit code 0: all is well; 1: there are mistakes; 2: there is no base, or a flag is wrong.
    """
    from briefings.desk.report import (  # noqa: PLC0415
        as_object,
        languages,
        report,
        summary,
        taken,
        unchecked,
        unconfirmed,
    )
    from briefings.run.check import CheckReport, check_desk, told  # noqa: PLC0415

    if as_json and github:
        raise click.UsageError("--json and --github exclude each other.")
    with progress(quiet=quiet or as_json or github) as steps:
        steps("checking the base")
        if as_json:
            checked = check_desk(base, cache)
            say_json(as_object(checked, base.parent, strict=strict))
            result = CheckReport.of(checked)
        else:
            result = told(base, cache)
    if not as_json:
        form = OutputFormat.GITHUB if github else OutputFormat.HUMAN
        text = report(result.diagnostics, result.texts, base.parent, form)
        (say_as_is if github else say_report)(text)
    if result.trouble:
        tell(f"the cache in {cache} can't be used: {result.trouble}; all was checked without it")
    stopped = failed(result.diagnostics, strict=strict)
    if quiet:
        return 1 if stopped else 0
    count = result.tally
    for line in (*languages(count), taken(count), unchecked(count), unconfirmed(count)):
        if line:
            tell(line)
    only_strict = stopped and not failed(result.diagnostics)
    line = summary(count, result.diagnostics)
    tell(line + (" (--strict: a warning counts as an error)" if only_strict else ""))
    return 1 if stopped else 0


@click.command(
    name="list",
    epilog="""\b
    Examples:
      briefings list topics                    what to ask for with --topic
      briefings list facts --base desks/harbour
      briefings list sources --json | jq -r '.[].id'
      briefings list briefs                    what `briefings build NAME` can build
    """,
)
@click.argument("what", type=click.Choice(LISTS))
@options.base
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array for machines.")
@options.cache
@refusable()
def list_(*, what: str, base: Path, as_json: bool, cache: Path | None) -> int:
    """List what can be asked for, with counts and days.

    Exit code 0: listed; 1: the base can't be read, or an issued record is at fault.
    """
    from briefings.run.listing import listing  # noqa: PLC0415

    listed = listing(base, what, cache)
    tell_diagnostics(listed.diagnostics, listed.texts, base)
    if as_json:
        say_json(listed.rows)
    elif not listed.rows:
        tell("nothing to list: " + NONE_YET[what].format(base=base))
    else:
        say(listed.table, nl=False)
    return 1 if failed(listed.diagnostics) else 0


@click.command(
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
        say(catalogue(), nl=False)
        return 0
    if code is None:
        width = max(map(len, CODES))
        for name, meaning in sorted(CODES.items()):
            say(f"{name:{width}}  {meaning.severity}")
        return 0
    if code not in CODES:
        near = nearest(code, CODES)
        hint = f"did you mean {near}?" if near else "`briefings explain` lists them all."
        raise click.UsageError(f"there is no code {code!r}: {hint}")
    meaning = CODES[code]
    say(f"{meaning.severity}[{code}]\n\n{meaning.cause}\n\nWhat to do: {meaning.cure}")
    return 0


@click.command(
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
    program = click.get_current_context().find_root().command
    script = completer(program, {}, "briefings", "_BRIEFINGS_COMPLETE").source()
    say_as_is(f"{script}\n")
    return 0


@click.command(
    name="help",
    epilog="""\b
    Examples:
      briefings help                           the pages that there are
      briefings help tutorial                  from an empty folder to a brief
      briefings help fact-base | less          every field of facts.yaml
      briefings help build                     the same as briefings build --help
    """,
)
@click.argument("topic", required=False)
@click.pass_context
def help_(context: click.Context, *, topic: str | None) -> int:
    """Print a page of the manual, or the help of a command; without a TOPIC, list the pages.

    They are the pages of docs/ of this very version, as Markdown.
    """
    from briefings.run.help import manual, title  # noqa: PLC0415

    pages = manual()
    if topic is None:
        width = max(map(len, pages))
        for name, page in pages.items():
            say(f"{name:{width}}  {title(page)}")
        return 0
    name = topic.removeprefix("docs/").removesuffix(".md")
    if name in pages:
        click.echo_via_pager(pages[name].rstrip("\n"))
        return 0
    program = context.find_root()
    assert isinstance(program.command, click.Group)
    command = program.command.get_command(program, name)
    if command is None:
        near = nearest(name, [*pages, *program.command.list_commands(program)])
        hint = f"did you mean {near}?" if near else "`briefings help` lists the pages."
        raise click.UsageError(f"there is no page or command {topic!r}: {hint}")
    with click.Context(command, info_name=name, parent=program) as shown:
        say(command.get_help(shown))
    return 0


COMMANDS = (check, list_, explain, help_, completion)
