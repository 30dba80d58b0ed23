"""The beginning or the end of a text, cut between two words so that the cut is seen."""

from __future__ import annotations

import re


def head(text: str, most: int) -> str:
    """The first words of a text, at most so many code points, and ` …` where more follows.

    A text without spaces, as some scripts write it, is cut between two letters.
    """
    if len(text) <= most:
        return text
    cut = text[:most]
    words = cut.rsplit(maxsplit=1)
    return (words[0] if len(words) > 1 else cut) + " …"


def tail(text: str, most: int) -> str:
    """The last words of a text likewise, behind `… `."""
    if len(text) <= most:
        return text
    cut = text[-most:]
    word = re.search(r"\s\S", cut)
    return "… " + (cut[word.start() :].lstrip() if word else cut)
