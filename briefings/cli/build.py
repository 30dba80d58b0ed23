"""Commands that build: build, weekly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefings.cli import custom, options
from briefings.cli.repeat import stands
from briefings.cli.terminal import progress, refusable, say, tell, tell_diagnostics, today
from briefings.core.patterns import compiled_once
from briefings.plan.request import Request

if TYPE_CHECKING:
    from briefings.make.unchanged import Inputs, LastBuild
    from briefings.run.build import Built


@click.command(
    cls=options.Building,
    epilog="""\b
    Examples:
      briefings build
      briefings build --topic tehran-meeting --topic un-staff-ban
      briefings build --format pdf --out out/2025-12-14
      briefings build --as-of 2025-12-07       nothing that was known later is in it
      briefings build --as-of 2025-12-08 --known-by 2025-12-14
                                               the 8th, as it is known on the 14th
      briefings build --month 2025-12          what became known in that month
      briefings build --topic un-staff-ban --kind event --min-reliability B
      briefings build press-briefing --lang fa
                                               a brief that the base keeps by that name
      briefings build --templates house-style  your templates go before ours
      briefings build --embed-sources          quotes can be looked up in the brief itself
      briefings build --sign desk.p12 --passphrase pass.txt
      briefings build --cluster tcp://host:8786
                                               pages are made by the workers of a cluster
    """,
)
@click.argument("kept", nargs=-1, metavar="[NAME]...", shell_complete=options.completed("briefs"))
@options.base
@options.topics("A topic to build")
@options.formats_option
@options.paper
@options.annex
@options.embed_sources
@custom.flags
@options.out("build")
@options.templates
@options.strict
@options.cache
@options.why
@options.keep_going
@options.cluster
@options.signing
@options.quiet
@refusable("nothing was written")
def build(*, why: bool, quiet: bool, **asked: Any) -> int:
    """Check the base, then build its briefs.

    Each NAME is a brief that the base keeps under `briefs`; flags replace what it says.
    Nothing is written unless all is well; an earlier build is replaced in one step.
    Exit code 0: built; 1: mistakes in the base or a template, or nothing to show; 2: a flag is
    wrong, or the output folder can't be used.
    """
    request = custom.request(**asked)
    before = _before(request)
    if before is not None and not before.why:
        return _stands(request, before, quiet=quiet, why=why)
    with compiled_once(__file__):
        from briefings.run.build import build

    with progress(quiet=quiet) as steps:
        built = build(request, today=today, progress=steps)
    if why:
        _tell_why(before, built)
    lines = tuple(_lines(built, request.out))
    return _done(request, built, built.inputs, lines, quiet=quiet, why=why)


def _before(request: Request) -> LastBuild | None:
    """What the same build did before, as far as the cache knows it."""
    from briefings.make.unchanged import look

    return look(request, today)


def _stands(request: Request, before: LastBuild, *, quiet: bool, why: bool) -> int:
    """Print what was printed when it was made, and know these words the next time."""
    _remember_words(request, quiet=quiet, why=why)
    return stands(before, quiet=quiet, why=why)


def _remember_words(request: Request, *, quiet: bool, why: bool) -> None:
    from briefings.make.unchanged import Typed, remember_words

    # Whoever calls a command from within a program has typed nothing.
    if (words := click.get_current_context().find_root().obj) is not None:
        remember_words(request, Typed(words, why, quiet))


def _tell_why(before: LastBuild | None, built: Built) -> None:
    """What was made anew, and for what reason."""
    reasons = before.why if before is not None else ("it was not built before",)
    tell(f"built anew: {'; '.join(reasons)}")
    for name in filter(built.why.__contains__, built.files):
        is_pdf = name.endswith(".pdf")
        kept = "kept, its page is the same" if is_pdf else "kept, it shows the same"
        remade = f"{'set' if is_pdf else 'filled'}, {built.why[name]}"
        tell(f"  {name}: {remade if built.why[name] else kept}")


def _done(
    request: Request,
    built: Built,
    inputs: Inputs,
    lines: tuple[str, ...],
    *,
    quiet: bool,
    why: bool,
) -> int:
    """Print what was built, and keep for the next time that it was."""
    from briefings.core.characters import in_lines
    from briefings.desk.report import report
    from briefings.make.unchanged import remember

    tell_diagnostics(built.diagnostics, built.texts, request.base)
    for note in built.notes:
        tell(note)
    trouble = built.trouble
    if not trouble and not built.failures:
        warnings = in_lines(report(built.diagnostics, built.texts, request.base.parent))
        trouble = remember(request, inputs, warnings, map(in_lines, lines))
        if not trouble:
            _remember_words(request, quiet=quiet, why=why)
    if trouble:
        tell(f"the cache in {request.cache} can't be used: {trouble}; all was built without it")
    if built.failures:
        return _told_failures(request, built, lines, quiet=quiet)
    for line in lines if not quiet else ():
        say(line)
    return 0


def _told_failures(request: Request, built: Built, lines: tuple[str, ...], *, quiet: bool) -> int:
    """Print what was built, and what could not be; the next time it is tried again."""
    for line in lines if not quiet else ():
        say(line)
    tell_diagnostics(built.failures, built.texts, request.base)
    failed = len(built.failures)
    briefs = failed + len(built.briefs)
    tell(f"{failed} of {briefs} briefs could not be built; the others stand in {request.out}")
    return 1


def _lines(built: Built, out: Path) -> Iterator[str]:
    """A line for each brief, for each language that was left out, and one for all."""
    from briefings.core.diagnostics import plural
    from briefings.desk.report import unmade

    for chosen in built.briefs:
        edition = chosen.edition
        files = ", ".join(str(out / name) for name in built.files_of(chosen))
        facts = edition.sourcing.facts if edition.sourcing else 0
        day = f"as of {edition.spec.as_of}"
        if edition.spec.known_by != edition.spec.as_of:
            day += f", known by {edition.spec.known_by}"
        newest = edition.newest_known
        if newest is not None and newest < edition.spec.window.since:
            day += f"; nothing is new in this period, the newest is of {newest}"
        yield f"{files}: {plural(facts, 'fact')}, {day}"
    yield from unmade(built.unmade)
    yield f"all of it: {out / 'index.html'}"


@click.command(
    cls=options.Building,
    epilog="""\b
    Examples:
      briefings weekly                         the week of the base's edition, else the last one
      briefings weekly --week 2025-W50
      briefings weekly --out public            into public/2025-W50/
      briefings weekly --strict --format pdf   as a cron job or a workflow would
      briefings weekly --marking GREEN --out public
                                               a set that holds nothing above TLP:GREEN
    """,
)
@options.base
@custom.week
@custom.languages
@custom.marking
@options.formats_option
@options.paper
@options.annex
@options.embed_sources
@options.out("weekly", "The folder that gets a folder for the week")
@options.templates
@options.strict
@options.cache
@options.why
@options.keep_going
@options.cluster
@options.signing
@options.quiet
@refusable("nothing was written")
def weekly(*, why: bool, quiet: bool, **asked: Any) -> int:
    """Build the week's whole set: every weekly topic in its languages, and an index.

    One line a brief says what is new in it. The set stands in a folder of its own, such as
    weekly/2025-W50; weekly/index.html lists the weeks. Exit codes are those of build.
    """
    from briefings.plan.request import WEEKS

    request = custom.request(weeks=WEEKS, **asked)
    before = _before(request)
    if before is not None and not before.why:
        return _stands(request, before, quiet=quiet, why=why)
    from briefings.desk.report import unmade
    from briefings.run.weekly import news, weekly

    with progress(quiet=quiet) as steps:
        week = weekly(request, today=today, progress=steps)
    if why:
        _tell_why(before, week.built)
    lines = [
        ", ".join(str(week.folder / name) for name in week.built.files_of(brief))
        + f": {news(brief.edition)}"
        for brief in week.built.briefs
    ]
    lines += [*unmade(week.built.unmade), f"all of it: {week.folder / 'index.html'}"]
    if week.unlisted is None:
        inputs = week.built.inputs._replace(week=week.folder.name)
        return _done(request, week.built, inputs, tuple(lines), quiet=quiet, why=why)
    tell_diagnostics(week.built.diagnostics, week.built.texts, request.base)
    for line in lines if not quiet else ():
        say(line)
    for fault in week.unlisted.diagnostics:
        tell_diagnostics([fault], week.unlisted.texts, request.base)
    tell(f"the set stands in {week.folder}; the list of weeks is as it was")
    return week.unlisted.status


COMMANDS = (build, weekly)
