"""The command `lsp`: a language server on standard input and output, for editors to start."""

from __future__ import annotations

from pathlib import Path

import click

from briefings.cli import options


@click.command(
    epilog="""\b
    Examples:
      briefings lsp                            as an editor starts it; it ends with the editor
      briefings lsp --base desks/harbour       whatever file is open, this desk is checked
      briefings help editors                   settings for VS Code, Neovim, Helix and Emacs
    """
)
@click.option(
    "--base",
    type=options.NamedPath(path_type=Path),
    callback=lambda context, parameter, value: (
        value and options.existing(context, parameter, value)
    ),
    help="The fact base, or its folder. Default: the facts.yaml nearest above each file.",
)
def lsp(*, base: Path | None) -> int:
    """Speak the Language Server Protocol with an editor, over standard input and output.

    Diagnostics as you type, completion of ids and keys, the passage of a quote on hover, go to
    definition, find references, rename, and what hints propose as actions. It writes no file:
    edits are the editor's. Needs briefings[lsp].
    Exit code 0: the editor ended it; 2: packages are missing (pip install 'briefings[lsp]').
    """
    try:
        from briefings.lsp.server import serve
    except ModuleNotFoundError as error:
        from briefings.core.extras import install, lacks

        told = f"{lacks('a language server', [error.name])}; {install('lsp')}"
        raise click.UsageError(told) from error
    try:
        serve(base)
    except (OverflowError, MemoryError) as error:  # by its Content-Length
        told = "the editor has announced a message that is longer than can be read"
        raise click.UsageError(told) from error
    return 0


COMMANDS = (lsp,)
