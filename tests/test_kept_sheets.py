"""Style sheets that are the same for each page: read once, and kept as they were read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import CodeType, FunctionType

import pytest
import tinycss2
from weasyprint import CSS, html

from briefings.render.html.environment import shipped
from briefings.render.html.fill import paper_sheet
from briefings.render.pdf.faster import kept_sheets
from briefings.render.pdf.faster.kept_sheets import our_sheet_kept
from briefings.render.pdf.write import pdf

FONTS = shipped() / "fonts"

RULES = "p{color:#333}.statement{font-weight:600}@page{size:A6}"
PAGE = """<!DOCTYPE html><html lang=en><title>A page</title><style>{style}</style>
<main class=page-one><h1>A page</h1><p>Of <b>some</b> words<p class=statement>And more</main>"""

LOADED = """
from briefings.render.html.environment import shipped
from briefings.render.pdf.write import pdf
pdf("<!DOCTYPE html><html lang=en><title>A page</title><p>A page", shipped() / "fonts")
from weasyprint import html
for sheet in html.UA_STYLESHEET, html.UA_FORM_STYLESHEET, html.PH_STYLESHEET:
    print(sheet.matcher.order, len(sheet.page_rules), len(html.UA_COUNTER_STYLE))
"""


@pytest.fixture
def anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A world where Python has kept nothing yet."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept_sheets._ours.cache_clear()


def plain(value: object) -> object:
    """What can be compared: code and values in place of what holds them."""
    match value:
        case FunctionType():
            return plain(value.__code__)
        case CodeType():
            return value.co_code, value.co_names, plain(value.co_consts)
        case dict():
            return {key: plain(each) for key, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
        case _ if hasattr(value, "__dict__"):
            return type(value).__name__, plain(vars(value))
        case _:
            return repr(value)


def test_what_is_kept_of_a_sheet_is_what_was_read() -> None:
    """Its selectors, what they declare and in which order, its pages and its counters."""
    texts = html.UA, html.UA_FORM, html.PH
    contents, counters = kept_sheets._unpacked(kept_sheets._packed(kept_sheets._theirs(texts)))
    assert plain(counters) == plain(dict(html.UA_COUNTER_STYLE))
    sheets = html.UA_STYLESHEET, html.UA_FORM_STYLESHEET, html.PH_STYLESHEET
    for content, sheet in zip(contents, sheets, strict=True):
        assert plain(content.selectors) == plain(vars(sheet.matcher))
        assert plain(content.pages) == plain([(None, *read) for _, *read in sheet.page_rules])


def test_weasyprint_has_its_sheets_when_it_is_loaded(tmp_path: Path) -> None:
    """Also those that were kept: as many selectors and counters as it reads itself."""
    for _ in range(2):  # made, then kept
        done = subprocess.run(
            [sys.executable, "-X", f"pycache_prefix={tmp_path}", "-c", LOADED],
            check=True,
            capture_output=True,
            text=True,
            env={},
        )
        assert [line.split() for line in done.stdout.splitlines()] == [
            [str(sheet.matcher.order), str(len(sheet.page_rules)), str(len(html.UA_COUNTER_STYLE))]
            for sheet in (html.UA_STYLESHEET, html.UA_FORM_STYLESHEET, html.PH_STYLESHEET)
        ]


@pytest.mark.usefixtures("anew")
@pytest.mark.parametrize("style", ["{ours}\n{rules}", "{ours}", "{rules}\n{ours}"])
def test_our_sheet_is_read_once(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows it goes before it, as ever; and a sheet that begins otherwise is read."""
    ours = paper_sheet()
    page = PAGE.format(style=style.format(ours=ours, rules=RULES))
    read: list[str] = []
    parse = tinycss2.parse_stylesheet

    def count(text: str) -> object:
        read.append(text)
        return parse(text)

    monkeypatch.setattr(tinycss2, "parse_stylesheet", count)
    first = pdf(page, FONTS)
    is_first = style.startswith("{ours}")
    assert sum(text.count(ours) for text in read) == (1 if is_first else 2)
    kept_sheets._ours.cache_clear()  # as another process
    read.clear()
    assert pdf(page, FONTS) == first
    assert sum(text.count(ours) for text in read) == (0 if is_first else 1)
    monkeypatch.setattr(kept_sheets, "_ours", lambda: ("", None))
    assert pdf(page, FONTS) == first


@pytest.mark.usefixtures("anew")
def test_a_page_leaves_nothing_to_the_next() -> None:
    """Its own rules are put beside those that are kept, not among them."""
    ours = paper_sheet()
    with our_sheet_kept():
        before = CSS(string=ours)
        CSS(string=f"{ours}\n{RULES}")
        after = CSS(string=ours)
    assert plain(vars(before.matcher)) == plain(vars(after.matcher))
    assert len(before.page_rules) == len(after.page_rules)


def test_our_sheet_says_nothing_but_for_elements_and_pages() -> None:
    """Layers, counters and fonts of it would not be kept."""
    counters: dict[str, object] = {}
    sheet = CSS(string=paper_sheet(), counter_style=counters)
    assert not counters
    assert not sheet.layers
    assert "@font-face" not in paper_sheet()
    assert "@color-profile" not in paper_sheet()
