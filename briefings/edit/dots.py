"""Keys with dots, among the entries of a map as they are written, with their comments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefings.edit.comments import Group, ListItem
from briefings.load.shorthand import path


def joined(items: Iterable[ListItem]) -> list[ListItem]:
    """The entries of a map with a map for each first part of their keys: `a.b: 1` is `a: {b: 1}`.

    A key that stands both alone and before a dot is a mistake, which nobody shapes.
    """
    result: list[ListItem] = []
    groups: dict[str, Group] = {}
    for item in items:
        first, *rest = path(item.key or "")
        if not rest:
            result.append(item)
            continue
        if first not in groups:
            groups[first] = Group(is_map=True, items=[])
            result.append(ListItem(first, groups[first], item.start))
        inner = ListItem(".".join(rest), item.value, item.start, item.leading, item.trailing)
        groups[first].items.append(inner)
    for group in groups.values():
        group.items[:] = joined(group.items)
    return result


def behind_dots(item: ListItem, items: Sequence[ListItem]) -> list[ListItem] | None:
    """The entries of a map, a line each, behind its key; None if they can't stand there.

    Args:
        item: The map, by its key.
        items: Its entries in order.
    """
    assert isinstance(item.value, Group)
    if item.value.foot or not all(each.key and "." not in each.key for each in items):
        return None
    above = [*item.leading, *item.trailing]
    return [
        ListItem(
            f"{item.key}.{each.key}",
            each.value,
            each.start,
            [*(above if at == 0 else ()), *each.leading],
            each.trailing,
        )
        for at, each in enumerate(items)
    ]
