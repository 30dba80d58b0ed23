"""The command that takes highlights of other programs into a desk."""

from __future__ import annotations

from pathlib import Path

import click

from briefings.cli import options
from briefings.cli.terminal import refusable, say, say_json, tell, tell_diagnostics
from briefings.core.model import SourceId

_AUTO = "auto"


@click.command(
    "import",
    epilog="""\b
    Examples:
      briefings import hypothesis.json         each annotation finds its source by its address
      briefings import zotero.json --source harbour-report
      briefings import highlights.csv --dry-run             what would become of them
      briefings import --json page.jsonld | jq '.passages[] | select(.new) | .quote'
    """,
)
@click.argument("file", metavar="FILE", type=options.NamedPath(path_type=Path))
@options.base
@click.option(
    "--source",
    default=_AUTO,
    metavar="ID|auto",
    shell_complete=options.completed("sources"),
    help="Whose document the highlights mark. Default: auto, by their addresses or words.",
)
@options.dry_run
@options.as_json
@refusable("nothing was written")
def import_(*, file: Path, base: Path, source: str, dry_run: bool, as_json: bool) -> int:
    """Take highlights of another program into the queue of `briefings desk`.

    FILE is an export of Hypothesis (JSON), W3C Web Annotations (JSON-LD), annotations of Zotero
    (JSON), or a table (CSV) whose first row names its columns: quote, note, source, url. Each
    highlight is looked for in its document as the gate looks for quotes; what stands there becomes
    a candidate, which no brief shows until somebody makes a fact of it. What the desk has already,
    decided or not, stays as it is.
    Exit code 0: all stand in their documents; 1: some do not, or FILE is no export; 2: there is no
    such file or source, or a flag is wrong.
    """
    from briefings.authoring.draft import open_desk
    from briefings.run import highlights as run

    desk = open_desk(base)
    export = run.read_export(file)
    imported = run.import_into(desk, export, None if source == _AUTO else SourceId(source))
    if not dry_run:
        run.keep(desk, imported)
    if as_json:
        say_json(run.as_object(desk, imported))
    else:
        say(run.as_text(desk, imported), nl=False)
        tell_diagnostics(imported.diagnostics, desk.loaded.texts, base)
        tell(run.summary(imported))
        if not dry_run and any(each.is_new for each in imported.passages):
            tell("next: briefings desk, where each waits for a sentence")
    return 1 if imported.diagnostics else 0


COMMANDS = (import_,)
