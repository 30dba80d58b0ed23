"""The record of an issued brief: what it said, and the hashes of the files that said it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from briefings.core.canonical import NotASnapshot, with_checksum, without_checksum
from briefings.core.limits import RECORD
from briefings.core.snapshot import Snapshot, from_object, to_object
from briefings.core.values import dataclass

FORMAT = "briefings-issued-1"

_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class Record:
    """An edition as it was issued; `files` maps the name of each file to its SHA-256."""

    snapshot: Snapshot
    files: Mapping[str, str]

    @property
    def name(self) -> str:
        """The file name of the record: one for each brief, language and day."""
        return record_name(self.snapshot.brief, self.snapshot.language, self.snapshot.as_of)


def record_name(brief: str, language: str, as_of: date) -> str:
    """The file name of the record of an edition.

    Args:
        brief: The name of the brief.
        language: The code of its language.
        as_of: The edition's day.
    """
    return f"{brief}.{language}.{as_of}.json"


def to_json(record: Record) -> str:
    """The record as canonical JSON with one checksum."""
    files = dict(sorted(record.files.items()))
    return with_checksum({"format": FORMAT, "files": files, "edition": to_object(record.snapshot)})


def from_json(text: str) -> Record:
    """The record in `text`.

    Raises:
        ChecksumMismatch: It was one, and was changed.
        NotASnapshot: It is none.
    """
    if len(text) > RECORD.most:
        raise NotASnapshot(f"it is larger than {RECORD.shown}; {RECORD.raising_to(len(text))}")
    content = without_checksum(text, FORMAT)
    files = content.get("files")
    if content.keys() != {"format", "files", "edition"} or not isinstance(files, dict):
        raise NotASnapshot("it is no record of this format")
    if not all(isinstance(digest, str) and _DIGEST.match(digest) for digest in files.values()):
        raise NotASnapshot("it does not give each file its SHA-256")
    return Record(from_object(content["edition"]), files)
