"""Opens the key that a desk signs with: a file, or a token. Never read from a base."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from briefings.core import extras, files
from briefings.core.addresses import split
from briefings.core.signing import Signing

_PACKAGES = ("pyhanko", "pyhanko_certvalidator")
_ON_TOKEN = "pkcs11:"  # noqa: S105 # a scheme of addresses
_CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
_KEY = re.compile(
    rb"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----.+?-----END (?:[A-Z]+ )?PRIVATE KEY-----"
    rb"|-----BEGIN ENCRYPTED PRIVATE KEY-----.+?-----END ENCRYPTED PRIVATE KEY-----",
    re.DOTALL,
)


_KINDS = ("ec", "rsa", "rsassa_pss")
"""Keys that sign a SHA-256; by RFC 8419 those of Ed25519 and Ed448 do not."""
_MAKE = (
    "make one of RSA or of an elliptic curve: `openssl req -x509 -newkey ec"
    " -pkeyopt ec_paramgen_curve:P-256 -keyout desk.key -out desk.crt -subj /CN=Desk`,"
    " then `cat desk.crt desk.key > desk.pem`"
)


class NoKey(Exception):
    """Why nothing can be signed, in one lower-case clause; `hint` is what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def missing() -> tuple[str, ...]:
    """The packages of the extra `sign` that are not installed, by the names they are imported."""
    return extras.missing(_PACKAGES)


def too_open(key: str) -> int | None:
    """The mode of a key's file, where that lets others than its owner read it; else None.

    Of a token, of what is no regular file, and of a system without such modes nothing is known.
    """
    if os.name != "posix" or key.startswith(_ON_TOKEN):
        return None
    try:
        mode = Path(key).expanduser().stat().st_mode
    except (OSError, RuntimeError):
        return None
    others = stat.S_IRGRP | stat.S_IROTH
    return stat.S_IMODE(mode) if stat.S_ISREG(mode) and mode & others else None


@contextmanager
def opened(signing: Signing) -> Iterator[Any]:
    """The signer of pyHanko that signs with the key; a token's session ends with the block.

    Raises:
        NoKey: The key can't be read or opened, or holds no certificate.
    """
    if signing.key.startswith(_ON_TOKEN):
        with _token(signing) as signer:
            yield signer
    else:
        yield _file(signing)


def _file(signing: Signing) -> Any:
    content = _read(Path(signing.key))
    is_pem = _CERTIFICATE.search(content) or _KEY.search(content)
    signer = (_of_pem if is_pem else _of_pkcs12)(content, signing)
    kind = signer.signing_cert.public_key.algorithm
    if kind not in _KINDS:
        raise NoKey(f"the key {signing.key!r} is of the kind {kind}, which can't sign here", _MAKE)
    return signer


def _read(path: Path) -> bytes:
    try:
        return files.given(path.expanduser())  # such a secret is often a link
    except (RuntimeError, files.Unreadable) as error:
        message = f"the key {str(path)!r} can't be read: {error}"
        raise NoKey(message, "name the file of the key") from error


def _of_pkcs12(content: bytes, signing: Signing) -> Any:
    from cryptography.hazmat.primitives.serialization import pkcs12
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers import SimpleSigner

    try:
        key, own, _ = pkcs12.load_key_and_certificates(content, signing.passphrase)
        if key is None or own is None:
            raise _lacking(signing, "certificate" if key is not None else "private key")
        signer = SimpleSigner.load_pkcs12_data(
            content, other_certs=[], passphrase=signing.passphrase
        )
    except (ValueError, TypeError, OSError, SigningError):
        signer = None
    if signer is None:
        raise _not_opened(signing, "PKCS#12 (.p12, .pfx)")
    return signer


def _of_pem(content: bytes, signing: Signing) -> Any:
    from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key, parts = _KEY.search(content), _CERTIFICATE.findall(content)
    if key is None or not parts:
        raise _lacking(signing, "certificate" if key is not None else "private key")
    try:
        private = load_private_key_from_pemder_data(key[0], passphrase=signing.passphrase)
        certificates = list(load_certs_from_pemder_data(b"\n".join(parts)))
        own = _certificate_of(key[0], signing.passphrase, certificates)
    except (ValueError, TypeError):
        raise _not_opened(signing, "PEM") from None
    if own is None:
        raise NoKey(
            f"no certificate in {signing.key!r} belongs to its key",
            "put the certificate that was made for this key beside it",
        )
    store = SimpleCertificateStore.from_certs(  # type: ignore[no-untyped-call] # theirs
        [each for each in certificates if each is not own]
    )
    return SimpleSigner(signing_cert=own, signing_key=private, cert_registry=store)


def _certificate_of(private: bytes, passphrase: bytes | None, certificates: list[Any]) -> Any:
    """The certificate of a key, among several; None if it is none of them."""
    from cryptography.hazmat.primitives import serialization

    public = serialization.load_pem_private_key(private, passphrase).public_key()
    form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    written = public.public_bytes(*form)
    return next((each for each in certificates if each.public_key.dump() == written), None)


def _lacking(signing: Signing, what: str) -> NoKey:
    return NoKey(
        f"the key {signing.key!r} holds no {what}",
        "put the private key and its certificate into one file, the certificate first",
    )


def _not_opened(signing: Signing, form: str) -> NoKey:
    how = "its passphrase is another one, or" if signing.passphrase else "it needs a passphrase, or"
    return NoKey(
        f"the key {signing.key!r} can't be opened: {how} it is damaged",
        f"give the passphrase with --passphrase FILE; a key is a file in {form}",
    )


@contextmanager
def _token(signing: Signing) -> Iterator[Any]:
    if extras.missing(["pkcs11"]):
        raise NoKey(extras.lacks("a token", ["pkcs11"]), extras.install("sign"))
    import pkcs11
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

    named, how = _address(signing.key)
    if "module-path" not in how or "token" not in named or "object" not in named:
        raise NoKey(
            f"{signing.key!r} names no module, token and object",
            "such as 'pkcs11:token=Desk;object=signing?module-path=/usr/lib/opensc-pkcs11.so'",
        )
    pin = _pin(signing, how)
    try:
        session = open_pkcs11_session(
            how["module-path"], token_criteria=TokenCriteria(label=named["token"]), user_pin=pin
        )
        with session:
            # Raw: the digest is worked out here, since many tokens know no other way.
            signer = PKCS11Signer(
                session,
                cert_label=named["object"],
                key_label=named["object"],
                use_raw_mechanism=True,
            )
            if signer.signing_cert is None:
                raise NoKey(f"the token has no certificate {named['object']!r}", "see its labels")
            yield signer
    except (pkcs11.PKCS11Error, SigningError, RuntimeError) as error:
        why = " ".join(str(error).split()) or type(error).__name__
        hint = "see that the token is there, and its PIN right (--passphrase FILE, or pin-source)"
        raise NoKey(f"the token can't be used: {why}", hint) from error


def _address(uri: str) -> tuple[dict[str, str], dict[str, str]]:
    """What a `pkcs11:` address names, and how it is reached (RFC 7512)."""
    parts = split(uri)
    named = (each.partition("=") for each in parts.path.split(";") if each)
    return (
        {name: unquote(value) for name, _, value in named},
        dict(parse_qsl(parts.query.replace("+", "%2B"))),
    )


def _pin(signing: Signing, how: dict[str, str]) -> str | None:
    if signing.passphrase is not None:
        return signing.passphrase.decode(errors="replace")
    if "pin-source" not in how:
        return None
    return _read(Path(how["pin-source"].removeprefix("file:"))).decode(errors="replace").strip()
