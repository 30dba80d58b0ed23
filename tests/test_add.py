"""`add`: a passage and a sentence become a fact that the check accepts; nothing else changes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import yaml
from breadth import examples
from click.testing import CliRunner
from command import new, run
from counted import steps
from hypothesis import given, settings
from hypothesis import strategies as st
from little_desk import HEAD, LittleDesk

from briefings.authoring.draft import open_desk, write
from briefings.authoring.proposal import Wanted, propose
from briefings.cli import add as add_command
from briefings.cli import commands
from briefings.core import edtf
from briefings.core.diagnostics import Refused, failed
from briefings.core.model import Document, SourceId
from briefings.edit import recognise
from briefings.edit.canonical import formatted
from briefings.edit.insert import NoPlace, Value, with_entry
from briefings.edit.quoting import places, quoted, selectors, trimmed
from briefings.output import desk_files as output_desk
from briefings.output import lock
from briefings.run.add import find_passages

__all__ = ["new"]

WARD = ("--quote", "The ward took in 1,140 patients last year.")
SAID = ("--statement", "The ward took in 1,140 patients last year.", "--yes")


def document(text: str) -> Document:
    lines = [(0, len(text))] if text else []
    return Document(SourceId("a"), "a.txt", text, tuple(lines))


def test_a_fact_is_added_behind_the_last(new: Path) -> None:
    """What is recognised is filled in, the check accepts it, and no other byte changes."""
    before = (new / "facts.yaml").read_bytes()
    done = run(
        *("add", "--quote", "Nine of the ward's 21 nurses have left since January, and the distr"),
        *("--statement", "Of 21 nurses at the clinic of Brackwater, nine had left since January."),
        *("--by", "okoro", "--credibility", "3", "--headline", "Nine nurses gone", "--yes"),
    )
    assert done.exit_code == 0, done.stderr
    assert (
        done.stdout
        == """\
  - id: nine-nurses-gone
    kind: claim
    topics: [night-ward]
    statement: Of 21 nurses at the clinic of Brackwater, nine had left since January.
    headline: Nine nurses gone
    actors: [clinic]
    credibility: 3
    source: courier
    quote: Nine of the ward's 21 nurses have left since January, and the
    by: okoro
