"""What all tests have in common: how they are chosen and run, and what stands in for workers."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fcntl import LOCK_EX, flock
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import breadth
import desks
import jinja2
import pytest
from blank_pdfs import PUT_PDF, blank_pdfs
from browsers import _free_tabs, browser, tab
from built_desks import (
    HARBOUR,
    Shared,
    _harbour,
    _templates,
    front_of,
    harbour_site,
    paper,
    persian_brief,
    reference,
    screen,
    strait_base,
    strait_paper,
    strait_pdf,
    strait_week,
)
from filled_here import (
    PUT,
    PUT_ERRAND,
    SET_ANEW,
    Kept,
    compiled,
    filled_here,
    searched_here,
    set_once,
)
from little_desk import LittleDesk

from briefings.core.limits import allowing
from briefings.make.pages import page_jobs
from briefings.plan.choose import choose
from briefings.plan.request import Request
from briefings.render.html.environment import environment, shipped
from briefings.render.html.jobs import make
from briefings.render.l10n.catalogues import Own
from briefings.render.pdf.write import pdf
from briefings.run.check import check_desk
from briefings.verify import reprint
from briefings.workers import pdfs, pool, templates
from briefings.workers.agenda import Agenda, Limits, Work

__all__ = [
    "_free_tabs",
    "_harbour",
    "_templates",
    "browser",
    "front_of",
    "harbour_site",
    "paper",
    "persian_brief",
    "reference",
    "screen",
    "strait_base",
    "strait_paper",
    "strait_pdf",
    "strait_week",
    "tab",
]

_FOLDERS = count()

COUNTS = "conformance"
"""The property by which a test hands a line to the summary; workers send it to who prints."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `make looks` and `make proofs` ask for."""
    parser.addoption("--new-looks", action="store_true", help="keep pages as they look now")
    parser.addoption(breadth.FULL, action="store_true", help="try all there is, not a slice of it")


def pytest_configure(config: pytest.Config) -> None:
    """Before any test is imported: what its cases are comes of it.

    And it is not worth it to look for waste whenever 700 values more have been made, as it is by
    default.
    """
    breadth.choose(full=config.getoption(breadth.FULL))
    gc.set_threshold(100_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def _uncached() -> Iterator[None]:
    """What one test makes is no other's proof: only tests of the cache have one."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("BRIEFINGS_CACHE", "off")
        yield


@pytest.fixture(scope="session", autouse=True)
def _unsynced() -> Iterator[None]:
    """No test could tell whether the disk has what was forced to it, and each waits for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _warm() -> Iterator[None]:
    """Templates are compiled, and the world is read, before the first build and not in each.

    A build fills its pages in a process that is forked for it and has what was loaded here.
    """

    @cache
    def warmed() -> None:
        base = check_desk(HARBOUR).checked
        assert base is not None
        request = Request(HARBOUR, HARBOUR.parent, formats=("html",))
        briefs = choose(base, request, lambda _: date(2024, 3, 10)).briefs
        plain = environment()
        for job in page_jobs(base, briefs, request).values():
            make(plain, job)
        for name in plain.list_templates(extensions=["j2"]):
            plain.get_template(name)

    def environment_of(*folders: Path, words: Own = ()) -> jinja2.Environment:
        with allowing({}):  # whatever the test that comes first allows
            warmed()
        return environment(*folders, words=words)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", compiled(jinja2.Environment.compile))
        patch.setattr(templates, "environment", environment_of)
        yield


@pytest.fixture(scope="session")
def _kept(shared: Shared) -> Kept:
    return Kept(shared("kept", Path.mkdir))


@pytest.fixture(scope="session", autouse=True)
def _filled_here(_kept: Kept) -> Iterator[None]:
    with filled_here(_kept), set_once(_kept), searched_here():
        yield


@pytest.fixture(scope="module")
def harmless(_kept: Kept) -> Iterator[None]:
    """Templates of a desk's own do no harm in these tests, and are filled here too."""
    with filled_here(_kept, own=True):
        yield


@pytest.fixture(scope="module")
def workers() -> Iterator[None]:
    """Pages are filled, set and searched as in the program: by workers, and each anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(templates.TemplateRunner, "put", PUT)
        patch.setattr(pdfs, "put", PUT_PDF)
        patch.setattr(reprint, "_set_anew", SET_ANEW)
        patch.setattr(Agenda, "put", PUT_ERRAND)
        yield


def forked(*task: Any, **more: Any) -> Iterator[tuple[str, Any]]:
    """Answers of workers that have from the start what is loaded here, and load nothing again."""
    return pool.answers(*task, **{**more, "start": "fork"})


def answered_here(
    tasks: Mapping[str, Any], work: Work, _: Limits, **_more: Any
) -> Iterator[tuple[str, Any]]:
    """Answers of this process, to tasks that do no harm."""
    return ((name, work(task)) for name, task in tasks.items())


@pytest.fixture(scope="session", autouse=True)
def _forked() -> Iterator[None]:
    """PDFs are set as in a process of the program's own, where nothing has loaded WeasyPrint.

    Here it is loaded, and the fonts are known, before the first worker and not in each.
    """

    @cache
    def start() -> pool.Start:
        with allowing({}):  # as above
            pdf("<!DOCTYPE html><html lang=en><title>Loaded</title>", shipped() / "fonts")
        return "fork"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdfs, "start", start)
        yield


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of this repository."""
    return Path(__file__).parents[1]


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the test's own.

    Numbered here: pytest's own looks through those of all tests before, which grows with the square
    of their number.
    """
    return tmp_path_factory.mktemp(str(next(_FOLDERS)), numbered=False)


@pytest.fixture
def desk(tmp_path: Path) -> LittleDesk:
    """An empty desk."""
    return LittleDesk(tmp_path)


@pytest.fixture
def ship(desk: LittleDesk) -> LittleDesk:
    """A desk with one document in English."""
    return desk.document("a", "The ship left. It may return.")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Shared:
    """What is made once for all workers, by the first that asks for it: a path of that name."""
    folder = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        folder = folder.parent

    def path(name: str, make: Callable[[Path], object]) -> Path:
        target = folder / name
        with (folder / f"{name}.lock").open("w") as lock:
            flock(lock, LOCK_EX)
            if not target.exists():
                make(target)
        return target

    return path


@pytest.fixture(scope="session", autouse=True)
def _checked_once(shared: Shared) -> None:
    desks.RUN.shared = shared


@pytest.fixture(name="blank_pdfs")
def _blank_pdfs() -> Iterator[dict[str, str]]:
    """No PDF is set; the pages that would have been, by the names of the PDFs."""
    with blank_pdfs() as pages:
        yield pages


def pytest_collection_finish() -> None:
    """What the tests and all that they import are made of is not looked through again for waste."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The reference desk's briefs take longest: they are begun first, and waited for late.

    Not last, lest one worker looks at them while the others have nothing more to do.
    """
    waiting = [item for item in items if "reference" in getattr(item, "fixturenames", ())]
    others = [item for item in items if item not in set(waiting)]
    late = len(others) * 7 // 8
    items[:] = [*waiting[:1], *others[:late], *waiting[1:], *others[late:]]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the checkers counted, whether they found anything or not."""
    ended = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    counts = [text for report in ended for name, text in report.user_properties if name == COUNTS]
    if counts:
        terminalreporter.section("conformance")
        for text in counts:
            terminalreporter.line(str(text))
