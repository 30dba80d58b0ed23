"""Where links and places of a PDF lie: to their words as those that are like them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from briefings.verify.in_browser.led import Corner, Ground, misled

LINKS = [Ground(1, (turn, -turn - 1), "a", (0, 8.1, 0, -2.8)) for turn in range(4)]
PLACES = [Corner(1, "h2", 45.4, 45.4 - start, 12.6) for start in (45.4, 45.4, 300, 480)]


def told(links: Sequence[Ground] = LINKS, places: Sequence[Corner] = PLACES) -> list[str]:
    return [fault.message for fault in misled(links, places)]


def test_as_they_are() -> None:
    """Headings that run to the left begin at the right, and lead to the left side all the same."""
    assert told() == []
    alone = Corner(2, "h1", 45.4, -200, 19)
    assert told(places=[*PLACES, alone]) == []


def test_links_are_listed_as_they_stand() -> None:
    """A reader who goes from link to link goes on in the text."""
    assert told([LINKS[1], LINKS[0], *LINKS[2:]]) == [
        "its links are listed in another order than they stand in"
    ]


@pytest.mark.parametrize("side", range(4))
def test_a_link_beside_its_words(side: int) -> None:
    """It lies on them as others do, and reaches no further."""
    moved = [far + 3 * (turn == side) for turn, far in enumerate(LINKS[0].sides)]
    links = [replace(LINKS[0], sides=tuple(moved)), *LINKS[1:]]
    assert told(links) == ["a link lies elsewhere than those that are like it"]


@pytest.mark.parametrize(
    "other",
    [
        replace(PLACES[3], left=40, inwards=-440),
        replace(PLACES[3], left=485, inwards=5),
        replace(PLACES[3], above=30),
        Corner(2, "h1", 300, 254.6, 19),
    ],
    ids=("further left", "behind its words", "higher", "one of its own kind"),
)
def test_a_place_beside_its_words(other: Corner) -> None:
    """It leads to the beginning of what has its name."""
    assert {*told(places=[*PLACES[:3], other])} == {"what leads to a place leads beside it"}