"""
    )
    assert done.stderr == (
        "`nine-nurses-left` cites it too: Hanne Okoro said that nine of the ward's 21 nurses had"
        " left since January.\nfacts.yaml: added nine-nurses-gone\n"
    )
    after = (new / "facts.yaml").read_bytes()
    added = done.stdout.encode().rstrip(b"\n")
    start = after.index(added)
    assert after[:start].removesuffix(b"\n\n") + after[start + len(added) :] == before
    assert run("check", "--strict").exit_code == 0
    assert formatted(after.decode()) == after.decode()


@pytest.mark.usefixtures("new")
def test_what_the_check_refuses_is_refused(new: Path) -> None:
    """A figure that no quote carries: said at once, with the place it would have had."""
    before = (new / "facts.yaml").read_bytes()
    done = run("add", *WARD, "--statement", "The ward took in 1,150 patients.", "--yes")
    assert done.exit_code == 1
    assert "error[unsupported-figure]: no quote of `ward-took-1-150-patients`" in done.stderr
    assert done.stderr.endswith("nothing was written\n")
    assert (new / "facts.yaml").read_bytes() == before


@pytest.mark.usefixtures("new")
def test_mistakes_elsewhere_do_not_stop_it(new: Path) -> None:
    """Only what the new fact brings with it counts; a warning does with --strict."""
    text = (new / "facts.yaml").read_text(encoding="utf-8")
    (new / "facts.yaml").write_text(text.replace("Nine of the ward's", "Ten of the ward's"))
    assert run("add", *WARD, *SAID).exit_code == 0
    assert "ward-took-1-140-patients" in (new / "facts.yaml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("new")
@pytest.mark.parametrize(
    ("flags", "status", "told"),
    [
        (("--quote", "The ward took in 1,150 patients", *SAID), 1, "“1,150” there reads “1,140”"),
        (("--quote", "zebra", *SAID), 1, "“zebra” stands in no document"),
        (("--quote", "ward", *SAID), 2, "places: say which with --occurrence or --source"),
        (("--quote", "ward", "--occurrence", "99", *SAID), 2, "--occurrence 99: the passage"),
        (("--quote", "ward", "--source", "courrier", *SAID), 2, "did you mean `courier`?"),
        (("--source", "courier", "--sentence", "99", *SAID), 2, "there is no sentence 99"),
        (("--sentence", "1", *SAID), 2, "--sentence goes with --source"),
        (SAID, 2, "give the passage with --quote"),
        (("--quote", " … ", *SAID), 2, "a passage has a letter or a digit"),
        ((*WARD, "--yes"), 2, "give the sentence with --statement"),
        ((*WARD, *SAID, "--id", "Not An Id"), 1, "error[bad-id]"),
        ((*WARD, *SAID, "--id", "nine-nurses-left"), 1, "error[duplicate-id]"),
        ((*WARD, *SAID, "--topic", "nothing"), 1, "error[unknown-reference]"),
        ((*WARD, *SAID, "--actor", "okorro"), 1, "did you mean `okoro`?"),
        ((*WARD, *SAID, "--date", "2025-02-30"), 2, "YYYY-MM-DD"),
        ((*WARD, *SAID, "--translated", "xx", "Something."), 1, "error[unknown-language]"),
        ((*WARD, *SAID, "--translated", "../..", "Something."), 1, "error[unknown-language]"),
    ],
)
def test_what_is_refused(new: Path, flags: tuple[str, ...], status: int, told: str) -> None:
    """Each with its reason and a next step, and nothing written."""
    before = (new / "facts.yaml").read_bytes()
    done = run("add", *flags)
    assert done.exit_code == status, done.stdout + done.stderr
    assert told in done.stderr
    assert (new / "facts.yaml").read_bytes() == before


def test_a_sentence_by_its_number(new: Path) -> None:
    """As `coverage` counts them; --dry-run shows and writes nothing; --json is for scripts."""
    del new
    assert "(5) The ward took in" in run("coverage").stdout
    flags = ("--source", "courier", "--sentence", "5", *SAID)
    shown = run("add", *flags, "--dry-run")
    assert (shown.exit_code, shown.stderr) == (0, "nothing was written\n")
    assert "quote: The ward took in 1,140 patients last year\n" in shown.stdout
    done = run("add", *flags, "--json")
    answer = json.loads(done.stdout)
    assert answer["written"] is True
    assert answer["entry"]["evidence"][0]["source"] == "courier"
    assert answer["diagnostics"] == []
    assert "(5) The ward took in" not in run("coverage").stdout


def test_from_standard_input(new: Path) -> None:
    """A passage with line ends, as one pastes it."""
    del new
    pasted = "“From April, anyone who falls ill\nat night will be driven to Tarrow”\n"
    statement = "Whoever falls ill at night will be driven to Tarrow from April."
    done = CliRunner().invoke(
        commands,
        ["add", "--quote", "-", "--statement", statement, "--kind", "plan", "--yes"],
        input=pasted,
        standalone_mode=False,
    )
    assert done.return_value == 0, done.output
    assert "From April, anyone who falls ill at night will be driven to Tarrow" in done.output


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        (b"\xff\xfeFrom April", "no text in UTF-8"),
        (b"From April " * 1_000, "at most 10,000 characters"),
    ],
)
def test_what_is_no_passage_on_standard_input(new: Path, pasted: bytes, said: str) -> None:
    """Bytes of any kind, or without end: a flag that is wrong."""
    before = (new / "facts.yaml").read_bytes()
    done = CliRunner().invoke(
        commands, ["add", "--quote", "-", "--statement", "A nurse left.", "--yes"], input=pasted
    )
    assert (done.exit_code, said in done.output) == (2, True), done.output
    assert (new / "facts.yaml").read_bytes() == before


def ask(monkeypatch: pytest.MonkeyPatch, *answers: str, flags: tuple[str, ...] = ()) -> str:
    """The command as on a terminal."""

    class Terminal:
        def __init__(self, inner: object) -> None:
            self.inner = inner

        def isatty(self) -> bool:
            return True

        def __getattr__(self, name: str) -> object:
            return getattr(self.inner, name)

    class Sys:
        @property
        def stdin(self) -> Terminal:
            import sys

            return Terminal(sys.stdin)

    monkeypatch.setattr(add_command, "sys", Sys())
    done = CliRunner().invoke(
        commands, ["add", *flags], input="".join(f"{each}\n" for each in answers)
    )
    return str(done.output)


@pytest.mark.usefixtures("new")
def test_by_questions(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence picked by number; a statement that is refused is asked for again."""
    output = ask(
        monkeypatch,
        "5",
        "the clinc",
        "n",
        "",
        "figure",
        "The ward took in 1,150 patients.",
        "The ward took in 1,140 patients last year.",
        "y",
        flags=("--source", "courier"),
    )
    assert "  5 The ward took in 1,140 patients last year." in output
    assert "say it otherwise" in output
    assert "did you mean `clinic`" in output
    assert "The desk knows nobody called 'the clinc'" in output
    assert "facts.yaml: added ward-took-1-140-patients" in output
    assert "    kind: figure\n" in output
    assert "1,150" not in (new / "facts.yaml").read_text(encoding="utf-8")


