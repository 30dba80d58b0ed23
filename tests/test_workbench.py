"""The server of `briefings desk`: who may come in, what it answers, and what it never loses."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

import jinja2
import pytest
from command import run

from briefings.core.diagnostics import Refused
from briefings.core.model import SourceId
from briefings.edit.starter import new_desk
from briefings.output import desk as output_desk
from briefings.render.html.jobs import Page, PageJob, make
from briefings.run import preview as previews
from briefings.run import queue
from briefings.workbench import server, state
from briefings.workbench.door import ADDRESS, Door, let_in
from briefings.workbench.messages import (
    JSON,
    MOST_BODY,
    Call,
    Reply,
    Unacceptable,
    as_bytes,
    head_of,
)
from briefings.workbench.routes import answer
from briefings.workbench.state import Workbench

_T = TypeVar("_T")

DOOR = Door(8756, "a-token")
WARD = "The ward took in 1,140 patients last year."
TARROW = "From April, anyone who falls ill at night will be driven to Tarrow, 38 kilometres away."


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """The folder of a new desk."""
    for path, content in new_desk().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    return tmp_path


@pytest.fixture
def bench(new: Path) -> Workbench:
    """A new desk, open."""
    opened = Workbench(new / "facts.yaml", lambda _: date(2025, 3, 5))
    opened.refresh()
    return opened


def call(method: str = "GET", path: str = "/a-token/", body: bytes = b"", **headers: str) -> Call:
    """A request as the page makes it, but for these headers; `_` in a name is `-`."""
    own = {"host": "127.0.0.1:8756"}
    if method == "POST":
        own |= {"origin": "http://127.0.0.1:8756", "content-type": JSON}
    own |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in own.items())]
    request, _ = head_of(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
    return Call(request.method, request.path, request.query, request.headers, body)


def get(bench: Workbench, path: str) -> Any:
    reply = answer(bench, let_in(DOOR, call("GET", f"/a-token/{path}")))
    return json.loads(reply.body)


def post(bench: Workbench, path: str, value: object) -> tuple[int, Any]:
    body = json.dumps(value).encode()
    reply = answer(bench, let_in(DOOR, call("POST", f"/a-token/{path}", body)))
    return reply.status.value, json.loads(reply.body)


def fact(bench: Workbench, quote: str, statement: str, **fields: Any) -> dict[str, Any]:
    """What the page sends of a passage and a statement."""
    text = bench.opened().loaded.documents[SourceId("courier")].text
    start = text.index(quote)
    return {
        "source": "courier",
        "start": start,
        "end": start + len(quote),
        "statement": {"en": statement},
        "base": bench.base,
        **fields,
    }


# Who may come in


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (call(host="localhost:8756"), HTTPStatus.MISDIRECTED_REQUEST),
        (call(host="evil.example:8756"), HTTPStatus.MISDIRECTED_REQUEST),
        (call(host="127.0.0.1"), HTTPStatus.MISDIRECTED_REQUEST),
        (call(path="/"), HTTPStatus.NOT_FOUND),
        (call(path="/a-toke/"), HTTPStatus.NOT_FOUND),
        (call(path="/a-token2/desk"), HTTPStatus.NOT_FOUND),
        (call(path="/%E2%82%AC/desk"), HTTPStatus.NOT_FOUND),
        (call(sec_fetch_site="cross-site"), HTTPStatus.FORBIDDEN),
        (call(sec_fetch_site="same-site"), HTTPStatus.FORBIDDEN),
        (call("POST", origin="http://evil.example"), HTTPStatus.FORBIDDEN),
        (call("POST", origin="null"), HTTPStatus.FORBIDDEN),
        (call("POST", origin="http://127.0.0.1:1"), HTTPStatus.FORBIDDEN),
        (call("POST", content_type="text/plain"), HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    ],
    ids=str,
)
def test_nobody_else_is_let_in(request_: Call, status: HTTPStatus) -> None:
    """Another name, another token, another site, a form of another site."""
    with pytest.raises(Unacceptable) as refused:
        let_in(DOOR, request_)
    assert refused.value.status is status
    assert "a-token" not in str(refused.value)


def test_a_change_needs_our_origin() -> None:
    """A browser always sends it with a POST; what sends none is none."""
    without = {name: value for name, value in call("POST").headers.items() if name != "origin"}
    with pytest.raises(Unacceptable):
        let_in(DOOR, Call("POST", ("a-token", "facts"), {}, without))
    assert let_in(DOOR, call("POST", "/a-token/facts")).path == ("facts",)


@pytest.mark.parametrize(
    "head",
    [
        "DELETE / HTTP/1.1",
        "GET http://127.0.0.1:8756/ HTTP/1.1",
        "GET / HTTP/2",
        "GET /\x80 HTTP/1.1",
        "GET / HTTP/1.1\r\nhost: a\r\nhost: b",
        "GET / HTTP/1.1\r\norigin: a\r\nOrigin: b",
        "GET / HTTP/1.1\r\nhost : a",
        "GET / HTTP/1.1\r\nhost: a\r\n folded",
        "GET / HTTP/1.1\r\nhost: a\nx: b",
        "POST / HTTP/1.1\r\ncontent-length: -1",
        "POST / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 1",
        "POST / HTTP/1.1\r\ntransfer-encoding: chunked",
        f"POST / HTTP/1.1\r\ncontent-length: {MOST_BODY + 1}",
    ],
)
def test_what_no_browser_sends_is_not_read(head: str) -> None:
    """Each is a way by which one request is taken for another."""
    with pytest.raises(Unacceptable):
        head_of(f"{head}\r\n\r\n".encode("latin-1"))


@pytest.mark.parametrize(
    "path",
    [
        "/a-token/facts.yaml",
        "/a-token/seeds/brackwater-courier.txt",
        "/a-token/..%2f..%2fetc%2fpasswd",
        "/a-token/%2e%2e/facts.yaml",
        "/a-token//etc/passwd",
        "/a-token/page.js",
        "/a-token/desk/",
        "/a-token/brief.html?digest=../facts.yaml",
        "/a-token/facts",
    ],
)
def test_no_address_leads_to_a_file(bench: Workbench, path: str) -> None:
    """There is a handful of addresses, and nothing below them."""
    with pytest.raises(Unacceptable) as refused:
        answer(bench, let_in(DOOR, call(path=path)))
    assert refused.value.status is HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "source", ["../facts.yaml", "seeds/brackwater-courier.txt", "", "courier\0"]
)
def test_a_document_is_looked_up_by_its_id(bench: Workbench, source: str) -> None:
    """Never by a path."""
    reply = answer(bench, Call("GET", ("document",), {"source": source}, {}))
    assert reply.status is HTTPStatus.UNPROCESSABLE_ENTITY
    assert "there is no source" in reply.body.decode()


def test_the_page_lets_nothing_else_run_and_nobody_else_show_it(bench: Workbench) -> None:
    """Its policy names its style and its script by what they hold; nothing is cached or told."""
    reply = answer(bench, let_in(DOOR, call()))
    sent = as_bytes(reply).decode()
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'sha256-" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    for header in ("Referrer-Policy: no-referrer", "Cache-Control: no-store"):
        assert f"\r\n{header}\r\n" in sent
    assert "Access-Control-" not in sent
    assert "innerHTML" not in sent


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
    said = fact(bench, WARD, WARD, headline="Patients", credibility="2", by="okoro")
    status, answered = post(bench, "facts", said)
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
    said = fact(bench, WARD, WARD)
    edited = path.read_text().replace("Hanne Okoro said that nine", "Hanne Okoro says that nine")
    path.write_text(edited)
    status, anew = post(bench, "facts", said)
    assert status == 409
    assert path.read_text() == edited

    again = edited.replace("title: Brackwater health desk", "title: Brackwater desk")

    def late(root: Path, name: str, before: bytes, after: bytes) -> None:
        path.write_text(again)
        replace(root, name, before, after)

    replace = output_desk.replace
    monkeypatch.setattr("briefings.run.draft.replace", late)
    status, answered = post(bench, "facts", said | {"base": anew["base"]})
    assert status == 422
    assert answered["diagnostics"][0]["code"] == "changed-meanwhile"
    assert path.read_text() == again
    monkeypatch.undo()
    bench.refresh()
    assert post(bench, "facts", said | {"base": bench.base})[0] == 201
    assert path.read_text().startswith(again[: again.index("facts:")])


def test_a_full_disk_changes_nothing(
    bench: Workbench, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One message; the fact can be added once there is room."""
    path = new / "facts.yaml"
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("briefings.output.desk.atomic_write", full)
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
    """A comment makes no page; a word of a statement does, and so does a template."""
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
    assert get(bench, "brief?topic=night-ward&language=en")["page"] != changed
    assert answer(bench, call_of("brief?topic=nothing&language=en")).status.value == 422
    assert answer(bench, call_of("brief?topic=night-ward&language=xx")).status.value == 422


