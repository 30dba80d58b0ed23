"""Signs finished files: a PDF within itself (PAdES, ETSI EN 319 142-1), any other beside itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from briefings.core.overriding import override
from briefings.core.signing import Signing
from briefings.core.values import dataclass
from briefings.sign.keys import NoKey, opened
from briefings.sign.waiting import awaited

SUFFIX = ".p7s"
"""What is put behind the name of a file for that of its signature: CMS, detached (RFC 5652)."""

FIELD = "Signature"
_READ_AS = "Signature of the whole document"
_DIGEST = "sha256"


@contextmanager
def signer_of(signing: Signing) -> Iterator[Signer]:
    """What signs with a key, for as long as the block lasts.

    Raises:
        NoKey: The key can't be read or opened, or holds no certificate.
    """
    with opened(signing) as key:
        yield Signer(key, signing)


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs as the certificate of an open key says; `key` is a signer of pyHanko's."""

    key: Any
    signing: Signing

    @property
    def certificate(self) -> bytes:
        """The certificate, in DER."""
        content = self.key.signing_cert.dump()
        assert isinstance(content, bytes)
        return content

    def refuse_unless_good(self) -> None:
        """What is signed outside of the days of its certificate verifies nowhere.

        Raises:
            NoKey: The certificate is too old or too new, by the clock.
        """
        certificate, now = self.key.signing_cert, self.signing.clock()
        first, last = certificate.not_valid_before, certificate.not_valid_after
        if not first <= now <= last:
            raise NoKey(
                f"the certificate of the key {self.signing.key!r} is good from {first:%Y-%m-%d}"
                f" to {last:%Y-%m-%d}, and today is {now:%Y-%m-%d}",
                "have the key certified anew, or see that the clock of this machine is right",
            )

    def pdf(self, content: bytes) -> bytes:
        """A PDF with a signature behind it: not a byte of `content` is another.

        PAdES-B-B; B-T where a server of time stamps is named. It stays PDF/A-3 and PDF/UA-1.

        Raises:
            NoKey: The server, or the token, does not do its part.
        """
        from pyhanko.sign import fields, signers

        metadata = signers.PdfSignatureMetadata(
            field_name=FIELD, md_algorithm=_DIGEST, subfilter=fields.SigSeedSubFilter.PADES
        )
        field = fields.SigFieldSpec(
            FIELD,
            readable_field_name=_READ_AS,
            # Out of the page and printed: what PDF/UA and PDF/A ask of a field that nobody sees.
            invis_sig_settings=fields.InvisSigSettings(
                set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True
            ),
        )
        at = self.signing.clock()

        class Session(signers.PdfSigner):
            """Signs at the time that it is told, and not at that of the machine."""

            @override
            def init_signing_session(self, *given: Any, **named: Any) -> Any:
                session = super().init_signing_session(*given, **named)
                session.system_time = at
                return session

        return self._timed(
            lambda: awaited(
                Session(
                    metadata, self.key, timestamper=self._stamps(), new_field_spec=field
                ).async_sign_pdf(_appending(content))
            ).getvalue()
        )

    def beside(self, content: bytes) -> bytes:
        """A signature over `content` for a file of its own: CMS, detached, in DER.

        Raises:
            NoKey: The server, or the token, does not do its part.
        """
        from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

        attributes = PdfCMSSignedAttributes(signing_time=self.signing.clock())
        return self._timed(
            lambda: awaited(
                self.key.async_sign_general_data(
                    content, _DIGEST, timestamper=self._stamps(), signed_attr_settings=attributes
                )
            ).dump()
        )

    def _stamps(self) -> Any:
        if self.signing.timestamp is None:
            return None
        from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper

        return HTTPTimeStamper(self.signing.timestamp, timeout=20)

    def _timed(self, act: Callable[[], object]) -> bytes:
        from pyhanko.sign.general import SigningError
        from pyhanko.sign.timestamps.common_utils import TimestampRequestError

        try:
            signed = act()
        except (TimestampRequestError, SigningError, OSError, ValueError) as error:
            why = " ".join(str(error).split()) or type(error).__name__
            raise NoKey(
                f"it could not be signed: {why}",
                "see that the server of time stamps answers, or leave --timestamp out"
                if self.signing.timestamp
                else "see that the key may be used for signatures",
            ) from error
        assert isinstance(signed, bytes)
        return signed


def _appending(content: bytes) -> Any:
    """What writes behind a PDF and leaves its metadata as they are: they name the file."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class Appending(IncrementalPdfFileWriter):
        """Writes no time of change, and not its own name as the producer."""

        @override
        def _update_meta(self) -> None:
            pass

    return Appending(BytesIO(content))
