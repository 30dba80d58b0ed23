"""The correction notices of a desk: one for each issued brief that no longer holds in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefings.compose.correct import correct
from briefings.core.artifacts import Artifact
from briefings.core.correction import Correction
from briefings.core.diagnostics import Diagnostic, failed
from briefings.core.model import Marking
from briefings.core.span import SourceText
from briefings.output.manifest import manifest
from briefings.output.publish import publish, refusal
from briefings.render.html.fill import Medium
from briefings.render.html.jobs import CorrectionPage
from briefings.run.build import print_sheets
from briefings.run.check import Checked, check_desk
from briefings.run.pages import HTML
from briefings.scan.scan import above
from briefings.workers.templates import Fault, TemplateRunner, templates_of

_MEDIA: Mapping[str, Medium] = {"html": "screen", "pdf": "print"}


@dataclass(frozen=True, slots=True)
class Corrections:
    """What came of it. With status 0 and no notice, nothing was to correct and none was written."""

    status: int
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, SourceText]
    notices: tuple[Correction, ...] = ()
    files: tuple[str, ...] = ()


def stem(notice: Correction) -> str:
    """The name of a notice's files without extension; the record is named alike."""
    return "correction." + notice.record.name.removesuffix(".json")


def corrections(
    base: Path,
    out: Path,
    *,
    templates: Path | None = None,
    strict: bool = False,
    progress: Callable[[str], None] = lambda _: None,
    workers: int | None = None,
) -> Corrections:
    """Check the desk, and publish into `out` a notice for each issued brief that needs one."""
    if found := refusal(out, base.parent):
        return Corrections(2, (found,), {})
    progress("checking the base")
    desk = check_desk(base)
    if desk.checked is None or failed(desk.diagnostics, strict=strict):
        return Corrections(1, desk.diagnostics, desk.texts)
    made = [(one, correct(desk.checked, one.record)) for one in desk.records.issued]
    told = tuple(notice for _, notice in made if notice is not None)
    if not told:
        return Corrections(0, desk.diagnostics, desk.texts)
    progress("filling the pages")
    records = {one.path: one.sha256 for one, notice in made if notice is not None}
    runner = TemplateRunner(templates_of(base.parent, templates), base.parent)
    filled = _filled(desk, told, records, runner)
    if isinstance(filled, Corrections):
        return filled
    files, sheets, read = filled
    printed, broken = print_sheets(sheets, progress, workers)
    if broken:
        return Corrections(1, (*desk.diagnostics, *broken), desk.texts)
    files += printed
    files.append(manifest((), read, files))
    progress("searching the files")
    marked = {f"{stem(one)}.{form}": one.marking for one in told for form in _MEDIA}
    if leaks := above(desk.checked, files, marked, _highest(told)):
        return Corrections(1, (*desk.diagnostics, *leaks), desk.texts)
    progress("publishing")
    if found := publish(files, out, base.parent):
        return Corrections(2, (*desk.diagnostics, found), desk.texts)
    names = tuple(sorted(file.path for file in files))
    return Corrections(0, desk.diagnostics, desk.texts, told, names)


def _filled(
    desk: Checked,
    told: tuple[Correction, ...],
    records: Mapping[str, str],
    runner: TemplateRunner,
) -> tuple[list[Artifact], dict[str, str], dict[str, str]] | Corrections:
    """The web pages, the pages that are to become PDFs, and what they were made of."""
    jobs = {
        f"{stem(notice)}.{form}": CorrectionPage(notice, medium)
        for form, medium in _MEDIA.items()
        for notice in told
    }
    made = runner.fill(jobs)
    if isinstance(made, Fault):
        return Corrections(1, (*desk.diagnostics, made.found), {**desk.texts, **made.texts})
    files = [
        Artifact(name, HTML, text.encode())
        for name, text in made.texts.items()
        if name.endswith(".html")
    ]
    sheets = {name: text for name, text in made.texts.items() if name.endswith(".pdf")}
    return files, sheets, {**_reads(desk, told), **records, **made.inputs}


def _highest(told: tuple[Correction, ...]) -> Marking:
    return max(notice.marking for notice in told)


def _reads(desk: Checked, told: tuple[Correction, ...]) -> dict[str, str]:
    """What was read, but for documents above all of the notices."""
    assert desk.checked is not None
    sources = desk.checked.base.sources.values()
    left_out = {source.file for source in sources if source.marking > _highest(told)}
    return {path: digest for path, digest in desk.reads.items() if path not in left_out}
