"""The data that a brief carries of itself: put into a page, and read back from it."""

from __future__ import annotations

from markupsafe import Markup

from briefings.core.limits import DATA

NAME = "edition.json"
"""What the data of a brief are called as an attachment of a PDF."""

OPENING = '<script type="application/json" id="edition">'
"""How the data of a page begin."""
_CLOSING = "</script>"
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_NO_BRIEF = (
    "it carries no data of a brief; an index and pages of sources have none: verify the"
    " manifest.json beside them"
)


class NoData(Exception):
    """There is nothing that we embedded; the message says why, in one lower-case clause."""


def block(data: str) -> Markup:
    """The JSON `data` as a block of a page: nothing in it ends the block or is markup.

    A policy that forbids scripts lets it stand, since browsers do not run blocks of data.
    """
    return Markup(OPENING + data.translate(_ESCAPES) + _CLOSING)  # noqa: S704 # escaped above


def from_html(page: str) -> str:
    """The data of a page of ours, exactly as `block` wrote them.

    Args:
        page: HTML, of which nothing is believed.

    Raises:
        NoData: It holds none, or some twice, or more than are allowed.
    """
    parts = page.split(OPENING)
    if len(parts) != 2:
        several = "it carries the data of several briefs"
        raise NoData(_NO_BRIEF if len(parts) < 2 else several)
    data, closing, _ = parts[1].partition(_CLOSING)
    if not closing or "<" in data:
        raise NoData("its data have no end")
    if len(data) > DATA.most:
        raise NoData(f"its data are larger than {DATA.shown}; {DATA.raising_to(len(data))}")
    return data
