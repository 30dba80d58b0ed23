"""A text in which many needles are looked for, with an index once that pays."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

# From so many characters searched on, an index of the text pays.
_WORTH_AN_INDEX = 30_000_000
_KEY = 12
# From so many places with one key on, they are put in the order of what stands there.
_MANY = 64
_SORTED_BY = 256
_BEGINNING = re.compile(r"(?<!\w)\S|[^\w\s]|[^\x00-\u0dff]")


class Haystack:
    """A folded text, searched for one needle after the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._effort = 0
        self._ordered: dict[str, list[int]] = {}

    def places(self, needle: str) -> Iterator[int]:
        """Where `needle` stands, in order.

        With an index only where a word may begin; a needle that stands elsewhere cuts one.
        """
        if self._effort > _WORTH_AN_INDEX and len(needle) >= _KEY:
            for index in self._likely(needle):
                if self.text.startswith(needle, index):
                    yield index
            return
        self._effort += len(self.text)
        index = self.text.find(needle)
        while index >= 0:
            yield index
            index = self.text.find(needle, index + 1)

    def _likely(self, needle: str) -> Sequence[int]:
        """The places that begin as `needle` does, in order.

        Sentences of one mould begin alike by the thousand: of those only the few are looked at
        that go on like it.
        """
        key = needle[:_KEY]
        alike = self._index.get(key, ())
        if len(alike) < _MANY:
            return alike
        if key not in self._ordered:
            self._ordered[key] = sorted(alike, key=lambda at: self.text[at : at + _SORTED_BY])
        ordered, beginning = self._ordered[key], needle[:_SORTED_BY]

        def begun(at: int) -> str:
            return self.text[at : at + len(beginning)]

        first = bisect_left(ordered, beginning, key=begun)
        return sorted(ordered[first : bisect_right(ordered, beginning, first, key=begun)])

    @cached_property
    def _index(self) -> dict[str, array[int]]:
        """Where words begin with the same characters: every place where a quote may begin."""
        beginnings: dict[str, array[int]] = {}
        for match in _BEGINNING.finditer(self.text):
            at = match.start()
            beginnings.setdefault(self.text[at : at + _KEY], array("I")).append(at)
        return beginnings
