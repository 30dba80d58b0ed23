"""Summaries and accounts in editions: what they may tell, when they stand, what keeps them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from command import run
from harbour_desk import DESK, GONE, TWELVE, change, issued_on, record
from hypothesis import given
from hypothesis import strategies as st
from little_desk import HEAD, LittleDesk, codes, only
from prose_desk import ACCOUNTS, BASIN, SUMMARIES, desk_with, edition, sound

from briefings.compose.edition import compose
from briefings.compose.fingerprint import Fingerprints
from briefings.core.carried import Carried, to_json
from briefings.core.difference import ChangeKind, Subject, diff
from briefings.core.edition import Edition
from briefings.core.marking import markings
from briefings.core.model import (
    AccountId,
    ActorId,
    CheckedBase,
    FactId,
    FactKind,
    Filters,
    LocalText,
    Marking,
    Part,
    SummaryId,
    Withdrawal,
)
from briefings.core.snapshot import from_object, to_object
from briefings.core.spec import EditionSpec, Window
from briefings.run.check import check_desk
from briefings.run.correction import corrections
from briefings.run.find import find
from briefings.run.impact import impact
from briefings.run.listing import listing

LETTERS = {"a": "The ship left.", "b": "The boat stayed."}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return desk_with(tmp_path)


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> CheckedBase:
    return sound(desk_with(tmp_path_factory.mktemp("told")))


def accounts_of(week: Edition) -> list[str]:
    return [view.account.id for view in week.accounts]


def led_by(week: Edition) -> str | None:
    return week.summary.summary.id if week.summary is not None else None


def march(day: int) -> date:
    return date(2024, 3, day)


def test_an_account_is_known_when_the_last_of_its_facts_is(harbour: CheckedBase) -> None:
    """And new in the week of that day, in the order of the base."""
    assert accounts_of(edition(harbour, march(3))) == []
    assert accounts_of(edition(harbour, march(5))) == ["calder-speaks"]
    both = edition(harbour, march(11)).accounts
    assert [(view.account.id, view.known, view.is_new) for view in both] == [
        ("calder-speaks", march(4), False),
        ("calder-confirms", march(6), True),
    ]


def test_a_summary_stands_until_a_newer_one(harbour: CheckedBase) -> None:
    """From the day on which it was made; a merged brief has none, whatever its topics have."""
    leads = [led_by(edition(harbour, march(day))) for day in (3, 4, 5, 6, 20)]
    assert leads == [None, "basin-early", "basin-early", "basin-late", "basin-late"]
    both = replace(edition(harbour, march(6)).spec, topics=tuple(harbour.base.topics))
    assert compose(harbour, both).summary is None


def test_each_topic_of_several_has_its_finding(harbour: CheckedBase) -> None:
    """Its summary of that day, else its question; nobody sums up what filters leave of them."""
    topics = harbour.base.topics
    spec = replace(edition(harbour, march(6)).spec, topics=tuple(topics))
    both = compose(harbour, spec)
    assert [finding.title for finding in both.findings] == [
        topic.title for topic in topics.values()
    ]
    assert [finding.question for finding in both.findings] == [
        topic.question for topic in topics.values()
    ]
    found = [finding.summary.summary.id if finding.summary else None for finding in both.findings]
    assert found == ["basin-late" if name == "basin-closure" else None for name in topics]
    shown = {sentence.fact.id for sentence in both.sentences}
    told = [
        each for finding in both.findings if finding.summary for each in finding.summary.sentences
    ]
    assert {sentence.fact.id for sentence in told} == {"nine-confirmed"} < shown
    assert both.front.headline is None
    assert both.front.judgements == both.judgements
    limited = replace(spec, filters=Filters(actors=(ActorId("calder"),)))
    assert compose(harbour, limited).findings == ()
    assert edition(harbour, march(6)).findings == ()


def test_a_finding_is_as_restricted_as_what_carries_it(harbour: CheckedBase) -> None:
    """A merged brief below the ceiling of a summary tells what was summed up without it."""
    restricted = replace(harbour.base.facts[FactId("nine-confirmed")], marking=Marking.RED)
    facts = {**harbour.base.facts, restricted.id: restricted}
    base = replace(harbour, base=replace(harbour.base, facts=facts))
    spec = replace(edition(harbour, march(6)).spec, topics=tuple(harbour.base.topics))
    for ceiling, expected in ((Marking.RED, "basin-late"), (Marking.AMBER, "basin-early")):
        both = compose(base, replace(spec, ceiling=ceiling))
        found = [each.summary.summary.id for each in both.findings if each.summary]
        assert found == [expected]
        assert (both.marking is Marking.RED) is (ceiling is Marking.RED)


def test_a_sentence_knows_who_tells_it(harbour: CheckedBase) -> None:
    """So that a page can tell it once."""
    week = edition(harbour, march(10))
    telling = {each.fact.id: each.accounts for each in week.sentences if each.accounts}
    assert telling == {
        "silting": ("calder-speaks", "calder-confirms"),
        "nine-turned-away": ("calder-speaks",),
        "twelve-refused": ("calder-speaks",),
        "nine-confirmed": ("calder-confirms",),
    }
    for view in week.accounts:
        assert [each.fact.id for each in view.sentences] == list(view.account.facts)
    assert week.summary is not None
    assert [each.fact.id for each in week.summary.sentences] == ["nine-confirmed"]


@given(
    day=st.integers(1, 40),
    late=st.integers(0, 10),
    restricted=st.dictionaries(
        st.sampled_from(["silting", "twelve-refused", "nine-confirmed", "gift"]),
        st.sampled_from(Marking),
    ),
    gone=st.dictionaries(
        st.sampled_from(["silting", "nine-turned-away", "nine-confirmed"]), st.integers(1, 40)
    ),
    ceiling=st.sampled_from(Marking),
    kinds=st.lists(st.sampled_from(FactKind), max_size=2).map(tuple),
    parts=st.sampled_from([tuple(Part), (Part.DEVELOPMENTS,), (Part.BACKGROUND, Part.OUTLOOK)]),
)
def test_none_stands_without_each_of_its_facts(
    harbour: CheckedBase,
    *,
    day: int,
    late: int,
    restricted: dict[str, Marking],
    gone: dict[str, int],
    ceiling: Marking,
    kinds: tuple[FactKind, ...],
    parts: tuple[Part, ...],
) -> None:
    """Whatever an edition may know, may show or is asked for."""
    facts = dict(harbour.base.facts)
    for name, marking in restricted.items():
        facts[FactId(name)] = replace(facts[FactId(name)], marking=marking)
    for name, fallen in gone.items():
        fact = facts[FactId(name)]
        why = LocalText((("en", "Misread."),), fact.span)
        end = Withdrawal(on=march(1) + timedelta(days=fallen), why=why, span=fact.span)
        facts[FactId(name)] = replace(fact, withdrawn=end)
    changed = replace(harbour, base=replace(harbour.base, facts=facts))
    as_of = march(1) + timedelta(days=day)
    spec = EditionSpec(
        *(BASIN, (BASIN,), as_of, as_of + timedelta(days=late)),
        *(Window(as_of - timedelta(days=6), as_of), "en"),
        filters=Filters(kinds=kinds),
        parts=parts,
        ceiling=ceiling,
    )
    week = compose(changed, spec)
    shown = {sentence.fact.id for sentence in week.sentences}
    for account in week.accounts:
        assert shown.issuperset(account.account.facts)
        assert account.known <= spec.known_by
    if week.summary is not None:
        assert shown.issuperset(week.summary.summary.facts)
        assert week.summary.summary.made <= spec.as_of
    assert week.marking <= ceiling
    assert from_object(to_object(week.snapshot)) == week.snapshot


@pytest.mark.parametrize("fact", ["silting", "nine-confirmed"])
def test_it_is_as_restricted_as_the_most_restricted_fact(base: Path, fact: str) -> None:
    """What it may not tell whole, an edition under a ceiling does not tell at all."""
    change(base.parent, f"  - id: {fact}\n", f"  - id: {fact}\n    marking: AMBER\n")
    checked = sound(base)
    marked = markings(checked.base)
    assert marked.accounts[AccountId("calder-confirms")] is Marking.AMBER
    late = Marking.AMBER if fact == "nine-confirmed" else Marking.CLEAR
    assert marked.summaries[SummaryId("basin-late")] is late
    week = edition(checked, march(10), Marking.CLEAR)
    assert accounts_of(week) == (["calder-speaks"] if fact == "nine-confirmed" else [])
    # Under the ceiling the newer summary is not there, and so has superseded nothing.
    assert led_by(week) == ("basin-early" if fact == "nine-confirmed" else "basin-late")
    full = edition(checked, march(10))
    assert accounts_of(full) == ["calder-speaks", "calder-confirms"]
    assert full.marking is Marking.AMBER


def test_one_falls_with_its_fact(base: Path) -> None:
    """From that day on the facts stand alone; the check says what fell, until another tells it."""
    change(base.parent, TWELVE, TWELVE + GONE)
    checked = check_desk(base)
    fell = [each for each in checked.diagnostics if "falls with" in each.message]
    assert [each.message.split("`")[1] for each in fell] == ["calder-speaks"]
    (mark,) = (each.span for each in fell)
    assert mark is not None
    assert checked.texts["facts.yaml"].slice(mark) == "[twelve-refused]"
    assert checked.checked is not None
    assert accounts_of(edition(checked.checked, march(10))) == ["calder-speaks", "calder-confirms"]
    after = edition(checked.checked, march(12))
    assert accounts_of(after) == ["calder-confirms"]
    assert "silting" in {sentence.fact.id for sentence in after.sentences}
    before = edition(checked.checked, march(10)).snapshot
    changes = {change.id: change for change in diff(before, after.snapshot)}
    assert changes[AccountId("calder-speaks")].kind is ChangeKind.WITHDRAWN
    assert (changes[AccountId("calder-speaks")].on, changes[AccountId("calder-speaks")].why) == (
        march(11),
        "Misread.",
    )


def test_a_summary_that_lost_its_facts_leaves_the_place_empty(base: Path) -> None:
    """The one before it was superseded, and does not come back."""
    end = "        translator: the desk\n  - id: cannery-jobs"
    change(base.parent, end, end.replace("desk\n", f"desk\n{GONE}"))
    checked = check_desk(base)
    fell = [each.message for each in checked.diagnostics if "falls with" in each.message]
    assert [each.split("`")[1] for each in fell] == ["basin-late", "calder-confirms"]
    assert checked.checked is not None
    assert led_by(edition(checked.checked, march(10))) == "basin-late"
    assert led_by(edition(checked.checked, march(12))) is None


def test_what_is_written_anew_ends_the_warning(base: Path) -> None:
    """A later summary; an account that tells what holds instead."""
    change(base.parent, TWELVE, TWELVE + GONE.replace("}", ", replaced_by: nine-turned-away}"))
    assert not [each for each in check_desk(base).diagnostics if "falls with" in each.message]


@pytest.mark.parametrize(
    ("forms", "shown"),
    [
        ({"en": "Both held three rounds.", "fa": "هر دو سه دور برگزار کردند."}, ["three", "سه"]),
        ({"en": "On 7 May, at 10:30, some 21 per cent left."}, ["some 21 per cent"]),
        ({"en": "For 91 days they were out.", "sw": "Kwa siku 91 walizuiwa."}, ["91 days", "91"]),
        ({"en": "The third round ended."}, []),
    ],
)
def test_a_key_figure_is_large_as_its_statement_has_it(
    desk: LittleDesk, forms: dict[str, str], shown: list[str]
) -> None:
    """In digits or in words, with its bound and its unit; days, hours and turns are none."""
    desk.document("a", forms["en"])
    head = HEAD.replace("[en]", "[en, fa, sw]").replace("Harbour}", "Harbour, key_figures: [f]}")
    quote, statement = json.dumps(forms["en"]), json.dumps(forms, ensure_ascii=False)
    result = desk.check(
        f"facts:\n  - {{id: f, kind: event, topics: [t], statement: {statement},"
        f" evidence: [{{source: a, quote: {quote}}}]}}\n",
        head,
    )
    assert result.checked is not None
    figures = (each.forms for each in result.checked.figures.values())
    assert [text for forms in figures for _, text in forms] == shown


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        ("{en: three rounds, fa: سه دور}", ["three rounds", "سه دور", "سه دور"]),
        ("three rounds", ["three rounds", "سه", "سه"]),
        ("four rounds", None),
        ("{en: three rounds, fa: چهار دور}", None),
    ],
)
def test_a_desk_says_which_words_of_a_statement_are_its_figure(
    desk: LittleDesk, figure: str, shown: list[str] | None
) -> None:
    """What it counts stands with it, for readers of Dari as for those of Persian.

    Words that the statement has not are refused.
    """
    desk.document("a", "Both held three rounds.")
    head = HEAD.replace("[en]", "[en, fa, fa-AF]").replace("Harbour}", "Harbour, key_figures: [f]}")
    entry = (
        "facts:\n  - {id: f, kind: event, topics: [t],"
        " statement: {en: Both held three rounds., fa: هر دو سه دور برگزار کردند.,"
        " fa-AF: {برگزار کردند: دایر کردند}},"
        f" figure: {figure}, evidence: [{{source: a, quote: Both held three rounds}}]}}\n"
    )
    checked = desk.check(entry, head)
    if shown is None:
        wrong = next(each for each in checked.diagnostics if each.severity.value == "error")
        assert wrong.code == "bad-value"
        assert "does not stand in its statement" in wrong.message
        assert wrong.span is not None
        text = checked.texts["facts.yaml"].slice(wrong.span)
        assert text in ("four rounds", "چهار دور")
        return
    assert checked.checked is not None
    figures = (each.forms for each in checked.checked.figures.values())
    assert [text for forms in figures for _, text in forms] == shown


def test_a_figure_that_no_topic_shows_is_told(desk: LittleDesk) -> None:
    """It would show nowhere; that of a fact which the desk took back is to show nowhere."""
    desk.document("a", "Both held three rounds.")
    entry = (
        "facts:\n  - {id: f, kind: event, topics: [t], statement: Both held three rounds.,"
        " figure: three rounds, evidence: [{source: a, quote: Both held three rounds}]WITHDRAWN}\n"
    )
    checked = desk.check(entry.replace("WITHDRAWN", ""))
    assert codes(checked) == ["unshown-figure"]
    span = only(checked, "unshown-figure").span
    assert span is not None
    assert checked.texts["facts.yaml"].slice(span) == "three rounds"
    shown = HEAD.replace("Harbour}", "Harbour, key_figures: [f]}")
    assert codes(desk.check(entry.replace("WITHDRAWN", ""), shown)) == []
    gone = ", withdrawn: {on: 2025-02-02, why: It was two.}"
    assert codes(desk.check(entry.replace("WITHDRAWN", gone))) == []
    without = entry.replace(" figure: three rounds,", "").replace("three rounds", "their talks")
    desk.document("a", "Both held their talks.")
    assert codes(desk.check(without.replace("WITHDRAWN", ""), shown)) == ["unshown-figure"]
    assert codes(desk.check(without.replace("WITHDRAWN", gone), shown)) == []


@pytest.mark.parametrize(
    ("more", "code", "named"),
    [("key_figures: [g]", "fact-off-topic", "key figure `g`"), ("key_figures: [f]", "", "")],
)
def test_key_figures_are_of_their_topic(desk: LittleDesk, more: str, code: str, named: str) -> None:
    """Their brief could not show them."""
    for name, text in LETTERS.items():
        desk.document(name, text)
    head = HEAD.replace("Harbour}", f"Harbour, {more}}}\n  u: {{title: Quay}}")
    facts = (
        "facts:\n  - {id: f, kind: event, topics: [t], statement: The ship left.,"
        " evidence: [{source: a, quote: The ship left}]}\n"
        "  - {id: g, kind: event, topics: [u], statement: The boat stayed.,"
        " evidence: [{source: b, quote: The boat stayed}]}\n"
    )
    large = ("The ship left.,", "left") if more.endswith("[f]") else ("The boat stayed.,", "stayed")
    result = desk.check(facts.replace(large[0], f"{large[0]} figure: {large[1]},"), head)
    assert codes(result) == ([code] if code else [])
    assert named in "".join(each.message for each in result.diagnostics)


def contested(desk: LittleDesk, account: str, contest: str = "") -> list[str]:
    """The codes of an account of one or both of two facts that contest each other."""
    for name, text in LETTERS.items():
        desk.document(name, text)
    return codes(
        desk.check(
            "facts:\n  - {id: f, kind: event, topics: [t], statement: The ship left.,"
            " evidence: [{source: a, quote: The ship left}]}\n"
            "  - {id: g, kind: event, topics: [t], statement: The boat stayed.,"
            " evidence: [{source: b, quote: The boat stayed}]}\n"
            f"contested:\n  - {{id: c, topic: t, question: Did it?, positions: [f, g]{contest}}}\n"
            f"accounts:\n  - {{id: x, topics: [t], {account}}}\n"
        )
    )


@pytest.mark.parametrize(
    ("account", "contest", "expected"),
    [
        ("text: 'The ship left [f].'", "", ["one-side-told"]),
        ("text: 'The ship left [f].'", ", kind: detail", []),
        ("text: 'The ship left [f]. The boat stayed [g].'", "", []),
        ("text: 'That the ship left is disputed [f].', contested: [c]", "", []),
    ],
)
def test_a_contested_fact_is_told_with_a_rival(
    desk: LittleDesk, account: str, contest: str, expected: list[str]
) -> None:
    """Or where the words say that it is disputed; a difference in detail needs neither."""
    assert contested(desk, account, contest) == expected


def test_rivals_that_say_the_same_are_none(desk: LittleDesk) -> None:
    """Two sources on one side leave the other untold."""
    positions = "positions: {f: Yes, g: Yes, h: No}"
    for name, text in {**LETTERS, "d": "The crew waited."}.items():
        desk.document(name, text)
    facts = "".join(
        f"  - {{id: {name}, kind: event, topics: [t], statement: {each}.,"
        f" evidence: [{{source: {source}, quote: {each}}}]}}\n"
        for name, source, each in (
            *(("f", "a", "The ship left"), ("g", "b", "The boat stayed")),
            ("h", "d", "The crew waited"),
        )
    )
    contest = f"contested:\n  - {{id: c, topic: t, question: Did it?, {positions}}}\n"
    account = (
        "accounts:\n  - {id: x, topics: [t], text: 'The ship left [f]. The boat stayed [g].'}\n"
    )
    checked = desk.check(f"facts:\n{facts}{contest}{account}")
    assert codes(checked) == ["one-side-told", "one-side-told"]


@pytest.mark.parametrize(
    ("english", "persian", "expected"),
    [
        ("[f, g]", "[f]", "marks-differ"),
        ("[f]", "[f, g]", "marks-differ"),
        ("[f]", "[ff]", "unknown-reference"),
        ("[f]", "[f]. دیگر هیچ", "unmarked-sentence"),
    ],
)
def test_a_form_told_by_its_words_has_no_mistakes_of_its_own(
    desk: LittleDesk, english: str, persian: str, expected: str
) -> None:
    """What is wrong with the marks of the whole one is told once, at its place."""
    desk.document("a", "The ship left. The boat stayed.")
    facts = "".join(
        f"  - {{id: {name}, kind: event, topics: [t], statement: {said}.,"
        f" evidence: [{{source: a, quote: {said}}}]}}\n"
        for name, said in (("f", "The ship left"), ("g", "The boat stayed"))
    )
    account = (
        "accounts:\n  - id: x\n    topics: [t]\n    text:\n"
        f"      en: 'The ship left {english}.'\n      fa: 'کشتی رفت {persian}.'\n"
        "      fa-AF: {کشتی: جهاز}\n"
    )
    languages = HEAD.replace("[en]", "[en, fa, fa-AF]")
    found = desk.check(f"facts:\n{facts}{account}", languages).diagnostics
    assert [each.code for each in found if each.severity.value == "error"] == [expected]


@pytest.mark.parametrize("end", ["", ", withdrawn: {on: 2025-02-01, why: Misread.}"])
def test_a_rival_that_was_withdrawn_was_told(desk: LittleDesk, end: str) -> None:
    """An account that tells two of three answers falls with one, and is not one-sided for that."""
    facts = ""
    for name, said in (("f", "The ship left"), ("g", "The boat stayed"), ("h", "The crew waited")):
        desk.document(name, f"{said}.")
        facts += (
            f"  - {{id: {name}, kind: event, topics: [t], statement: {said}.,"
            f" evidence: [{{source: {name}, quote: {said}}}]{end if name == 'g' else ''}}}\n"
        )
    contest = "contested:\n  - {id: c, topic: t, question: Who?, positions: [f, g, h]}\n"
    account = (
        "accounts:\n  - {id: x, topics: [t], text: 'The ship left [f]. The boat stayed [g].'}\n"
    )
    found = codes(desk.check(f"facts:\n{facts}{contest}{account}"))
    assert "one-side-told" not in found
    assert found.count("rests-on-withdrawn") == (2 if end else 0)


def test_an_account_is_never_marked_below_its_facts(base: Path) -> None:
    """What is written lower is an error; what is left out follows the facts."""
    change(base.parent, "  - id: silting\n", "  - id: silting\n    marking: AMBER\n")
    assert not check_desk(base).diagnostics
    account = "  - id: calder-confirms\n"
    change(base.parent, account, f"{account}    marking: GREEN\n")
    mistake = only(check_desk(base), "marking-too-low")
    assert "is TLP:GREEN and tells `silting`, which is TLP:AMBER" in mistake.message


def test_a_summary_older_than_the_news_is_reported(base: Path) -> None:
    """Up to the day of the default edition; what came later is not yet news."""
    late = SUMMARIES.partition("  - id: basin-late")[2]
    change(base.parent, f"  - id: basin-late{late}", "")
    mistake = only(check_desk(base), "summary-outdated")
    assert "`basin-early` was made on 2024-03-04, and `nine-confirmed` came on 2024-03-06" in (
        mistake.message
    )
    change(base.parent, "as_of: 2024-03-10", "as_of: 2024-03-05")
    assert "summary-outdated" not in codes(check_desk(base))


def test_a_fact_without_a_source_makes_no_summary_older(base: Path) -> None:
    """A mistake in a source is told as such, though a summary tells of its topic."""
    change(base.parent, "as_of: 2024-03-10", "title: The harbour")
    text = base.read_text(encoding="utf-8")
    base.write_text(re.sub(r"(?m)^    published: .*\n", "", text), encoding="utf-8")
    assert "missing-key" in codes(check_desk(base))


def test_a_summary_dated_too_early_is_reported_once(base: Path) -> None:
    """By the last of its facts: with that day it is right, and no news is newer than it."""
    change(base.parent, "made: 2024-03-04", "made: 2024-02-27")
    change(base.parent, "made: 2024-03-06", "made: 2024-02-28")
    checked = check_desk(base)
    assert codes(checked) == ["summary-before-facts", "summary-before-facts"]
    early, late = (each.message for each in checked.diagnostics)
    assert "`basin-early` was made on 2024-02-27" in early
    assert early.endswith("could be known only on 2024-03-04")
    assert "`basin-late` was made on 2024-02-28" in late
    assert late.endswith("`nine-confirmed` could be known only on 2024-03-06")


def test_records_of_before_are_still_read(harbour: CheckedBase) -> None:
    """Without prose a record has no field for it, as those of before."""
    week = edition(harbour, march(10)).snapshot
    assert [account.id for account in week.accounts] == ["calder-speaks", "calder-confirms"]
    assert week.summary is not None
    assert week.summary.standfirst[0].facts == ("nine-confirmed",)
    plain = replace(week, summary=None, accounts=())
    content = to_object(plain)
    assert not {"summary", "accounts"} & content.keys()
    assert from_object(content) == plain


def test_an_edition_without_prose_keeps_its_id(harbour: CheckedBase) -> None:
    """What came to the format is not there where nobody wrote any."""
    bare = replace(harbour, base=replace(harbour.base, summaries={}, accounts={}))
    before = check_desk(DESK / "facts.yaml").checked
    assert before is not None
    assert edition(bare, march(5)).id == edition(before, march(5)).id
    assert edition(bare, march(5)).id != edition(harbour, march(5)).id


def test_what_differs_between_two_editions(harbour: CheckedBase) -> None:
    """A newer summary takes the place of the one before; a reworded account shows its marks."""
    before = edition(harbour, march(5)).snapshot
    after = edition(harbour, march(10)).snapshot
    changes = [(each.kind, each.subject, each.id) for each in diff(before, after)]
    assert changes[0] == (ChangeKind.NEW, Subject.SUMMARY, "basin-late")
    assert (ChangeKind.NEW, Subject.ACCOUNT, "calder-confirms") in changes
    account = after.accounts[1]
    first, *others = account.claims
    reworded = replace(account, claims=(replace(first, text="He called it silted,"), *others))
    (change,) = diff(after, replace(after, accounts=(after.accounts[0], reworded)))
    assert (change.kind, change.subject) == (ChangeKind.REVISED, Subject.ACCOUNT)
    (difference,) = change.differences
    assert difference.after.startswith("He called it silted, [silting] and confirmed")
    swapped = replace(account, claims=account.claims[::-1])
    assert diff(after, replace(after, accounts=(after.accounts[0], swapped)))


def test_a_headline_of_an_account_is_compared_once_it_has_one(harbour: CheckedBase) -> None:
    """A headline over what was told before is no news; other words of one are."""
    after = edition(harbour, march(10)).snapshot
    first, last = after.accounts
    named = replace(after, accounts=(first, replace(last, headline="It is silting up")))
    assert diff(after, named) == ()
    assert diff(named, after) == ()
    (change,) = diff(named, replace(named, accounts=(first, replace(last, headline="Silt"))))
    assert (change.text, change.differences[0].field) == ("Silt", "headline")
    assert from_object(to_object(named)) == named
    assert "headline" not in json.loads(to_json(Carried(after, None)))["accounts"][0]


def test_only_a_headline_that_is_there_changes_an_id(harbour: CheckedBase) -> None:
    """Editions from before accounts could have one keep theirs."""
    account = harbour.base.accounts[AccountId("calder-speaks")]
    bare = {"id": account.id, "marking": account.marking, "text": account.text}
    digest = Fingerprints().of
    assert digest({"told": account}) == digest({"told": bare})
    assert digest({"told": replace(account, headline=harbour.base.title)}) != digest({"told": bare})


def test_a_correction_tells_the_paragraphs_that_fell(base: Path) -> None:
    """The notice repeats what the issued brief said in them."""
    issued_on(base.parent, 5)
    change(base.parent, TWELVE, TWELVE + GONE)
    for entry in ("basin-early", "calder-speaks"):
        answer = "    accept: [{code: rests-on-withdrawn, why: It is told anew.}]\n"
        if entry == "calder-speaks":
            change(base.parent, f"  - id: {entry}\n", f"  - id: {entry}\n{answer}")
    notices = corrections(base, base.parent / "corrections")
    (notice,) = notices.notices
    assert [account.id for account in notice.accounts] == ["calder-speaks"]
    assert notice.summary is not None
    page = (base.parent / "corrections" / notices.files[0]).read_text(encoding="utf-8")
    assert "Paragraphs that told it" in page
    assert "two of them with exemptions." in page
    assert "[twelve-refused]" not in page


def test_a_record_holds_the_words_and_their_marks(base: Path) -> None:
    """In the record that is committed, and in the data of the page."""
    issued_on(base.parent, 5)
    kept = json.loads(record(base.parent).read_text(encoding="utf-8"))["edition"]
    assert kept["summary"]["headline"] == "The inner basin stays closed to trawlers"
    (account,) = kept["accounts"]
    assert account["claims"][-1] == {
        "facts": ["twelve-refused"],
        "text": " twelve boats, says the skippers' union, two of them with exemptions.",
    }


def test_commands_know_them(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What rests on a fact, what stands where, what there is."""
    (impacted,) = impact(base, "silting").impacts
    named = [(each.kind, each.id) for each in impacted.resting]
    assert ("account", "calder-speaks") in named
    assert ("account", "calder-confirms") in named
    hits = [(hit.kind, hit.id, hit.where) for hit in find(base, "trawlers had been").hits]
    assert ("summary", "basin-late", "standfirst (en)") in hits
    assert ("account", "calder-confirms", "text (en)") in hits
    rows = listing(base, "accounts").rows
    assert [(row["id"], row["known"], row["facts"]) for row in rows] == [
        ("calder-speaks", "2024-03-04", 3),
        ("calder-confirms", "2024-03-06", 2),
    ]
    assert [row["made"] for row in listing(base, "summaries").rows] == ["2024-03-04", "2024-03-06"]
    monkeypatch.chdir(base.parent)
    assert "basin-late" in run("list", "summaries").stdout


