"""Rules of the page that verifies in a browser, one by one: what a true brief has is no fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from test_verify_page import started, verifier

__all__ = ["verifier"]

TEXT = "{ frame: [0, 95, 60, 110], line: 100, size: 9, matrix: [9, 0, 0, 9], frames: [], order: 1, colour: [0, 0, 0] }"  # noqa: E501 # one value
HAIR = "[[-9, {0}], [99, {0}], [99, {1}], [-9, {1}]]"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([(96.5, 96.9)], ""),
        ([(98.5, 98.9)], "something lies on a text"),
        ([(96.5, 97.3)], "something lies on a text"),
        ([(96.5, 96.9), (97, 97.4)], "something lies on a text"),
    ],
    ids=["what rules the next row", "close under it", "thick", "two"],
)
def test_a_line_under_deep_letters(
    browser: Browser, verifier: Path, lines: list[tuple[float, float]], said: str
) -> None:
    """Dots far below a line may touch the rule of the next row, and nothing may cover them."""
    areas = ", ".join(f"new Area([{HAIR.format(*each)}], false)" for each in lines)
    drawn = "({ area, frames: [], order: 2, colour: [0, 0, 0], frame: area.frame })"
    code = f"faultOfText({TEXT}, [{areas}].map((area) => {drawn}), [0, 0, 600, 800])"
    assert started(browser, verifier).workers[0].evaluate(code) == said
