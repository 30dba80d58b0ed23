"""A browser, and tabs of it that tests lend each other."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

Tab: TypeAlias = Callable[..., Page]


@pytest.fixture(scope="session")
def browser(checkout: Path) -> Iterator[Browser]:
    """A browser that sends nothing of its own over the network."""
    command = ["sh", str(checkout / ".ci" / "system-packages"), "browser"]
    path = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path or None,
            # The sandbox does not start for root, nor in most containers; the pages are our own.
            args=[
                *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
                # Letters as wide as a browser with a window sets them, which knows no such flag.
                "--font-render-hinting=none",
                # One process less: without a screen there is nothing that it would be quicker at.
                *("--in-process-gpu", "--disable-software-rasterizer"),
                # Nor does each page that is gone to need a process of its own.
                *("--renderer-process-limit=1", "--process-per-site"),
                "--disable-site-isolation-trials",
            ],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def _free_tabs() -> dict[str, list[Page]]:
    """By the options of their contexts."""
    return {}


@pytest.fixture
def tab(browser: Browser, _free_tabs: dict[str, list[Page]]) -> Iterator[Tab]:
    """A tab with these options of a context, empty and without a history, as often as it is asked.

    It is used again by the next test: a new one costs four times what a page that it shows does.
    """
    lent: list[tuple[list[Page], Page]] = []

    def opened(**options: Any) -> Page:
        size = options.setdefault("viewport", {"width": 1280, "height": 720})
        free = _free_tabs.setdefault(repr(sorted(options.items())), [])
        page = free.pop() if free else browser.new_context(**options).new_page()
        page.set_viewport_size(size)
        lent.append((free, page))
        return page

    yield opened
    for free, page in lent:
        page.mouse.move(0, 0)
        page.goto("about:blank")
        session = page.context.new_cdp_session(page)
        session.send("Page.resetNavigationHistory")
        session.detach()
        free.append(page)
