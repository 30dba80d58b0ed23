"""The correction notices of a desk: one for each issued brief that no longer holds in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from briefings.compose.correct import correct
from briefings.core.correction import Correction
from briefings.core.diagnostics import Diagnostic, Refused, refusals_with
from briefings.core.model import Marking
from briefings.core.progress import Progress, silent
from briefings.core.span import SourceText
from briefings.core.values import dataclass
from briefings.desk.checked import SoundDesk, sound
from briefings.make.produce import Inventory, Jobs, Labels, produce, put
from briefings.output.allowed import refusal
from briefings.render.html.fill import Medium
from briefings.render.html.jobs import CorrectionPage
from briefings.run.check import check_desk
from briefings.workers.templates import TemplateRunner, runner_for

_MEDIA: Mapping[str, Medium] = {"html": "screen", "pdf": "print"}


@dataclass(frozen=True, slots=True)
class Corrections:
    """The notices that were written, and their files; without any, nothing was to correct.

    `diagnostics` are warnings, `texts` what they point into, by path.
    """

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
    progress: Progress = silent,
) -> Corrections:
    """Check the desk, and publish a notice for each issued brief that needs one.

    Args:
        base: The fact base.
        out: The folder of the notices, which then holds nothing else.
        templates: The desk's own templates.
        strict: Whether warnings count as errors.
        progress: Is told of each step.

    Raises:
        Refused: With status 1: a mistake in the desk or in a template; with status 2: `out` can't
            be written.
    """
    if fault := refusal(out, base.parent):
        raise Refused(2, [fault])
    progress("checking the base")
    desk = sound(check_desk(base), strict=strict)
    pairs = [(issued, correct(desk.checked, issued.record)) for issued in desk.records.issued]
    notices = tuple(notice for _, notice in pairs if notice is not None)
    if not notices:
        return Corrections(desk.warnings, desk.texts)
    highest = max(notice.marking for notice in notices)
    records = {issued.path: issued.sha256 for issued, notice in pairs if notice is not None}
    labels = {f"{stem(notice)}.{form}": notice.marking for notice in notices for form in _MEDIA}
    root = base.parent
    runner = runner_for(root, templates)
    with refusals_with(desk.warnings, desk.texts):
        files = produce(
            _jobs(notices, runner),
            desk.checked,
            Labels(labels, highest),
            Inventory((), {**_reads(desk, highest), **records}),
            progress=progress,
        )
        names = put(files, out, base.parent, progress=progress)
    return Corrections(desk.warnings, desk.texts, notices, names)


def _jobs(notices: Iterable[Correction], runner: TemplateRunner) -> Jobs:
    """The page of each notice, for screen and print."""
    pages = {
        f"{stem(notice)}.{form}": CorrectionPage(notice, medium)
        for form, medium in _MEDIA.items()
        for notice in notices
    }
    return Jobs(runner, pages)


def _reads(desk: SoundDesk, highest: Marking) -> dict[str, str]:
    """What was read, but for documents above all of the notices."""
    sources = desk.checked.base.sources.values()
    left_out = {source.file for source in sources if source.marking > highest}
    return {path: digest for path, digest in desk.reads.items() if path not in left_out}
