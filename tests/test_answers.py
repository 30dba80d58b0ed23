"""What a desk answers to the check, what it can't answer, and where the answers stand."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path

import pytest
from command import run
from little_desk import HEAD, LittleDesk, codes, only, printed

from briefings.core.carried import from_json as carried_from_json
from briefings.core.codes import CODES
from briefings.core.record import from_json
from briefings.core.snapshot import from_object, to_object
from briefings.render.html.embedded import from_html

HARBOUR = Path(__file__).parent / "desk_harbour"
LANGUAGES = HEAD.replace("[en]", "[en, fa, ps]").replace("format: 1", "format: 1\nmarking: CLEAR")


def fact(*lines: str, name: str = "f", quote: str = "It reportedly left") -> str:
    """A fact of one quote, with more lines."""
    more = "".join(f"    {line}\n" for line in lines)
    return (
        f"  - id: {name}\n    kind: event\n    topics: [t]\n    statement: It left.\n"
        f"    evidence:\n      - source: a\n        quote: {quote}\n{more}"
    )


HEDGE = "accept: [{code: lost-hedge, why: It was confirmed later.}]"


@pytest.fixture
def hedged(desk: LittleDesk) -> LittleDesk:
    """A desk whose document hedges."""
    return desk.document("a", "It reportedly left. It reportedly left again.")


def test_an_answer_takes_its_warning_off(hedged: LittleDesk) -> None:
    """It passes --strict, and is counted; the checked base keeps the answer."""
    assert codes(hedged.check("facts:\n" + fact(quote="It reportedly left again"))) == [
        "lost-hedge"
    ]
    checked = hedged.check("facts:\n" + fact(HEDGE, quote="It reportedly left again"))
    assert codes(checked) == []
    (accepted,) = checked.accepted
    assert accepted.answer.code == "lost-hedge"
    assert [each.code for each in accepted.diagnostics] == ["lost-hedge"]
    assert checked.checked is not None
    assert checked.checked.base.acceptances == (accepted.answer,)


def test_an_answer_is_of_one_code(hedged: LittleDesk) -> None:
    """What else is reported there stays."""
    assert codes(hedged.check("facts:\n" + fact(HEDGE))) == ["quote-ambiguous"]


def test_an_answer_is_of_its_entry(hedged: LittleDesk) -> None:
    """Another fact's warning is not answered by it."""
    quote = "It reportedly left again"
    two = "facts:\n" + fact(HEDGE, quote=quote) + fact(name="g", quote=quote)
    mistake = only(hedged.check(two), "lost-hedge")
    assert "`g`" in mistake.message


QUOTES = (
    "evidence:\n      - {source: a, quote: It reportedly left}\n"
    "      - {source: a, quote: reportedly left}\n"
)


@pytest.mark.parametrize(
    ("at", "left"),
    [
        ("evidence.1", ["quote-ambiguous"]),
        ("evidence.2.quote", ["quote-ambiguous"]),
        ("evidence", ["accept-unclear", "quote-ambiguous", "quote-ambiguous"]),
        (None, ["accept-unclear", "quote-ambiguous", "quote-ambiguous"]),
        ("statement", ["accept-unused", "quote-ambiguous", "quote-ambiguous"]),
    ],
)
def test_an_answer_is_of_one_place(hedged: LittleDesk, at: str | None, left: list[str]) -> None:
    """It is named where there are several; one answer never takes two."""
    place = f", at: {at}" if at else ""
    answer = f"{{code: quote-ambiguous{place}, why: Either.}}"
    lines = (QUOTES.rstrip(), f"accept: [{answer}, {HEDGE[9:-1]}]")
    entry = re.sub(r"    evidence:\n.*\n.*\n", "", fact(*lines), count=1)
    assert sorted(codes(hedged.check("facts:\n" + entry))) == left


def test_an_answer_for_each_place(hedged: LittleDesk) -> None:
    """So several places take several."""
    both = ", ".join(f"{{code: quote-ambiguous, at: evidence.{n}, why: Either.}}" for n in (1, 2))
    lines = (QUOTES.rstrip(), f"accept: [{both}, {HEDGE[9:-1]}]")
    entry = re.sub(r"    evidence:\n.*\n.*\n", "", fact(*lines), count=1)
    assert codes(hedged.check("facts:\n" + entry)) == []


