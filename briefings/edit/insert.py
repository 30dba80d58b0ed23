"""Text put into a base at its place: not another code point is touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefings.core.model import Fact
from briefings.core.span import SourceText
from briefings.edit.canonical import entry_lines
from briefings.edit.comments import Group, Item, Text
from briefings.load import yamltree
from briefings.load.yamltree import Mapping as MapNode
from briefings.load.yamltree import Scalar, Sequence

Value = str | tuple["Value", ...] | Mapping[str, "Value"]
"""What an entry holds: texts, lists and maps."""

_SECTION = "facts"


class NoPlace(Exception):
    """The file is written in a way that has no place for an entry; the message says how."""


@dataclass(frozen=True, slots=True)
class Inserted:
    """A text with an entry in it: `start` and `end` bound what is new."""

    text: str
    start: int
    end: int


def with_fact(text: str, entry: Mapping[str, Value]) -> Inserted:
    """`text`, a base or an included file, with one fact more: behind the last one.

    The entry has the canonical shape, at the indentation of its neighbours.

    Raises:
        NoPlace: The file is no base, or its facts stand between brackets.
    """
    root, _ = yamltree.parse(SourceText("", text))
    if not isinstance(root, MapNode) or text[root.span.start : root.span.start + 1] == "{":
        raise NoPlace("the file is not a map with a line for each key")
    newline = "\r\n" if "\r\n" in text else "\n"
    key, facts = next(((k, v) for k, v in root.entries if k.value == _SECTION), (None, None))
    if key is None:
        gap = newline if text.endswith("\n") or not text else newline * 2
        lines = [f"{_SECTION}:", *_lines(entry, 2)]
        return _put(text, len(text), gap + newline.join(lines) + newline)
    if isinstance(facts, Sequence) and facts.items:
        if text[facts.span.start] == "[":
            raise NoPlace("its facts stand between brackets")
        column = facts.span.start - _line_start(text, facts.span.start)
        at = _entry_end(text, facts.items[-1].span.end, column)
        blank = len(facts.items) == 1 or _is_parted(text, facts.items[-1].span.start)
        added = newline * (2 if blank else 1) + newline.join(_lines(entry, column))
        return _put(text, at, added)
    if isinstance(facts, Sequence) or (isinstance(facts, Scalar) and not facts.value):
        colon = text.index(":", key.span.end) + 1
        end = max(facts.span.end, colon)
        bare = text[:colon] + text[end:]
        return _put(bare, _line_end(bare, colon), newline + newline.join(_lines(entry, 2)))
    raise NoPlace("its `facts` are not a list")


def _put(text: str, at: int, added: str) -> Inserted:
    return Inserted(text[:at] + added + text[at:], at, at + len(added))


def _lines(entry: Mapping[str, Value], indent: int) -> list[str]:
    return entry_lines(Fact, Item(None, _tree(entry)), indent)


def _tree(value: Value) -> Text | Group:
    if isinstance(value, str):
        return Text(value)
    if isinstance(value, Mapping):
        return Group(is_map=True, items=[Item(key, _tree(each)) for key, each in value.items()])
    return Group(is_map=False, items=[Item(None, _tree(each)) for each in value])


def _entry_end(text: str, end: int, column: int) -> int:
    """The end of the last line of an entry, with the comments that are indented like its keys."""
    last = len(text[:end].rstrip())  # a block scalar ends behind its empty lines
    at = _line_end(text, last)
    ahead = at
    while ahead < len(text):
        ahead += 2 if text.startswith("\r\n", ahead) else 1
        line = text[ahead : _line_end(text, ahead)]
        if line.strip():
            if not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) <= column:
                break
            at = ahead + len(line)
        ahead += len(line)
    return at


def _is_parted(text: str, start: int) -> bool:
    """Whether an empty line stands somewhere above an entry, behind the one before it."""
    line = _line_start(text, start)
    while line > 0:
        previous = _line_start(text, line - 2 if text.startswith("\r\n", line - 2) else line - 1)
        above = text[previous:line].strip()
        if not above.startswith("#"):
            return not above
        line = previous
    return False


def _line_start(text: str, index: int) -> int:
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def _line_end(text: str, index: int) -> int:
    ends = [at for at in (text.find("\n", index), text.find("\r", index)) if at >= 0]
    return min(ends, default=len(text))
