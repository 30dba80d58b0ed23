"""Commands about editions that were made: issue, diff, impact, correction."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from briefings.cli import custom, options
from briefings.cli.terminal import (
    progress,
    refusable,
    say,
    say_json,
    tell,
    tell_diagnostics,
    today,
    written,
)
from briefings.core.diagnostics import failed, plural
from briefings.core.filenames import BASE
from briefings.core.model import FactId, TopicId


@click.command(
    cls=options.Building,
    epilog="""\b
    Examples:
      briefings issue --as-of 2025-12-14       build the weekly briefs, record them as issued
      briefings issue --topic un-staff-ban --out issue/2025-12-14
      briefings issue --marking GREEN --paper letter
      git add issued && git commit             what the next edition compares itself with
    """,
)
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=options.completed("briefs"))
@options.base
@options.topics("A topic to issue")
@click.option(
    "--as-of",
    metavar="DATE",
    callback=options.day,
    help="The edition's day, YYYY-MM-DD. Default: as the base says, else today.",
)
@custom.languages
@custom.marking
@options.formats_option
@options.paper
@options.annex
@options.embed_sources
@options.out("build")
@options.templates
@options.strict
@options.signing
@options.quiet
@refusable("nothing was issued")
def issue(*, names: tuple[str, ...], quiet: bool, **asked: Any) -> int:
    """Build briefs and record them as issued.

    Each brief gets a record in the desk's folder issued/: what it said, and the hashes of its
    files, under a checksum, which shows what was changed by mistake and proves no author. The
    next edition says what has changed since. NAME is a brief that the base keeps. A record is
    never overwritten. With --marking a brief is issued under a name of its
    own, as build names it.
    Exit code 0: issued; 1: mistakes, a warning that nobody has answered, or it was issued otherwise
    before; 2: as of build.
    """
    from briefings.desk.report import unmade
    from briefings.run.issue import issue

    request = custom.request(kept=names, **asked)
    with progress(quiet=quiet) as steps:
        issued = issue(request, today=today, progress=steps)
    tell_diagnostics(issued.built.diagnostics, issued.built.texts, request.base)
    if quiet:
        return 0
    for line in unmade(issued.built.unmade):
        say(line)
    for path in issued.recorded:
        say(f"{request.base.parent / path}: recorded")
    for path in issued.standing:
        say(f"{request.base.parent / path}: was issued before, and is the same")
    say(f"the briefs: {request.out / 'index.html'}")
    if issued.recorded:
        say(f"to commit: {request.base.parent / 'issued'}")
    return 0


@click.command(
    epilog="""\b
    Examples:
      briefings diff 2025-12-07 2025-12-14     the weekly briefs of two days
      briefings diff un-staff-ban.en.2025-12-07 2025-12-14
                                               what was issued, and what holds a week later
      briefings diff old.pdf new.html          two files that were built, anywhere
      briefings diff 2025-12-07 2025-12-14 --topic un-staff-ban --json
    """
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option(
    "--base",
    type=options.NamedPath(path_type=Path),
    default=Path(BASE),
    callback=options.located,
    help=f"The fact base, or its folder. Default: {BASE}.",
)
@options.topics("Between two days: the topic to compare")
@options.as_json
@options.html
@refusable()
def diff(
    *,
    before: str,
    after: str,
    base: Path,
    topics: tuple[str, ...],
    as_json: bool,
    html: Path | None,
) -> int:
    """Say how edition B differs from edition A.

    Each is a day, of which the edition is computed from the base; an issued record, by name or
    path; or a brief that was built, as HTML or PDF.
    Exit code 0: compared, whether or not anything differs; 1: an edition or the base is at
    fault, or nothing was known on a day; 2: they can't be compared.
    """
    from briefings.run.diff import as_object, as_text, differences, write

    options.hold_html(html, as_json=as_json)
    result = differences(base, (before, after), tuple(map(TopicId, topics)))
    tell_diagnostics(result.diagnostics, result.texts, base)
    if as_json:
        say_json(as_object(result))
    elif html is not None:
        write(result, html, base.parent)
        say(str(html))
    else:
        say(as_text(result), nl=False)
    return 0


@click.command(
    epilog="""\b
    Examples:
      briefings impact guardian-2025-12-10     before a source is marked as retracted
      briefings impact eight-states-represented --json
    """
)
@click.argument("name", metavar="SOURCE|FACT")
@options.base
@options.as_json
@refusable()
def impact(*, name: str, base: Path, as_json: bool) -> int:
    """List what rests on a source or fact, issued briefs included.

    Exit code 0: listed; 1: the base can't be read, or an issued record is at fault; 2: there is
    no such source or fact.
    """
    from briefings.run.impact import as_object, as_text, impact

    result = impact(base, name)
    tell_diagnostics(result.diagnostics, result.texts, base)
    if as_json:
        say_json(as_object(result, base.parent))
    else:
        say(as_text(result, base.parent), nl=False)
    return 1 if failed(result.diagnostics) else 0


@click.command(
    epilog="""\b
    Examples:
      briefings withdraw nine-nurses-left --why "The clinic counted two of them twice."
      briefings withdraw nine-nurses-left --why "It was seven." --replaced-by seven-nurses-left
      briefings withdraw gazette-0304 --why "The Gazette took it back." --on 2025-03-06
    """
)
@click.argument("name", metavar="SOURCE|FACT", shell_complete=options.completed("sources", "facts"))
@options.base
@click.option("--why", required=True, metavar="TEXT", help="What was wrong with it.")
@click.option(
    "--on",
    metavar="DAY",
    callback=options.day,
    help="The first day whose editions no longer show it. Default: today.",
)
@click.option(
    "--replaced-by",
    default="",
    metavar="FACT",
    shell_complete=options.completed("facts"),
    help="The fact that holds in place of a fact.",
)
@options.dry_run
@refusable("nothing was written")
def withdraw(
    *, name: str, base: Path, why: str, on: date | None, replaced_by: str, dry_run: bool
) -> int:
    """Take back a fact; or a source, with every fact that rests on it.

    Its entry stays, since readers of an earlier edition will look for it, and says from which day
    it no longer counts, and why. Not another line of the file changes.
    Exit code 0: taken back, or shown; 1: the check refuses it, or the base changed meanwhile;
    2: there is no such source or fact, it is taken back already, or a flag is wrong.
    """
    from briefings.authoring.draft import as_text, open_desk
    from briefings.run import withdraw as run

    desk = open_desk(base)
    day = on or today(desk.base.timezone)
    taken = run.withdraw(desk, name, day, why.strip(), replaced_by)
    if dry_run:
        say(as_text(taken.draft))
    if not written(taken.draft, base, dry_run=dry_run):
        return 1 if failed(taken.draft.added) else 0
    for fact in taken.facts:
        tell(f"{base.parent / fact.span.path}: withdrawn {fact.id}, as of {day}")
    if taken.facts != (desk.base.facts.get(FactId(name)),):
        tell(f"{name}: retracted, as of {day}")
    if taken.hidden:
        tell(
            f"{replaced_by}: replaces it, and so is shown in editions from {day} on, in none before"
        )
    for source in taken.others:
        tell(f"`{source}` carries part of these: `briefings add` makes that a fact of its own")
    tell("next: briefings correction, for what was issued")
    return 0


@click.command(
    epilog="""\b
    Examples:
      briefings correction
      briefings correction --out corrections/2025-12-16
    """
)
@options.base
@options.out("corrections")
@options.templates
@options.strict
@options.quiet
@refusable("nothing was written")
def correction(*, base: Path, out: Path, templates: Path | None, strict: bool, quiet: bool) -> int:
    """Write a correction notice for each issued brief that no longer holds in full.

    A notice, as HTML and PDF, says what the brief said, what holds now, why, and since when. It
    is dated by the withdrawals that it tells.
    Exit code 0: written, or nothing to correct; 1: mistakes in the base; 2: the output folder
    can't be used.
    """
    from briefings.run.correction import corrections, stem

    with progress(quiet=quiet) as steps:
        corrected = corrections(base, out, templates=templates, strict=strict, progress=steps)
    tell_diagnostics(corrected.diagnostics, corrected.texts, base)
    if quiet:
        return 0
    if not corrected.notices:
        say("nothing to correct: all that was issued still stands")
    for notice in corrected.notices:
        files = ", ".join(str(out / f"{stem(notice)}.{form}") for form in ("html", "pdf"))
        sentences = plural(len(notice.items), "sentence")
        say(f"{files}: {sentences} withdrawn, as of {notice.day}")
    return 0


COMMANDS = (issue, diff, impact, withdraw, correction)
