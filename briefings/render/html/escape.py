"""What a text may do to the page it is printed on: nothing but be read."""

from __future__ import annotations

import re
from typing import TypeVar

from briefings.core.characters import (
    ANNOTATIONS,
    C0,
    C1,
    DEPRECATED,
    ISOLATES,
    MARKS,
    NEL,
    OVERRIDES,
    SEPARATORS,
    TAGS,
    UNPAIRED,
)

_T = TypeVar("_T")

# Direction overrides and isolates, tags, and controls change how the text around them prints; a
# heap of marks covers it. A captured document may hold any of them.
_CONTROLS = f"{C0}{C1}{OVERRIDES}{ISOLATES}{DEPRECATED}{ANNOTATIONS}{TAGS}{UNPAIRED}"
_LINE_ENDS = f"{NEL}{SEPARATORS}"  # which a browser shows as a box, or not at all
_UNRULY = re.compile(f"[{_CONTROLS}{_LINE_ENDS}]|(?<=[{MARKS}]{{4}})[{MARKS}]+")
_SUSPECT = re.compile(f"[{_CONTROLS}{_LINE_ENDS}{MARKS}]")
"""Each character that may be unruly: to look what precedes it takes five times as long."""


def escape_controls(value: _T) -> _T:
    """`value`, with each unruly character of a text shown by its code point, as `⟨U+202E⟩`.

    A line end that HTML does not know is a blank, as those are that it knows.
    """
    if isinstance(value, str) and _SUSPECT.search(value) and _UNRULY.search(value):
        return type(value)(_UNRULY.sub(_shown, value))
    return value


def unruly(text: str) -> str | None:
    """The first character of a text that would not be printed as it is."""
    found = _UNRULY.search(text) if _SUSPECT.search(text) else None
    return None if found is None else found.group()[0]


def _shown(match: re.Match[str]) -> str:
    if match.group() in _LINE_ENDS:
        return " "
    if len(match.group()) > 1 or (ord(match.group()) < 0xE0000 and match.group().isprintable()):
        return "⟨…⟩"
    return f"⟨U+{ord(match.group()):04X}⟩"
