"""Origins that look like one: the same pairs as if each were compared with each, in less work."""

from __future__ import annotations

import random
from difflib import SequenceMatcher
from functools import partial
from itertools import combinations

import pytest
from counted import steps
from hypothesis import given
from hypothesis import strategies as st

from briefings.check.similar import CLOSE, MOST_TOLD, _near, similar


def compared(names: list[str]) -> list[tuple[str, str]]:
    """Each name held against each."""
    return [
        (name, other)
        for name, other in combinations(sorted(set(names)), 2)
        if SequenceMatcher(None, name, other, autojunk=False).ratio() > CLOSE
    ]


words = st.text("ab-", max_size=24) | st.text(max_size=12)


@st.composite
def misspelt(draw: st.DrawFn) -> list[str]:
    """Some names, and each again with letters lost, doubled or put elsewhere."""
    names = draw(st.lists(words, max_size=6))
    for name in list(names):
        for _ in range(draw(st.integers(0, 3))):
            start, end = sorted(draw(st.tuples(*[st.integers(0, len(name))] * 2)))
            names.append(
                draw(
                    st.sampled_from(
                        [
                            name[:start] + name[end:],
                            name[:start] + name[start:end] * 2 + name[end:],
                            name[end:] + name[:end],
                            name[:start] + "x" + name[start:],
                        ]
                    )
                )
            )
    return names


@given(misspelt())
def test_no_pair_is_missed_and_none_is_added(names: list[str]) -> None:
    """Whatever the names are, the empty one included."""
    assert list(similar(names)) == compared(names)


@pytest.mark.parametrize("seed", range(3))
def test_every_pair_of_short_names(seed: int) -> None:
    """All names that a few changes make of one: the bounds are the tightest for short ones."""
    rng = random.Random(seed)
    names = {"".join(rng.choices("abc", k=rng.randint(1, 14))) for _ in range(120)}
    assert list(similar(names)) == compared(list(names))


def made_up(count: int) -> list[str]:
    """Names as a desk has them: of few syllables, and half of them with one ending."""
    rng = random.Random(0)
    syllables = ["ka", "bu", "la", "dor", "shan", "mir", "go", "ter", "ves", "na", "pol", "ira"]
    stems = ["".join(rng.choices(syllables, k=5)) for _ in range(count)]
    return [stem + ("-post" if number % 2 else "-agency") for number, stem in enumerate(stems)]


@pytest.mark.parametrize("count", [400, 800])
def test_few_names_are_held_against_each_other(count: int) -> None:
    """Of all pairs hardly any that is not close in truth."""
    held = sum(len(list(others)) for _, others in _near(made_up(count)))
    assert held < 0.02 * count * (count - 1) / 2


def test_twice_the_names_that_are_all_alike_are_twice_the_work() -> None:
    """Each is told beside some of those that it is close to."""
    work = []
    for count in (150, 300):
        names = [f"keepers-of-the-quay-{number:03}" for number in range(count)]
        assert len(list(similar(names))) <= MOST_TOLD * count
        work.append(steps(partial(list, similar(names))))
    assert work[1] < 2.5 * work[0], work