# What waits


def waits(bench: Workbench) -> list[str]:
    return [each["quote"] for each in get(bench, "document?source=courier")["candidates"]]


def decide(bench: Workbench, quote: str, decision: str, note: str = "") -> int:
    body = {"source": "courier", "quote": quote, "state": decision, "note": note}
    return post(bench, "candidates", body)[0]


def test_what_is_dismissed_never_comes_back(bench: Workbench, new: Path) -> None:
    """Not for another window either, nor after the program has ended; what is kept stays."""
    assert decide(bench, "Brackwater clinic to close its night ward", "dismissed") == 200
    assert decide(bench, WARD, "kept", "How many in 2023?") == 200
    assert (new / queue.NAME).read_text() == (
        '{"format": 1, "candidates": [\n'
        '{"source": "courier", "quote": "Brackwater clinic to close its night ward", "state":'
        ' "dismissed"},\n'
        '{"source": "courier", "quote": "The ward took in 1,140 patients last year", "note":'
        ' "How many in 2023?", "state": "kept"}\n]}\n'
    )
    other = Workbench(new / "facts.yaml", lambda _: date(2025, 3, 5))
    other.refresh()
    assert "Brackwater clinic to close its night ward" not in waits(other)
    (kept,) = [
        each
        for each in get(other, "document?source=courier")["candidates"]
        if each["state"] == "kept"
    ]
    assert kept["note"] == "How many in 2023?"
    assert post(other, "facts", fact(other, WARD, WARD))[0] == 201
    assert WARD[:-1] not in waits(other)
    assert decide(bench, "By Ilse Marant, Brackwater Courier, 4 March 2025", "dismissed") == 200
    assert len(json.loads((new / queue.NAME).read_bytes())["candidates"]) == 3


