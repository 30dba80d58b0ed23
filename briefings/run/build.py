"""From a desk to published briefs: the order of the stages, and nothing written before the last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefings.core.diagnostics import Diagnostic, diagnostic, failed
from briefings.core.edition import Edition
from briefings.core.span import SourceText
from briefings.run.check import check_desk
from briefings.run.choose import editions, unknown_topics
from briefings.run.manifest import Artifact, manifest
from briefings.run.pages import Fault, Pages, fonts, pages
from briefings.run.paper import Failed, papers
from briefings.run.publish import publish, refusal

FORMATS = ("html", "pdf")


@dataclass(frozen=True, slots=True)
class Request:
    """What to build. No topic means the weekly ones; no `as_of` the base's own day, else today.

    `templates` is a folder whose templates go before the shipped ones.
    """

    base: Path
    out: Path
    topics: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    as_of: date | None = None
    templates: Path | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build. `status` is the exit code: unless it is 0, nothing was written.

    `files` are relative to the output folder, the manifest among them.
    """

    status: int
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, SourceText]
    editions: tuple[Edition, ...] = ()
    files: tuple[str, ...] = ()


def build(
    request: Request,
    *,
    today: Callable[[str], date],
    progress: Callable[[str], None] = lambda _: None,
    workers: int | None = None,
) -> Built:
    """Check the desk, build its briefs and publish them.

    `today` gives the calendar day in a time zone, by its IANA name; `progress` is told of each
    step. A mistake in the desk or in a template ends with status 1, a request that makes no
    sense or an output that can't be written with 2.
    """
    if found := refusal(request.out, request.base.parent):
        return Built(2, (found,), {})
    progress("checking the base")
    desk = check_desk(request.base)
    if desk.checked is None or failed(desk.diagnostics, strict=request.strict):
        return Built(1, desk.diagnostics, desk.texts)
    if unknown := unknown_topics(desk.checked.base, request.topics):
        return Built(2, (*desk.diagnostics, *unknown), desk.texts)
    base = desk.checked.base
    as_of = request.as_of or base.edition.as_of or today(base.timezone)
    chosen, empty = editions(desk.checked, request.topics, as_of)
    warned = (*desk.diagnostics, *empty)
    if failed(empty, strict=request.strict):
        return Built(1, warned, desk.texts)
    progress("filling the pages")
    filled = pages(desk.checked, chosen, request.formats, _templates(request))
    if isinstance(filled, Fault):
        shown = {filled.text.path: filled.text} if filled.text else {}
        return Built(1, (*warned, filled.found), {**desk.texts, **shown})
    printed, broken = _printed(filled, progress, workers)
    if broken:
        return Built(1, (*warned, *broken), desk.texts)
    files = [*filled.screens, *printed]
    files.append(manifest(chosen, {**desk.reads, **filled.inputs}, files))
    progress("publishing")
    if found := publish(files, request.out, request.base.parent):
        return Built(2, (*warned, found), desk.texts)
    return Built(0, warned, desk.texts, tuple(chosen), tuple(sorted(file.path for file in files)))


def _templates(request: Request) -> Path | None:
    """The folder asked for, else `templates` of the desk, if it has one."""
    own = request.base.parent / "templates"
    return request.templates or (own if own.is_dir() else None)


def _printed(
    filled: Pages, progress: Callable[[str], None], workers: int | None
) -> tuple[list[Artifact], list[Diagnostic]]:
    made = papers(
        filled.sheets,
        fonts(),
        _pdf,
        workers=workers,
        done=lambda name: progress(f"set {name}"),
    )
    broken = [
        diagnostic("pdf-failed", f"{name} could not be made: {paper.reason}", None)
        for name, paper in made.items()
        if isinstance(paper, Failed)
    ]
    return [
        Artifact(name, "application/pdf", paper)
        for name, paper in made.items()
        if not isinstance(paper, Failed)
    ], broken


def _pdf(page: str, folder: Path) -> bytes:
    # Imported in the worker, which alone needs WeasyPrint and is limited in what that may use.
    from briefings.render.pdf import pdf  # noqa: PLC0415

    return pdf(page, fonts=folder)
