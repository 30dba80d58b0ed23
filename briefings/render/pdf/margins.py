"""No text leaves its page: a long word breaks where it must; what still would stops the build."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_LONGEST = 30
"""Letters of a word that is known to fit into any line, be it in a table's column."""

_SPACES = re.compile(r"[^\S\u00a0\u2007\u202f]+")
"""Where a line may end: not at a no-break space."""

_NEAR = 1.0
"""How many pixels of a text's width may be no ink: spacing behind its last letter."""

_BREAKING = "overflow-wrap: anywhere"


def let_long_words_break(root: Any) -> None:
    """Let addresses and the like break between any two letters, where there is no better place."""
    for element in root.iter():
        own = (element.text, *(child.tail for child in element))
        if any(len(word) > _LONGEST for text in own if text for word in _SPACES.split(text)):
            before = element.get("style")
            element.set("style", f"{before}; {_BREAKING}" if before else _BREAKING)


def leaving(pages: Any) -> Iterator[tuple[int, str]]:
    """The number of each page that a text leaves at a side, counted from 1, with the text."""
    for number, page in enumerate(pages, 1):
        for box in page._page_box.descendants():  # noqa: SLF001 # nothing public
            text = getattr(box, "text", "").strip()
            if text and (
                box.position_x < -_NEAR or box.position_x + box.width > page.width + _NEAR
            ):
                yield number, text