def test_highlights_wait_with_their_notes(bench: Workbench, new: Path) -> None:
    """From whatever program wrote them down; one whose words stand nowhere says so."""
    rows = [
        {"source": "courier", "quote": "the district has not filled their posts", "origin": "Z"},
        {"source": "courier", "quote": "words that nobody wrote", "note": "look"},
    ]
    (new / queue.NAME).write_text(json.dumps({"format": 1, "candidates": rows}))
    bench.refresh()
    waiting = get(bench, "document?source=courier")["candidates"]
    assert [each["start"] is None for each in waiting if each["origin"] or each["note"]] == [
        False,
        True,
    ]
    assert waiting[-1]["note"] == "look"


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"format": 2, "candidates": []}',
        '{"format": 1, "candidates": [1]}',
        '{"format": 1, "candidates": 1}',
        '{"format": 1, "candidates": [{"source": "courier", "quote": 1}]}',
        '{"format": 1, "candidates": [{"source": "a", "quote": "b", "state": "c"}]}',
        "[" * 100_000,
    ],
    ids=lambda content: content[:60],
)
def test_a_damaged_queue_is_told_and_left_alone(bench: Workbench, new: Path, content: str) -> None:
    """It may be half a merge of two people's decisions."""
    (new / queue.NAME).write_text(content)
    bench.refresh()
    assert get(bench, "desk")["diagnostics"][-1]["file"] == queue.NAME
    assert decide(bench, WARD[:-1], "kept") == 422
    assert (new / queue.NAME).read_text() == content
    (new / queue.NAME).unlink()
    bench.refresh()
    assert get(bench, "desk")["diagnostics"] == []


