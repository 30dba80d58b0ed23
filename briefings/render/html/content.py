"""Where in a finished page its facts are told: the elements that hold their words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from itertools import accumulate
from typing import Any

import tinyhtml5

from briefings.core.model import (
    Actor,
    Claim,
    Designation,
    Document,
    LocalText,
    Marking,
    Place,
    Source,
)
from briefings.core.snapshot import Snapshot
from briefings.core.spec import EditionSpec
from briefings.core.values import dataclass

_NO_FACTS = (Actor, Designation, Document, EditionSpec, Place, Snapshot, Source)
_OF_WORDS = frozenset({"note", "quote", "statement", "text", "why"})
"""Fields whose plain texts are told to readers."""
_NAMES = frozenset({"desk", "name", "title"})
"""What is called by them stands in lists and menus, too."""
_FEWEST_WORDS, _SHORTEST = 4, 16
"""A text of fewer words, or of one word that is shorter, may stand anywhere by chance."""
_SILENT = frozenset({"script", "style"})


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page's elements, and those among them that hold words of its facts.

    `around` are all around such words; `parts` those that begin or end within one text; `holders`
    those whose own text such words are. All by Python's id of the element.
    """

    root: Any
    around: AbstractSet[int]
    parts: AbstractSet[int]
    holders: AbstractSet[int]


def fact_texts(context: Mapping[str, object]) -> frozenset[str]:
    """The texts that a page is to tell, by the values that its template may use."""
    texts: set[str] = set()
    seen: set[int] = set()
    left: list[object] = [value for name, value in context.items() if name not in _NAMES]
    while left:
        value = left.pop()
        if id(value) in seen or isinstance(value, (*_NO_FACTS, str, int, float)):
            continue
        seen.add(id(value))
        if isinstance(value, LocalText):
            texts.update(text for _, text in value.forms)
        elif isinstance(value, Claim):
            texts.add(value.text)
        elif isinstance(value, Mapping):
            left += value.values()
        elif isinstance(value, list | tuple | set | frozenset):
            left += value
        elif is_dataclass(value):
            for name in {field.name for field in fields(value)} - _NAMES:
                held = getattr(value, name)
                if isinstance(held, str) and name in _OF_WORDS:
                    texts.add(held)
                left.append(held)
    plain = (" ".join(text.split()) for text in texts)
    return frozenset(text for text in plain if _is_long(text))


def _is_long(text: str) -> bool:
    words = text.count(" ") + 1
    return words >= _FEWEST_WORDS or (words == 1 and len(text) >= _SHORTEST)


def page_content(page: str, texts: Iterable[str]) -> PageContent:
    """Look for texts in a page, and for its marking."""
    root = tinyhtml5.parse(page, namespace_html_elements=False)
    stream = _Stream()
    body = root.find("body")
    if body is not None:
        stream.read(body)
    text = "".join(stream.parts)
    labels = (marking.label for marking in Marking)
    places = _Places(
        (place, place + len(each)) for each in (*texts, *labels) for place in _found(text, each)
    )
    around = {key for key, span in stream.spans.items() if places.meet(*span)}
    parts = {
        key for key, (start, end) in stream.spans.items() if places.hold(start) or places.hold(end)
    }
    holders = {key for key, start, end in stream.own if places.meet(start, end)}
    return PageContent(
        root, frozenset({id(root), *around}), frozenset(parts & around), frozenset(holders)
    )


class _Places:
    """Where texts stand in a page, as half-open stretches."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        in_order = sorted(set(stretches))
        self._starts = [start for start, _ in in_order]
        self._ends = list(accumulate((end for _, end in in_order), max))

    def meet(self, start: int, end: int) -> bool:
        """Whether one of them shares a letter with another stretch."""
        index = bisect_left(self._starts, end)
        return start < end and index > 0 and self._ends[index - 1] > start

    def hold(self, place: int) -> bool:
        """Whether a place lies between two letters of one of them."""
        index = bisect_left(self._starts, place)
        return index > 0 and self._ends[index - 1] > place


class _Stream:
    """The text of a page, with the stretch of each element."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.spans: dict[int, tuple[int, int]] = {}
        self.own: list[tuple[int, int, int]] = []
        self._length = 0
        self._is_apart = True

    def read(self, top: Any) -> None:
        """Go through the elements below `top`, however deep."""
        starts: dict[int, int] = {}
        left: list[tuple[Any, bool, Any]] = [(top, False, None)]
        while left:
            element, is_done, parent = left.pop()
            if is_done:
                self.spans[id(element)] = starts[id(element)], self._length
                if parent is not None:
                    self._add(element.tail, parent)
                continue
            starts[id(element)] = self._length
            left.append((element, True, parent))
            if isinstance(element.tag, str) and element.tag not in _SILENT:
                self._add(element.text, element)
                left += [(child, False, element) for child in reversed(element)]

    def _add(self, text: str | None, owner: Any) -> None:
        if not text:
            return
        words = " ".join(f"_{text}_".split())[1:-1]
        if self._is_apart:
            words = words.removeprefix(" ")
        if words:
            self.own.append((id(owner), self._length, self._length + len(words)))
            self.parts.append(words)
            self._length += len(words)
            self._is_apart = words.endswith(" ")


def _found(text: str, sought: str) -> Iterator[int]:
    place = text.find(sought)
    while place >= 0:
        yield place
        place = text.find(sought, place + len(sought))
