"""The quote gate: what stands in a document, to the letter or folded, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_desk import LittleDesk, codes, only, printed

from briefings.check.quotes import nearest
from briefings.check.quotes.cuts import splits
from briefings.check.quotes.fold import fold
from briefings.core.model import Outcome

PERSIAN = "او گفت که می‌خواهد در نشست شرکت کند و كشورهای همسايه مُوافقند."

CASES = [
    # document, quote, outcome
    ("They held legal talks at noon.", "legal talks", Outcome.EXACT),
    ("They held illegal talks at noon.", "legal talks", Outcome.ABSENT),
    ("It was -5 degrees, at -5 in fact.", "at 5", Outcome.ABSENT),
    ("It was \u22125 degrees, at \u22125 in fact.", "at 5", Outcome.ABSENT),
    ("It was \u22125 degrees, at \u22125 in fact.", "at -5", Outcome.FOLDED),
    ("It rose by 5.2 points.", "It rose by 5", Outcome.ABSENT),
    ("It rose by 5.2 points.", "2 points", Outcome.ABSENT),
    ("Some 15 boats left.", "5 boats", Outcome.ABSENT),
    ("Some 5 boats left.", "5 boats", Outcome.EXACT),
    ("Some 1,500 boats left.", "500 boats", Outcome.ABSENT),
    ("Some 1\u00a0500 boats left.", "500 boats", Outcome.ABSENT),
    ("Rents rose 5% last year.", "Rents rose 5", Outcome.ABSENT),
    ("It cost $5 million.", "5 million", Outcome.ABSENT),
    ("It cost +5 points.", "5 points", Outcome.ABSENT),
    ("Between 5–10 boats left.", "10 boats", Outcome.ABSENT),
    ("It begins at 7:30 p.m. today.", "30 p.m.", Outcome.ABSENT),
    ("It begins at 7:30 p.m. today.", "at 7", Outcome.ABSENT),
    ("They are in 5.", "in 5", Outcome.EXACT),
    ("A non-violent march took place.", "violent march", Outcome.ABSENT),
    ("The Taliban–Pakistan border is closed.", "Pakistan border", Outcome.EXACT),
    ("They can’t come.", "They can", Outcome.ABSENT),
    ("Iran’s ministry spoke.", "ministry spoke", Outcome.EXACT),
    ("The U.S. envoy spoke.", "S. envoy", Outcome.ABSENT),
    ("نخواهند کرد.https://example.org", "نخواهند کرد", Outcome.EXACT),
    ("He said “no comment” — twice.", 'He said "no comment" - twice.', Outcome.FOLDED),
    ("He  said\u00a0it\nagain.", "He said it again.", Outcome.FOLDED),
    ("A caf\u00e9 closed.", "A cafe\u0301 closed.", Outcome.FOLDED),
    ("A caf\u00e9 closed.", "A cafe closed.", Outcome.ABSENT),
    ("The Minister spoke.", "the minister spoke", Outcome.ABSENT),
    ("There were 5 of them.", "There were ٥ of them.", Outcome.ABSENT),
    (PERSIAN, "می‌خواهد در نشست", Outcome.EXACT),
    (PERSIAN, "میخواهد در نشست", Outcome.FOLDED),
    (PERSIAN, "خواهد در نشست", Outcome.ABSENT),
    (PERSIAN, "کشورهای همسایه موافقند", Outcome.FOLDED),
    (PERSIAN, "كشورهاي همســايه", Outcome.FOLDED),
    ("First this. Then that.", "First … that.", Outcome.EXACT),
    ("First this. Then that.", "First [...] that.", Outcome.EXACT),
    ("First this. Then that.", "First […] Then […] that.", Outcome.EXACT),
    ("First this. Then that.", "that … First", Outcome.ABSENT),
    ("First this.\nThen that.", "First … that.", Outcome.ABSENT),
    ("First this, he said … and went.", "he said … and went", Outcome.EXACT),
    ("They held illegal talks today.", "They … legal talks", Outcome.ABSENT),
    ("The minister spoke.", "The [prime] minister spoke", Outcome.ABSENT),
    ("会议将在十二月举行。", "十二月举行", Outcome.EXACT),
    ("双方举行了不合法的谈判。", "合法的谈判", Outcome.ABSENT),
    ("共有百二十五人。", "五人", Outcome.ABSENT),
    ("They held il\u202elegal talks.", "legal talks", Outcome.ABSENT),
    ("They held il\U000e0061legal talks.", "legal talks", Outcome.ABSENT),
    ("They held \u2068legal\u2069 talks.", "legal", Outcome.EXACT),
    ("He was not guilty\nThe man died", "guilty The man", Outcome.ABSENT),
    ("Talks were\nheld at noon.", "Talks were held", Outcome.FOLDED),
    ("Talks were\n\nheld at noon.", "Talks were held", Outcome.ABSENT),
    ("They held il-\nlegal talks.", "legal talks", Outcome.ABSENT),
    ("Some 1 000 men left.", "000 men", Outcome.ABSENT),
    ("Some 1 000 men left.", "Some 1", Outcome.ABSENT),
    ("In 2025 300 men left.", "300 men", Outcome.EXACT),
    ("It lost 5 % of it.", "It lost 5", Outcome.ABSENT),
    ("It lost € 5 million.", "5 million", Outcome.ABSENT),
    ("It lost US$5 million.", "$5 million", Outcome.ABSENT),
    ("There were < 5 men.", "5 men", Outcome.ABSENT),
    ("Some 5 - 10 men left.", "10 men", Outcome.ABSENT),
    ("It was 5×10 m.", "10 m", Outcome.ABSENT),
    ("It is 0·5 m.", "5 m", Outcome.ABSENT),
    ("Begin at 7 a.m. today.", "m. today", Outcome.ABSENT),
    ("On R&D they spent much.", "D they spent", Outcome.ABSENT),
    ("Some men—5 killed.", "men-5 killed", Outcome.ABSENT),
    ("Iran’s ministry spoke.", "Iran", Outcome.EXACT),
    ("Iran’s ministry spoke.", "s ministry", Outcome.ABSENT),
    ("Ils disent que l’homme est là.", "homme est là", Outcome.EXACT),
    ("Ils disent qu’il n’est pas là.", "est pas là", Outcome.ABSENT),
    ("على الطاولة", "علي الطاولة", Outcome.ABSENT),
]


@pytest.mark.parametrize(("document", "quote", "outcome"), CASES)
def test_outcome(desk: LittleDesk, document: str, quote: str, outcome: Outcome) -> None:
    """A quote passes only where whole words and numbers of it stand in the document."""
    checked = desk.document("a", document).quote(quote)
    assert [check.outcome for check in checked.quotes] == [outcome]
    assert ("quote-not-found" in codes(checked)) is (outcome is Outcome.ABSENT)
    assert (checked.quotes[0].anchor is not None) is outcome.passes


def test_place_is_kept(desk: LittleDesk) -> None:
    """A match has code points, line and paragraph; slicing the document gives it back."""
    text = "Zero.\n\n  One 𝒜 two.\nThree “four” five.\n"
    checked = desk.document("a", text).quote('Three "four"')
    anchor = checked.quotes[0].anchor
    assert anchor is not None
    (passage,) = anchor.passages
    assert text[passage.start : passage.end] == "Three “four”"
    assert (passage.line, passage.paragraph, anchor.how) == (4, 3, Outcome.FOLDED)


def test_fragments_keep_their_places(desk: LittleDesk) -> None:
    """An ellipsis gives a passage a part, and the tightest of all ways to read it."""
    text = "One came. One stayed and then one left."
    anchor = desk.document("a", text).quote("One … left").quotes[0].anchor
    assert anchor is not None
    assert [text[each.start : each.end] for each in anchor.passages] == ["One", "left"]
    assert anchor.passages[0].start == text.index("One stayed")


def test_the_nearest_passage_is_looked_for_only_where_a_quote_is_lost(
    desk: LittleDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It costs far more than to find one that is there."""
    looked: list[str] = []
    monkeypatch.setattr(nearest, "passage", lambda lost, *_: looked.append(lost))
    desk.document("a", "The ship  left the port on Monday.")
    for quote in ("ship  left", "the port … Monday", "The ship left", "The ship sailed"):
        desk.quote(quote)
    assert looked == ["The ship sailed"]


