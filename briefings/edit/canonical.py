"""The canonical shape of a base: what is written stays, how it is written is always the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from briefings.core.model import (
    Account,
    Contest,
    Evidence,
    Fact,
    FactBase,
    Gap,
    Judgement,
    KeptBrief,
    Source,
    Summary,
    Topic,
)
from briefings.core.span import SourceText
from briefings.core.values import dataclass
from briefings.edit.comments import (
    Comment,
    Commented,
    Group,
    ListItem,
    Text,
    all_comments,
    commented,
)
from briefings.edit.dots import behind_dots, joined
from briefings.edit.scalars import WIDTH, block, in_line, is_plain, is_typed
from briefings.load import shorthand, yamltree
from briefings.load.entries import Section, fields_of, sections_of
from briefings.load.yamltree import Node, Scalar

# Entries of these always have a line for each key; those of others if one line can't hold them.
_LONG = (
    *(FactBase, Source, Topic, Fact, Evidence, Judgement, Contest, Gap, Summary, Account),
    KeptBrief,
)


_UNSHAPEABLE = frozenset({"duplicate-key", "hidden-character"})
"""Mistakes that no shape can keep: one value of a key that stands twice, what an escape hides."""


def formatted(text: str) -> str | None:
    """A base or an included file in its canonical shape, with every comment; None if it is none.

    Only what YAML itself has to say decides: a key that no reader knows stays, behind the others.
    """
    source = SourceText("", text)
    root, mistakes = yamltree.parse(source)
    if root is None:
        return None
    mistakes += shorthand.mistakes(root)
    if not _UNSHAPEABLE.isdisjoint(each.code for each in mistakes):
        return None
    result = lines_of(commented(source, root))
    if result == text:
        return text
    written = SourceText("", result)
    again, _ = yamltree.parse(written)
    # A law of this module, held for every file it writes: nothing read is changed, nothing lost.
    assert again is not None, "the canonical shape can't be read"
    assert Counter(_said(again)) == Counter(_said(root)), "the canonical shape says something else"
    before, after = all_comments(source, root), all_comments(written, again)
    assert Counter(before) == Counter(after), "the canonical shape loses a comment"
    return result


def lines_of(whole: Commented) -> str:
    """A file, as it was read or as it was made of one, in its canonical shape."""
    lines = _comment_lines(whole.head, 0)
    if isinstance(whole.root, Text):
        lines = [*lines, *([] if whole.root.is_absent else _text_lines("", whole.root, 0, []))]
    else:
        lines += _root(whole.root)
    while lines and not lines[-1]:
        lines.pop()
    return "".join(f"{line}\n" for line in lines)


def field_lines(kind: type, key: str, value: Text | Group, indent: int) -> list[str]:
    """A field of an entry as lines in the canonical shape; arguments as of `entry_lines`."""
    return _field(ListItem(key, value), kind, key, indent)


def order_of(kind: type) -> Mapping[str, int]:
    """The keys of a class, each with its turn."""
    return _shape(kind).keys


def _said(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[object, ...]]:
    """The texts of a tree, each behind the keys and numbers that lead to it; maps have no order."""
    match node:
        case Scalar():
            yield path, node.value
        case yamltree.Mapping():
            yield from [] if node.entries else [(path, "{}")]
            for key, value in node.entries:
                yield from _said(value, (*path, *key.value.split(".")))
        case yamltree.Sequence():
            yield from [] if node.items else [(path, "[]")]
            for number, item in enumerate(node.items):
                yield from _said(item, (*path, number))


class _Answers:
    """A map from ids to texts, where a field may be one."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a class is written: its keys in order, and the classes of the entries in its values.

    `texts` are the keys of texts in languages, `members` that of the entries of a group.
    """

    keys: Mapping[str, int]
    parts: Mapping[str, type]
    sections: Mapping[str, type]
    texts: frozenset[str] = frozenset()
    members: str | None = None


@cache
def _shape(kind: type) -> _Shape:
    if kind is _Answers:
        return _Shape({}, {}, {})
    fields = fields_of(kind)
    sections = {each.key: each.entry for each in sections_of(kind)}
    keys = [*dict.fromkeys(each.key for each in fields), *sections]
    parts = {each.key: each.form.part for each in fields if each.form.part is not None}
    parts |= {each.key: _Answers for each in fields if shorthand.is_answered(kind, each.key)}
    if kind is Fact:
        at = keys.index(shorthand.EVIDENCE)
        own = [each.key for each in fields_of(Evidence) if each.key in shorthand.of_evidence()]
        keys[at:at] = own
        fields += tuple(each for each in fields_of(Evidence) if each.key in own)
    members = next((each.key for each in _grouped() if each.entry is kind), None)
    return _Shape(
        {key: at for at, key in enumerate([*keys, *filter(None, [members])])},
        parts | ({members: kind} if members is not None else {}),
        sections,
        frozenset(each.key for each in fields if each.form.word == "text"),
        members,
    )


def _grouped() -> Iterable[Section]:
    """The sections whose entries can be grouped."""
    return (each for each in sections_of(FactBase) if each.is_list)


def _ordered(items: Sequence[ListItem], kind: type | None) -> Sequence[ListItem]:
    """Entries of a map by the order of the model; what that does not know stands behind."""
    if kind is None:
        return items
    shape = _shape(kind)
    is_group = any(item.key == shape.members is not None for item in items)
    first = shorthand.of_evidence() if is_group else frozenset()  # a group of facts has a source

    def place(item: ListItem) -> tuple[bool, int]:
        key = item.key or ""
        return key not in first, shape.keys.get(key, len(shape.keys))

    return sorted(joined(items), key=place)


def _root(group: Group) -> list[str]:
    """The file itself: an empty line before each section."""
    if not group.is_map:  # no base, but YAML
        items = _entries(group.items, None, 0, is_map=False) or ["[]"]
        return [*items, *_foot(group, 0)]
    shape = _shape(FactBase)
    lines: list[str] = []
    for item in _ordered(group.items, FactBase):
        key = item.key or ""
        if key in shape.sections:
            lines += ["", *_section(item, shape.sections[key], 0)]
        else:
            lines += _field(item, FactBase, key, 0)
    return [*(lines[1:] if lines[:1] == [""] else lines), *_foot(group, 0)]


def _section(section: ListItem, kind: type, indent: int) -> list[str]:
    """A section, with an empty line between two entries if either has several; or a group."""
    group = section.value
    if isinstance(group, Text) or not (group.items or group.foot):
        return entry_lines(section, None, indent)
    head = " " * indent + _behind(f"{section.key}:", section.trailing)
    lines = [*_comment_lines(section.leading, indent), head]
    entries = [entry_lines(item, kind, indent + 2) for item in group.items]
    for before, entry in zip([[], *entries], entries, strict=False):
        if before and indent == 0 and max(len(before), len(entry)) > 1:
            lines.append("")
        lines += entry
    return [*lines, *_foot(group, indent + 2)]


def entry_lines(item: ListItem, kind: type | None, indent: int) -> list[str]:
    """An entry of a map or an item of a list as lines in the canonical shape, with its comments.

    Args:
        item: The entry.
        kind: The class of the model that says which fields it has, in which order; None for none.
        indent: How many spaces stand before each line.
    """
    if item.key is None:
        return _list_item(item, kind, indent)
    key = in_line(item.key, flow=False, quoted=not is_plain(item.key, flow=False))
    lines = _value_lines(" " * indent + f"{key}:", item.value, kind, indent + 2, item.trailing)
    return [*_comment_lines(item.leading, indent), *lines]


def _field(item: ListItem, owner: type, key: str, indent: int) -> list[str]:
    """A field of an entry, in one line, or with a line for each text or part behind its dots."""
    shape = _shape(owner)
    if key == shape.members:
        return _section(item, owner, indent)
    kind, is_text = shape.parts.get(key), owner is _Answers or key in shape.texts
    inner = _behind_dots(item, kind, indent, is_text=is_text)
    return inner if inner is not None else entry_lines(item, kind, indent)


def _behind_dots(
    item: ListItem, kind: type | None, indent: int, *, is_text: bool
) -> list[str] | None:
    """A text in languages a line each, or what is alone in a map; None if it is no such."""
    group = item.value
    if isinstance(group, Text) or not group.is_map:
        return None
    items = _ordered(group.items, kind)
    is_alone = len(items) == 1
    if not (is_text or (is_alone and kind not in (None, _Answers))):
        return None
    fits = _in_one_line(group, kind, indent + len(f"{item.key}: ")) is not None
    if fits and not (is_text and is_alone):
        return None
    inner = behind_dots(item, items)
    return None if inner is None else _entries(inner, kind, indent, is_map=True, behind=item.key)


def _list_item(item: ListItem, kind: type | None, indent: int) -> list[str]:
    margin = " " * indent
    group = item.value
    if isinstance(group, Text) or _in_one_line(group, kind, indent + 2) is not None:
        lines = _value_lines(f"{margin}-", group, kind, indent + 2, item.trailing)
        return [*_comment_lines(item.leading, indent), *lines]
    # Nothing can stand between the dash and the first key: comments there go above.
    ordered = _ordered(group.items, kind) if group.is_map else group.items
    lines = _entries(ordered, kind, indent + 2, is_map=group.is_map) + _foot(group, indent + 2)
    first = next(at for at, line in enumerate(lines) if line.lstrip(" ")[:1] not in ("", "#"))
    above = [line[2:] for line in lines[:first]]
    inner = [f"{margin}- {lines[first].lstrip(' ')}", *lines[first + 1 :]]
    return [*_comment_lines([*item.leading, *item.trailing], indent), *above, *inner]


def _entries(
    items: Sequence[ListItem],
    kind: type | None,
    indent: int,
    *,
    is_map: bool,
    behind: str | None = None,
) -> list[str]:
    """The entries of a map or the items of a list, with keys that stand `behind` another's dot."""
    if not is_map or kind is None:
        part = None if is_map else kind
        return [line for item in items for line in entry_lines(item, part, indent)]
    before = f"{behind}." if behind is not None else ""
    keys = [(item.key or "").removeprefix(before) for item in items]
    fields = zip(items, keys, strict=True)
    return [line for item, key in fields for line in _field(item, kind, key, indent)]