def test_an_answer_in_one_language(desk: LittleDesk) -> None:
    """The Persian statement may keep what the English one lost."""
    desk.document("a", "It reportedly left.")
    statement = "statement: {en: It left., fa: رفت.}"
    entry = fact("accept: [{code: lost-hedge, at: statement.fa, why: So.}]").replace(
        "statement: It left.", statement
    )
    mistake = only(desk.check("facts:\n" + entry, LANGUAGES), "lost-hedge")
    assert mistake.span is not None
    assert codes(desk.check("facts:\n" + entry, LANGUAGES)) == ["lost-hedge"]


WRONG = [
    ("accept: [{code: quote-not-found, why: So.}]", "accept-refused", "can't be accepted"),
    ("accept: [{code: source-changed, why: So.}]", "accept-refused", "put the file back|restore"),
    ("accept: [{code: unreadable-file, why: So.}]", "accept-refused", "mend what is wrong"),
    ("accept: [{code: accept-unused, why: So.}]", "accept-refused", "mend what is wrong"),
    ("accept: [{code: lost-hegde, why: So.}]", "bad-value", "did you mean `lost-hedge`?"),
    ("accept: [{code: lost-hedge}]", "missing-key", "has no `why`"),
    ("accept: [{code: lost-hedge, why: ''}]", "empty-text", "write it: `why` can't be left out"),
    ("accept: [{why: So.}]", "missing-key", "has no `code`"),
    ("accept: [lost-hedge]", "wrong-type", "is a map, not a text"),
    ("accept: lost-hedge", "wrong-type", "`- ` before the first key of each"),
    ("accept: {code: lost-hedge, why: So.}", "wrong-type", "begin each entry with `- `"),
    ("accept: [{code: lost-hedge, at: statment, why: So.}]", "bad-value", "mean `statement`?"),
    ("accept: [{code: lost-hedge, at: evidence.2, why: So.}]", "bad-value", "leads nowhere"),
    ("accept: [{code: lost-hedge, at: statement.en.x, why: So.}]", "bad-value", "leads nowhere"),
]


@pytest.mark.parametrize(("line", "code", "words"), WRONG)
def test_an_answer_that_is_none(hedged: LittleDesk, line: str, code: str, words: str) -> None:
    """A proof can't be answered, nor can what is not there; a reason is always given."""
    checked = hedged.check("facts:\n" + fact(line))
    assert code in codes(checked)
    assert re.search(words, printed(checked), re.IGNORECASE)
    assert checked.checked is None


def test_no_proof_can_be_answered() -> None:
    """Of the errors only those of wording can; of the warnings all that an entry has."""
    errors = {code for code, each in CODES.items() if each.acceptable and each.severity == "error"}
    assert errors == {
        *("edge-drops-negation", "edge-cuts-figure", "gap-drops-negation", "gap-drops-caution"),
        *("unsupported-figure", "changed-bound", "changed-unit", "mistranslated-figure"),
        *("lost-negation", "added-negation", "turned-word", "turned-amount"),
        *("translation-contradicts", "likelihood-with-confidence", "one-side-told"),
    }
    warnings = {code for code, each in CODES.items() if each.severity == "warning"}
    unanswerable = {code for code in warnings if not CODES[code].acceptable}
    assert unanswerable == {
        *("accept-unused", "day-to-come", "nothing-known", "nothing-matches"),
        *("issue-cut-short", "key-readable", "no-font", "unknown-message", "unshown-figure"),
    }


def test_an_answer_that_answers_nothing_any_more(desk: LittleDesk) -> None:
    """Is a warning itself, unless an error is left that may hide what it is for."""
    desk.document("a", "It left.")
    idle = "facts:\n" + fact(HEDGE, quote="It left")
    assert codes(desk.check(idle)) == ["accept-unused"]
    assert codes(desk.check(idle.replace("quote: It left", "quote: It sank"))) == [
        "quote-not-found"
    ]


def test_an_accepted_error_is_none(desk: LittleDesk) -> None:
    """A figure that no quote has in so many words, with the reason for it."""
    desk.document("a", "A dozen and a half ships left.")
    line = "accept: [{code: unsupported-figure, why: A dozen and a half is 18.}]"
    entry = fact(line, quote="A dozen and a half ships left").replace("It left", "18 ships left")
    checked = desk.check("facts:\n" + entry)
    assert codes(checked) == []
    assert checked.checked is not None


