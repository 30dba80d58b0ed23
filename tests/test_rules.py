"""Rules over a whole base: grades, dates, contests and judgements."""

from __future__ import annotations

import pytest
from little_desk import HEAD, LittleDesk, codes, only

from briefings.check.unchecked import Unchecked


@pytest.fixture
def two(desk: LittleDesk) -> LittleDesk:
    """A desk with two documents of two origins, known on 2 January 2025."""
    return desk.document("a", "The ship left.").document("b", "The ship left too.")


def fact(name: str = "f", sources: str = "a", kind: str = "event", more: str = "") -> str:
    """A fact as a list item."""
    evidence = ", ".join(f"{{source: {source}, quote: The ship left}}" for source in sources)
    return (
        f"  - {{id: {name}, kind: {kind}, topics: [t], statement: It left.,"
        f" evidence: [{evidence}]{more}}}\n"
    )


def judgement(statement: str, more: str = "", because: str = "Two papers say so.") -> str:
    """A base with one judgement."""
    return (
        "facts:\n"
        + fact()
        + f"judgements:\n  - id: j\n    topic: t\n    statement: {statement}\n"
        + f"    confidence: low\n    because: {because}\n    rests_on: [f]\n    made: 2025-01-02\n"
        + more
    )


def test_confirmed_needs_two_origins(two: LittleDesk) -> None:
    """Credibility 1 rests on two independent origins."""
    assert codes(two.check("facts:\n" + fact(sources="ab", more=", credibility: 1"))) == []
    checked = two.check("facts:\n" + fact(more=", credibility: 1"))
    assert "1 known origin" in only(checked, "false-corroboration").message


@pytest.mark.parametrize("origin", ["one-house", "unknown"])
def test_one_origin_does_not_corroborate(desk: LittleDesk, origin: str) -> None:
    """Two papers of one house, or of houses unknown, are no two origins."""
    desk.document("a", "The ship left.", origin=origin)
    desk.document("b", "The ship left.", origin=origin)
    checked = desk.check("facts:\n" + fact(sources="ab", more=", credibility: 1"))
    assert "false-corroboration" in codes(checked)


def test_misspelt_origin_is_seen(desk: LittleDesk) -> None:
    """A typing error must not make one house two."""
    desk.document("a", "The ship left.", origin="harbour-gazette")
    desk.document("b", "The ship left.", origin="harbor-gazette")
    assert "similar-origin" in codes(desk.check("facts:\n" + fact()))


def test_event_after_its_source(two: LittleDesk) -> None:
    """A source can't report what happened later; a plan it can."""
    late = ", date: 2025-01-03"
    assert "event-after-source" in codes(two.check("facts:\n" + fact(more=late)))
    assert codes(two.check("facts:\n" + fact(kind="plan", more=late))) == []
    assert codes(two.check("facts:\n" + fact(more=", date: 2025-01"))) == []


def test_event_after_the_earlier_of_its_sources(desk: LittleDesk) -> None:
    """An event may be held against what an older document says, if a later one reports it."""
    desk.document("a", "The ship left.").document("b", "The ship left.", published="2025-01-09")
    both = "facts:\n" + fact(sources="ab", more=", date: 2025-01-08")
    assert "event-after-source" not in codes(desk.check(both))
    late = "facts:\n" + fact(sources="ab", more=", date: 2025-01-10")
    assert "event-after-source" in codes(desk.check(late))


@pytest.mark.parametrize(
    ("said", "due", "told"),
    [
        ("2025-01-02", "2025-01-01", ["due-before-said"]),
        ("2025-01", "2024", ["due-before-said"]),
        ("2025-01-02", "2025-01-02", []),
        ("2025-01", "2025-01-01", []),
        ("2025-01-02", "2025", []),
        ("2025-01-02", "2024-12/..", []),
        ("../2025-01-02", "2024", []),
    ],
)
def test_a_plan_is_for_later_than_it_is_said(
    two: LittleDesk, said: str, due: str, told: list[str]
) -> None:
    """On the same day at the soonest, as far as either is known."""
    times = f", date: {said}, due: {due}"
    assert codes(two.check("facts:\n" + fact(kind="plan", more=times))) == told


