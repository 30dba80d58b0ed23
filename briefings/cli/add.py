"""The command `add`: by questions on a terminal, or wholly by flags."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefings.cli import options
from briefings.cli.terminal import refusable, say, say_json, tell, tell_diagnostics
from briefings.core.characters import visible
from briefings.core.diagnostics import Refused, failed
from briefings.core.limits import TEXT
from briefings.core.model import ActorKind, Credibility, FactKind, SourceId, Voice
from briefings.core.names import meant

if TYPE_CHECKING:
    from briefings.authoring.draft import OpenDesk
    from briefings.authoring.new_entry import NewEntry
    from briefings.authoring.proposal import DocumentRange, Wanted


_STDIN = "-"


@click.command(
    epilog="""\b
    Examples:
      briefings add                            asks for a passage and a sentence
      briefings add --source courier           picks from the numbered sentences of a document
      briefings add --quote "Nine of the ward's 21 nurses have left" \\
          --statement "Nine nurses have left the ward." --by okoro --yes
      pbpaste | briefings add --quote - --statement "Nine nurses have left the ward." --yes
      briefings add --source courier --sentence 5 --statement "The ward took in 1,140 patients." \\
          --dry-run                            shows the entry, and writes nothing
    """
)
@options.base
@click.option("--quote", metavar="TEXT", help="The passage; `-` reads it from standard input.")
@click.option(
    "--source",
    metavar="ID",
    shell_complete=options.completed("sources"),
    help="The document. Default: the one in which the passage stands.",
)
@click.option("--sentence", type=int, metavar="N", help="The sentence of --source by its number.")
@click.option(
    "--occurrence",
    type=click.IntRange(min=1),
    metavar="N",
    help="Which of the places where the passage stands, from 1.",
)
@click.option("--statement", metavar="TEXT", help="The fact, in the first language of the desk.")
@click.option(
    "--translated",
    nargs=2,
    multiple=True,
    metavar="LANG TEXT",
    help="The statement in another language; repeatable.",
)
@click.option(
    "--translation",
    default="",
    metavar="TEXT",
    help="The passage in the first language of the desk, if its document is in another.",
)
@click.option("--headline", default="", metavar="TEXT", help="A label of a few words.")
@click.option("--id", "name", default="", metavar="ID", help="Default: of the statement's words.")
@click.option(
    "--kind",
    type=options.OneOf([kind.value for kind in FactKind]),
    help="Default: claim with --by, else event.",
)
@click.option(
    "--topic",
    "topics",
    multiple=True,
    metavar="ID",
    shell_complete=options.completed("topics"),
    help="A topic; repeatable. Default: the only one, or as the last fact of the same source.",
)
@click.option(
    "--date",
    default="",
    metavar="EDTF",
    help="Default: the one day it names, if any.",
    callback=options.edtf,
)
@click.option(
    "--due",
    default="",
    metavar="EDTF",
    help="Of a plan; default: the one day it names.",
    callback=options.edtf,
)
@click.option(
    "--actor",
    "actors",
    multiple=True,
    metavar="ID",
    shell_complete=options.completed("actors"),
    help="Who it names or is about; repeatable. Default: as recognised.",
)
@click.option(
    "--place",
    "places",
    multiple=True,
    metavar="ID",
    shell_complete=options.completed("places"),
    help="A place that it names; repeatable. Default: as recognised.",
)
@click.option(
    "--outcome-of",
    "outcome_of",
    multiple=True,
    metavar="ID",
    shell_complete=options.completed("facts"),
    help="A plan of which it says what became; repeatable.",
)
@click.option(
    "--by",
    default="",
    metavar="ACTOR",
    shell_complete=options.completed("actors"),
    help="Who says so in the document. Default: the document itself.",
)
@click.option(
    "--credibility",
    type=options.OneOf([grade.value for grade in Credibility]),
    metavar="1-6",
    help="NATO Admiralty grade.",
)
@options.dry_run
@click.option("--yes", is_flag=True, help="Ask nothing.")
@options.strict
@options.as_json
@refusable("nothing was written")
def add(
    *,
    base: Path,
    quote: str | None,
    source: str | None,
    sentence: int | None,
    occurrence: int | None,
    statement: str | None,
    dry_run: bool,
    yes: bool,
    strict: bool,
    as_json: bool,
    **fields: Any,  # the fields of the fact
) -> int:
    """Add a fact: a passage of a document, and a sentence that says no more than it.

    The document is found, the quote cut to whole words and told apart where it stands twice, names
    and the day recognised. What `briefings check` would refuse is refused, and why is said. The
    entry comes last of all facts, in the file that holds others of its source; not another byte of
    the file changes.
    Exit code 0: added, or shown; 1: refused, or the base changed meanwhile; 2: a flag is wrong.
    """
    from briefings.authoring.draft import open_desk, write
    from briefings.run.add import as_object, cited_already

    asks = not (yes or dry_run or as_json) and sys.stdin.isatty()
    if sentence is not None and (source is None or quote is not None):
        raise click.UsageError("--sentence goes with --source, and without --quote.")
    if not (asks or (statement or "").strip()):
        raise click.UsageError("give the sentence with --statement.")
    desk = open_desk(base)
    if quote == _STDIN:
        quote = _pasted()
    passage = _passage(desk, quote, source, sentence, occurrence, asks=asks)
    if asks:
        desk, fields["by"] = _speaker(desk, passage, fields["by"])
        fields |= _answers(desk, passage, fields)
    proposal = _proposal(desk, passage, statement, fields, strict=strict, quiet=as_json)
    stopped = failed(proposal.draft.added, strict=strict)
    for line in () if as_json or stopped else cited_already(desk, passage):
        tell(line)
    agreed = not (stopped or dry_run) and (
        not asks or click.confirm(f"Write this into {visible(proposal.file)}?", err=True)
    )
    if agreed:
        write(proposal.draft)
    if as_json:
        result = as_object(proposal, written=agreed)
        say_json(result)
    if stopped:
        raise Refused(1, ())
    where = base.parent / proposal.file
    tell(f"{where}: added {proposal.id}" if agreed else "nothing was written")
    return 0


def _pasted() -> str:
    """The passage on standard input, which may be anything and without end."""
    try:
        pasted = sys.stdin.read(TEXT.most + 1)
    except UnicodeDecodeError:
        raise click.UsageError("what comes on standard input is no text in UTF-8.") from None
    if len(pasted) > TEXT.most:
        raise click.UsageError(f"a passage on standard input has at most {TEXT.shown} characters.")
    return pasted


def _passage(
    desk: OpenDesk,
    quote: str | None,
    source: str | None,
    sentence: int | None,
    place: int | None,
    *,
    asks: bool,
) -> DocumentRange:
    """The passage that is meant: by its words, by number, or picked from a list."""
    from briefings.run import add as use

    name = SourceId(source) if source is not None else None
    if sentence is not None:
        assert name is not None
        return use.sentence(desk, name, sentence)
    if quote is None:
        if not asks:
            raise click.UsageError("give the passage with --quote, or --source and --sentence.")
        if name is not None:
            for line in use.numbered(desk, name):
                tell(line)
            quote = click.prompt("The number of a sentence, or a passage", err=True)
            if quote.strip().isdecimal():
                return use.sentence(desk, name, int(quote))
        else:
            quote = click.prompt("The passage", err=True)
    if not any(map(str.isalnum, quote)):
        raise click.UsageError("a passage has a letter or a digit: copy it from the document.")
    passages = use.find_passages(desk, quote, name)
    return passages[_chosen(use.places_told(desk, passages), place, asks=asks)]


def _chosen(places: Sequence[str], place: int | None, *, asks: bool) -> int:
    """The index of the place that is meant."""
    if place is not None and place > len(places):
        raise click.UsageError(f"--occurrence {place}: the passage stands in {len(places)} places.")
    if place is not None or len(places) == 1:
        return (place or 1) - 1
    for number, line in enumerate(places, 1):
        tell(f"{number:3} {line}")
    if not asks:
        raise click.UsageError(
            f"the passage stands in {len(places)} places: say which with --occurrence or --source,"
            " or give more of it."
        )
    return int(click.prompt("Which place", type=click.IntRange(1, len(places)), err=True)) - 1


def _speaker(desk: OpenDesk, passage: DocumentRange, given: str) -> tuple[OpenDesk, str]:
    """Who speaks in the passage, by id or name; whom the desk does not know can be named here."""
    from briefings.authoring.proposal import passage_text

    tell(f"“{passage_text(desk, passage)}”")
    if given:
        return desk, given
    known: dict[str, str] = {
        form: key for key, actor in desk.base.actors.items() for _, form in actor.name.forms
    }
    known |= {key: key for key in (*desk.base.actors, *(voice.value for voice in Voice))}
    outlet = Voice.OUTLET.value
    while True:
        asked = "Who says so there: an actor, or outlet"
        by = str(click.prompt(asked, default=outlet, err=True)).strip()
        if by in known:
            return desk, known[by]
        for hint in meant(by, desk.base.actors, {}):
            tell(f"  {hint}")
        if click.confirm(f"The desk knows nobody called {visible(by)!r}. Name somebody?", err=True):
            return _named(desk, by)


def _named(desk: OpenDesk, by: str) -> tuple[OpenDesk, str]:
    """The desk with an actor more, which is written, and its id."""
    from briefings.authoring.draft import commit
    from briefings.run.name import NewSubject, name

    words = click.prompt("What briefs call them", default=by, err=True)
    kinds = options.OneOf([kind.value for kind in ActorKind])
    kind = click.prompt("What they are", type=kinds, err=True)
    named = name(desk, NewSubject(section="actors", name=words.strip(), kind=kind))
    return commit(named.draft), named.id


def _answers(desk: OpenDesk, passage: DocumentRange, fields: dict[str, Any]) -> dict[str, Any]:
    """What is asked of the fields that no flag has said: the kind, the topic."""
    from briefings.authoring.proposal import proposed_topics

    answers: dict[str, Any] = {}
    kind = FactKind.EVENT if fields["by"] == Voice.OUTLET.value else FactKind.CLAIM
    answers["kind"] = fields["kind"] or click.prompt(
        "Kind", type=options.OneOf([each.value for each in FactKind]), default=kind.value, err=True
    )
    if not (fields["topics"] or proposed_topics(desk.base, passage.source)):
        topic = click.prompt("Topic", type=options.OneOf([*desk.base.topics]), err=True)
        answers["topics"] = (topic,)
    return answers


def _proposal(
    desk: OpenDesk,
    passage: DocumentRange,
    statement: str | None,
    fields: dict[str, Any],
    *,
    strict: bool,
    quiet: bool,
) -> NewEntry:
    """The fact that the flags ask for; without a statement, the first that the check accepts."""
    from briefings.authoring.proposal import propose

    while True:
        text = statement or click.prompt("The fact, in one sentence", err=True)
        proposal = propose(desk, passage, _wanted(desk, text, fields))
        if not quiet:
            say(proposal.lines)
        tell_diagnostics(proposal.draft.added, proposal.draft.checked.texts, desk.path)
        if statement is not None or not failed(proposal.draft.added, strict=strict):
            return proposal
        tell("say it otherwise, or press Ctrl-C")


def _wanted(desk: OpenDesk, statement: str, fields: dict[str, Any]) -> Wanted:
    from briefings.authoring.proposal import Wanted

    return Wanted(
        statement={desk.base.languages[0]: statement, **dict(fields["translated"])},
        id=fields["name"],
        kind=fields["kind"] or "",
        topics=fields["topics"],
        headline=fields["headline"],
        date=fields["date"],
        due=fields["due"],
        actors=fields["actors"] or None,
        places=fields["places"] or None,
        credibility=fields["credibility"] or "",
        outcome_of=fields["outcome_of"],
        by=fields["by"],
        translation=fields["translation"],
    )


COMMANDS = (add,)
