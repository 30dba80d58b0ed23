"""What a reader sees on any screen, and on paper: nothing is cut, covered, crowded or lost."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path
from typing import TypeAlias

import jinja2
import pypdfium2
import pytest
from breadth import cases
from browsers import Tab
from built_desks import Shared
from desks import AS_OF, weekly
from PIL import Image
from playwright.sync_api import Page, expect
from test_screen import CARD, DESK, PHONE, UNFOLD, Opener, brief, harbour, persian, visit

from briefings.core.difference import Change, ChangeKind, Subject
from briefings.core.edition import Changes, Edition
from briefings.core.model import FactId
from briefings.render.html.environment import environment
from briefings.render.html.fill import Medium
from briefings.render.html.page import BriefPage

__all__ = ["brief", "harbour", "persian", "visit"]

BOXES = """selector => [...document.querySelectorAll(selector)].map(node => {
  const range = new Range();
  range.selectNodeContents(node);
  const { left, right, top, bottom } = range.getBoundingClientRect();
  return [left, top, right, bottom];
}).filter(([left, , right]) => right > left)"""
"""Where the letters of each that is selected stand, however wide its own box is."""


Opens: TypeAlias = Callable[..., Page]
"""Opens the page of an edition in a window of some width, for a screen if no medium is told."""


@pytest.fixture
def opens(templates: jinja2.Environment, tab: Tab, tmp_path: Path) -> Opens:
    def opened(edition: Edition, width: int, medium: Medium = "screen") -> Page:
        file = tmp_path / "brief.html"
        file.write_text(BriefPage(edition, medium).text(templates), encoding="utf-8")
        page = tab(viewport={"width": width, "height": 800})
        page.goto(file.as_uri())
        return page

    return opened


def touch(one: list[float], other: list[float], *, gap: float = 2) -> bool:
    return all(one[at] < other[at + 2] + gap and other[at] < one[at + 2] + gap for at in (0, 1))


def middle(page: Page, selector: str) -> tuple[int, ...]:
    """The colour in the middle of the first that is selected."""
    shown = page.locator(selector).first
    shown.scroll_into_view_if_needed()
    picture = Image.open(io.BytesIO(shown.screenshot())).convert("RGB")
    colour = picture.getpixel((picture.width // 2, picture.height // 2))
    assert isinstance(colour, tuple)
    return colour


@pytest.mark.parametrize("schemes", cases([("light", "dark")], ("dark", "light")))
def test_pictures_are_drawn_in_the_readers_own_colours(
    brief: Path, harbour: Path, tab: Tab, schemes: tuple[str, str]
) -> None:
    """Likelihood, events, grades, ages: what a filled shape tells is not left out with its fill."""
    seen = set[str]()
    for path, scheme in zip((brief, harbour), schemes, strict=True):
        page = tab(forced_colors="active", color_scheme=scheme)
        page.goto(path.as_uri())
        page.evaluate(UNFOLD)
        ground = middle(page, ".marking")
        for shape in (
            ".judgement .scale > span",
            "tbody .dot:not(.vague)",
            "tbody .bar:not(.vague)",
            ".legend .dot, .legend .bar:not(.vague)",
            ".steps > .on",
            ".age",
        ):
            if page.locator(shape).count():
                seen.add(shape)
                assert middle(page, shape) != ground, shape
        disc = page.locator(".map-dot > span").first
        disc.scroll_into_view_if_needed()
        assert disc.evaluate("d => getComputedStyle(d).backgroundColor") != disc.evaluate(
            "d => getComputedStyle(d).color"
        )
    assert len(seen) > 4


def test_what_an_address_leads_to_is_seen_in_the_readers_own_colours(
    brief: Path, visit: Opener
) -> None:
    """A line around it, for the tint is gone; and the sheet of a phone has an edge."""
    page = visit(brief, query="#s2", colours="active")
    outline = page.locator("#s2").evaluate("row => getComputedStyle(row).outlineStyle")
    assert outline == "solid"
    page.locator("#q2 .in-document a").click()
    mark = page.locator("mark:target")
    assert mark.evaluate("mark => getComputedStyle(mark).outlineStyle") == "solid"
    words, fill = mark.evaluate(
        "m => [getComputedStyle(m).color, getComputedStyle(m).backgroundColor]"
    )
    assert words != fill
    page = visit(brief, PHONE, colours="active")
    page.locator("#s2 a.cite").tap()
    assert (
        page.locator(CARD).evaluate("card => parseInt(getComputedStyle(card).borderTopWidth)") > 0
    )


def test_the_pictures_words_have_room(
    brief: Path, harbour: Path, persian: Path, visit: Opener
) -> None:
    """On an axis no word touches another or is cut; no page moves sideways; at any width."""
    pages = [visit(path) for path in (brief, harbour, persian)]
    for page, width in product(pages, cases([320, 768, DESK], PHONE, 1000, 1220, 1920)):
        page.set_viewport_size({"width": width, "height": 720})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        months = page.evaluate(BOXES, ".axis .tick > span")
        for words in (months, page.evaluate(BOXES, ".strip th:not(.st-age), .age-tick > span")):
            assert words
            assert not [pair for pair in combinations(words, 2) if touch(*pair)]
        track = page.locator(".tl").bounding_box()
        assert track
        assert min(left for left, *_ in months) >= track["x"]
        assert max(right for *_, right, _ in months) <= track["x"] + track["width"]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_days_above_the_lanes_have_room(opens: Opens, language: str) -> None:
    """On a phone the first begins at its mark and the last ends there: neither is cut."""
    page = opens(weekly("border-clashes", language), 360)
    track = page.locator(".ln-head .ln-track").bounding_box()
    assert track
    days = page.evaluate(BOXES, ".ln-head .tick > span")
    assert len(days) > 1
    assert not [pair for pair in combinations(days, 2) if touch(*pair)]
    assert min(left for left, *_ in days) >= track["x"]
    assert max(right for *_, right, _ in days) <= track["x"] + track["width"]


def test_words_of_a_key_figure_begin_where_their_language_does(opens: Opens) -> None:
    """English on a Pashto page, to the left, on a phone too, where they stand below the figure."""
    page = opens(weekly("un-staff-ban", "ps"), PHONE)
    lines = page.locator(".figures .what").evaluate(
        """(told) => {
          const text = new Range();
          text.selectNodeContents(told);
          return [...text.getClientRects()].map((line) => [line.top, line.left]);
        }"""
    )
    begun = {round(top / 12): left for top, left in reversed(lines)}
    assert len(begun) > 2
    assert max(begun.values()) - min(begun.values()) < 2


LENGTHEN = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  const ours = "script, style, button, label, summary, .axis *, .map *, .ln-row *, .or-marks"
    + ", .legend, .feeds";
  for (const text of texts) {
    const words = text.data.trim();
    if (words.length > 25 && !text.parentElement.closest(ours)) text.data += " " + "Wm".repeat(40);
  }
}"""
"""A word of eighty letters behind each text of some length, whoever wrote it."""


