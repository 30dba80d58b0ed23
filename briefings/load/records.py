"""The records of issued briefs in a desk's folder: read, held against the base, looked up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from briefings.core import files
from briefings.core import record as issued_record
from briefings.core.canonical import CHECKSUM, ChecksumMismatch, NotASnapshot
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.model import Marking
from briefings.core.record import Record
from briefings.core.snapshot import Snapshot
from briefings.core.span import SourceText, Span

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


@dataclass(frozen=True, slots=True)
class Records:
    """All records of a desk, by brief, language and day; `texts` by path, broken ones too."""

    issued: tuple[Issued, ...]
    texts: Mapping[str, SourceText]
    diagnostics: tuple[Diagnostic, ...]


def read(root: Path) -> Records:
    """Every record in the folder `issued` of the desk at `root`."""
    texts: dict[str, SourceText] = {}
    found: list[Diagnostic] = []
    read: list[Issued] = []
    for path in _paths(root, found):
        one = _read(root, path, texts)
        if isinstance(one, Issued):
            read.append(one)
        else:
            found.append(one)
    first: dict[tuple[str, str, date], Issued] = {}
    for one in sorted(read, key=lambda one: (one.path != _place(one.record), one.path)):
        said = one.snapshot
        earlier = first.setdefault((said.brief, said.language, said.as_of), one)
        if earlier is not one:
            found.append(_twice(one, earlier))
        elif one.path != _place(one.record):
            message = f"it records {one.record.name.removesuffix('.json')} under another name"
            span = Span(one.path, 0, 0)
            found.append(diagnostic("issued-tampered", message, span, f"it was {one.record.name}"))
    return Records(tuple(first[key] for key in sorted(first)), texts, tuple(found))


def _paths(root: Path, found: list[Diagnostic]) -> list[str]:
    """Where records stand. That there is none is true only where they could be looked for."""
    whole = Span(FOLDER, 0, 0)
    if (root / FOLDER).is_symlink():
        message = f"{FOLDER!r} is a link, which is not followed: no record is read"
        found.append(diagnostic("issued-unreadable", message, whole, "move the folder here"))
        return []
    try:
        return files.matching(root, f"{FOLDER}/*.json")
    except files.Unreadable as error:
        message = f"{FOLDER!r} can't be looked through: {error}"
        found.append(diagnostic("issued-unreadable", message, whole))
        return []


def _place(record: Record) -> str:
    return f"{FOLDER}/{record.name}"


def _read(root: Path, path: str, texts: dict[str, SourceText]) -> Issued | Diagnostic:
    whole = Span(path, 0, 0)
    try:
        content = files.read(root, path)
        text = SourceText(path, content.decode("utf-8"))
    except (files.OutsideFolder, files.Unreadable) as error:
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


def _twice(one: Issued, earlier: Issued) -> Diagnostic:
    said = one.snapshot
    message = f"brief `{said.brief}` in `{said.language}` of {said.as_of} is recorded twice"
    other = Hint("the other record", Span(earlier.path, 0, 0))
    return diagnostic(
        "issued-twice", message, Span(one.path, 0, 0), "keep the one that was issued", other
    )


def find(text: SourceText, words: str) -> Span:
    """Where `words` stand last in `text`; its beginning where they do not."""
    start = text.text.rfind(words)
    return Span(text.path, start, start + len(words)) if start >= 0 else Span(text.path, 0, 0)


def vanished(standing: Collection[str], records: Records) -> Iterator[Diagnostic]:
    """`issued-fact-vanished` for each issued fact that the base no longer has, once.

    `standing` are the ids of the facts that stand in the base, sound or not: one that only can't
    be read has not vanished.
    """
    told: dict[str, Issued] = {}
    for one in records.issued:
        said = one.snapshot
        for name in (*(each.id for each in said.facts), *(each.id for each in said.withdrawn)):
            told.setdefault(name, one)
    for fact, one in sorted(told.items()):
        if fact not in standing:
            said = one.snapshot
            message = (
                f"fact `{fact}` was issued in brief `{said.brief}` of {said.as_of}, and the base"
                " no longer has it"
            )
            hint = "put it back; withdraw it with a date and a reason instead of deleting it"
            span = find(one.text, f'"id": "{fact}"')
            yield diagnostic("issued-fact-vanished", message, span, hint)


def last_before(records: Records, snapshot: Snapshot, ceiling: Marking) -> Issued | None:
    """The last issued edition of the brief of `snapshot`, of a day before its own.

    None that knew more than this one may, by its day or by its marking.
    """
    earlier = [
        one
        for one in records.issued
        if (one.snapshot.brief, one.snapshot.language) == (snapshot.brief, snapshot.language)
        and one.snapshot.as_of < snapshot.as_of
        and one.snapshot.known_by <= snapshot.known_by
        and one.snapshot.marking <= ceiling
    ]
    return max(earlier, key=lambda one: one.snapshot.as_of, default=None)