def test_bounds_need_a_reason(desk: LittleDesk) -> None:
    """An inferred date or an unknown publisher without reasoning is a warning."""
    desk.document("a", "The ship left.", published="2025-01", publisher="unknown")
    assert codes(desk.check("facts:\n" + fact())) == ["missing-basis", "missing-basis"]


def test_what_capture_left_to_be_confirmed_has_no_reason_yet(desk: LittleDesk) -> None:
    """`check` counts it as such; once somebody has looked, the reason is asked for."""
    unread = {"published": "../2025-01-01", "publisher": "unknown"}
    for guesses, told in (("[published, publisher]", []), ("[publisher]", ["missing-basis"])):
        desk.document("a", "The ship left.", **unread, to_confirm=guesses)
        assert codes(desk.check("facts:\n" + fact())) == told


def test_source_that_is_never_known(desk: LittleDesk) -> None:
    """An open date needs the day of capture."""
    desk.document("a", "The ship left.", published="2025-01/..")
    assert codes(desk.check("facts:\n" + fact())) == ["never-known"]


def test_contest_needs_two_sides_of_one_topic(two: LittleDesk) -> None:
    """One position is no contest, nor are two that no brief shows together."""
    facts = "facts:\n" + fact() + fact("g")
    contest = "contested: [{id: c, topic: t, question: Did it?, positions: [f, g]}]\n"
    assert codes(two.check(facts + contest)) == []
    alone = contest.replace("[f, g]", "[f]")
    assert "contested-alone" in codes(two.check(facts + alone))
    head = HEAD + "  u: {title: Another}\n"
    apart = facts.replace("id: g, kind: event, topics: [t]", "id: g, kind: event, topics: [u]")
    assert "contested-alone" in codes(two.check(apart + contest, head))


def test_outcome_is_of_a_plan(two: LittleDesk) -> None:
    """Only plans have outcomes."""
    checked = two.check("facts:\n" + fact() + fact("g", more=", outcome_of: [f]"))
    assert "which is no plan" in only(checked, "bad-value").message


@pytest.mark.parametrize(
    ("listed", "message"),
    [
        ("f, g, f", "`f` is listed twice"),
        ("f, f, f, g, f", "`f` is listed 4 times"),
        ("f, g, g, f", "`f`, `g` are listed several times each"),
        ("f, g, h, i, j, j, i, h, g, f", "`f`, `g`, `h` and 2 more are listed several times each"),
    ],
)
def test_what_is_repeated_is_told_once(two: LittleDesk, listed: str, message: str) -> None:
    """However long the list is, it has one diagnostic, and a short one."""
    facts = "".join(fact(name) for name in "fghij")
    base = "facts:\n" + facts + judgement("It is likely.").partition(fact())[2]
    checked = two.check(base.replace("rests_on: [f]", f"rests_on: [{listed}]"))
    assert only(checked, "bad-value").message == message


BODY = "  {0}: {{name: {0} Board, kind: body, of: {1}}}\n"


@pytest.mark.parametrize(
    ("bodies", "messages"),
    [
        ("", []),
        ("ab bc", []),
        ("aa", ["actor `a` is `of` itself"]),
        ("ab ba", ["actor `b` is `of` `a`, which itself belongs to `b`"]),
        ("da ab bc ca ee", ["actor `c` is `of` `a`, which", "actor `e` is `of` itself"]),
    ],
)
def test_no_actor_belongs_to_itself(two: LittleDesk, bodies: str, messages: list[str]) -> None:
    """Each circle is told once, and who belongs to one of its members is not."""
    ids = dict.fromkeys(bodies.replace(" ", ""))
    of = {pair[0]: pair[1] for pair in bodies.split()}
    entries = "".join(BODY.format(name, of.get(name, "null")) for name in ids)
    checked = two.check("facts:\n" + fact() + (f"actors:\n{entries}" if entries else ""))
    circles = [each.message for each in checked.diagnostics if each.code == "circular-reference"]
    assert len(circles) == len(messages)
    assert all(map(str.startswith, circles, messages))


