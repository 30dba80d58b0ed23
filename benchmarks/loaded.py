"""A process that has loaded all that a build needs, so that those forked from it begin at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import jinja2

from briefings.core.digests import Digests
from briefings.make.pages import page_jobs
from briefings.plan.choose import choose
from briefings.plan.request import Request
from briefings.render.html.environment import environment
from briefings.render.html.jobs import Page, PageJob, make
from briefings.run.check import check_desk
from briefings.workers.agenda import Agenda
from briefings.workers.batch import Batch
from briefings.workers.templates import TemplateRunner

_filled: dict[str, Page] = {}
"""Pages, by the digest of their job: equal jobs need not be equal when they are pickled."""


def warm(desk: Path) -> None:
    """Have every template compiled, and the pages of a desk made once."""
    real = jinja2.Environment.compile
    codes: dict[tuple[str | None, ...], Any] = {}

    def compiled(
        self: jinja2.Environment, source: str, name: str | None = None, filename: str | None = None
    ) -> Any:
        key = (source, name, filename)
        if key not in codes:
            codes[key] = real(self, *key)
        return codes[key]

    jinja2.Environment.compile = compiled  # type: ignore[method-assign, assignment] # kept, not changed
    ours = environment()
    for name in ours.list_templates(extensions=["j2"]):
        ours.get_template(name)
    checked = check_desk(desk / "facts.yaml").checked
    assert checked is not None
    request = Request(desk / "facts.yaml", desk, formats=("html",))
    briefs = choose(checked, request, lambda _: date(2024, 3, 10)).briefs
    for job in page_jobs(checked, briefs, request).values():
        make(ours, job)


@contextmanager
def remembering() -> Iterator[None]:
    """Keep what templates come to meanwhile, for processes in which later calls are broken."""
    real = TemplateRunner.put

    def put(
        self: TemplateRunner,
        jobs: Mapping[str, PageJob],
        agenda: Agenda,
        then: Callable[[str, Page], None],
        size: Callable[[str], int] = lambda _: 0,
    ) -> Batch:
        digests = Digests()

        def take(name: str, page: Page) -> None:
            _filled[digests.of(jobs[name])] = page
            then(name, page)

        return real(self, jobs, agenda, take, size)

    TemplateRunner.put = put  # type: ignore[method-assign] # put back below
    _filled.clear()
    yield
    TemplateRunner.put = real  # type: ignore[method-assign] # as it was


def remember() -> None:
    """From here on, fill no template that was filled while `remembering`."""

    def put(
        self: TemplateRunner,  # noqa: ARG001 # as theirs
        jobs: Mapping[str, PageJob],
        agenda: Agenda,
        then: Callable[[str, Page], None],
        size: Callable[[str], int] = lambda _: 0,  # noqa: ARG001 # as theirs
    ) -> Batch:
        # What the build itself has kept is not asked for.
        digests = Digests()
        for name, job in jobs.items():
            then(name, _filled[digests.of(job)])
        return Batch(agenda, then)

    TemplateRunner.put = put  # type: ignore[method-assign] # this process is for that
