"""The server of `briefings desk`: who may come in, and what goes over the wire."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

import pytest
from command import run
from opened_bench import DOOR, bench, call, new

from briefings.workbench import server
from briefings.workbench.access import ADDRESS, Door, let_in
from briefings.workbench.messages import MOST_BODY, Call, Reply, Unacceptable, as_bytes, head_of
from briefings.workbench.routes import answer
from briefings.workbench.state import Workbench

_T = TypeVar("_T")

__all__ = ["bench", "new"]


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
        "GET / HTTP/1.1\r\nsec-fetch-site: cross-site\r\nsec-fetch-site: none",
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


# On the wire


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with server.listening(0) as listening:
        yield listening


async def _sent(port: int, data: bytes, *, ends: bool) -> bytes:
    reader, writer = await asyncio.open_connection(ADDRESS, port)
    writer.write(data)
    if ends:
        writer.write_eof()
    received = b""
    with suppress(ConnectionResetError):  # cut off unread
        received = await reader.read()
    writer.close()
    return received


def alone(session: Coroutine[Any, Any, _T]) -> _T:
    """What comes of a session, in a thread: that of the test may have the loop of a browser."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, session).result()


def served(
    bench: Workbench, listener: socket.socket, *requests: bytes, ends: bool = True
) -> list[bytes]:
    """What comes back for each of some bytes, sent at once; more may come unless each `ends`."""

    async def session() -> list[bytes]:
        opened: asyncio.Future[Door] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(server.serve(bench, listener, "a-token", opened.set_result))
        door = await opened
        filled = [each.replace(b"PORT", str(door.port).encode()) for each in requests]
        replies = await asyncio.gather(*(_sent(door.port, each, ends=ends) for each in filled))
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


def test_who_is_one_too_many_is_told_so(
    bench: Workbench, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is not cut off before the answer is there."""
    monkeypatch.setattr(server, "_MOST_AT_ONCE", 3)
    monkeypatch.setattr(server, "_HELD", 0.5)
    news = b"GET /a-token/news?version=%b HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"
    replies = served(bench, listener, *[news % bench.version.encode()] * 6)
    statuses = sorted(each.partition(b"\r\n")[0] for each in replies)
    assert statuses == [b"HTTP/1.1 200 OK"] * 3 + [b"HTTP/1.1 503 Service Unavailable"] * 3


def test_who_never_ends_asking_is_told_so_and_who_is_far_too_many_is_cut_off(
    bench: Workbench, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before no file can be opened any more; the program has no fault then."""
    monkeypatch.setattr(server, "_MOST_AT_ONCE", 3)
    monkeypatch.setattr(server, "_PATIENCE", 0.5)
    replies = served(bench, listener, *[b"GET /a-token/desk"] * 12, ends=False)
    statuses = sorted(each.partition(b"\r\n")[0] for each in replies)
    assert statuses == [b""] * 6 + [b"HTTP/1.1 408 Request Timeout"] * 6


def test_a_fault_of_ours_is_told_to_the_browser(
    bench: Workbench,
    listener: socket.socket,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """As on the command line: in a line, without a traceback, and the next request is answered."""
    faults = iter([KeyError("x")])

    def faulty(*given: Any) -> Reply:
        for fault in faults:
            raise fault
        return answer(*given)

    monkeypatch.setattr(server, "answer", faulty)
    good = b"GET /a-token/desk HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"
    replies = served(bench, listener, good, good)
    assert sorted(each.partition(b"\r\n")[0] for each in replies) == [
        b"HTTP/1.1 200 OK",
        b"HTTP/1.1 500 Internal Server Error",
    ]
    assert any(
        each.endswith(b"internal error: KeyError: this is a fault of the program\n")
        for each in replies
    )
    assert capfd.readouterr() == ("", "")


def test_who_waits_for_news_is_told_of_a_change(
    bench: Workbench, new: Path, listener: socket.socket
) -> None:
    """Within a second of the saving, from whichever editor."""

    async def session() -> bytes:
        opened: asyncio.Future[Door] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(server.serve(bench, listener, "a-token", opened.set_result))
        door = await opened
        head = f"GET /a-token/news?version={bench.version} HTTP/1.1\r\nHost: {door.host}\r\n\r\n"
        waiting = asyncio.create_task(_sent(door.port, head.encode(), ends=True))
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
