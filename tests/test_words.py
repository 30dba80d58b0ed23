"""Laws of the rules of words, what they say, and what harms them not."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from little_desk import LittleDesk, codes, only

from briefings.check import rule_languages
from briefings.check.quotes.haystack import Haystack
from briefings.check.quotes.search import Searched
from briefings.check.wording import amounts, opposites, polarity, voice
from briefings.check.wording.clauses import read
from briefings.check.wording.voice import Speaker
from briefings.check.words import languages, words
from briefings.check.words.senses import Sense
from briefings.core.model import Document, FactKind, SourceId

WHO = ("The council", "The army", "The bank", "The hospital", "The union", "The port")
DONE = (
    ("approved the budget", "approve the budget"),
    ("closed the northern road", "close the northern road"),
    ("released the prisoners", "release the prisoners"),
    ("signed the contract", "sign the contract"),
    ("shelled the town", "shell the town"),
)
WHEN = ("on Monday", "in March", "after the flood", "before dawn", "during the strike")

sentences = st.tuples(st.sampled_from(WHO), st.sampled_from(DONE), st.sampled_from(WHEN))


def _rules(quote: str, statement: str, language: str = "en") -> list[object]:
    known = words(language)
    assert known is not None
    quotes, stated = [read(quote, known)], read(statement, known)
    speaker = Speaker(FactKind.EVENT, named=False)
    return [
        *polarity.lost(quotes, stated),
        *polarity.added(quotes, stated),
        *opposites.opposites(quotes, stated),
        *amounts.amounts(quotes, stated),
        *voice.lost(quotes, stated, lambda mark, quote: speaker.licenses(mark, quote, stated)),
    ]


@settings(deadline=None)  # the first text of a language has its patterns made
@given(sentences)
def test_an_honest_order_passes(sentence: tuple[str, tuple[str, str], str]) -> None:
    """The same words in another order, and in another voice, say the same."""
    who, (done, _), when = sentence
    assert not _rules(
        f"{who} {done} {when}.", f"{when[0].upper()}{when[1:]}, {who.lower()} {done}."
    )
    assert not _rules(f"{who} did not {done} {when}.", f"{who} never {done} {when}.")


@settings(deadline=None)  # the first text of a language has its patterns made
@given(sentences, st.sampled_from(["did not", "refused to", "failed to", "is not known to"]))
def test_a_denial_that_goes_or_comes_is_caught(
    sentence: tuple[str, tuple[str, str], str], denial: str
) -> None:
    """A sentence and its denial are never told for one another."""
    who, (done, do), when = sentence
    plain, denied = f"{who} {done} {when}.", f"{who} {denial} {do} {when}."
    assert _rules(denied, plain)
    assert _rules(plain, denied)


@settings(deadline=None)  # the first text of a language has its patterns made
@given(sentences, st.sampled_from(["reportedly", "allegedly", "may have", "is said to have"]))
def test_a_hedge_that_goes_is_caught(
    sentence: tuple[str, tuple[str, str], str], hedge: str
) -> None:
    """What a source tells with a hedge is not told without one."""
    who, (done, _), when = sentence
    hedged = f"{who} {hedge} {done} {when}."
    assert _rules(hedged, f"{who} {done} {when}.")
    assert not _rules(hedged, hedged)


@settings(deadline=None)  # the first text of a language has its patterns made
@given(st.text(max_size=200), st.text(max_size=200), st.sampled_from(languages()))
def test_any_text_can_be_read(quote: str, statement: str, language: str) -> None:
    """Clauses are in order and within the text, and no text stops a rule."""
    known = words(language)
    assert known is not None
    reading = read(quote, known)
    last = 0
    for clause in reading.clauses:
        assert last <= clause.start < clause.end <= len(reading.text)
        last = clause.end
        assert all(clause.start <= word.start < clause.end for word in clause.words)
    _rules(quote, statement, language)


def test_every_language_has_what_the_rules_need() -> None:
    """A file of words has a negation, hedges, edges and words that keep each sense."""
    for language in languages():
        known = words(language)
        assert known is not None
        assert known.knows("not"), language
        assert known.knows("edge.not"), language
        assert known.denies is not None, language
        for sense in Sense:
            assert sense is Sense.IDLE or known.knows(sense.value), (language, sense)
            if sense not in {Sense.IDLE, Sense.NOT, Sense.DENIAL, Sense.FALSE}:
                assert known.keeps(sense) is not None, (language, sense)
    listed = rule_languages.table()
    assert listed["denials lost or added"] == languages()
    assert "en" in listed["plans told as events"]
    assert "ps" not in listed["plans told as events"]


@pytest.mark.parametrize("language", languages())
def test_a_pair_of_opposites_has_one_home(language: str) -> None:
    """No pair stands whole in another, the same way round or the other."""
    known = words(language)
    assert known is not None
    pairs = [tuple(frozenset(side) for side in pair) for pair in known.pairs]
    for pair, other in permutations(pairs, 2):
        for sides in (other, other[::-1]):
            assert not all(own <= held for own, held in zip(pair, sides, strict=True)), pair


def test_a_cut_quote_comes_with_the_longer_one(desk: LittleDesk) -> None:
    """The hint is the quote to take, ready to paste."""
    desk.document("a", "It rained.\nThe ministry denied that its troops burned the village.")
    checked = desk.quote("its troops burned the village")
    _, hint = only(checked, "edge-drops-negation").hints
    assert hint.message == "take “The ministry denied that its troops burned the village”"
    longer = desk.quote("The ministry denied that its troops burned the village")
    assert "edge-drops-negation" not in codes(longer)


def test_a_quote_is_found_alike_with_and_without_an_index() -> None:
    """So many quotes of one document that an index pays find what a search finds."""
    chance = random.Random(7)
    known = ["".join(chance.choices("abcdefg", k=chance.randint(2, 8))) for _ in range(900)]
    text = " ".join(chance.choices(known, k=40_000))
    document = Document(SourceId("a"), "a.txt", text, ((0, len(text)),))
    indexed, plain = Searched(document), Searched(document)
    indexed._haystack._effort = 10**9
    cuts = text.split(" ")
    for _ in range(300):
        at = chance.randrange(len(cuts) - 6)
        quote = " ".join(cuts[at : at + 6])
        assert indexed.standing(quote) == plain.standing(quote)
    assert indexed.standing(f"{cuts[0]} nowhere {cuts[1]}") is None


def test_sentences_of_one_mould_are_not_tried_one_by_one() -> None:
    """Of thousands that begin alike an index gives those that go on alike, in order."""
    text = "\n".join(
        f"On that day the guards of ward {n % 700} closed gate {n}." for n in range(5000)
    )
    plain, indexed = Haystack(text), Haystack(text)
    indexed._effort = 10**9
    for needle in ("On that day the guards of ward 31 closed", "On that day the guards of ward 7"):
        places = list(plain.places(needle))
        assert list(indexed.places(needle)) == places
        assert list(indexed._likely(needle)) == places
    assert not indexed._likely("On that day the guards of ward 701")


@pytest.mark.parametrize(
    "text", ["not " * 10_000, "said that may if all, " * 2_000, "a" * 40_000, "(" * 40_000]
)
def test_a_hostile_statement_is_read_in_part(text: str) -> None:
    """However much a statement holds, no more of it is read than any honest one has."""
    known = words("en")
    assert known is not None
    reading = read(text, known)
    assert sum(len(clause.marks) for clause in reading.clauses) <= 60
    assert len(reading.clauses) <= 160
    assert len(_rules(text, "The mayor has not fled.")) < 200


def test_one_letter_quoted_many_times(desk: LittleDesk) -> None:
    """A text of one letter holds no whole word but itself."""
    checked = desk.document("a", "a" * 50_000).quote("aaa")
    assert codes(checked).count("quote-not-found") == 1


def test_all_quotes_wrong_is_one_mistake_each(desk: LittleDesk) -> None:
    """Each lost quote is told once, and only the first of very many with what comes near."""
    desk.document("a", "The ship left on Monday. " * 20)
    facts = "".join(
        f"  - {{id: f{n}, kind: event, topics: [t], statement: Ship {n}.,"
        f" evidence: [{{source: a, quote: The ship sank {n} times}}]}}\n"
        for n in range(120)
    )
    assert codes(desk.check(f"facts:\n{facts}")).count("quote-not-found") == 120
