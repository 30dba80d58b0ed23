"""What `briefings desk` answers, and what it never loses."""

from __future__ import annotations

import os
import shutil
from datetime import date
from http import HTTPStatus
from pathlib import Path

import jinja2
import pytest
from command import run
from opened_bench import DOOR, TARROW, WARD, bench, call, fact, get, new, post

from briefings.authoring import preview as previews
from briefings.core.diagnostics import Refused
from briefings.core.model import SourceId
from briefings.output import desk_files as output_desk
from briefings.render.html.jobs import Page, PageJob, make
from briefings.workbench import state
from briefings.workbench.access import let_in
from briefings.workbench.messages import Call, Unacceptable
from briefings.workbench.routes import answer
from briefings.workbench.state import Workbench

__all__ = ["bench", "new"]

CATALOGUE = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    'msgid "Sources"\nmsgstr "Evidence"\n'
)


# What is answered


def test_the_page_is_told_the_desk(bench: Workbench) -> None:
    """With each document's sentences and what is cited in them, by code points."""
    desk = get(bench, "desk")
    assert desk["title"] == "Brackwater health desk"
    assert desk["sources"][0] | {"facts": 3} == desk["sources"][0]
    document = get(bench, "document?source=courier")
    text = bench.opened().loaded.documents[SourceId("courier")].text
    for sentence in (each for paragraph in document["paragraphs"] for each in paragraph):
        start = sentence["start"]
        assert text[start : start + len(sentence["text"])] == sentence["text"]
    assert [text[start:end] for start, end, _ in document["cited"]][1] == (
        "Nine of the ward's 21 nurses have left since January"
    )
    assert [each["quote"] for each in document["candidates"]][2] == WARD[:-1]


def test_a_verdict_is_given_and_nothing_written(bench: Workbench, new: Path) -> None:
    """Also where the gate refuses, which it says as `check` does."""
    before = (new / "facts.yaml").read_bytes()
    status, verdict = post(bench, "verdict", fact(bench, WARD, WARD.replace("1,140", "1,150")))
    assert (status, verdict["refused"]) == (200, True)
    assert verdict["diagnostics"][0]["code"] == "unsupported-figure"
    assert verdict["figures"] == ["1,150"]
    status, verdict = post(bench, "verdict", fact(bench, WARD, WARD))
    assert (status, verdict["refused"]) == (200, False)
    assert (new / "facts.yaml").read_bytes() == before


def test_what_is_accepted_is_what_add_writes(
    bench: Workbench,
    new: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """To the byte."""
    other = tmp_path_factory.mktemp("other") / "desk"
    shutil.copytree(new, other)
    request = fact(bench, WARD, WARD, headline="Patients", credibility="2", by="okoro")
    status, answered = post(bench, "facts", request)
    assert (status, answered["id"]) == (201, "patients")
    assert answered["desk"]["sources"][0]["facts"] == 4
    monkeypatch.chdir(other)
    done = run(
        *("add", "--quote", WARD, "--statement", WARD, "--headline", "Patients"),
        *("--credibility", "2", "--by", "okoro", "--yes"),
    )
    assert done.exit_code == 0, done.stderr
    assert (new / "facts.yaml").read_bytes() == (other / "facts.yaml").read_bytes()


def test_what_the_gate_refuses_is_not_written(bench: Workbench, new: Path) -> None:
    """Whatever the page thought of it."""
    before = (new / "facts.yaml").read_bytes()
    status, answered = post(bench, "facts", fact(bench, WARD, "The ward took in 9 patients."))
    assert status == 422
    assert {each["code"] for each in answered["diagnostics"]} >= {"unsupported-figure"}
    assert (new / "facts.yaml").read_bytes() == before


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 100_000,
        b'{"source": 1}',
        b'{"source": "\\ud800"}',
        b'{"source": "courier", "start": 0, "end": 9, "statement": {"\\udfff": "x"}}',
        b'{"source": "courier", "start": 0, "end": 1000000, "statement": {"en": "x"}}',
        b'{"source": "courier", "start": true, "end": 9, "statement": {"en": "x"}}',
        b'{"source": "courier", "start": 0, "end": 9, "statement": {"en": " "}}',
        b'{"source": "courier", "start": 0, "end": 9, "statement": {"en": 1}}',
        b'{"source": "courier", "start": 0, "end": 9, "statement": {"en": "x"}, "topics": "t"}',
        b'{"source": "courier", "start": 0, "end": 9, "statement": {"en": "x"}, "by": {}}',
    ],
    ids=lambda body: body[:70].decode(),
)
def test_a_body_that_our_page_does_not_send(bench: Workbench, body: bytes) -> None:
    """Is refused with a word, not with a traceback."""
    with pytest.raises(Unacceptable) as refused:
        answer(bench, Call("POST", ("verdict",), {}, {}, body))
    assert refused.value.status is HTTPStatus.BAD_REQUEST


