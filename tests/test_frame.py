"""The frame around the program: what is locked, what is kept, what may stand in no file."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Browser

LOCKS = ("requirements.txt", "requirements-dev.txt")
PEERS = "requirements-bench.txt"
# Put together here, so that this file passes its own test.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("static", "crates", "io"),
    )
)
HOME_PATH = re.compile(r"(?<![\w.~}-])/(?:home|Users|root|work|opt)/\w")
# Found on any machine of its kind, and so no machine's own.
COMMON_PATHS = ("/opt/homebrew/lib/",)


def committed(checkout: Path) -> list[Path]:
    """Every file that is, or is about to be, in the repository."""
    if shutil.which("git") is None:
        pytest.skip("no git")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip("not a git checkout")
    paths = (checkout / name.decode() for name in done.stdout.split(b"\0") if name)
    return [path for path in paths if path.is_file()]


def requirements(lock: Path) -> dict[str, list[str]]:
    """Each requirement of the lock, with its hashes."""
    pinned: dict[str, list[str]] = {}
    name = ""
    for line in lock.read_text(encoding="utf-8").splitlines():
        if named := re.match(r"([a-z0-9][a-z0-9._-]*)==\S+", line):
            name = named[1]
            pinned[name] = []
        elif hashed := re.match(r"    --hash=(sha256:[0-9a-f]{64})(?: \\)?$", line):
            pinned[name].append(hashed[1])
        else:
            assert re.match(r"\s*#", line), f"{lock.name}: what is {line!r}?"
    return pinned


@pytest.mark.parametrize("name", [*LOCKS, PEERS])
def test_every_requirement_has_a_hash(checkout: Path, name: str) -> None:
    """Pip installs what was locked, or nothing."""
    pinned = requirements(checkout / name)
    assert pinned
    assert [requirement for requirement, hashes in pinned.items() if not hashes] == []


def test_locks_agree(checkout: Path) -> None:
    """The development lock holds the run-time lock, hash for hash."""
    run, test = (requirements(checkout / name) for name in LOCKS)
    assert run.items() <= test.items()


def test_locks_hold_what_the_project_asks_for(checkout: Path) -> None:
    """No dependency was added to pyproject.toml and forgotten in the locks."""
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    run, test = (set(requirements(checkout / name)) for name in LOCKS)

    def names(wanted: list[str]) -> set[str]:
        return {re.split(r"[^\w.-]", line)[0].lower() for line in wanted}

    assert names(project["project"]["dependencies"]) | names(groups["build"]) <= run
    assert names(groups["dev"]) <= test
    assert names(groups["bench"]) == set(requirements(checkout / PEERS))


def test_run_time_stays_small(checkout: Path) -> None:
    """Six packages at run time, and six that come with them; another one is a decision."""
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {re.split(r"\W", line)[0] for line in project["project"]["dependencies"]}
    assert wanted == {
        *("babel", "click", "jinja2", "pikepdf", "pyyaml", "weasyprint"),
        *("cffi", "cssselect2", "markupsafe", "pydyf", "tinycss2", "tinyhtml5"),
    }


def test_seeds_are_as_they_were_captured(checkout: Path) -> None:
    """Each is on record in the base with its SHA-256: a document that has changed proves nothing.

    Read here as plain lines, so that no mistake of our own reader can hide a change.
    """
    base = (checkout / "facts.yaml").read_text(encoding="utf-8")
    recorded = re.findall(r"^ +file: (\S+)\n +sha256: ([0-9a-f]{64})$", base, re.MULTILINE)
    seeds = (checkout / "seeds").iterdir()
    held = {f"seeds/{seed.name}": hashlib.sha256(seed.read_bytes()).hexdigest() for seed in seeds}
    assert dict(recorded) == held
    assert len(recorded) == len(held) >= 5


def test_fonts_are_as_their_origin_says(checkout: Path) -> None:
    """Each font file is listed with its digest, so that "unmodified" can be checked."""
    fonts = checkout / "templates" / "fonts"
    origin = (fonts / "ORIGIN.md").read_text(encoding="utf-8")
    listed = dict(
        re.findall(r"^- `(\S+\.ttf)`.*\n  sha256 `([0-9a-f]{64})`$", origin, re.MULTILINE)
    )
    held = {
        font.name: hashlib.sha256(font.read_bytes()).hexdigest() for font in fonts.glob("*.ttf")
    }
    assert listed == held


def test_no_file_names_a_registry_or_a_machine(checkout: Path) -> None:
    """What is committed works anywhere: no registry's host, no one's home folder."""
    places = []
    for path in committed(checkout):
        if path.suffix == ".ttf" or path.is_relative_to(checkout / "seeds"):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for common in COMMON_PATHS:
            text = text.replace(common, "")
        name = path.relative_to(checkout)
        places += [f"{name}: {host}" for host in REGISTRIES if host in text]
        places += [f"{name}: {match[0]}" for match in HOME_PATH.finditer(text)]
    assert places == []


@pytest.mark.parametrize("script", ["python", "setup", "system-packages", "run"])
def test_scripts_parse(checkout: Path, script: str) -> None:
    """The shell reads every script of the frame to its end."""
    path = checkout / ".ci" / script
    first = path.read_text(encoding="utf-8").splitlines()[0]
    shell = "bash" if "bash" in first else "sh"
    done = subprocess.run([shell, "-n", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_old_python_is_named(checkout: Path, tmp_path: Path) -> None:
    """Without a Python that is new enough, it says what is needed and how to name another."""
    command = ["sh", str(checkout / ".ci" / "python")]
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2\n', encoding="utf-8")
    old.chmod(0o755)
    environment = {"PATH": "/usr/bin:/bin", "PYTHON": str(old)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"needs Python 3.11 or later; {old} is Python 3.9.2." in done.stderr
    assert "make PYTHON=" in done.stderr


def test_nothing_is_said_when_nothing_is_missing(checkout: Path) -> None:
    """On a machine that has all, the check of the system is silent."""
    command = ["sh", str(checkout / ".ci" / "system-packages"), "test"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_make_help_names_every_target(checkout: Path) -> None:
    """`make` alone says what can be asked of it."""
    # Not the flags of the make that runs this test.
    environment = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        ["make"], cwd=checkout, env=environment, capture_output=True, text=True, check=True
    )
    targets = re.findall(r"^  make ([\w-]+)", done.stdout, re.MULTILINE)
    assert targets == [
        *("help", "briefs", "check", "test", "proofs", "format", "catalogues", "tables"),
        *("looks", "bench", "bench-check", "lock", "clean"),
    ]


def test_there_is_a_browser(browser: Browser) -> None:
    """Tests of pages have a browser to look with."""
    page = browser.new_page()
    page.set_content("<!doctype html><title>A page</title><p>سلام</p>")
    assert page.title() == "A page"
    assert page.inner_text("p") == "سلام"
    page.close()
