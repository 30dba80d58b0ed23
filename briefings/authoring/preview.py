"""One brief as it stands, for the screen: made anew only if what it shows has changed."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import jinja2

from briefings.compare.changes import with_changes
from briefings.core import files
from briefings.core.diagnostics import Refused, unknown_name
from briefings.core.model import FactBase, TopicId
from briefings.core.overriding import override
from briefings.core.values import dataclass
from briefings.desk.checked import SoundDesk
from briefings.make.produce import Jobs, fill
from briefings.plan.choose import choose
from briefings.plan.request import TEMPLATE, BriefRequest, Request
from briefings.render.html.environment import environment, shipped
from briefings.render.html.jobs import BriefPage, PageJob, make
from briefings.render.html.loader import TemplateHole
from briefings.render.html.siblings import Siblings
from briefings.workers.templates import TemplateRunner, templates_of, words_of

_OUT = "build"  # which nothing is written to


@dataclass(frozen=True, slots=True)
class WarmRunner(TemplateRunner):
    """Fills templates that are compiled already: the process that is forked for a page has them.

    `plain` are the shipped ones alone. These are ours, need no limits, and are filled in this
    process: no fork, and no page to be sent back.
    """

    kept: jinja2.Environment
    plain: jinja2.Environment

    @override
    def environment(self) -> jinja2.Environment:
        """The templates as they stood when they were compiled."""
        return self.kept


@dataclass(frozen=True, slots=True)
class Preview:
    """A brief: the `job` that it was made of, its page, and the digest of that."""

    job: PageJob
    page: bytes
    digest: str


def warm(base: Path) -> WarmRunner:
    """Read the shipped templates once; a desk's own are compiled where they can do no harm."""
    folder = templates_of(base.parent)
    if folder is not None and files.leads_to(folder) == shipped():
        folder = None
    words = words_of(base.parent)
    plain = _compiled(environment(words=words), set())
    if folder is None:
        return WarmRunner(None, base.parent, words, plain, plain)
    own = set(files.listed(folder)[0]) if folder.is_dir() else set()
    compiled = _compiled(environment(folder, words=words), own)
    return WarmRunner(folder, base.parent, words, compiled, plain)


def _compiled(templates: jinja2.Environment, own: AbstractSet[str]) -> jinja2.Environment:
    """The environment with the shipped templates read, but for those that a desk has itself."""
    for name in files.names(shipped()):
        if name.endswith(".j2") and name not in own:
            templates.get_template(name)
    return templates


def preview(
    base: Path,
    desk: SoundDesk,
    brief: BriefRequest,
    runner: WarmRunner,
    *,
    today: Callable[[str], date],
    last: Preview | None,
) -> Preview:
    """The brief that is asked for; `last` as it is where nothing of it has changed.

    It carries no data of itself and links to no other file, since it is never sent on.

    Args:
        base: The base's own file.
        desk: What it holds.
        brief: A brief of one topic and language.
        runner: The templates.
        today: The calendar day in a time zone, by its IANA name.
        last: The same brief as it was made before with the same templates; None the first time.

    Raises:
        Refused: With status 1: there is nothing to show, or a template has a mistake; with status
            2: the request makes no sense.
    """
    request = Request(base, base.parent / _OUT, brief, formats=("html",))
    chosen = choose(desk.checked, request, today).briefs
    edition = with_changes(desk.checked, [chosen[0].edition], desk.records).editions[0]
    paper = desk.checked.base.edition.paper
    job = BriefPage(
        edition, "screen", Siblings(index=False), template=chosen[0].template, paper=paper
    )
    if last is not None and last.job == job:
        return last
    content = _filled(job, runner, is_first=last is None)
    return Preview(job, content, sha256(content).hexdigest())


def _filled(job: BriefPage, runner: WarmRunner, *, is_first: bool) -> bytes:
    """The page of a brief.

    Raises:
        Refused: With status 1: a template has a mistake.
    """
    if runner.templates is None and job.template == TEMPLATE:
        with suppress(TemplateHole):  # which is told below, with its place
            return make(runner.plain, job).text.encode()
    elif is_first:
        # Words, faces and pictures of such a brief are then at hand in every process to come.
        with suppress(TemplateHole):  # which is told of where it counts
            make(runner.plain, replace(job, template=TEMPLATE))
    (page,) = fill(Jobs(runner, {"brief.html": job})).values()
    return page.encode()


def request_for(base: FactBase, topic: str, language: str) -> BriefRequest:
    """The brief of one topic in one language of the base.

    Args:
        base: The base as it stands.
        topic: An id, as it was typed.
        language: A code, as it was typed.

    Raises:
        Refused: With status 2: there is no such topic or language.
    """
    for name, what, known in (
        (topic, "topic", [str(each) for each in base.topics]),
        (language, "language", list(base.languages)),
    ):
        if name not in known:
            raise Refused(2, [unknown_name(what, name, known)])
    return BriefRequest(topics=(TopicId(topic),), languages=(language,))
