"""The week's whole set: every weekly topic in its languages, in a folder of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from briefings.core import files
from briefings.core.diagnostics import Refused, plural
from briefings.core.difference import ChangeKind
from briefings.core.edition import Edition
from briefings.core.model import CheckedBase, FactBase
from briefings.core.periods import last_full_week, week, week_name
from briefings.core.progress import Progress, silent
from briefings.core.spec import Window
from briefings.core.values import dataclass
from briefings.load.desk import load
from briefings.make.produce import one_page
from briefings.output import manifest
from briefings.output.allowed import refusal_beside, refusal_of_page
from briefings.output.publish import publish_page
from briefings.plan.request import WEEKS, BriefRequest, CalendarPeriod, Request
from briefings.render.html import front
from briefings.render.html.jobs import WeeksPage
from briefings.render.html.siblings import Desk
from briefings.run.build import Built, build
from briefings.workers.templates import runner_for

INDEX = "index.html"
"""The page that lists the weeks, beside their folders."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """The set of a week, and the folder that it stands in.

    `unlisted` says why the list of weeks could not follow; the set stands all the same.
    """

    built: Built
    folder: Path
    unlisted: Refused | None = None


def weekly(
    plain: Request,
    *,
    today: Callable[[str], date],
    progress: Progress = silent,
    workers: int | None = None,
) -> Weekly:
    """Build the set of a week into a folder below `plain.out`, and list all weeks there.

    Args:
        plain: What the set is built with. Its week is that of `plain.brief.calendar`, else that of
            the base's own edition up to the edition's day; where the base leaves the day open,
            the last week that has ended by today. No set is dated ahead.
        today: The calendar day in a time zone, by its IANA name.
        progress: Is told of each step.
        workers: How many processes set PDFs; None for one a processor.

    Raises:
        Refused: As of `build`; with status 2 too where the page that lists the weeks is not ours.
    """
    loaded = load(plain.base)
    base = loaded.base
    request = plain if base is None else _request(plain, base, today)
    fault = refusal_beside(plain.out, plain.base.parent)
    if base is not None and (fault := fault or refusal_of_page(plain.out / INDEX)):
        raise Refused(2, [fault])
    built = build(request, today=today, progress=progress, workers=workers, loaded=loaded)
    assert base is not None  # or the build has said why
    if not plain.brief.calendar and base.edition.as_of is None:
        day = (base.timezone, today(base.timezone).isoformat())
        built = replace(built, inputs=built.inputs._replace(day=day))
    try:
        _list(plain.out, CheckedBase(base, loaded.documents, {}), request)
    except Refused as refused:
        return Weekly(built, request.out, refused)
    return Weekly(built, request.out)


def _request(plain: Request, base: FactBase, today: Callable[[str], date]) -> Request:
    """What is built for a week: every weekly topic in its languages, into a folder of its own."""
    own = base.edition.as_of
    asked = plain.brief.calendar.window if plain.brief.calendar else None
    if asked is None and own is None:
        asked = week(last_full_week(today(base.timezone)))
    name = week_name(asked.since if asked else own or date.min)
    brief = BriefRequest(
        as_of=None if asked else own, calendar=CalendarPeriod(f"--week {name}", asked or week(name))
    )
    return replace(plain, out=plain.out / name, brief=plain.brief.override(brief), weeks=WEEKS)


def _list(out: Path, checked: CheckedBase, request: Request) -> None:
    """Write the page that lists the weeks; the sets themselves stand already.

    Raises:
        Refused: With status 1: a template has a mistake; with 2: the page can't be written.
    """
    job = WeeksPage(Desk.of(checked.base), tuple(_weeks(out)))
    runner = runner_for(request.base.parent, request.templates)
    page = one_page(job, INDEX, runner, checked.base.marking, checked)
    if fault := publish_page(page, out / INDEX):
        raise Refused(2, [fault])


def news(edition: Edition) -> str:
    """What is new in an edition, in one line; of a quiet one, how old its newest information is."""
    new = sum(sentence.known >= edition.spec.window.since for sentence in edition.sentences)
    parts = [plural(new, "new fact")] if new else []
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
        age = plural((edition.spec.as_of - edition.newest_known).days, "day")
        quiet += f"; the newest information is of {edition.newest_known}, {age} before"
    return "; ".join([quiet, *([", ".join(parts)] if parts else [])])


def _weeks(out: Path) -> list[front.Week]:
    """The weeks that stand in the folder `out`, newest first."""
    return [
        front.Week(name, window, briefs)
        for name in reversed(files.names(out))
        if (window := _window(name)) and (briefs := _briefs(out / name))
    ]


def _window(name: str) -> Window | None:
    """The week after which a folder is named; None for any other name."""
    try:
        return week(name)
    except ValueError:
        return None


def _briefs(folder: Path) -> int:
    """How many briefs a week holds; 0 if it is none of ours."""
    content = manifest.found_in(folder)
    if content is None or not (folder / INDEX).is_file():
        return 0
    return manifest.briefs_of(content)
