"""Fields of an entry set, replaced or taken out in its place: no other line of the file changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from briefings.core.span import SourceText
from briefings.core.values import dataclass
from briefings.edit.canonical import field_lines, order_of
from briefings.edit.insert import NoPlace, Value, line_end, line_start, tree
from briefings.edit.rewrite import Rewrite, replacement
from briefings.edit.scalars import in_line
from briefings.load import yamltree
from briefings.load.yamltree import Mapping as MapNode
from briefings.load.yamltree import Node, Scalar

_COMMENT = re.compile(r"\s#")


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


def with_fields(text: str, place: int, kind: type, changes: Mapping[str, Value | None]) -> str:
    """A base or an included file in which an entry has other fields.

    Args:
        text: The whole file.
        place: Where the id of the entry begins.
        kind: Its class, which says in which order its fields stand.
        changes: The new values by key; None takes a field out.

    Raises:
        NoPlace: It stands between brackets, or a comment stands behind what would go.
    """
    root, _ = yamltree.parse(SourceText("", text))
    entry = _entry(root, place) if root is not None else None
    if entry is None or text[entry.span.start] == "{":
        raise NoPlace("the entry stands between brackets; `briefings fmt` gives each key a line")
    order = order_of(kind)
    column = entry.span.start - line_start(text, entry.span.start)
    edits: list[_Edit] = []
    ends: dict[int, int] = {}  # where the last line of a field ends that stays, by its turn
    left = dict(changes)
    for key, value in entry.entries:
        name, end = key.value.split(".")[0], _last_line_end(text, key, value)
        new = left.get(name)
        if isinstance(new, str) and isinstance(value, Scalar) and key.value == name:
            del left[name]
            edits.append(_Edit(value.start, value.end, _written(text, value, new)))
        elif name in changes:
            edits.append(_taken_out(text, key, end))
            continue
        ends[order.get(name, len(order))] = end
    newline = "\r\n" if "\r\n" in text else "\n"
    inserted: dict[int, str] = {}
    for name in sorted(left, key=lambda name: order[name]):
        if (new := left[name]) is not None:
            at = ends[max(turn for turn in ends if turn < order[name])]
            lines = field_lines(kind, name, tree(new), column)
            inserted[at] = inserted.get(at, "") + "".join(newline + line for line in lines)
    edits += [_Edit(at, at, lines) for at, lines in inserted.items()]
    for edit in sorted(edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _written(text: str, old: Scalar, new: str) -> str:
    if text[old.start : old.start + 1] in ("|", ">"):
        return replacement(text, Rewrite(old.span, new))
    return in_line(new, flow=False, quoted=False)


def _entry(node: Node, place: int) -> MapNode | None:
    """The map that an id stands before, or in."""
    return next((each for each, starts in _maps(node) if place in starts), None)


def _maps(node: Node) -> Iterator[tuple[MapNode, tuple[int, ...]]]:
    """All maps, each with where its id begins, which is its key or stands in it."""
    if isinstance(node, Scalar):
        return
    if isinstance(node, MapNode):
        ids = (value for key, value in node.entries if key.value == "id")
        yield node, tuple(each.start for each in ids if isinstance(each, Scalar))
        for key, value in node.entries:
            if isinstance(value, MapNode):
                yield value, (key.start,)
            yield from _maps(value)
    else:
        for item in node.items:
            yield from _maps(item)


def _taken_out(text: str, key: Scalar, end: int) -> _Edit:
    start = line_start(text, key.start)
    if text[start : key.start].strip():
        raise NoPlace(f"`{key.value}` is the first key of its entry")
    if _COMMENT.search(text, key.end, end):
        raise NoPlace(f"a comment stands behind `{key.value}`")
    behind = 2 if text.startswith("\r\n", end) else 1
    return _Edit(start, min(end + behind, len(text)), "")


def _last_line_end(text: str, key: Scalar, value: Node) -> int:
    last = len(text[: max(key.end, value.span.end)].rstrip())
    return line_end(text, last)
