"""Commands about what documents hold and facts rest on: find, coverage, repair."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from briefings.cli import options
from briefings.cli.terminal import progress, refusable, say, say_json, tell, tell_diagnostics
from briefings.core.model import SourceId


@click.command(
    epilog="""\b
    Examples:
      briefings find "night ward"              where it stands, and which fact cites it
      briefings find Ines                      finds Inés too, and CALDER for an alias Calder
      briefings find --json Tarrow | jq '.hits[] | select(.cited_by == [])'
    """
)
@click.argument("words", metavar="TEXT...", nargs=-1, required=True)
@options.base
@options.as_json
@refusable()
def find(*, words: tuple[str, ...], base: Path, as_json: bool) -> int:
    """Look for TEXT in the facts and documents of a desk.

    Case, accents, vowel signs, kinds of dash and quotation mark, Arabic and Persian letter forms
    and the digits of any script play no part; the name of an actor or place is looked for in all
    its spellings. Each place in a document is shown in its words, with the facts that cite it.
    Exit code 0: it stands somewhere; 1: nowhere, or the base can't be read; 2: a flag is wrong.
    """
    from briefings.run.find import as_object, as_text, find, summary

    matches = find(base, " ".join(words))
    if as_json:
        say_json(as_object(matches, base.parent))
    else:
        say(as_text(matches, base.parent), nl=False)
        tell(summary(matches))
    return 0 if matches.hits else 1


@click.command(
    epilog="""\b
    Examples:
      briefings coverage                       what no fact says yet, with places
      briefings coverage gazette-0304          of one source
      briefings coverage --html coverage.html  all documents, with what is cited marked
      briefings coverage --json | jq '.documents[] | {source, cited, sentences}'
    """
)
@click.argument(
    "sources", metavar="[SOURCE]...", nargs=-1, shell_complete=options.completed("sources")
)
@options.base
@options.as_json
@options.html
@refusable()
def coverage(*, sources: tuple[str, ...], base: Path, as_json: bool, html: Path | None) -> int:
    """Count the sentences of each document that facts cite, and list the others.

    A sentence counts as cited if a fact quotes any part of it. Quotes that are lost count for
    nothing, and are reported.
    Exit code 0: shown; 1: the base can't be read, or the page not made; 2: there is no such source.
    """
    from briefings.run.coverage import as_object, as_text, coverage, summary, write

    options.hold_html(html, as_json=as_json)
    result = coverage(base, tuple(map(SourceId, sources)))
    tell_diagnostics(result.diagnostics, result.texts, base)
    if as_json:
        say_json(as_object(result, base.parent))
    elif html is not None:
        write(result, html, base.parent)
        say(str(html))
    else:
        say(as_text(result, base.parent), nl=False)
        tell(summary(result))
    return 0


@click.command(
    epilog="""\b
    Examples:
      briefings repair                         asks for each lost quote; shows them, off a terminal
      briefings repair nine-nurses-left --yes  takes the nearest passage, unasked
      briefings repair --json | jq '.lost[] | {fact, old, new}'
    """
)
@click.argument("facts", metavar="[FACT]...", nargs=-1, shell_complete=options.completed("facts"))
@options.base
@click.option("--yes", is_flag=True, help="Put every nearest passage in place, unasked.")
@options.as_json
@refusable("nothing was written")
def repair(*, facts: tuple[str, ...], base: Path, yes: bool, as_json: bool) -> int:
    """Propose for each lost quote the passage that comes nearest to it.

    What you confirm is written in place of the quote, and not another byte changes; what `check`
    has to say then is said. A quote that stands in another document gets that for its source.
    Exit code 0: no quote is lost any more; 1: some are, or the base changed meanwhile; 2: there is
    no such fact, or a flag is wrong.
    """
    from briefings.authoring.draft import open_desk, write
    from briefings.authoring.lost_quotes import lost_quotes
    from briefings.run.repair import as_object, as_text, repaired, still_lost

    with progress(quiet=as_json) as steps:
        steps("checking the base")
        desk = open_desk(base)
        steps("looking for lost quotes")
        lost = lost_quotes(desk, facts)
    asks = sys.stdin.isatty() and not (yes or as_json)
    confirmed = []
    for quote in lost:
        if not as_json:
            say(as_text(desk, quote))
        if quote.rewrites and (yes or (asks and click.confirm("Take it?", err=True))):
            confirmed.append(quote)
    if confirmed:
        mended = repaired(desk, confirmed)
        tell_diagnostics(mended.added, mended.checked.texts, base)
        write(mended)
        failed = still_lost(mended, confirmed)
        confirmed = [quote for quote in confirmed if quote not in failed]
    if as_json:
        result = as_object(desk, lost, confirmed)
        say_json(result)
    left = len(lost) - len(confirmed)
    more = "; --yes takes the nearest" if left and not (yes or asks) else ""
    tell(f"{len(lost)} lost: {len(confirmed)} repaired, {left} left{more}")
    return 1 if left else 0


COMMANDS = (find, coverage, repair)