@pytest.mark.parametrize("section", ["sources", "contested", "judgements"])
def test_every_kind_of_entry_answers(desk: LittleDesk, section: str) -> None:
    """A source, a contested point, a judgement."""
    answer = "accept: [{code: %s, why: So it is.}]"
    fields = {"published": "2025-01"} if section == "sources" else {}
    if section == "sources":
        fields["accept"] = (answer % "missing-basis").removeprefix("accept: ")
    desk.document("a", "It left.", **fields)
    entries = {
        "sources": "",
        "contested": "contested:\n  - {id: c, topic: t, question: Did it?, positions: [f, g], "
        + answer % "rests-on-withdrawn"
        + "}\n",
        "judgements": "judgements:\n  - {id: j, topic: t, statement: It is likely.,"
        " confidence: low, because: So., rests_on: [g], made: 2025-01-01, "
        + answer % "judgement-before-facts"
        + "}\n",
    }
    withdrawn = "withdrawn: {on: 2025-03-01, why: Wrong.}"
    lines = [withdrawn] if section == "contested" else []
    base = "facts:\n" + fact(*lines, quote="It left") + fact(name="g", quote="It left")
    checked = desk.check(base + entries[section])
    assert codes(checked) == []
    assert len(checked.accepted) == 1


def test_an_answer_in_another_file(hedged: LittleDesk) -> None:
    """An entry is answered where it stands."""
    quote = "It reportedly left again"
    (hedged.folder / "more.yaml").write_text("facts:\n" + fact(HEDGE, quote=quote), "utf-8")
    assert codes(hedged.check("include: [more.yaml]\n")) == []


BASIS = "    published_basis: {} and not yet in January.\n".format(
    "The notice is undated; it hung there on 10 February"
)
REASON = "The clerk told us by telephone."
ANSWER = f"    accept: [{{code: missing-basis, why: {REASON}}}]\n"
ISSUE = ("issue", "--format", "html", "--as-of", "2024-03-05")
RECORD = Path("issued/basin-closure.en.2024-03-05.json")


@pytest.fixture
def harbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the harbour's desk with a warning on a source that its briefs cite."""
    folder = Path(shutil.copytree(HARBOUR, tmp_path / "desk"))
    monkeypatch.chdir(folder)
    replace(BASIS, "")
    return folder


