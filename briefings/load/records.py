"""The records of issued briefs in a desk's folder: read, held against the base, looked up."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from briefings.core import files, unfinished
from briefings.core.canonical import CHECKSUM, ChecksumMismatch, NotASnapshot
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.model import Marking
from briefings.core.span import SourceText, Span
from briefings.core.values import dataclass

# What is needed to read a record is loaded where there is one.
if TYPE_CHECKING:
    from briefings.core.record import Record
    from briefings.core.snapshot import Snapshot

FOLDER = "issued"


@dataclass(frozen=True, slots=True)
class Issued:
    """A record as it stands in the desk: its path there, its text, its hash, what it holds."""

    text: SourceText
    sha256: str
    record: Record

    @property
    def path(self) -> str:
        """Where it stands, relative to the desk."""
        return self.text.path

    @property
    def snapshot(self) -> Snapshot:
        """The edition that was issued."""
        return self.record.snapshot

    @property
    def is_in_its_place(self) -> bool:
        """Whether it stands where `issue` put it."""
        return self.path == f"{FOLDER}/{self.record.name}"


@dataclass(frozen=True, slots=True)
class Records:
    """All records of a desk, by brief, language and day; `texts` by path, broken ones too."""

    issued: tuple[Issued, ...]
    texts: Mapping[str, SourceText]
    diagnostics: tuple[Diagnostic, ...]


def read(root: Path) -> Records:
    """Read every record in the folder `issued` of a desk.

    Args:
        root: The folder of the desk. Neither `issued` nor a record may be a link.

    Returns:
        The sound records, one for each brief, language and day; and `issued-unreadable`,
        `issued-tampered` or `issued-twice` for each of the others; `issue-cut-short` for each
        that an issue was about to put there.
    """
    texts: dict[str, SourceText] = {}
    diagnostics: list[Diagnostic] = []
    read: list[Issued] = []
    for path in _paths(root, diagnostics):
        result = _read(root, path, texts)
        if isinstance(result, Issued):
            read.append(result)
        else:
            diagnostics.append(result)
    diagnostics += _cut_short(root)
    first: dict[tuple[str, str, date], Issued] = {}
    for issued in sorted(read, key=lambda issued: (not issued.is_in_its_place, issued.path)):
        edition = issued.snapshot
        earlier = first.setdefault((edition.brief, edition.language, edition.as_of), issued)
        if earlier is not issued:
            diagnostics.append(_twice(issued, earlier))
        elif not issued.is_in_its_place:
            name = issued.record.name
            message = f"it records {name.removesuffix('.json')} under another name"
            span = Span(issued.path, 0, 0)
            diagnostics.append(diagnostic("issued-tampered", message, span, f"it was {name}"))
    return Records(tuple(first[key] for key in sorted(first)), texts, tuple(diagnostics))


def _paths(root: Path, diagnostics: list[Diagnostic]) -> list[str]:
    """Where records stand. That there is none is true only where they could be looked for."""
    whole = Span(FOLDER, 0, 0)
    if (root / FOLDER).is_symlink():
        message = f"{FOLDER!r} is a link, which is not followed: no record is read"
        step = "move the folder here"
        diagnostics.append(diagnostic("issued-unreadable", message, whole, step))
        return []
    if (root / FOLDER).exists() and not (root / FOLDER).is_dir():
        message = f"{FOLDER!r} is no folder: no record is read"
        step = "move it away, and restore the folder from your version control"
        diagnostics.append(diagnostic("issued-unreadable", message, whole, step))
        return []
    try:
        paths = files.matching(root, f"{FOLDER}/*.json")
        return sorted({*paths, *_called_records(root)})
    except files.Unreadable as error:
        message = f"{FOLDER!r} can't be looked through: {error}"
        diagnostics.append(diagnostic("issued-unreadable", message, whole))
        return []


def _called_records(root: Path) -> Iterator[str]:
    """What is called like a record, be it a folder or in capitals: no record comes beside it."""
    with suppress(OSError):  # there is no such folder
        for name in files.names(root / FOLDER):
            if name.lower().endswith(".json") and not name.startswith("."):
                yield f"{FOLDER}/{name}"


def _cut_short(root: Path) -> Iterator[Diagnostic]:
    """A warning for each record that was written and never got its name."""
    with suppress(OSError):  # there is no such folder, or it was said that it can't be read
        for name in filter(unfinished.is_staged, files.names(root / FOLDER)):
            path = f"{FOLDER}/{name}"
            message = (
                "an issue was cut short, or is still at work: what it published has no record"
                f" {unfinished.final(name)!r} yet"
            )
            step = f"issue again, or remove {path!r} if that brief went to nobody"
            yield diagnostic("issue-cut-short", message, Span(path, 0, 0), step)


def _read(root: Path, path: str, texts: dict[str, SourceText]) -> Issued | Diagnostic:
    from briefings.core import record as issued_record  # noqa: PLC0415 # few desks have any

    whole = Span(path, 0, 0)
    try:
        content = files.read(root, path)
        text = SourceText(path, content.decode("utf-8"))
    except files.Unreadable as error:
        message = f"{path!r} can't be read: {error}"
        return diagnostic("issued-unreadable", message, whole, *error.hints)
    except files.OutsideFolder as error:
        return diagnostic("issued-unreadable", f"{path!r} can't be read: {error}", whole)
    except UnicodeDecodeError:
        return diagnostic("issued-unreadable", f"{path!r} is not UTF-8", whole)
    texts[path] = text
    try:
        record = issued_record.from_json(text.text)
    except ChecksumMismatch as error:
        span = find(text, f'"{CHECKSUM}"')
        return diagnostic(
            "issued-tampered", f"{path!r} is no longer what was issued: {error}", span
        )
    except NotASnapshot as error:
        return diagnostic("issued-unreadable", f"{path!r} is no record: {error}", whole)
    return Issued(text, sha256(content).hexdigest(), record)


def _twice(issued: Issued, earlier: Issued) -> Diagnostic:
    edition = issued.snapshot
    message = (
        f"brief `{edition.brief}` in `{edition.language}` of {edition.as_of} is recorded twice"
    )
    other = Hint("the other record", Span(earlier.path, 0, 0))
    step = "keep the one that was issued"
    return diagnostic("issued-twice", message, Span(issued.path, 0, 0), step, other)


def find(text: SourceText, words: str) -> Span:
    """The last place of some words in a text.

    Args:
        text: A file of the desk.
        words: What is looked for, to the letter.

    Returns:
        Their range, half-open in code points; that of nothing, at the beginning, where they do not
        stand.
    """
    start = text.text.rfind(words)
    return Span(text.path, start, start + len(words)) if start >= 0 else Span(text.path, 0, 0)


_ID = re.compile(r'"id": "([^"]*)"')


def vanished(standing: Collection[str], records: Records) -> Iterator[Diagnostic]:
    """`issued-fact-vanished` for each issued fact that the base no longer has, once.

    Args:
        standing: The ids of the facts that stand in the base, sound or not: one that only can't be
            read has not vanished.
        records: What the desk has issued.
    """
    first: dict[str, Issued] = {}
    for issued in records.issued:
        edition = issued.snapshot
        for name in (
            *(each.id for each in edition.facts),
            *(each.id for each in edition.withdrawn),
        ):
            first.setdefault(name, issued)
    places: dict[str, dict[str, tuple[int, int]]] = {}
    for fact, issued in sorted(first.items()):
        if fact not in standing:
            edition = issued.snapshot
            message = (
                f"fact `{fact}` was issued in brief `{edition.brief}` of {edition.as_of}, and the"
                " base no longer has it"
            )
            hint = "put it back; withdraw it with a date and a reason instead of deleting it"
            if issued.path not in places:
                places[issued.path] = {
                    each[1]: each.span() for each in _ID.finditer(issued.text.text)
                }
            span = Span(issued.path, *places[issued.path].get(fact, (0, 0)))
            yield diagnostic("issued-fact-vanished", message, span, hint)


def last_before(records: Records, snapshot: Snapshot, ceiling: Marking) -> Issued | None:
    """The last issued edition of the same brief and language of an earlier day.

    Args:
        records: All that were issued.
        snapshot: The edition that is to be compared with it.
        ceiling: The highest marking that the later edition may hold.

    Returns:
        The record; None where nothing was issued, or only editions that knew more than this one
        may, by their day or by their marking.
    """
    earlier = [
        issued
        for issued in records.issued
        if (issued.snapshot.brief, issued.snapshot.language) == (snapshot.brief, snapshot.language)
        and issued.snapshot.as_of < snapshot.as_of
        and issued.snapshot.known_by <= snapshot.known_by
        and issued.snapshot.marking <= ceiling
    ]
    return max(earlier, key=lambda issued: issued.snapshot.as_of, default=None)
