"""The commands by which the desk says something itself: judge, ask."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefings.cli import options
from briefings.cli.terminal import refusable, say, tell, tell_diagnostics, today
from briefings.core.diagnostics import failed
from briefings.core.model import Confidence

if TYPE_CHECKING:
    from briefings.authoring.assessment import Assessed
    from briefings.authoring.draft import OpenDesk

_topic = click.option(
    "--topic",
    default="",
    metavar="ID",
    shell_complete=options.completed("topics"),
    help="The brief that it belongs to. Default: the only one, or that of the facts.",
)
_made = click.option("--made", metavar="DAY", callback=options.day, help="Its day. Default: today.")
_id = click.option("--id", "id_", default="", metavar="ID", help="Default: of its words.")
_dry_run = click.option("--dry-run", is_flag=True, help="Show the entry, and write nothing.")


@click.command(
    epilog="""\b
    Examples:
      briefings judge "It is likely that the ward will close in April." --confidence moderate \\
          --because "Its director says so." --rests-on night-ward-closes
      briefings judge "It is unlikely that …" --confidence low --because "…" \\
          --rests-on nurses-left --rests-on night-ward-closes --until 2025-04-30 --dry-run
    """,
)
@click.argument("statement")
@options.base
@click.option(
    "--confidence",
    required=True,
    type=options.OneOf([each.value for each in Confidence]),
    metavar="LEVEL",
    help=f"In sources and reasoning: {', '.join(each.value for each in Confidence)}.",
)
@click.option("--because", required=True, metavar="TEXT", help="Why that confidence.")
@click.option(
    "--rests-on",
    "rests_on",
    required=True,
    multiple=True,
    metavar="FACT",
    shell_complete=options.completed("facts"),
    help="A fact that it is drawn from; repeatable.",
)
@click.option(
    "--until", metavar="DAY", callback=options.day, help="The last day that it looks ahead to."
)
@_topic
@_made
@_id
@_dry_run
@refusable("nothing was written")
def judge(
    *,
    statement: str,
    base: Path,
    confidence: str,
    because: str,
    rests_on: tuple[str, ...],
    until: date | None,
    topic: str,
    made: date | None,
    id_: str,
    dry_run: bool,
) -> int:
    """Put a key judgement into the base: what the desk itself concludes, and how surely.

    STATEMENT says with one of the seven terms of ICD 203 how likely it is (almost no chance, very
    unlikely, unlikely, roughly even chance, likely, very likely, almost certain); the confidence
    and its reason stand apart from it. Not another byte of the file changes.
    Exit code 0: written, or shown; 1: the check refuses it, or the base changed meanwhile; 2: a
    flag is wrong.
    """
    from briefings.authoring.draft import open_desk
    from briefings.run import judge as run

    desk = open_desk(base)
    new = run.NewJudgement(
        statement=statement.strip(),
        confidence=confidence,
        because=because.strip(),
        rests_on=rests_on,
        made=made or today(str(desk.base.timezone)),
        until=until,
        topic=topic,
        id=id_,
    )
    return _written(desk, run.judge(desk, new), dry_run=dry_run)


@click.command(
    epilog="""\b
    Examples:
      briefings ask "How will the district find the staff?"
      briefings ask "Who pays for the drive to Tarrow?" --topic night-ward --why "It is 38 km."
    """,
)
@click.argument("question")
@options.base
@_topic
@click.option("--why", default="", metavar="TEXT", help="Why it matters.")
@_made
@_id
@_dry_run
@refusable("nothing was written")
def ask(
    *, question: str, base: Path, topic: str, why: str, made: date | None, id_: str, dry_run: bool
) -> int:
    """Put a question into the base that readers would ask and no document answers.

    Briefs tell it as not known, from its day on, until a fact answers it. Not another byte of the
    file changes.
    Exit code 0: written, or shown; 1: the check refuses it, or the base changed meanwhile; 2: a
    flag is wrong.
    """
    from briefings.authoring.draft import open_desk
    from briefings.run import ask as run

    desk = open_desk(base)
    day = made or today(str(desk.base.timezone))
    gap = run.ask(desk, question.strip(), day, topic=topic, why=why.strip(), name=id_)
    return _written(desk, gap, dry_run=dry_run)


def _written(desk: OpenDesk, new: Assessed, *, dry_run: bool) -> int:
    from briefings.authoring.draft import write

    say(new.lines)
    tell_diagnostics(new.draft.added, new.draft.checked.texts, desk.path)
    stopped = failed(new.draft.added)
    if stopped or dry_run:
        tell("nothing was written")
    else:
        write(new.draft)
        tell(f"{desk.path.parent / new.file}: added {new.id}")
    return 1 if stopped else 0


COMMANDS = (judge, ask)
