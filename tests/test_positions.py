"""What each side of a contested point answers, in a few words: read, checked, shown, cut."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from little_desk import LittleDesk, codes, only
from strait_desk import FACTS, HEAD, edition, strait

from briefings.compose.ceiling import below
from briefings.core.marking import markings
from briefings.core.model import Contest, ContestId, FactId, LocalText, Marking
from briefings.render.html.environment import environment
from briefings.render.html.fill import Medium
from briefings.render.html.page import BriefPage

LIST = "positions: [toll-40, toll-third]\n"
MAP = """\
positions:
      toll-40: {en: By 40 percent, fa: ۴۰ درصد}
      toll-third: A third
    note: The Herald names no source.
"""
TOLL, FORTY, THIRD = ContestId("toll"), FactId("toll-40"), FactId("toll-third")
BOTH = HEAD.replace("languages: [en]", "languages: [en, fa]")


@pytest.fixture
def desk(desk: LittleDesk) -> LittleDesk:
    """The Herald's document of one line, and a rival to it."""
    desk.document("herald", "The toll was raised by 40 percent.", published="2031-05-14")
    return desk.document("wire", "It had been raised by a third.", published="2031-05-16")


def _facts(positions: str) -> str:
    """Two facts and a point that they are at odds on."""
    return f"""\
facts:
  - id: toll-40
    kind: claim
    topics: [ferries]
    statement: The toll was raised by 40 percent.
    evidence: [{{source: herald, quote: raised by 40 percent}}]
  - id: toll-third
    kind: claim
    topics: [ferries]
    statement: It was raised by a third.
    evidence: [{{source: wire, quote: raised by a third}}]
contested:
  - id: toll
    topic: ferries
    question: By how much was the toll raised?
    {positions}"""


def _head(head: str) -> str:
    return head.replace("MARKING", "GREEN").partition("actors:")[0]


def _contest(desk: LittleDesk, positions: str) -> Contest:
    checked = desk.check(_facts(positions), _head(BOTH)).checked
    assert checked is not None
    return checked.base.contests[TOLL]


def test_positions_are_a_list_or_a_map_to_answers(desk: LittleDesk) -> None:
    """In the order of either; an answer is a text, in one language or in several."""
    plain, answered = _contest(desk, LIST), _contest(desk, MAP)
    assert plain.positions == answered.positions == (FORTY, THIRD)
    assert plain.says == ()
    assert plain.answer(FORTY) is None
    forty, third = answered.answer(FORTY), answered.answer(THIRD)
    assert forty is not None
    assert third is not None
    assert forty.forms == (("en", "By 40 percent"), ("fa", "۴۰ درصد"))
    assert third.forms == (("en", "A third"),)


@pytest.mark.parametrize(
    ("positions", "code", "words"),
    [
        (MAP.replace("toll-third:", "toll-thrid:"), "unknown-reference", "toll-thrid"),
        (MAP.replace("fa:", "de:"), "unknown-language", "`de`"),
        (MAP.replace("By 40 percent", "By 50 percent"), "unsupported-figure", "50"),
        (MAP.replace("۴۰ درصد", "۵۰ درصد"), "unsupported-figure", "۵۰"),
        (MAP.replace("      toll-third: A third\n", ""), "contested-alone", "toll"),
        ("positions: {toll-40: , toll-third: A third}\n", "empty-text", "toll-40"),
    ],
)
def test_an_answer_is_checked_like_all_that_is_said(
    desk: LittleDesk, positions: str, code: str, words: str
) -> None:
    """The fact is known, the language the base's, the figure in a quote of that very fact."""
    assert words in only(desk.check(_facts(positions), _head(BOTH)), code).message


def test_a_figure_of_the_other_side_supports_no_answer(desk: LittleDesk) -> None:
    """What a rival's quote carries is not what this fact's does."""
    crossed = MAP.replace("toll-third: A third", "toll-third: Not by 40 percent")
    assert codes(desk.check(_facts(crossed), _head(BOTH))) == ["unsupported-figure"]