def test_whoever_has_no_name_yet_gets_one(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one is asked who speaks; whom the desk knows is known by name as well."""
    answers = (
        "5",
        "Mona Vale",
        "y",
        "",
        "person",
        "",
        "The ward took in 1,140 patients last year.",
    )
    output = ask(monkeypatch, *answers, "y", flags=("--source", "courier"))
    assert "    by: mona-vale\n" in output
    assert run("check", "--strict").exit_code == 0
    statement = "From April, anyone who falls ill at night will be driven to Tarrow."
    output = ask(monkeypatch, "6", "Mona Vale", "", statement, "y", flags=("--source", "courier"))
    assert "facts.yaml: added april-anyone-falls-ill-night" in output
    assert "mona-vale: {name: Mona Vale, kind: person}" in (new / "facts.yaml").read_text("utf-8")


@pytest.mark.usefixtures("new")
def test_which_of_several_places(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for, then kept by the words around it."""
    output = ask(
        monkeypatch, "night ward", "2", "okoro", "plan", "The night ward is to close.", "y"
    )
    assert "added night-ward-close" in output
    text = (new / "facts.yaml").read_text(encoding="utf-8")
    assert "quote: night ward\n    by: okoro\n    prefix: will close its\n" in text
    assert run("check", "--strict").exit_code == 0
    before = text
    assert "nothing was written" in ask(monkeypatch, "Tarrow", "", "", "Tarrow.", "n")
    assert (new / "facts.yaml").read_text(encoding="utf-8") == before


def test_a_base_that_changes_meanwhile_is_not_overwritten(new: Path) -> None:
    """Neither before the check of the draft, nor while it is put in place."""
    desk = open_desk(new / "facts.yaml")
    (passage,) = find_passages(desk, "Tarrow, 38 kilometres away")
    proposal = propose(desk, passage, Wanted(statement={"en": "Tarrow is 38 kilometres away."}))
    assert not failed(proposal.draft.added)
    theirs = (new / "facts.yaml").read_text(encoding="utf-8") + "# theirs\n"
    (new / "facts.yaml").write_text(theirs, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        write(proposal.draft)
    assert caught.value.diagnostics[0].code == "changed-meanwhile"
    with pytest.raises(Refused):
        propose(desk, passage, Wanted(statement={"en": "Tarrow."}))
    assert (new / "facts.yaml").read_text(encoding="utf-8") == theirs
    assert sorted(path.name for path in new.iterdir() if "briefings-new" in path.name) == []


def test_a_disk_that_is_full_changes_nothing(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does a base that another command holds."""
    before = (new / "facts.yaml").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(output_desk, "atomic_write", full)
        done = run("add", *WARD, *SAID)
    assert done.exit_code == 2
    assert "'facts.yaml' can't be written: no space left on device" in done.stderr
    monkeypatch.setattr(lock, "PATIENCE", 0.05)
    with lock.alone(new / "facts.yaml"):
        held = run("add", *WARD, *SAID, "--json")
    assert held.exit_code == 2
    assert "another program holds 'facts.yaml'" in held.stderr
    assert held.stdout == ""
    assert (new / "facts.yaml").read_bytes() == before


@pytest.mark.usefixtures("new")
def test_a_topic_is_asked_for_where_nothing_tells(
    new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several topics, and no fact from this document yet; by flags alone it is refused."""
    (new / "b.txt").write_text("It rained at Tarrow.\n", encoding="utf-8")
    digest = hashlib.sha256((new / "b.txt").read_bytes()).hexdigest()
    source = (
        f"  b:\n    file: b.txt\n    sha256: {digest}\n    title: B\n    publisher: B\n"
        "    published: 2025-03-01\n    language: en\n"
    )
    text = (new / "facts.yaml").read_text(encoding="utf-8")
    text = text.replace("\nactors:", f"\n{source}\nactors:")
    text = text.replace("topics:\n", "topics:\n  weather:\n    title: Weather\n\n", 1)
    (new / "facts.yaml").write_text(text, encoding="utf-8")
    refusal = run("add", "--quote", "It rained at Tarrow", "--statement", "It rained.", "--yes")
    assert refusal.exit_code == 2
    assert "name one with --topic: `weather`, `night-ward`" in refusal.stderr
    output = ask(monkeypatch, "It rained at Tarrow", "", "", "weather", "It rained.", "y")
    assert "    topics: [weather]\n" in output
    assert "added rained" in output


def test_the_right_file_and_its_mode(new: Path) -> None:
    """Facts stand where those of the same source do; a file keeps its permissions."""
    text = (new / "facts.yaml").read_text(encoding="utf-8")
    start, end = text.index("facts:"), text.index("judgements:")
    (new / "more.yaml").write_text(text[start:end], encoding="utf-8")
    (new / "more.yaml").chmod(0o600)
    head = text[:start].replace("timezone:", "include: [more.yaml]\ntimezone:")
    (new / "facts.yaml").write_text(head + text[end:], encoding="utf-8")
    before = (new / "facts.yaml").read_bytes()
    assert run("add", *WARD, *SAID).exit_code == 0
    assert (new / "facts.yaml").read_bytes() == before
    assert "ward-took-1-140-patients" in (new / "more.yaml").read_text(encoding="utf-8")
    assert (new / "more.yaml").stat().st_mode & 0o777 == 0o600


ENTRY: dict[str, Value] = {"id": "x", "kind": "event", "evidence": ({"source": "s", "quote": "q"},)}
ADDED = "- id: x\n  kind: event\n  source: s\n  quote: q"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("facts:\n- id: a\n", "facts:\n- id: a\n\n+\n"),
        ("facts:\n- id: a\n- id: b\n", "facts:\n- id: a\n- id: b\n+\n"),
        ("facts:\n  - id: a\n    # of a\n# end\n", "facts:\n  - id: a\n    # of a\n\n  +\n# end\n"),
        ("facts:\n  - id: a\n    note: >-\n      b\n\n\ngaps: []\n",
         "facts:\n  - id: a\n    note: >-\n      b\n\n  +\n\n\ngaps: []\n"),
        ("facts:\n  - id: a # tail", "facts:\n  - id: a # tail\n\n  +"),
        ("facts: []\ngaps: []\n", "facts:\n  +\ngaps: []\n"),
        ("facts: [] # none\n", "facts: # none\n  +\n"),
        ("facts:\n", "facts:\n  +\n"),
        ("title: a\n", "title: a\n\nfacts:\n  +\n"),
        ("title: a", "title: a\n\nfacts:\n  +\n"),
        ("facts:\r\n  - id: a\r\n", "facts:\r\n  - id: a\r\n\r\n  +\r\n"),
    ],
)  # fmt: skip
def test_the_place_of_an_entry(text: str, result: str) -> None:
    """Behind the last one, with its comments, at its indentation, with the file's line ends."""
    margin = "  " if "\n  +" in result or "\n  +" in result.replace("\r", "") else ""
    added = ADDED.replace("\n", "\n" + margin)
    if "\r\n" in text:
        added = added.replace("\n", "\r\n")
    inserted = with_entry(text, "facts", ENTRY)
    assert inserted.text == result.replace("+", added)
    assert inserted.text[inserted.start : inserted.end].strip().endswith(added)


GROUP = "facts:\n  - kind: event\n    source: s\n    facts:\n      - id: a\n        quote: a\n"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (GROUP, f"{GROUP}      - id: x\n        quote: q\n"),
        (f"{GROUP}# end\n", f"{GROUP}      - id: x\n        quote: q\n# end\n"),
        (
            GROUP.replace("    source: s\n", "    source: s\n    by: b\n"),
            GROUP.replace("    source: s\n", "    source: s\n    by: b\n")
            + "\n  - id: x\n    kind: event\n    source: s\n    quote: q\n",
        ),
        (
            GROUP.replace("event", "claim"),
            GROUP.replace("event", "claim")
            + "\n  - id: x\n    kind: event\n    source: s\n    quote: q\n",
        ),
    ],
)
def test_a_fact_is_put_into_a_group(text: str, result: str) -> None:
    """If it says all that this does: else what the group says would be said of it."""
    assert with_entry(text, "facts", ENTRY).text == result