def test_a_statement_in_languages_that_the_desk_has_not(bench: Workbench) -> None:
    """Is told so before their words are looked for, whatever is put for a language."""
    statement = {"../..": "x", **{f"l{number}": "x" for number in range(5_000)}}
    for route in ("verdict", "facts"):
        status, answered = post(bench, route, {**fact(bench, WARD, "x"), "statement": statement})
        assert status == 422
        assert [each["code"] for each in answered["diagnostics"]] == ["unknown-language"]


def test_a_new_name_is_recognised_at_once(bench: Workbench, new: Path) -> None:
    """What `briefings name` writes is written; a name that the desk has is told with its id."""
    harbour = {"section": "places", "kind": "", "name": " Vell "}
    status, named = post(bench, "names", harbour)
    assert (status, named["id"], named["desk"]["places"]["vell"]) == (201, "vell", "Vell")
    assert "  vell: {name: Vell}\n" in (new / "facts.yaml").read_text(encoding="utf-8")
    status, refused = post(bench, "names", harbour)
    assert (status, refused["diagnostics"][0]["code"]) == (422, "duplicate-id")


@pytest.mark.parametrize(
    "body",
    [
        {"section": "facts", "kind": "", "name": "x"},
        {"section": "actors", "kind": "", "name": "x"},
        {"section": "actors", "kind": "ship", "name": "x"},
        {"section": "places", "kind": "body", "name": "x"},
        {"section": "places", "kind": "", "name": " "},
    ],
)
def test_a_name_that_our_page_does_not_send(bench: Workbench, body: dict[str, str]) -> None:
    """Is refused before anything is looked up."""
    with pytest.raises(Unacceptable):
        post(bench, "names", body)


# Several at once


def test_of_two_windows_the_second_looks_again(bench: Workbench, new: Path) -> None:
    """Its verdict was of another desk: it is given anew, and what it adds then is added too."""
    first, second = fact(bench, WARD, WARD), fact(bench, TARROW, TARROW)
    assert post(bench, "facts", first)[0] == 201
    status, anew = post(bench, "facts", second)
    assert (status, anew["refused"]) == (409, False)
    assert post(bench, "facts", second | {"base": anew["base"]})[0] == 201
    text = (new / "facts.yaml").read_text()
    assert text.count(f"statement: {WARD}\n") == 1
    assert text.count("statement: From April, anyone who falls ill") == 1


