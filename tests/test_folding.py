"""What folding sets aside, what it never does, and how that is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from breadth import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from little_desk import LittleDesk, codes

from briefings.check.quotes import fold as fold_module
from briefings.check.quotes.fold import fold
from briefings.core.model import Outcome
from briefings.desk.report import as_object

# document, quote as one would write it, what is told as set aside
SHAPED = [
    ("The ﬁrst oﬀer was ﬂat.", "The first offer was flat", "ligatures or presentation forms"),
    ("ﻣﺼﺪﺭ ﻓﻲ ﺍﻟﻮﺯﺍﺭﺓ", "مصدر في الوزارة", "ligatures or presentation forms"),
    ("قال ﻻ شيء.", "قال لا شيء", "ligatures or presentation forms"),
    ("⚠️ Warning: closed.", "⚠ Warning: closed", "variation selectors"),
    ("The 👩‍🚀 crew left.", "The 👩🚀 crew left", "joiners"),
    ("The \u202bgroup\u202c said so.", "The group said so", "directional marks"),
    ("The \u2068group\u2069 said so.", "The group said so", "directional marks"),
    ("The \u200fgroup said so.", "The group said so", "directional marks"),
    ("Immo\u00ad\nbilien were sold.", "Immobilien were sold", "soft hyphens"),
    ("The govern-\nment left.", "The government left", "hyphens at line ends"),
    ("The non-\nviolent march.", "The non-violent march", "hyphens at line ends"),
    ("A co-\nordinated non-\nviolent march.", "A coordinated non-violent march", "hyphens"),
    ("The ministry\n\fsaid so.", "The ministry said so", "white space"),
    ("The ministry\fsaid so.", "The ministry said so", "white space"),
    (
        "中国救援队一行82人\n8日凌晨抵达阿达\n纳机场。",
        "中国救援队一行82人8日凌晨抵达阿达纳机场",
        "white space",
    ),
    ("中国救援队 抵达机场。", "中国救援队抵达机场", "white space"),
    ("ประเทศ\nไทยปิดชายแดน", "ประเทศไทยปิดชายแดน", "white space"),
    ("It reached 35 µg.", "It reached 35 μg", "micro signs"),
    ("It resists 5 \u2126 here.", "It resists 5 Ω here", "composed letters"),
    ("Then some people left.", "[S]ome people left", "a bracketed letter"),
    ("Глава IТ-отдела задержан.", "Глава IT-отдела задержан", "two scripts"),
    ("Some people left.", "[s]ome people left", "a bracketed letter"),
    ("Fewer than 9 came.", "“Fewer than 9 came”", "quotation marks around it"),
    ("Fewer than 9 came.", "«Fewer than 9 came»", "quotation marks around it"),
    ("五人が来た。", "「五人が来た」", "quotation marks around it"),
    ("She said ‘yes’ — twice.", 'She said "yes" - twice', None),
    ("She said “yes” — twice.", 'She said "yes" - twice', "quotation marks"),
]


@pytest.mark.parametrize(("document", "quote", "told"), SHAPED)
def test_shape_is_set_aside(desk: LittleDesk, document: str, quote: str, told: str | None) -> None:
    """What shapes a text without changing what it says is folded, and told."""
    checked = desk.document("a", document, paragraphs="blocks").quote(quote)
    (check,) = checked.quotes
    if told is None:
        assert check.outcome is Outcome.ABSENT
        return
    assert check.outcome is Outcome.FOLDED
    assert any(told in each for each in check.folded), check.folded


def test_an_exact_quote_sets_nothing_aside(desk: LittleDesk) -> None:
    """To the letter is to the letter, and `check --json` says what was folded of the others."""
    desk.document("a", "The “group” left. The ship stayed.")
    exact = desk.quote("The ship stayed")
    assert exact.quotes[0].folded == ()
    folded = desk.quote('The "group" left')
    answer = json.loads(json.dumps(as_object(folded, Path(), strict=False)))
    assert answer["quotes"][0]["folded"] == ["quotation marks"]


@pytest.mark.parametrize(
    ("document", "quote"),
    [
        ("They held il\u202elegal talks.", "legal talks"),
        ("They held il-\nlegal talks.", "legal talks"),
        ("The non-violent march.", "The nonviolent march"),
        ("The well-known man re-\nsigned.", "The wellknown man resigned"),
        ("In 2020-\n21 it fell.", "In 202021 it fell"),
        ("共有百二\n十五人。", "五人"),
        ("Some people left.", "[T]ome people left"),
        ("It was 5 5 km.", "It was 55 km"),
    ],
)
def test_what_is_said_is_never_set_aside(desk: LittleDesk, document: str, quote: str) -> None:
    """Signs, words and numbers stay what they are, however the lines run."""
    checked = desk.document("a", document, paragraphs="blocks").quote(quote)
    assert checked.quotes[0].outcome is Outcome.ABSENT


def test_spaced_dots_are_an_ellipsis(desk: LittleDesk) -> None:
    """Style guides write “. . .”; it leaves words out like any ellipsis."""
    text = "He said, at the end of a long day, that it was good."
    for gap in ("…", "...", ". . .", "[…]", "[...]", ". . . ."):
        checked = desk.document("a", text).quote(f"He said {gap} that it was good")
        assert checked.quotes[0].outcome is Outcome.EXACT, gap
        assert codes(checked) == ["little-shared"] or codes(checked) == []


def test_a_prefix_may_begin_inside_a_word(desk: LittleDesk) -> None:
    """Annotation tools write a prefix of so many characters (W3C TextQuoteSelector)."""
    desk.document(
        "a",
        "It gives firmer grounding. The text has weight. In new research\n"
        "It has firmer ground. The text has weight. Other words follow.",
    )
    more = '        prefix: "rmer grounding. "\n        suffix: ". In new rese"\n'
    checked = desk.quote("The text has weight", more=more)
    assert "selector-mismatch" not in codes(checked)
    anchor = checked.quotes[0].anchor
    assert anchor is not None
    assert anchor.passages[0].line == 1


def test_a_text_of_one_script_folds_to_itself() -> None:
    """Folding a plain text changes nothing and keeps every place."""
    plain = "A plain line, with words; nothing else."
    folded = fold(plain)
    assert folded.text == plain
    places = [folded.original_range(index, index + 1) for index in range(len(plain))]
    assert places == [(index, index + 1) for index in range(len(plain))]


@settings(max_examples=examples(150, 6000))
@given(st.text(alphabet="ab\u200c\u200d \u200cيكا۲—1.\u00a0\t\u2019\u00ad\nﻻ中"))
def test_a_text_with_joiners_folds_the_short_way_as_the_long_one(text: str) -> None:
    """Persian is full of them: a text in which else each letter stays one is not folded by each."""
    short = fold_module._fold(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fold_module, "_is_as_long", lambda _: False)
        long = fold_module._fold(text)
    assert short.text == long.text
    for at in range(len(long.text)):
        assert short.original_range(at, at + 1) == long.original_range(at, at + 1)
    for at in range(len(text) + 1):
        assert short.index(at) == long.index(at)


@pytest.mark.parametrize(
    ("gap", "stands"),
    [("\n\n\f", True), ("\n\f\n", True), ("\r\n\r\n\f\r\n", True), ("\n\n", False)],
)
def test_a_sentence_goes_on_behind_a_page_break(desk: LittleDesk, gap: str, stands: bool) -> None:
    """Empty lines around it, as a PDF's text has them, end no paragraph; others do."""
    desk.document("a", f"The ship went to{gap}the sea.{gap}Next day it sank.", paragraphs="blocks")
    checked = desk.quote("The ship went to the sea")
    assert (checked.quotes[0].outcome is Outcome.FOLDED) is stands
    checked = desk.quote("the sea. Next day it sank")
    assert checked.quotes[0].outcome is Outcome.ABSENT


