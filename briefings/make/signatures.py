"""Finished files signed, after all else is done and before they are put anywhere."""

from __future__ import annotations

import shlex
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from briefings.core import extras, files
from briefings.core.artifacts import Artifact
from briefings.core.diagnostics import Diagnostic, Refused, diagnostic
from briefings.core.signing import Signing
from briefings.output import manifest
from briefings.sign.keys import NoKey, missing, too_open
from briefings.sign.make import SUFFIX, Signer, signer_of
from briefings.sign.trust import Signature, certificates_in, check_beside, check_pdf

__all__ = [
    "SUFFIX",
    "readable_by_others",
    "refuse_unless_opened",
    "refuse_without_packages",
    "signed",
    "signed_beside",
]

_PDF = "application/pdf"
_CMS = "application/pkcs7-signature"


def signed(
    artifacts: Sequence[Artifact],
    listing: Callable[[Sequence[Artifact]], Artifact] | None,
    signing: Signing,
    out: Path,
) -> tuple[Artifact, ...]:
    """The files with their PDFs signed, and a manifest of these that is signed too.

    What was signed before by the same certificate, and stands in `out` unchanged, keeps its
    signature: the same build writes the same bytes.

    Args:
        artifacts: Finished files, with or without a manifest.
        listing: Makes the manifest of files; None where there is to be none.
        signing: Whom to sign as.
        out: The folder that they go to.

    Raises:
        Refused: With status 2: the key can't be opened or used, or packages are missing.
    """
    with _signer(signing) as signer:
        others = [each for each in artifacts if each.path != manifest.NAME]
        done = [
            replace(each, held=_pdf(each, signer, out)) if each.media_type == _PDF else each
            for each in others
        ]
        if listing is not None:
            listed = listing(done)
            signature = _beside(listed.content, signer, files.if_there(out, manifest.SIGNATURE))
            done += [listed, Artifact(manifest.SIGNATURE, _CMS, signature)]
    return tuple(done)


def signed_beside(contents: Mapping[Path, bytes], signing: Signing) -> dict[Path, bytes]:
    """Files with the signature of each in a file beside it.

    Raises:
        Refused: With status 2: as of `signed`.
    """
    with _signer(signing) as signer:
        signatures = {
            path.with_name(path.name + SUFFIX): signer.beside(content)
            for path, content in contents.items()
        }
    return {**contents, **signatures}


def refuse_without_packages() -> None:
    """Refuse what needs the extra `sign` where that is not installed.

    Raises:
        Refused: With status 2.
    """
    if packages := missing():
        raise extras.refused("signing", packages, "sign")


def refuse_unless_opened(signing: Signing) -> None:
    """Refuse a key that can't sign today, before anything is made that it should sign.

    Raises:
        Refused: With status 2.
    """
    with _signer(signing) as signer:
        signer.refuse_unless_good()


def readable_by_others(signing: Signing) -> tuple[Diagnostic, ...]:
    """The warning that others than its owner may read the file of a key."""
    mode = too_open(signing.key)
    if mode is None:
        return ()
    who = "everybody" if mode & stat.S_IROTH else "its group"
    message = f"the key {signing.key!r} may be read by {who}: its mode is {mode:04o}"
    hint = f"`chmod {mode & stat.S_IRWXU:o} {shlex.quote(str(Path(signing.key).expanduser()))}`"
    return (diagnostic("key-readable", message, None, hint),)


@contextmanager
def _signer(signing: Signing) -> Iterator[Signer]:
    refuse_without_packages()
    try:
        with signer_of(signing) as signer:
            yield signer
    except NoKey as error:
        raise Refused.by(2, "not-signed", str(error), error.hint) from error


def _pdf(file: Artifact, signer: Signer, out: Path) -> bytes:
    before = files.if_there(out, file.path)
    if before is not None and before.startswith(file.content):
        stands = check_pdf(before, certificates_in(signer.certificate))
        if _is_sound(stands):
            return before
    return signer.pdf(file.content)


def _beside(content: bytes, signer: Signer, before: bytes | None) -> bytes:
    if before is not None:
        stands = check_beside(content, before, certificates_in(signer.certificate))
        if _is_sound(stands):
            return before
    return signer.beside(content)


def _is_sound(signature: Signature | None) -> bool:
    return signature is not None and signature.is_vouched_for
