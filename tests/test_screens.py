"""Laws of what spares the rules work: where they are not asked, they would have said nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st

from briefings.check.quantities import reader
from briefings.check.quantities.lexicon import lexicon
from briefings.check.quotes.fold import folded_text
from briefings.check.wording import clauses
from briefings.check.words import Words, words

LANGUAGES = ("en", "fa", "de", "fr", "es", "ar", "ru", "tr", "zh", "ja", "ko", "hi")
MARKS = ("12", "1,5", "½", "XVII", "MH17", "3/4", "2020-01-02", "5pm", "-", ",", ".", "%", "$", "«")
PLAIN = ("bridge", "پل", "puente", "жители", "köprü", "桥梁")
SEEDS = st.integers(min_value=0, max_value=10**9)
SOME = st.sampled_from(LANGUAGES)


def listed(known: Words) -> list[str]:
    """Words for how many and for acts, as far as their patterns are plain or nearly."""
    ranks = [word for _, pattern in known.amounts for word in alternatives(pattern.pattern)]
    acts = known.pattern("acts")
    return [*ranks, *(alternatives(acts.pattern) if acts else ())]


def alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern that are plain words."""
    parts = pattern.replace("(?:", "|").replace(")", "|").split("|")
    return [part for part in parts if part.replace(" ", "").isalpha()]


def spoken(language: str) -> list[str]:
    """Words of figures of a language."""
    phrases = lexicon(language).phrases
    return [" ".join((first, *rest)) for first, tails in phrases.items() for rest, _ in tails]


def text_of(choices: Sequence[str], language: str, seed: int) -> str:
    """A text of such words, of some that mean nothing, of digits and marks."""
    rng = random.Random(seed)  # nothing is to be kept secret
    parts = [rng.choice(rng.choice((choices, MARKS, PLAIN)) or PLAIN) for _ in range(12)]
    return ("" if language in {"zh", "ja"} else " ").join(parts)


@example("fa", 34646271)  # “1,5 بیشتر از”
@given(SOME, SEEDS)
def test_words_are_looked_for_where_they_may_stand(language: str, seed: int) -> None:
    """Each word for how many, and each for an act, stands in a clause that may hold one."""
    known = words(language)
    assert known is not None
    reading = clauses.read(text_of(listed(known), language, seed), known)
    for index in range(len(reading.clauses)):
        clause, part = reading.clauses[index], reading.part(index)
        ranks = {rank for rank, pattern in known.amounts if pattern.search(part)}
        may_have = (each for at, each in reading.ranks if clause.start <= at < clause.end)
        assert ranks <= frozenset[int]().union(*may_have)
        acts = known.pattern("acts")
        if acts is not None and acts.search(part):
            assert any(clause.start <= at < clause.end for at in reading.acts)


@given(SOME, SEEDS)
def test_figures_begin_where_they_are_looked_for(language: str, seed: int) -> None:
    """A reader that tries every item as the beginning of a figure reads the same."""
    text = text_of(spoken(language), language, seed)
    read = reader._figures.__wrapped__(folded_text(text), language)
    with (
        patch.object(reader, "_BEGINNING", lexicon(language).senses),
        patch.object(reader, "_is_mere", lambda _: False),
    ):
        assert reader._figures.__wrapped__(folded_text(text), language) == read


@example("zh", 263)  # “½5”
@given(SOME, SEEDS)
def test_texts_that_can_t_hold_two_figures_hold_none_or_one(language: str, seed: int) -> None:
    """Where two figures are ruled out, there are no two, and where any is, there is none."""
    for size in (1, 2, 4):
        text = " ".join(text_of(spoken(language), language, seed).split()[:size])
        reading = clauses.reading_of(text, language)
        assert reading is not None
        sizes = {(each.kind, each.value) for each in reader.read(reading.text, language)}
        assert len(sizes) <= min(reading.figures, 1) or reading.figures > 1
        if not (reading.figures or "·" in reading.text or reader.may_be_roman(text)):
            assert not reader.read(text, language)
