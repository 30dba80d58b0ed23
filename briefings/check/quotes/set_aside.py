"""What had to be set aside before a quote and its document were alike, in words."""

from __future__ import annotations

import re
import unicodedata

from briefings.check.quotes.fold import MARKS, SHAPELESS, fold

# Characters of one kind: where quote and document differ in them, that kind was set aside.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("white space", re.compile(r"\s+")),
    ("quotation marks", re.compile("[\"'‘’‚‛“”„‟]")),
    ("dashes", re.compile("[-‐‑‒–—―−]")),
    ("Arabic or Persian yeh and kaf", re.compile("[يىیكک]")),
    ("vowel marks or tatweel", re.compile(f"[{MARKS}]")),
    *((name, re.compile(f"[{characters}]")) for name, characters in SHAPELESS.items()),
    ("ligatures or presentation forms", re.compile("[\ufb00-\ufb06\ufb50-\ufdfb\ufe70-\ufefc]")),
    ("micro signs", re.compile("[\u00b5\u03bc]")),
)


def set_aside(quote: str, passage: str) -> tuple[str, ...]:
    """The kinds of characters in which two texts differ that fold alike, in a fixed order."""
    kinds = [name for name, pattern in _KINDS if pattern.findall(quote) != pattern.findall(passage)]
    if not _same_composition(quote, passage):
        kinds.append("composed letters")
    own, other = fold(quote).text.strip(), fold(passage).text.strip()
    if len(own) == len(other) and own != other:
        kinds.append("letters of two scripts that look alike")
    elif own != other:
        kinds.append("hyphens at line ends")
    return tuple(kinds)


def _same_composition(quote: str, passage: str) -> bool:
    forms = [unicodedata.is_normalized("NFC", text) for text in (quote, passage)]
    return all(forms) or forms[0] == forms[1]
