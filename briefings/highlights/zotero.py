"""Annotations of Zotero: as its API gives them, and as Better BibTeX exports them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from briefings.highlights.highlight import (
    BrokenRow,
    Export,
    Highlight,
    gathered,
    highlight,
    map_of,
    maps_in,
    text_of,
)

# The only markup that Zotero writes into the text of an annotation.
_MARKUP = re.compile(r"</?(?:b|i|sub|sup)>")
_DEEPEST = 4

_Item = Mapping[str, object]


def read(value: object) -> Export | None:
    """The annotations of an export, None if it holds none.

    An annotation knows its document by the key of an attachment, and that by the key of an item:
    both give it an address if they stand in the same file.
    """
    held = value if isinstance(value, list) else map_of(value).get("items", value)
    items = [_data(each) for each in maps_in(held)]
    by_key = {text_of(each.get("key")): each for each in items}
    annotations = list(_annotations(items, by_key))
    if not annotations:
        return None
    rows = (_highlight(number, *each) for number, each in enumerate(annotations, 1))
    return gathered("Zotero", "annotation", rows)


def _data(item: dict[str, object]) -> _Item:
    """The fields of an item; the API keeps them under `data`, beside the key."""
    return {"key": item.get("key"), **map_of(item.get("data"))} if "data" in item else item


def _annotations(
    items: Iterable[_Item], by_key: Mapping[str, _Item]
) -> Iterator[tuple[_Item, list[str]]]:
    """Each annotation, with the addresses of what it stands in."""
    for item in items:
        if _is_annotation(item):
            yield item, list(_addresses(item, by_key))
        for attachment in maps_in(item.get("attachments")):
            addresses = [text_of(attachment.get("url")), text_of(item.get("url"))]
            for each in maps_in(attachment.get("annotations")):
                yield each, addresses


def _is_annotation(item: _Item) -> bool:
    return item.get("itemType") == "annotation" or "annotationText" in item


def _addresses(item: _Item, by_key: Mapping[str, _Item]) -> Iterator[str]:
    for _ in range(_DEEPEST):
        yield text_of(item.get("url"))
        parent = text_of(item.get("parentItem"))
        if parent not in by_key:
            break
        item = by_key[parent]


def _highlight(number: int, item: _Item, addresses: list[str]) -> Highlight | BrokenRow | None:
    page = text_of(item.get("annotationPageLabel")).strip()
    tags = (text_of(tag.get("tag")) for tag in maps_in(item.get("tags")))
    note = (
        text_of(item.get("annotationComment")),
        *(f"#{tag}" for tag in tags if tag.strip()),
        f"(p. {page})" if page else "",
    )
    return highlight(
        number,
        _MARKUP.sub("", text_of(item.get("annotationText"))),
        note=" ".join(filter(None, note)),
        addresses=addresses,
    )