def test_an_override_is_not_folded(desk: LittleDesk) -> None:
    """A directional override shows a reader another text: it is told at the source instead."""
    checked = desk.document("a", "The \u202egroup\u202c left.").quote("The group left")
    assert checked.quotes[0].outcome is Outcome.ABSENT
    assert "document-characters" in codes(checked)


@pytest.mark.parametrize(
    ("foot", "stands"),
    [
        ("went to the sea\n\n12\n\n\fUPDATE No. 6\n\nand came back by noon.", True),
        ("went to the sea\n\n\fand came back by noon.", True),
        ("went to the sea.\n\n12\n\n\fUPDATE No. 6\n\nand came back by noon.", False),
        ("went to the sea\n\n12\n\n\fUPDATE No. 6\n\nAll and came back by noon.", False),
        ("went to the sea\n\n12\n\nUPDATE No. 6\n\nand came back by noon.", False),
        ("went to the sea\n\n\u00ad", False),  # a paragraph of which nothing shows, the last one
        ("went to the sea\n\n\u00ad\n\n\fand came back by noon.", True),
    ],
)
def test_an_ellipsis_leaves_out_the_foot_of_a_page(
    desk: LittleDesk, foot: str, stands: bool
) -> None:
    """Where the sentence goes on in lower case on the next page; no other paragraph is left out."""
    desk.document("a", f"The ship {foot}", paragraphs="blocks")
    checked = desk.quote("The ship went to the sea … and came back by noon")
    assert (checked.quotes[0].outcome is Outcome.EXACT) is stands
    assert stands is ("gap-joins" not in codes(checked) and "quote-not-found" not in codes(checked))
