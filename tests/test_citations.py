"""Numbers, names and surroundings of quotes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.compose.context import LONGEST, Surroundings, quoted
from briefings.compose.edition import compose
from briefings.compose.selection import window
from briefings.core.edition import Edition
from briefings.core.model import (
    Anchor,
    CheckedBase,
    Document,
    FactId,
    Outcome,
    Passage,
    Period,
    SourceId,
    TopicId,
)
from briefings.core.spec import EditionSpec

NAME = SourceId("a-source")


def edition(checked: CheckedBase, topic: str = "basin-closure") -> Edition:
    as_of = date(2024, 3, 10)
    return compose(
        checked,
        EditionSpec(topic, (TopicId(topic),), as_of, as_of, window(as_of, Period.WEEK), "en"),
    )


def document(text: str) -> Document:
    """A document whose every line is a paragraph."""
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    return Document(NAME, "a.txt", text, tuple(lines))


def anchor(text: str, *fragments: str) -> Anchor:
    """Where the fragments stand in `text`, the first of each."""
    starts = [text.index(fragment) for fragment in fragments]
    return Anchor(
        NAME,
        tuple(
            Passage(start, start + len(fragment), 1, 1)
            for start, fragment in zip(starts, fragments, strict=True)
        ),
        Outcome.EXACT,
    )


def test_numbers_are_dense_and_by_first_use(harbour: CheckedBase) -> None:
    """Reading from the top, each new number is the next one."""
    shown = edition(harbour)
    rivals = (each for view in shown.contests for each in view.positions)
    read = [*shown.developments, *shown.commentary, *rivals, *shown.background, *shown.outlook]
    met = list(dict.fromkeys(number for each in read for number in each.citations))
    assert met == [citation.number for citation in shown.citations]
    assert met == list(range(1, len(met) + 1))


def test_one_passage_has_one_number(harbour: CheckedBase) -> None:
    """Two facts that rest on the same passage share its citation, which leads back to both."""
    facts = dict(harbour.base.facts)
    anchors = dict(harbour.anchors)
    twin, other = FactId("silting"), FactId("nine-confirmed")
    facts[other] = replace(facts[other], evidence=facts[twin].evidence)
    anchors[other] = anchors[twin]
    shown = edition(replace(harbour, base=replace(harbour.base, facts=facts), anchors=anchors))
    first, second = shown.sentence(twin), shown.sentence(other)
    assert first is not None
    assert second is not None
    assert first.citations == second.citations
    (number,) = first.citations
    links = shown.citations[number - 1].cited_by
    assert [link.target for link in links] == [first.id, second.id]
    assert [f"s{link.label}" for link in links] == [first.id, second.id]


def test_an_id_names_a_passage_in_every_edition(harbour: CheckedBase) -> None:
    """It is made of the source and the places in it, whatever the number is."""
    ids = {str(each.fact.id): each.id for each in edition(harbour).citations}
    others = {str(each.fact.id): each.id for each in edition(harbour, "tarn-cannery").citations}
    assert ids["twelve-refused"] == others["twelve-refused"]
    assert re.fullmatch(r"gazette-\d+-\d+", ids["twelve-refused"])
    assert re.fullmatch(r"gazette-\d+-\d+x\d+-\d+", ids["nine-turned-away"])
    assert len(set(ids.values())) == len(ids)


def test_the_text_is_the_documents_own(harbour: CheckedBase) -> None:
    """Fragments as the document has them, also where the base writes them otherwise."""
    topics = ("basin-closure", "tarn-cannery")
    citations = {
        each.fact.id: each for topic in topics for each in edition(harbour, topic).citations
    }
    jobs = citations[FactId("cannery-jobs")]
    assert "l’île" in jobs.text
    assert jobs.before == "Selon le syndicat des patrons de Sall, "
    assert jobs.after == "."
    nine = citations[FactId("nine-turned-away")]
    assert nine.text == (
        "Nine trawlers were turned away from the inner basin […] harbour master Inés Calder said"
    )
    assert (nine.before, nine.after) == ("", ".")


def around(page: Document, anchored: Anchor) -> tuple[str, str]:
    return Surroundings({page.source: page}).of(anchored)


@pytest.mark.parametrize(
    ("text", "quote", "before", "after"),
    [
        ("First. He said so. Three.", "said", "He ", " so."),
        ("First. He said so. Three.", "He said so.", "", ""),
        ("First. He said so. Three.", "so. Three", "He said ", "."),
        ("He was found not guilty. So.", "guilty", "He was found not ", "."),
        ("By A. Rahimi and Gen. Noor today. Yes.", "Noor", "By A. Rahimi and Gen. ", " today."),
        ("It rose 5.2 per cent. Then fell.", "rose", "It ", " 5.2 per cent."),
        ("“Stop.” He left. Why?", "left", "He ", "."),
        ("Above\nA line of its own\nBelow", "line", "A ", " of its own"),
        ("او گفت. او نرفت؟ چرا", "نرفت", "او ", "؟"),
        ("No end", "No end", "", ""),
    ],
)
def test_the_rest_of_the_sentence_is_shown(text: str, quote: str, before: str, after: str) -> None:
    """A cut is seen: what stands before and after the quote, within its paragraph."""
    assert around(document(text), anchor(text, quote)) == (before, after)


def test_long_surroundings_are_cut_between_words() -> None:
    """At most 160 characters on either side, with a mark where more follows."""
    text = "word " * 100 + "QUOTE" + " word" * 100
    before, after = around(document(text), anchor(text, "QUOTE"))
    assert before.startswith("… word ")
    assert before.endswith("word ")
    assert after.startswith(" word")
    assert after.endswith("word …")
    assert max(len(before), len(after)) <= LONGEST + 2


def test_fragments_are_joined_by_a_visible_gap() -> None:
    """What the quote leaves out stays visible as left out."""
    text = "The harbour, they say, is closed. Really."
    joined = anchor(text, "The harbour", "is closed")
    assert quoted(document(text), joined) == "The harbour […] is closed"
    assert around(document(text), joined) == ("", ".")


@given(
    text=st.text(alphabet="aB. \n?“”", min_size=1, max_size=60),
    ends=st.tuples(st.integers(0, 60), st.integers(0, 60)),
)
def test_before_quote_and_after_read_on(text: str, ends: tuple[int, int]) -> None:
    """Whatever the quote, the three parts together stand in the document."""
    page = document(text)
    for opening, closing in page.paragraphs:
        start, end = sorted(min(max(each, opening), closing) for each in ends)
        if start < end:
            placed = Anchor(NAME, (Passage(start, end, 1, 1),), Outcome.EXACT)
            before, after = around(page, placed)
            assert before + text[start:end] + after in text[opening:closing]
