"""A base says things once: defaults of files and sources, names taken, and `fmt --shorten`."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import desks
import pytest
import yaml
from command import run
from hypothesis import given
from hypothesis import strategies as st
from little_desk import LittleDesk, codes

from briefings.authoring.draft import open_desk
from briefings.compose.edition import compose
from briefings.compose.selection import window
from briefings.core.model import (
    CheckedBase,
    Credibility,
    FactId,
    FactKind,
    Period,
    SourceId,
    TopicId,
    Voice,
)
from briefings.core.spec import EditionSpec
from briefings.desk.checked import sound
from briefings.edit.canonical import formatted
from briefings.load.desk import load
from briefings.load.variants import differing, stand_in, varied
from briefings.render.html.environment import environment
from briefings.render.html.jobs import BriefPage, make
from briefings.render.html.siblings import Siblings
from briefings.run import fmt
from briefings.run.fmt import meaning, shape, shorten

ROOT = Path(__file__).parents[1]
HEAD = """\
format: 1
title: Little desk
languages: [en, fa]
topics:
  t: {title: Harbour}
  u: {title: Boats}
actors:
  mora: {name: Ana Mora, kind: person}
  board: {name: the Board, kind: body}
  other: {name: Bo, kind: person}
  same: {name: Bo, kind: person}
places:
  vell: {name: Vell}