def replace(old: str, new: str) -> None:
    text = Path("facts.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    Path("facts.yaml").write_text(text.replace(old, new), encoding="utf-8")


def answer() -> None:
    """Say why the warning stands."""
    place = "    reliability_basis: An office's own notice of what it orders.\n"
    replace(place, place + ANSWER)


@pytest.mark.usefixtures("harbour")
def test_issue_leaves_no_warning_open() -> None:
    """It names each and the answer that it waits for; build makes the brief with it."""
    done = run(*ISSUE)
    assert done.exit_code == 1
    assert "warning[missing-basis]" in done.stderr
    assert "answered in its entry: `accept: [{code: missing-basis, why: …}]`" in done.stderr
    assert "nothing was issued" in done.stderr
    assert not RECORD.exists()
    assert not Path("build").exists()
    assert run("build", "--format", "html").exit_code == 0
    assert run("build", "--format", "html", "--strict").exit_code == 1
    answer()
    assert run(*ISSUE).exit_code == 0
    assert RECORD.exists()
    assert run("check", "--strict").exit_code == 0


@pytest.mark.usefixtures("harbour")
def test_issue_waits_for_its_day() -> None:
    """No answer makes an edition of a day to come; one that has nothing to tell is none."""
    answer()
    done = run("issue", "--format", "html", "--as-of", "9999-01-01")
    assert done.exit_code == 1
    assert "an issue waits until this is mended\n" in done.stderr
    quiet = ("--topic", "basin-closure", "--topic", "tarn-cannery", "--as-of", "2024-02-20")
    assert "warning[nothing-known]" in run("build", "--format", "html", *quiet).stderr
    assert run("issue", "--format", "html", *quiet).exit_code == 0


@pytest.mark.usefixtures("harbour")
def test_where_the_answer_stands() -> None:
    """In the check for people and machines, in the record, in the page and in its data."""
    answer()
    assert "0 warnings, 1 accepted\n" in run("check").stderr
    (accepted,) = json.loads(run("check", "--json").stdout)["accepted"]
    assert accepted["code"] == "missing-basis"
    assert (accepted["section"], accepted["entry"], accepted["at"]) == ("sources", "notice", None)
    assert accepted["why"] == {"en": REASON}
    assert accepted["diagnostics"][0]["line"] == 9
    assert run(*ISSUE).exit_code == 0
    (state,) = from_json(RECORD.read_text("utf-8")).snapshot.accepted
    assert (state.code, state.entry, state.why) == ("missing-basis", "notice", REASON)
    page = Path("build/basin-closure.en.html").read_text(encoding="utf-8")
    assert carried_from_json(from_html(page)).snapshot.accepted == (state,)
    words = html.unescape(re.sub(r"<[^>]+>", "", page))
    assert "which we have accepted with our reasons:" in words
    assert f"Nothing says how its date or its publisher is known. {REASON}" in words


@pytest.mark.usefixtures("harbour")
def test_the_answer_of_what_is_not_shown() -> None:
    """Stands in no brief that does not show its entry."""
    day = "    made: 2024-03-07\n"
    early = day.replace("07", "03")
    answered = f"    accept: [{{code: judgement-before-facts, why: {REASON}}}]\n"
    replace(f"cannery-jobs]\n{day}", f"cannery-jobs]\n{early}{answered}")
    topics = ("--topic", "tarn-cannery", "--topic", "basin-closure")
    assert run("build", "--format", "html", *topics).exit_code == 0
    shows_reason = {
        path.stem: REASON in path.read_text("utf-8") for path in Path("build").glob("*.en.html")
    }
    assert shows_reason == {"basin-closure.en": False, "tarn-cannery.en": True}


@pytest.mark.usefixtures("harbour")
def test_a_desk_without_answers_keeps_its_records_and_ids() -> None:
    """Their bytes are as they were before there were any answers."""
    replace("    retrieved: 2024-02-10\n", BASIS + "    retrieved: 2024-02-10\n")
    assert run(*ISSUE).exit_code == 0
    text = RECORD.read_text(encoding="utf-8")
    assert '"accepted"' not in text
    snapshot = from_json(text).snapshot
    assert snapshot.accepted == ()
    assert from_object(to_object(snapshot)) == snapshot


def test_every_answer_has_words_for_readers(checkout: Path) -> None:
    """Of each code that a brief can tell of."""
    macros = (checkout / "templates" / "macros.html.j2").read_text(encoding="utf-8")
    words = macros.partition("{% macro accepted(code) %}")[2].partition("endmacro")[0]
    worded = set(re.findall(r'^  "([a-z-]+)": _\(', words, re.MULTILINE))
    assert worded == {code for code, each in CODES.items() if each.acceptable} - {
        "rests-on-withdrawn"
    }


def test_a_restricted_reason_stays_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What answers for an entry above the ceiling is searched for like all that it says."""
    folder = Path(shutil.copytree(HARBOUR, tmp_path / "desk"))
    monkeypatch.chdir(folder)
    replace(BASIS, "")
    answer()
    replace("    reliability: A\n", "    reliability: A\n    marking: RED\n")
    replace("title: The harbour", f"title: {REASON} The harbour")
    done = run("build", "--format", "html", "--topic", "tarn-cannery", "--marking", "GREEN")
    assert done.exit_code == 1
    assert "[above-marking]" in done.stderr


def test_what_no_rule_reads_is_counted(desk: LittleDesk) -> None:
    """Once, in one line and for machines; it is no warning, so that any base can be strict."""
    head = HEAD.replace("[en]", "[sw]")
    desk.document("a", "Meli tisa ziliondoka.", language="sw")
    base = fact(quote="Meli tisa").replace("It left", "Meli ziliondoka") + fact(
        name="g", quote="Meli tisa"
    ).replace("It left", "Meli ziliondoka")
    checked = desk.check("facts:\n" + base, head)
    assert codes(checked) == []
    assert [(each.rule, each.language, each.count) for each in checked.unchecked] == [
        ("denials, caution and voice", "sw", 4)
    ]


def test_the_line_that_says_what_no_rule_reads(
    desk: LittleDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under a strict check too; nothing where all was read."""
    monkeypatch.chdir(desk.folder)
    desk.document("a", "Meli ziliondoka.", language="sw")
    base = fact(quote="Meli ziliondoka").replace("It left", "Meli ziliondoka")
    desk.check("facts:\n" + base, HEAD.replace("[en]", "[sw]"))
    done = run("check", "--strict")
    assert done.exit_code == 0
    assert "not checked: denials, caution and voice (2 texts in sw)\n" in done.stderr
    unread = json.loads(run("check", "--json").stdout)["unchecked"]
    assert unread == [{"rule": "denials, caution and voice", "language": "sw", "texts": 2}]
    LittleDesk(desk.folder).document("a", "It left.").check("facts:\n" + fact(quote="It left"))
    assert "not checked" not in run("check").stderr
