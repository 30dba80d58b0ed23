"""Records of what was issued: written, guarded, and what `check` makes of them."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from test_cli import run

from briefings import cli
from briefings.core.codes import CODES
from briefings.core.diagnostics import Diagnostic, Severity
from briefings.core.issued import from_json, to_json
from briefings.core.model import Marking
from briefings.core.snapshot import ChangeKind
from briefings.run import issue as module
from briefings.run import issued, lock
from briefings.run import place as place_module
from briefings.run import publish as publishing
from briefings.run.build import Built, Prepared, Request, build, prepare
from briefings.run.check import check_desk
from briefings.run.correction import corrections
from briefings.run.differences import differences
from briefings.run.issue import IssuedNow, issue
from briefings.run.place import Taken, place, settle, staged

DESK = Path(__file__).parent / "desk_harbour"
TWELVE = """\
        quote: twelve boats were refused, among them two that carried exemptions
        by: union
"""
GONE = "    withdrawn: {on: 2024-03-11, why: Misread.}\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DESK, tmp_path / "desk"))


def change(desk: Path, old: str, new: str) -> None:
    facts = desk / "facts.yaml"
    text = facts.read_text(encoding="utf-8")
    assert old in text
    facts.write_text(text.replace(old, new), encoding="utf-8")


def issued_on(desk: Path, day: int = 5, *topics: str) -> IssuedNow:
    """Web pages alone, which is quick."""
    out = desk.parent / "out"
    request = Request(desk / "facts.yaml", out, topics, formats=("html",), as_of=date(2024, 3, day))
    return issue(request, today=lambda _: date(2024, 3, 5))


def built_on(desk: Path, day: int) -> Built:
    request = Request(
        desk / "facts.yaml", desk.parent / "out", formats=("html",), as_of=date(2024, 3, day)
    )
    return build(request, today=lambda _: date(2024, 3, 5))


def record(desk: Path, day: int = 5) -> Path:
    return desk / "issued" / f"basin-closure.en.2024-03-{day:02}.json"


def found(desk: Path, code: str) -> list[Diagnostic]:
    return [one for one in check_desk(desk / "facts.yaml").diagnostics if one.code == code]


def test_a_record_holds_what_was_said_and_the_hashes_of_its_files(desk: Path) -> None:
    """And is the same, to the byte, each time; its mode is that of a file for others to read."""
    done = issued_on(desk)
    assert done.recorded == ("issued/basin-closure.en.2024-03-05.json",)
    assert record(desk).stat().st_mode & 0o777 == 0o644
    text = record(desk).read_text(encoding="utf-8")
    read = from_json(text)
    assert list(read.files) == ["basin-closure.en.html"]
    assert to_json(read) == text
    assert [one.id for one in read.snapshot.judgements] == ["stays-shut"]
    record(desk).unlink()
    issued_on(desk)
    assert record(desk).read_text(encoding="utf-8") == text


def test_an_issue_of_the_same_day_is_the_same_or_refused(desk: Path) -> None:
    """What was issued stays as it was, and so does the output folder."""
    issued_on(desk)
    again = issued_on(desk)
    assert (again.built.status, again.recorded) == (0, ())
    assert again.standing == ("issued/basin-closure.en.2024-03-05.json",)
    before = record(desk).read_bytes()
    page = (desk.parent / "out" / "basin-closure.en.html").read_bytes()
    change(desk, "turned away from the inner basin, harbour", "turned away, harbour")
    refused = issued_on(desk)
    assert refused.built.status == 1
    assert [one.code for one in refused.built.diagnostics] == ["issued-otherwise"]
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
    assert [one.kind for one in second.changes.items] == [ChangeKind.NEW]
    issued_on(desk, 6)
    (quiet,) = built_on(desk, 7).editions
    assert quiet.changes is not None
    assert quiet.changes.items == ()
    page = (desk.parent / "out" / "basin-closure.en.html").read_text(encoding="utf-8")
    assert "Nothing has changed since 6 March 2024." in page
    manifest = json.loads((desk.parent / "out" / "manifest.json").read_text(encoding="utf-8"))
    # The front page lists them all; what the brief is compared with is one of them.
    records = [name for name in manifest["inputs"] if name.startswith("issued/")]
    assert records == [
        *(f"issued/basin-closure.en.2024-03-0{day}.json" for day in (4, 5, 6)),
        "issued/tarn-cannery.en.2024-03-06.json",
    ]


def test_the_first_edition_says_that_it_is(desk: Path) -> None:
    """Nothing was known a week before."""
    out = desk.parent / "out"
    request = Request(desk / "facts.yaml", out, formats=("html",), as_of=date(2024, 2, 12))
    (edition,) = build(request, today=lambda _: date(2024, 3, 5)).editions
    assert edition.changes is None
    page = (out / "basin-closure.en.html").read_text(encoding="utf-8")
    assert "This is the first edition." in page


def test_a_record_that_knew_more_is_not_looked_at(desk: Path) -> None:
    """By its second clock or by its marking: its words would leak."""
    issued_on(desk)
    records = issued.read(desk)
    (one,) = records.issued
    later = replace(one.snapshot, as_of="2024-03-06", known_by="2024-03-06")
    assert issued.last_before(records, later, Marking.RED) is one
    for snapshot, ceiling in (
        (replace(later, known_by="2024-03-04"), Marking.RED),
        (replace(later, as_of="2024-03-05"), Marking.RED),
        (replace(later, language="fa"), Marking.RED),
        (replace(later, brief="other"), Marking.RED),
    ):
        assert issued.last_before(records, snapshot, ceiling) is None
    red = replace(
        one, record=replace(one.record, snapshot=replace(one.snapshot, marking="TLP:AMBER"))
    )
    records = replace(records, issued=(red,))
    assert issued.last_before(records, later, Marking.GREEN) is None
    assert issued.last_before(records, later, Marking.AMBER) is red


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
    (one,) = found(desk, code)
    assert one.severity is Severity.ERROR
    assert one.span is not None
    assert one.span.path == "issued/basin-closure.en.2024-03-05.json"
    assert built_on(desk, 10).status == 1


def test_two_records_of_one_edition(desk: Path) -> None:
    """The second is the one whose name is not that of a record."""
    issued_on(desk)
    shutil.copy(record(desk), desk / "issued" / "a copy.json")
    (one,) = found(desk, "issued-twice")
    assert one.span is not None
    assert one.span.path == "issued/a copy.json"
    record(desk).unlink()
    (one,) = found(desk, "issued-tampered")
    assert "another name" in one.message


def test_a_link_among_the_records_is_not_followed(desk: Path) -> None:
    """Nor is anything read that is no regular file."""
    issued_on(desk)
    other = desk.parent / "elsewhere.json"
    record(desk).rename(other)
    record(desk).symlink_to(other)
    assert len(found(desk, "issued-unreadable")) == 1
    record(desk).unlink()
    os.mkfifo(record(desk))
    assert len(found(desk, "issued-unreadable")) == 1


def test_an_issued_fact_that_vanished(desk: Path) -> None:
    """An error with the place in the record; a renamed fact has vanished too."""
    issued_on(desk)
    change(desk, "id: silting", "id: silt")
    change(desk, "nine-turned-away, silting", "nine-turned-away, silt")
    (one,) = found(desk, "issued-fact-vanished")
    text = record(desk).read_text(encoding="utf-8")
    assert one.span is not None
    assert text[one.span.start : one.span.end] == '"id": "silting"'
    assert "withdraw it" in one.hints[0].message


def test_a_fact_that_only_can_not_be_read_has_not_vanished(desk: Path) -> None:
    """One mistake is one report."""
    issued_on(desk)
    change(desk, "  - id: silting\n    kind: statement", "  - id: silting\n    kind: statemnt")
    assert found(desk, "issued-fact-vanished") == []


def test_a_fact_of_another_kind_is_only_revised(desk: Path) -> None:
    """Its id is the same."""
    issued_on(desk)
    change(desk, "  - id: silting\n    kind: statement", "  - id: silting\n    kind: claim")
    compared = differences(desk / "facts.yaml", ("basin-closure.en.2024-03-05", "2024-03-05"), ())
    (one,) = compared.comparisons[0].changes
    assert (one.kind, one.id) == (ChangeKind.REVISED, "silting")


def test_facts_on_a_retracted_source(desk: Path) -> None:
    """Each has to be withdrawn by that day; the source is then no longer cited."""
    change(
        desk,
        "    descriptor: Evening news",
        "    retracted: {on: 2024-03-08, why: The transcript was wrong.}\n"
        "    descriptor: Evening news",
    )
    named = [one.message for one in found(desk, "rests-on-retracted")]
    assert [message.split("`")[1] for message in named] == ["nine-confirmed", "cannery-jobs"]
    end = "        translator: the desk\n"
    change(desk, end, end + "    withdrawn: {on: 2024-03-09, why: No source.}\n")
    assert all("only on 2024-03-09" in one.message for one in found(desk, "rests-on-retracted"))
    change(desk, "{on: 2024-03-09", "{on: 2024-03-08")
    assert found(desk, "rests-on-retracted") == []
    (week,) = built_on(desk, 10).editions
    assert "radio-quai" not in {view.source.id for view in week.sources}
    calder = next(view for view in week.actors if view.actor.id == "calder")
    assert "radio-quai" not in {source.id for _, source in calder.titles}
    (before,) = built_on(desk, 7).editions
    assert "radio-quai" in {view.source.id for view in before.sources}


def test_what_rests_on_a_withdrawn_fact_is_named(desk: Path) -> None:
    """A warning each; a position whose replacement is there too is none."""
    change(desk, TWELVE, TWELVE + GONE)
    found_ = found(desk, "rests-on-withdrawn")
    assert [one.message.split("`")[1] for one in found_] == ["cannery-pays", "how-many-refused"]
    change(desk, "why: Misread.}", "why: Misread., replaced_by: nine-turned-away}")
    assert len(found(desk, "rests-on-withdrawn")) == 1


def test_a_judgement_made_anew_ends_the_warning(desk: Path) -> None:
    """The old one stays, for the editions that showed it; the desk has dealt with it."""
    change(desk, TWELVE, TWELVE + GONE)
    assert len(found(desk, "rests-on-withdrawn")) == 2
    anew = (
        "  - {id: cannery-pays-still, topic: tarn-cannery, confidence: low, made: 2024-03-20,"
        " statement: It is unlikely that the cannery pays., because: Nobody is named.,"
        " rests_on: [dredging-offer, cannery-jobs]}\n"
    )
    change(desk, "judgements:\n", "judgements:\n" + anew)
    assert [one.message.split("`")[1] for one in found(desk, "rests-on-withdrawn")] == [
        "how-many-refused"
    ]


@pytest.mark.parametrize(
    ("more", "errors"), [("", 0), ("other: {on: 2024-03-12}", 0), ("other: {on: 2024-03-11}", 1)]
)
def test_a_replacement_has_to_hold_at_first(desk: Path, more: str, errors: int) -> None:
    """It may be withdrawn later: then it did hold, and an edition may have shown it."""
    change(desk, TWELVE, TWELVE + GONE.replace("Misread.", "Misread., replaced_by: silting"))
    if more:
        day = more[-11:-1]
        end = "quote: The basin is silting up and we cannot wait, by: calder}\n"
        change(desk, end, end + f"    withdrawn: {{on: {day}, why: Wrong.}}\n")
    assert len(found(desk, "bad-replacement")) == errors


def test_a_fact_that_replaces_itself(desk: Path) -> None:
    """It would be known from the day on which it is gone."""
    change(desk, TWELVE, TWELVE + GONE.replace("Misread.", "Misread., replaced_by: twelve-refused"))
    assert len(found(desk, "bad-replacement")) == 1


def test_a_withdrawal_names_no_replacement_that_is_not_known_yet(desk: Path) -> None:
    """An edition between the two days says only that the old fact is gone."""
    change(
        desk,
        TWELVE,
        TWELVE + "    withdrawn: {on: 2024-03-05, why: Misread., replaced_by: nine-confirmed}\n",
    )
    (early,) = built_on(desk, 5).editions
    (late,) = built_on(desk, 6).editions
    assert [end.replaced_by for _, end in early.withdrawn] == [None]
    assert [end.replaced_by for _, end in late.withdrawn] == ["nine-confirmed"]
    page = (desk.parent / "out" / "basin-closure.en.html").read_text(encoding="utf-8")
    assert "nine-confirmed" in page
    built_on(desk, 5)
    page = (desk.parent / "out" / "basin-closure.en.html").read_text(encoding="utf-8")
    assert "nine-confirmed" not in page


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
    assert ChangeKind.NO_LONGER_SHOWN not in [one.kind for one in week.changes.items]
    page = (desk.parent / "out" / "basin-closure.en.html").read_text(encoding="utf-8")
    assert "twelve boats were refused" not in page.partition('id="quotes"')[0]
    assert "twelve-refused" not in page


def test_a_notice_follows_replacements_and_names_judgements(desk: Path) -> None:
    """What holds now is what holds in the end; the notice has the highest marking in it."""
    issued_on(desk)
    issued_on(desk, 10, "tarn-cannery")
    change(desk, TWELVE, TWELVE + GONE.replace("}", ", replaced_by: silting}"))
    end = "quote: The basin is silting up and we cannot wait, by: calder}\n"
    more = "    withdrawn: {on: 2024-03-13, why: Wrong., replaced_by: nine-confirmed}\n"
    change(desk, end, end + more)
    change(desk, "radio-quai\n    published:", "radio-quai\n    marking: GREEN\n    published:")
    out = desk.parent / "notices"
    done = corrections(desk / "facts.yaml", out)
    assert done.status == 0
    basin, cannery = done.notices
    assert [item.now.id for item in basin.items if item.now] == ["nine-confirmed"] * 2
    assert (basin.day, basin.marking) == (date(2024, 3, 13), Marking.GREEN)
    assert [one.id for one in basin.judgements] == ["stays-shut"]
    assert [one.id for one in cannery.judgements] == ["cannery-pays"]
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    assert corrections(desk / "facts.yaml", out).status == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first


def test_nothing_to_correct(desk: Path) -> None:
    """Nothing is written then."""
    issued_on(desk)
    done = corrections(desk / "facts.yaml", desk.parent / "notices")
    assert (done.status, done.files) == (0, ())
    assert not (desk.parent / "notices").exists()


@pytest.mark.parametrize(
    ("names", "status", "code"),
    [
        (("2024-02-30", "2024-03-05"), 2, "bad-date"),
        (("basin-closure.en.2024-03-04", "2024-03-05"), 2, "unknown-name"),
        (("basin-closure.en.2024-03-05", "tarn-cannery.en.2024-03-10"), 2, "editions-differ"),
        (("FACTS", "2024-03-05"), 1, "edition-unreadable"),
    ],
)
def test_what_can_not_be_compared(
    desk: Path, names: tuple[str, str], status: int, code: str
) -> None:
    """One diagnostic, and the exit code of a wrong request or of a file at fault."""
    issued_on(desk)
    issued_on(desk, 10, "tarn-cannery")
    one, other = (name.replace("FACTS", str(desk / "facts.yaml")) for name in names)
    compared = differences(desk / "facts.yaml", (one, other), ())
    assert (compared.status, [each.code for each in compared.diagnostics]) == (status, [code])


def test_two_files_need_no_desk(desk: Path) -> None:
    """A brief carries all that a comparison needs."""
    issued_on(desk)
    page = str(desk.parent / "out" / "basin-closure.en.html")
    compared = differences(Path("/nowhere/facts.yaml"), (page, str(record(desk))), ())
    assert [one.changes for one in compared.comparisons] == [()]
    compared = differences(Path("/nowhere/facts.yaml"), (page, "2024-03-05"), ())
    assert compared.status == 2


def test_a_file_is_placed_whole_or_not_at_all(tmp_path: Path) -> None:
    """And not over another one, unless that is asked for."""
    file, other = tmp_path / "a", tmp_path / "b"
    place(file, b"one")
    place(file, b"two")
    assert file.read_bytes() == b"two"
    with staged({other: b"three", file: b"three"}), pytest.raises(Taken):
        settle((other, file))
    assert file.read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


# Every call by which issuing changes the disk, or makes sure of it.
CALLS = ("chmod", "fchmod", "fsync", "mkdir", "open", "rename", "rmdir", "unlink", "write")


class Full:
    """A disk on which the call number `turn`, and with `lasting` each later one, fails."""

    def __init__(self, turn: int, *, lasting: bool = False) -> None:
        self.turn = turn
        self.lasting = lasting
        self.count = 0

    def wrapped(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.count += 1
            if self.count == self.turn or (self.lasting and self.count > self.turn):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*args, **kwargs)

        return call


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


@pytest.fixture
def prepared(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], IssuedNow]:
    """Issues two topics without making them anew, onto an output that holds an earlier build."""
    request = Request(
        desk / "facts.yaml",
        desk.parent / "out",
        ("basin-closure", "tarn-cannery"),
        formats=("html",),
        as_of=date(2024, 3, 10),
    )
    done = prepare(request, today=lambda _: date(2024, 3, 5))
    assert isinstance(done, Prepared)
    monkeypatch.setattr(module, "prepare", lambda *_, **__: done)
    return lambda: issue(request, today=lambda _: date(2024, 3, 5))


@pytest.mark.parametrize("has_earlier", [True, False])
@pytest.mark.parametrize("swap", ["exchange", "two renames"])
def test_a_full_disk_at_any_step_issues_all_or_nothing(
    desk: Path,
    prepared: Callable[[], IssuedNow],
    swap: str,
    has_earlier: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each call fails once: then a diagnostic and all as it was, or none and all of it new."""
    if swap == "two renames":
        monkeypatch.setattr(publishing, "_exchange", lambda *_: False)
    out = desk.parent / "out"
    names = {f"{topic}.en.2024-03-10.json" for topic in ("basin-closure", "tarn-cannery")}
    failures = 0
    if has_earlier:
        built_on(desk, 4)
    before = everything(desk.parent)
    for turn in range(1, 300):
        full = Full(turn)
        with monkeypatch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, full.wrapped(getattr(os, name)))
            patch.setattr(publishing, "_exchange", full.wrapped(publishing._exchange))
            done = prepared()
        now = everything(desk.parent)
        if done.built.status == 0:
            left = {path.name for path in (desk / "issued").glob("*.json")}
            assert left == names, turn
            assert (out / "tarn-cannery.en.html").exists()
            shutil.rmtree(desk / "issued")
        else:
            failures += 1
            (told,) = done.built.diagnostics
            assert told.code in ("output-unwritable", "output-not-ours"), turn
            assert done.recorded == ()
            ours = {name: one for name, one in now.items() if "briefings-" not in name}
            if "desk/issued" not in before:
                ours.pop("desk/issued", None)
            assert ours == before, turn
        assert prepared().built.status == 0
        assert not [name for name in everything(desk.parent) if "briefings-" in name], turn
        shutil.rmtree(desk / "issued")
        shutil.rmtree(out)
        if full.count < turn:
            break
        if has_earlier:
            restore(out, before)
    else:
        pytest.fail("issuing takes more steps than were tried")
    assert failures > 30


