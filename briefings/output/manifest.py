"""The manifest: what a build read, chose and wrote, each with its SHA-256.

It is a statement as in-toto has them (Statement v1), with the provenance of SLSA v1 as what is
stated: the files of the build are its subjects, what was read its dependencies, and the briefs
its parameters. So tools that know neither us nor our briefs can hold the files against it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefings import __version__
from briefings.core import files
from briefings.core.limits import RECORD

if TYPE_CHECKING:
    # Half of the values of a brief, where all that is asked may be what files a build has.
    from briefings.core.artifacts import Artifact
    from briefings.core.edition import Edition
    from briefings.core.untranslated import Unmade

NAME = "manifest.json"
SIGNATURE = f"{NAME}.p7s"
"""The file beside it that signs it, where a build is signed."""

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://slsa.dev/provenance/v1"
BUILD_TYPE = "urn:briefings:build:1"
_BUILDER = "urn:briefings:builder"
_EARLIER_FORMAT = "briefings-manifest-1"


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
    briefs = sorted(editions, key=attrgetter("spec.brief", "spec.language"))
    content = {
        "_type": STATEMENT,
        "subject": [
            {
                "name": artifact.path,
                "digest": {"sha256": sha256(artifact.content).hexdigest()},
                "mediaType": artifact.media_type,
                "annotations": {"bytes": len(artifact.content)},
            }
            for artifact in written
        ],
        "predicateType": PREDICATE,
        "predicate": {
            "buildDefinition": {
                "buildType": BUILD_TYPE,
                "externalParameters": {
                    "briefs": [_brief(edition) for edition in briefs],
                    "not_made": [_unmade(edition) for edition in unmade],
                },
                "resolvedDependencies": [
                    {"name": path, "digest": {"sha256": digest}}
                    for path, digest in sorted(inputs.items())
                ],
            },
            "runDetails": {"builder": {"id": _BUILDER, "version": {"briefings": __version__}}},
        },
    }
    # Late: whoever asks whether a build stands makes no file.
    from briefings.core.artifacts import Artifact  # noqa: PLC0415

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


def _unmade(edition: Unmade) -> dict[str, object]:
    return {
        "brief": edition.brief,
        "language": edition.language,
        "untranslated": [
            {"texts": each.kind, "missing": each.missing, "total": each.total}
            for each in edition.missing
        ],
    }


def digests(content: bytes) -> dict[str, str] | None:
    """The SHA-256 of each file that a manifest names, by path; None if it is no manifest of ours.

    Args:
        content: What stands in its place, of which nothing is believed.
    """
    if len(content) > RECORD.most:
        return None
    try:
        read: Any = json.loads(content)
        if read.get("format") == _EARLIER_FORMAT:
            return {str(each["path"]): str(each["sha256"]) for each in read["artifacts"]}
        if read["predicate"]["buildDefinition"]["buildType"] != BUILD_TYPE:
            return None
        return {str(each["name"]): str(each["digest"]["sha256"]) for each in read["subject"]}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def named_by(content: bytes) -> frozenset[str] | None:
    """The files of the build whose manifest `content` is; None if it is no manifest of ours."""
    named = digests(content)
    return None if named is None else frozenset({NAME, SIGNATURE, *named})


def briefs_of(content: bytes) -> int:
    """How many briefs a manifest is of; 0 if it is no manifest of ours."""
    if digests(content) is None:
        return 0
    try:
        read: Any = json.loads(content)
        if read.get("format") != _EARLIER_FORMAT:
            read = read["predicate"]["buildDefinition"]["externalParameters"]
        return len(read["briefs"])
    except (TypeError, KeyError):
        return 0


def found_in(folder: Path) -> bytes | None:
    """What stands in the place of a manifest in `folder`; None unless that is a regular file."""
    return files.if_there(folder, NAME)
