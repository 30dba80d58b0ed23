"""An edit of some facts in the text of a base, and what in the rest of it hangs together with them.

Nothing is read of the rest: where an entry begins is known from before, and an id stands in it as
it does anywhere, but for escapes, which only hold for an id in quotes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import field
from functools import lru_cache

from briefings.core.excerpts import places_of
from briefings.core.model import FactBase
from briefings.core.span import SourceText
from briefings.core.values import dataclass
from briefings.load import cutting, shorthand
from briefings.load.cutting import Block
from briefings.load.entries import sections_by_key
from briefings.load.grammars import ID
from briefings.load.yamltree import Node, Sequence, parse_part

FACTS = "facts"
_BY_TOPIC = "summaries"
"""What may be out of date by a fact of its topic that it does not name."""
_CITED = frozenset({"sources", "topics"})
"""Sections whose entries are taken in where something names them, and join nothing."""
WHOLE = frozenset({"actors", "places", "briefs"})
"""Sections that are always taken in: any statement may have their names."""
_ID = re.compile(rf"(?<![\w-]){ID}(?![\w-])")
_ESCAPE = "\\"


@dataclass(frozen=True, slots=True)
class Edit:
    """Whole facts of a file, from `start` to `end` of its new text, and what they were before.

    `more` is how many values more there are now.
    """

    start: int
    end: int
    old: str
    more: int


def parted(source: SourceText, base: FactBase) -> tuple[str, ...]:
    """The sections of a file that can be parted into entries without reading them.

    Args:
        source: The file.
        base: What was read of it and of the others, without a mistake.
    """
    return tuple(block.section for block in _blocks(source.text) if _is_parted(source, block, base))


def _is_parted(source: SourceText, block: Block, base: FactBase) -> bool:
    """Whether an entry begins wherever one may: each has an id, a group may have several."""
    section = sections_by_key()[block.section]
    spans = (entry.span for entry in getattr(base, section.name).values())
    ids = sorted(span.start for span in spans if span.path == source.path)
    for number in range(len(block.starts)):
        start, end = block.entry(number)
        count = bisect_left(ids, end) - bisect_left(ids, start)
        if count != 1 or f"{section.key}:" in source.text[start:end]:
            items = _items(source, start, end)
            if len(items) != 1 or shorthand.count(section, items) != count:
                return False
    return True


def _items(source: SourceText, start: int, end: int) -> tuple[Node, ...]:
    """What stands in some lines of a list; nothing if they can't be read by themselves."""
    part = parse_part(source, start, end)
    return part[0].items if part is not None and isinstance(part[0], Sequence) else ()


def edit_of(source: SourceText, old: str, sections: Collection[str]) -> Edit | None:
    """What was edited in a file; None if that is more than some facts, or can't be told.

    Args:
        source: The file as it is.
        old: What it held before.
        sections: Those that `parted` had of it then.
    """
    new = source.text
    start, behind = _difference(old, new)
    spans: list[tuple[int, int]] = []
    around: list[object] = []
    values: list[int] = []
    for text in (old, new):
        block = next((each for each in _blocks(text) if each.section == FACTS), None)
        end = len(text) - behind
        if FACTS not in sections or block is None or not block.first <= start <= end <= block.end:
            return None
        low = max(0, bisect_left(block.starts, start) - 1)
        high = bisect_right(block.starts, end)
        span = block.starts[low], (*block.starts, block.end)[high]
        part = parse_part(SourceText(source.path, text), *span)
        if part is None or not isinstance(part[0], Sequence):
            return None
        if len(part[0].items) != high - low:
            return None
        spans.append(span)
        values.append(part[1])
        others = [at - len(text) for at in (*block.starts[high:], block.end)]
        around.append((block.start, block.starts[: low + 1], others))
    if around[0] != around[1]:
        return None
    return Edit(*spans[1], old[slice(*spans[0])], values[1] - values[0])


def _difference(one: str, other: str) -> tuple[int, int]:
    """How many letters two texts begin with alike, and with how many of the rest they end alike."""
    start = _alike(min(len(one), len(other)), lambda low, high: one[low:high] == other[low:high])

    def end_alike(low: int, high: int) -> bool:
        ends = (text[len(text) - high : len(text) - low] for text in (one, other))
        return next(ends) == next(ends)

    return start, _alike(min(len(one), len(other)) - start, end_alike)


def _alike(most: int, alike: Callable[[int, int], bool]) -> int:
    """The most letters that are alike, if any range of them may be asked for."""
    known = 0
    while known < most:  # of what is left the first half, and so on: each letter is read twice
        half = (known + most + 1) // 2
        if alike(known, half):
            known = half
        else:
            most = half - 1
    return known