def test_decisions_of_two_windows_at_once_are_both_kept(
    bench: Workbench, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another process writes down meanwhile is not written over."""
    assert decide(bench, WARD[:-1], "kept") == 200
    read = queue.kept
    other = {"source": "courier", "quote": "Monday", "state": "kept"}

    def late(root: Path) -> queue.Kept:
        was = read(root)
        (new / queue.NAME).write_text(json.dumps({"format": 1, "candidates": [other]}))
        return was

    monkeypatch.setattr(queue, "kept", late)
    assert decide(bench, TARROW[:-1], "kept") == 422
    monkeypatch.undo()
    assert json.loads((new / queue.NAME).read_bytes())["candidates"] == [other]
    assert decide(bench, "x" * 5000, "kept") == 422
    with pytest.raises(Unacceptable):
        decide(bench, WARD[:-1], "burnt")


# On the wire


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with server.listening(0) as listening:
        yield listening


async def _sent(port: int, data: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(ADDRESS, port)
    writer.write(data)
    writer.write_eof()
    received = await reader.read()
    writer.close()
    return received


def alone(session: Coroutine[Any, Any, _T]) -> _T:
    """What comes of a session, in a thread: that of the test may have the loop of a browser."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, session).result()


def served(bench: Workbench, listener: socket.socket, *requests: bytes) -> list[bytes]:
    """What comes back for each of some bytes, sent at once."""

    async def session() -> list[bytes]:
        opened: asyncio.Future[Door] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(server.serve(bench, listener, "a-token", opened.set_result))
        door = await opened
        filled = [each.replace(b"PORT", str(door.port).encode()) for each in requests]
        replies = await asyncio.gather(*(_sent(door.port, each) for each in filled))
        task.cancel()
        return list(replies)

    return alone(session())


def test_it_answers_on_the_loopback_only(listener: socket.socket) -> None:
    """No other machine can reach it, and a port that is taken is not shared."""
    address, port = listener.getsockname()
    assert address == "127.0.0.1"
    with pytest.raises(OSError, match="in use"):
        server.listening(port)


def test_requests_on_the_wire(bench: Workbench, listener: socket.socket) -> None:
    """One that is right, others that are not, one that hangs up: each by itself, all at once."""
    good = b"GET /a-token/desk HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"
    news = b"GET /a-token/news?version=0 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"
    replies = served(
        bench,
        listener,
        good,
        good.replace(b"127.0.0.1", b"evil.example"),
        good.replace(b"a-token", b"b-token"),
        b"GET / HTTP/1.1\r\nx: " + b"x" * 20_000 + b"\r\n\r\n",
        good[:20],
        news,
        b"POST /a-token/verdict HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 9\r\n\r\n12",
    )
    statuses = [each.partition(b"\r\n")[0].decode() for each in replies]
    assert statuses == [
        "HTTP/1.1 200 OK",
        "HTTP/1.1 421 Misdirected Request",
        "HTTP/1.1 404 Not Found",
        "HTTP/1.1 431 Request Header Fields Too Large",
        "",
        "HTTP/1.1 200 OK",
        "",
    ]
    assert json.loads(replies[0].partition(b"\r\n\r\n")[2])["title"] == "Brackwater health desk"
    assert json.loads(replies[5].partition(b"\r\n\r\n")[2]) == {"version": bench.version}


def test_who_waits_for_news_is_told_of_a_change(
    bench: Workbench, new: Path, listener: socket.socket
) -> None:
    """Within a second of the saving, from whichever editor."""

    async def session() -> bytes:
        opened: asyncio.Future[Door] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(server.serve(bench, listener, "a-token", opened.set_result))
        door = await opened
        head = f"GET /a-token/news?version={bench.version} HTTP/1.1\r\nHost: {door.host}\r\n\r\n"
        waiting = asyncio.create_task(_sent(door.port, head.encode()))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        path = new / "facts.yaml"
        path.write_text(path.read_text() + "# one line more\n")
        received = await waiting
        task.cancel()
        return received

    before = bench.version
    body = alone(session()).partition(b"\r\n\r\n")[2]
    assert json.loads(body) == {"version": bench.version}
    assert bench.version != before


def test_a_reply_tells_its_length() -> None:
    """In bytes, for a browser that keeps to it."""
    sent = as_bytes(Reply(HTTPStatus.OK, "text/plain", "ü".encode()))
    assert b"Content-Length: 2\r\n" in sent
    assert sent.endswith(b"\r\n\r\n\xc3\xbc")


def test_the_command_says_what_is_in_its_way(listener: socket.socket, new: Path) -> None:
    """A port that is taken is a mistake of usage, with the way round it."""
    port = str(listener.getsockname()[1])
    done = run("desk", "--base", str(new), "--port", port, "--no-open")
    assert done.exit_code == 2
    assert f"port {port} can't be had: " in done.stderr
    assert "Try --port 0." in done.stderr
