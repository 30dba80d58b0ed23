"""A page of the web held against the page that its data make, to the last character."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import unescape

from briefings.core.excerpts import begin_alike
from briefings.verify.verdict import Fault

_TOKEN = re.compile(
    r"<!--(?:(?!<!--).)*?-->|<(?:script|style)\b[^<>]*>[^<]*|<[^<>]*>|"
    r"[^\s<]+|\s+|<",
    re.DOTALL,
)
_ID = re.compile(r'\bid="([^"<>]{1,200})"')
_CLOSEST = 3000
"""The most tokens that are compared each with each; of more the whole stretch is shown."""


def compare_pages(remade: str, given: str) -> Iterator[Fault]:
    """Where `given` is not the page that was made of its data; nothing if it is."""
    if remade == given:
        return
    ours, theirs = (_TOKEN.findall(page) for page in (remade, given))
    first = begin_alike(ours, theirs)
    last = begin_alike(ours[first:][::-1], theirs[first:][::-1])
    ours_left, theirs_left = ours[first : len(ours) - last], theirs[first : len(theirs) - last]
    near = _near(theirs[:first])
    if len(ours_left) + len(theirs_left) > _CLOSEST:
        yield _fault(theirs_left, ours_left, near)
        return
    matcher = SequenceMatcher(None, ours_left, theirs_left, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            place = _near(theirs[: first + c])
            yield _fault(theirs_left[c:d], ours_left[a:b], place)


def count_words(page: str) -> int:
    """How many words a page shows."""
    shown = re.sub(r"<(script|style)\b.*?</\1>|<[^<>]*>", " ", page, flags=re.DOTALL)
    return len(re.findall(r"\w+", unescape(shown)))


def _near(tokens: Sequence[str]) -> str | None:
    """The id of the last element that begins before a place."""
    return next(
        (match[1] for token in reversed(tokens) if (match := _ID.search(token)) is not None), None
    )


def _fault(theirs: Sequence[str], ours: Sequence[str], near: str | None) -> Fault:
    says, expected = _words(theirs), _words(ours)
    if says != expected:
        return Fault("its words are not those of its data", None, near, says, expected)
    kind = _kind([*theirs, *ours])
    return Fault(f"its {kind} is not as it was made", None, near, _shown(theirs), _shown(ours))


def _kind(tokens: Sequence[str]) -> str:
    for kind in ("script", "style"):
        if any(token.startswith(f"<{kind}") for token in tokens):
            return kind
    return "markup"


def _words(tokens: Sequence[str]) -> str:
    text = "".join(" " if token.startswith("<") else token for token in tokens)
    return " ".join(unescape(text).split())


def _shown(tokens: Sequence[str]) -> str:
    return " ".join("".join(tokens).split())
