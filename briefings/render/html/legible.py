"""What a text may do to the page it is printed on: nothing but be read."""

from __future__ import annotations

import re
from typing import TypeVar

_T = TypeVar("_T")

# Direction overrides and isolates, tags, and controls change how the text around them prints; a
# heap of marks covers it. A captured document may hold any of them.
_UNRULY = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u206f\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
    "|(?<=[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{4})"
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)


def legible(value: _T) -> _T:
    """`value`, with each unruly character of a text shown by its code point, as `⟨U+202E⟩`."""
    if isinstance(value, str) and _UNRULY.search(value):
        return type(value)(_UNRULY.sub(_shown, value))
    return value


def _shown(match: re.Match[str]) -> str:
    if len(match.group()) > 1 or (ord(match.group()) < 0xE0000 and match.group().isprintable()):
        return "⟨…⟩"
    return f"⟨U+{ord(match.group()):04X}⟩"