"""
WORDS = [
    "a",
    "an",
    "port,",
    "port",
    "ports",
    "(port)",
    "a\u0301",
    "mid-port",
    "port\u200cport",
    ".",
]
TEXT = "Ana Mora told the Board that Vell has two piers. Bo left Vell."


@pytest.fixture
def desk(tmp_path: Path) -> LittleDesk:
    return LittleDesk(tmp_path).document("a", TEXT).document("b", TEXT + " So it is.")


def fact(name: str, more: str = "", source: str = "a", evidence: str = "") -> str:
    return (
        f"  - id: {name}\n    statement: Ana Mora told the Board that Vell has two piers.\n{more}"
        f"    evidence:\n      - source: {source}\n"
        f"        quote: Ana Mora told the Board that Vell has two piers\n{evidence}"
    )


def test_an_entry_goes_before_its_source_and_that_before_its_file(desk: LittleDesk) -> None:
    """Facts go by the source of their first evidence, evidence by its own."""
    head = HEAD + (
        "defaults: {kind: event, topics: [t], credibility: 4, by: anonymous, translator: T}\n"
    )
    desk.sources["b"] = desk.sources["b"].replace(
        "}\n", ", defaults: {kind: claim, topics: [u, t], by: mora}}\n"
    )
    translated = "        translation: {fa: آنا مورا}\n"
    checked = desk.check(
        "facts:\n"
        + fact("of-file", evidence=translated)
        + fact("of-source", source="b")
        + fact("own", "    kind: analysis\n    topics: [u]\n    credibility: 2\n", source="b")
        + fact("outlet", source="b", evidence="        by: outlet\n"),
        head,
    )
    assert checked.checked is not None, checked.diagnostics
    facts = checked.checked.base.facts
    of_file, of_source, own, outlet = (
        facts[FactId(name)] for name in ("of-file", "of-source", "own", "outlet")
    )
    assert (of_file.kind, of_file.topics, of_file.credibility) == (
        FactKind.EVENT,
        ("t",),
        Credibility.DOUBTFUL,
    )
    assert (of_file.evidence[0].by, of_file.evidence[0].translator) == (Voice.ANONYMOUS, "T")
    assert (of_source.kind, of_source.topics) == (FactKind.CLAIM, ("u", "t"))
    assert (of_source.evidence[0].by, of_source.evidence[0].translator) == ("mora", None)
    assert of_source.credibility == Credibility.DOUBTFUL
    assert (own.kind, own.topics, own.credibility) == (
        FactKind.ANALYSIS,
        ("u",),
        Credibility.PROBABLY_TRUE,
    )
    assert outlet.evidence[0].by == Voice.OUTLET


def test_a_file_speaks_for_itself_alone(desk: LittleDesk) -> None:
    """An included file has defaults of its own, and none of those of the base."""
    more = desk.folder / "more.yaml"
    more.write_text(
        "defaults: {kind: plan, topics: [u]}\nfacts:\n" + fact("there"), encoding="utf-8"
    )
    head = HEAD + "include: [more.yaml]\ndefaults: {kind: event, topics: [t], credibility: 4}\n"
    loaded_from = desk.check("facts:\n" + fact("here"), head)
    assert loaded_from.checked is not None, loaded_from.diagnostics
    facts = loaded_from.checked.base.facts
    assert (facts[FactId("here")].kind, facts[FactId("there")].kind) == (
        FactKind.EVENT,
        FactKind.PLAN,
    )
    assert facts[FactId("there")].credibility == Credibility.CANNOT_BE_JUDGED


def test_a_language_for_all_sources_of_a_file(tmp_path: Path) -> None:
    """Which needs it no more; its own goes before."""
    desk = LittleDesk(tmp_path).document("a", TEXT).document("b", TEXT + "!", language="fr")
    desk.sources["a"] = desk.sources["a"].replace(", language: en", "")
    desk.check("", HEAD + "defaults: {language: fa}\n")
    base = load(tmp_path / "facts.yaml").base
    assert base is not None
    assert [base.sources[SourceId(name)].language for name in "ab"] == ["fa", "fr"]


@pytest.mark.parametrize(
    ("defaults", "code", "words"),
    [
        ("{kind: rumour, topics: [t]}", "bad-value", "rumour"),
        ("{kind: event, topics: [x]}", "unknown-reference", "x"),
        ("{kind: event, topics: [t], colour: red}", "unknown-key", "colour"),
        ("[event]", "wrong-type", "is a map"),
    ],
)
def test_a_mistake_in_defaults_is_shown_where_it_stands(
    desk: LittleDesk, defaults: str, code: str, words: str
) -> None:
    """By its own place, in the line of the defaults."""
    checked = desk.check("facts:\n" + fact("f"), HEAD + f"defaults: {defaults}\n")
    text = checked.texts["facts.yaml"]
    mistakes = [each for each in checked.diagnostics if each.code == code and words in each.message]
    assert mistakes, checked.diagnostics
    assert mistakes[0].span is not None
    assert "defaults:" in text.line(text.position(mistakes[0].span.start).line)


def test_names_are_taken_where_a_fact_lists_none(desk: LittleDesk) -> None:
    """In the order of the statement; a list that is there stays, and a shared name is nobody's."""
    kinds = "    kind: event\n    topics: [t]\n"
    checked = desk.check(
        "facts:\n"
        + fact("neither", kinds)
        + fact("both", f"{kinds}    actors: [board, mora]\n    places: [vell]\n")
        + f"  - id: shared\n{kinds}    statement: Bo left Vell.\n"
        "    evidence: [{source: a, quote: Bo left Vell}]\n",
        HEAD,
    )
    assert checked.checked is not None, checked.diagnostics
    facts = checked.checked.base.facts
    assert facts[FactId("neither")].actors == ("mora", "board")
    assert facts[FactId("neither")].places == ("vell",)
    assert facts[FactId("both")].actors == ("board", "mora")
    assert facts[FactId("shared")].actors == ()
    assert codes(checked) == ["unlisted-name"]
    assert {each.fact: (each.actors, each.places) for each in checked.taken} == {
        "neither": (("mora", "board"), ("vell",)),
        "shared": ((), ("vell",)),
    }


