"""Issue briefs: build them, and record in the desk what was issued."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from briefings.compose.snapshots import snapshot
from briefings.core.artifacts import Artifact
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.record import Record, to_json
from briefings.core.span import Span
from briefings.load.records import FOLDER, Issued, Records
from briefings.output import lock
from briefings.output.atomic import Stuck, Taken, folder_for, reason, settle, staged
from briefings.output.publish import refusal
from briefings.plan.choose import Chosen
from briefings.plan.request import FORMATS, Request
from briefings.run.build import Built, Prepared, prepare, put


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
    if it is not, nothing is written at all. Nor is anything where a record can't be written.
    """
    desk = request.base.parent
    if refused := refusal(request.out, desk):
        return IssuedNow(Built(2, (refused,), {}))
    if request.out.resolve() == (desk / FOLDER).resolve():
        message = f"{str(request.out)!r} is the folder of the records"
        hint = "give a folder of its own, such as --out build"
        return IssuedNow(Built(2, (diagnostic("output-not-ours", message, None, hint),), {}))
    prepared = prepare(request, today=today, progress=progress, workers=workers)
    if isinstance(prepared, Built):
        return IssuedNow(prepared)
    records = [_record(brief, prepared.artifacts) for brief in prepared.briefs]
    standing, found = _standing(records, prepared.checked.records)
    if found:
        diagnostics = (*prepared.diagnostics, *found)
        return IssuedNow(Built(1, diagnostics, prepared.checked.texts))
    new = [record for record in records if record not in [one.record for one in standing]]
    built = _written(prepared, request, new, progress)
    if built.status != 0:
        return IssuedNow(built)
    return IssuedNow(
        built,
        tuple(f"{FOLDER}/{record.name}" for record in new),
        tuple(one.path for one in standing),
    )


def _failed(prepared: Prepared, found: Diagnostic) -> Built:
    return Built(2, (*prepared.diagnostics, found), prepared.checked.texts)


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
            "the words are the same, the files are not: templates, formats, paper or tools changed"
            if same
            else "issue a later day; what was wrong in it, `briefings correction` tells"
        )
        found.append(diagnostic("issued-otherwise", message, Span(one.path, 0, 0), hint))
    return standing, found


def _written(
    prepared: Prepared,
    request: Request,
    records: Sequence[Record],
    progress: Callable[[str], None],
) -> Built:
    """Publish the briefs and place their new records: all of it, or nothing.

    The records are on the disk before the output is touched; then they only get their names, for
    which a full disk has room.
    """
    if not records:
        return put(prepared, request, progress)
    desk = request.base.parent
    folder = desk / FOLDER
    files = {folder / record.name: to_json(record).encode() for record in records}

    def then() -> Diagnostic | None:
        progress("recording what was issued")
        return _settled(folder, tuple(files))

    try:
        with lock.alone(request.base), folder_for(folder):
            for path in files:
                if os.path.lexists(path):
                    return _failed(prepared, _meanwhile(path.name))
            with staged(files):
                return put(prepared, request, progress, then)
    except BlockingIOError:
        message = f"another issue of this desk has been at work for {lock.PATIENCE:.0f} seconds"
        hint = "wait for it to end, or stop it"
        return _failed(prepared, diagnostic("output-unwritable", message, None, hint))
    except OSError as error:
        return _failed(prepared, _unwritable(folder, error))


def _settled(folder: Path, paths: Sequence[Path]) -> Diagnostic | None:
    try:
        settle(paths)
    except Taken as taken:
        return _meanwhile(str(taken))
    except OSError as error:
        return _unwritable(folder, error)
    except Stuck as stuck:
        names = ", ".join(repr(str(path)) for path in stuck.left)
        what = (
            _meanwhile(str(stuck.reason))
            if isinstance(stuck.reason, Taken)
            else _unwritable(folder, stuck.reason)
        )
        message = f"{what.message}; and {names} can't be removed again"
        hint = Hint("remove it: what it records was not issued")
        return replace(what, message=message, hints=(hint, *what.hints))
    return None


def _meanwhile(name: str) -> Diagnostic:
    message = f"{name!r} was written meanwhile by another issue"
    return diagnostic("issued-twice", message, None, "run `briefings check`")


def _unwritable(folder: Path, error: Exception) -> Diagnostic:
    message = f"{str(folder)!r} can't be written: {reason(error)}"
    return diagnostic("output-unwritable", message, None, "issue again when it can")