@lru_cache(maxsize=2)  # a large file is looked at again
def _blocks(text: str) -> tuple[Block, ...]:
    return cutting.blocks(text, {key: each.is_list for key, each in sections_by_key().items()})


@dataclass(slots=True)
class Related:
    """Edited facts, with all entries that name them, or that these name, and so on.

    Args:
        texts: The files of a base, by path.
        edits: What was edited in some of them.
        sections: Of each file those that can be parted.
        ids: By section: those of the base before.
    """

    texts: Mapping[str, str]
    edits: Mapping[str, Edit]
    sections: Mapping[str, Collection[str]]
    ids: Mapping[str, Collection[str]]
    _blocks: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    _taken: dict[tuple[str, int], None] = field(default_factory=dict)
    """By path, and where each begins: the entries that are taken in, beside those edited."""
    _waiting: list[str] = field(default_factory=list)

    def before_and_now(self) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """What the files would hold, were there nothing else: before the edits, and since."""
        self._gather()
        before, now = (
            {path: "".join(self._lines(path, is_new=is_new)).encode() for path in self.texts}
            for is_new in (False, True)
        )
        return before, now

    def _gather(self) -> None:
        for path, text in self.texts.items():
            self._blocks[path] = tuple(
                block
                for block in _blocks(text)
                if block.section in self.sections[path] and block.section not in WHOLE
            )
            self._waiting += self._heads(path)
        if not self.edits:  # anything at all, so that there is something to check
            path, block = next(
                (path, each)
                for path, blocks in self._blocks.items()
                for each in blocks
                if each.section == FACTS
            )
            self._take(path, block, 0)
        given = self._given()
        joining = {
            name
            for section, names in self.ids.items()
            if section not in _CITED | WHOLE
            for name in names
        }
        for path, edit in self.edits.items():
            for text in (edit.old, self.texts[path][edit.start : edit.end]):
                self._waiting.append(text)
                for topic in {*_ID.findall(text)} & {*self.ids["topics"]}:
                    self._take_all(topic, {_BY_TOPIC})
        self._take_all(_ESCAPE)
        seen = set[str]()
        while self._waiting:
            named = {*_ID.findall(self._waiting.pop())} - seen
            seen |= named
            for name in named & given.keys():
                self._take(*given[name])
            for name in named & joining:
                self._take_all(name)

    def _given(self) -> dict[str, tuple[str, Block, int]]:
        """Where the entries begin that are taken in if something names them, by their ids."""
        return {
            name.group(): (path, block, number)
            for path, blocks in self._blocks.items()
            for block in blocks
            if block.section in _CITED
            for number, start in enumerate(block.starts)
            if (name := _ID.search(self.texts[path], start)) is not None
        }

    def _take(self, path: str, block: Block, number: int) -> None:
        start, end = block.entry(number)
        edit = self.edits.get(path)
        if edit is not None and edit.start <= start < edit.end:
            return
        if (path, start) not in self._taken:
            self._taken[path, start] = None
            self._waiting.append(self.texts[path][start:end])

    def _take_all(self, name: str, sections: Collection[str] | None = None) -> None:
        """Take in whatever has a name somewhere in it."""
        for path, text in self.texts.items():
            among = [
                each for each in self._blocks[path] if sections is None or each.section in sections
            ]
            for at in _places(text, name):
                for block in among:
                    if block.first <= at < block.end:
                        self._take(path, block, bisect_right(block.starts, at) - 1)

    def _heads(self, path: str) -> Iterator[str]:
        """All of a file that stands in no entry that may be left out."""
        text, last = self.texts[path], 0
        for block in self._blocks[path]:
            yield text[last : block.start]
            last = block.end
        yield text[last:]

    def _lines(self, path: str, *, is_new: bool) -> Iterator[str]:
        text, edit = self.texts[path], self.edits.get(path)
        heads = list(self._heads(path))
        any_entry = bool("".join(heads).strip())
        for head, block in zip(heads, self._blocks[path], strict=False):
            yield head
            entries = [
                text[slice(*block.entry(number))]
                for number, start in enumerate(block.starts)
                if (path, start) in self._taken
            ]
            if edit is not None and block.first <= edit.start < block.end:
                entries.append(text[edit.start : edit.end] if is_new else edit.old)
            if entries:
                any_entry = True
                yield text[block.start : block.first]
                yield from (each if each.endswith("\n") else f"{each}\n" for each in entries)
        yield heads[-1]
        if not any_entry:
            yield f"{FACTS}: []\n"


def _places(text: str, name: str) -> Iterator[int]:
    """Where a name stands as an id, or whatever begins with an escape."""
    for at in places_of(name, text):
        match = _ID.match(text, at)
        if name == _ESCAPE or (match is not None and match.group() == name):
            yield at
