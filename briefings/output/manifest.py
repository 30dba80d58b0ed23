"""The manifest: what a build read, chose and wrote, each with its SHA-256."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from operator import attrgetter
from pathlib import Path

from briefings import __version__
from briefings.core import files
from briefings.core.artifacts import Artifact
from briefings.core.edition import Edition
from briefings.core.untranslated import Unmade

NAME = "manifest.json"
FORMAT = "briefings-manifest-1"


def manifest(
    editions: Iterable[Edition],
    inputs: Mapping[str, str],
    artifacts: Iterable[Artifact],
    unmade: Iterable[Unmade] = (),
) -> Artifact:
    """The manifest of a build; it holds no time, no absolute path and nothing of the machine.

    Args:
        editions: What was chosen.
        inputs: The SHA-256 of each file that was read, by path.
        artifacts: All files of the build but itself.
        unmade: Editions that were left out, since they are not translated.

    """
    written = sorted(artifacts, key=attrgetter("path"))
    content = {
        "format": FORMAT,
        "tool": {"name": "briefings", "version": __version__},
        "briefs": [
            _brief(edition)
            for edition in sorted(editions, key=attrgetter("spec.brief", "spec.language"))
        ],
        "not_made": [
            {
                "brief": edition.brief,
                "language": edition.language,
                "untranslated": [
                    {"texts": each.kind, "missing": each.missing, "total": each.total}
                    for each in edition.missing
                ],
            }
            for edition in unmade
        ],
        "inputs": dict(sorted(inputs.items())),
        "artifacts": [
            {
                "path": artifact.path,
                "media_type": artifact.media_type,
                "bytes": len(artifact.content),
                "sha256": sha256(artifact.content).hexdigest(),
            }
            for artifact in written
        ],
    }
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    return Artifact(NAME, "application/json", text.encode())


def _brief(edition: Edition) -> dict[str, object]:
    return {
        "brief": edition.spec.brief,
        "topics": list(edition.spec.topics),
        "language": edition.spec.language,
        "as_of": edition.spec.as_of.isoformat(),
        "known_by": edition.spec.known_by.isoformat(),
        "since": edition.spec.window.since.isoformat(),
        "until": edition.spec.window.until.isoformat(),
        "edition": edition.id,
        "fingerprint": edition.fingerprint,
        "marking": edition.marking.label,
        "facts": [sentence.fact.id for sentence in edition.sentences],
        "judgements": [view.judgement.id for view in edition.judgements],
        "sources": [view.source.id for view in edition.sources],
    }


def named_by(content: bytes) -> frozenset[str] | None:
    """The files of the build whose manifest `content` is; None if it is no manifest of ours."""
    try:
        read = json.loads(content)
        if read["format"] != FORMAT:
            return None
        return frozenset({NAME, *(str(artifact["path"]) for artifact in read["artifacts"])})
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def found_in(folder: Path) -> bytes | None:
    """What stands in the place of a manifest in `folder`; None unless that is a regular file."""
    try:
        return files.read(folder, NAME)
    except (files.OutsideFolder, files.Unreadable):
        return None
