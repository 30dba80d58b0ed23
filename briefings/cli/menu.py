"""The list of commands: a module is loaded when its command is asked for, and not before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

import click

from briefings.core.names import nearest
from briefings.core.overriding import override

COMPLETING = "_BRIEFINGS_COMPLETE"
"""The variable by which a shell asks how a word may end."""

_SECTIONS: Mapping[str, Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "Write a base": {
            "init": ("authoring", "begin a small working desk"),
            "capture": ("capture", "make sources of saved pages, PDFs, letters or texts"),
            "confirm": ("confirm", "confirm what capture guessed of a source"),
            "import": ("highlights", "take highlights of other programs as candidates"),
            "find": ("evidence", "look for words in facts and documents"),
            "coverage": ("evidence", "show which sentences of a document no fact cites"),
            "desk": ("workbench", "open the desk as a page: document left, fact right"),
            "name": ("new_entries", "name an actor, a place or a topic"),
            "add": ("add", "add a fact: a passage, and a sentence that says no more"),
            "judge": ("new_entries", "add a key judgement: how likely, how surely, on which facts"),
            "ask": ("new_entries", "add a question that no document answers"),
            "repair": ("evidence", "find the nearest passage for each lost quote"),
            "fmt": ("authoring", "put a base into its canonical shape"),
            "words": ("authoring", "begin a translation of the pages' own words"),
            "schema": ("authoring", "print the JSON Schema of a base, for editors"),
            "lsp": ("lsp", "check as you type, in an editor"),
        },
        "Check and build": {
            "check": ("check", "prove every quote, check every rule"),
            "build": ("build", "check, then build the briefs"),
            "weekly": ("build", "build a week's whole set into a folder of its own"),
            "list": ("check", "list what can be asked for"),
            "worker": ("cluster", "make pages for builds of other machines"),
        },
        "Keep and compare": {
            "issue": ("editions", "build briefs and record them as issued"),
            "diff": ("editions", "say what two editions differ in"),
            "impact": ("editions", "list what rests on a source or fact"),
            "withdraw": ("editions", "take back a fact, or a source with what rests on it"),
            "correction": ("editions", "write notices for what no longer holds"),
            "verify": ("verify", "tell whether a brief is the one that was made"),
        },
        "Get help": {
            "help": ("help", "print a page of the manual"),
            "explain": ("help", "say what a diagnostic means, and what to do"),
            "doctor": ("help", "say what this machine lacks"),
            "completion": ("help", "print the script that completes commands in a shell"),
        },
    }
)
_UNEXPECTED = re.compile(r"Got unexpected extra argument \((.+)\)")
_COMMANDS = {name: each for section in _SECTIONS.values() for name, each in section.items()}


class Commands(click.Group):
    """The program as a group of commands, in sections."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of the sections."""
        del ctx
        return list(_COMMANDS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, from its module."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"briefings.cli.{_COMMANDS[cmd_name][0]}")
        commands: tuple[click.Command, ...] = module.COMMANDS
        return next(command for command in commands if command.name == cmd_name)

    @override
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for; of a misspelt one the message names the nearest."""
        if args[0] not in _COMMANDS and (near := nearest(args[0], _COMMANDS)) is not None:
            ctx.fail(f"there is no command {args[0]!r}: did you mean {near}?")
        return super().resolve_command(ctx, args)

    @override
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The options of the program; of one that is a command's the message says where it goes."""
        given = tuple(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            command = next(filter(None, (self.get_command(ctx, each) for each in given)), None)
            option = error.option_name
            if command is None or all(option not in each.opts for each in command.params):
                raise
            message = f"{option} goes behind the command: briefings {command.name} {option} …"
            raise click.UsageError(message, ctx) from error

    @override
    def invoke(self, ctx: click.Context) -> object:
        """The command carried out.

        Where a base stands bare, the message says how it is named; where an option of the program
        stands behind the command, that it goes before; and each says whose help has more.
        """
        try:
            return super().invoke(ctx)
        except click.BadOptionUsage as error:
            asked = self.get_command(ctx, ctx.invoked_subcommand or "")
            if error.ctx is None and asked is not None:
                error.ctx = click.Context(asked, info_name=asked.name, parent=ctx)
            raise
        except click.NoSuchOption as error:
            if all(error.option_name not in each.opts for each in self.params):
                raise
            message = f"{error.option_name} goes before the command: briefings"
            command = "" if error.ctx is None else f" {error.ctx.command.name}"
            raise click.UsageError(
                f"{message} {error.option_name} …{command} …", error.ctx
            ) from error
        except click.UsageError as error:
            if not _is_bare_base(error):
                raise
            message = f"{error.message}: name a base with --base FILE, or stand in its folder."
            raise click.UsageError(message, error.ctx) from error

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each with what it does in a few words, which is all that --help needs of it."""
        del ctx
        for title, section in _SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, words) for name, (_, words) in section.items()])


def _is_bare_base(error: click.UsageError) -> bool:
    """Whether a command that works on a base has got one, or what may be one, as an argument."""
    own = error.ctx.command.params if error.ctx is not None else []
    unexpected = _UNEXPECTED.fullmatch(error.message) if type(error) is click.UsageError else None
    if unexpected is None or all(each.name != "base" for each in own):
        return False
    path = Path(unexpected[1])
    return path.suffix in (".yaml", ".yml") or path.is_dir()