def _value_lines(
    head: str, value: Text | Group, kind: type | None, indent: int, trailing: Sequence[Comment]
) -> list[str]:
    """What stands behind `head`, a key or a dash; lines of its own are indented by `indent`."""
    if isinstance(value, Text):
        return _text_lines(head, value, indent, trailing)
    line = _in_one_line(value, kind, len(head) + 1)
    if line is not None:
        return [_behind(f"{head} {line}", trailing)]
    items = _ordered(value.items, kind) if value.is_map else value.items
    inner = _entries(items, kind, indent, is_map=value.is_map)
    return [_behind(head, trailing), *inner, *_foot(value, indent)]


def _text_lines(head: str, text: Text, indent: int, trailing: Sequence[Comment]) -> list[str]:
    """A text on one line, or as a block if it has several."""
    if text.is_absent:
        return [_behind(head, trailing)]
    separated = f"{head} ".lstrip(" ") if not head.strip() else f"{head} "
    folded = block(text.value, max(indent, 2)) if "\n" in text.value else None
    if folded is not None:
        return [_behind(f"{separated}{folded[0]}", trailing), *folded[1]]
    # A comment behind a plain text may be meant as part of it: none gets into that place.
    quoted = (text.is_quoted and is_typed(text.value)) or bool(trailing and not text.is_plain)
    return [_behind(f"{separated}{in_line(text.value, flow=False, quoted=quoted)}", trailing)]


