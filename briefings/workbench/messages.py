"""HTTP/1.1 as far as a browser on the same machine needs it: bytes to a request, a reply to bytes.

After RFC 9112, and stricter: one request a connection, bodies with a length only, no folded
headers, no header twice that decides anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import field
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote

from briefings.core.addresses import split
from briefings.core.values import dataclass

MOST_HEAD = 16 * 1024
MOST_BODY = 256 * 1024
"""How many bytes the head and the body of a request may have."""

HTML = "text/html; charset=utf-8"
JSON = "application/json"

_LINE = re.compile(r"(GET|POST) (/[!-~]*) HTTP/1\.[01]")
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([ -~\t\x80-\xff]*?)[ \t]*")
_ONCE = frozenset({"host", "origin", "content-length", "content-type", "sec-fetch-site"})

ALWAYS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Connection": "close",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""What every reply says: the address holds the token, and may lead nowhere else."""


class Unacceptable(Exception):
    """A request that is not answered; `status` and the message say why."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Call:
    """A request. `path` are its decoded segments, the names of `headers` in small letters."""

    method: str
    path: tuple[str, ...]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered: a body of some media type."""

    status: HTTPStatus
    kind: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def head_of(data: bytes) -> tuple[Call, int]:
    """A request without its body, and how many bytes of body follow.

    Raises:
        Unacceptable: It is not a request as browsers make them, or too large.
    """
    first, *rest = data.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    line = _LINE.fullmatch(first)
    if line is None:
        raise Unacceptable(HTTPStatus.BAD_REQUEST, "only GET and POST are understood")
    headers: dict[str, str] = {}
    for each in rest:
        header = _HEADER.fullmatch(each)
        if header is None:
            raise Unacceptable(HTTPStatus.BAD_REQUEST, "a header is malformed")
        name = header[1].lower()
        if name in headers and name in _ONCE:
            raise Unacceptable(HTTPStatus.BAD_REQUEST, f"`{name}` stands twice")
        headers[name] = header[2]
    if "transfer-encoding" in headers:
        raise Unacceptable(HTTPStatus.LENGTH_REQUIRED, "a body needs a length")
    length = headers.get("content-length", "0")
    if re.fullmatch(r"[0-9]{1,9}", length) is None:
        raise Unacceptable(HTTPStatus.BAD_REQUEST, "the length is no number")
    if int(length) > MOST_BODY:
        raise Unacceptable(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too large")
    target = split(line[2])
    path = tuple(unquote(part) for part in target.path.split("/")[1:])
    query = dict(parse_qsl(target.query, keep_blank_values=True))
    return Call(line[1], path, query, headers), int(length)


def json_reply(value: object, status: HTTPStatus = HTTPStatus.OK) -> Reply:
    """A value for the page's script."""
    return Reply(status, JSON, json.dumps(value, ensure_ascii=False).encode())


def refusal(why: Unacceptable) -> Reply:
    """A line that says why nothing is answered."""
    return Reply(why.status, "text/plain; charset=utf-8", f"{why}\n".encode())


def as_bytes(reply: Reply) -> bytes:
    """The reply as it is sent."""
    headers = {
        "Content-Type": reply.kind,
        "Content-Length": str(len(reply.body)),
        **ALWAYS,
        **reply.headers,
    }
    lines = [f"HTTP/1.1 {reply.status.value} {reply.status.phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + reply.body
