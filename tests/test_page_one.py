"""The first two pages: what they hold, what they count, and that they hold on two pages."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import jinja2
import pypdfium2
import pytest
from command import run
from desks import reference
from pypdfium2 import raw
from strait_desk import edition, strait

from briefings.compose.edition import compose
from briefings.compose.selection import window
from briefings.core.edition import Edition, EditionSpec
from briefings.core.model import ContestKind, PaperSize, Period, TopicId
from briefings.render.figures import lanes
from briefings.render.html import page
from briefings.render.html.environment import environment
from briefings.render.html.room import room
from briefings.render.plain import plain

WEEKLY = {
    "tehran-meeting": "fa",
    "border-clashes": "ps",
    "un-staff-ban": "fa-AF",
    "opposition-outreach": "ps",
}
"""The topics, each with a language besides English in which its first pages are set."""
AS_OF = date(2025, 12, 14)
SMALLEST = 8.5
"""In points; only raised numbers are smaller."""


@pytest.fixture(scope="module")
def templates() -> jinja2.Environment:
    return environment()


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return edition(strait(tmp_path_factory.mktemp("strait")))


@cache
def weekly(topic: str) -> Edition:
    name = TopicId(topic)
    spec = EditionSpec(topic, (name,), AS_OF, AS_OF, window(AS_OF, Period.WEEK), "en")
    return compose(reference(), spec)


@pytest.mark.parametrize(
    ("topic", "language", "paper"),
    [
        (topic, language, (PaperSize.A4, PaperSize.LETTER)[(number + turn) % 2])
        for number, (topic, other) in enumerate(WEEKLY.items())
        for turn, language in enumerate(("en", other))
    ],
)
def test_page_two_ends_on_page_two(
    front_of: Callable[[str, str, PaperSize], Path], topic: str, language: str, paper: PaperSize
) -> None:
    """Alone, without the annex: two sheets, whatever the language and the size."""
    document = pypdfium2.PdfDocument(front_of(topic, language, paper))
    assert len(document) == 2
    assert min(_sizes(document)) >= SMALLEST - 0.05


def _sizes(document: pypdfium2.PdfDocument) -> set[float]:
    """The sizes of all letters but digits and what stands between them."""
    sizes: set[float] = set()
    for sheet in document:
        text = sheet.get_textpage()
        for index in range(text.count_chars()):
            letter = chr(raw.FPDFText_GetUnicode(text.raw, index))
            matrix = raw.FS_MATRIX()
            raw.FPDFText_GetMatrix(text.raw, index, ctypes.byref(matrix))
            if letter.isalpha():
                size = raw.FPDFText_GetFontSize(text.raw, index) * abs(matrix.d or matrix.a)
                sizes.add(round(size, 2))
    return sizes


def test_what_has_no_room_is_counted(templates: jinja2.Environment) -> None:
    """On the page itself, and what is shown and what is counted makes all."""
    shown = weekly("tehran-meeting")
    fits = room(shown, PaperSize.LETTER, annex=True)
    html = page.brief(templates, shown, medium="print", paper=PaperSize.LETTER)
    first = html.split('<div class="page-two">')[0]
    for total, count, target in (
        (len(shown.front.news), fits.news, "developments"),
        (len(shown.front.disputes), fits.disputes, "contested"),
        (len(shown.gaps), fits.gaps, "gaps"),
    ):
        assert 0 < count <= total
        assert count == total or re.search(
            rf'<a href="#{target}"[^>]*>{total - count} more</a>', first
        )


def test_a_summary_leads_and_its_claims_name_their_facts(templates: jinja2.Environment) -> None:
    """Its headline is the title of the page; each claim of its standfirst leads to its facts."""
    shown = weekly("un-staff-ban")
    assert shown.summary is not None
    html = page.brief(templates, shown, medium="screen")
    headline = shown.summary.summary.headline.best("en")[1]
    assert f"<h1>{headline}</h1>" in html
    standfirst = re.search(r'<p class="standfirst".*?</p>', html, re.DOTALL)
    assert standfirst is not None
    for fact in shown.summary.summary.facts:
        sentence = shown.sentence(fact)
        assert sentence is not None
        assert f'href="#{sentence.id}"' in standfirst[0]
        assert fact in " ".join(re.findall(r'data-facts="([^"]*)"', standfirst[0])).split()


def test_without_a_summary_the_first_judgement_leads(week: Edition) -> None:
    """And without a judgement the title of the edition."""
    assert week.summary is None
    assert week.front.headline == week.judgements[0].judgement.statement
    silent = replace(week.spec, topics=(TopicId("silence"),))
    assert silent.topics != week.spec.topics


def test_what_an_account_tells_is_not_told_again() -> None:
    """Its facts stand in no group beside it; each development is in one report or more."""
    shown = weekly("border-clashes")
    grouped = [
        sentence.fact.id
        for report in shown.front.reports
        if report.account is None
        for sentence in report.sentences
    ]
    told = {fact for view in shown.accounts for fact in view.account.facts}
    assert told.isdisjoint(grouped)
    assert len(grouped) == len(set(grouped))
    assert {sentence.fact.id for sentence in shown.developments} <= told | set(grouped)


def test_points_that_differ_in_detail_stand_in_the_annex(
    templates: jinja2.Environment,
) -> None:
    """Only where both can't be so is it on the first two pages; the numbers run on."""
    shown = weekly("un-staff-ban")
    kinds = {view.contest.id: view.contest.kind for view in shown.contests}
    assert ContestKind.DETAIL in kinds.values()
    html = page.brief(templates, shown, medium="print")
    front, _, annex = html.partition('<div class="annex">')
    for name, kind in kinds.items():
        assert (f'id="contest-{name}"' in front) <= (kind is ContestKind.DISAGREE)
        assert f'id="contest-{name}"' in front + annex