@pytest.mark.parametrize("width", cases([320, 800, DESK], PHONE, 1000, 1920))
def test_a_long_word_breaks_wherever_it_stands(
    brief: Path, harbour: Path, persian: Path, visit: Opener, width: int
) -> None:
    """An address or a token in a headline, a statement or a name: no page moves sideways."""
    for path in (brief, harbour, persian):
        page = visit(path)
        page.set_viewport_size({"width": width, "height": 720})
        page.evaluate(LENGTHEN)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", cases([PHONE, DESK], 1000))
def test_no_control_covers_a_word(brief: Path, harbour: Path, visit: Opener, width: int) -> None:
    """`Copy` stands beside what it copies, whether it is seen always or when pointed at."""
    for path in (brief, harbour):
        page = visit(path, width)
        assert page.locator(".judgement .copy").count()
        covered = page.evaluate(
            """() => [...document.querySelectorAll('.copy')].filter(copy => {
              const range = new Range();
              range.selectNodeContents(copy);
              const at = range.getBoundingClientRect();
              const words = copy.closest('.row, .judgement, .contest');
              return [...words.querySelectorAll('.statement, .voice, .because, h3, td, th')].some(
                part => {
                  range.selectNodeContents(part);
                  if (part.contains(copy)) range.setEndBefore(copy);
                  return [...range.getClientRects()].some(line => line.width > 1 &&
                    line.left < at.right && at.left < line.right &&
                    line.top + 3 < at.bottom && at.top < line.bottom - 3);
                });
            }).map(copy => copy.ariaLabel)"""
        )
        assert covered == [], path.name


