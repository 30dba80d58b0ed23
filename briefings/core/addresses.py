"""Addresses of the web, in their parts."""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase
from urllib.parse import SplitResult, urlsplit

URL = r"[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#@\\]+(?:[/?#][^\s\\]*)?"
"""An address of the web, by its letters alone."""

_BEFORE_PATH = re.compile(r"\A[^/?#]*//[^/?#]*")
_SMALL = dict(zip(map(ord, ascii_uppercase), ascii_lowercase, strict=True))
"""Letters of other alphabets are other hosts, or none: a browser tells."""

_NOT_IN_HOSTS = re.compile("[%<>^|\u3002\uff0e\uff61]")
"""What the URL Standard forbids in a domain, decodes in it, or reads as a dot that is none."""


def split(address: str) -> SplitResult:
    """An address in its parts; of what is none, such as brackets without an end, all is path."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", address, "", "")


def is_web(text: str) -> bool:
    """Whether it begins as an address of the web does, be it one or not."""
    return text.lower().startswith(("http://", "https://"))


def normal(address: str) -> str:
    """An address with its scheme and host in small letters: RFC 3986 6.2.2.1 has them the same."""
    return _BEFORE_PATH.sub(lambda match: match.group().translate(_SMALL), address, count=1)


def is_of_web(text: str) -> bool:
    """Whether a browser goes to where a reader of `text` thinks, by http or https.

    Narrower than RFC 3986: no user before the host, nothing in it that a browser decodes, no
    backslash, no white space.
    """
    if re.fullmatch(URL, text) is None:
        return False
    try:
        parts = urlsplit(text)
        return parts.port != 0 and _is_host(parts.hostname)
    except ValueError:  # brackets that hold no IPv6 address, a port that is none
        return False


def _is_host(name: str | None) -> bool:
    """Whether a name may be one of a machine: no part of it is empty, and it reads as it is."""
    if not name or _NOT_IN_HOSTS.search(name):
        return False
    return all(name.removesuffix(".").split("."))
