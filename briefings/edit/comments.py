"""A YAML tree with its comments: each at the item that it is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import field

from briefings.core.span import SourceText
from briefings.core.values import dataclass
from briefings.load.yamltree import Mapping, Node, Scalar
from briefings.load.yamltree import Sequence as ListNode

_COMMENT = re.compile(r"(?:(?<=\s)|\A)#[^\r\n]*")
_BLOCK = ("|", ">")
_HEADER = re.compile(r"[|>][-+\d]*[ \t]+(#[^\r\n]*)")
_BLANK_BELOW = re.compile(r"[ \t]*(?>\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
_DASHES = re.compile(r"[\s-]*\Z")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment from `#` on, and whether an empty line stands before and behind it."""

    text: str
    after_blank: bool = False
    before_blank: bool = False


@dataclass(slots=True)
class ListItem:
    """An entry of a map (`key`) or an item of a list: its value and the comments about it.

    `start` is where its key or value begins. `leading` stand on lines of their own above it,
    `trailing` behind it on its line.
    """

    key: str | None
    value: Text | Group
    start: int = 0
    leading: list[Comment] = field(default_factory=list)
    trailing: list[Comment] = field(default_factory=list)

    @property
    def entries(self) -> list[ListItem]:
        """The entries of a map, to be changed in place; of anything else, none."""
        return self.value.items if isinstance(self.value, Group) and self.value.is_map else []

    def entry(self, key: str) -> ListItem | None:
        """What stands under a key of a map."""
        return next((each for each in self.entries if each.key == key), None)

    @property
    def is_spoken_of(self) -> bool:
        """Whether a comment is about it, or about anything in it."""
        group = self.value if isinstance(self.value, Group) else Group(is_map=False, items=[])
        own = self.leading or self.trailing or group.foot
        return bool(own) or any(each.is_spoken_of for each in group.items)


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and how it was written: in quotes, as a plain scalar, or not at all.

    `start` is where it begins.
    """

    value: str
    is_quoted: bool = False
    is_plain: bool = False
    is_absent: bool = False
    start: int = 0


@dataclass(slots=True)
class Group:
    """A map or list; `foot` are the comments behind its last item.

    `column` is that of its items, from 0; `start` and `end` bound it, for brackets exactly.
    """

    is_map: bool
    items: list[ListItem]
    is_flow: bool = False
    column: int = 0
    start: int = 0
    end: int = 0
    foot: list[Comment] = field(default_factory=list)

    def entry(self, key: str) -> ListItem | None:
        """What stands under a key."""
        return next((each for each in self.items if each.key == key), None)


@dataclass(frozen=True, slots=True)
class Commented:
    """A whole file: its root, and the `head`, comments that belong to no item."""

    root: Text | Group
    head: tuple[Comment, ...]


def commented(source: SourceText, root: Node) -> Commented:
    """The tree `root` of `source`, with every comment of it."""
    tree = _tree(source, root)
    scalars = list(_scalars(root))
    if isinstance(tree, Text):
        return Commented(tree, tuple(comment for _, _, comment in _comments(source, scalars)))
    line = _Line(tree)
    for _, comment, owner in _headers(source.text, line.items):
        owner.trailing.append(comment)
    for start, is_own, comment in _comments(source, scalars):
        if is_own:
            _above(source, line, tree, start).append(comment)
        else:
            _behind(line, tree, start).append(comment)
    head = _parted(tree.items[0]) if tree.items else []
    for item in line.items:
        # Two comments behind one item: the earlier ones stand above it.
        item.leading += item.trailing[:-1]
        del item.trailing[:-1]
    return Commented(tree, tuple(head))


def all_comments(source: SourceText, root: Node) -> list[str]:
    """The comments of a text, in order."""
    scalars = list(_scalars(root))
    comments = [(at.start(), at.group().rstrip()) for at in _outside(source.text, scalars)]
    if not isinstance(root, Scalar):
        for start, end in scalars:
            if source.text[start:end].startswith(_BLOCK):
                comments += _headed(source.text, start)
    return [comment for _, comment in sorted(comments)]


def _tree(source: SourceText, node: Node) -> Text | Group:
    span = node.span
    start = span.start
    first = source.text[start : start + 1]
    match node:
        case Scalar():
            is_empty = start == span.end
            return Text(
                node.value,
                is_quoted=first in ("'", '"') and not is_empty,
                is_plain=not is_empty and first not in ("'", '"', *_BLOCK),
                is_absent=is_empty,
                start=start,
            )
        case Mapping():
            items = [ListItem(k.value, _tree(source, v), k.span.start) for k, v in node.entries]
            is_flow = first == "{" and span.end > start
        case ListNode():
            items = [ListItem(None, _tree(source, each), each.span.start) for each in node.items]
            is_flow = first == "[" and span.end > start
    # A block list begins at its first dash, a block map at its first key.
    column = source.position(start).column - 1
    return Group(isinstance(node, Mapping), items, is_flow, column, start, span.end)


class _Line:
    """The items of a tree in order of place, and the groups that each stands in."""

    def __init__(self, root: Group) -> None:
        self.items: list[ListItem] = []
        self.above: list[tuple[Group, ...]] = []
        self._walk(root, ())
        self.starts = [item.start for item in self.items]

    def _walk(self, group: Group, above: tuple[Group, ...]) -> None:
        chain = (*above, group)
        if above and not above[-1].is_flow and group.column == above[-1].column:
            # A list at the column of its key: what stands there is about the next key.
            group.column += 1
        for item in group.items:
            self.items.append(item)
            self.above.append(chain)
            if isinstance(item.value, Group):
                self._walk(item.value, chain)


def _scalars(node: Node) -> Iterator[tuple[int, int]]:
    """The ranges of all texts, in order."""
    match node:
        case Scalar():
            span = node.span
            yield span.start, span.end
        case Mapping():
            for key, value in node.entries:
                span = key.span
                yield span.start, span.end
                yield from _scalars(value)
        case ListNode():
            for item in node.items:
                yield from _scalars(item)


def _headers(text: str, items: Sequence[ListItem]) -> Iterator[tuple[int, Comment, ListItem]]:
    """Comments behind the header of a block scalar: where each begins, and its item."""
    for item in items:
        value = item.value
        if isinstance(value, Text) and not (value.is_quoted or value.is_plain or value.is_absent):
            for start, comment in _headed(text, value.start):
                yield start, Comment(comment), item


def _headed(text: str, start: int) -> Iterator[tuple[int, str]]:
    """The comment behind the header of the block scalar that begins at `start`, if there is one."""
    if (match := _HEADER.match(text, start)) is not None:
        yield match.start(1), match[1].rstrip()


def _comments(
    source: SourceText, scalars: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, bool, Comment]]:
    """Comments outside of texts: where each begins, and whether it has its line to itself."""
    text = source.text
    for match in _outside(text, scalars):
        here = source.position(match.start())
        comment = Comment(
            match.group().rstrip(),
            after_blank=here.line > 1 and not source.line(here.line - 1).strip(),
            before_blank=_BLANK_BELOW.match(text, match.end()) is not None,
        )
        before = text[match.start() - here.column + 1 : match.start()]
        yield match.start(), _DASHES.match(before) is not None, comment


def _outside(text: str, scalars: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Where comments stand, outside of texts."""
    at = 0
    for start, end in [*scalars, (len(text), len(text))]:
        yield from _COMMENT.finditer(text, at, max(start, at))
        at = max(at, end)


