"""Text put into a base at its place: not another code point is touched."""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefings.core.model import Fact, FactBase
from briefings.core.span import SourceText
from briefings.core.values import dataclass
from briefings.edit.canonical import entry_lines
from briefings.edit.comments import Group, ListItem, Text
from briefings.edit.grouping import plain, say_evidence
from briefings.load import shorthand, yamltree
from briefings.load.entries import sections_by_key, sections_of
from briefings.load.yamltree import Mapping as MapNode
from briefings.load.yamltree import Node, Scalar, Sequence

Value = str | tuple["Value", ...] | Mapping[str, "Value"]
"""What an entry holds: texts, lists and maps."""

_LINE_END = re.compile(r"[\r\n]")

_FACTS = sections_by_key()["facts"]


class NoPlace(Exception):
    """The file is written in a way that has no place for an entry; the message says how."""


@dataclass(frozen=True, slots=True)
class Inserted:
    """A text with an entry in it: `start` and `end` bound what is new."""

    text: str
    start: int
    end: int


def with_entry(text: str, section: str, fields: Mapping[str, Value]) -> Inserted:
    """A base or an included file with one entry more: behind the last one of its section.

    A fact says itself what its one piece of evidence says, and stands in the group of the last one
    if it says all that this does.

    Args:
        text: The whole file.
        section: The key of the section.
        fields: Those of the entry, its id included, in any order; they are written in the canonical
            one, at the indentation of its neighbours.

    Raises:
        NoPlace: The file is no base, or the entries of the section stand between brackets.
    """
    known = sections_by_key()[section]
    if known.is_list:
        return _with(text, _Entry(section, known.entry, ListItem(None, tree(fields))))
    named = {key: value for key, value in fields.items() if key != "id"}
    return _with(text, _Entry(section, known.entry, ListItem(str(fields["id"]), tree(named))))


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is put in: an item of a list or an entry of a map, of the section of that name."""

    section: str
    kind: type
    item: ListItem

    def lines(self, indent: int) -> list[str]:
        return entry_lines(self.item, self.kind, indent)


def _with(text: str, new: _Entry) -> Inserted:
    root, _ = yamltree.parse(SourceText("", text))
    if not isinstance(root, MapNode) or text[root.span.start : root.span.start + 1] == "{":
        raise NoPlace("the file is not a map with a line for each key")
    newline = "\r\n" if "\r\n" in text else "\n"
    key, section = next(((k, v) for k, v in root.entries if k.value == new.section), (None, None))
    whole = section
    if new.kind is Fact:
        section = _shortened(section, new.item)
    if key is None:
        first = newline.join([f"{new.section}:", *new.lines(2)]) + newline
        if (at := _section_behind(text, root, new.section)) is not None:
            return _put(text, at, first + newline)
        gap = newline if text.endswith("\n") or not text else newline * 2
        return _put(text, len(text), gap + first)
    starts = _starts(section, is_list=new.item.key is None)
    if starts:
        assert section is not None
        if text[section.span.start] in "[{":
            raise NoPlace(f"its {new.section} stand between brackets")
        column = section.span.start - line_start(text, section.span.start)
        at = _entry_end(text, _last_end(section), column)
        lines = new.lines(column)
        is_parted = section is whole and _parts(text, starts, at, lines)
        parted = newline * (2 if is_parted else 1)
        added = parted + newline.join(lines)
        return _put(text, at, added)
    if isinstance(section, Scalar) and section.value:
        raise NoPlace(f"its `{new.section}` are not a {'list' if new.item.key is None else 'map'}")
    assert section is not None
    colon = text.index(":", key.span.end) + 1
    end = max(section.span.end, colon)
    bare = text[:colon] + text[end:]
    return _put(bare, line_end(bare, colon), newline + newline.join(new.lines(2)))


def _shortened(facts: Node | None, fact: ListItem) -> Node | None:
    """The list that a fact is put into, which then says no more than it has to there."""
    last = facts.items[-1] if isinstance(facts, Sequence) and facts.items else None
    members = shorthand.members(_FACTS, last) if last is not None else None
    say_evidence(fact)
    if last is None or not members or not isinstance(fact.value, Group):
        return facts
    said = {key.value: value for key, value in shorthand.said_for_all(_FACTS, last).entries}
    own = {item.key: plain(item.value) for item in fact.entries}
    if any(own.get(key) != _plain(value) for key, value in said.items()):
        return facts
    fact.value.items[:] = [item for item in fact.value.items if item.key not in said]
    return shorthand.value_of(last, _FACTS.key)


def _plain(node: Node) -> str | tuple[str, ...]:
    """A text or a list of texts of a group."""
    if isinstance(node, Sequence):
        return tuple(item.value for item in node.items if isinstance(item, Scalar))
    return node.value if isinstance(node, Scalar) else ()


def _section_behind(text: str, root: MapNode, section: str) -> int | None:
    """Where the first section begins that stands behind another one in the canonical order.

    None if there is none, or no empty line above it and what is said about it.
    """
    order = [each.key for each in sections_of(FactBase)]
    behind = order[order.index(section) + 1 :]
    key = next((key for key, _ in root.entries if key.value in behind), None)
    if key is None:
        return None
    at = line_start(text, key.span.start)
    while at > 0:
        above = line_start(text, at - 2 if text.startswith("\r\n", at - 2) else at - 1)
        if not text.startswith("#", above):
            return None if text[above:at].strip() else at
        at = above
    return None


def _starts(section: Node | None, *, is_list: bool) -> list[int]:
    """Where each entry of a section begins.

    Raises:
        NoPlace: It is a list and should be a map, or the other way round.
    """
    match section:
        case Sequence() if section.items:
            starts = [item.span.start for item in section.items]
        case MapNode() if section.entries:
            starts = [key.span.start for key, _ in section.entries]
        case _:
            return []
    if isinstance(section, Sequence) != is_list:
        raise NoPlace(f"a section is not a {'list' if is_list else 'map'}")
    return starts


def _last_end(section: Node) -> int:
    if isinstance(section, MapNode):
        key, value = section.entries[-1]
        return max(key.span.end, value.span.end)
    assert isinstance(section, Sequence)
    return section.items[-1].span.end


def _put(text: str, at: int, added: str) -> Inserted:
    return Inserted(text[:at] + added + text[at:], at, at + len(added))


def tree(value: Value) -> Text | Group:
    """What an entry holds, as it is written."""
    if isinstance(value, str):
        return Text(value)
    if isinstance(value, Mapping):
        return Group(is_map=True, items=[ListItem(key, tree(each)) for key, each in value.items()])
    return Group(is_map=False, items=[ListItem(None, tree(each)) for each in value])


def _entry_end(text: str, end: int, column: int) -> int:
    """The end of the last line of an entry, with the comments that are indented like its keys."""
    last = len(text[:end].rstrip())  # a block scalar ends behind its empty lines
    at = line_end(text, last)
    ahead = at
    while ahead < len(text):
        ahead += 2 if text.startswith("\r\n", ahead) else 1
        line = text[ahead : line_end(text, ahead)]
        if line.strip():
            if not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) <= column:
                break
            at = ahead + len(line)
        ahead += len(line)
    return at


def _parts(text: str, starts: list[int], end: int, lines: list[str]) -> bool:
    """Whether an empty line parts the last entry from the new one, as it does its neighbours.

    Two entries of a line each need none.
    """
    is_long = "\n" in text[starts[-1] : end] or len(lines) > 1
    return is_long and (len(starts) == 1 or _is_parted(text, starts[-1]))


def _is_parted(text: str, start: int) -> bool:
    """Whether an empty line stands somewhere above an entry, behind the one before it."""
    line = line_start(text, start)
    while line > 0:
        previous = line_start(text, line - 2 if text.startswith("\r\n", line - 2) else line - 1)
        above = text[previous:line].strip()
        if not above.startswith("#"):
            return not above
        line = previous
    return False


def line_start(text: str, index: int) -> int:
    """Where the line begins in which a code point stands."""
    near = 128  # a look at all that stands before would be one for each line
    while True:
        start = max(0, index - near)
        at = max(text.rfind("\n", start, index), text.rfind("\r", start, index))
        if at >= 0 or start == 0:
            return at + 1
        near *= 2


def line_end(text: str, index: int) -> int:
    """Where the line ends, its line end not counted."""
    end = _LINE_END.search(text, index)
    return len(text) if end is None else end.start()
