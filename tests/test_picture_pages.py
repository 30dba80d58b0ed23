"""The pictures as pages show them: the same facts in marks and in words, in either direction."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from itertools import pairwise

import jinja2
import pytest
from desks import weekly
from hypothesis import given
from hypothesis import strategies as st
from strait_desk import of_three

from briefings.core.edition import ContestView, Edition, Sentence
from briefings.core.model import FactId, LocalText, PlaceId, SourceId
from briefings.render.figures import ages, lanes, matrix, origins
from briefings.render.figures import locator as maps
from briefings.render.figures import timeline as timelines
from briefings.render.html import leads
from briefings.render.html.environment import environment
from briefings.render.html.fill import Medium
from briefings.render.html.front_words import FrontWords
from briefings.render.html.page import BriefPage
from briefings.render.html.world import world_map
from briefings.render.l10n.locales import Locale

MEDIA: tuple[Medium, ...] = ("screen", "print")


def _part(html: str, name: str) -> str:
    """The part of a brief under the heading with that id."""
    return html.split(f'<section aria-labelledby="{name}"', 1)[1].split("</section>", 1)[0]


def _rows(part: str, table: str) -> list[str]:
    table_match = re.search(rf'<table class="{table}".*?</table>', part, re.DOTALL)
    assert table_match is not None
    return re.findall(r"<tr.*?</tr>", table_match[0], re.DOTALL)


def _words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", markup).split())


@pytest.mark.parametrize("medium", MEDIA)
def test_what_the_timeline_draws_it_says(
    strait_week: Edition, templates: jinja2.Environment, medium: Medium
) -> None:
    """Every row has its dates in words and leads to its sentences; no mark stands without them."""
    rows = _rows(_part(BriefPage(strait_week, medium).text(templates), "timeline"), "timeline")[1:]
    picture = timelines.timeline(strait_week)
    assert picture is not None
    assert len(rows) == len(picture.rows)
    locale = Locale("en")
    for markup, row in zip(rows, picture.rows, strict=True):
        words = _words(markup)
        assert locale.when(row.event, "short") in words
        assert locale.day(row.known_on, "short") in words
        assert (row.due_on is None) == ("due" not in words)
        for sentence in row.sentences:
            assert f'href="#{sentence.id}"' in markup
        assert f'id="tl-event-{row.number}"' in markup
        assert f'id="tl-known-{row.number}"' in markup
        assert ("vague" in markup) == (row.bar.vague or (row.due is not None and row.due.vague))


@pytest.mark.parametrize("language", ["en", "fa"])
def test_below_a_picture_stands_whose_reports_it_draws(
    templates: jinja2.Environment, language: str
) -> None:
    """By name, with the day up to which they are known; no source that it does not draw."""
    shown = weekly("tehran-meeting", language)
    html = BriefPage(shown, "print").text(templates)
    locale = Locale(language)
    pictures = {
        "lanes": lanes.lanes(shown),
        "who-says-what": matrix.matrix(shown),
        "timeline": timelines.timeline(shown),
    }
    counts = set()
    for name, picture in pictures.items():
        assert picture is not None
        drawn = {each.source for one in picture.sentences for each in one.attributions}
        line = _words(_part(html, name).rsplit('<p class="legend drawn">', 1)[1].split("</p>")[0])
        assert line.endswith(locale.day(shown.spec.known_by, "short"))
        label = FrontWords(shown, locale).label
        told = {view.source for view in shown.sources if label(view.source) in line}
        assert told == drawn
        counts.add(len(told))
    assert len(counts) > 1
    assert html.count('class="legend drawn"') == 4  # that of the map is the other one


def test_a_tall_timeline_is_parted_on_paper(templates: jinja2.Environment) -> None:
    """Into parts of a few rows, each with its own axis; on a screen all stand below one."""
    shown = weekly("tehran-meeting")
    picture = timelines.timeline(shown)
    assert picture is not None
    sizes = [len(part) for part in picture.parts]
    assert len(sizes) > 1
    assert max(sizes) <= 4
    assert max(sizes) - min(sizes) <= 1
    assert [row for part in picture.parts for row in part] == list(picture.rows)
    tables: dict[Medium, list[int]] = {"screen": [len(picture.rows)], "print": sizes}
    for medium, rows in tables.items():
        part = _part(BriefPage(shown, medium).text(templates), "timeline")
        made = re.findall(r'<table class="timeline".*?</table>', part, re.DOTALL)
        assert [each.count("<tr") - 1 for each in made] == rows
        assert all(each.count('class="tick') == len(picture.ticks) for each in made)


def test_all_others_stand_in_one_row_of_the_last_part(
    strait_week: Edition, templates: jinja2.Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, however many parts there are."""
    picture = timelines.timeline(strait_week)
    assert picture is not None
    many = replace(picture, rows=picture.rows * 2, others=picture.rows[0].sentences, places=(9.0,))
    monkeypatch.setattr(timelines, "timeline", lambda _: many)
    part = _part(BriefPage(strait_week, "print").text(templates), "timeline")
    assert part.count('<table class="timeline"') == len(many.parts) > 1
    assert part.count(">Others<") == 1
    assert part.index(">Others<") > part.rindex("tl-event-")


