"""What the documents say is so: the example, the modules, the commands."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from briefings.cli import commands

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
STARTER = ROOT / "briefings" / "edit" / "starter"
ONE_QUOTE = "1 quote checked: 1 exact; 0 errors, 0 warnings\n"
CONTEXT = click.Context(commands)
PAGES = [README, *(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("docs/*.md")))]


def _block(language: str, containing: str) -> str:
    """The README's block of code in `language` that holds `containing`."""
    blocks = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    (only,) = [block for block in blocks if containing in block]
    return str(only)


SAID, MORE = (
    "Nine of the ward’s 21 nurses have left since January",
    ("More than nine of the ward’s 21 doctors have left since February"),
)


@pytest.mark.parametrize(("said", "status"), [(SAID, 0), (MORE, 1)])
def test_the_example_base(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, status: int
) -> None:
    """The base of the README passes; told more than its quote says, it is refused as shown."""
    base = _block("yaml", SAID)
    shutil.copytree(STARTER / "seeds", tmp_path / "seeds")
    (tmp_path / "facts.yaml").write_text(base.replace(SAID, said), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(commands, ["check", "--strict"], standalone_mode=False)
    assert (done.return_value or 0) == status
    shown = _block("console", "briefings check").partition("\n")[2]
    assert done.stdout + done.stderr == (shown if status else ONE_QUOTE)


def test_every_module_has_its_line() -> None:
    """docs/architecture.md names each module below its folder."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    tree = text.split("```")[1]
    for folder in sorted((ROOT / "briefings").iterdir()):
        if not folder.is_dir() or folder.name.startswith("__"):
            continue
        part = re.split(r"\n  (?=\w+/)", tree)
        (described,) = [each for each in part if each.startswith(f"{folder.name}/")]
        for module in sorted(folder.rglob("*.py")):
            if module.name != "__init__.py":
                assert re.search(rf"\b{re.escape(module.name)}", described), module


@pytest.mark.parametrize("name", sorted(commands.list_commands(CONTEXT)))
def test_every_command_is_documented(name: str) -> None:
    """Each has a help that teaches by example, and a place in the README or in docs/."""
    command = commands.get_command(CONTEXT, name)
    assert isinstance(command, click.Command)
    assert command.help
    assert "Examples:" in (command.epilog or "")
    assert any(f"briefings {name}" in page for page in PAGES), name


def test_pages_give_commands_no_flag_that_they_have_not() -> None:
    """Wherever one stands as it is typed: in a line of its own, or between backticks."""
    known_as = [commands.get_command(CONTEXT, name) for name in commands.list_commands(CONTEXT)]
    examples = [each.epilog or "" for each in known_as if each is not None]
    found = 0
    for page in (re.sub(r" *\\\n *", " ", each) for each in (*PAGES, *examples)):
        for name, rest in re.findall(r"(?m)(?:^ *|^\$ |`|\| )briefings ([a-z]+)([^`#|>\n]*)", page):
            command = commands.get_command(CONTEXT, name)
            assert command is not None, name
            known = {each for option in command.params for each in option.opts}
            known |= {each for option in command.params for each in option.secondary_opts}
            typed = re.sub(r'"[^"]*"', "", rest.strip()).partition("   ")[0]  # and no word on it
            flags = re.findall(r"(?<!\S)--?[a-z][a-z-]*", typed)
            assert {*flags} <= known, (name, rest)
            found += len(flags)
    assert found > 100


def test_a_table_is_one() -> None:
    """An empty line ends it, else what follows is a row; each row has the cells of the first."""
    others = [path.read_text(encoding="utf-8") for path in ROOT.glob("briefings/**/*.md")]
    for page in [*PAGES, *others]:
        prose = re.sub(r"(?ms)^```.*?^```$", "", page)
        for table in re.findall(r"(?m)(?:^\|.*\n)+.*", prose):
            *rows, after = table.split("\n")
            assert after == "", after
            assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1, rows[0]


def test_links_between_pages_lead_somewhere() -> None:
    """Each relative link of README, docs, CONTRIBUTING and CHANGELOG names a file."""
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for link in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", link):
                assert (path.parent / link).exists(), (path.name, link)
