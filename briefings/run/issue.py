"""Issue briefs: build them, and record in the desk what was issued."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from briefings.compose.record import snapshot
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.issued import Record, to_json
from briefings.core.span import Span
from briefings.run.build import Built, Prepared, prepare, put
from briefings.run.choose import Chosen
from briefings.run.issued import FOLDER, Issued, Records
from briefings.run.manifest import Artifact
from briefings.run.place import Taken, place
from briefings.run.request import FORMATS, Request


@dataclass(frozen=True, slots=True)
class IssuedNow:
    """What came of it: the build, and the desk-relative paths of the records.

    `recorded` are new, `standing` were there already and say the same.
    """

    built: Built
    recorded: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()


def issue(
    request: Request,
    *,
    today: Callable[[str], date],
    progress: Callable[[str], None] = lambda _: None,
    workers: int | None = None,
) -> IssuedNow:
    """Build the briefs that are asked for and record each as issued.

    A brief that was issued before on the same day is left as it is if it is the same to the byte;
    if it is not, nothing is written at all.
    """
    prepared = prepare(request, today=today, progress=progress, workers=workers)
    if isinstance(prepared, Built):
        return IssuedNow(prepared)
    records = [_record(brief, prepared.artifacts) for brief in prepared.briefs]
    standing, found = _standing(records, prepared.checked.records)
    if found:
        diagnostics = (*prepared.diagnostics, *found)
        return IssuedNow(Built(1, diagnostics, prepared.checked.texts))
    built = put(prepared, request, progress)
    if built.status != 0:
        return IssuedNow(built)
    progress("recording what was issued")
    new = [record for record in records if record not in [one.record for one in standing]]
    unwritten = _write(new, request.base.parent)
    if unwritten is not None:
        diagnostics = (*prepared.diagnostics, unwritten)
        return IssuedNow(_failed(prepared, diagnostics))
    return IssuedNow(
        built,
        tuple(f"{FOLDER}/{record.name}" for record in new),
        tuple(one.path for one in standing),
    )


def _failed(prepared: Prepared, diagnostics: tuple[Diagnostic, ...]) -> Built:
    return Built(2, diagnostics, prepared.checked.texts)


def _record(brief: Chosen, artifacts: Sequence[Artifact]) -> Record:
    names = {f"{brief.stem}.{form}" for form in FORMATS}
    files = {one.path: sha256(one.content).hexdigest() for one in artifacts if one.path in names}
    return Record(snapshot(brief.edition), dict(sorted(files.items())))


def _standing(records: Sequence[Record], known: Records) -> tuple[list[Issued], list[Diagnostic]]:
    """The records that are there already, and `issued-otherwise` for each that says otherwise."""
    earlier = {one.record.name: one for one in known.issued}
    standing: list[Issued] = []
    found: list[Diagnostic] = []
    for record in records:
        one = earlier.get(record.name)
        if one is None:
            continue
        if one.record == record:
            standing.append(one)
            continue
        said = record.snapshot
        same = one.snapshot == said
        message = (
            f"brief `{said.brief}` of {said.as_of} was already issued as edition"
            f" {one.snapshot.edition}, "
            + ("with other files" if same else f"and would now be {said.edition}")
        )
        hint = (
            "the words are the same, the files are not: templates, formats or tools have changed"
            if same
            else "issue a later day; what was wrong in it, `briefings correction` tells"
        )
        found.append(diagnostic("issued-otherwise", message, Span(one.path, 0, 0), hint))
    return standing, found


def _write(records: Sequence[Record], desk: Path) -> Diagnostic | None:
    folder = desk / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        if folder.is_symlink():
            raise NotADirectoryError(errno.ENOTDIR, "it is a link, not a folder")
        for record in records:
            place(folder / record.name, to_json(record).encode(), replace=False)
    except Taken as taken:
        message = f"{str(taken)!r} was written meanwhile by another issue"
        return diagnostic("issued-twice", message, None, "run `briefings check`")
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        message = f"{str(folder)!r} can't be written: {reason.lower()}"
        return diagnostic("output-unwritable", message, None, "issue again when it can")
    return None