def _above(source: SourceText, line: _Line, root: Group, start: int) -> list[Comment]:
    """Where a comment goes that has its line to itself: above the next item, or at a foot."""
    after = bisect_right(line.starts, start)
    following = line.items[after] if after < len(line.items) else None
    if after > 0:
        item = line.items[after - 1]
        if item.value.start > start and (isinstance(item.value, Text) or item.value.is_flow):
            return item.leading  # between a key and its value
        column = source.position(start).column - 1
        within = line.above[after] if following is not None else ()
        for group in reversed(line.above[after - 1]):
            if any(group is each for each in within):
                break
            if group.end > start if group.is_flow else group.column <= column:
                return group.foot
    return root.foot if following is None else following.leading


def _behind(line: _Line, root: Group, start: int) -> list[Comment]:
    """Where a comment goes that stands behind something on its line."""
    last = bisect_right(line.starts, start) - 1
    if last < 0:
        return line.items[0].leading if line.items else root.foot
    closed = next((each for each in line.above[last] if each.is_flow and each.end <= start), None)
    if closed is None:
        return line.items[last].trailing
    # Behind a closing bracket: the item whose value ends there.
    owner = bisect_right(line.starts, closed.start) - 1
    while owner >= 0 and line.items[owner].value is not closed:
        owner -= 1
    return root.foot if owner < 0 else line.items[owner].trailing


def _parted(first: ListItem) -> list[Comment]:
    """Take off the first item what belongs to the file: all before the last empty line."""
    blank = max((at for at, each in enumerate(first.leading) if each.before_blank), default=-1)
    head = first.leading[: blank + 1]
    del first.leading[: blank + 1]
    return head
