"""Records of what was issued: written, guarded, looked at, and what `check` makes of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from command import run, stated
from harbour_desk import GONE, TWELVE, built_on, change, desk, issued_on, record, reported
from refusals import codes, refusal

from briefings import cli
from briefings.core.codes import CODES
from briefings.core.diagnostics import Severity
from briefings.core.difference import ChangeKind
from briefings.core.model import Marking
from briefings.core.record import from_json, to_json
from briefings.load import records as desk_records
from briefings.plan.request import BriefRequest, Request
from briefings.render.html.environment import environment
from briefings.render.html.notices import CorrectionPage
from briefings.run.build import build
from briefings.run.check import check_desk
from briefings.run.correction import corrections
from briefings.run.diff import differences
from briefings.run.issue import issue

__all__ = ["desk"]


def test_a_record_holds_what_was_said_and_the_hashes_of_its_files(desk: Path) -> None:
    """And is the same, to the byte, each time; its mode is that of a file for others to read."""
    done = issued_on(desk)
    assert done.recorded == ("issued/basin-closure.en.2024-03-05.json",)
    assert record(desk).stat().st_mode & 0o777 == 0o644
    text = record(desk).read_text(encoding="utf-8")
    read = from_json(text)
    assert list(read.files) == ["basin-closure.en.html"]
    assert to_json(read) == text
    assert [each.id for each in read.snapshot.judgements] == ["stays-shut"]
    record(desk).unlink()
    issued_on(desk)
    assert record(desk).read_text(encoding="utf-8") == text


def test_an_issue_of_the_same_day_is_the_same_or_refused(desk: Path) -> None:
    """What was issued stays as it was, and so does the output folder."""
    issued_on(desk)
    again = issued_on(desk)
    assert again.recorded == ()
    assert again.standing == ("issued/basin-closure.en.2024-03-05.json",)
    before = record(desk).read_bytes()
    page = (desk.parent / "out" / "basin-closure.en.html").read_bytes()
    change(desk, "turned away from the inner basin, harbour", "turned away, harbour")
    assert codes(lambda: issued_on(desk)) == (1, ["issued-otherwise"])
    assert record(desk).read_bytes() == before
    assert (desk.parent / "out" / "basin-closure.en.html").read_bytes() == page


def test_an_issue_after_an_issue_builds_the_same_bytes(desk: Path) -> None:
    """A record of the day itself, or of a later one, is no input of its brief."""
    issued_on(desk)
    out = desk.parent / "out"
    before = {path.name: path.read_bytes() for path in out.glob("*.*")}
    issued_on(desk, 12)
    built_on(desk, 5)
    assert {path.name: path.read_bytes() for path in out.glob("*.*")} == before


def test_a_brief_compares_itself_with_the_last_issued_one(desk: Path) -> None:
    """Of its own kind, before its day; else with one period before; else it is the first."""
    (first,) = built_on(desk, 5).editions
    assert first.changes is not None
    assert not first.changes.issued
    assert first.changes.since == date(2024, 2, 27)
    issued_on(desk, 4)
    issued_on(desk, 5)
    issued_on(desk, 6, "tarn-cannery")
    (second,) = built_on(desk, 6).editions
    assert second.changes is not None
    assert (second.changes.issued, second.changes.since) == (True, date(2024, 3, 5))
    assert [each.kind for each in second.changes.items] == [ChangeKind.NEW]
    issued_on(desk, 6)
    (quiet,) = built_on(desk, 7).editions
    assert quiet.changes is not None
    assert quiet.changes.items == ()
    page = (desk.parent / "out" / "basin-closure.en.html").read_text(encoding="utf-8")
    assert "Nothing has changed since 6 March 2024." in page
    manifest = stated((desk.parent / "out" / "manifest.json").read_text(encoding="utf-8"))
    # The front page lists them all; what the brief is compared with is one of them.
    records = [name for name in manifest.inputs if name.startswith("issued/")]
    assert records == [
        *(f"issued/basin-closure.en.2024-03-0{day}.json" for day in (4, 5, 6)),
        "issued/tarn-cannery.en.2024-03-06.json",
    ]


def test_the_first_edition_says_that_it_is(desk: Path) -> None:
    """Nothing was known a week before."""
    out = desk.parent / "out"
    brief = BriefRequest(as_of=date(2024, 2, 12))
    request = Request(desk / "facts.yaml", out, brief, formats=("html",))
    (edition,) = build(request, today=lambda _: date(2024, 4, 1)).editions
    assert edition.changes is None
    page = (out / "basin-closure.en.html").read_text(encoding="utf-8")
    assert "This is the first edition." in page


def test_a_record_that_knew_more_is_not_looked_at(desk: Path) -> None:
    """By its second clock or by its marking: its words would leak."""
    issued_on(desk)
    records = desk_records.read(desk)
    (issued,) = records.issued
    later = replace(issued.snapshot, as_of=date(2024, 3, 6), known_by=date(2024, 3, 6))
    assert desk_records.last_before(records, later, Marking.RED) is issued
    for snapshot, ceiling in (
        (replace(later, known_by=date(2024, 3, 4)), Marking.RED),
        (replace(later, as_of=date(2024, 3, 5)), Marking.RED),
        (replace(later, language="fa"), Marking.RED),
        (replace(later, brief="other"), Marking.RED),
    ):
        assert desk_records.last_before(records, snapshot, ceiling) is None
    red = replace(
        issued,
        record=replace(issued.record, snapshot=replace(issued.snapshot, marking=Marking.AMBER)),
    )
    records = replace(records, issued=(red,))
    assert desk_records.last_before(records, later, Marking.GREEN) is None
    assert desk_records.last_before(records, later, Marking.AMBER) is red


def tampered(text: str) -> str:
    return text.replace("Nine trawlers", "Ten trawlers")


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (tampered, "issued-tampered"),
        (lambda text: text.replace('"overdue": false', '"overdue": true', 1), "issued-tampered"),
        (lambda text: text.replace('"files": {', '"files": {"x": "y",', 1), "issued-tampered"),
        (lambda text: text[:-40], "issued-unreadable"),
        (lambda _: "", "issued-unreadable"),
        (lambda _: "{}", "issued-unreadable"),
        (lambda _: "\ud800", "issued-unreadable"),
    ],
    ids=range(7),
)
def test_a_record_that_was_edited(desk: Path, broken: Callable[[str], str], code: str) -> None:
    """One error with a place; nothing is built from such a desk."""
    issued_on(desk)
    text = record(desk).read_text(encoding="utf-8")
    record(desk).write_text(broken(text), encoding="utf-8", errors="surrogatepass")
    (mistake,) = reported(desk, code)
    assert mistake.severity is Severity.ERROR
    assert mistake.span is not None
    assert mistake.span.path == "issued/basin-closure.en.2024-03-05.json"
    assert refusal(lambda: built_on(desk, 10)).status == 1


def test_two_records_of_one_edition(desk: Path) -> None:
    """The second is the one whose name is not that of a record."""
    issued_on(desk)
    shutil.copy(record(desk), desk / "issued" / "a copy.json")
    (mistake,) = reported(desk, "issued-twice")
    assert mistake.span is not None
    assert mistake.span.path == "issued/a copy.json"
    record(desk).unlink()
    (mistake,) = reported(desk, "issued-tampered")
    assert "another name" in mistake.message


def test_a_link_among_the_records_is_not_followed(desk: Path) -> None:
    """Nor is anything read that is no regular file."""
    issued_on(desk)
    other = desk.parent / "elsewhere.json"
    record(desk).rename(other)
    record(desk).symlink_to(other)
    assert len(reported(desk, "issued-unreadable")) == 1
    record(desk).unlink()
    os.mkfifo(record(desk))
    assert len(reported(desk, "issued-unreadable")) == 1


@pytest.mark.parametrize("instead", [Path.symlink_to, Path.write_text])
def test_a_folder_of_records_that_is_none_is_not_passed_over(
    desk: Path, instead: Callable[[Path, str], object]
) -> None:
    """With none read, nobody would see that an issued fact is gone."""
    issued_on(desk)
    (desk / "issued").rename(desk / "elsewhere")
    instead(desk / "issued", "elsewhere")
    change(desk, "id: silting", "id: silt")
    change(desk, "nine-turned-away, silting", "nine-turned-away, silt")
    assert len(reported(desk, "issued-unreadable")) == 1
    assert refusal(lambda: built_on(desk, 10)).status == 1


# A check by one who can't read everything: root lays that right down (capset(2), version 3).
UNPRIVILEGED = """\
import ctypes, os, sys
if os.geteuid() == 0:
    version, no_rights = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None).capset(version, no_rights) == 0
