"""A base that says things once: what sources and files can say for their facts, and names tell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from briefings.core.span import SourceText
from briefings.core.values import dataclass
from briefings.edit.canonical import formatted, lines_of
from briefings.edit.comments import Commented, Group, ListItem, Text, commented
from briefings.edit.grouping import plain, shorten, write_out
from briefings.edit.insert import tree
from briefings.edit.wording import tell_by_words
from briefings.load import yamltree

_OF_FACTS = ("kind", "topics", "credibility")
_OF_EVIDENCE = ("by",)
_OF_FILES = ("translator",)
_KEY = "defaults"
_FEWEST = 3
"""Entries: fewer that share a value are not worth a default."""

Value = str | tuple[str, ...]
Names = Mapping[str, Mapping[str, tuple[str, ...]]]
"""For each fact the actors and places that its statement names, by the key of their list."""


@dataclass(slots=True)
class _File:
    """A file as a tree that is changed in place, and its evidence and facts by source."""

    path: str
    whole: Commented
    root: Group


def shortened(texts: Mapping[str, str], names: Names, languages: Collection[str]) -> dict[str, str]:
    """The files of a base without what need not be said again; nothing that is read changes.

    A value that most facts or quotes of a source have in common becomes a default of the source,
    where all of them say it; a translator that a whole file has, of the file. Lists of actors and
    places that are what the statement names go. A long text in a form of a language, such as Dari
    of Persian, is told by the words in which it differs. What has a comment stays.

    Args:
        texts: The files of a base without mistakes, by path.
        names: What each statement names.
        languages: Those of the base.
    """
    files = [file for path, text in texts.items() if (file := _read(path, text)) is not None]
    for file in files:
        write_out(file.root)
    facts = [(file, fact) for file in files for fact in _entries(file.root, "facts")]
    sources = {item.key: item.value for file in files for item in _entries(file.root, "sources")}
    _say_for_sources(sources, [fact for _, fact in facts])
    for file in files:
        _say_for_file(file)
    for file, fact in facts:
        _leave_out(fact, file, sources)
        _leave_out_names(fact, names)
    tell_by_words([file.root for file in files], languages)
    for file in files:
        shorten(file.root)
    return {file.path: lines_of(file.whole) for file in files}


def _read(path: str, text: str) -> _File | None:
    """A file in its shape, where each comment stands at what it is about; None if it has none."""
    shape = formatted(text)
    if shape is None:
        return None
    source = SourceText(path, shape)
    root, _ = yamltree.parse(source)
    assert root is not None
    whole = commented(source, root)
    return _File(path, whole, whole.root) if isinstance(whole.root, Group) else None


def _say_for_sources(sources: Mapping[str | None, Text | Group], facts: Iterable[ListItem]) -> None:
    """Give each source the defaults that all that rests on it allows."""
    resting: dict[str, dict[str, list[ListItem]]] = defaultdict(lambda: {"fact": [], "quote": []})
    for fact in facts:
        evidence = _evidence(fact)
        if evidence:
            resting[_source(evidence[0])]["fact"].append(fact)
        for quote in evidence:
            resting[_source(quote)]["quote"].append(quote)
    for name, rest in resting.items():
        source = sources.get(name)
        if not isinstance(source, Group) or source.entry(_KEY) is not None:
            continue
        shared = [*_common(rest["fact"], _OF_FACTS), *_common(rest["quote"], _OF_EVIDENCE)]
        if shared:
            source.items.append(ListItem(_KEY, Group(is_map=True, items=shared)))


def _say_for_file(file: _File) -> None:
    if file.root.entry(_KEY) is not None:
        return
    quotes = [quote for fact in _entries(file.root, "facts") for quote in _evidence(fact)]
    translated = [quote for quote in quotes if _value(quote, "translation") is not None]
    if shared := list(_common(translated, _OF_FILES)):
        file.root.items.append(ListItem(_KEY, Group(is_map=True, items=shared)))


def _common(entries: list[ListItem], keys: Iterable[str]) -> Iterator[ListItem]:
    """A default for each key that all entries have, with the value that most of them share."""
    for key in keys:
        values = [plain(_value(entry, key)) for entry in entries]
        if None in values or not values:
            continue
        (value, count), *_ = Counter(values).most_common(1)
        if count >= _FEWEST and value is not None:
            yield ListItem(key, tree(value))


def _leave_out(fact: ListItem, file: _File, sources: Mapping[str | None, Text | Group]) -> None:
    evidence = _evidence(fact)
    if evidence:
        _drop(fact, _said(file, sources, evidence[0]), _OF_FACTS)
    for quote in evidence:
        keys = _OF_EVIDENCE + (_OF_FILES if _value(quote, "translation") is not None else ())
        _drop(quote, _said(file, sources, quote), keys)


def _leave_out_names(fact: ListItem, names: Names) -> None:
    name = plain(_value(fact, "id"))
    assert isinstance(name, str)
    _drop(fact, names.get(name, {}), ("actors", "places"))


def _said(
    file: _File, sources: Mapping[str | None, Text | Group], quote: ListItem
) -> dict[str, Value | None]:
    """What file and source say for a quote, and for the fact that it is the first of."""
    source = sources.get(_source(quote))
    levels = [file.root.entry(_KEY), source.entry(_KEY) if isinstance(source, Group) else None]
    return {
        item.key or "": plain(item.value)
        for each in levels
        if each is not None and isinstance(each.value, Group)
        for item in each.value.items
    }


def _drop(entry: ListItem, elsewhere: Mapping[str, Value | None], keys: Iterable[str]) -> None:
    """Take off an entry what is said elsewhere, unless a comment is about it."""
    assert isinstance(entry.value, Group)
    entry.value.items[:] = [
        item
        for item in entry.value.items
        if (key := item.key or "") not in set(keys) & elsewhere.keys()
        or plain(item.value) != elsewhere[key]
        or item.is_spoken_of
    ]


def _entries(root: Group, section: str) -> list[ListItem]:
    """The entries of a section that are maps."""
    item = root.entry(section)
    items = item.value.items if item is not None and isinstance(item.value, Group) else []
    return [each for each in items if isinstance(each.value, Group)]


def _evidence(fact: ListItem) -> list[ListItem]:
    value = _value(fact, "evidence")
    items = value.items if isinstance(value, Group) else []
    return [each for each in items if isinstance(each.value, Group)]


def _source(quote: ListItem) -> str:
    value = _value(quote, "source")
    return value.value if isinstance(value, Text) else ""


def _value(entry: ListItem, key: str) -> Text | Group | None:
    item = entry.entry(key)
    return None if item is None else item.value
