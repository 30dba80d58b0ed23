"""What other desks take for their CI: the action, the hooks, the examples of docs/ci.md."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import run
from test_workflow import actionlint

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
# What a runner installs, and a test has.
INSTALLS = ("python -m pip install", "sudo apt-get", "apt-get")


def block(containing: str) -> str:
    """The page's YAML that holds `containing`."""
    (text,) = [
        each for each in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if containing in each
    ]
    return str(text)


def commands(node: Any) -> Iterator[str]:
    """Each line that runs something: of steps, of a job of GitLab."""
    for step in node:
        if isinstance(step, str):
            yield step
        elif "run" in step:
            yield step["run"]


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `briefings`, for PATH; in its cache is what a new desk is built to."""
    folder = tmp_path_factory.mktemp("bin")
    assert run("init", str(folder / "desk")).exit_code == 0
    base = ("--base", str(folder / "desk"))
    assert (
        run(
            "build", *base, "--out", str(folder / "out"), "--cache", str(folder / "cache")
        ).exit_code
        == 0
    )
    program = folder / "briefings"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m briefings "$@"\n')
    program.chmod(0o755)
    return folder


def shell(line: str, desk: Path, programs: Path, **variables: str) -> int:
    """The exit code of a line, as a runner's shell runs it; no PDF is set twice."""
    environment = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(desk.parent),
        "BRIEFINGS_CACHE": str(programs / "cache"),
        **variables,
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", line]
    return subprocess.run(
        command, cwd=desk, env=environment, check=False, capture_output=True
    ).returncode


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    assert run("init", str(tmp_path / "desk")).exit_code == 0
    return tmp_path / "desk"


def run_action(desk: Path, programs: Path, **inputs: str) -> tuple[int, str]:
    """The exit code of the action's first failing step, else 0; and what it gives out."""
    values = {name: str(each.get("default", "")) for name, each in ACTION["inputs"].items()}
    values |= inputs
    out = desk.parent / "github-output"
    out.touch()
    for step in ACTION["runs"]["steps"]:
        line = step.get("run", "")
        if not line or line.startswith(INSTALLS):
            continue
        if step.get("if") == "inputs.build == 'true'" and values["build"] != "true":
            continue
        named = {
            name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda each: values[each[1]], text)
            for name, text in step.get("env", {}).items()
        }
        if code := shell(line, desk, programs, GITHUB_OUTPUT=str(out), **named):
            return code, out.read_text(encoding="utf-8")
    return 0, out.read_text(encoding="utf-8")


def test_the_action_checks_and_builds(desk: Path, programs: Path) -> None:
    """Its steps, run as they stand: a sound desk is built, where it says; a false one is not."""
    assert run_action(desk, programs, out="briefs", strict="true") == (0, "out=briefs\n")
    assert list(desk.glob("briefs/*.pdf"))
    assert run_action(desk, programs, build="false") == (0, "out=briefs\n")
    assert not (desk / "build").exists()
    facts = desk / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("quote: The ", "quote: Never the "), "utf-8")
    assert run_action(desk, programs)[0] == 1


def test_the_action_takes_no_text_of_others_into_its_shell() -> None:
    """Inputs reach a step by its environment: an expression inside `run` would be run."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert "run" not in step or step["shell"] == "bash"


def test_the_workflow_of_the_page(tmp_path: Path) -> None:
    """It is a sound workflow, and gives the action only what that takes."""
    path = tmp_path / "briefs.yml"
    path.write_text(block("OWNER/briefings@main"), encoding="utf-8")
    assert actionlint(path) == []
    (job,) = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
    (step,) = [each for each in job["steps"] if "OWNER" in each.get("uses", "")]
    assert set(step["with"]) <= set(ACTION["inputs"])
    assert "steps.briefings.outputs.out" in block("OWNER/briefings@main")
    assert set(ACTION["outputs"]) == {"out"}


def test_the_job_of_gitlab(desk: Path, programs: Path) -> None:
    """Its script, line by line; what it keeps is there afterwards."""
    (job,) = yaml.safe_load(block("merge_request_event")).values()
    assert all(line.startswith(INSTALLS) for line in commands(job["before_script"]))
    for line in commands(job["script"]):
        assert shell(line, desk, programs) == 0, line
    assert all((desk / path).is_dir() for path in job["artifacts"]["paths"])


def test_the_hooks(desk: Path, programs: Path) -> None:
    """Each that the page names is there; its command passes a new desk and stops a false one."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (repository,) = yaml.safe_load(block("briefings-fmt"))["repos"]
    assert {each["id"] for each in repository["hooks"]} == {each["id"] for each in hooks}
    for hook in hooks:
        assert hook["pass_filenames"] is False
        assert re.search(hook["files"], "facts.yaml")
        assert shell(hook["entry"], desk, programs) == 0
    (desk / "facts.yaml").write_text("title: [", encoding="utf-8")
    for hook in hooks:
        assert shell(hook["entry"], desk, programs) == 1


def test_the_container_holds_what_the_program_is_installed_from() -> None:
    """What the build of a wheel needs is let in, and the desk of this repository is not."""
    allowed = {
        line[1:].rstrip("/")
        for line in (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    assert all((ROOT / name).exists() for name in allowed)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    included = project.partition("force-include]")[2].partition("\n[")[0]
    needed = re.findall(r'^(\w+) = "briefings/', included, re.MULTILINE)
    assert {"briefings", "pyproject.toml", "README.md", "LICENSE", *needed} <= allowed
    assert not {"facts.yaml", "seeds"} & allowed
    recipe = (ROOT / "Containerfile").read_text(encoding="utf-8")
    copied = re.findall(r"^COPY (\S+) ", recipe, re.MULTILINE)
    assert set(copied) <= {*allowed, "."}
    assert recipe.index("USER 1000") < recipe.index("ENTRYPOINT")


def test_the_container_file_is_in_order() -> None:
    """As hadolint sees it; what it is told to ignore has its reason beside it."""
    program = str(Path(sys.executable).with_name("hadolint"))
    command = [program, "--no-color", "--format", "json", str(ROOT / "Containerfile")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout) == [], done.stderr
