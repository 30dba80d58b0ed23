"""What several tests share: the checkout, and a browser."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from little_desk import LittleDesk
from playwright.sync_api import Browser, sync_playwright


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
