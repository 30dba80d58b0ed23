"""Whose a file is, by its signature: told as a finding."""

from __future__ import annotations

from typing import Any, TypeAlias

from briefings.sign.keys import missing
from briefings.sign.trust import Signature, check_beside, check_pdf
from briefings.verify.verdict import Fault, Finding, State

Certificates: TypeAlias = tuple[Any, ...]
"""Certificates from elsewhere that a file has to be signed by, or their issuers."""

_NO_PACKAGES = Finding(
    State.UNCHECKED, "not checked: it needs the extra, pip install 'briefings[sign]'"
)


def of_pdf(
    whole: bytes, signed: bytes | None, trusted: Certificates | None
) -> tuple[Finding | None, tuple[Fault, ...]]:
    """Whose a PDF is, and what else stands behind it.

    Args:
        whole: The file.
        signed: What was signed, as we wrote it; None if there is no signature behind it.
        trusted: As it has to be signed; None if it need not be.
    """
    if signed is None:
        return (None if trusted is None else Finding(State.FAILS, "it has none")), ()
    # Late: pikepdf takes a tenth of a second to load, and is for PDFs alone.
    from briefings.verify.signed import faults_behind  # noqa: PLC0415

    behind = tuple(faults_behind(whole, signed))
    if missing():
        return _NO_PACKAGES, behind
    signature = check_pdf(whole, trusted or ())
    return _whose(signature, trusted), behind


def beside(content: bytes, signature: bytes | None, trusted: Certificates | None) -> Finding | None:
    """Whose a file is, by the signature that lies beside it.

    Args:
        content: The file.
        signature: What lies beside it; None if nothing does.
        trusted: As it has to be signed; None if it need not be.
    """
    if signature is None:
        return None if trusted is None else Finding(State.FAILS, "there is none beside it")
    if missing():
        return _NO_PACKAGES
    return _whose(check_beside(content, signature, trusted or ()), trusted)


def _whose(signature: Signature | None, trusted: Certificates | None) -> Finding:
    if signature is None:
        return Finding(State.FAILS, "it has none")
    if signature.fault:
        return Finding(State.FAILS, f"that of {signature.by}: {signature.fault}")
    day = signature.stamped or signature.at
    when = f", {day:%Y-%m-%d %H:%M %Z}" if day is not None else ""
    by_whom = (
        f"by the time stamp of {signature.stamper}" if signature.stamped else "by its own word"
    )
    text = f"of {signature.by}{when}{f' {by_whom}' if when else ''}"
    if trusted is None:
        return Finding(State.HOLDS, f"{text}; nobody vouches for that name (--signer FILE)")
    if not signature.is_vouched_for:
        return Finding(
            State.FAILS, f"{text}, whom the certificate that you gave does not vouch for"
        )
    return Finding(State.HOLDS, f"{text}, whom the certificate that you gave vouches for")