def test_the_front_stands_alone(templates: jinja2.Environment, week: Edition) -> None:
    """Without the annex nothing leads into it, and the foot says where the proof is."""
    html = page.brief(templates, week, medium="print", annex=False)
    ids = set(re.findall(r' id="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= ids
    assert "the whole brief proves every ¶ by a quote" in html
    assert 'class="annex"' not in html


def test_lanes_hold_every_dated_fact_of_their_actors() -> None:
    """Each mark has its facts, each lane at least one mark; what is not drawn is counted."""
    shown = weekly("tehran-meeting")
    picture = lanes.lanes(shown)
    assert picture is not None
    assert 2 <= len(picture.lanes) <= lanes.MOST
    drawn = [
        sentence.id
        for lane in picture.lanes
        for sentence in (*lane.undated, *(each for stop in lane.stops for each in stop.sentences))
    ]
    others = [sentence.id for sentence in picture.others]
    assert sorted([*drawn, *others]) == sorted(sentence.id for sentence in shown.sentences)
    left, right = (lanes.rules(picture, side) for side in ("left", "right"))
    assert left.replace("left:", "x:").replace("right:", "left:").replace("x:", "right:") == right


@pytest.mark.parametrize("form", ["md", "txt"])
def test_an_email_holds_the_gist(tmp_path: Path, form: str) -> None:
    """Headline, judgements, disputes and unknowns as text, and where the proof stands."""
    strait(tmp_path)
    done = run("build", "--base", str(tmp_path), "--as-of", "2031-05-18", "--topic", "ferries",
               "--out", str(tmp_path / "out"), "--format", f"html,{form}")  # fmt: skip
    assert done.exit_code == 0, done.stderr
    text = (tmp_path / "out" / f"ferries.en.{form}").read_text(encoding="utf-8")
    for words in (
        "It is very likely that no ferry sails in this week.",
        "What we judge",
        "By how much was the toll raised?",
        "What do the pilots say themselves?",
        "ferries.en.html",
        "TLP:GREEN",
    ):
        assert words in text, words
    assert ("## " in text) == (form == "md")


def test_markdown_is_never_taken_from_a_text(week: Edition) -> None:
    """What a text holds that Markdown would read is escaped."""
    title = replace(week.title, forms=(("en", "1. *Ships* [and](x) <b>"),))
    bare = replace(week, front=replace(week.front, headline=None), title=title)
    assert rb"# 1\. \*Ships\* \[and\](x) \<b\>" in plain(bare, "md", ())
    assert b"1. *Ships* [and](x) <b>" in plain(bare, "txt", ())