def test_a_page_from_right_to_left_has_its_axis_so(strait_week: Edition) -> None:
    """The same numbers, counted from the other side; nothing else differs."""
    picture = timelines.timeline(strait_week)
    assert picture is not None
    left, right = (timelines.rules(picture, side) for side in ("left", "right"))
    assert right == left.replace("{left:", "{right:")
    assert "left" not in right
    one, other = (ages.rules(strait_week.sources, side) for side in ("left", "right"))
    assert other == one.replace("{left:", "{right:")


@pytest.mark.parametrize("medium", MEDIA)
def test_a_page_of_either_direction_uses_its_side(
    strait_week: Edition, templates: jinja2.Environment, medium: Medium
) -> None:
    """The map alone keeps left and right: the world is not mirrored."""
    persian = replace(strait_week, spec=replace(strait_week.spec, language="fa"))
    pages = [BriefPage(each, medium).text(templates) for each in (strait_week, persian)]
    for html, side in zip(pages, ("left", "right"), strict=True):
        assert re.search(rf"#tl-event-1\{{{side}:", html)
        assert re.search(r"#map-dot-1\{left:", html)
        assert '<div class="map-frame" dir="ltr">' in html


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("medium", MEDIA)
def test_who_says_what_has_each_account_under_its_voice(
    strait_week: Edition, templates: jinja2.Environment, medium: Medium, language: str
) -> None:
    """The head asks; each answer has a row, and its facts stand in the column of who gives it."""
    asked, view = of_three(strait_week)
    shown = replace(asked, spec=replace(asked.spec, language=language))
    part = _part(BriefPage(shown, medium).text(templates), "who-says-what")
    head, *answers = _rows(part, "matrix")
    voices = [unescape(_words(cell)) for cell in re.findall(r"<th.*?</th>", head)]
    assert view.contest.question.best(language)[1] in voices[0]
    assert voices[1:] == ["Herald", "Pilots' union"]
    for row, sentence, column in zip(answers, view.positions, (0, 1, 0), strict=True):
        cells = re.findall(r"<td.*?</td>", row, re.DOTALL)
        assert [f'href="#{sentence.id}"' in cell for cell in cells] == [
            column == turn for turn in range(len(cells))
        ]


def test_one_voice_alone_makes_no_table(strait_week: Edition) -> None:
    """What a single voice says otherwise at another time is told in words."""
    (view,) = strait_week.contests
    alone = replace(view, positions=(view.positions[0], view.positions[0]))
    assert (
        matrix.matrix(replace(strait_week, front=replace(strait_week.front, disputes=(alone,))))
        is None
    )


def test_a_voice_for_each_answer_makes_no_table(strait_week: Edition) -> None:
    """It would be a diagonal: the list of the answers says as much."""
    assert len(strait_week.front.disputes) == 1
    assert matrix.matrix(strait_week) is None


def test_each_point_has_columns_for_those_who_speak_on_it(strait_week: Edition) -> None:
    """Who is silent on a point has none there, so that no table is longer than its answers."""
    shown, view = of_three(strait_week)
    said = view.positions[0].attributions[0]
    other = replace(said, source=replace(said.source, id=SourceId("other")))
    both = replace(view.positions[0], attributions=(said, other))
    front = replace(
        shown.front, disputes=(view, replace(view, positions=(both, *view.positions[1:])))
    )
    picture = matrix.matrix(replace(shown, front=front))
    assert picture is not None
    assert [len(point.voices) for point in picture.points] == [2, 3]


