"""The timeline and the locator map: where things stand on them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from breadth import examples
from counted import steps
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.core.edition import Edition, PlaceView
from briefings.core.edtf import parse
from briefings.render.figures import locator as maps
from briefings.render.figures import timeline as timelines
from briefings.render.figures.atlas import Atlas, Country, atlas
from briefings.render.html.environment import shipped


@cache
def _world() -> Atlas:
    """Not a fixture: hypothesis would print all of it."""
    return atlas((shipped() / "map" / "countries-50m.json").read_text(encoding="utf-8"))


def test_each_date_has_a_row(strait_week: Edition) -> None:
    """Every dated fact is on the picture, once; those that would look the same share a row."""
    picture = timelines.timeline(strait_week)
    assert picture is not None
    assert [[each.fact.id for each in row.sentences] for row in picture.rows] == [
        ["toll-40"],
        ["halt"],
        ["waiting"],
        ["tomorrow"],
    ]
    assert picture.others == ()


def test_facts_of_one_date_share_a_row(strait_week: Edition) -> None:
    """Known on one day too; those without a headline are counted, not told again."""
    entries = [
        entry for entry in strait_week.timeline if entry.sentence.fact.id in ("halt", "waiting")
    ]
    same = [
        replace(
            entry,
            event=parse("2031-05-12"),
            known=date(2031, 5, 14),
            sentence=replace(entry.sentence, fact=replace(entry.sentence.fact, due=None)),
        )
        for entry in entries
    ]
    picture = timelines.timeline(replace(strait_week, timeline=tuple(same)))
    assert picture is not None
    (row,) = picture.rows
    assert [str(each.fact.id) for each in row.named] == ["halt"]
    assert [str(each.fact.id) for each in row.more] == ["waiting"]
    later = replace(same[0], known=date(2031, 5, 15))
    picture = timelines.timeline(replace(strait_week, timeline=(later, same[1])))
    assert picture is not None
    assert len(picture.rows) == 2


def test_many_dates_leave_rows_to_headlines(strait_week: Edition) -> None:
    """What has no row of its own is a tick, and its number stands beside the ticks."""
    bare = strait_week.timeline[0].sentence.fact
    days = [parse(f"2031-05-{day:02d}") for day in range(1, 17)]
    entries = [
        replace(
            strait_week.timeline[0],
            event=day,
            sentence=replace(
                strait_week.timeline[0].sentence,
                id=f"s{number}",
                fact=replace(bare, headline=bare.headline if number % 2 else None),
            ),
        )
        for number, day in enumerate(days, start=1)
    ]
    picture = timelines.timeline(replace(strait_week, timeline=tuple(entries)))
    assert picture is not None
    assert [row.named[0].id for row in picture.rows] == [f"s{n}" for n in range(1, 17, 2)]
    assert [each.id for each in picture.others] == [f"s{n}" for n in range(2, 17, 2)]
    assert len(picture.places) == 8


def test_the_kind_of_a_date_is_seen(strait_week: Edition) -> None:
    """A day is a dot, an interval a bar, an approximate date is marked, a due day stands apart."""
    picture = timelines.timeline(strait_week)
    assert picture is not None
    rows = {str(row.named[0].fact.id): row for row in picture.rows}
    assert rows["halt"].bar.day
    assert not rows["halt"].bar.vague
    assert rows["waiting"].bar.vague
    assert not rows["toll-40"].bar.day
    assert rows["toll-40"].bar.width > 0
    assert rows["tomorrow"].due is not None
    assert rows["halt"].known > rows["halt"].bar.left, "it was known after it was said"


@pytest.mark.parametrize(
    ("written", "open_start", "open_end", "vague"),
    [
        ("2031-05-12/..", False, True, False),
        ("../2031-05-12", True, False, False),
        ("2031-05~", False, False, True),
        ("2031?", False, False, True),
    ],
)
def test_open_and_vague_dates(
    strait_week: Edition, written: str, open_start: bool, open_end: bool, vague: bool
) -> None:
    """What a date leaves open is open on the picture too."""
    entry = replace(strait_week.timeline[0], event=parse(written))
    picture = timelines.timeline(replace(strait_week, timeline=(entry,)))
    assert picture is not None
    bar = picture.rows[0].bar
    assert (bar.open_start, bar.open_end, bar.vague) == (open_start, open_end, vague)


@given(st.lists(st.dates(date(1900, 1, 1), date(2100, 1, 1)), min_size=1, max_size=12, unique=True))
def test_later_days_stand_further_on(strait_week: Edition, days: list[date]) -> None:
    """Whatever the scales, order is kept, labels keep apart, and all is inside."""
    entries = tuple(
        replace(strait_week.timeline[0], event=parse(day.isoformat()), known=day)
        for day in sorted(days)
    )
    picture = timelines.timeline(replace(strait_week, timeline=entries))
    assert picture is not None
    for places in ([row.bar.left for row in picture.rows], [row.known for row in picture.rows]):
        assert places == sorted(places)
        assert all(0 <= left <= 100 for left in places)
    assert picture.ticks
    assert len(picture.breaks) <= 2
    ticks = [tick.at for tick in picture.ticks]
    assert all(later - earlier >= 24 for earlier, later in pairwise(ticks))


def test_nothing_dated_no_timeline(strait_week: Edition) -> None:
    """The brief then says so instead."""
    assert timelines.timeline(replace(strait_week, timeline=())) is None


def test_what_is_all_of_one_time_needs_no_timeline(strait_week: Edition) -> None:
    """Nor do two facts; three of two times do."""
    one = replace(strait_week.timeline[0], event=parse("2024-03-01"))
    other = replace(one, event=parse("2024-03-02"))
    assert timelines.tells((one, one, other))
    assert not timelines.tells((one, one, one))
    assert not timelines.tells((one, other))


def _map(
    *at: tuple[float, float], size: maps.Type = maps.SCREEN, name: str = "Some place"
) -> maps.Locator:
    views = [
        cast(PlaceView, SimpleNamespace(place=SimpleNamespace(at=each), sentences=()))
        for each in at
    ]
    drawing = maps.locator(views, _world(), lambda _: name, _name, size)
    assert drawing is not None
    return drawing


def _name(country: Country) -> str:
    return country.name


def test_neighbours_are_drawn_and_named() -> None:
    """Kabul and Tehran: land, borders, a scale bar and the countries around."""
    drawing = _map((34.53, 69.17), (35.69, 51.39))
    assert {"Afghanistan", "Iran", "Pakistan"} <= {label.text for label in drawing.countries}
    assert drawing.borders
    assert drawing.scale is not None


def test_a_single_place_has_surroundings() -> None:
    """One point is no extent; it stands in the middle of its region."""
    drawing = _map((45.44, 12.33))
    assert drawing.dots[0].disc == (500.0, round(drawing.height / 2, 1))
    assert "Italy" in {label.text for label in drawing.countries}


def test_the_antimeridian_is_no_edge() -> None:
    """Fiji and Samoa are neighbours, whatever the sign of their longitudes."""
    drawing = _map((-18.14, 178.44), (-13.83, -171.77))
    fiji, samoa = drawing.dots
    assert fiji.point[0] < samoa.point[0]
    assert drawing.scale is not None
    assert drawing.scale.km <= 500
    assert drawing.land


def test_the_poles() -> None:
    """A place in Antarctica stands on land."""
    assert "Antarctica" in {label.text for label in _map((-77.85, 166.67)).countries}


def test_discs_never_cover_each_other() -> None:
    """Places closer than their discs are moved apart and keep a line to where they are."""
    drawing = _map((34.53, 69.17), (34.53, 69.17), (34.54, 69.18), (36.7, 67.1))
    discs = [dot.disc for dot in drawing.dots]
    for index, (x, y) in enumerate(discs):
        for other_x, other_y in discs[index + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 > 23**2
    assert drawing.dots[0].moved
    assert not drawing.dots[3].moved


@pytest.mark.parametrize(
    ("places", "side"),
    [
        (((34.53, 69.17), (36.71, 67.11)), "left"),
        (((34.53, 69.17), (34.34, 62.2), (36.71, 67.11)), "right"),
        (((34.53, 69.17), (34.34, 62.2), (34.34, 69.9)), "left"),
    ],
)
def test_the_scale_bar_covers_no_place(places: tuple[tuple[float, float], ...], side: str) -> None:
    """It moves to the other corner; where places stand in both, it stays."""
    drawing = _map(*places, size=maps.PAPER)
    assert drawing.scale is not None
    assert drawing.scale.side == side
    assert ("right:1em" in maps.rules(drawing)) is (side == "right")


@pytest.mark.parametrize("name", ["Islamabad", "اسلام‌آباد"])
def test_a_name_goes_along_its_disc_where_it_has_no_room_beside(name: str) -> None:
    """At the edge of the map, with discs and names on its other side; signs unseen take nothing."""
    places = ((34.53, 69.17), (25.29, 51.53), (41.01, 28.98), (32.57, 68.74), (33.69, 73.05))
    drawing = _map(*places, size=maps.PAPER, name=name)
    assert all(dot.label is not None for dot in drawing.dots)


def test_twice_the_places_are_twice_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for a name is looked for near its disc; of ever more discs fewer rounds are pushed."""
    places = [(row * 1.1 - 55, column * 3.0 - 165) for row in range(100) for column in range(4)]
    pushed = []

    def counted(
        a: tuple[float, float], b: tuple[float, float], least: float
    ) -> tuple[tuple[float, float], tuple[float, float]]:
        pushed.append(least)
        return apart(a, b, least)

    apart = maps._apart
    monkeypatch.setattr(maps, "_apart", counted)
    monkeypatch.setattr(maps, "_PUSHES", 10_000)
    for count in (2, 100, 400):
        _map(*places[:count])
        assert len(pushed) <= 10_000
        pushed.clear()
    work = [steps(partial(_map, *places[:count])) for count in (200, 400)]
    assert work[1] < 2.2 * work[0], work


@settings(max_examples=examples(4), deadline=None)
@given(st.lists(st.tuples(st.floats(-85, 85), st.floats(-180, 180)), min_size=1, max_size=6))
def test_every_place_is_on_its_map(at: list[tuple[float, float]]) -> None:
    """Anywhere in the world, in any number."""
    drawing = _map(*at)
    for dot in drawing.dots:
        assert -1 <= dot.point[0] <= maps.WIDTH + 1
        assert -1 <= dot.point[1] <= drawing.height + 1


def test_the_same_places_make_the_same_drawing() -> None:
    """Numbers are rounded; nothing depends on the run."""
    places = (34.53, 69.17), (35.69, 51.39), (33.69, 73.05)
    one, other = _map(*places), _map(*places)
    assert maps.rules(one) == maps.rules(other)
    assert (one.land, one.borders) == (other.land, other.borders)


def test_borders_are_recorded_with_their_origin() -> None:
    """The data on disk is the data whose hash and licence stand beside it."""
    folder: Path = shipped() / "map"
    digest = hashlib.sha256((folder / "countries-50m.json").read_bytes()).hexdigest()
    origin = (folder / "ORIGIN.md").read_text(encoding="utf-8")
    assert digest in origin
    assert "Permission to use, copy, modify" in origin
