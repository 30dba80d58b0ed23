"""Commands about the program itself: help, explain, doctor, completion."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem, get_completion_class

from briefings.cli import options
from briefings.cli.menu import COMPLETING
from briefings.cli.terminal import say, say_as_is, say_json
from briefings.core.codes import CODES, catalogue
from briefings.core.names import nearest


def _known_codes(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    return [CompletionItem(code) for code in sorted(CODES) if code.startswith(begun)]


@click.command(
    name="help",
    epilog="""\b
    Examples:
      briefings help                           the pages that there are
      briefings help tutorial                  from an empty folder to a brief
      briefings help fact-base | less          every field of facts.yaml
      briefings help build                     the same as briefings build --help
    """,
)
@click.argument("topic", required=False)
@click.pass_context
def help_(context: click.Context, *, topic: str | None) -> int:
    """Print a page of the manual, or the help of a command; without a TOPIC, list the pages.

    They are the pages of docs/ of this very version, as Markdown.
    """
    from briefings.run.help import manual, title

    pages = manual()
    if topic is None:
        width = max(map(len, pages))
        for name, page in pages.items():
            say(f"{name:{width}}  {title(page)}")
        return 0
    name = topic.removeprefix("docs/").removesuffix(".md")
    if name in pages:
        click.echo_via_pager(pages[name].rstrip("\n"))
        return 0
    program = context.find_root()
    assert isinstance(program.command, click.Group)
    command = program.command.get_command(program, name)
    if command is None:
        near = nearest(name, [*pages, *program.command.list_commands(program)])
        hint = f"did you mean {near}?" if near else "`briefings help` lists the pages."
        raise click.UsageError(f"there is no page or command {topic!r}: {hint}")
    with click.Context(command, info_name=name, parent=program) as shown:
        say(command.get_help(shown))
    return 0


@click.command(
    epilog="""\b
    Examples:
      briefings explain lost-hedge
      briefings explain                        every code
      briefings explain --all > diagnostics.md
    """
)
@click.argument("code", required=False, shell_complete=_known_codes)
@click.option("--all", "everything", is_flag=True, help="The whole catalogue, as Markdown.")
def explain(*, code: str | None, everything: bool) -> int:
    """Say what a diagnostic CODE means, and what to do about it."""
    if everything:
        say(catalogue(), nl=False)
        return 0
    if code is None:
        width = max(map(len, CODES))
        for name, meaning in sorted(CODES.items()):
            say(f"{name:{width}}  {meaning.severity}")
        return 0
    if code not in CODES:
        near = nearest(code, CODES)
        hint = f"did you mean {near}?" if near else "`briefings explain` lists them all."
        raise click.UsageError(f"there is no code {code!r}: {hint}")
    meaning = CODES[code]
    say(f"{meaning.severity}[{code}]\n\n{meaning.cause}\n\nWhat to do: {meaning.cure}")
    return 0


@click.command(
    epilog="""\b
    Examples:
      briefings doctor
      briefings doctor --json | jq '.findings[] | select(.ok | not) | .mend'
    """
)
@options.as_json
def doctor(*, as_json: bool) -> int:
    """Say what this machine lacks, and the line that mends it.

    It looks at Python, packages, extras, the libraries by which PDFs are set, fonts and time zones.
    Exit code 0: nothing is missing but extras, which you may leave out; 1: something is.
    """
    from briefings.run.doctor import as_object, as_text, examine

    findings = examine()
    if as_json:
        say_json(as_object(findings))
    else:
        say(as_text(findings), nl=False)
    return 0 if all(each.is_well or not each.needed for each in findings) else 1


@click.command(
    epilog="""\b
    Examples:
      briefings completion bash >> ~/.bashrc
      briefings completion zsh >> ~/.zshrc
      briefings completion fish > ~/.config/fish/completions/briefings.fish
    """
)
@click.argument("shell", type=options.OneOf(["bash", "zsh", "fish"]))
def completion(*, shell: str) -> int:
    """Print the script by which a SHELL completes commands, flags and topics."""
    completer = get_completion_class(shell)
    if completer is None:
        raise click.UsageError(f"{shell!r} is not a shell that can be served.")
    program = click.get_current_context().find_root().command
    script = completer(program, {}, "briefings", COMPLETING).source()
    say_as_is(f"{script}\n")
    return 0


COMMANDS = (help_, explain, doctor, completion)
