"""Manifests of builds held against the files beside them, and records against their checksum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from briefings.core import files
from briefings.core.canonical import NotASnapshot
from briefings.core.filenames import is_front
from briefings.core.limits import RECORD
from briefings.core.record import from_json
from briefings.output.manifest import NAME as MANIFEST
from briefings.output.manifest import digests
from briefings.render.html.embedded import OPENING
from briefings.sign.make import SUFFIX
from briefings.verify import signer
from briefings.verify.signer import Certificates
from briefings.verify.submitted import Given
from briefings.verify.verdict import Fault, Finding, State, Verdict


def of_listing(given: Given, trusted: Certificates | None) -> Verdict:
    """A manifest held against the files beside it, or a record against its checksum."""
    named = digests(given.whole)
    edition = None
    if named is not None:
        faults = tuple(_not_as_built(given.path.parent, named))
        count = f"all {len(named)} files are those that it names"
        data = (
            Finding(State.HOLDS, count) if not faults else Finding(State.FAILS, faults[0].message)
        )
    else:
        try:
            edition = from_json(given.whole.decode(errors="replace")).snapshot
            faults = ()
            text = f"the record of edition {edition.edition} of {edition.as_of}, unchanged"
            data = Finding(State.HOLDS, text)
        except NotASnapshot as error:
            faults = (Fault(f"it is neither a manifest nor a record that holds: {error}"),)
            data = Finding(State.FAILS, faults[0].message)
    return Verdict(edition, data, None, None, faults, signature=_signature_beside(given, trusted))


def of_front(given: Given) -> Verdict | None:
    """A page that lists the briefs of a build, as the manifest beside it names it; else None.

    By its name it is none of a brief, so that no brief passes for one by losing its data.
    """
    if not is_front(given.path.name) or OPENING.encode() in given.whole:
        return None
    named = None
    with suppress(files.OutsideFolder, files.Unreadable):
        named = digests(files.read(given.path.parent, MANIFEST, RECORD))
    if (named or {}).get(given.path.name) != sha256(given.whole).hexdigest():
        return None
    text = f"no brief, but the list of briefs that {MANIFEST} beside it names, unchanged"
    return Verdict(None, Finding(State.HOLDS, text), None, None, ())


def _not_as_built(folder: Path, named: Mapping[str, str]) -> Iterator[Fault]:
    if not named:
        yield Fault("it names no file")
    for name, digest in named.items():
        try:
            content = files.read(folder, name)
        except (files.OutsideFolder, files.Unreadable) as error:
            yield Fault(f"{name} can't be read: {error}")
            continue
        if sha256(content).hexdigest() != digest:
            yield Fault(f"{name} is not as it was built")


def _signature_beside(given: Given, trusted: Certificates | None) -> Finding | None:
    signature = files.if_there(given.path.parent, given.path.name + SUFFIX)
    return signer.beside(given.whole, signature, trusted)
