"""The page of `briefings desk` in a browser: by keys alone, in two windows, beside an editor."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import pytest
from browsers import Tab
from checkers import COLOURS, axe
from command import begin_desk
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from briefings.cli import _status
from briefings.core.diagnostics import failed
from briefings.core.model import Fact
from briefings.run.check import check_desk

# The forked command fills and sets as the program does.
pytestmark = pytest.mark.usefixtures("workers")

ROOT = Path(__file__).parents[1]
TEN = (
    "The bakery at Tarrow sold 4,200 loaves in January.",
    "It sold 3,900 loaves in February.",
    "The owner hired six bakers in March.",
    "Two of the six bakers left in April.",
    "A new oven was installed on 12 May 2024.",
    "The oven cost 38,000 pounds.",
    "The town paid half of the price.",
    "The bakery opens at 5 a.m. on weekdays.",
    "It closed for nine days in August.",
    "A second shop opened in Brackwater on 2 September 2024.",
)
LOG = f"Night work at Tarrow bakery\n\n{' '.join(TEN)}\n"
PERSIAN = """\
بندر بسته شد

بندر در ۱۲ مه ۲۰۲۴ بسته شد. سه کشتی بیرون ماندند.
"""
WARD = "The ward took in 1,140 patients last year."


@dataclass(frozen=True)
class Site:
    """A desk that is served, and the address of its page."""

    folder: Path
    address: str

    @property
    def base(self) -> Path:
        return self.folder / "facts.yaml"

    def edit(self, old: str, new: str) -> None:
        """Save the base as an editor does that writes it in place."""
        text = self.base.read_text(encoding="utf-8")
        assert old in text
        self.base.write_text(text.replace(old, new, 1), encoding="utf-8")


def _source(name: str, text: str, language: str) -> str:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return (
        f"  {name}:\n    file: seeds/{name}.txt\n    sha256: {digest}\n    title: The {name}\n"
        f"    publisher: {name}\n    origin: {name}\n    published: 2024-09-03\n"
        f"    language: {language}\n"
    )


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A new desk with two documents more, that no fact rests on yet."""
    begin_desk(tmp_path)
    sources = ""
    for name, text, language in (("bakery", LOG, "en"), ("bandar", PERSIAN, "fa")):
        (tmp_path / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
        sources += _source(name, text, language)
    base = tmp_path / "facts.yaml"
    text = base.read_text(encoding="utf-8")
    base.write_text(text.replace("\nactors:\n", f"{sources}\nactors:\n"), encoding="utf-8")
    with served(tmp_path) as address:
        yield Site(tmp_path, address)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the desk in a folder, served by the command in a process forked from here."""
    read, write = os.pipe()
    process = get_context("fork").Process(target=_serve, args=(folder, write))
    process.start()
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as output:
        try:
            yield output.readline().strip()
        finally:
            assert process.pid is not None
            os.kill(process.pid, signal.SIGINT)
            process.join(60)
    assert process.exitcode == 0


def _serve(folder: Path, write: int) -> None:
    """The command, where it prints into a pipe, and is ended by Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(folder)
    with os.fdopen(write, "w", encoding="utf-8", buffering=1) as out, redirect_stdout(out):
        status = _status(["desk", "--port", "0", "--no-open"])
    os._exit(status)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Windows that share what the browser keeps, and may have no error."""
    opened = browser.new_context(viewport={"width": 1280, "height": 800})
    faults: list[str] = []
    opened.set_default_timeout(15_000)
    opened.on("weberror", lambda error: faults.append(str(error.error)))
    opened.on("console", lambda said: faults.append(said.text) if _is_fault(said) else None)
    yield opened
    opened.close()
    assert not faults, faults


def _is_fault(said: ConsoleMessage) -> bool:
    # A fact or brief that is refused is told in the page; no script of a brief is meant to run.
    meant = ("the server responded with a status of 4", "Blocked script execution")
    return said.type == "error" and not any(each in said.text for each in meant)


def visit(site: Site, context: BrowserContext, source: str = "courier") -> Page:
    page = context.new_page()
    page.goto(site.address)
    page.wait_for_selector(".sentence.at")
    if source != "courier":
        page.select_option("#source", source)
        page.wait_for_selector(f"#text[data-source={source}]")
    page.locator("#text").focus()
    return page


def says(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.locator("#verdict")).to_contain_text(text, timeout=15_000)


def test_a_process_of_its_own_serves_until_ctrl_c(tmp_path: Path) -> None:
    """What it prints is the address; to be ended is no fault. Elsewhere here it is forked."""
    begin_desk(tmp_path)
    # A shell has what it runs in the background ignore Ctrl-C, and so would what that begins.
    begin = "signal.signal(signal.SIGINT, signal.default_int_handler); cli.main()"
    program = f"import signal; from briefings import cli; {begin}"
    command = [sys.executable, "-c", program, "desk", "--port", "0", "--no-open"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout is not None
        assert served.stdout.readline().startswith("http://127.0.0.1:")
        served.send_signal(signal.SIGINT)
        try:
            assert served.wait(60) == 0
        finally:
            served.kill()


def test_ten_facts_of_a_fresh_document_by_keys_alone(site: Site, context: BrowserContext) -> None:
    """In as many keys as docs/desk.md says; the base that comes of it is sound and canonical."""
    page = context.new_page()
    page.add_init_script("keys = 0; addEventListener('keydown', () => { keys += 1; }, true);")
    page.goto(site.address)
    page.wait_for_selector(".sentence.at")
    before = site.base.read_text(encoding="utf-8")
    page.keyboard.press("o")
    page.keyboard.type("The bak")
    page.wait_for_selector("#text[data-source=bakery]")
    page.keyboard.press("Enter")
    page.keyboard.press("d")  # the heading says nothing
    says(page, "Dismissed for good.")
    for statement in TEN:
        page.keyboard.press("Enter")
        page.keyboard.type(statement)
        says(page, "The gate lets it in")
        page.keyboard.press("Control+Enter")
        says(page, "Added")
    keys = page.evaluate("keys")
    after = site.base.read_text(encoding="utf-8")
    written = len(after) - len(before)
    checked = check_desk(site.base)
    assert not failed(checked.diagnostics), checked.diagnostics
    assert sum(fact.evidence[0].source == "bakery" for fact in _facts(site)) == 10
    assert page.locator("#queue li").count() == 0
    quotes = sum(len(statement) for statement in TEN)
    manual = (ROOT / "docs" / "desk.md").read_text(encoding="utf-8")
    counts = f"{keys} keys on the page, {quotes} of them the sentences; {written:,} in an editor"
    assert counts in " ".join(manual.split()), counts


def _facts(site: Site) -> list[Fact]:
    checked = check_desk(site.base).checked
    assert checked is not None
    return list(checked.base.facts.values())


def test_two_windows_and_an_editor_at_once(site: Site, context: BrowserContext) -> None:
    """Each keeps what is typed in it, all that is added or edited is in the file, whole."""
    first, second = visit(site, context), visit(site, context, "bakery")
    first.locator(".sentence", has_text="The ward took in").click()
    first.keyboard.press("Enter")
    first.keyboard.type(WARD[:20])
    second.locator(".sentence", has_text="4,200 loaves").click()
    second.keyboard.press("Enter")
    second.keyboard.type(TEN[0])
    says(second, "The gate lets it in")
    site.edit("Brackwater health desk", "Brackwater town desk")
    for window in (first, second):
        expect(window.locator("h1")).to_have_text("Brackwater town desk")
    assert first.locator("#statement").input_value() == WARD[:20]
    first.keyboard.type(WARD[20:])
    second.keyboard.press("Control+Enter")
    says(second, "Added")
    expect(first.locator("#source option:checked")).to_contain_text("(3)")
    assert first.locator("#statement").input_value() == WARD
    says(first, "The gate lets it in")
    first.keyboard.press("Control+Enter")
    says(first, "Added")
    text = site.base.read_text(encoding="utf-8")
    for part in ("title: Brackwater town desk", f"statement: {WARD}", f"statement: {TEN[0]}"):
        assert text.count(part) == 1
    assert not failed(check_desk(site.base).diagnostics)


def test_what_is_typed_outlives_its_window(site: Site, context: BrowserContext) -> None:
    """A page that is loaded again has it; the next window offers what a closed one left."""
    page = visit(site, context)
    page.locator(".sentence", has_text="The ward took in").click()
    page.keyboard.press("Enter")
    page.keyboard.type(WARD)
    page.reload()
    says(page, "The gate lets it in")
    assert page.locator("#statement").input_value() == WARD
    assert page.locator("#quote").inner_text() == WARD
    page.close()
    other = visit(site, context)
    assert other.locator("#statement").input_value() == ""
    other.locator("#drafts button").click()
    says(other, "The gate lets it in")
    assert other.locator("#statement").input_value() == WARD
    assert not other.locator("#drafts").is_visible()


def test_errors_are_shown_with_their_line_while_the_last_good_brief_stays(
    site: Site, context: BrowserContext
) -> None:
    """And are gone once they are mended; the reader stays where they read."""
    page = visit(site, context)
    page.keyboard.press("2")
    frame = page.frame_locator("#frame")
    shown = expect(frame.locator("body"))
    shown.to_contain_text("nine of the ward's 21 nurses", timeout=60_000)
    brief = page.frames[1]
    brief.evaluate("document.querySelector('#sources, h2:last-of-type').scrollIntoView()")
    place = page.evaluate("whereRead()")
    assert place["y"] > 0
    site.edit("nine of the ward's 21 nurses", "nine of the ward's 23 nurses")
    line = page.locator("#problems-line")
    expect(line).to_contain_text("facts.yaml:", timeout=15_000)
    expect(line).to_contain_text("“23”")
    expect(page.locator("#brief-state")).to_contain_text("The last good brief")
    shown.to_contain_text("21 nurses")
    site.edit("nine of the ward's 23 nurses", "nine of the 21 nurses of the ward")
    shown.to_contain_text("nine of the 21 nurses of the ward", timeout=15_000)
    expect(page.locator("#problems")).to_be_hidden()
    again = page.evaluate("whereRead()")
    assert again["id"] == place["id"]
    assert abs(again["top"] - place["top"]) <= 2


def test_a_passage_is_taken_by_words_and_by_pointer(site: Site, context: BrowserContext) -> None:
    """Sentences by keys, then words at either end; or what the pointer has marked, whole words."""
    page = visit(site, context)
    page.locator(".sentence", has_text="The ward took in").click()
    quote = page.locator("#quote")
    for key, words in (
        ("[", "The ward took in 1,140 patients last"),
        ("}", "ward took in 1,140 patients last"),
        ("{", "The ward took in 1,140 patients last"),
        ("]", "The ward took in 1,140 patients last year"),
        ("Shift+ArrowDown", "The ward took in 1,140 patients last year. From April, anyone"),
    ):
        page.keyboard.press(key)
        expect(quote).to_contain_text(words)
    box = page.locator(".sentence", has_text="It did not say").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 110, box["y"] + 8)
    page.mouse.up()
    expect(quote).to_have_text(re.compile(r"^(It did|did) not say( how)?$"))
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_a_speaker_is_named_by_keys(site: Site, context: BrowserContext) -> None:
    """And is the one who says so, at once; a name that there is already is told."""
    page = visit(site, context)
    page.locator(".sentence", has_text="It did not say").click()
    for name, hint in (("Hanne Okoro", "already, as `okoro`"), ("Mona Vale", "")):
        page.keyboard.press("a")
        page.locator("#name").fill(name)
        page.keyboard.press("Enter")
        if hint:
            expect(page.locator("#name-faults")).to_contain_text(hint)
            page.keyboard.press("Escape")
        expect(page.locator("#naming")).to_be_hidden()
    expect(page.locator("#by option:checked")).to_have_text("Mona Vale")
    assert "mona-vale: {name: Mona Vale, kind: person}" in site.base.read_text(encoding="utf-8")


def test_it_is_open_to_all_and_fits_a_phone(site: Site, tab: Tab, tmp_path: Path) -> None:
    """A document from right to left keeps its direction; axe-core finds nothing, no side scroll."""
    for width in (360, 1280):
        page = tab(viewport={"width": width, "height": 780})
        page.goto(site.address)
        page.wait_for_selector(".sentence.at")
        page.select_option("#source", "bandar")
        page.wait_for_selector("#text[data-source=bandar]")
        for part in ("#text", "#source"):
            assert page.locator(part).get_attribute("dir") == "rtl"
        page.locator(".sentence", has_text="سه کشتی").click()
        page.fill("#statement", "Four ships stayed outside.")
        says(page, "The gate refuses it")
        page.fill("#translation", "Three ships stayed outside")
        page.fill("#statement", "Three ships stayed outside.")
        expect(page.locator("#verdict")).to_have_text("The gate lets it in.", timeout=15_000)
        findings, _ = axe(page, tmp_path / "page.html")
        page.emulate_media(color_scheme="dark")
        faint, _ = axe(page, tmp_path / "page.html", only=COLOURS)
        page.emulate_media(color_scheme="light")
        assert not [*findings, *faint]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
