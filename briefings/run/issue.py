"""Issue briefs: build them, and record in the desk what was issued."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from briefings.core.artifacts import Artifact
from briefings.core.codes import CODES
from briefings.core.diagnostics import Diagnostic, Hint, Refused, diagnostic, refusals_with
from briefings.core.filenames import FORMATS
from briefings.core.limits import RECORD
from briefings.core.progress import Progress, silent
from briefings.core.record import Record, to_json
from briefings.core.snapshot import Snapshot
from briefings.core.span import Span
from briefings.core.values import dataclass
from briefings.load.records import FOLDER, Issued, Records
from briefings.output import lock
from briefings.output.atomic import Stuck, Taken, clear, folder_for, reason, settle, staged
from briefings.plan.choose import Chosen
from briefings.plan.request import Request
from briefings.run.build import Built, Prepared, prepare, put


@dataclass(frozen=True, slots=True)
class IssuedNow:
    """What was issued: the build, and the desk-relative paths of the records.

    `recorded` are new, `standing` were there already and say the same.
    """

    built: Built
    recorded: tuple[str, ...]
    standing: tuple[str, ...]


def issue(
    request: Request,
    *,
    today: Callable[[str], date],
    progress: Progress = silent,
    workers: int | None = None,
) -> IssuedNow:
    """Build the briefs that are asked for and record each as issued.

    A brief that was issued before on the same day is left as it is if it is the same to the byte.

    Args:
        request: What to build and issue.
        today: The calendar day in a time zone, by its IANA name.
        progress: Is told of each step.
        workers: How many processes set PDFs; None for one a processor.

    Raises:
        Refused: As of `build`; with status 1 too where a warning was not answered or a brief was
            issued otherwise on the same day, with status 2 where a record can't be written. Then
            nothing is written at all.
    """
    prepared = prepare(
        request, today=today, progress=progress, workers=workers, hold=_hold_unanswered
    )
    built = prepared.built
    records = [_record(brief, prepared.artifacts) for brief in built.briefs]
    with refusals_with(built.diagnostics, built.texts):
        standing = _standing(records, prepared.desk.records)
    new = [record for record in records if record not in [each.record for each in standing]]
    return IssuedNow(
        _written(prepared, request, new, progress),
        tuple(f"{FOLDER}/{record.name}" for record in new),
        tuple(issued.path for issued in standing),
    )


# The first two are of briefs that are not made; the third is mended by this very issue; the fourth
# is of no brief.
_NOT_HOLDING = frozenset({"nothing-known", "nothing-matches", "issue-cut-short", "key-readable"})


def _hold_unanswered(warnings: Sequence[Diagnostic]) -> None:
    """Refuse to issue what a warning is open about: a record stands for good.

    Raises:
        Refused: With status 1 and all warnings; those that hold the issue say so.
    """
    if any(each.code not in _NOT_HOLDING for each in warnings):
        raise Refused(1, [_held(each) for each in warnings])


def _held(warning: Diagnostic) -> Diagnostic:
    if warning.code in _NOT_HOLDING:
        return warning
    step = "an issue waits until this is mended"
    if CODES[warning.code].acceptable:
        answer = f"`accept: [{{code: {warning.code}, why: …}}]`"
        step = f"{step}, or answered in its entry: {answer}"
    return replace(warning, hints=(*warning.hints, Hint(step)))


def _record(brief: Chosen, artifacts: Sequence[Artifact]) -> Record:
    names = {f"{brief.stem}.{form}" for form in FORMATS}
    files = {
        file.path: sha256(file.content).hexdigest() for file in artifacts if file.path in names
    }
    return Record(brief.edition.snapshot, dict(sorted(files.items())))


def _standing(records: Sequence[Record], known: Records) -> list[Issued]:
    """The records that are there already.

    Raises:
        Refused: With status 1 and `issued-otherwise` for each that says otherwise.
    """
    by_name = {issued.record.name: issued for issued in known.issued}
    standing: list[Issued] = []
    faults: list[Diagnostic] = []
    for record in records:
        earlier = by_name.get(record.name)
        if earlier is None:
            continue
        if earlier.record == record:
            standing.append(earlier)
        else:
            faults.append(_otherwise(record.snapshot, earlier))
    if faults:
        raise Refused(1, faults)
    return standing


def _otherwise(now: Snapshot, earlier: Issued) -> Diagnostic:
    """The mistake that an edition was issued before, and said something else or had other files."""
    same = earlier.snapshot == now
    message = (
        f"brief `{now.brief}` of {now.as_of} was already issued as edition"
        f" {earlier.snapshot.edition}, "
        + ("with other files" if same else f"and would now be {now.edition}")
    )
    hint = (
        "the words are the same, the files are not: templates, formats, paper or tools changed"
        if same
        else "issue a later day; what was wrong in it, `briefings correction` tells"
    )
    return diagnostic("issued-otherwise", message, Span(earlier.path, 0, 0), hint)


def _written(
    prepared: Prepared, request: Request, records: Sequence[Record], progress: Progress
) -> Built:
    """Publish the briefs and place their new records: all of it, or nothing.

    The records are on the disk before the output is touched; then they only get their names, for
    which a full disk has room.

    Raises:
        Refused: With status 2: the output or a record can't be written.
    """
    if not records:
        return put(prepared, request, progress)
    desk = request.base.parent
    folder = desk / FOLDER
    files = {folder / record.name: to_json(record).encode() for record in records}
    if too_large := [path for path, content in files.items() if len(content) > RECORD.most]:
        message = f"the record {too_large[0].name!r} would be larger than {RECORD.shown}"
        need = max(map(len, files.values()))
        hint = "issue briefs of fewer facts"
        raise Refused.by(1, "too-large", message, hint, RECORD.raising_to(need))
    if request.signing is not None:
        from briefings.make.signatures import signed_beside  # noqa: PLC0415 # of an extra

        files = signed_beside(files, request.signing)

    def then() -> Diagnostic | None:
        progress("recording what was issued")
        return _settled(folder, tuple(files))

    def refused(fault: Diagnostic) -> Refused:
        return Refused(2, (*prepared.built.diagnostics, fault), prepared.built.texts)

    try:
        with lock.alone(request.base), folder_for(folder):
            clear(folder)
            for path in files:
                if os.path.lexists(path):
                    raise refused(_meanwhile(path.name))
            with staged(files):
                return put(prepared, request, progress, then)
    except BlockingIOError:
        message = f"another issue of this desk has been at work for {lock.PATIENCE:.0f} seconds"
        hint = "wait for it to end, or stop it"
        raise refused(diagnostic("output-unwritable", message, None, hint)) from None
    except OSError as error:
        raise refused(_unwritable(folder, error)) from error


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
