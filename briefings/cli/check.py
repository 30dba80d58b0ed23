"""Commands that read a desk and write nothing: check, list."""

from __future__ import annotations

from pathlib import Path

import click

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
from briefings.core.diagnostics import OutputFormat, failed
from briefings.core.patterns import compiled_once

# What can be listed; `run.listing` has a function for each, and is imported late.
LISTS = (
    *("topics", "actors", "places", "sources", "facts", "summaries", "accounts", "kinds"),
    *("briefs", "issued"),
)

_BEGUN_BY = {
    **{f"{what}s": f"`briefings name {what}` names one" for what in ("topic", "actor", "place")},
    "sources": "`briefings capture` makes one of a file",
    "facts": "`briefings add` adds one",
}
_WRITTEN = "`briefings help fact-base` says what stands there"
NONE_YET = {
    **{
        section: f"{{base}} has no `{section}`; {_BEGUN_BY.get(section, _WRITTEN)}"
        for section in LISTS
        if section not in ("kinds", "issued")
    },
    "issued": "no brief was issued yet; `briefings issue` builds briefs and records them",
}
"""Why a list may be empty; of kinds there are always some."""

# What a command needs of `run` is imported in it, so that --help, --version, explain and
# completion do not wait for YAML, Jinja and all that comes with them.


@click.command(
    epilog="""\b
    Examples:
      briefings check
      briefings check --strict                 warnings fail too, as before an issue
      briefings check --base desks/harbour     another desk
      briefings check --json | jq .counts
      briefings check --github                 annotations on a pull request
      briefings check --quiet && git commit    nothing to read unless something is wrong
    """
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
    with compiled_once(__file__):
        from briefings.desk.report import (
            as_object,
            languages,
            report,
            summary,
            taken,
            unchecked,
            unconfirmed,
        )
        from briefings.run.check import CheckReport, check_desk, check_report

    if as_json and github:
        raise click.UsageError("--json and --github exclude each other.")
    with progress(quiet=quiet or as_json or github) as steps:
        steps("checking the base")
        if as_json:
            checked = check_desk(base, cache)
            say_json(as_object(checked, base.parent, strict=strict))
            result = CheckReport.of(checked)
        else:
            result = check_report(base, cache)
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
@click.argument("what", type=options.OneOf(LISTS))
@options.base
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array for machines.")
@options.cache
@refusable()
def list_(*, what: str, base: Path, as_json: bool, cache: Path | None) -> int:
    """List what can be asked for, with counts and days.

    Exit code 0: listed; 1: the base can't be read, or an issued record is at fault.
    """
    with compiled_once(__file__):
        from briefings.run.listing import listing

    listed = listing(base, what, cache)
    tell_diagnostics(listed.diagnostics, listed.texts, base)
    if as_json:
        say_json(listed.rows)
    elif not listed.rows:
        tell("nothing to list: " + NONE_YET[what].format(base=base))
    else:
        say(listed.table, nl=False)
    return 1 if failed(listed.diagnostics) else 0


COMMANDS = (check, list_)
