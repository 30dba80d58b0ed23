"""Commands about what documents hold and facts rest on: find."""

from __future__ import annotations

import json
from pathlib import Path

import click

from briefings.cli import options
from briefings.cli.terminal import refusable, tell

# What a command needs of `run` is imported in it, as in `cli/desk.py`.

as_json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object for machines."
)


@click.command(
    epilog="""\b
    Examples:
      briefings find "night ward"              where it stands, and which fact cites it
      briefings find Ines                      finds Inés too, and CALDER for an alias Calder
      briefings find --json Tarrow | jq '.hits[] | select(.cited_by == [])'
    """,
)
@click.argument("words", metavar="TEXT...", nargs=-1, required=True)
@options.base
@as_json_option
@refusable()
def find(*, words: tuple[str, ...], base: Path, as_json: bool) -> int:
    """Look for TEXT in the facts and documents of a desk.

    Case, accents, vowel signs, kinds of dash and quotation mark, Arabic and Persian letter forms
    and the digits of any script play no part; the name of an actor or place is looked for in all
    its spellings. Each place in a document is shown in its words, with the facts that cite it.
    Exit code 0: it stands somewhere; 1: nowhere, or the base can't be read; 2: a flag is wrong.
    """
    from briefings.run.find import as_object, as_text, find, summary  # noqa: PLC0415

    found = find(base, " ".join(words))
    if as_json:
        click.echo(json.dumps(as_object(found, base.parent), indent=2, ensure_ascii=False))
    else:
        click.echo(as_text(found, base.parent), nl=False)
        tell(summary(found))
    return 0 if found.hits else 1


COMMANDS = (find,)
