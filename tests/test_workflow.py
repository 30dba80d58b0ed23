"""The workflow on GitHub: safe by construction, and made of commands that run here too."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import cast

import desks
import pytest
import yaml
from built_desks import DESK, HARBOUR
from command import run

from briefings.core.diagnostics import failed
from briefings.plan.choose import choose
from briefings.plan.request import Request

Node = str | list["Node"] | dict[str, "Node"]

# Each `run:` step, and the command of the project that make hands it to.
STEPS = {
    "make check ARGS=--github": ".venv/bin/briefings check --github",
    "make briefs": ".venv/bin/briefings build",
    "make test": ".venv/bin/pytest -n auto --dist worksteal --durations 10 --durations-min 1",
    "make proofs": ".venv/bin/pytest -n auto --dist worksteal --proofs",
}


def mapping(node: Node) -> dict[str, Node]:
    assert isinstance(node, dict)
    return node


def sequence(node: Node) -> list[Node]:
    assert isinstance(node, list)
    return node


def jobs(workflow: dict[str, Node]) -> dict[str, dict[str, Node]]:
    return {name: mapping(job) for name, job in mapping(workflow["jobs"]).items()}


def steps(workflow: dict[str, Node]) -> list[dict[str, Node]]:
    return [mapping(step) for job in jobs(workflow).values() for step in sequence(job["steps"])]


def actionlint(path: Path) -> list[str]:
    """The messages of actionlint; alone, for it also calls other linters that it finds."""
    program = str(Path(sys.executable).with_name("actionlint"))
    command = [program, "-format", "{{json .}}", "-shellcheck=", "-pyflakes=", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return [each["message"] for each in json.loads(done.stdout)]


@pytest.fixture(scope="module")
def path(checkout: Path) -> Path:
    return checkout / ".github" / "workflows" / "briefs.yml"


@pytest.fixture(scope="module")
def workflow(path: Path) -> dict[str, Node]:
    # BaseLoader leaves every scalar a string; any other takes the key `on` for True.
    text = path.read_text(encoding="utf-8")
    return mapping(cast(Node, yaml.load(text, Loader=yaml.BaseLoader)))  # noqa: S506 - it builds only strings, lists and maps


def test_actionlint_finds_nothing(path: Path) -> None:
    """The workflow is a sound workflow."""
    assert actionlint(path) == []


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ("branches: [main]", "branch: main", 'unexpected key "branch"'),
        ("make briefs", "echo ${{ github.event.issue.title }}", "potentially untrusted"),
        ("needs: check", "needs: nothing", 'needs job "nothing"'),
    ],
)
def test_actionlint_finds_mistakes(
    path: Path, tmp_path: Path, good: str, bad: str, message: str
) -> None:
    """The silence above means something: a mistake in the same workflow is found."""
    text = path.read_text(encoding="utf-8")
    assert good in text
    broken = tmp_path / "broken.yml"
    broken.write_text(text.replace(good, bad), encoding="utf-8")
    assert message in "\n".join(actionlint(broken))


def test_triggers(workflow: dict[str, Node]) -> None:
    """It runs on pull requests, pushes to main, every Monday and by hand; never with a secret."""
    triggers = mapping(workflow["on"])
    assert set(triggers) == {"pull_request", "push", "schedule", "workflow_dispatch"}
    assert triggers["push"] == {"branches": ["main"]}
    (schedule,) = sequence(triggers["schedule"])
    assert str(mapping(schedule)["cron"]).endswith(" * * 1")


def test_least_privilege(workflow: dict[str, Node], path: Path) -> None:
    """The token may read the contents, no job asks for more, and none keeps it or sees a secret."""
    assert workflow["permissions"] == {"contents": "read"}
    assert not [name for name, job in jobs(workflow).items() if "permissions" in job]
    assert "secrets" not in path.read_text(encoding="utf-8")
    checkouts = [step for step in steps(workflow) if "actions/checkout" in step.get("uses", "")]
    assert len(checkouts) == len(jobs(workflow))
    for step in checkouts:
        assert mapping(step["with"])["persist-credentials"] == "false"


def test_every_job_ends(workflow: dict[str, Node]) -> None:
    """A job that hangs is stopped, and a newer push to a pull request replaces the older run."""
    assert all("timeout-minutes" in job for job in jobs(workflow).values())
    assert "group" in mapping(workflow["concurrency"])


def test_only_first_party_actions(workflow: dict[str, Node]) -> None:
    """No code of a third party runs beside ours."""
    used = {str(step["uses"]) for step in steps(workflow) if "uses" in step}
    assert {action.split("@")[0] for action in used} == {
        "actions/checkout",
        "actions/upload-artifact",
    }


def test_artifacts(workflow: dict[str, Node]) -> None:
    """The PDFs and the manifest are kept, and a build without them fails."""
    (upload,) = [step for step in steps(workflow) if "upload-artifact" in step.get("uses", "")]
    settings = mapping(upload["with"])
    assert str(settings["path"]).split() == ["build/**/*.pdf", "build/manifest.json"]
    assert settings["if-no-files-found"] == "error"


def test_annotations_on_pull_requests(workflow: dict[str, Node]) -> None:
    """A pull request is checked with annotations, and builds nothing."""
    assert "if" not in jobs(workflow)["check"]
    assert {"run": "make check ARGS=--github"} in sequence(jobs(workflow)["check"]["steps"])
    assert jobs(workflow)["build"]["if"] == "github.event_name != 'pull_request'"


def test_steps_are_known(workflow: dict[str, Node]) -> None:
    """Every step that runs something is a target of the Makefile that a test knows."""
    assert {step["run"] for step in steps(workflow) if "run" in step} == set(STEPS)


@pytest.mark.parametrize("step", STEPS)
def test_make_hands_on(checkout: Path, step: str) -> None:
    """Each step sets up and then runs the one command of the project that is tested as such."""
    dry = [*shlex.split(step), "--dry-run", "--no-print-directory"]
    # Not the flags of the make that runs this test.
    environment = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        dry, cwd=checkout, env=environment, capture_output=True, text=True, check=True
    )
    lines = done.stdout.splitlines()
    assert lines[0].startswith("sh .ci/setup ")
    assert lines[-1].strip() == STEPS[step]


def run_of(step: str) -> list[str]:
    """The command of the step, run by the interpreter of this test."""
    program, *arguments = shlex.split(STEPS[step])
    assert program == ".venv/bin/briefings"
    return [sys.executable, "-m", "briefings", *arguments]


def test_the_desk_passes_the_check() -> None:
    """What the check job runs is a command, and the reference desk has no error."""
    _, _, _, *words = run_of("make check ARGS=--github")
    done = run(*words, "--base", str(HARBOUR))
    assert done.exit_code == 0, done.stdout + done.stderr
    assert not failed(desks.reference_check().diagnostics)


def test_the_build_leaves_what_is_uploaded(reference: Path) -> None:
    """What the build job runs, which is without flags, chooses briefs that leave a PDF each.

    None is in Pashto, into which the reference desk is not translated.
    """
    assert run_of("make briefs") == [sys.executable, "-m", "briefings", "build"]
    request = Request(DESK, reference)
    chosen = choose(desks.reference(), request, lambda _: date(2030, 1, 1)).briefs
    pdfs = {f"{brief.stem}.pdf" for brief in chosen}
    topics = ("border-clashes", "opposition-outreach", "tehran-meeting", "un-staff-ban")
    assert pdfs == {
        f"{topic}.{language}.pdf" for topic in topics for language in ("en", "fa", "fa-AF")
    }
    assert "pdf" in request.formats
    of_built = {name for name in pdfs if name.partition(".")[0] in desks.built()}
    assert of_built < {path.name for path in reference.glob("**/*.pdf")}
    assert (reference / "manifest.json").is_file()