def test_misattributed_names_the_other_source(desk: LittleDesk) -> None:
    """A quote that stands in another document says in which, and where."""
    desk.document("a", "Nothing here.").document("b", "First line.\nThe pier was closed.")
    checked = desk.quote("The pier was closed")
    assert checked.quotes[0].outcome is Outcome.MISATTRIBUTED
    mistake = only(checked, "quote-misattributed")
    assert "`b`" in mistake.message
    assert "b.txt:2:1" in printed(checked)


def test_absent_shows_the_nearest_passage(desk: LittleDesk) -> None:
    """A quote that is nowhere comes with the passage most like it, and what differs."""
    desk.document("a", "Weather is fine.\nThe council closed the northern pier on Monday.")
    checked = desk.quote("The council closed the southern pier on Monday")
    step, hint = only(checked, "quote-not-found").hints
    assert step.message == "copy the passage from the document, to the letter"
    assert "“southern” there reads “northern”" in hint.message
    assert "a.txt:2:1" in printed(checked)


@pytest.mark.parametrize(
    ("quote", "passage", "difference"),
    [
        (
            "the council has closed the pier by order of Monday",
            "the council has not closed the pier by order of Monday,",
            "“not” is there besides",
        ),
        (
            "the council has now not closed the pier by order of Monday",
            "the council has not closed the pier by order of Monday,",
            "“now” is not there",
        ),
    ],
)
def test_the_nearest_passage_is_whole(
    desk: LittleDesk, quote: str, passage: str, difference: str
) -> None:
    """It ends where the quote does, with a word more there or less."""
    text = "Today the council has not closed the pier by order of Monday, as the mayor had asked."
    _, hint = only(desk.document("a", text).quote(quote), "quote-not-found").hints
    assert hint.message == f"nearest there: “{passage}”; {difference}"


