"""Texts that are cut short: between two words, and so that it is seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefings.core.excerpts import head, tail


def test_words_around_a_quote_are_cut_where_it_is_seen() -> None:
    """Never within a word, and never without a mark."""
    assert tail("He said that ", 20) == "He said that "
    assert tail("The speaker of the port said that ", 12) == "… said that "
    assert head(" which the port has denied since", 12) == " which the …"


def test_a_script_without_spaces_loses_no_context() -> None:
    """It is cut between two letters; a mark alone would tell nothing."""
    text = "渡輪從星期三起停止行駛至少三個星期"
    assert tail(text, 6) == "… 至少三個星期"
    assert head(text, 6) == "渡輪從星期三 …"


@given(st.text(alphabet="ab \n渡", max_size=40), st.integers(1, 20))
def test_what_is_left_is_the_end_that_was_asked_for(text: str, most: int) -> None:
    """As long as it may be at most, but for the mark."""
    first, last = head(text, most).removesuffix(" …"), tail(text, most).removeprefix("… ")
    assert text.startswith(first)
    assert text.endswith(last)
    assert max(len(first), len(last)) <= most
