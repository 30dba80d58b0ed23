"""docs/tutorial.md, from an empty folder to a PDF: its commands print what it shows."""

from __future__ import annotations

import re
import shlex
import subprocess
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT

from briefings import cli

ROOT = Path(__file__).parents[1]
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
COMMAND = re.compile(r"(?m)^\$ (.*<< 'END'\n(?:.*\n)*?END|.*)\n")


def test_the_tutorial(tmp_path: Path) -> None:
    """Each command, one after the other."""
    folder = tmp_path
    commands = 0
    for _, block in BLOCKS.findall(TUTORIAL):
        parts = COMMAND.split(block)
        assert parts[0] == ""
        for command, shown in zip(parts[1::2], parts[2::2], strict=True):
            commands += 1
            if command.startswith("cd "):
                folder /= command.removeprefix("cd ")
                assert shown == ""
            else:
                assert _printed(folder, command) == shown, command
    assert commands == 19
    pdf = folder / "build" / "night-ward.en.pdf"
    assert pdf.read_bytes().startswith(b"%PDF-")
    page = (folder / "build" / "night-ward.en.html").read_text(encoding="utf-8")
    assert "twelve nurses have been hired" in page


def test_the_tutorial_is_short() -> None:
    """Ten minutes: few commands, and not a line of YAML that one has to write."""
    typed = [command for _, block in BLOCKS.findall(TUTORIAL) for command in COMMAND.findall(block)]
    assert f"{len(typed)} commands, and not a line of\nYAML" in TUTORIAL
    assert {language for language, _ in BLOCKS.findall(TUTORIAL)} == {"console"}


def _printed(folder: Path, command: str) -> str:
    """What a terminal shows of it: both streams, in order."""
    name, *arguments = shlex.split(command) if "<<" not in command else [""]
    with chdir(folder), redirect_stdout(StringIO()) as shown, redirect_stderr(shown):
        if name == "briefings":
            cli._status(arguments)
        else:
            whole = ["sh", "-c", command]
            done = subprocess.run(whole, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, check=False)
            shown.write(done.stdout.decode())
    return shown.getvalue()
