"""Rules of the page that verifies in a browser, one by one: what a true brief has is no fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from test_verify_page import verifier

__all__ = ["verifier"]

TEXT = "{ frame: [0, 95, 60, 110], line: 100, size: 9, matrix: [9, 0, 0, 9], frames: [], order: 1, colour: [0, 0, 0], alpha: 1 }"  # noqa: E501 # one value
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
    drawn = "({ area, frames: [], order: 2, colour: [0, 0, 0], alpha: 1, frame: area.frame })"
    page = browser.new_page()
    page.goto(verifier.as_uri())
    code = f"faultOfText({TEXT}, [{areas}].map((area) => {drawn}), [0, 0, 600, 800])"
    assert page.evaluate(code) == said
    page.close()


@pytest.mark.parametrize(("shown", "count"), [("Mazarsharif", 0), ("Mazars harif", 1)])
def test_a_name_in_one_word_and_in_two(
    browser: Browser, verifier: Path, shown: str, count: int
) -> None:
    """As two languages of the same data write it; parted nowhere else."""
    page = browser.new_page()
    page.goto(verifier.as_uri())
    line = f"new Line([{{ page: 1, readings: ['{shown}', ''], spoken: null, part: null }}])"
    data = "{ strings: new Set(['Mazar sharif', 'Mazarsharif']) }"
    assert len(page.evaluate(f"[...gapsAmiss({line}, {data}, [])]")) == count
    page.close()


@pytest.mark.parametrize(("named", "is_of_facts"), [("[0, 1]", False), ("[1]", True)])
def test_the_head_of_a_brief_is_of_all_of_it(
    browser: Browser, verifier: Path, named: str, is_of_facts: bool
) -> None:
    """A day there is the brief's, though what each topic comes to is named beside it."""
    page = browser.new_page()
    page.goto(verifier.as_uri())
    told = page.evaluate(
        f"""(() => {{
          const head = {{ kind: "/Div", around: null }};
          const said = (text) => ({{ page: 1, readings: [text, text], spoken: null, leads: null,
            part: {{ kind: "/P", around: head }} }});
          const line = new Line([said("14 December"), said("The strait is open.")]);
          const entries = {{ kind: (at) => ["Edition", "Sentence"][at], targets: new Map() }};
          const part = partsOf(line).find(({{ kind }}) => kind === "/P");
          return aboutOf(part, line, entries, new Map([[1, {named}]])).isOfFacts;
        }})()"""
    )
    assert told is is_of_facts
    page.close()