def test_a_phones_map_shows_its_middle(brief: Path, persian: Path, visit: Opener) -> None:
    """From edge to edge, so that one sees that it goes on at both."""
    for path, side in ((brief, 1), (persian, -1)):
        page = visit(path, PHONE)
        box, at, most = page.locator(".map-scroll").evaluate(
            "map => [map.getBoundingClientRect().toJSON(), map.scrollLeft,"
            " map.scrollWidth - map.clientWidth]"
        )
        assert (box["left"], box["right"]) == (0, PHONE)
        assert most > 0
        assert at * side == pytest.approx(most / 2, abs=1)


def test_a_phones_map_shows_where_most_is_told_of(
    brief: Path, persian: Path, visit: Opener
) -> None:
    """At either edge, in either direction: the place of most facts is in view, whole."""
    for path in (brief, persian):
        page = visit(path, PHONE)
        for at in ("3%", "97%"):
            page.evaluate(
                """at => {
                  const dots = [...document.querySelectorAll('.map-dot')];
                  const most = dots.toSorted((a, b) => b.dataset.items.split(' ').length
                    - a.dataset.items.split(' ').length)[0];
                  for (const dot of dots) dot.style.left = at === '3%' ? '97%' : '3%';
                  most.style.left = at;
                  most.dataset.items += ' more'.repeat(9);
                  for (const fold of document.querySelectorAll('details.fold'))
                    fold.dispatchEvent(new Event('toggle'));
                }""",
                at,
            )
            seen = page.evaluate(
                """() => {
                  const most = [...document.querySelectorAll('.map-dot')].toSorted((a, b) =>
                    b.dataset.items.split(' ').length - a.dataset.items.split(' ').length)[0];
                  return most.firstElementChild.getBoundingClientRect().toJSON();
                }"""
            )
            assert 0 <= seen["left"] < seen["right"] <= PHONE, (path.name, at, seen)


def test_a_report_on_page_one_has_the_width_of_its_column(
    harbour: Path, persian: Path, visit: Opener
) -> None:
    """Its head stands above it; beside it, it would leave a narrow column of a column."""
    for path in (harbour, persian):
        page = visit(path, DESK)
        column = page.locator(".column.wide").bounding_box()
        told = page.locator(".news > .report > .telling").first.bounding_box()
        assert column
        assert told
        assert told["width"] > column["width"] * 0.8


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_phones_map_leaves_a_place_room_for_its_name(
    templates: jinja2.Environment, tmp_path: Path, visit: Opener, language: str
) -> None:
    """Where places lie too far apart for a phone, too."""
    file = tmp_path / "brief.html"
    file.write_text(
        BriefPage(weekly("tehran-meeting", language), "screen").text(templates), "utf-8"
    )
    page = visit(file, PHONE)
    page.locator(".map-scroll").scroll_into_view_if_needed()
    names = page.evaluate(
        """() => {
          const sides = (node) => {
            const text = new Range();
            text.selectNodeContents(node);
            return text.getBoundingClientRect();
          };
          const isSeen = ({ left, right }) => left >= 0 && right <= innerWidth;
          const dotOf = (name) => document.getElementById(name.id.replace('name', 'dot'));
          return [...document.querySelectorAll('.map-name')]
            .filter((name) => isSeen(sides(dotOf(name).firstElementChild)))
            .map((name) => [name.textContent, isSeen(sides(name.firstElementChild))]);
        }"""
    )
    assert names
    assert all(whole for _, whole in names), names