def test_no_plan_is_its_own_outcome(two: LittleDesk) -> None:
    """Two plans are not each other's outcome; one may be that of another, and of two."""
    plans = [
        fact(name, kind="plan", more=f", outcome_of: [{of}]")
        for name, of in {"f": "", "g": "f", "h": "f, g"}.items()
    ]
    assert "circular-reference" not in codes(two.check("facts:\n" + "".join(plans)))
    plans[0] = fact("f", kind="plan", more=", outcome_of: [h]")
    checked = two.check("facts:\n" + "".join(plans))
    messages = [each.message for each in checked.diagnostics if each.code == "circular-reference"]
    assert sorted(messages) == [
        "`g` is given as the outcome of `f`, which is itself an outcome of `g`",
        "`h` is given as the outcome of `f`, which is itself an outcome of `h`",
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "It is very likely that it left.",
        "It probably left.",
        "There is a roughly even chance that it left.",
        "It almost certainly left.",
        "It is improbable that it left.",
        "There is almost no chance that it left.",
        "There is a remote chance that it left.",
        "It is likely that it left the remote island.",
        "It is unlikely that the motion of no confidence passes.",
    ],
)
def test_likelihood(two: LittleDesk, statement: str) -> None:
    """Each of the seven terms or a listed synonym will do."""
    assert codes(two.check(judgement(statement))) == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("It left.", "no-likelihood"),
        ("It is possible that it left.", "no-likelihood"),
        ("It is highly likely that it left.", "no-likelihood"),
        ("It is not likely that it left.", "no-likelihood"),
        ("It is highly unlikely that it left.", "no-likelihood"),
        ("It is hardly likely that it left.", "no-likelihood"),
        ("It isn't likely that it left.", "no-likelihood"),
        ("It is as likely as not that it left.", "no-likelihood"),
        ("Remote areas emptied.", "no-likelihood"),
        ("It is likely, at 70 per cent, that it left.", "mixed-likelihood"),
        ("We are sure that it likely left.", "likelihood-with-confidence"),
        ("It is likely that it left and unlikely to return.", "mixed-likelihood"),
        ("We judge with high confidence that it likely left.", "likelihood-with-confidence"),
    ],
)
def test_wrong_likelihood(two: LittleDesk, statement: str, code: str) -> None:
    """Words that are none of the terms, two terms, or a word of confidence are refused."""
    checked = two.check(judgement(statement))
    assert code in codes(checked)
    assert checked.checked is None


def test_confidence_may_stand_beside(two: LittleDesk) -> None:
    """Only one and the same sentence may not speak of both."""
    because = "Confidence is low. It is likely that more comes."
    assert codes(two.check(judgement("It is likely that it left.", because=because))) == []


def test_languages_must_agree(two: LittleDesk) -> None:
    """The band that is written down and the term of the statement are one."""
    good = judgement("It is likely that it left.", "    likelihood: likely\n")
    assert codes(two.check(good)) == []
    bad = judgement("It is likely that it left.", "    likelihood: unlikely\n")
    assert "mixed-likelihood" in codes(two.check(bad))


def test_unknown_language_needs_the_band(two: LittleDesk) -> None:
    """Where no term is known in any language, the band is written down; it is never skipped."""
    head = HEAD.replace("[en]", "[sw]")
    base = judgement("Inawezekana iliondoka.")
    assert "no-likelihood" in codes(two.check(base, head))
    told = two.check(base + "    likelihood: likely\n", head)
    assert "no-likelihood" not in codes(told)
    assert Unchecked("terms of likelihood", "sw", 1) in told.unchecked


def test_a_term_that_nobody_reads_is_counted(two: LittleDesk) -> None:
    """In a language whose terms no rule knows a translation may say another one."""
    head = HEAD.replace("[en]", "[en, es]")
    both = "{en: It is unlikely that it left., es: Es casi seguro que se fue.}"
    checked = two.check(judgement(both), head)
    assert Unchecked("terms of likelihood", "es", 1) in checked.unchecked
    assert not two.check(judgement("It is unlikely that it left."), head).unchecked


def test_judgement_rests_on_facts(two: LittleDesk) -> None:
    """A judgement without facts is refused, and one older than its facts is a warning."""
    base = judgement("It is likely that it left.")
    assert "baseless-judgement" in codes(two.check(base.replace("[f]", "[]")))
    early = two.check(base.replace("made: 2025-01-02", "made: 2025-01-01"))
    assert codes(early) == ["judgement-before-facts"]


def test_foreign_quote_needs_a_translation(desk: LittleDesk) -> None:
    """A reader of the desk's first language must be able to read every quote."""
    desk.document("a", "The ship left.", language="fr")
    assert codes(desk.check("facts:\n" + fact())) == ["missing-translation"]
