"""Searching and filtering a brief in a browser, and copying a sentence with its citation."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest
from breadth import cases
from desks import weekly
from playwright.sync_api import Page
from test_screen import DESK, PHONE, WIDTHS, Opener, brief, harbour, visit, wait

from briefings.render.html.page import BriefPage

__all__ = ["brief", "harbour", "visit"]


def shown(page: Page) -> set[str]:
    """The ids of the sentences that are to be seen, by their words' beginnings."""
    return {row.get_attribute("id") or "" for row in page.locator(".row.item:visible").all()}


def tally_of(page: Page) -> str:
    return page.locator(".found").inner_text()


def with_words(page: Page, *words: str) -> set[str]:
    rows = page.locator(".row.item").all()
    return {
        row.get_attribute("id") or ""
        for row in rows
        if any(each in (row.text_content() or "") for each in words)
    }


@WIDTHS
def test_a_filter_hides_the_rest_and_says_so(brief: Path, visit: Opener, width: int) -> None:
    """The count is told, in view wherever one reads; the bottom line stays; `Show all` undoes."""
    page = visit(brief, width)
    every = shown(page)
    if width == PHONE:
        page.locator(".finder summary").tap()
    page.select_option("#find-actor", label="Oom Ferries")
    assert shown(page) == with_words(page, "no ferry would sail before", "waited for the pilots")
    hidden = page.locator(".row.item:not(:visible), .row.gap:not(:visible)").count()
    total = page.locator(".row.item, .row.gap").count()
    assert f"{total - hidden} of {total} sentences shown, {hidden} hidden" in tally_of(page)
    assert page.locator(".found").get_attribute("role") == "status"
    assert page.locator(".leading h1").first.is_visible()
    page.evaluate("document.getElementById('quotes').scrollIntoView()")
    bar = page.locator(".found").bounding_box()
    assert bar
    assert 0 <= bar["y"] < 100
    assert page.url.endswith("?actor=company")
    page.locator(".clear").click()
    assert shown(page) == every
    assert tally_of(page) == ""
    assert page.url == brief.as_uri()


@WIDTHS
def test_pictures_show_what_the_filter_leaves(brief: Path, visit: Opener, width: int) -> None:
    """Of the origins the marks, of the lanes the words."""
    page = visit(brief, width, query="?actor=company")
    left = shown(page)
    for picture in (".origins .unit", ".ln [data-items]", ".timeline [data-items]"):
        marks = page.locator(picture).evaluate_all(
            "(marks) => marks.filter((mark) => mark.dataset.items)"
            ".map((mark) => [mark.dataset.items.split(' '), mark.hidden])"
        )
        assert all(hidden == left.isdisjoint(items) for items, hidden in marks), picture
        assert any(hidden for _, hidden in marks) or picture == ".ln [data-items]"


def test_no_side_of_a_contested_point_is_shown_alone(brief: Path, visit: Opener) -> None:
    """A filter for one side keeps the other, and says how many it has kept."""
    page = visit(brief, query="?actor=union")
    assert with_words(page, "raised by a third", "raised by 40 percent") <= shown(page)
    assert page.locator(".contest").is_visible()
    assert (
        "Kept because they stand against another account: 1." in page.locator("#main").inner_text()
    )
    page.select_option("#find-actor", label="Oom Ferries")
    assert not page.locator(".contest").is_visible()
    assert "Hidden here by the filter" in page.evaluate(
        "[...document.querySelectorAll('[data-hidden]')]"
        ".map(list => getComputedStyle(list, '::after').content).join()"
    )


def test_an_address_holds_the_choice_and_back_undoes_it(brief: Path, visit: Opener) -> None:
    """One step a choice, one step a search however many letters; shared, it shows the same."""
    page = visit(brief)
    page.select_option("#find-place", label="Port Oom")
    page.locator("#find-q").press_sequentially("sail")
    last = shown(page)
    assert page.url.endswith("?q=sail&place=port") or page.url.endswith("?place=port&q=sail")
    shared = visit(brief, query="?" + page.url.partition("?")[2])
    assert shown(shared) == last
    assert shared.input_value("#find-q") == "sail"
    assert shared.locator("#find-place").input_value() == "port"
    page.go_back()
    assert page.url.endswith("?place=port")
    assert page.input_value("#find-q") == ""
    page.go_back()
    assert tally_of(page) == ""
    page.go_forward()
    assert page.locator("#find-place").input_value() == "port"


