"""A brief in a browser: opened, read and walked by finger, pointer and keys, on every screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from shutil import copytree
from types import MappingProxyType
from typing import Literal

import pytest
from breadth import cases, examples, spread
from browsers import Tab
from built_desks import HARBOUR, Shared
from playwright.sync_api import ConsoleMessage, Error, Locator, Page
from playwright.sync_api import Request as Asked
from strait_desk import AS_OF, strait

from briefings.core.model import TopicId
from briefings.plan.request import BriefRequest, Request
from briefings.run.build import build

__all__ = ["brief", "harbour", "persian", "visit"]

PHONE, DESK = 360, 1280
WIDTHS = pytest.mark.parametrize("width", [PHONE, DESK])
CARD = "dialog.card:popover-open, dialog.card:modal"
OF_CARD = """(mark, selector) => {
  const card = document.querySelector(selector);
  const number = mark.getAttribute('href').replace('#q', '');
  const told = quote => [quote.querySelector('.passage-text'),
    ...quote.querySelectorAll('.translation')].map(words => [words.innerText, words.lang]);
  const grade = card.querySelector('.grade');
  return [told(card), told(document.getElementById('q' + number)), [grade.innerText, grade.title],
    getComputedStyle(card).display,
    [card, mark, mark.closest('p')].map(each => each.getBoundingClientRect().toJSON())];
}"""
"""The words of a mark's card and of its quote in the list; the grade; how and where it stands.

Asked for at once: each question that goes to a browser costs more than its answer.
"""


@pytest.fixture(scope="module")
def brief(shared: Shared) -> Path:
    """The brief of the strait, beside its documents; a Persian source, a contested point."""

    def make(folder: Path) -> None:
        folder.mkdir()
        strait(folder)
        asked = BriefRequest((TopicId("ferries"),), as_of=AS_OF)
        request = Request(folder / "facts.yaml", folder / "out", asked, formats=("html",))
        build(request, today=lambda _: AS_OF)

    return shared("screen-strait", make) / "out" / "ferries.en.html"


@pytest.fixture(scope="module")
def harbour(shared: Shared) -> Path:
    """A brief of another desk, in one file."""
    folder = shared("screen-harbour", lambda folder: _harbour(folder, "en"))
    return folder / "out" / "basin-closure.en.html"


@pytest.fixture(scope="module")
def persian(harbour_site: Path) -> Path:
    """The same in a page from right to left, where all that the desk says falls back."""
    return harbour_site / "basin-closure.fa.html"


@pytest.fixture(scope="module")
def partly_persian(shared: Shared) -> Path:
    """The same with what it judges and one of its facts in Persian; the others fall back."""
    folder = shared("screen-partly", lambda folder: _harbour(folder, "en", "fa", also=IN_PERSIAN))
    return folder / "out" / "basin-closure.fa.html"


IN_PERSIAN = {
    "It is likely that the inner basin will stay closed to large vessels through March.": (
        "محتمل است که حوضچهٔ داخلی تا پایان مارس به روی شناورهای بزرگ بسته بماند."
    ),
    "Tomas Wray called the closure a gift to the cannery on Tarn Island.": (
        "توماس ری این تعطیلی را هدیه‌ای به کارخانهٔ کنسروسازی جزیرهٔ تارن خواند."
    ),
}


def _harbour(folder: Path, *languages: str, also: Mapping[str, str] = MappingProxyType({})) -> None:
    """The desk built in these languages; `also` has statements as they are in the last of them."""
    facts = Path(copytree(HARBOUR.parent, folder)) / "facts.yaml"
    listed = f"languages: [{', '.join(languages)}]"
    text = facts.read_text(encoding="utf-8").replace("languages: [en]", listed)
    for statement, translated in also.items():
        both = f"{{{languages[0]}: {statement}, {languages[-1]}: {translated}}}"
        assert text.count(f"statement: {statement}\n") == 1
        text = text.replace(f"statement: {statement}\n", f"statement: {both}\n")
    facts.write_text(text, encoding="utf-8")
    asked = BriefRequest(languages=languages)
    request = Request(facts, folder / "out", asked, formats=("html",))
    build(request, today=lambda _: date(2024, 3, 10))


Opener = Callable[..., Page]

UNFOLD = "for (const each of document.querySelectorAll('details.fold')) each.open = true"
"""Opens the annex, as a reader does who checks."""


@pytest.fixture
def visit(tab: Tab) -> Iterator[Opener]:
    """Opens a page; a word on the console, an error or a breach of the policy fails the test."""
    messages: list[str] = []
    pages: list[Page] = []

    def heard(message: ConsoleMessage) -> None:
        messages.append(message.text)

    def failed(error: Error) -> None:
        messages.append(str(error))

    def asked(request: Asked) -> None:
        if not request.url.startswith(("file:", "data:")):
            messages.append(request.url)

    def opened(
        path: Path,
        width: int = DESK,
        *,
        js: bool = True,
        folded: bool = False,
        query: str = "",
        colours: Literal["active", "none"] = "none",
    ) -> Page:
        page = tab(
            viewport={"width": width, "height": 720},
            has_touch=width == PHONE,
            java_script_enabled=js,
            forced_colors=colours,
            permissions=["clipboard-read", "clipboard-write"],
        )
        page.on("console", heard)
        page.on("pageerror", failed)
        page.on("request", asked)
        pages.append(page)
        page.goto(path.as_uri() + query)
        if js and not folded:
            page.evaluate(UNFOLD)
        return page

    yield opened
    for page in pages:
        page.title()  # by then all that was said before has been heard
        page.remove_listener("console", heard)
        page.remove_listener("pageerror", failed)
        page.remove_listener("request", asked)
    assert messages == []


def activate(mark: Locator, width: int) -> None:
    """As the hand does it that holds such a screen."""
    if width == PHONE:
        mark.tap()
    else:
        mark.click()


def wait(page: Page, truth: str) -> None:
    """Until it is so; Playwright's own way would ask the page to evaluate a text, as it forbids."""
    for _ in range(200):
        if page.evaluate(truth):
            return
        page.wait_for_timeout(25)
    raise AssertionError(truth)