def test_voices_beyond_the_columns_stand_together(strait_week: Edition) -> None:
    """Those who give most answers have columns; what the others say is lost nowhere."""
    (view,) = strait_week.contests
    sentence = view.positions[0]
    many = tuple(
        replace(
            sentence,
            id=f"s{number}",
            fact=replace(sentence.fact, id=FactId(f"f{number}")),
            attributions=(replace(
                sentence.attributions[0],
                source=replace(sentence.attributions[0].source, id=SourceId(f"p{number % 11}")),
            ),),
        )
        for number in range(1, 13)
    )  # fmt: skip
    dispute = replace(view, positions=many)
    picture = matrix.matrix(
        replace(strait_week, front=replace(strait_week.front, disputes=(dispute,)))
    )
    assert picture is not None
    (point,) = picture.points
    assert len(point.voices) == matrix.MOST
    assert point.has_others
    assert point.voices[0].source.id == "p1", "it gives two answers, any other one"
    drawn = [each.id for answer in point.answers
             for cell in (*answer.cells, answer.others) for each in cell]  # fmt: skip
    assert sorted(drawn) == sorted(each.id for each in many)


@pytest.mark.parametrize("medium", MEDIA)
def test_each_fact_has_its_mark_beside_its_origin(
    strait_week: Edition, templates: jinja2.Environment, medium: Medium
) -> None:
    """As many as the row says, open where the voice is not named; the most told origin leads.

    Above them stands how much it carries.
    """
    part = _part(BriefPage(strait_week, medium).text(templates), "origins")
    rows = _rows(part, "origins")[1:]
    picture = origins.origins(strait_week)
    assert picture is not None
    most = FrontWords(strait_week, Locale("en")).most(picture)
    assert most.startswith("5 of 8 facts come from ")
    assert _words(part.split("<table")[0]).endswith(most)
    one = BriefPage(weekly("opposition-outreach"), medium).text(templates)
    assert "39 of 39 facts come from one origin: " in _words(_part(one, "origins"))
    counts = [int(re.search(r">(\d+) of 8<", row)[1]) for row in rows]  # type: ignore[index]  # it is there, or the test fails
    assert counts == [row.count('class="unit') for row in rows] == [5, 3]
    assert [row.count("unit unnamed") for row in rows] == [1, 0]


def test_many_facts_share_a_mark(strait_week: Edition) -> None:
    """So that no row grows without end; together the marks stand for every fact."""
    many = tuple(replace(strait_week.developments[0], id=f"s{n}") for n in range(1, 1001))
    picture = origins.origins(
        replace(strait_week, developments=many, commentary=(), background=(), outlook=())
    )
    assert picture is not None
    (row,) = picture.rows
    assert len(row.marks) <= origins.MOST_MARKS
    assert [each for mark in row.marks for each in mark.sentences] == list(many)
    assert picture.each == 9


def test_a_publisher_is_named_in_the_readers_language(
    strait_week: Edition, templates: jinja2.Environment
) -> None:
    """Where the desk has its name in it; else the name stands marked as of another language."""
    persian = replace(strait_week, spec=replace(strait_week.spec, language="fa"))
    assert '<bdi lang="en" dir="ltr">Herald</bdi>' in BriefPage(persian, "screen").text(templates)
    names = LocalText((("en", "Herald"), ("fa", "هرالد")), strait_week.sources[0].source.span)
    sources = tuple(
        replace(view, source=replace(view.source, publisher=view.source.publisher and names))
        for view in strait_week.sources
    )
    part = _part(BriefPage(replace(persian, sources=sources), "screen").text(templates), "trust")
    assert "هرالد" in part
    assert "Herald" not in part


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_map_is_of_places_below_a_country(
    strait_week: Edition, templates: jinja2.Environment, language: str
) -> None:
    """Two of them at least, whatever the page's language; else no part and no way to one."""
    view = strait_week.places[0]
    fiji = replace(view.place, name=LocalText((("en", "Fiji"), ("fa", "جایی")), view.place.span))
    one_below = replace(
        strait_week,
        places=(view, replace(view, place=fiji)),
        spec=replace(strait_week.spec, language=language),
    )
    assert 'href="#map"' not in BriefPage(one_below, "screen").text(templates)
    both_below = replace(one_below, places=(view, view))
    assert 'href="#map"' in BriefPage(both_below, "screen").text(templates)