SOUGHT = (
    ("MARA quíst", "Mara Quist said"),  # case, accents, every word
    ("كشتي‌ها", "The port's spokesman said"),  # Arabic letters for Persian, in a quote
    ("کشتی ها", "The port's spokesman said"),  # no joiner
    ("۴۰ percent", "raised by 40 percent"),  # digits
)


def test_search_takes_letters_for_the_same_as_a_reader_does(brief: Path, visit: Opener) -> None:
    """In sentences and in the quotes that they rest on."""
    page = visit(brief)
    every = page.locator(".row.item").count()
    for words, where in SOUGHT:
        page.fill("#find-q", words)
        left = shown(page)
        assert with_words(page, where) <= left, words
        assert 0 < len(left) < every, words
    page.fill("#find-q", "company's")
    assert shown(page) == set()
    assert "none of" in tally_of(page)


def test_what_is_found_is_lit(brief: Path, visit: Opener) -> None:
    """In the text itself, however it is written there."""
    page = visit(brief)
    page.fill("#find-q", "FERRIES")
    lit = page.evaluate("[...CSS.highlights.get('found')].map(String)")
    assert lit
    assert {each.lower() for each in lit} == {"ferries"}
    page.fill("#find-q", "")
    assert page.evaluate("CSS.highlights.get('found').size") == 0


def test_a_phone_tells_beside_the_field_and_leads_to_what_it_found(
    brief: Path, visit: Opener
) -> None:
    """The count where one writes; `Enter` leads to the first find, under the bar and not behind."""
    page = visit(brief, PHONE)
    page.locator(".finder summary").tap()
    page.locator("#find-q").press_sequentially("ferry would sail")
    counted = page.locator(".tally")
    assert counted.inner_text() == tally_of(page) != ""
    field, tally = page.locator("#find-q").bounding_box(), counted.bounding_box()
    assert field
    assert tally
    assert 0 < tally["y"] - field["y"] - field["height"] < 24
    page.keyboard.press("Enter")
    row = page.locator(":focus")
    assert "no ferry would sail" in row.inner_text()
    bar, first = page.locator(".found").bounding_box(), row.bounding_box()
    assert bar
    assert first
    assert bar["y"] + bar["height"] <= first["y"] < 300
    page.locator(".clear").tap()
    assert page.locator(":focus").evaluate("node => node.tagName") == "SUMMARY"
    assert page.locator(".finder").evaluate("finder => finder.open")


def test_a_link_to_a_hidden_sentence_shows_it(brief: Path, visit: Opener) -> None:
    """The bottom line leads to what it rests on, filtered or not."""
    page = visit(brief, query="?place=far")
    target = page.locator(".leading .rests a").first
    name = (target.get_attribute("href") or "").removeprefix("#")
    assert name not in shown(page)
    target.click()
    page.locator(f"#{name}").wait_for(state="visible")
    assert tally_of(page) == ""
    assert page.url.endswith(f"#{name}")


def test_another_desk_is_filtered_by_its_own_names(harbour: Path, visit: Opener) -> None:
    """Each choice that is offered shows something."""
    page = visit(harbour)
    fields = page.locator(".finder select").all()
    assert fields
    for field in fields:
        for value in field.evaluate("f => [...f.options].map(o => o.value).filter(Boolean)"):
            field.select_option(value)
            assert shown(page)
        field.select_option("")


@pytest.mark.parametrize(
    ("width", "secure"), cases([(PHONE, True), (DESK, False)], (PHONE, False), (DESK, True))
)
def test_a_sentence_is_copied_with_its_citation(
    brief: Path, visit: Opener, width: int, *, secure: bool
) -> None:
    """Words, source, date, place, grade, brief, edition, day and marking; and it is confirmed."""
    page = visit(brief, width)
    page.evaluate(
        "secure => { addEventListener('copy', event => { window.copied = event.target.value; });"
        " const real = navigator.clipboard;"
        " Object.defineProperty(navigator, 'clipboard', { value: secure ?"
        " { writeText: text => { window.copied = text; return real.writeText(text); } } :"
        " undefined }); }",
        secure,
    )
    row = page.locator(".row.item", has_text="no ferry would sail before 20 May 2031.").first
    row.hover()
    button = row.locator(".copy")
    button.click()
    wait(page, "document.querySelector('.copied').textContent === 'Copied'")
    assert button.inner_text() == "Copied"
    lines = page.evaluate("window.copied").split("\n")
    assert lines[0] == "Oom Ferries said that no ferry would sail before 20 May 2031."
    assert re.fullmatch(r"— Herald, published 14 May 2031, par\. 2, line 2, B2", lines[1])
    assert re.fullmatch(
        r"The ferries' halt, edition [0-9a-f]{12}, information up to 18 May 2031 · TLP:GREEN",
        lines[2],
    )
    wait(page, "document.querySelector('.copied').textContent === ''")
    assert button.inner_text() == "Copy"


