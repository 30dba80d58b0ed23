"""Words of the program that a page's language lacks: English, and marked as that in the page.

A template asks for words where it wants: in a text, in an attribute, in a title. So they are marked
by characters that no text may hold, and only the finished page tells where these can be elements.
"""

from __future__ import annotations

import re

from briefings.render.l10n.locales import Locale

_BEGIN, _END, _VALUE, _VALUE_END = "\ufdd0\ufdd1\ufdd2\ufdd3"
"""Noncharacters (Unicode 23.7), for use within a program and not between programs."""

_PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
_PIECE = re.compile(
    rf"(?P<whole><(?P<name>script|style|title)\b.*?</(?P=name)>|<[^>]*>)"
    rf"|(?P<mark>[{_BEGIN}-{_VALUE_END}])",
    re.DOTALL,
)
_MARKS = re.compile(f"[{_BEGIN}-{_VALUE_END}]")


def fallen_back(words: str) -> str:
    """English words with their marks; what is filled into them is in the page's language."""
    filled = _PLACEHOLDER.sub(rf"{_VALUE}\g<0>{_VALUE_END}", words)
    return f"{_BEGIN}{filled}{_END}"


def marked_up(page: str, locale: Locale) -> str:
    """The page with language and direction for such words, and without their marks.

    In attributes and titles, which hold no elements, they stay plain; a title gets its language.
    """
    if _BEGIN not in page:
        return page
    other = f'lang="{locale.language}" dir="{locale.direction}"'
    elements = {
        _BEGIN: '<span lang="en" dir="ltr">',
        _END: "</span>",
        _VALUE: f"<bdi {other}>",
        _VALUE_END: "</bdi>",
    }

    def element(match: re.Match[str]) -> str:
        if match["mark"]:
            return elements[match["mark"]]
        whole = match["whole"]
        if match["name"] == "title" and re.search(rf">\s*{_BEGIN}", whole):
            whole = whole.replace("<title", '<title lang="en"', 1)
        return _MARKS.sub("", whole)

    return _PIECE.sub(element, page)