def test_part_of_a_word_is_named(desk: LittleDesk) -> None:
    """A quote that stands only inside a longer word is told so, with that word."""
    checked = desk.document("a", "They held illegal talks.").quote("legal talks")
    _, hint = only(checked, "quote-not-found").hints
    assert "only inside a longer word or number: “illegal talks.”" in hint.message


def test_unreadable_document(desk: LittleDesk) -> None:
    """A missing document proves nothing, and is reported once however many quotes it has."""
    desk.document("a", "Text.").document("b", "Text of b.")
    (desk.folder / "a.txt").unlink()
    checked = desk.quote("Text")
    assert checked.quotes[0].outcome is Outcome.UNREADABLE
    assert codes(checked).count("source-unreadable") == 1
    assert checked.checked is None


@pytest.mark.parametrize("content", [b"caf\xe9 text", b"a\0b", b"\xff\xfet\0e\0"])
def test_binary_document(desk: LittleDesk, content: bytes) -> None:
    """What is not UTF-8 text is refused, with the reason."""
    checked = desk.document("a", content).quote("text")
    assert checked.quotes[0].outcome is Outcome.UNREADABLE
    assert "source-unreadable" in codes(checked)


def test_changed_document(desk: LittleDesk) -> None:
    """A document that is not the one on record carries no quote, even one it still holds."""
    desk.document("a", "The pier was closed.")
    (desk.folder / "a.txt").write_text("The pier was closed. Or was it?", encoding="utf-8")
    checked = desk.quote("The pier was closed")
    assert checked.quotes[0].outcome is Outcome.CHANGED
    mistake = only(checked, "source-changed")
    assert mistake.span is not None
    assert checked.texts["facts.yaml"].slice(mistake.span) in desk.sources["a"]


def test_nothing_checked_never_passes(desk: LittleDesk) -> None:
    """An empty base is an error, not a success."""
    checked = desk.check("")
    assert codes(checked) == ["nothing-checked"]
    assert checked.checked is None


TWICE = "The ship left. It was late.\nThe ship left. It was early.\n"


def test_several_places_are_a_warning(desk: LittleDesk) -> None:
    """A quote that stands twice is a warning that names both places."""
    checked = desk.document("a", TWICE).quote("The ship left.")
    mistake = only(checked, "quote-ambiguous")
    assert [hint.span.start for hint in mistake.hints if hint.span] == [0, 28]
    assert checked.checked is not None


@pytest.mark.parametrize(
    ("selector", "start"),
    [
        ("suffix: It was early", 28),
        ("suffix: It was late", 0),
        ("prefix: It was late.", 28),
        ("occurrence: 2", 28),
        ("occurrence: 1", 0),
    ],
)
def test_told_apart(desk: LittleDesk, selector: str, start: int) -> None:
    """Prefix, suffix or occurrence choose one of several places."""
    checked = desk.document("a", TWICE).quote("The ship left.", more=f"        {selector}\n")
    assert codes(checked) == []
    anchor = checked.quotes[0].anchor
    assert anchor is not None
    assert anchor.passages[0].start == start


@pytest.mark.parametrize("selector", ["suffix: It was never", "prefix: Because", "occurrence: 3"])
def test_selector_that_does_not_fit(desk: LittleDesk, selector: str) -> None:
    """A selector is part of the claim: one that does not fit is an error."""
    checked = desk.document("a", TWICE).quote("The ship left.", more=f"        {selector}\n")
    assert "selector-mismatch" in codes(checked)
    assert checked.checked is None


