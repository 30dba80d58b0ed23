"""From a desk to published briefs: the order of the stages, and nothing written before the last."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from briefings.core.artifacts import Artifact
from briefings.core.diagnostics import Diagnostic, diagnostic, failed
from briefings.core.edition import Edition
from briefings.core.knowledge import source_known
from briefings.core.span import SourceText
from briefings.output.manifest import manifest
from briefings.output.publish import publish, refusal
from briefings.plan.choose import Chosen, plan
from briefings.plan.request import FORMATS, Request
from briefings.run.changes import before, compare, listed
from briefings.run.check import Checked, check_desk
from briefings.run.pages import labels, pages, unknown_templates
from briefings.scan.scan import above
from briefings.workers.pdfs import Failed, print_pdfs
from briefings.workers.templates import Fault, fonts, templates_of

__all__ = ["FORMATS", "Built", "Request", "build"]


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build. `status` is the exit code: unless it is 0, nothing was written.

    `files` are relative to the output folder, the manifest among them.
    """

    status: int
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, SourceText]
    briefs: tuple[Chosen, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions that were built."""
        return tuple(brief.edition for brief in self.briefs)

    def files_of(self, brief: Chosen) -> tuple[str, ...]:
        """The files of one brief, relative to the output folder."""
        names = {f"{brief.stem}.{form}" for form in FORMATS}
        return tuple(name for name in self.files if name in names)


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
    prepared = prepare(request, today=today, progress=progress, workers=workers)
    return prepared if isinstance(prepared, Built) else put(prepared, request, progress)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A build that is finished but for the writing."""

    checked: Checked
    diagnostics: tuple[Diagnostic, ...]
    briefs: tuple[Chosen, ...]
    artifacts: tuple[Artifact, ...]


def prepare(
    request: Request,
    *,
    today: Callable[[str], date],
    progress: Callable[[str], None] = lambda _: None,
    workers: int | None = None,
) -> Prepared | Built:
    """All that `build` does but writing; what came of it if nothing can be written."""
    if refused := refusal(request.out, request.base.parent):
        return Built(2, (refused,), {})
    progress("checking the base")
    desk = check_desk(request.base)
    if desk.checked is None or failed(desk.diagnostics, strict=request.strict):
        return Built(1, desk.diagnostics, desk.texts)
    status, planned, told = plan(desk.checked, request, today)
    warned = (*desk.diagnostics, *told)
    if status != 0:
        return Built(status, warned, desk.texts)
    folder = request.base.parent
    templates = templates_of(folder, request.templates)
    if unknown := unknown_templates(planned, templates, folder):
        return Built(2, (*warned, *unknown), desk.texts)
    compared = compare(desk.checked, [one.edition for one in planned], desk.records)
    chosen = [
        replace(one, edition=edition)
        for one, edition in zip(planned, compared.editions, strict=True)
    ]
    progress("filling the pages")
    earlier = before(desk.records, compared.editions)
    filled = pages(
        desk.checked,
        chosen,
        request.formats,
        templates,
        folder,
        earlier=listed(earlier),
        weeks=request.weeks,
        paper=request.paper,
    )
    if isinstance(filled, Fault):
        return Built(1, (*warned, filled.found), {**desk.texts, **filled.texts})
    printed, broken = print_sheets(filled.sheets, progress, workers)
    if broken:
        return Built(1, (*warned, *broken), desk.texts)
    files = [*filled.screens, *printed]
    # Of the issued records only those that a brief was compared with or a page lists.
    issued = {one.path: one.sha256 for one in (*compared.records, *earlier)}
    inputs = {**_reads(desk, compared.editions), **issued, **filled.inputs}
    files.append(manifest(compared.editions, inputs, files))
    progress("searching the files")
    highest = max(edition.marking for edition in compared.editions)
    marked = labels(desk.checked.base, chosen)
    if found := above(desk.checked, files, marked, highest):
        return Built(1, (*warned, *found), desk.texts)
    return Prepared(desk, warned, tuple(chosen), tuple(files))


def _reads(desk: Checked, editions: Sequence[Edition]) -> dict[str, str]:
    """What was read for these editions; no document is named that they could not know or show."""
    assert desk.checked is not None
    latest = max(edition.spec.known_by for edition in editions)
    sources = desk.checked.base.sources.values()
    highest = max(edition.marking for edition in editions)
    left_out = {
        one.file
        for one in sources
        if (day := source_known(one)) is None or day > latest or one.marking > highest
    }
    return {path: digest for path, digest in desk.reads.items() if path not in left_out}


def put(
    prepared: Prepared,
    request: Request,
    progress: Callable[[str], None] = lambda _: None,
    then: Callable[[], Diagnostic | None] = lambda: None,
) -> Built:
    """Publish what was prepared, and do `then` with it or neither."""
    texts, files = prepared.checked.texts, prepared.artifacts
    progress("publishing")
    if found := publish(files, request.out, request.base.parent, then):
        return Built(2, (*prepared.diagnostics, found), texts)
    names = tuple(sorted(file.path for file in files))
    return Built(0, prepared.diagnostics, texts, prepared.briefs, names)


def print_sheets(
    sheets: Mapping[str, str],
    progress: Callable[[str], None] = lambda _: None,
    workers: int | None = None,
) -> tuple[list[Artifact], list[Diagnostic]]:
    """The PDF of each page, by the name that it is to have, or why there is none."""
    printed = print_pdfs(
        sheets,
        fonts(),
        _pdf,
        workers=workers,
        done=lambda name: progress(f"set {name}"),
    )
    broken = [
        diagnostic("pdf-failed", f"{name} could not be made: {result.reason}", None)
        for name, result in printed.items()
        if isinstance(result, Failed)
    ]
    return [
        Artifact(name, "application/pdf", result)
        for name, result in printed.items()
        if not isinstance(result, Failed)
    ], broken


def _pdf(page: str, folder: Path) -> bytes:
    # Imported in the worker, which alone needs WeasyPrint and is limited in what that may use.
    from briefings.render.pdf.write import pdf  # noqa: PLC0415

    return pdf(page, fonts=folder)
