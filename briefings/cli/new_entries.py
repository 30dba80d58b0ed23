"""The commands that put an entry of the desk's own words into the base: name, judge, ask."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefings.cli import options
from briefings.cli.terminal import refusable, say, tell, today, written
from briefings.core.diagnostics import failed
from briefings.core.model import ActorKind, Confidence

if TYPE_CHECKING:
    from briefings.authoring.draft import OpenDesk
    from briefings.authoring.new_entry import NewEntry

_topic = click.option(
    "--topic",
    default="",
    metavar="ID",
    shell_complete=options.completed("topics"),
    help="The brief that it belongs to. Default: the only one, or that of the facts.",
)
_made = click.option("--made", metavar="DAY", callback=options.day, help="Its day. Default: today.")
_id = click.option("--id", "id_", default="", metavar="ID", help="Default: of its words.")


@click.command(
    "name",
    epilog="""\b
    Examples:
      briefings name actor "Harbour Board" --kind body
      briefings name place Vell
      briefings name topic "The ferry to Vell" --question "When will it sail again?"
      briefings name actor "Ana Mora" --kind person --id mora --dry-run
    """,
)
@click.argument("what", type=options.OneOf(["actor", "place", "topic"]))
@click.argument("name")
@options.base
@_id
@click.option(
    "--kind",
    type=options.OneOf([kind.value for kind in ActorKind]),
    metavar="KIND",
    help=f"What an actor is: {', '.join(kind.value for kind in ActorKind)}.",
)
@click.option("--question", default="", metavar="TEXT", help="What readers of a topic ask.")
@options.dry_run
@refusable("nothing was written")
def name_subject(
    *, what: str, name: str, base: Path, id_: str, kind: str | None, question: str, dry_run: bool
) -> int:
    """Name an actor, a place or a topic, so that facts can tell of it.

    NAME is what the briefs call it, in the first language of the desk. The entry comes behind the
    last one of its section; not another byte of the file changes. An actor is what speaks or acts:
    a person, a body, a state, a group, an outlet; a topic is what there is a brief about.
    Exit code 0: named, or shown; 1: refused, or the base changed meanwhile; 2: a flag is wrong.
    """
    from briefings.authoring.draft import open_desk
    from briefings.run import name as naming

    if (what == "actor") != bool(kind):
        wrong = "say what it is with --kind" if what == "actor" else "--kind is of actors"
        raise click.UsageError(f"{wrong}: {', '.join(each.value for each in ActorKind)}.")
    if question and what != "topic":
        raise click.UsageError("--question is of topics.")
    desk = open_desk(base)
    new = naming.NewSubject(
        section=f"{what}s", name=name.strip(), id=id_, kind=kind or "", question=question
    )
    return _put(desk, naming.name(desk, new), dry_run=dry_run)


@click.command(
    epilog="""\b
    Examples:
      briefings judge "It is likely that the ward will close in April." --confidence moderate \\
          --because "Its director says so." --rests-on night-ward-closes
      briefings judge "It is unlikely that …" --confidence low --because "…" \\
          --rests-on nurses-left --rests-on night-ward-closes --until 2025-04-30 --dry-run
    """
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
@options.dry_run
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
        made=made or today(desk.base.timezone),
        until=until,
        topic=topic,
        id=id_,
    )
    return _put(desk, run.judge(desk, new), dry_run=dry_run)


@click.command(
    epilog="""\b
    Examples:
      briefings ask "How will the district find the staff?"
      briefings ask "Who pays for the drive to Tarrow?" --topic night-ward --why "It is 38 km."
    """
)
@click.argument("question")
@options.base
@_topic
@click.option("--why", default="", metavar="TEXT", help="Why it matters.")
@_made
@_id
@options.dry_run
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
    day = made or today(desk.base.timezone)
    gap = run.ask(desk, question.strip(), day, topic=topic, why=why.strip(), name=id_)
    return _put(desk, gap, dry_run=dry_run)


def _put(desk: OpenDesk, new: NewEntry, *, dry_run: bool) -> int:
    say(new.lines)
    if written(new.draft, desk.path, dry_run=dry_run):
        tell(f"{desk.path.parent / new.file}: added {new.id}")
    return 1 if failed(new.draft.added) else 0


COMMANDS = (name_subject, judge, ask)
