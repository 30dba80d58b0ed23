"""Signatures checked: whose they are, and that they are over the whole file. Nothing is fetched."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from briefings.core.values import dataclass
from briefings.sign.waiting import awaited

__all__ = ["BadCertificate", "Signature", "certificates_in", "check_beside", "check_pdf"]


class BadCertificate(Exception):
    """A file of certificates holds none that can be read."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature.

    Attributes:
        by: Whom its certificate names, as RFC 4514 writes names.
        at: When it was made, by its own word; None if it does not say.
        stamped: When it was made, by the word of a server of time stamps; None without one.
        fault: Why it does not hold, in one lower-case clause; empty if it does.
        is_vouched_for: Whether a certificate that was given is the signer's, or issued it.

    """

    by: str
    at: datetime | None
    stamped: datetime | None
    fault: str
    is_vouched_for: bool


def certificates_in(content: bytes) -> tuple[Any, ...]:
    """The certificates in a file, PEM or DER, as asn1crypto has them.

    Raises:
        BadCertificate: There is none.

    """
    from pyhanko.keys import load_certs_from_pemder_data  # noqa: PLC0415 # of the extra

    try:
        certificates = tuple(load_certs_from_pemder_data(content))
        for each in certificates:
            # Read late otherwise, and then anywhere.
            _ = each.native
    except (ValueError, TypeError) as error:
        raise BadCertificate from error
    if not certificates:
        raise BadCertificate
    return certificates


def check_pdf(content: bytes, trusted: Sequence[Any]) -> Signature | None:
    """The one signature of a PDF; None if it has none.

    Args:
        content: A PDF, of which nothing is believed.
        trusted: Certificates of the signer, or of who issued the signer's, from elsewhere.

    """
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 # of the extra
    from pyhanko.sign.validation import async_validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415

    def check() -> Signature | None:
        signatures = PdfFileReader(BytesIO(content)).embedded_signatures
        if not signatures:
            return None
        signature = signatures[-1]
        status = awaited(
            async_validate_pdf_signature(
                signature, _context(trusted, signature.self_reported_timestamp), **_rules()
            )
        )
        fault = _fault_of(status)
        if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
            fault = "it does not cover the whole file"
        return _signature(status, fault)

    return _guarded(check)


def check_beside(content: bytes, signature: bytes, trusted: Sequence[Any]) -> Signature:
    """A signature in a file of its own, over `content`.

    Args:
        content: What was signed.
        signature: CMS, detached, in DER.
        trusted: As of `check_pdf`.

    """
    from asn1crypto import cms  # noqa: PLC0415 # of the extra
    from pyhanko.sign.general import extract_signer_info  # noqa: PLC0415
    from pyhanko.sign.validation import async_validate_detached_cms  # noqa: PLC0415

    def check() -> Signature:
        signed = cms.ContentInfo.load(signature, strict=True)["content"]
        attributes = extract_signer_info(signed)["signed_attrs"]
        at = next(
            (
                each["values"][0].native
                for each in attributes
                if each["type"].native == "signing_time"
            ),
            None,
        )
        status = awaited(
            async_validate_detached_cms(content, signed, _context(trusted, at), **_rules())
        )
        return _signature(status, _fault_of(status))

    checked = _guarded(check)
    assert checked is not None
    return checked


def _context(trusted: Sequence[Any], at: datetime | None) -> Any:
    """Whom to believe, and at which time certificates have to be good: that of the signature.

    What a machine's clock says, or its own list of authorities, must change no verdict.
    """
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 # of the extra

    return ValidationContext(
        trust_roots=list(trusted), allow_fetching=False, moment=at, best_signature_time=at
    )


def _rules() -> dict[str, Any]:
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415 # of the extra

    return {
        "key_usage_settings": KeyUsageConstraints(
            key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
        )
    }


def _fault_of(status: Any) -> str:
    if not status.intact:
        return "what it was made over is not what stands there"
    if not status.valid:
        return "it is not that of its certificate"
    return ""


def _signature(status: Any, fault: str) -> Signature:
    stamp = getattr(status, "timestamp_validity", None)
    return Signature(
        status.signing_cert.subject.human_friendly,
        status.signer_reported_dt,
        stamp.timestamp if stamp is not None and stamp.intact and stamp.valid else None,
        fault,
        status.trusted and not fault,
    )


def _guarded(check: Callable[[], Signature | None]) -> Signature | None:
    """What `check` says; a signature that is none is a fault, whatever the packages make of it."""
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415 # of the extra
    from pyhanko.sign.general import SigningError  # noqa: PLC0415

    # They log at length whom they do not trust, which is said in one word here.
    logging.getLogger("pyhanko").propagate = False
    logging.getLogger("pyhanko").addHandler(logging.NullHandler())
    try:
        return check()
    except (
        *(ValueError, TypeError, KeyError, IndexError, AttributeError, NotImplementedError),
        *(AssertionError, OverflowError, RecursionError, PdfError, SigningError, OSError),
    ):
        return Signature("nobody", None, None, "it can't be read", is_vouched_for=False)