def marks(page: Page) -> list[Locator]:
    return page.locator("main .row.item a.cite").all()


@pytest.mark.parametrize(
    ("desk", "width"),
    cases([("brief", PHONE), ("harbour", DESK)], ("brief", DESK), ("harbour", PHONE)),
)
def test_a_mark_opens_its_quote_where_it_stands(
    request: pytest.FixtureRequest, visit: Opener, desk: str, width: int
) -> None:
    """Wherever it stands, with its translation, in its language; nothing moves, `Esc` closes."""
    page = visit(request.getfixturevalue(desk), width)
    numbered = marks(page)
    assert numbered
    for mark in spread(numbered, 8):
        mark.scroll_into_view_if_needed()
        activate(mark, width)
        expanded, listed, (grade, title), display, (sees, at, words) = mark.evaluate(OF_CARD, CARD)
        assert expanded == listed
        assert f"({title})" in grade, "no finger hovers"
        assert display == "block"
        assert sees["x"] >= 0
        assert sees["x"] + sees["width"] <= width
        assert at["y"] >= 0, "the mark itself is out of sight"
        assert at["y"] + at["height"] <= sees["y"] or sees["y"] + sees["height"] <= at["y"]
        assert words["y"] + words["height"] <= sees["y"] or (
            sees["y"] + sees["height"] <= words["y"]
        ), "it covers the words that it proves"
        page.keyboard.press("Escape")
        assert not page.locator(CARD).count()
        assert mark.evaluate("mark => mark === document.activeElement")
        wait(page, "history.state === null")