def test_copying_tells_both_sides_of_a_contested_point(brief: Path, visit: Opener) -> None:
    """The point with all accounts; one account with the question; a judgement with its grounds."""
    page = visit(brief, DESK)

    def copied(selector: str) -> str:
        page.locator(selector).hover()
        page.locator(f"{selector} .copy").click()
        page.locator(f"{selector} .copy", has_text="Copied").wait_for()
        text = page.evaluate("navigator.clipboard.readText()")
        assert isinstance(text, str)
        return text

    point = copied(".contest")
    assert point.startswith("By how much was the toll raised?\n• The toll was raised by 40 percent")
    assert (
        "• The pilots' union said that the toll had been raised by a third.\n— “Document wire"
        in point
    )
    account = page.locator(".row.item", has_text="raised by a third").get_attribute("id")
    assert "\nDisputed: By how much was the toll raised?\n" in copied(f"#{account}")
    judged = copied(".judgement")
    assert "It is very likely that no ferry sails in this week.\n80–95 % confidence low" in judged
    assert "— Judgement of The Strait of Oom" in judged


COUNTS = """(page) => [...page.querySelectorAll('[data-count]')].map((node) => [
  node.dataset.items.split(' '), node.textContent, node.hidden])"""
MARKED = "[data-items]:not([hidden])"
AS_IT_IS = """(page) => [...page.querySelectorAll('details')].map((each) => each.open).concat(
  [...page.querySelectorAll('.lanes, .origins, .timeline, .matrix, .map-frame')]
    .map((each) => each.outerHTML))"""


@WIDTHS
def test_a_picture_under_a_filter_is_counted_anew_and_folds_what_has_no_mark(
    templates: jinja2.Environment, tmp_path: Path, visit: Opener, width: int
) -> None:
    """Lanes and a map that are left empty too; what has something to show opens; all comes back."""
    file = tmp_path / "brief.html"
    text = BriefPage(weekly("border-clashes"), "screen").text(templates)
    file.write_text(text, encoding="utf-8")
    page = visit(file, width, folded=True)
    whole = page.locator("main")
    before = whole.evaluate(AS_IT_IS)
    if width == PHONE:
        page.locator(".finder summary").tap()
    page.select_option("#find-actor", "iran")
    bar = page.locator(".found").bounding_box()
    head = page.locator(".hearing:not([hidden]) > .head").first.bounding_box()
    assert bar
    assert head
    assert head["y"] >= bar["y"] + bar["height"] - 1, "who says the first that is found"
    left = {row.get_attribute("id") for row in page.locator(".row.item:not([hidden])").all()}
    counted = [each for each in whole.evaluate(COUNTS) if not each[2]]
    assert len(counted) > 3
    for items, words, _ in counted:
        assert int(words.split()[0]) == len(left.intersection(items)), words
        assert " facts" not in words or not words.startswith("1 "), words
    lanes = page.locator(".ln-row:not(.ln-head)").evaluate_all(
        f"(rows) => rows.map((row) => [row.hidden, !row.querySelector('{MARKED}')])"
    )
    assert all(folded == empty for folded, empty in lanes)
    assert {folded for folded, _ in lanes} == {True, False}
    answers = page.locator(".matrix tr").evaluate_all(
        "(rows) => rows.filter((row) => row.dataset.items)"
        ".map((row) => [row.dataset.items.split(' '), row.hidden])"
    )
    assert answers
    assert all(hidden == left.isdisjoint(items) for items, hidden in answers)
    assert page.locator(".timeline").is_visible()
    assert page.locator(".map-dot:visible").count() == 0
    assert not page.locator(".map-scroll").is_visible()
    assert page.locator(".places li:visible").count() > 0
    page.emulate_media(media="print")
    assert page.locator(".found").is_visible(), "what is printed so says that it is not all"
    assert page.locator(".row.item:visible").count() == len(left)
    page.emulate_media(media="screen")
    page.locator(".clear").click()
    assert whole.evaluate(AS_IT_IS) == before
