"""What the page for browsers asks of Python: the command's own words on a brief."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import md5

import jinja2
from babel import localedata

from briefings.core.characters import visible
from briefings.core.diagnostics import Refused
from briefings.core.digest_names import IN_PAGE, IN_PDF, is_whole
from briefings.render.html.embedded import NoData, from_html
from briefings.render.html.environment import TemplateHole, environment
from briefings.render.html.jobs import BriefPage, make
from briefings.render.l10n.cldr import known
from briefings.verify.brief import Brief, Compared, compare_web, opened, other_words, to_make_anew
from briefings.verify.in_browser.handed import compare_handed, handed
from briefings.verify.numbered import NOT_ITS_NUMBER, is_numbered
from briefings.verify.verdict import Fault, Finding, State, Verdict

NAME_ALONE = "name_alone"
"""What marks the data of a language of which the page for browsers has nothing but its own name."""

_NO_DOCUMENTS = Finding(State.UNCHECKED, "not looked up: it carries no documents")
_LANGUAGE = "not compared: this page has no names and dates of its language; the command has them"

_CHANGED = "it was changed after it was made: its bytes are not those it is named by"

_Line = tuple[str, str]
"""A state as the page prints it, with what it is of; none of what holds."""


def of_web(content: memoryview, name: str) -> str:
    """The lines on a page of the web, as JSON.

    Args:
        content: All its bytes.
        name: The id or fingerprint that it should have; empty where nobody knows it.
    """
    whole = bytes(content)
    brief = opened(lambda: _data_in(whole), _faults_of_form(whole), name or None)
    if isinstance(brief, Verdict):
        return json.dumps([*_lines("data", brief.data, brief.faults)])
    job = to_make_anew(brief, "screen", has_own=False)
    remade = made_anew(job) if isinstance(job, BriefPage) else job
    words = (remade, ()) if isinstance(remade, Finding) else compare_web(whole, remade)
    return json.dumps([*lines_of(brief, words, name)])


def of_print(content: memoryview, name: str, data: str, read: str) -> str:
    """The lines on a PDF, as JSON.

    Args:
        content: All its bytes, but for a signature.
        name: As `of_web`.
        data: The data that are attached to it.
        read: What was read of it, as `handed` takes it.
    """
    brief = opened(lambda: data, _faults_of_paper(bytes(content)), name or None)
    if isinstance(brief, Verdict):
        return json.dumps([*_lines("data", brief.data, brief.faults)])
    job = to_make_anew(brief, "print", has_own=False)
    remade = made_anew(job) if isinstance(job, BriefPage) else job
    given = handed(read)
    words = (remade, ()) if isinstance(remade, Finding) else compare_handed(given, remade)
    if given.printed.pages and given.sum != md5(data.encode(), usedforsecurity=False).hexdigest():
        words = other_words(*words[1], Fault("the checksum of its data is not theirs"))
    if brief.job is not None and data != brief.job.data:
        words = other_words(*words[1], Fault("its data are written otherwise than we write them"))
    return json.dumps([*lines_of(brief, words, name)])


def lines_of(brief: Brief, words: Compared, name: str) -> Iterator[_Line]:
    """The lines on a brief whose words are compared."""
    yield from _lines("data", brief.data(brief.faults, named=bool(name)), brief.faults)
    yield from _lines("words", *words)
    yield from _lines("quotes", *(brief.quotes() or (_NO_DOCUMENTS, ())))


def made_anew(job: BriefPage) -> str | Finding:
    """The page of a job, or why it can't be made here."""
    locale = known(job.edition.spec.language)
    if locale is not None and localedata.load(str(locale)).get(NAME_ALONE):
        return Finding(State.UNCHECKED, _LANGUAGE)
    try:
        return make(_templates(), job).text
    except TemplateHole as hole:
        why = hole.message
    except Refused as refused:
        why = refused.diagnostics[0].message
    return Finding(State.UNCHECKED, f"not compared: its page can't be made anew: {why}")


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    return environment()


def _data_in(whole: bytes) -> str:
    try:
        return from_html(whole.decode())
    except UnicodeDecodeError:
        raise NoData("it is not UTF-8") from None


def _faults_of_form(whole: bytes) -> Iterator[Fault]:
    if is_whole(whole, IN_PAGE) is False:
        yield Fault(_CHANGED)


def _faults_of_paper(whole: bytes) -> Iterator[Fault]:
    if not is_whole(whole, IN_PDF):
        yield Fault(_CHANGED)
    if not is_numbered(whole):
        yield Fault(NOT_ITS_NUMBER)


def _lines(kind: str, finding: Finding, faults: Iterable[Fault]) -> Iterator[_Line]:
    state = "" if finding.state is State.HOLDS else finding.state.name
    yield state, visible(f"{kind}: {finding.text}")
    for fault in faults:
        if fault.line != finding.text:
            yield State.FAILS.name, visible(f"{kind}: {fault.line}")
