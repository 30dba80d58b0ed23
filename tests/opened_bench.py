"""A new desk, open in a workbench, and what its page asks and sends."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from command import begin_desk

from briefings.core.model import SourceId
from briefings.workbench.access import Door, let_in
from briefings.workbench.messages import JSON, Call, head_of
from briefings.workbench.routes import answer
from briefings.workbench.state import Workbench

DOOR = Door(8756, "a-token")
WARD = "The ward took in 1,140 patients last year."
TARROW = "From April, anyone who falls ill at night will be driven to Tarrow, 38 kilometres away."


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """The folder of a new desk."""
    begin_desk(tmp_path)
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
