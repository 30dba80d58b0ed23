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
CONTEXT = click.Context(commands)
PAGES = [README, *(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("docs/*.md")))]


def _block(language: str, containing: str) -> str:
    """The README's block of code in `language` that holds `containing`."""
    blocks = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    (found,) = [block for block in blocks if containing in block]
    return str(found)


def test_the_example_fact_is_a_fact() -> None:
    """The README shows an entry of this repository's base, to the letter."""
    assert _block("yaml", "un-barred-three-cities") in (ROOT / "facts.yaml").read_text("utf-8")


def test_the_example_mistake_is_what_the_program_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a wrong place in its quote and a wrong day, the check prints what the README shows."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    base = (ROOT / "facts.yaml").read_text(encoding="utf-8")
    fact = _block("yaml", "un-barred-three-cities")
    head, quote = fact.split("quote:")
    assert "7 September" in head
    assert "Herat" in quote
    wrong_day = head.replace("7 September", "8 September")
    wrong = f"{wrong_day}quote:{quote.replace('Herat', 'Kandahar')}"
    (tmp_path / "facts.yaml").write_text(base.replace(fact, wrong), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(commands, ["check"], standalone_mode=False)
    shown = _block("console", "briefings check")
    places = re.compile(r"facts\.yaml:\d+|^ +\d+ \|", re.MULTILINE)  # lines move as the base grows
    expected = places.sub("", shown.partition("\n")[2])
    assert places.sub("", done.stdout + done.stderr) == expected


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


def test_links_between_pages_lead_somewhere() -> None:
    """Each relative link of README, docs, CONTRIBUTING and CHANGELOG names a file."""
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for link in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", link):
                assert (path.parent / link).exists(), (path.name, link)