def test_fmt_keeps_them(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With their comments, and in the order of the model."""
    text = base.read_text(encoding="utf-8")
    comment = "  # as the radio had it\n"
    base.write_text(
        text.replace("  - id: calder-confirms\n", f"{comment}  - id: calder-confirms\n"),
        encoding="utf-8",
    )
    monkeypatch.chdir(base.parent)
    assert run("fmt").exit_code == 0
    once = base.read_text(encoding="utf-8")
    assert comment in once
    assert "    text: Inés Calder said that the basin" in once
    assert run("fmt", "--check").exit_code == 0
    assert accounts_of(edition(sound(base), march(10))) == ["calder-speaks", "calder-confirms"]


def test_what_is_answered_is_told(base: Path) -> None:
    """An answer about an account that stands is part of the edition."""
    whole = ACCOUNTS.partition("Inés Calder called")[2]
    change(base.parent, f"Inés Calder called{whole}", "The basin is silting up [silting].\n")
    assert codes(check_desk(base)) == ["lost-attribution"]
    answer = "    accept: [{code: lost-attribution, why: Everybody knows her.}]\n"
    change(base.parent, "  - id: calder-confirms\n", f"  - id: calder-confirms\n{answer}")
    week = edition(sound(base), march(10))
    assert [view.answer.entry for view in week.accepted] == ["calder-confirms"]
