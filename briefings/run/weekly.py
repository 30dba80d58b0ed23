"""The week's whole set: every weekly topic in every language, in a folder of its own."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from briefings.core import files
from briefings.core.artifacts import Artifact
from briefings.core.edition import Edition, Window
from briefings.core.model import CheckedBase, FactBase, PaperSize
from briefings.core.periods import last_full_week, week, week_name
from briefings.core.snapshot import ChangeKind
from briefings.load.desk import load
from briefings.output import manifest
from briefings.output.publish import publish_page, refusal_of_page
from briefings.plan.period import Days
from briefings.plan.request import Custom, Request
from briefings.render.html import front
from briefings.render.html.jobs import WeeksPage
from briefings.render.html.page import Desk
from briefings.run.build import Built, build
from briefings.run.pages import HTML
from briefings.scan.scan import above
from briefings.workers.templates import Fault, TemplateRunner, templates_of

INDEX = "index.html"
"""The page that lists the weeks, beside their folders."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """What came of a weekly build, and the folder that it stands in.

    `unlisted` tells why the list of weeks could not follow; the set stands all the same.
    """

    built: Built
    folder: Path
    unlisted: tuple[Fault, ...] = ()

    @property
    def status(self) -> int:
        """The exit code, as of a build."""
        if self.built.status != 0 or not self.unlisted:
            return self.built.status
        return 2 if any(one.found.code.startswith("output") for one in self.unlisted) else 1


def weekly(
    base: Path,
    out: Path,
    *,
    today: Callable[[str], date],
    week: Window | None = None,
    formats: tuple[str, ...],
    marking: str | None = None,
    paper: PaperSize | None = None,
    templates: Path | None = None,
    strict: bool = False,
    progress: Callable[[str], None] = lambda _: None,
    workers: int | None = None,
) -> Weekly:
    """Build the set of `week` into a folder below `out`, and list all weeks in `out`.

    Without `week` it is that of the base's own edition up to the edition's day; where the base
    leaves the day open, it is the last week that has ended by today. No set is dated ahead.
    `marking` is the ceiling of its briefs, by its label.
    """
    custom = Custom(marking=marking)
    plain = Request(base, out, (), formats, None, templates, strict, custom=custom, paper=paper)
    loaded = load(base)
    if loaded.base is None:  # the build says why
        return Weekly(build(plain, today=today), out)
    request = _request(plain, loaded.base, week, today)
    if found := refusal_of_page(out / INDEX):
        return Weekly(Built(2, (found,), {}), request.out)
    built = build(request, today=today, progress=progress, workers=workers)
    if built.status != 0:
        return Weekly(built, request.out)
    checked = CheckedBase(loaded.base, loaded.documents, {})
    return Weekly(built, request.out, _list(out, checked, request))


def _request(
    plain: Request, base: FactBase, asked: Window | None, today: Callable[[str], date]
) -> Request:
    own = base.edition.as_of
    if asked is None and own is None:
        asked = week(last_full_week(today(base.timezone)))
    name = week_name(asked.since if asked else own or date.min)
    as_of = None if asked else own
    return replace(
        plain,
        out=plain.out / name,
        as_of=as_of,
        custom=replace(plain.custom, languages=base.languages),
        weeks=f"../{INDEX}",
        days=Days(period=asked or week(name), called=f"--week {name}"),
    )


def _list(out: Path, checked: CheckedBase, request: Request) -> tuple[Fault, ...]:
    """Write the page that lists the weeks; the sets themselves stand already."""
    desk = request.base.parent
    page = _contents(out, checked.base, TemplateRunner(templates_of(desk, request.templates), desk))
    if isinstance(page, Fault):
        return (page,)
    leaks = above(checked, [Artifact(INDEX, HTML, page)], {}, checked.base.marking)
    unwritten = None if leaks else publish_page(page, out / INDEX)
    return tuple(Fault(found) for found in (*leaks, unwritten) if found is not None)


def news(edition: Edition) -> str:
    """What is new in an edition, in one line; of a quiet one, how old its newest information is."""
    new = sum(sentence.known >= edition.spec.window.since for sentence in edition.told)
    parts = [f"{new} new {'fact' if new == 1 else 'facts'}"] if new else []
    if edition.changes is not None:
        kinds = Counter(change.kind for change in edition.changes.items)
        parts += [
            f"{kinds[kind]} {kind.replace('-', ' ')}"
            for kind in ChangeKind
            if kinds[kind] and kind != "new"
        ]
    if new:
        return ", ".join(parts)
    quiet = "nothing new"
    if edition.newest_known is not None:
        age = (edition.spec.as_of - edition.newest_known).days
        days = "1 day" if age == 1 else f"{age} days"
        quiet += f"; the newest information is of {edition.newest_known}, {days} before"
    return "; ".join([quiet, *([", ".join(parts)] if parts else [])])


def _contents(out: Path, base: FactBase, runner: TemplateRunner) -> bytes | Fault:
    """The page for the folder `out`, newest week first; nothing but what stands there is in it."""
    weeks = [
        front.Week(name, window, briefs)
        for name in reversed(files.names(out))
        if (window := _window(name)) and (briefs := _briefs(out / name))
    ]
    filled = runner.fill({INDEX: WeeksPage(Desk.of(base), tuple(weeks))})
    return filled if isinstance(filled, Fault) else filled.texts[INDEX].encode()


def _window(name: str) -> Window | None:
    """The week after which a folder is named; None for any other name."""
    try:
        return week(name)
    except ValueError:
        return None


def _briefs(folder: Path) -> int:
    """How many briefs a week holds; 0 if it is none of ours."""
    content = manifest.found_in(folder)
    if content is None or manifest.named_by(content) is None or not (folder / INDEX).is_file():
        return 0
    try:
        return len(json.loads(content)["briefs"])
    except (TypeError, KeyError):
        return 0
