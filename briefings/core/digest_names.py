"""A file named by its own bytes, so that a change anywhere in it shows."""

from __future__ import annotations

import re
from hashlib import sha256

UNNAMED = "urn:sha256:" + "0" * 64
"""The name of a file while it has none yet."""

IN_PDF = b"<xmpMM:InstanceID>"
IN_PAGE = b'<meta name="dcterms.identifier" content="'
"""What stands before the name; no text of a base is written so, since markup in it is escaped."""

_SCHEME = b"urn:sha256:"


def named(content: bytes, before: bytes) -> bytes:
    """The file under the SHA-256 over all its bytes, the place of the name itself left open.

    Args:
        content: A file; one that has no place for a name stays as it is.
        before: What stands before the name.
    """
    place = before + UNNAMED.encode()
    if content.count(place) != 1:
        return content
    return content.replace(place, before + _SCHEME + sha256(content).hexdigest().encode())


def is_whole(content: bytes, before: bytes) -> bool | None:
    """Whether a file has the name that its bytes give it; None where it has no name.

    The name is not keyed: it shows a change, and proves nothing about who wrote the file.
    """
    names = re.findall(re.escape(before) + rb"urn:sha256:[0-9a-f]{64}(?![0-9a-f])", content)
    if len(names) != 1:
        return None
    return named(content.replace(names[0], before + UNNAMED.encode()), before) == content