@pytest.mark.parametrize(
    "text", ["{title: a}", "[a]", "facts: [{id: a}]", "facts: {a: {}}", "a: ["]
)
def test_a_file_without_a_place(text: str) -> None:
    """Brackets are for `fmt` to open."""
    with pytest.raises(NoPlace):
        with_entry(text, "facts", ENTRY)


@settings(deadline=None, max_examples=examples(30))
@given(seed=st.integers(0, 2**32))
def test_what_is_added_is_accepted_and_left_alone(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Over random documents and passages: `check` finds the very passage, `fmt` changes nothing."""
    chance = Random(seed)
    words = [
        "ward",
        "Ward",
        "night",
        "دریا",
        "می‌رود",
        "it’s",
        "non-violent",
        "é",
        "so:",
        "“well”",
        "#x",
        "–",
    ]
    lines = [" ".join(chance.choices(words, k=chance.randint(4, 30))) for _ in range(4)]
    folder = tmp_path_factory.mktemp("desk")
    little = LittleDesk(folder)
    little.document("a", "\n".join(lines) + "\n")
    little.check("\nfacts: []\n", HEAD)
    base = folder / "facts.yaml"
    canonical = formatted(base.read_text(encoding="utf-8"))
    assert canonical is not None
    base.write_text(canonical.replace("facts: []", "# none yet\nfacts: []"), encoding="utf-8")
    for _ in range(3):
        line = chance.choice(lines)
        start = chance.randrange(len(line))
        passage = line[start : start + chance.randint(4, 40)]
        desk = open_desk(base)
        try:
            passages = find_passages(desk, passage)
        except Refused:
            continue
        meant = chance.choice(passages)
        proposal = propose(desk, meant, Wanted(statement={"en": "Something."}))
        assert not failed(proposal.draft.added), (passage, proposal.draft.added)
        write(proposal.draft)
        anchors = [
            each for each in open_desk(base).checked.quotes if each.fact == proposal.fields["id"]
        ]
        assert anchors[0].anchor is not None
        assert anchors[0].anchor.passages[0].start == meant.start
        text = base.read_text(encoding="utf-8")
        assert formatted(text) == text, text


def test_what_a_statement_names(new: Path) -> None:
    """Of two names at one place the longer; a name also as it begins a sentence."""
    base = open_desk(new / "facts.yaml").base
    cases = {
        "The clinic of Brackwater is in Brackwater.": (("clinic",), ("brackwater",)),
        "Okoro’s post is open, the district health office said.": (("okoro", "health-office"), ()),
        "A Brackwaterian in non-Brackwater.": ((), ()),
    }
    for statement, named in cases.items():
        assert recognise.named(base, {"en": statement}) == named


@pytest.mark.parametrize(
    ("statement", "day"),
    [
        ("It closed on 3 March.", "2025-03-03"),
        ("It closed on 5 May.", "2024-05-05"),
        ("It closed on 5 March.", None),
        ("It closed on 3 March 2023, with 1,140 beds.", "2023-03-03"),
        ("It closed on 2024-02-29.", "2024-02-29"),
        ("It closed on 3 March and on 4 March.", None),
        ("It closed in March.", None),
        ("It closed.", None),
        ("It closed on Monday.", "2025-03-03"),
        ("It closed on Tuesday.", "2025-03-04"),
        ("It closed on Wednesday.", "2025-02-26"),
        ("It closed on Monday, 24 February.", "2025-02-24"),
        ("It closed on Monday and on Tuesday.", None),
    ],
)
def test_the_day_that_a_statement_names(new: Path, statement: str, day: str | None) -> None:
    """Without a year, the last such day by which its source was known; not if it comes soon."""
    source = open_desk(new / "facts.yaml").base.sources[SourceId("courier")]
    assert recognise.event_date({"en": statement}, source) == day


@pytest.mark.parametrize(
    ("published", "past", "ahead"),
    [
        ("2025-03-04", "2025-03-04", "2025-03-11"),
        ("2025-03-03", "2025-02-25", "2025-03-04"),
        ("2025-03", None, None),
        ("2025-03-03/2025-03-04", None, None),
    ],
)
def test_a_weekday_follows_from_the_day_of_its_source(
    new: Path, published: str, past: str | None, ahead: str | None
) -> None:
    """The last one up to it, or the next one of a plan; none where the source's day is vague."""
    source = open_desk(new / "facts.yaml").base.sources[SourceId("courier")]
    source = replace(source, published=edtf.parse(published))
    for forms in ({"en": "On Tuesday it closed."}, {"de": "Am Dienstag.", "fa": "روز سه‌شنبه"}):
        assert recognise.event_date(forms, source) == past
        assert recognise.event_date(forms, source, is_ahead=True) == ahead


@pytest.mark.parametrize(
    ("published", "past", "ahead"),
    [
        ("2025-05-04", "2025-02-17", "2026-02-17"),
        ("2025-04/2025-05", "2025-02-17", "2026-02-17"),
        ("2025-01/2025-05", None, None),
        ("../2025-05-04", None, None),
    ],
)
def test_a_year_follows_from_the_day_of_its_source(
    new: Path, published: str, past: str | None, ahead: str | None
) -> None:
    """If each day on which it may be published tells the same: none from one that nobody knows."""
    source = open_desk(new / "facts.yaml").base.sources[SourceId("courier")]
    source = replace(source, published=edtf.parse(published))
    forms = {"en": "The wells were treated on 17 February."}
    assert recognise.event_date(forms, source) == past
    assert recognise.event_date(forms, source, is_ahead=True) == ahead


def test_the_day_of_a_plan_is_due(new: Path) -> None:
    """The next such day, and no event time."""
    passage = "From April, anyone who falls ill at night will be driven to Tarrow"
    desk = open_desk(new / "facts.yaml")
    (place,) = find_passages(desk, passage)
    statement = {"en": "From 1 April, the ill will be driven elsewhere at night."}
    entry = propose(desk, place, Wanted(statement=statement, kind="plan")).fields
    assert entry["due"] == "2025-04-01"
    assert "date" not in entry


@pytest.mark.usefixtures("new")
def test_what_became_of_a_plan(new: Path) -> None:
    """The fact names the plan; what is none is refused."""
    became = (*WARD, *SAID, "--outcome-of")
    refused = run("add", *became, "nine-nurses-left")
    assert refused.exit_code == 1
    assert "`nine-nurses-left`" in refused.stderr
    assert run("add", *became, "reopening-expected").exit_code == 0
    base = yaml.safe_load((new / "facts.yaml").read_text(encoding="utf-8"))
    assert base["facts"][-1]["outcome_of"] == ["reopening-expected"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The ward's nurses have left the clinic and the town", "wards-nurses-left-clinic-town"),
        ("Der Müller ging", "der-muller-ging"),
        ("La fermeture du pont de Vell", "la-fermeture-du-pont"),
        ("La fermeture du pont de", "la-fermeture-du-pont-de"),
        ("بخش شبانه بسته شد", "s-1"),
        ("It is so", "s-1"),
        ("Taken words", "taken-words-2"),
        ("x" * 200, "x" * 48),
    ],
)
def test_an_id_is_proposed(words: str, name: str) -> None:
    """From the words that say something, in letters that an id may hold; never one taken."""
    assert recognise.proposed_id(words, "s", {"taken-words", "s-2"}) == name