def test_an_editor_that_saves_meanwhile_loses_nothing(
    bench: Workbench, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither before the page asks, nor between the look at the file and the writing of it."""
    path = new / "facts.yaml"
    request = fact(bench, WARD, WARD)
    edited = path.read_text().replace("Hanne Okoro said that nine", "Hanne Okoro says that nine")
    path.write_text(edited)
    status, anew = post(bench, "facts", request)
    assert status == 409
    assert path.read_text() == edited

    again = edited.replace("title: Brackwater health desk", "title: Brackwater desk")

    def late(root: Path, name: str, before: bytes, after: bytes) -> None:
        path.write_text(again)
        replace(root, name, before, after)

    replace = output_desk.replace
    monkeypatch.setattr("briefings.authoring.draft.replace", late)
    status, answered = post(bench, "facts", request | {"base": anew["base"]})
    assert status == 422
    assert answered["diagnostics"][0]["code"] == "changed-meanwhile"
    assert path.read_text() == again
    monkeypatch.undo()
    bench.refresh()
    assert post(bench, "facts", request | {"base": bench.base})[0] == 201
    assert path.read_text().startswith(again[: again.index("facts:")])


def test_a_full_disk_changes_nothing(
    bench: Workbench, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One message; the fact can be added once there is room."""
    path = new / "facts.yaml"
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("briefings.output.desk_files.atomic_write", full)
    status, answered = post(bench, "facts", fact(bench, WARD, WARD))
    assert status == 422
    assert "no space left on device" in answered["diagnostics"][0]["message"]
    assert path.read_bytes() == before
    monkeypatch.undo()
    assert post(bench, "facts", fact(bench, WARD, WARD))[0] == 201


# What changes on the disk


def test_what_has_not_changed_is_not_read_again(
    bench: Workbench, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is only touched, and what the page itself has written."""
    version = bench.version
    assert post(bench, "facts", fact(bench, WARD, WARD))[0] == 201
    written = bench.version
    assert written != version

    def reads(_: Path) -> None:
        raise AssertionError

    monkeypatch.setattr(state, "open_desk", reads)
    bench.refresh()
    os.utime(new / "facts.yaml", ns=(1, 1))
    bench.refresh()
    assert bench.version == written


def test_a_base_that_breaks_is_told_with_its_line_and_mended(bench: Workbench, new: Path) -> None:
    """What could be read last stays in view; nothing is added to what can't be read."""
    path = new / "facts.yaml"
    good = path.read_text()
    bench.brief("night-ward", "en")
    for broken in ("format: 1\ntitle: [", good.replace("21 nurses", "22 nurses", 1)):
        path.write_text(broken)
        bench.refresh()
        desk = get(bench, "desk")
        assert desk["refused"]
        assert desk["diagnostics"][0]["file"] == "facts.yaml"
        assert desk["diagnostics"][0]["line"] > 1
        with pytest.raises(Refused):
            bench.brief("night-ward", "en")
        assert get(bench, "document?source=courier")["paragraphs"]
        if broken.startswith("format: 1\ntitle: ["):
            assert post(bench, "facts", fact(bench, WARD, WARD))[0] == 422
            assert path.read_text() == broken
    path.write_text(good)
    bench.refresh()
    assert not get(bench, "desk")["refused"]


def test_a_desk_that_is_broken_from_the_start_can_be_mended(new: Path) -> None:
    """The page opens, says why, and has the desk once it can be read."""
    path = new / "facts.yaml"
    good = path.read_text()
    path.write_text("format: 1\n")
    bench = Workbench(path, lambda _: date(2025, 3, 5))
    bench.refresh()
    assert get(bench, "desk")["refused"]
    assert "topics" not in get(bench, "desk")
    assert answer(bench, call_of("document?source=courier")).status.value == 422
    path.write_text(good)
    bench.refresh()
    assert "topics" in get(bench, "desk")


def call_of(path: str) -> Call:
    return let_in(DOOR, call("GET", f"/a-token/{path}"))


def test_a_file_that_comes_or_is_mended_is_noticed(bench: Workbench, new: Path) -> None:
    """One that `include` takes up, and a document that was missing."""
    path = new / "facts.yaml"
    seed = new / "seeds" / "brackwater-courier.txt"
    text = seed.read_bytes()
    seed.unlink()
    bench.refresh()
    assert get(bench, "desk")["refused"]
    seed.write_bytes(text)
    bench.refresh()
    assert not get(bench, "desk")["refused"]
    (new / "more").mkdir()
    (new / "more" / "a.yaml").write_text("places: {tarrow: {name: Tarrow}}\n")
    path.write_text(path.read_text() + "\ninclude: [more/*.yaml]\n")
    bench.refresh()
    assert set(get(bench, "desk")["places"]) == {"brackwater", "tarrow"}
    (new / "more" / "b.yaml").write_text("places: {ferry: {name: Ferry}}\n")
    bench.refresh()
    assert set(get(bench, "desk")["places"]) == {"brackwater", "tarrow", "ferry"}


# The brief


def test_a_brief_is_made_anew_only_if_it_shows_something_else(
    bench: Workbench, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comment makes no page; a word of a statement does, a template and a word of ours do too."""
    page = get(bench, "brief?topic=night-ward&language=en")["page"]
    shown = answer(bench, call_of(f"brief.html?digest={page}"))
    assert b"Hanne Okoro" in shown.body
    assert shown.headers["Content-Security-Policy"].startswith("sandbox allow-same-origin;")
    path = new / "facts.yaml"
    fills: list[PageJob] = []

    def counted(templates: jinja2.Environment, job: PageJob) -> Page:
        fills.append(job)
        return make(templates, job)

    monkeypatch.setattr(previews, "make", counted)
    path.write_text(path.read_text() + "# a comment\n")
    bench.refresh()
    assert get(bench, "brief?topic=night-ward&language=en")["page"] == page
    assert not fills
    path.write_text(path.read_text().replace("Where can people go", "Where do people go"))
    bench.refresh()
    changed = get(bench, "brief?topic=night-ward&language=en")["page"]
    assert changed != page
    assert len(fills) == 1
    (new / "templates").mkdir()
    (new / "templates" / "screen.css").write_text("body { color: black }")
    bench.refresh()
    styled = get(bench, "brief?topic=night-ward&language=en")["page"]
    assert styled != changed
    (new / "locale").mkdir()
    (new / "locale" / "en.po").write_text(CATALOGUE)
    bench.refresh()
    worded = get(bench, "brief?topic=night-ward&language=en")["page"]
    assert worded != styled
    (new / "locale" / "en.po").write_text(CATALOGUE.replace("Evidence", "Proof"))
    bench.refresh()
    assert get(bench, "brief?topic=night-ward&language=en")["page"] not in (styled, worded)
    assert answer(bench, call_of("brief?topic=nothing&language=en")).status.value == 422
    assert answer(bench, call_of("brief?topic=night-ward&language=xx")).status.value == 422