def test_the_bottom_line_begins_on_a_phones_first_screen(brief: Path, visit: Opener) -> None:
    """After what the brief is about, and not after all that it holds."""
    line = visit(brief, PHONE).locator(".leading h1").bounding_box()
    assert line
    assert line["y"] < 720


def test_a_finger_finds_what_it_aims_at(brief: Path, visit: Opener) -> None:
    """A number is small to the eye only; what one writes in does not enlarge the page."""
    page = visit(brief, PHONE)
    for link in page.locator(".voice .disputed a, .rests a.ref").all():
        link.evaluate("link => link.scrollIntoView({ block: 'center' })")
        box = link.bounding_box()
        assert box
        aim = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + 11)
        hit = link.evaluate("(a, [x, y]) => document.elementFromPoint(x, y) === a", list(aim))
        assert hit, link.get_attribute("href")
    page.locator(".finder summary").tap()
    for field in page.locator(".finder input, .finder select").all():
        assert field.evaluate("field => parseFloat(getComputedStyle(field).fontSize)") >= 16


def test_a_quote_in_another_direction_starts_at_its_side(persian: Path, visit: Opener) -> None:
    """Whatever a browser lets a list say of its lines; Firefox takes the list's direction."""
    page = visit(persian)
    page.evaluate(
        "document.styleSheets[0].insertRule('@layer browser { li { text-align: right } }', 0)"
    )
    quotes = page.evaluate(BOXES, '.quote .passage-text[dir="ltr"]')
    starts = [box.bounding_box() for box in page.locator('.quote .passage-text[dir="ltr"]').all()]
    assert len(quotes) > 5
    for (left, *_), whole in zip(quotes, starts, strict=True):
        assert whole
        assert left == pytest.approx(whole["x"], abs=1)


def test_what_follows_a_latin_grade_stands_behind_it(persian: Path, visit: Opener) -> None:
    """From right to left: the grade, then the sentence that rests on the quote."""
    page = visit(persian)
    places = page.locator(".quote .place").all()
    assert places
    for place in places:
        grade, number = (place.locator(each).first.bounding_box() for each in (".grade", "a.ref"))
        assert grade
        assert number
        if abs(grade["y"] - number["y"]) < 5:
            assert number["x"] + number["width"] <= grade["x"]


def test_a_marking_keeps_its_colour_on_paper(harbour: Path, tab: Tab) -> None:
    """TLP:CLEAR is white on black, though browsers darken letters where they print no ground."""
    page = tab()
    page.goto(harbour.as_uri())
    paper = page.pdf(format="A4", print_background=False)
    for sheet in pypdfium2.PdfDocument(paper):
        head = sheet.render(scale=3).to_pil().convert("L").crop((0, 0, 3 * 595, 3 * 50))
        label = head.crop(head.point(lambda level: 255 * (level < 8)).getbbox())
        assert label.getextrema()[1] > 250


@pytest.mark.parametrize("width", cases([DESK], PHONE))
def test_copying_needs_no_pointer_to_be_seen(brief: Path, visit: Opener, width: int) -> None:
    """Its button is there before anybody points at the sentence."""
    seen = (
        visit(brief, width)
        .locator(".copy")
        .evaluate_all("(copies) => copies.map((copy) => getComputedStyle(copy).opacity)")
    )
    assert set(seen) == {"1"}