def test_a_map_is_read_in_grey(templates: jinja2.Environment) -> None:
    """Sea, land and the countries that are named differ without colour, and letters from all."""
    html = BriefPage(weekly("border-clashes"), "print").text(templates)
    greys = []
    for part in ("sea", "land", "shaded"):
        found = re.search(rf'class="{part}"[^>]* fill="#(..)(..)(..)"', html)
        assert found is not None
        red, green, blue = (int(each, 16) for each in found.groups())
        greys.append(0.299 * red + 0.587 * green + 0.114 * blue)
    land, sea, shaded = sorted(greys, reverse=True)
    assert (sea, land, shaded) == tuple(greys)
    assert land - sea > 10 < sea - shaded
    assert shaded > 200


@pytest.mark.parametrize("medium", MEDIA)
def test_a_country_is_shaded_and_no_place_on_the_map(
    strait_week: Edition, templates: jinja2.Environment, medium: Medium
) -> None:
    """It stands in the list without a number, since it has no one place."""
    view = strait_week.places[0]
    fiji = replace(
        view.place, id=PlaceId("fiji"), name=LocalText((("en", "Fiji"),), view.place.span)
    )
    places = (view, replace(view, place=fiji), view)
    part = _part(BriefPage(replace(strait_week, places=places), medium).text(templates), "map")
    assert part.count('class="map-dot"') == 2
    (listed,) = re.findall(r'<li class="told" id="place-fiji"[^>]*>(.*?)</li>', part)
    assert listed.startswith("Fiji")
    assert "Shaded: countries" in part