@pytest.mark.parametrize(
    ("width", "key"), cases([(PHONE, " "), (DESK, "Enter")], (PHONE, "Enter"), (DESK, " "))
)
def test_keys_open_and_close_a_quote(brief: Path, visit: Opener, width: int, key: str) -> None:
    """Focus goes in, `Tab` walks the links of the card, and comes back to the mark."""
    page = visit(brief, width)
    mark = page.locator("#s2 a.cite")
    mark.focus()
    page.keyboard.press(key)
    card = page.locator(CARD)
    assert card.get_attribute("aria-labelledby") == "card-title"
    assert page.locator(":focus").inner_text() == "Quote 2"
    walked: list[str] = []
    while "Quote 2 in the list" not in walked:
        page.keyboard.press("Tab")
        assert card.locator(":focus").count(), walked
        walked.append(page.locator(":focus").inner_text())
    assert walked[0] == "×"
    assert "in document" in walked
    card.locator(".close").focus()
    page.keyboard.press("Enter")
    assert not card.count()
    assert mark.evaluate("mark => mark === document.activeElement")
    assert mark.get_attribute("aria-expanded") == "false"


def test_the_same_mark_closes_what_it_opened(brief: Path, visit: Opener) -> None:
    """And another one opens its own quote in its place."""
    page = visit(brief)
    first, *_, second = marks(page)[:4]
    first.click()
    page.locator(CARD).wait_for()
    first.click()
    assert not page.locator(CARD).count()
    first.click()
    second.click()
    assert page.locator(CARD).locator(".card-title").inner_text() == f"Quote {second.inner_text()}"
    assert [each.get_attribute("aria-expanded") for each in (first, second)] == ["false", "true"]
    page.mouse.click(5, 5)
    assert not page.locator(CARD).count()


def test_back_closes_the_sheet_of_a_phone(brief: Path, visit: Opener) -> None:
    """Opening it is a step, like a page; closing it by hand takes the step back."""
    page = visit(brief, PHONE)
    mark = page.locator("#s2 a.cite")
    steps = page.evaluate("history.length")
    mark.tap()
    page.go_back()
    assert page.url == brief.as_uri()
    assert not page.locator(CARD).count()
    mark.tap()
    page.locator(".card .close").tap()
    wait(page, "history.state === null")
    assert page.evaluate("history.length") == steps + 1, "and forward leads to it again"
    mark.tap()
    page.touchscreen.tap(PHONE / 2, 20)
    assert not page.locator(CARD).count()


def test_a_card_is_no_step_at_a_desk(brief: Path, visit: Opener) -> None:
    """Back leaves the page, as with any page that one has only looked at."""
    page = visit(brief)
    steps = page.evaluate("history.length")
    page.locator("#s2 a.cite").click()
    assert page.evaluate("history.length") == steps
    page.keyboard.press("Escape")
    assert page.evaluate("history.length") == steps


@WIDTHS
def test_the_second_step_leads_to_the_passage_and_back(
    brief: Path, visit: Opener, width: int
) -> None:
    """From the card to the marked passage in its document; Back finds the card open again."""
    page = visit(brief, width)
    mark = page.locator("#s3 a.cite").first
    mark.scroll_into_view_if_needed()
    activate(mark, width)
    quoted = page.locator(".card q").inner_text()
    page.locator(".card-links a", has_text="in document").click()
    page.wait_for_url("**/sources/*.html#p-*")
    lit = page.locator(":target")
    assert lit.inner_text() in quoted
    assert lit.bounding_box()
    assert page.evaluate("scrollY") >= 0
    page.go_back()
    page.locator(CARD).wait_for()
    assert page.locator(".card q").inner_text() == quoted
    page.locator(".to-quote").click()
    page.wait_for_url("**#q*")
    assert not page.locator(CARD).count()
    assert page.locator(":target q").inner_text() == quoted
    page.go_back()
    page.wait_for_url(re.compile(r"html$"))


