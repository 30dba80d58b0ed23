"""Signs that no font has, such as emoji: on paper their names stand in their place, in brackets."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_MOST_LISTED = 8

_WITHOUT_TEXT = frozenset({"script", "style"})
_JOINED = "\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff"
"""What belongs to the sign before it: joiner, selectors of its look, colours of skin."""

_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_FIRST_OF_FLAGS = 0x1F1E6


def letters_of(characters: str) -> str:
    """The characters that words are written with: nothing else can stand for them."""
    return "".join(filter(_is_of_words, characters))


def listed(letters: str) -> str:
    """The first few letters, with their codes, for a message."""
    shown = ", ".join(f"{each} (U+{ord(each):04X})" for each in letters[:_MOST_LISTED])
    rest = len(letters) - _MOST_LISTED
    return f"{shown} and {rest} more" if rest > 0 else shown


def put_names(root: Any, signs: str) -> None:
    """Exchange `signs`, of which no font has any, in all texts of a page."""
    if not signs:
        return
    unset = re.compile(f"(?:[{re.escape(signs)}][{_JOINED}]*)+")
    for element in root.iter():
        if element.tag not in _WITHOUT_TEXT:
            element.text = _named(element.text, unset)
        element.tail = _named(element.tail, unset)
        # What the margins of pages say is taken from these.
        for name, words in element.attrib.items():
            if name.startswith("data-"):
                element.attrib[name] = unset.sub(_instead, words)


def _is_of_words(character: str) -> bool:
    category = unicodedata.category(character)
    is_letter = category[0] == "L" or category in ("Mn", "Mc", "Nd")
    if unicodedata.name(character, "").startswith("VARIATION SELECTOR"):
        return False  # it belongs to the sign before it
    return is_letter and unicodedata.normalize("NFKC", character) == character


def _named(text: str | None, unset: re.Pattern[str]) -> str | None:
    return text and unset.sub(_instead, text)


def _instead(match: re.Match[str]) -> str:
    """The letters that a sign is made of, as of ﷺ; else its name."""
    signs = match[0]
    letters = unicodedata.normalize("NFKC", signs)
    return letters if letters != signs else f"[{', '.join(_names(signs))}]"


def _names(signs: str) -> list[str]:
    names = []
    for part in re.findall(f"{_FLAG.pattern}|.", signs, re.DOTALL):
        if _FLAG.fullmatch(part):
            country = "".join(chr(ord(each) - _FIRST_OF_FLAGS + ord("A")) for each in part)
            names.append(f"flag of {country}")
        elif not re.match(f"[{_JOINED}]", part):
            names.append(unicodedata.name(part, f"U+{ord(part):04X}").lower())
    return names