def test_no_more_places_are_counted_than_are_looked_at(desk: LittleDesk) -> None:
    """Of a quote that stands in more than a thousand, no number is told that is not so."""
    for count, told in ((999, "`a` has only 999"), (1200, "of its places in `a` the first 1,000")):
        desk.document("a", "The ship left. " * count)
        checked = desk.quote("The ship left.", more="        occurrence: 1100\n")
        assert told in only(checked, "selector-mismatch").message
    ambiguous = only(desk.quote("The ship left."), "quote-ambiguous")
    assert "stands in 1,000 or more places" in ambiguous.message


def test_ellipsis_that_drops_a_negation(desk: LittleDesk) -> None:
    """Leaving out “not” is legal punctuation and a lie: it is reported."""
    checked = desk.document("a", "They will not attend the talks.").quote("They will … attend")
    assert "“not”" in only(checked, "gap-drops-negation").message


@pytest.mark.parametrize("quote", ["…", "( … )", "— … !"])
def test_quote_without_words(desk: LittleDesk, quote: str) -> None:
    """A quote of punctuation carries nothing."""
    checked = desk.document("a", "Text — with … marks ( and ) more !").quote(quote)
    assert "bad-quote" in codes(checked)
    assert checked.checked is None


def test_titles_pass_the_gate_too(desk: LittleDesk) -> None:
    """What a source calls a person is a quote like any other."""
    desk.document("a", "Deputy spokesman Zia spoke.")
    checked = desk.check(
        "actors:\n  zia:\n    name: Zia\n    kind: person\n    titles:\n"
        "      - {source: a, name: Zia, title: Chief spokesman}\n"
        "facts:\n  - {id: f, kind: event, topics: [t], statement: He spoke.,"
        " evidence: [{source: a, quote: Zia spoke}]}\n"
    )
    assert "Chief spokesman" in only(checked, "quote-not-found").message


def test_prefix_and_suffix_may_cut_words(desk: LittleDesk) -> None:
    """A selector of so many characters, as annotation tools write it, may begin inside a word."""
    desk.document("a", "The firmer talks failed. The other talks failed.")
    assert codes(desk.quote("talks failed", more="        prefix: rmer\n")) == []
    assert codes(desk.quote("talks failed", more='        suffix: ". The oth"\n')) == []
    checked = desk.quote("talks failed", more="        prefix: armer\n")
    assert codes(checked) == ["selector-mismatch"]


def test_parts_at_the_very_start_are_seen(desk: LittleDesk) -> None:
    """A part that stands first in its document is not reported as missing."""
    checked = desk.document("a", "a b c d e").quote("c … a")
    assert "not in this order" in only(checked, "quote-not-found").hints[0].message


@pytest.mark.parametrize(
    "quote",
    [
        "word " * 2000,
        "5" + "\u00a0" * 30_000 + "x",
        " … ".join(["aa"] * 200),
        " … ".join(["aa"] * 19),
    ],
)
def test_hostile_quotes_end(desk: LittleDesk, quote: str) -> None:
    """Neither a long quote nor one of many parts keeps the gate busy."""
    desk.document("a", "aa " * 20_000 + "\n" + "other words here " * 500)
    assert desk.quote(quote).checked is None or len(quote) < 200


def test_paragraphs_of_blocks(desk: LittleDesk) -> None:
    """Where lines are only wrapped, an ellipsis may reach over a line end."""
    text = "First this was said\nby them. Then that.\n\nAnother one."
    desk.document("a", text, paragraphs="blocks")
    assert desk.quote("First … that").quotes[0].outcome is Outcome.EXACT
    assert desk.quote("First … one").quotes[0].outcome is Outcome.ABSENT


@given(st.text())
def test_folding_leads_back(text: str) -> None:
    """Every folded character bounds a range of the original, in order, that folds to it."""
    folded = fold(text)
    last = 0
    for index in range(len(folded.text)):
        start, end = folded.original_range(index, index + 1)
        assert last <= start < end <= len(text)
        assert folded.index(start) <= index
        assert start < folded.original_range(folded.index(start), index + 1)[1]
        last = start
    assert fold(folded.text).text == folded.text


@given(st.text(alphabet="ab 5-–.,’'%$ می\u200c", min_size=1, max_size=40), st.data())
def test_whole_words_are_found(text: str, data: st.DataObject) -> None:
    """Any piece cut where the document does not split is found at that very place."""
    document = fold(text)
    cuts = [index for index in range(len(document.text) + 1) if not splits(document, index)]
    start, end = sorted((data.draw(st.sampled_from(cuts)), data.draw(st.sampled_from(cuts))))
    piece = document.text[start:end].strip()
    if any(char.isalnum() for char in piece):
        from briefings.check.quotes.cuts import occurrences

        hits = list(occurrences(piece, document))
        assert (
            document.text.index(piece, start) in hits
            or splits(document, document.text.index(piece, start))
            or splits(document, document.text.index(piece, start) + len(piece))
        )