def test_a_passage_is_cut_to_whole_words() -> None:
    """At both ends; what is tied to a number or by a hyphen is a part of its word."""
    text = document("The non-violent ward’s 1,140 patients, 38 % of “all”.")
    cases = {
        "e non-violent war": "non-violent",
        "violent ward’s 1,1": "ward’s",
        "1,140 patients,": "1,140 patients",
        "“all”.": "“all”",
        "'all'": "all",
    }
    for passage, cut in cases.items():
        (place,) = places(passage, text)
        assert quoted(text, *trimmed(text, *place)) == cut
    assert places("iolen", text) == ()
    assert places("…", text) == ()


def test_places_are_told_apart() -> None:
    """By the fewest words before, else behind, else by number."""
    text = document("a ward here, the ward there, the ward here")
    spots = places("ward", text)
    ways = [list(selectors(text, *place)) for place in spots]
    assert [each[0].prefix for each in ways] == ["a", "ward here, the", "there, the"]
    assert [each[-1].occurrence for each in ways] == [1, 2, 3]
    assert [each.suffix for each in ways[1] if each.suffix] == ["there,"]


def test_a_passage_of_a_text_of_one_letter_is_not_looked_for_at_each() -> None:
    """As the gate gives up on it: else it would take seconds for some MiB."""
    text = document("a" * 40_000 + " aaaa")
    assert steps(lambda: list(selectors(text, 40_001, 40_005))) < 1_000_000
    (alone,) = selectors(text, 40_001, 40_005)
    assert (alone.prefix, alone.occurrence) == (None, None)


