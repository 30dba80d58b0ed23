"""Which characters a base may hold: none that would make a text print as another text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_SUSPECT = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 and C1 but for tab and line ends
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"  # soft hyphen, joiners, fillers, marks
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero-width, bidi, line separators
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"  # blanks, selectors, non-characters
    "\ud800-\udfff"
    "\U000e0000-\U000e0fff"  # tags
    "]"
)
_JOINERS = "\u200c\u200d"


def hidden(text: str) -> Iterator[int]:
    """Indexes of characters that do not show or that change how others do.

    The zero-width joiner and non-joiner pass between two letters or marks outside Latin, Greek
    and Cyrillic, where Persian, Pashto and the scripts of India spell with them.
    """
    for match in _SUSPECT.finditer(text):
        index = match.start()
        if match.group() in _JOINERS and _joins(text, index):
            continue
        yield index


def name(char: str) -> str:
    """`U+200B ZERO WIDTH SPACE`, for a message."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'control character')}"


def _joins(text: str, index: int) -> bool:
    return (
        0 < index < len(text) - 1
        and _spells_with_joiners(text[index - 1])
        and _spells_with_joiners(text[index + 1])
    )


def _spells_with_joiners(char: str) -> bool:
    return ord(char) >= 0x0590 and unicodedata.category(char)[0] in "LM"
