"""Which characters a text may hold: none that would make it print as another text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from briefings.core.diagnostics import visible

_SUSPECT = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 and C1 but for tab and line ends
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, fillers
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero-width, bidi, line separators
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"  # blanks, selectors
    "\ud800-\uf8ff"  # surrogates and private use
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U0010ffff"  # tags and private use
    "]"
    # More marks on one letter than any writing has.
    "|[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5,}"
)
_BREAK = re.compile("[\t\n\r]")
_JOINERS = "\u200c\u200d"
_EMOJI = "\u200d\ufe0e\ufe0f"
# Units of measurement that begin or end with a Greek letter: microgram, kiloohm.
_UNIT = re.compile("\u03bc(?:[gmslLAVWFJNHTC]|Sv|mol|Pa|Gy|Ci|bar|rem|cd|eV)|[kMGT]\u03a9")
# What captured pages are full of, and what the gate sets aside or reads over.
_HARMLESS = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u2028\x0b\x0c\ufe0e\ufe0f")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LOOKALIKE = re.compile("[\u0370-\u03ff\u1f00-\u1fff\u0400-\u052f]")


def hidden(text: str) -> Iterator[int]:
    """Indexes of characters that do not show or that change how others do.

    The zero-width joiner and non-joiner pass between two letters or marks outside Latin, Greek
    and Cyrillic, where Persian, Pashto and the scripts of India spell with them; it and the
    selectors of emoji pass behind a symbol.
    """
    for match in _SUSPECT.finditer(text):
        index = match.start()
        if match.group() in _JOINERS and _joins(text, index):
            continue
        if match.group() in _EMOJI and _shapes_a_symbol(text, index):
            continue
        yield index


def disturbing(text: str) -> Iterator[int]:
    """Those of `hidden` that a captured document should not hold either, such as overrides."""
    return (index for index in hidden(text) if text[index] not in _HARMLESS)


def mixed(text: str) -> Iterator[re.Match[str]]:
    """Words that mix Latin letters with Greek or Cyrillic ones, which may look the same."""
    if _LOOKALIKE.search(text) is None:
        return
    for match in _WORD.finditer(text):
        if _UNIT.fullmatch(match.group()):
            continue
        if _LATIN.search(match.group()) and _LOOKALIKE.search(match.group()):
            yield match


def in_a_line(text: str) -> str:
    """`text` as a terminal can show it in one line, whoever wrote it.

    What `hidden` finds stands there by its code point, and so do the ends of lines; the joiners
    that a script spells with stay as they are.
    """
    found = {*hidden(text), *(match.start() for match in _BREAK.finditer(text))}
    return "".join(visible(char) if at in found else char for at, char in enumerate(text))


def name(char: str) -> str:
    """`U+200B ZERO WIDTH SPACE`, for a message."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'unnamed character')}"


def _joins(text: str, index: int) -> bool:
    return (
        0 < index < len(text) - 1
        and _spells_with_joiners(text[index - 1])
        and _spells_with_joiners(text[index + 1])
    )


def _shapes_a_symbol(text: str, index: int) -> bool:
    """Whether a joiner or selector stands behind an emoji, or in one made of several."""
    before = text[index - 1 : index]
    if before == "\ufe0f" and text[index] == "\u200d":
        before = text[index - 2 : index - 1]
    keycap = text[index + 1 : index + 2] == "\u20e3"
    return bool(before) and (unicodedata.category(before) in ("So", "Sm", "Sk", "Po") or keycap)


def _spells_with_joiners(char: str) -> bool:
    return ord(char) >= 0x0590 and unicodedata.category(char)[0] in "LM"
