"""A command run where one stands, on a copy of the little desk, and what it built there."""

from __future__ import annotations

import json
import shutil
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from briefings import cli
from briefings.edit.starter import new_desk

DESK = Path(__file__).parent / "desk_harbour"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the little desk, where one stands."""
    folder = Path(shutil.copytree(DESK, tmp_path / "desk"))
    monkeypatch.chdir(folder)
    return folder


def begin_desk(folder: Path) -> None:
    """What `init` begins a desk with, put into a folder."""
    for path, content in new_desk().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


@pytest.fixture
def new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new desk, where one stands."""
    begin_desk(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@dataclass(frozen=True, slots=True)
class Done:
    """What a command printed, and its exit code."""

    exit_code: int
    stdout: str
    stderr: str


def run(*arguments: str) -> Done:
    """The command in this process, which is quicker than one of its own."""
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        status = cli._status(list(arguments))
    return Done(status, out.getvalue(), err.getvalue())


def build(*arguments: str) -> Done:
    """Briefs as web pages alone, which is quick."""
    return run("build", "--format", "html", *arguments)


def page(name: str) -> str:
    """The one page of that name, or after that pattern."""
    (path,) = Path("build").glob(name)
    return path.read_text(encoding="utf-8")


def manifest() -> list[dict[str, object]]:
    """The briefs that the manifest of the build names."""
    return stated(Path("build/manifest.json").read_text(encoding="utf-8")).briefs


class Stated(NamedTuple):
    """What a manifest states: its briefs, what was read, and what was written, by path."""

    briefs: list[Any]
    inputs: dict[str, str]
    artifacts: dict[str, str]


def stated(manifest: str | bytes) -> Stated:
    """What a manifest states, in fewer words than in-toto and SLSA have for it."""
    read = json.loads(manifest)
    build = read["predicate"]["buildDefinition"]
    return Stated(
        build["externalParameters"]["briefs"],
        {each["name"]: each["digest"]["sha256"] for each in build["resolvedDependencies"]},
        {each["name"]: each["digest"]["sha256"] for each in read["subject"]},
    )