def _in_one_line(group: Group, kind: type | None, room: int) -> str | None:
    """A list or map between brackets, if it fits and holds no comment, begun at `room`."""
    if kind in _LONG and group.is_map and group.items:
        return None
    if not group.items and not group.foot:
        return "{}" if group.is_map else "[]"
    items = _ordered(group.items, kind) if group.is_map else group.items
    parts = [_inner(item) for item in items]
    lists = not group.is_map and any(isinstance(item.value, Group) for item in items)
    if group.foot or lists or None in parts:
        return None
    within = ", ".join(part for part in parts if part is not None)
    line = f"{{{within}}}" if group.is_map else f"[{within}]"
    return line if room + len(line) <= WIDTH or not group.is_map else None


def _inner(item: ListItem) -> str | None:
    """An item as it stands between brackets; None if it can't."""
    value = item.value
    if item.leading or item.trailing:
        return None
    if isinstance(value, Group):
        inner = [_inner(each) if isinstance(each.value, Text) else None for each in value.items]
        if value.foot or None in inner:
            return None
        within = ", ".join(part for part in inner if part is not None)
        shown = f"{{{within}}}" if value.is_map else f"[{within}]"
    else:
        if "\n" in value.value or not value.value:
            return None
        shown = in_line(value.value, flow=True, quoted=value.is_quoted and is_typed(value.value))
    if item.key is None:
        return shown
    key = in_line(item.key, flow=True, quoted=not is_plain(item.key, flow=True))
    return f"{key}: {shown}"


def _behind(line: str, comments: Sequence[Comment]) -> str:
    return "  ".join([line, *(comment.text for comment in comments)])


def _comment_lines(comments: Sequence[Comment], indent: int) -> list[str]:
    """Comments on lines of their own; an empty line between two stays."""
    lines: list[str] = []
    for at, comment in enumerate(comments):
        if at > 0 and (comment.after_blank or comments[at - 1].before_blank):
            lines.append("")
        lines.append(" " * indent + comment.text)
    return [*lines, ""] if comments and comments[-1].before_blank else lines


def _foot(group: Group, indent: int) -> list[str]:
    """The comments behind the last item; an empty line before them stays, one behind is ours."""
    if not group.foot:
        return []
    lines = _comment_lines(group.foot, indent)
    if not lines[-1]:
        lines.pop()
    return ["", *lines] if group.foot[0].after_blank and group.items else lines