@pytest.mark.parametrize("medium", MEDIA)
def test_the_same_edition_makes_the_same_pictures(strait_week: Edition, medium: Medium) -> None:
    """Nothing in them depends on the run."""
    one, other = (BriefPage(strait_week, medium).text(environment()) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("medium", MEDIA)
def test_every_account_is_in_its_table(
    strait_week: Edition, templates: jinja2.Environment, medium: Medium
) -> None:
    """What is said, who says it, when, of what grade, with its quotes, in order of event time."""
    part = _part(BriefPage(strait_week, medium).text(templates), "contested")
    (view,) = strait_week.contests
    rows = [row for row in _rows(part, "accounts") if "account" in row]
    assert len(rows) == len(view.positions)
    for markup, position in zip(rows, view.positions, strict=True):
        words = _words(markup)
        assert markup.count(f"¶\u00a0{position.id[1:]}<") == 1
        assert all(f'href="#q{number}"' in markup for number in position.citations)
        assert position.fact.statement.best("en")[1].split()[0] in words
        for attribution in position.attributions:
            assert (
                f"{attribution.source.reliability.value}{position.fact.credibility.value}" in words
            )
    assert "Herald " in _words(rows[0])
    assert "own account" not in _words(rows[0])
    assert "2–9 May 2031" in _words(rows[0])
    assert "Pilots' union" in _words(rows[1]).replace("&#39;", "'")
    assert "date not given" in _words(rows[1])


@given(st.lists(st.integers(0, 2), min_size=2, max_size=14))
def test_an_answer_stands_once_with_all_who_give_it(
    strait_week: Edition, answers: list[int]
) -> None:
    """Sides come in the order of their first account; no account is lost."""
    span = strait_week.contests[0].contest.span
    sentences = tuple(
        replace(
            strait_week.developments[0],
            id=f"s{number}",
            fact=replace(fact, id=FactId(f"f{number}")),
        )
        for number, fact in enumerate((strait_week.developments[0].fact,) * len(answers), start=1)
    )
    says = tuple(
        (sentence.fact.id, LocalText((("en", f"answer {answer}"),), span))
        for sentence, answer in zip(sentences, answers, strict=True)
    )
    contest = replace(strait_week.contests[0].contest, says=says)
    sides = leads.sides(ContestView(contest, sentences))
    assert sorted((each for side in sides for each in side.sentences), key=_turn) == list(sentences)
    assert [side.answer for side in sides] == list(dict.fromkeys(text for _, text in says))
    assert len({side.answer for side in sides}) == len(set(answers))


def _turn(sentence: Sentence) -> int:
    return int(sentence.id[1:])


@pytest.mark.parametrize("medium", MEDIA)
def test_the_strip_has_each_source_once(
    strait_week: Edition, templates: jinja2.Environment, medium: Medium
) -> None:
    """Letter and steps say the same grade, days and bar the same age; links to it end there."""
    part = _part(BriefPage(strait_week, medium).text(templates), "sources")
    rows = _rows(part, "strip")[1:]
    assert len(rows) == len(strait_week.sources)
    for markup, view in zip(rows, strait_week.sources, strict=True):
        letter = view.source.reliability.value
        assert f'id="source-{view.source.id}"' in markup
        assert f"<b>{letter}</b>" in markup
        assert markup.count('class="on"') == {"A": 5, "B": 4, "C": 3, "D": 2, "E": 1}.get(letter, 0)
        assert ("unjudged" in markup) == (letter == "F")
        assert f"{view.age} day" in _words(markup)
        assert _words(markup).endswith(str(len(view.citations)))


@given(st.lists(st.integers(0, 40_000), min_size=1, max_size=8))
def test_older_sources_have_longer_bars(strait_week: Edition, days: list[int]) -> None:
    """On one scale that holds them all, whose labels keep apart."""
    newest = strait_week.sources[0]
    sources = [
        replace(newest, known=date(2031, 5, 18) - timedelta(days=age), age=age)
        for age in sorted(days)
    ]
    rules = ages.rules(sources, "left")
    widths = [float(width) for width in re.findall(r"#age-\d+\{width:([\d.]+)%\}", rules)]
    assert len(widths) == len(sources)
    assert widths == sorted(widths)
    assert all(0 <= width <= 100 for width in widths)
    places = [at for at, _ in ages.ticks(sources)]
    assert places
    assert all(later - earlier >= 36 for earlier, later in pairwise(places))


def test_a_source_of_after_the_day_has_no_age(
    strait_week: Edition, templates: jinja2.Environment
) -> None:
    """As of one day and known by a later one: the strip gives its day, and no bar."""
    later = replace(strait_week.sources[0], age=-3)
    week = replace(strait_week, sources=(later, *strait_week.sources[1:]))
    html = BriefPage(week, "print").text(templates)
    first = _rows(_part(html, "sources"), "strip")[1]
    assert "day" not in _words(first)
    assert "#age-1{width:.0%}" in html


@pytest.mark.parametrize("medium", MEDIA)
def test_each_picture_says_what_it_shows(templates: jinja2.Environment, medium: Medium) -> None:
    """As its title, by its own data; a screen folds those away that a filter would turn false."""
    shown = weekly("un-staff-ban")
    html = BriefPage(shown, medium).text(templates)
    told = re.findall(r'<p class="shows"( data-items="")?>(.*?)</p>', html)
    new = [entry for entry in shown.timeline if entry.known >= shown.spec.window.since]
    about = max(shown.places, key=lambda view: len(view.sentences))
    assert [_words(words) for _, words in told] == [
        "Most often acting or speaking: United Nations, in 20 of 23 facts",
        "No answer is backed by two independent sources",
        f"First reported in this brief’s period: {len(new)} of {len(shown.timeline)} dated facts",
        f"Most often on this map: Afghanistan, in {len(about.sentences)} of 23 facts",
        "23 of 23 facts come from Afghanistan International",
    ]
    assert [bool(folds) for folds, _ in told] == [medium == "screen"] * 4 + [False]


def test_a_picture_of_equals_names_none(templates: jinja2.Environment) -> None:
    """Where two share the first place, nothing says that one has it."""
    shown = weekly("un-staff-ban")
    picture = world_map(templates, shown.places, Locale("en"), maps.PAPER)
    assert picture is not None
    view = picture.foremost
    assert view is not None
    assert replace(picture, dots=(), told=(view, view)).foremost is None


def test_an_answer_of_two_origins_is_backed() -> None:
    """By sources that are known to be independent; two of one origin are one."""
    shown = weekly("un-staff-ban")
    view = shown.front.disputes[0]
    sentence = view.positions[0]
    said = sentence.attributions[0]
    backed = []
    for origin in ("another", said.source.origin, None):
        other = replace(said, source=replace(said.source, id=SourceId("other"), origin=origin))
        both = replace(sentence, attributions=(said, other))
        told = replace(view, positions=(both, *view.positions[1:]))
        picture = matrix.matrix(replace(shown, front=replace(shown.front, disputes=(told,))))
        assert picture is not None
        backed.append(len(picture.backed))
    assert backed == [1, 0, 0]