def test_facts_between_brackets_are_no_place_for_another(new: Path) -> None:
    """No byte of them is touched: the base is to be put into shape first."""
    path = new / "facts.yaml"
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition("facts:\n")
    flow = json.dumps(yaml.load(f"facts:\n{rest}", yaml.BaseLoader)["facts"], ensure_ascii=False)  # noqa: S506 # texts alone
    after = rest[rest.index("\njudgements:") :] if "\njudgements:" in rest else "\n"
    path.write_text(f"{head}facts: {flow}{after}", encoding="utf-8")
    before = path.read_bytes()
    desk = open_desk(path)
    (passage,) = find_passages(desk, "Tarrow, 38 kilometres away")
    with pytest.raises(Refused) as caught:
        propose(desk, passage, Wanted(statement={"en": "Tarrow is 38 kilometres away."}))
    assert [each.code for each in caught.value.diagnostics] == ["no-place"]
    assert "between brackets" in caught.value.diagnostics[0].message
    assert path.read_bytes() == before


def test_a_passage_of_another_language_is_translated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the desk's first language; a passage that is in it already needs none."""
    desk = LittleDesk(tmp_path)
    desk.document("a", "بندر بسته شد.", language="fa").document("b", "The harbour is closed.")
    desk.check("")
    monkeypatch.chdir(tmp_path)
    translated = ("--translation", "The harbour was closed", "--yes")
    flags = ("--statement", "The harbour was closed.", *translated)
    done = run("add", "--quote", "بندر بسته شد", *flags)
    assert done.exit_code == 0, done.stderr
    assert "    translation: The harbour was closed\n" in done.stdout
    done = run("add", "--quote", "The harbour is closed", *flags[:1], "It is closed.", *translated)
    assert done.exit_code == 0, done.stderr
    assert "translation" not in done.stdout
