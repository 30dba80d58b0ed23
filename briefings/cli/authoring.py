"""Commands by which a desk is begun and kept in shape: init, schema, fmt, words."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from briefings.cli import options
from briefings.cli.terminal import progress, refusable, say, tell, tell_diagnostics
from briefings.core.diagnostics import Refused
from briefings.core.filenames import BASE

_KEPT = {
    ".gitattributes": "see that it says `seeds/** -text`, or git may change documents",
    ".gitignore": "see that it names build/",
}


@click.command(
    epilog="""\b
    Examples:
      briefings init harbour-desk              a new folder with a small working desk
      briefings init ferry --title "The ferry to Vell"        an empty one, for your own subject
      briefings init agua --title "El agua de Lorne" --language es
      briefings init kabul --title "Kabul" --language en,fa   briefs in two languages
      cd harbour-desk && briefings check       every quote of it stands where it is said to
      briefings build                          its briefs, into build/
      briefings init .                         in a folder that holds other files already
    """
)
@click.argument("folder", metavar="DIR", type=options.NamedPath(path_type=Path))
@click.option("--title", metavar="TEXT", help="What it is about: an empty desk.")
@click.option(
    "--language",
    "codes",
    multiple=True,
    callback=options.by_comma,
    metavar="CODE,…",
    help="The languages of an empty desk, such as es or en,fa; first that of its title.  "
    "[default: en]",
)
def init(*, folder: Path, title: str | None, codes: tuple[str, ...]) -> int:
    """Begin a desk in DIR: one document, three facts, a judgement, and what git and editors need.

    It checks and builds at once; its subject is invented, to look at. With --title the desk is
    empty, and its first topic is what you have named. No file is ever overwritten: what DIR holds
    already is kept and named. A DIR with a facts.yaml is refused.
    Exit code 0: the desk is there; 2: it could not be written, and nothing was.
    """
    from briefings.run.init import begin

    if codes not in {(), ("en",)} and title is None:
        raise click.UsageError("--language goes with --title: the sample is in English.")
    if title is not None and not any(map(str.isalnum, title)):
        raise click.BadParameter("a title has a letter or a digit.", param_hint="--title")
    try:
        begun = begin(folder, (title or "").strip(), codes or ("en",))
    except Refused as refused:
        tell_diagnostics(refused.diagnostics, refused.texts, folder / BASE)
        return refused.status
    for path in begun.written:
        say(f"{folder / path}: written")
    for path in begun.kept:
        more = f"; {_KEPT[path]}" if path in _KEPT else ""
        tell(f"{folder / path}: was there, and is as it was{more}")
    go = "" if folder == Path() else f"cd {shlex.quote(str(folder))} && "
    if title:
        tell(
            "days are counted in UTC: say another `timezone` in facts.yaml if the desk's is another"
        )
        tell(f"next: {go}briefings capture FILE… (what you have saved), then briefings desk")
    else:
        tell(f"next: {go}briefings check && briefings build")
    return 0


@click.command(
    epilog="""\b
    Examples:
      briefings schema > facts.schema.json     beside facts.yaml, where editors find it
      briefings schema | jq '."$defs".Fact.properties | keys'
    """
)
def schema() -> int:
    """Print the JSON Schema of facts.yaml, by which an editor completes and checks as you type.

    It is made from the program's own model; what it can't say stays with `briefings check`. The
    first line of a facts.yaml that `briefings init` writes leads editors to it.
    """
    from briefings.run.init import schema_text

    say(schema_text(), nl=False)
    return 0


@click.command(
    epilog="""\b
    Examples:
      briefings fmt                            the base and all that it includes
      briefings fmt --check                    in CI: write nothing, fail if something would change
      briefings fmt --shorten                  also say once what the facts of a source share
    """
)
@options.base
@click.option("--check", "only_check", is_flag=True, help="Write nothing, and name what would.")
@click.option("--shorten", "shorter", is_flag=True, help="Say once what many entries share.")
@refusable("nothing more was written")
def fmt(*, base: Path, only_check: bool, shorter: bool) -> int:
    """Put a base into its canonical shape: order of keys, a line a text, quotes, empty lines.

    Every comment is kept, and nothing that is read changes; `briefings help authoring` describes
    the shape. With --shorten what the facts of a source have in common is said once, as its
    `defaults`, what neighbours share by their group, and lists of actors and places that are what
    the statement names are left out.

    Exit code 0: all files are in shape; 1: with --check, one is not; or one is no YAML; 2: one
    can't be written.
    """
    from briefings.run.fmt import shape, shorten

    if shorter and only_check:
        raise click.UsageError("--shorten and --check exclude each other.")
    with progress(quiet=shorter) as steps:
        shaped = shorten(base) if shorter else shape(base, check=only_check, progress=steps)
    for file in shaped.changed:
        say(f"{base.parent / file}: {'would change' if only_check else 'put into shape'}")
    if not shaped.changed:
        tell("all is in shape")
    elif only_check:
        tell("`briefings fmt` puts it into shape")
    return 1 if only_check and shaped.changed else 0


@click.command(
    epilog="""\b
    Examples:
      briefings words fr                       locale/fr.po, with every message to be translated
      briefings words fa --base desks/harbour  what this desk wants to say otherwise than we do
    """
)
@click.argument("language", metavar="CODE")
@options.base
@refusable("nothing was written")
def words(*, language: str, base: Path) -> int:
    """Begin a catalogue of the words of our pages in a further language, for you to translate.

    It becomes locale/CODE.po of the desk, where any editor of gettext catalogues opens it; briefs
    in that language use it from then on. Called again, it keeps what is translated, adds what is
    new and drops what no page says any more. What is left is in English on a page.
    Exit code 0: it is there; 1: the one that is there is broken; 2: it can't be written.
    """
    from briefings.run.words import keep_words

    kept = keep_words(base.parent, language)
    say(f"{base.parent / kept.path}: {kept.translated} of {kept.total} messages translated")
    return 0


COMMANDS = (init, schema, fmt, words)