from briefings.cli import main
sys.argv = ["briefings", "check", "--base", sys.argv[1]]
main()
"""


def test_records_that_can_not_be_looked_for(desk: Path) -> None:
    """The folder is closed to us: that is said, with its name."""
    issued_on(desk)
    (desk / "issued").chmod(0)
    command = [sys.executable, "-c", UNPRIVILEGED, str(desk / "facts.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    (desk / "issued").chmod(0o755)
    assert done.returncode == 1
    assert (
        "error[issued-unreadable]: 'issued' can't be looked through: permission denied"
        in done.stdout
    )


def test_an_issued_fact_that_vanished(desk: Path) -> None:
    """An error with the place in the record; a renamed fact has vanished too."""
    issued_on(desk)
    change(desk, "id: silting", "id: silt")
    change(desk, "nine-turned-away, silting", "nine-turned-away, silt")
    (mistake,) = reported(desk, "issued-fact-vanished")
    text = record(desk).read_text(encoding="utf-8")
    assert mistake.span is not None
    assert text[mistake.span.start : mistake.span.end] == '"id": "silting"'
    assert "withdraw it" in mistake.hints[0].message


def test_a_fact_that_only_can_not_be_read_has_not_vanished(desk: Path) -> None:
    """One mistake is one report."""
    issued_on(desk)
    change(desk, "  - id: silting\n    kind: statement", "  - id: silting\n    kind: statemnt")
    assert reported(desk, "issued-fact-vanished") == []


def test_words_of_a_higher_marking_are_not_repeated(desk: Path) -> None:
    """What a later edition leaves out because of its ceiling, its changes leave out as well."""
    change(desk, TWELVE, TWELVE + "    marking: AMBER\n")
    issued_on(desk)
    change(
        desk,
        "topics: [basin-closure]\n    statement: The Sall Skippers' Union says that twelve",
        "topics: [tarn-cannery]\n    statement: The Sall Skippers' Union says that twelve",
    )
    change(
        desk,
        "  - id: how-many-refused\n    topic: basin-closure\n",
        "  - id: other\n    topic: basin-closure\n",
    )
    change(
        desk,
        "positions: [twelve-refused, nine-turned-away]",
        "positions: [silting, nine-turned-away]",
    )
    (week,) = built_on(desk, 6).editions
    assert week.marking is Marking.CLEAR
    assert week.changes is not None
    assert ChangeKind.NO_LONGER_SHOWN not in [each.kind for each in week.changes.items]
    page = (desk.parent / "out" / "basin-closure.en.html").read_text(encoding="utf-8")
    assert "twelve boats were refused" not in page.partition('id="quotes"')[0]
    assert "twelve-refused" not in page


def test_the_records_are_no_output(desk: Path) -> None:
    """Their folder is not given away as --out."""
    request = Request(desk / "facts.yaml", desk / "issued")
    wrong = codes(lambda: issue(request, today=lambda _: date(2024, 4, 1)))
    assert wrong == (2, ["output-not-ours"])
    assert not (desk / "issued").exists()


def test_an_issued_fact_that_vanished_while_it_is_named(desk: Path) -> None:
    """The judgement that names it is told as well; an entry that is only broken stands."""
    issued_on(desk)
    change(desk, "id: silting", "id: silt")
    assert len(reported(desk, "unknown-reference")) == 1
    assert len(reported(desk, "issued-fact-vanished")) == 1
    change(desk, "  - id: silt\n    kind: statement", "  - id: silting\n    kind: statemnt")
    assert reported(desk, "issued-fact-vanished") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\nfacts:\n", "\nfact:\n"),
        ("id: silting", "id: Silting"),
        ("  - id: silting\n", "  - name: silting\n"),
        ("  - id: silting\n", "    id: silting\n"),
        ("title:", "include: [more.yaml]\ntitle:"),
    ],
)
def test_a_fact_that_a_mistake_hides_has_not_vanished(desk: Path, old: str, new: str) -> None:
    """It may stand there all the same; nobody can tell."""
    issued_on(desk)
    facts = desk / "facts.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    checked = check_desk(facts)
    assert checked.checked is None
    assert reported(desk, "issued-fact-vanished") == []


@pytest.mark.usefixtures("blank_pdfs")
def test_an_issue_below_a_ceiling(desk: Path) -> None:
    """It has a record of its own, which can be issued again, compared with a day, corrected."""
    radio = "    date: 2024-03-06\n"
    change(desk, radio, radio + "    marking: AMBER\n")
    facts = desk / "facts.yaml"
    flags = ("--base", str(desk), "--out", str(desk.parent / "out"), "--format", "html")
    for day in ("2024-03-05", "2024-03-10"):
        first, again = (run("issue", *flags, "--marking", "green", "--as-of", day) for _ in "12")
        assert "recorded" in first.stdout, first.stderr
        assert "was issued before, and is the same" in again.stdout
    names = sorted(path.stem for path in (desk / "issued").iterdir())
    assert [name.rpartition("-custom-")[0] for name in names] == ["basin-closure"] * 2
    recorded, computed = (
        differences(facts, (names[0], later), ()).comparisons[0]
        for later in (names[1], "2024-03-10")
    )
    assert recorded == computed
    assert [each.id for each in computed.changes] == ["hearing"], "the radio's is above it"
    change(desk, TWELVE, TWELVE + GONE)
    done = corrections(facts, desk.parent / "notices")
    assert [each.record.name for each in done.notices] == [f"{name}.json" for name in names]


@pytest.mark.usefixtures("blank_pdfs")
def test_long_names_are_cut_in_the_margins_of_a_correction(desk: Path) -> None:
    """As in those of a brief, where they would lie beside the sheet; on page one they are whole."""
    harbour, basin = "The harbour of Merrow", "The closure of the inner basin"
    change(desk, f"title: {harbour}\n", f"title: {', and '.join([harbour] * 9)}\n")
    change(desk, f"title: {basin}\n", f"title: {', and '.join([basin] * 6)}\n")
    issued_on(desk, 5)
    change(desk, TWELVE, TWELVE + GONE)
    (notice,) = corrections(desk / "facts.yaml", desk.parent / "notices").notices
    html = CorrectionPage(notice, "print").text(environment())
    for name, start in (("desk", harbour), ("topic", f"Correction: {basin}")):
        (told,) = re.findall(rf'data-{name}="([^"]*)"', html)
        assert told.startswith(f"{start}, and ")
        assert told.endswith(" …")
        assert len(told) < 160
    assert ", and ".join([basin] * 6) in html


def test_an_issue_on_another_sheet(desk: Path, blank_pdfs: dict[str, str]) -> None:
    """Its files are other ones, and a record has the hashes of the first."""
    out = desk.parent / "out"
    flags = ("--base", str(desk), "--out", str(out), "--format", "pdf", "--paper")
    assert run("issue", *flags, "letter").exit_code == 0
    assert "@page{size:letter;" in blank_pdfs["basin-closure.en.pdf"]
    done = run("issue", *flags, "a4")
    assert done.exit_code == 1
    assert "error[issued-otherwise]" in done.stderr
    assert "with other files" in done.stderr


def test_a_list_of_records_with_one_at_fault(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The others are listed, and the exit code says so."""
    issued_on(desk, 4)
    issued_on(desk)
    arguments = ["list", "issued", "--base", str(desk)]
    assert cli._status(arguments) == 0
    text = record(desk).read_text(encoding="utf-8")
    record(desk).write_text(tampered(text), encoding="utf-8")
    capsys.readouterr()
    assert cli._status(arguments) == 1
    printed = capsys.readouterr()
    assert "2024-03-04" in printed.out
    assert "issued-tampered" in printed.err
    assert cli._status(["list", "facts", "--base", str(desk)]) == 0


def test_every_code_of_ours_is_in_the_catalogue() -> None:
    """With its severity."""
    warnings = {"rests-on-withdrawn"}
    for code in CODES:
        if code.startswith(("issued-", "rests-on-")) or code == "bad-replacement":
            is_warning = CODES[code].severity is Severity.WARNING
            assert is_warning == (code in warnings)
