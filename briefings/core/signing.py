"""What a signature is to be made with, as it is asked for; the key itself is opened elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import datetime

from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Signing:
    """Whom to sign as.

    Attributes:
        key: A file with a key and its certificate (PKCS#12, or PEM), or a `pkcs11:` address of a
            token (RFC 7512).
        passphrase: What opens it; None if nothing has to.
        timestamp: The address of a server of time stamps (RFC 3161); None for none.
        clock: The time of signing, with its zone, when it is asked.
    """

    key: str
    passphrase: bytes | None = field(repr=False)
    timestamp: str | None
    clock: Callable[[], datetime] = field(repr=False, compare=False)