def test_a_name_without_a_form_is_known_in_every_language(desk: LittleDesk) -> None:
    """“Paul Mora” is not the Mora whom another language has, where he is named in English alone."""
    desk.document("b", "Paul Mora left.")
    checked = desk.check(
        "facts:\n  - id: left\n    kind: event\n    topics: [t]\n"
        "    statement: {en: Paul Mora left., fr: Paul Mora est parti.}\n"
        "    evidence: [{source: b, quote: Paul Mora left}]\n",
        "format: 1\ntitle: T\nlanguages: [en, fr]\ntopics: {t: {title: T}}\nactors:\n"
        "  paul: {name: Paul Mora, kind: person}\n"
        "  mora: {name: Ana Mora, aliases: [Mora], kind: person}\n",
    )
    assert codes(checked) == []


def test_an_empty_list_is_a_list(desk: LittleDesk) -> None:
    """Who says that nobody is meant is asked about it, and not overruled."""
    more = "    kind: event\n    topics: [t]\n    actors: []\n    places: []\n"
    checked = desk.check("facts:\n" + fact("f", more), HEAD)
    assert checked.taken == ()
    assert codes(checked) == ["unlisted-name"] * 3


def test_check_says_what_was_taken(desk: LittleDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a line, and for machines by fact."""
    desk.check("facts:\n" + fact("f", "    kind: event\n    topics: [t]\n"), HEAD)
    monkeypatch.chdir(desk.folder)
    assert "actors of 1 fact, places of 1 fact taken from the names in" in run("check").stderr
    assert json.loads(run("check", "--json").stdout)["taken_from_names"] == {
        "f": {"actors": ["mora", "board"], "places": ["vell"]}
    }


def test_a_shorter_base_says_the_same(tmp_path: Path) -> None:
    """It is in shape, keeps each comment, and can't be made shorter again, for it has no error."""
    folder = Path(shutil.copytree(ROOT / "tests" / "desk_harbour", tmp_path / "desk"))
    base = folder / "facts.yaml"
    text = base.read_text(encoding="utf-8")
    shorten(base)
    shorter = base.read_text(encoding="utf-8")
    assert formatted(shorter) == shorter
    assert len(shorter.splitlines()) < len((formatted(text) or "").splitlines())
    assert shorter.count("#") == text.count("#")
    assert shorten(base).changed == ()


def test_the_reference_desk_says_things_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands in the repository as short as `fmt --shorten` makes it, and comes to that shape.

    Out of JSON, which is YAML without any shape of ours, `fmt` makes the same words in the same
    order but for the comments, and leaves numbers in quotes; what is built is the same to the byte.
    """
    text = (ROOT / "facts.yaml").read_text(encoding="utf-8")
    base = tmp_path / "facts.yaml"
    base.write_text(json.dumps(yaml.load(text, yaml.CBaseLoader)), encoding="utf-8")  # noqa: S506 # it builds only strings, lists and maps
    for part in ("seeds", "issued"):
        shutil.copytree(ROOT / part, tmp_path / part)
    assert shape(base).changed == ("facts.yaml",)
    lines = [each for each in text.splitlines() if not each.lstrip().startswith("#")]
    shaped = base.read_text(encoding="utf-8")
    assert shaped.replace('"', "").split() == " ".join(lines).replace('"', "").split()
    base.write_text(text, encoding="utf-8")  # a comment begins a group
    opened = open_desk(base)
    monkeypatch.setattr(fmt, "open_desk", lambda _: opened)  # which would be checked again
    assert shorten(base).changed == ()
    assert _page(sound(opened.checked).checked) == _page(desks.reference())


def _page(base: CheckedBase) -> str:
    """A brief of the reference desk, in the form of Persian that says only what is other in it."""
    topic, day = TopicId("un-staff-ban"), date(2025, 12, 14)
    spec = EditionSpec(topic, (topic,), day, day, window(day, Period.WEEK), "fa-AF")
    return make(environment(), BriefPage(compose(base, spec), "screen", Siblings(index=False))).text


VARIED = """\
format: 1
title: {en: Piers, fa: اسکله‌ها در دسامبر، دیسامبر, fa-AF: VALUE}
languages: [en, fa, fa-AF]
topics: {}
"""


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("{دسامبر: دسمبر}", "اسکله‌ها در دسمبر، دیسامبر"),
        ("{دسامبر: دیسامبر, دیسامبر: دسمبر}", "اسکله‌ها در دیسامبر، دسمبر"),
        ("{در دسامبر: به دسمبر, دیسامبر: دیسمبر}", "اسکله‌ها به دسمبر، دیسمبر"),
    ],
)
def test_a_form_of_a_language_is_told_by_the_words_that_differ(
    desk: LittleDesk, value: str, title: str
) -> None:
    """Whole words, all at once, the longer before the shorter; the language may stand first."""
    desk.check("", VARIED.replace("VALUE", value))
    base = load(desk.folder / "facts.yaml").base
    assert base is not None
    assert base.title.get("fa-AF") == title
    assert base.title.get("fa") == "اسکله‌ها در دسامبر، دیسامبر"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("{اسکله: بندر}", "“اسکله” is no word of `title.fa` that differs in `title.fa-AF`"),
        ("{سامبر: سمبر}", "“سامبر” is no word of `title.fa` that differs in `title.fa-AF`"),
        ("{}", "`title.fa-AF` tells 0 words that differ from `title.fa`"),
        ("{در: [به]}", "`title.fa-AF.در` is a text, not a list"),
        (
            f"{{در: {'به' * 2499}, دسامبر: {'م' * 5000}}}",
            "no text is over 10,000 characters; with its words `title.fa-AF` is",
        ),
    ],
)
def test_a_word_that_stands_nowhere_is_a_mistake(
    desk: LittleDesk, value: str, message: str
) -> None:
    """Nor is a part of a word one; where the text changes, its words have to."""
    checked = desk.check("", VARIED.replace("VALUE", value))
    assert [each.message for each in checked.diagnostics] == [message]


TOLD = """\
format: 1
title: {en: The color of piers, fa: اسکله در دسامبر و اکتبر}
languages: [en, en-GB, fa, fa-AF]
words:
  en-GB: {color: colour, boat-left: ship-left}
  fa-AF: {دسامبر: دسمبر, اکتبر: اکتوبر}
topics:
  t:
    title: A color
    question: {en: Boats, fa: اسکله در دسامبر, fa-AF: در میزان}
  u:
    title: {en: Piers, fa: در دسامبر و اکتبر, fa-AF: {دسامبر: دسامبر, در: به}}
    question: Boats
"""


def test_the_base_tells_words_for_all_texts(desk: LittleDesk) -> None:
    """Those that have the form or none of the words stay, and a text’s own words go before."""
    checked = desk.check(
        fact("boat-left", "    kind: event\n    topics: [t]\n").join(["facts:\n", ""])
        + "accounts:\n  - id: a\n    topics: [t]\n    text: The color boat-left [boat-left].\n",
        TOLD,
    )
    base = load(desk.folder / "facts.yaml").base
    assert base is not None
    assert dict(base.title.forms) == {
        "en": "The color of piers",
        "en-GB": "The colour of piers",
        "fa": "اسکله در دسامبر و اکتبر",
        "fa-AF": "اسکله در دسمبر و اکتوبر",
    }
    topics = [base.topics[TopicId(name)] for name in "tu"]
    assert [each.title.get("en-GB") for each in topics] == ["A colour", None]
    assert [each.question.get("en-GB") for each in topics if each.question] == [None, None]
    assert topics[0].question is not None
    assert topics[0].question.get("fa-AF") == "در میزان"
    assert topics[1].title.get("fa-AF") == "به دسامبر و اکتوبر"
    (account,) = base.accounts.values()
    assert account.text.words.get("en-GB") == "The colour ship-left."  # a mark is no word
    assert account.text.facts == ("boat-left",)
    assert not [each for each in codes(checked) if each.startswith("unknown")]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("{de: {a: b}}", "`de` is not in `languages`"),
        ("{fa: {a: b}}", "`fa` is no form of another language of the base"),
        ("{fa-AF: b}", "`words.fa-AF` is a map, not a text"),
        ("[fa-AF]", "`words` is a map, not a list"),
        ("{fa-AF: {a: [b]}}", "`a` is a text, not a list"),
        (
            "{fa-AF: {" + ", ".join(f"a{n}: b" for n in range(201)) + "}}",
            "`words.fa-AF` holds 201 words",
        ),
    ],
)
def test_words_of_no_form_are_a_mistake(desk: LittleDesk, words: str, message: str) -> None:
    """Of a form of a language of the base, so many."""
    checked = desk.check("", VARIED.replace("VALUE", "دسمبر") + f"words: {words}\n")
    assert [each.message for each in checked.diagnostics] == [message]


@given(st.lists(st.sampled_from(WORDS), min_size=1), st.lists(st.sampled_from(WORDS), min_size=1))
def test_words_that_differ_make_the_other_text(ours: list[str], theirs: list[str]) -> None:
    """Where two texts are told by words, the words make one of the other."""
    text, other = " ".join(ours), " ".join(theirs)
    words = differing(text, other)
    if words is not None:
        assert varied(text, words, len(other)) == other
        assert stand_in(text, words) == frozenset(words)
    if text == other:
        assert words is None


def test_a_long_text_is_told_by_words(desk: LittleDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where few differ, by those of the base where several texts do; a short one stays whole."""
    persian = "کشتی‌ها در ماه دسامبر به اسکله شمالی بازگشتند و تا پایان زمستان همان‌جا ماندند."
    dari = persian.replace("دسامبر", "دسمبر")
    other = persian.replace("اسکله", "بندرگاه")
    desk.check(
        "facts:\n"
        + fact("f", "    kind: event\n    topics: [t]\n    credibility: 3\n")
        + f"gaps:\n  - id: g\n    topic: t\n    made: 2025-01-01\n"
        f"    question: {{en: Which, fa: کدام دسامبر, fa-AF: کدام دسمبر}}\n"
        f"    why:\n      en: Nobody says\n      fa: {persian}\n      fa-AF: {dari}\n"
        f"  - id: h\n    topic: t\n    made: 2025-01-02\n"
        f"    question:\n      en: Where\n      fa: {persian}\n      fa-AF: {other}\n"
        f"    why: {{en: Who, fa: بندر در اکتبر, fa-AF: بندر در میزان}}\n",
        HEAD.replace("[en, fa]", "[en, fa, fa-AF]"),
    )
    monkeypatch.chdir(desk.folder)
    assert run("fmt", "--shorten").exit_code == 0
    text = (desk.folder / "facts.yaml").read_text(encoding="utf-8")
    assert "words: {fa-AF: {دسامبر: دسمبر}}\n" in text
    assert text.count("دسمبر") == 1
    assert "    question.fa-AF: {اسکله: بندرگاه, دسامبر: دسامبر}\n" in text
    assert "fa-AF: بندر در میزان" in text
    assert run("fmt", "--shorten").stdout == ""


def test_what_has_a_comment_stays(desk: LittleDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reason is not lost because its value is said elsewhere."""
    kinds = "    kind: event\n    topics: [t]\n    credibility: 3\n"
    desk.check(
        "facts:\n"
        + "".join(fact(f"f{number}", kinds) for number in range(3))
        + fact("why", kinds.replace("credibility: 3", "credibility: 3  # by its tone"))
        + fact("about", kinds.replace("[t]", "\n      - t  # and no boats")),
        HEAD,
    )
    base = desk.folder / "facts.yaml"
    before = load(base).base
    monkeypatch.chdir(desk.folder)
    assert run("fmt", "--shorten").exit_code == 0
    text = base.read_text(encoding="utf-8")
    assert "credibility: 3  # by its tone" in text
    assert "- t  # and no boats" in text
    assert text.count("credibility:") == 2
    assert "defaults: {kind: event, topics: [t], credibility: 3}" in text
    assert run("fmt", "--check").exit_code == 0
    after = load(base).base
    assert before is not None
    assert after is not None
    assert meaning(before) == meaning(after)
