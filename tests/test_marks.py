"""Marks in prose: what is one, which words it carries, where it stands, what is wrong with it."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_desk import LittleDesk, codes, only

from briefings.core.model import FactId, Prose
from briefings.core.span import SourceText
from briefings.load import marked
from briefings.load.desk import load
from briefings.load.shape import Reader
from briefings.load.yamltree import Scalar

FACTS = {FactId(name): None for name in ("ship-left", "ship-sank", "f")}
FACT = (
    "facts:\n  - {id: f, kind: event, topics: [t], statement: The ship left.,"
    " evidence: [{source: a, quote: The ship left}]}\n"
)


def read(text: str) -> tuple[Prose | None, Reader]:
    """A text in one language, and what was said of it."""
    reader = Reader(languages=("en",), ids={FactId: FACTS})
    return marked.prose(reader, Scalar(text, "", 0, len(text)), "text", "account `x`"), reader


def claims(text: str) -> list[tuple[str, tuple[str, ...], bool]]:
    """The claims of a text that has no mistake."""
    prose, reader = read(text)
    assert prose is not None, reader.diagnostics
    return [(each.text, each.facts, each.ends) for each in prose.forms[0][1]]


def test_a_mark_carries_the_words_before_it() -> None:
    """Back to the mark before; what closes behind it belongs to them, and no mark is printed."""
    text = "The ship left [ship-left], and sank [ship-sank, f]. Who saw it is not known [-]."
    assert claims(text) == [
        ("The ship left,", ("ship-left",), False),
        (" and sank.", ("ship-sank", "f"), True),
        (" Who saw it is not known.", (), True),
    ]
    prose, _ = read(text)
    assert prose is not None
    words = "The ship left, and sank. Who saw it is not known."
    assert prose.words.forms == (("en", words),)
    assert prose.facts == ("ship-left", "ship-sank", "f")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It left. [f] It came back [f].", "It left. It came back."),
        ("“It left” [f]. So he said [f].", "“It left”. So he said."),
        ("(It left [f].)", "(It left.)"),
        ("کشتی رفت [f]؛ بازگشت [f].", "کشتی رفت؛ بازگشت."),
        ("船离开了[f]。船回来了[f]。", "船离开了。船回来了。"),
        ("¿Partió [f]? ¡Sí [f]!", "¿Partió? ¡Sí!"),
        ("Dr. A. Rahimi of the U.N. left [f].", "Dr. A. Rahimi of the U.N. left."),
        ("Am 3. März fiel sie aus [f].", "Am 3. März fiel sie aus."),
        ("Seit dem 12. Dez. fährt sie [f].", "Seit dem 12. Dez. fährt sie."),
        ("[S]he [left …] left [f].", "[S]he [left …] left."),
        ("It left [[sic]] [f].", "It left [sic]."),
        ("It left [ f ,ship-left ].", "It left."),
    ],
)
def test_what_is_printed(text: str, words: str) -> None:
    """Marks are not; brackets that hold no ids are, and those written twice once."""
    assert "".join(text for text, _, _ in claims(text)) == words


@pytest.mark.parametrize(
    ("text", "code", "at", "hint"),
    [
        ("It left [ship-lefd].", "unknown-reference", "[ship-lefd]", "did you mean `ship-left`?"),
        ("It left [sic] [f].", "unknown-reference", "[sic]", "written twice"),
        ("It left [f]. It sank. It rose [f].", "unmarked-sentence", "It sank.", ""),
        ("It left [f], he said.", "unmarked-sentence", "he said.", ""),
        ("Es waren 40. März war es [f].", "unmarked-sentence", "Es waren 40.", ""),
        ("Es waren 3. Marta ging [f].", "unmarked-sentence", "Es waren 3.", ""),
        ("It left [Ship_Left].", "bad-value", "[Ship_Left]", "write `[ship-left]`"),
        ("It left [ship-left; f].", "bad-value", "[ship-left; f]", "write `[ship-left, f]`"),
        ("It left [–].", "bad-value", "[–]", "write `[-]`"),
        ("It left [f, and sank [f].", "bad-value", "[", "close it"),
        ("It left [f] [ship-left].", "bad-value", "[ship-left]", "join it to the mark before"),
        ("Nobody knows it [-].", "bad-value", "Nobody knows it [-].", "gap"),
    ],
)
def test_what_is_wrong(desk: LittleDesk, text: str, code: str, at: str, hint: str) -> None:
    """Each mistake is told once, at its place, and the text is not read."""
    desk.document("a", "The ship left.")
    more = FACT + FACT.removeprefix("facts:\n").replace("id: f", "id: ship-left")
    checked = desk.check(
        f"{more}accounts:\n  - id: x\n    topics: [t]\n    text: >-\n      {text}\n"
    )
    mistake = next(each for each in checked.diagnostics if each.code == code)
    assert mistake.span is not None
    assert checked.texts["facts.yaml"].slice(mistake.span).removeprefix(">-\n").strip() == at
    assert hint in "\n".join(each.message for each in mistake.hints)
    base = load(desk.folder / "facts.yaml").base
    assert base is not None
    assert not base.accounts


@pytest.mark.parametrize(
    "written",
    [
        "text: >-\n      The ship\n      left [f,\n      ship-left].\n      It went [f].\n",
        "text: |\n      The ship left\n      [f, ship-left]. It went [f].\n",
        'text: "The ship\n      left [f, ship-left]. It went\n      [f]."\n',
        "text: 'The ship''s gone [f, ship-left]. It went [f].'\n",
        "text:\n      en: The ship left [f, ship-left]. It went [f].\n",
    ],
)
def test_a_mark_has_its_place(desk: LittleDesk, written: str) -> None:
    """However YAML folds the text; where an escape hides it, the whole text is the place."""
    desk.document("a", "The ship left.")
    more = FACT + FACT.removeprefix("facts:\n").replace("id: f", "id: ship-left")
    checked = desk.check(f"{more}accounts:\n  - id: x\n    topics: [t]\n    {written}")
    text: SourceText = checked.texts["facts.yaml"]
    base = load(desk.folder / "facts.yaml").base
    assert base is not None
    marks = [text.slice(each.span) for each in next(iter(base.accounts.values())).text.forms[0][1]]
    if "''" in written:
        assert marks == [written.removeprefix("text: ").strip()] * 2
    else:
        assert ["".join(each.split()) for each in marks] == ["[f,ship-left]", "[f]"]


@pytest.mark.parametrize(
    "entry",
    [
        "summaries:\n  - {id: s, topic: t, made: 2025-01-02, standfirst: 'The ship left [f].',",
        "accounts:\n  - {id: s, topics: [t], text: 'The ship left [f].',",
    ],
)
def test_headlines_have_no_marks(desk: LittleDesk, entry: str) -> None:
    """One would be printed."""
    desk.document("a", "The ship left.")
    checked = desk.check(f"{FACT}{entry} headline: 'It left [f]'}}\n")
    assert "the facts of its text" in only(checked, "bad-value").hints[0].message


def test_an_answer_finds_its_mark(desk: LittleDesk) -> None:
    """`at` counts the marks of a text, so that each of two like mistakes can be answered."""
    desk.document("a", "The ship reportedly left. The boat reportedly sank.")
    facts = (
        "facts:\n  - {id: f, kind: event, topics: [t], statement: The ship reportedly left.,"
        " evidence: [{source: a, quote: The ship reportedly left}]}\n"
        "  - {id: g, kind: event, topics: [t], statement: The boat reportedly sank.,"
        " evidence: [{source: a, quote: The boat reportedly sank}]}\n"
    )
    account = (
        "accounts:\n  - id: x\n    topics: [t]\n    text: The ship left [f]. The boat sank [g].\n"
    )
    assert codes(desk.check(facts + account)) == ["lost-hedge", "lost-hedge"]
    answer = "    accept:\n      - {code: lost-hedge, at: text.2, why: The owner confirmed it.}\n"
    left = only(desk.check(facts + account + answer), "lost-hedge")
    assert "`f`" in left.message


words = st.text(string.ascii_letters + "کشتی,;", min_size=1, max_size=8).filter(str.isalpha)
parts = st.tuples(
    st.lists(words, min_size=1, max_size=4).map(" ".join),
    st.lists(st.sampled_from(sorted(FACTS)), max_size=3, unique=True).map(tuple),
    st.sampled_from([",", ";", "،", ""]),
)


@given(st.lists(parts, min_size=1, max_size=6))
def test_what_is_written_is_read(written: list[tuple[str, tuple[str, ...], str]]) -> None:
    """Words, marks and what closes behind them, whatever the script."""
    written = [*written, ("last", ("f",), ".")]
    text = " ".join(f"{text} [{', '.join(facts) or '-'}]{tail}" for text, facts, tail in written)
    told_claims = claims(text)
    assert [facts for _, facts, _ in told_claims] == [facts for _, facts, _ in written]
    assert [text.strip() for text, _, _ in told_claims] == [
        f"{text}{tail}" for text, _, tail in written
    ]
    assert [ends for _, _, ends in told_claims] == [False] * (len(written) - 1) + [True]


@given(st.text("[]- af,.;é ", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    """What is read is all of the text but for its marks; the rest is told."""
    prose, reader = read(f"x {text}")
    assert (prose is None) == bool(reader.diagnostics)
    if prose is not None:
        letters = "".join(each for each in prose.words.forms[0][1] if each == "é")
        assert letters == "".join(each for each in text if each == "é")
