"""What values say, as digests: the same for equal values, and for no others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.core.digests import Digests
from briefings.core.edtf import parse
from briefings.core.model import LocalText, Marking
from briefings.core.span import Span

PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=4),
    st.dates(),
    st.sampled_from(Marking),
)
VALUES = st.recursive(
    PLAIN,
    lambda parts: st.one_of(
        st.lists(parts, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=2), parts, max_size=3),
        st.frozensets(PLAIN, max_size=3),
    ),
    max_leaves=6,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A value of two parts."""

    first: object
    second: object


def kinds(value: object) -> object:
    """A value with the type of each part, which `==` does not tell apart: True from 1."""
    match value:
        case tuple():
            return tuple, [kinds(part) for part in value]
        case dict():
            return dict, [(key, kinds(part)) for key, part in value.items()]
        case frozenset():
            return frozenset((type(part), part) for part in value)
        case Pair():
            return Pair, kinds(value.first), kinds(value.second)
    return type(value), value


PAIRS = st.builds(Pair, VALUES, VALUES)


@given(PAIRS, PAIRS)
def test_digests_tell_values_apart(one: Pair, other: Pair) -> None:
    """Whatever they are made of, and whoever was asked first."""
    digests = Digests()
    assert (digests.of(one) == digests.of(other)) == (kinds(one) == kinds(other))
    assert Digests().of(replace(one)) == digests.of(one)
    assert digests.of(Pair(one, one)) == Digests().of(Pair(replace(one), replace(one)))


def test_where_something_stands_is_not_what_it_says() -> None:
    """Nor in how many lines."""
    here, there = Span("facts.yaml", 1, 4), Span("facts.yaml", 9, 12)
    text = LocalText((("en", "The ferry sailed."),), here)
    assert Digests().of(text) == Digests().of(replace(text, span=there))
    assert Digests().of(text) != Digests().of(replace(text, forms=(("fa", "The ferry sailed."),)))


def test_a_value_has_the_digest_of_its_kind() -> None:
    """Of numbers, days and partial days alike; what can't be told apart has none."""
    alike = (1, "1", True, 1.0, Fraction(1), date(2024, 1, 1), parse("2024-01-01"), "2024-01-01")
    assert len({Digests().of(value) for value in alike}) == len(alike)
    with pytest.raises(TypeError, match="of type object has no digest"):
        Digests().of((object(),))
