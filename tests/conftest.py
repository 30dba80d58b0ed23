"""What several tests share: the checkout, a browser, the reference desk's briefs."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest
from little_desk import LittleDesk
from playwright.sync_api import Browser, sync_playwright

from briefings.plan.request import Request
from briefings.run.build import build

DESK = Path(__file__).parents[1] / "facts.yaml"
COUNTS = "conformance"
"""The property by which a test hands a line to the summary; workers send it to who prints."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make looks` asks for it."""
    parser.addoption("--new-looks", action="store_true", help="keep pages as they look now")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of this repository."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def browser(checkout: Path) -> Iterator[Browser]:
    """A browser that sends nothing of its own over the network."""
    command = ["sh", str(checkout / ".ci" / "system-packages"), "browser"]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found or None,
            # The sandbox does not start for root, nor in most containers; the pages are our own.
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def desk(tmp_path: Path) -> LittleDesk:
    """An empty desk."""
    return LittleDesk(tmp_path)


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The reference desk's weekly briefs, built without flags, once for all workers."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    out = shared / "reference"
    with (shared / "reference.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not out.is_dir():
            build(Request(DESK, out), today=lambda _: date(2030, 1, 1))
    return out


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the checkers counted, whether they found anything or not."""
    ended = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    counts = [text for report in ended for name, text in report.user_properties if name == COUNTS]
    if counts:
        terminalreporter.section("conformance")
        for text in counts:
            terminalreporter.line(str(text))
