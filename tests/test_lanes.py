"""The lanes on page one, who acted or spoke and when: their words have room, and all is counted."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import jinja2
import pytest
from breadth import cases
from browsers import Tab
from desks import weekly

from briefings.core.model import PaperSize
from briefings.render.figures import captions, lanes
from briefings.render.html.page import BriefPage


def test_lanes_leave_the_news_most_of_the_width() -> None:
    """What is long ago has a part of its own, and words that stand on a break leave it out."""
    picture = lanes.lanes(weekly("border-clashes"))
    assert picture is not None
    assert picture.breaks
    assert picture.breaks[0] < 50 < picture.period[0] < picture.period[1] < 85
    assert all(
        not stop.label.reach[0] < picture.breaks[number - 1] < stop.label.reach[1]
        for lane in picture.lanes
        for number in lane.breaks
        for stop in lane.stops
    )


def test_lanes_put_a_few_facts_into_words_and_count_all() -> None:
    """A lane counts all facts of its actor, as the title does: each fact is counted once."""
    shown = weekly("tehran-meeting")
    picture = lanes.lanes(shown)
    assert picture is not None
    assert 2 <= len(picture.lanes) <= lanes.MOST
    counted = [each.fact.id for lane in picture.lanes for each in lane.sentences]
    others = [each.fact.id for each in picture.others]
    assert picture.foremost is not None
    assert len(picture.foremost.sentences) == max(len(lane.sentences) for lane in picture.lanes)
    assert sorted([*counted, *others]) == sorted(each.fact.id for each in shown.sentences)
    for lane in picture.lanes:
        assert lane.stops
        for stop in lane.stops:
            assert set(stop.sentences) <= set(lane.sentences)
            assert stop.label.sentence in stop.sentences
    left, right = (lanes.rules(picture, side) for side in ("left", "right"))
    assert left.replace("left:", "x:").replace("right:", "left:").replace("x:", "right:") == right


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("topic", ["tehran-meeting", "border-clashes", "un-staff-ban"])
def test_words_of_lanes_have_room(topic: str, language: str) -> None:
    """No two touch, none leaves its track, and none is cut down to a word or two.

    At least one lane has two marks: a list of single ones would say as much.
    """
    picture = lanes.lanes(weekly(topic, language))
    assert picture is not None
    assert len(picture.lanes) <= picture.lines <= lanes.MOST_LINES
    assert max(len(lane.stops) for lane in picture.lanes) > 1
    for lane in picture.lanes:
        for line in range(1, lane.lines + 1):
            reaches = sorted(stop.label.reach for stop in lane.stops if stop.line == line)
            assert reaches
            assert all(0 <= begin < end <= 98 for begin, end in reaches)
            assert all(end < begin for (_, end), (begin, _) in pairwise(reaches))
        for stop in lane.stops:
            text = stop.label.text
            assert len(text) <= captions.MOST_LETTERS + 1
            assert not text.endswith("…") or len(text.split()) >= 4


def test_wide_letters_need_more_room_in_a_lane() -> None:
    """As those of Ethiopia; so fewer of them are kept. Narrow ones count as what they are."""
    words = "ኢኔስ ካልደር ወደቡ በደለል እየተሞላ ነው መጠበቅም አይችልም አለች"
    assert captions._letters(words) > len(words) + 4
    assert captions._letters(captions._cut(words, 40)) <= 42
    assert captions._letters("illicit") == len("illicit")


def test_an_account_is_named_where_it_begins() -> None:
    """By its headline, on the day of its first fact; elsewhere its other facts are not it."""
    shown = weekly("tehran-meeting")
    picture = lanes.lanes(shown)
    assert picture is not None
    by_headline = {
        view.account.headline.best("en")[1]: view.sentences[0]
        for view in shown.accounts
        if view.account.headline is not None
    }
    labels = [stop.label for lane in picture.lanes for stop in lane.stops]
    named = [label for label in labels if label.text in by_headline]
    assert len(named) >= 3
    assert all(label.sentence == by_headline[label.text] for label in named)


def test_lanes_say_that_their_scale_changes(templates: jinja2.Environment) -> None:
    """Where it does: what stands close there is not close in time."""
    shown = weekly("border-clashes")
    html = BriefPage(shown, "print", paper=PaperSize.A4).text(templates)
    picture = lanes.lanes(shown)
    assert picture is not None
    assert picture.breaks
    assert "Earlier days stand closer." in html
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "briefings.render.html.page.lanes.lanes", lambda _: replace(picture, breaks=())
        )
        html = BriefPage(shown, "print", paper=PaperSize.A4).text(templates)
    assert "Earlier days stand closer." not in html


@pytest.mark.parametrize("language", cases(("fa", "ps"), "en", "fa-AF"))
def test_no_label_of_a_lane_is_cut_on_a_screen(
    templates: jinja2.Environment, tab: Tab, tmp_path: Path, language: str
) -> None:
    """Words and number both, where the picture is narrowest and has its columns."""
    file = tmp_path / "brief.html"
    shown = weekly("tehran-meeting", language)
    file.write_text(BriefPage(shown, "screen").text(templates), encoding="utf-8")
    opened = tab(viewport={"width": 1280, "height": 900})
    opened.goto(file.as_uri())
    opened.evaluate("document.fonts.ready")
    cut = opened.evaluate(
        """() => [...document.querySelectorAll('.ln-label')].filter(label => {
          const track = label.closest('.ln-track').getBoundingClientRect();
          const words = label.firstElementChild.getBoundingClientRect();
          return words.left < track.left - 0.5 || words.right > track.right + 0.5;
        }).map(label => label.textContent)"""
    )
    assert cut == []