@pytest.mark.parametrize(("width", "height"), cases([(320, 180), (PHONE, 720)], (DESK, 720)))
def test_a_filter_leaves_room_to_read(brief: Path, visit: Opener, width: int, height: int) -> None:
    """At 400 % too, where 1280 by 720 pixels are 320 by 180: its bar goes with the page there."""
    page = visit(brief, width, query="?actor=company")
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("document.getElementById('quotes').scrollIntoView()")
    bar = page.locator(".filtered").bounding_box()
    assert bar
    assert max(0, bar["y"] + bar["height"]) < height / 4


def test_a_page_has_its_icon_with_it(brief: Path, visit: Opener) -> None:
    """One that is a picture, and no file that a browser would ask for."""
    icon = (
        visit(brief)
        .locator('link[rel="icon"]')
        .evaluate(
            "async (link) => { const icon = new Image(); icon.src = link.href;"
            " await icon.decode(); return [link.href.slice(0, 5), icon.naturalWidth]; }"
        )
    )
    assert icon == ["data:", 16]


@pytest.mark.parametrize("width", cases([PHONE], DESK))
def test_the_annex_is_folded_until_it_is_needed(brief: Path, visit: Opener, width: int) -> None:
    """The brief ends after its second page; a link, an address or a filter opens what it needs."""
    page = visit(brief, width, folded=True)
    row = page.locator("#s1")
    assert not row.is_visible()
    page.locator('main .page-one a.ref[href="#s1"], main .page-two a.ref[href="#s1"]').first.click()
    assert row.is_visible()
    assert not visit(brief, width, folded=True).locator("#q1").is_visible()
    assert visit(brief, width, folded=True, query="#q1").locator("#q1").is_visible()
    assert visit(brief, width, folded=True, query="?q=ferry").locator(".row.item:visible").count()


def test_few_stops_for_keys_and_each_says_where_it_leads(brief: Path, visit: Opener) -> None:
    """A number alone is no name of a link, in the folded annex neither."""
    page = visit(brief, folded=True)
    stops = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input, select, summary')].map((node) => ["
        "(node.getAttribute('aria-label') ?? node.textContent).trim(),"
        "node.checkVisibility({ contentVisibilityAuto: true })])"
    )
    assert 20 < sum(is_visible for _, is_visible in stops) < 150
    assert not [name for name, _ in stops if name.isdigit()]


def test_numbers_that_stand_together_are_one_stop(shared: Shared, visit: Opener) -> None:
    """On a brief of sixty facts too there are few; arrows lead from number to number."""
    shown = weekly("tehran-meeting")
    assert len(shown.sentences) > 57

    def make(file: Path) -> None:
        file.write_text(BriefPage(shown, "screen").text(environment()), encoding="utf-8")

    page = visit(shared("screen-tehran.html", make), folded=True)
    stops = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input, select, summary')].filter((node) =>"
        "node.tabIndex >= 0 && node.checkVisibility({ contentVisibilityAuto: true })).length"
    )
    assert 20 < stops < 150
    numbers = page.locator(".bottom-line .rests").first.locator("a.ref")
    numbers.first.focus()
    page.keyboard.press("ArrowRight")
    assert numbers.nth(1).evaluate("e => e === document.activeElement")
    page.keyboard.press("ArrowLeft")
    assert numbers.first.evaluate("e => e === document.activeElement")


def test_an_item_has_an_address_that_lasts(brief: Path, visit: Opener) -> None:
    """By the id of its fact, which no later edition numbers anew."""
    page = visit(brief)
    item = page.locator(".row.item .self").first
    address = item.get_attribute("href") or ""
    assert address.startswith("#fact-")
    item.click()
    assert page.url.endswith(address)
    assert visit(brief, folded=True, query=address).locator(address).is_visible()