@pytest.mark.parametrize("medium", ["screen", "print"])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_answer_stands_in_place_of_the_sentence(
    tmp_path: Path, medium: Medium, language: str
) -> None:
    """With the quotes of it, in the reader's language; without an answer the sentence stands."""
    base = strait(tmp_path, head=BOTH, facts=FACTS.replace(LIST, MAP))
    shown = edition(base, language=language)
    contest = shown.contests[0].contest
    one_sided = replace(contest, says=tuple(each for each in contest.says if each[0] == FORTY))
    view = replace(shown.contests[0], contest=one_sided)
    front = replace(shown.front, disputes=(view,))
    shown = replace(shown, contests=(view,), front=front)
    html = BriefPage(shown, medium).text(environment())
    part = html[html.index('id="contest-toll"') : html.index('id="outlook"')]
    rows = re.findall(r'<th scope="row" class="account">(.*?)</tr>', part, re.DOTALL)
    answer = {"en": "By 40 percent", "fa": "۴۰ درصد"}[language]
    assert rows[0].startswith(answer)
    assert "The toll was raised by 40 percent" not in rows[0]
    positions = {each.fact.id: each for each in view.positions}
    for row, name in zip(rows, (FORTY, THIRD), strict=True):
        assert f'data-fact="{name}"' in row
        assert all(f'href="#q{number}"' in row for number in positions[name].citations)
    assert "the toll had been raised by a" in rows[1]
    assert "A third" not in part


def test_the_answer_goes_with_its_position(desk: LittleDesk) -> None:
    """An earlier edition has neither; two of three are a contest without the third's answer."""
    third = """\
  - id: toll-half
    kind: claim
    topics: [ferries]
    statement: It was raised by half.
    evidence: [{source: later, quote: raised by half}]
contested:"""
    positions = MAP.replace("A third\n", "A third\n      toll-half: By half\n")
    facts = _facts(positions).replace("contested:", third)
    desk.document("later", "No, it was raised by half.", published="2031-05-20")
    checked = desk.check(facts, _head(BOTH)).checked
    assert checked is not None
    seen = {
        day: edition(checked, as_of=date(2031, 5, 13) + timedelta(days=day)).contests
        for day in (1, 3, 7)
    }
    assert seen[1] == ()
    (early,), (whole,) = seen[3], seen[7]
    assert [name for name, _ in early.contest.says] == [FORTY, THIRD]
    assert early.contest.note is None
    assert len(whole.contest.says) == 3
    assert whole.contest.note is not None


def test_a_ceiling_cuts_answers_too(desk: LittleDesk) -> None:
    """What a fact that is above the ceiling answers is nowhere in the base that is left."""
    facts = _facts(MAP).replace(
        "    evidence: [{source: wire,", "    marking: RED\n    evidence: [{source: wire,"
    )
    checked = desk.check(facts, _head(BOTH)).checked
    assert checked is not None
    spec = replace(edition(checked).spec, ceiling=Marking.GREEN)
    left = below(checked, spec, frozenset({FORTY}), markings(checked.base)).base.contests[TOLL]
    assert left.positions == (FORTY,)
    assert [name for name, _ in left.says] == [FORTY]
    assert left.note is None


def test_among_keeps_what_is_whole(desk: LittleDesk) -> None:
    """With all of its positions a contest is the same, however many facts there are besides."""
    contest = _contest(desk, MAP)
    assert contest.among({FORTY, THIRD, FactId("another")}) == contest
    assert isinstance(contest.note, LocalText)
    assert contest.among({THIRD}).says == contest.says[1:]
    assert contest.among(()).positions == ()


@pytest.mark.parametrize(
    ("answer", "turned"), [("Lowered by 40 percent", True), ("Raised by 40 percent", False)]
)
def test_an_answer_does_not_turn_its_quote(desk: LittleDesk, answer: str, *, turned: bool) -> None:
    """What it denies hangs on its question; a word and its opposite do not."""
    positions = f"positions:\n      toll-40: {answer}\n      toll-third: A third\n"
    checked = desk.check(_facts(positions), _head(BOTH))
    assert ("turned-word" in codes(checked)) is turned
