"""A PDF named by its own bytes, so that a change anywhere in it shows."""

from __future__ import annotations

import re
from hashlib import sha256

__all__ = ["UNNAMED", "is_whole", "named"]

_SCHEME = b"urn:sha256:"
UNNAMED = _SCHEME + b"0" * 64
"""The name as it stands in the metadata while there is none yet."""

_NAME = re.compile(rb"urn:sha256:[0-9a-f]{64}(?![0-9a-f])")


def named(content: bytes) -> bytes:
    """The file under the SHA-256 over all its bytes, the place of the name itself left open."""
    assert content.count(UNNAMED) == 1
    return content.replace(UNNAMED, _SCHEME + sha256(content).hexdigest().encode())


def is_whole(content: bytes) -> bool:
    """Whether a file has the name that its bytes give it.

    The name is not keyed: it shows a change, and proves nothing about who wrote the file.
    """
    names = _NAME.findall(content)
    return len(names) == 1 and named(content.replace(names[0], UNNAMED)) == content
