"""What each address of the page answers: a request and the open desk to a reply."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

from briefings.authoring.annotated import annotated
from briefings.authoring.proposal import DocumentRange, Wanted, document_of, marked
from briefings.authoring.queue import Decision
from briefings.core import files
from briefings.core.diagnostics import Refused
from briefings.core.model import ActorKind, SourceId
from briefings.run.name import SUBJECTS, NewSubject
from briefings.workbench import payloads
from briefings.workbench.messages import HTML, Call, Reply, Unacceptable, json_reply
from briefings.workbench.state import ChangedSince, Workbench

_PAGE = Path(__file__).with_name("page")
_SCRIPTS = ("desk.js", "document.js", "form.js", "names.js", "waiting.js", "brief.js", "keys.js")
"""One script in parts, in the order in which they use what stands before them."""

_POLICY = (
    "default-src 'none'; script-src {script}; style-src {style}; connect-src 'self'; frame-src"
    " 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_BRIEF_POLICY = "sandbox allow-same-origin; frame-ancestors 'self'"
"""No script of a brief runs beside the page: its templates may be anyone's."""

_LONGEST = 20_000


def answer(bench: Workbench, call: Call) -> Reply:
    """The reply to a request that was let in.

    No part of an address becomes a path: names are looked up among what was read.

    Raises:
        Unacceptable: There is no such address, or its body is no request of our page.
    """
    route = _ROUTES.get((call.method, call.path[0] if call.path else ""))
    if route is None or len(call.path) > 1:
        raise Unacceptable(HTTPStatus.NOT_FOUND, "there is nothing here")
    try:
        return route(bench, call)
    except Refused as refused:
        reported = payloads.diagnostics(refused.diagnostics, refused.texts)
        return json_reply({"diagnostics": reported}, HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(_: Workbench, __: Call) -> Reply:
    return _front()


@cache
def _front() -> Reply:
    """The page with its style and script in it, which its policy lets in by their digests."""
    page, style, *scripts = (
        files.own(_PAGE, name).decode() for name in ("page.html", "page.css", *_SCRIPTS)
    )
    script = "\n".join(scripts)
    body = page.replace("/*STYLE*/", style).replace("/*SCRIPT*/", script)
    policy = _POLICY.format(script=_allowed(script), style=_allowed(style))
    return Reply(HTTPStatus.OK, HTML, body.encode(), {"Content-Security-Policy": policy})


def _allowed(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


def _desk(bench: Workbench, _: Call) -> Reply:
    return json_reply(payloads.desk(bench))


def _document(bench: Workbench, call: Call) -> Reply:
    source = SourceId(call.query.get("source", ""))
    return json_reply(payloads.document(bench, annotated(bench.opened(), source)))


def _verdict(bench: Workbench, call: Call) -> Reply:
    passage, wanted = _asked(bench, _body(call))
    return json_reply(payloads.verdict(bench.verdict(passage, wanted), bench.base))


def _accept(bench: Workbench, call: Call) -> Reply:
    body = _body(call)
    passage, wanted = _asked(bench, body)
    try:
        name = bench.accept(passage, wanted, _text(body, "base"))
    except ChangedSince:
        anew = payloads.verdict(bench.verdict(*_asked(bench, body)), bench.base)
        return json_reply(anew, HTTPStatus.CONFLICT)
    return json_reply({"id": name, "desk": payloads.desk(bench)}, HTTPStatus.CREATED)


def _name(bench: Workbench, call: Call) -> Reply:
    body = _body(call)
    section, kind = _text(body, "section"), _text(body, "kind")
    if section not in SUBJECTS:
        raise _malformed("section")
    if (section == "actors") != (kind in {each.value for each in ActorKind}):
        raise _malformed("kind")
    if not (name := _text(body, "name").strip()):
        raise _malformed("name")
    key = bench.name(NewSubject(section=section, name=name, kind=kind))
    return json_reply({"id": key, "desk": payloads.desk(bench)}, HTTPStatus.CREATED)


def _decide(bench: Workbench, call: Call) -> Reply:
    body = _body(call)
    source = SourceId(_text(body, "source"))
    state = _text(body, "state")
    if state not in {each.value for each in Decision}:
        raise _malformed("state")
    bench.decide(source, _text(body, "quote"), Decision(state), _text(body, "note"))
    return json_reply({"candidates": payloads.candidates(bench.waiting(source))})


def _brief(bench: Workbench, call: Call) -> Reply:
    """Which page the brief is by now; the page itself is asked for by its digest."""
    brief = bench.brief(call.query.get("topic", ""), call.query.get("language", ""))
    return json_reply({"page": brief.digest})


def _brief_page(bench: Workbench, call: Call) -> Reply:
    page = bench.page(call.query.get("digest", ""))
    if page is None:
        raise Unacceptable(HTTPStatus.NOT_FOUND, "this page was made anew meanwhile")
    return Reply(HTTPStatus.OK, HTML, page, {"Content-Security-Policy": _BRIEF_POLICY})


Route = Callable[[Workbench, Call], Reply]
_ROUTES: Mapping[tuple[str, str], Route] = {
    ("GET", ""): _page,
    ("GET", "desk"): _desk,
    ("GET", "document"): _document,
    ("POST", "verdict"): _verdict,
    ("POST", "facts"): _accept,
    ("POST", "names"): _name,
    ("POST", "candidates"): _decide,
    ("GET", "brief"): _brief,
    ("GET", "brief.html"): _brief_page,
}


def _body(call: Call) -> dict[str, Any]:
    try:
        value = json.loads(call.body)
        json.dumps(value, ensure_ascii=False).encode()  # half a letter can't be written
    except (ValueError, RecursionError) as error:
        raise _malformed("body") from error
    if not isinstance(value, dict):
        raise _malformed("body")
    return value


def _asked(bench: Workbench, body: dict[str, Any]) -> tuple[DocumentRange, Wanted]:
    """The passage, cut to what its document holds, and the fields as they were typed."""
    desk, source = bench.opened(), SourceId(_text(body, "source"))
    length = len(document_of(desk, source).text)
    start, end = body.get("start"), body.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
        raise _malformed("start")
    statement = body.get("statement")
    if not isinstance(statement, dict) or not statement:
        raise _malformed("statement")
    forms = {str(language): _text(statement, language).strip() for language in statement}
    forms = {language: text for language, text in forms.items() if text}
    if not forms:
        raise _malformed("statement")
    topics = body.get("topics", [])
    if not isinstance(topics, list) or not all(isinstance(each, str) for each in topics):
        raise _malformed("topics")
    return marked(desk, source, start, end), Wanted(
        statement=forms,
        topics=tuple(topics),
        id=_text(body, "id").strip(),
        kind=_text(body, "kind"),
        headline=_text(body, "headline").strip(),
        date=_text(body, "date").strip(),
        due=_text(body, "due").strip(),
        credibility=_text(body, "credibility"),
        by=_text(body, "by"),
        translation=_text(body, "translation").strip(),
    )


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name, "")
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise _malformed(name)
    return value


def _malformed(name: str) -> Unacceptable:
    return Unacceptable(HTTPStatus.BAD_REQUEST, f"`{name}` is not as the page sends it")