def restore(out: Path, before: dict[str, bytes]) -> None:
    for name, content in sorted(before.items()):
        if name == "out" or (name.startswith("out/") and "." not in name):
            (out.parent / name).mkdir()
        elif name.startswith("out/"):
            (out.parent / name).write_bytes(content)


def test_records_are_on_the_disk_before_the_output_is_touched(
    desk: Path, prepared: Callable[[], IssuedNow], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk without room loses nothing, and a rename that fails is undone."""
    built_on(desk, 4)
    before = everything(desk.parent)
    published: list[bool] = []
    with monkeypatch.context() as patch:
        patch.setattr(place_module, "write", Full(1).wrapped(place_module.write))
        patch.setattr(module, "put", lambda *_: published.append(True))
        assert prepared().built.status == 2
    assert (published, everything(desk.parent)) == ([], before)
    for turn in (1, 2):
        with monkeypatch.context() as patch:
            full = Full(turn)
            real = Path.rename

            def rename(path: Path, to: Path, full: Full = full, real: Any = real) -> Any:
                counted = full.wrapped(real) if to.suffix == ".json" else real
                return counted(path, to)

            patch.setattr(Path, "rename", rename)
            done = prepared()
        assert done.built.status == 2
        assert "issued' can't be written: no space left" in done.built.diagnostics[-1].message
        assert everything(desk.parent) == before


@pytest.mark.parametrize("swap", ["exchange", "two renames"])
def test_what_can_not_be_undone_is_told(
    desk: Path, prepared: Callable[[], IssuedNow], swap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the earlier build is, and which record stands."""
    if swap == "two renames":
        monkeypatch.setattr(publishing, "_exchange", lambda *_: False)
    built_on(desk, 4)
    before = everything(desk.parent / "out")
    with monkeypatch.context() as patch:
        real = Path.rename
        records = 0
        full = Full(2, lasting=True)

        def rename(path: Path, to: Path) -> Any:
            nonlocal records
            records += to.suffix == ".json"
            if records > 1:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return real(path, to)

        patch.setattr(Path, "rename", rename)
        if swap == "exchange":
            patch.setattr(publishing, "_exchange", full.wrapped(publishing._exchange))
        patch.setattr(place_module, "_taken_back", lambda _: False)
        done = prepared()
    told = done.built.diagnostics[-1]
    assert done.built.status == 2
    (standing,) = (desk / "issued").glob("*.json")
    assert f"and {str(standing)!r} can't be removed again" in told.message
    assert f"and {str(desk.parent / 'out')!r} can't be put back as it was" in told.message
    kind = "new" if swap == "exchange" else "old"
    held = desk.parent / f".out.briefings-{kind}"
    if swap == "exchange":
        assert any(str(held) in hint.message for hint in told.hints)
        assert everything(held) == before


def test_another_issue_is_waited_for(
    desk: Path, prepared: Callable[[], IssuedNow], monkeypatch: pytest.MonkeyPatch
) -> None:
    """But not for ever; and a record that it wrote meanwhile is not overwritten."""
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    with (desk / "facts.yaml").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = prepared()
    assert done.built.status == 2
    assert "another issue" in done.built.diagnostics[-1].message
    (desk / "issued").mkdir()
    meanwhile = desk / "issued" / "tarn-cannery.en.2024-03-10.json"
    meanwhile.write_bytes(b"{}")
    done = prepared()
    assert [one.code for one in done.built.diagnostics] == ["issued-twice"]
    assert [path.name for path in (desk / "issued").iterdir()] == [meanwhile.name]
    assert not (desk.parent / "out").exists()


def test_the_records_are_no_output(desk: Path) -> None:
    """Their folder is not given away as --out."""
    request = Request(desk / "facts.yaml", desk / "issued", as_of=date(2024, 3, 5))
    done = issue(request, today=lambda _: date(2024, 3, 5))
    assert [one.code for one in done.built.diagnostics] == ["output-not-ours"]
    assert not (desk / "issued").exists()


def test_an_issued_fact_that_vanished_while_it_is_named(desk: Path) -> None:
    """The judgement that names it is told as well; an entry that is only broken stands."""
    issued_on(desk)
    change(desk, "id: silting", "id: silt")
    assert len(found(desk, "unknown-reference")) == 1
    assert len(found(desk, "issued-fact-vanished")) == 1
    change(desk, "  - id: silt\n    kind: statement", "  - id: silting\n    kind: statemnt")
    assert found(desk, "issued-fact-vanished") == []


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
    assert found(desk, "issued-fact-vanished") == []


def test_days_on_which_nothing_was_known_are_not_compared(desk: Path) -> None:
    """Each such side is told; a topic that came later is new, with a warning."""
    base = desk / "facts.yaml"

    def codes(one: str, other: str, *topics: str) -> tuple[int, list[str], int]:
        done = differences(base, (one, other), topics)
        return done.status, [each.code for each in done.diagnostics], len(done.comparisons)

    done = differences(base, ("2020-01-01", "2020-01-02"), ("basin-closure",))
    assert done.status == 1
    told = [each.message for each in done.diagnostics if each.code == "nothing-to-build"]
    assert [("2020-01-01" in one, "2020-01-02" in one) for one in told] == [
        (True, False),
        (False, True),
    ]
    both = ["nothing-known", "nothing-to-build"]
    assert codes("2020-01-01", "2024-03-05", "basin-closure") == (1, both, 0)
    assert codes("2024-03-05", "2020-01-01", "basin-closure") == (1, both, 0)
    topics = ("basin-closure", "tarn-cannery")
    assert codes("2024-02-20", "2024-03-10", *topics) == (0, ["nothing-known"], 2)
    assert codes("2024-02-20", "2024-02-20", *topics) == (0, ["nothing-known"], 1)
    issued_on(desk)
    assert codes("basin-closure.en.2024-03-05", "2020-01-01") == (1, both, 0)


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
    assert [one.id for one in computed.changes] == ["hearing"], "the radio's is above it"
    change(desk, TWELVE, TWELVE + GONE)
    done = corrections(facts, desk.parent / "notices")
    assert [one.record.name for one in done.notices] == [f"{name}.json" for name in names]


def test_an_issue_on_another_sheet(desk: Path) -> None:
    """Its files are other ones, and a record has the hashes of the first."""
    out = desk.parent / "out"
    flags = ("--base", str(desk), "--out", str(out), "--format", "pdf", "--paper")
    assert run("issue", *flags, "letter").exit_code == 0
    sheet = pypdfium2.PdfDocument(out / "basin-closure.en.pdf")[0]
    assert tuple(round(side) for side in sheet.get_size()) == (612, 792)
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
    told = capsys.readouterr()
    assert "2024-03-04" in told.out
    assert "issued-tampered" in told.err
    assert cli._status(["list", "facts", "--base", str(desk)]) == 0


def test_every_code_of_ours_is_in_the_catalogue() -> None:
    """With its severity."""
    warnings = {"rests-on-withdrawn"}
    for code in CODES:
        if code.startswith(("issued-", "rests-on-")) or code == "bad-replacement":
            is_warning = CODES[code].severity is Severity.WARNING
            assert is_warning == (code in warnings)