@pytest.mark.parametrize("width", cases([PHONE], DESK))
def test_all_of_it_can_be_read_without_scripts(brief: Path, visit: Opener, width: int) -> None:
    """A mark leads to its quote, which is lit, and from there to the passage and back."""
    page = visit(brief, width, js=False)
    for control in (".finder", ".copy", "dialog", ".filtered"):
        assert not page.locator(control).count()
    mark = page.locator("#s2 a.cite")
    activate(mark, width)
    assert page.url.endswith("#q2")
    page.locator("#q2 .in-document a").click()
    passage = page.locator(":target")
    assert passage.bounding_box()
    page.locator(".use a", has_text="quote 2").first.click()
    assert page.url.endswith("#q2")
    page.locator("#q2 .place a.ref").first.click()
    assert page.url.endswith("#s2")


def test_keys_alone_walk_the_page(brief: Path, visit: Opener) -> None:
    """Skip link, contents, search, then the text; the skip link leads past all that."""
    page = visit(brief)
    seen: list[str] = []
    while len(seen) < 90 and (len(seen) < examples(1, 90) or not {"cite", "copy"} <= {*seen}):
        page.keyboard.press("Tab")
        focus, ring = page.evaluate(
            "(f => [f.matches('.skip') ? 'skip' : f.closest('.contents') ? 'contents' :"
            " f.closest('.finder') ? 'finder' : f.matches('.cite') ? 'cite' :"
            " f.matches('.copy') ? 'copy' : f.tagName,"
            " getComputedStyle(f).outlineStyle])(document.activeElement)"
        )
        seen.append(focus)
        assert ring != "none", f"{seen[-1]} shows no focus"
    assert seen[0] == "skip"
    order = [seen.index(name) for name in ("skip", "contents", "finder", "cite")]
    assert order == sorted(order)
    assert "copy" in seen
    page.reload()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#main') !== null")


@pytest.mark.parametrize("width", cases([PHONE], DESK))
def test_a_switch_of_language_keeps_the_place(persian: Path, visit: Opener, width: int) -> None:
    """From wherever one reads, by a link that is in view there; marks of pictures are no place."""
    page = visit(persian.with_name("basin-closure.en.html"), width)
    top = "id => document.getElementById(id).getBoundingClientRect().top"
    for place in ("unknown", "s4", "sources"):
        page.evaluate(UNFOLD)
        page.evaluate("id => document.getElementById(id).scrollIntoView()", place)
        link = page.locator(".languages a")
        assert link.evaluate("link => link.getBoundingClientRect().bottom <= innerHeight")
        assert link.evaluate("link => link.getBoundingClientRect().top >= 0")
        link.click()
        page.wait_for_load_state()
        assert page.url.endswith(f".html#{place}")
        assert -1 <= page.evaluate(top, place) < 200
    assert "basin-closure.fa.html" in page.url


@pytest.mark.parametrize("width", cases([PHONE], DESK))
def test_what_fell_back_starts_where_its_language_starts(
    persian: Path, partly_persian: Path, visit: Opener, width: int
) -> None:
    """An English sentence in a Persian brief at the left; behind it, which language it is in.

    Where all are, the brief says so once, and none of them again.
    """
    for path, named in ((persian, None), (partly_persian, True)):
        page = visit(path, width)
        english = page.locator(
            ':is(.leading h1, .statement, .question, .gap .voice):has(> bdi[lang="en"])'
        )
        assert english.count() == (10 if named else 12)
        assert page.locator(".question:has(> bdi)").count() == 1
        for words, begins, follows in english.evaluate_all(
            "all => all.map(p => { const lines = [...p.querySelector('bdi').getClientRects()];"
            " const [first, end] = [lines[0], lines.at(-1)];"
            " const last = p.querySelector('.tongue')?.getBoundingClientRect();"
            " return [p.innerText, first.left - p.getBoundingClientRect().left,"
            " last ? last.left >= end.right || last.top >= end.bottom - 4 : null] })"
        ):
            assert (round(begins), follows) == (0, named), words
