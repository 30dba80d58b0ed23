"""The command that names an actor, a place or a topic."""

from __future__ import annotations

from pathlib import Path

import click

from briefings.cli import options
from briefings.cli.terminal import refusable, say, tell, tell_diagnostics
from briefings.core.diagnostics import failed
from briefings.core.model import ActorKind


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
@click.option("--id", "id_", default="", metavar="ID", help="Default: of the words of the name.")
@click.option(
    "--kind",
    type=options.OneOf([kind.value for kind in ActorKind]),
    metavar="KIND",
    help=f"What an actor is: {', '.join(kind.value for kind in ActorKind)}.",
)
@click.option("--question", default="", metavar="TEXT", help="What readers of a topic ask.")
@click.option("--dry-run", is_flag=True, help="Show the entry, and write nothing.")
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
    from briefings.authoring.draft import open_desk, write
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
    named = naming.name(desk, new)
    say(named.lines)
    added = named.draft.added
    tell_diagnostics(added, named.draft.checked.texts, base)
    stopped = failed(added)
    if not (stopped or dry_run):
        write(named.draft)
    where = base.parent / named.file
    is_written = not (stopped or dry_run)
    tell(f"{where}: added {named.id}" if is_written else "nothing was written")
    return 1 if stopped else 0


COMMANDS = (name_subject,)
