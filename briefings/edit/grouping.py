"""The short forms of entries, put into a file and taken out of it, with its comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from briefings.core.model import Evidence, Fact
from briefings.edit.comments import Comment, Group, ListItem, Text
from briefings.edit.dots import joined
from briefings.load import shorthand
from briefings.load.entries import Section, sections_by_key

_MOST = 60
"""Entries: so many are looked through for where a group begins."""


def write_out(root: Group) -> None:
    """Take the short forms out of a file: each entry says all that it does not leave to others."""
    root.items[:] = joined(root.items)
    for section, value in sections_in(root):
        entries: list[ListItem] = []
        above: list[Comment] = []
        for item in value.items:
            for entry in _apart(section, item) if section.is_list else [item]:
                entry.leading[:0] = above
                above = []
                entries.append(entry)
            above += _feet(section, item)
        value.items[:] = entries
        value.foot[:0] = above
        for entry in entries:
            _write_out(entry, section.entry)


def sections_in(root: Group) -> list[tuple[Section, Group]]:
    """The sections of a file that hold entries."""
    known = sections_by_key()
    return [
        (section, item.value)
        for item in root.items
        if (section := known.get(item.key or "")) and isinstance(item.value, Group)
    ]


def _members(section: Section, item: ListItem) -> Group | None:
    member = item.entry(section.key)
    if member is None or not isinstance(member.value, Group) or member.value.is_map:
        return None
    return member.value if item.entry("id") is None else None


def _apart(section: Section, item: ListItem) -> list[ListItem]:
    """The entries of a group, which say all that it said; what is none, as it is."""
    members = _members(section, item)
    if members is None or not members.items:
        return [item]
    assert isinstance(item.value, Group)
    said = [each for each in item.value.items if each.key != section.key]
    entries = [each for member in members.items for each in _apart(section, member)]
    for entry in entries:
        if isinstance(entry.value, Group):
            own = {each.key for each in entry.value.items}
            entry.value.items += [_copy(each) for each in said if each.key not in own]
    about = [comment for each in item.value.items for comment in (*each.leading, *each.trailing)]
    entries[0].leading[:0] = [*item.leading, *item.trailing, *about]
    return entries


def _feet(section: Section, item: ListItem) -> list[Comment]:
    """The comments behind the last entry of a group."""
    members = _members(section, item) if section.is_list else None
    if members is None or not members.items:
        return []
    assert isinstance(item.value, Group)
    inner = [comment for each in members.items for comment in _feet(section, each)]
    return [*inner, *members.foot, *item.value.foot]


def _copy(item: ListItem) -> ListItem:
    return ListItem(item.key, item.value)


def _write_out(item: ListItem, kind: type) -> None:
    """Take the dots out of an entry and those inside it, and give a fact a list of evidence."""
    if not isinstance(item.value, Group) or not item.value.is_map:
        return
    entries = item.value.items
    entries[:] = joined(entries)
    if kind is Fact:
        entries[:] = _with_evidence(entries)
    for each in entries:
        part, value = shorthand.part_of(kind, each.key or ""), each.value
        if isinstance(value, Group) and part is not None:
            for inner in [each] if value.is_map else value.items:
                _write_out(inner, part)
        elif isinstance(value, Group) and shorthand.is_answered(kind, each.key or ""):
            value.items[:] = joined(value.items) if value.is_map else value.items


def _with_evidence(entries: list[ListItem]) -> list[ListItem]:
    """The entries of a fact, with what it says of its evidence in a list of that."""
    evidence = next((each for each in entries if each.key == shorthand.EVIDENCE), None)
    said = [each for each in entries if each.key in shorthand.of_evidence()]
    rest = [each for each in entries if each not in said]
    if evidence is None and said:
        piece = ListItem(None, Group(is_map=True, items=said))
        return [*rest, ListItem(shorthand.EVIDENCE, Group(is_map=False, items=[piece]))]
    if evidence is None or not isinstance(evidence.value, Group):
        return entries
    if evidence.value.is_map:
        own = {each.key for each in evidence.value.items}
        evidence.value.items += [each for each in said if each.key not in own]
        piece = ListItem(None, evidence.value)
        evidence.value = Group(is_map=False, items=[piece])
        return rest
    pieces = [each.value for each in evidence.value.items if isinstance(each.value, Group)]
    for piece_value in pieces:
        own = {each.key for each in piece_value.items}
        piece_value.items += [_copy(each) for each in said if each.key not in own]
    if pieces:
        about = [comment for each in said for comment in (*each.leading, *each.trailing)]
        evidence.leading += about
    return rest


def shorten(root: Group) -> None:
    """Let facts say themselves what their evidence says, and groups what their entries share."""
    for section, value in sections_in(root):
        for entry in value.items if section.entry is Fact else ():
            say_evidence(entry)
        if section.is_list:
            value.items[:] = _grouped(section, value.items)


def say_evidence(fact: ListItem) -> None:
    """Let a fact say what its one piece of evidence says, or what all pieces say."""
    evidence = fact.entry(shorthand.EVIDENCE)
    if evidence is None or not isinstance(evidence.value, Group) or evidence.value.foot:
        return
    assert isinstance(fact.value, Group)
    pieces = [each.entries for each in evidence.value.items]
    if len(pieces) == 1 and pieces[0]:
        piece = evidence.value.items[0]
        assert isinstance(piece.value, Group)
        if piece.value.foot:
            return
        said = [each for each in pieces[0] if each.key in shorthand.of_evidence()]
        own = [each for each in pieces[0] if each.key not in shorthand.of_evidence()]
        pieces[0][0].leading[:0] = [*evidence.leading, *evidence.trailing, *piece.leading]
        fact.value.items.remove(evidence)
        more = [ListItem(shorthand.EVIDENCE, Group(is_map=True, items=own))] if own else []
        fact.value.items += [*said, *more]
    elif len(pieces) > 1:
        fact.value.items += _taken_off(evidence.value.items, shorthand.shared(Evidence))


def _grouped(section: Section, entries: Sequence[ListItem]) -> list[ListItem]:
    """Entries with groups of neighbours in their place, wherever they save most lines."""
    keys = sorted(shorthand.shared(section.entry))
    values = [[_plain(each.entry(key)) for key in keys] for each in entries]
    best = [0] * (len(entries) + 1)
    first = list(range(-1, len(entries)))
    for end in range(1, len(entries) + 1):
        best[end] = best[end - 1]
        counts: list[Counter[object]] = [Counter() for _ in keys]
        for start in range(end - 1, max(-1, end - 1 - _MOST), -1):
            for counter, value in zip(counts, values[start], strict=True):
                counter[value] += 1
            saved = best[start] + sum(map(_saved, counts)) - 1  # the line of its own key
            if saved > best[end]:
                best[end], first[end] = saved, start
            if entries[start].leading:
                break  # a comment above an entry is about those that follow
    groups: list[ListItem] = []
    end = len(entries)
    while end > 0:
        start = first[end]
        whole = list(entries[start:end])
        groups.append(_group(section, whole, keys) if end - start > 1 else whole[0])
        end = start
    return groups[::-1]


def _saved(counter: Counter[object]) -> int:
    """The lines that are saved where a group says what all its entries have in common."""
    return counter.total() - 1 if len(counter) == 1 and None not in counter else 0


def _group(section: Section, entries: list[ListItem], keys: Iterable[str]) -> ListItem:
    """A group of entries, which says what all of them have in common."""
    said = _taken_off(entries, keys)
    leading, entries[0].leading = entries[0].leading, []
    members = ListItem(section.key, Group(is_map=False, items=entries))
    return ListItem(None, Group(is_map=True, items=[*said, members]), leading=leading)


def _taken_off(entries: Sequence[ListItem], keys: Iterable[str]) -> list[ListItem]:
    """Take off entries what all of them have in common, and return it."""
    taken: list[ListItem] = []
    for key in sorted(keys):
        items = [each.entry(key) for each in entries]
        if items[0] is not None and _saved(Counter(map(_plain, items))):
            taken.append(_copy(items[0]))
            for entry in entries:
                own = entry.entries
                own[:] = [each for each in own if each.key != key]
    return taken


def _plain(item: ListItem | None) -> object:
    """A text or a list of texts that no comment is about; None for anything else."""
    return None if item is None or item.is_spoken_of else plain(item.value)


def plain(value: Text | Group | None) -> str | tuple[str, ...] | None:
    """A text or a list of texts; None for anything else."""
    if isinstance(value, Text):
        return value.value
    if value is None or value.is_map or any(isinstance(each.value, Group) for each in value.items):
        return None
    return tuple(each.value.value for each in value.items if isinstance(each.value, Text))