def test_a_brief_can_be_shared(brief: Path, visit: Opener) -> None:
    """Where the browser has no way of its own, its address is copied and the button says so."""
    page = visit(brief)
    page.evaluate("delete Navigator.prototype.share")
    page.locator(".acts .share").click()
    expect(page.locator(".acts .share")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == brief.as_uri()


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_no_two_lines_that_fell_back_run_the_wrong_way(opens: Opens, medium: Medium) -> None:
    """Prose of the other direction stands in a block of its own; but for names, which are words."""
    shown = weekly("tehran-meeting", "ps")
    new = [
        Change(ChangeKind.NEW, subject, id_, text)
        for subject, id_, text in (
            (Subject.JUDGEMENT, FactId(shown.judgements[0].judgement.id), "It is likely."),
            *((Subject.FACT, each.fact.id, "So it is.") for each in shown.sentences),
        )
    ]
    words = "What nobody says any longer was said at some length, and in one sentence of English."
    new += [
        Change(kind, Subject.FACT, FactId("gone"), words, why="So.", on=AS_OF)
        for kind in (ChangeKind.WITHDRAWN, ChangeKind.NO_LONGER_SHOWN)
    ]
    shown = replace(shown, changes=Changes(AS_OF, False, "", tuple(new)))
    opened = opens(shown, 640, medium)
    turned, wrong = opened.evaluate(
        """() => {
          for (const each of document.querySelectorAll('details')) each.open = true;
          const words = [...document.querySelectorAll(':is([lang="en"], [lang="und"])')].filter(
            bdi => bdi.localName === 'bdi' && bdi.textContent.split(' ').length > 5 &&
              !bdi.matches('.ln-label bdi, .actors .main > bdi'));
          const direction = bdi => {
            let block = bdi;
            while (getComputedStyle(block).display.startsWith('inline') &&
              getComputedStyle(block).display !== 'inline-block') block = block.parentElement;
            return getComputedStyle(block).direction;
          };
          const wrong = words.filter(bdi => direction(bdi) !== 'ltr' &&
            new Set([...bdi.getClientRects()].map(box => Math.round(box.top))).size > 1);
          return [words.length, wrong.map(bdi => bdi.parentElement.outerHTML.slice(0, 300))];
        }"""
    )
    assert turned > 100
    assert wrong == []
    # Which way a text of no known language runs is ours to say: WeasyPrint finds it for no element.
    assert 'dir="auto"' not in opened.content()


@pytest.mark.parametrize("width", [320, 360, 412, 700, 1280])
def test_no_headline_parts_a_day_from_its_month(opens: Opens, width: int) -> None:
    """On a screen of any width."""
    opened = opens(weekly("un-staff-ban"), width)
    day = opened.locator("h1 .whole")
    assert day.inner_text() == "7 December"
    assert day.evaluate("each => each.getClientRects().length") == 1


@pytest.mark.parametrize("width", [320, 360, 412])
@pytest.mark.parametrize("language", cases(("en", "fa"), "ps", "fa-AF"))
def test_no_date_is_parted_that_a_line_has_room_for(
    opens: Opens, language: str, width: int
) -> None:
    """In the running line of a phone, and where it is said who said what when."""
    opened = opens(weekly("border-clashes", language), width)
    opened.evaluate(UNFOLD)
    dates = opened.locator(".running .date, .contest .date, .head > .day")
    parted = dates.evaluate_all(
        """(dates) => dates.map((each) => {
          const text = new Range();
          text.selectNodeContents(each);
          const lines = new Set([...text.getClientRects()].map((one) => Math.round(one.bottom)));
          return [lines.size, each.textContent];
        }).filter(([lines]) => lines > 1)"""
    )
    assert dates.count() > 20
    assert parted == []


def test_a_figure_leaves_its_words_the_width_of_a_phone(opens: Opens) -> None:
    """They stand below it there, and beside it on a desk."""
    for width, is_below in ((360, True), (1280, False)):
        opened = opens(weekly("un-staff-ban"), width)
        figure, words = (opened.locator(f".figures {part}").first for part in (".figure", ".what"))
        above, box = figure.bounding_box(), words.bounding_box()
        assert above is not None
        assert box is not None
        assert (box["y"] >= above["y"] + above["height"]) == is_below
        assert box["width"] > 0.8 * width or not is_below


@pytest.mark.parametrize("language", cases(("ps",), "en", "fa"))
def test_nothing_stands_on_the_words_of_a_dispute(opens: Opens, language: str) -> None:
    """What copies it stands beside its question, whichever way that runs."""
    opened = opens(weekly("border-clashes", language), 1280)
    count, covered = opened.evaluate(
        """() => {
          const buttons = [...document.querySelectorAll('.contest > .copy')];
          const words = button => {
            const range = document.createRange();
            range.selectNodeContents(button.parentElement.querySelector('h3'));
            return [...range.getClientRects()];
          };
          const covers = button => {
            const box = button.getBoundingClientRect();
            return words(button).some(each => each.left < box.right && box.left < each.right &&
              each.top < box.bottom && box.top < each.bottom);
          };
          return [buttons.length, buttons.filter(covers).length];
        }"""
    )
    assert count > 1
    assert covered == 0


@pytest.mark.parametrize("language", cases(("en",), "fa"))
def test_no_line_of_a_picture_runs_through_its_words(opens: Opens, language: str) -> None:
    """The lines of its days are short, so that what stands beside a mark is read."""
    opened = opens(weekly("border-clashes", language), DESK)
    words = opened.evaluate(BOXES, ".ln-track > .ln-label")
    lines = opened.evaluate(
        "[...document.querySelectorAll('.ln-line')]"
        ".map(line => line.getBoundingClientRect())"
        ".map(at => [at.left, at.top, at.right, at.bottom])"
    )
    assert words
    assert lines
    assert not [pair for pair in product(words, lines) if touch(*pair, gap=-2)]


@pytest.mark.parametrize("language", cases(("fa",), "en"))
def test_a_picture_on_a_phone_names_days_and_voices_whole(opens: Opens, language: str) -> None:
    """No day touches another or the edge, and no name of a voice is cut to fit its column."""
    opened = opens(weekly("tehran-meeting", language), PHONE)
    opened.evaluate(UNFOLD)
    days = opened.evaluate(BOXES, ".ln-head .tick > span")
    assert len(days) > 1
    assert not [pair for pair in combinations(days, 2) if touch(*pair)]
    assert min(left for left, *_ in days) >= 0
    assert max(right for _, _, right, _ in days) <= PHONE
    cut = opened.evaluate(
        """() => [...document.querySelectorAll('.matrix thead th:not(.mx-point)')].filter(head => {
          const widest = document.createElement('span');
          widest.style.cssText = 'position: absolute; width: min-content; overflow-wrap: normal';
          widest.textContent = head.textContent;
          head.append(widest);
          const needed = widest.offsetWidth;
          widest.remove();
          const { paddingLeft, paddingRight } = getComputedStyle(head);
          return needed > head.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
        }).map(head => head.textContent)"""
    )
    assert cut == []


@pytest.mark.parametrize("language", cases(("en",), "fa"))
def test_other_languages_cover_half_of_nothing_on_a_phone(
    persian: Path, visit: Opener, language: str
) -> None:
    """They stand at the foot of its window, from one side to the other."""
    page = visit(persian.with_name(f"basin-closure.{language}.html"), PHONE)
    bar = page.locator(".brief .languages").bounding_box()
    size = page.viewport_size
    assert bar
    assert size
    assert (bar["x"], bar["width"]) == (0, size["width"])
    assert bar["y"] + bar["height"] == size["height"]


def test_our_sentence_that_names_a_publisher_to_the_left_reads_to_the_right(
    persian: Path, visit: Opener
) -> None:
    """On page one, how good the sources are is told in Persian, with their names as they are."""
    page = visit(persian, DESK)
    directions = page.evaluate(
        """() => [...document.querySelectorAll('.trust .point:has(bdi[dir="ltr"])')]
          .map(point => getComputedStyle(point).direction)"""
    )
    assert directions == ["rtl"] * 3
