"""Signatures checked: whose they are, and that they are over the whole file. Nothing is fetched."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from briefings.core.values import dataclass
from briefings.sign.waiting import awaited


class BadCertificate(Exception):
    """A file of certificates holds none that can be read."""


_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""At which no certificate is good: for a signature that says no time."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature.

    Attributes:
        by: Whom its certificate names, as RFC 4514 writes names.
        at: When it was made, by its own word; None if it does not say.
        stamped: When it was made, by the word of a server of time stamps; None without one.
        stamper: Whom the certificate of that server names; empty without one.
        fault: Why it does not hold, in one lower-case clause; empty if it does.
        is_vouched_for: Whether a certificate that was given is the signer's, or issued it.
    """

    by: str
    at: datetime | None
    stamped: datetime | None
    stamper: str
    fault: str
    is_vouched_for: bool


def certificates_in(content: bytes) -> tuple[Any, ...]:
    """The certificates in a file, PEM or DER, as asn1crypto has them.

    Raises:
        BadCertificate: There is none.
    """
    from pyhanko.keys import load_certs_from_pemder_data

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
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    def check() -> Signature | None:
        signatures = PdfFileReader(BytesIO(content)).embedded_signatures
        if not signatures:
            return None
        signature = signatures[-1]
        status = _checked(
            lambda context: async_validate_pdf_signature(signature, context, **_rules()),
            trusted,
            signature.self_reported_timestamp,
        )
        is_whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        return _signature(status, "" if is_whole else "it does not cover the whole file")

    return _guarded(check)


def check_beside(content: bytes, signature: bytes, trusted: Sequence[Any]) -> Signature:
    """A signature in a file of its own, over `content`.

    Args:
        content: What was signed.
        signature: CMS, detached, in DER.
        trusted: As of `check_pdf`.
    """
    from asn1crypto import cms
    from pyhanko.sign.general import extract_signer_info
    from pyhanko.sign.validation import async_validate_detached_cms

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
        status = _checked(
            lambda context: async_validate_detached_cms(content, signed, context, **_rules()),
            trusted,
            at,
        )
        return _signature(status)

    checked = _guarded(check)
    assert checked is not None
    return checked


def _checked(
    validate: Callable[[Any], Coroutine[Any, Any, Any]], trusted: Sequence[Any], at: datetime | None
) -> Any:
    """What the package makes of a signature made at a time, by a time stamp's word or its own."""
    status = awaited(validate(_context(trusted, at or _NO_TIME)))
    stamp = _stamp(status)
    if stamp is None or stamp.timestamp == at:
        return status
    return awaited(validate(_context(trusted, stamp.timestamp)))


def _context(trusted: Sequence[Any], at: datetime) -> Any:
    """Whom to believe, and at which time certificates have to be good: that of the signature.

    What a machine's clock says, or its own list of authorities, must change no verdict.
    """
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(
        trust_roots=list(trusted), allow_fetching=False, moment=at, best_signature_time=at
    )


def _rules() -> dict[str, Any]:
    from pyhanko.sign.validation.settings import KeyUsageConstraints

    return {
        "key_usage_settings": KeyUsageConstraints(
            key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
        )
    }


def _signature(status: Any, fault: str = "") -> Signature:
    certificate, stamp, own = status.signing_cert, _stamp(status), status.signer_reported_dt
    at = own if stamp is None else stamp.timestamp
    if not status.intact:
        fault = "what it was made over is not what stands there"
    elif not status.valid:
        fault = "it is not that of its certificate"
    elif at is None:
        fault = fault or "it does not say when it was made"
    elif not certificate.not_valid_before <= at <= certificate.not_valid_after:
        fault = fault or f"its certificate was not good on {at:%Y-%m-%d}"
    return Signature(
        _name(certificate),
        own,
        None if stamp is None else stamp.timestamp,
        "" if stamp is None else _name(stamp.signing_cert),
        fault,
        status.trusted and not fault,
    )


def _stamp(status: Any) -> Any:
    """The time stamp of a signature, if it is over that and holds."""
    stamp = getattr(status, "timestamp_validity", None)
    return stamp if stamp is not None and stamp.intact and stamp.valid else None


def _name(certificate: Any) -> str:
    """Whom a certificate names; no name can be taken for two."""
    from cryptography.x509 import load_der_x509_certificate

    return load_der_x509_certificate(certificate.dump()).subject.rfc4514_string()


def _guarded(check: Callable[[], Signature | None]) -> Signature | None:
    """What `check` says; a signature that is none is a fault, whatever the packages make of it."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError

    # They log at length whom they do not trust, which is said in one word here.
    logging.getLogger("pyhanko").propagate = False
    logging.getLogger("pyhanko").addHandler(logging.NullHandler())
    try:
        return check()
    except (
        *(ValueError, TypeError, KeyError, IndexError, AttributeError, NotImplementedError),
        *(AssertionError, OverflowError, RecursionError, PdfError, SigningError, OSError),
    ):
        return Signature("nobody", None, None, "", "it can't be read", is_vouched_for=False)
